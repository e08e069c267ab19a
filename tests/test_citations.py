"""Every sentence of a written answer is checked against the passages; what no source bears out is marked."""

from __future__ import annotations

import re

import pytest
from conftest import FakeCounter
from hypothesis import given
from hypothesis import strategies as st
from qa_fakes import CORPUS, MEETING, FakeEngine

from index.settings import Settings
from index.types import Query, Span
from qa.citations import UNSUPPORTED_MARK, check_citations, make_citation
from qa.passages import select_passages

ENGINE = FakeEngine(CORPUS)
FOUND = ENGINE.search(Query("", "Khối kết nạp đảng viên mới, Bí thư, hội nghị cuối năm"), 12)
PASSAGES = select_passages(FOUND, ENGINE, FakeCounter(), Settings())


def number_of(words: str) -> int:
    return next(passage.number for passage in PASSAGES if words in passage.text)


def test_supported_sentence_gets_the_span_that_says_it() -> None:
    number = number_of("15 đảng viên")
    checked = check_citations(f"Trong năm, Khối kết nạp 15 đảng viên mới [{number}].", PASSAGES, ENGINE)
    (citation,) = checked.citations
    assert citation.number == number
    assert citation.quote.startswith("Năm qua Khối kết nạp 15 đảng viên mới")
    assert checked.text == f"Trong năm, Khối kết nạp 15 đảng viên mới. [{number}]"
    assert checked.unsupported == ()


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Khối kết nạp 17 đảng viên mới", id="another number"),
        pytest.param("Đồng chí Hồ Văn Quýt khai mạc hội nghị", id="another person"),
        pytest.param("Các đơn vị đều vượt chỉ tiêu thu ngân sách", id="nothing of the kind"),
    ],
)
def test_unsupported_sentence_is_marked(sentence: str) -> None:
    checked = check_citations(f"{sentence} [1].", PASSAGES, ENGINE)
    assert checked.citations == ()
    assert UNSUPPORTED_MARK in checked.text
    assert "[1]" not in checked.text
    assert len(checked.unsupported) == 1


def test_wrong_number_is_put_right_and_a_missing_one_added() -> None:
    number = number_of("40 đảng viên")
    other = number_of("15 đảng viên")
    assert number != other
    for mark in (f" [{other}]", "", " [77]"):
        checked = check_citations(f"Khối kết nạp 40 đảng viên mới trong năm 2018{mark}.", PASSAGES, ENGINE)
        assert [citation.number for citation in checked.citations] == [number]
        assert checked.text.endswith(f"[{number}]")


def test_marks_after_the_full_stop_belong_to_the_sentence_before() -> None:
    one, other = number_of("15 đảng viên"), number_of("40 đảng viên")
    text = f"Năm qua kết nạp 15 đảng viên mới. [{one}] Năm 2018 Khối kết nạp 40 đảng viên mới. [{other}]"
    assert [citation.number for citation in check_citations(text, PASSAGES, ENGINE).citations] == [one, other]


def test_headings_and_short_lines_need_no_source() -> None:
    checked = check_citations("Kết quả nổi bật của năm:\n", PASSAGES, ENGINE)
    assert checked.text == "Kết quả nổi bật của năm:"
    assert checked.unsupported == ()


def test_curly_quotes_stay_only_round_exact_words() -> None:
    number = number_of("chữ ký số")
    true = f"Nghị quyết 05-NQ/ĐUK “về chuyển đổi số trong cơ quan đảng” được các đơn vị thực hiện [{number}]."
    false = f"Nghị quyết 05-NQ/ĐUK “chuyển đổi số ở cơ quan đảng” được các đơn vị thực hiện [{number}]."
    assert "“về chuyển đổi số trong cơ quan đảng”" in check_citations(true, PASSAGES, ENGINE).text
    assert '"chuyển đổi số ở cơ quan đảng"' in check_citations(false, PASSAGES, ENGINE).text


@given(start=st.integers(0, len(MEETING.text)), length=st.integers(0, 200))
def test_citation_quotes_its_span(start: int, length: int) -> None:
    citation = make_citation(3, MEETING, Span(start, min(start + length, len(MEETING.text))))
    assert citation.quote == MEETING.text[citation.start : citation.end]
    assert (citation.title, citation.date, citation.issuer) == (MEETING.metadata.title, "2021-12-28", MEETING.metadata.issuer)


SENTENCES = st.sampled_from(
    [
        *("Khối kết nạp 15 đảng viên mới", "Đồng chí Trần Thị Bưởi khai mạc", "Không có gì [x]", "“trích”", "1. Mục"),
        *("[1][2][99]", "Năm 2018.", "", "\n", "Ai? [3]"),
    ]
)


@given(st.lists(st.tuples(SENTENCES, st.integers(0, 12)), max_size=8))
def test_marks_and_citations_go_together_whatever_is_written(parts: list[tuple[str, int]]) -> None:
    checked = check_citations(" ".join(f"{sentence} [{number}]." for sentence, number in parts), PASSAGES, ENGINE)
    assert [int(number) for number in re.findall(r"\[(\d+)\]", checked.text)] == [citation.number for citation in checked.citations]
    for citation in checked.citations:
        assert citation.quote == ENGINE.article(citation.article_id).text[citation.start : citation.end]
