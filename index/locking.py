"""One ingest at a time: a lock the operating system releases by itself when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError
from index.layout import storage_errors


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; IndexBusyError at once if another ingest holds it, StorageError if it cannot be made."""
    lock = FileLock(path)
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexBusyError(
                f"Chỉ mục {path.parent} đang được một lần nạp khác cập nhật; hãy đợi lần nạp đó xong rồi chạy lại."
            ) from None
    try:
        yield
    finally:
        lock.release()
