"""What the app shows, as pure functions: HTML that cannot be broken out of, chips that open their own span, short snippets."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import HOSTILE, hit_of, make_article, make_backend

from index.types import Block, BlockKind, Expansion, Explanation, Filters, ListedArticle, Metadata, Query, Skipped, Span
from qa.types import Answer, AnswerType, Citation, Question, Status
from ui import strings
from ui.backend import Added
from ui.chat_view import Exchange, conversation, pending, plain_text
from ui.examples import EXAMPLES
from ui.library_view import holdings_cards, matching, number, row_table, skipped_list, upload_outcome
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
    hit = hit_of(HOSTILE, HOSTILE, highlights=(Span(3, 9),), words=(HOSTILE,), expansions=(Expansion(HOSTILE, HOSTILE, "spelling"),))
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


def test_labels_of_sources_look_alike() -> None:
    citations = (cite(1, "a", 5, "một"), cite(2, "b", 7, "hai"))
    answer = Answer(ask("hỏi"), "Tin nhanh – hơn 60:\n“một” [1]\nBáo cáo – 63:\n1. “hai” [2]", Status.ANSWERED, citations)
    html = conversation([Exchange("hỏi", answer)])
    assert [a["class"] for tag, a in Tags(html).tags if tag == "p" and a.get("class") in ("label", "plain", "item", "headline")] == [
        "label",
        "plain",
        "label",
        "item",
    ]


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


# --- search and library ----------------------------------------------------------------------------------------------------


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
    found = Explanation(
        3,
        1,
        ("chi bộ",),
        ("08-QĐ/TU",),
        ("đánh giá",),
        (Expansion("BTV", "Ban Thường vụ", "abbreviation"), Expansion("CB", "chi bộ", "abbreviation")),
    )
    assert explanation_line(found) == (
        "Đúng số hiệu: 08-QĐ/TU · Đúng cụm từ: “đánh giá” · Khớp từ: chi bộ · Viết tắt: BTV → Ban Thường vụ, CB → chi bộ"
        " · Xếp hạng theo từ thứ 1, theo nghĩa thứ 3"
    )
    assert explanation_line(Explanation(dense_rank=2)) == "Xếp hạng theo nghĩa thứ 2"


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
