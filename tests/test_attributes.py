"""An attribute told of another thing or not at all declines; the same attribute of the thing itself is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.answer_types import find_answer_type
from qa.holders import asked_post
from qa.mentions import find_amounts
from qa.question import understand_question
from qa.smalltalk import is_smalltalk
from qa.types import AnswerType, Question, Status

RULES = make_article(
    "vb/ho-cau",
    """Hướng dẫn về thẻ hội viên của Hội Câu cá Mường Lim

1. Thẻ hội viên

Thẻ hội viên mẫu mới do ban quản trị hội cấp. Hồ sơ xin cấp thẻ có ảnh chân dung kích thước 4 x 6 cm, nền xanh.

Lá cờ của hội có kích thước 2 x 3 m.

Thực hiện Chỉ thị số 15-CT/HC ngày 08/8/2025 của ban quản trị về đổi thẻ hội viên.

Hội viên nộp hồ sơ xin cấp thẻ trước ngày 15/9/2025.

Nghỉ câu quá 3 tháng thì hội viên bị xoá tên; 3 tháng được tính từ ngày nhận phiếu báo.

Danh sách hội viên gửi ban quản trị trước mỗi đợt 20 ngày làm việc.

2. Văn bản

Người xin vào hội không thuộc trường hợp bị cấm vào hội theo Điều 9 Quy chế số 44-QC/HC của ban quản trị.

Hướng dẫn này thay thế Hướng dẫn số 12-HD/HC ngày 16/8/2017 về thẻ hội viên.

Các hướng dẫn trước đây trái với Quy chế số 44-QC/HC đều bãi bỏ.

3. Lễ ra mắt

Sáng 20/9/2025, hội họp lễ ra mắt tại nhà sàn Mường Lim, bắt đầu lúc 7 giờ 30.

Ông Lò Văn Thành coi việc giữ sạch hồ là nhiệm vụ số một của hội.
""",
    date="2025-08-20",
)


def _understood(question: str) -> Question:
    return understand_question(question, (), UNDERSTAND, Filters())


@pytest.mark.parametrize(
    "question",
    [
        "Kích thước tấm thẻ hội viên mẫu mới là bao nhiêu?",
        "Thẻ hội viên có kích thước bao nhiêu?",
        "Thẻ hội viên mẫu mới màu gì?",
        "Hạn chót hoàn thành đổi thẻ hội viên theo Chỉ thị 15-CT/HC là khi nào?",
        "Điều 9 Quy chế 44-QC/HC liệt kê những trường hợp nào bị cấm vào hội?",
        "Điều 7 Quy chế 44-QC/HC quy định những gì về thẻ hội viên?",
        "Hướng dẫn về thẻ hội viên năm 2025 mang số mấy?",
        "Website của hội câu cá có địa chỉ nào?",
        "Ai viết hướng dẫn về thẻ hội viên của hội câu cá?",
        "Ông Thắng coi việc gì là nhiệm vụ số một của hội?",
        "Thuế thu nhập của hội viên tính thế nào?",
        "Chi phí cấp thẻ hội viên mẫu mới là bao nhiêu?",
        "Chào bạn, hôm nay bạn khỏe không?",
    ],
)
def test_an_attribute_of_something_else_is_no_answer(question: str) -> None:
    assert make_assistant(RULES).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ảnh chân dung trong hồ sơ xin cấp thẻ có kích thước bao nhiêu?", "4 x 6 cm"),
        ("Kích thước lá cờ của hội là bao nhiêu?", "2 x 3 m"),
        ("Ảnh chân dung nền màu gì?", "nền xanh"),
        ("Hạn chót nộp hồ sơ xin cấp thẻ hội viên là ngày nào?", "trước ngày 15/9/2025"),
        ("Hướng dẫn này thay thế hướng dẫn số mấy về thẻ hội viên?", "12-HD/HC"),
        ("Lễ ra mắt của hội bắt đầu lúc mấy giờ?", "7 giờ 30"),
        ("Ông Thành coi việc gì là nhiệm vụ số một của hội?", "giữ sạch hồ"),
        ("Danh sách hội viên gửi ban quản trị trước đợt bao nhiêu ngày?", "20 ngày làm việc"),
        ("Nghỉ câu quá 3 tháng thì bị xoá tên, 3 tháng đó tính từ ngày nào?", "tính từ ngày nhận phiếu báo"),
    ],
)
def test_the_attribute_of_the_thing_itself_is_told(question: str, told: str) -> None:
    for typed in (question, fold(question)):
        answer = make_assistant(RULES).answer(typed)
        assert answer.status is Status.ANSWERED, typed
        assert told in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ông Lò Văn Thành sinh năm bao nhiêu?", AnswerType.DATE),
        ("Mỗi năm bao nhiêu hội viên được khen?", AnswerType.NUMBER),
        ("Hội sắp trao quà cho mấy cụ, vậy cơ quan nào chủ trì?", AnswerType.ORGANISATION),
        ("Mức học vấn chung của hội viên là bằng gì?", AnswerType.OTHER),
        ("Mức đóng của hội viên", AnswerType.NUMBER),
        ("Hội viên bị kỷ luật bao nhiêu người?", AnswerType.NUMBER),
    ],
)
def test_kinds_of_questions_told_apart(question: str, kind: AnswerType) -> None:
    assert find_answer_type(question) is kind
    assert find_answer_type(fold(question)) is kind


@pytest.mark.parametrize(
    ("text", "smalltalk"),
    [
        ("Xin chào", True),
        ("Bạn tên là gì?", True),
        ("Kể tôi nghe một câu chuyện cười đi", True),
        ("Cảm ơn bạn nhiều nhé", True),
        ("Chào cờ trong lễ ra mắt thế nào?", False),
        ("Bạn cho biết hội viên là gì?", False),
        ("Kể tên các loại thẻ", False),
    ],
)
def test_what_is_said_to_the_program(text: str, *, smalltalk: bool) -> None:
    assert is_smalltalk(_understood(text)) is smalltalk


def test_a_whole_year_and_a_month_of_others_are_not_told() -> None:
    news = make_article("tin/cau", "Hội câu cá tháng 5/2021\n\nTrong tháng, hội nhận 15 hội viên mới vào các tổ.", date="2021-05-31")
    ask = make_assistant(news).answer
    assert ask("Năm 2020 hội nhận bao nhiêu hội viên mới?").status is Status.NOT_FOUND
    assert ask("Tháng 4/2021 hội nhận bao nhiêu hội viên mới?").status is Status.NOT_FOUND
    assert ask("Tháng 5/2021 hội nhận bao nhiêu hội viên mới?").status is Status.ANSWERED


def test_an_article_of_january_tells_of_the_year_before() -> None:
    text = "Hội câu cá tổng kết\n\nHội đã nhận 40 hội viên mới vào các tổ câu.\n\nKế hoạch của các năm 2020, 2021 đã làm xong."
    ask = make_assistant(make_article("tin/nam", text, date="2022-01-06")).answer
    assert ask("Năm 2021 hội nhận bao nhiêu hội viên mới?").status is Status.ANSWERED
    assert ask("Năm 2020 hội nhận bao nhiêu hội viên mới?").status is Status.NOT_FOUND


def test_no_number_where_earlier_documents_are_abolished_without_one() -> None:
    rule = make_article("vb/44", "Quy chế số 44-QC/HC của hội câu\n\nCác quy chế trước đây trái với Quy chế này đều bãi bỏ.")
    ask = make_assistant(rule).answer
    assert ask("Quy chế 44-QC/HC thay thế quy chế số mấy?").status is Status.NOT_FOUND
    assert "trước đây" in ask("Quy chế 44-QC/HC thay thế quy chế nào?").citations[0].quote


def test_the_name_of_a_post_asks_for_its_holder() -> None:
    post = asked_post(_understood("Tên Bí thư Huyện ủy Mường Lim hồi cuối năm 2021?"))
    assert post is not None
    assert fold(post.head) == "bi thu"


def test_each_round_has_its_days() -> None:
    assert [amount.text for amount in find_amounts("nộp trước mỗi đợt 20 ngày làm việc.")] == ["20 ngày làm việc"]
    assert find_amounts("quà của đợt 20 tháng này") == []


def test_a_colour_behind_the_end_of_a_line() -> None:
    slip = make_article("phieu", "Phiếu của thư viện\n\nPhiếu mượn sách dài hạn (có 9 ô, nền hoa văn màu cánh sen) dùng cả năm.")
    wrapped = replace(slip, text=slip.text.replace("văn màu", "văn\nmàu"))
    assert "cánh sen" in make_assistant(wrapped).answer("Phiếu mượn sách dài hạn nền màu gì?").text
