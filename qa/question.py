"""A question and the turns before it → a standalone Question: its answer type, list size, period and Query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from index.text.canonical import fold
from index.text.dates import parse_period
from index.types import Filters, Query
from qa.answer_types import asks_who_someone_is, find_answer_type, find_list_size, find_ordinal
from qa.followups import carry_topic, make_standalone
from qa.mentions import find_persons, split_predecessor
from qa.types import AnswerType, Question, Turn

_TOPIC_BEHIND = re.compile(r"(?<!\d) – (?!\d)")
Understand = Callable[[str, Filters], Query]


def understand_question(text: str, turns: Sequence[Turn], understand: Understand, filters: Filters) -> Question:
    """Make `text` standalone, restore its diacritics and say what it asks for.

    `understand` turns a typed text into a Query; QueryError from it (empty, too long) passes through.
    """
    own = understand(text, filters)
    own_text = restored_text(own)
    standalone = make_standalone(own_text, turns, lambda earlier: restored_text(understand(earlier, filters)))
    return _question(text, own_text, standalone, own if standalone == own_text else understand(standalone, filters))


def with_topic(question: Question, turns: Sequence[Turn], understand: Understand) -> Question | None:
    """The same question with the topic of the last turn, to be tried where it finds no answer alone.

    None where nothing can be carried, or was carried already.
    """
    filters = question.query.filters
    if question.carried:
        return None
    standalone = carry_topic(question.own_text, turns, lambda earlier: restored_text(understand(earlier, filters)))
    return None if standalone is None else _question(question.text, question.own_text, standalone, understand(standalone, filters))


def _question(text: str, own_text: str, standalone: str, query: Query) -> Question:
    return Question(
        text=text,
        standalone=standalone,
        answer_type=_answer_type(standalone, query),
        query=query,
        list_size=find_list_size(standalone) or find_list_size(_as_guessed(standalone, query)),
        ordinal=find_ordinal(standalone) or find_ordinal(_as_guessed(standalone, query)),
        period=_period(standalone),
        own_text=own_text,
    )


def restored_text(query: Query) -> str:
    """What was typed, with its diacritics restored, without the written-out abbreviations a Query appends for searching."""
    text = query.text
    for expansion in reversed(query.expansions):
        if expansion.reason == "abbreviation":
            text = text.removesuffix(f" {expansion.searched}")
    return text


def _as_guessed(standalone: str, query: Query) -> str:
    """Folded where its diacritics are our own guess."""
    return fold(standalone) if any(expansion.reason == "diacritics" for expansion in query.expansions) else standalone


def _answer_type(standalone: str, query: Query) -> AnswerType:
    """Guessed diacritics may be wrong in the very words of asking ("mấy" → "máy"): where they ask nothing the rules for text without any
    decide, and of a document's number, which little else reads like. Where they ask something these take "máy" for "mấy" themselves."""
    read = _as_guessed(standalone, query)
    found = find_answer_type(_TOPIC_BEHIND.split(read)[0])  # what stands behind the dash is the topic of an earlier turn
    if found is AnswerType.OTHER:
        found = find_answer_type(read)
    guessed = find_answer_type(_TOPIC_BEHIND.split(standalone)[0])
    if guessed is not AnswerType.OTHER and found is not AnswerType.REFERENCE:
        found = guessed
    if found is AnswerType.PERSON and asks_who_someone_is(standalone) and find_persons(split_predecessor(standalone)[0]):
        return AnswerType.POST
    return found


def _period(standalone: str) -> tuple[date | None, date | None] | None:
    without_references = re.sub(r"\S*\d/(?:19|20)\d{2}/\S*", " ", standalone)
    first, last = parse_period(without_references)
    return None if first is None and last is None else (first, last)
