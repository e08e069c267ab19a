"""The printed frame of an official document: header, number, place and date, title, recipients, signature. Patterns are canonical."""

from __future__ import annotations

import re

from index.reading.markers import heading_level
from index.reading.paragraphs import RULE_LINE, TYPE_LINE, Paragraph
from index.types import BlockKind

_HEADER_SIGN = re.compile(r"đảng cộng sản việt nam|cộng hoà xã hội chủ nghĩa việt nam|(?:^|\s)số\s*:?\s*\d*\s*[-/]\s*[a-zđ]|\bsố: ?\d")
_BODY_SIGN = re.compile(r"-?\s*(?:căn cứ|xét|theo đề nghị|kính gửi)\b")
_ISSUED = re.compile(r"(?P<place>[^\d,]{2,40}), ngày\s*(?P<day>\d{0,2})\s*tháng\s*(?P<month>\d{0,2})\s*năm\s*(?P<year>\d{4})")
HEADER_PARAGRAPHS = 20  # the line with the kind of document stands among the first so many
MAX_TITLE_PARAGRAPHS = 4
MAX_TITLE_SYLLABLES = 70
MAX_SIGNATURE_PARAGRAPHS = 25


def mark_official(paragraphs: list[Paragraph], text: str) -> bool:
    """Give BOILERPLATE to the header, TITLE to the lines that name the document; False where it is not an official document."""
    place = next((i for i, paragraph in enumerate(paragraphs[:HEADER_PARAGRAPHS]) if is_type_line(paragraph)), None)
    if place is None or not any(_HEADER_SIGN.search(paragraph.canon) for paragraph in paragraphs[:place]):
        return False
    for paragraph in paragraphs[:place]:
        paragraph.kind = BlockKind.BOILERPLATE
    paragraphs[place].kind = BlockKind.TITLE
    _mark_subject(paragraphs, place, text)
    _mark_signature(paragraphs)
    return True


def is_type_line(paragraph: Paragraph) -> bool:
    """A line with nothing but the kind of document, in capitals."""
    return paragraph.text.isupper() and TYPE_LINE.fullmatch(paragraph.canon) is not None


def issued(canon: str) -> re.Match[str] | None:
    """The place and date in a header: "hà nội, ngày 26 tháng 5 năm 2025"; day and month may be left blank for handwriting."""
    return _ISSUED.search(canon)


def _mark_subject(paragraphs: list[Paragraph], place: int, text: str) -> None:
    for before, paragraph in zip(paragraphs[place:], paragraphs[place + 1 : place + 1 + MAX_TITLE_PARAGRAPHS], strict=False):
        gap = text.count("\n", before.end, paragraph.start) > 1 and before is not paragraphs[place]
        if gap or not _is_subject(paragraph):
            return
        paragraph.kind = BlockKind.TITLE


def _is_subject(paragraph: Paragraph) -> bool:
    canon = paragraph.canon
    if RULE_LINE.fullmatch(canon) or _BODY_SIGN.match(canon) or paragraph.text[-1] in ".:" or paragraph.syllables > MAX_TITLE_SYLLABLES:
        return False
    level = heading_level(paragraph.text, canon)
    return level is None or (paragraph.text.isupper() and level == 3)


def _mark_signature(paragraphs: list[Paragraph]) -> None:
    """From "nơi nhận:" on it is recipients and signature, until an annex begins."""
    starts = [i for i, paragraph in enumerate(paragraphs) if paragraph.canon.startswith("nơi nhận") and i > len(paragraphs) // 4]
    for start in starts[:1]:
        for paragraph in paragraphs[start : start + MAX_SIGNATURE_PARAGRAPHS]:
            if paragraph.canon.startswith(("phụ lục", "mẫu ", "danh mục")):
                return
            if paragraph.kind is None:
                paragraph.kind = BlockKind.BYLINE
