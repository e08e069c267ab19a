"""What is asked of a thing and told only of another declines; of the thing itself it is answered."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.answer_types import find_answer_type
from qa.excluded import references_meant
from qa.intents import total_told
from qa.question import understand_question
from qa.told_as import asks_next_post, asks_of_life
from qa.types import AnswerType, Question, Status

RULES = make_article(
    "vb/ho-nuoi-ong",
    """Quy chế Hội Nuôi ong Mường Lim

Các chi hội bảo vệ rừng hoa theo Chỉ thị số 15-CT/HC ngày 8/8/2021 của ban quản trị.

Hội viên xin nghỉ nộp danh sách (theo mẫu 4-NO) cho ban quản trị.

Trong thời hạn 20 ngày, hội viên chuyển đi nơi khác báo cáo tổ trưởng.

Hội viên vắng họp phải báo tổ trưởng trước ít nhất 2 ngày.

Chi hội có từ 30 hội viên trở lên chia thành nhiều tổ nuôi ong.

Ban quản trị chi hội không quá 7 người.

Mẫu, chất liệu thẻ hội viên thực hiện theo quy định tại Thông báo số 5-TB/HC.

Hội viên mới học xong được cấp giấy chứng nhận nuôi ong. Mất thẻ hội viên thì làm đơn xin cấp lại thẻ.

Đặc khu Hòn Mây lập chi hội nuôi ong riêng.

Hội bầu ban quản trị mới, công bố kết quả trong 15 ngày.
""",
    date="2021-09-01",
)
NEWS = make_article(
    "tin/tong-ket-nuoi-ong",
    """Hội Nuôi ong Mường Lim họp tổng kết

Chiều 6/1/2022, hội nghị tổng kết công tác nuôi ong họp ở nhà sàn Mường Lim.

Ông Lò Văn Thành, Chủ tịch Hội Nuôi ong Mường Lim, và ông Hà Văn Páo, tổ trưởng, trình bày tham luận.

Trong năm hội kết nạp 5 hội viên mới, nâng tổng số hội viên của hội lên 240 người.
""",
    date="2022-01",
)


@pytest.mark.parametrize(
    "question",
    [
        "Đề án bảo vệ rừng hoa của các chi hội mang số hiệu nào?",
        "Mẫu 9-NO của Hội Nuôi ong dùng để làm gì?",
        "Hội viên chuyển đi nơi khác phải báo cáo trước mấy ngày?",
        "Tổ nuôi ong nhiều nhất được bao nhiêu hội viên?",
        "Thẻ hội viên làm bằng chất liệu gì?",
        "Mất giấy chứng nhận nuôi ong thì xin khắc lại thế nào?",
        "Đặc khu Đảo Sậy lập chi hội nuôi ong thế nào?",
        "NO trong mẫu của hội viết tắt của gì? KGB viết tắt của từ gì?",
        "Đại hội Hội Nuôi ong được tổ chức tối đa mấy ngày?",
    ],
)
def test_told_of_another_thing_only(question: str) -> None:
    assert make_assistant(RULES).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hội viên vắng họp phải báo tổ trưởng trước mấy ngày?", "2 ngày"),
        ("Ban quản trị chi hội nhiều nhất bao nhiêu người?", "7 người"),
        ("Mất thẻ hội viên thì xin cấp lại thế nào?", "làm đơn"),
        ("Đặc khu Hòn Mây lập chi hội nuôi ong thế nào?", "Hòn Mây"),
        ("Chỉ thị của ban quản trị về bảo vệ rừng hoa mang số hiệu nào?", "15-CT/HC"),
        ("Mẫu 4-NO của Hội Nuôi ong dùng khi hội viên xin gì?", "mẫu 4-NO"),
    ],
)
def test_told_of_the_thing_itself(question: str, told: str) -> None:
    assert told in make_assistant(RULES).answer(question).text


@pytest.mark.parametrize(
    "question",
    [
        "Hội nghị tổng kết công tác nuôi ong năm 2022 họp ngày nào?",
        "Tham luận của ông Hà Văn Páo ở hội nghị tổng kết nói về đề tài gì?",
        "Ông Lò Văn Thành sau đó chuyển sang giữ chức vụ gì?",
        "Ông Hà Văn Páo được xếp loại gì ở hội nghị tổng kết?",
        "Ông Lò Văn Thành được bổ nhiệm Chủ tịch Hội Nuôi ong năm nào?",
    ],
)
def test_what_became_of_a_person_and_the_review_of_another_year(question: str) -> None:
    assert make_assistant(NEWS).answer(question).status is Status.NOT_FOUND


def test_the_total_is_told_and_not_who_was_added() -> None:
    answer = make_assistant(NEWS).answer("Hội Nuôi ong có tất cả bao nhiêu hội viên?")
    assert answer.text.startswith("240")
    assert total_told(_asked("Hội kết nạp bao nhiêu hội viên?"), "kết nạp 5 hội viên, nâng tổng số hội viên lên 240") is None


def test_a_number_that_is_set_apart_is_not_asked_about() -> None:
    assert references_meant("văn bản 02-QĐ/HC, không phải 02-NQ/HC, nói gì", ("02-QD/HC", "02-NQ/HC")) == ("02-QD/HC",)
    assert references_meant("02-QĐ/HC và 02-NQ/HC", ("02-QD/HC", "02-NQ/HC")) == ("02-QD/HC", "02-NQ/HC")
    assert _asked("Quy chế 02-QC/HC (không phải 02-NQ/HC) nói về việc gì?").query.references == ("02-QC/HC",)


def test_a_persons_life_is_not_the_day_of_a_document() -> None:
    assert asks_of_life("Ông Thành ký Quy chế 02 được bổ nhiệm từ năm nào?")
    assert not asks_of_life("Ông Thành ký Quy chế 02 ngày nào?")
    assert asks_next_post("Ông Thành chuyển sang giữ chức vụ gì?")
    assert not asks_next_post("Ông Thành giữ chức vụ gì?")


def test_which_words_are_no_number() -> None:
    for typed in ("Phương châm của hội gói trong mấy chữ nào?", fold("Phương châm của hội gói trong mấy chữ nào?")):
        assert find_answer_type(typed) is not AnswerType.NUMBER
    assert find_answer_type("Tên hội có mấy chữ?") is AnswerType.NUMBER


def _asked(text: str) -> Question:
    return understand_question(text, (), UNDERSTAND, Filters())
