"""Rules of extractive answers beside holders and lists: counting the catalogue, comparing, validity of documents, credits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Corpus, FakeEmbedder, make_article, make_document
from qa_fakes import CORPUS, UNDERSTAND, FakeEngine, assert_quotes_exact, make_assistant

from index.build import build
from index.engine import Engine
from index.settings import Settings
from index.types import BlockKind, Expansion, Filters, Query, Span
from qa.chain import Assistant
from qa.comparison import Side, find_sides, word_sides
from qa.contrast import figures_of
from qa.counting import count_articles
from qa.disagreement import value_told
from qa.documents import asks_only_subject
from qa.lists import find_enumerations, kinds_asked, kinds_of
from qa.mentions import Mention
from qa.question import understand_question
from qa.quotes import on_one_line, shorten, without_number
from qa.signatures import find_signature
from qa.terms import count_terms, weigh_terms
from qa.types import NOT_FOUND_SENTENCE, Answer, Passage, Status
from qa.validity import Asked, asked_validity
from qa.verdict import find_verdict
from qa.wording import Quote, hit_at

Ask = Callable[[str], Answer]

FILES = {
    "a.md": ("Trồng rừng ở vùng cao", "2021-03-05", "Sở Lâm nghiệp", "Báo cáo", "Phong trào trồng rừng lan rộng."),
    "b.md": ("Tin họp tháng năm", "2021-05-31", "Sở Lâm nghiệp", "Tin", "Hội nghị bàn việc trồng rừng và làm đường."),
    "c.md": ("Tin làm đường", "2022-01-06", "Sở Lâm nghiệp và Thủy sản", "Tin", "Xã làm được bốn km đường theo Nghị quyết 07-NQ/ĐUK."),
    "d.md": ("Ghi chép về suối", "", "", "Tin", "Suối trong, nước mát; Nghị quyết số 07-NQ/ĐUK có nói tới."),
}


@pytest.fixture
def assistant(corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> Assistant:
    """An assistant over a real index of `FILES`."""
    texts = {}
    for name, (title, date, issuer, kind, body) in FILES.items():
        fields = "".join(f"{key}: {value}\n" for key, value in (("date", date), ("issuer", issuer), ("kind", kind)) if value)
        texts[name] = f"---\ntitle: {title}\n{fields}---\n\n{body}\n"
    build([corpus(texts)], settings, embedder=embedder)
    return Assistant(Engine.open(settings, embedder), settings, understand=UNDERSTAND)


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    return lambda text: assistant.answer(text)


SIGNED_FILES = {
    "vb/mot.txt": ("HƯỚNG DẪN", "Về việc góp ngày công", "BÍ THƯ", "Lò Văn Cam"),
    "vb/hai.txt": ("HƯỚNG DẪN", "Về việc ghi sổ ngày công", "PHÓ BÍ THƯ", "Hầu A Sấu"),
    "vb/ba.txt": ("KẾ HOẠCH", "Về việc làm cầu", "BÍ THƯ", "Lò Văn Cam"),
}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Có mấy văn bản do Bí thư Lò Văn Cam ký?", "2 văn bản do Lò Văn Cam ký."),
        ("có bao nhiêu văn bản ông Lò Văn Cam ký", "2 văn bản do Lò Văn Cam ký."),
        ("Mấy hướng dẫn được Lò Văn Cam ký?", "1 hướng dẫn do Lò Văn Cam ký."),
        ("Trong kho có tất cả mấy bản hướng dẫn (ký hiệu HD)?", "2 hướng dẫn trong kho tài liệu."),
        ("Có bao nhiêu văn bản ghi cơ quan ban hành là Huyện ủy Sông Mơ?", "3 văn bản do HUYỆN ỦY SÔNG MƠ ban hành."),
        ("Có bao nhiêu kế hoạch của đồng chí Hầu A Sấu ký?", None),
        ("Đồng chí Lò Văn Cam ký những văn bản nào?", "2 văn bản do Lò Văn Cam ký."),
        ("Lò Văn Cam ký các hướng dẫn của Huyện ủy Sông Mơ với chức danh gì?", "Lò Văn Cam: Bí thư."),
        ("Những hướng dẫn nào do Huyện ủy Sông Mơ ban hành?", "2 hướng dẫn do HUYỆN ỦY SÔNG MƠ ban hành."),
        ("Số hiệu của hướng dẫn về việc ghi sổ ngày công là gì?", "02-HD/HU."),
    ],
)
def test_counts_by_signer_and_kind(question: str, first: str | None, corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> None:
    texts = {
        name: f"HUYỆN ỦY SÔNG MƠ\nSố {n}-HD/HU\nSông Mơ, ngày {n} tháng 3 năm 2020\n{kind}\n{about}\n\nBà con góp ngày công làm đường.\n\n"
        f"T/M HUYỆN ỦY\n{post}\n\n{signer}\n"
        for n, (name, (kind, about, post, signer)) in enumerate(SIGNED_FILES.items(), start=1)
    }
    build([corpus(texts)], settings, embedder=embedder)
    answer = Assistant(Engine.open(settings, embedder), settings, understand=UNDERSTAND).answer(question)
    if first is None:
        assert answer.status is Status.NOT_FOUND
    else:
        assert answer.text.splitlines()[0] == first


@pytest.mark.parametrize(
    ("question", "first_line", "articles"),
    [
        pytest.param("Có bao nhiêu bài viết về trồng rừng?", '2 bài viết nhắc đến "trồng rừng"', ["b", "a"], id="topic, newest first"),
        pytest.param("Có mấy văn bản do Sở Lâm nghiệp ban hành năm 2021?", "2 văn bản", ["b", "a"], id="issuer and year"),
        pytest.param("Có bao nhiêu tin năm 2022?", "1 tin có ngày trong năm 2022", ["c"], id="kind and year"),
        pytest.param("Bao nhiêu tài liệu nhắc đến nghị quyết 07?", '2 tài liệu nhắc đến "07-NQ/ĐUK"', ["c", "d"], id="document number"),
        pytest.param("Kho tài liệu có bao nhiêu văn bản?", "4 văn bản trong kho tài liệu", ["c", "b", "a", "d"], id="everything"),
        pytest.param("Có bao nhiêu bài thuộc thể loại Báo cáo?", "1 báo cáo trong kho tài liệu", ["a"], id="genre"),
        pytest.param('Mấy bài được xếp vào mục "Tin" trong kho?', "3 tin trong kho tài liệu", ["c", "b", "d"], id="section, quoted"),
        pytest.param("Có mấy báo cáo về trồng rừng trong kho tài liệu?", '1 báo cáo nhắc đến "trồng rừng"', ["a"], id="where they lie"),
        pytest.param("Trồng rừng được nhắc đến trong mấy bài?", '2 bài nhắc đến "Trồng rừng"', ["b", "a"], id="topic first"),
        pytest.param("Về trồng rừng thì kho có mấy bài viết?", '2 bài viết nhắc đến "trồng rừng"', ["b", "a"], id="about first"),
        pytest.param("Nghị quyết 07-NQ/ĐUK được nhắc trong bao nhiêu tin?", '2 tin nhắc đến "07-NQ/ĐUK"', ["c", "d"], id="number first"),
    ],
)
def test_counts_over_the_catalogue(ask: Ask, question: str, first_line: str, articles: list[str]) -> None:
    answer = ask(question)
    assert answer.text.startswith(first_line)
    assert [citation.article_id for citation in answer.citations] == articles


def test_counts_where_the_diacritics_are_a_guess(assistant: Assistant) -> None:
    typed, guessed = "Co bao nhieu bai do So Lam nghiep ban hanh?", "Có bao nhiêu bãi đỗ Sở Lâm nghiệp ban hành?"
    query = Query(typed, guessed, expansions=(Expansion("bai do", "bãi đỗ", "diacritics"),))
    question = replace(understand_question(guessed, (), UNDERSTAND, Filters()), query=query)
    count = count_articles(question, assistant.engine)
    assert count is not None and (count.noun, count.issuers[0], len(count.found)) == ("bài", "Sở Lâm nghiệp", 3)


def test_counts_who_is_interviewed(corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> None:
    body = "Ông Lò Văn Cam nói về ngày công.\n\nP.V: Bà con góp được bao nhiêu ngày công?\n\nÔng Cam: Hơn 300 ngày công."
    texts = {f"{name}.md": f"---\ntitle: Bài {name}\nkind: {kind}\n---\n\n{body}\n" for name, kind in (("a", "Phỏng vấn"), ("b", "Tin"))}
    build([corpus(texts)], settings, embedder=embedder)
    assistant = Assistant(Engine.open(settings, embedder), settings, understand=UNDERSTAND)
    for question in (
        "Có mấy bài phỏng vấn ông Lò Văn Cam trong kho tài liệu?",
        "mấy bài phỏng vấn Bí thư Lò Văn Cam",
        "Ông Lò Văn Cam trả lời phỏng vấn trong mấy bài?",
    ):
        assert assistant.answer(question).text.startswith('1 phỏng vấn nhắc đến "Lò Văn Cam"')


def test_nothing_counted_is_declined(ask: Ask) -> None:
    assert ask("Có bao nhiêu bài viết về bóng bàn?").text.startswith(NOT_FOUND_SENTENCE)


def test_a_look_alike_issuer_is_told_apart(ask: Ask) -> None:
    """Two names begin alike: both are counted, and it is said how many of each."""
    answer = ask("Có bao nhiêu văn bản do Sở Lâm nghiệp ban hành?")
    assert "2 của Sở Lâm nghiệp; 1 của Sở Lâm nghiệp và Thủy sản" in answer.text.splitlines()[0]


def test_mentioning_agrees_with_reading_every_article(tmp_path: Path, corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> None:
    build(
        [corpus({f"{i}.txt": f"Bài {i}\n\n{'trồng rừng' if i % 3 else 'rừng trồng'} ở xã {i}." for i in range(40)})],
        settings,
        embedder=embedder,
    )
    engine = Engine.open(settings, embedder)
    found = {listed.article_id for listed in engine.mentioning(("trồng rừng",), (), Filters())}
    assert found == {article.id for article in engine.articles() if "trồng rừng" in article.text}


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("So sánh số đảng viên năm 2020 và 2021", ["số đảng viên năm 2020", "số đảng viên năm 2021"]),
        ("Số chi bộ năm 2021 tăng hay giảm so với năm 2020?", ["Số chi bộ năm 2021", "Số chi bộ năm 2020"]),
        ("so sánh nhiệm vụ tháng 5 và tháng 6/2021", ["nhiệm vụ tháng 5/2021", "nhiệm vụ tháng 6/2021"]),
        ("Năm 2020 và 2021 trồng bao nhiêu cây?", ["Năm 2020 trồng bao nhiêu cây", "Năm 2021 trồng bao nhiêu cây"]),
        ("Nghị quyết 01-NQ/ĐU khác gì 02-NQ/ĐUK?", ["01-NQ/ĐU nói về gì?", "02-NQ/ĐUK nói về gì?"]),
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
        ("Nhiệm kỳ 2020 – 2025 có mấy nhiệm vụ?", None),
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


@pytest.mark.parametrize(
    ("text", "value"),
    [("63 chi bộ", "63"), ("63", "63"), ("Hơn 60 chi bộ", "hon 60"), ("10,5 tỷ đồng", "10,5 ty"), ("ngày 6/1/2022", "ngay 6/1/2022")],
)
def test_the_value_of_a_short_answer(text: str, value: str) -> None:
    assert value_told(Mention(text, 0, len(text))) == value


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


NEW = make_article(
    "vb/moi",
    "Hướng dẫn 38-HD/BTCTW về hồ sơ\n\nHướng dẫn này thay thế Hướng dẫn số 12-HD/BTCTW, ngày 18-01-2022; có hiệu lực kể từ ngày ký.\n",
    date="2025-09-29",
)
OLD = make_article(
    "vb/cu", "Hướng dẫn 12-HD/BTCTW về hồ sơ\n\nVăn bản này nói về sắp xếp hồ sơ của đảng viên trong tủ.\n", date="2022-01-18"
)
RULES = make_article(
    "vb/quy-dinh",
    "Quy định 294-QĐ/TW về điều lệ\n\nQuy định này gồm ba chương, có hiệu lực thi hành từ ngày 01/7/2025.\n",
    date="2025-05-26",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Hướng dẫn 12-HD/BTCTW còn hiệu lực không?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Bây giờ còn theo Hướng dẫn 12-HD/BTCTW được nữa không?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Hướng dẫn 12-HD/BTCTW còn làm theo được không?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Quy định về điều lệ chung số 294 bắt đầu áp dụng từ ngày nào?", "01/7/2025."),
        ("Văn bản nào thay thế Hướng dẫn 12-HD/BTCTW?", "38-HD/BTCTW."),
        ("Hướng dẫn 38-HD/BTCTW thay thế văn bản nào?", "12-HD/BTCTW."),
        ("Hướng dẫn 38-HD/BTCTW có hiệu lực khi nào?", "Từ ngày ký (29/09/2025)."),
        ("QĐ 294 có hiệu lực từ ngày nào", "01/7/2025."),
        ("Quy định 294 còn hiệu lực không?", "Trong tài liệu chưa có văn bản nào thay thế 294-QĐ/TW; hiệu lực: 01/7/2025."),
    ],
)
def test_validity(question: str, lead: str) -> None:
    articles = (NEW, OLD, RULES)
    answer = make_assistant(*articles).answer(question)
    assert answer.text.splitlines()[0] == lead
    assert answer.citations
    assert_quotes_exact(answer, FakeEngine(articles))


CIRCULAR = make_document(
    "vb/thong-tu",
    """BỘ CẦU ĐƯỜNG
Số: 7/2026/TT-BCĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 02 tháng 3 năm 2026
THÔNG TƯ
Quy định việc góp ngày công làm cầu

Căn cứ Luật Đường bộ;

Bộ trưởng Bộ Cầu đường ban hành Thông tư quy định việc góp ngày công làm cầu.

Mức góp mỗi hộ theo Thông tư số 9/2019/TT-BCĐ ngày 1 tháng 2 năm 2019 quy định mức góp tiền.

Thông tư này có hiệu lực từ ngày 15 tháng 4 năm 2026.

Thông tư số 5/2020/TT-BCĐ ngày 3 tháng 2 năm 2020 và Thông tư số 6/2021/TT-BCĐ hết hiệu lực kể từ ngày Thông tư
này có hiệu lực thi hành; khoản 2 Điều 4 Thông tư số 8/2022/TT-BCĐ bị bãi bỏ.

Các văn bản trước đây trái với Thông tư này đều bãi bỏ.
""",
)
LAW = make_document(
    "vb/nghi-quyet-qh",
    """QUỐC HỘI
Nghị quyết số: 8/2026/QH15
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ QUYẾT
Về việc bãi bỏ Nghị quyết số 3/2016/QH14

Căn cứ Hiến pháp;

Bãi bỏ các nghị quyết sau đây:

1. Nghị quyết số 3/2016/QH14 ngày 5 tháng 6 năm 2016 về ngày công.

2. Nghị quyết số 4/2017/QH14.

Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.

Nghị quyết này được Quốc hội khóa XV, kỳ họp thứ 9 thông qua ngày 17 tháng 5 năm 2026.
""",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Thông tư 7/2026 thay cho thông tư nào?", "05/2020/TT-BCĐ; 06/2021/TT-BCĐ."),
        ("thông tư 7/2026/tt-bcđ làm hết hiệu lực văn bản nào", "05/2020/TT-BCĐ; 06/2021/TT-BCĐ."),
        ("Thông tư 6/2021/TT-BCĐ còn hiệu lực không?", "Không còn: đã được 07/2026/TT-BCĐ thay thế."),
        ("Nghị quyết 8/2026/QH15 bãi bỏ nghị quyết nào?", "03/2016/QH14; 04/2017/QH14."),
        ("Thông tư 7/2026/TT-BCĐ ban hành ngày nào?", "02 tháng 3 năm 2026."),
        ("Thông tư 7/2026/TT-BCĐ có hiệu lực từ ngày nào?", "15 tháng 4 năm 2026."),
        ("Cơ quan nào ban hành Thông tư 7/2026/TT-BCĐ?", "Bộ Cầu đường."),
        ("Nghị quyết 8/2026/QH15 được thông qua ngày nào?", "17 tháng 5 năm 2026."),
        ("Nghị quyết 8/2026/QH15 có hiệu lực khi nào?", "01 tháng 7 năm 2026."),
        ("Thông tư quy định việc góp ngày công làm cầu số bao nhiêu?", "07/2026/TT-BCĐ."),
        ("Thông tư 7/2026/TT-BCĐ là gì?", "07/2026/TT-BCĐ: Bộ Cầu đường, ngày 02 tháng 3 năm 2026."),
    ],
)
def test_documents_of_the_gazette(question: str, expected: str) -> None:
    answer = make_assistant(CIRCULAR, LAW).answer(question)
    assert answer.text.splitlines()[0] == expected
    assert_quotes_exact(answer, FakeEngine([CIRCULAR, LAW]))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Thông tư 5/2020/TT-BCĐ hết hiệu lực từ khi nào?", "15 tháng 4 năm 2026."),
        ("Hướng dẫn 12-HD/BTCTW bị thay thế khi nào?", "Từ ngày ký (29/09/2025)."),
    ],
)
def test_when_a_document_ends(question: str, expected: str) -> None:
    answer = make_assistant(CIRCULAR, NEW, OLD).answer(question)
    assert answer.text.splitlines()[0] == expected


AMENDED = make_document(
    "vb/sua",
    """BỘ CẦU ĐƯỜNG
Số: 17/2026/TT-BCĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 7/2026/TT-BCĐ

Căn cứ Luật Đường bộ;

Thông tư này có hiệu lực từ ngày 15 tháng 4 năm 2026 đến hết ngày 30 tháng 6 năm 2026.
""",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Thông tư 17/2026/TT-BCĐ sửa đổi thông tư nào?", "07/2026/TT-BCĐ."),
        ("Thông tư 7/2026/TT-BCĐ được sửa đổi bởi văn bản nào?", "17/2026/TT-BCĐ."),
        ("van ban nao sua doi thong tu 7/2026", "17/2026/TT-BCĐ."),
        ("Thông tư 17/2026/TT-BCĐ có hiệu lực đến khi nào?", "30 tháng 6 năm 2026."),
        ("Thông tư 17/2026/TT-BCĐ hết hiệu lực ngày nào?", "30 tháng 6 năm 2026."),
        ("Thông tư 17/2026/TT-BCĐ có hiệu lực từ khi nào?", "15 tháng 4 năm 2026."),
    ],
)
def test_what_a_document_amends_and_until_when_it_holds(question: str, expected: str) -> None:
    answer = make_assistant(AMENDED, CIRCULAR).answer(question)
    assert answer.text.splitlines()[0] == expected


def test_who_carries_a_circular_out_is_no_question_of_its_day() -> None:
    question = make_assistant(CIRCULAR).answer("Ai chịu trách nhiệm thi hành Thông tư 7/2026/TT-BCĐ?").question
    assert asked_validity(question) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("thông tư 7/2026/TT-BCĐ của Bộ Cầu đường quy định về vấn đề gì", True),
        ("hd 39 hướng dẫn gì", True),
        ("nghị quyết 02 nói về cái gì", True),
        ("Hướng dẫn nào giúp thực hiện Quy định 96-QĐ/TW?", False),
        ("Quy định 96-QĐ/TW quy định gì về tuổi đời?", False),
        ("Theo Quy định 96-QĐ/TW, kết nạp là gì?", False),
    ],
)
def test_only_the_subject_is_asked(question: str, asked: bool) -> None:
    assert asks_only_subject(make_assistant(NEW).answer(question).question) is asked


@pytest.mark.parametrize(
    "question",
    [
        "thông tư 7/2026/tt-bcđ về việc gì",
        "Thông tư 7/2026 của Bộ Cầu đường quy định gì?",
        "thong tu 7/2026 noi ve van de gi",
        "tên đầy đủ của Thông tư 7/2026/TT-BCĐ",
    ],
)
def test_a_document_is_told_by_its_own_title(question: str) -> None:
    answer = make_assistant(CIRCULAR, LAW).answer(question)
    assert [c.quote for c in answer.citations] == ["Quy định việc góp ngày công làm cầu"]


PARTED = make_document(
    "vb/nghi-dinh-dieu",
    """CHÍNH PHỦ
Số: 70/2026/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ ĐỊNH
Về việc làm cầu

Căn cứ Luật Đường bộ;

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi

Nghị định này quy định việc làm cầu.

Chương II
LÀM CẦU

Điều 2. Góp ngày công

Sửa Điều 9 của nghị định cũ như sau:

“Điều 9. Góp ngày công

Mỗi hộ góp mười ngày.”

Điều 3. Thi hành

Nghị định này có hiệu lực từ ngày 15 tháng 4 năm 2026.
""",
)


@pytest.mark.parametrize(
    ("question", "expected", "quote"),
    [
        ("Nghị định 70/2026/NĐ-CP có bao nhiêu điều?", "3 điều.", "Điều 3. Thi hành"),
        ("nghi dinh 70/2026 gom may chuong", "2 chương.", "Chương II"),
    ],
)
def test_how_many_parts(question: str, expected: str, quote: str) -> None:
    answer = make_assistant(PARTED).answer(question)
    assert answer.text.splitlines()[0] == expected
    assert answer.citations[0].quote.startswith(quote)


def test_what_older_rules_are_worth() -> None:
    answer = make_assistant(CIRCULAR).answer("Các văn bản cũ trái với Thông tư 7/2026/TT-BCĐ thì còn giá trị không?")
    assert [c.quote for c in answer.citations] == ["Các văn bản trước đây trái với Thông tư này đều bãi bỏ."]


def test_a_clause_is_not_the_document() -> None:
    answer = make_assistant(CIRCULAR).answer("Thông tư 8/2022/TT-BCĐ còn hiệu lực không?")
    assert not answer.text.startswith("Không còn")


MENTIONING = make_article(
    "tin/mot-nam",
    "Một năm nhìn lại\n\nVề kết quả một năm làm theo Quy định 74 (góp ngày công làm đường liên bản), ông Nam khen các bản; "
    "hằng năm các bản ghi sổ ngày công, đọc trước dân, gửi huyện theo Hướng dẫn số 4-HD/BTC ngày 3/2/2020 “ghi sổ ngày công”.",
)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Quy định 74 nói về vấn đề gì?", "Quy định 74 (góp ngày công làm đường liên bản)"),
        ("Hướng dẫn 4-HD/BTC hướng dẫn nội dung gì?", "Hướng dẫn số 4-HD/BTC ngày 3/2/2020 “ghi sổ ngày công”"),
    ],
)
def test_document_only_mentioned(question: str, quote: str) -> None:
    answer = make_assistant(MENTIONING, *CORPUS).answer(question)
    assert quote in answer.citations[0].quote


def test_valid_from_the_day_it_is_carried_out() -> None:
    text = "Hướng dẫn 39-HD/BTCTW\n\nHướng dẫn này thay thế Hướng dẫn số 13-HD/BTCTW, ngày 18-01-2022; thực hiện kể từ ngày ký."
    answer = make_assistant(make_article("vb/ky", text, date="2025-09-29")).answer("Hướng dẫn 39-HD/BTCTW có hiệu lực từ khi nào?")
    assert answer.text.startswith("Từ ngày ký (29/09/2025).")


def test_validity_nowhere_said_is_declined() -> None:
    assert make_assistant(OLD).answer("Hướng dẫn 12-HD/BTCTW thay thế văn bản nào?").status is Status.NOT_FOUND


def test_only_numbered_documents_have_a_validity() -> None:
    question = make_assistant(NEW).answer("Thẻ đảng viên còn hiệu lực không?").question
    assert asked_validity(question) is None
    assert asked_validity(make_assistant(NEW).answer("HD 38-HD/BTCTW het hieu luc chua").question) is Asked.IN_FORCE


def test_photographer_of_the_meeting() -> None:
    meeting = make_article(
        "tin/hop", "Huyện họp tổng kết\n\nChiều nay huyện họp tổng kết.\n\nQuang cảnh cuộc họp. Ảnh: Lê Văn Cam\n", date="2021-05-01"
    )
    answer = make_assistant(meeting, *CORPUS).answer("Ai chụp ảnh cuộc họp tổng kết của huyện?")
    assert answer.text.startswith("Lê Văn Cam.")
    assert answer.citations[0].article_id == "tin/hop"


OFFICIAL = """Hướng dẫn về huy hiệu (21-HD/BTCTU)

Các chi bộ lập danh sách gửi Ban Tổ chức Thành ủy trước mỗi đợt trao.

Nơi nhận:                                          K/T TRƯỞNG BAN
- Thường trực Thành ủy (để báo cáo),               PHÓ TRƯỞNG BAN
- Lưu.

                                                   Lò Thị Vàng
"""


def test_signature_below_a_document() -> None:
    article = make_article("vb/huy-hieu", OFFICIAL, date="2025-08-01", issuer="Ban Tổ chức Thành ủy")
    blocks = tuple(replace(b, kind=BlockKind.BYLINE) if b.start > OFFICIAL.index("Nơi") - 1 else b for b in article.blocks)
    signed = replace(article, blocks=blocks)
    signature = find_signature(signed)
    assert signature is not None and signature.post_span is not None
    assert (signature.name, signature.post) == ("Lò Thị Vàng", "Phó Trưởng Ban Tổ chức Thành ủy")
    assert OFFICIAL[slice(*signature.name_span)] == "Lò Thị Vàng"
    assert OFFICIAL[slice(*signature.post_span)] == "PHÓ TRƯỞNG BAN"
    assert make_assistant(signed).answer("Ai ký Hướng dẫn 21-HD/BTCTU?").text.startswith("Lò Thị Vàng.")
    assert make_assistant(signed).answer("Ai là Phó Trưởng Ban Tổ chức Thành ủy?").text.startswith("Lò Thị Vàng.")


DECREE = make_article(
    "vb/nghi-dinh",
    """NGHỊ ĐỊNH Quy định việc góp ngày công làm đường (61/2026/NĐ-CP)

Nghị định này quy định việc góp ngày công.

TM. CHÍNH PHỦ
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG

Lò Thị Mây

Phụ lục
Mẫu sổ ghi ngày công; trưởng bản ký giấy xác nhận.
""",
    date="2026-05-15",
    issuer="Chính phủ",
    kind="Nghị định",
)
AMENDING = make_article(
    "vb/sua-doi",
    DECREE.text.replace("Quy định việc", "Sửa đổi Nghị định số 19/2020/NĐ-CP quy định việc").replace("61/", "62/"),
    date="2026-06-15",
)


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký Nghị định 61/2026/NĐ-CP?",
        "Phó Thủ tướng nào ký Nghị định 61/2026?",
        "Phó Thủ tướng thay mặt Chính phủ ký Nghị định 61/2026/NĐ-CP là ai?",
        "chữ ký trên nghị định 61/2026 của ai",
        "nguoi ky nghi dinh 61/2026",
        "Nghị định 61/2026 do lãnh đạo nào đặt bút ký?",
        "người ký nghị định về việc góp ngày công làm đường tháng 5/2026",
        "Ai ký nghị định về việc góp ngày công làm đường?",
    ],
)
def test_who_signed(question: str) -> None:
    answer = make_assistant(DECREE).answer(question)
    assert answer.text.startswith("Lò Thị Mây.")
    assert [c.quote for c in answer.citations] == ["PHÓ THỦ TƯỚNG", "Lò Thị Mây"]


@pytest.mark.parametrize(
    "question",
    ["Ai ký Nghị định 19/2020/NĐ-CP?", "Ai ký giấy xác nhận ngày công?", "Ai ký quyết định cử cán bộ đi học?", "Ai viết thay đơn?"],
)
def test_signing_of_something_else(question: str) -> None:
    assert not make_assistant(DECREE, AMENDING).answer(question).text.startswith("Lò Thị Mây.")


@pytest.mark.parametrize(
    ("post", "issuer", "expected"),
    [
        ("THỨ TRƯỞNG", "Bộ Tài chính", "Thứ trưởng Bộ Tài chính"),
        ("CHỦ TỊCH", "Ủy ban Thường vụ Quốc hội", "Chủ tịch Quốc hội"),
        ("PHÓ CHỦ TỊCH", "Ủy ban nhân dân tỉnh Sơn La", "Phó Chủ tịch Ủy ban nhân dân tỉnh Sơn La"),
        ("PHÓ THỦ TƯỚNG", "Chính phủ", "Phó Thủ tướng"),
        ("TỔNG BÍ THƯ", "Ban Chấp hành Trung ương", "Tổng Bí thư"),
    ],
)
def test_post_of_a_signer(post: str, issuer: str, expected: str) -> None:
    signature = find_signature(make_article("vb/x", f"Thông tư\n\nLàm ngay.\n\nKT. AI\n{post}\n\nLò Văn Cam", issuer=issuer))
    assert signature is not None and signature.post == expected


@pytest.mark.parametrize(
    "signing",
    [
        "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\nLò Thị Vàng",
        "BỘ TRƯỞNG\n\nLò Thị Vàng",
        "KT. BỘ TRƯỞNG\n\nTHỨ TRƯỞNG\n\nLò Thị Vàng",
    ],
)
def test_signature_below_a_post_in_capitals(signing: str) -> None:
    article = make_article("vb/nghi-dinh", f"NGHỊ ĐỊNH\n\nĐiều 1. Nghị định này có hiệu lực từ ngày ký.\n\n{signing}\n")
    name = article.text.index("Lò Thị")
    blocks = tuple(replace(b, kind=BlockKind.BYLINE if b.start == name else BlockKind.BODY) for b in article.blocks)
    signature = find_signature(replace(article, blocks=blocks))
    assert signature is not None and signature.name == "Lò Thị Vàng"
    assert signature.post.lower().endswith(signing.split("\n")[-3].lower().removeprefix("kt. "))


def test_the_post_of_an_author_is_no_question_for_the_author() -> None:
    article = make_article("bai-viet", "Bài viết về rừng\n\nRừng ở xã Khe Lau xanh tốt.\n\nBan Tuyên giáo Huyện ủy\n")
    answer = make_assistant(article).answer("Ông Lê Văn Mận, người viết bài về rừng, giữ chức vụ gì ở xã Khe Lau?")
    assert answer.status is Status.NOT_FOUND


def test_an_article_is_no_signed_document() -> None:
    assert find_signature(CORPUS[0]) is None


LISTING = make_article(
    "vb/danh-muc",
    """Danh mục văn bản hay dùng

1. Quy định số 61-QĐ/TW về kiểm tra: Ban Chấp hành Trung ương ra ngày 30/5/2025.

2. Hướng dẫn số 62-HD/TW về cách làm theo Quy định số 61-QĐ/TW: Ban Bí thư ra ngày 10/6/2025.

Các chi bộ vẫn làm theo Chỉ thị số 63 ngày 15-5-2016 của Bộ Chính trị.
""",
)
RESOLUTION = make_article(
    "vb/nghi-quyet",
    """Nghị quyết số 64-NQ/ĐUK: nội dung và việc thực hiện

Cơ quan ban hành: Ban Chấp hành Đảng bộ Khối.

Trích yếu: “về chống lãng phí trong cơ quan”.

Hội nghị ngày 27/12/2021 bàn việc làm theo Nghị quyết số 64-NQ/ĐUK.
""",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Quy định 61-QĐ/TW do ai ban hành?", "Ban Chấp hành Trung ương."),
        ("quy dinh 61 qd/tw ban hanh ngay nao", "30/5/2025."),
        ("Hướng dẫn 62-HD/TW do cơ quan nào ban hành và ban hành khi nào?", "Ban Bí thư; 10/6/2025."),
        ("Chỉ thị số 63 ra ngày nào?", "15-5-2016."),
        ("Nghị quyết 64-NQ/ĐUK của ai?", "Ban Chấp hành Đảng bộ Khối."),
        ("Nghị quyết 64-NQ/ĐUK được ký ngày nào?", NOT_FOUND_SENTENCE),
        ("NQ 64", "64-NQ/ĐUK: Ban Chấp hành Đảng bộ Khối."),
        ("nq64/đuk", "64-NQ/ĐUK: Ban Chấp hành Đảng bộ Khối."),
        ("61-QĐ/TU", NOT_FOUND_SENTENCE),
    ],
)
def test_facts_of_a_numbered_document(question: str, lead: str) -> None:
    articles = (LISTING, RESOLUTION)
    answer = make_assistant(*articles).answer(question.replace("dinh", "định").replace("ban hanh ngay nao", "ban hành ngày nào"))
    assert answer.text.splitlines()[0] == lead
    assert_quotes_exact(answer, FakeEngine(articles))


def test_the_subject_of_a_document_is_quoted() -> None:
    answer = make_assistant(LISTING, RESOLUTION).answer("Nghị quyết 64-NQ/ĐUK có tên gọi là gì?")
    assert "chống lãng phí" in answer.citations[0].quote


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


def test_the_noun_asked_for_tells_the_kind_of_list() -> None:
    assert kinds_asked("Làm thủ tục xin thẻ cần giấy tờ nào?") == kinds_of("giấy tờ")
    assert kinds_asked("Thủ tục xin thẻ ra sao?") == kinds_of("thủ tục")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        pytest.param("4.4.2. Đảng viên báo cáo.", "Đảng viên báo cáo.", id="section"),
        pytest.param("19.1 Khi đủ phiếu.", "Khi đủ phiếu.", id="section without a last dot"),
        pytest.param("- a) Nộp hồ sơ.", "Nộp hồ sơ.", id="dash and letter"),
        pytest.param("Đáp: Có.", "Có.", id="label"),
        pytest.param("3.390 đảng viên", "3.390 đảng viên", id="a number that is said"),
        pytest.param("2.5 triệu đồng", "2.5 triệu đồng", id="a decimal"),
        pytest.param("10. ", "10. ", id="nothing else"),
    ],
)
def test_quotations_begin_after_the_number_in_front(text: str, rest: str) -> None:
    assert text[slice(*without_number(text, Span(0, len(text))))] == rest


def test_long_sentence_is_cut_to_the_parts_that_are_asked() -> None:
    text = "Trong tuần đầu, đoàn đi thăm ba xã, phát quà cho các cháu, trồng hai nghìn cây thông, và về nhà lúc tối."
    asked = weigh_terms("trồng bao nhiêu cây thông", count_terms([]), restored=False)
    span = shorten(text, Span(0, len(text)), asked, None, 12)
    assert text[slice(*span)] == "phát quà cho các cháu, trồng hai nghìn cây thông"
    assert shorten(text, Span(0, len(text)), asked, None, 40) == Span(0, len(text))
    assert shorten(text, Span(0, len(text)), asked, 2, 12).start == 0


@pytest.mark.parametrize(
    ("text", "question", "most", "expected"),
    [
        pytest.param(
            "Huyện chăm lo kinh tế - xã hội vùng cao, sửa đường liên bản, sửa cầu treo qua suối.",
            "xã hội vùng cao",
            10,
            "Huyện chăm lo kinh tế - xã hội vùng cao",
            id="dash-of-a-word",
        ),
        pytest.param(
            "Bản góp ngày công (theo sổ của bản; mỗi hộ mười ngày), rồi làm đường, rồi làm cầu.",
            "mỗi hộ mười ngày",
            14,
            "Bản góp ngày công (theo sổ của bản; mỗi hộ mười ngày)",
            id="inside-brackets",
        ),
        pytest.param(
            "Trưởng bản ghi sổ ngày công, đọc trước dân, nộp xã.",
            "đọc trước dân",
            9,
            "Trưởng bản ghi sổ ngày công, đọc trước dân",
            id="with-its-subject",
        ),
    ],
)
def test_where_a_long_sentence_is_cut(text: str, question: str, most: int, expected: str) -> None:
    asked = weigh_terms(question, count_terms([]), restored=False)
    assert text[slice(*shorten(text, Span(0, len(text)), asked, None, most))] == expected


def test_a_sentence_that_a_page_number_cuts_is_quoted_whole() -> None:
    text = (
        "HUYỆN ỦY SÔNG MƠ\nSố 12-HD/HU\nHƯỚNG DẪN\nvề việc góp ngày công\n\n"
        "Bà con các bản góp ngày công làm đường, làm cầu và làm nhà văn hóa của bản theo sổ.\n\n"
        "Hộ có người già thì trưởng bản xem xét từng trường hợp cụ thể rồi cho miễn hoặc\n2\ngiảm ngày công và ghi vào sổ của bản.\n\n"
        "Xã kiểm tra sổ ngày công của các bản vào cuối mỗi tháng rồi báo cáo huyện xem xét, giúp\nđỡ những bản còn khó khăn.\n"
    )
    answer = make_assistant(make_document("vb/trang", text)).answer("Hộ có người già thì trưởng bản xem xét thế nào?")
    halves = [on_one_line(c.quote) for c in answer.citations][:2]
    assert halves[0].startswith("Hộ có người già") and halves[0].endswith("cho miễn hoặc")
    assert halves[1] == "giảm ngày công và ghi vào sổ của bản."


def test_line_breaks_of_the_source_are_spaces_in_the_answer() -> None:
    assert on_one_line("bàn việc \ntrồng rừng\n\nở xã") == "bàn việc trồng rừng ở xã"


def test_a_decline_names_no_article_about_another_number() -> None:
    other = make_article("khac", "Quy định 08-QĐ/TU về trồng rừng\n\nQuy định số 08-QĐ/TU nói về trồng rừng.")
    plain = make_article("thuong", "Quy định mới về làm đường\n\nMột quy định về làm đường được bàn.")
    answer = make_assistant(other, plain).answer("Quy định số 15-QĐ/TU nói về gì?")
    assert answer.status is Status.NOT_FOUND
    assert [hit.metadata.title for hit in answer.nearest] == ["Quy định mới về làm đường"]


def test_holder_of_another_province_is_no_answer() -> None:
    here = make_article("day", "Tin họp\n\nĐồng chí Trần Thị Bưởi, Bí thư Đảng ủy Khối, dự họp ở Nghệ An.")
    answer = make_assistant(here).answer("Ai là Bí thư Đảng ủy Khối Các cơ quan tỉnh Hà Tĩnh?")
    assert "Bưởi" not in answer.text


def test_sources_that_disagree_stand_side_by_side_the_newer_first() -> None:
    early = make_article("som", "Tin làm đường\n\nHội nghị làm đường có 40 đại biểu của các xã tham dự.", date="2021-03-05")
    late = make_article("muon", "Tin làm đường\n\nHội nghị làm đường có 45 đại biểu của các xã tham dự.", date="2021-04-01")
    answer = make_assistant(early, late).answer("Hội nghị làm đường có bao nhiêu đại biểu tham dự?")
    assert [citation.article_id for citation in answer.citations] == ["muon", "som"]
    first = answer.text.splitlines()[0]
    assert first.startswith("Các nguồn ghi khác nhau: 45 đại biểu") and first.index("01/04/2021") < first.index("40 đại biểu")


def test_what_was_replaced_is_no_second_source_and_is_said_to_be_old() -> None:
    old = make_article("cu", "Tin làm đường\n\nHội nghị làm đường có 40 đại biểu của các xã tham dự.", date="2021-03-05")
    new = make_article("moi", "Tin làm đường, bản đủ\n\nHội nghị bàn thêm việc trồng rừng với các xã.", date="2021-04-01")
    new = replace(new, metadata=replace(new.metadata, supersedes="cu"))
    answer = make_assistant(old, new).answer("Hội nghị làm đường có bao nhiêu đại biểu tham dự?")
    assert answer.text.splitlines()[0].startswith("40 đại biểu")
    assert answer.text.splitlines()[-1] == "Lưu ý: nguồn ngày 05/03/2021 đã có bản thay thế: Tin làm đường, bản đủ (ngày 01/04/2021)."
    of_then = make_assistant(old, new).answer("Hội nghị làm đường trước đây có bao nhiêu đại biểu tham dự?")
    assert "bản thay thế" not in of_then.text


def test_validity_by_the_metadata_where_no_sentence_tells_it() -> None:
    old = make_article("cu", "Hướng dẫn 11-HD/BTC về trồng rừng\n\nHướng dẫn 11-HD/BTC nói về trồng rừng.", date="2021-03-05")
    new = make_article("moi", "Hướng dẫn 21-HD/BTC về trồng rừng\n\nHướng dẫn 21-HD/BTC nói về trồng rừng.", date="2022-03-05")
    new = replace(new, metadata=replace(new.metadata, supersedes="cu"))
    answer = make_assistant(old, new).answer("Hướng dẫn 11-HD/BTC còn hiệu lực không?")
    assert answer.text.startswith("Không còn: đã được 21-HD/BTC thay thế.")
    assert [citation.article_id for citation in answer.citations] == ["moi"]


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        pytest.param("Người mới có được biểu quyết, bầu cử không?", "Người mới không biểu quyết, bầu cử.", "Không", id="denied"),
        pytest.param("Xã có trồng thông không?", "Năm ngoái, xã trồng thông trên đồi.", "Có", id="said"),
        pytest.param("Xã có trồng thông không?", "Xã không làm đường, chỉ trồng thông.", None, id="a negation of something else"),
        pytest.param("Xã có trồng thông không?", "Xã trồng lim.", None, id="something else"),
        pytest.param("Tre có được trồng lại không?", "Tre trồng lại ba lần mà không đủ cây thì báo lên xã.", None, id="denied of its end"),
        pytest.param("Xã có bao nhiêu cây thông?", "Xã có nhiều cây thông.", None, id="no such question"),
    ],
)
def test_yes_or_no_only_where_it_is_plain(question: str, sentence: str, verdict: str | None) -> None:
    asked = understand_question(question, (), UNDERSTAND, Filters())
    assert find_verdict(asked, sentence) == verdict


def test_two_people_of_one_name_are_kept_apart() -> None:
    one = make_article("mot", "Tin họp\n\nĐồng chí Trần Thị Bưởi, Giám đốc Sở Y tế tỉnh Nghệ An, dự họp.", date="2021-03-05")
    two = make_article("hai", "Tin làm đường\n\nĐồng chí Trần Thị Bưởi, Chủ tịch UBND tỉnh Hà Tĩnh, dự họp.", date="2021-04-01")
    lines = make_assistant(one, two).answer("Trần Thị Bưởi giữ chức vụ gì?").text.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["Trần Thị Bưởi (Hà Tĩnh)", "Trần Thị Bưởi (Nghệ An)"]


GLOSSARY = make_article(
    "so-tay/tu-ngu",
    """Từ ngữ trong sổ tay làm vườn

1.1. Ươm cành giống là việc giữ cành trong bầu đất tới khi ra rễ, dùng cho cây ăn quả.

1.2. Việc ươm cành giống phải làm trước mùa mưa, kẻo cành giống thối.

Lưu ý: chiết cây là bóc vỏ một đoạn cành của cây mẹ; ghép là nối mắt cây này vào gốc cây khác.

- Dụng cụ phải sạch.

- Người làm phải rửa tay.

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
        ("Đất sạch là gì?", ["“Đất sạch” gồm:", "mùn cưa", "tro trấu."]),
    ],
)  # fmt: skip
def test_definitions(question: str, quotes: list[str]) -> None:
    assistant = make_assistant(GLOSSARY, *CORPUS)
    answer = assistant.answer(question)
    assert_quotes_exact(answer, assistant.engine)  # type: ignore[arg-type]
    assert [citation.quote for citation in answer.citations] == quotes


def test_no_list_follows_a_sentence_that_announces_none() -> None:
    answer = make_assistant(GLOSSARY).answer("Nối mắt cây này vào gốc cây khác gọi là gì?")
    assert "rửa tay" not in answer.text
