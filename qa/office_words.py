"""A question once more in the words of the documents: "Chi bộ em có được khắc mộc" → "Chi bộ em có được có con dấu".

Near words (`index.text.near_words`) count when texts are read that were found; here the everyday ones are
said otherwise in what is searched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby

from index.query import Corpus
from index.text.neighbours import Vocabulary
from index.text.tokens import bigrams, tokenize
from index.types import SearchEngine
from qa.evidence import score_sentences
from qa.foreign import is_foreign
from qa.sentences import find_sentences
from qa.support import is_lacking, likelihood_of
from qa.types import Passage, Question

RARER = 5  # so many times more chunks must have the official words
_ASKING = frozenset("ai gì nào sao đâu mấy bao nhiêu lâu giờ thế những".split())  # noqa: SIM905
Run = tuple[str, ...]
Count = Callable[[Sequence[str]], int]


def in_office_words(text: str, question: Question, engine: SearchEngine) -> str:
    """`text`, a part of the question, with each of its everyday words as documents say them, the longest first."""
    table = {near.words: near.official for near in question.query.near if near.official}
    if not table or not isinstance(engine, Corpus) or (vocabulary := engine.corpus_words().vocabulary) is None:
        return text
    tokens = tokenize(text)
    words = [token.text for token in tokens]
    pieces: list[str] = []
    done = at = 0
    while at < len(words):
        size, said = _at(words, at, table, partial(_count, vocabulary))
        if said is not None:
            pieces += [text[done : tokens[at].start], said]
            done = tokens[at + size - 1].end
        at += size
    return "".join([*pieces, text[done:]])


def still_lacks(asked: Question, said: Question, passages: Sequence[Passage], engine: SearchEngine) -> bool:
    """Whether what is found for `said` lacks what the question as it was `asked` demands, or that one is no matter of the articles."""
    evidence, terms = score_sentences(said, find_sentences(passages, engine), engine)
    return is_lacking(asked, evidence) or is_foreign(asked, likelihood_of(said, evidence, terms), engine)


def _at(words: Sequence[str], at: int, table: Mapping[Run, Sequence[Run]], count: Count) -> tuple[int, str | None]:
    """How many words the longest everyday word at `at` covers, and what documents say for it; 1 and None where none stands there."""
    for size in range(min(max(map(len, table)), len(words) - at), 0, -1):
        run = tuple(words[at : at + size])
        if run in table:
            around = words[max(at - max(map(len, table[run])), 0) : at + size + max(map(len, table[run]))]
            said = next((form for form in table[run] if _may_say(run, form, count) and not _stands(form, around)), None)
            return size, None if said is None else " ".join(said)
    return 1, None


def _may_say(run: Run, official: Run, count: Count) -> bool:
    """Whether the articles have the official form much more often, and it asks where the everyday one does."""
    if not _ASKING.isdisjoint(run) and _ASKING.isdisjoint(official):
        return False
    # of one that asks ("bao nhiêu học viên") what stands beside the words of asking
    told = min((count(list(part)) for asks, part in groupby(official, _ASKING.__contains__) if not asks), default=1)
    return told >= max(RARER * count(run), 1)


def _count(vocabulary: Vocabulary, run: Sequence[str]) -> int:
    """In how many chunks the words stand, each beside the next: as many as have the rarest pair."""
    if len(run) == 1:
        return vocabulary.frequency("syllables", run[0])
    return min(vocabulary.frequency("bigrams", pair) for pair in bigrams(run))


def _stands(official: Run, around: Sequence[str]) -> bool:
    """Whether the official form stands there already: "thẻ đảng" within "thẻ đảng viên"."""
    return f" {' '.join(official)} " in f" {' '.join(around)} "
