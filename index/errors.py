"""The whole exception tree of the product.

HoidapError                  anything we raise on purpose; its message is shown to a user
├── ReadingError             one file could not become an article; the rest goes on
├── SettingsError            a setting has a value that cannot work
├── IndexMissingError        there is no index where one was expected
├── IndexMismatchError       the index was built by another model or format
├── IndexBusyError           another ingest holds the index
├── StorageError             the disk refused (full, read-only); the old index stays in service
├── QueryError               a query or question that cannot be searched (empty, too long)
└── GenerationError          the language model failed or timed out; `retryable` says whether asking again may help

Messages are Vietnamese sentences that name the value, what was expected and the cure.
"""

from __future__ import annotations


class HoidapError(Exception):
    """Anything raised on purpose; `str(error)` is a sentence a user may read."""


class ReadingError(HoidapError):
    """A file that could not become an article."""


class SettingsError(HoidapError):
    """A setting with a value that cannot work."""


class IndexMissingError(HoidapError):
    """No index where one was expected."""


class IndexMismatchError(HoidapError):
    """An index built by another model or format."""


class IndexBusyError(HoidapError):
    """Another ingest holds the index."""


class StorageError(HoidapError):
    """The disk refused to store; nothing of the old index is lost."""


class QueryError(HoidapError):
    """A query or question that cannot be searched."""


class GenerationError(HoidapError):
    """The language model failed; the caller falls back to the extractive answer."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable
