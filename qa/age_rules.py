"""The rule of another article for the very age asked about, told beside a rule for all: "85 tuổi" and "từ 80 tuổi trở lên …"."""

from __future__ import annotations

from collections.abc import Sequence

from index.text.canonical import fold
from index.text.tokens import syllable_count
from index.types import Span
from qa.ages import age_asked, holds_for
from qa.evidence import Evidence
from qa.types import Question
from qa.wording import Line, Quote, capitalised, dated

LOOKED_AT = 12
NEAR_BEST = 0.01  # of the best one's likelihood
MIN_COVERED = 0.6  # of what the best sentence and what stands around it have of the question
MAX_SYLLABLES = 110


def rule_for_age(question: Question, evidence: Sequence[Evidence], lines: Sequence[Line]) -> list[Line]:
    """The line that quotes it with the rest of its paragraph, where `lines` quote nothing that names an age; else none."""
    asked = age_asked(fold(question.standalone))
    quotes = [piece for line in lines for piece in line if isinstance(piece, Quote)]
    if asked is None or not quotes or not evidence:
        return []
    age = int(asked["age"])
    told = " ".join(quote.article.text[quote.span.start : quote.span.end] for quote in quotes)
    if holds_for(age, fold(told)) is not None:
        return []
    least, quoted = MIN_COVERED * evidence[0].features.support, {quote.article.id for quote in quotes}
    for each in evidence[:LOOKED_AT]:
        near = each.score >= NEAR_BEST and each.features.support >= least and not each.features.aside
        if near and each.sentence.article.id not in quoted and holds_for(age, fold(each.sentence.text)):
            return [_with_the_rest(each)]
    return []


def _with_the_rest(each: Evidence) -> Line:
    sentence = each.sentence
    text = sentence.article.text
    whole = Span(sentence.start, sentence.start + len(text[sentence.start : sentence.block.end].rstrip()))
    span = whole if syllable_count(text[whole.start : whole.end]) <= MAX_SYLLABLES else Span(sentence.start, sentence.end)
    return [f"{capitalised(dated(sentence.article))}: ", Quote(sentence.passage, sentence.article, span)]
