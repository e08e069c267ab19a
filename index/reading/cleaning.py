"""Stored text → typed blocks. Nothing is deleted: blocks are spans, and together they hold everything but white space.

Each rule gives a kind to paragraphs that have none yet; the order of the rules is the order of their certainty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.reading.boilerplate import PREFIX, is_date_line, mark_boilerplate, mark_site_head
from index.reading.captions import is_caption, mark_captions, split_glued
from index.reading.markers import NUMBERED_LEVEL, Marker, heading_level, list_marker
from index.reading.official import mark_official
from index.reading.paragraphs import Paragraph, canonical_form, make_paragraph, split_paragraphs
from index.reading.turns import is_question, mark_turns
from index.text.canonical import canonical
from index.types import Block, BlockKind

TITLE_PARAGRAPHS = 8  # a title is looked for in so many paragraphs
MAX_TITLE_CHARACTERS = 300
MAX_BYLINE_SYLLABLES = 14
MAX_SUBHEAD_SYLLABLES = 16
MIN_REPEATED_CHARACTERS = 16  # a shorter paragraph of the body may rightly say the same twice
_DATELINE = re.compile(r"\([^()]{2,40}\)\s*[-–]")
_BYLINE_SIGN = re.compile(
    r"(?:tác giả|người viết|nguồn|theo|tin|tin, ảnh|bài, ảnh|bài và ảnh|tin và ảnh|thực hiện|biên tập)\s*(?::|/|và ảnh|(?=\S+\s*$))"
    r"|(?:theo|pv|p\.v|nhóm pv)\b(?: \S+){0,5}$|\((?:theo )?[^()]{2,40}\)\.?$|(?:ban tuyên giáo|ban biên tập|văn phòng|phòng|ban)\b[^,;:]*$"
)
_AFTER_NAME = re.compile(r"\s[-–(]")
_NOT_A_NAME = re.compile(r"[\d;:?!]")


def find_blocks(text: str, title: str | None = None, known: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The typed blocks of `text` (NFC), in order, not overlapping.

    `title`: the title as its source gives it, "" where the source says there is none; None: it is looked for in the text.
    `known`: stretches whose kind the file format names; they keep it.
    """
    canon = canonical_form(text)
    paragraphs = _without_prefix(split_paragraphs(text, canon), text, canon)
    _mark_known(paragraphs, known)
    paragraphs = split_glued(paragraphs, text, canon)
    _mark_given_title(paragraphs, title)
    official = mark_official(paragraphs, text)
    mark_boilerplate(paragraphs)
    if title is None and not official:
        mark_site_head(paragraphs)
        _mark_first_title(paragraphs)
    mark_captions(paragraphs)
    _mark_byline(paragraphs)
    mark_turns(paragraphs)
    _mark_headings(paragraphs)
    if not official:
        _mark_strays(paragraphs)
    return _as_blocks(paragraphs)


def _without_prefix(paragraphs: list[Paragraph], text: str, canon: str) -> list[Paragraph]:
    """Cut off what a collection put before the first paragraph ("date 2020-05 …")."""
    match = PREFIX.match(paragraphs[0].canon) if paragraphs else None
    if not match or match.end() == len(paragraphs[0].canon):
        return paragraphs
    first = paragraphs[0]
    cut = first.start + match.end()
    rest = cut + len(text[cut : first.end]) - len(text[cut : first.end].lstrip())
    return [make_paragraph(text, canon, first.start, cut), make_paragraph(text, canon, rest, first.end), *paragraphs[1:]]


def _mark_known(paragraphs: list[Paragraph], known: Sequence[Block]) -> None:
    position = 0
    for block in known:
        while position < len(paragraphs) and paragraphs[position].start < block.start:
            position += 1
        while position < len(paragraphs) and paragraphs[position].end <= block.end:
            paragraphs[position].kind = block.kind
            position += 1


def _mark_given_title(paragraphs: list[Paragraph], title: str | None) -> None:
    if not title or any(paragraph.kind is BlockKind.TITLE for paragraph in paragraphs):
        return
    wanted = " ".join(canonical(title).split())
    for paragraph in paragraphs[:TITLE_PARAGRAPHS]:
        if paragraph.canon == wanted:
            paragraph.kind = BlockKind.TITLE
            return


def _mark_first_title(paragraphs: list[Paragraph]) -> None:
    """The first line that is not the site's is the title, if it looks like one; said twice, both are."""
    free = [place for place, paragraph in enumerate(paragraphs) if paragraph.kind is None]
    if not free or free[0] >= TITLE_PARAGRAPHS or any(paragraph.kind is BlockKind.TITLE for paragraph in paragraphs):
        return
    first = paragraphs[free[0]]
    following = paragraphs[free[0] + 1] if free[0] + 1 < len(paragraphs) else None
    dated = following is not None and is_date_line(following.canon)
    if not _looks_like_title(first, dated, alone=len(free) == 1):
        return
    first.kind = BlockKind.TITLE
    for place in free[1:3]:
        if paragraphs[place].canon == first.canon:
            paragraphs[place].kind = BlockKind.TITLE


def _looks_like_title(paragraph: Paragraph, dated: bool, alone: bool) -> bool:
    text, canon = paragraph.text, paragraph.canon
    if len(text) > MAX_TITLE_CHARACTERS or _DATELINE.match(text) or not any(map(str.isalpha, text)):
        return False
    if list_marker(canon) or is_question(paragraph) or is_caption(paragraph):
        return False
    if text[-1] in ".:;,…" or (paragraph.ends_sentence and text[-1] not in "?!"):
        return dated and ". " not in canon
    return not alone or paragraph.syllables <= MAX_BYLINE_SYLLABLES


def _mark_byline(paragraphs: list[Paragraph]) -> None:
    """The last line of the article, if it is a name, a body or a source; and a line that says so itself under the title."""
    own = [paragraph for paragraph in paragraphs if paragraph.kind in (None, BlockKind.CAPTION)]
    free = [paragraph for paragraph in own if paragraph.kind is None]
    if len(free) > 1 and own[-1] is free[-1] and _is_byline(free[-1]):
        free[-1].kind = BlockKind.BYLINE
    if len(free) > 1 and free[0].canon.startswith(("tác giả:", "người viết:", "bài, ảnh:", "nguồn:")) and _is_byline(free[0]):
        free[0].kind = BlockKind.BYLINE


def _is_byline(paragraph: Paragraph) -> bool:
    text, canon = paragraph.text, paragraph.canon
    if paragraph.syllables > MAX_BYLINE_SYLLABLES or list_marker(canon) or ". " in text.rstrip("."):
        return False
    if _BYLINE_SIGN.match(canon):
        return not text.endswith((":", ";", "…", "?", "!"))
    if paragraph.ends_sentence or text.isupper() or _NOT_A_NAME.search(text):
        return False
    name = _AFTER_NAME.split(text, maxsplit=1)[0]
    words = [word for word in name.split() if word[0].isalpha()]
    return 1 < len(words) <= 6 and all(word[0].isupper() for word in words)


def _mark_headings(paragraphs: list[Paragraph]) -> None:
    """Give HEADING to what looks like one and has text under it, BODY to the rest: a heading over nothing is a line of the text."""
    looks = [_heading_look(paragraphs, place) for place in range(len(paragraphs))]
    bare: int | None = None  # the level of the numbered paragraph just above, where that has nothing under it
    for place, paragraph in enumerate(paragraphs):
        level = looks[place]
        if level is not None:
            over_text = level != bare and _has_text_under(paragraphs, looks, place, level)
            paragraph.kind = BlockKind.HEADING if over_text else paragraph.kind
            bare = None if over_text or level < NUMBERED_LEVEL else level
        else:
            bare = None
        paragraph.kind = paragraph.kind or BlockKind.BODY


def _heading_look(paragraphs: list[Paragraph], place: int) -> int | None:
    paragraph = paragraphs[place]
    if paragraph.kind is BlockKind.ANSWER:
        return 3 if paragraph.text.isupper() and paragraph.syllables > 1 else None
    if paragraph.kind is not None:
        return None
    level = heading_level(paragraph.text, paragraph.canon)
    if level is not None:
        return level
    return _SUBHEAD_LEVEL if _is_subhead(paragraphs, place) else None


_SUBHEAD_LEVEL = 9


def _is_subhead(paragraphs: list[Paragraph], place: int) -> bool:
    """A short line without a full stop between paragraphs of prose."""
    paragraph = paragraphs[place]
    if (
        paragraph.syllables > MAX_SUBHEAD_SYLLABLES
        or not paragraph.text[0].isupper()
        or paragraph.text[-1] in ".:;,…!)|"
        or place + 1 >= len(paragraphs)
    ):
        return False
    if " | " in paragraph.text:
        return False
    after = paragraphs[place + 1]
    before = paragraphs[place - 1] if place else None
    prose_before = before is None or before.kind is not None or before.text[-1] in '.!?…"”'
    return prose_before and after.kind is None and after.syllables > MAX_SUBHEAD_SYLLABLES


def _has_text_under(paragraphs: list[Paragraph], looks: list[int | None], place: int, level: int) -> bool:
    for under in range(place + 1, len(paragraphs)):
        kind = paragraphs[under].kind
        if kind in (BlockKind.ANSWER, BlockKind.QUESTION):
            return True
        if kind is None:
            deeper = looks[under]
            return deeper is None or deeper > level
        if kind is BlockKind.HEADING:
            return False
    return False


def _mark_strays(paragraphs: list[Paragraph]) -> None:
    """A lone paragraph between two points of a spoken list ("Thứ ba … Thứ tư") all of whose other points are one paragraph long
    is a caption that lost its picture."""
    body = [paragraph for paragraph in paragraphs if paragraph.kind in (BlockKind.BODY, BlockKind.ANSWER)]
    markers = [list_marker(paragraph.canon) for paragraph in body]
    points = [place for place, marker in enumerate(markers) if marker and marker.spoken]
    gaps = [(a, b) for a, b in pairwise(points) if b - a > 1 and _follows(markers[b], markers[a])]
    if len(points) >= 4 and len(gaps) == 1 and gaps[0][1] - gaps[0][0] == 2:
        body[gaps[0][0] + 1].kind = BlockKind.CAPTION


def _follows(marker: Marker | None, earlier: Marker | None) -> bool:
    return marker is not None and earlier is not None and marker.follows(earlier)


def _as_blocks(paragraphs: list[Paragraph]) -> tuple[Block, ...]:
    """The blocks, those said before marked. Two lists may share a point: it is a repetition only where what is above it is one."""
    seen: set[str] = set()
    blocks = []
    above = False
    for paragraph in paragraphs:
        kind = paragraph.kind or BlockKind.BODY
        counts = kind is not BlockKind.BODY or (
            above or (len(paragraph.canon) >= MIN_REPEATED_CHARACTERS and not list_marker(paragraph.canon))
        )
        above = counts and paragraph.canon in seen
        blocks.append(Block(kind, paragraph.start, paragraph.end, repeated=above))
        seen.add(paragraph.canon)
    return tuple(blocks)
