"""Whether the evidence supports an answer at all: a learned likelihood, and whether something named is missing."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from index.errors import StorageError
from index.text.canonical import canonical, fold
from index.text.dates import TermMention, find_asked_terms, find_terms
from index.text.references import find_mentions, reference_matches
from index.text.tokens import terms
from index.types import Article
from qa.absent import speaks_of_something_else
from qa.attributes import lacks_attribute
from qa.beyond import is_beyond
from qa.bodies_asked import is_of_another_body
from qa.demands import lacks_demanded
from qa.event_days import dates_something_else
from qa.evidence import MODELS, WEIGHTS_FILE, Evidence
from qa.lacking import lacks_what_is_asked
from qa.meetings import meets_otherwise
from qa.mentions import UPPER, Mention, find_persons, meetings_in, province_pattern, provinces_in
from qa.reviewed import tells_year_before
from qa.sentence_features import nearest_passage
from qa.siblings import tells_of_sibling
from qa.terms import QuestionTerms, coverage
from qa.types import AnswerType, Passage, Question
from qa.untold import is_untold

SHIPPED = MODELS / "decline"
BEST_PASSAGES = 3  # looked at for `near`
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d{2}(?!\d)")
_PLACE_NAMED = re.compile(
    r"\b(?:[Hh]uyện|[Qq]uận|[Đđ]ặc khu|[Xx]ã|[Pp]hường|[Tt]hị xã|[Tt]hị trấn|[Hh]uyện (?:ủy|uỷ)|[Qq]uận (?:ủy|uỷ)|[Tt]hị (?:ủy|uỷ))"
    rf" ((?!Đảng|Đoàn|Ủy|Uỷ|Hội|Ban)[{UPPER}][^\W\d_{UPPER}]+(?: [{UPPER}][^\W\d_{UPPER}]+){{1,2}})(?![^\W\d_]| [{UPPER}])"
)
_GIVEN_NAME = re.compile(
    rf"(?<!\w)(?:[ÔôOo]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c) (?P<name>(?!Bí|Chủ|Phó|Trưởng|Giám|Tổng|Đảng|Ngoại|Nội)[{UPPER}][^\W\d_{UPPER}]+)"
    rf"(?![^\W\d_]| [{UPPER}])"
)
_CAPITALISED = re.compile(rf"(?<![^\W\d_])[{UPPER}][^\W\d_]+")
_YEAR_IN_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ACTION = re.compile(
    r"\b(?:ai|(?:đồng chí|người|vị) nào)(?: (?:là|đã|được|sẽ|phải|có"
    r"|trong \w+ \w+))*(?: người)? (?P<verb>ký|trao|khai mạc|bế mạc|chủ trì|phát biểu|kết luận|trình bày"
    r"|tặng|báo cáo|đọc)\b"
)
_FIGURES = (AnswerType.DATE, AnswerType.NUMBER)
_OF_ANOTHER = (tells_year_before, tells_of_sibling, dates_something_else, is_beyond, is_of_another_body, is_untold)


class Signs(NamedTuple):
    """What speaks for an answer being there, each 0 … 1."""

    passage: float  # idf-weighted share of the question in the passage of the best sentence and the article's title
    chance: float  # likelihood of the best sentence among all
    near: float  # cosine of the question and the nearest of the best passages: whether they are of one subject at all
    length: float  # a fifth of the logarithm of the question's terms: two words are found near anything, and a long question near less


def read_signs(question: Question, evidence: Sequence[Evidence], asked: QuestionTerms) -> Signs:
    """The signs of scored `evidence`, best first and not empty. The model reads diacritics: of a question without any that is searched as
    typed, its words in and around the best sentence tell instead."""
    first = evidence[0]
    passage = coverage(asked, terms(f"{first.sentence.article.metadata.title}\n{first.sentence.passage.text}"))
    near = nearest_passage(question, _best_passages(evidence))
    bare = fold(question.standalone) == canonical(question.standalone)
    length = math.log1p(len(asked.terms)) / 5
    return Signs(passage, first.chance, max(near, first.features.support) if bare else near, length)


def _best_passages(evidence: Sequence[Evidence]) -> list[Passage]:
    found = {each.sentence.passage.number: each.sentence.passage for each in evidence}
    return [found[number] for number in sorted(found)[:BEST_PASSAGES]]


@dataclass(frozen=True, slots=True)
class Support:
    """A logistic sum over Signs; an answer is given from `threshold` on."""

    weights: Signs
    bias: float
    threshold: float

    def likelihood(self, signs: Signs) -> float:
        """0 … 1: how likely an answer from this evidence is one at all."""
        total = self.bias + sum(weight * sign for weight, sign in zip(self.weights, signs, strict=True))
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Self:
        """The model in `folder`; StorageError where the file is missing, damaged or has other signs than this code."""
        path = folder / WEIGHTS_FILE
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            return cls(Signs(**{k: float(v) for k, v in stored["weights"].items()}), float(stored["bias"]), float(stored["threshold"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(f"Không đọc được trọng số của việc từ chối {path}: {error}; hãy chép lại tệp gốc.") from error

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        weights = {name: round(value, 4) for name, value in self.weights._asdict().items()}
        record = {"weights": weights, "bias": round(self.bias, 4), "threshold": round(self.threshold, 4)}
        (folder / WEIGHTS_FILE).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


@cache
def load_support() -> Support:
    return Support.load()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to decline: the least likelihood of an answer, and the least share of the question that a whole list must cover."""

    likelihood: float = field(default_factory=lambda: load_support().threshold)
    listed: float = 0.52


def support_of(question: Question, evidence: Sequence[Evidence], asked: QuestionTerms) -> float:
    """How likely the evidence holds an answer, 0 … 1; 0 where `is_lacking`."""
    return 0.0 if is_lacking(question, evidence) else likelihood_of(question, evidence, asked)


def likelihood_of(question: Question, evidence: Sequence[Evidence], asked: QuestionTerms) -> float:
    """The same by the signs alone, whatever the best sentence lacks; 0 without evidence."""
    return load_support().likelihood(read_signs(question, evidence, asked)) if evidence else 0.0


def is_lacking(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether there is no evidence, or the best lacks a number or date asked for, what an asked person did, or what the question names."""
    if not evidence:
        return True
    best = evidence[0]
    if lacks_demanded(question, best.sentence.lowered):
        return True
    if question.answer_type in _FIGURES and best.features.fits == 0.0:
        return True
    if question.answer_type is AnswerType.PERSON and best.features.fits < 1.0 and not _action_covered(question, best):
        return True
    if lacks_what_is_asked(question, best) or speaks_of_something_else(question, best) or lacks_attribute(question, best):
        return True
    if meets_otherwise(question, best.sentence.text) or any(rule(question, best) for rule in _OF_ANOTHER):
        return True
    return bool(missing_names(question, best.sentence.article))


def _action_covered(question: Question, best: Evidence) -> bool:
    """What the asked person did ("Ai ký …") stands in the best sentence, where no name does."""
    match = _ACTION.search(canonical(question.standalone))
    return match is None or fold(match["verb"]) in fold(best.sentence.text)


def missing_names(question: Question, article: Article) -> list[str]:
    """Document numbers, persons, places, meetings and years of the question that stand nowhere in the article or its metadata."""
    known = _named_in(article)
    missing = [
        pattern
        for pattern in question.query.references
        if not any(reference_matches(pattern, r.number) for r in article.references) and not find_mentions(pattern, known.folded)
    ]
    missing += [person.text for person in _whole_names(question) if fold(person.text) not in known.folded]
    missing += [name for name in _given_names(question) if fold(name) not in known.capitalised]
    missing += [province for province in provinces_in(question.standalone) if not province_pattern(province).search(known.lowered)]
    missing += _missing_meetings(question, known)
    missing += [place for place in _PLACE_NAMED.findall(question.standalone) if fold(place) not in known.folded]
    return missing + [year for year in _YEAR.findall(_years_asked(question)) if year not in known.years]


def _whole_names(question: Question) -> list[Mention]:
    return [person for person in find_persons(question.standalone) if not _GIVEN_NAME.fullmatch(person.text)]


def _given_names(question: Question) -> list[str]:
    """The given names that stand alone: "Ông Lê Văn An hỏi bà Bình …" → ["Bình"]."""
    within = [range(person.start, person.end) for person in _whole_names(question)]
    found = _GIVEN_NAME.finditer(question.standalone)
    return [match["name"] for match in found if not any(match.start("name") in name for name in within)]


class _Named(NamedTuple):
    """An article with its metadata in the forms names are looked up in."""

    lowered: str
    folded: str
    capitalised: frozenset[str]  # its words with a capital, folded
    years: frozenset[str]
    meetings: frozenset[tuple[str, int]]


def _named_in(article: Article) -> _Named:
    metadata = article.metadata
    parts = (metadata.title, metadata.place, metadata.issuer, metadata.author, metadata.date)
    return _read_names(article.id, article.content_hash, " ".join(str(part) for part in parts if part), article.text)


@lru_cache(maxsize=64)
def _read_names(article_id: str, content_hash: str, known: str, text: str) -> _Named:
    """Remembered for the last articles: a long one takes milliseconds, and one question after another is about it."""
    whole = f"{known}\n{text}"
    folded = fold(whole)
    capitalised = frozenset(fold(word) for word in set(_CAPITALISED.findall(whole)))
    return _Named(
        canonical(whole), folded, capitalised, frozenset(_YEAR_IN_DATE.findall(_without_terms(whole))), frozenset(meetings_in(folded))
    )


def _missing_meetings(question: Question, known: _Named) -> list[str]:
    """The meetings of the question ("Hội nghị Trung ương 11") in whose place the article has others of their kind only."""
    asked = meetings_in(question.standalone)
    if not asked:
        return []
    told = known.meetings
    return [f"{noun} {number}" for noun, number in asked if (noun, number) not in told and any(noun == other for other, _ in told)]


def _years_asked(question: Question) -> str:
    """The question without its document numbers (the 2025 of `158/2025/NĐ-CP` is not a period) and its terms of office."""
    text = re.sub(r"\S*/(?:19|20)\d{2}/\S*", " ", question.standalone)
    return _cut_out(text, find_asked_terms(text))


def _without_terms(text: str) -> str:
    """The text without its terms of office: "nhiệm kỳ 2015 – 2020" says nothing of the year 2015."""
    return _cut_out(text, find_terms(text))


def _cut_out(text: str, found: Sequence[TermMention]) -> str:
    pieces, position = [], 0
    for term in found:
        pieces.append(text[position : term.start])
        position = term.end
    return " ".join([*pieces, text[position:]])
