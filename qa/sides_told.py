"""Sides that were each searched for → one answer: by one sentence that tells all, else side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.types import Hit, SearchEngine
from qa.contrast import word_contrast
from qa.extract import extract_lines
from qa.other_figure import other_figure
from qa.side_by_side import outdone_by_sides, quoted_twice, word_sides
from qa.sides_chosen import chosen_anew, each_of_its_own
from qa.types import Passage, Question, Side
from qa.wording import Worded


class Found(NamedTuple):
    """What the question of one side found."""

    read: Question
    passages: Sequence[Passage]
    hits: Sequence[Hit]


def tell_sides(
    question: Question,
    sides: Sequence[Side],
    found: Sequence[Found],
    passages: Sequence[Passage],
    engine: SearchEngine,
    *,
    apart: bool = False,
) -> Worded | None:
    """None where they find too little. `apart`: they are things asked one after another, and what is quoted for one must speak of it and
    of no other; `passages` are those of the whole question."""
    of_all = [passage for each in found for passage in each.passages]
    together = word_contrast(sides, question, [*passages, *of_all], engine)
    read = [each.read for each in found]
    lines = [extract_lines(*each, engine) for each in found]
    twice = quoted_twice(sides, lines)
    other = other_figure(read, [each.passages for each in found], twice, engine) if twice else None
    if apart and other is None:
        lines = chosen_anew(read, lines, of_all, engine)
    if apart and together is None and (quoted_twice(sides, lines) or not each_of_its_own(read, lines)):
        return None
    worded = word_sides(sides, lines, of_all, other, apart=apart)
    return together if together is not None and not (worded and outdone_by_sides(together, worded)) else worded
