"""The other side's figure where both sides of a comparison find the same sentence, which gives one: "mức 0,3 lần" beside "mức 0,2 lần"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical
from index.types import SearchEngine, Span
from qa.contrast import asks_quantity, unit_of
from qa.evidence import score_sentences
from qa.mentions import find_amounts
from qa.sentences import Sentence, find_sentences
from qa.types import Passage, Question
from qa.wording import Line, Quote, capitalised, dated

_MEASURES = frozenset({"%", "lan", "dong", "trieu", "ty"})  # of several figures one of these is what is compared
_NUMBER = re.compile(r"\d[\d.,]*")
LOOKED_AT = 6  # of the best sentences of each side
MIN_SCORE = 0.01  # of the best sentence's


def other_figure(sides: Sequence[Question], found: Sequence[Sequence[Passage]], quote: Quote, engine: SearchEngine) -> Line | None:
    """The best sentence of the same article with another figure of the same unit; None where `quote` has two itself, or none has one."""
    if not any(asks_quantity(side) for side in sides):
        return None
    asked = canonical(" ".join(side.standalone for side in sides))
    told = _figures(quote.article.text[quote.span.start : quote.span.end], asked)
    units = [unit for unit, _ in told if len(told) == 1 or unit in _MEASURES]
    if len(units) != 1:
        return None
    best: tuple[float, Sentence] | None = None
    for side, passages in zip(sides, found, strict=True):
        evidence, _ = score_sentences(side, find_sentences(passages, engine), engine)
        for each in evidence[:LOOKED_AT]:
            sentence = each.sentence
            if sentence.article.id != quote.article.id or (sentence.start < quote.span.end and quote.span.start < sentence.end):
                continue
            others = {figure for figure in _figures(sentence.text, asked) if figure[0] == units[0]}
            if others and others.isdisjoint(told) and each.score >= max(MIN_SCORE, best[0] if best else 0.0):
                best = each.score, sentence
    if best is None:
        return None
    sentence = best[1]
    return [f"{capitalised(dated(sentence.article))}: ", Quote(sentence.passage, sentence.article, Span(sentence.start, sentence.end))]


def _figures(text: str, asked: str) -> set[tuple[str, str]]:
    """Unit and number of the amounts in figures that the question does not name itself."""
    amounts = [amount for amount in find_amounts(text) if canonical(amount.text).strip() not in asked]
    found = ((unit_of(amount), _NUMBER.search(amount.text)) for amount in amounts)
    return {(unit, number[0]) for unit, number in found if unit and number}
