"""A question whose words no article says is declined where the evidence is not sure; a question of the articles' own words is not."""

from __future__ import annotations

from qa_fakes import CORPUS, FakeEngine, KnowingEngine

from index.query import understand
from index.settings import MODELS
from index.text.compounds import unheard_pairs
from index.text.diacritics import Restorer
from index.types import Filters, Query
from qa.foreign import is_foreign
from qa.question import understand_question
from qa.types import Question

RESTORER = Restorer.load(MODELS / "diacritics")


ENGINE = KnowingEngine(CORPUS)


def _asked(text: str) -> Question:
    def read(typed: str, filters: Filters) -> Query:
        return understand(typed, filters, compounds=RESTORER, vocabulary=ENGINE.words, restore=False)

    return understand_question(text, (), read, Filters())


def test_binding_tells_words_of_two_syllables_from_neighbours() -> None:
    assert RESTORER.binding("hộ", "chiếu") > RESTORER.binding("của", "hộ")
    assert RESTORER.binding("xyzzy", "chiếu") == 0.0


def test_unheard_pairs_are_bound_and_in_no_article() -> None:
    assert "hộ_chiếu" in unheard_pairs("làm hộ chiếu", RESTORER, ENGINE.words)
    assert unheard_pairs("nhiệm vụ trọng tâm", RESTORER, ENGINE.words) == ()


def test_a_matter_of_no_article_is_foreign_unless_the_evidence_is_sure() -> None:
    assert is_foreign(_asked("Làm hộ chiếu mất bao lâu?"), 0.3, ENGINE)
    assert not is_foreign(_asked("Làm hộ chiếu mất bao lâu?"), 0.9, ENGINE)


def test_a_matter_of_the_articles_is_not_foreign() -> None:
    assert not is_foreign(_asked("Hội nghị giao nhiệm vụ trọng tâm nào?"), 0.1, ENGINE)
    assert not is_foreign(_asked("Tổ chức cơ sở đảng nào xin hộ chiếu cho đảng viên mới?"), 0.1, ENGINE)


def test_an_engine_that_knows_no_words_says_nothing() -> None:
    assert not is_foreign(_asked("Làm hộ chiếu mất bao lâu?"), 0.1, FakeEngine(CORPUS))
