"""Where the time of a search goes: the steps of `Engine.search` one by one, and how near the dense leg comes to exact float32."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np

from index.candidates import find_candidates, lexical_query, matching_numbers
from index.layout import Layout
from index.query import Understanding
from index.ranking import Ranker
from index.selection import select_hits
from index.settings import Settings
from index.snapshot import Snapshot
from index.types import Embedder

PARTS = ("understanding", "lexical", "dense", "candidates", "rerank", "selection")  # "candidates": what is left beside the two legs
HITS = 10
NEAREST = 100
_BATCH = 5_000


def now() -> np.ndarray:
    """Seconds by the clock and of this thread's processor time."""
    return np.array([time.perf_counter(), time.thread_time()])


class PartsTimer:
    """Times the parts of searches over one index, opened for itself."""

    def __init__(self, settings: Settings, embedder: Embedder, understanding: Understanding) -> None:
        self._settings = settings
        self._embedder = embedder
        self._understanding = understanding
        self._snapshot = Snapshot.open(Layout(settings.index_dir), embedder.fingerprint)
        self._ranker = Ranker(embedder, settings)

    def close(self) -> None:
        self._snapshot.close()

    def __call__(self, typed: str) -> dict[str, np.ndarray]:
        """Milliseconds of each of PARTS for one query, by the clock and of the processor."""
        snapshot, depth = self._snapshot, max(self._settings.candidates, 2 * HITS)
        marks = [now()]
        query = self._understanding(typed)
        words, vector = lexical_query(query), self._embedder.embed_queries([query.text])[0]
        marks.append(now())
        if snapshot.lexical is not None:
            snapshot.lexical.search(words, depth)
        marks.append(now())
        snapshot.dense.search(vector, depth)
        marks.append(now())
        numbers = matching_numbers(snapshot, query.references)
        candidates = find_candidates(snapshot, words, numbers, vector, depth, None)
        marks.append(now())
        ranked = self._ranker.rank(snapshot, query, candidates, HITS)
        marks.append(now())
        select_hits(snapshot.catalogue, ranked, query, words, numbers, HITS)
        marks.append(now())
        steps = dict(zip(PARTS, 1000 * np.diff(marks, axis=0), strict=True))
        steps["candidates"] = np.maximum(0.0, steps["candidates"] - steps["lexical"] - steps["dense"])
        return steps

    def recall(self, queries: Sequence[str]) -> float:
        """Share of the NEAREST chunks by float32 vectors, made anew from the texts, that the dense leg finds."""
        asked = self._embedder.embed_queries([self._understanding(query).text for query in queries])
        exact = self._nearest(asked)
        found = [{key for key, _ in self._snapshot.dense.search(vector, NEAREST)} for vector in asked]
        return float(np.mean([len(near & seen) / len(near) for near, seen in zip(exact, found, strict=True)]))

    def _nearest(self, asked: np.ndarray) -> list[set[int]]:
        """The keys of the nearest chunks of each query, by brute force."""
        keys, scores = np.empty((len(asked), 0), np.int64), np.empty((len(asked), 0), np.float32)
        for batch, rows in self._rows():
            keys = np.concatenate([keys, np.broadcast_to(batch, (len(asked), len(batch)))], axis=1)
            scores = np.concatenate([scores, asked @ rows.T], axis=1)
            best = np.argsort(-scores, axis=1)[:, :NEAREST]
            keys, scores = np.take_along_axis(keys, best, axis=1), np.take_along_axis(scores, best, axis=1)
        return [set(row) for row in keys.tolist()]

    def _rows(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        catalogue = self._snapshot.catalogue
        for start in range(0, len(catalogue.keys), _BATCH):
            texts = catalogue.texts(catalogue.keys[start : start + _BATCH].tolist())
            yield np.array(list(texts), np.int64), self._embedder.embed_passages(list(texts.values()))
