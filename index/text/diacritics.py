"""Diacritics put back into queries typed without them, or with only some: a bigram Viterbi path over syllables.

The model knows, for every folded syllable, the written syllables it may stand for, and how often one syllable follows
another in running text. A syllable that carries a diacritic is never touched; in a text that has any, a bare syllable
changes only where the context makes it far more likely than the bare one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.errors import StorageError
from index.text.canonical import canonical, fold, to_nfc
from index.types import Span

MODEL_FILE = "bigrams.npz"
# The first entries of the lexicon are not syllables: the edge of a clause, a number, any word the lexicon lacks.
EDGE, NUMBER, UNKNOWN = 0, 1, 2
SPECIAL = ("<edge>", "<number>", "<unknown>")
# Half-accented text is changed only where that makes it e^FIRST_MARGIN times as likely (calibrated on fully accented news);
# one such place shows that its writer leaves diacritics out, and FURTHER_MARGIN is enough for the others.
FIRST_MARGIN, FURTHER_MARGIN = 9.0, 2.0
UNKNOWN_SPELLING = -9.0  # ln of the share of one particular word among all the unknown ones, about
COUNT_STEP = 17.0  # counts of pairs are stored as round(COUNT_STEP * ln(count)) in one byte: within 3 %, up to 3 million
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_CHUNK = re.compile(r"\S+")


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
        wanted = first.astype(np.uint32) * np.uint32(len(self.lexicon)) + second.astype(np.uint32)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        together = np.where(self.keys[place] == wanted, self.pair_counts[place], 0.0)
        return np.log((together + self._unseen[first] * self._share[second]) / (self._seen[first] + self._unseen[first]))

    @cached_property
    def _share(self) -> np.ndarray:
        return (self.counts + 0.5) / (self.counts + 0.5).sum()

    @cached_property
    def _seen(self) -> np.ndarray:
        """How often each entry was followed by one of its stored followers."""
        return np.bincount(self.keys // np.uint32(len(self.lexicon)), weights=self.pair_counts, minlength=len(self.lexicon))

    @cached_property
    def _unseen(self) -> np.ndarray:
        """The weight each entry gives to followers not stored: those left out, and one for every kind of follower."""
        kinds = np.bincount(self.keys // np.uint32(len(self.lexicon)), minlength=len(self.lexicon))
        return np.maximum(self.counts - self._seen, 0) + kinds + 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the text and the lexicon entries that may stand there; `bare` leaves it as typed, None if that is no choice."""

    start: int
    end: int
    entries: tuple[int, ...]
    bare: int | None

    @property
    def settled(self) -> bool:
        return self.entries == (self.bare,)


class Restorer:
    """Puts diacritics back; made of counts only, so one serves any number of threads."""

    def __init__(self, bigrams: Bigrams) -> None:
        self._bigrams = bigrams
        self._entry = {canonical(word): place for place, word in enumerate(bigrams.lexicon)}
        self._by_fold: dict[str, tuple[int, ...]] = {}
        for place, word in enumerate(bigrams.lexicon[len(SPECIAL) :], start=len(SPECIAL)):
            folded = fold(word)
            self._by_fold[folded] = (*self._by_fold.get(folded, ()), place)

    @classmethod
    def load(cls, folder: Path) -> Restorer:
        return cls(read_bigrams(folder))

    def restore(self, text: str) -> str:
        """`text` with diacritics where they lack: `"ban thuong vu"` → `"ban thường vụ"`; fully accented text comes back as it is."""
        text = to_nfc(text)
        accented = has_diacritics(text)
        slots = self.slots(text, keep_bare=accented)
        if all(slot.settled for slot in slots):
            return text
        through = self.best_through(slots)
        chosen = [int(np.argmax(scores)) for scores in through]
        if accented:
            chosen = _doubtless(slots, through, chosen)
        return self._write(text, slots, [slot.entries[choice] for slot, choice in zip(slots, chosen, strict=True)])

    def __contains__(self, word: str) -> bool:
        """Whether this canonical word is in the lexicon."""
        return word in self._entry

    def readings(self, folded: str) -> list[str]:
        """The canonical words of which this is the folded form: `"hop"` → họp, hợp, hộp …"""
        return [canonical(self._bigrams.lexicon[entry]) for entry in self._by_fold.get(folded, ())]

    def fits(self, text: str, place: Span, words: Sequence[str]) -> list[float]:
        """For each of `words` (canonical) the ln-probability of the best reading of `text` with it in the place of the word there."""
        entries = tuple(self._entry.get(word, UNKNOWN) for word in words)
        slots = self.slots(text, keep_bare=has_diacritics(text))
        at = next(at for at, slot in enumerate(slots) if (slot.start, slot.end) == place)
        slots[at] = Slot(*place, entries, None)
        return self.best_through(slots)[at].tolist()

    def slots(self, text: str, keep_bare: bool) -> list[Slot]:
        """The places of `text` in order, an edge at both ends; with `keep_bare` every syllable may also stay as typed."""
        found = [_fixed(0, 0, EDGE)]
        for start, end, fixed in typed_words(text):
            found.append(self._slot(text[start:end], start, end, fixed, keep_bare))
        return [*found, _fixed(len(text), len(text), EDGE)]

    def best_through(self, slots: Sequence[Slot]) -> list[np.ndarray]:
        """For every slot and entry, the log-probability of the best path through it (max-product forward and backward)."""
        steps = self._steps(slots)
        alone = [_bare_penalties(slot) for slot in slots]
        forward = [alone[0]]
        for step, own in zip(steps, alone[1:], strict=True):
            forward.append((forward[-1][:, None] + step).max(axis=0) + own)
        backward = [np.zeros(len(slots[-1].entries))]
        for step, own in zip(reversed(steps), reversed(alone[1:]), strict=True):
            backward.append((step + (backward[-1] + own)[None, :]).max(axis=1))
        return [before + after for before, after in zip(forward, reversed(backward), strict=True)]

    def _slot(self, word: str, start: int, end: int, fixed: bool, keep_bare: bool) -> Slot:
        if not word[0].isalpha():
            return _fixed(start, end, NUMBER if word[0].isdigit() else EDGE)
        known = self._entry.get(canonical(word), UNKNOWN)
        if fixed or has_diacritics(word):
            return _fixed(start, end, known)
        entries = self._by_fold.get(canonical(word), ())
        if not entries or (keep_bare and known not in entries):
            entries = (*entries, known)
        return Slot(start, end, entries, known if known in entries else None)

    def _steps(self, slots: Sequence[Slot]) -> list[np.ndarray]:
        """Log-probabilities of every entry after every entry of the slot before, one matrix a step, looked up all at once."""
        pairs = list(pairwise(slots))
        first = np.concatenate([np.repeat(before.entries, len(after.entries)) for before, after in pairs])
        second = np.concatenate([np.tile(after.entries, len(before.entries)) for before, after in pairs])
        scores = self._bigrams.log_probabilities(first, second)
        ends = np.cumsum([len(before.entries) * len(after.entries) for before, after in pairs])
        parts = np.split(scores, ends[:-1])
        return [part.reshape(len(before.entries), -1) for part, (before, _) in zip(parts, pairs, strict=True)]

    def _write(self, text: str, slots: Sequence[Slot], path: Sequence[int]) -> str:
        pieces, last = [], 0
        for slot, entry in zip(slots, path, strict=True):
            if entry != slot.bare:
                pieces += [text[last : slot.start], _cased(self._bigrams.lexicon[entry], text[slot.start : slot.end])]
                last = slot.end
        return "".join([*pieces, text[last:]])


def has_diacritics(text: str) -> bool:
    """Whether any letter of `text` carries a diacritic or is đ."""
    return fold(text) != canonical(text)


def read_bigrams(folder: Path) -> Bigrams:
    """The model in `folder`; StorageError where it is missing or damaged."""
    try:
        with np.load(folder / MODEL_FILE, allow_pickle=False) as stored:
            lexicon = tuple(bytes(stored["lexicon"]).decode().split("\n"))
            first = np.repeat(np.arange(len(lexicon), dtype=np.uint32), stored["followers"])
            keys = first * np.uint32(len(lexicon)) + stored["second"]
            return Bigrams(lexicon, stored["counts"], keys, _expand(stored["pair_counts"]))
    except (OSError, KeyError, ValueError) as error:
        raise StorageError(f"Không đọc được mô hình dấu {folder / MODEL_FILE}: {error}; hãy chép lại tệp gốc.") from error


def write_bigrams(folder: Path, bigrams: Bigrams) -> None:
    """Store the model compactly: followers of each entry as a run of two-byte ids, counts as one-byte logarithms."""
    size = len(bigrams.lexicon)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / MODEL_FILE,
        lexicon=np.frombuffer("\n".join(bigrams.lexicon).encode(), dtype=np.uint8),
        followers=np.bincount(bigrams.keys // size, minlength=size).astype(np.uint16),
        second=(bigrams.keys % size).astype(np.uint16),
        counts=bigrams.counts.astype(np.float32),
        pair_counts=_compress(bigrams.pair_counts),
    )


def _compress(counts: np.ndarray) -> np.ndarray:
    return np.minimum(np.rint(COUNT_STEP * np.log(np.maximum(counts, 1))), 255).astype(np.uint8)


def _expand(stored: np.ndarray) -> np.ndarray:
    return np.exp(stored.astype(np.float32) / COUNT_STEP)


def typed_words(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, fixed) of syllables, numbers and marks; document numbers and capital abbreviations are fixed."""
    shouted = not any(letter.islower() for letter in text)
    for chunk in _CHUNK.finditer(text):
        number = any(letter.isdigit() for letter in chunk[0]) or ("/" in chunk[0] and any(letter.isupper() for letter in chunk[0]))
        for match in _TOKEN.finditer(text, chunk.start(), chunk.end()):
            capitals = match[0].isupper() and (len(match[0]) == 1 or not shouted or match[0] == text.strip())
            yield match.start(), match.end(), number or capitals


def _fixed(start: int, end: int, entry: int) -> Slot:
    return Slot(start, end, (entry,), entry)


def _bare_penalties(slot: Slot) -> np.ndarray:
    """Nothing, but for a bare word outside the lexicon the cost of being just this word among all unknown ones."""
    return np.array([UNKNOWN_SPELLING if entry == UNKNOWN and not slot.settled else 0.0 for entry in slot.entries])


def _doubtless(slots: Sequence[Slot], through: Sequence[np.ndarray], chosen: Sequence[int]) -> list[int]:
    """Of the choices made, only those more likely than the syllable as typed by the margin; the bare entry elsewhere."""
    bare = [choice if slot.bare is None else slot.entries.index(slot.bare) for slot, choice in zip(slots, chosen, strict=True)]
    gains = [scores[choice] - scores[own] for scores, choice, own in zip(through, chosen, bare, strict=True)]
    margin = FURTHER_MARGIN if max(gains) >= FIRST_MARGIN else FIRST_MARGIN
    return [choice if gain >= margin else own for choice, gain, own in zip(chosen, gains, bare, strict=True)]


def _cased(word: str, typed: str) -> str:
    """`word` in the capitals of `typed`, letter by letter: they differ by diacritics only."""
    return "".join(letter.upper() if model.isupper() else letter for letter, model in zip(word, typed, strict=True))
