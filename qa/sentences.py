"""The sentences of the passages that may be evidence: each once, with its words, its block and the heading above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.text.canonical import canonical
from index.text.sentences import split_sentences
from index.text.tokens import terms, terms_of_canonical
from index.types import Article, Block, BlockKind, SearchEngine, Span
from qa.outline import terms_above
from qa.types import Passage

NOT_EVIDENCE = frozenset({BlockKind.TITLE, BlockKind.BOILERPLATE, BlockKind.QUESTION, BlockKind.BYLINE})
MIN_SYLLABLES = 3
REMEMBERED = 10_000  # paragraphs, some two kilobytes each
MARGIN = 300  # characters read on each side of a passage: the answer may stand in the next sentence
MIN_FULL_LINE = 55  # characters; a shorter line is a name or heading of its own
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ITEM = re.compile(
    r"\s*[\"“]?(?:[-–—+•*●▪]\s|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]{1,2}|[IVX]{1,5})[.)/-]\s|(?:Điều|Chương|Mục|Phần)\s+[\dIVX])"
)
FULL = 0.9  # of the longest line of the paragraph


@dataclass(frozen=True, slots=True)
class Sentence:
    """A candidate: a stretch `[start, end)` of an article, the block it stands in, its terms and those of the heading above."""

    passage: Passage
    article: Article
    block: Block
    start: int
    end: int
    lowered: str  # canonical
    terms: tuple[str, ...]
    heading: tuple[str, ...]
    nearness: float = 0.0  # 1 for the first sentence below the heading, ½ for the second, …
    lineage: tuple[str, ...] = ()  # the terms of all numbered lines and headings it stands under

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def find_sentences(passages: Sequence[Passage], engine: SearchEngine) -> list[Sentence]:
    """The sentences in and around the passages that may be evidence, each once, in the order of the passages."""
    seen: set[tuple[str, int]] = set()
    found: list[Sentence] = []
    for passage in passages:
        article = engine.article(passage.article_id)
        for sentence in _sentences_of(passage, article):
            if (article.id, sentence.start) not in seen and len(sentence.terms) >= MIN_SYLLABLES:
                seen.add((article.id, sentence.start))
                found.append(sentence)
    return found


def _sentences_of(passage: Passage, article: Article) -> Iterator[Sentence]:
    """An interviewer's question and a heading are no evidence, but say what the paragraphs below them are about."""
    above: Block | None = None
    heading: tuple[str, ...] | None = ()
    below = 0
    first, last = passage.start - MARGIN, passage.end + MARGIN
    lineage = terms_above(article)
    for block in article.blocks:
        if block.start >= last:
            break
        if block.kind in (BlockKind.QUESTION, BlockKind.HEADING):
            above, heading, below = block, None, 0
        if block.kind in NOT_EVIDENCE or block.repeated:
            continue
        if block.end <= first:
            below += 1  # a paragraph has one sentence at least
            continue
        if heading is None and above is not None:
            heading = tuple(terms(article.text[above.start : above.end]))
        for piece in pieces_of(article.text[block.start : block.end]):
            below += 1
            start, end = block.start + piece.start, block.start + piece.end
            if start < last and end > first:
                above_it = lineage.get(block.start, ())
                yield Sentence(passage, article, block, start, end, piece.lowered, piece.terms, heading or (), 1 / below, above_it)


class Piece(NamedTuple):
    """A sentence of a paragraph, by its place in it."""

    start: int
    end: int
    lowered: str
    terms: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def pieces_of(paragraph: str) -> tuple[Piece, ...]:
    """The sentences of a paragraph, remembered: one question after another is about the same articles."""
    whole = canonical(paragraph).replace("\n", " ")  # character by character the same places; a printed line may end within a phrase
    spans = _across_lines(paragraph)
    return tuple(Piece(start, end, whole[start:end], tuple(terms_of_canonical(whole[start:end]))) for start, end in spans)


def _across_lines(paragraph: str) -> list[Span]:
    """The sentences of a paragraph, where a full printed line that ends within one goes on in the next, whatever that begins with:
    "… theo Bộ luật" | "Lao động"."""
    joined: list[Span] = []
    width = max(map(len, paragraph.splitlines()), default=0)
    for span in split_sentences(paragraph):
        before = joined[-1] if joined else None
        if before is not None and _goes_on(paragraph[before.start : before.end], paragraph[before.end : span.end], width):
            joined[-1] = Span(before.start, span.end)
        else:
            joined.append(span)
    return joined


def _goes_on(line: str, following: str, width: int) -> bool:
    last = len(line) - line.rfind("\n") - 1
    full = last >= MIN_FULL_LINE and last >= FULL * width
    return full and following.strip(" ").startswith("\n") and not _ENDED.search(line) and not _ITEM.match(following)
