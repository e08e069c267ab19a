"""Who holds a post: of the very body asked about, in the time asked about, the latest first."""

from __future__ import annotations

import pytest
from conftest import FakeCounter, make_article
from qa_fakes import CORPUS, LOOKALIKE, FakeEngine, ask, assert_quotes_exact, make_assistant

from index.query import Understanding
from index.settings import Settings
from index.text.abbreviations import AbbreviationTable
from qa.chain import Assistant
from qa.types import Status


def test_holder_of_another_province_is_no_answer() -> None:
    here = make_article("day", "Tin họp\n\nĐồng chí Trần Thị Bưởi, Bí thư Đảng ủy Khối, dự họp ở Nghệ An.")
    answer = make_assistant(here).answer("Ai là Bí thư Đảng ủy Khối Các cơ quan tỉnh Hà Tĩnh?")
    assert "Bưởi" not in answer.text


def test_two_people_of_one_name_are_kept_apart() -> None:
    one = make_article("mot", "Tin họp\n\nĐồng chí Trần Thị Bưởi, Giám đốc Sở Y tế tỉnh Nghệ An, dự họp.", date="2021-03-05")
    two = make_article("hai", "Tin làm đường\n\nĐồng chí Trần Thị Bưởi, Chủ tịch UBND tỉnh Hà Tĩnh, dự họp.", date="2021-04-01")
    lines = make_assistant(one, two).answer("Trần Thị Bưởi giữ chức vụ gì?").text.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["Trần Thị Bưởi (Hà Tĩnh)", "Trần Thị Bưởi (Nghệ An)"]


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


MEETING = make_article(
    "tin/tong-ket",
    """Tổng kết công tác làng nghề

Hội nghị tổng kết công tác làng nghề năm 2021 họp sáng 6/1. Đồng chí Lò Văn Sim - Giám đốc Sở Làng nghề đọc tham luận.
""",
    date="2022-01-07",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ai là Giám đốc Sở Làng nghề đọc tham luận tại hội nghị tổng kết công tác làng nghề năm 2021?", True),
        ("Ai là Giám đốc Sở Làng nghề đọc tham luận tại hội nghị tổng kết công tác làng nghề năm 2019?", False),
    ],
)
def test_a_year_that_is_summed_up_is_not_that_of_the_meeting(question: str, told: bool) -> None:
    assert ("Lò Văn Sim" in make_assistant(MEETING).answer(question).text) is told


def test_post_nobody_is_said_to_hold_is_declined() -> None:
    assert ask("Ai là Phó Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh?").status is Status.NOT_FOUND


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


def test_posts_of_a_person_called_by_the_given_name() -> None:
    life = make_article("tin/tieu-su", "Tiểu sử\n\nÔng Đoàn Văn Bách Hợp sinh năm 1970. Năm 2011, ông Hợp làm Bí thư Thành đoàn Đà Nẵng.")
    assert (
        make_assistant(life)
        .answer("Ông Đoàn Văn Bách Hợp từng giữ chức gì?")
        .text.startswith("Đoàn Văn Bách Hợp: Bí thư Thành đoàn Đà Nẵng.")
    )


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


@pytest.mark.parametrize("question", ["PBT Đảng ủy Khối Rừng", "PBT Đảng ủy Khối Rừng là ai?"])
def test_a_post_typed_short(question: str) -> None:
    article = make_article("tin/hop", "Tin họp\n\nĐồng chí Lò Văn Cam, Phó Bí thư Đảng ủy Khối Rừng, dự họp.", date="2021-05-01")
    understanding = Understanding(restorer=None, abbreviations=AbbreviationTable.of([("PBT", "phó bí thư")]))
    assistant = Assistant(FakeEngine([article]), Settings(), understand=understanding, counter=FakeCounter())
    assert assistant.answer(question).text.startswith("Lò Văn Cam.")
