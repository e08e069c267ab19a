"""What another threshold of support would give: the share of questions answered against the share of wrong answers among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.answers import AnswerScore

STEPS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """At `threshold`, `answered` is the share of all questions that are answered, `error` the share of wrong ones among those answers."""

    threshold: float
    answered: float
    error: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The points by rising threshold and the point at which the product works."""

    points: tuple[Point, ...]
    shipped: Point


def decline_curve(freely: Sequence[AnswerScore], shipped: Sequence[AnswerScore], threshold: float) -> Curve | None:
    """The curve from answers given `freely`, with hardly any support asked for; each is kept where its support reaches a threshold.

    None where the answers tell no support. An answer to a question that nothing answers is wrong whatever it says.
    """
    known = [(score.support, score.right) for score in freely if score.support is not None and not score.declined]
    if not known:
        return None
    lowest, highest = min(support for support, _ in known), max(support for support, _ in known)
    steps = [lowest + (highest - lowest) * step / STEPS for step in range(STEPS + 1)]
    points = tuple(_point(each, [right for support, right in known if support >= each], len(freely)) for each in steps)
    return Curve(points, _point(threshold, [score.right for score in shipped if not score.declined], len(shipped)))


def _point(threshold: float, right: Sequence[bool], asked: int) -> Point:
    return Point(round(threshold, 3), round(len(right) / asked, 4), round(right.count(False) / len(right), 4) if right else 0.0)
