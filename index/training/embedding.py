"""`python -m index.training embedding`: the static embedding, from its vocabulary to a sentence-transformers folder."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from index.embedding import WEIGHTS_FILE, embedded_form
from index.text.token_counter import load_encoding
from index.training.bpe import as_tokenizer, embedding_normalizer
from index.training.contrastive import Recipe, TokenLists, train_table
from index.training.pairs import Pair, read_pairs
from index.training.report import measured
from index.training.words import read_words, train_words, write_words


def train_embedding(data: Path, out: Path, recipe: Recipe, words: Path | None = None) -> None:
    """Learn the vocabulary (or take the one in the folder `words`), then the vectors, and write the folder `out`."""
    if words is None:
        with measured("words"):
            train_words(data, out)
    tokens = read_words(words or out)
    write_words(out, tokens)
    with measured("pairs"):
        queries, passages = tokenize_pairs(read_pairs(data, random.Random(recipe.seed)), out)
    with measured("vectors"):
        table = train_table(queries, passages, len(tokens), recipe)
    write_model(out, tokens, table)


def tokenize_pairs(pairs: Iterator[Pair], folder: Path, batch: int = 20_000) -> tuple[TokenLists, TokenLists]:
    """Token ids of both sides by the ranks in `folder`; pairs with an empty side are left out."""
    encoding = load_encoding(folder)
    queries: list[list[int]] = []
    passages: list[list[int]] = []
    while some := list(islice(pairs, batch)):
        left = encoding.encode_ordinary_batch([embedded_form(pair.query) for pair in some], num_threads=2)
        right = encoding.encode_ordinary_batch([embedded_form(pair.passage) for pair in some], num_threads=2)
        whole = [place for place in range(len(some)) if left[place] and right[place]]
        queries += [left[place] for place in whole]
        passages += [right[place] for place in whole]
    return TokenLists(queries), TokenLists(passages)


def write_model(folder: Path, tokens: list[bytes], table: np.ndarray) -> None:
    """An ordinary sentence-transformers folder; the weights in model2vec's layout: int8 rows and a scale each."""
    write_words(folder, tokens)
    rows, scales = quantise(table)
    save_file({"embeddings": rows, "weights": scales}, folder / WEIGHTS_FILE)
    as_tokenizer(tokens, embedding_normalizer()).save(str(folder / "tokenizer.json"), pretty=False)
    package = "sentence_transformers"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{package}.sentence_transformer.modules.static_embedding.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{package}.base.modules.normalize.Normalize"},
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "1_Normalize" / "config.json", {})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": {"query": "", "document": ""}, "similarity_fn_name": "cosine"},
    )


def quantise(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 rows and one float32 scale a row, so that row × scale is within half a step of the original."""
    scales = np.abs(table).max(axis=1).astype(np.float32) / 127
    scales[scales == 0] = 1
    return np.rint(table / scales[:, None]).astype(np.int8), scales


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
