"""Several things asked one after another: whether one answer tells of each, and which sentences do where each is searched for alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from index.text.canonical import canonical
from index.text.tokens import terms
from index.types import SearchEngine
from qa.actors import acting_first
from qa.counterparts import runs_of
from qa.evidence import Evidence, score_sentences
from qa.extract import quoted
from qa.sentences import Sentence, find_sentences
from qa.short_answers import best_short_answer
from qa.terms import QuestionTerms, content_terms
from qa.types import AnswerType, Passage, Question, Side
from qa.wording import Line, Quote, capitalised

MAX_READ = 12  # of the best sentences of each side
MIN_SCORE = 0.003  # of the best one
OWN = 2.0  # what a sentence gains in log likelihood that names its own side and no other
ALIKE = 0.5  # … and all together for each e-fold of the runs of words they share
ONE_ARTICLE = 0.5  # … and for standing in one article
OF_ALL = 0.6  # of each side's own words: a sentence that has as much speaks of all sides
OF_WHOLE = 0.5  # … and so much the answer to the whole question must have of each
OF_ITS_OWN = 0.25  # … and so much what a side quotes, of its own
_VALUES = (AnswerType.NUMBER, AnswerType.DATE)
_Own = Sequence[frozenset[str]]


class _Candidate(NamedTuple):
    """A sentence that speaks of its side, by how much more than of any other, and its runs of words."""

    evidence: Evidence
    margin: float
    runs: frozenset[tuple[str, ...]]


def tells_each(sides: Sequence[Side], quote: str) -> bool:
    """Whether a quotation speaks of every side, by most of the words that it alone has; so it does where a side has none."""
    own = _own_words([side.question for side in sides])
    return not all(own) or min(_named(quote, own)) >= OF_WHOLE


def each_of_its_own(read: Sequence[Question], lines: Sequence[Sequence[Line]]) -> bool:
    """Whether what each side quotes speaks of that side, and of no other more."""
    own = _own_words([each.standalone for each in read])
    if not all(own):
        return False
    named = [_named(_text(_told(each)), own) for each in lines]
    return all(shares[side] >= OF_ITS_OWN and shares[side] == max(shares) for side, shares in enumerate(named))


def chosen_anew(
    read: Sequence[Question], lines: Sequence[list[Line]], passages: Sequence[Passage], engine: SearchEngine
) -> list[list[Line]]:
    """The lines of the sides; those that found nothing, or a sentence that speaks of another side, get the best sentences that speak of
    themselves, chosen together. What found nothing gets one of an article that another side quotes."""
    own = _own_words([each.standalone for each in read])
    told = [_told(each) for each in lines]
    if not any(told) or not all(own):
        return list(lines)
    twice = len({(quotes[0].article.id, quotes[0].span.start) if quotes else None for quotes in told}) == 1
    named = [_named(_text(quotes), own) for quotes in told]
    doubtful = [side for side, shares in enumerate(named) if not told[side] or _of_another(shares, side, twice=twice)]
    sentences = find_sentences(list({id(passage): passage for passage in passages}.values()), engine) if doubtful else []
    fixed = [quotes[0] for side, quotes in enumerate(told) if side not in doubtful]
    homes = {quote.article.id for quotes in told for quote in quotes}
    rows, terms_of = [], {}
    for side in doubtful:
        rest = [
            each for each in sentences if (told[side] or each.article.id in homes) and not any(_overlap(each, quote) for quote in fixed)
        ]
        scored, terms_of[side] = score_sentences(read[side], rest, engine)
        best = acting_first(read[side], scored)[:MAX_READ]
        rows.append(_candidates([each for each in best if _has_value(read[side], each, terms_of[side])], side, own))
    chosen = max(itertools.product(*rows), key=lambda each: _worth(each, fixed), default=())
    if _worth(chosen, fixed) == -math.inf:
        return list(lines)
    new = {side: _worded(read[side], each.evidence, terms_of[side]) for side, each in zip(doubtful, chosen, strict=bool(chosen))}
    return [new.get(side, each) for side, each in enumerate(lines)]


def _of_another(shares: Sequence[float], side: int, *, twice: bool) -> bool:
    """Whether a sentence that has these shares of the sides' own words speaks of another side rather than of `side`; `twice`: it is quoted
    for all."""
    if min(shares) >= OF_ALL:
        return False
    rest = max(share for other, share in enumerate(shares) if other != side)
    return shares[side] < OF_ITS_OWN or rest > shares[side] or (twice and rest == shares[side])


def _candidates(evidence: Sequence[Evidence], side: int, own: _Own) -> list[_Candidate]:
    """The sentences that speak of `side` more than of any other."""
    found = []
    for each in evidence:
        shares = _named(each.sentence.text, own)
        margin = shares[side] - max(share for other, share in enumerate(shares) if other != side)
        if margin > 0 and each.score >= MIN_SCORE:
            found.append(_Candidate(each, margin, runs_of(each.sentence.lowered)))
    return found


def _worth(chosen: Sequence[_Candidate], fixed: Sequence[Quote]) -> float:
    """The log likelihood, and what speaks for their belonging together; a sentence tells of one side."""
    if not chosen or len({id(each.evidence.sentence) for each in chosen}) < len(chosen):
        return -math.inf
    runs = [*(each.runs for each in chosen), *(runs_of(canonical(_text([quote]))) for quote in fixed)]
    articles = {each.evidence.sentence.article.id for each in chosen} | {quote.article.id for quote in fixed}
    likely = sum(math.log(each.evidence.score) + OWN * each.margin for each in chosen)
    return likely + ALIKE * math.log1p(len(frozenset.intersection(*runs))) + ONE_ARTICLE * (len(articles) == 1)


def _has_value(question: Question, each: Evidence, asked: QuestionTerms) -> bool:
    """Whether a sentence has the number, where one is asked for."""
    return question.answer_type is not AnswerType.NUMBER or best_short_answer(question, each.sentence.text, asked, None) is not None


def _worded(question: Question, chosen: Evidence, asked: QuestionTerms) -> list[Line]:
    """The figure or day, where one is asked for, and the sentence."""
    sentence, when = chosen.sentence, chosen.sentence.article.metadata.date
    value = best_short_answer(question, sentence.text, asked, when.year if when else None) if question.answer_type in _VALUES else None
    line = quoted(sentence, asked, None if value is None else sentence.start + value.start)
    return [line] if value is None else [[f"{capitalised(value.text.strip())}."], line]


def _told(lines: Sequence[Line]) -> list[Quote]:
    """The quotations of a list, of anything else the first one."""
    quotes = [piece for line in lines for piece in line if isinstance(piece, Quote)]
    is_list = len(lines) > 2 and isinstance(lines[1][0], str) and lines[1][0].startswith("1. ")
    return quotes if is_list else quotes[:1]


def _text(quotes: Sequence[Quote]) -> str:
    return " ".join(quote.article.text[quote.span.start : quote.span.end] for quote in quotes)


def _overlap(sentence: Sentence, quote: Quote) -> bool:
    return quote.article.id == sentence.article.id and sentence.start < quote.span.end and quote.span.start < sentence.end


def _own_words(questions: Sequence[str]) -> list[frozenset[str]]:
    """The words and pairs of words that each question has and no other's."""
    words = [_words(" ".join(content_terms(each))) for each in questions]
    return [own - frozenset().union(*(other for other in words if other is not own)) for own in words]


def _words(text: str) -> frozenset[str]:
    told = terms(text)
    return frozenset([*told, *map(" ".join, itertools.pairwise(told))])


def _named(text: str, own: _Own) -> list[float]:
    """The share of each side's own words that a text has."""
    said = _words(canonical(text))
    return [len(words & said) / len(words) for words in own]
