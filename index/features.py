"""What tells a chunk that answers a query from one that only shares words with it: a small table of numbers, by numpy.

Words of asking ("là ai", "năm nào", "bao nhiêu") stand in the query and seldom in its answer: they are left out of all
that measures coverage. Weights of words come from the index' own document frequencies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.answer_kinds import Kind, asked_kind, of_kind
from index.text.canonical import fold
from index.text.tokens import terms

FEATURES = (
    "bm25",  # over syllables and bigrams, as a share of the best candidate's
    "cosine",
    "lead",  # coverage of the content words by the first LEAD_SYLLABLES, context included
    "words",  # coverage of the content words but for grammar words
    "pairs",  # coverage of the neighbouring words, as neighbours
    "window15",  # the best coverage by so many syllables in a row
    "answer",  # 1 where a date, number or name, if such is asked for, stands in the chunk and not in the query
    "answer40",  # the best coverage by 40 syllables in a row with such a word among them; by any 40 where none is asked for
    "soft_words",  # each token of the query by the nearest token of the chunk: rarest syllable as weight
    "soft_squares",  # the same with squared nearness and the length of the token's vector as weight
    "soft_compounds",  # the same over tokens of several syllables
    "tokens",  # coverage of the tokens themselves
)
MAX_SYLLABLES = 64  # of a query: a pasted page says no more after that
LEAD_SYLLABLES = 25
PLAIN_SHARE = 0.6  # of coverage by words without diacritics, where those of the query were guessed
ONE_THREAD = 2**18  # multiplications up to which OpenBLAS stays on one thread: a second one only waits
_SAME = 0.99  # cosine from which two tokens are one
_ASKING_PHRASES = """
    là gì|là ai|ai là|là bao nhiêu|ở đâu|khi nào|lúc nào|bao giờ|bao nhiêu|như thế nào|thế nào|ra sao|vì sao|tại sao|có phải|hay không
    |là những ai|gồm những gì|những gì|gì|ai|nào|đâu|mấy|bao lâu|bao xa|sao|hãy|cho biết|nào sau đây|dưới đây|đúng nhất|chọn câu trả lời
"""
_ASKING = tuple(tuple(phrase.split()) for phrase in _ASKING_PHRASES.split("|"))
_GRAMMAR = frozenset("là của và các những được bị có ở tại trong cho với do theo này đó thì mà về từ đến một".split())  # noqa: SIM905


class ChunkWords(NamedTuple):
    """What the features read of the embedded text of a chunk: canonical syllables, the distinct token ids of the embedding, and the
    syllables with names marked by a capital (`answer_kinds.marked_terms`)."""

    syllables: Sequence[str]
    tokens: np.ndarray
    marked: Sequence[str] = ()


class Frequencies(NamedTuple):
    """How many chunks there are, and in how many a syllable or a bigram (`đảng_uỷ`) stands."""

    chunks: int
    syllable: Callable[[str], int]
    bigram: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of a query. `weights`, `content` and `telling` are over `distinct`; `pairs` are places in it."""

    distinct: tuple[str, ...]
    weights: np.ndarray  # inverse document frequency
    content: np.ndarray  # False for words of asking
    telling: np.ndarray  # False for words of asking and of grammar
    pairs: tuple[tuple[int, int], ...]
    pair_weights: np.ndarray
    kind: Kind | None = None
    guessed: bool = False  # whether diacritics were not typed


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """The embedding's tokens of a query: `rows` (t, d) as they are in the model, the weights of `token_weights`."""

    rows: np.ndarray
    rarest: np.ndarray  # weight of the rarest content syllable
    sums: np.ndarray  # of all content syllables
    content: np.ndarray
    compound: np.ndarray


def asked_words(text: str, frequencies: Frequencies, *, guessed: bool = False) -> AskedWords:
    """The syllables of a query with their weights in this index; `guessed` where the diacritics of `text` were not typed."""
    syllables = terms(text)[:MAX_SYLLABLES]
    distinct = tuple(dict.fromkeys(syllables))
    place = {word: at for at, word in enumerate(distinct)}
    content = np.zeros(len(distinct), bool)
    content[[place[word] for word, asking in zip(syllables, _asking(syllables), strict=True) if not asking]] = True
    if not content.any():
        content[:] = True
    pairs = tuple(dict.fromkeys(pairwise(place[word] for word in syllables)))
    pair_counts = [frequencies.bigram(f"{distinct[first]}_{distinct[second]}") for first, second in pairs]
    either = np.array([content[first] or content[second] for first, second in pairs], bool)
    return AskedWords(
        distinct=distinct,
        weights=_rarity([frequencies.syllable(word) for word in distinct], frequencies.chunks),
        content=content,
        telling=content & np.array([word not in _GRAMMAR for word in distinct], bool),
        pairs=pairs,
        pair_weights=_rarity(pair_counts, frequencies.chunks) * either,
        kind=asked_kind(text),
        guessed=guessed,
    )


def asked_tokens(asked: AskedWords, rows: np.ndarray, texts: Sequence[str]) -> AskedTokens:
    """The tokens of a query with float32 `rows` (t, d) and what each stands for; a piece of a syllable weighs as an average one."""
    place = {word: at for at, word in enumerate(asked.distinct)}
    known = [[place[word] for word in terms(text) if word in place] for text in texts]
    average = float(asked.weights.mean())
    return AskedTokens(
        rows=rows,
        rarest=np.array([max(asked.weights[at], default=average) for at in known]),
        sums=np.array([asked.weights[at].sum() if at else average for at in known]),
        content=np.array([bool(asked.content[at].any()) if at else True for at in known]),
        compound=np.array([len(terms(text)) > 1 for text in texts]),
    )


def _asking(syllables: Sequence[str]) -> list[bool]:
    asking = [False] * len(syllables)
    for phrase in _ASKING:
        for first in range(len(syllables) - len(phrase) + 1):
            if tuple(syllables[first : first + len(phrase)]) == phrase:
                asking[first : first + len(phrase)] = [True] * len(phrase)
    return asking


def _rarity(counts: Sequence[int], chunks: int) -> np.ndarray:
    found = np.minimum(np.array(counts, np.float64), chunks)
    return np.log(1 + (chunks - found + 0.5) / (found + 0.5))


def feature_table(
    words: AskedWords, tokens: AskedTokens, chunks: Sequence[ChunkWords], unit_rows: Callable[[np.ndarray], np.ndarray], scores: np.ndarray
) -> np.ndarray:
    """float64 (chunks, FEATURES). `scores` (chunks, 2) are BM25 and cosine; `unit_rows` gives unit vectors of token ids."""
    nearest = nearest_cosines(tokens, chunks, unit_rows)
    columns = {
        "bm25": scores[:, 0] / (scores[:, 0].max() or 1.0),
        "cosine": scores[:, 1],
        **_guessed_coverage(words, chunks),
        "soft_words": _share(nearest, tokens.rarest * tokens.content),
        "soft_squares": _share(nearest**2, np.linalg.norm(tokens.rows, axis=1) * tokens.content),
        "soft_compounds": _share(nearest, tokens.sums * (tokens.compound if tokens.compound.any() else tokens.content)),
        "tokens": _share(nearest > _SAME, tokens.sums * tokens.content),
    }
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _guessed_coverage(words: AskedWords, chunks: Sequence[ChunkWords]) -> dict[str, np.ndarray]:
    """`_coverage`; where diacritics were guessed, mixed with that by words without any, since a guess may be wrong."""
    exact = _coverage(words, chunks)
    if not words.guessed:
        return exact
    plain_words = replace(words, distinct=tuple(map(fold, words.distinct)))
    plain = _coverage(plain_words, [chunk._replace(syllables=fold(" ".join(chunk.syllables)).split()) for chunk in chunks])
    return {name: (1 - PLAIN_SHARE) * exact[name] + PLAIN_SHARE * plain[name] for name in exact}


def _coverage(words: AskedWords, chunks: Sequence[ChunkWords]) -> dict[str, np.ndarray]:
    """The features that count the words of the query in a chunk."""
    matches = find_matches(words, chunks)
    weights = words.weights * words.content
    answers = _answers(words.kind, matches, chunks)
    return {
        "lead": _share(_present(matches[:, :LEAD_SYLLABLES], len(weights)), weights),
        "words": _share(_present(matches, len(weights)), words.weights * words.telling),
        "pairs": _share(_present_pairs(matches, words.pairs, len(weights)), words.pair_weights),
        "window15": best_window(matches, weights, 15),
        "answer": answers.any(axis=1).astype(float),
        "answer40": best_window(matches, weights, 40, answers),
    }


def find_matches(words: AskedWords, chunks: Sequence[ChunkWords]) -> np.ndarray:
    """int16 (chunks, longest): which of the query's distinct words stands at each place, −1 for any other and after the end."""
    place = {word: at for at, word in enumerate(words.distinct)}
    lengths = np.array([len(chunk.syllables) for chunk in chunks])
    matches = np.full((len(chunks), max(int(lengths.max()), 1)), -1, np.int16)
    inside = np.arange(matches.shape[1]) < lengths[:, None]
    matches[inside] = [place.get(word, -1) for chunk in chunks for word in chunk.syllables]
    return matches


def _present(matches: np.ndarray, count: int) -> np.ndarray:
    return np.stack([(matches == at).any(axis=1) for at in range(count)], axis=1)


def _present_pairs(matches: np.ndarray, pairs: Sequence[tuple[int, int]], count: int) -> np.ndarray:
    first, second = matches[:, :-1].astype(np.int32), matches[:, 1:]
    neighbours = np.where((first >= 0) & (second >= 0), first * count + second, -1)
    found = [(neighbours == left * count + right).any(axis=1) for left, right in pairs]
    return np.stack(found, axis=1) if found else np.zeros((len(matches), 0), bool)


def _answers(kind: Kind | None, matches: np.ndarray, chunks: Sequence[ChunkWords]) -> np.ndarray:
    """bool, shaped as `matches`: places of words of the asked kind that the query does not have; everywhere if no kind is asked for."""
    if kind is None:
        return np.ones(matches.shape, bool)
    found = np.zeros(matches.shape, bool)
    for row, chunk in enumerate(chunks):
        found[row, : len(chunk.marked)] = of_kind(kind, chunk.marked)
    return found & (matches < 0)


def best_window(matches: np.ndarray, weights: np.ndarray, width: int, holding: np.ndarray | None = None) -> np.ndarray:
    """The largest share of the words' weight that stands within `width` places in a row, one of `holding` among them if given."""
    total = np.zeros(matches.shape)
    for at in np.flatnonzero(weights):
        total += weights[at] * _within(matches == at, width)
    if holding is not None:
        total *= _within(holding, width)
    return total.max(axis=1) / (weights.sum() or 1.0)


def _within(found: np.ndarray, width: int) -> np.ndarray:
    """bool, shaped as `found`: whether one is found among the `width` places that end here."""
    seen = np.cumsum(found, axis=1, dtype=np.int16)
    seen[:, width:] -= seen[:, :-width].copy()
    return seen > 0


def nearest_cosines(tokens: AskedTokens, chunks: Sequence[ChunkWords], unit_rows: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """(chunks, tokens of the query) the cosine of the chunk's nearest token, not below 0."""
    nearest = np.zeros((len(chunks), len(tokens.rows)))
    filled = np.array([at for at, chunk in enumerate(chunks) if len(chunk.tokens)], np.int64)
    if not len(filled) or not len(tokens.rows):
        return nearest
    sizes = [len(chunks[at].tokens) for at in filled]
    ids, places = np.unique(np.concatenate([chunks[at].tokens for at in filled]), return_inverse=True)
    lengths = np.linalg.norm(tokens.rows, axis=1, keepdims=True)
    asked = (tokens.rows / np.maximum(lengths, 1e-9)).T
    step = max(1, ONE_THREAD // asked.size)
    cosines = np.concatenate([unit_rows(ids[first : first + step]) @ asked for first in range(0, len(ids), step)])
    nearest[filled] = np.maximum.reduceat(cosines[places], np.cumsum([0, *sizes[:-1]]), axis=0)
    return np.clip(nearest, 0.0, 1.0)


def _share(found: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(chunks,) the share of `weights` that `found` (chunks, words) covers."""
    return found @ weights / (weights.sum() or 1.0)
