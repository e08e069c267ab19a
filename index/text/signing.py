"""Who signed an official document: the names that stand alone under "TM. CHÍNH PHỦ", "K/T TRƯỞNG BAN" or "BỘ TRƯỞNG".

The signing block may stand in the right column of a page (spaces between the columns), in a row of a table (" | "), in one
cell together with the post, or before annexes that fill the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

POSTS = (
    r"(?:PHÓ\s+|QUYỀN\s+)?(?:TRƯỞNG\s+BAN|TỔNG\s+BÍ\s+THƯ|BÍ\s+THƯ(?:\s+THƯỜNG\s+TRỰC)?|CHỦ\s+TỊCH(?:\s+THƯỜNG\s+TRỰC)?|CHÁNH\s+VĂN\s+PHÒNG"
    r"|GIÁM\s+ĐỐC|CHỦ\s+NHIỆM|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|HIỆU\s+TRƯỞNG|VIỆN\s+TRƯỞNG|CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|TỔNG\s+CỤC\s+TRƯỞNG"
    r"|TỔNG\s+GIÁM\s+ĐỐC|TỔNG\s+THANH\s+TRA|THỐNG\s+ĐỐC|CHÁNH\s+ÁN|TRƯỞNG\s+PHÒNG)"
)
_FOR = r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L|T/UQ)(?:\.|(?<=/\w)|(?<=/UQ))|Q\.)"  # on behalf of, for, by order of, empowered by, acting
_OPENING = re.compile(rf"(?P<for>(?<!\w){_FOR})\s?(?=[^\W\d_a-z])|(?<!\w){POSTS}(?:\s+(?:QUỐC\s+HỘI|NƯỚC))?(?=[^\S\n]*(?:\n|\||$|\d\s))")
_CELL = re.compile(r"[^\s|](?:[^\n|]*?[^\s|])?(?=[^\S\n]*(?:\n|\||$)|[^\S\n]{3}|\t)")
_WORD = re.compile(r"[^\W\d_]+")
_RANK = re.compile(
    r"(?:[(\[]?(?:đã ký|daky)[)\]]?\s*:?\s*|(?:GS|PGS|TSKH|TS|ThS|BS|CKII|CKI)[.,]?\s*"
    r"|(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|đô đốc|đại tá|thượng tá|trung tá)\s+)+",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"[^\S\n]*(?:phụ lục|mẫu số|danh mục|biểu số)\b", re.IGNORECASE)
_NO_NAMES = frozenset({"hà nội", "họ tên", "ký tên", "trung ương"})
MAX_BLOCK = 1800  # characters from where the signing block opens to the name; the recipients stand between
MAX_BELOW_POST = 300  # … from a post that stands alone, without "TM." or "KT."
MAX_NAME_WORDS = 5
MAX_PROSE = 180  # a longer line is no recipient: the text goes on, nobody signed


class Signer(NamedTuple):
    """`name` as signed and where it stands; the signing block begins at `opened`."""

    name: str
    start: int
    end: int
    opened: int


def find_signers(text: str) -> tuple[Signer, ...]:
    """Those who signed `text`, as the first signing block names them: several where their names stand in one line.

    Example: "TM. CHÍNH PHỦ\\nPHÓ THỦ TƯỚNG\\n\\nLê Văn Cam" → (Signer("Lê Văn Cam", 29, 39, 0),).
    """
    for opening in _OPENING.finditer(text):
        opened, alone = opening.start(), not opening["for"]
        if not _begins_cell(text, opened) or (alone and not _ends_above(text[:opened])):
            continue
        names = _names_below(text, opened, MAX_BELOW_POST if alone else MAX_BLOCK)
        if names:
            return tuple(Signer(text[start:end], start, end, opened) for start, end in names)
    return ()


def _begins_cell(text: str, place: int) -> bool:
    """Nothing stands before it in its line, or another column or cell does."""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    return not before.strip() or before.endswith(("   ", "\t")) or before.rstrip().endswith("|")


def _ends_above(before: str) -> bool:
    """Whether what stands above a bare post has come to an end: a full stop, a place and date, or the recipients beside it."""
    return before.rstrip()[-1:] in (".", "/", "”", ";", ",") or before.rstrip()[-4:].isdigit() or "Nơi nhận" in before[-200:]


def _names_below(text: str, opened: int, limit: int) -> list[tuple[int, int]]:
    """The names in the first line that has one."""
    for start, end in _lines(text, opened, opened + limit):
        if _ANNEX.match(text, start, end) or end - start > MAX_PROSE + 10 * text.count("|", start, end):
            return []
        names = [name for cell in _CELL.finditer(text, start, end) if (name := _name_in(text, *cell.span())) is not None]
        if names:
            return names
    return []


def _lines(text: str, start: int, limit: int) -> Iterator[tuple[int, int]]:
    while start < min(limit, len(text)):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _name_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that a cell consists of, alone or after a rank or a post in capitals."""
    rank = _RANK.match(text, start, end)
    words = list(_WORD.finditer(text, rank.end() if rank else start, end))
    while words and words[0][0].isupper() and len(words[0][0]) > 1:  # the post in the same cell
        words = words[1:]
    if not 2 <= len(words) <= MAX_NAME_WORDS or not all(_is_capitalised(word[0]) for word in words) or len(words[0][0]) == 1:
        return None
    first, last = words[0].start(), words[-1].end()
    name = text[first:last]
    alone = first == start or text[start:first].isupper() or (rank is not None and first == rank.end())
    single_spaced = name == " ".join(word[0] for word in words)
    if not (alone and single_spaced and not text[last:end].strip(" .*)]")) or name.lower() in _NO_NAMES:
        return None
    return first, last


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())
