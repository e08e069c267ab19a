"""Both sides of a comparison side by side: each answer under its name, and whether it speaks of what is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import fold
from index.text.tokens import terms
from qa.comparison import YEARS
from qa.terms import content_terms
from qa.types import Passage, Side
from qa.wording import Line, Quote, Worded, word

MISSING_SIDE = "không có trong tài liệu."
MIN_SUBJECT_WORDS = 3
MIN_SUBJECT = 0.5  # of the words of what is compared of both sides, in what is quoted …
BEFORE = 300  # … its title or so many characters before it


def quoted_twice(sides: Sequence[Side], answers: Sequence[Sequence[Line]]) -> Quote | None:
    """The one quotation that both sides find; None where they find different ones, or several."""
    quoted = [[piece for line in _shortest(lines) for piece in line if isinstance(piece, Quote)] for lines in answers]
    twice = len({tuple((quote.article.id, quote.span) for quote in quotes) for quotes in quoted}) == 1
    return quoted[0][0] if twice and len(quoted[0]) == 1 and not any(side.period for side in sides) else None


def word_sides(
    sides: Sequence[Side],
    answers: Sequence[Sequence[Line]],
    passages: Sequence[Passage],
    beside: Line | None = None,
    *,
    apart: bool = False,
) -> Worded | None:
    """Each side under its name, or one sentence for both with what else one of them says (`beside`). One of two periods may lack an
    answer, which is said; None where more is missing. `apart`: they are things asked one after another, which need no common subject."""
    answers = [_shortest(lines) for lines in answers]
    quoted = [[piece for line in lines for piece in line if isinstance(piece, Quote)] for lines in answers]
    twice = len({tuple((quote.article.id, quote.span) for quote in quotes) for quotes in quoted}) == 1
    if twice and quoted[0] and not any(side.period for side in sides):  # what it says of which side is left to the reader
        quotes = [line for line in answers[0] if _quotes(line)]
        return word([[f"{'; '.join(side.label for side in sides)}:"], *quotes, *([beside] if beside else [])], passages)
    subject: frozenset[str] = frozenset() if apart else _subject(sides)
    fits = [_keeps_to(side, quotes, twice) and _speaks_of(subject, quotes) for side, quotes in zip(sides, quoted, strict=True)]
    answers = [lines if fit else [] for lines, fit in zip(answers, fits, strict=True)]
    answered = sum(bool(lines) for lines in answers)
    if answered < len(sides) and not (answered and all(side.period for side in sides)):
        return None
    worded: list[Line] = []
    for side, lines in zip(sides, answers, strict=True):
        worded += [[f"{side.label}:"], *lines] if lines else [[f"{side.label}: {MISSING_SIDE}"]]
    return word(worded, passages)


def outdone_by_sides(together: Worded, apart: Worded) -> bool:
    """Whether both sides find their own sentences in one article, and `together` tells them by a sentence of another."""
    articles = {citation.article_id for citation in apart.citations}
    quoted = {(citation.start, citation.end) for citation in apart.citations}
    return len(articles) == 1 and len(quoted) > 1 and articles.isdisjoint(citation.article_id for citation in together.citations)


def _quotes(line: Line) -> bool:
    return any(isinstance(piece, Quote) for piece in line)


def _keeps_to(side: Side, quotes: Sequence[Quote], twice: bool) -> bool:
    """Whether what is quoted for a period names no other years only: figures of 2021 say nothing of 2020. What names no year and is
    quoted for both sides (`twice`) belongs to the year of its article."""
    text = " ".join(quote.article.text[quote.span.start : quote.span.end] for quote in quotes)
    asked, named = ([int(year) for year in re.findall(rf"(?<!\d){YEARS}(?!\d)", each)] for each in (side.label, text))
    if twice and not named:
        named = [quote.article.metadata.date.year for quote in quotes if quote.article.metadata.date]
    return not side.period or not asked or not named or any(min(asked) <= year <= max(asked) for year in named)


def _subject(sides: Sequence[Side]) -> frozenset[str]:
    """What is compared of the sides, folded: the words that all their questions share and no label has."""
    shared = [{fold(term) for term in content_terms(side.question)} for side in sides]
    return frozenset(set.intersection(*shared) - {fold(term) for side in sides for term in terms(side.label)})


def _speaks_of(subject: frozenset[str], quotes: Sequence[Quote]) -> bool:
    """Whether what is quoted, what stands shortly before it or its title has enough of `subject`; what is no quotation tells it itself."""
    if not quotes or len(subject) < MIN_SUBJECT_WORDS:
        return True
    article = quotes[0].article
    around = article.text[max(0, quotes[0].span.start - BEFORE) : quotes[-1].span.end]
    said = {fold(term) for term in terms(f"{article.metadata.title} {around}")}
    return len(subject & said) >= MIN_SUBJECT * len(subject)


def _shortest(lines: Sequence[Line]) -> Sequence[Line]:
    """A list whole, of anything else up to the first quotation: two answers are to be taken in at one glance."""
    if len(lines) > 2 and isinstance(lines[1][0], str) and lines[1][0].startswith("1. "):
        return lines
    first = next((position for position, line in enumerate(lines) if _quotes(line)), len(lines))
    return lines[: first + 1]
