"""The tables of the catalogue, and how its connection is opened.

`articles` is narrow, so that filters and facets scan little; the long texts stand in `bodies`. The text of a chunk is not
stored: it is `bodies.text[start:end]`. Vectors outlive the chunks they were made for, so that nothing is embedded twice.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from index.errors import StorageError
from index.layout import storage_error

BUSY_SECONDS = 30.0  # a checkpoint of the other process may hold the file that long on a slow disk

tables = MetaData()

settings_table = Table("settings", tables, Column("name", String, primary_key=True), Column("value", String, nullable=False))
models = Table("models", tables, Column("id", Integer, primary_key=True), Column("fingerprint", String, nullable=False, unique=True))
vectors = Table(
    "vectors",
    tables,
    Column("id", Integer, primary_key=True),
    Column("model", Integer, nullable=False),
    Column("text_hash", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
    UniqueConstraint("model", "text_hash"),
)
files = Table(
    "files",
    tables,
    Column("id", Integer, primary_key=True),
    Column("root", String, nullable=False),  # the ingested folder
    Column("path", String, nullable=False),  # below it
    Column("file_hash", String, nullable=False),
    Column("recipe", String, nullable=False),  # how it was read and chunked; another recipe reads it again
    UniqueConstraint("root", "path"),
)
articles = Table(
    "articles",
    tables,
    Column("id", Integer, primary_key=True),
    Column("article_id", String, nullable=False, unique=True),
    Column("file", Integer, nullable=False, index=True),
    Column("folder", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("title", String, nullable=False),
    *(Column(name, String) for name in ("published", "event", "page", "issuer", "kind", "place", "author", "supersedes")),
    Column("first_day", Integer),  # yyyymmdd, the days that Metadata.date can mean
    Column("last_day", Integer),
    Column("body_hash", LargeBinary, nullable=False),
    Column("shingles", LargeBinary, nullable=False),
)
bodies = Table(
    "bodies",
    tables,
    Column("article", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),  # JSON [[kind, start, end, repeated], …]
)
chunks = Table(
    "chunks",
    tables,
    Column("key", Integer, primary_key=True),
    Column("article", Integer, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("context", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("token_count", Integer, nullable=False),
    Column("lead_start", Integer),
    Column("lead_end", Integer),
    Column("text_hash", LargeBinary, nullable=False),  # of Chunk.embedded_text
)
references = Table(
    "article_references",
    tables,
    Column("id", Integer, primary_key=True),
    Column("article", Integer, nullable=False, index=True),
    Column("number", String, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
abbreviations = Table(
    "abbreviations",
    tables,
    Column("id", Integer, primary_key=True),
    Column("article", Integer, nullable=False, index=True),
    Column("short", String, nullable=False),
    Column("long", String, nullable=False),
)
skipped = Table(
    "skipped",
    tables,
    Column("id", Integer, primary_key=True),
    Column("root", String, nullable=False),
    Column("file", String, nullable=False),  # below the root
    Column("path", String, nullable=False),  # the file, or a line of it
    Column("reason", String, nullable=False),
)
ingests = Table(
    "ingests",
    tables,
    Column("id", Integer, primary_key=True),
    Column("finished", String, nullable=False),  # ISO 8601, UTC
    *(Column(name, Integer, nullable=False) for name in ("added", "changed", "removed", "unchanged", "skipped")),
)

OF_AN_ARTICLE = (articles, bodies, chunks, references, abbreviations)

# New articles wait in temporary tables: an ingest of any size runs in little memory, and its one transaction is a copy.
staging = MetaData()
STAGED = {
    table.name: Table(f"staged_{table.name}", staging, *(Column(c.name, c.type, primary_key=c.primary_key) for c in table.c), schema="temp")
    for table in (files, *OF_AN_ARTICLE)
}


def connect(path: Path, *, read_only: bool) -> Connection:
    """A connection to the catalogue file; usable from any thread, by one at a time."""
    with sql_errors(path):
        engine = create_engine("sqlite://", creator=lambda: _open_file(path, read_only), poolclass=NullPool)
        _take_over_transactions(engine)
        return engine.connect()


def _open_file(path: Path, read_only: bool) -> sqlite3.Connection:
    if read_only:
        # WAL needs a shared-memory file beside the data; on a read-only disk nobody writes, so none is needed.
        fixed = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
        raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{fixed}", uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
    else:
        raw = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=NORMAL")  # a power cut may undo the last commits, which the next ingest then repeats
    raw.isolation_level = None
    return raw


def _take_over_transactions(engine: Engine) -> None:
    """Python's sqlite3 begins transactions only before writes; a reader's snapshot needs BEGIN before the first SELECT."""
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))


@contextmanager
def sql_errors(path: Path) -> Iterator[None]:
    """Turn a database error (disk full, read-only, not a database) into a StorageError naming `path`."""
    try:
        yield
    except DBAPIError as error:
        reason = error.orig or error
        if "not a database" in str(reason) or "malformed" in str(reason):
            raise StorageError(
                f"Tệp {path} đã hỏng ({reason}); hãy xóa tệp đó rồi chạy lại python ingest.py với thư mục văn bản để tạo lại chỉ mục."
            ) from error
        raise storage_error(path, Exception(str(reason))) from error
    except sqlite3.Error as error:
        raise storage_error(path, error) from error
