"""Texts to unit vectors: the shipped static model, or the one a setting names.

The shipped model is the mean of one vector a token, where a token is a syllable or a whole word of two or three.
Its folder is an ordinary sentence-transformers model; here it is served by tiktoken and numpy, several times faster and without torch.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from index.errors import StorageError
from index.settings import MODELS, Settings
from index.text.canonical import canonical, to_nfc
from index.text.token_counter import DESCRIPTION_FILE, RANKS_FILE, load_encoding
from index.types import Embedder

WEIGHTS_FILE = "model.safetensors"
SHIPPED = MODELS / "embedding"
_BATCH = 512  # texts a step: bounds the memory of the gathered rows (about 100 tokens × 256 × 4 bytes a text)
_THREADS = 2
_FEW = 64
_SEPARATORS = re.compile(r"[\W_]+")


def embedded_form(text: str) -> str:
    """What the static model reads: canonical syllables and numbers, each after one space; `"Đảng ủy!"` → `" đảng uỷ"`."""
    words = _SEPARATORS.sub(" ", canonical(to_nfc(text))).strip(" ")
    return f" {words}" if words else ""


class StaticEmbedder:
    """The mean of the tokens' vectors, scaled to length 1. Queries and passages are embedded alike."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._encoding = load_encoding(folder)
        self._rows = _read_rows(folder / WEIGHTS_FILE)
        self._packed = np.dtype("<u2" if len(self._rows) <= 2**16 else "<u4")
        self._fingerprint = f"static-{_hash_files(folder / name for name in (RANKS_FILE, DESCRIPTION_FILE, WEIGHTS_FILE))}"

    @property
    def dimension(self) -> int:
        return self._rows.shape[1]

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (n, dimension), rows of length 1, zero for a text without letters and digits."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            self._mean_into(vectors[first : first + _BATCH], self.token_ids(texts[first : first + _BATCH]))
        return vectors

    def embed_with_tokens(self, texts: Sequence[str]) -> tuple[np.ndarray, list[bytes]]:
        """As `embed_passages`, and the distinct tokens of each text, packed."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        ids = self.token_ids(texts)
        self._mean_into(vectors, ids)
        return vectors, [np.unique(np.array(tokens, self._packed)).tobytes() for tokens in ids]

    def unpack_tokens(self, packed: bytes) -> np.ndarray:
        """int (n,), the distinct token ids that `embed_with_tokens` packed, in rising order."""
        return np.frombuffer(packed, self._packed)

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self.embed_passages(texts)

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) <= _FEW:  # a query and its best chunks: starting threads would take longer than they save
            return [self._encoding.encode_ordinary(embedded_form(text)) for text in texts]
        return self._encoding.encode_ordinary_batch([embedded_form(text) for text in texts], num_threads=_THREADS)

    def token_rows(self, ids: Sequence[int] | np.ndarray) -> np.ndarray:
        """float32 (tokens, dimension), as trained: the longer a row, the more its token says."""
        return self._rows[ids]

    @property
    def token_lengths(self) -> np.ndarray:
        """float32 (tokens of the model,), the length of each row."""
        return np.linalg.norm(self._rows, axis=1)

    def token_texts(self, ids: Sequence[int]) -> list[str]:
        """What each token stands for, `" đảng uỷ"`; bytes that are no whole letters are left out."""
        return [self._encoding.decode_single_token_bytes(token).decode("utf-8", "ignore") for token in ids]

    def _mean_into(self, vectors: np.ndarray, tokens: Sequence[Sequence[int]]) -> None:
        for place, ids in enumerate(tokens):
            if ids:
                total = self._rows[ids].sum(axis=0)
                vectors[place] = total / (np.linalg.norm(total) or 1.0)


def load_embedder(settings: Settings) -> Embedder:
    """The shipped model, or the one `settings.embedding_model` names; SettingsError where that cannot be loaded."""
    if not settings.embedding_model:
        return _load_shipped()
    from index.transformer import load_bi_encoder

    return load_bi_encoder(settings)


@cache
def _load_shipped() -> StaticEmbedder:
    return StaticEmbedder()


def _read_rows(path: Path) -> np.ndarray:
    """float32 (tokens, dimension): the int8 rows of the file times each token's scale."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        return tensors["embeddings"].astype(np.float32) * tensors["weights"].astype(np.float32)[:, None]
    except (OSError, KeyError, SafetensorError) as error:
        raise StorageError(f"Không đọc được trọng số của mô hình nhúng {path}: {error}; hãy chép lại tệp gốc.") from error


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
