"""What a number is, what alone is done or given, which degree is enough, which age is named as a limit: the sentence that says so."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import make_assistant

from index.text.canonical import canonical, fold
from qa import told_as
from qa.ages import age_meant
from qa.answer_types import LAST, find_answer_type, find_ordinal
from qa.circumstances import of_schooling
from qa.told_as import says_still_due, says_who_belongs
from qa.types import AnswerType, Turn


@pytest.mark.parametrize(
    ("test", "told", "other"),
    [
        (
            told_as.says_what_number(fold("Dãy số in trên thẻ kho là số gì?")),
            "số thẻ là số hộ chiếu của thủ kho",
            "thẻ kho in theo Quyết định số 12",
        ),
        (told_as.says_what_number(fold("Số trên thẻ kho có mấy chữ số?")), "số thẻ gồm 9 chữ số", "huy hiệu có 4 chữ số"),
        (told_as.says_only_when(AnswerType.REASON), "chỉ đóng cửa kho khi hết hàng", "khi đóng cửa kho phải báo trước"),
        (
            told_as.says_for_whom_only(fold("Người thử việc có được cấp thẻ kho không?"), AnswerType.YES_NO),
            "Chỉ thủ kho chính thức mới có thẻ.",
            "người thử việc được cấp áo",
        ),
    ],
)
def test_the_sentence_that_says_so(test: told_as.Test | None, told: str, other: str) -> None:
    assert test is not None
    assert test(canonical(told)) and not test(canonical(other))


@pytest.mark.parametrize(
    "test",
    [
        told_as.says_what_number(fold("Số người trong kho là bao nhiêu?")),
        told_as.says_only_when(AnswerType.NUMBER),
        told_as.says_for_whom_only(fold("Ai được cấp thẻ kho?"), AnswerType.PERSON),
        of_schooling(canonical("Kho mở lớp học nào?"), fold("Kho mở lớp học nào?")),
    ],
)
def test_other_questions_ask_for_none(test: object) -> None:
    assert test is None


def test_the_least_schooling_is_a_degree_for_those_who_live_anywhere() -> None:
    asked = canonical("Làm thủ kho cần trình độ học vấn tối thiểu nào?")
    tests = of_schooling(asked, fold(asked))
    assert tests is not None
    told = "thủ kho phải có bằng tốt nghiệp trung học cơ sở"
    assert all(test(told) for test in tests)
    assert not tests[1]("thủ kho ở hải đảo phải tốt nghiệp tiểu học") and not tests[2]("học vấn là điều phải xét")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Người dưới 70 tuổi cần giấy gì?", 69),
        ("Người trên 70 tuổi cần giấy gì?", 71),
        ("Người từ 70 tuổi trở lên cần giấy gì?", 70),
        ("Bà tôi 72 tuổi cần giấy gì?", 72),
        ("Trên bao nhiêu tuổi thì nghỉ, người dưới 70 tuổi thì sao?", None),
        ("Người đủ 18 tuổi cần giấy gì?", None),
    ],
)
def test_the_age_that_is_meant(asked: str, meant: int | None) -> None:
    assert age_meant(fold(asked)) == meant


def test_a_rule_for_the_other_side_of_a_limit_is_no_answer() -> None:
    article = make_article(
        "nghi",
        "Nghỉ họp hội\n\n"
        "Muốn nghỉ họp hội, hội viên từ 70 tuổi trở lên phải có giấy tờ là đơn và bản sao bệnh án.\n\n"
        "Hội viên chưa đủ 70 tuổi phải nộp giấy khám của bệnh viện huyện.",
    )
    first = Turn("Hội viên từ 70 tuổi trở lên muốn nghỉ họp hội cần giấy tờ gì?", "")
    told = make_assistant(article).answer("Còn dưới 70 tuổi thì sao?", turns=(first,)).citations[0].quote
    assert "giấy khám" in told


def test_kinds_and_places_of_list_questions() -> None:
    assert find_answer_type("Kể giúp tôi các tài liệu trong bộ hồ sơ kho") is AnswerType.LIST
    assert find_ordinal("Trong các điều trưởng kho dặn, điều sau chót là gì?") == LAST


@pytest.mark.parametrize(
    ("question", "met", "not_met"),
    [
        ("Đã khai đủ rồi thì có còn phải đi kiểm kê nữa không", "khai đủ thì không phải kiểm kê", "không được cử người nhà đi kiểm kê"),
        ("Khai đủ rồi có cần kiểm kê nữa không", "khai đủ vẫn phải kiểm kê tại kho", "biên bản kiểm kê gửi về xã"),
    ],
)
def test_what_is_still_to_be_done(question: str, met: str, not_met: str) -> None:
    test = says_still_due(fold(question), AnswerType.YES_NO)
    assert test is not None and test(met) and not test(not_met)
    assert says_still_due(fold("Có mấy kho phải kiểm kê"), AnswerType.YES_NO) is None


def test_who_belongs_to_those_a_rule_speaks_of() -> None:
    test = says_who_belongs(fold("Diện hộ trồng rừng có tính hộ mới tách không"), AnswerType.YES_NO)
    assert test is not None and test("hộ trồng rừng gồm hộ cũ, hộ mới tách") and not test("không cử hộ mới tách đi họp")
    assert says_who_belongs(fold("Hộ trồng rừng có được vay vốn không"), AnswerType.YES_NO) is None
