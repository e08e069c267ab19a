"""Answers without a language model: every quotation exact, enough of it quoted, a decline where nothing supports an answer."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import make_article
from hypothesis import given, settings
from hypothesis import strategies as st
from qa_fakes import ASSISTANT, MEETING, ask, assert_quotes_exact, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.types import NOT_FOUND_SENTENCE, Status


def test_document_number_however_typed() -> None:
    for typed in ("Nghị quyết 05-NQ/ĐUK nói về gì?", "nghi quyet so 5-nq/duk noi ve gi"):
        assert "“về chuyển đổi số trong cơ quan đảng”" in ask(typed).text


def test_other_document_number_is_declined() -> None:
    assert ask("Nghị quyết 06-NQ/ĐUK nói về gì?").status is Status.NOT_FOUND


def test_reason() -> None:
    assert "vi phạm quy định về đất đai" in ask("Vì sao đảng viên bị khai trừ?").text


@pytest.mark.parametrize(
    "question",
    [
        "Giá vàng hôm nay bao nhiêu một lượng?",
        "Cách nấu phở bò?",
        "Khối kết nạp bao nhiêu đảng viên mới năm 2015?",
        "Đồng chí Hồ Văn Quýt khai mạc hội nghị nào?",
        "Khối các cơ quan tỉnh Hà Tĩnh kết nạp bao nhiêu đảng viên mới?",
        "Khối chi bao nhiêu tiền cho hội nghị cuối năm?",
    ],
)
def test_decline(question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith(NOT_FOUND_SENTENCE)
    assert not answer.citations
    assert question in answer.text
    assert len(answer.nearest) <= 3


def test_decline_names_the_limits_of_the_search() -> None:
    filters = Filters(date_from=date(1999, 1, 1), date_to=date(1999, 12, 31))
    answer = ASSISTANT.answer("Ai khai mạc hội nghị cuối năm?", filters=filters)
    assert answer.status is Status.NOT_FOUND
    assert "từ 01/01/1999 đến 31/12/1999" in answer.text
    assert answer.nearest == ()


def test_question_without_diacritics() -> None:
    assert ask("khoi ket nap bao nhieu dang vien moi nam 2021?").text.startswith("15 đảng viên mới.")


def test_caption_and_interviewer_are_no_evidence_where_there_is_other() -> None:
    answer = ask("Xã đã trồng được bao nhiêu héc-ta rừng?")
    assert "P.V:" not in answer.text


def test_title_is_quoted_whole_though_it_has_quotation_marks() -> None:
    (citation,) = ask("Nghị quyết 05-NQ/ĐUK nói về gì?").citations
    assert "“về chuyển đổi số trong cơ quan đảng”" in citation.quote


CONGRESS = make_article(
    "tin/hoi-nghi-tinh",
    """Hội nghị lần thứ 10 của Tỉnh ủy

Sáng 16/5/2019, Hội nghị lần thứ 10 Ban Chấp hành Đảng bộ tỉnh khoá XII khai mạc tại huyện Mường Lim, TP. Hồ Chí Minh cử người dự.
""",
)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Hội nghị Ban Chấp hành lần thứ 10 khoá XII khai mạc ngày nào?", Status.ANSWERED),
        ("Hội nghị lần thứ mười khoá 12 ở huyện Mường Lim khai mạc ngày nào?", Status.ANSWERED),
        ("Hội nghị lần thứ 11 khoá XII khai mạc ngày nào?", Status.NOT_FOUND),
        ("Hội nghị lần thứ 10 khoá XI khai mạc ngày nào?", Status.NOT_FOUND),
        ("Hội nghị lần thứ 10 khoá XII ở huyện Mường Tre khai mạc ngày nào?", Status.NOT_FOUND),
        ("Hội nghị lần thứ 10 có TP HCM dự khai mạc ngày nào?", Status.ANSWERED),
        ("Hội nghị lần thứ 10 của Thành ủy Hà Nội khai mạc ngày nào?", Status.NOT_FOUND),
    ],
)
def test_another_meeting_or_place_is_declined(question: str, status: Status) -> None:
    for typed in (question, fold(question)):
        if typed == question or not {"Tre", "Nội"} & set(question.split()):  # without its marks a name of a place is not seen as one
            assert make_assistant(CONGRESS).answer(typed).status is status, typed


TOLD_NEXT = make_article(
    "tin/xom-dong",
    """Tổ tự quản xóm Đông

Tổ tự quản xóm Đông họp sáng thứ 6 hàng tuần để chia việc. Đò ngang Khe Lau dừng chạy từ 6h sáng 25-12 để tránh bão.

Huyện chọn tổ tự quản xóm Đông sinh hoạt mẫu. Đây là buổi làm mẫu nhằm rút kinh nghiệm trong toàn huyện.

Với phương châm “dân biết, dân bàn”, tổ tự quản xóm Đông dọn kênh. Phương hướng của tổ tự quản xóm Đông là giữ xóm sạch.

Quy chế mới của xóm Tây thế chỗ quy chế cũ, cho hợp với số hộ. Họp xóm Tây mỗi năm hai lần vào dịp tết và mùa gặt.

Người xóm Tây phải có tên trong bảng chấm công ít nhất 6 tháng trong năm. Kiều bào gửi về xóm Tây 18,9 tỷ đồng.
""",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Tổ tự quản xóm Đông họp vào lúc nào trong tuần?", "sáng thứ 6"),
        ("Đò ngang Khe Lau dừng chạy từ mấy giờ ngày nào để tránh bão?", "6h sáng 25-12"),
        ("Vì sao huyện chọn tổ tự quản xóm Đông sinh hoạt mẫu?", "rút kinh nghiệm"),
        ("Phương châm của tổ tự quản xóm Đông là gì?", "dân biết, dân bàn"),
        ("Tại sao xóm Tây có quy chế mới thế chỗ quy chế cũ?", "cho hợp với số hộ"),
        ("Một năm xóm Tây họp mấy lần?", "hai lần"),
        ("Người xóm Tây phải có tên trong bảng chấm công mấy tháng một năm?", "Ít nhất 6 tháng"),
        ("Kiều bào gửi tiền về xóm Tây được bao nhiêu?", "18,9 tỷ đồng"),
    ],
)
def test_what_is_told_in_other_forms(question: str, told: str) -> None:
    answer = make_assistant(TOLD_NEXT).answer(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert told in answer.text


def test_a_row_that_says_nothing_is_not_quoted_alone() -> None:
    long = ", ".join(f"giữ thôn {name} xanh sạch đẹp quanh năm và vui tươi mỗi ngày" for name in ["một", "hai", "ba", "bốn"])
    text = f"Bà Hà Thị Mơ: Phương hướng nhiệm kỳ 2020 - 2025 của xã Khe Lau là “{long} và {long}”."
    answer = make_assistant(make_article("pv-xa", f"Chuyện ở xã Khe Lau\n\n{text}\n")).answer("Phương hướng của xã Khe Lau là gì?")
    assert "giữ thôn một" in answer.text


def test_a_rule_is_quoted_with_its_condition() -> None:
    rule = (
        "Khi xét tặng giấy khen, người đang bị nhắc nhở về việc chăm rừng thì chưa được xét tặng;"
        " sau 3 tháng (đối với người bị nhắc nhở lần đầu), 6 tháng (đối với người bị nhắc nhở lần hai),"
        " nếu chăm rừng tốt, được xóm công nhận thì sẽ được xét tặng giấy khen của xã."
    )
    assistant = make_assistant(make_article("quy-che/khen", f"Quy chế khen\n\n{rule}"))
    text = assistant.answer("Người bị nhắc nhở có được xét tặng giấy khen không?").text
    assert "Khi xét tặng giấy khen" in text and "sẽ được xét tặng giấy khen của xã." in text


PIECES = st.sampled_from(
    [
        *("Đồng chí Lê Văn Cam, Bí thư Đảng ủy Khối, dự.", "Kết nạp 15 đảng viên.", "(1) một; (2) hai.", "Thứ nhất, họp.", "Thứ hai, học."),
        *(
            "Nghị quyết 05-NQ/ĐUK “về nhà ở”.",
            "- mục",
            "\n\n",
            " ",
            "👍 ký tự lạ",
            "P.V: Hỏi gì?",
            "Năm 2021; năm 2022;",
            "a) đất; b) nước",
        ),
        *("“Trích”", "Ảnh: X", "É" * 5),
    ]
)
QUESTIONS = st.sampled_from(
    [
        *("Ai là Bí thư Đảng ủy Khối?", "Kết nạp bao nhiêu đảng viên?", "Gồm những gì?", "Nghị quyết 05-NQ/ĐUK nói về gì?"),
        *("2 nhiệm vụ là gì?", "Năm 2021 làm gì?"),
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=25), QUESTIONS)
@settings(max_examples=120, deadline=None)
def test_quotations_are_exact_whatever_the_article(pieces: list[str], question: str) -> None:
    article = make_article("la", "Bài lạ\n\n" + " ".join(pieces))
    assistant = make_assistant(article, MEETING)
    assert_quotes_exact(assistant.answer(question), assistant.engine)  # type: ignore[arg-type]


def test_sentence_that_points_back_is_quoted_with_the_one_before() -> None:
    text = "Chuyện ở xã\n\nTổ tự quản xóm Đông dọn kênh mỗi tháng. Đây là tổ được huyện chọn làm mẫu về vệ sinh.\n"
    answer = make_assistant(make_article("xa", text)).answer("Tổ nào được huyện chọn làm mẫu về vệ sinh?")
    assert answer.citations[0].quote.startswith("Tổ tự quản xóm Đông")


TERM_TOLD = make_article(
    "tin/phuong-cham",
    "Đại hội Hội Rừng\n\nPhương châm hành động của Hội Rừng nhiệm kỳ 2015 – 2020 là “Xanh, sạch”.\n\n"
    "Hội Rừng mở một lớp ươm cây có 72 học viên, đợt 1/2016.\n\n"
    "Hội Rừng trao huy hiệu cho người trồng rừng có từ 70 năm tuổi nghề trở lên.\n\n"
    "Cứ năm tổ chức thì có một tổ chức trồng đủ cây.\n\n"
    "Các số liệu lấy từ phiên họp của Ban Chấp hành Hội Rừng và chủ rừng tỉnh.",
    date="2015-06-01",
)


@pytest.mark.parametrize(
    "question",
    [
        "Phương châm hành động của Hội Rừng nhiệm kỳ 2025 – 2030 là gì?",
        "Lớp ươm cây của Hội Rừng đợt 1/2016 mở ở địa điểm nào?",
        "Hội Rừng trao huy hiệu cho bao nhiêu người trồng rừng?",
        "Hội Rừng và chủ rừng là của tỉnh nào?",
        "Bao nhiêu tổ chức của Hội Rừng trồng đủ cây?",
    ],
)
def test_another_term_length_or_no_place_is_no_answer(question: str) -> None:
    assert make_assistant(TERM_TOLD).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Phương châm hành động của Hội Rừng nhiệm kỳ 2015 – 2020 là gì?", "Xanh, sạch"),
        ("Lớp ươm cây của Hội Rừng đợt 1/2016 có bao nhiêu học viên?", "72 học viên"),
        ("Hội Rừng trao huy hiệu cho người trồng rừng từ bao nhiêu năm tuổi nghề?", "70 năm tuổi nghề"),
    ],
)
def test_what_the_same_article_does_tell(question: str, said: str) -> None:
    assert said in make_assistant(TERM_TOLD).answer(question).text


def test_a_decline_names_no_article_about_another_number() -> None:
    other = make_article("khac", "Quy định 08-QĐ/TU về trồng rừng\n\nQuy định số 08-QĐ/TU nói về trồng rừng.")
    plain = make_article("thuong", "Quy định mới về làm đường\n\nMột quy định về làm đường được bàn.")
    answer = make_assistant(other, plain).answer("Quy định số 15-QĐ/TU nói về gì?")
    assert answer.status is Status.NOT_FOUND
    assert [hit.metadata.title for hit in answer.nearest] == ["Quy định mới về làm đường"]
