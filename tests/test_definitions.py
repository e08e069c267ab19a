"""What something is, in the sentence that begins with its name."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import CORPUS, assert_quotes_exact, make_assistant

from qa import definitions

GLOSSARY = make_article(
    "so-tay/tu-ngu",
    """Từ ngữ trong sổ tay làm vườn

1.1. Ươm cành giống là việc giữ cành trong bầu đất tới khi ra rễ, dùng cho cây ăn quả.

1.2. Việc ươm cành giống phải làm trước mùa mưa, kẻo cành giống thối.

Lưu ý: chiết cây là bóc vỏ một đoạn cành của cây mẹ; ghép là nối mắt cây này vào gốc cây khác.

- Dụng cụ phải sạch.

- Người làm phải rửa tay.

Đội tỉa nêu trong bảng phân công là ba người tỉa cây buổi sáng.

1.3. “Đất sạch” gồm:

- mùn cưa;

- tro trấu.
""",
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        *((asked, ["Ươm cành giống là việc giữ cành trong bầu đất tới khi ra rễ, dùng cho cây ăn quả."]) for asked in (
            "Ươm cành giống là gì?", "uom canh giong nghia la gi", "Thế nào là ươm cành giống đối với người làm vườn?",
            "Theo sổ tay, ươm cành giống được hiểu như thế nào?", "khái niệm ươm cành giống",
        )),
        ("Chiết cây cành mẹ là gì?", ["chiết cây là bóc vỏ một đoạn cành của cây mẹ"]),
        *((asked, ["Đội tỉa nêu trong bảng phân công là ba người tỉa cây buổi sáng."]) for asked in (
            "Đội tỉa là gì?", "“Đội tỉa” trong sổ tay làm vườn là đội gì?", "doi tia la mot doi gi",
        )),
        ("Đất sạch là gì?", ["“Đất sạch” gồm:", "mùn cưa", "tro trấu."]),
    ],
)  # fmt: skip
def test_definitions(question: str, quotes: list[str]) -> None:
    assistant = make_assistant(GLOSSARY, *CORPUS)
    answer = assistant.answer(question)
    assert_quotes_exact(answer, assistant.engine)  # type: ignore[arg-type]
    assert [citation.quote for citation in answer.citations] == quotes


def test_what_holds_of_every_party_organisation_is_told_of_a_cell() -> None:
    text = "Đổi tên gọi\n\nNhiều chi bộ hỏi sáp nhập là thế nào khi có hai chi bộ.\n\nSáp nhập: hai tổ chức đảng nhập lại, giữ một tên."
    assistant = make_assistant(make_article("hd/doi-ten", text), *CORPUS)
    told = [citation.quote for citation in assistant.answer("Sáp nhập chi bộ là gì?").citations]
    assert told == ["Sáp nhập: hai tổ chức đảng nhập lại, giữ một tên."]


def test_no_list_follows_a_sentence_that_announces_none() -> None:
    answer = make_assistant(GLOSSARY).answer("Nối mắt cây này vào gốc cây khác gọi là gì?")
    assert "rửa tay" not in answer.text


TERMS = make_article(
    "so-tay/chu-viet-tat",
    "Chữ dùng trong sổ kho\n\n"
    + "Thủ kho phải ghi ngày nghỉ không tính công vào sổ, theo lệ của kho nêu dưới đây. " * 12
    + "\n\n2. Ngày nghỉ không tính công là: ngày kho đóng cửa, ngày mưa bão và ngày giỗ tổ.\n\n"
    "Ký hiệu: SK là sổ kho; PK là phiếu kho.\n",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("“Ngày nghỉ không tính công” bị trừ khi trả lương gồm những gì?", "ngày mưa bão"),
        ('Hôm nào bị coi là "ngày nghỉ không tính công" khi trả lương?', "ngày mưa bão"),
        ("Ngày nghỉ không tính công là gì theo sổ kho?", "ngày mưa bão"),
        ("Nghe nói thủ kho phải ghi sổ, vậy ngày nghỉ không tính công nghĩa là sao?", "ngày mưa bão"),
        ("Chữ PK trong sổ kho viết tắt của cái gì?", "PK là phiếu kho"),
    ],
)
def test_names_in_quotation_marks_short_names_and_sources_behind(question: str, told: str) -> None:
    answer = make_assistant(TERMS, *CORPUS).answer(question)
    assert len(answer.citations) == 1 and told in answer.citations[0].quote


def test_what_is_quoted_need_not_be_asked_about() -> None:
    assert definitions._QUOTED_THING.search('"phiếu kho" là gì') and definitions._QUOTED_THING.search('thế nào là "phiếu kho"')
    assert not definitions._QUOTED_THING.search('ai ghi "phiếu kho" vào sổ')


def test_the_title_says_of_what_the_deed_is() -> None:
    text = "Lập và xoá sổ tổ chức đảng\n\nMột chi bộ bị xoá sổ thì nộp dấu trong 3 ngày.\n\nXoá sổ là phạt nặng, do cấp trên quyết định."
    assistant = make_assistant(make_article("hd/xoa-so", text), *CORPUS)
    told = [citation.quote for citation in assistant.answer("Xoá sổ chi bộ là gì?").citations]
    assert told == ["Xoá sổ là phạt nặng, do cấp trên quyết định."]
