"""Work on many items by the other cores: a map whose results come in order, in other processes once there is enough to do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TypeVar

INLINE_ITEMS = 512  # a process takes a second to start: fewer items are done sooner without
BATCH_ITEMS = 64
MAX_PROCESSES = 4  # the process that reads and stores cannot feed more

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def ordered_map(function: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
    """`map(function, items)`, the first INLINE_ITEMS here, the rest in other processes; few items are held at any time.

    `function` and the items must be picklable if there may be that many.
    """
    left = iter(items)
    yield from map(function, islice(left, INLINE_ITEMS))
    batches = iter(lambda: list(islice(left, BATCH_ITEMS)), [])
    first = next(batches, None)
    if first is not None:
        yield from _elsewhere(function, chain([first], batches), max(1, min(MAX_PROCESSES, (os.cpu_count() or 2) - 1)))


def _elsewhere(function: Callable[[_Item], _Made], batches: Iterable[list[_Item]], processes: int) -> Iterator[_Made]:
    # Spawned, not forked: this process has threads (Tantivy's, FAISS's, the app's) whose locks a fork would copy.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_become_worker) as pool:
        under_way: deque[tuple[list[_Item], Future[list[_Made]] | None]] = deque()
        try:
            for batch in batches:
                under_way.append((batch, _submit(pool, function, batch)))
                if len(under_way) > 3 * processes:
                    yield from _finished(function, *under_way.popleft())
            while under_way:
                yield from _finished(function, *under_way.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, function: Callable[[_Item], _Made], batch: list[_Item]) -> Future[list[_Made]] | None:
    try:
        return pool.submit(_each, function, batch)
    except BrokenProcessPool:
        return None


def _finished(function: Callable[[_Item], _Made], batch: list[_Item], future: Future[list[_Made]] | None) -> list[_Made]:
    """A worker that the system killed (no memory left) costs time, not the ingest."""
    try:
        return future.result() if future else _each(function, batch)
    except BrokenProcessPool:
        return _each(function, batch)


def _each(function: Callable[[_Item], _Made], batch: list[_Item]) -> list[_Made]:
    return [function(item) for item in batch]


def _become_worker() -> None:
    """Ctrl-C is the parent's to handle, and a worker whose parent was killed must not wait for it for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
