"""Rankings of articles for judged queries, measured by ir-measures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

from eval.datasets import RetrievalSet
from index.errors import QueryError
from index.types import Hit, Query, SearchEngine

MEASURES = (nDCG @ 10, R @ 1, R @ 5, R @ 10, R @ 100, RR @ 10)
DEPTH = 100  # articles ranked for a query, as R@100 needs them
HITS = 150  # chunks asked for, since one article may give several

Ranking = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """Means over all queries; one without any hit counts 0. `per_query` is nDCG@10; `seconds` the median of one search."""

    name: str
    measures: dict[str, float]
    per_query: dict[str, float]
    ranking: Ranking
    n: int
    seconds: float
    p95_seconds: float


def evaluate_retrieval(
    dataset: RetrievalSet, engine: SearchEngine, understand: Callable[[str], Query], style: Callable[[str], str] = str
) -> RetrievalReport:
    """Ask every query of `dataset`, spelled by `style`, through the users' own path and measure the ranking of articles."""
    ranking: Ranking = {}
    times: list[float] = []
    for query_id, text in dataset.queries.items():
        begun = time.perf_counter()
        try:
            hits = engine.search(understand(style(text)), k=HITS)
        except QueryError:
            hits = []
        times.append(time.perf_counter() - begun)
        ranking[query_id] = rank_articles(hits, dataset.corpus_prefix)
    per_query = {m.query_id: m.value for m in ir_measures.iter_calc([nDCG @ 10], dataset.relevances, ranking)}
    return RetrievalReport(
        name=dataset.name,
        measures=measure(dataset.relevances, ranking),
        per_query=per_query,
        ranking=ranking,
        n=len(dataset.queries),
        seconds=_quantile(times, 0.5),
        p95_seconds=_quantile(times, 0.95),
    )


def measure(relevances: dict[str, dict[str, int]], ranking: Ranking) -> dict[str, float]:
    """The measures of DESIGN section 7, each a mean over the judged queries."""
    found = ir_measures.calc_aggregate(list(MEASURES), relevances, ranking)
    return {str(wanted): round(float(found[wanted]), 4) for wanted in MEASURES}


def rank_articles(hits: list[Hit], prefix: str = "") -> dict[str, float]:
    """Articles in the order of their first hit, near-duplicates right behind the one shown; score = 1/rank, as only order counts.

    `prefix` is taken off our ids, which gives back the ids of a BEIR corpus.
    """
    order: dict[str, None] = {}
    for hit in hits:
        for article_id in (hit.article_id, *hit.duplicates):
            order.setdefault(article_id.removeprefix(prefix))
    return {article_id: 1 / rank for rank, article_id in enumerate(list(order)[:DEPTH], start=1)}


def write_run(ranking: Ranking, path: Path, tag: str) -> None:
    """A TREC run file: query Q0 article rank score tag. Spaces in ids become %20, since the format separates by them."""
    lines = []
    for query_id, articles in ranking.items():
        for rank, (article_id, score) in enumerate(articles.items(), start=1):
            lines.append(f"{query_id} Q0 {article_id.replace(' ', '%20')} {rank} {score:.6f} {tag}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0
