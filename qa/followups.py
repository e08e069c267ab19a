"""A follow-up question made standalone from the turns before it, by rule.

Example: after "Có bao nhiêu tổ chức đạt loại xuất sắc năm 2021?", "Thế còn năm 2020?" becomes
"Có bao nhiêu tổ chức đạt loại xuất sắc năm 2020?". A question with a subject of its own is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.followup_amounts import compare_amount
from qa.followup_anaphora import carry_directive, carry_number, carry_person, carry_thing, carry_time
from qa.followup_bodies import name_body
from qa.followup_comparing import compare_with_earlier
from qa.followup_missed import carry_missed
from qa.followup_parts import replace_part
from qa.followup_series import carry_neighbour, carry_ordinal, carry_shifted
from qa.followup_told import of_another_subject, told_by
from qa.followup_topic import BARE_OPENING, bare_question, complete, has_own_subject, tidied, topic_of
from qa.types import Turn


def make_standalone(question: str, turns: Sequence[Turn], restore: Callable[[str], str]) -> str:
    """`question` with what `turns` supply; each earlier question is made standalone first. `restore` adds missing diacritics."""
    earlier: list[str] = []
    answer = ""
    for turn in turns:
        earlier.append(_resolve(restore(turn.question), earlier, answer))
        answer = told_by(turn.answer)
    return _resolve(question, earlier, answer)


def _resolve(question: str, earlier: Sequence[str], answer: str) -> str:
    turned = of_another_subject(question)
    if turned is not None or not earlier:
        return turned or question
    compared = compare_with_earlier(question, earlier)
    if compared is not None:
        return compared
    previous = earlier[-1]
    named = name_body(question, previous, answer)
    question = BARE_OPENING.sub("", named) if named != question else question
    for rule in _RULES:
        resolved = rule(question, previous, answer)
        if resolved is not None:
            tidy = tidied(resolved)
            return tidy[:1].upper() + tidy[1:]
    return question


def carry_topic(question: str, turns: Sequence[Turn], restore: Callable[[str], str]) -> str | None:
    """`question` with the topic of the last turn, for when it finds no answer alone; None where it has a subject of its own."""
    if not turns or has_own_subject(question) or of_another_subject(question) is not None:
        return None
    last = make_standalone(restore(turns[-1].question), turns[:-1], restore)
    return f"{bare_question(question)} – {topic_of(last)}?"


_RULES = (
    *(
        compare_amount,
        carry_missed,
        carry_shifted,
        carry_neighbour,
        carry_ordinal,
        carry_person,
        carry_directive,
        carry_time,
        replace_part,
        carry_number,
    ),
    *(carry_thing, complete),
)  # in order: the first that speaks decides
