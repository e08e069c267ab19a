"""The canonical form: a hand-worked table, and that it never moves an offset."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.canonical import canonical, fold, to_nfc

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyòóỏõọèéẻẽẹùúủũụỳýỷỹỵÒÓỦĐÂ –—“”’\u00a0\t\n.,0123456789")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỉnh ủy", "tỉnh uỷ"),
        ("TỈNH UỶ", "tỉnh uỷ"),
        ("hòa hóa hỏa hõa họa", "hoà hoá hoả hoã hoạ"),
        ("khỏe xòe lóe nhõe ọe", "khoẻ xoè loé nhoẽ oẹ"),
        ("thùy thúy thủy tũy thụy", "thuỳ thuý thuỷ tuỹ thuỵ"),
        ("qúy", "quý"),
        ("hòan tóan", "hoàn toán"),
        ("mùa của lúa", "mùa của lúa"),
        ("2015 – 2020 — Covid‑19", "2015 - 2020 - covid-19"),
        ("“Sóng” ‘và’ «máy»", '"sóng" \'và\' "máy"'),
        ("một\u00a0hai\tba\u2009bốn\r\nnăm", "một hai ba bốn \nnăm"),
        ("Ðảng bộ", "đảng bộ"),  # the Icelandic letter of old Vietnamese fonts
        ("İΣ", "iσ"),  # str.lower would lengthen the first and look at the neighbours of the second
    ],
)
def test_canonical_form(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng ủy Khối", "dang uy khoi"),
        ("NGHIÊN CỨU ĐƯỜNG LỐI", "nghien cuu duong loi"),
        ("38-HD/BTCTW", "38-hd/btctw"),
        ("façade", "facade"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_folding_agrees_with_the_unicode_database() -> None:
    letters = "aăâeêioôơuưy"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for letter in letters:
        base = unicodedata.normalize("NFD", letter)[0]
        assert [fold(to_nfc(letter + mark)) for mark in marks] == [base] * 6


@given(st.one_of(st.text(), VIETNAMESE))
def test_length_is_kept_and_the_form_is_stable(text: str) -> None:
    form = canonical(text)
    assert len(form) == len(text)
    assert len(fold(text)) == len(text)
    assert canonical(form) == form
    assert fold(fold(text)) == fold(text) == fold(form)


@given(VIETNAMESE)
def test_composed_and_decomposed_text_meet(text: str) -> None:
    assert canonical(to_nfc(unicodedata.normalize("NFD", text))) == canonical(to_nfc(text))


@given(VIETNAMESE, VIETNAMESE)
def test_words_do_not_depend_on_their_neighbours(first: str, second: str) -> None:
    assert canonical(f"{first} {second}") == f"{canonical(first)} {canonical(second)}"
