"""Whole enumerations of an article: the sentence that leads in and every item in order, whatever stands between them.

Three layouts are read: an item a paragraph ("Thứ nhất, …", "2.1. …"), items inside one paragraph ("(1) …; (2) …"), and dashes;
a list may stand inside an item of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.text.canonical import canonical
from index.text.sentences import split_sentences
from index.text.tokens import syllable_count
from index.types import Article, Block, BlockKind, Span

ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10}
_CARDINALS = {"một": 1, **{word: value for word, value in ORDINALS.items() if word not in ("nhất", "tư")}}
_NUMBERED = r"nhiệm\ vụ|giải\ pháp|nội\ dung|nguyên\ tắc|nhóm|khâu|điều|việc|vấn\ đề|bài\ học"
_MARKER = re.compile(
    rf"""
    (?: (?:(?:{_NUMBERED})\ )?thứ\ (?P<thu>{"|".join(ORDINALS)})\b(?:\ là\b)?[\s:,.–-]*
      | (?P<la>{"|".join(_CARDINALS)})\ là\b[\s:,]*
      | bước\ (?P<step>\d{{1,2}})[\s:,.–-]+
      | \((?P<paren>\d{{1,2}})\)\s*
      | (?P<dotted>(?:\d{{1,2}}\.){{1,3}}\d{{1,2}})\.?\s+
      | (?P<num>\d{{1,2}})(?:\.(?!\d)|\)|\.\))\s*
      | \(?(?P<letter>[a-eg-ik-vxyđ])\)\s*
      | (?P<roman>[ivx]{{1,4}})\.\s+
      | (?P<bullet>[-•*+·])\s+
    )""",
    re.VERBOSE,
)
_INLINE_MARKER = re.compile(rf"(?:(?<=[;:.,?!])|(?<=và))\s+(?={_MARKER.pattern})", re.VERBOSE)
ITEM_BLOCKS = frozenset({BlockKind.BODY, BlockKind.ANSWER, BlockKind.HEADING})
_NOT_ABOVE = frozenset({BlockKind.CAPTION, BlockKind.BOILERPLATE, BlockKind.BYLINE})
_INTRODUCING = frozenset({BlockKind.QUESTION, BlockKind.HEADING, BlockKind.TITLE})
_SECTION = re.compile(r"(?:điều|chương|phần|mục|phụ lục) [\divx]+[.:\s]|[ivx]{1,5}\.\s")  # no list goes on over one
MAX_STRAY_BLOCKS = 8  # paragraphs without a number or dash of their own, between two items whose numbers follow each other
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MAX_ITEM_SYLLABLES = 75
MAX_ABOVE_SYLLABLES = 25  # a longer paragraph above a list says something of its own
MIN_UNMARKED_ITEMS = 3
MIN_LEAD_SYLLABLES = 4
MAX_SHORT_ITEM_SYLLABLES = 9
_INTRODUCES = re.compile(r"\b(?:là|(?:bao )?gồm(?: có)?)(?= )", re.IGNORECASE)
_ANNOUNCES = re.compile(r"^[\divx]+(?:[.)-]|\.\d)|(?:[^.!?]|\b(?:sau|sau đây|dưới đây)\.)\s*$")
_POINTS_OUT = re.compile(
    r"\b(?:chỉ ra|nêu(?: ra| lên)?|đề ra|đưa ra|xác định|đề nghị|yêu cầu|nhấn mạnh|lưu ý|gợi ý|rút ra)\b[^.;:]*?"
    r"\b(?:những|các|một số|\d+|hai|ba|bốn|năm|sáu|bảy)(?: \w+)? (?:nội dung|nhiệm vụ|vấn đề|việc|điểm|giải pháp|yêu cầu|khâu|nguyên nhân"
    r"|bài học|kinh nghiệm|hạn chế|điều)\b[^;:]*$"
)
MAX_TITLE_SYLLABLES = 12
_SEMICOLON = re.compile(r"\s*;\s+")
_COMMA = re.compile(r"\s*,\s+(?:và\s+)?|\s+và\s+(?=[^,;]*$)")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of an article. `lead` introduces it (None where nothing does); items are spans without their markers, which are `numbered`
    or mere dashes."""

    article: Article
    lead: Span | None
    items: tuple[Span, ...]
    numbered: bool = True

    @property
    def lead_text(self) -> str:
        return self.article.text[self.lead.start : self.lead.end] if self.lead else ""

    @property
    def text(self) -> str:
        return self.article.text[self.items[0].start : self.items[-1].end]

    @property
    def above(self) -> str:
        """What stands shortly above the lead: an interviewer's question, a heading, the sentence before."""
        first = self.span.start
        blocks = [b for b in self.article.blocks if b.start < first and b.kind not in _NOT_ABOVE]
        if not blocks:
            return ""
        text = self.article.text[blocks[-1].start : min(blocks[-1].end, first)]
        same_paragraph = blocks[-1].end > first
        introduces = (
            same_paragraph
            or blocks[-1].kind in _INTRODUCING
            or text.rstrip().endswith((":", "?"))
            or syllable_count(text) <= MAX_ABOVE_SYLLABLES
        )
        return text[-300:] if introduces else ""

    @property
    def heading(self) -> str:
        """The nearest heading above the lead."""
        first = self.span.start
        headings = [b for b in self.article.blocks if b.kind is BlockKind.HEADING and b.end <= first]
        return self.article.text[headings[-1].start : headings[-1].end] if headings else ""

    @property
    def introduced(self) -> bool:
        """Whether the lead announces something: a colon, "sau đây", a number, or a few words; else it is merely the sentence before."""
        lead = canonical(self.lead_text)
        return not lead or bool(_ANNOUNCES.search(lead)) or syllable_count(lead) <= MAX_TITLE_SYLLABLES

    @property
    def pointed_out(self) -> bool:
        """Whether the lead is a whole sentence that says what the numbered items are: "… chỉ ra những việc cần làm ngay."."""
        return self.numbered and bool(_POINTS_OUT.search(canonical(self.lead_text)))

    @property
    def span(self) -> Span:
        return Span(self.lead.start if self.lead else self.items[0].start, self.items[-1].end)


@dataclass(slots=True)
class _Mark:
    style: str
    number: int
    block: int
    start: int
    content: int
    inline: bool


@dataclass(slots=True)
class _Run:
    marks: list[_Mark] = field(default_factory=list)


def find_enumerations(article: Article, start: int = 0, end: int | None = None, *, unmarked: bool = False) -> list[Enumeration]:
    """The lists of at least two items whose first item begins between `start` and `end`, in order; `unmarked`: within a sentence too."""
    last = len(article.text) if end is None else end
    blocks, runs = _read(article)
    marked = [_enumeration(article, blocks, run) for run in runs if start <= run.marks[0].start < last]
    if not unmarked:
        return marked
    numbered = [mark.content for run in runs for mark in run.marks]
    plain = [
        found
        for block in blocks
        if block.start < last and block.end > start
        for found in _unmarked(article, block)
        if not any(found.items[0].start <= place < found.span.end for place in numbered)
    ]
    return sorted([*marked, *plain], key=lambda enumeration: enumeration.items[0].start)


@lru_cache(maxsize=64)
def _read(article: Article) -> tuple[tuple[Block, ...], tuple[_Run, ...]]:
    """The blocks that may hold items and the runs of at least two marks in them, remembered: an article is asked for once a passage."""
    blocks = tuple(b for b in article.blocks if b.kind in ITEM_BLOCKS and not b.repeated)
    return blocks, tuple(run for run in _runs(article.text, blocks) if len(run.marks) > 1)


def _unmarked(article: Article, block: Block) -> Iterator[Enumeration]:
    """Sentences that list without numbering: "… các trường hợp sau: a; b; c", "có ba cơ quan: a, b và c", "điều kiện là a; b; c"."""
    text = article.text
    for sentence in split_sentences(text, block.start, block.end):
        lead, items = _after_colon(text, sentence) or _after_verb(text, sentence) or (sentence, [])
        if len(items) >= MIN_UNMARKED_ITEMS:
            yield Enumeration(article, lead, tuple(items))


def _after_colon(text: str, sentence: Span) -> tuple[Span, list[Span]] | None:
    colon = text.find(":", sentence.start, sentence.end)
    if colon < 0 or syllable_count(text[sentence.start : colon]) < MIN_LEAD_SYLLABLES:
        return None
    return Span(sentence.start, colon + 1), _parts(text, colon + 1, sentence.end)


def _after_verb(text: str, sentence: Span) -> tuple[Span, list[Span]] | None:
    """Parts between semicolons alone: commas after "là" separate anything."""
    if text.count(";", sentence.start, sentence.end) + 1 < MIN_UNMARKED_ITEMS:
        return None
    first = text.index(";", sentence.start)
    for verb in _INTRODUCES.finditer(text, sentence.start, first):
        if syllable_count(text[sentence.start : verb.start()]) >= MIN_LEAD_SYLLABLES:
            return Span(sentence.start, verb.end()), _split(text, verb.end(), sentence.end, _SEMICOLON)
    return None


def _parts(text: str, start: int, end: int) -> list[Span]:
    """The parts between semicolons, else the short ones between commas and a last "và"; none where one of those is long."""
    between_semicolons = _split(text, start, end, _SEMICOLON)
    if len(between_semicolons) >= MIN_UNMARKED_ITEMS:
        return between_semicolons
    parts = _split(text, start, end, _COMMA)
    return parts if all(syllable_count(text[a:b]) <= MAX_SHORT_ITEM_SYLLABLES for a, b in parts) else []


def _split(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    bounds = [start, *(place for match in separator.finditer(text, start, end) for place in match.span()), end]
    spans = []
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        piece = text[first:last]
        stripped = piece.strip(" \t\n.;,/")
        if stripped:
            begin = first + piece.index(stripped)
            spans.append(Span(begin, begin + len(stripped)))
    return spans


def _marks(text: str, lowered: str, block: Block, position: int) -> Iterator[_Mark]:
    """The marks of one paragraph, the `position`-th of those that may hold items."""
    places = [(block.start, False)]
    places += [(m.end(), True) for m in _INLINE_MARKER.finditer(lowered, block.start, block.end)]
    for place, inline in places:
        at = place + len(lowered[place : block.end]) - len(lowered[place : block.end].lstrip())
        match = _MARKER.match(lowered, at, block.end)
        if match is not None and match.end() < block.end:
            style, number = _read_marker(match)
            if not (inline and style.startswith(("bullet", "dotted"))) and (inline or style != "roman"):
                yield _Mark(style, number, position, at, match.end(), inline)


def _read_marker(match: re.Match[str]) -> tuple[str, int]:
    style = str(match.lastgroup)
    value = match[style]
    match style:
        case "thu":
            return style, ORDINALS[value]
        case "la":
            return style, _CARDINALS[value]
        case "letter":
            return style, LETTERS.index(value) + 1
        case "roman":  # within a sentence only: at the head of paragraphs they number the chapters
            return style, _ROMANS.index(value) + 1 if value in _ROMANS else 0
        case "bullet":
            return f"{style} {value}", 0
        case "dotted":
            parent, _, own = value.rpartition(".")
            return f"{style} {parent}", int(own)
        case _:
            return style, int(value)


def _runs(text: str, blocks: Sequence[Block]) -> list[_Run]:
    """Marks of one style whose numbers go 1, 2, 3 …; dashes run as long as their paragraphs follow each other.

    The last run of every style stays open over lists of other styles, which stand inside its items, up to the next section.
    """
    lowered = canonical(text)
    runs: list[_Run] = []
    latest: dict[str, _Run] = {}
    plain: list[int] = []  # how many paragraphs up to each, itself left out, have no mark
    styles: list[str] = []  # of the mark each paragraph begins with, empty where it has none
    for position, block in enumerate(blocks):
        marks = list(_marks(text, lowered, block, position))
        opening = marks[0].style if marks and not marks[0].inline else ""
        plain.append(plain[-1] + (not styles[-1]) if plain else 0)
        styles.append(opening)
        if not opening and _SECTION.match(lowered, block.start, block.end):
            latest.clear()
        for mark in marks:
            run = latest.get(mark.style)
            if run is not None and _continues(run, mark, plain, styles):
                run.marks.append(mark)
            elif mark.number in (0, 1):
                latest[mark.style] = _Run([mark])
                runs.append(latest[mark.style])
    return runs


def _continues(run: _Run, mark: _Mark, plain: Sequence[int], styles: Sequence[str]) -> bool:
    last = run.marks[-1]
    if mark.inline and mark.block != last.block and last.inline and mark.style != "thu":
        return False
    if mark.style.startswith("bullet"):
        between = styles[last.block + 1 : mark.block]
        outer = (
            styles[run.marks[0].block - 1] if run.marks[0].block else ""
        )  # of the dash that leads in a list of pluses: its next ends that
        return outer not in between and all(style.startswith("bullet") for style in between)
    return mark.number == last.number + 1 and plain[mark.block] - plain[last.block] <= MAX_STRAY_BLOCKS


def _enumeration(article: Article, blocks: Sequence[Block], run: _Run) -> Enumeration:
    marks = run.marks
    items = [_item(article.text, blocks, mark, following) for mark, following in zip(marks, [*marks[1:], None], strict=True)]
    return Enumeration(article, _lead(article.text, blocks, marks[0]), tuple(items), not marks[0].style.startswith("bullet"))


def _item(text: str, blocks: Sequence[Block], mark: _Mark, following: _Mark | None) -> Span:
    end = blocks[mark.block].end
    if following is not None and following.block == mark.block:
        end = following.start
    elif mark.inline or following is None:
        end = _end_of_last(text, mark, end)
    content = text[mark.content : end]
    length = len(content.rstrip(" \t\n;,./"))
    if content[length:].startswith(".") and content[: length + 1].count("“") == content[: length + 1].count("”"):
        length += 1
    return Span(mark.content, mark.content + (length or len(content)))


def _end_of_last(text: str, mark: _Mark, end: int) -> int:
    """An inline list ends with its sentence; an item that is a paragraph of its own ends with the paragraph."""
    if not mark.inline:
        return end
    sentences = split_sentences(text, mark.content, end)
    return sentences[0].end if sentences else end


def _lead(text: str, blocks: Sequence[Block], first: _Mark) -> Span | None:
    """The sentence before the first item: in the same paragraph, else the last one of the paragraph before."""
    block = blocks[first.block]
    before = text[block.start : first.start].strip()
    if before:
        sentences = split_sentences(text, block.start, first.start)
        return sentences[-1] if sentences else None
    if first.block == 0:
        return None
    previous = blocks[first.block - 1]
    sentences = split_sentences(text, previous.start, previous.end)
    return sentences[-1] if sentences else None


def shorten_item(text: str, item: Span) -> Span:
    """The whole item, or its first sentence where it is longer than `MAX_ITEM_SYLLABLES`."""
    if syllable_count(text[item.start : item.end]) <= MAX_ITEM_SYLLABLES:
        return item
    sentences = split_sentences(text, item.start, item.end)
    return sentences[0] if sentences else item


def text_below(enumeration: Enumeration, place: int) -> Span | None:
    """The paragraph between an item and the next; None where there is none."""
    item, following = enumeration.items[place], enumeration.items[place + 1 : place + 2]
    end = following[0].start if following else len(enumeration.article.text)
    blocks = (b for b in enumeration.article.blocks if b.start >= item.end and b.kind in ITEM_BLOCKS and not b.repeated)
    block = next(blocks, None)
    return Span(block.start, block.end) if block is not None and block.end < end and block.kind is not BlockKind.HEADING else None
