"""What tells a sentence that answers from one that only shares words with the question: a table of numbers, by numpy.

The exact measures count canonical syllables by their rarity in the index, the soft ones compare every token of the question
with the nearest token of the sentence in the shipped static model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Sized
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.embedding import StaticEmbedder
from index.features import (
    AskedTokens,
    AskedWords,
    ChunkWords,
    Frequencies,
    asked_tokens,
    asked_words,
    best_window,
    find_matches,
    nearest_cosines,
)
from index.query import Corpus
from index.text.canonical import canonical, fold
from index.text.references import reference_matches
from index.text.tokens import terms
from index.types import BlockKind, Metadata, SearchEngine
from qa.ages import without_age
from qa.answer_fit import fits_type, kind_shown, label_fits
from qa.excluded import without_left_out, without_properly
from qa.model_tokens import shipped_model, tokens_of
from qa.sentences import Sentence
from qa.terms import QuestionTerms, bigram_coverage, count_terms, coverage_rows, weigh_terms
from qa.types import Passage, Question

WINDOWS = (15, 40)
ASIDE = frozenset({BlockKind.CAPTION, BlockKind.HEADING})
MAX_ASKED_SYLLABLES = 64
MAX_SYLLABLES = 100  # of a sentence looked at through windows: one long sentence would make the table of all wide
_NOTHING = 1e-6
_NOW = re.compile(r"\b(?:hiện hành|hiện nay|hiện tại|mới nhất|bây giờ|đang áp dụng|còn hiệu lực)\b")
_POINTS_BACK = re.compile(
    r"(?:đáp: )?(?:ông|bà|nó|họ|chúng|đây|đó|cả hai|điều (?:này|đó)|việc (?:này|đó)|[^\W\d_]+(?: [^\W\d_]+)? (?:này|đó|ấy))\b"
)


class Features(NamedTuple):
    """What speaks for a sentence, each 0 … 1 but for `unnamed`, `back`, `asking` … that speak against it."""

    own: float  # idf-weighted share of the question's terms in the sentence
    own_squared: float
    bigrams: float  # share of the question's neighbouring pairs that stand together in the sentence
    title: float  # idf-weighted share of the question's terms in the article's title
    window15: float  # … within so many syllables in a row
    window40: float
    support: float  # … in the sentence, its neighbours, the headings above and the article's title, place, issuer, year
    rest: float  # share of the terms that the article's title, place, issuer and year do not have, in the sentence
    numbers: float  # share of the question's numbers in the sentence
    length: float  # of the sentence: a fifth of the logarithm of its terms
    soft_near: float  # the question's tokens by the nearest token of the sentence and its neighbours
    soft_around: float  # … and of the title
    fits: float  # an answer of the asked kind stands in it
    kind: float  # … judged by capitals and figures where the rules know no such mention
    fits_supported: float  # fits × support
    unnamed: float  # a name is asked for and none stands in it that the question does not name itself
    next_back: float  # the next sentence points back ("Ông …", "Việc này …") and is softly covered
    back: float  # the sentence itself begins so
    asking: float  # it ends with a question mark
    passage: float  # score of the passage, the best one = 1
    focus: float  # share of what a follow-up newly asks; 0 for a question that stands alone
    above: float  # … in the interviewer's question or heading right above, for the first sentences below it
    recent: float  # 1 in the newest article, where the question asks for what holds now
    label: float  # the line is labelled as what is asked: "Cơ quan ban hành: …"
    reference: float  # the document asked about: 1 in the sentence, ½ in the title, 0 nowhere in the article
    aside: float  # a caption or a heading


def nearest_passage(question: Question, passages: Sequence[Passage]) -> float:
    """The cosine of the question and the nearest of `passages` in the shipped model, 0 … 1: whether they are of one subject at all."""
    asked = _vector(question.query.text)
    return max((float(max(asked @ _vector(passage.text), 0.0)) for passage in passages), default=0.0)


@lru_cache(maxsize=1000)
def _vector(text: str) -> np.ndarray:
    return np.asarray(shipped_model().embed_queries([text])[0])


def corpus_frequencies(engine: SearchEngine, sentences: Sequence[Sentence]) -> Frequencies:
    """Document frequencies of the index; of the sentences at hand where the engine does not tell them."""
    vocabulary = engine.corpus_words().vocabulary if isinstance(engine, Corpus) else None
    if vocabulary is None or not isinstance(vocabulary, Sized):
        return count_terms([sentence.terms for sentence in sentences])
    return Frequencies(len(vocabulary), partial(vocabulary.frequency, "syllables"), partial(vocabulary.frequency, "bigrams"))


def read_features(question: Question, sentences: Sequence[Sentence], frequencies: Frequencies) -> tuple[np.ndarray, QuestionTerms]:
    """float64 (sentences, features of `Features`) and the weighted terms of the question."""
    asked = _asked_terms(question, frequencies)
    if not sentences:
        return np.zeros((0, len(Features._fields))), asked
    columns = _exact(question, asked, sentences) | _soft(question, sentences, frequencies) | _outward(question, sentences)
    columns["own_squared"] = columns["own"] ** 2
    columns["fits_supported"] = columns["fits"] * columns["support"]
    columns["next_back"] = columns["next_back"] * _next(sentences, columns["back"])
    return np.stack([columns[name] for name in Features._fields], axis=1), asked


def _asked_terms(question: Question, frequencies: Frequencies) -> QuestionTerms:
    equivalents = [(e.typed, e.searched) for e in question.query.expansions if e.reason == "abbreviation"]
    newly_asked = question.own_text if question.carried else ""
    asked = without_left_out(question.standalone, fold(question.standalone))
    asked = without_properly(asked, fold(asked))
    return weigh_terms(
        without_age(asked, fold(asked)),
        frequencies,
        restored=question.query.restored,
        equivalents=equivalents,
        focus=newly_asked,
        near=question.query.near,
    )


def _exact(question: Question, asked: QuestionTerms, sentences: Sequence[Sentence]) -> dict[str, np.ndarray]:
    weights = np.array([asked.weights[term] for term in asked.terms]) / asked.total
    own = coverage_rows(asked, [sentence.terms for sentence in sentences])
    heading = _rows_of(asked, [sentence.heading for sentence in sentences])
    known = _rows_of(asked, [_known(sentence.article.metadata) for sentence in sentences])
    lineage = _rows_of(asked, [sentence.lineage for sentence in sentences])
    around = np.maximum.reduce([_with_neighbours(own, sentences), heading, known, lineage])
    numbers = [place for place, term in enumerate(asked.terms) if term.isdigit()]
    focused = np.array([term in asked.focus for term in asked.terms], np.float64) * weights * question.carried
    return {
        "own": own @ weights,
        "bigrams": np.array([bigram_coverage(asked, sentence.terms) for sentence in sentences]),
        "title": _rows_of(asked, [_titled(sentence.article.metadata.title) for sentence in sentences]) @ weights,
        "support": around @ weights,
        "rest": _of_the_rest(own, known, weights),
        "numbers": own[:, numbers].mean(axis=1) if numbers else np.zeros(len(sentences)),
        "length": np.array([np.log(1 + len(sentence.terms)) / 5 for sentence in sentences]),
        "focus": own @ focused / (focused.sum() or 1.0),
        "above": heading @ weights * [sentence.nearness for sentence in sentences],
    }


def _of_the_rest(own: np.ndarray, known: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Coverage by the sentence of what the article as a whole does not say already; of everything where nothing is left."""
    left = weights * (1 - np.minimum(known, 1.0))
    total = left.sum(axis=1)
    return np.where(total > _NOTHING, (left * own).sum(axis=1) / np.maximum(total, _NOTHING), own @ weights)


def _rows_of(asked: QuestionTerms, texts: Sequence[tuple[str, ...]]) -> np.ndarray:
    """Coverage rows of texts that many sentences share."""
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return coverage_rows(asked, list(distinct))[[distinct[text] for text in texts]]


@lru_cache(maxsize=1000)
def _titled(title: str) -> tuple[str, ...]:
    return tuple(terms(title))


@lru_cache(maxsize=1000)
def _known(metadata: Metadata) -> tuple[str, ...]:
    """The terms of the title, place, issuer and year."""
    found = [term for text in (metadata.title, metadata.place, metadata.issuer) if text for term in terms(text)]
    return tuple(found + ([str(metadata.date.year)] if metadata.date else []))


def _with_neighbours(rows: np.ndarray, sentences: Sequence[Sentence]) -> np.ndarray:
    """The larger of a sentence's value and those of the sentences before and after it in the same article."""
    same = _follows(sentences)[:, None]
    together = rows.copy()
    together[1:] = np.maximum(together[1:], rows[:-1] * same)
    together[:-1] = np.maximum(together[:-1], rows[1:] * same)
    return together


def _follows(sentences: Sequence[Sentence]) -> np.ndarray:
    """(sentences − 1,) whether a sentence stands in the article of the one before it in the list."""
    return np.array([one.article.id == other.article.id for one, other in pairwise(sentences)], np.float64)


def _next(sentences: Sequence[Sentence], values: np.ndarray) -> np.ndarray:
    """The value of the next sentence of the same article, 0 after the last."""
    return np.append(values[1:] * _follows(sentences), 0.0)


def _soft(question: Question, sentences: Sequence[Sentence], frequencies: Frequencies) -> dict[str, np.ndarray]:
    embedder = shipped_model()
    asked = asked_words(question.standalone, frequencies)
    tokens = _asked_tokens(question, asked, embedder)
    words = _words([sentence.lowered for sentence in sentences], [sentence.terms for sentence in sentences])
    titles = {sentence.article.id: sentence.article.metadata.title for sentence in sentences}
    title_words = _words(list(titles.values()), [terms(title) for title in titles.values()])
    cosines = nearest_cosines(tokens, [*words, *title_words], _unit_rows)
    near, title_rows = cosines[: len(words)], cosines[len(words) :]
    place = {article_id: at for at, article_id in enumerate(titles)}
    title = title_rows[[place[sentence.article.id] for sentence in sentences]]
    weights = tokens.rarest * tokens.content / ((tokens.rarest * tokens.content).sum() or 1.0)
    around = _with_neighbours(near, sentences)
    matches = find_matches(asked, [ChunkWords(each.syllables[:MAX_SYLLABLES], each.tokens) for each in words])
    content = asked.weights * asked.content
    return {
        "soft_near": around @ weights,
        "soft_around": np.maximum(around, title) @ weights,
        "next_back": _next(sentences, near @ weights),
        **{f"window{width}": best_window(matches, content, width) for width in WINDOWS},
    }


def _asked_tokens(question: Question, asked: AskedWords, embedder: StaticEmbedder) -> AskedTokens:
    ids = list(dict.fromkeys(embedder.token_ids([" ".join(terms(question.standalone)[:MAX_ASKED_SYLLABLES])])[0]))
    return asked_tokens(asked, embedder.token_rows(ids), embedder.token_texts(ids))


def _words(texts: Sequence[str], syllables: Sequence[Sequence[str]]) -> list[ChunkWords]:
    return [ChunkWords(own, tokens_of(text)) for text, own in zip(texts, syllables, strict=True)]


def _unit_rows(ids: np.ndarray) -> np.ndarray:
    rows = shipped_model().token_rows(ids)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _outward(question: Question, sentences: Sequence[Sentence]) -> dict[str, np.ndarray]:
    """What is seen without the question's words: marks of the asked kind, block types, dates, the passage's score."""
    top_score = max(sentence.passage.hit.score for sentence in sentences) or 1.0
    newest = _newest(question, sentences)
    years = [_year(sentence) for sentence in sentences]
    asked = frozenset(terms(question.standalone))
    kinds = [kind_shown(question, asked, sentence.text, sentence.lowered) for sentence in sentences]
    fits = [fits_type(question, sentence.text, sentence.lowered, year) for sentence, year in zip(sentences, years, strict=True)]
    typed = [max(fit, kind.strength) if kind.typed else 0.0 for fit, kind in zip(fits, kinds, strict=True)]
    columns: dict[str, Sequence[float]] = {
        "fits": fits,
        "kind": typed,
        "unnamed": [kind.unnamed for kind in kinds],
        "back": [bool(_POINTS_BACK.match(sentence.lowered)) for sentence in sentences],
        "asking": [sentence.lowered.endswith("?") for sentence in sentences],
        "passage": [sentence.passage.hit.score / top_score for sentence in sentences],
        "recent": [bool(newest) and str(sentence.article.metadata.date) == newest for sentence in sentences],
        "label": [label_fits(question, sentence.lowered) for sentence in sentences],
        "reference": [_reference_match(question, sentence) for sentence in sentences],
        "aside": [sentence.block.kind in ASIDE for sentence in sentences],
    }
    return {name: np.array(values, np.float64) for name, values in columns.items()}


def _year(sentence: Sentence) -> int | None:
    when = sentence.article.metadata.date
    return when.year if when else None


def _newest(question: Question, sentences: Sequence[Sentence]) -> str:
    """The latest date among the articles, where the question asks for what holds now; else empty."""
    if not _NOW.search(canonical(question.standalone)):
        return ""
    return max((str(s.article.metadata.date) for s in sentences if s.article.metadata.date), default="")


def _reference_match(question: Question, sentence: Sentence) -> float:
    patterns = question.query.references
    if not patterns:
        return 0.0
    article = sentence.article
    spans = [r for r in article.references if any(reference_matches(pattern, r.number) for pattern in patterns)]
    if any(sentence.start <= r.start < sentence.end for r in spans):
        return 1.0
    return 0.5 if any(r.number.casefold() in article.metadata.title.casefold() for r in spans) else 0.0
