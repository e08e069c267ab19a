"""The printed frame of an official document: header, number, place and date, title, recipients, signature. Patterns are canonical."""

from __future__ import annotations

import re
from itertools import pairwise

from index.reading.markers import heading_level
from index.reading.paragraphs import RULE_LINE, TYPE_LINE, Paragraph
from index.text.signing import find_signers
from index.types import BlockKind

_HEADER_SIGN = re.compile(r"đảng cộng sản việt nam|cộng hoà xã hội chủ nghĩa việt nam|(?:^|\s)số\s*:?\s*\d*\s*[-/]\s*[a-zđ]|\bsố: ?\d")
_BODY_SIGN = re.compile(r"-?\s*(?:căn cứ|xét|theo đề nghị|kính gửi)\b")
_OWN_NUMBER = re.compile(r"(?:luật |nghị quyết )?số\s*:?\s*\d[\d.]*[a-d]?\s*[-/]\s*\S+(?: \S+)?")  # a line of its own
_ISSUED = re.compile(r"(?P<place>[^\d,]{2,40}), ngày\s*(?P<day>\d{0,2})\s*tháng\s*(?P<month>\d{0,2})\s*năm\s*(?P<year>\d{4})")
HEADER_PARAGRAPHS = 20  # the line with the kind of document stands among the first so many
MAX_TITLE_PARAGRAPHS = 4
MAX_TITLE_SYLLABLES = 70
MAX_FOLLOWED_TITLE_SYLLABLES = 200  # … of a paragraph right above the preamble: nothing else can stand there
MAX_SIGNATURE_PARAGRAPHS = 25


def mark_official(paragraphs: list[Paragraph], text: str) -> bool:
    """Give BOILERPLATE to the header, TITLE to the lines that name the document; False where it is not an official document."""
    place = next((i for i, paragraph in enumerate(paragraphs[:HEADER_PARAGRAPHS]) if is_type_line(paragraph)), None)
    if place is None:
        return False
    headed = any(_HEADER_SIGN.search(paragraph.canon) for paragraph in paragraphs[:place])
    if not headed and not _header_follows(paragraphs, place):
        return False
    for paragraph in paragraphs[:place]:
        paragraph.kind = BlockKind.BOILERPLATE
    paragraphs[place].kind = BlockKind.TITLE
    if not headed:
        _mark_late_header(paragraphs[place + 1 :])
    _mark_subject(paragraphs, place, text)
    _mark_recipients(paragraphs)
    _mark_signature(paragraphs, text)
    return True


def _header_follows(paragraphs: list[Paragraph], place: int) -> bool:
    """A page whose columns were read one after the other: the title and the preamble first, the header below the text of the page."""
    above = paragraphs[place + 1 : place + 2 + MAX_TITLE_PARAGRAPHS]
    return any(paragraph.canon.startswith("căn cứ") for paragraph in above) and _late_header(paragraphs[place + 1 :]) is not None


def _late_header(paragraphs: list[Paragraph]) -> int | None:
    """Where the number stands alone in a line next to the name of the State or the Party."""
    for i, (number, after) in enumerate(pairwise(paragraphs[: 2 * HEADER_PARAGRAPHS])):
        if _OWN_NUMBER.fullmatch(number.canon) and after.canon.startswith(("cộng hoà xã hội", "đảng cộng sản")):
            return i
    return None


def _mark_late_header(paragraphs: list[Paragraph]) -> None:
    """The issuer above the number, and what follows down to the place and date."""
    number = _late_header(paragraphs)
    if number is None:
        return
    last = next((i for i, p in enumerate(paragraphs[number : number + 5], number) if issued(p.canon)), number)
    first = number - 1 if number and paragraphs[number - 1].text.isupper() else number
    for paragraph in paragraphs[first : last + 1]:
        paragraph.kind = BlockKind.BOILERPLATE


def is_type_line(paragraph: Paragraph) -> bool:
    """A line with nothing but the kind of document, in capitals."""
    return paragraph.text.isupper() and TYPE_LINE.fullmatch(paragraph.canon) is not None


def issued(canon: str) -> re.Match[str] | None:
    """The place and date in a header: "hà nội, ngày 26 tháng 5 năm 2025"; day and month may be left blank for handwriting."""
    return _ISSUED.search(canon)


def _mark_subject(paragraphs: list[Paragraph], place: int, text: str) -> None:
    window = paragraphs[place : place + 2 + MAX_TITLE_PARAGRAPHS]
    for i, (before, paragraph) in enumerate(pairwise(window)):
        gap = text.count("\n", before.end, paragraph.start) > 1 and before is not paragraphs[place]
        preamble = any(_BODY_SIGN.match(below.canon) for below in window[i + 2 :])
        limit = MAX_FOLLOWED_TITLE_SYLLABLES if preamble else MAX_TITLE_SYLLABLES
        if i >= MAX_TITLE_PARAGRAPHS or gap or paragraph.syllables > limit or not _is_subject(paragraph):
            return
        paragraph.kind = BlockKind.TITLE


def _is_subject(paragraph: Paragraph) -> bool:
    canon = paragraph.canon
    if RULE_LINE.fullmatch(canon) or _BODY_SIGN.match(canon) or paragraph.text[-1] in ".:":
        return False
    level = heading_level(paragraph.text, canon)
    return level is None or (paragraph.text.isupper() and level == 3)


def _mark_signature(paragraphs: list[Paragraph], text: str) -> None:
    """From "TM. CHÍNH PHỦ" or the post down to the name, where nobody is named as a recipient too."""
    signers = find_signers(text)
    if not signers:
        return
    for paragraph in paragraphs:
        if paragraph.kind is None and signers[0].opened <= paragraph.start and paragraph.end <= signers[-1].end:
            paragraph.kind = BlockKind.BYLINE


def _mark_recipients(paragraphs: list[Paragraph]) -> None:
    """From "nơi nhận:" on it is recipients and signature, until an annex begins."""
    starts = [i for i, paragraph in enumerate(paragraphs) if paragraph.canon.startswith("nơi nhận") and i > len(paragraphs) // 4]
    for start in starts[:1]:
        for paragraph in paragraphs[start : start + MAX_SIGNATURE_PARAGRAPHS]:
            if paragraph.canon.startswith(("phụ lục", "mẫu ", "danh mục")):
                return
            if paragraph.kind is None:
                paragraph.kind = BlockKind.BYLINE
