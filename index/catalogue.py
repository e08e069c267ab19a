"""The truth about what is indexed: articles, chunks, references and vectors, read from SQLite through SQLAlchemy Core.

A `Catalogue` is one connection. Opened for reading it is a snapshot: it shows one state however often others write.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from sqlalchemy import ColumnElement, Select, func, select

from index.catalogue_rows import as_article, as_chunk, as_metadata, as_sketch, where
from index.catalogue_schema import (
    abbreviations,
    articles,
    bodies,
    chunks,
    connect,
    ingests,
    models,
    references,
    settings_table,
    skipped,
    sql_errors,
    vectors,
)
from index.duplicates import Sketch
from index.errors import IndexMissingError
from index.text.canonical import canonical
from index.text.references import find_references
from index.types import Article, Chunk, Facets, Filters, IndexSummary, ListedArticle, Metadata, Skipped

UPLOADED = "uploads/"  # how the ids of articles added in the app begin
ROWS_A_BATCH = 5_000  # bound variables of one SELECT; SQLite allows 32,766


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """One committed state: `generation` is a new random name after every ingest that changed something, empty before the first."""

    format: int
    fingerprint: str
    dimension: int
    generation: str
    articles: int
    chunks: int


class ChunkEntry(NamedTuple):
    """What the lexical index holds of a chunk: the embedded text and the document numbers standing in the chunk."""

    key: int
    text: str
    numbers: tuple[str, ...]


class FoundChunk(NamedTuple):
    """A chunk with what a hit shows of its article; `numbers` are the document numbers in the chunk and its context."""

    chunk: Chunk
    metadata: Metadata
    sketch: Sketch
    numbers: tuple[str, ...]


class Catalogue:
    """Reading one catalogue file. Not for two threads at once: whoever shares it holds a lock around each call."""

    def __init__(self, path: Path, *, read_only: bool = True) -> None:
        if read_only and not path.exists():
            raise missing(path.parent)
        self.path = path
        self._connection = connect(path, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def _rows(self, statement: Select[Any]) -> list[Any]:
        with sql_errors(self.path):
            return list(self._connection.execute(statement))

    def _rows_in(self, statement: Select[Any], column: Any, values: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(values), ROWS_A_BATCH):
            yield from self._rows(statement.where(column.in_(values[start : start + ROWS_A_BATCH])))

    def state(self) -> CatalogueState:
        """The state this connection sees; IndexMissingError where the file holds no finished ingest's tables."""
        with sql_errors(self.path):
            if not self._connection.dialect.has_table(self._connection, settings_table.name):
                raise missing(self.path.parent)
        stored = {row.name: row.value for row in self._rows(select(settings_table))}
        counts = self._rows(select(*(select(func.count()).select_from(table).scalar_subquery() for table in (articles, chunks))))[0]
        return CatalogueState(
            format=int(stored["format"]),
            fingerprint=stored.get("fingerprint", ""),
            dimension=int(stored.get("dimension", 0)),
            generation=stored.get("generation", ""),
            articles=counts[0],
            chunks=counts[1],
        )

    @property
    def keys(self) -> np.ndarray:
        """int64, the keys of all chunks in the order of articles."""
        return self._chunk_table[0]

    @cached_property
    def _chunk_table(self) -> tuple[np.ndarray, np.ndarray]:
        """Keys and the article row of each: 16 bytes a chunk make filters on a million of them a matter of milliseconds."""
        statement = select(chunks.c.key, chunks.c.article).order_by(chunks.c.article, chunks.c.position)
        with sql_errors(self.path):
            numbers = chain.from_iterable(self._connection.execute(statement))  # np.array(rows) takes five times as long
            table = np.fromiter(numbers, np.int64).reshape(-1, 2)
        return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])

    def allowed_keys(self, filters: Filters) -> np.ndarray | None:
        """int64 keys of the chunks whose articles pass, None where nothing is filtered."""
        if filters.empty:
            return None
        keys, owners = self._chunk_table
        passing = [row.id for row in self._rows(select(articles.c.id).where(self._condition(filters)))]
        return keys[np.isin(owners, np.array(passing, np.int64))]

    def owners(self, keys: np.ndarray) -> set[str]:
        """The ids of the articles that the chunks of `keys` belong to."""
        known, owners = self._chunk_table
        rows = np.unique(owners[np.isin(known, keys)]).tolist()
        return {row.article_id for row in self._rows_in(select(articles.c.article_id), articles.c.id, rows)}

    def vectors(self, keys: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Batches (int64 keys, float32 (n, dimension)) of the current model, together every key of `keys` that has a vector."""
        state = self.state()
        statement = (
            select(chunks.c.key, vectors.c.vector)
            .join(vectors, vectors.c.text_hash == chunks.c.text_hash)
            .join(models, models.c.id == vectors.c.model)
            .where(models.c.fingerprint == state.fingerprint)
        )
        for start in range(0, len(keys), ROWS_A_BATCH):
            rows = self._rows(statement.where(chunks.c.key.in_(keys[start : start + ROWS_A_BATCH].tolist())))
            found = np.array([row.key for row in rows], np.int64)
            data = np.frombuffer(b"".join(row.vector for row in rows), "<f4").reshape(len(rows), state.dimension)
            order = np.argsort(found)
            yield found[order], data[order]

    def entries(self, keys: np.ndarray) -> Iterator[ChunkEntry]:
        """What the lexical index holds of each of `keys`, batch by batch."""
        for start in range(0, len(keys), ROWS_A_BATCH):
            found = self.chunks(keys[start : start + ROWS_A_BATCH].tolist())
            yield from (ChunkEntry(key, item.chunk.embedded_text, item.numbers) for key, item in found.items())

    def chunks(self, keys: Sequence[int]) -> dict[int, FoundChunk]:
        """key → chunk with its article's metadata, in the order of `keys`; keys the catalogue does not hold are left out."""
        rows = {row.key: row for row in self._rows_in(select(chunks), chunks.c.key, list(keys))}
        owners = sorted({row.article for row in rows.values()})
        described = {row.id: row for row in self._rows_in(select(articles), articles.c.id, owners)}
        about = {owner: (as_metadata(row), as_sketch(row)) for owner, row in described.items()}
        texts = {row.article: row.text for row in self._rows_in(select(bodies.c.article, bodies.c.text), bodies.c.article, owners)}
        marks = self._references(owners)
        found = {}
        for key in keys:
            if row := rows.get(key):
                chunk = as_chunk(row, described[row.article].article_id, texts[row.article])
                inside = [number for number, place in marks[row.article] if row.start <= place < row.end]
                above = [reference.number for reference in find_references(row.context)] if "/" in row.context else []
                found[key] = FoundChunk(chunk, *about[row.article], tuple(dict.fromkeys((*inside, *above))))
        return found

    def texts(self, keys: Sequence[int]) -> dict[int, str]:
        """key → the embedded text of the chunk, nothing else, since ranking reads many; unknown keys are left out."""
        piece = func.substr(bodies.c.text, chunks.c.start + 1, chunks.c.end - chunks.c.start).label("piece")
        statement = select(chunks.c.key, chunks.c.context, piece).join(bodies, bodies.c.article == chunks.c.article)
        rows = self._rows_in(statement, chunks.c.key, list(keys))
        return {row.key: f"{row.context}\n{row.piece}" if row.context else row.piece for row in rows}

    def _references(self, owners: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
        marks = defaultdict(list)
        for row in self._rows_in(select(references).order_by(references.c.id), references.c.article, owners):
            marks[row.article].append((row.number, row.start))
        return marks

    @cached_property
    def numbers_by_serial(self) -> dict[str, list[str]]:
        """Every document number that stands in some article, each once, by `serial`."""
        groups = defaultdict(list)
        for row in self._rows(select(references.c.number).distinct().order_by(references.c.number)):
            groups[serial(row.number)].append(row.number)
        return dict(groups)

    def article(self, article_id: str) -> Article | None:
        """The whole article, None for an unknown id."""
        for row in self._rows(select(articles).where(articles.c.article_id == article_id)):
            body = self._rows(select(bodies).where(bodies.c.article == row.id))[0]
            marks = self._rows(select(references).where(references.c.article == row.id).order_by(references.c.id))
            return as_article(row, body, marks)
        return None

    def listing(self, filters: Filters) -> list[ListedArticle]:
        """The articles that pass, without their texts, newest first, those without a date last."""
        newest = articles.c.first_day.desc().nulls_last()
        rows = self._rows(select(articles).where(self._condition(filters)).order_by(newest, articles.c.article_id))
        return [ListedArticle(row.article_id, as_metadata(row), row.folder, row.article_id.startswith(UPLOADED)) for row in rows]

    def _condition(self, filters: Filters) -> ColumnElement[bool]:
        """`where`, with every spelling of the kinds and issuers: "Thành uỷ" finds what was issued by "Thành ủy"."""
        kinds = [spelling for kind in filters.kinds for spelling in self._spellings["kind"].get(canonical(kind), ())]
        issuers = [spelling for issuer in filters.issuers for spelling in self._spellings["issuer"].get(canonical(issuer), ())]
        return where(replace(filters, kinds=(*filters.kinds, *kinds), issuers=(*filters.issuers, *issuers)))

    @cached_property
    def _spellings(self) -> dict[str, dict[str, list[str]]]:
        """`kind` and `issuer` → canonical form → the values that stand in the catalogue."""
        found: dict[str, dict[str, list[str]]] = {}
        for column in (articles.c.kind, articles.c.issuer):
            groups = found.setdefault(column.name, defaultdict(list))
            for row in self._rows(select(column).where(column.is_not(None)).distinct()):
                groups[canonical(row[0])].append(row[0])
        return found

    def learned_abbreviations(self) -> list[tuple[str, str, int]]:
        """(short, long, articles that define it so), the commonest first."""
        count = func.count().label("defined")
        pair = (abbreviations.c.short, abbreviations.c.long)
        return [tuple(row) for row in self._rows(select(*pair, count).group_by(*pair).order_by(count.desc(), *pair))]

    def facets(self) -> Facets:
        """The values filters can take, with the number of articles of each."""
        kinds, issuers = (_united(self._counted(column)) for column in (articles.c.kind, articles.c.issuer))
        years = self._counted(articles.c.first_day // 10_000)
        return Facets(kinds, issuers, self._counted(articles.c.folder), tuple(sorted(years, reverse=True)))

    def _counted(self, column: Any) -> tuple[tuple[str, int], ...]:
        count = func.count().label("articles")
        rows = self._rows(select(column, count).where(column.is_not(None), column != "").group_by(column).order_by(count.desc(), column))
        return tuple((str(row[0]), row[1]) for row in rows)

    def summary(self) -> IndexSummary:
        """How much is indexed, when the last ingest ended, which files were not read."""
        state = self.state()
        last = self._rows(select(ingests.c.finished).order_by(ingests.c.id.desc()).limit(1))
        reasons = self._rows(select(skipped).order_by(skipped.c.id))
        return IndexSummary(
            articles=state.articles,
            chunks=state.chunks,
            finished=datetime.fromisoformat(last[0].finished) if last else None,
            skipped=tuple(Skipped(row.path, row.reason) for row in reasons),
        )


def _united(values: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Values that differ by case, tone placement or dashes alone as one, in the spelling that comes first."""
    names: dict[str, str] = {}
    totals: Counter[str] = Counter()
    for value, number in values:
        totals[names.setdefault(canonical(value), value)] += number
    return tuple(totals.most_common())


def serial(number: str) -> str:
    """The leading digits of a number or pattern without zeros: `08-QĐ/TU` → `8`."""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return digits.lstrip("0")


def missing(folder: Path) -> IndexMissingError:
    return IndexMissingError(f"Chưa có chỉ mục trong {folder}; hãy chạy: python ingest.py THƯ_MỤC_VĂN_BẢN --index {folder}")
