"""Sentences of Vietnamese official prose, as spans: lists, abbreviations, numbers and wrapped PDF lines respected."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import pairwise

from index.types import Span

# Words whose point ends no sentence, as they are written: `TP. Vinh` is a town, `Tr. 5` a page.
_ABBREVIATION = re.compile(
    r"(?:^|[\s.(\"“])"
    r"(?:TP|Tp|tp|TX|Tx|TT|Tt|Th|ThS|Ths|TS|Ts|GS|Gs|PGS|BS|Bs|KS|LS|NSND|NSƯT|NGND|NGƯT|NXB|Nxb|Đ/c|đ/c|ĐC"
    r"|Tr|tr|St|Mr|Mrs|Ms|Dr|No|VD|Vd|vd|Tel|Fax|ĐT)$"
)
# A single capital before a point is an initial ("Nguyễn V. Bình", "P. Hưng Dũng") unless a word before it names it ("khoá X. Đại hội").
_INITIAL = re.compile(r"(?:^|\W)[A-ZĐƯƠÂÊÔĂ]$")
_NAMED_LETTER = re.compile(r"(?:loại|nhóm|hạng|khối|khoá|khóa|quý|thứ|phần|bảng|cấp|lớp|tổ|khu|điểm|mức|tuýp|vitamin)\s\w$", re.IGNORECASE)
# "1." or "2.3." opens an item where nothing, or the end of a sentence or a lead, comes before it.
_ITEM_NUMBER = re.compile(r"(?:^|[.:;!?…,”\"]\s+)[\"“(]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})$")
_ITEM_HEADING = re.compile(
    r"\s*[\"“]?(?:Điều|Chương|Mục|Phần|Khoản|Bước|Câu|Bài|Phụ lục|Mẫu|Biểu|ĐIỀU|CHƯƠNG|MỤC|PHẦN)"
    r"\s+(?:\d{1,3}|[IVX]{1,5})?[A-ZĐa-zđ]?$"
)

_CLOSERS = r"[\"'”’»)\]]"
_MARKER = r"(?:[-–—+•*●▪]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)/-]\s|\(\d{1,2}\)\s|[a-zđ]{1,2}\)\s|[IVX]{1,5}[.)]\s)"
_STOP = re.compile(
    rf"(?=[.!?…;])(?:\./\.|(?:\.{{2,}}|[.!?…])[!?.…]*{_CLOSERS}*[.!?…]?(?=\s|$)"
    rf"|(?<=\w\w)\.(?=\w\w)"  # a missing space: "kết thúc.Ngày mai"
    rf"|;(?=\s+{_MARKER}))"  # a list set in one line
)
# A stop inside one of these does not split: it belongs to the bracketed remark or the quoted words.
_ENCLOSED = re.compile(r"\([^()]{0,160}\)|“[^“”]{0,120}”|«[^«»]{0,120}»|(?<![^\s(\[])\"(?=\S)[^\"]{0,120}(?<=\S)\"")

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_BREAK = re.compile(r"\n(?P<indent>\s*)")
_ITEM_LINE = re.compile(rf"[\"“]?{_MARKER}|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]+\b|(?:ĐIỀU|CHƯƠNG|MỤC|PHẦN)\s")
_DASH = re.compile(r"[-–—+]\s+")
_ENDED = re.compile(rf"[.!?…:;]{_CLOSERS}*$")
_OPEN_ENDED = re.compile(r"(?:[,(\[]|\s[–—-])$")
# At the end of a line these want the number that the next line begins with: "từ ngày / 01/7/2025".
_NUMBER_WANTED = re.compile(r"(?:^|\s)(?:ngày|tháng|năm|số|khoản|điều|điểm|mục|[Đđ]iều)$")
# A row of days broken by the end of a line: "các ngày 3/2; 19/5; / 2/9; 7/11".
_DAY_SERIES = re.compile(r"\d[/-]\d{1,4}[;,]\n\s*\d{1,2}[/-]\d{1,2}\b")
_TAIL = 60  # characters; more than any abbreviation, item number or row of closing marks with what precedes it
_NON_SPACE = re.compile(r"\S")
_MAX_WRAPPED_WIDTH = 150  # characters; a longer line is a paragraph on one line, not a line of a page
_MIN_WRAPPED_WIDTH = 40
_WRAP_TOLERANCE = 0.85  # proportional fonts: a full line may have fewer characters than the fullest
_PARAGRAPH_INDENT = 3  # spaces


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of `text[start:end]`: in order, not overlapping, without surrounding space, covering all else.

    A blank line and a list item always start a sentence; a line that merely wraps does not.
    """
    end = len(text) if end is None else end
    return [
        span
        for paragraph in _paragraphs(text, start, end)
        for line in _logical_lines(text, *paragraph)
        for sentence in _sentences(text, *line)
        if (span := _stripped(text, *sentence))
    ]


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    if not piece or piece.isspace():
        return None
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines."""
    for match in _BLANK_LINE.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _logical_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph, those that only wrap put together again."""
    breaks = list(_LINE_BREAK.finditer(text, start, end))
    bounds = [start, *(b.end() for b in breaks), end]
    width = _page_width(text, bounds)
    for line_break, before, after in zip(breaks, bounds, bounds[2:], strict=False):
        line, following = text[before : line_break.start()].rstrip(), text[line_break.end() : after]
        if not _wraps(line, following, len(line_break["indent"]), width):
            yield start, line_break.start()
            start = line_break.end()
    yield start, end


def _page_width(text: str, bounds: list[int]) -> int:
    """Characters of the longest line where lines visibly run on (one starts in lower case) and none is a whole paragraph; else 0."""
    width = max(b - a for a, b in pairwise(bounds))
    runs_on = any(text[b : b + 1].islower() for b in bounds[1:-1])
    return width if runs_on and _MIN_WRAPPED_WIDTH < width <= _MAX_WRAPPED_WIDTH else 0


def _wraps(line: str, following: str, indent: int, width: int) -> bool:
    """Whether `following` continues `line` in the same sentence."""
    if not line or not following:
        return True
    dash = _DASH.match(following)
    if dash and following[dash.end() : dash.end() + 1].islower():  # an item, or the dash of "kinh tế - xã hội" at a line's turn
        return not (_ENDED.search(line[-_TAIL:]) or _ITEM_LINE.match(line))
    if following[0].isdigit() and (_NUMBER_WANTED.search(line[-_TAIL:]) or _DAY_SERIES.search(f"{line[-_TAIL:]}\n{following}")):
        return True
    if _ITEM_LINE.match(following):
        return False
    if following[0].islower():
        return True
    if _ENDED.search(line[-_TAIL:]):
        return line.endswith(".") and _is_abbreviation(line[-_TAIL:-1])
    return bool(_OPEN_ENDED.search(line[-2:])) or (indent < _PARAGRAPH_INDENT and _is_full(line, following, width))


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of `following` would not have fitted on `line`, so that the line was wrapped, not ended."""
    return width > 0 and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width * _WRAP_TOLERANCE


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Splits one logical line at the stops that end a sentence."""
    enclosed = deque(match.span() for match in _ENCLOSED.finditer(text, start, end))
    line_start = start
    for stop in _STOP.finditer(text, start, end):
        following = _NON_SPACE.search(text, stop.end(), end)
        while enclosed and enclosed[0][1] <= stop.end():
            enclosed.popleft()
        if following is None or (enclosed and enclosed[0][0] < stop.end()):
            continue
        after = text[following.start() : following.start() + 4]
        if _may_follow(after, stop, text) and not (stop[0] == "." and _is_part_of_word(text, line_start, start, stop.start())):
            yield start, stop.end()
            start = stop.end()
    yield start, end


def _may_follow(after: str, stop: re.Match[str], text: str) -> bool:
    """Whether a sentence can begin with `after`, the characters behind `stop`."""
    if stop[0] == ";":
        return True
    if after[0].isspace() or after[0].islower() or after[0] in ",;:.)]”’":
        return False
    if text[stop.end()].isalnum():  # no space between: only a word's end and a capitalised word make a sentence's end
        return text[stop.start() - 2 : stop.start()].islower() and after[0].isupper() and after[1:2].islower()
    dash = _DASH.match(after)
    return not (dash and after[dash.end() : dash.end() + 1].islower())


def _is_part_of_word(text: str, line_start: int, start: int, position: int) -> bool:
    """Whether the point at `position` belongs to an abbreviation, an initial or the number of an item or heading."""
    before = text[max(line_start, position - _TAIL) : position]
    return _is_abbreviation(before) or bool(_ITEM_NUMBER.search(before) or _ITEM_HEADING.fullmatch(text[start:position]))


def _is_abbreviation(before: str) -> bool:
    return bool(_ABBREVIATION.search(before) or (_INITIAL.search(before[-2:]) and not _NAMED_LETTER.search(before)))
