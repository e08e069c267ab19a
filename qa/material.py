"""Everything an answer may be made from: the question, what was found for it, the scored sentences, and how likely they hold an answer."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Hit, SearchEngine
from qa.evidence import Evidence
from qa.support import Thresholds
from qa.terms import QuestionTerms
from qa.types import Passage, Question

SECOND_SENTENCE_SHARE = 0.1  # a second sentence is quoted too when it is at least this times as likely as the first


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an answer may be made from: `evidence` is scored and sorted, `asked` the weighted question terms, `support` how
    likely the evidence holds an answer."""

    question: Question
    passages: tuple[Passage, ...]
    hits: tuple[Hit, ...]
    engine: SearchEngine
    evidence: tuple[Evidence, ...]
    asked: QuestionTerms
    support: float
    thresholds: Thresholds
