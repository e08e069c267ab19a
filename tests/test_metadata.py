"""Dates, title, issuer, kind and author as a file gives them or its text shows them."""

from __future__ import annotations

import pytest

from index.reading.cleaning import find_blocks
from index.reading.metadata import find_metadata, parse_date
from index.types import Metadata, PartialDate


def metadata(text: str, **given: str) -> Metadata:
    return find_metadata(text, find_blocks(text, given.get("title")), {name: value for name, value in given.items() if value})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2021-12-27", "2021-12-27"),
        ("2021-12", "2021-12"),
        ("2018", "2018"),
        ("2025-08-07T22:00:00+07:00", "2025-08-07"),
        ("2025-08-07 22:00", "2025-08-07"),
        ("27/12/2021", "2021-12-27"),
        ("28.2.2018 - 7:25", "2018-02-28"),
        ("ngày 27 tháng 12 năm 2021", "2021-12-27"),
        ("2021-02-31", None),
        ("hôm qua", None),
        ("", None),
        (None, None),
    ],
)
def test_parse_date(given: str | None, expected: str | None) -> None:
    found = parse_date(given)
    assert (str(found) if found else None) == expected


EVENTS = [
    pytest.param(
        "Chiều 27/12, huyện họp tổng kết năm 2021 và bàn việc năm 2022. Năm 2021 cầu xong.", "2021-12-27", id="year-said-most-often"
    ),
    pytest.param("Chiều 27/12/2020, huyện họp tổng kết.", "2020-12-27", id="full-date"),
    pytest.param("Ngày 5 tháng 3 năm 2020, huyện họp bàn.", "2020-03-05", id="in-words"),
    pytest.param("Thực hiện Nghị quyết số 01-NQ/HU ngày 17/8/2017, huyện họp bàn việc làm cầu.", None, id="date-of-a-directive"),
    pytest.param("Thực hiện Kế hoạch ngày 17/8/2017, sáng 3/9/2017 huyện họp.", "2017-09-03", id="after-the-date-of-a-directive"),
    pytest.param("Chiều 27/12, huyện họp bàn việc làm cầu.", None, id="no-year-anywhere"),
    pytest.param("Trong tháng 5/2021 huyện làm xong cầu.", None, id="a-month-is-no-day"),
    pytest.param("Chiều 31/2, huyện họp tổng kết năm 2021.", None, id="no-such-day"),
]


@pytest.mark.parametrize(("lead", "expected"), EVENTS)
def test_event(lead: str, expected: str | None) -> None:
    found = metadata(f"Sông Mơ làm cầu\n\n{lead}\n\nBà con mừng lắm.")
    assert (str(found.event) if found.event else None) == expected
    assert found.published is None and found.page is None


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2022-01", "2021-12-27"),
        ("2021-12-28", "2021-12-27"),
        ("2021-12", "2021-12-27"),
        ("2021-12-26", "2020-12-27"),
        ("2021", "2021-12-27"),
    ],
)
def test_event_without_a_year_lies_before_the_day_it_was_published(published: str, expected: str) -> None:
    found = metadata("Sông Mơ họp\n\nChiều 27/12, huyện họp bàn việc.\n\nBà con mừng.", published=published)
    assert (str(found.published), str(found.event)) == (published, expected)


def test_three_dates_apart() -> None:
    text = "Hôm nay, ngày 18 tháng 1 năm 2019\n\nSông Mơ làm cầu\n\n28.2.2018 - 7:25\n\nSáng 26/2, huyện họp bàn việc.\n\nBà con mừng."
    found = metadata(text)
    assert (str(found.published), str(found.event), str(found.page)) == ("2018-02-28", "2018-02-26", "2019-01-18")
    assert found.date == PartialDate(2018, 2, 28)


def test_weekday_line_above_the_title_is_of_the_page_and_below_it_of_the_article() -> None:
    above = metadata("Thứ hai, 02/03/2020\n\nSông Mơ làm cầu\n\nHuyện họp bàn việc làm cầu.")
    below = metadata("Sông Mơ làm cầu\n\nThứ hai, 02/03/2020\n\nHuyện họp bàn việc làm cầu.")
    assert (above.page, above.published) == (PartialDate(2020, 3, 2), None)
    assert (below.page, below.published) == (None, PartialDate(2020, 3, 2))


def test_prefix_of_a_collection_is_the_month_of_publishing() -> None:
    found = metadata("date 2020-03 Sáng 2/3, huyện Sông Mơ họp bàn việc làm cầu.\n\nBà con mừng.")
    assert (str(found.published), str(found.event)) == ("2020-03", "2020-03-02")


def test_interviews_and_directives_tell_of_no_day() -> None:
    interview = "Ba điều mong\n\nP.V: Ngày 2/3/2020 ông mong gì?\n\nÔng Nam: Mong cầu.\n\nP.V: Cảm ơn ông!"
    assert metadata(interview).event is None
    assert metadata(interview).kind == "Phỏng vấn"
    directive = metadata("Sông Mơ\n\nNgày 2/3/2020 bắt đầu thực hiện.\n\nHết.", kind="Quy định")
    assert directive.event is None


def test_official_header() -> None:
    text = (
        "HUYỆN ỦY SÔNG MƠ            ĐẢNG CỘNG SẢN VIỆT NAM\n      *         Sông Mơ, ngày 5 tháng 3 năm 2020\n  Số 12-HD/HU\n\n"
        "HƯỚNG DẪN\nviệc góp ngày công\n-----\nHuyện ủy Sông Mơ hướng dẫn như sau:\n- Góp công tự nguyện.\n"
    )
    found = metadata(text)
    assert found == Metadata(
        title="HƯỚNG DẪN việc góp ngày công (12-HD/HU)",
        published=PartialDate(2020, 3, 5),
        issuer="Huyện ủy Sông Mơ",  # spelled as in the running text
        kind="Hướng dẫn",
        place="Sông Mơ",
    )


@pytest.mark.parametrize(
    ("head", "end", "expected"),
    [
        pytest.param(
            "BỘ CẦU ĐƯỜNG -\nVẬN TẢI\nSố: 05/2026/TT-BCĐ\nHà Nội, ngày 02 tháng 3 năm 2026",
            "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLò Văn Nam\n\nPhụ lục I\nSổ ngày công.",
            ("2026-03-02", "BỘ CẦU ĐƯỜNG - VẬN TẢI", "Lò Văn Nam", "05/2026/TT-BCĐ"),
            id="signed-before-annexes",
        ),
        pytest.param(
            "QUỐC HỘI\nLuật số: 66.2/2026/QH15\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Văn bản này được Quốc hội khóa XV thông qua ngày 17 tháng 5 năm 2026.\n\nCHỦ TỊCH QUỐC HỘI\n\nHầu A Sấu",
            ("2026-05-17", "Quốc hội", "Hầu A Sấu", "66.2/2026/QH15"),
            id="passed-on-a-day",
        ),
        pytest.param(
            "QUỐC HỘI\nLuật số: 9/2026/QH15\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Hết.",
            ("2026", "QUỐC HỘI", None, "09/2026/QH15"),
            id="year-of-its-number",
        ),
    ],
)
def test_official_document(head: str, end: str, expected: tuple[str, str, str | None, str]) -> None:
    found = metadata(f"{head}\n\nTHÔNG TƯ\nQuy định việc góp ngày công\n\nCăn cứ Luật Đường bộ;\n\nBà con góp ngày công làm cầu.\n\n{end}")
    assert (str(found.published), found.issuer, found.author) == expected[:3]
    assert found.title == f"THÔNG TƯ Quy định việc góp ngày công ({expected[3]})"


def test_header_with_the_day_left_blank() -> None:
    text = "HUYỆN ỦY SÔNG MƠ      ĐẢNG CỘNG SẢN VIỆT NAM\n   Sông Mơ, ngày     tháng 8 năm 2025\n\nQUY ĐỊNH\nvề đường\n\nLàm đường.\n"
    assert str(metadata(text).published) == "2025-08"


@pytest.mark.parametrize(
    ("text", "issuer", "author"),
    [
        ("Sông Mơ\n\n(Baonghean.vn) - Huyện họp.\n\nBà con mừng.\n\nLò Văn Nam", "Báo Nghệ An", "Lò Văn Nam"),
        ("Sông Mơ\n\nHuyện họp bàn.\n\nBà con mừng.\n\nLò Văn Nam - Huyện ủy", "Huyện ủy", "Lò Văn Nam"),
        ("Sông Mơ\n\nHuyện họp bàn.\n\nBà con mừng.\n\nBan Tuyên giáo Huyện ủy", "Ban Tuyên giáo Huyện ủy", "Ban Tuyên giáo Huyện ủy"),
        ("Sông Mơ\n\n(TTXVN) - Huyện họp bàn.\n\nBà con mừng.", "Thông tấn xã Việt Nam", None),
        ("Sông Mơ\n\nHuyện họp bàn.\n\nBà con mừng.", None, None),
    ],
)
def test_issuer_and_author(text: str, issuer: str | None, author: str | None) -> None:
    found = metadata(text)
    assert (found.issuer, found.author) == (issuer, author)


def test_what_the_file_says_goes_first() -> None:
    given = {"title": "Tên khác", "published": "2020-03-01", "event": "2020-02-28", "issuer": "Huyện ủy", "kind": "Tin", "place": "Bản Mây"}
    found = metadata("Sông Mơ\n\nChiều 27/12/2019, huyện họp.\n\nHết.", **given, author="Nam", supersedes="cu/quy-dinh-1")
    assert found == Metadata(
        "Tên khác", PartialDate(2020, 3, 1), PartialDate(2020, 2, 28), None, "Huyện ủy", "Tin", "Bản Mây", "Nam", "cu/quy-dinh-1"
    )


def test_title_is_made_where_there_is_none() -> None:
    assert metadata("Huyện họp bàn. Dân mừng.", title="").title == "Huyện họp bàn."
    long = metadata("Huyện họp bàn việc " + "làm cầu và " * 20 + "làm đường. Dân mừng.", title="").title
    assert len(long) <= 91 and long.endswith("…") and not long.endswith(" …")
