"""`python -m qa.training association`: the matrix that tells which sentences answer a question whose words they do not share.

A listwise softmax over the product's own candidates, as for the weights of the features, which are kept as they are: only what they leave
unexplained is learned. Measured by five folds, twice: by question (the articles are known, the question is not) and by article.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from index.text.canonical import fold
from index.training.report import measured
from qa.association import question_vector, save_matrix, sentence_vector
from qa.evidence import sums_of
from qa.sentence_features import corpus_frequencies, read_features
from qa.training.reading import Known, OwnQuestions, Reader, indexed

PENALTY = 3e-5  # of the squared weights: from 1e-5 to 5e-5 unseen questions are answered alike, from 1e-4 on less well
ITERATIONS = 60
SHARE = 0.7  # of the learned matrix ships: as good on known articles, and with fewer losses on those it has not learned from
FOLDS = 5
BLOCK = 256  # questions whose candidates are held as vectors at a time


class Case(NamedTuple):
    """A question: its vector, its candidates by their places in the table of all sentences, what is known of them, which are right."""

    id: str
    group: str
    asked: np.ndarray
    places: np.ndarray
    sums: np.ndarray
    right: np.ndarray


class Cases(NamedTuple):
    """The questions, and float32 (sentences, dimension) the vectors of the sentences they share."""

    asked: list[Case]
    vectors: np.ndarray


def train_association(own: Sequence[OwnQuestions], out: Path, seed: int) -> None:
    """Learn, write `out`, print the figures."""
    with measured("questions"):
        cases = read_cases(own)
    with measured("matrix"):
        save_matrix(SHARE * fit(cases.asked, cases.vectors), out)
    for line in figures(cases, seed):
        print(line, flush=True)


def read_cases(own: Sequence[OwnQuestions]) -> Cases:
    """The questions of which a right sentence is among the candidates, typed with diacritics and without."""
    places: dict[str, int] = {}
    asked: list[Case] = []
    for each in own:
        with indexed(*each.folders) as reader:
            known = each.read()
            for one in [*known, *(replace(one, text=fold(one.text)) for one in known)]:
                if one.answerable and (case := _case(reader, one, places)) is not None:
                    asked.append(case)
    return Cases(asked, np.stack([sentence_vector(text) for text in places]).astype(np.float32))


def _case(reader: Reader, known: Known, places: dict[str, int]) -> Case | None:
    read = reader.read(known)
    right = np.array(read.right)
    if not right.any() or right.all():
        return None
    table, _ = read_features(read.question, read.sentences, corpus_frequencies(reader.engine, read.sentences))
    at = np.array([places.setdefault(sentence.lowered, len(places)) for sentence in read.sentences])
    sums = sums_of(read.question, read.sentences, table)
    return Case(read.known.id, read.known.group, question_vector(read.question.standalone), at, sums.astype(np.float32), right)


def fit(asked: Sequence[Case], vectors: np.ndarray, penalty: float = PENALTY) -> np.ndarray:
    """float32 (dimension, dimension), of least mean −log softmax mass on the right candidates plus the squared penalty."""
    dimension = vectors.shape[1]
    blocks = [_Block(asked[at : at + BLOCK], vectors) for at in range(0, len(asked), BLOCK)]

    def objective(flat: np.ndarray) -> tuple[float, np.ndarray]:
        matrix = flat.reshape(dimension, dimension).astype(np.float32)
        found = [block.loss(matrix) for block in blocks]
        loss = sum(value for value, _ in found) / len(asked) + penalty * float(flat @ flat)
        slope = np.sum([each for _, each in found], axis=0, dtype=np.float64) / len(asked)
        return loss, slope.ravel() + 2 * penalty * flat

    found = minimize(objective, np.zeros(dimension**2), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(found.x.reshape(dimension, dimension), np.float32)


class _Block:
    """Some questions and their candidates in rows, so that their loss is a few array operations."""

    def __init__(self, asked: Sequence[Case], vectors: np.ndarray) -> None:
        sizes = [len(case.right) for case in asked]
        self._vectors = vectors
        self._asked = np.stack([case.asked for case in asked]).astype(np.float32)
        self._places = np.concatenate([case.places for case in asked])
        self._sums = np.concatenate([case.sums for case in asked])
        self._right = np.concatenate([case.right for case in asked]).astype(np.float32)
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(self, matrix: np.ndarray) -> tuple[float, np.ndarray]:
        """The summed loss of the questions and its gradient."""
        rows = self._vectors[self._places]
        sums = self._sums + np.einsum("ij,ij->i", rows, (self._asked @ matrix)[self._owner])
        exponents = np.exp(sums - np.maximum.reduceat(sums, self._starts)[self._owner])
        everything = np.add.reduceat(exponents, self._starts)
        right = np.add.reduceat(exponents * self._right, self._starts) + 1e-12
        pull = exponents / everything[self._owner] - exponents * self._right / right[self._owner]
        pulled = np.add.reduceat(rows * pull[:, None], self._starts, axis=0)
        return float((np.log(everything) - np.log(right)).sum()), self._asked.T @ pulled


def figures(cases: Cases, seed: int) -> Iterator[str]:
    """How often a right sentence is first, and among the first two."""
    without = [_firsts(case, case.sums) for case in cases.asked]
    yield f"{len(cases.asked)} askings, without the matrix: {_shown(without)}"
    for name, group_of in (("question", _question_of), ("article", lambda case: case.group)):
        yield f"{len(cases.asked)} askings, folds by {name}: {_shown(cross_validated(cases, group_of, seed))}"


def _question_of(case: Case) -> str:
    return case.id


def cross_validated(cases: Cases, group_of: Callable[[Case], str], seed: int) -> list[tuple[bool, bool]]:
    """Each fold by a matrix learned from the others; what shares a group shares a fold."""
    groups = sorted({group_of(case) for case in cases.asked})
    random.Random(seed).shuffle(groups)
    fold_of = {group: at % FOLDS for at, group in enumerate(groups)}
    found = []
    for held in range(FOLDS):
        matrix = fit([case for case in cases.asked if fold_of[group_of(case)] != held], cases.vectors)
        for case in cases.asked:
            if fold_of[group_of(case)] == held:
                found.append(_firsts(case, case.sums + SHARE * cases.vectors[case.places] @ (case.asked @ matrix)))
    return found


def _firsts(case: Case, sums: np.ndarray) -> tuple[bool, bool]:
    order = np.argsort(-sums, kind="stable")
    return bool(case.right[order[0]]), bool(case.right[order[:2]].any())


def _shown(found: Sequence[tuple[bool, bool]]) -> str:
    first, two = np.mean(found, axis=0)
    return f"first {first:.3f}, of two {two:.3f}"
