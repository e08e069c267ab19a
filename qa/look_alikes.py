"""A sentence after the same pattern as the best one that lacks what was asked: "Thẻ 55 năm: … chữ D" under "Thẻ 65 năm: … chữ C"."""

from __future__ import annotations

from qa.evidence import Evidence

MIN_SHARED = 0.45  # of the distinct words of both sentences
MAX_SCORE = 0.35  # of one nearly as likely it is not sure that the best one is the one that is meant
LACKS = 0.01  # share of the question that the best sentence must say more


def is_look_alike(best: Evidence, other: Evidence) -> bool:
    """Whether `other` says of something else what `best` says of what is asked: quoted below it would only mislead."""
    if other.sentence.article.id != best.sentence.article.id or other.features.own > best.features.own - LACKS:
        return False
    if other.features.fits > best.features.fits or other.score > MAX_SCORE * best.score:
        return False
    first, second = set(best.sentence.terms), set(other.sentence.terms)
    return len(first & second) >= MIN_SHARED * len(first | second)
