"""Articles that give another figure for one thing, the newer first; what was replaced is no second source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article
from qa_fakes import make_assistant

from index.types import Article
from qa.disagreement import value_told
from qa.mentions import Mention


@pytest.mark.parametrize(
    ("text", "value"),
    [("63 chi bộ", "63"), ("63", "63"), ("Hơn 60 chi bộ", "hon 60"), ("10,5 tỷ đồng", "10,5 ty"), ("ngày 6/1/2022", "ngay 6/1/2022")],
)
def test_the_value_of_a_short_answer(text: str, value: str) -> None:
    assert value_told(Mention(text, 0, len(text))) == value


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


ROUNDED = make_article("nhanh", "Tin nhanh làm đường\n\nHội nghị làm đường nối mạng với hơn 60 điểm cầu các xã.", date="2021-04-01")
EXACT = make_article(
    "du", "Kết quả làm đường\n\nKết quả được báo cáo ở hội nghị, với 63 điểm cầu các xã nối mạng theo dõi.", date="2021-04-01"
)
ELSEWHERE = make_article("khac", "Hội thi hoa\n\nHội thi hoa nối mạng với 12 điểm cầu các trường cấp hai.", date="2021-04-01")
YEAR_AFTER = make_article("sau", "Kết quả làm đường\n\nHội nghị làm đường nối mạng với 71 điểm cầu các xã.", date="2022-05-01")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        pytest.param(EXACT, True, id="the same counted otherwise"),
        pytest.param(ELSEWHERE, False, id="something else counted"),
    ],
)
def test_a_figure_among_the_same_words_is_another_source(other: Article, told: bool) -> None:
    answer = make_assistant(ROUNDED, other).answer("Hội nghị làm đường nối mạng với bao nhiêu điểm cầu?")
    assert answer.text.startswith("Các nguồn ghi khác nhau: ") is told
    assert ("hơn 60 điểm cầu" in answer.text and "63 điểm cầu" in answer.text) is told


def test_a_figure_of_another_year_is_no_other_source() -> None:
    answer = make_assistant(ROUNDED, YEAR_AFTER).answer("Năm 2021 hội nghị làm đường nối mạng với bao nhiêu điểm cầu?")
    assert "71" not in answer.text


def test_a_figure_that_was_replaced_is_not_told_beside_a_third_source() -> None:
    late = replace(EXACT, metadata=replace(EXACT.metadata, supersedes="nhanh"))
    third = make_article("ba", "Sổ làm đường\n\nHội nghị làm đường nối mạng với 63 điểm cầu các xã.", date="2021-04-01")
    answer = make_assistant(third, late, ROUNDED).answer("Hội nghị làm đường nối mạng với bao nhiêu điểm cầu?")
    assert "hơn 60" not in answer.text.lower() and "63 điểm cầu" in answer.text
