"""Answers put into words: lines of text and quotations → text with marks, citations and renumbered passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.types import Article, BlockKind, Chunk, Explanation, Hit, PartialDate, Span
from qa.citations import make_citation
from qa.passages import number_passages
from qa.quotes import on_one_line, without_number
from qa.types import Citation, Passage


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article to be quoted, and the passage it was found by."""

    passage: Passage
    article: Article
    span: Span


@dataclass(frozen=True, slots=True)
class Mark(Quote):
    """A stretch of an article that is pointed to by its mark alone, its words not shown."""


Line = Sequence["str | Quote"]


@dataclass(frozen=True, slots=True)
class Worded:
    """A finished text; its i-th mark `[n]` belongs to `citations[i]`; the passages cited come first. `support` is how likely it is one."""

    text: str
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    support: float = 1.0


def word(lines: Sequence[Line], passages: Sequence[Passage]) -> Worded:
    """Join the lines; a Quote becomes “…” [n] on one line, a Mark [n], with n counted in the order in which passages are first cited."""
    cited = [piece.passage for line in lines for piece in line if isinstance(piece, Quote)]
    ordered = number_passages(_distinct([*cited, *passages]))
    numbers = {(p.article_id, p.start): p.number for p in ordered}
    citations: list[Citation] = []
    written = []
    for line in _dated_once(lines):
        text = ""
        for piece in line:
            if isinstance(piece, str):
                text += piece
            else:
                span = without_number(piece.article.text, piece.span)
                citation = make_citation(numbers[piece.passage.article_id, piece.passage.start], piece.article, span)
                citations.append(citation)
                text += f"[{citation.number}]" if isinstance(piece, Mark) else f"“{on_one_line(citation.quote)}” [{citation.number}]"
        written.append(text)
    return Worded("\n".join(written), tuple(citations), tuple(ordered))


def _dated_once(lines: Sequence[Line]) -> list[Line]:
    """The lines without the date in front of a quotation where the line above quotes the same article under that date."""
    kept: list[Line] = []
    for above, line in pairwise([(), *lines]):
        kept.append(line[1:] if _is_of_same(above, line) else line)
    return kept


def _is_of_same(above: Line, line: Line) -> bool:
    if len(above) < 2 or len(line) < 2 or above[0] != line[0]:
        return False
    last, first = above[-1], line[1]
    return isinstance(last, Quote) and isinstance(first, Quote) and last.article.id == first.article.id


def _distinct(passages: Sequence[Passage]) -> list[Passage]:
    seen: dict[tuple[str, int], Passage] = {}
    for passage in passages:
        seen.setdefault((passage.article_id, passage.start), passage)
    return list(seen.values())


def passage_at(article: Article, span: Span, hit: Hit, passages: Sequence[Passage]) -> Passage:
    """The passage that holds `span`, else one of the same article, else a new one from the hit."""
    same = [p for p in passages if p.article_id == article.id]
    inside = [p for p in same if p.start <= span.start < p.end]
    if inside or same:
        return (inside or same)[0]
    chunk = hit.chunk
    return Passage(0, hit, chunk.start, chunk.end, chunk.text, chunk.token_count)


def hit_at(article: Article, span: Span | None = None) -> Hit:
    """A hit for a place that was not searched for but known: of the catalogue, or below a text."""
    place = span or Span(0, len(article.text))
    text = article.text[place.start : place.end]
    chunk = Chunk(0, article.id, 0, place.start, place.end, text, "", BlockKind.BODY, len(text.split()))
    return Hit(chunk, article.metadata, 1.0, Explanation())


def dated(article: Article) -> str:
    """Say "theo bài ngày 27/12/2021", "theo bài tháng 01/2022", "theo bài không rõ ngày"."""
    return f"theo bài {date_words(article.metadata.date)}"


def date_words(date: PartialDate | None) -> str:
    if date is None:
        return "không rõ ngày"
    unit = "ngày" if date.day else "tháng" if date.month else "năm"
    return f"{unit} {date.vietnamese}"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
