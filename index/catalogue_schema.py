"""The tables of the catalogue, and how its connection is opened.

`articles` is narrow, so that filters and facets scan little; the long texts stand in `bodies`. The text of a chunk is not
stored: it is `bodies.text[start:end]`; its words are, since every query reads those of many chunks. Vectors outlive the
chunks they were made for, so that nothing is embedded twice.
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
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from index.errors import StorageError
from index.layout import storage_error

WRITER_CACHE_KB = 64_000  # pages of the indexes over random keys, which every batch of vectors touches
CHECKPOINT_PAGES = 16_000  # copied from the log to the file at once: the same pages change again and again
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
    Column("vector", LargeBinary, nullable=False),  # float16, little-endian
    Column("tokens", LargeBinary),  # the distinct token ids of the text, as the model packs them; NULL for one that tells none
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
    Column("article", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("context", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("token_count", Integer, nullable=False),
    Column("lead_start", Integer),
    Column("lead_end", Integer),
    Column("text_hash", LargeBinary, nullable=False),  # of Chunk.embedded_text
    Column("words", Text, nullable=False),  # its terms, joined by spaces, those of names with a capital
    Column("numbers", Text, nullable=False),  # the document numbers in the chunk and its context, one a line
    Index("chunks_of_article", "article", "position"),  # with the key all that filters read of a million chunks
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
# These have no keys: a chunk's key is random, and sorting once, when the rows are copied, writes each page once.
staging = MetaData()
STAGED = {
    table.name: Table(f"staged_{table.name}", staging, *(Column(c.name, c.type) for c in table.c), schema="temp")
    for table in (files, *OF_AN_ARTICLE)
}


# What every query reads, each made once.
ARTICLE = (
    select(articles, bodies.c.text, bodies.c.blocks)
    .join(bodies, bodies.c.article == articles.c.id)
    .where(articles.c.article_id == bindparam("article_id"))
)
REFERENCES_OF = select(references).where(references.c.article == bindparam("article")).order_by(references.c.id)
# The parameter `keys` of these is a JSON list.
_PIECE = func.substr(bodies.c.text, chunks.c.start + 1, chunks.c.end - chunks.c.start).label("piece")  # a chunk's text
_KEYS = select(func.json_each(bindparam("keys")).table_valued("value").c.value)
ARTICLES_OF = select(articles).where(articles.c.id.in_(_KEYS))
SHOWN_OF = (
    select(*(column for column in chunks.c if column.name not in ("text_hash", "words")), _PIECE)
    .join(bodies, bodies.c.article == chunks.c.article)
    .where(chunks.c.key.in_(_KEYS))
)
WORDS_OF = (
    select(chunks.c.key, chunks.c.words, vectors.c.tokens)
    .outerjoin(vectors, (vectors.c.text_hash == chunks.c.text_hash) & (vectors.c.model == bindparam("model")))
    .where(chunks.c.key.in_(_KEYS))
)


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
        raw.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KB}")
        raw.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
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
