"""Whether the evidence supports an answer at all: what must stand in it, and how much of the question it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.canonical import canonical, fold
from index.text.dates import find_terms
from index.text.references import reference_matches
from index.types import Article
from qa.evidence import Evidence
from qa.mentions import find_persons, provinces_in
from qa.types import AnswerType, Question

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d{2}(?!\d)")
_YEAR_IN_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ACTION = re.compile(
    r"\b(?:ai|(?:đồng chí|người|vị) nào)(?: (?:là|đã|được|sẽ|phải|có"
    r"|trong \w+ \w+))*(?: người)? (?P<verb>ký|trao|khai mạc|bế mạc|chủ trì|phát biểu|kết luận|trình bày"
    r"|tặng|báo cáo|đọc)\b"
)
_TYPED_ANSWERS = (AnswerType.PERSON, AnswerType.DATE, AnswerType.NUMBER, AnswerType.REFERENCE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to decline: the least share of the question that must be covered, by how well the best sentence fits the asked kind.

    Chosen on the odd questions of eval/data, reported on the even ones (docs/decisions.md).
    """

    fitting: float = 0.45  # idf-weighted share in the sentence, its neighbours and its title, where a name, number … asked for stands in it
    unclear: float = 0.52  # … where the kind of answer has no outward mark (a reason, a definition) or the unit differs
    unfitting: float = 0.75  # … where no such mention stands in it
    own_unfitting: float = 0.6  # … and the share in the sentence itself
    own: float = 0.1


def supports(question: Question, best: Sequence[Evidence], thresholds: Thresholds) -> bool:
    """Whether the best sentence is enough for an answer: covered, of the asked kind, and nothing named is missing."""
    if not best:
        return False
    first = best[0]
    features = first.features
    enough = _least_support(question, features.fits, thresholds)
    if features.support < enough or features.own < thresholds.own:
        return False
    if features.fits == 0.0 and features.own < thresholds.own_unfitting and question.answer_type in _TYPED_ANSWERS:
        return False
    if features.fits < 1.0 and question.answer_type is AnswerType.PERSON and not _action_covered(question, best):
        return False
    return not missing_names(question, first.sentence.article)


def _action_covered(question: Question, best: Sequence[Evidence]) -> bool:
    """What the asked person did ("Ai ký …") stands in the best sentence, where no name does."""
    match = _ACTION.search(canonical(question.standalone))
    return match is None or fold(match["verb"]) in fold(best[0].sentence.text)


def _least_support(question: Question, fits: float, thresholds: Thresholds) -> float:
    if question.answer_type not in _TYPED_ANSWERS:
        return thresholds.unclear
    return thresholds.fitting if fits >= 0.8 else thresholds.unclear if fits > 0 else thresholds.unfitting


def missing_names(question: Question, article: Article) -> list[str]:
    """Document numbers, persons, provinces and years of the question that stand nowhere in the article or its metadata."""
    metadata = article.metadata
    known = " ".join(str(part) for part in (metadata.title, metadata.place, metadata.issuer, metadata.author, metadata.date) if part)
    text = f"{known}\n{article.text}"
    missing = [
        pattern for pattern in question.query.references if not any(reference_matches(pattern, r.number) for r in article.references)
    ]
    folded = fold(text)
    missing += [person.text for person in find_persons(question.standalone) if fold(person.text) not in folded]
    lowered = canonical(text)
    missing += [province for province in provinces_in(question.standalone) if province not in lowered]
    years = set(_YEAR_IN_DATE.findall(_without_terms(text)))
    return missing + [year for year in _YEAR.findall(_without_terms(_without_references(question))) if year not in years]


def _without_terms(text: str) -> str:
    """The text without its terms of office: "nhiệm kỳ 2015 – 2020" says nothing of the year 2015."""
    pieces, position = [], 0
    for term in find_terms(text):
        pieces.append(text[position : term.start])
        position = term.end
    return " ".join([*pieces, text[position:]])


def _without_references(question: Question) -> str:
    """The question without its document numbers: the 2025 of `158/2025/NĐ-CP` is not a period."""
    return re.sub(r"\S*/(?:19|20)\d{2}/\S*", " ", question.standalone)
