"""Which articles of the index another one replaces, by what their metadata say, and the line that tells it below an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import fold
from index.text.references import find_references
from index.types import Article, Hit
from qa.types import Question
from qa.wording import Line, Quote, date_words

_PAST = re.compile(r"\b(?:truoc day|truoc kia|luc do|khi do|hoi do|thoi diem do|lich su|ban dau)\b")


def replaced_by(article: Article, hits: Sequence[Hit]) -> Hit | None:
    """The hit whose article says that it replaces this one (by its id or its number); the search finds both, being of one subject."""
    numbers = {reference.number for reference in find_references(article.metadata.title)}
    for hit in hits:
        named = hit.metadata.supersedes
        if named and hit.article_id != article.id and (named == article.id or numbers & {r.number for r in find_references(named)}):
            return hit
    return None


def replacement_lines(question: Question, lines: Sequence[Line], hits: Sequence[Hit]) -> list[Line]:
    """For each quoted article that was replaced one line with the number and date of the new one; none for a question about the past,
    nor where the new one is quoted too."""
    if question.period is not None or _PAST.search(fold(question.standalone)):
        return []
    quoted = {piece.article.id: piece.article for line in lines for piece in line if isinstance(piece, Quote)}
    told: list[Line] = []
    for article in quoted.values():
        newer = replaced_by(article, hits)
        if newer is not None and newer.article_id not in quoted:
            when = date_words(newer.metadata.date)
            told.append([f"Lưu ý: nguồn {date_words(article.metadata.date)} đã có bản thay thế: {name_of(newer)} ({when})."])
    return told


def name_of(hit: Hit) -> str:
    """The number in the title, else the title."""
    numbers = find_references(hit.metadata.title)
    return numbers[0].number if numbers else hit.metadata.title
