"""How many texts a second are embedded, beside other programs that serve the very same model: sentence-transformers, model2vec."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from itertools import chain, cycle, islice

import numpy as np

from index.embedding import SHIPPED, StaticEmbedder, load_embedder
from index.settings import Settings
from index.types import Article

WORDS = 120  # of a text, about as many as a chunk has
TEXTS = 2_000
ROUNDS = 3
ABSENT = "not installed"


def texts_of(articles: Iterable[Article], count: int = TEXTS) -> list[str]:
    """`count` texts of WORDS words from the articles one after the other, which come again where they are too few."""
    words = list(islice(chain.from_iterable(article.text.split() for article in articles), count * WORDS))
    endless = cycle(words)
    return [" ".join(islice(endless, WORDS)) for _ in range(count)] if words else []


def embedding_rates(texts: Sequence[str], settings: Settings) -> dict[str, float | str]:
    """Program → texts a second (best of ROUNDS), or that it is not installed."""
    rates: dict[str, float | str] = {"this product": _rate(StaticEmbedder().embed_passages, texts)}
    rates["sentence-transformers"] = ABSENT
    if find_spec("sentence_transformers"):
        rates["sentence-transformers"] = _rate(load_embedder(replace(settings, embedding_model=str(SHIPPED))).embed_passages, texts)
    rates["model2vec"] = _rate(_model2vec(), texts) if find_spec("model2vec") else ABSENT
    return rates


def _model2vec() -> Callable[[Sequence[str]], object]:
    from model2vec import StaticModel
    from tokenizers import Tokenizer

    # Put together from its parts: model2vec takes the folder for one of sentence-transformers, whose weights have no scales.
    own = StaticEmbedder()
    model = StaticModel(
        own.token_rows(np.arange(len(own.token_lengths))), Tokenizer.from_file(str(SHIPPED / "tokenizer.json")), normalize=True
    )
    return lambda texts: model.encode(list(texts), max_length=None)


def _rate(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    embed(texts[:64])
    best = 0.0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        embed(texts)
        best = max(best, len(texts) / (time.perf_counter() - begun))
    return round(best, 1)
