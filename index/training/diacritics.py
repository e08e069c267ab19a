"""`python -m index.training diacritics`: counts of syllables and of their neighbours in running text, for `Restorer`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from index.text.canonical import canonical, fold
from index.text.diacritics import EDGE, NUMBER, SPECIAL, UNKNOWN, Bigrams, has_diacritics, write_bigrams
from index.training.records import read_texts

MIN_SYLLABLE, MIN_PAIR = 20, 4  # rarer ones are mostly slips and names
RARE_READING = 0.0005  # a reading of a folded syllable rarer than this share of its commonest one is taken for a slip
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,/]\d+)*|[^\w\s]|\n")


def train_diacritics(data: Path, out: Path) -> None:
    """Count the training texts twice, first the syllables, then the pairs, and write the model to `out`."""
    lexicon = choose_lexicon(_count_forms(read_texts(data)))
    write_bigrams(out, count_bigrams(read_texts(data), lexicon))


def choose_lexicon(forms: Counter[str]) -> list[str]:
    """Syllables common enough, each in its commonest spelling (`ủy` rather than `uỷ`), after the special entries."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for form, count in forms.items():
        spellings[canonical(form)][form] += count
    totals = {syllable: counts.total() for syllable, counts in spellings.items()}
    best: dict[str, int] = defaultdict(int)
    for syllable, total in totals.items():
        best[fold(syllable)] = max(best[fold(syllable)], total)
    common = [s for s, total in totals.items() if total >= MIN_SYLLABLE and total >= RARE_READING * best[fold(s)]]
    return [*SPECIAL, *(spellings[syllable].most_common(1)[0][0] for syllable in sorted(common))]


def count_bigrams(texts: Iterable[str], lexicon: list[str], min_pair: int = MIN_PAIR) -> Bigrams:
    """Counts of entries and of the pairs seen at least `min_pair` times."""
    place = {canonical(word): entry for entry, word in enumerate(lexicon)}
    keys, pairs = _sum_pairs(texts, place, len(lexicon))
    counts = np.bincount(keys // len(lexicon), weights=pairs, minlength=len(lexicon))
    kept = pairs >= min_pair
    return Bigrams(tuple(lexicon), counts.astype(np.float32), keys[kept].astype(np.uint32), pairs[kept].astype(np.float32))


def _count_forms(texts: Iterable[str]) -> Counter[str]:
    forms: Counter[str] = Counter()
    for text in texts:
        forms.update(token.lower() for token in _words(text))
    return forms


def _words(text: str) -> Iterator[str]:
    return (token for token in _TOKEN.findall(text) if token[0].isalpha() and not _is_abbreviation(token))


def _sum_pairs(texts: Iterable[str], place: dict[str, int], size: int, batch: int = 3_000_000) -> tuple[np.ndarray, np.ndarray]:
    """(keys ascending, counts) of all neighbouring entries; a batch at a time so that memory stays bounded."""
    keys, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    entries: list[int] = []
    for text in texts:
        entries.append(EDGE)
        entries += (_entry(token, place) for token in _TOKEN.findall(text))
        if len(entries) > batch:
            keys, counts = _add_pairs(keys, counts, entries, size)
            entries = []
    return _add_pairs(keys, counts, [*entries, EDGE], size)


def _add_pairs(keys: np.ndarray, counts: np.ndarray, entries: list[int], size: int) -> tuple[np.ndarray, np.ndarray]:
    ids = np.asarray(entries, dtype=np.int64)
    new, new_counts = np.unique(ids[:-1] * size + ids[1:], return_counts=True)
    merged, inverse = np.unique(np.concatenate((keys, new)), return_inverse=True)
    return merged, np.bincount(inverse, weights=np.concatenate((counts, new_counts))).astype(np.int64)


def _entry(token: str, place: dict[str, int]) -> int:
    if token[0].isalpha():
        return UNKNOWN if _is_abbreviation(token) else place.get(canonical(token), UNKNOWN)
    return NUMBER if token[0].isdigit() else EDGE


def _is_abbreviation(token: str) -> bool:
    """Capitals without diacritics, like BTV or TU: not readings of `btv` or `tu`."""
    return 1 < len(token) <= 5 and token.isupper() and not has_diacritics(token)
