"""`python -m index.training diacritics`: counts of syllables and of their neighbours in running text, for `Restorer`."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.text.canonical import canonical, fold
from index.text.diacritics import has_diacritics
from index.text.neighbours import EDGE, NUMBER, SPECIAL, UNKNOWN, Bigrams, write_bigrams, write_trigrams
from index.training.records import read_texts
from index.training.triples import count_trigrams

MIN_SYLLABLE, MIN_PAIR = 20, 1  # rarer ones are mostly slips and names
RARE_READING = 0.0005  # a reading of a folded syllable rarer than this share of its commonest one is taken for a slip
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,/]\d+)*|[^\w\s]|\n")
_BATCH = 10_000_000  # tokens whose pairs are counted at once: bounds the memory


def train_diacritics(data: Path, out: Path) -> None:
    """Read the training texts once, count syllables, pairs and triples, and write the model to `out`."""
    forms, ids = read_tokens(read_texts(data))
    counts = Counter(dict(zip(forms, np.bincount(ids, minlength=len(forms)).tolist(), strict=True)))
    bigrams = count_bigrams(forms, ids, choose_lexicon(counts))
    write_bigrams(out, bigrams)
    write_trigrams(out, count_trigrams(as_entries(forms, ids, bigrams.lexicon), bigrams))


class _Numbering(dict[str, int]):
    """Gives every new token the next number."""

    def __missing__(self, token: str) -> int:
        self[token] = len(self)
        return self[token]


def read_tokens(texts: Iterable[str]) -> tuple[list[str], np.ndarray]:
    """The distinct tokens and the int32 sequence of their numbers; a line end, which is a token, closes every text."""
    numbering = _Numbering()
    ids = array("i")
    for text in texts:
        ids.extend(map(numbering.__getitem__, _TOKEN.findall(f"\n{text}\n")))
    return list(numbering), np.frombuffer(ids, dtype=np.int32)


def choose_lexicon(counts: Counter[str]) -> list[str]:
    """Syllables common enough, each in its commonest spelling (`ủy` rather than `uỷ`), after the special entries."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for token, count in counts.items():
        if token[0].isalpha() and not _is_abbreviation(token):
            spellings[canonical(token)][token.lower()] += count
    totals = {syllable: found.total() for syllable, found in spellings.items()}
    best: dict[str, int] = defaultdict(int)
    for syllable, total in totals.items():
        best[fold(syllable)] = max(best[fold(syllable)], total)
    common = [s for s, total in totals.items() if total >= MIN_SYLLABLE and total >= RARE_READING * best[fold(s)]]
    return [*SPECIAL, *(spellings[syllable].most_common(1)[0][0] for syllable in sorted(common))]


def count_bigrams(forms: Sequence[str], ids: np.ndarray, lexicon: Sequence[str], min_pair: int = MIN_PAIR) -> Bigrams:
    """Counts of lexicon entries, and of the pairs seen at least `min_pair` times."""
    size = len(lexicon)
    entries = as_entries(forms, ids, lexicon)
    keys, pairs = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for first in range(0, len(entries) - 1, _BATCH):
        some = entries[first : first + _BATCH + 1].astype(np.int64)
        new, new_pairs = np.unique(some[:-1] * size + some[1:], return_counts=True)
        keys, inverse = np.unique(np.concatenate((keys, new)), return_inverse=True)
        pairs = np.bincount(inverse, weights=np.concatenate((pairs, new_pairs))).astype(np.int64)
    kept = pairs >= min_pair
    counts = np.bincount(entries, minlength=size).astype(np.float32)
    return Bigrams(tuple(lexicon), counts, keys[kept].astype(np.uint32), pairs[kept].astype(np.float32))


def as_entries(forms: Sequence[str], ids: np.ndarray, lexicon: Sequence[str]) -> np.ndarray:
    """The sequence of tokens as uint16 places in the lexicon."""
    place = {canonical(word): entry for entry, word in enumerate(lexicon)}
    return np.array([_entry(token, place) for token in forms], dtype=np.uint16)[ids]


def _entry(token: str, place: dict[str, int]) -> int:
    if token[0].isalpha():
        return UNKNOWN if _is_abbreviation(token) else place.get(canonical(token), UNKNOWN)
    return NUMBER if token[0].isdigit() else EDGE


def _is_abbreviation(token: str) -> bool:
    """Capitals without diacritics, like BTV or TU: not readings of `btv` or `tu`."""
    return 1 < len(token) <= 5 and token.isupper() and not has_diacritics(token)
