"""Which list is meant: the one below a heading, one for who may not, one of cases, one of the term of office asked for."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import FakeEngine, assert_quotes_exact, make_assistant

from index.text.dates import find_asked_terms
from qa.list_choice import denies, kinds_asked, kinds_of, kinds_of_lead

MEMBERSHIP = make_article(
    "vb/the-thu-vien",
    """HƯỚNG DẪN
Làm thẻ thư viện

2. Thủ tục bổ sung khi làm thẻ

2.1. Làm thẻ cho sinh viên

- Giấy giới thiệu của trường.

- Ảnh thẻ mới chụp.

2.2. Làm thẻ cho người cao tuổi

- Căn cước công dân.

- Giấy xác nhận của tổ dân phố.

3. Cấp lại thẻ

- Trường hợp cấp lại thẻ thư viện cho bạn đọc đang mượn sách:

+ Thủ thư kiểm tra sổ mượn.

+ Bạn đọc trả sách.

- Thủ thư từ chối cấp lại thẻ thư viện trong các trường hợp:

+ Cho người khác mượn thẻ.

+ Làm hỏng sách hai lần.

4. Làm lại thẻ

- Giấy tờ của người bị thu thẻ đủ điều kiện xét làm lại thẻ: sổ mượn sách; biên lai nộp phạt; đơn xin làm lại.

- Không xét làm lại thẻ cho những người trước đây bị thu thẻ vì lý do: xé sách; bán thẻ; gây mất trật tự nhiều lần.
""",
    date="2024-05-06",
)
CLUB = make_article(
    "tin/cau-lac-bo",
    """Câu lạc bộ đọc sách họp mặt

Nhiệm kỳ 2020 - 2025, câu lạc bộ đề ra ba nhiệm vụ trọng tâm:

Thứ nhất: Mở thêm tủ sách; sửa phòng đọc, kê lại bàn ghế của câu lạc bộ đọc sách; chú ý khâu bảo quản và chọn việc đột phá.

Thứ hai: Tặng sách cho trẻ em.

Thứ ba: Thi kể chuyện.

Đồng thời xác định hai khâu đột phá gồm: (1) Số hoá sách cũ; (2) Đọc sách lưu động.
""",
    date="2021-02-03",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("Làm thẻ cho sinh viên phải thêm giấy tờ gì?", ["Giấy giới thiệu của trường", "Ảnh thẻ mới chụp."], id="heading"),
        pytest.param(
            "Thư viện từ chối cấp lại thẻ trong các trường hợp nào?", ["Cho người khác mượn thẻ", "Làm hỏng sách hai lần."], id="cases"
        ),
        pytest.param(
            "Những người nào bị thu thẻ rồi không còn được xét làm lại thẻ?",
            ["xé sách", "bán thẻ", "gây mất trật tự nhiều lần"],
            id="who may not",
        ),
        pytest.param("các khâu đột phá của câu lạc bộ đọc sách", ["Số hoá sách cũ", "Đọc sách lưu động."], id="an item of another list"),
        pytest.param("nhiệm vụ trọng tâm thứ hai của câu lạc bộ đọc sách 2020-2025", [], id="bare term"),
    ],
)
def test_the_list_that_is_meant(question: str, expected: list[str]) -> None:
    answer = make_assistant(MEMBERSHIP, CLUB).answer(question)
    assert_quotes_exact(answer, FakeEngine([MEMBERSHIP, CLUB]))
    assert [citation.quote.rstrip(";.") for citation in answer.citations][1:] == [item.rstrip(".") for item in expected]


def test_all_headings_where_none_is_meant() -> None:
    answer = make_assistant(MEMBERSHIP).answer("Thủ tục bổ sung khi làm thẻ gồm những gì?")
    assert [citation.quote for citation in answer.citations][1:] == ["Làm thẻ cho sinh viên", "Làm thẻ cho người cao tuổi"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("nhiệm vụ trọng tâm thứ hai của câu lạc bộ đọc sách 2020-2025", True, id="its own"),
        pytest.param("nhiệm vụ trọng tâm thứ hai của câu lạc bộ đọc sách 2015-2020", False, id="the one before"),
        pytest.param("nhiệm vụ trọng tâm thứ hai của câu lạc bộ đọc sách nhiệm kỳ 2025-2030", False, id="the next"),
    ],
)
def test_a_list_of_another_term_is_none(question: str, told: bool) -> None:
    assert ("Tặng sách cho trẻ em" in make_assistant(CLUB).answer(question).text) is told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nhiệm vụ của Đảng bộ 2020-2025", [(2020, 2025)]),
        ("nhiệm kỳ 2020 – 2025 và 2025-2030", [(2020, 2025), (2025, 2030)]),
        ("giai đoạn 2021-2024", [(2021, 2024)]),
        ("trong hai năm 2020-2021", []),
        ("Quy định 12-2020-2025", []),
    ],
)
def test_terms_asked_for(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(term.first_year, term.last_year) for term in find_asked_terms(text)] == expected


def test_kinds_of_leads() -> None:
    assert kinds_of_lead("- Trường hợp thẻ bị mất:") == frozenset()
    assert kinds_of_lead("Thu thẻ trong các trường hợp sau:") == kinds_of("trường hợp")
    assert kinds_asked("Quản lý thẻ gồm những mảng việc nào?") & kinds_of_lead("Quản lý thẻ có các nội dung sau:")
    assert denies("những ai không còn được xét")


def test_the_noun_asked_for_tells_the_kind_of_list() -> None:
    assert kinds_asked("Làm thủ tục xin thẻ cần giấy tờ nào?") == kinds_of("giấy tờ")
    assert kinds_asked("Thủ tục xin thẻ ra sao?") == kinds_of("thủ tục")


def test_a_lead_that_announces_the_kind_comes_before_a_heading() -> None:
    text = """Quy định của thư viện

4.1. Việc xoá tên trong danh sách bạn đọc và khỏi phòng đọc

- Bạn đọc làm bản giải trình. Trường hợp bạn đọc không đến thì thủ thư vẫn xoá tên khỏi danh sách bạn đọc.

- Trưởng phòng ký danh sách bạn đọc bị xoá tên.

4.2. Khi nào xoá

Thủ thư đề nghị trưởng phòng quyết định xoá tên trong danh sách đối với các trường hợp sau: Bạn đọc mất thẻ quá một năm; bạn đọc không
trả sách; bạn đọc làm rách sách.
"""
    answer = make_assistant(make_article("qd/thu-vien", text)).answer("Những trường hợp nào bị xoá tên khỏi danh sách bạn đọc?")
    assert [citation.quote for citation in answer.citations][1:] == [
        "Bạn đọc mất thẻ quá một năm", "bạn đọc không\ntrả sách", "bạn đọc làm rách sách",
    ]  # fmt: skip


def test_a_whole_sentence_may_point_out_the_numbered_items() -> None:
    article = make_article(
        "hop",
        "Họp chợ cuối năm\n\nÔng trưởng ban khen bà con; đồng thời chỉ ra những việc mà tổ chợ cần làm ngay trong năm tới.\n\n"
        "Thứ nhất, lợp lại mái chợ phía đông.\n\nThứ hai, đào thêm một giếng nước.\n\nThứ ba, mở lối đi cho xe cứu hoả.",
    )
    told = make_assistant(article).answer("Việc thứ ba trưởng ban yêu cầu tổ chợ làm ngay trong năm tới là gì?").text
    assert "xe cứu hoả" in told and "giếng" not in told


def test_a_counted_list_comes_before_a_sentence_with_more_of_the_words() -> None:
    article = make_article(
        "chon",
        "Chợ phiên nhiệm kỳ mới\n\n"
        "Ban quản lý chợ phiên thị trấn khoá mới đã xác định mục tiêu, việc trọng tâm, khâu đột phá, kế hoạch và cách làm của chợ.\n\n"
        "Từ đó ban quản lý chợ phiên xác định 3 khâu đột phá gồm: (1) Lợp lại mái; (2) Đào thêm giếng; (3) Mở lối xe vào.",
    )
    told = make_assistant(article).answer("các khâu đột phá của ban quản lý chợ phiên thị trấn khoá mới").text
    assert "Lợp lại mái" in told and "Mở lối xe vào" in told


def test_kind_of_what_is_counted() -> None:
    assert kinds_asked("Nguyên nhân thứ ba của những hạn chế là gì?") == kinds_of("nguyên nhân")
