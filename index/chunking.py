"""Article → chunks: sentence-aligned, list-aware, bounded in tokens, exact spans.

The blocks of an article fall into sections (what stands under one heading, or one turn of an interview); a section falls into runs
(stretches that no caption or boilerplate interrupts); a chunk lies within one run. Lists are found over a whole section, because a
caption between two points does not end a list, and each chunk of a list that did not fit whole knows the sentence that introduces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from index.listing import Unit, find_lists
from index.reading.markers import PLAIN_LEVEL, heading_level, list_marker
from index.reading.paragraphs import canonical_form
from index.text.sentences import split_sentences
from index.types import Article, Block, BlockKind, Chunk, Span, TokenCounter

CHUNKER_VERSION = 4  # part of every key: raise it when the same article would be cut otherwise
MAX_CONTEXT_PART_CHARACTERS = 300  # of a heading, a list's lead or an interviewer's question
MAX_HEADINGS = 2  # the innermost so many go into the context
_PARAGRAPH_TOKENS = 2  # what the break between two paragraphs may cost
_CLAUSE_ENDS = ("; ", ": ", ", ", " ")
MIN_CLAUSE_SHARE = 3  # a piece shorter than this part of what would fit is no clause worth a cut
_CHUNKED = (BlockKind.BODY, BlockKind.ANSWER)


@dataclass(slots=True)
class _Section:
    """What stands under one heading or in one turn: `runs` are lists of blocks that follow each other directly."""

    kind: BlockKind
    headings: tuple[str, ...]
    question: Span | None = None
    runs: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    section: _Section
    token_count: int
    lead: Span | None = None


def chunk_article(article: Article, counter: TokenCounter, max_tokens: int) -> list[Chunk]:
    """The chunks of `article` in the order of its text; each has at most `max_tokens` tokens (at least one character).

    Every block of body, answer, question and caption that is not a repetition is covered; titles, headings, bylines and boilerplate
    only where there is nothing else.
    """
    canon = canonical_form(article.text)
    cutter = _Cutter(article.text, canon, counter, max_tokens)
    drafts = [draft for section in _sections(article, canon) for draft in cutter.cut(section)]
    if not drafts:
        drafts = [draft for section in _leftovers(article.blocks) for draft in cutter.cut(section)]
    drafts.sort(key=lambda draft: draft.start)
    title = article.metadata.title if any(block.kind is BlockKind.TITLE for block in article.blocks) else ""
    return [_chunk(article, draft, position, title) for position, draft in enumerate(drafts)]


def _chunk(article: Article, draft: _Draft, position: int, title: str) -> Chunk:
    return Chunk(
        key=chunk_key(article.id, article.content_hash, position),
        article_id=article.id,
        position=position,
        start=draft.start,
        end=draft.end,
        text=article.text[draft.start : draft.end],
        context=_context(article.text, draft, title),
        kind=draft.section.kind,
        token_count=draft.token_count,
        lead=draft.lead,
    )


def chunk_key(article_id: str, content_hash: str, position: int) -> int:
    """A positive 63-bit number, the same for the same article at any time on any machine."""
    parts = f"{article_id}\0{content_hash}\0{position}\0{CHUNKER_VERSION}".encode("utf-8", errors="surrogatepass")
    return int.from_bytes(blake2b(parts, digest_size=8).digest(), "big") >> 1 or 1


def _context(text: str, draft: _Draft, title: str) -> str:
    """Title — headings — question — lead, whatever of them there is."""
    spans = [span for span in (draft.section.question, draft.lead) if span]
    parts = [title, *draft.section.headings, *(clip(text[span.start : span.end]) for span in spans)]
    return " — ".join(part for part in parts if part and part != text[draft.start : draft.end])


def clip(text: str) -> str:
    """`text` on one line, its end only where it is long: a lead and a question come to the point at their end."""
    line = " ".join(text.split())
    if len(line) <= MAX_CONTEXT_PART_CHARACTERS:
        return line
    return "…" + line[-MAX_CONTEXT_PART_CHARACTERS:].partition(" ")[2]


def _sections(article: Article, canon: str) -> list[_Section]:
    """Sections in order; captions and questions are sections of their own."""
    sections: list[_Section] = []
    path: list[tuple[int, str]] = []
    question: Span | None = None
    current: _Section | None = None
    before: Block | None = None
    for block in article.blocks:
        headings = tuple(heading for _, heading in path[-MAX_HEADINGS:])
        match block.kind:
            case BlockKind.HEADING:
                path = _deeper(path, article.text[block.start : block.end], canon[block.start : block.end])
                current = None
            case BlockKind.CAPTION | BlockKind.QUESTION if not block.repeated:
                sections.append(_Section(block.kind, headings, None, [[block]]))
            case BlockKind.BODY | BlockKind.ANSWER if not block.repeated:
                asked = question if block.kind is BlockKind.ANSWER else None
                if current is None or current.kind is not block.kind or current.question != asked:
                    current = _Section(block.kind, headings, asked)
                    sections.append(current)
                if before is None or before.kind is not block.kind or before.repeated or not current.runs:
                    current.runs.append([])
                current.runs[-1].append(block)
        if block.kind is BlockKind.QUESTION:
            question, current = Span(block.start, block.end), None
        before = block
    return sections


def _leftovers(blocks: Iterable[Block]) -> Iterator[_Section]:
    """An article without any running text is found by its title, or by whatever it has."""
    kept = [block for block in blocks if not block.repeated]
    titles = [block for block in kept if block.kind in (BlockKind.TITLE, BlockKind.HEADING)]
    for block in titles or kept:
        yield _Section(block.kind, (), None, [[block]])


def _deeper(path: list[tuple[int, str]], text: str, canon: str) -> list[tuple[int, str]]:
    heading = " ".join(text.split())
    level = heading_level(heading, " ".join(canon.split())) or PLAIN_LEVEL
    return [*((above, name) for above, name in path if above < level), (level, heading[:MAX_CONTEXT_PART_CHARACTERS])]


class _Cutter:
    """Cuts sections of one text into drafts of chunks."""

    def __init__(self, text: str, canon: str, counter: TokenCounter, max_tokens: int) -> None:
        self._text, self._canon, self._counter, self._max_tokens = text, canon, counter, max(1, max_tokens)

    def cut(self, section: _Section) -> Iterator[_Draft]:
        runs = [[unit for block in run for unit in self._units(block)] for run in section.runs]
        find_lists([unit for run in runs for unit in run], self._canon)
        for run in runs:
            for packed in self._pack(run):
                yield from self._drafts(packed, section)

    def _units(self, block: Block) -> Iterator[Unit]:
        """The sentences of a block, those too long for a chunk cut at clauses or words."""
        for sentence in split_sentences(self._text, block.start, block.end):
            marker = list_marker(self._canon, sentence.start, sentence.end)
            for start, end, tokens in self._bounded(sentence.start, sentence.end):
                yield Unit(start, end, block.start, tokens, marker if start == sentence.start else None)

    def _bounded(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        while start < end:
            tokens = self._counter.count(self._text[start:end])
            cut = end
            if tokens > self._max_tokens:
                cut = self._cut_point(start, end)
                cut = start + len(self._text[start:cut].rstrip())
                tokens = self._counter.count(self._text[start:cut])
            yield start, cut, tokens
            start = cut + len(self._text[cut:end]) - len(self._text[cut:end].lstrip())

    def _cut_point(self, start: int, end: int) -> int:
        """The furthest clause end, or else word end, or else character, up to which `text[start:]` fits."""
        low, high = start + 1, end
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._counter.count(self._text[start:middle]) <= self._max_tokens else (low, middle - 1)
        if low >= end:
            return end
        for mark in _CLAUSE_ENDS:
            place = self._text.rfind(mark, start, low + 1)
            if place > start + (0 if mark == " " else (low - start) // MIN_CLAUSE_SHARE):
                return place + len(mark.rstrip())
        return low

    def _pack(self, run: list[Unit]) -> Iterator[list[Unit]]:
        """Lists of units for one chunk each: whole lists and paragraphs where they fit, else points, else sentences."""
        packed: list[Unit] = []
        for group in self._groups(run):
            for part in [group] if self._fits(group) else self._parts(group):
                if packed and not self._fits([*packed, *part]):
                    yield packed
                    packed = []
                packed = [*packed, *part]
        if packed:
            yield packed

    def _groups(self, run: list[Unit]) -> Iterator[list[Unit]]:
        """Units that should stay together: a list with its lead, or a paragraph."""
        group: list[Unit] = []
        for unit in run:
            together = bool(group) and _belong_together(group[-1], unit)
            if group and not together:
                yield group
                group = []
            group.append(unit)
        if group:
            yield group

    def _parts(self, group: list[Unit]) -> Iterator[list[Unit]]:
        """The points of a list that does not fit, the sentences of a point or paragraph that does not fit."""
        point: list[Unit] = []
        for unit in [*group, None]:
            if point and (unit is None or unit.marker or unit.list_number is None):
                yield from [point] if self._fits(point) else [[single] for single in point]
                point = []
            if unit is not None:
                point.append(unit)

    def _fits(self, units: list[Unit]) -> bool:
        breaks = len({unit.block_start for unit in units}) - 1
        return sum(unit.tokens for unit in units) + _PARAGRAPH_TOKENS * breaks <= self._max_tokens

    def _drafts(self, units: list[Unit], section: _Section) -> Iterator[_Draft]:
        """One draft, or two halves where counting the whole gives more than its parts promised."""
        start, end = units[0].start, units[-1].end
        tokens = self._counter.count(self._text[start:end])
        if tokens > self._max_tokens and len(units) > 1:
            half = len(units) // 2
            yield from self._drafts(units[:half], section)
            yield from self._drafts(units[half:], section)
            return
        lead = next((unit.lead for unit in units if unit.lead), None)
        inside = lead is not None and start <= lead.start and lead.end <= end
        yield _Draft(start, end, section, tokens, None if inside else lead)


def _belong_together(before: Unit, unit: Unit) -> bool:
    """Whether two neighbours are of one list, or of one paragraph outside any list."""
    if before.list_number is None and unit.list_number is None:
        return before.block_start == unit.block_start
    return before.list_number == unit.list_number
