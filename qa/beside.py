"""What another document says of a point that an answer quotes: two rules on one point are shown side by side, they may not agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import fold
from index.text.references import own_numbers
from index.text.tokens import syllable_count
from index.types import Article, Span
from qa.counterparts import find_counterpart
from qa.evidence import Evidence
from qa.material import Material
from qa.quotes import shorten
from qa.wording import Line, Quote, capitalised, dated, passage_at

# Folded: the kinds of documents that lay down rules.
_DIRECTIVE = re.compile(
    r"(?:huong dan|quy dinh|quyet dinh|quy che|nghi quyet|chi thi|thong tu|nghi dinh|luat|dieu le|ke hoach|ket luan|thong tri)\b"
)
MAX_ARTICLES = 4  # beside those quoted, in the order in which they were found
MAX_SYLLABLES = 100
FEW = 50  # syllables: an answer that quotes fewer is left alone
MIN_THIRD = 0.4  # of the weight of the words of both, by a sentence of a third article


def lines_beside(material: Material, lines: Sequence[Line]) -> list[Line]:
    """The sentence of another directive that says the same point as the best one quoted by `lines`, where there is such; else none."""
    quotes = [piece for line in lines for piece in line if isinstance(piece, Quote)]
    told = next((each for each in material.evidence[:3] if _is_quoted(each, quotes)), None)
    if told is None or not _is_directive(told.sentence.article):
        return []
    if sum(syllable_count(quote.article.text[quote.span.start : quote.span.end]) for quote in quotes) < FEW:
        return []
    sentence, known = told.sentence, {quote.article.id for quote in quotes}
    hits = {hit.article_id: hit for hit in reversed(material.hits) if hit.article_id not in known}
    articles = [material.engine.article(article_id) for article_id in list(reversed(hits))[:MAX_ARTICLES]]
    counterparts = [
        (counterpart[0], article, counterpart[1])
        for article in articles
        if _is_directive(article)
        and (counterpart := find_counterpart(sentence.article, sentence.start, sentence.end, article)) is not None
        and (len(known) == 1 or counterpart[0] >= MIN_THIRD)
    ]
    if not counterparts:
        return []
    _, article, place = max(counterparts, key=lambda entry: entry[0])
    span = shorten(article.text, Span(place.start, place.end), material.asked, None, MAX_SYLLABLES)
    return [[f"{capitalised(dated(article))}: ", Quote(passage_at(article, span, hits[article.id], material.passages), article, span)]]


def _is_directive(article: Article) -> bool:
    """Whether it lays down rules: news and reports tell of one event in the same words, and do not differ."""
    return bool(own_numbers(article.metadata.title) or _DIRECTIVE.match(fold(article.metadata.kind or "")))


def _is_quoted(each: Evidence, quotes: Sequence[Quote]) -> bool:
    sentence = each.sentence
    return any(q.article.id == sentence.article.id and q.span.start < sentence.end and sentence.start < q.span.end for q in quotes)
