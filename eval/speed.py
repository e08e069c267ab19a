"""How fast a corpus is ingested, searched and answered from, by the users' own code path, and where the time goes."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.datasets import DatasetError
from eval.speed_embedding import embedding_rates, texts_of
from eval.speed_parts import PARTS, PartsTimer, now
from index.build import build
from index.embedding import load_embedder
from index.engine import Engine
from index.query import Understanding
from index.settings import Settings
from index.types import Filters
from qa.chain import Assistant

WARM_UP = 10  # queries not counted: caches, compiled patterns
QUERIES = 300
RECALLED = 50  # queries whose nearest chunks are looked for by brute force
SEED = 7


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one step over `n` calls; `cpu_…` is this thread's own processor time, which a busy machine changes little."""

    n: int
    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """`steps` by name: understanding a query, a whole search of ten hits, a whole extractive answer, and the parts of a search.

    The ingest is None where an index was given. `embedding` is texts a second by program, `recall` that of the dense leg at 100.
    """

    articles: int
    chunks: int
    ingest_seconds: float | None
    chunks_per_second: float | None
    open_seconds: float
    peak_megabytes: int
    steps: dict[str, Timing]
    parts: dict[str, Timing]
    recall: float
    embedding: dict[str, float | str]


def measure_speed(
    corpus: Path, settings: Settings, understanding: Understanding, queries: Sequence[str] = (), index: Path | None = None
) -> SpeedReport:
    """Ingest `corpus` into an index of its own, or take the one in `index`, then search and ask (no `queries`: titles of its articles)."""
    with _folder(index) as folder:
        own = replace(settings, index_dir=folder, corpus_dir=corpus)
        ingested = build([corpus], own) if index is None else None
        if ingested and not ingested.indexed_articles:
            raise DatasetError(f"{corpus}: expected articles to index, found none; {[s.reason for s in ingested.skipped[:3]]}")
        begun = time.perf_counter()
        with Engine.open(own) as engine:
            open_seconds = time.perf_counter() - begun
            asked = list(queries) or titles(engine)
            if not asked:
                raise DatasetError(f"{folder}: expected an index with articles to ask about, found none; ingest some first")
            knowing = replace(understanding, corpus=engine)
            steps = _time_steps(engine, knowing, own, asked)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # before torch comes in
            parts, recall = _time_parts(knowing, own, asked)
            summary = engine.summary()
            embedding = embedding_rates(texts_of(engine.articles()), settings)
    return SpeedReport(
        articles=summary.articles,
        chunks=summary.chunks,
        ingest_seconds=round(ingested.seconds, 1) if ingested else None,
        chunks_per_second=round(ingested.chunks_per_second, 1) if ingested else None,
        open_seconds=round(open_seconds, 3),
        peak_megabytes=peak,
        steps=steps,
        parts=parts,
        recall=round(recall, 4),
        embedding=embedding,
    )


@contextmanager
def _folder(index: Path | None) -> Iterator[Path]:
    if index is not None:
        yield index
        return
    with TemporaryDirectory(prefix="hoidap-speed-") as folder:
        yield Path(folder)


def titles(engine: Engine) -> list[str]:
    """Titles of articles spread over the index: what staff type who look for a text they have heard of."""
    listed = [entry.metadata.title for entry in engine.listing(Filters()) if entry.metadata.title]
    return random.Random(SEED).sample(listed, min(len(listed), QUERIES + WARM_UP))


def _time_steps(engine: Engine, understanding: Understanding, settings: Settings, queries: Sequence[str]) -> dict[str, Timing]:
    assistant = Assistant(engine, settings, understand=understanding)
    return {
        "understanding": _timed(understanding, queries),
        "search": _timed(lambda text: engine.search(understanding(text), k=10), queries),
        "answer": _timed(assistant.answer, queries),
    }


def _time_parts(understanding: Understanding, settings: Settings, queries: Sequence[str]) -> tuple[dict[str, Timing], float]:
    timer = PartsTimer(settings, load_embedder(settings), understanding)
    try:
        for query in queries[:WARM_UP]:
            timer(query)
        times = [timer(query) for query in queries[WARM_UP:] or queries]
        return {part: _timing([one[part] for one in times]) for part in PARTS}, timer.recall(queries[:RECALLED])
    finally:
        timer.close()


def _timed(step: Callable[[str], object], queries: Sequence[str]) -> Timing:
    for query in queries[:WARM_UP]:
        step(query)
    times = []
    for query in queries[WARM_UP:] or queries:
        begun = now()
        step(query)
        times.append(1000 * (now() - begun))
    return _timing(times)


def _timing(times: Sequence[np.ndarray]) -> Timing:
    """`times` are milliseconds by the clock and of the processor."""
    ordered = np.sort(np.array(times), axis=0)
    medians, worst = ordered[len(ordered) // 2].round(2).tolist(), ordered[int(len(ordered) * 0.95)].round(2).tolist()
    return Timing(len(ordered), medians[0], worst[0], medians[1], worst[1])
