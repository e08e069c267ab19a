"""The pictures of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

COLOURS = ("#b3261e", "#e0a458", "#4f6d7a", "#7a9e7e")


def plot_histogram(values: list[float], label: str, path: Path) -> None:
    figure, axes = _figure()
    axes.hist(values, bins=20, range=(0, 1), color=COLOURS[0])
    axes.set_xlabel(label)
    axes.set_ylabel("queries")
    figure.savefig(path)


def plot_groups(groups: Mapping[str, Mapping[str, float]], label: str, path: Path) -> None:
    """One bar for each row and group: `groups` is name of the group → row → value from 0 to 1."""
    rows = list(next(iter(groups.values())))
    figure, axes = _figure(height=1.5 + 0.3 * len(rows))
    width = 0.8 / len(groups)
    for place, (name, values) in enumerate(groups.items()):
        heights = [values.get(row, 0.0) for row in rows]
        axes.barh([y + place * width for y in range(len(rows))], heights, width, label=name, color=COLOURS[place % len(COLOURS)])
    axes.set_yticks([y + 0.4 - width / 2 for y in range(len(rows))], rows)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel(label)
    figure.legend(loc="outside upper right", ncols=len(groups))
    figure.savefig(path)


def plot_curve(points: Sequence[tuple[float, float]], marked: tuple[float, float], labels: tuple[str, str], path: Path) -> None:
    """A line through `points` with the point of operation marked."""
    figure, axes = _figure()
    axes.plot([x for x, _ in points], [y for _, y in points], color=COLOURS[2], marker=".")
    axes.plot(*marked, color=COLOURS[0], marker="o", markersize=9, linestyle="none", label="as shipped")
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.savefig(path)


def _figure(height: float = 4) -> tuple[Any, Any]:
    # The object interface needs no display and, unlike pyplot, keeps no global state.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()
