"""What questions of this kind mean with their words: a learned bilinear form that says how well a sentence's words answer a question's.

"Bị gạch khỏi danh sách" is answered by sentences that say *xoá tên*, though they share no word. A matrix over the vectors of the shipped
static model, learned by `python -m qa.training association` from questions and the sentences that answer them, tells it; what it adds to
a sentence's sum is in the same units as the other features: log likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from index.errors import StorageError
from qa.model_tokens import REMEMBERED, shipped_model, tokens_of
from qa.sentences import Sentence
from qa.types import Question

SHIPPED = Path(__file__).resolve().parent / "models" / "association"
MATRIX_FILE = "matrix.npy"


def associations(question: Question, sentences: Sequence[Sentence], matrix: np.ndarray | None = None) -> np.ndarray:
    """float32 (sentences,), what the association with the question adds to the log likelihood of each."""
    if not sentences:
        return np.zeros(0, np.float32)
    asked = question_vector(question.standalone) @ (load_matrix() if matrix is None else matrix)
    return np.stack([sentence_vector(sentence.lowered) for sentence in sentences]).astype(np.float32) @ asked


@lru_cache(maxsize=1000)
def question_vector(text: str) -> np.ndarray:
    """float32 (dimension,), the unit vector of the distinct tokens of a question."""
    return _mean(tokens_of(text))


@lru_cache(maxsize=REMEMBERED)
def sentence_vector(lowered: str) -> np.ndarray:
    """float16 (dimension,), the unit vector of the distinct tokens of a sentence."""
    return _mean(tokens_of(lowered)).astype(np.float16)


def _mean(tokens: np.ndarray) -> np.ndarray:
    total = shipped_model().token_rows(tokens).sum(axis=0)
    return np.asarray(total / (np.linalg.norm(total) or 1.0), np.float32)


@cache
def load_matrix(folder: Path = SHIPPED) -> np.ndarray:
    """float32 (dimension, dimension); StorageError where the file is missing, damaged or made for another model."""
    path, dimension = folder / MATRIX_FILE, shipped_model().dimension
    try:
        matrix = np.load(path, allow_pickle=False)
        if matrix.shape != (dimension, dimension):
            raise ValueError(f"cần ma trận {dimension} × {dimension}, tệp có {matrix.shape}")
    except (OSError, ValueError) as error:
        raise StorageError(f"Không đọc được ma trận liên tưởng {path}: {error}; hãy chép lại tệp gốc.") from error
    return np.asarray(matrix, np.float32)


def save_matrix(matrix: np.ndarray, folder: Path) -> None:
    """In half precision: three digits of a weight are more than it is known to."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / MATRIX_FILE, matrix.astype(np.float16))
