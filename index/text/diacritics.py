"""Diacritics put back into queries typed without them, or with only some: a Viterbi path over syllables.

The model knows, for every folded syllable, the written syllables it may stand for, and how often one syllable follows
another, or two others, in running text. All readings are weighed by pairs first, the best few then by triples. A syllable
that carries a diacritic is never touched; in a text that has any, a bare syllable
changes only where the context makes it far more likely than the bare one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.text.canonical import canonical, fold, to_nfc
from index.text.neighbours import EDGE, NUMBER, SPECIAL, UNKNOWN, Bigrams, Trigrams, read_bigrams, read_trigrams
from index.types import Span

# Half-accented text is changed only where that makes it e^FIRST_MARGIN times as likely (calibrated on fully accented news);
# one such place shows that its writer leaves diacritics out, and FURTHER_MARGIN is enough for the others.
FIRST_MARGIN, FURTHER_MARGIN = 10.0, 2.0
UNKNOWN_SPELLING = -9.0  # ln of the share of one particular word among all the unknown ones, about
KEPT = 4  # readings of a syllable that are weighed with two neighbours before them, after all were weighed with one
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_CHUNK = re.compile(r"\S+")


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

    def __init__(self, bigrams: Bigrams, trigrams: Trigrams | None = None) -> None:
        self._bigrams = bigrams
        self._trigrams = trigrams
        self._entry = {canonical(word): place for place, word in enumerate(bigrams.lexicon)}
        self._by_fold: dict[str, tuple[int, ...]] = {}
        for place, word in enumerate(bigrams.lexicon[len(SPECIAL) :], start=len(SPECIAL)):
            folded = fold(word)
            self._by_fold[folded] = (*self._by_fold.get(folded, ()), place)

    @classmethod
    def load(cls, folder: Path) -> Restorer:
        bigrams = read_bigrams(folder)
        return cls(bigrams, read_trigrams(folder, bigrams))

    def restore(self, text: str) -> str:
        """`text` with diacritics where they lack: `"ban thuong vu"` → `"ban thường vụ"`; fully accented text comes back as it is."""
        text = to_nfc(text)
        accented = has_diacritics(text)
        slots = self.slots(text, keep_bare=accented)
        if all(slot.settled for slot in slots):
            return text
        through = self.best_through(slots)
        if self._trigrams is not None:
            slots = _narrowed(slots, through)
            through = self.best_by_triples(slots, self._trigrams)
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

    def best_by_triples(self, slots: Sequence[Slot], trigrams: Trigrams) -> list[np.ndarray]:
        """As `best_through`, each entry weighed after the two before it; a state of the path is a pair of neighbours."""
        entries, alone = _padded(slots)
        states = entries.astype(np.uint32)
        before, at, after = states[:-2, :, None, None], states[1:-1, None, :, None], states[2:, None, None, :]
        steps = trigrams.log_probabilities(before, at, after) + alone[2:, None, None, :]
        start = self._bigrams.log_probabilities(entries[0, :1], entries[1]) + alone[1]
        forward = [np.broadcast_to(start, (entries.shape[1],) * 2) + alone[0][:, None]]
        for step in steps:
            forward.append((forward[-1][:, :, None] + step).max(axis=0))
        backward = [np.zeros_like(forward[-1])]
        for step in steps[::-1]:
            backward.append((step + backward[-1]).max(axis=2))
        pairs = [ahead + behind for ahead, behind in zip(forward, reversed(backward), strict=True)]
        best = [pairs[0].max(axis=1), *(pair.max(axis=0) for pair in pairs)]
        return [scores[: len(slot.entries)] for scores, slot in zip(best, slots, strict=True)]

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


def typed_words(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, fixed) of syllables, numbers and marks; document numbers and capital abbreviations are fixed."""
    shouted = not any(letter.islower() for letter in text)
    for chunk in _CHUNK.finditer(text):
        number = any(letter.isdigit() for letter in chunk[0]) or ("/" in chunk[0] and any(letter.isupper() for letter in chunk[0]))
        for match in _TOKEN.finditer(text, chunk.start(), chunk.end()):
            capitals = match[0].isupper() and (len(match[0]) == 1 or not shouted or match[0] == text.strip())
            yield match.start(), match.end(), number or capitals


def _narrowed(slots: Sequence[Slot], through: Sequence[np.ndarray]) -> list[Slot]:
    """The KEPT likeliest entries of each slot, and the bare one."""
    narrowed = []
    for slot, scores in zip(slots, through, strict=True):
        if len(slot.entries) > KEPT:
            best = [slot.entries[place] for place in np.argsort(-scores, kind="stable")[:KEPT]]
            if slot.bare is not None and slot.bare not in best:
                best.append(slot.bare)
            slot = Slot(slot.start, slot.end, tuple(best), slot.bare)
        narrowed.append(slot)
    return narrowed


def _padded(slots: Sequence[Slot]) -> tuple[np.ndarray, np.ndarray]:
    """Entries as a table (slots, most entries), and what each costs by itself: a place that is only padding is impossible."""
    width = max(len(slot.entries) for slot in slots)
    entries = np.zeros((len(slots), width), np.int64)
    alone = np.full((len(slots), width), -np.inf)
    for row, slot in enumerate(slots):
        entries[row, : len(slot.entries)] = slot.entries
        alone[row, : len(slot.entries)] = _bare_penalties(slot)
    return entries, alone


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
