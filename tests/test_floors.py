"""The project's own questions, typed and without diacritics: no measure below its recorded floor, every quote in its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.answers import AnswerScore, ask_sets, summarize
from eval.floors import STYLES, fallen, floors_of, read_floors, write_floors
from eval.sets import own_sets
from index.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
Scores = dict[str, dict[str, list[AnswerScore]]]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    return ask_sets(own_sets(ROOT), STYLES, Settings(), tmp_path_factory.mktemp("floors"))


def test_no_measure_is_below_its_floor(scores: Scores) -> None:
    measured = {style: {name: summarize(found) for name, found in sets.items()} for style, sets in scores.items()}
    sentences = fallen(measured, read_floors())
    assert not sentences, "\n" + "\n".join(sentences)


def test_every_quote_stands_in_its_source(scores: Scores) -> None:
    found = [score for sets in scores.values() for each in sets.values() for score in each]
    assert [score.id for score in found if score.quote_integrity != 1.0] == []


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
        "corpus-off-topic",
        "shared",
        "shared-second",
        "shared-third",
        "shared-fourth",
        "shared-fifth",
        "shared-sixth",
        "shared-seventh",
        "shared-eighth",
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
