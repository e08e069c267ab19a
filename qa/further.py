"""More sentences where the best ones are hardly likely to hold the answer: an unsure answer shows what it chose between."""

from __future__ import annotations

from collections.abc import Sequence

from index.text.tokens import syllable_count
from qa.evidence import Evidence
from qa.led_lists import says_nothing_alone
from qa.look_alikes import is_look_alike
from qa.material import Material
from qa.outline import mere_lines
from qa.wording import Line, Quote

LIKELY_ENOUGH = 0.7  # the sentences quoted are together so likely to hold the right one: no more are added
MAX_QUOTED = 4
MAX_SYLLABLES = 240  # of all quotations together
MIN_SCORE = 0.02  # of the likelihood of the best sentence
MAX_LOOKED_AT = 12
MAX_SHARED = 0.8  # a sentence that shares more of its words with one that is quoted repeats it


def further_evidence(material: Material, lines: Sequence[Line]) -> list[Evidence]:
    """The next best sentences below `lines`, until those quoted are `LIKELY_ENOUGH` to hold the right one, or there are `MAX_QUOTED`."""
    quotes = [piece for line in lines for piece in line if isinstance(piece, Quote)]
    sentences = [piece for line in lines if not _is_item(line) for piece in line if isinstance(piece, Quote)]
    told = [each for each in material.evidence if _is_quoted(each, quotes)]
    likely = sum(each.chance for each in told if _is_quoted(each, sentences))
    count = sum(any(isinstance(piece, Quote) for piece in line) and not _is_item(line) for line in lines)
    room = MAX_SYLLABLES - sum(syllable_count(_text(quote)) for quote in quotes)
    found: list[Evidence] = []
    for each in material.evidence[:MAX_LOOKED_AT]:
        if likely >= LIKELY_ENOUGH or count + len(found) >= MAX_QUOTED:
            break
        size = syllable_count(each.sentence.text)
        if size <= room and _is_worth_it(material, each, told):
            found.append(each)
            told.append(each)
            likely += each.chance
            room -= size
    return found


def _is_item(line: Line) -> bool:
    """Whether it is one of a list below its lead: "2. “…” [1]"."""
    return isinstance(line[0], str) and line[0][:1].isdigit()


def _is_worth_it(material: Material, each: Evidence, told: Sequence[Evidence]) -> bool:
    best = material.evidence[0]
    if each in told or each.features.aside or each.score < MIN_SCORE or is_look_alike(best, each):
        return False
    if material.question.carried and each.features.focus < best.features.focus:
        return False  # it speaks of what was asked before
    if each.sentence.block.start in mere_lines(each.sentence.article) or says_nothing_alone(each.sentence):
        return False
    words = set(each.sentence.terms)
    return all(len(words & set(other.sentence.terms)) < MAX_SHARED * len(words) for other in told)


def _is_quoted(each: Evidence, quotes: Sequence[Quote]) -> bool:
    sentence = each.sentence
    return any(q.article.id == sentence.article.id and q.span.start < sentence.end and sentence.start < q.span.end for q in quotes)


def _text(quote: Quote) -> str:
    return quote.article.text[quote.span.start : quote.span.end]
