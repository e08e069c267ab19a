"""Lists in running text: which sentences are points of one list, and which sentence introduces it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.reading.markers import Marker, list_marker
from index.types import Span

_AFTER_COLON = re.compile(r":\s+")
MAX_OPEN_LISTS = 6


@dataclass(slots=True)
class Unit:
    """A sentence, or a piece of one too long for a chunk.

    `list_number` tells the outermost list it belongs to from others of its section; `lead` introduces the innermost one.
    """

    start: int
    end: int
    block_start: int
    tokens: int
    marker: Marker | None = None
    list_number: int | None = None
    lead: Span | None = None


@dataclass(slots=True)
class _List:
    marker: Marker
    points: list[int] = field(default_factory=list)
    lead: Span | None = None
    head: int | None = None  # the unit of the lead


def find_lists(units: list[Unit], canon: str) -> None:
    """Fill `list_number` and `lead` of the units that belong to a list of two points or more; `canon` is the article's canonical form."""
    done: list[_List] = []
    opened: list[_List] = []
    for place, unit in enumerate(units):
        if unit.marker is None:
            if place and unit.block_start != units[place - 1].block_start:
                _close(opened, done, spoken_too=False)
            continue
        while opened and not unit.marker.follows(opened[-1].marker) and any(unit.marker.follows(other.marker) for other in opened[:-1]):
            done.append(opened.pop())
        if opened and unit.marker.follows(opened[-1].marker):
            opened[-1].points.append(place)
            opened[-1].marker = unit.marker
        elif len(opened) < MAX_OPEN_LISTS:
            begun = _begin(units, place, canon)
            if begun:
                opened.append(begun)
    _close(opened, done, spoken_too=True)
    for number, found in enumerate(sorted((one for one in done if len(one.points) > 1), key=lambda one: one.points[0] - one.points[-1])):
        _fill(units, found, number)


def _begin(units: list[Unit], place: int, canon: str) -> _List | None:
    """A list opens with an unnumbered or first point; or with a second one, when the first stands after a colon in the sentence before."""
    marker = units[place].marker
    assert marker is not None
    before = units[place - 1] if place else None
    if marker.number in (None, 1):
        introduced = before is not None and (marker.spoken or canon[before.start : before.end].rstrip().endswith(":"))
        return _List(marker, [place], Span(before.start, before.end) if before and introduced else None, place - 1 if introduced else None)
    if marker.number == 2 and before is not None:
        for colon in _AFTER_COLON.finditer(canon, before.start, before.end):
            first = list_marker(canon, colon.end(), before.end)
            if first and marker.follows(first):
                return _List(marker, [place - 1, place], Span(before.start, colon.start() + 1))
    return None


def _close(opened: list[_List], done: list[_List], spoken_too: bool) -> None:
    """A paragraph that is no point ends every list but a spoken one, whose points may have several."""
    done += [one for one in opened if spoken_too or not one.marker.spoken]
    opened[:] = [] if spoken_too else [one for one in opened if one.marker.spoken]


def _fill(units: list[Unit], found: _List, number: int) -> None:
    last = found.points[-1]
    end = last + 1
    while end < len(units) and units[end].block_start == units[last].block_start and units[end].marker is None:
        end += 1
    first = found.points[0] if found.head is None else found.head
    for place in range(first, end):
        if units[place].list_number is None:
            units[place].list_number = number
        if place >= found.points[0] and units[place].start != (found.lead.start if found.lead else -1):
            units[place].lead = found.lead or units[place].lead
