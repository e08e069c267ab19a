"""What a paragraph or sentence begins with: list markers, headings. All patterns are written in the canonical form."""

from __future__ import annotations

import re
from typing import NamedTuple

_ORDINALS = {
    "nhất": 1,
    "một": 1,
    "nhì": 2,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_ORDINALS |= {"mười": 10, "mười một": 11, "mười hai": 12}
_WORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
# "Thứ năm, 23/09/2021" is a weekday, not the fifth point of a list.
_MARKER = re.compile(
    rf"""(?: thứ[ ](?P<thu>{_WORDS})(?=\s*[,:.;-]|[ ]là\b)(?!\s*,?\s*(?:ngày\s+)?\d)
    | (?P<la>{_WORDS})[ ]là\b
    | bước[ ](?P<step>\d{{1,2}})\s*[:.]
    | \((?P<round>\d{{1,2}})\)
    | (?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,4}})(?:[.)]-?|-)(?=\s)
    | (?P<letter>[a-zđ])[.)](?=\s)
    | (?P<dash>[-+*•])(?=\s)
    )""",
    re.VERBOSE,
)
_LEVELS = (
    (1, re.compile(r"phần (?:thứ \w+|[ivx]+|\d+)\b")),
    (2, re.compile(r"chương (?:[ivxl]+|\d+)\b")),
    (3, re.compile(r"(?:mục (?:[ivxl]+|\d+)\b|phụ lục\b|={2,3} )")),
    (4, re.compile(r"(?:điều \d+[a-zđ]?\s*[.:]|[ivxl]+\s*[.)-] )")),
)
NUMBERED_LEVEL = 5  # of "1."; "1.1." is one deeper
PLAIN_LEVEL = 4
MAX_HEADING_SYLLABLES = 32
_ROMAN = re.compile(r"[ivxl]+\s*[.)-] ")


class Marker(NamedTuple):
    """The beginning of a list item: two items belong to one list where `family` is the same and the numbers follow."""

    family: str
    number: int | None
    end: int

    def follows(self, earlier: Marker) -> bool:
        return self.family == earlier.family and (self.number is None or self.number == (earlier.number or 0) + 1)

    @property
    def spoken(self) -> bool:
        """Whether the number is said in words, as in a speech: such items may have several paragraphs."""
        return self.family in ("thu", "la")


def list_marker(canon: str, start: int = 0, end: int | None = None) -> Marker | None:
    """The marker with which `canon[start:end]` begins: "thứ hai, …", "một là …", "(1) …", "1.2. …", "b) …", "- …"."""
    match = _MARKER.match(canon, start, len(canon) if end is None else end)
    if match is None or match.lastgroup is None:
        return None
    family, value = match.lastgroup, match[match.lastgroup]
    match family:
        case "thu" | "la":
            return Marker(family, _ORDINALS[value], match.end())
        case "letter":
            return Marker(family, "abcdđeghiklmnopqrstuvxy".find(value) + 1, match.end())
        case "dash":
            return Marker(family + value, None, match.end())
    prefix, _, last = value.rpartition(".")
    return Marker(f"{family} {prefix}".rstrip(), int(last), match.end())


def heading_level(text: str, canon: str) -> int | None:
    """How high a heading `text` is (1 highest), by its form alone; None for anything that does not look like one."""
    if text[-1:] in ".;:,…!" or canon.count(" ") >= MAX_HEADING_SYLLABLES:
        return None
    for level, pattern in _LEVELS:
        if pattern.match(canon):
            return level if not _ROMAN.match(canon) or text[0].isupper() else None
    marker = list_marker(canon)
    if marker and marker.family.startswith("number"):
        return NUMBERED_LEVEL + marker.family.count(".") + (marker.family != "number")
    return 3 if is_upper(text) else None


def is_upper(text: str) -> bool:
    """Whether all letters are capitals, and there are enough of them to mean something."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 4 and " " in text.strip()
