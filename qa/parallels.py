"""The same rule as another document words it: two guidelines on one point are shown side by side, because they may not agree."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence import Evidence
from qa.sentences import Sentence

LOOKED_AT = 12  # of the best sentences
MIN_TERMS = 15  # a short sentence shares its words by chance
MIN_CONTAINED = 0.58  # of the distinct terms of the shorter sentence in the other
MIN_SHARED = 0.35  # of the distinct terms of both
SAME = 0.9  # a sentence with so many words of the first repeats it
MIN_COVERED = 0.55  # of the question, as a share of what the best sentence covers


def find_parallel(evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence of another article nearest in words to the best one, where it says the same point otherwise; None where none does."""
    best = evidence[0]
    if len(best.sentence.terms) < MIN_TERMS:
        return None
    found = [(shared, each) for each in evidence[1:LOOKED_AT] if (shared := _shared(best, each)) is not None]
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def _shared(best: Evidence, other: Evidence) -> float | None:
    """Share of the terms of both sentences, where they are of one point and not of one text."""
    if other.sentence.article.id == best.sentence.article.id or len(other.sentence.terms) < MIN_TERMS or other.features.aside:
        return None
    if other.features.own < MIN_COVERED * best.features.own:
        return None
    contained, shared = _overlap(best.sentence, other.sentence)
    return shared if contained >= MIN_CONTAINED and MIN_SHARED <= shared < SAME else None


def _overlap(one: Sentence, other: Sentence) -> tuple[float, float]:
    first, second = set(one.terms), set(other.terms)
    common = len(first & second)
    return common / min(len(first), len(second)), common / len(first | second)
