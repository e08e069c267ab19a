"""Bytes to text: one text in every encoding, and what is no text is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_fakes import TEXT, windows_1258

from index.errors import ReadingError
from index.reading.decode import decode

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8-bom": lambda text: text.encode("utf-8-sig"),
    "utf-8-decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-8-crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "utf-8-old-mac": lambda text: text.replace("\n", "\r").encode(),
    "utf-16-bom": lambda text: text.encode("utf-16"),
    "utf-16-be-bom": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-32-bom": lambda text: text.encode("utf-32"),
    "windows-1258": windows_1258,
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_encodings_give_the_same_text(encode: Callable[[str], bytes]) -> None:
    assert decode(encode(TEXT), "thu.txt") == TEXT


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: any(map(str.isalnum, text))))
def test_unicode_round_trip(text: str) -> None:
    expected = unicodedata.normalize("NFC", text).removeprefix("\ufeff")
    assert decode(text.encode("utf-8-sig"), "thu.txt") == expected
    assert decode(text.encode("utf-16"), "thu.txt") == expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        pytest.param(b"", "trống", id="empty"),
        pytest.param(b"\xef\xbb\xbf", "trống", id="only-a-mark"),
        pytest.param(b" \r\n\t", "trống", id="only-space"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" + bytes(range(256)) * 4, "nhị phân", id="picture"),
        pytest.param(b"abc\x01\x02\x03\x04\x05" * 20, "nhị phân", id="control-characters"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(ReadingError, match=rf"thu\.txt.*{word}"):
        decode(data, "thu.txt")
