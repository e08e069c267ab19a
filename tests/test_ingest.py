"""`python ingest.py`: exit codes, one JSON object, a progress bar, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Corpus

import ingest
from index.engine import Engine
from index.layout import Layout
from index.locking import exclusive
from index.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
TEXTS = {"a.txt": "Hội nghị tổng kết\n\nHội nghị diễn ra tại Vinh.", "b.md": "# Kế hoạch\n\nKế hoạch gồm ba phần."}


@pytest.fixture
def index(tmp_path: Path) -> str:
    return str(tmp_path / "index")


def test_exit_codes_and_json(index: str, corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(corpus(TEXTS))
    assert ingest.main([folder, "--index", index, "--json"]) == 0
    shown = capsys.readouterr()
    report = json.loads(shown.out)
    assert (report["added"], report["skipped"], report["indexed_articles"]) == (2, [], 2)
    assert "đoạn/giây" in shown.err
    assert ingest.main([folder, "--index", index]) == 0
    assert "0 mới, 0 thay đổi, 0 gỡ bỏ, 2 giữ nguyên" in capsys.readouterr().out
    corpus({"rong.txt": ""})
    assert ingest.main([folder, "--index", index]) == 1
    assert "rong.txt: " in capsys.readouterr().out


def test_nothing_done_is_two(index: str, corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest.main([str(tmp_path / "khong-co"), "--index", index]) == 2
    assert "khong-co" in capsys.readouterr().err
    assert ingest.main([str(tmp_path / "khong-co"), "--index", index, "--json"]) == 2
    assert "khong-co" in json.loads(capsys.readouterr().out)["error"]
    assert ingest.main([str(corpus({})), "--index", index]) == 2
    assert ingest.main([str(corpus({"rong.txt": ""})), "--index", index]) == 2
    with exclusive(Layout(Path(index)).lock):
        assert ingest.main([str(corpus(TEXTS)), "--index", index]) == 2
    assert "đợi" in capsys.readouterr().err


def test_keep_missing(index: str, corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus(TEXTS)
    assert ingest.main([str(folder), "--index", index]) == 0
    (folder / "a.txt").unlink()
    assert ingest.main([str(folder), "--index", index, "--keep-missing"]) == 0
    assert "2 giữ nguyên" in capsys.readouterr().out
    assert ingest.main([str(folder), "--index", index]) == 0
    assert "1 gỡ bỏ, 1 giữ nguyên" in capsys.readouterr().out


def test_works_from_any_folder(corpus: Corpus, tmp_path: Path) -> None:
    corpus(TEXTS)
    command = [sys.executable, str(ROOT / "ingest.py"), "kho", "--json"]
    environment = {**os.environ, "HOIDAP_INDEX_DIR": str(tmp_path / "noi-khac")}
    finished = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(finished.stdout)["indexed_articles"] == 2
    assert (tmp_path / "noi-khac" / "manifest.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGINT")
def test_ctrl_c_leaves_the_old_index_in_service(index: str, corpus: Corpus) -> None:
    folder = corpus(TEXTS)
    assert ingest.main([str(folder), "--index", index]) == 0
    lines = [
        json.dumps({"_id": str(i), "title": f"Tin {i}", "text": " ".join(f"Câu {j} của tin {i}." for j in range(60))}) for i in range(8_000)
    ]
    corpus({"to.jsonl": "\n".join(lines)})
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "ingest.py"), str(folder), "--index", index], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr
    while b"%" not in process.stderr.read(1):
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert "Chỉ mục cũ vẫn dùng được" in err.decode()
    with Engine.open(Settings(index_dir=Path(index))) as engine:
        assert engine.summary().articles == 2
