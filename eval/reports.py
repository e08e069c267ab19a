"""Reports on disk: JSON for scripts, Markdown with a plot for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.answers import MEASURES as ANSWER_MEASURES
from eval.answers import AnswerScore, summarize
from eval.retrieval import RetrievalReport, write_run


def write_retrieval(report: RetrievalReport, folder: Path, tag: str) -> None:
    """`folder`/run.trec, report.json, report.md and ndcg.png."""
    folder.mkdir(parents=True, exist_ok=True)
    write_run(report.ranking, folder / "run.trec", tag)
    record = {"name": report.name, "measures": report.measures, "n": report.n, "seconds": report.seconds, "p95_seconds": report.p95_seconds}
    _write_json(record | {"per_query": report.per_query}, folder / "report.json")
    _plot_histogram(list(report.per_query.values()), "nDCG@10", folder / "ndcg.png")
    rows = [[name, f"{value:.4f}"] for name, value in report.measures.items()]
    _write_markdown(
        folder / "report.md",
        f"# Retrieval on {report.name}",
        f"{report.n} queries, one search {report.seconds * 1000:.1f} ms (median), {report.p95_seconds * 1000:.1f} ms (p95).",
        _table(["measure", "mean"], rows),
        "![nDCG@10 by query](ndcg.png)",
    )


def write_answers(scores: list[AnswerScore], folder: Path, name: str) -> dict[str, Any]:
    """`folder`/report.json (with every answer), report.md and types.png; gives back the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    summary: dict[str, Any] = summarize(scores)
    _write_json({"name": name, **summary, "answers": [asdict(s) for s in scores]}, folder / "report.json")
    columns = ["n", *ANSWER_MEASURES, "declined", "median_words"]
    rows = [
        [kind, *(_shown(row.get(column)) for column in columns)]
        for kind, row in [*summary["by_type"].items(), ("overall", summary["overall"])]
    ]
    _plot_bars(
        {kind: row["must_include"] or 0.0 for kind, row in summary["by_type"].items()}, "must_include complete", folder / "types.png"
    )
    overall = summary["overall"]
    _write_markdown(
        folder / "report.md",
        f"# Answers on {name}",
        f"Decline: precision {_shown(overall['decline_precision'])}, recall {_shown(overall['decline_recall'])}.",
        _table(["type", *columns], rows),
        "![must_include complete by type](types.png)",
        "## What went wrong",
        "\n".join(f"- `{s.id}` ({s.type}): {s.answer[:200]!r}" for s in scores if _wrong(s)) or "Nothing.",
    )
    return summary


def _wrong(score: AnswerScore) -> bool:
    return score.declined == score.answerable or 0.0 in (
        score.right_article,
        score.must_include,
        score.must_not_include,
        score.quote_integrity,
    )


def _shown(value: object) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _table(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows])


def _write_markdown(path: Path, *paragraphs: str) -> None:
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def _write_json(record: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _plot_histogram(values: list[float], label: str, path: Path) -> None:
    figure, axes = _figure()
    axes.hist(values, bins=20, range=(0, 1), color="#b3261e")
    axes.set_xlabel(label)
    axes.set_ylabel("queries")
    figure.savefig(path)


def _plot_bars(values: dict[str, float], label: str, path: Path) -> None:
    figure, axes = _figure()
    axes.barh(list(values), list(values.values()), color="#b3261e")
    axes.set_xlim(0, 1)
    axes.set_xlabel(label)
    figure.savefig(path)


def _figure() -> tuple[Any, Any]:
    # The object interface needs no display and, unlike pyplot, keeps no global state.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()
