"""Questions about things that no article speaks of: "làm hộ chiếu mất bao lâu" over articles about an association.

Their words of asking and of dealing with offices ("hồ sơ", "thủ tục", "giấy tờ") are found all the same, so the evidence alone seems fair.
"""

from __future__ import annotations

from itertools import pairwise

from index.query import Corpus
from index.text.tokens import bigrams, terms
from index.types import SearchEngine
from qa.terms import content_terms
from qa.types import Question

MIN_SHARE = 0.5  # of the neighbouring words that are known at all, those that only running text knows
SURE = 0.6  # evidence of this likelihood is believed all the same


def is_foreign(question: Question, support: float, engine: SearchEngine) -> bool:
    """Whether much of what is asked is words that no article says, and the evidence is not sure."""
    unheard = set(question.query.unheard)
    if not unheard or support >= SURE or not isinstance(engine, Corpus):
        return False
    vocabulary = engine.corpus_words().vocabulary
    if vocabulary is None:
        return False
    asked = terms(question.standalone)
    content = set(content_terms(question.standalone))
    pairs = {pair for pair, both in zip(bigrams(asked), pairwise(asked), strict=True) if content.issuperset(both)}
    strange = unheard & pairs
    known = [pair for pair in pairs - strange if vocabulary.frequency("bigrams", pair)]
    return len(strange) >= MIN_SHARE * (len(strange) + len(known)) and bool(strange)
