"""What to do when a time is missed, the body that a follow-up points back to, and follow-ups that name their topic themselves."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, FakeEngine, assert_quotes_exact, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.comparison import find_sides
from qa.excluded import without_properly
from qa.followups import make_standalone
from qa.overdue import asks_missed
from qa.question import understand_question, without_topic
from qa.types import Turn

RULES = make_article(
    "thu-vien",
    "Nội quy thư viện xã\n\nTrong thời hạn 20 ngày, kể từ ngày nhận sách, tổ đọc phải họp bàn về sách mới. "
    "Nếu để quá thời hạn nêu trên phải báo cáo và được thư viện huyện đồng ý.\n\n"
    "Tổ đọc gửi sổ theo dõi về thư viện xã trong 5 ngày làm việc. Sổ theo dõi có bìa màu xanh.\n\n"
    "Hội đọc sách chỉ nhận lại hội viên một lần. Hội viên được nhận lại phải đóng hội phí từ đầu.",
)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Quá hạn họp bàn thì phải làm sao?", True),
        ("lỡ hạn nộp sổ thì ai xử lý", True),
        ("To doc hop tre han thi sao?", True),
        ("Tổ đọc họp không kịp thì xin ai?", True),
        ("Quá hạn bao lâu thì bị phạt?", False),
        ("Nội dung quá hạn chế thì sửa thế nào?", False),
        ("Tổ đọc phải họp trong mấy ngày?", False),
    ],
)
def test_asks_missed(question: str, asks: bool) -> None:
    assert asks_missed(question) is asks


@pytest.mark.parametrize(
    "question", ["Họp bàn về sách mới quá hạn thì phải làm sao?", "Tổ đọc họp bàn về sách mới trễ hạn thì phải làm gì?"]
)
def test_rule_for_a_missed_time(question: str) -> None:
    answer = make_assistant(RULES).answer(question)
    assert "được thư viện huyện đồng ý" in answer.text
    assert answer.text.count("tổ đọc phải họp") == 1  # quoted with the sentence it points back to, which is not told twice
    assert_quotes_exact(answer, FakeEngine((RULES,)))


@pytest.mark.parametrize(
    ("earlier", "answer", "question", "standalone"),
    [
        (
            "Có sách rồi thì tổ đọc phải họp bàn trong mấy ngày?", "20 ngày", "Thế lỡ quá hạn đó thì phải làm sao?",
            "Quá thời hạn tổ đọc phải họp bàn thì phải làm sao?",
        ),
        ("Tổ đọc gửi sổ trong bao lâu?", "5 ngày", "Nếu trễ thì ai xử lý?", "Quá thời hạn tổ đọc gửi sổ thì ai xử lý?"),
        ("Tổ đọc gửi sổ trong bao lâu?", "5 ngày", "Không kịp thì sao", "Quá thời hạn tổ đọc gửi sổ thì phải làm sao?"),
        ("Ai giữ sổ?", "Tổ trưởng", "Nếu trễ thì sao?", "Ai giữ sổ – trễ?"),
        ("Tổ đọc gửi sổ trong bao lâu?", "5 ngày", "Trễ 3 ngày thì sao?", "Quá thời hạn tổ đọc gửi sổ thì phải làm sao?"),
    ],
)  # fmt: skip
def test_followed_by_a_missed_time(earlier: str, answer: str, question: str, standalone: str) -> None:
    assert make_standalone(question, [Turn(earlier, answer)], lambda text: text) == standalone


@pytest.mark.parametrize(
    ("earlier", "answer", "question", "standalone"),
    [
        ("Bí thư Đảng ủy Sở Y tế là ai?", "Lê Văn Tre", "Còn phó bí thư của đơn vị này là ai?", "Phó bí thư của Đảng ủy Sở Y tế là ai?"),
        ("Sở Y tế có mấy phòng?", "9 phòng", "Thế cơ quan đó ở đường nào của thị xã?", "Sở Y tế ở đường nào của thị xã?"),
        ("Đơn vị nào nhận cờ?", "Sở Y tế.", "Giám đốc của đơn vị ấy là ai?", "Giám đốc của Sở Y tế là ai?"),
        ("Ai là tổ trưởng?", "Bà Lê Thị Mai", "Vị này bao nhiêu tuổi?", "Đồng chí Lê Thị Mai bao nhiêu tuổi?"),
    ],
)
def test_bodies_named_before(earlier: str, answer: str, question: str, standalone: str) -> None:
    assert make_standalone(question, [Turn(earlier, answer)], lambda text: text) == standalone


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Thế được nhận lại hội viên tối đa mấy lần?", "Được nhận lại hội viên tối đa mấy lần?"),
        ("Thế phải nộp mấy tấm ảnh?", None),  # names nothing of the topic
    ],
)
def test_topic_named_again_is_asked_alone(question: str, alone: str | None) -> None:
    turns = [Turn("Bị xoá tên bao lâu thì hội xét nhận lại hội viên?", "Sau 6 tháng")]
    carried = understand_question(question, turns, UNDERSTAND, Filters())
    assert " – " in carried.standalone
    bare = without_topic(carried, UNDERSTAND)
    assert (bare and bare.standalone) == alone
    assert bare is None or not bare.carried


def test_the_earlier_question_is_not_asked_again() -> None:
    turns = [Turn("Năm 2021 ban kiểm soát kiểm tra bao nhiêu lượt quầy hàng?", "30 lượt")]
    carried = understand_question("Thế còn kiểm tra khi có đơn tố cáo?", turns, UNDERSTAND, Filters())
    assert " – " in carried.standalone and without_topic(carried, UNDERSTAND) is None


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Đặt tên tệp ảnh thế nào cho đúng mẫu của thư viện tỉnh?", "Đặt tên tệp ảnh thế nào?"),
        ("Viết số thẻ ra sao cho đúng quy định", "Viết số thẻ ra sao"),
        ("Ai xác nhận cho đúng người đọc được mượn?", "Ai xác nhận cho đúng người đọc được mượn?"),
    ],
)
def test_wish_to_do_it_right_is_no_word_of_the_question(question: str, left: str) -> None:
    assert without_properly(question, fold(question)) == left


@pytest.mark.parametrize("question", ["Hội đọc sách và các hội khác nhiệm vụ ra sao?", "Tổ đọc với những đơn vị khác hồ sơ gì?"])
def test_other_things_are_not_compared(question: str) -> None:
    assert find_sides(question) is None
