"""The words of the lexical index: canonical syllables and numbers, found the same way in articles and in queries."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.text.canonical import canonical

# A number keeps its inner point or comma ("3.390", "1,5"), a dotted date ("28.2.2018") falls into its parts:
# hence no digit group may stand directly before or after.
_TOKEN = re.compile(
    r"""
    [^\W\d_][^\W_]*
    | (?<!\d[.,]) (?: \d{1,3}(?:[.,]\d{3})+ (?:[.,]\d{1,2})? | \d+[.,]\d+ ) (?![.,]?\d) (?![^\W_])
    | \d[^\W_]*
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A canonical syllable or number and where it stands in the text."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The syllables and numbers of `text` (NFC), in order: "Đảng ủy có 3.390" → đảng, uỷ, có, 3.390."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(canonical(text))]


def find_tokens(text: str, wanted: Container[str]) -> list[Token]:
    """The tokens of `tokenize(text)` whose text is among `wanted`."""
    return [Token(word, match.start(), match.end()) for match in _TOKEN.finditer(canonical(text)) if (word := match[0]) in wanted]


def terms(text: str) -> list[str]:
    """The texts of `tokenize(text)`, without the offsets."""
    return _TOKEN.findall(canonical(text))


def terms_of_canonical(text: str) -> list[str]:
    """`terms` of a text that is canonical already."""
    return _TOKEN.findall(text)


def bigrams(terms: Sequence[str]) -> list[str]:
    """Neighbouring terms joined: `["đảng", "uỷ", "khối"]` → `["đảng_uỷ", "uỷ_khối"]`."""
    return [f"{first}_{second}" for first, second in pairwise(terms)]


def syllable_count(text: str) -> int:
    """How many tokens `text` has."""
    return len(terms(text))
