"""Rules of extractive answers beside holders and lists: counting the catalogue, comparing, validity of documents, credits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Corpus, FakeEmbedder, make_article
from qa_fakes import CORPUS, UNDERSTAND, FakeEngine, assert_quotes_exact, make_assistant

from index.build import build
from index.engine import Engine
from index.settings import Settings
from index.types import BlockKind, Expansion, Filters, Query, Span
from qa.chain import Assistant
from qa.comparison import find_sides
from qa.counting import count_articles
from qa.lists import find_enumerations
from qa.question import understand_question
from qa.quotes import on_one_line, shorten, without_number
from qa.signatures import find_signature
from qa.terms import count_terms, weigh_terms
from qa.types import NOT_FOUND_SENTENCE, Answer, Status
from qa.validity import Asked, asked_validity
from qa.verdict import find_verdict

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


@pytest.mark.parametrize(
    ("question", "first_line", "articles"),
    [
        pytest.param("Có bao nhiêu bài viết về trồng rừng?", '2 bài viết nhắc đến "trồng rừng"', ["b", "a"], id="topic, newest first"),
        pytest.param("Có mấy văn bản do Sở Lâm nghiệp ban hành năm 2021?", "2 văn bản", ["b", "a"], id="issuer and year"),
        pytest.param("Có bao nhiêu tin năm 2022?", "1 tin có ngày trong năm 2022", ["c"], id="kind and year"),
        pytest.param("Bao nhiêu tài liệu nhắc đến nghị quyết 07?", '2 tài liệu nhắc đến "07-NQ/ĐUK"', ["c", "d"], id="document number"),
        pytest.param("Kho tài liệu có bao nhiêu văn bản?", "4 văn bản trong kho tài liệu", ["c", "b", "a", "d"], id="everything"),
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
        ("Chuyển sang nơi khác thì phải làm thủ tục nào?", None),
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
