"""Stored text → paragraphs: a line each, or several lines where the text is hard-wrapped (PDF, printed layout)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

from index.reading.markers import is_upper, list_marker
from index.text.canonical import canonical
from index.types import BlockKind

_LINE = re.compile(r"[^\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029]+")
_BLANK = " \t\x1f\u1680\u00a0\u200b\ufeff\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
TERMINAL = frozenset(".!?:;…")
_CLOSING = "\"'”’»)]"
DOCUMENT_TYPES = """nghị quyết|quyết định|quy định|quy chế|hướng dẫn|chỉ thị|kết luận|thông báo|thông tri|kế hoạch|báo cáo|chương trình|
đề án|tờ trình|công văn|công điện|luật|bộ luật|nghị định|thông tư liên tịch|thông tư|pháp lệnh|lệnh|quy trình|điều lệ|nội quy""".replace(
    "\n", ""
)
TYPE_LINE = re.compile(rf"({DOCUMENT_TYPES})\d{{0,2}}")  # with the mark of a footnote
RULE_LINE = re.compile(r"[-_*=~–—.\s]{3,}|\*+")
PAGE_NUMBER = re.compile(r"(?:- ?)?\d{1,3}(?: ?-)?|trang \d+(?: ?/ ?\d+)?")
STAMP = re.compile(  # of the gazette and of a digital signature, anywhere on a page; "Người ký: Lò Văn Cam" is text
    r"(?:người ký|ký bởi)\s*:\s*(?:cổng thông tin|công báo|văn phòng|trung tâm)\b.*|(?:thời gian|ngày) ký\s*:\s*\d.*|email\s*:\s*\S+@\S+"
    r"|cơ quan\s*:\s*văn phòng chính phủ|công báo/số .*"
)
_NUMBER_WANTED = re.compile(r"(?:khoản|điều|điểm|mục|số|ngày|tháng|năm|phần|chương|khoá|thứ|và|từ|đến)$")
_PREAMBLE = re.compile(r"(?:Căn cứ|Xét đề nghị|Theo đề nghị|Kính gửi|Nơi nhận)\b")  # each begins a paragraph of an official document
_CENTRED_COLUMNS = 12

_ARTICLE = re.compile(r"(?:Điều|ĐIỀU) \d{1,3}[a-zđ]?[.:] {1,3}[^\W\d_]")  # "Điều 3. Hiệu lực", not "tại / Điều 3 Nghị định này"
_ARTICLE_WANTED = re.compile(r"(?:tại|của|theo|và|hoặc|với|đến|là|các|,)$")

MIN_WRAPPED_SHARE = 0.25  # of neighbouring lines of which the second goes on in lower case
MIN_WRAPPED_LINES = 8  # … or so many of them and a smaller share: a page of text before the tables of an annex
MIN_SHARE_OF_MANY = 0.05
MAX_WRAPPED_WIDTH = 220  # characters; a line of a web page is a whole paragraph and has no bound
MIN_FULL_SHARE = 0.8  # of the usual width: a shorter line ends its paragraph


@dataclass(slots=True)
class Paragraph:
    """A stretch of the text while its kind is being found. `canon`: canonical, spaces squeezed; `text`: as it stands."""

    start: int
    end: int
    text: str
    canon: str
    kind: BlockKind | None = None

    @property
    def syllables(self) -> int:
        return self.canon.count(" ") + 1

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)


class Line(NamedTuple):
    start: int
    end: int
    indent: int
    blank_before: bool


@lru_cache(maxsize=2)
def canonical_form(text: str) -> str:
    """`canonical(text)`, remembered for the article at hand: cleaning, metadata and chunking ask for it in turn."""
    return canonical(text)


def make_paragraph(text: str, canon: str, start: int, end: int, kind: BlockKind | None = None) -> Paragraph:
    """The paragraph `text[start:end]`, where `canon` is the canonical form of the whole text."""
    stretch = canon[start:end]
    if "\n" in stretch or "  " in stretch:
        stretch = " ".join(stretch.split())
    return Paragraph(start, end, text[start:end], stretch, kind)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, a closing quote or bracket apart."""
    return text.rstrip(_CLOSING)[-1:] in TERMINAL


def split_paragraphs(text: str, canon: str) -> list[Paragraph]:
    """The paragraphs of `text` in order; together they hold everything but white space."""
    lines = list(_lines(text))
    groups = _unwrap(lines, text, canon) if _is_wrapped(lines, text) else ([line] for line in lines)
    return [make_paragraph(text, canon, group[0].start, group[-1].end) for group in groups]


def _lines(text: str) -> Iterable[Line]:
    """Lines that are not blank, without the space around them."""
    last_end = 0
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip(_BLANK)
        if stripped:
            indent = len(line) - len(line.lstrip(_BLANK))
            start = match.start() + indent
            yield Line(start, start + len(stripped), indent, text.count("\n", last_end, start) > 1 or "\f" in text[last_end:start])
            last_end = start + len(stripped)


def _is_wrapped(lines: list[Line], text: str) -> bool:
    if len(lines) < 4 or max(line.end - line.start for line in lines) > MAX_WRAPPED_WIDTH:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if not b.blank_before and a.end - a.start >= 40]
    going_on = sum(text[b.start].islower() and list_marker(text[b.start : b.start + 4].lower()) is None for _, b in pairs)
    share = MIN_SHARE_OF_MANY if going_on >= MIN_WRAPPED_LINES else MIN_WRAPPED_SHARE
    return going_on >= max(1, len(pairs) * share)


def _unwrap(lines: list[Line], text: str, canon: str) -> Iterable[list[Line]]:
    width = quantiles((line.indent + line.end - line.start for line in lines), n=10)[-1]
    margin = min(sorted(line.indent for line in lines)[len(lines) // 10 :], default=0)
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group[-1], line, text, canon, width, margin):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(a: Line, b: Line, text: str, canon: str, width: float, margin: int) -> bool:
    """Whether printed line `b` belongs to the paragraph of the line `a` above it."""
    first, second = text[a.start : a.end], text[b.start : b.end]
    if any(_stands_alone(canon[line.start : line.end], text[line.start : line.end]) for line in (a, b)):
        return False
    if _is_open(first, second) or (_wants_number(first, canon, a) and second[0].isdigit() and not b.blank_before):
        return True
    if is_upper(first) or is_upper(second):
        return is_upper(first) and is_upper(second) and not b.blank_before and list_marker(canon, b.start, b.end) is None
    if _PREAMBLE.match(second) or (_ARTICLE.match(second) and not _ARTICLE_WANTED.search(canon, a.start, a.end)):
        return False
    if list_marker(canon, b.start, b.end) and not _wants_number(first, canon, a):
        return False
    full = a.indent + len(first) >= MIN_FULL_SHARE * width and a.indent < margin + _CENTRED_COLUMNS
    if b.blank_before:
        return full and second[0].islower() and not ends_sentence(first)
    if ends_sentence(first):
        return (full and b.indent <= margin + 2) or (first[-1] == ";" and second[0].islower())
    return second[0].islower() or (full and b.indent <= max(a.indent, margin + 2))


def _is_open(first: str, second: str) -> bool:
    """A bracket opened in the first line is closed in the second: "(cha, mẹ đẻ; vợ hoặc chồng;" – "con, anh chị em ruột) …"."""
    closed = second.find(")")
    return closed >= 0 and first.rfind("(") > first.rfind(")") and "(" not in second[:closed]


def _wants_number(text: str, canon: str, line: Line) -> bool:
    """Running text that ends in "số", "ngày", "Điều"; a lone "Năm" heads a column."""
    return " " in text and _NUMBER_WANTED.search(canon, line.start, line.end) is not None


def _stands_alone(canon: str, text: str) -> bool:
    return bool(
        RULE_LINE.fullmatch(canon)
        or PAGE_NUMBER.fullmatch(canon)
        or STAMP.fullmatch(canon)
        or (text.isupper() and TYPE_LINE.fullmatch(canon))
    )
