"""Byte-pair encodings from rank files of our own, by tiktoken; the token counter of chunking and passages.

tiktoken's built-in encodings download at first use, so every Encoding here is built from files that ship with the product:
`ranks.tiktoken` (a base64 token and its rank a line, tiktoken's own format) beside `ranks.json` (name, pattern, sha256).
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

import tiktoken

from index.errors import StorageError
from index.settings import MODELS

RANKS_FILE = "ranks.tiktoken"
DESCRIPTION_FILE = "ranks.json"


class TiktokenCounter:
    """Counts tokens of the shipped encoding (a `TokenCounter`)."""

    def __init__(self, encoding: tiktoken.Encoding | None = None) -> None:
        self._encoding = encoding or load_encoding()

    def count(self, text: str) -> int:
        return len(self._encoding.encode_ordinary(text))


@cache
def load_encoding(folder: Path = MODELS / "ranks") -> tiktoken.Encoding:
    """The encoding stored in `folder`, checked against its sha256; StorageError where it is missing or damaged."""
    try:
        description = json.loads((folder / DESCRIPTION_FILE).read_text(encoding="utf-8"))
        data = (folder / RANKS_FILE).read_bytes()
    except (OSError, ValueError) as error:
        raise StorageError(
            f"Không đọc được bộ mã token trong {folder}: cần hai tệp {RANKS_FILE} và {DESCRIPTION_FILE}; hãy cài lại sản phẩm."
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != description["sha256"]:
        raise StorageError(f"Tệp {folder / RANKS_FILE} đã hỏng: sha256 là {found}, cần {description['sha256']}; hãy chép lại tệp gốc.")
    return tiktoken.Encoding(name=description["name"], pat_str=description["pattern"], mergeable_ranks=parse_ranks(data), special_tokens={})


def parse_ranks(data: bytes) -> dict[bytes, int]:
    """`b"aGk= 300\\n"` → `{b"hi": 300}`."""
    pairs = (line.split() for line in data.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}


def write_ranks(folder: Path, name: str, pattern: str, tokens: list[bytes]) -> None:
    """Write `tokens`, whose place in the list is their rank, so that `load_encoding(folder)` reads them back."""
    folder.mkdir(parents=True, exist_ok=True)
    data = b"".join(base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(tokens))
    (folder / RANKS_FILE).write_bytes(data)
    description = {"name": name, "pattern": pattern, "sha256": hashlib.sha256(data).hexdigest(), "tokens": len(tokens)}
    (folder / DESCRIPTION_FILE).write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
