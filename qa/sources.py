"""Whether the articles agree: a question about what several of them say of one thing, and what each says, side by side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from index.types import SearchEngine
from qa.actors import acting_first
from qa.counterparts import runs_of
from qa.disagreement import first_day, value_told
from qa.evidence import Evidence, score_sentences
from qa.extract import MAX_LISTING_SYLLABLES, SURE, quoted
from qa.material import SECOND_SENTENCE_SHARE
from qa.mentions import Mention, find_amounts
from qa.named_sources import NamedSource
from qa.sentences import find_sentences
from qa.short_answers import best_short_answer
from qa.support import load_support, support_of
from qa.terms import QuestionTerms, content_terms
from qa.types import AnswerType, Passage, Question
from qa.wording import Line, Worded, dated, word

MAX_SOURCES = 3
MAX_READ = 16  # of the best sentences
MIN_SHARE, MIN_SHARE_SAME = 0.4, 0.7  # of what the best sentence has of the question: in another article, in one that was quoted already
MIN_OVERLAP, MIN_OVERLAP_SAME = 0.6, 0.3  # of the words of the shorter of two sentences that tell of one thing; of one article
FEW = 5  # words
LEAST = 1e-9  # a chance
MIN_SCORE, MIN_SCORE_ALIKE = 0.1, 0.01  # of the best one, by a sentence that is not worded like it; that is a little
MIN_OWN = 0.25  # of the question, by the best sentence: one of less tells of something else
MAX_PAIRED = 8  # sentences of a document that may stand beside one of the other
ALIKE = 1.5  # what a pair gains in log likelihood for each e-fold of the runs of words it shares
_VALUES = (AnswerType.NUMBER, AnswerType.DATE)


def answer_of_sources(question: Question, passages: Sequence[Passage], engine: SearchEngine) -> Worded | None:
    """What up to `MAX_SOURCES` articles say of it, the newest first, their values in front where they differ; None where nothing supports
    an answer, or one article alone does."""
    scored, asked = score_sentences(question, find_sentences(passages, engine), engine)
    evidence = acting_first(question, scored)
    if not evidence or support_of(question, evidence, asked) < load_support().threshold:
        return None
    sound = [each for each in evidence if not each.features.aside]
    told = _told(question, sound, asked) if sound and evidence[0].features.own >= MIN_OWN else []
    if len(told) < 2:
        return None
    ordered = sorted(told, key=lambda pair: first_day(pair[0].sentence.article), reverse=True)
    lines: list[Line] = [
        quoted(each.sentence, asked, None if value is None else each.sentence.start + value.start, MAX_LISTING_SYLLABLES)
        for each, value in ordered
    ]
    values = [(value.text.strip(), dated(each.sentence.article)) for each, value in ordered if value is not None]
    if len({value_told(value) for _, value in ordered if value is not None}) > 1:
        lines.insert(0, [f"Các nguồn ghi khác nhau: {'; '.join(f'{value} ({when})' for value, when in values)}."])
    return word(lines, passages)


def answer_of_named(
    question: Question, sources: Sequence[NamedSource], found: Sequence[Sequence[Passage]], engine: SearchEngine
) -> Worded | None:
    """What each of the documents named says of it, under its name; None where one of them says too little of it.

    `found` has the passages of each source, in their order.
    """
    scored = [_read(question, passages, engine) for passages in found]
    if not all(evidence for evidence, _ in scored):
        return None
    if max(support_of(question, evidence, asked) for evidence, asked in scored) < load_support().threshold:
        return None
    first, second = _paired([evidence for evidence, _ in scored])
    scored = [(first, scored[0][1]), (second, scored[1][1])]
    best = max(evidence[0].features.own for evidence, _ in scored)
    if any(evidence[0].features.own < MIN_SHARE * best for evidence, _ in scored):
        return None
    lines = [
        line for source, (evidence, asked) in zip(sources, scored, strict=True) for line in _of_source(question, source, evidence, asked)
    ]
    return word(lines, [passage for passages in found for passage in passages])


def _of_source(question: Question, source: NamedSource, evidence: Sequence[Evidence], asked: QuestionTerms) -> list[Line]:
    """The name, with the figure or day where one is asked for, and the best sentence, long as it may be (the difference may stand in any
    clause), or two."""
    when, best = evidence[0].sentence.article.metadata.date, evidence[0].sentence
    value = best_short_answer(question, best.text, asked, when.year if when else None) if question.answer_type in _VALUES else None
    name = source.label if value is None or evidence[0].chance < SURE else f"{source.label} – {value.text.strip()}"
    beside = [each for each in evidence[1:2] if evidence[0].chance < SURE and each.score >= SECOND_SENTENCE_SHARE]
    return [
        [f"{name}:"],
        quoted(best, asked, None if value is None else best.start + value.start, MAX_LISTING_SYLLABLES),
        *(quoted(each.sentence, asked, None) for each in beside),
    ]


def _paired(found: Sequence[Sequence[Evidence]]) -> tuple[list[Evidence], list[Evidence]]:
    """The sentences of two documents, those two first that together are the likeliest to answer and tell of one thing."""
    one, other = found
    runs = {id(each): runs_of(each.sentence.lowered) for each in (*one[:MAX_PAIRED], *other[:MAX_PAIRED])}

    def worth(pair: tuple[Evidence, Evidence]) -> float:
        shared = len(frozenset.intersection(*(runs[id(each)] for each in pair)))
        return sum(math.log(max(each.chance, LEAST)) for each in pair) + ALIKE * math.log1p(shared)

    best = max(itertools.product(one[:MAX_PAIRED], other[:MAX_PAIRED]), key=worth)
    first, second = ([chosen, *(each for each in all_of if each is not chosen)] for chosen, all_of in zip(best, found, strict=True))
    return first, second


def _words(evidence: Evidence) -> frozenset[str]:
    return frozenset(content_terms(evidence.sentence.lowered))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of the shorter of two sentences that stand in the other; of a few words by chance, so not under `FEW`."""
    return len(one & other) / max(FEW, min(len(one), len(other)))


def _read(question: Question, passages: Sequence[Passage], engine: SearchEngine) -> tuple[list[Evidence], QuestionTerms]:
    scored, asked = score_sentences(question, find_sentences(passages, engine), engine)
    return [each for each in acting_first(question, scored) if not each.features.aside], asked


def _told(question: Question, evidence: Sequence[Evidence], asked: QuestionTerms) -> list[tuple[Evidence, Mention | None]]:
    """The best sentence, and of every other article the one that says the same thing or has nearly as much of the question; of the same
    article one with another value."""
    best, first = evidence[0], _words(evidence[0])
    found: list[tuple[Evidence, Mention | None]] = []
    for each in evidence[:MAX_READ]:
        same = any(other.sentence.article.id == each.sentence.article.id for other, _ in found)
        alike = overlap(first, _words(each))
        if each.features.fits < best.features.fits or not _tells_too(each, best, alike, same=same):
            continue
        when = each.sentence.article.metadata.date
        value = best_short_answer(question, each.sentence.text, asked, when.year if when else None)
        known = {value_told(other) for _, other in found if other is not None}
        if value_told(value) not in known if value is not None else not same and not _repeats(each, found):
            found.append((each, value))
    return found[:MAX_SOURCES]


def _tells_too(each: Evidence, best: Evidence, alike: float, *, same: bool) -> bool:
    """Whether a sentence tells of what the best one tells: worded alike in another article, or with nearly as much of the question."""
    if each is best:
        return True
    if same:
        return each.features.own >= MIN_SHARE_SAME * best.features.own and alike >= MIN_OVERLAP_SAME
    near = each.score >= MIN_SCORE or (each.score >= MIN_SCORE_ALIKE and alike >= MIN_OVERLAP_SAME)
    return alike >= MIN_OVERLAP or (each.features.own >= MIN_SHARE * best.features.own and near)


def _repeats(each: Evidence, found: Sequence[tuple[Evidence, Mention | None]]) -> bool:
    """Whether it has no figure but those of a sentence that is quoted already."""
    figures = {value_told(amount) for amount in find_amounts(each.sentence.text)}
    known = {value_told(amount) for other, _ in found for amount in find_amounts(other.sentence.text)}
    return bool(figures) and figures <= known
