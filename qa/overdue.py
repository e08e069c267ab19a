"""What happens when a time given is over: "Nếu để quá thời hạn nêu trên thì phải báo cáo" for who asks what to do who missed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.canonical import fold
from qa.evidence import Evidence
from qa.types import Question

# Folded.
_TERM = r"(?:thoi han|han(?! che| muc| ngach| hep| han)|thoi gian (?:neu tren|noi tren|tren|nay|do|ay|quy dinh|cho phep))"
_MISSED = (
    rf"(?:qua|tre|lo|cham|vuot|vuot qua|ngoai) {_TERM}|(?:khong|chua|chang) (?:\w+ ){{0,2}}?(?:kip|dung {_TERM})"
    r"|(?:bi|de|nop|lam|gui|xet|neu|ma) (?:tre|muon|cham)"
)
_ASKED = re.compile(rf"\b(?:{_MISSED})\b")
_HOW_LONG = re.compile(r"\b(?:bao lau|bao gio|khi nao|(?:bao nhieu|may) (?:ngay|thang|nam|tuan|gio))\b")
_TOLD = re.compile(rf"\b(?:(?:qua|tre|vuot qua) {_TERM}|(?<!khong )qua \d+ (?:ngay|thang|nam)|(?:khong|chua) dung {_TERM})\b")
_LEANS = re.compile(rf"\bqua {_TERM} (?:neu tren|noi tren|tren|nay|do|ay)\b|^\W*(?:neu )?(?:de )?qua {_TERM} (?:ma|thi|phai)\b")
LOOKED_AT = 25
NEAR_BEST = 0.02  # of the best one's likelihood
MIN_COVERED = 0.7  # of what the best sentence has of the question


def asks_missed(question: str) -> bool:
    """Whether it asks what to do, or what happens, when a time is missed: "Lỡ hạn nộp hồ sơ thì làm sao?"; not how long the time is."""
    text = fold(question)
    return bool(_ASKED.search(text)) and not _HOW_LONG.search(text)


def missed_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence with the rule for a missed time in front, where one is asked for and the best sentence has none.

    A sentence that says "quá thời hạn nêu trên" speaks of what the sentence before it does.
    """
    if not evidence or not asks_missed(question.standalone) or _TOLD.search(fold(evidence[0].sentence.text)):
        return list(evidence)
    told = (each for each in evidence[:LOOKED_AT] if each.score >= NEAR_BEST and _TOLD.search(fold(each.sentence.text)))
    found = next((each for each in told if _speaks_of_it(each, evidence[0])), None)
    if found is None:
        return list(evidence)
    return [replace(found, score=1.0), *(each for each in evidence if each is not found)]


def _speaks_of_it(each: Evidence, best: Evidence) -> bool:
    """Whether it has enough of the question; of one that leans on the sentence before, what stands around it counts."""
    if _LEANS.search(fold(each.sentence.text)):
        return each.features.support >= MIN_COVERED * best.features.support
    return each.features.own >= MIN_COVERED * best.features.own
