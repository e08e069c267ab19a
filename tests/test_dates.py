"""Dates: hand-worked tables, and every day of the calendar in every way of writing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.dates import find_dates, find_terms, parse_period
from index.types import PartialDate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ngày 27/12/2021, hội nghị", [("2021-12-27", "27/12/2021")]),
        ("28.2.2018 - 7:25", [("2018-02-28", "28.2.2018")]),
        ("ngày 15-5-2016", [("2016-05-15", "15-5-2016")]),
        ("Thứ năm, 23/09/2021", [("2021-09-23", "23/09/2021")]),
        ("Hôm nay, ngày 18 tháng 1 năm 2019", [("2019-01-18", "18 tháng 1 năm 2019")]),
        ("NGÀY 18 THÁNG 01 NĂM 2019", [("2019-01-18", "18 THÁNG 01 NĂM 2019")]),
        ("ngày 17/8 năm 2017", [("2017-08-17", "17/8 năm 2017")]),
        ("công tác tháng 5/2021", [("2021-05", "tháng 5/2021")]),
        ("tháng 5 năm 2021", [("2021-05", "tháng 5 năm 2021")]),
        ("trong năm 2021.", [("2021", "năm 2021")]),
        ("date: 2021-12-27", [("2021-12-27", "2021-12-27")]),
        ("ngày 27–28/12/2021", [("2021-12-27", "27"), ("2021-12-28", "28/12/2021")]),
        ("từ 15/5 đến 20/5/2016", [("2016-05-15", "15/5"), ("2016-05-20", "20/5/2016")]),
        ("từ năm 2016 đến năm 2020", [("2016", "năm 2016"), ("2020", "năm 2020")]),
        ("thành lập 3/2/1930", [("1930-02-03", "3/2/1930")]),
    ],
)
def test_dates_with_a_year(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(m.date), text[m.start : m.end]) for m in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chiều 27/12, Ban họp", [("2021-12-27", "27/12")]),
        ("sáng 6/1", [("2021-01-06", "6/1")]),
        ("sáng nay, ngày 6/1", [("2021-01-06", "6/1")]),
        ("hôm nay (27/12)", [("2021-12-27", "27/12")]),
        ("từ 1/3 đến 5/3", [("2021-03-01", "1/3"), ("2021-03-05", "5/3")]),
        ("từ 24-12 đến 28-12 năm nay", [("2021-12-24", "24-12"), ("2021-12-28", "28-12")]),
        ("ngày 27/12 người dân", [("2021-12-27", "27/12")]),
        ("ngày 2 tháng 9", [("2021-09-02", "2 tháng 9")]),
        ("ngày 26-3", [("2021-03-26", "26-3")]),
    ],
)
def test_days_that_need_a_year(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(m.date), text[m.start : m.end]) for m in find_dates(text, default_year=2021)] == expected
    assert find_dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ngày 32/13/2021",
        "ngày 29/2/2021",
        "ngày 31/4",
        "đạt 2/3 tổng số",
        "đến 2/3 số đại biểu",
        "chỉ từ 3-5 phút",
        "tỷ lệ 3/5",
        "đợt 1/2021",
        "nhiệm kỳ 2020 – 2025",
        "trong năm 2015-2020",
        "quý I năm 2022",
        "số 02/2018/NĐ-CP",
        "57/2020/QH14",
        "27/12/2021/QĐ",
        "điện thoại 0912.34.2015",
        "mục 1.5.2020.3",
        "có 2021 đồng chí",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, default_year=2021) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đại hội nhiệm kỳ 2020 – 2025", [(2020, 2025, "nhiệm kỳ 2020 – 2025")]),
        ("nhiệm kì 2015-2020 và giai đoạn 2021 - 2026", [(2015, 2020, "nhiệm kì 2015-2020"), (2021, 2026, "giai đoạn 2021 - 2026")]),
        ("nhiem ky 2015-2020", [(2015, 2020, "nhiem ky 2015-2020")]),
        ("nhiệm kỳ 2025-2020", []),
        ("năm 2020", []),
    ],
)
def test_terms(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [(t.first_year, t.last_year, text[t.start : t.end]) for t in find_terms(text)] == expected


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("năm 2021 có gì", "2021-01-01", "2021-12-31"),
        ("nam 2021 co gi", "2021-01-01", "2021-12-31"),
        ("từ 2019 đến 2021", "2019-01-01", "2021-12-31"),
        ("tu 2019 den 2021", "2019-01-01", "2021-12-31"),
        ("từ năm 2019 đến nay", "2019-01-01", None),
        ("họp tháng 5/2021", "2021-05-01", "2021-05-31"),
        ("thang 2 nam 2020", "2020-02-01", "2020-02-29"),
        ("từ tháng 3 đến tháng 5/2021", "2021-03-01", "2021-05-31"),
        ("từ ngày 1/5 đến 31/5/2021", "2021-05-01", "2021-05-31"),
        ("trước năm 2020", None, "2019-12-31"),
        ("truoc 2020", None, "2019-12-31"),
        ("sau ngày 1/1/2021", "2021-01-02", None),
        ("sau 1/1/2021 và trước 30/6/2021", "2021-01-02", "2021-06-29"),
        ("đến hết năm 2020", None, "2020-12-31"),
        ("Ai là bí thư nhiệm kỳ 2015–2020?", "2015-01-01", "2020-12-31"),
        ("nhiem ky 2020 - 2025", "2020-01-01", "2025-12-31"),
        ("quý II năm 2021", "2021-04-01", "2021-06-30"),
        ("quy 4/2021", "2021-10-01", "2021-12-31"),
        ("6 tháng đầu năm 2021", "2021-01-01", "2021-06-30"),
        ("6 thang cuoi nam 2021", "2021-07-01", "2021-12-31"),
        ("ngày 18 tháng 1 năm 2019", "2019-01-18", "2019-01-18"),
        ("năm 2019, 2020 và 2021", "2019-01-01", "2021-12-31"),
        ("báo cáo tổng kết 2021?", "2021-01-01", "2021-12-31"),
        ("từ 2021 đến 2019", None, None),
        ("Việt Nam 2021 có gì", None, None),
        ("có 2021 đồng chí nào", None, None),
        ("Nghị định 158/2025/NĐ-CP nói gì", None, None),
        ("ngày 31/2/2021", None, None),
        ("ai là bí thư?", None, None),
    ],
)
def test_periods(question: str, first: str | None, last: str | None) -> None:
    expected = tuple(date.fromisoformat(day) if day else None for day in (first, last))
    assert parse_period(question) == expected


WAYS: list[Callable[[date], str]] = [
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    lambda d: f"{d.day}-{d.month}-{d.year}",
    lambda d: f"{d.day} tháng {d.month} năm {d.year}",
    lambda d: d.isoformat(),
]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(WAYS))
def test_every_day_in_every_way(day: date, way: Callable[[date], str]) -> None:
    text = f"Hội nghị ngày {way(day)}, tại tỉnh"
    (mention,) = find_dates(text)
    assert mention.date == PartialDate(day.year, day.month, day.day)
    assert text[mention.start : mention.end] == way(day)


@given(st.text(alphabet="0123456789/.- (),ngàythánăm"), st.none() | st.integers(1990, 2030))
def test_mentions_are_real_days_in_order(text: str, year: int | None) -> None:
    mentions = find_dates(text, year)
    assert all(isinstance(m.date.first_day, date) and 0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))
    first, last = parse_period(text)
    assert not (first and last) or first <= last
