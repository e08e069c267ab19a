"""Whole enumerations of an article: their markers, lists within a sentence or an item, answers by list and by item."""

from __future__ import annotations

import re

import pytest
from conftest import make_article
from qa_fakes import FakeEngine, ask, assert_quotes_exact, make_assistant

from qa.lists import find_enumerations
from qa.types import Status, Turn


def test_lists_within_a_sentence_are_lists_too() -> None:
    text = """Cơ cấu và xử lý

Huyện uỷ có ba cơ quan: văn phòng, ban tổ chức và cơ quan kiểm tra.

Xoá tên trong các trường hợp sau: Bỏ sinh hoạt ba tháng liền; tự ý trả thẻ; hai năm liền vi phạm tư cách.
"""
    article = make_article("vb/co-cau", text)
    assert find_enumerations(article) == []
    found = [[article.text[slice(*item)] for item in e.items] for e in find_enumerations(article, unmarked=True)]
    assert found == [
        ["văn phòng", "ban tổ chức", "cơ quan kiểm tra"],
        ["Bỏ sinh hoạt ba tháng liền", "tự ý trả thẻ", "hai năm liền vi phạm tư cách"],
    ]
    answer = make_assistant(article).answer("Huyện uỷ có những cơ quan nào?")
    assert [citation.quote for citation in answer.citations][1:] == found[0]
    assert_quotes_exact(answer, FakeEngine([article]))


def test_roman_numbers_within_a_sentence() -> None:
    text = "Nội quy thư viện\n\nNội quy có ba phần: I. Mượn sách; II. Trả sách; III. Bồi thường.\n\nI. Mượn sách\n\nMỗi lần ba cuốn."
    article = make_article("vb/noi-quy", text)
    found = [[text[slice(*item)] for item in each.items] for each in find_enumerations(article)]
    assert found == [["Mượn sách", "Trả sách", "Bồi thường."]]
    answer = make_assistant(article).answer("Nội quy thư viện gồm những phần nào?")
    assert [citation.quote for citation in answer.citations][1:] == found[0]


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
