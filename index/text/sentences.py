"""Sentences of Vietnamese official prose, as spans: lists, abbreviations, numbers and wrapped PDF lines respected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Span

_CLOSERS = r"[\"'”’»)\]]"
# Words written with a point that does not end a sentence. Compared as they stand: `Q.` is a district, `q.` hardly anything.
_ABBREVIATIONS = frozenset(
    "TP Tp tp TX Tx TT Tt Th ThS Ths TS Ts GS Gs PGS BS Bs KS LS NSND NSƯT NGND NGƯT NXB Nxb Đ/c đ/c ĐC Tr tr St Mr Mrs Ms Dr No "
    "VD Vd vd Xem Tel Fax ĐT".split()
)
# A single capital before a point is an initial ("Nguyễn V. Bình", "P. Hưng Dũng") unless one of these names it ("khoá X. Đại hội").
_NAMED_LETTER = re.compile(r"(?:loại|nhóm|hạng|khối|kho[áa]|khóa|quý|thứ|phần|bảng|cấp|lớp|tổ|khu|điểm|mức|tuýp|vitamin)\s\w$", re.I)
_INITIAL = re.compile(r"(?:^|[^\w])[A-ZĐƯƠÂÊÔĂ]$")
_LAST_WORD = re.compile(r"[^\s.(\"“]+$")
# "1." or "2.3." opens an item where nothing, or the end of a sentence or a lead, comes before it.
_ITEM_NUMBER = re.compile(r"(?:^|[.:;!?…,”\"]\s+)[\"“(]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})$")
_ITEM_HEADING = re.compile(
    r"^\s*[\"“]?(?:Điều|Chương|Mục|Phần|Khoản|Bước|Câu|Bài|Phụ lục|Mẫu|Biểu|ĐIỀU|CHƯƠNG|MỤC|PHẦN|PHỤ LỤC)\s+\w{1,6}$"
)

_MARKER = r"(?:[-–—+•*●▪]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]{1,2}\)\s|[IVX]{1,5}[.)]\s)"
_STOP = re.compile(
    rf"\./\.|(?:\.{{2,}}|[.!?…])[!?.…]*{_CLOSERS}*[.!?…]?(?=\s|$)|(?<=[a-zà-ỹđ]{{2}})\.(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])|;(?=\s+{_MARKER})"
)
# A stop inside one of these does not split: it belongs to the bracketed remark or the quoted words.
_ENCLOSED = re.compile(r"\([^()]{0,160}\)|“[^“”]{0,120}”|«[^«»]{0,120}»|(?<![^\s(\[])\"(?=\S)[^\"]{0,120}(?<=\S)\"")

_BLANK_LINE = re.compile(r"\s*\n[^\S\n]*\n\s*|\r\n?\s*\r\n?\s*")
_LINE_END = re.compile(r"[^\S\n]*\n\s*")
_ITEM_LINE = re.compile(rf"[\"“]?{_MARKER}|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]+\b|(?:ĐIỀU|CHƯƠNG|MỤC|PHẦN)\s")
_DASH_LOWER = re.compile(r"[-–—+]\s+[a-zà-ỹđ]")
_ENDED = re.compile(rf"[.!?…:;]{_CLOSERS}*$")
_OPEN_ENDED = re.compile(r"[,(\[–—-]$")
_MAX_WRAPPED_WIDTH = 150  # characters; a longer line is a paragraph on one line, not a line of a page
_WRAP_TOLERANCE = 0.85  # proportional fonts: a full line has fewer characters than the fullest


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of `text[start:end]`: in order, not overlapping, without surrounding space, covering all else.

    A blank line and a list item always start a sentence; a line that merely wraps does not.
    """
    end = len(text) if end is None else end
    return [
        Span(*stripped)
        for paragraph in _paragraphs(text, start, end)
        for line in _logical_lines(text, *paragraph)
        for sentence in _sentences(text, *line)
        if (stripped := _strip(text, *sentence))
    ]


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if not piece or piece.isspace():
        return None
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines."""
    for match in _BLANK_LINE.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _logical_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph, those that only wrap put together again."""
    breaks = list(_LINE_END.finditer(text, start, end))
    if not breaks:
        yield start, end
        return
    bounds = [start, *(b.end() for b in breaks), end]
    width = max(b - a for a, b in zip(bounds, bounds[1:], strict=False))
    line_start = start
    for line_break, before, after in zip(breaks, bounds, bounds[2:], strict=False):
        if not _wraps(text[before : line_break.start()], text[line_break.end() : after], width):
            yield line_start, line_break.start()
            line_start = line_break.end()
    yield line_start, end


def _wraps(line: str, following: str, width: int) -> bool:
    """Whether `following` continues `line` in the same sentence."""
    line = line.rstrip()
    if not line or not following:
        return True
    if _DASH_LOWER.match(following):  # an item, or the dash of "kinh tế - xã hội" at a line's turn
        return not _ENDED.search(line) and not _ITEM_LINE.match(line.lstrip())
    if _ITEM_LINE.match(following):
        return False
    if following[0].islower():
        return True
    if _ENDED.search(line):
        return line.endswith(".") and _is_abbreviation(line[:-1])
    return bool(_OPEN_ENDED.search(line)) or _is_full(line, following, width)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of `following` would not have fitted on `line`: the line was wrapped, not ended."""
    return width <= _MAX_WRAPPED_WIDTH and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width * _WRAP_TOLERANCE and len(line) > 40


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Splits one logical line at the stops that end a sentence."""
    enclosed = [m.span() for m in _ENCLOSED.finditer(text, start, end)]
    sentence_start = start
    for stop in _STOP.finditer(text, start, end):
        position = stop.end()
        if any(a < position < b for a, b in enclosed):
            continue
        if _ends_sentence(text[sentence_start : stop.start()], stop[0], text[position : position + 40].lstrip()):
            yield sentence_start, position
            sentence_start = position
    yield sentence_start, end


def _ends_sentence(before: str, stop: str, after: str) -> bool:
    if not after or after[0].islower() or after[0] in ",;:.)]”’":
        return bool(after) and stop == ";"
    if stop != ".":
        return True
    return not (_is_abbreviation(before) or _ITEM_NUMBER.search(before) or _ITEM_HEADING.match(before))


def _is_abbreviation(before: str) -> bool:
    """Whether the point after `before` belongs to its last word: an abbreviation or a person's initial."""
    word = _LAST_WORD.search(before[-30:])
    if word and word[0] in _ABBREVIATIONS:
        return True
    return bool(_INITIAL.search(before[-2:])) and not _NAMED_LETTER.search(before[-20:])
