"""`python -m qa.training decline`: how likely the evidence holds an answer, by logistic regression, and from where on one is given.

Learned from questions with and without an answer: the project's own ones, the same with the articles that answer them taken away
(look-alikes are left), and questions of other sets put to the project's articles. The own ones are asked without diacritics too,
so that one threshold serves both ways of typing.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from index.text.canonical import fold
from index.training.report import measured
from qa.evidence import score_sentences
from qa.support import Signs, Support, is_lacking, read_signs
from qa.training.reading import Known, OwnQuestions, Read, Reader, indexed

OWN = "own"
BARE = "own, without diacritics"
FOREIGN = ("zaloqa", "alqac")
SAMPLE = 150  # questions taken of each foreign set
PENALTY = 0.003
REMOVED_SHARE = 0.2  # what a question counts whose articles were taken away: the look-alikes left may well answer it
FOLDS = 5


class Case(NamedTuple):
    """One question: its signs, whether an answer is there, whether the evidence lacks something, its set, and whether it is asked as it
    stands; a question and its variants share a `group`."""

    signs: Signs
    answerable: bool
    missing: bool
    name: str
    asked: bool
    group: str


def train_decline(foreign: Path, own: Sequence[OwnQuestions], out: Path, seed: int) -> None:
    """Learn, write `out`, print the figures."""
    cases: list[Case] = []
    for at, each in enumerate(own):
        with measured(OWN), indexed(*each.folders) as reader:
            known = each.read()
            cases += read_cases(OWN, known, reader)
            cases += read_cases(BARE, [replace(one, text=fold(one.text)) for one in known], reader)
            for name in FOREIGN if at == 0 else ():
                cases += read_cases(name, _sampled(_foreign(foreign / name), seed), reader)
    guessed = cross_validated(cases, seed)
    threshold = best_threshold(cases, guessed)
    weights, bias = fit(cases)
    Support(Signs(*map(float, weights)), bias, threshold).save(out)
    for line in figures(cases, guessed, threshold):
        print(line, flush=True)


def _sampled(known: Sequence[Known], seed: int) -> list[Known]:
    return random.Random(seed).sample(list(known), min(SAMPLE, len(known)))


def _foreign(folder: Path) -> list[Known]:
    records = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return [Known(record["_id"], record["text"], (), lambda _: False, False, f"{folder.name}{record['_id']}") for record in records]


def read_cases(name: str, known: Sequence[Known], reader: Reader) -> Iterator[Case]:
    """Every question as it stands, and an answerable one once more without the articles that answer it."""
    for each in known:
        read = reader.read(each)
        right = read.right
        if not each.answerable or any(right):
            yield from _case(name, read, reader, each.answerable, asked=True)
        if any(right):
            answering = {sentence.article.id for sentence, is_right in zip(read.sentences, right, strict=True) if is_right}
            left = reader.without(read, answering)
            yield from _case(name, left, reader, False, asked=False)


def _case(name: str, read: Read, reader: Reader, answerable: bool, *, asked: bool) -> Iterator[Case]:
    evidence, words = score_sentences(read.question, read.sentences, reader.engine)
    if evidence:
        missing = is_lacking(read.question, evidence)
        yield Case(read_signs(read.question, evidence, words), answerable, missing, name, asked, read.known.group)


def fit(cases: Sequence[Case]) -> tuple[np.ndarray, float]:
    """Weights and bias of least logistic loss with a squared penalty; every kind of question that was asked counts alike, and both
    answers do."""
    usable = [case for case in cases if not case.missing]
    table = np.array([[*case.signs, 1.0] for case in usable])
    right = np.array([case.answerable for case in usable], np.float64)
    kinds = Counter((case.name, case.asked, case.answerable) for case in usable)
    shares = np.array([(1.0 if case.asked else REMOVED_SHARE) / kinds[case.name, case.asked, case.answerable] for case in usable])
    for side in (0.0, 1.0):
        shares[right == side] *= 0.5 / shares[right == side].sum()
    deviation = np.append(table[:, :-1].std(axis=0), 1.0)
    deviation[deviation == 0] = 1.0
    scaled = table / deviation

    def objective(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = scaled @ weights
        loss = shares @ (np.logaddexp(0, sums) - right * sums) + PENALTY * float(weights[:-1] @ weights[:-1])
        slope = scaled.T @ (shares * (1 / (1 + np.exp(-sums)) - right)) + 2 * PENALTY * np.append(weights[:-1], 0.0)
        return float(loss), slope

    found = minimize(objective, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x / deviation
    return found[:-1], float(found[-1])


def cross_validated(cases: Sequence[Case], seed: int) -> list[float]:
    """The likelihood of each case by weights learned from the other folds; a question and its variants share a fold."""
    groups = sorted({case.group for case in cases})
    random.Random(seed).shuffle(groups)
    fold_of = {group: at % FOLDS for at, group in enumerate(groups)}
    guessed = [0.0] * len(cases)
    for held in range(FOLDS):
        weights, bias = fit([case for case in cases if fold_of[case.group] != held])
        model = Support(Signs(*map(float, weights)), bias, 0.5)
        for at, case in enumerate(cases):
            if fold_of[case.group] == held:
                guessed[at] = 0.0 if case.missing else model.likelihood(case.signs)
    return guessed


def best_threshold(cases: Sequence[Case], guessed: Sequence[float]) -> float:
    """The threshold with the best F1 of declining on the project's own questions in both ways of typing, the middle one of equals.

    Foreign questions count too, all together as much as the unanswerable ones among the own.
    """
    ours = (OWN, BARE)
    foreign = sum(case.name not in ours for case in cases)
    share = sum(case.name in ours and case.asked and not case.answerable for case in cases) / max(foreign, 1)
    pairs = [(value, case) for value, case in zip(guessed, cases, strict=True) if case.asked]
    judged = [(value, case.answerable, 1.0 if case.name in ours else share) for value, case in pairs]
    steps = [step / 100 for step in range(5, 96)]
    scores = [_f1(*declining(judged, step)) for step in steps]
    best = [step for step, score in zip(steps, scores, strict=True) if score >= max(scores) - 1e-9]
    return best[len(best) // 2]


def declining(judged: Sequence[tuple[float, bool, float]], threshold: float) -> tuple[float, float]:
    """Precision and recall of declining below `threshold`; each case is (likelihood, answerable, weight)."""
    declined = sum(weight for value, _, weight in judged if value < threshold)
    right = sum(weight for value, answerable, weight in judged if value < threshold and not answerable)
    unanswerable = sum(weight for _, answerable, weight in judged if not answerable)
    return (right / declined if declined else 1.0, right / unanswerable if unanswerable else 1.0)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(cases: Sequence[Case], guessed: Sequence[float], threshold: float) -> Iterator[str]:
    """Cross-validated: the curve over the project's own questions, then both shares of each kind of question at the threshold."""
    for ours in (OWN, BARE):
        own = [(value, case.answerable, 1.0) for value, case in zip(guessed, cases, strict=True) if case.name == ours and case.asked]
        for step in sorted({*(each / 10 for each in range(1, 10)), threshold}):
            answered = [answerable for value, answerable, _ in own if value >= step]
            error = 1 - sum(answered) / len(answered) if answered else 0.0
            precision, recall = declining(own, step)
            share = len(answered) / len(own)
            yield f"{ours}, {step:.2f}: answered {share:.3f}, of them unanswerable {error:.3f}; declining {precision:.3f} / {recall:.3f}"
    for name in dict.fromkeys(case.name for case in cases):
        for asked, answerable in ((True, True), (True, False), (False, False)):
            kept = [
                value >= threshold
                for value, case in zip(guessed, cases, strict=True)
                if (case.name, case.asked, case.answerable) == (name, asked, answerable)
            ]
            if kept:
                kind = "answerable" if answerable else "unanswerable" if asked else "without its articles"
                yield f"{name}, {kind} ({len(kept)}): answered {np.mean(kept):.3f}"
