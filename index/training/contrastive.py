"""Contrastive training of a table of token vectors: mean pooling, in-batch negatives, Matryoshka prefixes, row-sparse Adam.

In-batch negatives: Henderson et al. 2017, "Efficient natural language response suggestion". Matryoshka: Kusupati et al. 2022.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a table is trained."""

    dimension: int = 256
    prefixes: tuple[int, ...] = (256, 64)  # Matryoshka: the first dimensions alone must do the task too
    batch_pairs: int = 2048
    epochs: int = 3
    learning_rate: float = 0.02  # falls linearly to 0
    scale: float = 20.0  # what cosines are multiplied by before the softmax
    spread: float = 0.1  # standard deviation of the first vectors
    dropout: float = 0.0  # share of the passage tokens left out
    seed: int = 42
    threads: int = 2


class TokenLists:
    """Many lists of token ids in one flat array: two bytes a token."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        flat = [np.asarray(ids, dtype=np.uint16) for ids in lists]
        self.lengths = np.array([len(ids) for ids in flat], dtype=np.int64)
        self.starts = np.concatenate(([0], np.cumsum(self.lengths)[:-1]))
        self.ids = np.concatenate(flat)

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(ids, lengths) of the lists at `places`, one after the other."""
        lengths = self.lengths[places]
        before = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        within = np.arange(lengths.sum()) - np.repeat(before, lengths)
        return self.ids[np.repeat(self.starts[places], lengths) + within].astype(np.int64), lengths


class RowAdam:
    """Adam (Kingma & Ba 2015) that moves only the rows a batch touched, as torch's SparseAdam does, without sparse tensors."""

    def __init__(self, table: torch.Tensor, betas: tuple[float, float] = (0.9, 0.999)) -> None:
        self.table = table
        self.betas = betas
        self.mean = torch.zeros_like(table)
        self.square = torch.zeros_like(table)
        self.steps = 0

    def step(self, rows: torch.Tensor, gradient: torch.Tensor, learning_rate: float) -> None:
        self.steps += 1
        first, second = self.betas
        mean = self.mean[rows].mul_(first).add_(gradient, alpha=1 - first)
        square = self.square[rows].mul_(second).addcmul_(gradient, gradient, value=1 - second)
        self.mean[rows], self.square[rows] = mean, square
        size = learning_rate * (1 - second**self.steps) ** 0.5 / (1 - first**self.steps)
        self.table[rows] -= size * mean / (square.sqrt() + 1e-8)


def train_table(queries: TokenLists, passages: TokenLists, vocabulary: int, recipe: Recipe, first: np.ndarray | None = None) -> np.ndarray:
    """float32 (vocabulary, dimension): vectors whose means bring each query near its passage and away from the batch's others."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    table = torch.randn(vocabulary, recipe.dimension) * recipe.spread if first is None else torch.from_numpy(first.copy())
    adam = RowAdam(table)
    batches = list(_batches(len(queries), recipe))
    for place, batch in enumerate(batches):
        rate = recipe.learning_rate * (1 - place / len(batches))
        loss = _train_batch(adam, queries, passages, batch, rate, recipe)
        if place % 50 == 0:
            print(f"step {place}/{len(batches)}: loss {loss:.3f}", flush=True)
    return table.numpy()


def _batches(pairs: int, recipe: Recipe) -> Iterator[np.ndarray]:
    chance = np.random.default_rng(recipe.seed)
    for _ in range(recipe.epochs):
        order = chance.permutation(pairs)
        yield from (order[first : first + recipe.batch_pairs] for first in range(0, pairs - recipe.batch_pairs + 1, recipe.batch_pairs))


def _train_batch(adam: RowAdam, queries: TokenLists, passages: TokenLists, batch: np.ndarray, rate: float, recipe: Recipe) -> float:
    query_ids, query_lengths = queries.take(batch)
    passage_ids, passage_lengths = passages.take(batch)
    rows, local = torch.unique(torch.from_numpy(np.concatenate((query_ids, passage_ids))), return_inverse=True)
    vectors = adam.table[rows].requires_grad_()
    sentences = _means(vectors, local, np.concatenate((query_lengths, passage_lengths)), recipe.dropout)
    loss = _loss(sentences[: len(batch)], sentences[len(batch) :], recipe)
    loss.backward()
    assert vectors.grad is not None
    with torch.no_grad():
        adam.step(rows, vectors.grad, rate)
    return loss.item()


def _means(vectors: torch.Tensor, ids: torch.Tensor, lengths: np.ndarray, dropout: float) -> torch.Tensor:
    offsets = torch.from_numpy(np.concatenate(([0], np.cumsum(lengths)[:-1])))
    weights = (torch.rand(len(ids)) >= dropout).float() if dropout else None
    return functional.embedding_bag(ids, vectors, offsets, mode="sum", per_sample_weights=weights)


def _loss(queries: torch.Tensor, passages: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Cross-entropy of each query's own passage among the batch's, summed over the prefixes."""
    target = torch.arange(len(queries))
    total = torch.zeros(())
    for prefix in recipe.prefixes:
        cosines = functional.normalize(queries[:, :prefix]) @ functional.normalize(passages[:, :prefix]).T
        total = total + functional.cross_entropy(recipe.scale * cosines, target)
    return total
