"""Retrieval measures for tuning: BM25 by numpy, the dense leg by exact cosines, their fusion, nDCG@10.

An independent, small rebuild of what the product does with Tantivy and FAISS, so that a training trial takes seconds.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from index.text.tokens import bigrams, terms
from index.training.pairs import split_chunks
from index.training.records import read_news
from index.types import Embedder

K1, B = 1.2, 0.75
DEPTH = 60  # candidates of each leg that enter the fusion
LEXICAL_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, passages, and which passages answer which question; `group[i]` is what passage i counts as."""

    name: str
    queries: list[str]
    passages: list[str]
    group: np.ndarray
    gold: list[set[int]]


def read_beir(folder: Path) -> Task:
    """A BEIR folder; the passage is title and text."""
    passages = _read_lines(folder / "corpus.jsonl")
    queries = _read_lines(folder / "queries.jsonl")
    place = {passage["_id"]: row for row, passage in enumerate(passages)}
    gold: dict[str, set[int]] = defaultdict(set)
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, score = line.split("\t")
        if int(score) > 0:
            gold[query].add(place[passage])
    judged = [query for query in queries if query["_id"] in gold]
    texts = [f"{passage['title']}\n{passage['text']}".strip() for passage in passages]
    return Task(folder.name, [q["text"] for q in judged], texts, np.arange(len(texts)), [gold[q["_id"]] for q in judged])


def read_news_task(data: Path, split: str = "va", limit: int = 2000) -> Task:
    """Find the article by its title: the passages are the chunks of the bodies, the best chunk counts for its article."""
    titles: list[str] = []
    passages: list[str] = []
    group: list[int] = []
    for news in read_news(data, split):
        chunks = split_chunks(news["body"])
        if len(titles) < limit and chunks:
            passages += chunks
            group += [len(titles)] * len(chunks)
            titles.append(news["title"])
    return Task(f"news-{split}", titles, passages, np.array(group), [{place} for place in range(len(titles))])


class Bm25:
    """BM25 as Lucene computes it, over syllables plus (if asked) syllable bigrams, exact for every passage."""

    def __init__(self, passages: Sequence[str], with_bigrams: bool = True) -> None:
        self._with_bigrams = with_bigrams
        counts = [Counter(self._words(passage)) for passage in passages]
        self._column: dict[str, int] = {}
        rows = [place for place, count in enumerate(counts) for _ in count]
        columns = [self._column.setdefault(word, len(self._column)) for count in counts for word in count]
        frequency = np.array([number for count in counts for number in count.values()], dtype=np.float64)
        lengths = np.array([len(terms(passage)) for passage in passages])
        norm = K1 * (1 - B + B * lengths[rows] / lengths.mean())
        found = np.bincount(columns)
        idf = np.log(1 + (len(passages) - found + 0.5) / (found + 0.5))
        self._weights = sparse.csc_array(
            (idf[columns] * frequency / (frequency + norm), (rows, columns)), shape=(len(passages), len(self._column))
        )

    def scores(self, query: str) -> np.ndarray:
        columns = [self._column[word] for word in self._words(query) if word in self._column]
        return np.asarray(self._weights[:, columns].sum(axis=1)).ravel() if columns else np.zeros(self._weights.shape[0])

    def _words(self, text: str) -> list[str]:
        syllables = terms(text)
        return syllables + bigrams(syllables) if self._with_bigrams else syllables


def lexical_scores(task: Task) -> np.ndarray:
    """(questions, passages) of BM25 over syllables and bigrams."""
    bm25 = Bm25(task.passages)
    return np.stack([bm25.scores(query) for query in task.queries]).astype(np.float32)


def measure(task: Task, embedder: Embedder, lexical: np.ndarray | None = None) -> dict[str, float]:
    """nDCG@10 of the dense leg alone, of BM25 alone, and of both fused."""
    lexical = lexical_scores(task) if lexical is None else lexical
    dense = embedder.embed_queries(task.queries) @ embedder.embed_passages(task.passages).T
    rows = {"dense": dense, "lexical": lexical, "fused": np.stack([fuse(b, c) for b, c in zip(lexical, dense, strict=True)])}
    return {name: float(np.mean([ndcg(score, task, place) for place, score in enumerate(scores)])) for name, scores in rows.items()}


def fuse(lexical: np.ndarray, dense: np.ndarray, weight: float = LEXICAL_WEIGHT) -> np.ndarray:
    """weight · BM25/max + (1 - weight) · cosine/max over the union of both legs' candidates; −1 elsewhere."""
    candidates = np.union1d(np.argsort(-lexical)[:DEPTH], np.argsort(-dense)[:DEPTH])
    fused = np.full(len(lexical), -1.0, dtype=np.float32)
    fused[candidates] = weight * lexical[candidates] / max(lexical.max(), 1e-9) + (1 - weight) * dense[candidates] / max(dense.max(), 1e-9)
    return fused


def ndcg(scores: np.ndarray, task: Task, question: int, k: int = 10) -> float:
    """nDCG@k with binary gains, a group found once at its best passage."""
    best = np.argsort(-scores, kind="stable")[: 8 * k]
    ranked = list(dict.fromkeys(task.group[best].tolist()))[:k]
    gold = task.gold[question]
    gain = sum(1 / np.log2(rank + 2) for rank, found in enumerate(ranked) if found in gold)
    return float(gain / sum(1 / np.log2(rank + 2) for rank in range(min(k, len(gold)))))


def _read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
