"""What the tests of the recorded floors ask of scores: `test_floors` over our articles, `test_floors_beside` over the shared texts."""

from __future__ import annotations

from pathlib import Path

from eval.answers import AnswerScore, ask_sets, summarize
from eval.floors import STYLES, fallen, read_floors
from eval.sets import QuestionSet, own_sets
from index.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
Scores = dict[str, dict[str, list[AnswerScore]]]


def sets_over_our_articles(*, ours: bool) -> list[QuestionSet]:
    """The available sets over `corpus/`, or all others: two test files, for they take minutes and may run side by side."""
    return [each for each in own_sets(ROOT) if (each.corpus == (ROOT / "corpus",)) is ours]


def ask_in_every_style(sets: list[QuestionSet], folder: Path) -> Scores:
    return ask_sets(sets, STYLES, Settings(), folder)


def assert_above_floors(scores: Scores) -> None:
    measured = {style: {name: summarize(found) for name, found in sets.items()} for style, sets in scores.items()}
    sentences = fallen(measured, read_floors())
    assert not sentences, "\n" + "\n".join(sentences)


def assert_quotes_stand_in_their_sources(scores: Scores) -> None:
    found = [score for sets in scores.values() for each in sets.values() for score in each]
    assert [score.id for score in found if score.quote_integrity != 1.0] == []
