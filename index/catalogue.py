"""The truth about what is indexed: articles, chunks, references and vectors, read from SQLite through SQLAlchemy Core.

A `Catalogue` is one connection. Opened for reading it is a snapshot: it shows one state however often others write.
"""

from __future__ import annotations

import json
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

from index.catalogue_rows import as_article, as_chunk, as_metadata, as_numbers, as_sketch, where
from index.catalogue_schema import (
    ARTICLE,
    ARTICLES_OF,
    REFERENCES_OF,
    SHOWN_OF,
    WORDS_OF,
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
from index.text.canonical import canonical, fold
from index.types import Article, Authored, Chunk, Facets, Filters, IndexSummary, ListedArticle, Metadata, Skipped

UPLOADED = "uploads/"  # how the ids of articles added in the app begin
ROWS_A_BATCH = 5_000  # bound variables of one SELECT; SQLite allows 32,766
REMEMBERED_ARTICLES = 5_000  # what hits show of them, about 3 KB each


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
    """What the lexical index holds of a chunk: the terms of its embedded text, joined by spaces, and the document numbers in it."""

    key: int
    syllables: str
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
        self._described: dict[int, tuple[str, Metadata, Sketch]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def _rows(self, statement: Select[Any]) -> list[Any]:
        with sql_errors(self.path):
            return list(self._connection.execute(statement).all())

    def _rows_in(self, statement: Select[Any], column: Any, values: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(values), ROWS_A_BATCH):
            yield from self._rows(statement.where(column.in_(values[start : start + ROWS_A_BATCH])))

    def _rows_with(self, statement: Select[Any], keys: Iterable[int], **values: int) -> list[Any]:
        """The rows of a statement made once for all queries: making and binding one anew takes longer than running it."""
        with sql_errors(self.path):
            return list(self._connection.execute(statement, {"keys": json.dumps(list(keys)), **values}).all())

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
            data = np.frombuffer(b"".join(row.vector for row in rows), "<f2").reshape(len(rows), state.dimension)
            order = np.argsort(found)
            yield found[order], data[order].astype(np.float32)

    def entries(self, keys: np.ndarray) -> Iterator[ChunkEntry]:
        """What the lexical index holds of each of `keys`, batch by batch, in their order."""
        statement = select(chunks.c.key, chunks.c.words, chunks.c.numbers)
        for start in range(0, len(keys), ROWS_A_BATCH):
            wanted = keys[start : start + ROWS_A_BATCH].tolist()
            rows = {row.key: row for row in self._rows(statement.where(chunks.c.key.in_(wanted)))}
            yield from (ChunkEntry(key, row.words.lower(), as_numbers(row.numbers)) for key in wanted if (row := rows.get(key)))

    def chunks(self, keys: Sequence[int]) -> dict[int, FoundChunk]:
        """key → chunk with its article's metadata, in the order of `keys`; keys the catalogue does not hold are left out."""
        rows = {row.key: row for row in self._rows_with(SHOWN_OF, keys)}
        self._describe({row.article for row in rows.values()})
        found = {}
        for key in keys:
            if row := rows.get(key):
                article_id, metadata, sketch = self._described[row.article]
                found[key] = FoundChunk(as_chunk(row, article_id, self._piece(row)), metadata, sketch, as_numbers(row.numbers))
        return found

    def _describe(self, owners: set[int]) -> None:
        """Have what hits show of these articles at hand."""
        if len(self._described) > REMEMBERED_ARTICLES:
            self._described.clear()
        for row in self._rows_with(ARTICLES_OF, owners - self._described.keys()):
            self._described[row.id] = (row.article_id, as_metadata(row), as_sketch(row))

    def texts(self, keys: Sequence[int]) -> dict[int, str]:
        """key → the embedded text of the chunk, nothing else; unknown keys are left out."""
        pieces = ((row.key, row.context, self._piece(row)) for row in self._rows_with(SHOWN_OF, keys))
        return {key: f"{context}\n{piece}" if context else piece for key, context, piece in pieces}

    def _piece(self, row: Any) -> str:
        """A chunk's text; SQLite's `substr` ends at a NUL."""
        if len(row.piece) == row.end - row.start:
            return row.piece
        return self._rows(select(bodies.c.text).where(bodies.c.article == row.article))[0].text[row.start : row.end]

    def words(self, keys: Sequence[int]) -> dict[int, tuple[str, bytes | None]]:
        """key → the marked terms of the embedded text, joined by spaces, and its tokens as the current model packs them (None: it tells
        none), ready for ranking, which reads many; unknown keys are left out."""
        return {row.key: (row.words, row.tokens) for row in self._rows_with(WORDS_OF, keys, model=self._model)}

    @cached_property
    def _model(self) -> int:
        """The row of the current model."""
        current = select(settings_table.c.value).where(settings_table.c.name == "fingerprint").scalar_subquery()
        return next((row.id for row in self._rows(select(models.c.id).where(models.c.fingerprint == current))), 0)

    @cached_property
    def authors(self) -> dict[str, Authored]:
        """Every author or signer by the folded name, with the ids of the articles, newest first."""
        found: dict[str, Authored] = {}
        order = (articles.c.first_day.desc().nulls_last(), articles.c.article_id)
        for row in self._rows(select(articles.c.author, articles.c.article_id).where(articles.c.author.is_not(None)).order_by(*order)):
            found.setdefault(fold(row.author), Authored(row.author, [])).article_ids.append(row.article_id)
        return found

    @cached_property
    def numbers_by_serial(self) -> dict[str, list[str]]:
        """Every document number that stands in some article, each once, by `serial`."""
        groups = defaultdict(list)
        for row in self._rows(select(references.c.number).distinct().order_by(references.c.number)):
            groups[serial(row.number)].append(row.number)
        return dict(groups)

    def article(self, article_id: str) -> Article | None:
        """The whole article, None for an unknown id."""
        with sql_errors(self.path):
            row = self._connection.execute(ARTICLE, {"article_id": article_id}).first()
            marks = self._connection.execute(REFERENCES_OF, {"article": row.id}).all() if row else ()
        return as_article(row, marks) if row else None

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
