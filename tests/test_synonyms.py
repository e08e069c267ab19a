"""Words of the street said in the words of the articles: only what no article says, shown as a change, and undone by 'as typed'."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Corpus, FakeCounter, FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from index.build import build
from index.engine import Engine
from index.errors import SettingsError
from index.query import load_understanding
from index.settings import Settings
from index.text.synonyms import load_synonyms, rephrase
from index.text.tokens import terms
from index.types import Expansion, Span

SHIPPED = load_synonyms(Settings().synonyms)
TEXT = "Cây nào bị bệnh nặng thì xóa tên trong danh sách; hằng năm, người nghỉ hưu ủng hộ cây giống."


def stands(words: tuple[str, ...] | list[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(terms(TEXT))} "


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Gạch tên cây nào?", "Xóa tên cây nào?"),
        ("ai về hưu thì quyên góp gì", "ai nghỉ hưu thì ủng hộ gì"),
        ("hàng năm trồng mấy cây", "hằng năm trồng mấy cây"),
        ("bệnh nặng thì sao", "bệnh nặng thì sao"),
        ("người nghỉ hưu", "người nghỉ hưu"),
        ("cây bị chết", "cây bị chết"),  # the articles have no word for it either
        ("giấy tờ nào", "giấy tờ nào"),
        ("học hết lớp 5", "học hết lớp 5"),
    ],
)
def test_what_no_article_says_is_said_otherwise(typed: str, said: str) -> None:
    assert rephrase(typed, SHIPPED, stands)[0] == said


def test_each_change_is_told() -> None:
    assert rephrase("Ai về hưu", SHIPPED, stands)[1] == [Expansion("về hưu", "nghỉ hưu", "synonym")]


def test_quoted_words_are_kept() -> None:
    assert rephrase("tìm về hưu", SHIPPED, stands, [Span(4, 10)]) == ("tìm về hưu", [])


def test_an_official_form_is_not_said_twice() -> None:
    assert rephrase("mất thẻ đảng viên", SHIPPED, lambda words: list(words) != ["thẻ", "đảng"])[0] == "mất thẻ đảng viên"


@given(st.text(alphabet="aàăâbcdđeghiklmnoôơuưvxy ,.?\n", max_size=60))
def test_other_text_is_left_alone(text: str) -> None:
    said, changes = rephrase(text, SHIPPED, lambda words: True)
    assert (said, changes) == (text, [])  # everything stands in the articles: nothing is to be said otherwise


def test_no_shipped_pair_changes_a_form_into_itself() -> None:
    for everyday, official in SHIPPED.forms.items():
        assert all(tuple(terms(form)) != everyday for form in official)


def test_through_the_index(tmp_path: Path, corpus: Corpus, settings: Settings, embedder: FakeEmbedder, counter: FakeCounter) -> None:
    build([corpus({"a.txt": f"Danh sách cây\n\n{TEXT}"})], settings, embedder=embedder, counter=counter)
    with Engine.open(settings, embedder) as engine:
        understand = load_understanding(settings, engine)
        assert understand("khi nào gạch tên").text == "khi nào xóa tên"
        assert understand("khi nào gạch tên", restore=False).text == "khi nào gạch tên"


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    table = tmp_path / "bang.tsv"
    table.write_text("# chú thích\nvề hưu nghỉ hưu\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"dòng 2.*dấu tab"):
        load_synonyms(table)
    with pytest.raises(SettingsError, match="HOIDAP_SYNONYMS"):
        load_synonyms(tmp_path / "không có.tsv")
