"""Figures in the items of a list that is meant, and the case that a question leaves out."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, FakeEngine, assert_quotes_exact, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.excluded import of_others, without_left_out
from qa.led_figures import led_figure_first
from qa.question import understand_question

CLUBS = make_article(
    "vb/lap-cau-lac-bo",
    """Lập câu lạc bộ cây cảnh

1. Câu lạc bộ ở xã

Câu lạc bộ ở xã chia tổ khi có trên 30 hội viên; tổ trưởng do ban chủ nhiệm của câu lạc bộ cử.

Điều kiện để lập câu lạc bộ liên xã ở vùng có nghề trồng hoa:

a) có vườn chung;

b) có từ 80 hội viên trở lên;

c) được huyện đồng ý.

2. Nghỉ họp

Hội viên ốm được nghỉ họp, ốm lâu thì báo tổ trưởng về việc ốm để nghỉ họp.

Hội viên được xin nghỉ họp trong các trường hợp sau:

- đi làm xa;

- nuôi con nhỏ.
""",
    date="2024-03-02",
)


@pytest.mark.parametrize(
    "question",
    [
        "Muốn lập câu lạc bộ liên xã ở vùng có nghề trồng hoa thì cần tối thiểu mấy hội viên?",
        "Vùng có nghề trồng hoa lập câu lạc bộ liên xã phải có bao nhiêu hội viên?",
        "muon lap cau lac bo lien xa o vung co nghe trong hoa thi can toi thieu may hoi vien",
    ],
)
def test_the_figure_of_the_list_that_is_meant(question: str) -> None:
    answer = make_assistant(CLUBS).answer(question)
    assert_quotes_exact(answer, FakeEngine([CLUBS]))
    assert "80 hội viên" in answer.citations[0].quote


def test_nothing_to_put_in_front() -> None:
    assert led_figure_first(understand_question("Có mấy hội viên?", (), UNDERSTAND, Filters()), []) == []


@pytest.mark.parametrize(
    "question",
    [
        "Không phải do ốm thì còn trường hợp nào được xin nghỉ họp?",
        "Ngoài trường hợp ốm ra, còn trường hợp nào hội viên được nghỉ họp?",
        "khong phai vi om thi con truong hop nao duoc xin nghi hop",
    ],
)
def test_the_others(question: str) -> None:
    answer = make_assistant(CLUBS).answer(question)
    assert_quotes_exact(answer, FakeEngine([CLUBS]))
    assert "nuôi con nhỏ" in answer.text


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Không phải do già yếu thì còn ai được nghỉ?", "Không phải do  thì còn ai được nghỉ?"),
        ("Ngoài lý do ốm ra, còn lý do nào?", "Ngoài lý do  ra, còn lý do nào?"),
        ("Ngoài trường hợp của Lò Văn Nam còn ai?", "Ngoài trường hợp của Lò Văn Nam còn ai?"),
        ("Không phải hội viên thì có được họp không?", "Không phải hội viên thì có được họp không?"),
    ],
)
def test_what_is_left_out(question: str, left: str) -> None:
    assert without_left_out(question, fold(question)) == left


def test_sentences_of_others() -> None:
    test = of_others("khong phai do gia yeu thi con ai duoc nghi")
    assert test is not None
    assert test("người nuôi con nhỏ được nghỉ.")
    assert test("nghỉ không phải vì già yếu.")
    assert not test("người già yếu được nghỉ.")
    assert of_others("ai duoc nghi") is None
