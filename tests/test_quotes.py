"""Which stretch of a sentence is quoted: without its number, cut to the clauses that are asked, on one line."""

from __future__ import annotations

import pytest
from conftest import make_document
from qa_fakes import make_assistant

from index.types import Span
from qa.quotes import on_one_line, shorten, without_number
from qa.terms import count_terms, weigh_terms


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        pytest.param("4.4.2. Đảng viên báo cáo.", "Đảng viên báo cáo.", id="section"),
        pytest.param("19.1 Khi đủ phiếu.", "Khi đủ phiếu.", id="section without a last dot"),
        pytest.param("- a) Nộp hồ sơ.", "Nộp hồ sơ.", id="dash and letter"),
        pytest.param("Đáp: Có.", "Có.", id="label"),
        pytest.param("3.390 đảng viên", "3.390 đảng viên", id="a number that is said"),
        pytest.param("2.5 triệu đồng", "2.5 triệu đồng", id="a decimal"),
        pytest.param("10. ", "10. ", id="nothing else"),
    ],
)
def test_quotations_begin_after_the_number_in_front(text: str, rest: str) -> None:
    assert text[slice(*without_number(text, Span(0, len(text))))] == rest


def test_long_sentence_is_cut_to_the_parts_that_are_asked() -> None:
    text = "Trong tuần đầu, đoàn đi thăm ba xã, phát quà cho các cháu, trồng hai nghìn cây thông, và về nhà lúc tối."
    asked = weigh_terms("trồng bao nhiêu cây thông", count_terms([]), restored=False)
    span = shorten(text, Span(0, len(text)), asked, None, 12)
    assert text[slice(*span)] == "phát quà cho các cháu, trồng hai nghìn cây thông"
    assert shorten(text, Span(0, len(text)), asked, None, 40) == Span(0, len(text))
    assert shorten(text, Span(0, len(text)), asked, 2, 12).start == 0


@pytest.mark.parametrize(
    ("text", "question", "most", "expected"),
    [
        pytest.param(
            "Huyện chăm lo kinh tế - xã hội vùng cao, sửa đường liên bản, sửa cầu treo qua suối.",
            "xã hội vùng cao",
            10,
            "Huyện chăm lo kinh tế - xã hội vùng cao",
            id="dash-of-a-word",
        ),
        pytest.param(
            "Bản góp ngày công (theo sổ của bản; mỗi hộ mười ngày), rồi làm đường, rồi làm cầu.",
            "mỗi hộ mười ngày",
            14,
            "Bản góp ngày công (theo sổ của bản; mỗi hộ mười ngày)",
            id="inside-brackets",
        ),
        pytest.param(
            "Trưởng bản ghi sổ ngày công, đọc trước dân, nộp xã.",
            "đọc trước dân",
            9,
            "Trưởng bản ghi sổ ngày công, đọc trước dân",
            id="with-its-subject",
        ),
    ],
)
def test_where_a_long_sentence_is_cut(text: str, question: str, most: int, expected: str) -> None:
    asked = weigh_terms(question, count_terms([]), restored=False)
    assert text[slice(*shorten(text, Span(0, len(text)), asked, None, most))] == expected


def test_a_sentence_that_a_page_number_cuts_is_quoted_whole() -> None:
    text = (
        "HUYỆN ỦY SÔNG MƠ\nSố 12-HD/HU\nHƯỚNG DẪN\nvề việc góp ngày công\n\n"
        "Bà con các bản góp ngày công làm đường, làm cầu và làm nhà văn hóa của bản theo sổ.\n\n"
        "Hộ có người già thì trưởng bản xem xét từng trường hợp cụ thể rồi cho miễn hoặc\n2\ngiảm ngày công và ghi vào sổ của bản.\n\n"
        "Xã kiểm tra sổ ngày công của các bản vào cuối mỗi tháng rồi báo cáo huyện xem xét, giúp\nđỡ những bản còn khó khăn.\n"
    )
    answer = make_assistant(make_document("vb/trang", text)).answer("Hộ có người già thì trưởng bản xem xét thế nào?")
    halves = [on_one_line(c.quote) for c in answer.citations][:2]
    assert halves[0].startswith("Hộ có người già") and halves[0].endswith("cho miễn hoặc")
    assert halves[1] == "giảm ngày công và ghi vào sổ của bản."


def test_line_breaks_of_the_source_are_spaces_in_the_answer() -> None:
    assert on_one_line("bàn việc \ntrồng rừng\n\nở xã") == "bàn việc trồng rừng ở xã"
