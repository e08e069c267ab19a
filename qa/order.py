"""The order in which sentences are looked at: their likelihood, then what the question demands of the first one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from index.text.canonical import canonical
from qa.actors import acting_first
from qa.circumstances import of_the_dead
from qa.evidence import Evidence, meets_more
from qa.lacking import province_first, trait_first
from qa.led_figures import led_figure_first
from qa.meetings import meeting_first
from qa.siblings import sibling_last
from qa.sound_first import sound_first
from qa.types import Question

MAX_DEAD = 6  # of the best sentences, among which one that speaks of the dead is looked for
TRUSTED = 0.6  # the association alone is believed where it makes a sentence so likely


def in_order(question: Question, scored: Sequence[Evidence]) -> list[Evidence]:
    """The scored sentences, one that acts, has the figure, the trait, the meeting or the province asked about in front of one without."""
    acting = acting_first(question, led_figure_first(question, trait_first(question, scored)))
    evidence = list(sibling_last(question, province_first(question, meeting_first(question, acting))))
    dead = bool(evidence) and of_the_dead(canonical(question.standalone))
    told = meets_more(question, evidence[0], evidence[1:MAX_DEAD]) if dead else None
    if told is None:
        return evidence
    return [replace(told, score=1.0), *(each for each in evidence if each is not told)]  # what holds for the living is no answer


def sound_in_order(question: Question, scored: Sequence[Evidence]) -> tuple[list[Evidence], bool]:
    """The scored sentences in order, and whether the first of them lacks what is asked.

    Where the association, and not surely, puts another sentence in front than the words do, both must lack nothing to be an answer; or the
    one by words alone, where the other lacks something: it knows what questions like this one are answered by, not whether this one is.
    """
    evidence, lacking = sound_first(question, in_order(question, scored))
    if not evidence or evidence[0].chance >= TRUSTED:
        return evidence, lacking
    by_words = sorted(scored, key=lambda each: -each.by_words)
    if by_words[0].sentence is evidence[0].sentence:
        return evidence, lacking
    best = by_words[0].by_words
    ranked = [replace(each, score=math.exp(each.by_words - best)) for each in by_words]
    instead, lacks_too = sound_first(question, in_order(question, ranked))
    return (instead, False) if lacking and not lacks_too else (evidence, lacking or lacks_too)
