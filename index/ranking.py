"""Candidates of a query → ranked: the words of each chunk, its features, its score; fused scores where no weights fit the model.

With a cross-encoder set, the best of that order are read by it and ordered anew.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from index.candidates import guessed_words
from index.catalogue import Catalogue
from index.embedding import StaticEmbedder
from index.features import MAX_SYLLABLES, ChunkWords, Frequencies, asked_tokens, asked_words, feature_table
from index.lexical import LexicalIndex
from index.rerank import Candidate, LinearModel, load_shipped, rank, rank_by
from index.settings import Settings
from index.snapshot import Snapshot
from index.text.tokens import terms
from index.types import Embedder, PairScorer, Query

RERANKED = 40  # of the best by fusion, at least twice what is asked for: reading the words of more takes time and changed no figure


class Ranker:
    """Ranks the candidates of one engine. Not for two threads at once."""

    def __init__(self, embedder: Embedder, settings: Settings, model: LinearModel | None = None, scorer: PairScorer | None = None) -> None:
        """`scorer` stands for the cross-encoder of the settings, which is loaded where they name one; SettingsError where it cannot be."""
        self._model = model or load_shipped()
        learned = isinstance(embedder, StaticEmbedder) and embedder.fingerprint == self._model.fingerprint
        self._table = FeatureReader(embedder) if learned and isinstance(embedder, StaticEmbedder) else None
        self._settings = settings
        self._scorer = scorer or _load_scorer(settings)
        self.notice = None if learned or self._scorer else _unlearned(embedder.fingerprint, self._model.fingerprint)
        if self.notice:
            logging.getLogger(__name__).warning(self.notice)

    def rank(self, snapshot: Snapshot, query: Query, candidates: Sequence[Candidate], k: int) -> list[tuple[Candidate, float]]:
        """Candidates of `query` with scores, best first, ties by key; those that cannot be among the best `k` stay as fused."""
        ranked = self._rank_by_features(snapshot, query, candidates, k)
        if self._scorer is None or not ranked:
            return ranked
        depth = max(self._settings.reranker_depth, 1)
        head = [candidate for candidate, _ in ranked[:depth]]
        texts = snapshot.catalogue.texts([candidate.key for candidate in head])
        read = rank_by(self._scorer.scores(query.text, [texts.get(candidate.key, "") for candidate in head]), head)
        return read + _below(read[-1][1], ranked[depth:])

    def _rank_by_features(self, snapshot: Snapshot, query: Query, candidates: Sequence[Candidate], k: int) -> list[tuple[Candidate, float]]:
        fused = rank(candidates, self._settings.lexical_weight)
        if self._table is None or snapshot.lexical is None or not fused:
            return fused
        depth = max(RERANKED, 2 * k)
        head = [candidate for candidate, _ in fused[:depth]]
        ranked = self._model.rank(head, self._table.read(snapshot.catalogue, snapshot.lexical, query, head))
        return ranked + _below(ranked[-1][1], fused[depth:])


def _load_scorer(settings: Settings) -> PairScorer | None:
    if not settings.reranker_model:
        return None
    from index.transformer import load_cross_encoder

    return load_cross_encoder(settings)


def _unlearned(used: str, learned_over: str) -> str:
    return (
        f"Trọng số xếp hạng được học cho mô hình nhúng {learned_over}, không dùng được với {used}: kết quả chỉ xếp theo điểm gộp "
        "của từ ngữ và ngữ nghĩa. Hãy đặt HOIDAP_RERANKER_MODEL là một cross-encoder, hoặc bỏ trống HOIDAP_EMBEDDING_MODEL."
    )


def written_out(chunk: ChunkWords, short_forms: Mapping[str, str]) -> ChunkWords:
    """The chunk with each of `short_forms` in it as the words it stands for: a query that has them in full finds them."""
    long = {word: terms(full) for short, full in short_forms.items() for word in terms(short)}
    if long.keys().isdisjoint(chunk.syllables):
        return chunk
    marked = chunk.marked or chunk.syllables
    return ChunkWords(
        [word for own in chunk.syllables for word in long.get(own, (own,))],
        chunk.tokens,
        [word for own, mark in zip(chunk.syllables, marked, strict=True) for word in long.get(own, (mark,))],
    )


def _below(score: float, rest: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """The same order, the scores scaled so that the first has `score`."""
    return [(candidate, score * (value / (rest[0][1] or 1.0))) for candidate, value in rest]


class FeatureReader:
    """The features of candidates, for ranking and for learning to rank alike."""

    def __init__(self, embedder: StaticEmbedder) -> None:
        self._embedder = embedder
        self._scales = 1 / np.maximum(embedder.token_lengths, 1e-9)

    def read(self, catalogue: Catalogue, lexical: LexicalIndex, query: Query, candidates: Sequence[Candidate]) -> np.ndarray:
        """float64 (candidates, FEATURES); zeros of coverage for a chunk the catalogue does not know (yet)."""
        text = query.text
        frequencies = Frequencies(len(lexical), partial(lexical.frequency, "syllables"), partial(lexical.frequency, "bigrams"))
        words = asked_words(text, frequencies, guessed=bool(guessed_words(query)))
        ids = list(dict.fromkeys(self._embedder.token_ids([" ".join(terms(text)[:MAX_SYLLABLES])])[0]))
        tokens = asked_tokens(words, self._embedder.token_rows(ids), self._embedder.token_texts(ids))
        scores = np.array([(candidate.bm25, candidate.cosine) for candidate in candidates])
        chunks = [written_out(chunk, query.short_forms) for chunk in self._words(catalogue, [candidate.key for candidate in candidates])]
        return feature_table(words, tokens, chunks, self._unit_rows, scores)

    def _unit_rows(self, ids: np.ndarray) -> np.ndarray:
        rows = self._embedder.token_rows(ids)
        rows *= self._scales[ids, None]
        return rows

    def _words(self, catalogue: Catalogue, keys: Sequence[int]) -> list[ChunkWords]:
        """Not remembered: reading them again takes less time than keeping ten thousand would take memory."""
        unpack, read = self._embedder.unpack_tokens, catalogue.words(keys)
        found = {key: ChunkWords(marked.lower().split(), unpack(tokens or b""), marked.split()) for key, (marked, tokens) in read.items()}
        unknown = ChunkWords((), np.empty(0, np.int32))
        return [found.get(key, unknown) for key in keys]
