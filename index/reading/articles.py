"""Files → articles: which file is read by what, ids, hashes, and what is skipped with a reason."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from hashlib import blake2b
from pathlib import Path

from index.errors import ReadingError
from index.reading.cleaning import find_blocks
from index.reading.metadata import find_metadata
from index.reading.raw import RawText
from index.settings import Settings
from index.text.canonical import to_nfc
from index.text.references import find_references
from index.types import Article, Metadata, Skipped

# In the order in which files of one name get the id without the suffix.
SUFFIXES = (".md", ".txt", ".html", ".htm", ".docx", ".pdf", ".jsonl")
_HASH_BYTES = 16


def read_folder(folder: Path, settings: Settings) -> Iterator[Article | Skipped]:
    """Every article below `folder` in a fixed order; what cannot be read comes as Skipped. `folder` may be a single file."""
    root = folder if folder.is_dir() else folder.parent
    for path in list_files(folder):
        yield from read_file(path, root, settings)


def list_files(folder: Path) -> list[Path]:
    """The files below `folder`, sorted, hidden ones left out; links are followed but no folder is walked twice.

    A folder that cannot be opened is listed itself, so that reading it says why.
    """
    if not folder.is_dir():
        return [folder]
    found: list[Path] = []
    walked: set[str] = set()
    closed: list[OSError] = []
    for directory, names, files in os.walk(folder, followlinks=True, onerror=closed.append):
        real = os.path.realpath(directory)
        if real in walked:
            names.clear()
            continue
        walked.add(real)
        names[:] = [name for name in names if not _is_hidden(name)]
        found += [Path(directory) / name for name in files if not _is_hidden(name)]
    found += [Path(error.filename) for error in closed]
    return sorted(found, key=lambda path: to_nfc(path.relative_to(folder).as_posix()))


def article_id(path: Path, root: Path) -> str:
    """The path below `root` without the suffix, NFC; with it where a file of the same name and an earlier suffix stands beside."""
    suffix = path.suffix.lower()
    rivals = SUFFIXES[: SUFFIXES.index(suffix)] if suffix in SUFFIXES else ()
    taken = any(path.with_suffix(rival).is_file() for rival in rivals)
    return relative_name(path if taken else path.with_suffix(""), root)


def relative_name(path: Path, root: Path) -> str:
    """The path below `root` with forward slashes, NFC."""
    return to_nfc(path.relative_to(root).as_posix())


def read_file(path: Path, root: Path, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of one file below the corpus folder `root`; never raises for a bad file, but gives Skipped."""
    name = relative_name(path, root)
    try:
        _check(path, settings)
        own_id = article_id(path, root)
        for raw in _reader(path):
            yield replace(raw, path=f"{name}:{raw.path}") if isinstance(raw, Skipped) else _article(raw, own_id, path, root)
    except ReadingError as error:
        yield Skipped(name, str(error))
    except OSError as error:
        yield Skipped(name, f"Không mở được tệp {path.name}: {error.strerror or error}; hãy kiểm tra quyền đọc và đường dẫn.")
    except MemoryError:
        yield Skipped(name, f"Tệp {path.name} quá lớn so với bộ nhớ của máy; hãy chia nhỏ tệp.")


def content_hash(text: str, metadata: Metadata) -> str:
    """A hash of everything stored of an article: its NFC text and its metadata."""
    digest = blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=_HASH_BYTES)
    digest.update(json.dumps(astuple(metadata), ensure_ascii=False).encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("__pycache__", "Thumbs.db")


def _check(path: Path, settings: Settings) -> None:
    """Refuse what no reader should be given."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        next(path.iterdir(), None)
        raise ReadingError(f"{path.name} là thư mục, không phải tệp.")
    if not stat.S_ISREG(status.st_mode):
        raise ReadingError(f"{path.name} không phải tệp thường; chỉ đọc được tệp văn bản.")
    if path.suffix.lower() not in SUFFIXES:
        raise ReadingError(f"Tệp {path.name} có đuôi {path.suffix or '(trống)'} chưa đọc được; cần một trong: {', '.join(SUFFIXES)}.")
    if status.st_size == 0:
        raise ReadingError(f"Tệp {path.name} trống, không có chữ nào để đọc.")
    limit, size = settings.max_file_megabytes, status.st_size >> 20
    if status.st_size > limit << 20:
        raise ReadingError(f"Tệp {path.name} nặng {size} MB, quá mức {limit} MB; hãy chia nhỏ tệp hoặc tăng HOIDAP_MAX_FILE_MEGABYTES.")


def _reader(path: Path) -> Iterable[RawText | Skipped]:
    """The texts of a file by the reader of its suffix, loaded when first needed: PDF and Word libraries are slow to import."""
    match path.suffix.lower():
        case ".md":
            from index.reading import markdown as reader
        case ".html" | ".htm":
            from index.reading import html as reader  # type: ignore[no-redef]
        case ".docx":
            from index.reading import docx as reader  # type: ignore[no-redef]
        case ".pdf":
            from index.reading import pdf as reader  # type: ignore[no-redef]
        case ".jsonl":
            from index.reading import jsonl as reader  # type: ignore[no-redef]
        case _:
            from index.reading import txt as reader  # type: ignore[no-redef]
    return reader.read(path)


def _article(raw: RawText, own_id: str, path: Path, root: Path) -> Article:
    given_title = raw.metadata.get("title", "")
    blocks = find_blocks(raw.text, given_title if raw.title_given else given_title or None, raw.known)
    metadata = find_metadata(raw.text, blocks, raw.metadata)
    folder = "/".join((to_nfc(root.resolve().name), *map(to_nfc, path.parent.relative_to(root).parts)))
    return Article(
        id=f"{own_id}#{raw.suffix_id}" if raw.suffix_id else own_id,
        text=raw.text,
        metadata=metadata,
        blocks=blocks,
        references=tuple(find_references(raw.text)),
        folder=folder,
        content_hash=content_hash(raw.text, metadata),
    )
