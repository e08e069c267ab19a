"""The year that an article reviews: one of January 2022 that sums up 2021 tells the figures of 2021, though its sentences name no year."""

from __future__ import annotations

import re
from datetime import date

from index.text.canonical import canonical, fold
from index.types import Article
from qa.evidence import Evidence
from qa.types import AnswerType, Question

LOOKS_BACK = 3  # the last month in which an article tells of the year before
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d])")
_OF_PLANS = re.compile(
    r"\b(?:nhiệm vụ|trọng tâm|phương hướng|kế hoạch|mục tiêu|chương trình)(?: công tác| trọng tâm)? (?:của )?năm (?:19|20)\d\d"
)
_PLANNED = re.compile(
    r"\b(?:phan dau|ke hoach|chi tieu|muc tieu|phuong huong|se|du kien|nam toi|thoi gian toi|giai phap|can|phai)\b"
    r"|\bnhiem vu (?:trong tam|cu the|chu yeu|nam)\b"
)


def tells_year_before(question: Question, best: Evidence) -> bool:
    """ "Năm 2022 có bao nhiêu …": a figure that stands in an article of early 2022 behind the words "năm 2021", and is no plan."""
    asked = _year_asked(question)
    if asked is None or question.answer_type is not AnswerType.NUMBER:
        return False
    sentence = best.sentence
    if _YEAR.search(sentence.lowered) or any(_PLANNED.search(fold(text)) for text in (" ".join(sentence.lineage), sentence.lowered)):
        return False
    if _PLANNED.search(fold(question.standalone)):
        return False
    when = sentence.article.metadata.date
    if when is not None and not (when.year == asked and (when.month or 12) <= LOOKS_BACK):
        return False
    return _reviews(sentence.article, sentence.start, asked - 1)


def without_plans(lowered: str) -> str:
    """The text without the years that plans are made for: "bàn nhiệm vụ trọng tâm năm 2022" reviews nothing of 2022."""
    return _OF_PLANS.sub(" ", lowered)


def _year_asked(question: Question) -> int | None:
    """The one whole year that is asked about."""
    first, last = question.period or (None, None)
    if first is None or last is None or (first, last) != (date(first.year, 1, 1), date(first.year, 12, 31)):
        return None
    return first.year


def _reviews(article: Article, start: int, year: int) -> bool:
    """Whether the text before `start`, the title first, speaks of that year oftener than of all others, plans left out."""
    before = canonical(f"{article.metadata.title}\n{article.text[:start]}")
    named = _YEAR.findall(without_plans(before))
    return named.count(str(year)) > len(named) / 2
