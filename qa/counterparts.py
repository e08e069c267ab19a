"""The sentence of another article that says the same point: nearest in words to a given one, which is in turn the nearest to it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.text.tokens import terms
from index.types import Article, Block
from qa.sentences import NOT_EVIDENCE, pieces_of
from qa.terms import content_terms

MIN_TERMS = 8  # content words: a short sentence shares its words by chance
MIN_SHARED = 0.3  # of the weight of the content words of both together
TWIN = 0.6  # of the content words of two sentences of one article that say the same of two cases
SAME = 0.9  # a sentence with so many words of the first repeats it
RUN = 3  # words
REMEMBERED = 32  # articles, some hundred kilobytes each for a long one


class Place(NamedTuple):
    """A sentence of an article."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of an article with the weight of the content words of each, and for each word the sentences that have it."""

    places: tuple[Place, ...]
    sums: tuple[float, ...]
    having: Mapping[str, Sequence[int]]

    def nearest(self, words: frozenset[str]) -> tuple[float, Place] | None:
        """The share of words in common, the rare ones of the article weighing more, and the sentence that has the largest."""
        shared: dict[int, float] = defaultdict(float)
        whole = 0.0
        for word in words:
            having = self.having.get(word, ())
            weight = _weight(len(having), len(self.places))
            whole += weight
            for i in having:
                shared[i] += weight
        found = ((common / (whole + self.sums[i] - common), -i) for i, common in shared.items())
        best = max(found, default=None)
        return None if best is None else (best[0], self.places[-best[1]])


def find_counterpart(article: Article, start: int, end: int, other: Article, least: float = MIN_SHARED) -> tuple[float, Place] | None:
    """The sentence of `other` that says what `article` says in `[start, end)`, and how alike they are; None where none does.

    Each is the nearest to the other, or the nearest is a twin: of two rules about one paper a third sentence may be nearer to either.
    """
    words = _content(article.text[start:end])
    found = _words_of(other).nearest(words) if len(words) >= MIN_TERMS else None
    if found is None or not least <= found[0] < SAME:
        return None
    place = found[1]
    back = _words_of(article).nearest(_content(other.text[place.start : place.end]))
    if back is None:
        return None
    mutual = (back[1].start < end and start < back[1].end) or _alike(words, _content(article.text[back[1].start : back[1].end])) >= TWIN
    return found if mutual else None


def runs_of(lowered: str) -> frozenset[tuple[str, ...]]:
    """The runs of `RUN` words: two rules on one point share whole clauses, two on one subject only its words."""
    told = terms(lowered)
    return frozenset(zip(*(told[i:] for i in range(RUN)), strict=False))


def _weight(having: int, sentences: int) -> float:
    return math.log(1 + (sentences + 0.5) / (having + 0.5))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _content(text: str) -> frozenset[str]:
    return frozenset(content_terms(text))


@lru_cache(maxsize=REMEMBERED)
def _words_of(article: Article) -> _Words:
    places: list[Place] = []
    told: list[frozenset[str]] = []
    having: dict[str, list[int]] = defaultdict(list)
    for place, words in _sentences(article):
        for word in words:
            having[word].append(len(places))
        places.append(place)
        told.append(words)
    weights = {word: _weight(len(those), len(places)) for word, those in having.items()}
    return _Words(tuple(places), tuple(sum(map(weights.__getitem__, words)) for words in told), dict(having))


def _sentences(article: Article) -> Iterator[tuple[Place, frozenset[str]]]:
    for block in article.blocks:
        if block.kind in NOT_EVIDENCE or block.repeated:
            continue
        for piece in pieces_of(article.text[block.start : block.end]):
            words = _content(piece.lowered)
            if len(words) >= MIN_TERMS:
                yield Place(block, block.start + piece.start, block.start + piece.end), words
