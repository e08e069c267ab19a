"""One-letter slips in queries, mended against the words that the corpus and the shipped lexicon know.

A known word is never touched. Candidates for an unknown one stand one letter away (one more, one less, another one, two
exchanged) or differ by marks alone (`kêt`, and what a Telex keyboard leaves: `hoij`); the neighbours in the text decide
between them, and where they leave a doubt nothing is changed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple, Protocol

from index.text.canonical import canonical, fold
from index.text.diacritics import has_diacritics, typed_words
from index.text.neighbours import Vocabulary
from index.types import Span

MIN_LETTERS, MAX_LETTERS = 3, 20  # a shorter word has too many neighbours, a longer one is none
MIN_SHORT_FORM = 4  # letters of a short form in capitals that is mended
MIN_CHUNKS = 2  # a corpus word is put in the place of another only if it stands in so many chunks
SHARE_CHANGED = 3  # at most every third word of a query is mended, but always one
MAX_UNKNOWN = 8  # with more unknown words the text is in another language, or pasted from somewhere
NEIGHBOURHOOD = 60  # characters on either side that decide between candidates
MARGIN = 1.0  # how much likelier (ln) the best candidate must be than the second
OTHER_SLIP = -3.0  # ln of a wrong, missing or extra letter against two letters exchanged, one doubled, or marks left out
ABSENT = -4.0  # ln of a candidate that stands nowhere in the corpus: nothing can be found by it
_VOWELS = frozenset("aeiouy")
_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_TELEX = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ", "aw": "ă", "ow": "ơ", "uw": "ư"}
_TELEX_LETTERS = re.compile("|".join(_TELEX))
_TONE_MARKS = frozenset(_TONES.values())


class Lexicon(Protocol):
    """Words known without any corpus, and how well a word fits between its neighbours."""

    def __contains__(self, word: str) -> bool: ...

    def readings(self, folded: str) -> Sequence[str]:
        """The canonical words of which this is the folded form."""
        ...

    def fits(self, text: str, place: Span, words: Sequence[str]) -> Sequence[float]:
        """For each of `words` the ln-probability of `text` with it at `place`."""
        ...


class Correction(NamedTuple):
    """The word at `place` of a text, and the canonical word meant."""

    place: Span
    word: str


def correct(text: str, vocabulary: Vocabulary, lexicon: Lexicon | None, kept: Sequence[Span] = ()) -> tuple[str, list[Span]]:
    """`text` (NFC) with its slips mended, in the capitals typed, and the places of the mended words in the result.

    Words that touch a span of `kept` (quoted phrases, abbreviations) stay, and all do where too many would change.
    Example: `"hội nghhị"` → `("hội nghị", [(4, 8)])`.
    """
    pieces, places, last, length = [], [], 0, 0
    for (start, end), word in find_slips(text, vocabulary, lexicon, kept):
        mended = _cased(word, text[start:end])
        length += start - last
        pieces += [text[last:start], mended]
        places.append(Span(length, length + len(mended)))
        length += len(mended)
        last = end
    return "".join([*pieces, text[last:]]), places


def find_slips(text: str, vocabulary: Vocabulary, lexicon: Lexicon | None, kept: Sequence[Span] = ()) -> list[Correction]:
    """The corrections of unknown words that are beyond doubt, none where they are too many."""
    judge = _Judge(vocabulary, lexicon)
    words = [(Span(start, end), fixed) for start, end, fixed in typed_words(text) if text[start].isalpha()]
    unknown = [place for place, fixed in words if not (fixed or _joined(text, place)) and judge.is_unknown(text, place)]
    capitals = [place for place, fixed in words if fixed and _is_short_form(text[place.start : place.end])]
    unknown, capitals = (
        [place for place in places if not any(place.start < span.end and span.start < place.end for span in kept)]
        for places in (unknown, capitals)
    )
    if len(unknown) > MAX_UNKNOWN:
        return []
    found = [Correction(place, word) for place in unknown if (word := judge.best(text, place))]
    found += [Correction(place, word) for place in capitals if (word := judge.short_form(text[place.start : place.end]))]
    found.sort(key=lambda correction: correction.place.start)
    return found if len(found) <= max(1, len(words) // SHARE_CHANGED) else []


def _is_short_form(word: str) -> bool:
    """Capitals long enough that two of them exchanged give no other short form: `TCCSĐ`, `BTCTW`."""
    return len(word) >= MIN_SHORT_FORM and word.isalpha() and word.isupper()


def _joined(text: str, place: Span) -> bool:
    """Whether the word is part of a longer sign: `hdnd.vn`, `a_b`, `abc1`."""
    beside = text[max(place.start - 1, 0) : place.start] + text[place.end : place.end + 1]
    inside_dot = text[place.end : place.end + 1] in {".", "@"} and text[place.end + 1 : place.end + 2].isalnum()
    return inside_dot or any(sign in "_@/" or sign.isdigit() for sign in beside)


class _Judge:
    """Which word an unknown one stands for."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon | None) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon

    def is_unknown(self, text: str, place: Span) -> bool:
        """Whether there is a word at `place` that may be a slip: one that could be a syllable and is not known."""
        typed = canonical(text[place.start : place.end])
        if not (MIN_LETTERS <= len(typed) <= MAX_LETTERS and typed.isalpha() and _VOWELS & set(fold(typed))):
            return False
        if not has_diacritics(typed):  # known by any word it may be short for: those are the restorer's
            return not self._readings(typed) and not self._vocabulary.frequency("folded", typed)
        return not self._vocabulary.frequency("syllables", typed) and (self._lexicon is None or typed not in self._lexicon)

    def best(self, text: str, place: Span) -> str | None:
        """The word meant by the unknown one at `place`, None where no candidate is clearly the best."""
        typed = canonical(text[place.start : place.end])
        scores = sorted(((score, word) for word, score in self._scored(text, place, self._candidates(typed)).items()), reverse=True)
        if not scores:
            return None
        best, word = scores[0]
        # Of a word typed without marks only the letters are settled here: which marks they get, the restorer decides.
        rivals = [score for score, other in scores[1:] if has_diacritics(typed) or fold(other) != fold(word)]
        return word if not rivals or best - rivals[0] >= MARGIN else None

    def short_form(self, typed: str) -> str | None:
        """The short form of the articles that `typed`, which they do not have, is with two letters exchanged or one doubled."""
        field = "syllables" if has_diacritics(typed) else "folded"
        word = canonical(typed)
        if self._vocabulary.frequency(field, word):
            return None
        meant = {form for form, cost in _edits(word, "") if cost == 0.0 and self._vocabulary.frequency(field, form)}
        return meant.pop() if len(meant) == 1 else None

    def _readings(self, folded: str) -> Sequence[str]:
        return self._lexicon.readings(folded) if self._lexicon is not None else ()

    def _candidates(self, typed: str) -> dict[str, tuple[float, Sequence[str]]]:
        """Candidate → (ln of the slip, the words it may stand for): itself, or all readings of a form without marks."""
        found: dict[str, tuple[float, Sequence[str]]] = {}
        bare = not has_diacritics(typed)
        for word, cost in _edits(typed, _letters(bare=bare)):
            if word in found and found[word][0] >= cost:
                continue
            if meant := self._meant(word, bare):
                found[word] = (cost, meant)
        for shape in _shapes(typed):
            found.update((word, (0.0, [word])) for word in self._readings(shape.letters) if shape.may_be(_shape(word)))
        return found

    def _meant(self, word: str, bare: bool) -> Sequence[str]:
        """What a candidate may stand for, nothing where it is no word."""
        if bare and (readings := self._readings(word)):
            return readings
        known = not bare and self._lexicon is not None and word in self._lexicon
        return [word] if known or self._vocabulary.frequency("folded" if bare else "syllables", word) >= MIN_CHUNKS else ()

    def _scored(self, text: str, place: Span, candidates: Mapping[str, tuple[float, Sequence[str]]]) -> dict[str, float]:
        """Candidate → the ln-probability of its best reading."""
        readings = list(dict.fromkeys(word for _, words in candidates.values() for word in words))
        if not readings:
            return {}
        fits = dict(zip(readings, self._fits(text, place, readings), strict=True))
        return {name: cost + max(fits[word] for word in words) for name, (cost, words) in candidates.items()}

    def _fits(self, text: str, place: Span, words: Sequence[str]) -> list[float]:
        held = [self._vocabulary.frequency("syllables", word) for word in words]
        if self._lexicon is None:
            return [math.log(chunks + 0.1) for chunks in held]
        absent = [0.0 if chunks else ABSENT for chunks in held]
        near = _neighbourhood(text, place)
        moved = Span(place.start - near.start, place.end - near.start)
        return [fit + own for fit, own in zip(self._lexicon.fits(text[near.start : near.end], moved, words), absent, strict=True)]


def _neighbourhood(text: str, place: Span) -> Span:
    """Whole words round `place`: what stands farther off cannot decide, and costs time."""
    start = text.rfind(" ", 0, max(place.start - NEIGHBOURHOOD, 0)) + 1
    end = text.find(" ", place.end + NEIGHBOURHOOD)
    return Span(start, len(text) if end < 0 else end)


def _edits(word: str, letters: str) -> Iterator[tuple[str, float]]:
    """Every text at Damerau-Levenshtein distance 1 from `word`, some more than once, each with the ln of its slip."""
    for at in range(len(word)):
        before, here, after = word[:at], word[at], word[at + 1 :]
        doubled = before.endswith(here)
        yield before + after, 0.0 if doubled else OTHER_SLIP
        if after and after[0] != here:
            yield before + after[0] + here + after[1:], 0.0
        yield from ((before + letter + after, OTHER_SLIP) for letter in letters if letter != here)
        yield from ((before + letter + here + after, OTHER_SLIP) for letter in letters)
    yield from ((word + letter, OTHER_SLIP) for letter in letters)


@cache
def _letters(*, bare: bool) -> str:
    """The letters a word may be made of; only those without marks if `bare`."""
    marked = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *_TONES.values())}
    return "".join(sorted({*ascii_lowercase} if bare else {*ascii_lowercase, *marked, "đ"}))


class _Shape(NamedTuple):
    """A word taken apart: letters without marks, the hats and bars letter by letter, the tones wherever they stand."""

    letters: str
    hats: tuple[str, ...]
    tones: frozenset[str]

    def may_be(self, other: _Shape) -> bool:
        """Whether `other` is this word with the marks it lacks."""
        hats = all(not mine or mine == theirs for mine, theirs in zip(self.hats, other.hats, strict=True))
        return self.letters == other.letters and hats and self.tones <= other.tones


def _shape(word: str) -> _Shape:
    hats: list[str] = []
    tones: set[str] = set()
    for letter in word:
        marks = unicodedata.normalize("NFD", letter)[1:]
        hats.append("-" if letter == "đ" else "".join(mark for mark in marks if mark not in _TONE_MARKS))
        tones |= _TONE_MARKS & set(marks)
    return _Shape(fold(word), tuple(hats), frozenset(tones))


def _shapes(typed: str) -> Iterator[_Shape]:
    """What the marks of `typed` say, as it stands and as left over by a Telex keyboard (`hoij`, `ddang`, `thuwongf`)."""
    if has_diacritics(typed):
        yield _shape(typed)
    letters = _TELEX_LETTERS.sub(lambda match: _TELEX[match[0]], typed)
    tone = _TONES.get(letters[-1]) if len(letters) > 1 else None
    for stem, tones in ((letters[:-1], frozenset({tone}) if tone else None), (letters, frozenset())):
        if tones is not None and (tones or stem != typed):
            shape = _shape(stem)
            yield shape._replace(tones=shape.tones | tones)


def _cased(word: str, typed: str) -> str:
    if typed.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
