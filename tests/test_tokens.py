"""Tokens: a hand-worked table, offsets, and a character-by-character peer for plain words."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.canonical import canonical, to_nfc
from index.text.tokens import bigrams, syllable_count, terms, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng ủy Khối", ["đảng", "uỷ", "khối"]),
        ("có 3.390 đảng viên", ["có", "3.390", "đảng", "viên"]),
        ("tăng 1,5%", ["tăng", "1,5"]),
        ("1.200.300,5 đồng", ["1.200.300,5", "đồng"]),
        ("28.2.2018", ["28", "2", "2018"]),
        ("mục 1.1.", ["mục", "1.1"]),
        ("năm 2021.", ["năm", "2021"]),
        ("08-QĐ/TU", ["08", "qđ", "tu"]),
        ("Covid-19, H5N1", ["covid", "19", "h5n1"]),
        ("P.V: chào", ["p", "v", "chào"]),
        ("", []),
        ("… – !", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected
    assert syllable_count(text) == len(expected)


def test_bigrams() -> None:
    assert bigrams(["đảng", "uỷ", "khối"]) == ["đảng_uỷ", "uỷ_khối"]
    assert bigrams(["đảng"]) == bigrams([]) == []


@given(st.text().map(to_nfc))
def test_a_token_stands_where_it_says(text: str) -> None:
    tokens = tokenize(text)
    assert all(canonical(text)[token.start : token.end] == token.text for token in tokens)
    assert all(first.end <= second.start for first, second in pairwise(tokens))
    assert [token.text for token in tokens] == terms(text)


@given(st.text().map(to_nfc))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {position for token in tokenize(text) for position in range(token.start, token.end)}
    assert covered >= {i for i, letter in enumerate(canonical(text)) if letter.isalnum()}


@given(st.text(alphabet="aăâđơưuỷ -/;:\n"))
def test_words_are_runs_of_letters(text: str) -> None:
    assert terms(text) == ["".join(run) for is_word, run in groupby(canonical(text), str.isalpha) if is_word]
