"""As `test_floors`, over the texts beside the checkout, where they are."""

from __future__ import annotations

import pytest
from floors_check import Scores, ask_in_every_style, assert_above_floors, assert_quotes_stand_in_their_sources, sets_over_our_articles


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    sets = sets_over_our_articles(ours=False)
    if not sets:
        pytest.skip("the shared texts are not beside this checkout")
    return ask_in_every_style(sets, tmp_path_factory.mktemp("floors"))


def test_no_measure_is_below_its_floor(scores: Scores) -> None:
    assert_above_floors(scores)


def test_every_quote_stands_in_its_source(scores: Scores) -> None:
    assert_quotes_stand_in_their_sources(scores)
