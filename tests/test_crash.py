"""`ingest.py` killed at random moments: what opens next, and the next ingest, equal an undisturbed run, to the bit.

A server imports `ingest` once and forks a process for each ingest, so that the kills fall into its work and not into a
second of imports.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.engine import Engine
from index.errors import IndexMissingError
from index.settings import Settings
from index.types import Query

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")]

ROOT = Path(__file__).resolve().parents[1]
KILLS = 24
SERVER = """
import os, sys
sys.path.insert(0, sys.argv[1])
import ingest, index.embedding, index.reading.txt, index.reading.markdown, index.text.token_counter
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0); os.dup2(null, 1); os.dup2(null, 2)
        os._exit(ingest.main(line.rstrip("\\n").split("\\t")))
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Server:
    """Starts ingests; `start` gives the process's number, `wait` its exit code (−9 where it was killed)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(ROOT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self, *arguments: str) -> int:
        assert self._process.stdin
        self._process.stdin.write("\t".join(arguments) + "\n")
        return int(self._line())

    def wait(self) -> int:
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def stop(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def write_state(folder: Path, state: int) -> None:
    """One of three corpora that share most files: some are changed, some gone, some new from one to the next."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(120):
        if number % 10 == state:
            continue
        edition = state if number % 7 == 0 else 0
        body = " ".join(f"Việc {number} lần {edition} mục {part} giao cho phòng {number % 5} làm xong trong quý." for part in range(12))
        text = f"Kế hoạch {number} của phòng {number % 5}\n\nTheo Quyết định số {number + 1:02d}-QĐ/TU. {body}\n"
        (folder / f"{number:03d}.{'md' if number % 2 else 'txt'}").write_text(text, encoding="utf-8")


Contents = tuple[list[int], bytes, list[tuple[int, float]], list[str]]


def contents(engine: Engine) -> Contents:
    """All that can be seen of an index: keys, vectors, hits of a query over everything, articles."""
    snapshot = engine._snapshot
    assert snapshot.lexical is not None
    keys = sorted(snapshot.dense.keys.tolist())
    assert sorted(snapshot.lexical.keys.tolist()) == sorted(snapshot.catalogue.keys.tolist()) == keys
    hits = engine.search(Query("phòng 3", "kế hoạch phòng 3 quý", references=("08-QD/*",)), k=30)
    shown = [(hit.chunk.key, round(hit.score, 4)) for hit in hits]
    return keys, np.ascontiguousarray(snapshot.dense.vectors(keys)).tobytes(), shown, sorted(item.article_id for item in engine.listing())


def undisturbed(server: Server, folder: Path, index: Path) -> tuple[Contents, float]:
    begun = time.perf_counter()
    server.start(str(folder), "--index", str(index))
    assert server.wait() == 0
    seconds = time.perf_counter() - begun
    with Engine.open(Settings(index_dir=index)) as engine:
        return contents(engine), seconds


def test_killed_ingests_leave_an_old_or_a_new_index_and_the_next_one_finishes(tmp_path: Path, server: Server) -> None:
    folder, settings = tmp_path / "kho", Settings(index_dir=tmp_path / "index")
    wanted: list[Contents] = []
    for state in range(3):
        write_state(folder, state)
        seen, seconds = undisturbed(server, folder, tmp_path / f"whole-{state}")
        wanted.append(seen)
    chance = random.Random(2)
    killed, outcomes, before = 0, Counter[str](), None
    while killed < KILLS:
        target = (killed + 1) % 3
        write_state(folder, target)
        # The catalogue's transaction and all after it are the last part: half of the kills aim there.
        if kill_at(server, folder, settings, chance.uniform(0.6 * (killed % 2), 1) * seconds):
            killed += 1
        else:
            seconds *= 0.97  # it had ended by itself: aim earlier
        try:
            with Engine.open(settings) as engine:
                seen = contents(engine)
            assert seen in (before, wanted[target])
            outcomes["new" if seen == wanted[target] else "old"] += 1
        except IndexMissingError:
            assert before is None
            outcomes["none yet"] += 1
        if chance.random() < 0.6:
            build([folder], settings)
            with Engine.open(settings) as engine:
                seen = contents(engine)
            assert seen == wanted[target]
        before = seen if (settings.index_dir / "manifest.json").exists() else None
    print(dict(outcomes))
    assert outcomes["old"] and outcomes["new"]


def kill_at(server: Server, folder: Path, settings: Settings, seconds: float) -> bool:
    """Start an ingest, kill it after so long; False where it had ended before."""
    pid = server.start(str(folder), "--index", str(settings.index_dir))
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return server.wait() == -signal.SIGKILL
