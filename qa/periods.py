"""Which stretch of time a sentence of an article speaks of, and whether it meets the one asked about."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from index.text.dates import TermMention, find_dates, find_terms
from index.types import Article, BlockKind, PartialDate

_YEAR = timedelta(days=366)
MAX_LEAD_BLOCKS = 12  # how far above an item its "Thời điểm tháng 12/2021:" may stand
_BEFORE = re.compile(
    r"\btrước (?:khi bước vào |thềm )?$|\btrước khi (?:bước )?vào $", re.IGNORECASE
)  # "trước nhiệm kỳ 2020 – 2025" is not in it
_YEARS = re.compile(r"\btừ (?:năm )?(\d{4}) (?:đến|tới) (?:năm )?(\d{4})\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:khi|lúc|hồi|nhiệm kỳ) (?:ấy|đó|trước)\b", re.IGNORECASE)  # then, not when the article was written
_SKIPPED = frozenset({BlockKind.CAPTION, BlockKind.BOILERPLATE, BlockKind.BYLINE})


class Period(NamedTuple):
    """First and last day."""

    first: date
    last: date

    def meets(self, asked: tuple[date | None, date | None]) -> bool:
        """Two terms of office that share only the year in which the one follows the other ("2010 – 2015", "2015 – 2020") do not."""
        first, last = asked
        if first and last and last - first > _YEAR and self.last - self.first > _YEAR:
            return min(self.last, last) - max(self.first, first) > _YEAR
        return (last is None or self.first <= last) and (first is None or self.last >= first)


def days_of(when: PartialDate) -> Period:
    """2021 → the whole year, 2021-12 → the month, 2021-12-27 → the day."""
    month = when.month or 12
    last_day = when.day or monthrange(when.year, month)[1]
    return Period(when.first_day, date(when.year, month, last_day))


def days_of_term(term: TermMention) -> Period:
    return Period(date(term.first_year, 1, 1), date(term.last_year, 12, 31))


def period_in(text: str) -> Period | None:
    """The term of office, else the date, that `text` names first."""
    terms = [term for term in find_terms(text) if not _BEFORE.search(text, 0, term.start)]
    if terms:
        return days_of_term(terms[0])
    years = _YEARS.search(text)
    if years:
        return Period(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31))
    dates = find_dates(text)
    return days_of(dates[0].date) if dates else None


def period_of(article: Article, start: int, end: int) -> Period | None:
    """When the stretch `[start, end)` was so: what it says itself, else the lead above it, its paragraph, the article's date, its title."""
    own = period_in(article.text[start:end]) or _period_above(article, start)
    if own is not None:
        return own
    if article.metadata.date is not None and not _THEN.search(article.text, start, end):
        return days_of(article.metadata.date)
    return period_in(article.metadata.title)


def _period_above(article: Article, start: int) -> Period | None:
    """The period of the nearest line above that leads in with a colon; the paragraph itself comes first."""
    blocks = [b for b in article.blocks if b.kind not in _SKIPPED and b.start <= start]
    for distance, block in enumerate(reversed(blocks[-MAX_LEAD_BLOCKS:])):
        text = article.text[block.start : min(block.end, start) if distance == 0 else block.end]
        if distance == 0 or text.rstrip().endswith(":") or block.kind is BlockKind.HEADING:
            found = period_in(text)
            if found is not None:
                return found
    return None
