"""Rows of the catalogue ↔ the types of the product, and filters as SQL."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, and_, or_

from index.catalogue_schema import articles
from index.duplicates import Sketch
from index.types import Article, Block, BlockKind, Chunk, Filters, Metadata, PartialDate, Reference, Span

_WORDS = ("title", "issuer", "kind", "place", "author", "supersedes")
_DATES = ("published", "event", "page")


class CutChunk(NamedTuple):
    """A chunk with the `text_hash` and the marked terms (joined by spaces) of its embedded text, and the document numbers in it."""

    chunk: Chunk
    text_hash: bytes
    words: str
    numbers: tuple[str, ...]


class Prepared(NamedTuple):
    """An article ready to be stored, and the row of the file it comes from; `abbreviations` are the (short, long) pairs it defines."""

    article: Article
    file_id: int
    sketch: Sketch
    chunks: tuple[CutChunk, ...]
    abbreviations: tuple[tuple[str, str], ...] = ()


def text_hash(text: str) -> bytes:
    """The name under which the vector of an embedded text is stored: 16 bytes."""
    return blake2b(text.encode(), digest_size=16).digest()


def keyed_by_text(chunk: Chunk) -> Chunk:
    """The chunk under a key that also depends on its embedded text: two keys are equal only if the derived indexes hold the same
    for both, so comparing keys is enough even after chunks were cut to another size."""
    name = chunk.key.to_bytes(8, "big") + text_hash(chunk.embedded_text)
    return replace(chunk, key=int.from_bytes(blake2b(name, digest_size=8).digest(), "big") >> 1)


def article_row(prepared: Prepared, row_id: int) -> dict[str, Any]:
    """Columns of `articles`."""
    article = prepared.article
    first, last = _days(article.metadata.date)
    return {
        "id": row_id,
        "article_id": article.id,
        "file": prepared.file_id,
        "folder": article.folder,
        "content_hash": article.content_hash,
        **{name: getattr(article.metadata, name) for name in _WORDS},
        **{name: _written(getattr(article.metadata, name)) for name in _DATES},
        "first_day": first,
        "last_day": last,
        "body_hash": prepared.sketch.body_hash,
        "shingles": prepared.sketch.shingles.tobytes(),
    }


def body_row(article: Article, row_id: int) -> dict[str, Any]:
    """Columns of `bodies`."""
    listed = [[block.kind.value, block.start, block.end, int(block.repeated)] for block in article.blocks]
    return {"article": row_id, "text": article.text, "blocks": json.dumps(listed, separators=(",", ":"))}


def chunk_row(cut: CutChunk, row_id: int) -> dict[str, Any]:
    """Columns of `chunks`."""
    chunk = cut.chunk
    return {
        "key": chunk.key,
        "article": row_id,
        "position": chunk.position,
        "start": chunk.start,
        "end": chunk.end,
        "context": chunk.context,
        "kind": chunk.kind.value,
        "token_count": chunk.token_count,
        "lead_start": chunk.lead.start if chunk.lead else None,
        "lead_end": chunk.lead.end if chunk.lead else None,
        "text_hash": cut.text_hash,
        "words": cut.words,
        "numbers": "\n".join(cut.numbers),
    }


def reference_rows(article: Article, row_id: int) -> list[dict[str, Any]]:
    """Columns of `article_references`, all but the id."""
    return [{"article": row_id, "number": r.number, "start": r.start, "end": r.end} for r in article.references]


def abbreviation_rows(prepared: Prepared, row_id: int) -> list[dict[str, Any]]:
    """Columns of `abbreviations`, all but the id."""
    return [{"article": row_id, "short": short, "long": long} for short, long in prepared.abbreviations]


def as_metadata(row: Any) -> Metadata:
    words: dict[str, Any] = {name: getattr(row, name) for name in _WORDS}
    dates: dict[str, Any] = {name: PartialDate.parse(value) if (value := getattr(row, name)) else None for name in _DATES}
    return Metadata(**words, **dates)


def as_sketch(row: Any) -> Sketch:
    return Sketch(row.body_hash, np.frombuffer(row.shingles, np.uint64))


def as_numbers(written: str) -> tuple[str, ...]:
    return tuple(written.split("\n")) if written else ()


def as_chunk(row: Any, article_id: str, text: str) -> Chunk:
    return Chunk(
        key=row.key,
        article_id=article_id,
        position=row.position,
        start=row.start,
        end=row.end,
        text=text,
        context=row.context,
        kind=BlockKind(row.kind),
        token_count=row.token_count,
        lead=None if row.lead_start is None else Span(row.lead_start, row.lead_end),
    )


def as_article(row: Any, marks: Iterable[Any]) -> Article:
    return Article(
        id=row.article_id,
        text=row.text,
        metadata=as_metadata(row),
        blocks=tuple(Block(BlockKind(kind), start, end, bool(repeated)) for kind, start, end, repeated in json.loads(row.blocks)),
        references=tuple(Reference(mark.number, mark.start, mark.end) for mark in marks),
        folder=row.folder,
        content_hash=row.content_hash,
    )


def where(filters: Filters) -> ColumnElement[bool]:
    """The condition on `articles`. A date of which only the month or year is known passes if some day of it does."""
    conditions: list[ColumnElement[bool]] = [articles.c.id.is_not(None)]
    if filters.date_from:
        conditions.append(articles.c.last_day >= _number(filters.date_from))
    if filters.date_to:
        conditions.append(articles.c.first_day <= _number(filters.date_to))
    if filters.kinds:
        conditions.append(articles.c.kind.in_(filters.kinds))
    if filters.issuers:
        conditions.append(articles.c.issuer.in_(filters.issuers))
    if filters.folders:
        conditions.append(or_(*(_within(folder) for folder in filters.folders)))
    if filters.article_ids:
        conditions.append(articles.c.article_id.in_(filters.article_ids))
    return and_(*conditions)


def _within(folder: str) -> ColumnElement[bool]:
    return or_(articles.c.folder == folder, articles.c.folder.startswith(folder.rstrip("/") + "/", autoescape=True))


def _days(known: PartialDate | None) -> tuple[int | None, int | None]:
    """2022-01 → (20220101, 20220131)."""
    if known is None:
        return None, None
    month = known.month or 12
    last_day = known.day or monthrange(known.year, month)[1]
    return _number(known.first_day), known.year * 10_000 + month * 100 + last_day


def _number(day: Any) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _written(known: PartialDate | None) -> str | None:
    return None if known is None else str(known)
