"""How often syllables occur and follow one another in running text: counts as they are stored, and probabilities from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.errors import StorageError

MODEL_FILE, TRIGRAMS_FILE = "bigrams.npz", "trigrams.npz"
# The first entries of the lexicon are not syllables: the edge of a clause, a number, any word the lexicon lacks.
EDGE, NUMBER, UNKNOWN = 0, 1, 2
SPECIAL = ("<edge>", "<number>", "<unknown>")
COUNT_STEP = 17.0  # counts are stored as round(COUNT_STEP * ln(count)) in one byte: within 3 %, up to 3 million


class Vocabulary(Protocol):
    """The words of a corpus; the lexical index is one."""

    def frequency(self, field: str, term: str) -> int:
        """In how many chunks a canonical word (field `syllables`), one and the next (`bigrams`, "đảng_uỷ") or a form without
        marks (`folded`) stands."""
        ...


@dataclass(frozen=True)
class Bigrams:
    """How often each lexicon entry occurs, and which follow which: `keys` = first · size + second, ascending.

    `pair_counts` need not hold every pair that was seen: what they leave of `counts` is shared out by frequency.
    """

    lexicon: tuple[str, ...]
    counts: np.ndarray
    keys: np.ndarray
    pair_counts: np.ndarray

    def log_probabilities(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """ln P(second | first), pair by pair, smoothed as Witten & Bell (1991) do."""
        place, known = self.places(first, second)
        together = np.where(known, self.pair_counts[place], 0.0)
        return np.log((together + self.unseen[first] * self.share[second]) / self.totals[first])

    def places(self, first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where each pair stands among the keys, and whether it does."""
        wanted = first.astype(np.uint32) * np.uint32(len(self.lexicon)) + second.astype(np.uint32)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return place, self.keys[place] == wanted

    @cached_property
    def share(self) -> np.ndarray:
        return (self.counts + 0.5) / (self.counts + 0.5).sum()

    @cached_property
    def seen(self) -> np.ndarray:
        """How often each entry was followed by one of its stored followers."""
        return np.bincount(self.keys // np.uint32(len(self.lexicon)), weights=self.pair_counts, minlength=len(self.lexicon))

    @cached_property
    def unseen(self) -> np.ndarray:
        """The weight each entry gives to followers not stored: those left out, and one for every kind of follower."""
        kinds = np.bincount(self.keys // np.uint32(len(self.lexicon)), minlength=len(self.lexicon))
        return np.maximum(self.counts - self.seen, 0) + kinds + 1

    @cached_property
    def totals(self) -> np.ndarray:
        return self.seen + self.unseen


@dataclass(frozen=True)
class Trigrams:
    """What follows a pair of neighbours, as far as that says more than the second of them does.

    `keys` = place of the pair among the keys of `bigrams` · size + third, ascending. What `counts` leave of the pair's own
    count is shared out as the second alone would have it.
    """

    bigrams: Bigrams
    keys: np.ndarray
    counts: np.ndarray

    def log_probabilities(self, first: np.ndarray, second: np.ndarray, third: np.ndarray) -> np.ndarray:
        """ln P(third | first, second), for arrays that numpy broadcasts, smoothed as pairs are."""
        alone = np.exp(self.bigrams.log_probabilities(second, third))
        place, known = self.bigrams.places(first, second)
        wanted = place.astype(np.int64) * len(self.bigrams.lexicon) + third
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        together = np.where(known & (self.keys[at] == wanted), self.counts[at], 0.0)
        unseen = np.where(known, self._unseen[place], 1.0)
        return np.log((together + unseen * alone) / (np.where(known, self._seen[place], 0.0) + unseen))

    @cached_property
    def _seen(self) -> np.ndarray:
        return np.bincount(self._pairs, weights=self.counts, minlength=len(self.bigrams.keys))

    @cached_property
    def _unseen(self) -> np.ndarray:
        kinds = np.bincount(self._pairs, minlength=len(self.bigrams.keys))
        return np.maximum(self.bigrams.pair_counts - self._seen, 0) + kinds + 1

    @property
    def _pairs(self) -> np.ndarray:
        return self.keys // len(self.bigrams.lexicon)


def read_bigrams(folder: Path) -> Bigrams:
    """The counts of pairs in `folder`; StorageError where they are missing or damaged."""
    stored = _load(folder / MODEL_FILE, "lexicon", "counts", "followers", "second", "pair_counts")
    lexicon = tuple(bytes(stored["lexicon"]).decode().split("\n"))
    first = np.repeat(np.arange(len(lexicon), dtype=np.uint32), stored["followers"])
    second = np.cumsum(stored["second"], dtype=np.uint16)
    return Bigrams(lexicon, stored["counts"], first * np.uint32(len(lexicon)) + second, _expand(stored["pair_counts"]))


def write_bigrams(folder: Path, bigrams: Bigrams) -> None:
    """Store the model compactly: followers of each entry as a run of two-byte steps, counts as one-byte logarithms."""
    size = len(bigrams.lexicon)
    folder.mkdir(parents=True, exist_ok=True)
    second = (bigrams.keys % size).astype(np.uint16)
    np.savez_compressed(
        folder / MODEL_FILE,
        lexicon=np.frombuffer("\n".join(bigrams.lexicon).encode(), dtype=np.uint8),
        followers=np.bincount(bigrams.keys // size, minlength=size).astype(np.uint16),
        second=np.diff(second, prepend=np.uint16(0)),  # steps, modulo 65,536: most are small
        counts=bigrams.counts.astype(np.float32),
        pair_counts=_compress(bigrams.pair_counts),
    )


def read_trigrams(folder: Path, bigrams: Bigrams) -> Trigrams:
    """The counts of triples in `folder`, which belong to these `bigrams`; StorageError where they are missing or damaged."""
    path = folder / TRIGRAMS_FILE
    stored = _load(path, "runs", "third", "counts")
    if len(stored["runs"]) != len(bigrams.keys):
        raise StorageError(f"Tệp {path} có {len(stored['runs'])} cặp, {MODEL_FILE} có {len(bigrams.keys)}; hãy chép lại cả hai tệp gốc.")
    pairs = np.repeat(np.arange(len(bigrams.keys), dtype=np.int64), stored["runs"])
    return Trigrams(bigrams, pairs * len(bigrams.lexicon) + stored["third"], _expand(stored["counts"]))


def write_trigrams(folder: Path, trigrams: Trigrams) -> None:
    """As `write_bigrams`: how many triples begin with each pair, then their third entries and counts."""
    size, pairs = len(trigrams.bigrams.lexicon), len(trigrams.bigrams.keys)
    np.savez_compressed(
        folder / TRIGRAMS_FILE,
        runs=np.bincount(trigrams.keys // size, minlength=pairs).astype(np.uint16),
        third=(trigrams.keys % size).astype(np.uint16),
        counts=_compress(trigrams.counts),
    )


def _load(path: Path, *names: str) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in names}
    except (OSError, KeyError, ValueError) as error:
        raise StorageError(f"Không đọc được mô hình dấu {path}: {error}; hãy chép lại tệp gốc.") from error


def _compress(counts: np.ndarray) -> np.ndarray:
    return np.minimum(np.rint(COUNT_STEP * np.log(np.maximum(counts, 1))), 255).astype(np.uint8)


def _expand(stored: np.ndarray) -> np.ndarray:
    return np.exp(stored.astype(np.float32) / COUNT_STEP)
