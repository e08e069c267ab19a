"""The data that flows through the index: frozen values, hardly any behaviour, and the protocols.

All `start`/`end` are character offsets into `Article.text`, which is stored once, in NFC, and never altered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or day and month, may be unknown. `str()` gives 2021-12-27, 2022-01 or 2018."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """`2021-12-27`, `2022-01` or `2018` → PartialDate; ValueError for anything else."""
        numbers = [int(part) for part in text.split("-")]
        if not 1 <= len(numbers) <= 3:
            raise ValueError(f"not a date: {text!r}; expected YYYY, YYYY-MM or YYYY-MM-DD")
        date(numbers[0], *[*numbers[1:], 1, 1][:2])
        return cls(*numbers)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def vietnamese(self) -> str:
        """27/12/2021, 01/2022 or 2018: how users of the product write it."""
        return "/".join(reversed(str(self).split("-")))


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    QUESTION = "question"
    ANSWER = "answer"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A typed paragraph-sized stretch of an article. `repeated` marks a paragraph seen earlier in the same article."""

    kind: BlockKind
    start: int
    end: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A document number found in a text: `number` is its normal form, e.g. `08-QĐ/TU` for `08- QĐ/TU`."""

    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article besides its text. Absent stays None."""

    title: str
    published: PartialDate | None = None
    event: PartialDate | None = None
    page: PartialDate | None = None
    issuer: str | None = None
    kind: str | None = None
    place: str | None = None
    author: str | None = None
    supersedes: str | None = None

    @property
    def date(self) -> PartialDate | None:
        """The date an answer carries: published, else the event's; the page (crawl) date says nothing of the article."""
        return self.published or self.event


@dataclass(frozen=True, slots=True)
class Article:
    """One source text. `id` is its path below the corpus folder without the suffix (for a line of a .jsonl: path#_id)."""

    id: str
    text: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    folder: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read: `path` below the corpus folder and one Vietnamese sentence saying why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded and indexed. `text == article.text[start:end]`; `context` (title, heading, list lead) is indexed with it.

    `key` is a positive 63-bit number made from article id, content hash and position, so that the same articles give
    the same keys whatever happened before. `lead` is the span of the sentence that introduces the list this chunk's items belong to.
    """

    key: int
    article_id: str
    position: int
    start: int
    end: int
    text: str
    context: str
    kind: BlockKind
    token_count: int
    lead: Span | None = None

    @property
    def embedded_text(self) -> str:
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be found. Empty tuples and None mean no restriction; dates are inclusive, over `Metadata.date`."""

    date_from: date | None = None
    date_to: date | None = None
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Expansion:
    """A typed word and what was also searched for it: reason is `abbreviation`, `diacritics`, `spelling` or `synonym`."""

    typed: str
    searched: str
    reason: str


@dataclass(frozen=True, slots=True)
class NearForm:
    """A run of canonical terms of a query and the runs that can stand for it in a text; of these the `official` ones are what documents
    say for it, none for what they say themselves."""

    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    official: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A user's text, understood. `text` is what is searched, and the `short_forms` of its words; it differs from `typed` only by
    `expansions`. `near` tells what may be said instead of its words, `unheard` its words of two syllables ("hộ_chiếu") that running
    text knows and no article says."""

    typed: str
    text: str
    references: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    filters: Filters = field(default_factory=Filters)
    near: tuple[NearForm, ...] = ()
    unheard: tuple[str, ...] = ()

    @property
    def short_forms(self) -> dict[str, str]:
        """The short forms that stand for what was typed in full: `{"BTV": "Ban Thường vụ"}`."""
        return {e.searched: e.typed for e in self.expansions if e.reason == "abbreviation" and len(e.searched) < len(e.typed)}

    @property
    def restored(self) -> bool:
        return any(e.reason in ("diacritics", "spelling") for e in self.expansions)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit was found: ranks are 1-based, None where that leg did not find it; words as they stand in the chunk."""

    dense_rank: int | None = None
    lexical_rank: int | None = None
    words: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found. `highlights` are spans into the article's text; `duplicates` the ids of near-identical articles left out."""

    chunk: Chunk
    metadata: Metadata
    score: float
    explanation: Explanation
    highlights: tuple[Span, ...] = ()
    duplicates: tuple[str, ...] = ()

    @property
    def article_id(self) -> str:
        return self.chunk.article_id


class Embedder(Protocol):
    """Texts to unit vectors. `fingerprint` names model, weights and prompts: vectors of two fingerprints never mix."""

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (n, dimension), rows of length 1 (all zero for a text without any token)."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray: ...


class PairScorer(Protocol):
    """How well each passage answers a query; a cross-encoder is one."""

    def scores(self, query: str, passages: Sequence[str]) -> np.ndarray:
        """float64 (passages,), of any size, the higher the better."""
        ...


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that also tells the tokens of a text, which ranking reads; `unpack_tokens` reads what was packed."""

    def embed_with_tokens(self, texts: Sequence[str]) -> tuple[np.ndarray, list[bytes]]: ...

    def unpack_tokens(self, packed: bytes) -> np.ndarray: ...


class TokenCounter(Protocol):
    """Anything that counts tokens: the tiktoken Encoding of our ranks, or a fake."""

    def count(self, text: str) -> int: ...


class SearchEngine(Protocol):
    """What qa, ui and eval need of an index: the local engine, a distributed one, or a fake."""

    def search(self, query: Query, k: int = 10) -> list[Hit]: ...

    def article(self, article_id: str) -> Article: ...

    def articles(self, filters: Filters = ...) -> Iterator[Article]: ...


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article without its text, as lists show it; `uploaded` says that it was added in the app."""

    article_id: str
    metadata: Metadata
    folder: str
    uploaded: bool


@dataclass(frozen=True, slots=True)
class Authored:
    """An author or signer as written, and the ids of the articles, newest first."""

    name: str
    article_ids: list[str]


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be filtered by: (value, number of articles), most frequent first; years newest first."""

    kinds: tuple[tuple[str, int], ...] = ()
    issuers: tuple[tuple[str, int], ...] = ()
    folders: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What is indexed. `finished` is when the last ingest ended (UTC); `skipped` the files its folders hold that were not read.

    `notice` is a sentence on what the chosen models make worse, and the cure.
    """

    articles: int
    chunks: int
    finished: datetime | None = None
    skipped: tuple[Skipped, ...] = ()
    notice: str | None = None
