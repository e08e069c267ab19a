"""Ranked candidates → the hits shown: mandatory phrases, near-duplicates grouped, not all from one article, explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.catalogue import Catalogue, FoundChunk
from index.duplicates import SAME_ARTICLE, SKETCH_SIZE, Sketch, similarity
from index.explain import found_words, highlights, occurring, phrase_spans, spellings
from index.lexical import LexicalQuery
from index.rerank import Candidate
from index.text.canonical import canonical
from index.types import Explanation, Hit, Metadata, Query, Span

CHUNKS_AN_ARTICLE = 3  # of one article among the hits, unless there is nothing else to show
MIN_SHARED_SHINGLES = SKETCH_SIZE // 4  # fewer cannot be SAME_ARTICLE; looking at those pairs would be most of the time


class _Found(NamedTuple):
    candidate: Candidate
    score: float
    item: FoundChunk


def select_hits(
    catalogue: Catalogue, ranked: Sequence[tuple[Candidate, float]], query: Query, words: LexicalQuery, numbers: Sequence[str], k: int
) -> list[Hit]:
    """The `k` best of `ranked` that may be shown, best first."""
    groups = _Groups()
    shown: list[_Found] = []
    spare: list[_Found] = []
    per_article: Counter[str] = Counter()
    for found in _loaded(catalogue, ranked, k):
        article_id = found.item.chunk.article_id
        if not _has_phrases(found.item, query.phrases) or not groups.admit(article_id, found.item.sketch, found.item.metadata):
            continue
        per_article[article_id] += 1
        (shown if per_article[article_id] <= CHUNKS_AN_ARTICLE else spare).append(found)
        if len(shown) == k:
            break
    chosen = [*shown, *spare[: k - len(shown)]]
    chosen.sort(key=lambda found: (-found.score, found.candidate.key))
    return [_hit(found, query, words, numbers, groups.duplicates_of(found.item.chunk.article_id)) for found in chosen]


def _loaded(catalogue: Catalogue, ranked: Sequence[tuple[Candidate, float]], k: int) -> Iterator[_Found]:
    """The candidates with their chunks, read from the catalogue a page at a time; one it does not know (yet) is left out."""
    for start in range(0, len(ranked), 2 * k):
        page = ranked[start : start + 2 * k]
        items = catalogue.chunks([candidate.key for candidate, _ in page])
        yield from (_Found(candidate, score, items[candidate.key]) for candidate, score in page if candidate.key in items)


def _has_phrases(item: FoundChunk, phrases: Sequence[str]) -> bool:
    return all(phrase_spans(item.chunk.text, phrase) or phrase_spans(item.chunk.context, phrase) for phrase in phrases)


class _Groups:
    """Near-identical articles: the first met stands for the others."""

    def __init__(self) -> None:
        self._standing: dict[str, tuple[Sketch, frozenset[int], Metadata]] = {}
        self._stands_for: dict[str, str] = {}

    def admit(self, article_id: str, sketch: Sketch, metadata: Metadata) -> bool:
        """False for an article that an earlier one stands for."""
        if article_id not in self._stands_for:
            shingles = frozenset(sketch.shingles.tolist())
            self._stands_for[article_id] = self._twin(sketch, shingles, metadata) or article_id
            if self._stands_for[article_id] == article_id:
                self._standing[article_id] = (sketch, shingles, metadata)
        return self._stands_for[article_id] == article_id

    def duplicates_of(self, article_id: str) -> tuple[str, ...]:
        return tuple(other for other, first in self._stands_for.items() if first == article_id != other)

    def _twin(self, sketch: Sketch, shingles: frozenset[int], metadata: Metadata) -> str | None:
        """The article most like this one; dates are compared first, which leaves few to look at."""
        likely: list[tuple[bool, int, str]] = []
        for other, (standing, others, described) in self._standing.items():
            if not _may_be_same(metadata, described):
                continue
            same, shared = standing.body_hash == sketch.body_hash, len(shingles & others)
            if same or shared >= max(1, min(MIN_SHARED_SHINGLES, len(shingles))):
                likely.append((same, shared, other))
        likely.sort(key=lambda each: each[:2], reverse=True)
        return next((other for *_, other in likely if similarity(sketch, self._standing[other][0]) >= SAME_ARTICLE), None)


def _may_be_same(first: Metadata, second: Metadata) -> bool:
    """Reports of two months can agree but for their figures: two texts with different dates are never one."""
    return first.date is None or second.date is None or first.date == second.date


def _hit(found: _Found, query: Query, words: LexicalQuery, numbers: Sequence[str], duplicates: tuple[str, ...]) -> Hit:
    chunk = found.item.chunk
    tokens = found_words(chunk.text, words.syllables, words.folded)
    phrases = {phrase: phrase_spans(chunk.text, phrase) for phrase in query.phrases}
    marked = [*(Span(token.start, token.end) for token in tokens), *(span for spans in phrases.values() for span in spans)]
    looked_for = {e.searched for e in query.expansions}
    searched = occurring(canonical(f"{chunk.context}\n{chunk.text}"), looked_for) if looked_for else set()
    explanation = Explanation(
        dense_rank=found.candidate.dense_rank,
        lexical_rank=found.candidate.lexical_rank,
        words=spellings(chunk.text, tokens),
        references=tuple(number for number in numbers if number in found.item.numbers),
        phrases=query.phrases,
        expansions=tuple(e for e in query.expansions if e.searched in searched),
    )
    return Hit(chunk, found.item.metadata, found.score, explanation, highlights(chunk.text, marked, chunk.start), duplicates)
