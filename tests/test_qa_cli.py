"""`python -m qa` as scripts and people use it: one answer, JSON, batches, mistakes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from qa_fakes import LOOKALIKE, MEETING, OLDER

from index.build import build
from index.settings import ROOT, Settings
from qa.__main__ import main
from qa.types import NOT_FOUND_SENTENCE


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    for article in (MEETING, OLDER, LOOKALIKE):
        title, body = article.text.split("\n", 1)
        path = folder / f"{article.id}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'---\ntitle: "{title}"\ndate: {article.metadata.date}\n---\n{body}', encoding="utf-8")
    index_dir = folder.parent / f"{folder.name}-index"
    build([folder], Settings(index_dir=index_dir))
    return index_dir


def run(*arguments: str, index: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa", *arguments, "--index", str(index)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_one_answer_for_a_person(index: Path) -> None:
    shown = run("Ai khai mạc hội nghị cuối năm?", index=index)
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0] == "Trần Thị Bưởi."
    sources = lines[lines.index("Nguồn:") + 1 :]
    assert sources[0] == "[1] Hội nghị cuối năm của Đảng ủy Khối các cơ quan tỉnh (ngày 28/12/2021) – tin/hoi-nghi-cuoi-nam"
    assert sources[1].strip().startswith("“Đồng chí Trần Thị Bưởi")


def test_json_is_one_object_with_exact_quotes(index: Path) -> None:
    shown = run("khoi ket nap bao nhieu dang vien moi nam 2018", "--json", index=index)
    record = json.loads(shown.stdout)
    assert record["status"] == "answered"
    assert record["answer"].startswith("40 đảng viên mới.")
    assert {"question", "standalone_question", "answer", "status", "citations", "passages", "seconds"} <= set(record)
    assert all(set(citation) == {"number", "article_id", "title", "date", "quote", "start", "end"} for citation in record["citations"])


def test_dates_limit_what_is_found(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?"
    assert main([question, "--to", "2020", "--index", str(index)]) == 0
    assert capsys.readouterr().out.startswith("Phạm Văn Đào.")
    assert main([question, "--from", "2021-12-28", "--to", "2021-12", "--index", str(index)]) == 0
    assert capsys.readouterr().out.startswith("Trần Thị Bưởi.")
    assert main([question, "--from", "2023", "--index", str(index)]) == 0
    assert capsys.readouterr().out.startswith(NOT_FOUND_SENTENCE)


def test_batch_keeps_order_and_survives_bad_lines(index: Path, tmp_path: Path) -> None:
    history = [{"question": "Khối kết nạp bao nhiêu đảng viên mới năm 2021?", "answer": "15."}]
    lines = [
        json.dumps({"id": "a", "question": "Ai khai mạc hội nghị cuối năm?"}, ensure_ascii=False),
        "{không phải JSON",
        json.dumps({"id": "c", "question": "Thế còn năm 2018?", "history": history}, ensure_ascii=False),
        json.dumps({"id": "d", "question": ""}),
        json.dumps(["e"]),
        "",
        json.dumps({"id": 7, "question": "Giá vàng SJC hôm nay?"}, ensure_ascii=False),
    ]
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text("\n".join(lines), encoding="utf-8")
    shown = run("--batch", str(questions), "--out", str(out), index=index)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == ""
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record.get("id") for record in records] == ["a", None, "c", "d", None, 7]
    assert records[2]["standalone_question"] == "Khối kết nạp bao nhiêu đảng viên mới năm 2018?"
    assert records[2]["answer"].startswith("40 đảng viên mới.")
    assert ["error" in record for record in records] == [False, True, False, True, True, False]
    assert records[1]["line"] == 2
    assert records[5]["status"] == "not_found"
    assert list(tmp_path.glob("*.part")) == []


def test_batch_of_bytes_that_are_no_text(index: Path, tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_bytes(b"\xff\xfe\x00\n" + '\ufeff{"question": "Ai khai mạc hội nghị cuối năm?"}\n'.encode())
    assert main(["--batch", str(questions), "--out", str(out), "--index", str(index)]) == 0
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert "error" in first
    assert second["status"] == "answered"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["câu hỏi", "--index", "/khong/co"], "ingest.py"),
        (["--batch", "khong-co.jsonl", "--out", "x.jsonl"], "khong-co.jsonl"),
        (["--batch", "khong-co.jsonl"], "--out"),
    ],
)
def test_mistakes_get_one_sentence(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""


def test_empty_question_gets_one_sentence(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["???", "--index", str(index)]) == 2
    assert "Câu hỏi đang trống" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["câu hỏi", "--from", "hôm qua"], ["câu hỏi", "--to", "2021-13-45"]])
def test_usage_errors(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "python -m qa" in capsys.readouterr().err
