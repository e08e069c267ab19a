"""The figure in an item of the list that is meant: "Muốn lập hội phải đủ: … d) có từ 500 hội viên" for how many members it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Span
from qa.evidence import Evidence
from qa.outline import lines_above
from qa.types import AnswerType, Question

MAX_LOOKED_AT = 12
LEADS_BY = 0.01  # share of the question that the lead must say more than a best sentence with such a figure
HAS_FIGURE = 0.5  # of what is typed without diacritics the unit is not sure
NEAR_BEST = 0.1  # of the best one's likelihood


def led_figure_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, with the one item in front that has the asked figure, where the line that leads its list in says more of the
    question than the best sentence does, or as much where that has no such figure."""
    if question.answer_type is not AnswerType.NUMBER or not evidence:
        return list(evidence)
    best = evidence[0]
    least = best.features.own + (LEADS_BY if best.features.fits == 1.0 else 0.0)
    leads = [_place(each) for each in evidence[1:MAX_LOOKED_AT] if each.sentence.text.endswith(":") and each.features.own >= least]
    for lead in leads:
        items = [each for each in evidence[:MAX_LOOKED_AT] if _stands_right_under(each, lead)]
        told = [each for each in items if each.features.fits >= max(best.features.fits, HAS_FIGURE) and each.score >= NEAR_BEST]
        if len(told) == 1 and told[0] is not best:
            return [replace(told[0], score=1.0), *(each for each in evidence if each is not told[0])]
    return list(evidence)


def _place(evidence: Evidence) -> tuple[str, Span]:
    return evidence.sentence.article.id, Span(evidence.sentence.block.start, evidence.sentence.end)


def _stands_right_under(evidence: Evidence, lead: tuple[str, Span]) -> bool:
    article, (start, end) = lead
    if evidence.sentence.article.id != article:
        return False
    above = lines_above(evidence.sentence.article).get(evidence.sentence.block.start, ())
    return bool(above) and start <= above[-1].start and above[-1].end == end
