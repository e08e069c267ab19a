"""Two scores of a (query, chunk) pair → one.

The legs are fused by score, `w·BM25/max + (1−w)·cosine/max`: reciprocal ranks throw away how much better the best hit is
and measured clearly worse on Vietnamese questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

REFERENCE_BONUS = 2.0  # a chunk in which a document number asked for stands goes before every other (fused scores end at 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk some leg found, with both scores; ranks are 1-based, None where that leg did not find it."""

    key: int
    cosine: float
    bm25: float
    dense_rank: int | None
    lexical_rank: int | None
    has_reference: bool = False


def rank(candidates: Sequence[Candidate], lexical_weight: float) -> list[tuple[Candidate, float]]:
    """Candidates with their fused scores, best first, ties by key."""
    scored = zip(candidates, fuse(candidates, lexical_weight), strict=True)
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].key))


def fuse(candidates: Sequence[Candidate], lexical_weight: float) -> list[float]:
    """The fused score of each candidate: in [0, 1], plus REFERENCE_BONUS where a number asked for stands in the chunk."""
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0) or 1.0
    best_cosine = max((candidate.cosine for candidate in candidates), default=0.0)
    best_cosine = best_cosine if best_cosine > 0 else 1.0
    return [
        lexical_weight * candidate.bm25 / best_bm25
        + (1 - lexical_weight) * max(candidate.cosine, 0.0) / best_cosine
        + REFERENCE_BONUS * candidate.has_reference
        for candidate in candidates
    ]
