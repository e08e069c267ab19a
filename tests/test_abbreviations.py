"""Abbreviations: the shipped table both ways, and those a text defines itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Corpus, FakeCounter, FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from index.build import build, remove_article
from index.engine import Engine
from index.errors import SettingsError
from index.query import load_understanding
from index.settings import ROOT, Settings
from index.text.abbreviations import AbbreviationTable, expand, learn_abbreviations, load_abbreviations, trusted_pairs
from index.text.canonical import fold

SHIPPED = ROOT / "index" / "text" / "abbreviations.tsv"
SMALL = AbbreviationTable.of([("BTV", "Ban Thường vụ"), ("TU", "Tỉnh ủy"), ("TƯ", "Trung ương"), ("CT", "chỉ thị"), ("CT", "chủ tịch")])


@pytest.fixture(scope="module")
def shipped() -> AbbreviationTable:
    return load_abbreviations(SHIPPED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BTV Tỉnh uỷ họp", [("BTV", "Ban Thường vụ"), ("Tỉnh uỷ", "TU")]),
        ("ban thường vụ", [("ban thường vụ", "BTV")]),
        ("hdnd tỉnh", [("hdnd", "Hội đồng nhân dân")]),
        ("HĐND", [("HĐND", "Hội đồng nhân dân")]),
        ("khối CCQ tỉnh", [("CCQ", "các cơ quan")]),
        ("phát triển kt-xh", [("kt-xh", "kinh tế - xã hội")]),
        ("kinh tế xã hội", [("kinh tế xã hội", "KT-XH")]),
        ("phòng chống tham nhũng", [("phòng chống tham nhũng", "PCTN")]),
        ("MTTQ và MTTQ", [("MTTQ", "Mặt trận Tổ quốc")]),
        ("Đảng ủy Khối", [("Đảng ủy Khối", "ĐUK")]),  # the longest entry, not "Đảng ủy"
        ("TU họp", [("TU", "Tỉnh ủy")]),
        ("TƯ họp", [("TƯ", "Trung ương")]),
        ("tu bao giờ", []),
        ("thứ tư", []),
        ("08-QĐ/TU", []),
        ("HỌP BÀN Ở TP VINH", []),
        ("chào đồng chí", []),
        ("", []),
    ],
)
def test_expansion(shipped: AbbreviationTable, text: str, expected: list[tuple[str, str]]) -> None:
    found = expand(text, shipped)
    assert [(e.typed, e.searched) for e in found] == expected
    assert {e.reason for e in found} <= {"abbreviation"}


def test_a_short_form_of_several_meanings_needs_capitals_and_gives_all() -> None:
    assert [e.searched for e in expand("gặp CT tỉnh", SMALL)] == ["chỉ thị", "chủ tịch"]
    assert expand("gặp ct tỉnh", SMALL) == []


def test_every_line_of_the_shipped_table_works_both_ways(shipped: AbbreviationTable) -> None:
    lines = [line for line in SHIPPED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) >= 60
    for short, long in (line.split("\t") for line in lines):
        assert long in [e.searched for e in expand(short, shipped)]
        assert short in [e.searched for e in expand(long.lower(), shipped)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Thường vụ (BTV) họp", {"BTV": "Ban Thường vụ"}),
        ("Uỷ ban Mặt trận Tổ quốc (MTTQ) tỉnh", {"MTTQ": "Mặt trận Tổ quốc"}),
        ("Sở Kế hoạch và Đầu tư (KHĐT)", {"KHĐT": "Kế hoạch và Đầu tư"}),
        ("phát triển kinh tế - xã hội (KT-XH)", {"KT-XH": "kinh tế - xã hội"}),
        ("tổ chức cơ sở đảng (sau đây viết tắt là TCCSĐ)", {"TCCSĐ": "tổ chức cơ sở đảng"}),
        ("UBKT (Ủy ban Kiểm tra) làm việc", {"UBKT": "Ủy ban Kiểm tra"}),
        ("Ngân hàng Thế giới (WB)", {}),
        ("họp tại đây. Vụ (BTV)", {}),
        ("đồng chí Nam (BTV Tỉnh ủy)", {}),
        ("năm (2021)", {}),
    ],
)
def test_learning(text: str, expected: dict[str, str]) -> None:
    assert learn_abbreviations(text) == expected


def test_one_meaning_is_believed_of_several_those_of_two_articles() -> None:
    learned = [
        ("HTX", "hợp tác xã", 1),
        ("HTX", "Hợp tác xã", 2),
        ("TĐC", "tái định cư", 3),
        ("TĐC", "tiêu điểm chung", 1),
        ("CTK", "Cục Thống kê", 1),
        ("CTK", "chương trình khung", 1),
    ]
    assert trusted_pairs(learned) == [("HTX", "Hợp tác xã"), ("TĐC", "tái định cư")]


def test_the_table_wins_over_what_was_learned() -> None:
    learned = AbbreviationTable.of([("BTV", "biên tập viên"), ("TIN", "Trung tâm tin"), ("HTX", "hợp tác xã")], learned=True)
    both = SMALL.united(learned)
    assert [e.searched for e in expand("BTV", both)] == ["Ban Thường vụ"]
    assert [e.searched for e in expand("hTx", both)] == ["hợp tác xã"]
    assert [e.searched for e in expand("TIN họp", both)] == ["Trung tâm tin"]
    assert expand("tin họp", both) == []  # a word: nobody has looked at what was learned
    assert "htx" in both
    assert "hội" not in both


def test_pairs_are_learned_at_ingest_and_forgotten_with_their_article(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(
        {
            "a.txt": "Tin về kho\n\nTrung tâm Lưu trữ Hồ sơ (TTLTHS) đã mở cửa.",
            "b.txt": "Tin khác\n\nNgười dân tới trung tâm đọc hồ sơ, Ban Thanh vận (BTV) giúp.",
        }
    )
    build([folder], settings, embedder=FakeEmbedder(), counter=FakeCounter())
    with Engine.open(settings, FakeEmbedder()) as engine:
        understand = load_understanding(settings, engine)
        assert "Trung tâm Lưu trữ Hồ sơ" in understand("TTLTHS ở đâu?").text
        assert "Ban Thường vụ" in understand("BTV họp").text
        assert "Thanh vận" not in understand("BTV họp").text
        remove_article("a", settings)
        assert engine.refresh()
        assert understand("TTLTHS ở đâu?").text == "TTLTHS ở đâu?"


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    table = tmp_path / "bang.tsv"
    table.write_text("# chú thích\n\nBTV\tBan Thường vụ\nBCH Ban Chấp hành\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"bang\.tsv, dòng 4: 'BCH Ban Chấp hành'"):
        load_abbreviations(table)
    with pytest.raises(SettingsError, match="Không đọc được"):
        load_abbreviations(tmp_path / "absent.tsv")


def test_an_empty_table_expands_nothing(tmp_path: Path) -> None:
    table = tmp_path / "bang.tsv"
    table.write_text("", encoding="utf-8")
    assert expand("BTV Tỉnh ủy", load_abbreviations(table)) == []


@given(st.text(alphabet="BTVĐUtư ủỉnhyCc-/.\n"))
def test_what_is_expanded_stands_in_the_text(text: str) -> None:
    assert all(expansion.typed in text for expansion in expand(text, SMALL))


@given(st.text(alphabet="BTV(an hườgụ)và-. \n"))
def test_what_is_learned_stands_in_the_text(text: str) -> None:
    assert all(short in text and long in text for short, long in learn_abbreviations(text).items())


def test_no_shipped_short_form_is_a_syllable(shipped: AbbreviationTable) -> None:
    """Typed in lower case and without marks they must not fire in ordinary words: initial, vowels and final of a syllable, folded."""
    syllable = re.compile(r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?")
    loose = [key for key, entry in shipped.short.items() if not entry.capitals and len(key) == 1]
    assert len(loose) > 60
    assert not [key for key in loose if syllable.fullmatch(fold(key[0]))]


@pytest.mark.parametrize("short", ["BTV", "BCH", "CCQ", "TCCS", "UBND", "HĐND", "MTTQ", "ĐUK", "TU", "TW"])
def test_the_usual_ones_are_in_the_shipped_table(shipped: AbbreviationTable, short: str) -> None:
    assert expand(short, shipped)
