"""Reports on disk: JSON for scripts, Markdown with plots for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.answers import MEASURES as ANSWER_MEASURES
from eval.answers import AnswerScore, summarize
from eval.decline_curve import Point
from eval.plots import plot_curve, plot_groups, plot_histogram
from eval.retrieval import RetrievalReport, write_run
from eval.sets import SPLITS
from eval.speed import SpeedReport, Timing

Scores = Mapping[str, Mapping[str, list[AnswerScore]]]  # style → set → scores
_COLUMNS = ["n", *ANSWER_MEASURES, "declined", "median_words"]
_COLUMNS_OF_TIME = ["p50 ms", "p95 ms", "p50 ms of processor", "p95 ms of processor"]
_DECLINE = ["decline_precision", "decline_recall"]


def write_retrieval(report: RetrievalReport, folder: Path, tag: str) -> None:
    """`folder`/run.trec, report.json, report.md and ndcg.png."""
    folder.mkdir(parents=True, exist_ok=True)
    write_run(report.ranking, folder / "run.trec", tag)
    record = {"name": report.name, "measures": report.measures, "n": report.n, "seconds": report.seconds, "p95_seconds": report.p95_seconds}
    _write_json(record | {"per_query": report.per_query}, folder / "report.json")
    plot_histogram(list(report.per_query.values()), "nDCG@10", folder / "ndcg.png")
    rows = [[name, f"{value:.4f}"] for name, value in report.measures.items()]
    _write_markdown(
        folder / "report.md",
        f"# Retrieval on {report.name}",
        f"{report.n} queries, one search {report.seconds * 1000:.1f} ms (median), {report.p95_seconds * 1000:.1f} ms (p95).",
        _table(["measure", "mean"], rows),
        "![nDCG@10 by query](ndcg.png)",
    )


def write_answers(scores: Scores, folder: Path, curve: Sequence[Point] = ()) -> None:
    """`folder`/report.json, report.md, types.png and, where there is a curve, decline.png.

    Single answers are shown of the split "dev" only, so that nobody mends what the held-out questions show.
    """
    folder.mkdir(parents=True, exist_ok=True)
    summaries = {style: {name: summarize(found) for name, found in sets.items()} for style, sets in scores.items()}
    shown = {style: [asdict(s) for found in sets.values() for s in found if s.split == "dev"] for style, sets in scores.items()}
    _write_json({"summaries": summaries, "curve": [asdict(point) for point in curve], "answers": shown}, folder / "report.json")
    pooled = {style: summarize([s for found in sets.values() for s in found]) for style, sets in scores.items()}
    plot_groups({style: _by_type(summary) for style, summary in pooled.items()}, "must_include complete", folder / "types.png")
    paragraphs = ["# Answers", _overview(scores), "![must_include complete by type](types.png)"]
    paragraphs += _curve_section(curve, folder) if curve else []
    for style, summary in pooled.items():
        paragraphs += [f"## By type, {style}", _types_table(summary)]
    wrong = [s for found in scores[next(iter(scores))].values() for s in found if s.split == "dev" and not s.right]
    paragraphs += ["## What went wrong", "\n".join(f"- `{s.id}` ({s.type}): {s.answer[:200]!r}" for s in wrong) or "Nothing."]
    _write_markdown(folder / "report.md", *paragraphs)


def write_speed(report: SpeedReport, folder: Path) -> None:
    """`folder`/report.json and report.md."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(asdict(report), folder / "report.json")
    whole = sum(part.cpu_p50 for part in report.parts.values()) or 1.0
    steps = [[name, str(step.n), *_milliseconds(step)] for name, step in report.steps.items()]
    parts = [[name, *_milliseconds(part), f"{part.cpu_p50 / whole:.0%}"] for name, part in report.parts.items()]
    ingest = (
        "an index that was there" if report.ingest_seconds is None else f"{report.ingest_seconds} s, {report.chunks_per_second} chunks/s"
    )
    _write_markdown(
        folder / "report.md",
        "# Speed",
        f"{report.articles} articles, {report.chunks} chunks; ingest: {ingest}; opened in {report.open_seconds} s; "
        f"peak {report.peak_megabytes} MB; recall@100 of the dense leg against exact float32: {report.recall:.4f}.",
        _table(["step", "n", *_COLUMNS_OF_TIME], steps),
        "## Parts of a search",
        _table(["part", *_COLUMNS_OF_TIME, "share"], parts),
        "## Embedding the same texts of 120 words",
        _table(["program", "texts a second"], [[name, str(rate)] for name, rate in report.embedding.items()]),
    )


def _milliseconds(step: Timing) -> list[str]:
    return [f"{value:.2f}" for value in (step.p50, step.p95, step.cpu_p50, step.cpu_p95)]


def _overview(scores: Scores) -> str:
    """One row for each style, set and split."""
    rows = []
    for style, sets in scores.items():
        for name, found in sets.items():
            for split in (*SPLITS, "all"):
                part = [s for s in found if split in ("all", s.split)]
                if part and (split == "all" or len(part) < len(found)):
                    overall: Any = summarize(part)["overall"]
                    rows.append([style, name, split, *(_shown(overall.get(column)) for column in [*_COLUMNS, *_DECLINE])])
    return _table(["style", "set", "split", *_COLUMNS, *_DECLINE], rows)


def _types_table(summary: Mapping[str, Any]) -> str:
    rows = [[kind, *(_shown(row.get(column)) for column in _COLUMNS)] for kind, row in summary["by_type"].items()]
    return _table(["type", *_COLUMNS], rows)


def _by_type(summary: Mapping[str, Any]) -> dict[str, float]:
    return {f"{kind} ({row['n']})": row["must_include"] for kind, row in summary["by_type"].items() if row["must_include"] is not None}


def _curve_section(curve: Sequence[Point], folder: Path) -> list[str]:
    labels = ("share of all questions that are answered", "share of these answers that are wrong")
    shipped = next((point for point in curve if point.factor == 1.0), curve[0])
    plot_curve([(point.answered, point.error) for point in curve], (shipped.answered, shipped.error), labels, folder / "decline.png")
    rows = [[f"{point.factor:.1f}", _shown(point.answered), _shown(point.error)] for point in curve]
    table = _table(["thresholds times", "answered", "wrong of these"], rows)
    return ["## Declining", "Both splits, as typed; 1.0 is as shipped.", "![answered share against error](decline.png)", table]


def _shown(value: object) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _table(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows])


def _write_markdown(path: Path, *paragraphs: str) -> None:
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def _write_json(record: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
