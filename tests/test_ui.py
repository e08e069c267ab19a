"""The app without a browser: HTML that cannot be broken out of, fields, CSV, the steps of each tab, the page over loopback HTTP."""

from __future__ import annotations

import csv
import io
import logging
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import HOSTILE, FakeAnswering, FakeLibrary, make_article, make_backend, serving

from index.errors import QueryError
from index.intake import Progress
from index.types import Block, BlockKind, Chunk, Expansion, Explanation, Filters, Hit, ListedArticle, Metadata, Query, Skipped, Span
from qa.types import Answer, AnswerType, Citation, Question, Status
from ui import strings
from ui.backend import Added
from ui.chat_view import Exchange, conversation, pending, plain_text
from ui.examples import EXAMPLES
from ui.export import COLUMNS, guard_formula, hits_to_csv
from ui.fields import make_filters, parse_date_field
from ui.guard import sentence
from ui.library_view import holdings_cards, matching, number, row_table, skipped_list, upload_outcome, upload_progress
from ui.page import to_vietnamese
from ui.render import article_panel, marked, merge_spans, origin, took
from ui.search_view import explanation_line, hit_list, list_tools, snippet

ROOT = Path(__file__).resolve().parents[1]
ALLOWED_TAGS = {"article", "header", "div", "section", "span", "button", "a", "h2", "h3", "p", "b", "em", "small", "mark"} | {
    *("dl", "dt", "dd", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "progress"),
}


class Tags(HTMLParser):
    """Every tag with its attributes, and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(html: str) -> None:
    """Only our own tags, no event handlers, no address but our own CSV."""
    for tag, attributes in Tags(html).tags:
        assert tag in ALLOWED_TAGS, tag
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "srcdoc")]
        assert (attributes.get("href") or "danh-sach.csv").startswith("danh-sach.csv")


def ask(text: str, standalone: str = "", query: Query | None = None) -> Question:
    return Question(text, standalone or text, AnswerType.OTHER, query or Query(text, text))


def cite(number: int, article_id: str, start: int, quote: str, title: str = "Bài A") -> Citation:
    return Citation(number, article_id, title, "2021-12-27", "Cơ quan A", quote, start, start + len(quote))


def hit_of(title: str, text: str, *, highlights: tuple[Span, ...] = (), start: int = 0, **explained: object) -> Hit:
    chunk = Chunk(1, "thu/muc", 0, start, start + len(text), text, title, BlockKind.BODY, 5)
    return Hit(chunk, Metadata(title), 1.0, Explanation(**explained), highlights)  # type: ignore[arg-type]


# --- article text to HTML ---------------------------------------------------------------------------------------------------


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_marking_keeps_the_text_and_marks_exactly_the_spans(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    html = marked(text, 0, len(text), spans)
    wanted = {position for span in spans for position in range(span.start, min(span.end, len(text)))}
    plain: list[str] = []
    inside, found = False, set()
    for piece in re.split(r"(</?mark>)", html):
        if piece in ("<mark>", "</mark>"):
            inside = piece == "<mark>"
            continue
        parsed = _unescape(piece)
        found |= set(range(len("".join(plain)), len("".join(plain)) + len(parsed))) if inside else set()
        plain.append(parsed)
    assert "".join(plain) == text
    assert found == wanted


def _unescape(text: str) -> str:
    """The five characters html.escape replaces, and no others, unlike html.unescape, which knows `&copy` too."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        pytest.param([Span(1, 3), Span(2, 5)], [Span(1, 5)], id="overlapping"),
        pytest.param([Span(6, 8), Span(1, 2)], [Span(1, 2), Span(6, 8)], id="out of order"),
        pytest.param([Span(-4, 2), Span(9, 30)], [Span(0, 2), Span(9, 10)], id="beyond the ends"),
        pytest.param([Span(4, 4)], [], id="empty"),
    ],
)
def test_merge_spans(spans: list[Span], merged: list[Span]) -> None:
    assert merge_spans(spans, 0, 10) == merged


def test_the_panel_shows_every_word_once_with_the_cited_sentence_marked() -> None:
    article = make_article("a/b", "Tiêu đề", "2021-12-27", "Cơ quan A", "Tin", "Câu một. Câu hai.\n\nĐoạn sau.")
    start = article.text.index("Câu hai.")
    shown = Tags(article_panel(article, Span(start, start + 8)))
    assert shown.text.endswith("Câu một. Câu hai.Đoạn sau.")
    assert ("mark", {"class": "cited"}) in shown.tags
    for fact in ("27/12/2021", "Cơ quan A", "Tin", "a/b"):
        assert fact in shown.text


def test_the_panel_leads_to_the_article_this_one_replaces() -> None:
    article = make_article("a/b", "Tiêu đề", None, None, None, "Nội dung.")
    newer = replace(article, metadata=replace(article.metadata, supersedes="a/cu"))
    assert [a.get("data-article") for _, a in Tags(article_panel(newer)).tags if a.get("data-do") == "open_article"] == ["a/cu"]


def test_the_panel_shows_text_no_block_covers_and_says_when_there_is_no_date() -> None:
    article = make_article("a/b", "Tiêu đề", None, None, None, "Đoạn một.\n\nĐoạn hai.")
    partly = replace(article, blocks=(article.blocks[0], Block(BlockKind.HEADING, article.blocks[2].start, article.blocks[2].end)))
    shown = Tags(article_panel(partly))
    assert "Đoạn một." in shown.text and strings.UNKNOWN_DATE in shown.text
    assert [tag for tag, _ in shown.tags].count("h3") == 1


def test_hostile_text_stays_text_everywhere() -> None:
    article = make_article("thu/<x>", HOSTILE, "2020-01-01", HOSTILE, HOSTILE, HOSTILE)
    listed = ListedArticle(HOSTILE, article.metadata, HOSTILE, False)
    hit = hit_of(HOSTILE, HOSTILE, highlights=(Span(3, 9),), words=(HOSTILE,), expansions=(Expansion(HOSTILE, HOSTILE, HOSTILE),))
    citation = cite(1, HOSTILE, 0, HOSTILE, title=HOSTILE)
    query = Query(HOSTILE, HOSTILE + "x", expansions=(Expansion(HOSTILE, HOSTILE, "diacritics"),))
    answers = [
        Answer(ask(HOSTILE, HOSTILE + "x", query), f"{HOSTILE} [1]", Status.ANSWERED, (citation,), notice=HOSTILE),
        Answer(ask(HOSTILE), HOSTILE, Status.NOT_FOUND, nearest=(hit,)),
    ]
    pages = [
        article_panel(article, Span(0, 20)),
        conversation([Exchange(HOSTILE, answer) for answer in answers] + [Exchange(HOSTILE, error=HOSTILE)]),
        pending(HOSTILE, HOSTILE),
        hit_list([hit], query, 0.1),
        row_table([listed]),
        skipped_list([Skipped(HOSTILE, HOSTILE)]),
        upload_outcome(Added((HOSTILE,), (Skipped(HOSTILE, HOSTILE),))),
        list_tools('danh-sach.csv?q="><script>', more=True),
    ]
    for page in pages:
        assert_harmless(page)
    assert sum(Tags(page).text.count("**đậm** [a](javascript:alert(1)) ${1+1} {{value}}") for page in pages) > 12


@pytest.mark.parametrize(("seconds", "shown"), [(0.001, "dưới 0,01 giây"), (0.084, "0,08 giây"), (12.3, "12,30 giây")])
def test_seconds_as_vietnamese_writes_them(seconds: float, shown: str) -> None:
    assert took(seconds) == shown


def test_origin_leaves_out_what_is_not_known() -> None:
    assert origin(Metadata("t")) == strings.UNKNOWN_DATE
    assert origin(make_article("a", "t", "2022-01", "Tỉnh ủy", "Quy định", "x").metadata) == "01/2022 · Tỉnh ủy · Quy định"


# --- the chat ---------------------------------------------------------------------------------------------------------------


def chips(html: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(a.get("data-article"), a.get("data-start"), a.get("data-end")) for _, a in Tags(html).tags if a.get("class") == "chip"]


def test_each_mark_opens_its_own_span() -> None:
    citations = (cite(1, "a", 5, "một"), cite(2, "b", 7, "hai"), cite(1, "a", 50, "ba"))
    answer = Answer(ask("hỏi"), "“một” [1] và “hai” [2]\n“ba” [1], lại [1], lạ [9]", Status.ANSWERED, citations)
    html = conversation([Exchange("hỏi", answer)])
    assert chips(html) == [("a", "5", "8"), ("b", "7", "10"), ("a", "50", "52"), ("a", "50", "52")]
    assert "lạ [9]" in Tags(html).text


def test_the_welcome_offers_five_questions() -> None:
    offered = [a.get("data-question") for _, a in Tags(conversation([])).tags if a.get("data-do") == "ask"]
    assert offered == list(EXAMPLES) and len(offered) == 5


@pytest.mark.parametrize(
    ("text", "standalone", "query", "shown", "undo"),
    [
        pytest.param("Ai?", "Ai?", Query("Ai?", "Ai?"), False, False, id="as typed"),
        pytest.param("Đảng uỷ?", "Đảng ủy?", Query("x", "x"), False, False, id="only the place of a tone mark"),
        pytest.param("họp ở đâu", "Hội nghị tháng 3 họp ở đâu", Query("x", "x"), True, False, id="follow-up"),
        pytest.param("hop", "họp", Query("hop", "họp", expansions=(Expansion("hop", "họp", "diacritics"),)), True, True, id="restored"),
        pytest.param("hop o dau", "Hội nghị họp ở đâu; họp ở đâu", Query("x", "x"), True, True, id="restored follow-up"),
    ],
)
def test_what_was_understood_is_shown_and_can_be_undone(text: str, standalone: str, query: Query, shown: bool, undo: bool) -> None:
    html = conversation([Exchange(text, Answer(ask(text, standalone, query), "x", Status.NOT_FOUND))])
    assert (strings.UNDERSTOOD in html, strings.LITERAL in html) == (shown, undo)


def test_a_decline_offers_three_articles_and_a_failure_its_sentence() -> None:
    hits = tuple(hit_of(f"Bài {n}", "chữ") for n in range(5))
    html = conversation(
        [Exchange("q", Answer(ask("q"), "Không có.", Status.NOT_FOUND, nearest=hits)), Exchange("r", error="Câu hỏi trống.")]
    )
    assert [name for name in (f"Bài {n}" for n in range(5)) if name in html] == ["Bài 0", "Bài 1", "Bài 2"]
    assert "Câu hỏi trống." in html


def test_what_is_copied_names_the_sources() -> None:
    answer = Answer(ask("Khi nào?"), "“Ngày 27” [1]", Status.ANSWERED, (cite(1, "a", 0, "Ngày 27"),))
    assert plain_text(answer) == "Khi nào?\n\n“Ngày 27” [1]\n\nNguồn:\n[1] Bài A (27/12/2021, Cơ quan A)"


def test_an_answer_streams_and_earlier_turns_go_along() -> None:
    from ui.chat import answer_steps

    answering = make_backend().answering
    assert isinstance(answering, FakeAnswering)
    steps = list(answer_steps(answering, "Hồ sơ nhân sự lưu trữ mấy năm?", [], Filters()))
    assert steps[0] == ("", Exchange("Hồ sơ nhân sự lưu trữ mấy năm?", error=strings.STOPPED))
    assert steps[1][0].startswith("“Hồ sơ nhân sự")
    last = steps[-1][1]
    assert last.answer and last.answer.citations[0].article_id == "quy-dinh/so-11"
    list(answer_steps(answering, "Còn hồ sơ họp?", [last, Exchange("hỏng", error="lỗi")], Filters(), restore=False))
    text, turns, _, restore = answering.asked[-1]
    assert (text, [turn.question for turn in turns], restore) == ("Còn hồ sơ họp?", ["Hồ sơ nhân sự lưu trữ mấy năm?"], False)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        pytest.param(QueryError("Câu hỏi đang trống."), "Câu hỏi đang trống.", id="ours"),
        pytest.param(RuntimeError("secret path /x"), strings.UNEXPECTED, id="anything else"),
    ],
)
def test_a_failure_becomes_one_sentence(error: Exception, shown: str, caplog: pytest.LogCaptureFixture) -> None:
    from ui.chat import answer_steps

    with caplog.at_level(logging.CRITICAL, logger="hoidap.ui"):
        steps = list(answer_steps(make_backend(fail=error).answering, "hồ sơ", [], Filters()))
    assert steps[-1][1] == Exchange("hồ sơ", error=shown)
    assert sentence(error) == shown


# --- fields, search, CSV ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("27/12/2021", date(2021, 12, 27), date(2021, 12, 27)),
        (" 7.2.2018 ", date(2018, 2, 7), date(2018, 2, 7)),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-12-27", date(2021, 12, 27), date(2021, 12, 27)),
        ("", None, None),
        (None, None, None),
    ],
)
def test_dates_as_people_type_them(typed: str | None, first: date | None, last: date | None) -> None:
    assert (parse_date_field(typed), parse_date_field(typed, last=True)) == (first, last)


@pytest.mark.parametrize("typed", ["32/1/2021", "13/2021", "hôm qua", "27/12", "0000", "1/1/21"])
def test_a_date_that_is_none_is_named(typed: str) -> None:
    with pytest.raises(QueryError, match=re.escape(typed)):
        parse_date_field(typed)


def test_a_period_must_not_end_before_it_begins() -> None:
    assert make_filters("2021", "2021", ["Tin"], None, []) == Filters(date(2021, 1, 1), date(2021, 12, 31), ("Tin",))
    with pytest.raises(QueryError, match="ngược"):
        make_filters("2022", "2021")


def test_a_snippet_is_short_and_holds_the_first_highlight() -> None:
    words = " ".join(f"từ{n}" for n in range(400))
    place = words.index("từ250")
    html = snippet(hit_of("t", words, start=1000, highlights=(Span(1000 + place, 1000 + place + 5),)))
    assert "<mark>từ250</mark>" in html and html.startswith("… ") and html.endswith(" …")
    assert 200 < len(Tags(html).text) < 380
    assert snippet(hit_of("t", "ngắn")) == "ngắn"


@given(st.integers(1, 900), st.integers(0, 899), st.sampled_from(["x", "từ ", "một hai ba "]))
def test_a_snippet_is_a_stretch_of_the_chunk_around_the_highlight(length: int, focus: int, unit: str) -> None:
    text = (unit * length)[:length]
    focus = min(focus, length - 1)
    shown = Tags(snippet(hit_of("t", text, highlights=(Span(focus, focus + 1),))))
    assert shown.text.removeprefix("… ").removesuffix(" …") in text
    assert "mark" in dict(shown.tags)


def test_an_explanation_in_words() -> None:
    found = Explanation(3, 1, ("chi bộ",), ("08-QĐ/TU",), ("đánh giá",), (Expansion("BTV", "Ban Thường vụ", "abbreviation"),))
    assert explanation_line(found) == (
        "Đúng số hiệu: 08-QĐ/TU · Đúng cụm từ: “đánh giá” · Khớp từ: chi bộ · BTV → Ban Thường vụ (viết tắt)"
        " · Xếp hạng theo từ thứ 1, theo nghĩa thứ 3"
    )
    assert explanation_line(Explanation(dense_rank=2)) == "Xếp hạng theo nghĩa thứ 2"


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    hits = [hit_of("=1+1", "dòng một\ndòng, hai"), hit_of("Bài “thường”", '-cmd "x"')]
    content = hits_to_csv(hits)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [
        list(COLUMNS),
        ["1", "'=1+1", "", "", "", "dòng một dòng, hai", "thu/muc"],
        ["2", "Bài “thường”", "", "", "", '\'-cmd "x"', "thu/muc"],
    ]


@given(st.text())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    guarded = guard_formula(cell)
    assert guarded.removeprefix("'") == cell.removeprefix("'") or guarded == cell
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_searching_with_filters_and_without_words() -> None:
    from ui.search import Request, find_hits, results

    backend = make_backend()
    assert [hit.article_id for hit in find_hits(backend, Request("hồ sơ lưu trữ", kinds=("Quy định",)))] == ["quy-dinh/so-11"]
    assert strings.SEARCH_START in results(backend, Request())
    only = results(backend, Request(date_from="2022", date_to="2022"))
    assert "2 bài hợp với bộ lọc" in only and only.index("Tập huấn") < only.index("Họp giao ban")
    assert "Không đọc được ngày" in results(backend, Request("hồ sơ", date_from="mai"))
    assert strings.NO_HITS in results(backend, Request("zzz"))


# --- the library ------------------------------------------------------------------------------------------------------------


def test_the_table_filters_with_or_without_diacritics() -> None:
    rows = make_backend().library.listing(Filters())
    assert [row.article_id for row in matching(rows, "VAN phong hop")] == ["tin-tuc/hop-giao-ban"]
    assert matching(rows, "") == rows
    assert "hiện 2 bài đầu" in row_table(rows, "", shown=2)
    assert strings.LIBRARY_NO_MATCH in row_table(rows, "zzz")
    assert strings.LIBRARY_EMPTY in row_table([])


def test_counts_and_skipped_files() -> None:
    held = make_backend().library.holdings()
    assert number(1234567) == "1.234.567"
    assert ">6<" in holdings_cards(held)
    assert strings.NEVER_INGESTED in holdings_cards(replace(held, finished=None))
    assert Tags(skipped_list([Skipped("a/b.pdf", "Tệp b.pdf trống."), Skipped("c.doc", "lạ.")])).text.endswith("Tệp b.pdf trống.c.doc lạ.")
    assert strings.NONE_SKIPPED in skipped_list([])


def test_an_upload_reports_progress_then_its_outcome(tmp_path: Path) -> None:
    from ui.library import add_steps

    library = make_backend().library
    (tmp_path / "thu.txt").write_text("Bài mới nạp\n\nNội dung mới.", encoding="utf-8")
    (tmp_path / "la.xyz").write_bytes(b"?")
    steps = list(add_steps(library, [tmp_path / "thu.txt", tmp_path / "la.xyz"]))
    assert steps[0] == upload_progress(Progress("read", 0, 0, 0))
    assert "Bài mới nạp" in steps[-1] and "la.xyz" in steps[-1]
    assert library.holdings().articles == 7


def test_a_failed_change_is_a_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from ui.library import add_steps, overview, remove

    class Broken(FakeLibrary):
        def listing(self, filters: Filters) -> list[ListedArticle]:
            raise QueryError("Kho đang bận.")

    library = Broken({})
    with caplog.at_level(logging.CRITICAL, logger="hoidap.ui"):
        assert strings.UNEXPECTED in list(add_steps(library, [tmp_path / "missing.txt"]))[-1]
        assert strings.UNEXPECTED in remove(library, "x")
    assert "Kho đang bận." in overview(library)[2]


# --- the page ---------------------------------------------------------------------------------------------------------------


def test_the_first_page_is_vietnamese_and_names_no_outside_host() -> None:
    served = (
        '<html\n lang="en"><head><meta property="og:image"\n content="https://outside.example/a.png" />'
        '<meta name="twitter:creator" content="@x" /></head><body><gradio-app></gradio-app></body></html>'
    )
    page = to_vietnamese(served)
    assert 'lang="vi"' in page and f"<title>{strings.PRODUCT}</title>" in page
    assert "outside.example" not in page and "twitter" not in page
    assert page.index(strings.LOADING_PAGE) < page.index("<gradio-app")


def test_style_and_script_fetch_nothing() -> None:
    for name in ("style.css", "script.js"):
        text = (ROOT / "ui" / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(", text), name


def test_every_string_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").glob("*.py"))
    unused = [name for name in vars(strings) if name.isupper() and not re.search(rf"strings\.{name}\b", code)]
    assert unused == []


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The app over the invented library, on a free port of this machine."""
    with serving(make_backend()) as address:
        yield address


def test_the_page_over_http(served: str) -> None:
    page = httpx.get(served, headers={"Accept-Encoding": "gzip, br"}).text
    assert re.search(r'<html\s+lang="vi"', page)
    hosts = set(re.findall(r"https?://([\w.-]+)", page)) - {"127.0.0.1", "www.w3.org"}  # the namespace of the icon's SVG
    assert hosts == set()
    assert "fonts.googleapis" not in httpx.get(f"{served}/theme.css").text
    for path in ("docs", "redoc", "openapi.json", "monitoring/summary"):
        assert httpx.get(f"{served}/{path}").status_code in (403, 404), path


def test_the_csv_over_http(served: str) -> None:
    answer = httpx.get(f"{served}/danh-sach.csv", params={"q": "hồ sơ lưu trữ", "loai": ["Quy định"]})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Tiêu đề", "Quy định 11-QĐ/SL về lưu trữ hồ sơ"]
    refused = httpx.get(f"{served}/danh-sach.csv", params={"q": "hồ sơ", "tu": "32/13/2021"})
    assert refused.status_code == 400 and "32/13/2021" in refused.text


def test_a_busy_port_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {"HOIDAP_PORT": str(port), "PATH": ""}
        refused = subprocess.run([sys.executable, "-m", "ui"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in refused.stderr and "Traceback" not in refused.stderr
