"""The shipped byte-pair encoding: nothing lost, and the same tokens as the plain algorithm."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StorageError
from index.settings import MODELS
from index.text.token_counter import DESCRIPTION_FILE, RANKS_FILE, TiktokenCounter, load_encoding, parse_ranks, write_ranks

RANKS = MODELS / "ranks"
SAMPLES = [
    "",
    "  \n\t ",
    "Đồng chí Bí thư Đảng ủy chủ trì hội nghị sáng 27/12.",
    "Quy định số 08-QĐ/ĐUK, ngày 15-5-2016; kinh phí 1.500.000 đồng (10%).\r\n\r\nĐiều 1.",
    "hoà bình, hòa bình",
    "tổ chức đảng",
    "Điện Biên, tổ dân phố",
    "emoji 🇻🇳 và chữ Hán 漢字",
]


def naive_bpe(text: str, pattern: str, ranks: dict[bytes, int]) -> list[int]:
    """Byte-pair encoding as its definition reads: merge the adjacent pair of lowest rank, leftmost first, until none is known."""
    tokens: list[int] = []
    for piece in regex.findall(pattern, text):
        parts = [bytes([byte]) for byte in piece.encode()]
        while pairs := [(ranks[a + b], place) for place, (a, b) in enumerate(pairwise(parts)) if a + b in ranks]:
            _, place = min(pairs)
            parts[place : place + 2] = [parts[place] + parts[place + 1]]
        tokens += [ranks[part] for part in parts]
    return tokens


@given(st.text())
def test_decoding_gives_the_text_back(text: str) -> None:
    encoding = load_encoding()
    assert encoding.decode(encoding.encode_ordinary(text)) == text


@pytest.mark.parametrize("text", SAMPLES)
def test_tokens_equal_the_plain_algorithm(text: str) -> None:
    ranks = parse_ranks((RANKS / RANKS_FILE).read_bytes())
    pattern = json.loads((RANKS / DESCRIPTION_FILE).read_text(encoding="utf-8"))["pattern"]
    assert load_encoding().encode_ordinary(text) == naive_bpe(text, pattern, ranks)
    assert TiktokenCounter().count(text) == len(naive_bpe(text, pattern, ranks))


def test_common_syllables_are_one_token() -> None:
    counter = TiktokenCounter()
    assert [counter.count(word) for word in (" đồng", " chí", " nghị", " quyết", " Đảng")] == [1, 1, 1, 1, 1]


def test_every_byte_has_a_token_and_ranks_are_dense() -> None:
    ranks = parse_ranks((RANKS / RANKS_FILE).read_bytes())
    assert all(bytes([byte]) in ranks for byte in range(256))
    assert sorted(ranks.values()) == list(range(32_000))


def test_written_ranks_are_read_back(tmp_path: Path) -> None:
    tokens = [bytes([byte]) for byte in range(256)] + [b"ab", b"abc"]
    write_ranks(tmp_path, "tiny", r"\S+|\s+", tokens)
    assert load_encoding(tmp_path).encode_ordinary("abcab ab") == [257, 256, 32, 256]


def test_damaged_ranks_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ranks"
    shutil.copytree(RANKS, folder)
    with (folder / RANKS_FILE).open("ab") as file:
        file.write(b"AAAA 32000\n")
    with pytest.raises(StorageError, match="sha256"):
        load_encoding(folder)


def test_missing_ranks_name_the_files(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=RANKS_FILE):
        load_encoding(tmp_path / "nowhere")
