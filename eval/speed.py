"""How fast a corpus is ingested, searched and answered from, by the users' own code path."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.datasets import DatasetError
from index.build import BuildReport, build
from index.engine import Engine
from index.query import Understanding
from index.settings import Settings
from index.types import Filters
from qa.chain import Assistant

WARM_UP = 10  # queries not counted: caches, compiled patterns
QUERIES = 300
SEED = 7


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one step over `n` calls."""

    n: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """`steps` by name: understanding a query, a whole search of ten hits, a whole extractive answer."""

    articles: int
    chunks: int
    ingest_seconds: float
    chunks_per_second: float
    open_seconds: float
    peak_megabytes: int
    steps: dict[str, Timing]


def measure_speed(corpus: Path, settings: Settings, understanding: Understanding, queries: Sequence[str] = ()) -> SpeedReport:
    """Ingest `corpus` into an index of its own, then search and ask with `queries` (none given: titles of its articles)."""
    with TemporaryDirectory(prefix="hoidap-speed-") as folder:
        own = replace(settings, index_dir=Path(folder), corpus_dir=corpus)
        ingested = build([corpus], own)
        if not ingested.indexed_articles:
            raise DatasetError(f"{corpus}: expected articles to index, found none; {[s.reason for s in ingested.skipped[:3]]}")
        begun = time.perf_counter()
        with Engine.open(own) as engine:
            open_seconds = time.perf_counter() - begun
            asked = list(queries) or titles(engine)
            steps = _time_steps(engine, replace(understanding, corpus=engine), own, asked)
    return _report(ingested, open_seconds, steps)


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


def _timed(step: Callable[[str], object], queries: Sequence[str]) -> Timing:
    for query in queries[:WARM_UP]:
        step(query)
    times = []
    for query in queries[WARM_UP:] or queries:
        begun = time.perf_counter()
        step(query)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return Timing(len(times), round(times[len(times) // 2], 2), round(times[int(len(times) * 0.95)], 2))


def _report(ingested: BuildReport, open_seconds: float, steps: dict[str, Timing]) -> SpeedReport:
    return SpeedReport(
        articles=ingested.indexed_articles,
        chunks=ingested.indexed_chunks,
        ingest_seconds=round(ingested.seconds, 1),
        chunks_per_second=round(ingested.chunks_per_second, 1),
        open_seconds=round(open_seconds, 3),
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        steps=steps,
    )
