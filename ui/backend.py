"""What the app needs behind it: the assistant and the library, as protocols that the tests fill with fakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.intake import Report
from index.types import Article, Facets, Filters, Hit, IndexSummary, ListedArticle, Query, Skipped
from qa.types import Answer, Turn


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an upload: titles of the articles read, files skipped with the reason."""

    titles: tuple[str, ...]
    skipped: tuple[Skipped, ...]


class Answering(Protocol):
    """Questions to answers, searches to hits; safe to call from several threads."""

    def stream(self, text: str, turns: Sequence[Turn], filters: Filters, *, restore: bool = True) -> Iterator[str | Answer]:
        """Pieces of text, the finished Answer last; `restore=False` takes the question as it was typed."""
        ...

    def understand(self, typed: str, filters: Filters, *, restore: bool = True) -> Query: ...

    def search(self, query: Query, k: int) -> list[Hit]: ...

    def article(self, article_id: str) -> Article:
        """Raises IndexMissingError for an id that is not in the index."""
        ...


class Library(Protocol):
    """What is indexed, and changing it."""

    def holdings(self) -> IndexSummary: ...

    def facets(self) -> Facets: ...

    def listing(self, filters: Filters) -> list[ListedArticle]:
        """Every article the filters allow, newest first."""
        ...

    def add(self, files: Sequence[Path], report: Report) -> Added:
        """Copies the files among the uploads and indexes them; searchable when it returns."""
        ...

    def remove(self, article_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Backend:
    """Both together, handed to every tab."""

    answering: Answering
    library: Library
