"""`python -m index.training words`: the vocabulary of the static embedding: bytes, then syllables and their pieces, then words.

A rank order is all it takes to make one byte-pair encoding work in two stages: every syllable ranks before every word,
so a text is first put together into syllables and only then into words.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from index.embedding import embedded_form
from index.text.canonical import canonical
from index.text.token_counter import load_encoding, write_ranks
from index.training.bpe import train_byte_bpe, train_symbol_bpe
from index.training.records import read_texts

NAME = "hoidap-words"
SYLLABLES, WORDS = 12_000, 38_000
TEXT_SHARE, TEXT_SEED = 0.4, 1  # which texts are read; not the seed of the vectors, so that trials of those compare
WHOLE_TEXT = r"[\s\S]+"  # one piece: words reach over spaces
SYLLABLE = " [^ ]+"
MAX_SYLLABLES = 3  # four were tried: eval/LOG.md
_CLAUSE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")


def train_words(data: Path, out: Path, seed: int = TEXT_SEED) -> None:
    """Learn the vocabulary from a seeded share of the training texts and write its ranks to `out`."""
    chance = random.Random(seed)
    sample = (text for text in read_texts(data) if chance.random() < TEXT_SHARE)
    write_words(out, learn_vocabulary(sample, SYLLABLES, WORDS))


def write_words(folder: Path, tokens: list[bytes]) -> None:
    write_ranks(folder, NAME, WHOLE_TEXT, tokens)


def read_words(folder: Path) -> list[bytes]:
    """The tokens that `write_words` wrote, in the order of their ranks; StorageError where they are missing or damaged."""
    encoding = load_encoding(folder)
    return [encoding.decode_single_token_bytes(rank) for rank in range(encoding.n_vocab)]


def learn_vocabulary(texts: Iterable[str], syllables: int, words: int) -> list[bytes]:
    """Tokens in the order of their ranks: about `syllables` bytes, pieces and syllables, then `words` words."""
    forms, clauses = _count(texts)
    small = train_byte_bpe(forms.elements(), SYLLABLE, syllables)
    whole = {token.decode().strip() for token in small if token.startswith(b" ") and _is_text(token)}
    return small + learn_words(clauses, whole, words)


def learn_words(clauses: Counter[str], syllables: set[str], words: int) -> list[bytes]:
    """Words in the order they were merged, from clauses and how often each occurs; unknown syllables part a clause in two."""
    letters = {syllable: chr(0x4E00 + place) for place, syllable in enumerate(sorted(syllables))}
    lines: Counter[str] = Counter()
    for clause, count in clauses.items():
        for run in "".join(letters.get(syllable, " ") for syllable in clause.split(" ")).split():
            if len(run) > 1:
                lines[run] += count
    syllable_of = {letter: syllable for syllable, letter in letters.items()}
    merged = train_symbol_bpe(lines, len(letters) + words, MAX_SYLLABLES)
    return ["".join(f" {syllable_of[letter]}" for letter in word).encode() for word in merged[:words]]


def _count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each syllable (with its leading space) and each clause of letters only occurs."""
    forms: Counter[str] = Counter()
    clauses: Counter[str] = Counter()
    for text in texts:
        forms.update(f" {syllable}" for syllable in embedded_form(text).split())
        clauses.update(_CLAUSE.findall(canonical(text)))
    return forms, clauses


def _is_text(token: bytes) -> bool:
    try:
        return token.decode().strip().isalpha()
    except UnicodeDecodeError:
        return False
