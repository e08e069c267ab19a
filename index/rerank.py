"""The scores of a (query, chunk) pair → one: learned weights over features, or the two legs fused.

The weights were learned over the scores of one embedding model. With any other the legs are fused by score,
`w·BM25/max + (1−w)·cosine/max`: reciprocal ranks throw away how much better the best hit is and measured clearly worse.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from index.errors import StorageError
from index.features import FEATURES
from index.settings import MODELS

SHIPPED = MODELS / "reranker"
WEIGHTS_FILE = "weights.json"
REFERENCE_BONUS = 2.0  # a chunk in which a document number asked for stands goes before every other (scores end at 1)

HALVING = 5.0  # a chunk so far behind the best in the sum of its weighted features scores half; of 3–14 what answers did best with


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk some leg found, with both scores; ranks are 1-based, None where that leg did not find it."""

    key: int
    cosine: float
    bm25: float
    dense_rank: int | None
    lexical_rank: int | None
    has_reference: bool = False


def rank(candidates: Sequence[Candidate], lexical_weight: float) -> list[tuple[Candidate, float]]:
    """Candidates with their fused scores, best first, ties by key."""
    scored = zip(candidates, fuse(candidates, lexical_weight), strict=True)
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].key))


def fuse(candidates: Sequence[Candidate], lexical_weight: float) -> list[float]:
    """The fused score of each candidate: in [0, 1], plus REFERENCE_BONUS where a number asked for stands in the chunk."""
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0) or 1.0
    best_cosine = max((candidate.cosine for candidate in candidates), default=0.0)
    best_cosine = best_cosine if best_cosine > 0 else 1.0
    return [
        lexical_weight * candidate.bm25 / best_bm25
        + (1 - lexical_weight) * max(candidate.cosine, 0.0) / best_cosine
        + REFERENCE_BONUS * candidate.has_reference
        for candidate in candidates
    ]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weight for each of FEATURES, learned over the scores of the embedding model `fingerprint` names."""

    weights: np.ndarray
    fingerprint: str

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Self:
        """The model in `folder`; StorageError where the file is missing, damaged or has other features than this code."""
        path = folder / WEIGHTS_FILE
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            weights = stored["weights"]
            if list(weights) != list(FEATURES):
                raise ValueError(f"cần các đặc trưng {', '.join(FEATURES)}, tệp có {', '.join(weights)}")
            return cls(np.array([float(weights[name]) for name in FEATURES]), stored["fingerprint"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(f"Không đọc được trọng số xếp hạng {path}: {error}; hãy chép lại tệp gốc.") from error

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        weights = {name: round(float(weight), 4) for name, weight in zip(FEATURES, self.weights, strict=True)}
        text = json.dumps({"fingerprint": self.fingerprint, "weights": weights}, indent=1)
        (folder / WEIGHTS_FILE).write_text(text + "\n", encoding="utf-8")

    def rank(self, candidates: Sequence[Candidate], table: np.ndarray) -> list[tuple[Candidate, float]]:
        """Candidates with their scores by the `table` (candidates, FEATURES), best first, ties by key."""
        return rank_by(table @ self.weights, candidates)


def rank_by(sums: np.ndarray, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates with their squashed `sums` (features' or a cross-encoder's), best first, ties by key."""
    scored = zip(candidates, squash(sums, candidates), strict=True)
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].key))


def squash(sums: np.ndarray, candidates: Sequence[Candidate]) -> list[float]:
    """Sums of any size → (0, 1], the best 1, plus REFERENCE_BONUS; about as far apart as fused scores are, which answers count on."""
    best = float(sums.max()) if len(sums) else 0.0
    return [
        1 / (1 + (best - float(value)) / HALVING) + REFERENCE_BONUS * candidate.has_reference
        for value, candidate in zip(sums, candidates, strict=True)
    ]


@cache
def load_shipped() -> LinearModel:
    return LinearModel.load()
