"""Files to be read, and what reading them gave."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from index.reading.articles import read_file
from index.settings import Settings
from index.types import Article, Skipped

SETTINGS = Settings()
TITLE = "Sông Mơ họp bàn việc làm cầu"
BODY = "Huyện ủy Sông Mơ họp, bàn việc làm cầu ở bản Mây; đồng chí Lò Văn Nghĩa chủ trì. Bà con rất phấn khởi, ủng hộ hết lòng."
TEXT = f"{TITLE}\n\n{BODY}\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As old Vietnamese software writes it: letters of the code page, the tone as a mark of its own behind them."""
    written = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        written += (base + "".join(part for part in parts if part in TONES)).encode("cp1258")
    return written


def read(path: Path, root: Path | None = None) -> list[Article | Skipped]:
    return list(read_file(path, root or path.parent, SETTINGS))


def article_of(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def reason_of(path: Path) -> str:
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    assert skipped.path == path.name
    return skipped.reason


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def stretches(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]
