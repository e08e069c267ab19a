"""A question and the turns before it → a standalone Question: its answer type, list size, period and Query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from index.text import tokens
from index.text.canonical import canonical, fold
from index.text.dates import parse_period
from index.text.tokens import bigrams
from index.types import Expansion, Filters, Query
from qa.answer_types import asks_who_someone_is, find_answer_type, find_list_size, find_ordinal
from qa.excluded import references_meant
from qa.followups import carry_topic, make_standalone
from qa.mentions import find_persons, split_predecessor
from qa.terms import content_terms
from qa.types import AnswerType, Question, Turn

_TOPIC_BEHIND = re.compile(r"(?<!\d) – (?!\d)")
# "The dang vien …" may be a card, "the he …" a generation; "the con", "the thi" are known phrases.
_OPENING_THE = re.compile(
    r"the (?!(?:dang(?! (?:uy|bo|cap)\b)"
    r"|can cuoc|bao hiem|nha bao|ngan hang|tin dung|he|nao|con|thi|bao|ai|gioi|thao|manh|luc|nay|cu|moi|tam)\b)",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(r"\b(?:yeu cau|can|phai|lam|co|nhu) (?:gi|nao)\b")
Understand = Callable[[str, Filters], Query]


def understand_question(text: str, turns: Sequence[Turn], understand: Understand, filters: Filters) -> Question:
    """Make `text` standalone, restore its diacritics and say what it asks for.

    `understand` turns a typed text into a Query; QueryError from it (empty, too long) passes through.
    """
    own = understand(text, filters)
    own_text = _own_text(text, own, turns, understand)
    earlier = _Earlier(understand, filters)
    standalone = make_standalone(own_text, turns, earlier.restore)
    alone = standalone == restored_text(own)
    return _question(text, own_text, standalone, own if alone else _guessed(understand(standalone, filters), own, earlier))


def with_topic(question: Question, turns: Sequence[Turn], understand: Understand) -> Question | None:
    """The same question with the topic of the last turn, to be tried where it finds no answer alone.

    None where nothing can be carried, or was carried already.
    """
    filters = question.query.filters
    if question.carried:
        return None
    earlier = _Earlier(understand, filters)
    standalone = carry_topic(question.own_text, turns, earlier.restore)
    if standalone is None:
        return None
    query = _guessed(understand(standalone, filters), question.query, earlier)
    return _question(question.text, question.own_text, standalone, query)


def without_topic(question: Question, understand: Understand) -> Question | None:
    """The same question without the topic put behind it, to be tried where both together find no answer.

    None where it names nothing of that topic itself, by two words beside each other ("Thế được cấp lại mấy lần?" after "Xin cấp lại …").
    """
    own, _, topic = question.standalone.partition(" – ")
    named = set(bigrams(content_terms(own))) & set(bigrams(content_terms(topic)))
    typed = {fold(term) for term in content_terms(question.own_text)} - {fold(term) for term in content_terms(own)}
    if not question.carried or not named or typed:  # what stands in front of the dash may be the earlier question itself
        return None
    query = understand(f"{own}?", question.query.filters)
    standalone = restored_text(query)
    return _question(question.text, standalone, standalone, query)


class _Earlier:
    """Restores the questions of earlier turns and remembers which of their words are a guess."""

    def __init__(self, understand: Understand, filters: Filters) -> None:
        self._understand = understand
        self._filters = filters
        self.expansions: list[Expansion] = []

    def restore(self, text: str) -> str:
        query = self._understand(text, self._filters)
        self.expansions += query.expansions
        return restored_text(query)


def _guessed(query: Query, own: Query, earlier: _Earlier) -> Query:
    """`query` of a standalone question, with what was guessed of the words that it takes from what was typed."""
    words = set(tokens.terms(query.text))
    known = set(query.expansions)
    guessed = [each for each in (*own.expansions, *earlier.expansions) if each.reason == "diacritics" and each not in known]
    kept = dict.fromkeys(each for each in guessed if words.issuperset(tokens.terms(each.searched)))
    return replace(query, expansions=(*query.expansions, *kept)) if kept else query


def _own_text(text: str, own: Query, turns: Sequence[Turn], understand: Understand) -> str:
    """What was typed with its diacritics. In a follow-up without any "the" at the front opens it ("thế"), where running text has "thẻ" or
    "thể" and so reads the words after it otherwise."""
    opening = _OPENING_THE.match(text) if turns and fold(text) == canonical(text) else None
    return restored_text(own) if opening is None else f"Thế {restored_text(understand(text[opening.end() :], own.filters))}"


def _question(text: str, own_text: str, standalone: str, query: Query) -> Question:
    return Question(
        text=text,
        standalone=standalone,
        answer_type=_answer_type(_asked_first(standalone, own_text), query),
        query=replace(query, references=references_meant(standalone, query.references)) if len(query.references) > 1 else query,
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
    own = _TOPIC_BEHIND.split(read)[0]  # what stands behind the dash is the topic of an earlier turn
    found = find_answer_type(own)
    if found is AnswerType.OTHER and not _ASKS_ITSELF.search(fold(own)):
        found = find_answer_type(read)
    guessed = find_answer_type(_TOPIC_BEHIND.split(standalone)[0])
    if guessed is not AnswerType.OTHER and found is not AnswerType.REFERENCE:
        found = guessed
    if found is AnswerType.PERSON and asks_who_someone_is(standalone) and find_persons(split_predecessor(standalone)[0]):
        return AnswerType.POST
    return found


def _asked_first(standalone: str, own_text: str) -> str:
    """What was typed in front of the topic: an earlier question may stand before it ("Phải bao nhiêu tuổi – trình độ thì sao?")."""
    parts = _TOPIC_BEHIND.split(standalone, maxsplit=1)
    if len(parts) < 2:
        return standalone
    own = set(tokens.terms(own_text))
    first, last = (len(own & set(tokens.terms(part))) / (len(set(tokens.terms(part))) or 1) for part in parts)
    return " – ".join(reversed(parts)) if last > first else standalone


def _period(standalone: str) -> tuple[date | None, date | None] | None:
    without_references = re.sub(r"\S*\d/(?:19|20)\d{2}/\S*", " ", standalone)
    first, last = parse_period(without_references)
    return None if first is None and last is None else (first, last)
