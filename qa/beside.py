"""What another document says of a point that an answer quotes: two rules on one point are shown side by side, they may not agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical, fold
from index.text.references import own_numbers
from index.text.tokens import syllable_count
from index.types import Article, Span
from qa.counterparts import MIN_SHARED, Place, find_counterpart, runs_of
from qa.demands import counts
from qa.evidence import Evidence
from qa.material import Material
from qa.quotes import shorten
from qa.wording import Line, Quote, capitalised, dated, passage_at

# Folded: the kinds of documents that lay down rules.
_DIRECTIVE = re.compile(
    r"(?:huong dan|quy dinh|quyet dinh|quy che|nghi quyet|chi thi|thong tu|nghi dinh|luat|dieu le|ke hoach|ket luan|thong tri)\b"
)
MAX_SYLLABLES = 100
FEW = 50  # syllables: an answer that quotes fewer is left alone
MIN_DEMANDED = 0.2  # by a sentence that has what the question demands
MAX_DEMANDED = 20  # sentences read for what the question demands
MIN_RUNS = 3
MIN_THIRD = 0.4  # of the weight of the words of both, by a sentence of a third article


def lines_beside(material: Material, lines: Sequence[Line]) -> list[Line]:
    """The sentence of another directive that says the same point as the best one quoted by `lines`, where there is such; else none."""
    quotes = [piece for line in lines for piece in line if isinstance(piece, Quote)]
    told = next((each for each in material.evidence[:3] if _is_quoted(each, quotes)), None)
    if told is None or not _is_directive(told.sentence.article):
        return []
    if sum(syllable_count(quote.article.text[quote.span.start : quote.span.end]) for quote in quotes) < FEW:
        return []
    if (demanded := _demanded(material, told, quotes)) is not None:
        sentence = demanded.sentence
        span = shorten(sentence.article.text, Span(sentence.start, sentence.end), material.asked, None, MAX_SYLLABLES)
        return [[f"{capitalised(dated(sentence.article))}: ", Quote(sentence.passage, sentence.article, span)]]
    hits = {hit.article_id: hit for hit in reversed(material.hits) if hit.article_id != told.sentence.article.id}
    articles = [material.engine.article(article_id) for article_id in list(reversed(hits))]
    found = [each for article in articles if _is_directive(article) and (each := _counterpart(material, told, article, quotes)) is not None]
    if not found:
        return []
    _, article, place = max(found, key=lambda each: each[0])
    span = shorten(article.text, Span(place.start, place.end), material.asked, None, MAX_SYLLABLES)
    return [[f"{capitalised(dated(article))}: ", Quote(passage_at(article, span, hits[article.id], material.passages), article, span)]]


def _demanded(material: Material, told: Evidence, quotes: Sequence[Quote]) -> Evidence | None:
    """The sentence of another directive that has what the question demands, as the one quoted has, and shares whole clauses with it."""
    if counts(material.question, told.sentence.lowered) <= 1.0:
        return None
    said = runs_of(told.sentence.lowered)
    for each in material.evidence[:MAX_DEMANDED]:
        sentence = each.sentence
        if sentence.article.id == told.sentence.article.id or not _is_directive(sentence.article):
            continue
        if counts(material.question, sentence.lowered) > 1.0 and len(said & runs_of(sentence.lowered)) >= MIN_RUNS:
            return None if _is_quoted(each, quotes) else each
    return None


def _counterpart(material: Material, told: Evidence, article: Article, quotes: Sequence[Quote]) -> tuple[float, Article, Place] | None:
    """What `article` says of the same point, and how alike it is; in an article that is quoted already, only what the question demands."""
    sentence, known = told.sentence, {quote.article.id for quote in quotes}
    found = find_counterpart(sentence.article, sentence.start, sentence.end, article, MIN_DEMANDED)
    if found is None:
        return None
    share, place = found
    demanded = counts(material.question, canonical(article.text[place.start : place.end]), "") > 1.0
    if any(quote.article.id == article.id and quote.span.start < place.end and place.start < quote.span.end for quote in quotes):
        return None
    least = MIN_DEMANDED if demanded else MIN_SHARED if len(known) == 1 else MIN_THIRD
    if share < least or (article.id in known and not demanded):
        return None
    return share + demanded, article, place


def _is_directive(article: Article) -> bool:
    """Whether it lays down rules: news and reports tell of one event in the same words, and do not differ."""
    return bool(own_numbers(article.metadata.title) or _DIRECTIVE.match(fold(article.metadata.kind or "")))


def _is_quoted(each: Evidence, quotes: Sequence[Quote]) -> bool:
    sentence = each.sentence
    return any(q.article.id == sentence.article.id and q.span.start < sentence.end and sentence.start < q.span.end for q in quotes)
