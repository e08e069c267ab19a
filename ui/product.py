"""The real backend: the assistant over the index on disk, and the library that changes it; opened once, shared by all users."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Self

from index.build import add_uploads, build, remove_article
from index.catalogue import UPLOADED
from index.embedding import load_embedder
from index.engine import Engine
from index.errors import IndexMissingError, ReadingError
from index.intake import Report
from index.layout import Layout
from index.query import load_understanding
from index.settings import Settings
from index.text.token_counter import TiktokenCounter
from index.types import Article, Embedder, Facets, Filters, Hit, IndexSummary, ListedArticle, Query, Skipped
from qa.chain import Assistant
from qa.types import Answer, Turn
from ui.backend import Added, Backend


class Product:
    """Both protocols of ui/backend.py over one index; every read first takes over what an ingest has finished since."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder
        self._counter = TiktokenCounter()
        self._engine = Engine.open(settings, embedder)
        self._understanding = load_understanding(settings, self._engine)
        as_typed = partial(self._understanding, restore=False)
        self._assistants = {
            restore: Assistant(self._engine, settings, understand=understand, counter=self._counter)
            for restore, understand in ((True, self._understanding), (False, as_typed))
        }
        self._changing = threading.Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The index of `settings`; where there is none yet, an empty one that uploads can fill.

        Raises IndexMismatchError, SettingsError, StorageError.
        """
        embedder = load_embedder(settings)
        if not Layout(settings.index_dir).manifest.exists():
            build([], settings, embedder=embedder)
        return cls(settings, embedder)

    def stream(self, text: str, turns: Sequence[Turn], filters: Filters, *, restore: bool = True) -> Iterator[str | Answer]:
        self._engine.refresh()
        return self._assistants[restore].stream(text, turns, filters)

    def understand(self, typed: str, filters: Filters, *, restore: bool = True) -> Query:
        return self._understanding(typed, filters, restore=restore)

    def search(self, query: Query, k: int) -> list[Hit]:
        self._engine.refresh()
        return self._engine.search(query, k)

    def article(self, article_id: str) -> Article:
        return self._engine.article(article_id)

    def holdings(self) -> IndexSummary:
        self._engine.refresh()
        return self._engine.summary()

    def facets(self) -> Facets:
        self._engine.refresh()
        return self._engine.facets()

    def listing(self, filters: Filters) -> list[ListedArticle]:
        self._engine.refresh()
        return self._engine.listing(filters)

    def add(self, files: Sequence[Path], report: Report) -> Added:
        with self._changing:
            contents = {file.name: file.read_bytes() for file in files}
            done = add_uploads(contents, self._settings, progress=report, embedder=self._embedder, counter=self._counter)
            self._engine.refresh()
        refused = {PurePosixPath(item.path).name: item.reason for item in done.skipped}
        skipped = tuple(Skipped(name, refused[name]) for name in contents if name in refused)
        taken = [name for name in contents if name not in refused] if done.added + done.changed else []
        return Added(tuple(self._title(name) for name in taken), skipped)

    def _title(self, name: str) -> str:
        """How an upload is named to its user: by the title of its article, a file of several by its name."""
        try:
            return self._engine.article(f"{UPLOADED}{PurePosixPath(name).stem}").metadata.title
        except IndexMissingError:
            return name

    def remove(self, article_id: str) -> None:
        with self._changing:
            if not remove_article(article_id, self._settings):
                raise ReadingError(f"Không có bài {article_id!r} trong kho; có thể bài đã bị xóa, hãy bấm Làm mới.")
            self._engine.refresh()


def open_backend(settings: Settings) -> Backend:
    """Both halves of the app's backend, over the index of `settings`."""
    product = Product.open(settings)
    return Backend(product, product)
