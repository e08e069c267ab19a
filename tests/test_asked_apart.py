"""Questions that ask two things one after another, or which of two has more: what each is asked, and the answers told apart."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import FakeEngine, assert_quotes_exact, make_assistant

from qa.asked_apart import asked_apart
from qa.comparison import find_sides
from qa.sides_chosen import tells_each
from qa.which_more import which_more


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Ở xã, trưởng thôn do ai bầu, còn công an xã do ai cử?",
            [("Trưởng thôn", "Ở xã, trưởng thôn do ai bầu?"), ("Công an xã", "Ở xã, công an xã do ai cử?")],
        ),
        (
            "Cho mình hỏi chút: thẻ thư viện làm trong mấy ngày và sách quá hạn bị phạt trong mấy ngày?",
            [
                ("Thẻ thư viện làm", "thẻ thư viện làm trong mấy ngày?"),
                ("Sách quá hạn bị phạt", "sách quá hạn bị phạt trong mấy ngày?"),
            ],
        ),
        (
            "Kho sách: bao lâu phải hút bụi, bao lâu phải đếm lại kệ?",
            [("Phải hút bụi", "Kho sách, bao lâu phải hút bụi?"), ("Phải đếm lại kệ", "Kho sách, bao lâu phải đếm lại kệ?")],
        ),
        (  # what stands before the word with which the second begins is said of both
            "Hai kho dọn chung thì khi nào gọi là tách kho, khi nào gọi là nhập kho?",
            [
                ("Gọi là tách kho", "Hai kho dọn chung, khi nào gọi là tách kho?"),
                ("Gọi là nhập kho", "Hai kho dọn chung, khi nào gọi là nhập kho?"),
            ],
        ),
        (
            "Mượn sách hiếm phải xin ai? Còn mượn báo cũ phải xin ai?",
            [("Mượn sách hiếm phải xin", "Mượn sách hiếm phải xin ai?"), ("Mượn báo cũ phải xin", "mượn báo cũ phải xin ai?")],
        ),
        (  # when and where the first names hold for the second, which names neither
            "Bao nhiêu bạn đọc nữ đến thư viện năm 2021, bao nhiêu bạn đọc nam xin thẻ?",
            [
                ("Bạn đọc nữ đến thư viện năm 2021", "Bao nhiêu bạn đọc nữ đến thư viện năm 2021?"),
                ("Bạn đọc nam xin thẻ", "bao nhiêu bạn đọc nam xin thẻ năm 2021?"),
            ],
        ),
        ("Thư viện Mường do ai quản lý, thuộc sở nào?", None),  # two things of one subject
        ("Thẻ đọc cỡ nào, nền màu gì?", None),
        ("Giấy mời họp thôn mang số mấy, ký ngày bao nhiêu?", None),
        ("Tổ từ bao nhiêu hộ mới bầu tổ phó, tối đa mấy tổ phó?", None),
        ("Thư viện mở cửa lúc mấy giờ?", None),
        ("Người nào cũng được mượn sách thì phải làm gì?", None),
    ],
)
def test_things_asked_one_after_another(question: str, sides: list[tuple[str, str]] | None) -> None:
    found = asked_apart(question)
    assert (found and [(side.label, side.question) for side in found]) == sides


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        (
            "Mượn hay trả, việc nào thủ thư được nhiều ngày hơn để ghi sổ?",
            ("Mượn thủ thư được bao nhiêu ngày để ghi sổ", "trả thủ thư được bao nhiêu ngày để ghi sổ"),
        ),
        (
            "Bầu tổ trưởng với bãi nhiệm tổ trưởng, bên nào cần tỷ lệ cao hơn, mỗi bên mấy?",
            ("Bầu tổ trưởng cần tỷ lệ bao nhiêu", "bãi nhiệm tổ trưởng cần tỷ lệ bao nhiêu"),
        ),
        (
            "Ở huyện, trả lời đơn xin với trả lời đơn kiện thì hạn bên nào dài hơn?",
            ("Ở huyện, trả lời đơn xin hạn bao lâu", "Ở huyện, trả lời đơn kiện hạn bao lâu"),
        ),
        (
            "Thôn cần nhiều chữ ký hơn tổ phải không, cho biết từng bên mấy chữ ký",
            ("Thôn cần bao nhiêu chữ ký", "tổ cần bao nhiêu chữ ký"),
        ),
        ("Hồ sơ cần nhiều chữ ký hơn trước phải không?", None),  # of one thing
        ("Bên nào được mượn nhiều sách hơn?", None),
    ],
)
def test_which_of_two_has_more(question: str, pair: tuple[str, str] | None) -> None:
    assert which_more(question) == pair


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Vé lượt và vé tháng phân biệt bằng màu nền gì?", ["màu nền vé lượt", "màu nền vé tháng"]),
        ("Số kệ của Thư viện xã vs của Thư viện tỉnh?", ["có bao nhiêu kệ của Thư viện xã?", "có bao nhiêu kệ của Thư viện tỉnh?"]),
    ],
)
def test_compared_by_a_trait_or_in_short(question: str, sides: list[str]) -> None:
    found = find_sides(question)
    assert found is not None and [side.question for side in found] == sides


STORE = make_article(
    "noi-quy/kho-sach",
    """Nội quy kho sách

Dưới đây là các kỳ hạn trông coi kho sách, thủ thư và thủ kho cùng theo.

3 tháng một lần: thủ thư hút bụi các kệ trong kho.

6 tháng một lần: thủ kho đếm lại sách và đối chiếu với sổ cái.
""",
    date="2021-05-01",
)
LOANS = make_article(
    "noi-quy/muon-sach",
    """Nội quy mượn sách

Mượn sách hiếm phải xin giám đốc thư viện, mượn báo cũ phải xin tổ trưởng tổ báo.

Khi hai kho dồn làm một, thư viện giải thích rõ từng từ gọi khi nào.

Sáp nhập: hai kho dồn lại và giữ tên của một trong hai kho.

Hợp nhất: hai kho dồn lại nhưng mang một tên hoàn toàn mới.
""",
    date="2021-06-01",
)


def test_each_thing_asked_gets_its_own_sentence() -> None:
    answer = make_assistant(STORE, LOANS).answer("Kho sách: bao lâu thủ thư phải hút bụi, bao lâu thủ kho phải đếm lại sách?")
    assert answer.text.startswith("Thủ thư phải hút bụi:")
    assert [citation.quote[:8] for citation in answer.citations] == ["3 tháng ", "6 tháng "]
    assert_quotes_exact(answer, FakeEngine([STORE, LOANS]))


def test_a_sentence_that_speaks_of_no_side_gives_way() -> None:
    answer = make_assistant(STORE, LOANS).answer("Hai kho dồn làm một thì khi nào gọi là sáp nhập, khi nào gọi là hợp nhất?")
    assert [citation.quote[:8] for citation in answer.citations] == ["Sáp nhập", "Hợp nhất"]


def test_one_sentence_that_tells_of_each_stands_alone() -> None:
    answer = make_assistant(STORE, LOANS).answer("Mượn sách hiếm phải xin ai? Còn mượn báo cũ phải xin ai?")
    assert answer.citations[0].quote.startswith("Mượn sách hiếm phải xin giám đốc") and not answer.text.startswith("Mượn")


def test_a_quotation_tells_of_each_only_by_the_words_of_each() -> None:
    sides = asked_apart("Ở xã, trưởng thôn do ai bầu, còn công an xã do ai cử?")
    assert sides is not None
    assert tells_each(sides, "Trưởng thôn do nhân dân bầu; công an xã do huyện cử.")
    assert not tells_each(sides, "Trưởng thôn do nhân dân bầu.")
