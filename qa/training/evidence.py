"""`python -m qa.training evidence`: weights of what speaks for a sentence, by a listwise softmax over the product's own candidates.

Three sets count alike: paragraphs of an encyclopaedia with questions, snippets about persons, and the project's own questions, these
typed with diacritics and without.
What ships is the mean of the learned weights and of weights chosen by hand: it foretells unseen articles better than either.
Measured by five folds (all questions about one paragraph or article in one fold) and by learning from the other two sets alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.text.canonical import fold
from index.training.listwise import Candidates, fit_listwise
from index.training.report import measured
from qa.evidence import save_weights
from qa.sentence_features import Features, corpus_frequencies, read_features
from qa.training.reading import PARAGRAPHS, SNIPPETS, Known, OwnQuestions, Reader, indexed, reading_set

OWN = "own"
PENALTY = 0.01
FOLDS = 5
BY_HAND: dict[str, float] = {  # chosen before anything was learned; the features not named have none
    "own": 3.0,
    "bigrams": 2.1,
    "title": 1.5,
    "support": 2.7,
    "fits": 0.6,
    "fits_supported": 2.4,
    "passage": 6.0,
    "focus": 4.5,
    "above": 3.0,
    "recent": 2.4,
    "label": 3.6,
    "reference": 0.9,
    "aside": -3.0,
}


class Asked(NamedTuple):
    """The candidates of a question, and those that stand in the right article alone (`within`)."""

    group: str
    found: Candidates
    within: np.ndarray


Sets = dict[str, list[Asked]]


def train_evidence(reading: Path, own: Sequence[OwnQuestions], out: Path, seed: int) -> None:
    """Learn, write `out`, print the figures."""
    sets: Sets = {}
    for name in (PARAGRAPHS, SNIPPETS):
        with measured(name), reading_set(reading / f"{name}.jsonl") as (known, contexts), indexed(contexts) as reader:
            sets[name] = list(tables(known, reader))
    sets[OWN] = []
    for each in own:
        with measured(OWN), indexed(*each.folders) as reader:
            known = each.read()
            sets[OWN] += tables([*known, *(replace(one, text=fold(one.text)) for one in known)], reader)
    save_weights(list(fit(list(sets.values()))), out)
    for line in figures(sets, seed):
        print(line, flush=True)


def tables(known: Sequence[Known], reader: Reader) -> Iterator[Asked]:
    """The answerable questions of which a right sentence is among the candidates."""
    for each in known:
        read = reader.read(each) if each.answerable else None
        if read is None or not any(read.right):
            continue
        table, _ = read_features(read.question, read.sentences, corpus_frequencies(reader.engine, read.sentences))
        right = np.array(read.right)
        articles = {sentence.article.id for sentence, is_right in zip(read.sentences, right, strict=True) if is_right}
        yield Asked(each.group, Candidates(table, right), np.array([sentence.article.id in articles for sentence in read.sentences]))


def fit(sets: Sequence[Sequence[Asked]]) -> np.ndarray:
    """The mean of the learned weights and those by hand."""
    learned = fit_listwise([[asked.found for asked in asked_set] for asked_set in sets], PENALTY)
    by_hand = np.array([BY_HAND.get(name, 0.0) for name in Features._fields])
    return (learned + by_hand) / 2


def figures(sets: Sets, seed: int) -> Iterator[str]:
    """How often a right sentence is first, and among the first two: of all candidates, and of those of the right article."""
    for name, asked_set in sets.items():
        others = [each for other, each in sets.items() if other != name]
        yield f"{name} ({len(asked_set)}): cross-validated {_shown(cross_validated(sets, name, seed))}"
        unseen = fit(others)
        yield f"{name} ({len(asked_set)}): unseen {_shown([firsts(asked, unseen) for asked in asked_set])}"


def cross_validated(sets: Sets, name: str, seed: int) -> list[list[bool]]:
    """Each fold of `name` by weights learned from its other folds and the other sets."""
    groups = sorted({asked.group for asked in sets[name]})
    random.Random(seed).shuffle(groups)
    fold_of = {group: at % FOLDS for at, group in enumerate(groups)}
    others = [each for other, each in sets.items() if other != name]
    found: list[list[bool]] = []
    for held in range(FOLDS):
        weights = fit([[asked for asked in sets[name] if fold_of[asked.group] != held], *others])
        found += [firsts(asked, weights) for asked in sets[name] if fold_of[asked.group] == held]
    return found


def firsts(asked: Asked, weights: np.ndarray) -> list[bool]:
    """Whether a right sentence is first, among the first two; the same among the sentences of the right articles."""
    sums = asked.found.table @ weights
    orders = [np.argsort(-sums, kind="stable"), np.argsort(-np.where(asked.within, sums, -np.inf), kind="stable")]
    return [bool(asked.found.right[order[:depth]].any()) for order in orders for depth in (1, 2)]


def _shown(found: list[list[bool]]) -> str:
    first, two, first_within, two_within = np.mean(found, axis=0)
    return f"first {first:.3f}, of two {two:.3f}; in the right article {first_within:.3f}, {two_within:.3f}"
