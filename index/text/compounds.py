"""Words of two syllables that running text knows and the articles never say: "hộ chiếu", "bóng đá" over articles about an association."""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol

from index.text.neighbours import Vocabulary
from index.text.tokens import bigrams, terms

BOUND = 3.5  # ln of how many times as often the second syllable follows the first as it occurs at all


class Compounds(Protocol):
    """Which syllables belong together in running text."""

    def binding(self, first: str, second: str) -> float:
        """ln P(second | first) / P(second) of two canonical syllables; 0 where they were hardly ever seen beside each other."""
        ...


def unheard_pairs(text: str, compounds: Compounds, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The bound pairs of `text` ("hộ_chiếu") that stand in no article."""
    words = terms(text)
    joined = zip(bigrams(words), pairwise(words), strict=True)
    return tuple(
        pair for pair, (first, second) in joined if not vocabulary.frequency("bigrams", pair) and compounds.binding(first, second) >= BOUND
    )
