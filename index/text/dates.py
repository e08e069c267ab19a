"""Dates, terms of office and periods, as Vietnamese officials write them and as users ask for them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from index.text.canonical import canonical
from index.types import PartialDate


class DateMention(NamedTuple):
    """A date found in a text; the span begins at its first number, or at `tháng`/`năm` where no day is given."""

    date: PartialDate
    start: int
    end: int


class TermMention(NamedTuple):
    """A stretch of years that is no date: "nhiệm kỳ 2020 – 2025", "giai đoạn 2021-2025"."""

    first_year: int
    last_year: int
    start: int
    end: int


# Everything below matches the canonical form: lower case, new tone placement, one dash, one space.
_YEAR = r"(?:1[89]|20)\d\d"
_TERM = re.compile(
    rf"\b(?:nhiệm|nhiem)\s+(?:kỳ|kì|ky|ki)\s+(?:(?:năm|nam)\s+)?({_YEAR})\s?-\s?({_YEAR})(?!\d)"
    rf"|\b(?:giai\s+(?:đoạn|doan)|(?:thời|thoi)\s+(?:kỳ|kì|ky|ki)|(?:khoá|khoa)(?:\s[xvi]+,?)?)\s+(?:(?:năm|nam)\s+)?({_YEAR})\s?-\s?({_YEAR})(?!\d)"
)
_BARE_TERM = re.compile(rf"(?<![\w/.-])({_YEAR})\s?-\s?({_YEAR})(?![\d/-])")
TERM_YEARS = 5  # how long a term of office and a plan last
# What makes a day and month without a year a date rather than a fraction.
_CUE = (
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|chủ\s+nhật|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7]))"
    r"(?:\s+(?:nay|qua|mai|kia|ngày|hôm|cùng|mùng|mồng))*"
)
_NO_DATE = r"(?!\s?%|\s+(?:tổng|số|dân|diện|đại\s+biểu|thành\s+viên|quân|chặng|thời\s+gian|quãng|lượng|sản|trong\s+tổng|năm\s+\d{4}))"
# "từ 1/3" may be a day, "từ 3-5 phút" is not.
_NO_MEASURE = (
    r"(?!\s+(?:phút|giờ|giây|ngày|tuần|tháng|năm\b(?!\s+(?:nay|ngoái|sau|trước))"
    r"|km|m|mét|kg|tấn|ha|người|triệu|tỷ|tỉ|nghìn|đồng|tuổi|lần|độ)\b)"
)
_BEFORE = r"(?<![\w/])(?<!\d[.,])"
_AFTER = r"(?![\w/]|[.,-]\d)"
_DATE = re.compile(
    rf"""
    (?=\d){_BEFORE}(?:
      (?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?![\w/])
      | (?:(?P<first_day>\d{{1,2}})\s?-\s?)?
        (?P<day>\d{{1,2}})\s?(?P<mark>[/.-])\s?(?P<month>\d{{1,2}})\s?(?P=mark)\s?(?P<year>{_YEAR}){_AFTER}
      | (?P<said_day>\d{{1,2}})(?:\s+tháng\s+|[/.-](?=\d+\s+năm\b))(?P<said_month>\d{{1,2}})
        (?:,?\s+năm\s+|\s?[/.,-]\s?)(?P<said_year>{_YEAR})(?![\w/])
      | (?P<plain_day>\d{{1,2}})\s+tháng\s+(?P<plain_month>\d{{1,2}}){_AFTER}
    )
    | (?=[qtnscđhm])\b(?:
      (?P<quarter>quý\s+(?:[ivx]+|\d)\s*(?:/|-|năm)\s*{_YEAR})
      | tháng\s+(?P<only_month>\d{{1,2}})(?:,?\s+năm\s+|\s?[/.-]\s?)(?P<month_year>{_YEAR}){_AFTER}
      | năm\s+(?P<only_year>{_YEAR})(?![\w/]|[.,]\d|\s?-\s?{_YEAR})
      | (?:{_CUE}[\s,(]*|(?P<range>từ|đến)\s+)(?P<bare_day>\d{{1,2}})[/.-](?P<bare_month>\d{{1,2}}){_AFTER}{_NO_DATE}
        (?(range){_NO_MEASURE})
    )
    | \((?P<alone_day>\d{{1,2}})/(?P<alone_month>\d{{1,2}})\)
    """,
    re.VERBOSE,
)
# "từ 15/5 đến 20/5/2016": the first day takes the year of the second.
_YEAR_AHEAD = re.compile(rf"\s?(?:-|đến|tới)\s?(?:hết\s)?(?:ngày\s)?\d{{1,2}}[/.-]\d{{1,2}}[/.-]({_YEAR})(?!\d)")
_FIELDS = (
    ("iso_year", "iso_month", "iso_day"),
    ("year", "month", "day"),
    ("said_year", "said_month", "said_day"),
    ("month_year", "only_month", None),
    ("only_year", None, None),
    (None, "plain_month", "plain_day"),
    (None, "bare_month", "bare_day"),
    (None, "alone_month", "alone_day"),
)


def find_dates(text: str, default_year: int | None = None) -> list[DateMention]:
    """The dates `text` (NFC) mentions, in order; a day and month without a year count only where `default_year` is given.

    Example: "Chiều 27/12, …" with default_year=2021 → 2021-12-27. Impossible dates, fractions, document numbers and terms of
    office are no dates.
    """
    form = canonical(text)
    return [mention for match in _DATE.finditer(form) for mention in _mentions(match, form, default_year)]


def _mentions(match: re.Match[str], form: str, default_year: int | None) -> Iterator[DateMention]:
    for names in _FIELDS:
        if match[next(name for name in reversed(names) if name)] is None:
            continue
        year, month, day = (int(match[name]) if name else None for name in names)
        year = year or _year_ahead(match, form) or default_year
        if year is not None and (found := _partial_date(year, month, day)):
            if match["first_day"] and (first := _partial_date(year, month, int(match["first_day"]))) and first < found:
                yield DateMention(first, *match.span("first_day"))
            yield DateMention(found, *(_span(match, names) if day else match.span()))
        return


def _span(match: re.Match[str], names: tuple[str | None, str | None, str | None]) -> tuple[int, int]:
    """From the first to the last of the numbers."""
    spans = [match.span(name) for name in names if name]
    return min(spans)[0], max(spans)[1]


def _year_ahead(match: re.Match[str], form: str) -> int | None:
    ahead = _YEAR_AHEAD.match(form, match.end())
    return int(ahead[1]) if ahead else None


def _partial_date(year: int, month: int | None, day: int | None) -> PartialDate | None:
    """None where the calendar has no such day."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def find_terms(text: str) -> list[TermMention]:
    """The terms of office and plan periods `text` (NFC) names: "nhiệm kỳ 2020 – 2025" → (2020, 2025)."""
    found = (TermMention(int(m[1] or m[3]), int(m[2] or m[4]), *m.span()) for m in _TERM.finditer(canonical(text)))
    return [term for term in found if term.first_year < term.last_year]


def find_asked_terms(text: str) -> list[TermMention]:
    """The terms that a question (NFC) names, of five years without a word too: "nhiệm vụ của Đảng bộ 2020-2025" → (2020, 2025)."""
    found = find_terms(text)
    bare = (TermMention(int(m[1]), int(m[2]), *m.span()) for m in _BARE_TERM.finditer(canonical(text)))
    fresh = (term for term in bare if not any(known.start <= term.start < known.end for known in found))
    return sorted([*found, *(term for term in fresh if term.last_year - term.first_year == TERM_YEARS)], key=lambda term: term.start)


# Questions are often typed without diacritics, so here every word stands in both forms.
_NAM = r"(?<!việt\s)(?<!viet\s)(?<!miền\s)(?<!mien\s)(?<!phía\s)(?<!phia\s)\b(?:năm|nam)"
_THANG = r"(?:tháng|thang)"
_ASKED = re.compile(
    rf"""
    (?:(?P<cue>\b(?:trước|truoc|sau|từ|tu|giữa|giua|đến|den|tới|toi|trong|vào|vao|và|va)|[-,])
       (?:\s+(?:khi|ngày|ngay|hết|het|cuối|cuoi|đầu|dau|khoảng|khoang))*\s*)?
    (?:
      (?<![\w/.])(?P<day>\d{{1,2}})(?:\s?[/.-]\s?|\s+{_THANG}\s+)(?P<day_month>\d{{1,2}})
        (?:(?:\s?[/.-]\s?|\s+{_NAM}\s+)(?P<day_year>{_YEAR}))?
      | (?<![\w/.])(?P<count>\d{{1,2}})\s+{_THANG}\s+(?P<half>đầu|dau|cuối|cuoi)\s+{_NAM}\s+(?P<half_year>{_YEAR})
      | \b{_THANG}\s+(?P<month>\d{{1,2}})(?:(?:\s?[/.-]\s?|\s+{_NAM}\s+)(?P<month_year>{_YEAR}))?
      | \b(?:quý|quy)\s+(?P<quarter>iv|i{{1,3}}|[1-4])\s*(?:[/-]|{_NAM})?\s*(?P<quarter_year>{_YEAR})
      | (?P<said>{_NAM}\s+)?(?<![\w/.])(?P<year>{_YEAR})(?:\s?-\s?(?P<last_year>{_YEAR}))?
    )
    (?![\w/]|[.,]\d)
    """,
    re.VERBOSE,
)
_YEAR_LATER = re.compile(rf"\s+(?:đến|den|tới|toi|và|va|-)\s.{{0,24}}?\b({_YEAR})(?!\d)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ONE_DAY = timedelta(days=1)


def parse_period(question: str) -> tuple[date | None, date | None]:
    """The first and last day `question` (NFC, with or without diacritics) restricts itself to; None where it is open.
    A period that contradicts itself restricts nothing.

    Example: "từ 2019 đến 2021" → (2019-01-01, 2021-12-31); "trước năm 2020" → (None, 2019-12-31); no period → (None, None).
    """
    form = canonical(question)
    first: date | None = None
    last: date | None = None
    for match in _ASKED.finditer(form):
        interval = _interval(match, form)
        if interval is None:
            continue
        match match["cue"]:
            case "trước" | "truoc":
                last = interval[0] - _ONE_DAY
            case "sau":
                first = interval[1] + _ONE_DAY
            case "từ" | "tu":
                first = interval[0]
                last = interval[1] if match["last_year"] else last
            case "đến" | "den" | "tới" | "toi" | "-":
                last = interval[1]
            case _:
                first, last = min(first or interval[0], interval[0]), max(last or interval[1], interval[1])
    return (None, None) if first and last and first > last else (first, last)


def _interval(match: re.Match[str], form: str) -> tuple[date, date] | None:
    """First and last day of one expression; None for impossible dates and for a number that only looks like a year."""
    try:
        if match["day"]:
            day = date(_year_of(match, "day_year", form), int(match["day_month"]), int(match["day"]))
            return day, day
        if match["half"]:
            months, year = int(match["count"]), int(match["half_year"])
            return _months(year, 1, months) if match["half"] in ("đầu", "dau") else _months(year, 13 - months, 12)
        if match["month"]:
            return _months(_year_of(match, "month_year", form), int(match["month"]), int(match["month"]))
        if match["quarter"]:
            quarter = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
            return _months(int(match["quarter_year"]), 3 * quarter - 2, 3 * quarter)
        if not _is_year(match, form):
            return None
        return date(int(match["year"]), 1, 1), date(int(match["last_year"] or match["year"]), 12, 31)
    except ValueError:
        return None


def _is_year(match: re.Match[str], form: str) -> bool:
    """A bare number is a year where a word or a range says so, or at the end of the question ("tổng kết 2021?")."""
    return bool(match["said"] or match["last_year"] or match["cue"] or not form[match.end() :].strip(" ?.!"))


def _year_of(match: re.Match[str], name: str, form: str) -> int:
    """The year of an expression, or that of the next one ("từ tháng 3 đến tháng 5/2021"); ValueError where there is none."""
    if match[name]:
        return int(match[name])
    later = _YEAR_LATER.match(form, match.end())
    if later is None:
        raise ValueError(match[0])
    return int(later[1])


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
