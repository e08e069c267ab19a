"""What is said when the articles hold no answer: that they do not, what was searched, and what lies nearest."""

from __future__ import annotations

from collections.abc import Sequence

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


def _limits(filters: Filters) -> str:
    parts = []
    if filters.date_from or filters.date_to:
        first = filters.date_from.strftime("%d/%m/%Y") if filters.date_from else "đầu"
        last = filters.date_to.strftime("%d/%m/%Y") if filters.date_to else "nay"
        parts.append(f"từ {first} đến {last}")
    parts += [", ".join(values) for values in (filters.kinds, filters.issuers, filters.folders) if values]
    return f", trong phạm vi: {'; '.join(parts)}" if parts else ""
