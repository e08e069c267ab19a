"""Diacritics put back into queries typed without them, or with only some: a Viterbi path over syllables.

The model knows, for every folded syllable, the written syllables it may stand for, and how often one syllable follows
another, or two others, in running text. All readings are weighed by pairs first, the best few then by triples. A syllable
that carries a diacritic is never touched; in a text that has any, a bare syllable
changes only where the context makes it far more likely than the bare one. Running text seldom asks and does not know the
names of the indexed articles: in a text without any diacritic words of asking weigh more, and so do the words of a vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.text.canonical import canonical, fold, to_nfc
from index.text.neighbours import EDGE, NUMBER, SPECIAL, UNKNOWN, Bigrams, Trigrams, Vocabulary, read_bigrams, read_trigrams
from index.text.tokens import bigrams as joined
from index.types import Span

# Half-accented text is changed only where that makes it e^FIRST_MARGIN times as likely (calibrated on fully accented news);
# one such place shows that its writer leaves diacritics out, and FURTHER_MARGIN is enough for the others.
FIRST_MARGIN, FURTHER_MARGIN = 10.0, 2.0
UNKNOWN_SPELLING = -9.0  # ln of the share of one particular word among all the unknown ones, about
KEPT = 4  # readings of a syllable that are weighed with two neighbours before them, after all were weighed with one
# In a text without diacritics, which is typed to ask something: ln-weights of words of asking, and of a word no article has.
ASKING = {"nhiêu": 6.0, "mấy": 5.0, "nào": 2.0, "gì": 2.0, "ai": 2.0, "ở": 2.0, "đâu": 2.0}
ABSENT = -3.0
PHRASE = 6.0  # ln-weight of the words of these phrases, where a text has the letters of one; {n} stands for a number
PHRASES = (
    "bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|thế nào|tại sao|vì sao|thì sao|ra sao|ở đâu|do đâu|là gì|là ai|tên gì|nói gì|ghi gì|cái gì"
    "|nêu là|nêu ra|nói về|nói tới|có nói|bị nêu|đó do|thế còn|tối đa|tối thiểu|tối nay|hôm nay|số mấy|tháng mấy|ngày mấy|mấy giờ|mấy năm"
    "|cấp nào|cơ quan nào|đợt nào|là số nào|mang số|thế bao nhiêu|thế thì|thế ai"
    "|mấy tháng|mấy ngày|mấy điều|mấy lần|gồm mấy|có mấy|những gì|những ai|thứ nhất|thứ hai|thứ ba|thứ tư|tháng {n}|ngày {n}|năm {n}"
    "|dùng để|dùng được|được dùng|dùng từ|hồi cuối|hồi đầu|hồi tháng|hằng tháng|hằng năm|quy định cũ|có còn|còn được|còn hiệu lực"
    "|chào bạn|thế chỗ|ai viết|ai ký|do ai|ký quy định|ký hướng dẫn|ký quyết định|ký nghị quyết|ký chỉ thị|so sánh số|sơ kết"
    "|mục thứ nhất|mục thứ hai|mục thứ ba|mục thứ tư|muốn mượn|muốn xem|nhắc giúp|lỡ làm|lỡ đánh|lỡ để|lỡ quên|lỡ khai|lỡ ghi|lỡ viết"
    "|thế đăng ký|thẻ đảng|tới tận|những chức danh|những chức vụ|những trường hợp|những giấy tờ|những tiêu chuẩn|những điều kiện"
    "|những nội dung|những nhiệm vụ|những thủ tục|mấy đợt|tặng đợt|trao đợt"
    "|bao nhiêu nơi|mấy nơi|mấy phần|mấy bận|mấy mục|mấy đảng viên|chừng ấy|sang chỗ mới|ở chỗ mới|học vấn"
    "|giải thể|giải tán|nghỉ đẻ"
)
CORPUS_SHARE = 0.6  # how much the articles say of what follows a word, where they have both; the general model says the rest
FEW_CHUNKS = 3.0  # a word in so few chunks says half as much of what follows it
SEEN_TOGETHER = 30  # times that two words must stand beside each other in running text to be a word of two syllables
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_BEGINS_WITH_O = re.compile(r"(?:^|(?<=[.?!] ))O (?=[A-Za-z][a-z])")  # "O dau …" is "Ở đâu …", no abbreviation
_CHUNK = re.compile(r"\S+")
_NUMERAL = re.compile(r"\d+")
_BY_LETTERS = {fold(phrase): canonical(phrase) for phrase in PHRASES.split("|")}
_PHRASES = re.compile(rf"\b(?:{'|'.join(sorted(_BY_LETTERS, key=len, reverse=True))})(?!\w)".replace("{n}", r"\d+"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the text and the lexicon entries that may stand there; `bare` leaves it as typed, None if that is no choice.

    `weights` say what speaks for or against each entry (ln) before its neighbours are looked at; none is nothing.
    """

    start: int
    end: int
    entries: tuple[int, ...]
    bare: int | None
    weights: tuple[float, ...] = ()

    @property
    def settled(self) -> bool:
        return self.entries == (self.bare,)


class Restorer:
    """Puts diacritics back; made of counts only, so one serves any number of threads."""

    def __init__(self, bigrams: Bigrams, trigrams: Trigrams | None = None) -> None:
        self._bigrams = bigrams
        self._trigrams = trigrams
        self._words = tuple(canonical(word) for word in bigrams.lexicon)
        self._entry = {word: place for place, word in enumerate(self._words)}
        self._by_fold: dict[str, tuple[int, ...]] = {}
        for place, word in enumerate(bigrams.lexicon[len(SPECIAL) :], start=len(SPECIAL)):
            folded = fold(word)
            self._by_fold[folded] = (*self._by_fold.get(folded, ()), place)

    @classmethod
    def load(cls, folder: Path) -> Restorer:
        bigrams = read_bigrams(folder)
        return cls(bigrams, read_trigrams(folder, bigrams))

    def restore(self, text: str, vocabulary: Vocabulary | None = None) -> str:
        """`text` with diacritics where they lack: `"ban thuong vu"` → `"ban thường vụ"`; fully accented text comes back as it is.

        The words of a `vocabulary`, and which follow which there, decide too where the text has no diacritic at all.
        """
        text = to_nfc(text)
        accented = has_diacritics(text)
        slots = self.slots(text, keep_bare=accented)
        if all(slot.settled for slot in slots):
            return text if accented or vocabulary is None else _barred(text, text, vocabulary)
        if not accented:
            meant = dict(_phrase_words(text))
            slots = [self._weighed(slot, vocabulary, meant.get(slot.start)) for slot in slots]
        through = self.best_through(slots)
        if self._trigrams is not None:
            slots = _narrowed(slots, through)
            through = self.best_by_triples(slots, self._trigrams, None if accented else vocabulary)
        chosen = [int(np.argmax(scores)) for scores in through]
        if accented:
            chosen = _doubtless(slots, through, chosen)
        restored = self._write(text, slots, [slot.entries[choice] for slot, choice in zip(slots, chosen, strict=True)])
        return restored if accented or vocabulary is None else _barred(text, restored, vocabulary)

    def __contains__(self, word: str) -> bool:
        """Whether this canonical word is in the lexicon."""
        return word in self._entry

    def binding(self, first: str, second: str) -> float:
        """ln P(second | first) / P(second) of two canonical words; 0 where they were hardly ever seen beside each other."""
        if first not in self._entry or second not in self._entry:
            return 0.0
        one, other = (np.array([self._entry[word]]) for word in (first, second))
        place, known = self._bigrams.places(one, other)
        if not known[0] or self._bigrams.pair_counts[place][0] < SEEN_TOGETHER:
            return 0.0
        return float((self._bigrams.log_probabilities(one, other) - np.log(self._bigrams.share[other]))[0])

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
        alone = [_alone(slot) for slot in slots]
        forward = [alone[0]]
        for step, own in zip(steps, alone[1:], strict=True):
            forward.append((forward[-1][:, None] + step).max(axis=0) + own)
        backward = [np.zeros(len(slots[-1].entries))]
        for step, own in zip(reversed(steps), reversed(alone[1:]), strict=True):
            backward.append((step + (backward[-1] + own)[None, :]).max(axis=1))
        return [before + after for before, after in zip(forward, reversed(backward), strict=True)]

    def best_by_triples(self, slots: Sequence[Slot], trigrams: Trigrams, vocabulary: Vocabulary | None = None) -> list[np.ndarray]:
        """As `best_through`, each entry weighed after the two before it; a state of the path is a pair of neighbours."""
        entries, alone = _padded(slots)
        states = entries.astype(np.uint32)
        before, at, after = states[:-2, :, None, None], states[1:-1, None, :, None], states[2:, None, None, :]
        steps = trigrams.log_probabilities(before, at, after)
        if vocabulary is not None:
            shares = self._followers(slots, entries.shape[1], vocabulary)[2:, None, :, :]
            steps = np.log((1 - CORPUS_SHARE) * np.exp(steps) + CORPUS_SHARE * shares)
        steps = steps + alone[2:, None, None, :]
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

    def _weighed(self, slot: Slot, vocabulary: Vocabulary | None, meant: str | None) -> Slot:
        """`slot` with what being `meant` by a phrase, a word of asking, or a word that no article has says of its entries."""
        if slot.settled:
            return slot
        words = [self._words[entry] for entry in slot.entries]
        return replace(slot, weights=tuple(PHRASE if word == meant else _weight(word, vocabulary) for word in words))

    def _followers(self, slots: Sequence[Slot], width: int, vocabulary: Vocabulary) -> np.ndarray:
        """(slots, width, width): in what share of the chunks with an entry of the slot before an entry of this slot follows it."""
        shares = np.zeros((len(slots), width, width))
        for row, (before, after) in enumerate(pairwise(slots), start=1):
            if before.settled and after.settled:
                continue
            for place, first in enumerate(self._words[entry] for entry in before.entries):
                chunks = vocabulary.frequency("syllables", first) + FEW_CHUNKS
                for at, second in enumerate(self._words[entry] for entry in after.entries):
                    shares[row, place, at] = vocabulary.frequency("bigrams", *joined((first, second))) / chunks
        return shares

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
            capitals = capitals and not _BEGINS_WITH_O.match(text, match.start())
            yield match.start(), match.end(), number or capitals


def _phrase_words(text: str) -> Iterator[tuple[int, str]]:
    """(start, canonical word) of the words of PHRASES in a text without diacritics: "la ai" → (0, "là"), (3, "ai")."""
    for found in _PHRASES.finditer(canonical(text)):
        for word, place in zip(_BY_LETTERS[_NUMERAL.sub("{n}", found[0])].split(), _CHUNK.finditer(found[0]), strict=True):
            yield found.start() + place.start(), word


def _barred(typed: str, restored: str, vocabulary: Vocabulary) -> str:
    """`restored` with the bars that short forms have in the articles: `TCCSD`, which none has, → `TCCSĐ`."""
    for start, end, _ in typed_words(typed):
        word = canonical(typed[start:end])
        if "d" in word and word == canonical(restored[start:end]) and not vocabulary.frequency("syllables", word):
            barred = max(_with_bars(word), key=lambda form: vocabulary.frequency("syllables", form))
            if vocabulary.frequency("syllables", barred):
                restored = restored[:start] + _cased(barred, typed[start:end]) + restored[end:]
    return restored


def _with_bars(word: str) -> list[str]:
    """The forms of `word` with one d or all barred: "dbqh" → "đbqh"."""
    ones = [f"{word[:at]}đ{word[at + 1 :]}" for at, letter in enumerate(word) if letter == "d"]
    return [*ones, word.replace("d", "đ")]


def _narrowed(slots: Sequence[Slot], through: Sequence[np.ndarray]) -> list[Slot]:
    """The KEPT likeliest entries of each slot, and the bare one."""
    narrowed = []
    for slot, scores in zip(slots, through, strict=True):
        if len(slot.entries) > KEPT:
            best = np.argsort(-scores, kind="stable")[:KEPT].tolist()
            if slot.bare is not None and (bare := slot.entries.index(slot.bare)) not in best:
                best.append(bare)
            weights = tuple(slot.weights[place] for place in best) if slot.weights else ()
            slot = Slot(slot.start, slot.end, tuple(slot.entries[place] for place in best), slot.bare, weights)
        narrowed.append(slot)
    return narrowed


def _padded(slots: Sequence[Slot]) -> tuple[np.ndarray, np.ndarray]:
    """Entries as a table (slots, most entries), and what each costs by itself: a place that is only padding is impossible."""
    width = max(len(slot.entries) for slot in slots)
    entries = np.zeros((len(slots), width), np.int64)
    alone = np.full((len(slots), width), -np.inf)
    for row, slot in enumerate(slots):
        entries[row, : len(slot.entries)] = slot.entries
        alone[row, : len(slot.entries)] = _alone(slot)
    return entries, alone


def _fixed(start: int, end: int, entry: int) -> Slot:
    return Slot(start, end, (entry,), entry)


def _alone(slot: Slot) -> np.ndarray:
    """The weights of the entries; for a bare word outside the lexicon also the cost of being just this word among all unknown ones."""
    penalties = np.array([UNKNOWN_SPELLING if entry == UNKNOWN and not slot.settled else 0.0 for entry in slot.entries])
    return penalties + np.array(slot.weights) if slot.weights else penalties


def _weight(word: str, vocabulary: Vocabulary | None) -> float:
    """What speaks for or against a canonical word of the lexicon in a text without diacritics."""
    if word in ASKING:
        return ASKING[word]
    if vocabulary is None or word in SPECIAL or vocabulary.frequency("syllables", word):
        return 0.0
    return ABSENT


def _doubtless(slots: Sequence[Slot], through: Sequence[np.ndarray], chosen: Sequence[int]) -> list[int]:
    """Of the choices made, only those more likely than the syllable as typed by the margin; the bare entry elsewhere."""
    bare = [choice if slot.bare is None else slot.entries.index(slot.bare) for slot, choice in zip(slots, chosen, strict=True)]
    gains = [scores[choice] - scores[own] for scores, choice, own in zip(through, chosen, bare, strict=True)]
    margin = FURTHER_MARGIN if max(gains) >= FIRST_MARGIN else FIRST_MARGIN
    return [choice if gain >= margin else own for choice, gain, own in zip(chosen, gains, bare, strict=True)]


def _cased(word: str, typed: str) -> str:
    """`word` in the capitals of `typed`, letter by letter: they differ by diacritics only."""
    return "".join(letter.upper() if model.isupper() else letter for letter, model in zip(word, typed, strict=True))
