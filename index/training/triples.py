"""Which triples of syllables tell more about diacritics than their pairs do: counted in running text, the most telling kept."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.text.canonical import canonical, fold
from index.text.neighbours import EDGE, SPECIAL, Bigrams, Trigrams

KEPT_TRIPLES, MIN_TRIPLE = 1_400_000, 2  # 3.4 MB; how many were tried: eval/LOG.md
_BATCH = 14_000_000  # tokens whose triples are counted at once: bounds the memory


def count_trigrams(entries: np.ndarray, bigrams: Bigrams, kept: int = KEPT_TRIPLES, least: int = MIN_TRIPLE) -> Trigrams:
    """The `kept` most telling of the triples seen `least` times in `entries`, a text as entries of the lexicon."""
    size = len(bigrams.lexicon)
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(entries) - 2, _BATCH):
        some = entries[start : start + _BATCH + 2].astype(np.int64)
        inside = some[1:-1] != EDGE
        new, new_counts = np.unique(((some[:-2] * size + some[1:-1]) * size + some[2:])[inside], return_counts=True)
        keys, inverse = np.unique(np.concatenate((keys, new)), return_inverse=True)
        counts = np.bincount(inverse, weights=np.concatenate((counts, new_counts))).astype(np.int64)
    first, second, third = keys // (size * size), keys // size % size, keys % size
    place, known = bigrams.places(first, second)
    gains = np.where(known & (counts >= least), _Readings(bigrams).gains(first, second, third, counts), -np.inf)
    best = np.sort(np.argsort(-gains, kind="stable")[: min(kept, int(np.isfinite(gains).sum()))])
    return Trigrams(bigrams, place[best] * size + third[best], counts[best].astype(np.float32))


class _Readings:
    """What pairs alone make of a folded triple: the share of each of its readings."""

    def __init__(self, bigrams: Bigrams) -> None:
        self._bigrams = bigrams
        numbers: dict[str, int] = {}
        names = (word if at < len(SPECIAL) else fold(canonical(word)) for at, word in enumerate(bigrams.lexicon))
        self._fold_of = np.array([numbers.setdefault(name, len(numbers)) for name in names])
        self._folds = len(numbers)

    def gains(self, first: np.ndarray, second: np.ndarray, third: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """For each triple count · ln(its share among the readings seen / its share among all readings by pairs alone)."""
        folds = self._fold_of
        folded, group = np.unique((folds[first] * self._folds + folds[second]) * self._folds + folds[third], return_inverse=True)
        seen = np.bincount(group, weights=counts)
        everything = self._weight_of_all(folded // self._folds**2, folded // self._folds % self._folds, folded % self._folds)
        pairs = self._bigrams.log_probabilities(first, second) + self._bigrams.log_probabilities(second, third)
        own = self._share[first] * np.exp(pairs)
        gains: np.ndarray = counts * np.log(counts / seen[group] * everything[group] / own)
        return gains

    def _weight_of_all(self, first: np.ndarray, second: np.ndarray, third: np.ndarray) -> np.ndarray:
        """The sum of P(a) P(b | a) P(c | b) over all readings a, b, c of folded syllables, by sums over a and over c made beforehand."""
        total = np.zeros(len(first))
        members = [np.flatnonzero(self._fold_of == number) for number in range(self._folds)]
        sizes, flat = np.array([len(found) for found in members]), np.concatenate(members)
        starts = np.cumsum(sizes) - sizes
        for choice in range(int(sizes.max())):
            rows = np.flatnonzero(sizes[second] > choice)
            middle = flat[starts[second[rows]] + choice]
            total[rows] += self._into(first[rows], middle) * self._out_of(middle, third[rows])
        return total

    def _into(self, folded: np.ndarray, entry: np.ndarray) -> np.ndarray:
        """The sum of P(a) P(entry | a) over the readings a of `folded`."""
        keys, values, spread = self._sums_into
        return _looked_up(keys, values, folded * len(self._bigrams.lexicon) + entry) + spread[folded] * self._share[entry]

    def _out_of(self, entry: np.ndarray, folded: np.ndarray) -> np.ndarray:
        """The sum of P(c | entry) over the readings c of `folded`."""
        keys, values, spread = self._sums_out
        return _looked_up(keys, values, entry * self._folds + folded) + self._left[entry] * spread[folded]

    @cached_property
    def _sums_into(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        first, second, shares = self._stored
        sums = _summed(self._fold_of[first] * len(self._bigrams.lexicon) + second, self._share[first] * shares)
        return *sums, np.bincount(self._fold_of, weights=self._share * self._left, minlength=self._folds)

    @cached_property
    def _sums_out(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        first, second, shares = self._stored
        sums = _summed(first * self._folds + self._fold_of[second], shares)
        return *sums, np.bincount(self._fold_of, weights=self._share, minlength=self._folds)

    @cached_property
    def _stored(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """First, second and what the count of a pair alone adds to P(second | first)."""
        size = len(self._bigrams.lexicon)
        first, second = (self._bigrams.keys // size).astype(np.int64), (self._bigrams.keys % size).astype(np.int64)
        return first, second, self._bigrams.pair_counts / self._bigrams.totals[first]

    @cached_property
    def _share(self) -> np.ndarray:
        return self._bigrams.share

    @cached_property
    def _left(self) -> np.ndarray:
        return self._bigrams.unseen / self._bigrams.totals


def _summed(keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    distinct, inverse = np.unique(keys, return_inverse=True)
    return distinct, np.bincount(inverse, weights=values)


def _looked_up(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0.0)
