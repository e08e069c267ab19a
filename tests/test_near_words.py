"""Near words: what may be said for what, and how much a text that says it covers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError
from index.query import understand
from index.settings import Settings
from index.text.near_words import load_near_words, near_forms
from index.text.tokens import terms
from qa.terms import NEAR_MATCH, count_terms, coverage, term_worths, weigh_terms

SHIPPED = load_near_words(Settings().near_words)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("nộp đơn trễ thì sao", "đơn nộp quá hạn được xem lại"),
        ("thẻ in nhầm tên", "thẻ in sai tên"),
        ("khắc dấu riêng", "có con dấu riêng"),
        ("thăng chức cho ai", "việc đề bạt cán bộ"),
    ],
)
def test_a_near_word_covers_more_than_none(asked: str, told: str) -> None:
    alone = weigh_terms(asked, count_terms([]), restored=False)
    near = weigh_terms(asked, count_terms([]), restored=False, near=near_forms(asked, SHIPPED))
    assert coverage(near, terms(told)) > coverage(alone, terms(told))
    assert coverage(near, terms(asked)) == 1.0


def test_worth_is_told_word_by_word() -> None:
    asked = weigh_terms("nộp muộn", count_terms([]), restored=False, near=near_forms("nộp muộn", SHIPPED))
    assert term_worths(asked, terms("nộp khi quá hạn")) == {"nộp": 1.0, "muộn": NEAR_MATCH}


def test_a_run_must_stand_as_a_run() -> None:
    asked = weigh_terms("nộp muộn", count_terms([]), restored=False, near=near_forms("nộp muộn", SHIPPED))
    assert term_worths(asked, terms("hạn nộp đã quá"))["muộn"] == 0.0
    assert term_worths(asked, frozenset(terms("hạn nộp đã quá")))["muộn"] == NEAR_MATCH  # a whole article tells no order


def test_the_query_keeps_them_and_searches_nothing_else() -> None:
    query = understand("nộp trễ", near_words=SHIPPED)
    assert query.text == "nộp trễ" and query.expansions == ()
    assert ("quá", "hạn") in {other for form in query.near for other in form.others}
    assert understand("nộp trễ", near_words=SHIPPED, restore=False).near == ()  # "as typed" means as typed


@given(st.text(alphabet="aàăâbcdđeghiklmnoôơuưvxy ,.?\n", max_size=60))
def test_forms_stand_in_the_text(text: str) -> None:
    told = f" {' '.join(terms(text))} "
    for form in near_forms(text, SHIPPED):
        assert f" {' '.join(form.words)} " in told
        assert form.words not in form.others


def test_every_group_says_different_things() -> None:
    for word, others in SHIPPED.others.items():
        assert word and word not in others and len(set(others)) == len(others)
        assert all(word in SHIPPED.others[other] for other in others)


@pytest.mark.parametrize("line", ["muộn", "muộn\tMuộn", "muộn\t", "đảng ủy\tđảng uỷ"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    table = tmp_path / "near.tsv"
    table.write_text(f"# ghi chú\ntrễ\tchậm\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"dòng 3.*dấu tab"):
        load_near_words(table)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_NEAR_WORDS"):
        load_near_words(tmp_path / "none.tsv")
