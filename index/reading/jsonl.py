"""JSON Lines: one article a line (BEIR `corpus.jsonl`, news records)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import ReadingError
from index.reading.decode import clean_text, decode
from index.reading.fields import known_fields
from index.reading.raw import Piece, RawText, compose
from index.types import BlockKind, Skipped

_ID_FIELDS = ("_id", "id", "doc_id")
_LEAD_FIELDS = ("abstract", "summary", "sapo")
_TEXT_FIELDS = ("text", "body", "content", "noi_dung")
_CAPTION_FIELDS = ("captions", "caption")


def read(path: Path) -> Iterator[RawText | Skipped]:
    """One text a line; a line that cannot be read gives a Skipped whose `path` is the line's number.

    Raises ReadingError where no line at all can be read.
    """
    seen: set[str] = set()
    readable = False
    for number, line in enumerate(decode(path.read_bytes(), path.name).split("\n"), start=1):
        if not line.strip():
            continue
        raw = _read_line(line, number, seen)
        readable = readable or isinstance(raw, RawText)
        yield raw
    if not readable:
        raise ReadingError(f"Tệp {path.name} không có dòng JSON nào đọc được; cần mỗi dòng một đối tượng có trường text hoặc body.")


def _read_line(line: str, number: int, seen: set[str]) -> RawText | Skipped:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Skipped(str(number), f"Dòng {number} không phải JSON hợp lệ ({error}); hãy sửa dòng này.")
    if not isinstance(record, dict):
        return Skipped(str(number), f"Dòng {number} không phải một đối tượng JSON có trường text hoặc body; hãy sửa dòng này.")
    suffix_id = _first(record, _ID_FIELDS) or str(number)
    if suffix_id in seen:
        return Skipped(str(number), f"Dòng {number} trùng mã {suffix_id!r} với một dòng trước; hãy đặt mã khác.")
    raw = _as_raw(record, suffix_id)
    if not raw.text:
        return Skipped(str(number), f"Dòng {number} (mã {suffix_id!r}) không có chữ nào trong các trường {', '.join(_TEXT_FIELDS)}.")
    seen.add(suffix_id)
    return raw


def _as_raw(record: Mapping[str, object], suffix_id: str) -> RawText:
    """Title, lead, body, captions in this order: title and captions are known for what they are."""
    nested = record.get("metadata")
    metadata = known_fields({**(nested if isinstance(nested, dict) else {}), **record})
    captions = _first(record, _CAPTION_FIELDS).split("\n")
    pieces = [
        Piece(clean_text(metadata.get("title", "")), BlockKind.TITLE),
        Piece(_first(record, _LEAD_FIELDS)),
        Piece(_first(record, _TEXT_FIELDS)),
        *(Piece(caption, BlockKind.CAPTION) for caption in captions),
    ]
    text, known = compose(pieces)
    return RawText(suffix_id, text, metadata, known, title_given="title" in record)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first of the fields with something in it; a list of strings counts as lines."""
    for name in names:
        value = record.get(name)
        if isinstance(value, list):
            value = "\n".join(item for item in value if isinstance(item, str))
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return clean_text(str(value)).strip()
    return ""
