"""Questions in everyday words: the form a paper is written on, what is forbidden, who did what, what a new document replaces."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.forms import asks_form
from qa.mentions import find_persons, find_places
from qa.outline import mere_lines
from qa.question import understand_question
from qa.types import Status
from qa.validity import Asked, asked_validity
from qa.verdict import deeds_asked, restricts

LIBRARY = make_article(
    "thu-vien/muon-sach",
    """Hướng dẫn mượn sách ở thư viện huyện

1. Cấp thẻ

Thủ thư lập danh sách người xin thẻ (theo mẫu 1-TT), viết giấy hẹn (mẫu số 4A-TT) giao cho người xin.

Giám đốc ra quyết định (cấp thẻ mượn mới: Mẫu 5-TT; cấp lại thẻ mượn mất: Mẫu 6-TT; đổi thẻ mượn rách: Mẫu 7-TT).

Thủ thư ghi vào sổ cấp thẻ (mẫu 8-TT).

2. Mượn sách

2.1. Phòng đọc của huyện được lập tủ sách riêng ở nhà văn hóa huyện.

2.2. Phòng đọc của xã không thành lập tủ sách, chỉ nhận sách luân chuyển của huyện.

2.3. Người mượn được giữ sách trong 30 ngày.

2.4. Không giải quyết những trường hợp mượn hộ người khác; thẻ quá hạn; thẻ mờ số.
""",
)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Quyết định cấp lại thẻ mượn cho người mất thẻ thì dùng mẫu nào?", "Mẫu 6-TT."),
        ("Thẻ mượn rách thì quyết định đổi thẻ theo mẫu số mấy?", "Mẫu 7-TT."),
        ("Giấy hẹn giao cho người xin thẻ viết theo mẫu gì?", "Mẫu số 4A-TT."),
        ("Sổ cấp thẻ ghi theo mẫu số mấy?", "Mẫu 8-TT."),
        ("Danh sách người xin thẻ lập theo biểu mẫu nào?", "Mẫu 1-TT."),
    ],
)
def test_the_form_of_a_paper(question: str, code: str) -> None:
    answer = make_assistant(LIBRARY).answer(question)
    assert answer.text.split("\n")[0] == code
    assert code.removesuffix(".").split()[-1] in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Đơn xin thôi mượn sách viết theo mẫu số mấy?", "Biên bản mất sách theo mẫu số nào?"])
def test_a_form_that_no_sentence_ties_to_the_paper_is_declined(question: str) -> None:
    assert make_assistant(LIBRARY).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "asked"), [("Buổi sinh hoạt mẫu ở chi bộ nào?", False), ("Khai theo mẫu nào?", True), ("khai mau so may", True)]
)
def test_which_questions_ask_for_a_form(question: str, asked: bool) -> None:
    assert asks_form(question) is asked


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Phòng đọc của xã có được lập tủ sách riêng không?", "không thành lập tủ sách"),
        ("Xã tôi đông bạn đọc, lập tủ sách riêng ở phòng đọc được chứ?", "không thành lập tủ sách"),
        ("Chồng đi mượn sách hộ vợ thì thư viện có giải quyết không?", "Không giải quyết"),
    ],
)
def test_what_forbids_the_deed_is_quoted(question: str, rule: str) -> None:
    answer = make_assistant(LIBRARY).answer(question)
    assert any(rule in citation.quote for citation in answer.citations), answer.text


@pytest.mark.parametrize(
    ("question", "sentence", "narrows"),
    [
        ("Xã có được lập tủ sách không?", "xã không thành lập tủ sách", True),
        ("Xã có được lập tủ sách không?", "ở xã chỉ được lập giá sách", True),
        ("Xã có được lập tủ sách không?", "xã không có kho", False),
        ("Nhà trường lập đội văn nghệ được chứ?", "trường không được lập đội riêng", True),
        ("Gia đình có phải nộp lại thẻ không?", "giấy xác nhận chưa được làm thẻ", False),
    ],
)
def test_a_rule_that_narrows_the_deed(question: str, sentence: str, narrows: bool) -> None:
    asked = understand_question(question, (), UNDERSTAND, Filters())
    assert restricts(deeds_asked(asked), sentence) is narrows


def test_lines_that_only_name_what_stands_below() -> None:
    named = [LIBRARY.text[start:].split("\n")[0] for start in sorted(mere_lines(LIBRARY))]
    assert named == ["1. Cấp thẻ", "2. Mượn sách"]


VISIT = make_article(
    "tin/kiem-diem",
    """Bản Lim họp kiểm điểm cuối năm

Dự và chỉ đạo cuộc họp của bản Lim có đồng chí Lò Văn Cam - Phó Chủ tịch huyện.

Cùng dự cuộc họp kiểm điểm cuối năm của bản Lim có đồng chí Hầu A Sấu.
""",
)


@pytest.mark.parametrize(
    "question",
    ["Ai ở huyện xuống dự và chỉ đạo cuộc họp kiểm điểm của bản Lim?", "Đồng chí nào chỉ đạo cuộc họp cuối năm ở bản Lim?"],
)
def test_who_directed_is_not_who_was_there_too(question: str) -> None:
    assert make_assistant(VISIT).answer(question).text.startswith("Lò Văn Cam.")


RULE = make_article(
    "quy-dinh-12",
    """QUY ĐỊNH VỀ ĐỘI BẢO VỆ RỪNG (12-QĐ/HU)

BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN

Đội bảo vệ rừng ở xã gồm năm người, họp mỗi tháng một lần.

Đồng chí trưởng công an xã trực tiếp làm đội trưởng đội bảo vệ rừng.

Đội do huyện trang bị.
""",
)


@pytest.mark.parametrize(
    "question",
    ["Theo Quy định 12-QĐ/HU, đội trưởng đội bảo vệ rừng ở xã do ai đảm nhiệm?", "Quy định 12-QĐ/HU giao chức đội trưởng cho ai giữ?"],
)
def test_who_holds_a_post_is_not_who_issued_the_rule(question: str) -> None:
    answer = make_assistant(RULE).answer(question)
    assert "trưởng công an xã" in answer.text
    assert "BAN CHẤP HÀNH" not in answer.text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Hướng dẫn 06-HD/TW ra đời thì văn bản nào hết dùng?", Asked.OLDER),
        ("Khi có HD 06 của Ban Bí thư thì bản nào trước đó thôi dùng?", Asked.OLDER),
        ("Sau Quy định 12-QĐ/HU thì hướng dẫn cũ nào bị thay?", Asked.OLDER),
        ("Từ ngày Quy định 12-QĐ/HU có hiệu lực, quy định nào không còn dùng nữa?", Asked.OLDER),
        ("Quy định 12-QĐ/HU bị văn bản nào thay thế?", Asked.NEWER),
        ("Quy định 12-QĐ/HU hết hiệu lực chưa?", Asked.IN_FORCE),
        ("Theo Quy định 12-QĐ/HU, văn bản nào không được dùng chữ ký số?", None),
    ],
)
def test_what_a_new_document_ends(question: str, asked: Asked | None) -> None:
    for typed in (question, fold(question)):
        assert asked_validity(understand_question(typed, (), UNDERSTAND, Filters())) is asked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("do đồng chí Tổng Bí thư khoá trước triệu tập", []),
        ("đồng chí Phó Bí thư trực", []),
        ("đồng chí Trưởng Ban Lò Văn Cam chủ trì", ["Lò Văn Cam"]),
        ("ông Lò Văn Bí nói", ["Lò Văn Bí"]),
    ],
)
def test_a_piece_of_a_title_is_no_name(text: str, names: list[str]) -> None:
    assert [person.text for person in find_persons(text)] == names


def test_who_passed_away_is_in_no_place() -> None:
    assert find_places("sổ đảng viên đã từ trần; sổ mượn") == []
    assert [place.text for place in find_places("chuyển từ Mường Lim, họp")] == ["Mường Lim"]
