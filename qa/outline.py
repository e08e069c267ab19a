"""What a sentence of an official document stands under: the numbered lines and headings above it, outermost first.

Many rules say what they are about only once: "28. Khen thưởng", "28.1. Hình thức khen thưởng", "28.1.1. Đối với tổ chức đảng: …".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from index.reading.markers import NUMBERED_LEVEL, PLAIN_LEVEL, Marker, heading_level, list_marker
from index.text.canonical import canonical
from index.text.sentences import split_sentences
from index.text.tokens import syllable_count, terms
from index.types import Article, Block, BlockKind, Span

MAX_LINE_SYLLABLES = 40  # a longer numbered paragraph says something of its own and is no heading
MAX_NAME_SYLLABLES = 20
_LETTER_LEVEL, _LEAD_LEVEL, _DASH_LEVEL, _PLUS_LEVEL, _TEXT_LEVEL = 20, 21, 22, 23, 24
_LEVELS = {"letter": _LETTER_LEVEL, "round": _LETTER_LEVEL, "thu": _LETTER_LEVEL, "la": _LETTER_LEVEL, "step": _LETTER_LEVEL}
_LEVELS |= {"dash-": _DASH_LEVEL, "dash•": _DASH_LEVEL, "dash*": _DASH_LEVEL, "dash+": _PLUS_LEVEL}
_LED = 0.5  # a lead stands so much above the items that it leads in
_OUTSIDE = frozenset({BlockKind.TITLE, BlockKind.CAPTION, BlockKind.BYLINE, BlockKind.BOILERPLATE, BlockKind.QUESTION})


@lru_cache(maxsize=256)
def terms_above(article: Article) -> Mapping[int, tuple[str, ...]]:
    """The distinct terms of the lines above, by the start of each block that stands under something."""
    of_span: dict[Span, list[str]] = {}
    found = {}
    for start, spans in lines_above(article).items():
        for span in spans:
            if span not in of_span:
                of_span[span] = terms(article.text[span.start : span.end])
        found[start] = tuple(dict.fromkeys(term for span in spans for term in of_span[span]))
    return MappingProxyType(found)


@lru_cache(maxsize=256)
def lines_above(article: Article) -> Mapping[int, tuple[Span, ...]]:
    """For the start of each block that stands under something: the lines above it, outermost first."""
    canon = canonical(article.text)
    above: list[tuple[float, Span]] = []
    found: dict[int, tuple[Span, ...]] = {}
    led, right_above = _LedLists(), False
    for block in article.blocks:
        if block.kind in _OUTSIDE or block.repeated:
            continue
        level = _level(article.text, canon, block)
        marker = list_marker(canon, block.start, block.end) if level <= _LETTER_LEVEL else None
        lead = led.lead_of(above[-1][1] if right_above else None, level, marker)
        while above and above[-1][0] >= level - _LED:
            above.pop()
        if lead is not None:
            above.append((level - _LED, lead))
        if above:
            found[block.start] = tuple(span for _, span in above)
        line = _line(article.text, block, level)
        if line is not None:
            above.append((_LEAD_LEVEL if level == _TEXT_LEVEL else level, line))
        right_above = line is not None and level >= _LEAD_LEVEL
    return MappingProxyType(found)


class _LedLists:
    """The lists of "1.", "2." or "a)", "b)" that running text leads in: "Hạn trả lời như sau:" stands above each item of its list, though
    the numbers by themselves would stand higher than any text."""

    def __init__(self) -> None:
        self._running: dict[int, tuple[Marker, Span]] = {}  # by level: the last item and the lead

    def lead_of(self, right_above: Span | None, level: int, marker: Marker | None) -> Span | None:
        """The lead of a block of that level and marker, which may stand `right_above` it; None where no text leads it in."""
        self._running = {each: item for each, item in self._running.items() if each < level or (each == level and marker is not None)}
        if marker is None:
            return None
        last = self._running.pop(level, None)
        lead = right_above if marker.number == 1 else last[1] if last is not None and marker.follows(last[0]) else None
        if lead is not None:
            self._running[level] = (marker, lead)
        return lead


@lru_cache(maxsize=256)
def mere_lines(article: Article) -> frozenset[int]:
    """Where the numbered paragraphs begin that only name what stands below them ("8.2. Giải quyết khiếu nại"), and say no more."""
    above = {span for spans in lines_above(article).values() for span in spans}
    canon = canonical(article.text)
    return frozenset(
        block.start
        for block in article.blocks
        if Span(block.start, block.end) in above
        and syllable_count(article.text[block.start : block.end]) <= MAX_NAME_SYLLABLES
        and _level(article.text, canon, block) < _LETTER_LEVEL
    )


def _level(text: str, canon: str, block: Block) -> int:
    """How deep the block stands: 1 for a part, `_TEXT_LEVEL` for running text."""
    if block.kind is BlockKind.HEADING:
        return heading_level(text[block.start : block.end], canon[block.start : block.end]) or PLAIN_LEVEL
    marker = list_marker(canon, block.start, block.end)
    if marker is None:
        return _LEAD_LEVEL if text.endswith(":", block.start, block.end) else _TEXT_LEVEL
    if marker.family.startswith("number"):
        return NUMBERED_LEVEL + marker.family.count(".") + (marker.family != "number")
    return _LEVELS.get(marker.family, _DASH_LEVEL)


def _line(text: str, block: Block, level: int) -> Span | None:
    """What of the block heads what follows: a heading, a short numbered line, a lead that ends with a colon; None for other text."""
    if block.kind is BlockKind.HEADING:
        return Span(block.start, block.end)
    if text.endswith(":", block.start, block.end):
        sentences = split_sentences(text, block.start, block.end) if level >= _LEAD_LEVEL else []
        return sentences[-1] if sentences else Span(block.start, block.end)
    if level > _LETTER_LEVEL:
        return None  # most paragraphs of an article: nothing of them is to be read
    short = syllable_count(text[block.start : block.end]) <= MAX_LINE_SYLLABLES
    alone = short and len(split_sentences(text, block.start, block.end)) == 1
    return Span(block.start, block.end) if alone else _label(text, block)


def _label(text: str, block: Block) -> Span | None:
    """The words before the first colon of a numbered paragraph ("28.1.1. Đối với tổ chức đảng: …") head what is below it."""
    colon = text.find(":", block.start, block.end)
    return Span(block.start, colon) if colon >= 0 and syllable_count(text[block.start : colon]) <= MAX_LINE_SYLLABLES else None
