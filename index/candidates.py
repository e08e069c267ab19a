"""The chunks that may answer a query: the best of each leg, each with both scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from index.catalogue import serial
from index.lexical import LexicalIndex, LexicalQuery
from index.rerank import Candidate
from index.snapshot import Snapshot
from index.text.canonical import canonical, fold
from index.text.references import reference_matches
from index.text.tokens import bigrams, terms
from index.types import Query

MAX_QUERY_TERMS = 512  # a pasted page says no more after that, and each term costs time


def lexical_query(query: Query) -> LexicalQuery:
    """What the lexical leg looks for. Folded words only where diacritics were guessed: else they only add noise."""
    words = terms(query.text)[:MAX_QUERY_TERMS]
    return LexicalQuery(
        syllables=(*words, *(word for short in query.short_forms for word in terms(short))),
        bigrams=tuple(bigrams(words)),
        folded=guessed_words(query),
        phrases=tuple(phrase for phrase in (tuple(terms(text)) for text in query.phrases) if phrase),
    )


def guessed_words(query: Query) -> tuple[str, ...]:
    """The folded words whose diacritics were not typed: all where none has any, else those that restoring changed."""
    plain = fold(query.typed) == canonical(query.typed)
    guessed = query.typed if plain else " ".join(e.typed for e in query.expansions if e.reason == "diacritics")
    return tuple(terms(fold(guessed))[:MAX_QUERY_TERMS])


def matching_numbers(snapshot: Snapshot, patterns: Iterable[str]) -> tuple[str, ...]:
    """The document numbers of the catalogue that a query's patterns ask for."""
    found: dict[str, None] = {}
    for pattern in patterns:
        for number in snapshot.catalogue.numbers_by_serial.get(serial(pattern), ()):
            if reference_matches(pattern, number):
                found[number] = None
    return tuple(found)


def articles_with(snapshot: Snapshot, phrases: Sequence[str], patterns: Sequence[str]) -> set[str]:
    """The ids of all articles with a chunk that has every phrase and, where asked, one of the document numbers."""
    numbers = matching_numbers(snapshot, patterns)
    wanted = tuple(words for words in (tuple(terms(phrase)) for phrase in phrases) if words)
    if snapshot.lexical is None or (patterns and not numbers) or not (numbers or wanted):
        return set()
    query = LexicalQuery(syllables=(), bigrams=(), folded=(), phrases=wanted, numbers=numbers)
    keys = np.array([key for key, _ in snapshot.lexical.search(query, len(snapshot.lexical))], np.int64)
    return snapshot.catalogue.owners(keys)


def find_candidates(
    snapshot: Snapshot, query: LexicalQuery, numbers: tuple[str, ...], vector: np.ndarray, depth: int, allowed: np.ndarray | None
) -> list[Candidate]:
    """Up to `depth` chunks of each leg and `depth` in which one of `numbers` stands, without order.

    A chunk that only one leg found gets its score of the other leg too, so that fusion compares like with like.
    """
    found = _ranked(snapshot.lexical, query, depth, allowed)
    near = snapshot.dense.search(vector, depth, allowed) if vector.any() else []
    with_number = {key for key, _ in _ranked(snapshot.lexical, replace(query, numbers=numbers), depth, allowed)} if numbers else set()
    lexical_ranks = {key: position for position, (key, _) in enumerate(found, start=1)}
    dense_ranks = {key: position for position, (key, _) in enumerate(near, start=1)}
    keys = lexical_ranks.keys() | dense_ranks.keys() | with_number
    bm25, cosine = dict(found), dict(near)
    without_bm25 = np.array(sorted(keys - bm25.keys()), np.int64)
    bm25.update(_ranked(snapshot.lexical, replace(query, phrases=()), len(without_bm25), without_bm25))
    cosine.update(snapshot.dense.cosines(vector, sorted(keys - cosine.keys())))
    return [
        Candidate(key, cosine.get(key, 0.0), bm25.get(key, 0.0), dense_ranks.get(key), lexical_ranks.get(key), key in with_number)
        for key in keys
    ]


def _ranked(lexical: LexicalIndex | None, query: LexicalQuery, limit: int, allowed: np.ndarray | None) -> list[tuple[int, float]]:
    return lexical.search(query, limit, allowed) if lexical is not None else []
