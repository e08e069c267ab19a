"""The project's own questions, typed and without diacritics: no measure below its recorded floor, every quote in its source."""

from __future__ import annotations

from pathlib import Path

import pytest
from floors_check import Scores, ask_in_every_style, assert_above_floors, assert_quotes_stand_in_their_sources, sets_over_our_articles

from eval.floors import STYLES, fallen, floors_of, read_floors, write_floors


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    return ask_in_every_style(sets_over_our_articles(ours=True), tmp_path_factory.mktemp("floors"))


def test_no_measure_is_below_its_floor(scores: Scores) -> None:
    assert_above_floors(scores)


def test_every_quote_stands_in_its_source(scores: Scores) -> None:
    assert_quotes_stand_in_their_sources(scores)


def test_floors_are_recorded_for_every_style_and_set() -> None:
    floors = read_floors()
    assert set(floors) == set(STYLES)
    names = {
        "corpus",
        "corpus-second",
        "corpus-third",
        "corpus-fourth",
        "corpus-fifth",
        "corpus-sixth",
        "corpus-seventh",
        "corpus-eighth",
        "corpus-ninth",
        "corpus-tenth",
        "corpus-eleventh",
        "corpus-twelfth",
        "corpus-thirteenth",
        "corpus-fourteenth",
        "corpus-off-topic",
        "shared",
        "shared-second",
        "shared-third",
        "shared-fourth",
        "shared-fifth",
        "shared-sixth",
        "shared-seventh",
        "shared-eighth",
        "shared-ninth",
        "shared-tenth",
        "shared-eleventh",
        "shared-twelfth",
        "shared-thirteenth",
        "shared-fourteenth",
        "shared-off-topic",
        "mixed",
        "mixed2",
    }
    assert all(names == set(sets) for sets in floors.values())


def row(**values: float) -> dict[str, object]:
    return {"overall": {"n": 200, **values}, "by_type": {"who": {"n": 4, **values}}}


def test_floors_by_hand(tmp_path: Path) -> None:
    floors = floors_of({"typed": {"corpus": row(must_include=0.8, quote_integrity=1.0, decline_recall=0.9, median_words=40)}})
    kinds = floors["typed"]["corpus"]
    assert kinds["overall"] == {"must_include": 0.79, "quote_integrity": 1.0, "decline_recall": 0.87, "median_words": 45}
    assert kinds["who"]["must_include"] == 0.55  # one question of four less
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors


def test_a_fallen_measure_is_named_with_its_cure() -> None:
    floors = {"typed": {"corpus": {"overall": {"must_include": 0.79, "median_words": 45.0}, "ordinal": {"must_include": 0.5}}}}
    measured = {"typed": {"corpus": row(must_include=0.7, median_words=60)}}
    sentences = fallen(measured, floors)
    assert [sentence.split(" (")[0] for sentence in sentences] == [
        "must_include, overall",
        "median_words, overall",
        "must_include, ordinal",  # no such question was asked any more
    ]
    assert "0.7 is below its floor 0.79" in sentences[0] and "python -m eval floors --write" in sentences[0]
    assert "60 is above its ceiling 45" in sentences[1]
    assert fallen({"typed": {"corpus": row(must_include=0.79, median_words=45)}}, {"typed": {"corpus": {"overall": {}}}}) == []
    assert fallen({}, floors) == []  # the shared texts are not on every machine
