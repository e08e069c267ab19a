"""Ages and the limits of rules, and what else a rule must be for: the level of the Party that is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import canonical, fold
from index.types import BlockKind, Filters
from qa.ages import age_asked, holds_for, without_age
from qa.demands import AGE_COUNTS, LEVEL_COUNTS, NOT_FOR_ANOTHER_AGE, counts
from qa.question import understand_question


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("Bà tôi 82 tuổi có phải đi họp không?", "82"),
        ("ong toi 82 tuoi co phai di hop khong", "82"),
        ("Người trên 60 tuổi có phải đi họp không?", None),
        ("Người đủ 30 tuổi đảng được gì?", None),
        ("Anh 20 tuổi và em 17 tuổi ai được mượn?", None),
    ],
)
def test_the_age_of_whom_a_question_speaks(question: str, age: str | None) -> None:
    found = age_asked(fold(question))
    assert (found and found["age"]) == age
    assert ("82" in without_age(question, fold(question))) is False


@pytest.mark.parametrize(
    ("age", "rule", "holds"),
    [
        (82, "từ 80 tuổi trở lên thì được miễn", True),
        (65, "từ 80 tuổi trở lên thì được miễn", False),
        (65, "người dưới 80 tuổi", True),
        (60, "người trên 60 tuổi", False),
        (17, "phải từ đủ 18 đến đủ 60 tuổi", None),
        (17, "không nhất thiết đã đủ 18 tuổi", None),
        (45, "đủ 30 năm tuổi đảng", None),
    ],
)
def test_whether_a_limit_holds(age: int, rule: str, holds: bool | None) -> None:
    assert holds_for(age, fold(rule)) is holds


@pytest.mark.parametrize(
    ("question", "sentence", "heading", "times"),
    [
        ("Bà tôi 82 tuổi phải nộp gì?", "từ 80 tuổi chỉ cần làm đơn", (), AGE_COUNTS * NOT_FOR_ANOTHER_AGE),
        ("Ông 65 tuổi phải nộp gì?", "từ 80 tuổi chỉ cần làm đơn", (), 1.0),
        ("Ông 65 tuổi phải nộp gì?", "phải có bệnh án", ("còn", "người", "dưới", "80", "tuổi"), AGE_COUNTS * NOT_FOR_ANOTHER_AGE),
        ("Ông 65 tuổi phải nộp gì?", "chi bộ quyết định", (), NOT_FOR_ANOTHER_AGE),
        ("Cấp tỉnh trả lời trong mấy ngày?", "cấp tỉnh có 90 ngày, cấp trung ương có 180 ngày", (), LEVEL_COUNTS),
        ("Cấp tỉnh trả lời trong mấy ngày?", "cấp xã có 30 ngày", (), 1.0),
        ("Ban Tổ chức Tỉnh ủy trả lời trong mấy ngày?", "tỉnh uỷ có 90 ngày", (), 1.0),
    ],
)
def test_how_much_a_rule_for_that_age_or_level_counts(question: str, sentence: str, heading: tuple[str, ...], times: float) -> None:
    asked = understand_question(question, (), UNDERSTAND, Filters())
    assert counts(asked, canonical(sentence), heading) == times


def test_the_rule_for_that_age_answers() -> None:
    text = """Giảm việc cho người già

Hỏi: Già yếu thì làm sao?

Đáp: Từ 80 tuổi trở lên chỉ cần báo trưởng bản, kèm bản sao bệnh án.

Hỏi: Còn người dưới 80 tuổi?

Đáp: Bắt buộc nộp giấy của trạm y tế.
"""
    article = make_article("hoi-dap/nghi-hop", text)
    kinds = {"Hỏi": BlockKind.QUESTION, "Đáp": BlockKind.ANSWER}
    blocks = tuple(replace(block, kind=kinds.get(text[block.start : block.start + 3], block.kind)) for block in article.blocks)
    assistant = make_assistant(replace(article, blocks=blocks))
    assert "trạm y tế" in assistant.answer("Ông 71 tuổi muốn nghỉ họp bản thì nộp giấy gì?").citations[0].quote
    assert "bản sao bệnh án" in assistant.answer("Bà 84 tuổi muốn nghỉ họp bản thì nộp giấy gì?").citations[0].quote
