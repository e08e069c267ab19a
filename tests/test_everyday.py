"""Questions in everyday words: the form a paper is written on, what is forbidden, who did what, what a new document replaces."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import fold
from index.types import Filters
from qa.comparison import find_sides
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
        ("bầu xong Đoàn Chủ tịch hội nghị", []),
        ("đồng chí Lò Văn Cam Bí thư xã", ["Lò Văn Cam"]),
    ],
)
def test_a_piece_of_a_title_is_no_name(text: str, names: list[str]) -> None:
    assert [person.text for person in find_persons(text)] == names


def test_who_passed_away_is_in_no_place() -> None:
    assert find_places("sổ đảng viên đã từ trần; sổ mượn") == []
    assert find_places("bảo quản ở mỗi cấp quản lý") == []
    assert [place.text for place in find_places("chuyển từ Mường Lim, họp")] == ["Mường Lim"]


NEWS = make_article(
    "tin/cho-phien",
    """Chợ phiên Mường Lim sau hai năm mở lại

3.4.2019 - 8:15

Chợ phiên Mường Lim mở lại ngày 12/01/2017, mỗi tháng họp bốn phiên. Hai năm qua chợ bán được nhiều lợn giống.
""",
    date="2019-04-03",
)


@pytest.mark.parametrize(
    "question",
    [
        "Bài viết về chợ phiên Mường Lim sau hai năm mở lại đăng ngày nào?",
        "Tin về chợ phiên Mường Lim mở lại được đăng báo hôm nào?",
        "Bao giờ đăng bài về chợ phiên Mường Lim mở lại?",
    ],
)
def test_the_day_of_the_article_itself(question: str) -> None:
    for typed in (question, fold(question)):
        answer = make_assistant(NEWS).answer(typed)
        assert answer.text.startswith("03/04/2019."), answer.text
        assert answer.citations[0].quote.startswith("Chợ phiên")


def test_the_day_of_what_an_article_tells_is_not_its_own() -> None:
    assert "12/01/2017" in make_assistant(NEWS).answer("Chợ phiên Mường Lim mở lại ngày nào?").text.split("\n")[0]
    assert not make_assistant(NEWS).answer("Bài viết về nghề dệt ở Sông Mơ đăng ngày nào?").text.startswith("03/04/2019.")


PAPERS = make_article(
    "huong-dan/thue-thuyen",
    """Hướng dẫn thuê thuyền của huyện Sông Mơ

1. Huyện Sông Mơ: nhận đơn thuê thuyền, ghi sổ thuê thuyền, giao thuyền; thu tiền thuê thuyền, giữ thuyền và trả giấy.

2. Hồ sơ thuê thuyền

- Tờ khai có chữ ký của trưởng bản.

- Bản sao thẻ của người lái.

3. Chương trình giao thuyền

3.1. Giao thuyền tại bến của huyện

- Chào khách.

- Ký sổ.

3.2. Giao thuyền tại nhà người thuê

- Xem bến đậu.

- Ký giấy nhận thuyền.
""",
    issuer="Huyện Sông Mơ",
)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("Bộ hồ sơ thuê thuyền nộp về huyện Sông Mơ gồm những giấy tờ nào?", ["Tờ khai", "Bản sao thẻ"]),
        ("Giao thuyền tại nhà người thuê theo trình tự nào?", ["Xem bến đậu", "Ký giấy nhận thuyền"]),
    ],
)
def test_the_items_of_the_right_heading(question: str, items: list[str]) -> None:
    quotes = [citation.quote for citation in make_assistant(PAPERS).answer(question).citations]
    assert [quote[: len(item)] for quote, item in zip(quotes[1:], items, strict=True)] == items


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        ("Sổ thuê thuyền: mục không thay đổi so với năm ngoái thì ghi thế nào?", False),
        ("Số thuyền cho thuê năm 2021 thay đổi thế nào so với năm 2020?", True),
        ("Giao thuyền tại bến so với giao thuyền tại nhà khác gì?", True),
    ],
)
def test_a_condition_is_no_comparison(question: str, compares: bool) -> None:
    assert (find_sides(question) is not None) is compares


SEED_LOANS = make_article(
    "huong-dan/vay-giong",
    """Hướng dẫn vay giống cây

1. Bản lập danh sách vay giống kèm theo hồ sơ vay giống, cụ thể:

- Mở sổ của bản.

- Ghi tên từng nhà.

2. Hồ sơ vay giống

- Đơn vay có chữ ký.

- Bản vẽ nương.
""",
)


def test_the_list_whose_lead_begins_with_what_is_asked_for() -> None:
    answer = make_assistant(SEED_LOANS).answer("Hồ sơ vay giống nộp cho bản gồm những giấy tờ nào?")
    assert "Đơn vay có chữ ký" in answer.text and "Mở sổ" not in answer.text
