"""The short answer that leads: of the kind asked for, of the clause asked for, with the date of its article."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import INTERVIEW, MEETING, OLDER, ask, make_assistant

from index.query import understand
from index.text.tokens import terms
from index.types import Filters
from qa.question import understand_question
from qa.short_answers import best_short_answer
from qa.terms import count_terms, weigh_terms
from qa.types import Status


@pytest.mark.parametrize(
    ("question", "lead", "article"),
    [
        pytest.param("Ai khai mạc hội nghị cuối năm?", "Trần Thị Bưởi.", MEETING, id="person"),
        pytest.param("Khối kết nạp bao nhiêu đảng viên mới năm 2021?", "15 đảng viên mới.", MEETING, id="number and year"),
        pytest.param("Khối kết nạp bao nhiêu đảng viên mới trong năm 2018?", "40 đảng viên mới.", OLDER, id="another year"),
        pytest.param("Hội nghị cuối năm họp ngày nào?", "27/12/2021.", MEETING, id="date"),
        pytest.param("Hội nghị cuối năm tổ chức ở đâu?", "Hội trường số 2.", MEETING, id="place"),
        pytest.param("Xã Sơn Thủy trồng được bao nhiêu héc-ta rừng?", "120 héc-ta.", INTERVIEW, id="interview"),
        pytest.param("Phong trào trồng cây của xã bắt đầu từ năm nào?", "Năm 2014.", INTERVIEW, id="year"),
        pytest.param("Đồng chí Lê Văn Cam giữ chức vụ gì?", "Lê Văn Cam: Phó Bí thư Đảng ủy Khối.", MEETING, id="post"),
        pytest.param("Hội nghị có bao nhiêu tổ chức cơ sở đảng tham dự?", "63 tổ chức cơ sở đảng.", MEETING, id="unit"),
    ],
)
def test_short_answer_leads(question: str, lead: str, article: object) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.text.splitlines()[0] == lead
    assert answer.citations[0].article_id == article.id  # type: ignore[attr-defined]
    assert answer.citations[0].number == 1


def test_date_of_the_evidence_is_said() -> None:
    assert "Theo bài ngày 28/12/2021: “" in ask("Ai khai mạc hội nghị cuối năm?").text
    assert "Theo bài không rõ ngày: “" in ask("Xã Sơn Thủy trồng được bao nhiêu héc-ta rừng?").text


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("Chi bộ có từ 9 đảng viên chính thức trở lên thì bầu chi uỷ.", "9 đảng viên chính thức trở lên"),
        ("Hồ sơ nộp trong 60 tháng kể từ khi nhận giấy.", "60 tháng"),
        ("Thời hạn là 90 ngày làm việc nếu ở xa.", "90 ngày làm việc"),
        ("Phải được một phần ba tổng số phiếu thuận.", "một phần ba"),
        ("Lớp học có 72 học viên thuộc nhiều cơ quan.", "72 học viên"),
    ],
)
def test_a_short_answer_does_not_end_in_a_word_that_leads_on(sentence: str, short: str) -> None:
    question = understand_question("Bao nhiêu?", (), lambda text, _: understand(text), Filters())
    asked = weigh_terms(question.standalone, count_terms([terms(sentence)]), restored=False)
    found = best_short_answer(question, sentence, asked)
    assert found is not None
    assert found.text == short
    assert sentence[found.start : found.end] == short


def test_number_of_the_clause_that_is_asked() -> None:
    text = "Xếp loại cuối năm\n\nNăm 2021 có 13 chi bộ đạt loại xuất sắc, 50 chi bộ đạt loại tốt, 2 chi bộ đạt loại khá.\n"
    assistant = make_assistant(make_article("xl", text))
    for grade, lead in (("xuất sắc", "13"), ("tốt", "50"), ("khá", "2")):
        assert assistant.answer(f"Năm 2021 có bao nhiêu chi bộ đạt loại {grade}?").text.startswith(f"{lead} chi bộ")
