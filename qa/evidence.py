"""Which sentences of the passages answer the question: learned weights over what speaks for each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from index.errors import StorageError
from index.types import SearchEngine
from qa.association import associations
from qa.demands import counts, find_demands
from qa.sentence_features import Features, corpus_frequencies, read_features
from qa.sentences import Sentence
from qa.terms import QuestionTerms
from qa.types import Question

MODELS = Path(__file__).resolve().parent / "models"
SHIPPED = MODELS / "evidence"
WEIGHTS_FILE = "weights.json"
WEIGHTY = 12.0  # a demand that counts so often: a sentence that meets it is worth a look whatever else it has


@dataclass(frozen=True, slots=True)
class Evidence:
    """A scored sentence. `score` is its likelihood as a share of the best one's (which has 1), `chance` that it is the right one of all;
    `by_words` is the sum of its features alone, without what the association adds."""

    sentence: Sentence
    features: Features
    score: float
    chance: float = 0.0
    by_words: float = 0.0


def score_sentences(
    question: Question, sentences: Sequence[Sentence], engine: SearchEngine, weights: Features | None = None
) -> tuple[list[Evidence], QuestionTerms]:
    """Every sentence as Evidence, best first, and the weighted question terms."""
    table, asked = read_features(question, sentences, corpus_frequencies(engine, sentences))
    if not sentences:
        return [], asked
    by_words = sums_of(question, sentences, table, weights)
    sums = by_words + associations(question, sentences)
    likelihoods = np.exp(sums - sums.max())
    chances = likelihoods / likelihoods.sum()
    scored = [
        Evidence(sentence, Features(*row), likelihood, chance, said)
        for sentence, row, likelihood, chance, said in zip(
            sentences, table.tolist(), likelihoods.tolist(), chances.tolist(), by_words.tolist(), strict=True
        )
    ]
    return sorted(scored, key=lambda evidence: -evidence.score), asked


def sums_of(question: Question, sentences: Sequence[Sentence], table: np.ndarray, weights: Features | None = None) -> np.ndarray:
    """float64 (sentences,), what the features and demands say for each, as log likelihood."""
    sums: np.ndarray = table @ np.array(weights or load_weights())
    if find_demands(question):
        sums = sums + np.log([counts(question, sentence.lowered, sentence.heading) for sentence in sentences])
    return sums


@cache
def load_weights(folder: Path = SHIPPED) -> Features:
    """The learned weights in `folder`; StorageError where the file is missing, damaged or has other features than this code."""
    path = folder / WEIGHTS_FILE
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))["weights"]
        if set(stored) != set(Features._fields):
            raise ValueError(f"cần các đặc trưng {', '.join(Features._fields)}, tệp có {', '.join(stored)}")
        return Features(**{name: float(value) for name, value in stored.items()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"Không đọc được trọng số chọn câu {path}: {error}; hãy chép lại tệp gốc.") from error


def save_weights(weights: Sequence[float], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    named = {name: round(float(weight), 4) for name, weight in zip(Features._fields, weights, strict=True)}
    (folder / WEIGHTS_FILE).write_text(json.dumps({"weights": named}, indent=1) + "\n", encoding="utf-8")


def meets_more(question: Question, best: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """The first of `others` that meets a weighty demand of the question which the best sentence fails: a death, an age, an act."""
    weighty = [demand for demand in find_demands(question) if demand.weight >= WEIGHTY and not demand.above]  # ages have rules of their own
    failed = [demand for demand in weighty if not demand.met(best.sentence.lowered)]
    return next((each for each in others if any(demand.met(each.sentence.lowered) for demand in failed)), None) if failed else None
