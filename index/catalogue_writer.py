"""Writing the catalogue: vectors as they are made, then everything else of an ingest in one transaction.

New articles first wait in temporary tables of the connection, which vanish with the process; only `apply` touches what
readers see.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Table, delete, exists, func, insert, select

from index.catalogue import ROWS_A_BATCH, Catalogue
from index.catalogue_rows import Prepared, abbreviation_rows, article_row, body_row, chunk_row, reference_rows
from index.catalogue_schema import (
    OF_AN_ARTICLE,
    STAGED,
    abbreviations,
    articles,
    bodies,
    chunks,
    files,
    ingests,
    models,
    references,
    settings_table,
    skipped,
    sql_errors,
    staging,
    tables,
    vectors,
)
from index.errors import IndexMismatchError
from index.layout import FORMAT, storage_errors
from index.types import Skipped

STAGED_ROWS = 20_000  # rows held in memory before they go to the temporary tables
ORPHANS_PER_CHUNK = 1.0  # vectors of texts no longer indexed are kept up to this many per chunk, in case the texts come back


Reasons = Mapping[str, Mapping[str, Sequence[Skipped]]]  # root → file → what was not read of it


class KnownFile(NamedTuple):
    """A file as the last ingest read it; `skipped` is what could not be read of it."""

    id: int
    file_hash: str
    recipe: str
    skipped: tuple[Skipped, ...]


class KnownArticle(NamedTuple):
    """Which file an indexed article comes from, and its content hash."""

    file_id: int
    content_hash: str


class FileOfArticle(NamedTuple):
    """Where an article comes from, and how many articles that file gave."""

    root: str
    path: str
    articles: int


@dataclass(frozen=True, slots=True)
class IngestCounts:
    """Articles of one ingest; `skipped` counts files."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0


class CatalogueWriter(Catalogue):
    """The one writer, used under the ingest's lock."""

    def __init__(self, path: Path) -> None:
        with storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(path, read_only=False)
        self._waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in STAGED}
        with self._transaction():
            tables.create_all(self._connection)
            staging.create_all(self._connection)
            if not self._rows(select(settings_table).where(settings_table.c.name == "format")):
                self._set({"format": str(FORMAT)})
        self._check_format()
        self._next_file = self._highest(files) + 1
        self._next_article = self._highest(articles) + 1

    def _check_format(self) -> None:
        found = self.state().format
        if found != FORMAT:
            self.close()
            raise IndexMismatchError(
                f"Chỉ mục {self.path.parent} có định dạng {found}, phiên bản này cần {FORMAT}; "
                f"hãy xóa tệp {self.path.name} trong thư mục đó rồi chạy lại python ingest.py với thư mục văn bản."
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Everything in the block, or nothing of it."""
        with sql_errors(self.path):
            self._connection.rollback()  # ends the read transaction that earlier SELECTs began
            with self._connection.begin():
                yield

    def _highest(self, table: Table) -> int:
        return self._rows(select(func.coalesce(func.max(table.c.id), 0)))[0][0]

    def _set(self, values: Mapping[str, str]) -> None:
        self._connection.execute(delete(settings_table).where(settings_table.c.name.in_(values)))
        self._connection.execute(insert(settings_table), [{"name": name, "value": value} for name, value in values.items()])

    def known_files(self, root: str) -> dict[str, KnownFile]:
        """path below `root` → the file as last read."""
        reasons = defaultdict(list)
        for row in self._rows(select(skipped).where(skipped.c.root == root).order_by(skipped.c.id)):
            reasons[row.file].append(Skipped(row.path, row.reason))
        found = self._rows(select(files).where(files.c.root == root))
        return {row.path: KnownFile(row.id, row.file_hash, row.recipe, tuple(reasons[row.path])) for row in found}

    def known_articles(self) -> dict[str, KnownArticle]:
        """article id → where it comes from."""
        rows = self._rows(select(articles.c.article_id, articles.c.file, articles.c.content_hash))
        return {row.article_id: KnownArticle(row.file, row.content_hash) for row in rows}

    def file_of(self, article_id: str) -> FileOfArticle | None:
        """The file an article comes from, None for an unknown article."""
        own = self._rows(select(articles.c.file).where(articles.c.article_id == article_id))
        if not own:
            return None
        row = self._rows(select(files).where(files.c.id == own[0].file))[0]
        held = self._rows(select(func.count()).select_from(articles).where(articles.c.file == row.id))[0][0]
        return FileOfArticle(row.root, row.path, held)

    def file_exists(self, file_id: int) -> bool:
        """Whether a known file is still where it was read."""
        row = self._rows(select(files.c.root, files.c.path).where(files.c.id == file_id))[0]
        root = Path(row.root)
        return root.is_file() or (root / row.path).exists() or (root.parent / row.path).exists()

    def file_ids(self, roots: Sequence[str]) -> set[int]:
        """The files known of these roots."""
        return {row.id for row in self._rows(select(files.c.id).where(files.c.root.in_(roots)))}

    def model(self, fingerprint: str) -> int:
        """The row of an embedding model, made if it is new."""
        with self._transaction():
            wanted = select(models.c.id).where(models.c.fingerprint == fingerprint)
            if self._connection.execute(wanted).scalar() is None:
                self._connection.execute(insert(models).values(fingerprint=fingerprint))
            return self._connection.execute(wanted).scalar_one()

    def stored_hashes(self, model: int, hashes: Sequence[bytes]) -> set[bytes]:
        """Which of the texts have a vector of this model."""
        statement = select(vectors.c.text_hash).where(vectors.c.model == model)
        return {row.text_hash for row in self._rows_in(statement, vectors.c.text_hash, list(hashes))}

    def store_vectors(self, model: int, hashes: Sequence[bytes], rows: np.ndarray, tokens: Sequence[bytes | None] = ()) -> None:
        """Commit `rows` and packed `tokens`, one for each hash: what is embedded is never embedded again, even after a kill."""
        data = np.ascontiguousarray(rows, "<f2")
        values = [
            {"model": model, "text_hash": name, "vector": row.tobytes(), "tokens": packed}
            for name, row, packed in zip(hashes, data, tokens or [None] * len(hashes), strict=True)
        ]
        if values:
            with self._transaction():
                self._connection.execute(insert(vectors), values)

    def without_vector(self, model: int) -> Iterator[str]:
        """The embedded texts of indexed chunks that have no vector of this model: all of them after the model was changed."""
        has_one = exists().where(vectors.c.model == model, vectors.c.text_hash == chunks.c.text_hash)
        found = self._rows(select(chunks.c.key).where(~has_one).order_by(chunks.c.article, chunks.c.position))
        for start in range(0, len(found), ROWS_A_BATCH):
            yield from self.texts([row.key for row in found[start : start + ROWS_A_BATCH]]).values()

    def new_file_id(self) -> int:
        """The row that a file about to be read will have."""
        file_id, self._next_file = self._next_file, self._next_file + 1
        return file_id

    def stage_file(self, file_id: int, root: str, path: str, file_hash: str, recipe: str) -> None:
        """Let a file that was read wait for `apply`."""
        self._wait("files", [{"id": file_id, "root": root, "path": path, "file_hash": file_hash, "recipe": recipe}])

    def stage_article(self, prepared: Prepared) -> None:
        """Let an article and its chunks wait for `apply`."""
        row_id, self._next_article = self._next_article, self._next_article + 1
        self._wait("articles", [article_row(prepared, row_id)])
        self._wait("bodies", [body_row(prepared.article, row_id)])
        self._wait("article_references", reference_rows(prepared.article, row_id))
        self._wait("abbreviations", abbreviation_rows(prepared, row_id))
        self._wait("chunks", [chunk_row(cut, row_id) for cut in prepared.chunks])
        if sum(map(len, self._waiting.values())) >= STAGED_ROWS:
            self._flush()

    def _wait(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        self._waiting[table].extend(rows)

    def _flush(self) -> None:
        with self._transaction():
            for name, rows in self._waiting.items():
                if rows:
                    self._connection.execute(insert(STAGED[name]), rows)
                    rows.clear()

    def apply(
        self,
        replaced_files: Sequence[int],
        fingerprint: str,
        dimension: int,
        reasons: Reasons,
        counts: IngestCounts,
    ) -> None:
        """The one transaction of an ingest: drop what came from `replaced_files`, take over what waits, note the ingest.

        Readers that open afterwards see all of it.
        """
        self._flush()
        changes = bool(replaced_files) or self._staged_anything() or self.state().fingerprint != fingerprint
        with self._transaction():
            self._drop(replaced_files)
            for table in (files, *OF_AN_ARTICLE):
                self._take_over(table)
            self._note(reasons, counts)
            if changes:
                self._new_generation({"fingerprint": fingerprint, "dimension": str(dimension)})
            for staged in STAGED.values():
                self._connection.execute(delete(staged))
        self._forget()

    def _staged_anything(self) -> bool:
        return bool(self._rows(select(func.count()).select_from(STAGED["files"]))[0][0])

    def _new_generation(self, values: Mapping[str, str] | None = None) -> None:
        self._set({**(values or {}), "generation": uuid.uuid4().hex})

    def _drop(self, file_ids: Sequence[int]) -> None:
        for file_id in file_ids:
            self._drop_articles(select(articles.c.id).where(articles.c.file == file_id))
            self._connection.execute(delete(files).where(files.c.id == file_id))

    def _drop_articles(self, owners: Any) -> None:
        for table in (chunks, bodies, references, abbreviations):
            self._connection.execute(delete(table).where(table.c.article.in_(owners)))
        self._connection.execute(delete(articles).where(articles.c.id.in_(owners)))

    def _take_over(self, table: Table) -> None:
        names = [column.name for column in table.c if not (table in (references, abbreviations) and column.name == "id")]
        staged = STAGED[table.name]
        rows = select(*(staged.c[name] for name in names))
        self._connection.execute(insert(table).from_select(names, rows.order_by(staged.c.key) if table is chunks else rows))

    def _note(self, reasons: Reasons, counts: IngestCounts) -> None:
        self._connection.execute(delete(skipped).where(skipped.c.root.in_(list(reasons))))
        rows = [
            {"root": root, "file": file, "path": item.path, "reason": item.reason}
            for root, of_root in reasons.items()
            for file, items in of_root.items()
            for item in items
        ]
        if rows:
            self._connection.execute(insert(skipped), rows)
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        values = {name: getattr(counts, name) for name in ("added", "changed", "removed", "unchanged", "skipped")}
        self._connection.execute(insert(ingests).values(finished=finished, **values))

    def remove_article(self, article_id: str) -> bool:
        """Take one article out; its file stays known, so that it comes back only when the file changes. False if unknown."""
        with self._transaction():
            owner = self._connection.execute(select(articles.c.id).where(articles.c.article_id == article_id)).scalar()
            if owner is None:
                return False
            self._drop_articles([owner])
            self._new_generation()
        self._forget()
        return True

    def prune_vectors(self) -> int:
        """Drop vectors of texts no longer indexed once they outnumber the chunks; returns how many went."""
        stored = self._rows(select(func.count()).select_from(vectors))[0][0]
        if stored <= self.state().chunks * (1 + ORPHANS_PER_CHUNK):
            return 0
        with self._transaction():
            return self._connection.execute(delete(vectors).where(vectors.c.text_hash.not_in(select(chunks.c.text_hash)))).rowcount

    def _forget(self) -> None:
        """What was read of the earlier state is no longer true."""
        for name in ("_chunk_table", "_model", "numbers_by_serial", "_spellings"):
            self.__dict__.pop(name, None)
        self._described.clear()
