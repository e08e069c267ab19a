"""A heading that says the question's words answers nothing: what stands below it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence import Evidence
from qa.outline import lines_above, mere_lines
from qa.types import Question

_TELLS = re.compile(r": *\S|[.;!?]$")  # "Cấp Trung ương: 90 ngày." is a line of a table, and no heading


def below_heading(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the first sentence below the heading in front, where the first one is but a heading ("5.3. Cách tính …").

    A question for a step or point by its number is answered by its name, which a heading is.
    """
    if not evidence or question.ordinal or evidence[0].sentence.block.start not in mere_lines(evidence[0].sentence.article):
        return list(evidence)
    heading = evidence[0].sentence
    if _TELLS.search(heading.text):
        return list(evidence)
    above = lines_above(heading.article)
    under = [
        each
        for each in evidence[1:]
        if each.sentence.article.id == heading.article.id
        and not each.features.aside
        and any(span.start == heading.block.start for span in above.get(each.sentence.block.start, ()))
    ]
    below = min(under, key=lambda each: each.sentence.start, default=None)  # the general rule comes first, then the cases
    return list(evidence) if below is None else [replace(below, score=1.0), *(each for each in evidence if each is not below)]
