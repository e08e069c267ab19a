"""Sentences outside the passages that tell the very act asked about: who read the opening words stands in a caption further down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Hit, SearchEngine
from qa.demands import find_demands
from qa.sentences import Sentence, find_sentences
from qa.types import AnswerType, Passage, Question
from qa.weights import ACT_COUNTS

MAX_ARTICLES = 2
MAX_READ = 8000  # characters of an article read whole
_PERSONS = (AnswerType.PERSON, AnswerType.LIST)


def acts_elsewhere(question: Question, sentences: Sequence[Sentence], hits: Sequence[Hit], engine: SearchEngine) -> list[Sentence]:
    """Those of the short articles among the best hits, not among `sentences`; none where no act of a person is asked about."""
    acts = [demand for demand in find_demands(question) if demand.weight == ACT_COUNTS] if question.answer_type in _PERSONS else []
    if not acts:
        return []
    known = {(sentence.article.id, sentence.start) for sentence in sentences}
    found = []
    for hit in list({hit.article_id: hit for hit in reversed(hits[: 2 * MAX_ARTICLES])}.values())[-MAX_ARTICLES:]:
        article = engine.article(hit.article_id)
        if len(article.text) > MAX_READ:
            continue
        whole = Passage(0, hit, hit.chunk.start, hit.chunk.end, hit.chunk.text, hit.chunk.token_count)
        read = find_sentences([Passage(0, hit, 0, len(article.text), article.text, hit.chunk.token_count)], engine)
        for sentence in read:
            if (article.id, sentence.start) not in known and any(demand.met(sentence.lowered) for demand in acts):
                found.append(replace(sentence, passage=whole))
    return found
