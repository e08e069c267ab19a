"""Where an index keeps its files, and how a file is written so that a crash leaves the old one or the new one, never half.

.index/catalogue.sqlite   the truth          .index/dense.faiss, .index/lexical/   derived from it
.index/manifest.json      written last       .index/uploads/                       files added in the app
.index/lock               held by the one ingest that may run
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import StorageError

FORMAT = 4  # raise it whenever tables, chunk keys or what the derived indexes hold change their meaning


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of the index in `folder`."""

    folder: Path

    @property
    def catalogue(self) -> Path:
        return self.folder / "catalogue.sqlite"

    @property
    def dense(self) -> Path:
        return self.folder / "dense.faiss"

    @property
    def lexical(self) -> Path:
        return self.folder / "lexical"

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the derived files were made from. `generation` names one state of the catalogue; `dense_hash` is of the FAISS file."""

    format: int
    fingerprint: str
    dimension: int
    generation: str
    articles: int
    chunks: int
    dense_hash: str


def read_manifest(path: Path) -> Manifest | None:
    """The manifest, or None where there is none that this version can read."""
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_manifest(path: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n"
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file, sync it and give it its name; StorageError leaves the old file as it was."""
    temporary = path.with_name(path.name + ".tmp")
    with storage_errors(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(temporary)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            temporary.replace(path)
            _sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    """The rename itself reaches the disk only with the folder; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def hash_file(path: Path) -> str:
    """blake2b of the bytes of a file, 32 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the disk into a StorageError that names `path` and the cure."""
    try:
        yield
    except OSError as error:
        raise storage_error(path, error) from error


def storage_error(path: Path, error: Exception) -> StorageError:
    return StorageError(
        f"Không ghi hoặc đọc được {path}: {error}. Chỉ mục cũ vẫn dùng được; "
        "hãy kiểm tra dung lượng trống và quyền ghi của thư mục rồi chạy lại."
    )
