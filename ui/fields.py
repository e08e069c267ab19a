"""What users type into the filter fields → Filters."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from index.errors import QueryError
from index.types import Filters

_DATE_FIELD = re.compile(r"(?:(?:(?P<day>\d{1,2})[/.\-])?(?P<month>\d{1,2})[/.\-])?(?P<year>\d{4})")
_ISO_FIELD = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")


def parse_date_field(typed: str | None, *, last: bool = False) -> date | None:
    """`27/12/2021`, `12/2021`, `2021` or `2021-12-27` → the first (or `last`) day it names; None for an empty field.

    Raises QueryError for anything else, naming what was typed.
    """
    text = (typed or "").strip()
    if not text:
        return None
    match = _DATE_FIELD.fullmatch(text) or _ISO_FIELD.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        year = int(match["year"])
        month = int(match["month"] or (12 if last else 1))
        day = int(match["day"] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day)
    except ValueError:
        raise QueryError(f"Không đọc được ngày “{text}”; hãy gõ như 27/12/2021, 12/2021 hoặc 2021.") from None


def make_filters(
    date_from: str | None,
    date_to: str | None,
    kinds: Sequence[str] | None = None,
    issuers: Sequence[str] | None = None,
    folders: Sequence[str] | None = None,
) -> Filters:
    """The filters of a form; QueryError when a date cannot be read or the period ends before it begins."""
    first, last = parse_date_field(date_from), parse_date_field(date_to, last=True)
    if first and last and first > last:
        raise QueryError(f"Khoảng thời gian từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} bị ngược; hãy đổi lại hai ngày.")
    return Filters(first, last, tuple(kinds or ()), tuple(issuers or ()), tuple(folders or ()))
