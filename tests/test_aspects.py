"""The side of a thing that is asked about, and the limits that hold for the amount a question names."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import canonical, fold
from index.types import Filters
from qa import aspects
from qa.amounts import amount_meant, limits_met, within_limits
from qa.question import understand_question
from qa.sentences import pieces_of
from qa.told_as import says_when_done
from qa.types import AnswerType
from qa.verdict import deeds_asked

REASON, YES_NO, NUMBER = AnswerType.REASON, AnswerType.YES_NO, AnswerType.NUMBER


@pytest.mark.parametrize(
    ("test", "told", "other"),
    [
        (aspects.says_replaced(fold("Phiếu kho nay thay cho loại sổ nào?")), "phiếu kho (thay cho sổ cũ)", "phiếu kho có hai liên"),
        (aspects.says_replaced(fold("Quy chế mới ra thì bỏ quy chế cũ nào?")), "bãi bỏ quy chế năm ngoái", "quy chế có năm điều"),
        (aspects.says_cause(fold("Nguyên nhân chủ yếu là gì?"), REASON), "nguyên nhân là mưa dài", "kho dột vì mưa"),
        (aspects.says_purpose(fold("Họp nhằm mục đích gì?"), REASON), "họp nhằm chia việc", "họp để ngoài giờ"),
        (aspects.says_span(fold("Chợ mở từ ngày nào đến ngày nào?")), "chợ mở từ ngày 2-3 đến 9-3", "sáng 2-3 chợ mở cửa"),
        (
            aspects.says_vote(fold("Hội viên tập sự có được bỏ phiếu không?"), YES_NO),
            "hội viên tập sự không có quyền biểu quyết",
            "bỏ phiếu tại hội trường",
        ),
        (aspects.says_at_most(fold("Mượn sổ tối đa bao lâu?"), NUMBER), "sổ được mượn từ 3 tháng đến 2 năm", "trong 5 ngày phải trả"),
        (aspects.says_grade(fold("Kho được xếp loại mức nào?")), "kho được xếp loại tốt", "kho có nhiều người làm"),
        (
            aspects.says_consequence(fold("Giữ sổ không tốt thì bị xử lý ra sao")),
            "nếu thấy thủ kho không làm tốt thì thu sổ",
            "thủ kho giữ sổ không quá một năm",
        ),
        (
            says_when_done(fold("Vì lý do gì một tổ kho bị giải thể?"), REASON),
            "- việc giải thể tổ kho khi kho đã bán hết",
            "tổ kho họp khi có việc",
        ),
        (aspects.says_elsewhere(fold("Chuyển hẳn sang xã khác thì ai ký?")), "nếu ngoài phạm vi xã thì huyện ký", "nếu trong phạm vi xã"),
        (
            aspects.case_met(canonical("Thủ kho tập sự chưa có thẻ thì mang giấy gì?")),
            "thẻ kho hoặc giấy hẹn (nếu là thủ kho tập sự)",
            "thẻ kho hoặc giấy hẹn (nếu là khách hàng)",
        ),
        (
            aspects.says_use_of_it(canonical("Thẻ kho được dùng vào việc gì?")),
            "thủ kho sử dụng thẻ kho để lấy hàng",
            "dùng máy quét để đọc thẻ kho",
        ),
    ],
)
def test_the_sentence_of_that_side(test: aspects.Test | None, told: str, other: str) -> None:
    assert test is not None
    assert test(canonical(told)) and not test(canonical(other))


@pytest.mark.parametrize(
    "test",
    [
        aspects.says_replaced(fold("Mất phiếu thì lấy giấy nào thay?")),
        aspects.says_cause(fold("Vì sao kho dột?"), REASON),
        aspects.says_purpose(fold("Vì sao họp?"), REASON),
        aspects.says_span(fold("Chợ mở ngày nào?")),
        aspects.says_vote(fold("Ai được bầu làm tổ trưởng?"), AnswerType.PERSON),
        aspects.says_at_most(fold("Trong bao lâu phải trả sổ?"), NUMBER),
        aspects.says_elsewhere(fold("Chuyển kho thì ai ký?")),
        aspects.says_grade(fold("Kho ghi loại giấy nào?")),
        aspects.says_consequence(fold("Giữ sổ tốt thì được gì")),
        says_when_done(fold("Vì sao tổ kho họp?"), REASON),
        aspects.says_use_of_it(canonical("Thẻ kho ai giữ?")),
    ],
)
def test_other_questions_ask_for_none(test: object) -> None:
    assert test is None


@pytest.mark.parametrize(
    ("asked", "told", "holds"),
    [
        ("Chi bộ có 8 đảng viên thì bầu gì?", "dưới 9 đảng viên chính thức", True),
        ("Chi bộ có 8 đảng viên thì bầu gì?", "có từ 9 đảng viên chính thức trở lên", False),
        ("Chi bộ có 8 đảng viên thì bầu gì?", "có 9 ngày để bầu", None),
        ("Kho có 1.200 người", "trên 1.000 người", True),
        ("Đã hơn 30 ngày mới trả", "trả sau 30 ngày", True),
        ("Đi vắng chưa được 1 năm", "chưa đủ 12 tháng", True),
        ("Đi vắng 5 tháng", "từ 3 tháng đến dưới 1 năm", True),
        ("Đi vắng 5 tháng", "từ 6 tháng trở lên", False),
        ("Đi vắng 5 tháng", "từ 6 tháng kể từ hôm nay", None),
    ],
)
def test_limits_of_amounts(asked: str, told: str, holds: bool | None) -> None:
    amount = amount_meant(fold(asked))
    assert amount is not None and within_limits(amount, fold(told)) is holds


@pytest.mark.parametrize(
    "asked",
    [
        "Chi bộ từ 9 đảng viên và dưới 9 khác gì?",
        "Cần bao nhiêu đảng viên, 3 đảng viên được chưa?",
        "Họp năm 2021 ngày bao nhiêu?",
        "Thẻ 45 năm tuổi",
    ],
)
def test_no_amount_is_meant(asked: str) -> None:
    assert limits_met(fold(asked)) is None


STORE = make_article(
    "kho",
    "Việc ở kho\n\n"
    "Muốn mở thêm kho lẻ, tổ cơ sở phải có đủ hai điều kiện:\n\na) có nền cao;\n\nb) có người trông.\n\n"
    "Tổ cơ sở không được mở thêm kho riêng.\n\n"
    "Người xin mở kho nộp đơn cho ban quản lý.\n\nCác mốc kiểm tra kho:\n",
)


@pytest.mark.parametrize(
    ("amount", "told", "near"),
    [("8 đảng viên", "dưới 9 đảng viên", True), ("8 đảng viên", "từ 3 đảng viên trở lên", False), ("800 người", "dưới 1.000 người", True)],
)
def test_the_nearest_limit_is_the_one_that_is_meant(amount: str, told: str, near: bool) -> None:
    tests = limits_met(fold(f"Nơi có {amount} thì sao?"))
    assert tests is not None and tests[0](told) is near


def test_a_rule_that_names_its_limit_is_asked_about() -> None:
    assert amount_meant(fold("Nơi có từ 10 đảng viên thì ai làm tổ trưởng?")) is None


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("Thủ kho nữ trong thời gian nghỉ sinh con thì theo quy định của Bộ luật\nLao động mà nghỉ.", 1),
        ("Mã kho từ E0001 đến E9999 viết bằng bút chì (4 chữ số, có chữ\nE đầu dãy)", 1),
        ("Việc ở kho\nThủ kho ghi sổ mỗi ngày một lần vào buổi sáng sớm, trước khi mở cửa.", 2),
        ("Người đến lấy hàng ở kho phải ký vào sổ của thủ kho đang trực hôm ấy.\nNgười giữ sổ cất sổ.", 2),
        ("Người đến lấy hàng ở kho phải ký vào sổ của thủ kho đang trực hôm ấy\n- Người giữ sổ cất sổ.", 2),
    ],
)
def test_a_full_printed_line_goes_on_whatever_the_next_begins_with(paragraph: str, count: int) -> None:
    assert len(pieces_of(paragraph)) == count


def test_a_rule_that_forbids_stands_below_a_list() -> None:
    text = make_assistant(STORE).answer("Tổ cơ sở có được mở thêm kho lẻ không?").text
    assert "có nền cao" in text and "không được mở thêm kho riêng" in text


def test_deeds_are_not_read_out_of_co_so() -> None:
    question = understand_question("Tổ cơ sở có được mở kho riêng không?", (), lambda text, filters: UNDERSTAND(text, filters), Filters())
    assert "mo" in deeds_asked(question)


def test_a_line_that_only_announces_is_not_quoted_alone() -> None:
    text = make_assistant(STORE).answer("Người xin mở kho nộp gì?").text
    assert "Các mốc kiểm tra kho:" not in text
