"""What other thresholds of declining would give: the share of questions answered against the share of wrong ones among the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from eval.answers import score
from eval.datasets import EvalQuestion
from qa.chain import Assistant
from qa.extract import extract_answer
from qa.support import Thresholds
from qa.types import Answer, Status, Turn

FACTORS = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 2.0)  # all thresholds times this; 1 is as shipped


@dataclass(frozen=True, slots=True)
class Point:
    """At the shipped thresholds times `factor`, `answered` of all questions are answered, and `error` of these answers are wrong."""

    factor: float
    answered: float
    error: float


Outcome = bool | None  # whether the answer was right; None: declined


def decline_curve(asked: Iterable[tuple[Sequence[EvalQuestion], Assistant]], factors: Sequence[float] = FACTORS) -> list[Point]:
    """The points by rising factor, over all questions together. An answer to a question that nothing answers is wrong whatever it says."""
    outcomes = [_outcomes(question, assistant, factors) for questions, assistant in asked for question in questions]
    return [point(factor, [found[place] for found in outcomes]) for place, factor in enumerate(factors)]


def point(factor: float, outcomes: Sequence[Outcome]) -> Point:
    right = [outcome for outcome in outcomes if outcome is not None]
    return Point(factor, round(len(right) / len(outcomes), 4), round(right.count(False) / len(right), 4) if right else 0.0)


def _outcomes(question: EvalQuestion, assistant: Assistant, factors: Sequence[float]) -> list[Outcome]:
    """What becomes of one question at each factor; it is searched for once."""
    turns = tuple(Turn(said, answered) for said, answered in question.history)
    shipped = assistant.answer(question.question, turns=turns)
    supported = _extracted(shipped, assistant, 1.0) is not None
    return [_outcome(question, _at(factor, shipped, supported, assistant), assistant) for factor in factors]


def _at(factor: float, shipped: Answer, supported: bool, assistant: Assistant) -> Answer | None:
    """The answer at a factor; what does not hang on the thresholds stays as shipped."""
    if shipped.status is Status.ANSWERED:
        lost = supported and factor > 1 and _extracted(shipped, assistant, factor) is None
        return None if lost else shipped
    return _extracted(shipped, assistant, factor) if factor < 1 else None


def _extracted(shipped: Answer, assistant: Assistant, factor: float) -> Answer | None:
    hits = [passage.hit for passage in shipped.passages]
    worded = extract_answer(shipped.question, shipped.passages, hits, assistant.engine, thresholds=_scaled(factor))
    return None if worded is None else replace(shipped, text=worded.text, status=Status.ANSWERED, citations=worded.citations)


def _outcome(question: EvalQuestion, answer: Answer | None, assistant: Assistant) -> Outcome:
    if answer is None:
        return None
    return question.answerable and score(question, answer, assistant.engine.article, 0.0).right


def _scaled(factor: float) -> Thresholds:
    shipped = Thresholds()
    return replace(shipped, **{field.name: factor * getattr(shipped, field.name) for field in fields(Thresholds)})
