"""What a training command cost: wall time and peak memory of this process."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def measured(name: str) -> Iterator[None]:
    """Print how long the block took and the peak memory of the process so far."""
    started = time.perf_counter()
    yield
    peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {time.perf_counter() - started:.0f} s, peak memory {peak_megabytes:.0f} MB", flush=True)
