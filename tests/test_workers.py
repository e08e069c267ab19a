"""The map over several processes: the order, few items held, errors, and a worker that the system kills."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from operator import neg

import pytest

from index.workers import BATCH_ITEMS, INLINE_ITEMS, MAX_PROCESSES, ordered_map


def test_few_items_are_done_here() -> None:
    assert list(ordered_map(lambda number: (number, os.getpid()), range(3))) == [(number, os.getpid()) for number in range(3)]
    assert list(ordered_map(neg, [])) == []


def test_many_items_keep_their_order_and_are_read_as_needed() -> None:
    count = INLINE_ITEMS + 20 * BATCH_ITEMS + 7
    read = 0

    def numbers() -> Iterator[int]:
        nonlocal read
        for number in range(count):
            read = number
            yield number

    for position, made in enumerate(ordered_map(neg, numbers())):
        assert made == -position
        assert read - position <= (3 * MAX_PROCESSES + 2) * BATCH_ITEMS
    assert position == count - 1


def test_errors_come_through() -> None:
    items: list[object] = [*range(INLINE_ITEMS + 5), "x"]
    with pytest.raises(TypeError):
        list(ordered_map(neg, items))  # type: ignore[arg-type]


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_worker_costs_nothing_but_time() -> None:
    items = [(os.getpid(), number) for number in range(INLINE_ITEMS + 10 * BATCH_ITEMS)]
    assert list(ordered_map(die_once_elsewhere, items)) == [number for _, number in items]


def die_once_elsewhere(item: tuple[int, int]) -> int:
    parent, number = item
    if os.getpid() != parent and number == INLINE_ITEMS + 100:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
