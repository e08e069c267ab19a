"""`python -m index.training reranker`: weights of the features, by a listwise softmax loss over the product's own candidates.

Each set is indexed as users' articles are and asked through the same code; a chunk is right where its article is. Both sets count
alike, whatever their size. The figures are those of questions not learned from: by cross-validation, from set to set, and of
news titles, which are only measured (learning from them too made every other set worse).
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.build import build
from index.candidates import find_candidates, lexical_query, matching_numbers
from index.embedding import StaticEmbedder
from index.layout import Layout
from index.query import load_understanding
from index.ranking import FeatureReader
from index.rerank import LinearModel
from index.settings import Settings
from index.snapshot import Snapshot
from index.training.listwise import Candidates, fit_listwise
from index.training.records import read_news
from index.training.report import measured
from index.types import Query

SETS = ("alqac", "zaloqa")
NEWS_ARTICLES = 800
FOLDS = 5
PENALTY = 3e-3
TOP = 10


class Asked(NamedTuple):
    """One question: the features of its candidates, the article of each, whether that one is right, and how many are."""

    table: np.ndarray
    articles: list[str]
    right: np.ndarray
    wanted: int


def train_reranker(data: Path, judged: Path, out: Path, seed: int) -> None:
    """Learn from the BEIR folders of SETS below `judged`, write `out`, print the figures."""
    embedder = StaticEmbedder()
    sets: dict[str, list[Asked]] = {}
    for name in SETS:
        with measured(name):
            sets[name] = list(read_asked(judged / name, embedder))
    weights = fit(list(sets.values()))
    LinearModel(weights, embedder.fingerprint).save(out)
    with measured("news"), _news_set(data) as folder:
        print(f"news: {mean_ndcg(list(read_asked(folder, embedder)), weights):.4f}", flush=True)
    with measured("figures"):
        for line in figures(sets, seed):
            print(line, flush=True)


def read_asked(folder: Path, embedder: StaticEmbedder) -> Iterator[Asked]:
    """The judged questions of a BEIR folder, with the candidates an engine over its corpus finds."""
    questions = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    right: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, article, grade = line.split("\t")
        if int(grade) > 0:
            right.setdefault(question, set()).add(f"corpus#{article}")
    settings = Settings()
    understand = load_understanding(settings)
    reader = FeatureReader(embedder)
    with _indexed(folder / "corpus.jsonl", settings, embedder) as snapshot:
        for question in questions:
            if question["_id"] in right:
                query = understand(question["text"])
                yield _ask(snapshot, reader, query, embedder.embed_queries([query.text])[0], settings.candidates, right[question["_id"]])


@contextmanager
def _indexed(corpus: Path, settings: Settings, embedder: StaticEmbedder) -> Iterator[Snapshot]:
    with tempfile.TemporaryDirectory() as folder:
        own = replace(settings, index_dir=Path(folder), corpus_dir=corpus)
        build([corpus], own, embedder=embedder)
        snapshot = Snapshot.open(Layout(own.index_dir), embedder.fingerprint)
        try:
            yield snapshot
        finally:
            snapshot.close()


def _ask(snapshot: Snapshot, reader: FeatureReader, query: Query, vector: np.ndarray, depth: int, right: set[str]) -> Asked:
    if snapshot.lexical is None:
        raise ValueError("the index just built has no lexical leg")
    candidates = find_candidates(snapshot, lexical_query(query), matching_numbers(snapshot, query.references), vector, depth, None)
    candidates.sort(key=lambda candidate: candidate.key)
    found = snapshot.catalogue.chunks([candidate.key for candidate in candidates])
    articles = [found[candidate.key].chunk.article_id for candidate in candidates]
    table = reader.read(snapshot.catalogue, snapshot.lexical, query, candidates)
    return Asked(table, articles, np.array([article in right for article in articles]), len(right))


@contextmanager
def _news_set(data: Path) -> Iterator[Path]:
    """News of the `va` part as a BEIR folder: the titles ask for the bodies."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "qrels").mkdir()
        news = [record for _, record in zip(range(NEWS_ARTICLES), read_news(data, "va"), strict=False)]
        _write_lines(folder / "corpus.jsonl", [{"_id": record["id"], "title": "", "text": record["body"]} for record in news])
        _write_lines(folder / "queries.jsonl", [{"_id": record["id"], "text": record["title"]} for record in news])
        judged = "".join(f"{record['id']}\t{record['id']}\t1\n" for record in news)
        (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", encoding="utf-8")
        yield folder


def _write_lines(path: Path, records: Sequence[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def fit(sets: Sequence[Sequence[Asked]]) -> np.ndarray:
    """(FEATURES,) weights learned from `sets`, which count alike."""
    return fit_listwise([[Candidates(asked.table, asked.right) for asked in asked_set] for asked_set in sets], PENALTY)


def ndcg(asked: Asked, weights: np.ndarray) -> float:
    """nDCG@TOP of the articles in the order of their best chunk."""
    order = np.argsort(-(asked.table @ weights), kind="stable")
    best = list(dict.fromkeys((asked.articles[at], bool(asked.right[at])) for at in order))[:TOP]
    gain = sum(1 / np.log2(rank + 2) for rank, (_, right) in enumerate(best) if right)
    return float(gain / sum(1 / np.log2(rank + 2) for rank in range(min(TOP, asked.wanted))))


def mean_ndcg(asked_set: Sequence[Asked], weights: np.ndarray) -> float:
    return float(np.mean([ndcg(asked, weights) for asked in asked_set]))


def figures(sets: dict[str, list[Asked]], seed: int) -> Iterator[str]:
    """nDCG@10 of each set: by cross-validation over its questions, and by weights learned from the other set alone."""
    for name, asked_set in sets.items():
        others = [asked for other, asked in sets.items() if other != name]
        yield f"{name}: {cross_validated(sets, name, seed):.4f} cross-validated, {mean_ndcg(asked_set, fit(others)):.4f} unseen"


def cross_validated(sets: dict[str, list[Asked]], name: str, seed: int) -> float:
    """The questions of `name` in FOLDS parts, each ranked by weights learned from the other parts and the other sets."""
    questions = list(sets[name])
    random.Random(seed).shuffle(questions)
    others = [asked_set for other, asked_set in sets.items() if other != name]
    values: list[float] = []
    for fold in range(FOLDS):
        kept = [asked for place, asked in enumerate(questions) if place % FOLDS != fold]
        weights = fit([kept, *others])
        values += [ndcg(asked, weights) for asked in questions[fold::FOLDS]]
    return float(np.mean(values))
