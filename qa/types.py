"""The data between a question and a cited answer: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.types import Hit, Query, Span

NOT_FOUND_SENTENCE = "Không có trong tài liệu."


class Status(StrEnum):
    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    UNSUPPORTED = "unsupported"


class AnswerType(StrEnum):
    """What kind of thing the question asks for."""

    PERSON = "person"
    DATE = "date"
    NUMBER = "number"
    PLACE = "place"
    REFERENCE = "reference"
    ORGANISATION = "organisation"
    POST = "post"
    REASON = "reason"
    LIST = "list"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier exchange of the same conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question made standalone: `text` as asked, `standalone` with what earlier turns supplied and missing diacritics restored.

    `ordinal` is the item of a list that is meant ("nhiệm vụ thứ ba" → 3, "nhiệm vụ cuối cùng" → -1), `period` the first and last
    day of a year, month or term named in the question; a preference, not a filter. `own_text` is `text` with its diacritics
    restored, before earlier turns supplied anything.
    """

    text: str
    standalone: str
    answer_type: AnswerType
    query: Query
    list_size: int | None = None
    ordinal: int | None = None
    period: tuple[date | None, date | None] | None = None
    own_text: str = ""

    @property
    def carried(self) -> bool:
        """Whether earlier turns supplied a part of `standalone`."""
        return bool(self.own_text) and self.standalone != self.own_text


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called and the question that asks for it alone."""

    label: str
    question: str
    period: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered source shown with an answer; `number` starts at 1."""

    number: int
    hit: Hit
    start: int
    end: int
    text: str
    token_count: int

    @property
    def article_id(self) -> str:
        return self.hit.article_id


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark `[number]` and an exact span: `quote == article.text[start:end]`."""

    number: int
    article_id: str
    title: str
    date: str | None
    issuer: str | None
    quote: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user gets. The i-th mark `[n]` of `text` belongs to `citations[i]`. `nearest` is filled when the answer is declined;
    `notice` is a line about how it came to be (e.g. the language model failed and the extractive answer is shown), `support` how likely
    the evidence of an extractive answer holds one (0 … 1)."""

    question: Question
    text: str
    status: Status
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    nearest: tuple[Hit, ...] = ()
    notice: str | None = None
    generated: bool = False
    seconds: float = 0.0
    support: float | None = None
