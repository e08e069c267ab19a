"""The shipped static model as answers are judged with it, whatever model searches: weights were learned with this one."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from index.embedding import StaticEmbedder, load_embedder
from index.settings import Settings

REMEMBERED = 20_000  # texts whose tokens are kept, some 400 bytes each: frequent questions meet the same sentences


@cache
def shipped_model() -> StaticEmbedder:
    embedder = load_embedder(Settings())
    assert isinstance(embedder, StaticEmbedder)
    return embedder


@lru_cache(maxsize=REMEMBERED)
def tokens_of(text: str) -> np.ndarray:
    """int32 (n,), the distinct token ids of a text, in rising order; one text at a time, because for many the embedding starts threads,
    which costs more here."""
    return np.unique(np.array(shipped_model().token_ids([text])[0], np.int32))
