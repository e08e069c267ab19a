"""Weights of a linear sum that puts what is right first: a softmax over the candidates of each question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

ITERATIONS = 300


class Candidates(NamedTuple):
    """One question: the features (candidates, features) of its candidates, and which of them are right."""

    table: np.ndarray
    right: np.ndarray


def fit_listwise(sets: Sequence[Sequence[Candidates]], penalty: float) -> np.ndarray:
    """(features,) weights that minimise the mean over `sets` of −log softmax mass on the right candidates, plus a squared penalty
    on the weights of the features at deviation 1. Questions with all or no candidates right teach nothing and are left out."""
    usable = [[asked for asked in asked_set if asked.right.any() and not asked.right.all()] for asked_set in sets]
    deviation = np.concatenate([asked.table for asked_set in usable for asked in asked_set]).std(axis=0)
    deviation[deviation == 0] = 1.0
    blocks = [_Block(asked_set, deviation) for asked_set in usable if asked_set]

    def objective(weights: np.ndarray) -> tuple[float, np.ndarray]:
        losses = [block.loss(weights) for block in blocks]
        loss = sum(value for value, _ in losses) + penalty * float(weights @ weights)
        return loss, np.sum([slope for _, slope in losses], axis=0) + 2 * penalty * weights

    found = minimize(objective, np.zeros(len(deviation)), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(found.x) / deviation


class _Block:
    """The questions of one set in one table, so that the loss of all is a few array operations."""

    def __init__(self, asked_set: Sequence[Candidates], deviation: np.ndarray) -> None:
        sizes = [len(asked.right) for asked in asked_set]
        self._table = np.concatenate([asked.table for asked in asked_set]) / deviation
        self._right = np.concatenate([asked.right for asked in asked_set]).astype(np.float64)
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """The mean loss of a question and its gradient."""
        sums = self._table @ weights
        exponents = np.exp(sums - np.maximum.reduceat(sums, self._starts)[self._owner])
        everything = np.add.reduceat(exponents, self._starts)
        right = np.add.reduceat(exponents * self._right, self._starts) + 1e-12
        slope = self._table.T @ (exponents / everything[self._owner] - exponents * self._right / right[self._owner])
        return float((np.log(everything) - np.log(right)).mean()), slope / len(self._starts)
