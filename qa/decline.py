"""What is said when the articles hold no answer: that they do not, what was searched, and what lies nearest."""

from __future__ import annotations

from collections.abc import Sequence

from index.text.references import find_references, reference_matches
from index.types import Filters, Hit
from qa.types import NOT_FOUND_SENTENCE, Question
from qa.wording import date_words


def word_decline(question: Question, nearest: Sequence[Hit]) -> str:
    """NOT_FOUND_SENTENCE, the text searched with its period, and the titles of the nearest articles."""
    lines = [NOT_FOUND_SENTENCE, f'Đã tìm: "{question.standalone}"{_limits(question.query.filters)}.']
    if nearest:
        titles = "; ".join(f"{hit.metadata.title} ({date_words(hit.metadata.date)})" for hit in nearest)
        lines.append(f"Bài gần nhất: {titles}.")
    else:
        lines.append("Không có bài nào trong phạm vi này; hãy nới khoảng ngày hoặc bỏ bớt bộ lọc.")
    return "\n".join(lines)


def nearest_of(question: Question, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best hit of each article, best first. Where a document is asked for by its number, articles about other numbers are no near ones:
    their titles would read like an answer."""
    distinct = tuple({hit.article_id: hit for hit in reversed(hits)}.values())[::-1]
    patterns = question.query.references
    if not patterns:
        return distinct
    return tuple(hit for hit in distinct if not _is_of_another(hit, patterns))


def _is_of_another(hit: Hit, patterns: Sequence[str]) -> bool:
    numbers = [reference.number for reference in find_references(hit.metadata.title)]
    return bool(numbers) and not any(reference_matches(pattern, number) for pattern in patterns for number in numbers)


def _limits(filters: Filters) -> str:
    parts = []
    if filters.date_from or filters.date_to:
        first = filters.date_from.strftime("%d/%m/%Y") if filters.date_from else "đầu"
        last = filters.date_to.strftime("%d/%m/%Y") if filters.date_to else "nay"
        parts.append(f"từ {first} đến {last}")
    parts += [", ".join(values) for values in (filters.kinds, filters.issuers, filters.folders) if values]
    return f", trong phạm vi: {'; '.join(parts)}" if parts else ""
