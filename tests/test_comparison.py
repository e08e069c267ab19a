"""Two sides compared: which they are, one sentence that tells both, each answered by itself."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, FakeEngine, assert_quotes_exact, make_assistant

from index.types import Filters, Span
from qa.comparison import find_sides
from qa.contrast import figures_of
from qa.question import understand_question
from qa.side_by_side import word_sides
from qa.types import Passage, Side
from qa.wording import Quote, hit_at


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("So sánh số đảng viên năm 2020 và 2021", ["số đảng viên năm 2020", "số đảng viên năm 2021"]),
        ("Số chi bộ năm 2021 tăng hay giảm so với năm 2020?", ["Số chi bộ năm 2021", "Số chi bộ năm 2020"]),
        ("so sánh nhiệm vụ tháng 5 và tháng 6/2021", ["nhiệm vụ tháng 5/2021", "nhiệm vụ tháng 6/2021"]),
        ("Năm 2020 và 2021 trồng bao nhiêu cây?", ["Năm 2020 trồng bao nhiêu cây", "Năm 2021 trồng bao nhiêu cây"]),
        ("Nghị quyết 01-NQ/ĐU khác gì 02-NQ/ĐUK?", ["01-NQ/ĐU nói về gì?", "02-NQ/ĐUK nói về gì?"]),
        (
            "So sánh nghị quyết 03 và 04 của Huyện ủy",
            ["nghị quyết 03 của Huyện ủy nói về gì?", "nghị quyết 04 của Huyện ủy nói về gì?"],
        ),
        ("vé lượt và vé tháng khác màu nền ra sao", ["màu nền vé lượt", "màu nền vé tháng"]),
        ("Thẻ đọc mẫu mới với mẫu cũ khác nhau kích thước thế nào?", ["kích thước thẻ đọc mẫu mới", "kích thước thẻ đọc mẫu cũ"]),
        ("Kho của xã và của tỉnh mang tên khác nhau thế nào?", ["tên kho của xã", "tên kho của tỉnh"]),
        ("Thẻ xanh và thẻ đỏ hạn trả sách khác nhau bao lâu?", ["hạn trả sách thẻ xanh là bao lâu?", "hạn trả sách thẻ đỏ là bao lâu?"]),
        ("Cụ trên 70 với người dưới 70 giấy tờ khác nhau gì?", ["giấy tờ cụ trên 70 tuổi", "giấy tờ người dưới 70 tuổi"]),
        ("Người lập hồ sơ và người xét hồ sơ khác nhau thế nào?", ["Người lập hồ sơ", "người xét hồ sơ"]),
        ("Điểm khác nhau giữa tách và nhập chi bộ", ["tách chi bộ", "nhập chi bộ"]),
        (
            "Hạn trả sách ở xã, huyện và tỉnh chênh nhau bao nhiêu ngày?",
            [f"Hạn trả sách ở {each} là bao lâu?" for each in ("xã", "huyện", "tỉnh")],
        ),
        (
            "Hạn trả sách khác nhau thế nào giữa trẻ em và người lớn?",
            ["Hạn trả sách trẻ em là bao lâu?", "Hạn trả sách người lớn là bao lâu?"],
        ),
        (
            "Nơi mượn phải trả lại sách in trong nước và ngoài nước khác nhau thế nào về thời hạn?",
            [f"thời hạn nơi mượn phải trả lại sách in {where} là bao lâu?" for where in ("trong nước", "ngoài nước")],
        ),
        (
            "Trẻ em và người lớn thì tiền phạt khác nhau thế nào?",
            ["tiền phạt trẻ em", "tiền phạt người lớn"],
        ),
        (
            "Bầu trưởng bản năm 2019: ông Lò Văn Cam và bà Hà Thị Bưởi ai nhiều phiếu hơn?",
            ["Bầu trưởng bản năm 2019 ông Lò Văn Cam", "Bầu trưởng bản năm 2019 bà Hà Thị Bưởi"],
        ),
        (
            "Bầu trưởng bản: bản và xã cần tỷ lệ phiếu khác nhau ra sao?",
            ["Bầu trưởng bản bản cần tỷ lệ phiếu bao nhiêu", "Bầu trưởng bản xã cần tỷ lệ phiếu bao nhiêu"],
        ),
        (
            "Theo Nội quy 5, mức phạt của người làm mất sách và người làm rách sách khác nhau ra sao?",
            ["mức phạt của người làm mất sách là bao nhiêu Theo Nội quy 5", "mức phạt của người làm rách sách là bao nhiêu Theo Nội quy 5"],
        ),
        (
            "Thẻ xanh và thẻ đỏ phải chờ bao lâu mới được mượn lại, loại nào lâu hơn?",
            ["Thẻ xanh phải chờ bao lâu mới được mượn lại", "thẻ đỏ phải chờ bao lâu mới được mượn lại"],
        ),
        (
            "Kệ sách của Thư viện tỉnh so với của Thư viện xã nhiều ít thế nào?",
            ["có bao nhiêu kệ sách của Thư viện tỉnh?", "có bao nhiêu kệ sách của Thư viện xã?"],
        ),
        (
            "So sánh số bạn đọc là học sinh với số bạn đọc là nông dân của Thư viện Mường năm 2021",
            [f"có bao nhiêu bạn đọc là {who} của Thư viện Mường năm 2021?" for who in ("học sinh", "nông dân")],
        ),
        ("Ban quản lý được bầu nhiều nhất bằng mấy phần so với số xã viên?", None),
        ("Chuyển sang nơi khác thì phải làm thủ tục nào?", None),
        ("Thủ thư chính thức và tạm thời khác nhau thế nào?", ["Thủ thư chính thức", "Thủ thư tạm thời"]),
        ("Hồ sơ nào cần nộp nhiều hơn một bản?", None),
        ("Sổ theo dõi: mục không thay đổi so với năm ngoái ghi gì?", None),
        ("Cột nào không khác với quý trước, thủ thư đánh dấu thế nào?", None),
        ("Nhiệm kỳ 2020 – 2025 có mấy nhiệm vụ?", None),
        ("Thẻ xanh khác thẻ đỏ ở điểm nào?", ["Thẻ xanh", "thẻ đỏ"]),
        ("Tổ đọc so với tổ ngâm thơ thì khác gì về quyền hạn?", ["quyền hạn tổ đọc", "quyền hạn tổ ngâm thơ"]),
        ("So sánh thẻ xanh và thẻ đỏ về tiền phạt", ["tiền phạt thẻ xanh", "tiền phạt thẻ đỏ"]),
        ("Thẻ xanh và thẻ đỏ có quyền gì khác nhau?", ["quyền thẻ xanh", "quyền thẻ đỏ"]),
        ("Giấy loại 7 ô với loại 9 ô dùng khác nhau thế nào?", ["Giấy loại 7 ô dùng", "Giấy loại 9 ô dùng"]),
        ("Hạn thẻ xanh và hạn thẻ đỏ cái nào dài hơn?", ["Hạn thẻ xanh là bao lâu?", "hạn thẻ đỏ là bao lâu?"]),
        ("Tỉnh và xã xét đơn bên nào lâu hơn?", ["Tỉnh xét đơn bao lâu?", "xã xét đơn bao lâu?"]),
        ("Hạn giữ sổ giữa sổ mượn và sổ thu khác nhau thế nào?", ["Hạn giữ sổ sổ mượn là bao lâu?", "Hạn giữ sổ sổ thu là bao lâu?"]),
        ("Xét thẻ ở xã cần tỷ lệ bao nhiêu so với ở tỉnh?", ["Xét thẻ ở xã cần tỷ lệ bao nhiêu?", "Xét thẻ ở tỉnh cần tỷ lệ bao nhiêu?"]),
        (
            "Muốn được tự chủ và muốn được cho mượn xa thì mỗi loại thư viện cần bao nhiêu sách?",
            ["Muốn được tự chủ thư viện cần bao nhiêu sách?", "Muốn được cho mượn xa thư viện cần bao nhiêu sách?"],
        ),
        ("So sánh: Thẻ xanh dùng mấy năm; thẻ đỏ dùng mấy năm?", ["Thẻ xanh dùng mấy năm?", "Thẻ đỏ dùng mấy năm?"]),
        ("Muốn đổi thẻ khác ở điểm nào thì nộp?", None),
        ("Tiền thẻ và tiền sách của mỗi chi bộ phải nộp mấy lần?", None),
    ],
)
def test_sides_of_a_comparison(question: str, sides: list[str] | None) -> None:
    found = find_sides(question)
    assert (found and [side.question for side in found]) == sides


def test_figures_of_one_year_do_not_stand_for_another() -> None:
    told = make_article("tin/2021", "Trồng cây\n\nNăm 2021, huyện trồng được 515 cây lim.", date="2021-12-20")
    untold = make_article("tin/thang-5", "Trồng cây\n\nHuyện trồng được 515 cây lim.", date="2021-05-20")
    for article in (told, untold):
        answer = make_assistant(article).answer("So sánh số cây lim huyện trồng được năm 2020 và 2021")
        assert answer.text.splitlines()[0] == "Năm 2020: không có trong tài liệu."
        assert [c.article_id for c in answer.citations] == [article.id]


def test_both_years_side_by_side_with_their_dates() -> None:
    articles = [
        make_article(f"tin/{year}", f"Kết quả năm {year}\n\nNăm {year}, huyện trồng được {count} cây lim.", date=f"{year}-12-20")
        for year, count in ((2020, 340), (2021, 515))
    ]
    answer = make_assistant(*articles).answer("So sánh số cây lim huyện trồng được năm 2020 và 2021")
    assert [c.article_id for c in answer.citations] == ["tin/2020", "tin/2021"]
    assert answer.text.splitlines()[0] == "Năm 2020:"
    assert "20/12/2020" in answer.text and "20/12/2021" in answer.text
    assert_quotes_exact(answer, FakeEngine(articles))


LIBRARY = make_article(
    "noi-quy/thu-vien",
    """Nội quy thư viện huyện

Bạn đọc làm mất sách thì bị khóa thẻ: 2 tháng đối với thẻ xanh, 5 tháng đối với thẻ vàng, 1 năm đối với thẻ đỏ.

Trẻ em được mượn 3 cuốn mỗi lần; người lớn được mượn 7 cuốn mỗi lần.

Thẻ xanh và thẻ đỏ do thủ thư cấp, mỗi năm 40 thẻ.

Năm 2019, thư viện mua 120 cuốn sách, năm 2020 mua 340 cuốn sách, vượt 15% kế hoạch.
""",
    date="2021-02-01",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        pytest.param(
            "So sánh thời hạn khóa thẻ xanh với thẻ đỏ khi làm mất sách",
            "Thẻ xanh: 2 tháng; Thẻ đỏ khi làm mất sách: 1 năm.",
            id="figures before names",
        ),
        pytest.param(
            "Thẻ đỏ và thẻ vàng bị khóa bao lâu khi mất sách, loại nào lâu hơn?", "Thẻ đỏ: 1 năm; Thẻ vàng: 5 tháng.", id="which is more"
        ),
        pytest.param(
            "Trẻ em và người lớn được mượn bao nhiêu cuốn mỗi lần?",
            "Trẻ em: 3 cuốn mỗi lần; Người lớn: 7 cuốn mỗi lần.",
            id="not even compared",
        ),
        pytest.param("Số sách thư viện mua năm 2020 so với 2019", "Năm 2020: 340 cuốn sách; Năm 2019: 120 cuốn sách.", id="years"),
    ],
)
def test_one_sentence_that_tells_both_sides(question: str, lead: str) -> None:
    assistant = make_assistant(LIBRARY)
    answer = assistant.answer(question)
    assert_quotes_exact(answer, assistant.engine)  # type: ignore[arg-type]
    assert answer.text.splitlines()[0] == lead
    assert len(answer.citations) == 1


def test_a_side_of_its_own_only_by_a_function_word() -> None:
    """ "Trên" says no content; it names a side with the word before it."""
    rule = "Tổ thợ cấp cơ sở được nhận thêm 10% số thợ học việc; tổ thợ cấp trên được nhận thêm 15%."
    article = make_article("noi-quy/tho", f"Nội quy nhận thợ\n\n{rule}\n", date="2021-02-01")
    answer = make_assistant(article).answer("Tổ thợ cấp cơ sở và tổ thợ cấp trên được nhận thêm bao nhiêu phần trăm, đâu cao hơn?")
    assert answer.text.splitlines()[0] == "Tổ thợ cấp cơ sở: 10%; Tổ thợ cấp trên: 15%."


RETURNING = make_article(
    "noi-quy/tra-sach",
    """Nội quy trả sách

Hạn trả sách tính theo ngày làm việc như sau:

1. Thư viện xã: 12 ngày;

2. Thư viện huyện: 24 ngày;

3. Thư viện tỉnh: 48 ngày.
""",
    date="2021-02-01",
)
LENDING = make_article(
    "noi-quy/sua-sach",
    "Nội quy sửa sách\n\nSửa sách rách, thư viện xã có 70 ngày; thư viện tỉnh có 90 ngày, đều tính từ hôm nhận sách.\n",
    date="2021-02-01",
)


def test_figures_of_another_subject_do_not_stand_for_a_list_of_their_own() -> None:
    answer = make_assistant(RETURNING, LENDING).answer("Hạn trả sách của thư viện xã so với thư viện tỉnh chênh nhau thế nào?")
    assert {citation.article_id for citation in answer.citations} == {RETURNING.id}
    assert "12 ngày" in answer.text and "48 ngày" in answer.text


def test_what_does_not_speak_of_the_subject_stands_for_no_side() -> None:
    """One side finds a sentence of another matter: no answer side by side."""
    sides = (Side("Xã", "cách đóng gáy báo cũ của xã"), Side("Tỉnh", "cách đóng gáy báo cũ của tỉnh"))
    lines = []
    for article in (RETURNING, LENDING):
        hit = hit_at(article, Span(0, 15))
        lines.append([[Quote(Passage(1, hit, 0, 15, hit.chunk.text, 4), article, Span(0, 15))]])
    assert word_sides(sides, lines, [line[0][0].passage for line in lines]) is None
    sides = (Side("Xã", "nội quy của xã"), Side("Tỉnh", "nội quy của tỉnh"))
    assert word_sides(sides, lines, [line[0][0].passage for line in lines]) is not None


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Xã được 30 ngày, tỉnh được 60 ngày.", ["30 ngày", "60 ngày"]),
        ("Không quá 60 ngày ở tỉnh, 30 ngày ở xã.", ["30 ngày", "60 ngày"]),
        ("Xã và tỉnh cùng có 30 ngày.", None),
        ("Xã nộp trong 30 ngày, tỉnh thu 60 đồng.", None),
        ("Tỉnh làm trong 60 ngày.", None),
    ],
)
def test_figures_of_each_side(sentence: str, figures: list[str] | None) -> None:
    question = understand_question("Thời hạn ở xã và tỉnh khác nhau ra sao?", (), UNDERSTAND, Filters())
    told = figures_of([["xã"], ["tỉnh"]], question, sentence)
    assert (told and [each.amount.text.removeprefix("Không quá ").removeprefix("không quá ") for each in told]) == figures


def test_one_quotation_for_both_sides_stands_once() -> None:
    article = make_article("dt", "Chuyện hai tổ\n\nTổ Đông và tổ Tây cùng quét dọn sân đình vào sáng chủ nhật.\n")
    answer = make_assistant(article).answer("Việc quét dọn sân đình của tổ Đông và tổ Tây khác nhau thế nào?")
    assert len(answer.citations) == 1
    assert answer.text.splitlines()[0] == "Tổ Đông; Tổ Tây:"


def test_a_missing_side_is_said() -> None:
    only = make_article("tin/2021", "Kết quả năm 2021\n\nNăm 2021, huyện trồng được 515 cây lim.", date="2021-12-20")
    answer = make_assistant(only).answer("So sánh số cây lim huyện trồng được năm 2020 và 2021")
    assert answer.text.startswith("Năm 2020: không có trong tài liệu.")
    assert [c.article_id for c in answer.citations] == ["tin/2021"]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Nội quy 5 khác Nội quy 6 ở nội dung gì?", ["Nội quy 5", "Nội quy 6"]),
        ("Thẻ xanh khác thẻ đỏ thế nào?", ["Thẻ xanh", "thẻ đỏ"]),
        ("Tổ đọc xã có gì khác tổ đọc huyện?", ["Tổ đọc xã", "tổ đọc huyện"]),
        ("Sang kho khác phải làm thế nào?", None),
        ("Giấy mượn loại lớn khác loại nhỏ ở màu nền ra sao?", ["màu nền giấy mượn loại lớn", "màu nền giấy mượn loại nhỏ"]),
        ("Hạn giữ sổ mượn và hạn giữ sổ thu có bằng nhau không?", ["Hạn giữ sổ mượn là bao lâu?", "hạn giữ sổ thu là bao lâu?"]),
        (
            "Ngày ghi trên thẻ và ngày tính tuổi thợ có phải một không?",
            ["Ngày ghi trên thẻ là ngày nào?", "ngày tính tuổi thợ là ngày nào?"],
        ),
        ("Thẻ và sổ có bắt buộc không?", None),
        ("Tổ đọc với tổ ngâm thơ do ai phụ trách, có giống nhau không?", ["Tổ đọc do ai phụ trách?", "Tổ ngâm thơ do ai phụ trách?"]),
        (
            "Thợ bị phạt và thợ bị nhắc phải chờ mấy tháng, khác nhau ra sao?",
            ["Thợ bị phạt phải chờ mấy tháng?", "Thợ bị nhắc phải chờ mấy tháng?"],
        ),
        ("Tách với nhập một kho khác nhau chỗ nào, ai được quyết?", ["Tách một kho", "nhập một kho"]),
        ("So số bạn đọc nữ với số bạn đọc nam năm 2021", [f"có bao nhiêu bạn đọc {who} năm 2021?" for who in ("nữ", "nam")]),
        ("So sao cho vừa với khung?", None),
        (
            "Về số kệ thì thư viện xã, phường với thư viện tỉnh hơn kém nhau thế nào?",
            ["có bao nhiêu kệ thư viện xã, phường?", "có bao nhiêu kệ thư viện tỉnh?"],
        ),
        (
            "Cùng là huyện trả lời: đơn xin thì mấy ngày, đơn kiện thì mấy ngày, cái nào dài hơn?",
            ["Huyện trả lời đơn xin thì mấy ngày?", "Huyện trả lời đơn kiện thì mấy ngày?"],
        ),
        (
            "Khi nào cấp thẻ chính thức, khi nào chỉ cần cấp tạm thời?",
            ["Khi nào cấp thẻ chính thức?", "Khi nào cấp thẻ tạm thời?"],
        ),
        (
            "Xã dưới và trên 500 hộ cần mấy tổ trưởng, khác nhau ra sao?",
            ["Xã dưới 500 hộ cần mấy tổ trưởng?", "Xã trên 500 hộ cần mấy tổ trưởng?"],
        ),
        (
            "Xã dưới 500 và trên 500 hộ cần mấy tổ trưởng, khác nhau ra sao?",
            ["Xã dưới 500 hộ cần mấy tổ trưởng?", "Xã trên 500 hộ cần mấy tổ trưởng?"],
        ),
        (
            "So sánh mức phạt giữa người đã và chưa được cấp thẻ",
            ["Mức phạt của người đã được cấp thẻ là bao nhiêu?", "Mức phạt của người chưa được cấp thẻ là bao nhiêu?"],
        ),
        ("Trước và sau giờ mở cửa thì gọi ai?", None),
    ],
)
def test_comparisons_in_other_words(question: str, sides: list[str] | None) -> None:
    found = find_sides(question)
    assert (found and [side.question for side in found]) == sides


def test_a_label_says_something_alone() -> None:
    found = find_sides("Xã dưới và trên 500 hộ cần mấy tổ trưởng, khác nhau ra sao?")
    assert found and [side.label for side in found] == ["Dưới 500 hộ", "Trên 500 hộ"]
    found = find_sides("Hạn trả sách ở trong nước và ngoài nước khác nhau thế nào?")
    assert found and [side.label for side in found] == ["Trong nước", "Ngoài nước"]
