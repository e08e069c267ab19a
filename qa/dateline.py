"""On which day an article itself was published, as the line above or below its text says, or its metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.text.canonical import fold
from index.text.dates import find_dates
from index.text.tokens import terms
from index.types import Article, BlockKind, Hit, SearchEngine, Span
from qa.frames import is_official
from qa.terms import content_terms, fold_term
from qa.types import Passage, Question
from qa.wording import Line, Quote, passage_at

_ARTICLE = r"(?:bai(?: viet| bao| dang| phong van)?|ban tin|tin(?: bai| tuc)?|phong su)"
_PUBLISHED = r"(?:dang(?: tai| bao| len)?|xuat ban|phat hanh|len (?:trang|bao|mang))"
_WHEN = r"(?:ngay (?:nao|may)|hom nao|khi nao|luc nao|bao gio|thang nao|nam nao|thoi gian nao)"
_ASKED = re.compile(
    rf"^{_ARTICLE}\b.*\b{_PUBLISHED}\b.*\b{_WHEN}|^{_WHEN}\b.*\b{_PUBLISHED} {_ARTICLE}\b|^{_ARTICLE}\b.*\b{_WHEN}.* {_PUBLISHED}\b"
)
_ASKING = frozenset(("bai", "viet", "bao", "tin", "dang", "tai", "ngay", "hom", "luc", "gio", "thang", "nam", "xuat", "trang", "mang"))
_RUNNING = frozenset({BlockKind.BODY, BlockKind.ANSWER, BlockKind.QUESTION, BlockKind.HEADING})
MAX_ARTICLES = 4
MIN_NAMED = 0.7  # of what the article is said to be about, in it …
MIN_TITLED = 0.5  # … and in its title: a long article has many words


def answer_dateline(question: Question, hits: Sequence[Hit], passages: Sequence[Passage], engine: SearchEngine) -> list[Line] | None:
    """The day of the article described, with its title and the line that gives the day; None for any other question."""
    text = fold(question.standalone).strip()
    if question.query.references or not _ASKED.search(text):
        return None
    found = _described(question, hits, engine)
    published = found[0].metadata.published if found else None
    if found is None or published is None:
        return None
    article, hit = found
    title = next((block for block in article.blocks if block.kind is BlockKind.TITLE), article.blocks[0])
    spans = [Span(title.start, title.end), *_date_lines(article)[:1]]
    line: list[str | Quote] = []
    for span in spans:
        line += [*([" – "] if line else []), Quote(passage_at(article, span, hit, passages), article, span)]
    return [[f"{published.vietnamese}."], line]


def _described(question: Question, hits: Sequence[Hit], engine: SearchEngine) -> tuple[Article, Hit] | None:
    """The article that has most of the words that describe it, those of its title twice; of equals the better hit."""
    asked = {fold_term(term) for term in content_terms(question.standalone)} - _ASKING
    ranked: list[tuple[float, int, Article, Hit]] = []
    for order, hit in enumerate(list({hit.article_id: hit for hit in reversed(hits)}.values())[::-1][:MAX_ARTICLES]):
        article = engine.article(hit.article_id)
        within = len(asked & _terms_of(article.id, article.content_hash, f"{article.metadata.title}\n{article.text}"))
        titled = len(asked & {fold_term(term) for term in content_terms(article.metadata.title)})
        if within >= MIN_NAMED * len(asked) and titled >= MIN_TITLED * len(asked) and not is_official(article):
            ranked.append((within + titled, -order, article, hit))
    return max(ranked, key=lambda entry: entry[:2])[2:] if ranked else None


@lru_cache(maxsize=256)
def _terms_of(article_id: str, content_hash: str, text: str) -> frozenset[str]:
    """The distinct folded terms of an article with its title, remembered for the last ones."""
    return frozenset(map(fold_term, terms(text)))


def _date_lines(article: Article) -> list[Span]:
    """The lines outside the running text that have the day of publication, however written."""
    wanted = article.metadata.published
    outside = (block for block in article.blocks if block.kind not in _RUNNING)
    return [
        Span(block.start, block.end)
        for block in outside
        if any(mention.date == wanted for mention in find_dates(article.text[block.start : block.end]))
    ]
