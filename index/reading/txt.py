"""Plain text files."""

from __future__ import annotations

from pathlib import Path

from index.reading.decode import decode
from index.reading.raw import RawText


def read(path: Path) -> list[RawText]:
    """The whole file as one text, layout kept. Raises ReadingError."""
    return [RawText("", decode(path.read_bytes(), path.name))]
