"""Whether another article gives another figure or day for what is asked, as surely as the one that answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.tokens import terms
from index.types import Article
from qa.actors import acts_otherwise
from qa.evidence import Evidence
from qa.mentions import Mention, find_amounts
from qa.periods import period_in, period_of
from qa.sentences import Sentence
from qa.short_answers import best_short_answer, unit_score
from qa.terms import QuestionTerms, content_terms, coverage
from qa.types import AnswerType, Question

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_VALUE = re.compile(r"(?:(?:hon|tren|gan|khoang|duoi|it nhat|toi da|khong qua) )?\d+(?:[.,]\d+)*(?![\d/.-])(?: (?:nghin|trieu|ty|ti)\b)?")
_CLAUSE_END = re.compile(r"[,;:]\s")
_CANDIDATES = 8
MAX_LESS_COVERED = 0.15  # of the question, by the other sentence
MIN_ALIKE = 0.4  # share of the shorter sentence's words that stand in the other: they tell of one thing
MIN_COVERED = 0.5
NEAR = 5  # content words on either side of a figure …
MIN_AROUND, MIN_SHARED = 5, 0.6  # … of which so many, and so large a share, stand around the other figure too
_LIKELY = 0.02  # of the best one's likelihood


def find_disagreeing(
    question: Question, evidence: Sequence[Evidence], short: Mention, asked: QuestionTerms
) -> tuple[Evidence, Mention] | None:
    """The best sentence of another article that covers the question as well as the first and answers it otherwise; None where all agree.

    Only for numbers and days. An article that the first one's replaces, or that is replaced by it, is no second source.
    """
    if question.answer_type not in (AnswerType.NUMBER, AnswerType.DATE):
        return None
    best = evidence[0]
    outdated = {best.sentence.article.id, *(each.sentence.article.metadata.supersedes for each in evidence)}
    for other in evidence[1:_CANDIDATES]:
        if other.sentence.article.id in outdated or acts_otherwise(question, other.sentence.text):
            continue  # another body's time is no other answer
        if (told := _same_thing_counted(question, best.sentence, short, other.sentence)) is not None:
            return other, told
        if not (_as_sure(other, best) and _alike(other.sentence, best.sentence) and _in_period(question, other.sentence)):
            continue
        when = other.sentence.article.metadata.date
        told = best_short_answer(question, other.sentence.text, asked, when.year if when else None)
        near = told is not None and _covered_at(other, told, asked) >= _covered_at(best, short, asked) - MAX_LESS_COVERED
        if near and told is not None and _differ(question, short, told):
            return other, told
    return None


def _same_thing_counted(question: Question, first: Sentence, short: Mention, second: Sentence) -> Mention | None:
    """The figure with which `second` counts what `first` counts with `short`, in the same words around it, where it is another one:
    "kiểm tra gần 200 lượt tổ chức đảng" and "Kiểm tra: 195 lượt tổ chức đảng"; the day or year of both must be one."""
    if question.answer_type is not AnswerType.NUMBER or not _of_one_time(question, first, second):
        return None
    around = _around(first.text, short)
    unit = _counted(short.text)
    if not unit or len(around) < MIN_AROUND:
        return None
    for amount in find_amounts(second.text):
        shared = len(around & _around(second.text, amount))
        if _counted(amount.text) == unit and shared >= max(MIN_AROUND, MIN_SHARED * len(around)):
            return amount if value_told(amount) != value_told(short) else None
    return None


def _of_one_time(question: Question, first: Sentence, second: Sentence) -> bool:
    """Whether both tell of the time asked about, or of one time; what names none is of the day of its article."""
    one, other = (period_of(each.article, each.start, each.end) for each in (first, second))
    if question.period is not None and other is not None and other.meets(question.period):
        return True
    same_day = first.article.metadata.date == second.article.metadata.date and period_in(second.text) is None
    return same_day or (question.period is None and (one is None or other is None or one.meets(other)))


def _around(text: str, amount: Mention) -> frozenset[str]:
    """The content words close before and after a figure."""
    before, after = content_terms(text[: amount.start]), content_terms(text[amount.start :])
    return frozenset(word for word in (*before[-NEAR:], *after[: NEAR + 1]) if not word.isdigit())


def _counted(amount: str) -> str:
    """The first word of what is counted: "gần 200 lượt kiểm tra" → "lượt"."""
    match = _VALUE.match(fold(amount).strip())
    return _unit(Mention(amount[match.end() :], 0, 0)) if match else ""


def value_told(mention: Mention) -> str:
    """What a short answer says, without the unit that another sentence may leave out: "63" of "63 chi bộ", "hon 60" of "Hơn 60 chi bộ"."""
    text = fold(mention.text).strip()
    match = _VALUE.match(text)
    return " ".join(match[0].split()) if match else text


def first_day(article: Article) -> date:
    """For sorting: articles without a date come last."""
    return article.metadata.date.first_day if article.metadata.date else date.min


def _as_sure(other: Evidence, best: Evidence) -> bool:
    features = other.features
    covered = max(MIN_COVERED, best.features.own - MAX_LESS_COVERED)
    return other.score >= _LIKELY and features.fits >= best.features.fits == 1.0 and not features.aside and features.own >= covered


def _alike(one: Sentence, other: Sentence) -> bool:
    """Of two articles neither of which replaces the other, and worded alike."""
    if _of_one_line(one.article, other.article):
        return False
    words = set(content_terms(one.lowered)), set(content_terms(other.lowered))
    return len(words[0] & words[1]) >= MIN_ALIKE * min(map(len, words))


def _in_period(question: Question, sentence: Sentence) -> bool:
    """A figure of another year does not disagree with that of the year asked about."""
    when = period_of(sentence.article, sentence.start, sentence.end)
    return question.period is None or (when is not None and when.meets(question.period))


def _covered_at(evidence: Evidence, told: Mention, asked: QuestionTerms) -> float:
    """Of the question, by the clause in which the value stands: "ten people where there are fewer than 1,000" tells two numbers."""
    text = evidence.sentence.text
    start = max((match.end() for match in _CLAUSE_END.finditer(text, 0, told.start)), default=0)
    following = _CLAUSE_END.search(text, told.end)
    return coverage(asked, terms(text[start : following.start() if following else len(text)]))


def _of_one_line(one: Article, other: Article) -> bool:
    return one.id == other.id or other.id == one.metadata.supersedes or one.id == other.metadata.supersedes


def _differ(question: Question, one: Mention, other: Mention) -> bool:
    """Other days (a month does not disagree with a day in it), or other numbers of one unit."""
    if question.answer_type is AnswerType.DATE:
        days = [str(found[0].date) for text in (one.text, other.text) if (found := find_dates(text))]
        return len(days) == 2 and not days[0].startswith(days[1]) and not days[1].startswith(days[0])
    numbers = [_NUMBER.search(text) for text in (one.text, other.text)]
    if not all(numbers) or unit_score(question, one) != unit_score(question, other):
        return False
    return len({match[0].lstrip("0") for match in numbers if match}) == 2 and _unit(one) == _unit(other)


def _unit(mention: Mention) -> str:
    words = re.findall(r"[^\W\d_]+|%", canonical(mention.text))
    return words[0] if words else ""
