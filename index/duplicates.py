"""Near-identical articles: a small sketch of each body, compared without reading the bodies again.

The sketch is the SKETCH_SIZE smallest hashes of all runs of SHINGLE_TERMS terms (bottom-k, Broder 1997); the share of
common values among the smallest of the union estimates the Jaccard similarity of the two sets of runs.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.text.tokens import terms
from index.types import Article, BlockKind

SHINGLE_TERMS = 5
SKETCH_SIZE = 128
MIN_SHINGLES = 40  # a text of a few lines differs by one word and means something else
SAME_ARTICLE = 0.8  # Jaccard similarity from which two articles count as one
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_LEFT_OUT = (BlockKind.BOILERPLATE, BlockKind.BYLINE, BlockKind.CAPTION)


@dataclass(frozen=True, slots=True)
class Sketch:
    """`body_hash` is equal for bodies with the same terms; `shingles` is sorted uint64, at most SKETCH_SIZE."""

    body_hash: bytes
    shingles: np.ndarray


def sketch(article: Article) -> Sketch:
    """The sketch of the article's text without boilerplate, bylines and captions."""
    spans = [article.text[b.start : b.end] for b in article.blocks if b.kind not in _LEFT_OUT and not b.repeated]
    words = terms("\n".join(spans) if spans else article.text)
    body_hash = hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest()
    return Sketch(body_hash, _smallest_shingles(words))


def _smallest_shingles(words: list[str]) -> np.ndarray:
    if len(words) < MIN_SHINGLES + SHINGLE_TERMS - 1:
        return np.empty(0, np.uint64)
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    runs = len(words) - SHINGLE_TERMS + 1
    rolled = np.zeros(runs, np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(SHINGLE_TERMS):
            rolled = (rolled ^ hashes[offset : offset + runs]) * _MULTIPLIER
            rolled ^= rolled >> np.uint64(29)
    smallest = np.partition(rolled, SKETCH_SIZE * 2)[: SKETCH_SIZE * 2] if len(rolled) > SKETCH_SIZE * 4 else rolled
    distinct = np.unique(smallest)
    return distinct[:SKETCH_SIZE] if len(distinct) >= SKETCH_SIZE else np.unique(rolled)[:SKETCH_SIZE]


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode())


def similarity(first: Sketch, second: Sketch) -> float:
    """Estimated Jaccard similarity, 1.0 for equal bodies, 0.0 for texts too short to say."""
    if first.body_hash == second.body_hash:
        return 1.0
    if not len(first.shingles) or not len(second.shingles):
        return 0.0
    union = np.union1d(first.shingles, second.shingles)[:SKETCH_SIZE]
    common = np.isin(union, first.shingles, assume_unique=True) & np.isin(union, second.shingles, assume_unique=True)
    return float(common.mean())
