"""A sentence near the top in front that lacks nothing the question asks for, where the best one lacks some of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from qa.evidence import Evidence
from qa.support import is_lacking, missing_names
from qa.types import AnswerType, Question

MAX_NAMED, MIN_NAMED_SCORE, MIN_NAMED_COVERED = 4, 0.05, 0.6  # of the best sentences; of the best one's likelihood, and of its coverage
MAX_EQUAL, MIN_EQUAL_SCORE, MIN_EQUAL_COVERED = 3, 0.5, 0.8  # the same where anything but a name is lacking: only of about equal sentences

MAX_GAP = 3  # characters between two sentences in a row


def sound_first(question: Question, evidence: Sequence[Evidence]) -> tuple[list[Evidence], bool]:
    """The same evidence, and whether the first of it is still lacking. The year or person asked about may be told by another article; a
    unit or trait by a sentence as likely."""
    if not is_lacking(question, evidence):
        return list(evidence), False
    ordered = _with_sound(question, evidence)
    return ordered, ordered[:1] == list(evidence[:1]) or is_lacking(question, ordered)


def _with_sound(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    if not evidence:
        return []
    if missing_names(question, evidence[0].sentence.article):
        return _promoted(evidence, evidence[1:MAX_NAMED], MIN_NAMED_SCORE, MIN_NAMED_COVERED, partial(_has_names, question))
    if question.answer_type is AnswerType.NUMBER and evidence[0].features.fits == 0.0:
        # "Áp dụng khi nghỉ hưu, … Phải làm thủ tục trong 60 ngày": the sentence that follows has the figure, its subject stands before it
        following = [each for each in evidence[1:MAX_EQUAL] if _follows(evidence[0], each)]
        if following:
            return _promoted(evidence, following, MIN_EQUAL_SCORE, 0.0, lambda each: not is_lacking(question, [each]))
    return _promoted(evidence, evidence[1:MAX_EQUAL], MIN_EQUAL_SCORE, MIN_EQUAL_COVERED, lambda each: not is_lacking(question, [each]))


def _follows(first: Evidence, other: Evidence) -> bool:
    one, next_one = first.sentence, other.sentence
    return one.article.id == next_one.article.id and one.block == next_one.block and one.end <= next_one.start <= one.end + MAX_GAP


def _has_names(question: Question, each: Evidence) -> bool:
    return not missing_names(question, each.sentence.article)


def _promoted(
    evidence: Sequence[Evidence], near: Sequence[Evidence], score: float, covered: float, is_sound: Callable[[Evidence], bool]
) -> list[Evidence]:
    least = covered * evidence[0].features.own
    first = next((each for each in near if each.score >= score and each.features.own >= least and is_sound(each)), None)
    return list(evidence) if first is None else [replace(first, score=1.0), *(each for each in evidence if each is not first)]
