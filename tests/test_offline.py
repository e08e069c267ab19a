"""Nothing at run time touches the network: ingest, search, one answer and the app run with every socket but loopback refused."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUARD = """
import ipaddress, runpy, sys
def loopback(host):
    if host in (None, "", "localhost", b"localhost"): return True
    try: return ipaddress.ip_address(host if isinstance(host, str) else host.decode()).is_loopback or str(host) == "0.0.0.0"
    except ValueError: return False
def refuse(event, args):
    if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple) and not loopback(args[1][0]):
        print("OUTSIDE", event, args[1], file=sys.stderr, flush=True); raise OSError("outside network refused")
    if event == "socket.getaddrinfo" and not loopback(args[0]):
        print("OUTSIDE", event, args[0], file=sys.stderr, flush=True); raise OSError("outside network refused")
sys.addaudithook(refuse)
sys.path.insert(0, %r)
kind, name, *rest = sys.argv[1:]
sys.argv = [name, *rest]
runpy.run_path(name, run_name="__main__") if kind == "path" else runpy.run_module(name, run_name="__main__", alter_sys=True)
"""


def guarded(kind: str, name: str, *arguments: str, index: Path, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "HOIDAP_INDEX_DIR": str(index), "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.Popen(
        [sys.executable, "-c", GUARD % str(ROOT), kind, name, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "OUTSIDE" not in err, err
    return out


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    finish(guarded("path", "ingest.py", "corpus", index=folder))
    return folder


def test_the_guard_really_refuses() -> None:
    code = GUARD % str(ROOT) + "\n"
    attack = code.split("kind, name")[0] + "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    refused = subprocess.run([sys.executable, "-c", attack], capture_output=True, text=True, timeout=30)
    assert refused.returncode != 0 and "OUTSIDE" in refused.stderr


def test_search_and_answer(index: Path) -> None:
    assert '"score"' in finish(guarded("module", "index", "cải cách hành chính", "--json", index=index))
    assert '"citations"' in finish(guarded("module", "qa", "Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?", "--json", index=index))


def test_the_app_starts(index: Path, free_port: int) -> None:
    app = guarded("module", "ui", index=index, HOIDAP_PORT=str(free_port))
    try:
        page = _first_page(f"http://127.0.0.1:{free_port}/", app)
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1|localhost)', page)
    finally:
        app.send_signal(signal.SIGINT)
        try:
            _, err = app.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            app.kill()
            _, err = app.communicate()
    assert "OUTSIDE" not in err, err


def _first_page(url: str, app: subprocess.Popen[str]) -> str:
    for _ in range(240):
        assert app.poll() is None, app.communicate()[1]
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"no page at {url} within two minutes")
