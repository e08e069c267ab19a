"""Answers without a language model: the short answer first, every quotation exact, a decline where nothing supports one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from conftest import FakeCounter, make_article
from hypothesis import given, settings
from hypothesis import strategies as st
from qa_fakes import CORPUS, INTERVIEW, LOOKALIKE, MEETING, OLDER, FakeEngine, assert_quotes_exact, make_assistant

from index.query import Understanding, understand
from index.settings import Settings
from index.text.abbreviations import AbbreviationTable
from index.text.canonical import canonical, fold
from index.text.tokens import terms
from index.types import Filters
from qa.chain import Assistant
from qa.lists import find_enumerations
from qa.mentions import find_amounts, find_persons, meetings_in
from qa.posts import find_holdings, is_same_post, parse_post
from qa.question import understand_question
from qa.short_answers import best_short_answer
from qa.terms import count_terms, weigh_terms
from qa.types import NOT_FOUND_SENTENCE, Answer, Status, Turn

ASSISTANT = make_assistant(*CORPUS)


def ask(question: str, *turns: Turn) -> Answer:
    answer = ASSISTANT.answer(question, turns)
    assert_quotes_exact(answer, ASSISTANT.engine)  # type: ignore[arg-type]
    return answer


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


def test_list_is_whole_though_a_caption_stands_in_it() -> None:
    lines = ask("3 nhiệm vụ trọng tâm năm 2022 là gì?").text.splitlines()
    assert [line.split(" [")[0] for line in lines[1:]] == [
        "1. “số hóa toàn bộ hồ sơ đảng viên.”",
        "2. “nâng chất lượng sinh hoạt chi bộ.”",
        "3. “giảm một nửa số cuộc họp.”",
    ]


def test_list_inside_one_paragraph() -> None:
    text = ask("Các khâu đột phá gồm những gì?").text
    assert [line[:2] for line in text.splitlines()[1:]] == ["1.", "2.", "3."]
    assert "“đào tạo cán bộ” [1]" in text


def test_one_item_by_its_number() -> None:
    earlier = Turn("3 nhiệm vụ trọng tâm năm 2022 là gì?", "1. …")
    answer = ask("nêu rõ hơn nhiệm vụ thứ ba", earlier)
    assert [citation.quote for citation in answer.citations] == ["giảm một nửa số cuộc họp."]


def test_holders_latest_first_and_no_lookalike() -> None:
    answer = ask("Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?")
    assert answer.text.splitlines()[0] == "Trần Thị Bưởi; Phạm Văn Đào."
    assert "Ngô Văn Mít" not in answer.text
    assert [citation.date for citation in answer.citations] == ["2021-12-28", "2019-03-05"]


def test_holder_of_the_lookalike_body() -> None:
    answer = ask("Ai là Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh?")
    assert answer.text.startswith("Ngô Văn Mít.")
    assert {citation.article_id for citation in answer.citations} == {LOOKALIKE.id}


def test_holder_of_a_period() -> None:
    answer = ask("Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh năm 2019?")
    assert "Phạm Văn Đào" in answer.text
    assert "Trần Thị Bưởi" not in answer.text


def test_post_nobody_is_said_to_hold_is_declined() -> None:
    assert ask("Ai là Phó Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh?").status is Status.NOT_FOUND


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


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", {("dai hoi", 13)}),
        ("kỳ họp thứ năm Quốc hội khóa XV, phiên họp thứ 45", {("ky hop", 5), ("khoa", 15), ("phien hop", 45)}),
        ("Đại hội Đảng lần thứ mười ba; Hội nghị Trung ương 9", {("dai hoi", 13), ("hoi nghi", 9)}),
        ("hội nghị năm 2021, hội nghị 27/12, đại hội hai ngày", set()),
    ],
)
def test_meetings_by_their_ordinal(text: str, meetings: set[tuple[str, int]]) -> None:
    assert meetings_in(text) == meetings


def test_persons_found_in_text() -> None:
    text = "Đồng chí Lê Hồng Vinh dự; Giám đốc Sở Phạm Văn Đào nêu; tại Thành phố Hồ Chí Minh, tỉnh Hà Nam và Đảng ủy Khối."
    assert [mention.text for mention in find_persons(text)] == ["Lê Hồng Vinh", "Phạm Văn Đào"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("kết nạp 15 đảng viên mới, năm 2021", ["15 đảng viên mới"]),
        ("phải được hai phần ba đồng ý", ["hai phần ba đồng ý"]),
        ("đạt trên 99%, số 08-QĐ/TU", ["trên 99%"]),
        ("ngày 27/12/2021, mục 7", []),
        ("tổng số 3.390 đồng chí", ["3.390 đồng chí"]),
        ("hơn 10 tỷ đồng", ["hơn 10 tỷ đồng"]),
        ("14.3. Chi bộ có từ 9 đảng viên", ["9 đảng viên"]),
        ("(2) Chi uỷ họp; 3) báo cáo", []),
        ("sân có (35) cây", ["35"]),
        ("đủ ba mươi năm tuổi đảng", []),
        ("không được quá 30 ngày", ["không được quá 30 ngày"]),
    ],
)
def test_amounts_found_in_text(text: str, amounts: list[str]) -> None:
    assert [mention.text for mention in find_amounts(text)] == amounts


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


def test_holdings_found_in_text() -> None:
    text = "Dự có đồng chí Lê Văn Cam - Ủy viên BTV Tỉnh ủy, Bí thư Huyện ủy Sơn Thủy; Chủ tịch HĐND tỉnh Ngô Văn Mít."
    assert [(holding.name, holding.post.text) for holding in find_holdings(text)] == [
        ("Lê Văn Cam", "Ủy viên BTV Tỉnh ủy"),
        ("Lê Văn Cam", "Bí thư Huyện ủy Sơn Thủy"),
        ("Ngô Văn Mít", "Chủ tịch HĐND tỉnh"),
    ]


@pytest.mark.parametrize(
    ("text", "known_as", "held"),
    [
        ("Ông Lê Văn Cam sẽ làm Giám đốc Sở Lâm nghiệp, thay bà Đỗ Thị Mơ.", None, [("Lê Văn Cam", "Giám đốc Sở Lâm nghiệp", False)]),
        (
            "Tỉnh bổ nhiệm ông Lê Văn Cam (Chủ tịch UBND quận 4) làm Giám đốc Sở Lâm nghiệp trong năm năm.",
            None,
            [("Lê Văn Cam", "Giám đốc Sở Lâm nghiệp", False), ("Lê Văn Cam", "Chủ tịch UBND quận 4", True)],
        ),
        ("Trao quyết định bổ nhiệm Chánh văn phòng đối với ông Lê Văn Cam.", None, [("Lê Văn Cam", "Chánh văn phòng", False)]),
        (
            "Ông Cam từng giữ các chức: Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn, Giám đốc Sở Công thương"
            " trước khi được bổ nhiệm chức Bí thư Huyện ủy Sơn Thủy.",
            "Lê Văn Cam",
            [
                ("Lê Văn Cam", "Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn", True),
                ("Lê Văn Cam", "Giám đốc Sở Công thương", True),
                ("Lê Văn Cam", "Bí thư Huyện ủy Sơn Thủy", True),
            ],
        ),
        ("Ban Bí thư quyết định kỷ luật ông Lê Văn Cam.", None, []),
    ],
)
def test_holdings_of_the_newly_appointed(text: str, known_as: str | None, held: list[tuple[str, str, bool]]) -> None:
    assert [(holding.name, holding.post.text, holding.former) for holding in find_holdings(text, known_as)] == held


APPOINTED = make_article(
    "tin/bo-nhiem",
    """Thành phố có chánh văn phòng mới

Ông Đoàn Văn Bách Hợp sẽ làm Chánh văn phòng UBND TP HCM thay cho ông Lê Văn Cam nghỉ hưu. Chủ tịch Ngô Văn Mít trao quyết định.
""",
)


@pytest.mark.parametrize(
    "question",
    [
        "Ai được bổ nhiệm làm Chánh văn phòng UBND Thành phố Hồ Chí Minh thay ông Lê Văn Cam?",
        "chánh văn phòng UBND TP.HCM thay ông Lê Văn Cam nghỉ hưu là ai",
        "Ai thay ông Lê Văn Cam làm Chánh văn phòng UBND thành phố?",
        "chánh văn phòng ubnd tp hcm thay ông lê văn cam nghỉ hưu là ai",
    ],
)
def test_successor_and_not_the_one_who_is_replaced(question: str) -> None:
    assert make_assistant(APPOINTED, *CORPUS).answer(question).text.startswith("Đoàn Văn Bách Hợp.")


OFFICE = make_article(
    "tin/ban-to-chuc",
    """Ban Tổ chức Trung ương

Năm 2025, giấy của Ban Tổ chức Trung ương do trưởng ban ký. Ở xã, người làm trưởng ban kiểm tra là phó bí thư cùng cấp.
""",
)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Trưởng Ban Tổ chức Trung ương năm 2025 là ai?", Status.NOT_FOUND),
        ("Trưởng Ban Tổ chức Trung ương là ai?", Status.NOT_FOUND),
        ("Ai là Trưởng Ban Tổ chức Trung ương?", Status.NOT_FOUND),
        ("Ai hiện là Trưởng Ban Tổ chức Trung ương?", Status.NOT_FOUND),
        ("Ai làm trưởng ban kiểm tra ở xã?", Status.ANSWERED),
    ],
)
def test_a_name_is_wanted_and_none_is_told(question: str, status: Status) -> None:
    assert make_assistant(OFFICE).answer(question).status is status


BUREAUS = make_article(
    "tin/cac-so",
    """Hội nghị các sở tỉnh Nghệ An

Ông Lê Văn Mận, Giám đốc Sở Giao thông vận tải, phát biểu tại hội nghị các sở tỉnh Nghệ An.

Cùng dự hội nghị các sở có bà Hà Thị Mơ, Ủy viên Ban Thường vụ Tỉnh ủy, đang làm Phó Trưởng đoàn Đoàn đại biểu Quốc hội tỉnh.

Ông Hồ Văn Quýt, Bí thư Huyện ủy Mường Lim, xin thôi việc. Trưởng ban Chỉ đạo trồng rừng là ông Bùi Văn Ổi.
""",
    date="2022-01-06",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ai là Giám đốc Sở Giao thông vận tải tỉnh Nghệ An?", "Lê Văn Mận."),
        ("Ai là Giám đốc Sở Y tế tỉnh Nghệ An đầu năm 2022?", None),
        ("Ai là Giám đốc Sở Tài chính tỉnh Nghệ An?", None),
        ("pho truong doan doan DBQH tinh nghe an dau nam 2022 la ai", "Hà Thị Mơ."),
        ("Ai là Phó Trưởng đoàn Đoàn ĐBQH tỉnh Nghệ An đầu năm 2022?", "Hà Thị Mơ."),
        ("giám đốc sở giao thông vận tải tỉnh nghệ an 2022 là ai", "Lê Văn Mận."),
        ("Ai lên thay ông Hồ Văn Quýt làm Bí thư Huyện ủy Mường Lim?", None),
        ("Ai làm Trưởng ban Chỉ đạo trồng rừng?", "Bùi Văn Ổi."),
        ("Ai làm Trưởng ban Chỉ đạo cải cách tiền lương?", None),
    ],
)
def test_the_holder_is_of_the_body_asked_about(question: str, told: str | None) -> None:
    answer = make_assistant(BUREAUS).answer(question)
    assert answer.status is (Status.NOT_FOUND if told is None else Status.ANSWERED), answer.text
    assert told is None or answer.text.startswith(told)


TERMS = make_article(
    "pv-nhiem-ky",
    """Nhiệm kỳ mới ở xã Khe Lau

Nhiệm kỳ 2015 – 2020, ông Lò Văn Cam là Bí thư Đảng ủy xã Khe Lau.
""",
)


@pytest.mark.parametrize("body", ["ĐUK các cơ quan tỉnh", "Đảng ủy Khối Các cơ quan tỉnh", "DUK CCQ tỉnh"])
def test_a_body_by_its_short_name(body: str) -> None:
    assert ask(f"bí thư {body} là ai").text.startswith("Trần Thị Bưởi; Phạm Văn Đào.")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Ai là Bí thư Đảng ủy xã Khe Lau nhiệm kỳ 2015 - 2020?", True),
        ("Ai là Bí thư Đảng ủy xã Khe Lau năm 2015?", True),
        ("Ai là Bí thư Đảng ủy xã Khe Lau nhiệm kỳ 2010 - 2015?", False),
    ],
)
def test_a_term_is_not_the_one_before(question: str, answered: bool) -> None:
    assert make_assistant(TERMS).answer(question).text.startswith("Lò Văn Cam.") is answered


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


def test_posts_of_a_person_called_by_the_given_name() -> None:
    life = make_article("tin/tieu-su", "Tiểu sử\n\nÔng Đoàn Văn Bách Hợp sinh năm 1970. Năm 2011, ông Hợp làm Bí thư Thành đoàn Đà Nẵng.")
    assert (
        make_assistant(life)
        .answer("Ông Đoàn Văn Bách Hợp từng giữ chức gì?")
        .text.startswith("Đoàn Văn Bách Hợp: Bí thư Thành đoàn Đà Nẵng.")
    )


@pytest.mark.parametrize(
    ("held", "surroundings", "same"),
    [
        ("Bí thư Đảng ủy Khối các cơ quan tỉnh", "", True),
        ("Bí thư Đảng bộ Khối CCQ tỉnh", "", True),
        ("Bí thư Đảng ủy Khối", "họp đảng uỷ khối các cơ quan tỉnh", True),
        ("Bí thư Đảng ủy Khối", "họp đảng uỷ khối các cơ quan và doanh nghiệp tỉnh", False),
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "", False),
        ("Phó Bí thư Đảng ủy Khối các cơ quan tỉnh", "", False),
        ("Bí thư Đảng ủy", "đảng uỷ khối các cơ quan tỉnh", False),
    ],
)
def test_same_post(held: str, surroundings: str, same: bool) -> None:
    asked, other = parse_post("Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?"), parse_post(held)
    assert asked is not None
    assert other is not None
    assert is_same_post(asked, other, surroundings) is same


@pytest.mark.parametrize(
    ("asked", "held", "surroundings", "same"),
    [
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Bí thư Đảng ủy Khối các cơ quan tỉnh", "doanh nghiệp trong tỉnh", False),
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Bí thư Đảng ủy Khối", "khối các cơ quan và doanh nghiệp tỉnh", True),
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Bí thư Đảng ủy Khối", "khối các cơ quan tỉnh; doanh nghiệp", False),
        ("Bí thư Đảng ủy Khối CCQ tỉnh", "Bí thư Đảng ủy Khối", "đảng uỷ khối các cơ quan tỉnh", True),
    ],
)
def test_same_post_of_the_longer_lookalike(asked: str, held: str, surroundings: str, same: bool) -> None:
    asked_post, held_post = parse_post(asked), parse_post(held)
    assert asked_post is not None
    assert held_post is not None
    assert is_same_post(asked_post, held_post, canonical(surroundings)) is same


MARKERS = [
    pytest.param(["Thứ nhất, ", "Thứ hai, ", "Thứ ba, "], id="thứ nhất"),
    pytest.param(["Một là, ", "Hai là, ", "Ba là, "], id="một là"),
    pytest.param(["1. ", "2. ", "3. "], id="numbers"),
    pytest.param(["Bước 1: ", "Bước 2: ", "Bước 3: "], id="steps"),
    pytest.param(["Việc thứ nhất là ", "Việc thứ hai là ", "Việc thứ ba là "], id="việc thứ nhất"),
    pytest.param(["a) ", "b) ", "c) "], id="letters"),
    pytest.param(["(a) ", "(b) ", "(c) "], id="letters in brackets"),
    pytest.param(["(1) ", "(2) ", "(3) "], id="brackets"),
    pytest.param(["- ", "- ", "- "], id="dashes"),
]
ITEMS = ["sửa mái nhà kho", "mua thêm ghế", "quét vôi tường rào"]


@pytest.mark.parametrize("markers", MARKERS)
def test_items_of_every_marker(markers: list[str]) -> None:
    body = "\n\n".join(marker + item for marker, item in zip(markers, ITEMS, strict=True))
    article = make_article("ds", f"Việc cần làm\n\nBan quản lý nêu ba việc:\n\n{body}\n\nBuổi họp kết thúc lúc 11 giờ.\n")
    (found,) = find_enumerations(article)
    assert found.lead_text == "Ban quản lý nêu ba việc:"
    assert [article.text[item.start : item.end] for item in found.items] == ITEMS


@pytest.mark.parametrize("markers", MARKERS[:-1])
def test_items_in_one_paragraph(markers: list[str]) -> None:
    body = "; ".join(marker.lower() + item for marker, item in zip(markers, ITEMS, strict=True))
    article = make_article("ds", f"Việc cần làm\n\nBan quản lý nêu ba việc: {body}. Buổi họp kết thúc lúc 11 giờ.\n")
    (found,) = find_enumerations(article)
    assert [article.text[item.start : item.end].rstrip(".") for item in found.items] == ITEMS


NESTED = make_article(
    "ds",
    """Sổ tay xóm

1. Giấy tờ của người xin thuê ki-ốt

(1) Đơn xin thuê

Viết tay hoặc đánh máy.

(2) Giấy khám sức khỏe, gồm:

- phiếu xét nghiệm;

+ mẫu máu

- phiếu chụp phổi.

(3) Ảnh chân dung

2. Việc của ban quản lý

2.1. Mở sổ theo dõi.

2.2. Thu tiền hằng tháng.

Điều 2. Trả ki-ốt

(4) Biên bản bàn giao

Ban quản lý chấm dứt hợp đồng là khi người thuê bỏ trống ba tháng; bán hàng cấm; tự ý sửa ki-ốt.
""",
)


def test_lists_within_items_of_another() -> None:
    found = [[NESTED.text[item.start : item.end] for item in each.items] for each in find_enumerations(NESTED, unmarked=True)]
    assert found == [
        ["Giấy tờ của người xin thuê ki-ốt", "Việc của ban quản lý"],
        ["Đơn xin thuê", "Giấy khám sức khỏe, gồm:", "Ảnh chân dung"],
        ["phiếu xét nghiệm", "phiếu chụp phổi."],
        ["Mở sổ theo dõi.", "Thu tiền hằng tháng."],
        ["khi người thuê bỏ trống ba tháng", "bán hàng cấm", "tự ý sửa ki-ốt"],
    ]


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Giấy tờ thứ ba của người xin thuê ki-ốt là gì?", ["Ảnh chân dung"]),
        ("giay to cuoi cung cua nguoi xin thue ki-ot", ["Ảnh chân dung"]),
        ("Giấy tờ thứ hai của người xin thuê ki-ốt?", ["Giấy khám sức khỏe, gồm:", "phiếu xét nghiệm", "phiếu chụp phổi."]),
    ],
)
def test_one_item_with_the_list_it_leads_in(question: str, quotes: list[str]) -> None:
    answer = make_assistant(NESTED).answer(question)
    assert [citation.quote for citation in answer.citations] == quotes


MARKET = make_article(
    "cho",
    """Hướng dẫn của Ban quản lý chợ về ki-ốt

Người không được thuê ki-ốt vì lý do: bán hàng cấm; nợ tiền chợ; tự ý sửa ki-ốt.

Người được thuê ki-ốt phải có đủ các điều kiện sau:

a) Có hộ khẩu trong xã.

b) Có vốn.

Tiền thuê được thu theo từng dãy như sau:

- Dãy Đông: nộp 200 nghìn đồng vào ngày 5/3 hằng năm.

- Dãy Tây: nộp 150 nghìn đồng vào ngày 7/6 hằng năm.

Ki-ốt bỏ trống lâu ngày thì ban quản lý lập biên bản và giao cho người khác thuê lại ngay trong quý đó.

1. Gửi thông báo cho người thuê.

2. Dán niêm phong.

II. Giấy tờ phải nộp

Bước 1. Đơn

Bước 2. Ảnh

Các bước nhận ki-ốt

(1) Xem sơ đồ

Sơ đồ treo ở cổng chợ.

(2) Ký sổ
""",
    date="2021-03-02",
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        pytest.param(
            "Những trường hợp nào không được thuê ki-ốt?",
            ["bán hàng cấm", "nợ tiền chợ", "tự ý sửa ki-ốt"],
            id="what is denied is not allowed",
        ),
        pytest.param("Tình huống nào thì được thuê ki-ốt?", ["Có hộ khẩu trong xã.", "Có vốn."], id="another word for conditions"),
        pytest.param("những trình tự nhận ki-ốt", ["Xem sơ đồ", "Ký sổ"], id="another word for steps"),
    ],
)
def test_the_right_one_of_several_lists(question: str, quotes: list[str]) -> None:
    answer = make_assistant(MARKET).answer(question)
    assert [citation.quote for citation in answer.citations][1:] == quotes


def test_an_item_that_is_a_mere_name_with_what_stands_below() -> None:
    answer = make_assistant(MARKET).answer("Bước 1 nhận ki-ốt là gì?")
    assert [citation.quote for citation in answer.citations] == ["Xem sơ đồ", "Sơ đồ treo ở cổng chợ."]


def test_dashes_below_an_ordinary_sentence_are_not_counted() -> None:
    text = (
        MARKET.text.replace("1. Gửi thông báo", "- Gửi thông báo")
        .replace("2. Dán niêm", "- Dán niêm")
        .replace("cho người khác thuê lại ", "")
    )
    answer = make_assistant(make_article("cho", text)).answer("Việc thứ hai khi ki-ốt bỏ trống lâu ngày là gì?")
    assert [citation.quote for citation in answer.citations] != ["Dán niêm phong."]


def test_an_item_that_the_list_does_not_have_is_declined() -> None:
    assistant = make_assistant(MARKET)
    assert assistant.answer("Điều kiện thứ hai để được thuê ki-ốt là gì?").citations[0].quote == "Có vốn."
    assert assistant.answer("Điều kiện thứ tư để được thuê ki-ốt là gì?").status is Status.NOT_FOUND


FORMS = make_article(
    "mau-to-khai",
    """Mẫu tờ khai nuôi ong

1.1. Nội dung tờ khai nuôi ong

(1) Tên chủ đàn: Ghi đủ họ, đệm và tên.

(2) Giống ong: Ghi ong nội hay ong ngoại.

Các ô 3 và 4 để trống.

(5) Số đàn: Ghi số đàn đang nuôi.

1.2. Nội dung phiếu xuất mật

(1) Tên chủ đàn: Ghi như tờ khai.

(2) Số chai: Ghi số chai mật xuất kho.

Các ô 3 và 4 để trống.

(5) Màu mật: Ghi vàng hay nâu.

2.1. Bước 1: Rửa thùng quay

- Lấy thùng ra khỏi kho.

- Dội nước sôi hai lần.

2.2. Bước 2: Quay mật

- Cắt nắp tổ.

- Quay đều tay.
""",
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Mục 5 của tờ khai nuôi ong ghi gì?", ["Số đàn: Ghi số đàn đang nuôi."]),
        ("Mục 5 trong phiếu xuất mật (không phải tờ khai nuôi ong) ghi gì?", ["Màu mật: Ghi vàng hay nâu."]),
        ("muc so 2 phieu xuat mat ghi gi", ["Số chai: Ghi số chai mật xuất kho."]),
        ("Bước 2 khi quay mật là làm gì?", ["Bước 2: Quay mật", "Cắt nắp tổ.", "Quay đều tay."]),
    ],
)
def test_fields_of_forms_and_steps_by_their_printed_number(question: str, quotes: list[str]) -> None:
    answer = make_assistant(FORMS).answer(question)
    shown = [citation.quote.removeprefix("2.2. ") for citation in answer.citations]
    assert [re.sub(r"^\(\d\) ", "", quote) for quote in shown] == quotes


BEES = make_article(
    "hoi-dap-nuoi-ong",
    """Hỏi đáp về giấy nuôi ong

Hỏi: Có đơn xin giấy nuôi ong nào bị trả lại không?

Đáp: Có, gồm ba loại: (a) đơn gửi khi hết mùa; (b) đơn do hàng xóm viết hộ; (c) đơn xin giấy nuôi ong viết bút chì.
""",
)


def test_whether_is_told_by_the_whole_short_list_with_the_question_it_answers() -> None:
    """The lead says yes to its own question only, so that one stands before it."""
    answer = make_assistant(BEES).answer("Hàng xóm có được viết đơn xin giấy nuôi ong không?")
    assert_quotes_exact(answer, FakeEngine([BEES]))
    first, *items = answer.text.splitlines()
    assert first.index("bị trả lại không?") < first.index("Có, gồm ba loại")
    assert len(items) == 3 and "viết hộ" in items[1]


def test_no_whole_list_where_one_item_is_meant() -> None:
    assistant = make_assistant(MARKET)
    earlier = Turn("Tiền thuê dãy Đông được thu thế nào?", "200 nghìn đồng.")
    for answer in (assistant.answer("Tiền thuê được thu thế nào ở dãy Tây?"), assistant.answer("Thế còn dãy Tây?", [earlier])):
        assert "7/6" in answer.text
        assert "5/3" not in answer.text


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


def test_holder_known_only_from_how_an_interviewer_addresses_him() -> None:
    talk = make_article(
        "pv",
        "Trao đổi đầu năm\n\nP.V: Thưa đồng chí Chủ tịch Hội Nông dân tỉnh, năm 2017 Hội đã làm gì?\n\n"
        "Đồng chí Bùi Văn Ổi: Hội đã lập 12 tổ hợp tác.\n",
    )
    assistant = make_assistant(talk)
    answer = assistant.answer("Ai là Chủ tịch Hội Nông dân tỉnh?")
    assert answer.text.startswith("Bùi Văn Ổi.")
    assert [citation.quote for citation in answer.citations] == ["Thưa đồng chí Chủ tịch Hội Nông dân tỉnh", "Đồng chí Bùi Văn Ổi"]
    assert_quotes_exact(answer, assistant.engine)  # type: ignore[arg-type]
    assert assistant.answer("Ai là Chủ tịch Hội Nông dân tỉnh năm 2021?").status is Status.NOT_FOUND


def test_sentence_that_points_back_is_quoted_with_the_one_before() -> None:
    text = "Chuyện ở xã\n\nTổ tự quản xóm Đông dọn kênh mỗi tháng. Đây là tổ được huyện chọn làm mẫu về vệ sinh.\n"
    answer = make_assistant(make_article("xa", text)).answer("Tổ nào được huyện chọn làm mẫu về vệ sinh?")
    assert answer.citations[0].quote.startswith("Tổ tự quản xóm Đông")


def test_number_of_the_clause_that_is_asked() -> None:
    text = "Xếp loại cuối năm\n\nNăm 2021 có 13 chi bộ đạt loại xuất sắc, 50 chi bộ đạt loại tốt, 2 chi bộ đạt loại khá.\n"
    assistant = make_assistant(make_article("xl", text))
    for grade, lead in (("xuất sắc", "13"), ("tốt", "50"), ("khá", "2")):
        assert assistant.answer(f"Năm 2021 có bao nhiêu chi bộ đạt loại {grade}?").text.startswith(f"{lead} chi bộ")


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


@pytest.mark.parametrize("question", ["PBT Đảng ủy Khối Rừng", "PBT Đảng ủy Khối Rừng là ai?"])
def test_a_post_typed_short(question: str) -> None:
    article = make_article("tin/hop", "Tin họp\n\nĐồng chí Lò Văn Cam, Phó Bí thư Đảng ủy Khối Rừng, dự họp.", date="2021-05-01")
    understanding = Understanding(restorer=None, abbreviations=AbbreviationTable.of([("PBT", "phó bí thư")]))
    assistant = Assistant(FakeEngine([article]), Settings(), understand=understanding, counter=FakeCounter())
    assert assistant.answer(question).text.startswith("Lò Văn Cam.")


def test_a_decline_names_no_article_about_another_number() -> None:
    other = make_article("khac", "Quy định 08-QĐ/TU về trồng rừng\n\nQuy định số 08-QĐ/TU nói về trồng rừng.")
    plain = make_article("thuong", "Quy định mới về làm đường\n\nMột quy định về làm đường được bàn.")
    answer = make_assistant(other, plain).answer("Quy định số 15-QĐ/TU nói về gì?")
    assert answer.status is Status.NOT_FOUND
    assert [hit.metadata.title for hit in answer.nearest] == ["Quy định mới về làm đường"]
