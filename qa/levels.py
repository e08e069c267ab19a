"""The time of one level: "cấp tỉnh giải quyết trong mấy ngày" is told by the sentence that gives each level its own time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.canonical import canonical, fold
from qa.contrast import figures_of
from qa.evidence import Evidence
from qa.mentions import Mention
from qa.types import AnswerType, Question

LOOKED_AT = 8
MIN_COVERED = 0.45  # of the question, as a share of what the best sentence covers
MIN_SCORE = 0.05  # of the best one's likelihood
_HOW_LONG = re.compile(r"\b(?:(?:may|bao nhieu) (?:ngay|thang|tuan)|bao lau)\b")
_LEVELS = {  # folded: how a question names it → how sentences do
    r"(?:cap|o|tai|toi|den|len) (?:trung uong|tw)": ["cấp trung ương", "ở trung ương"],
    r"cap tinh": ["cấp tỉnh"],
    r"cap huyen": ["cấp huyện"],
    r"cap xa": ["cấp xã"],
    r"(?<!tren )(?:cap |to chuc )co so": ["cấp cơ sở", "tổ chức cơ sở", "cấp uỷ cơ sở"],
}


def level_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` with the best sentence in front that gives the one level asked about its own time beside another level's."""
    asked = _level_asked(question)
    if asked is None or not evidence or _names(asked, evidence[0].sentence.text):
        return list(evidence)
    best = evidence[0]
    for each in evidence[1:LOOKED_AT]:
        near = each.score >= MIN_SCORE and each.features.own >= MIN_COVERED * best.features.own
        if near and figure_of_level(question, each.sentence.text):
            return [replace(each, score=1.0, chance=max(each.chance, best.chance)), *(other for other in evidence if other is not each)]
    return list(evidence)


def _level_asked(question: Question) -> str | None:
    """The level whose time is asked for; None where none or several are named."""
    text = fold(canonical(question.standalone))
    if question.answer_type is not AnswerType.NUMBER or not _HOW_LONG.search(text):
        return None
    for part in text.split(" - "):  # what stands behind the dash is the topic of an earlier turn
        named = [level for level in _LEVELS if re.search(rf"\b{level}\b", part)]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _names(level: str, text: str) -> bool:
    folded = fold(canonical(text))
    return any(fold(name) in folded for name in _LEVELS[level])


def figure_of_level(question: Question, sentence: str) -> Mention | None:
    """The time of the level asked about in a sentence that has one for another level too."""
    asked = _level_asked(question)
    if asked is None:
        return None
    bare = fold(question.standalone) == canonical(question.standalone)
    keys = {level: [fold(name) if bare else name for name in names] for level, names in _LEVELS.items()}
    others = (names for level, names in keys.items() if level != asked)
    told = next((told for names in others if (told := figures_of([keys[asked], names], question, sentence)) is not None), None)
    return told[0].amount if told else None
