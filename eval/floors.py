"""The least that every measure must reach, recorded in floors.json: a change that makes answers worse is seen at once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.answers import MEASURES

FLOORS = Path(__file__).with_name("floors.json")
STYLES = ("typed", "folded")
SLACK = 0.01  # a floor lies this far below what was measured, or by one question where the questions are few
FEW_SLACK = 0.03  # of measures that few of the questions have
WORDS_SLACK = 5  # of the median length, which has a ceiling instead

Summaries = Mapping[str, Mapping[str, Mapping[str, Any]]]  # style → set → what `summarize` gives
Floors = dict[str, dict[str, dict[str, dict[str, float]]]]  # style → set → type or "overall" → measure → floor


def floors_of(summaries: Summaries) -> Floors:
    """Floors a little below what was measured; the integrity of quotes has no slack."""
    return {
        style: {name: {kind: _floors(row) for kind, row in _rows(summary)} for name, summary in sets.items()}
        for style, sets in summaries.items()
    }


def fallen(summaries: Summaries, floors: Floors) -> list[str]:
    """One sentence for each measure below its floor; a set that was not measured is passed over."""
    sentences = []
    for style, sets in summaries.items():
        for name, summary in sets.items():
            rows = dict(_rows(summary))
            for kind, least in floors.get(style, {}).get(name, {}).items():
                sentences += [
                    _sentence(measure, kind, name, style, rows.get(kind, {}).get(measure), floor)
                    for measure, floor in least.items()
                    if not _holds(measure, rows.get(kind, {}).get(measure), floor)
                ]
    return sentences


def read_floors(path: Path = FLOORS) -> Floors:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _rows(summary: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "overall", summary["overall"]
    yield from summary["by_type"].items()


def _floors(row: Mapping[str, Any]) -> dict[str, float]:
    slack = max(SLACK, 1 / row["n"])
    few = dict.fromkeys(("must_not_include", "list_recall", "decline_precision", "decline_recall"), max(slack, FEW_SLACK))
    slacks = dict.fromkeys(MEASURES, slack) | few | {"quote_integrity": 0.0}
    least = {name: _rounded_down(row[name] - below) for name, below in slacks.items() if row.get(name) is not None}
    found = {name: floor for name, floor in least.items() if floor > 0}
    whole = "decline_recall" in row  # the median of one type jumps with a single answer
    return found | {"median_words": row["median_words"] + WORDS_SLACK} if whole and row.get("median_words") else found


def _rounded_down(value: float) -> float:
    return math.floor(round(value * 1000, 6)) / 1000


def _holds(measure: str, value: float | None, floor: float) -> bool:
    if value is None:
        return False
    return value <= floor if measure == "median_words" else value >= floor


def _sentence(measure: str, kind: str, name: str, style: str, value: float | None, floor: float) -> str:
    side = "above its ceiling" if measure == "median_words" else "below its floor"
    return (
        f"{measure}, {kind} ({name}, {style}): {'nothing measured' if value is None else value} is {side} {floor} of eval/floors.json. "
        f"See `python -m eval answers --style {style}`; after a trade made on purpose record `python -m eval floors --write` "
        "and say why in eval/LOG.md."
    )
