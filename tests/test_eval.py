"""Measures against tables worked by hand, and both commands on a small corpus of three articles."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import make_article

from eval.answers import contains, quote_integrity, score, summarize
from eval.datasets import DatasetError, EvalQuestion, Evidence, read_beir, read_questions
from eval.decline_curve import Point, point
from eval.retrieval import measure, write_run
from eval.speed_embedding import texts_of
from eval.spelling import folded, half_accented, noisy
from index.types import Article, Metadata, Query
from qa.types import Answer, AnswerType, Citation, Question, Status

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Hội nghị bầu đồng chí Lê Văn A làm bí thư. Chi bộ có 12 đảng viên."


def article(article_id: str) -> Article:
    return Article(article_id, TEXT, Metadata("Hội nghị"), (), (), "", "h")


def answered(text: str, *spans: tuple[int, int], status: Status = Status.ANSWERED, shift: int = 0) -> Answer:
    citations = tuple(Citation(n, "a", "Hội nghị", None, None, TEXT[s:e], s + shift, e + shift) for n, (s, e) in enumerate(spans, start=1))
    return Answer(Question("?", "?", AnswerType.OTHER, Query("?", "?")), text, status, citations)


def test_retrieval_measures_by_hand() -> None:
    relevances = {"q1": {"x": 1}, "q2": {"y": 1}, "q3": {"z": 1}, "q4": {"w": 1}}
    ranking = {"q1": {"x": 1.0, "y": 0.5}, "q2": {"x": 1.0, "y": 0.5}, "q3": {}}  # q4 was never answered
    found = measure(relevances, ranking)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / math.log2(3)) / 4, abs=1e-4)
    assert (found["R@1"], found["R@5"], found["RR@10"]) == (0.25, 0.5, pytest.approx(1.5 / 4))


def test_run_file_has_six_columns_even_for_ids_with_spaces(tmp_path: Path) -> None:
    write_run({"q1": {"Luật A@1": 1.0, "b": 0.5}}, tmp_path / "run.trec", "tag")
    lines = (tmp_path / "run.trec").read_text(encoding="utf-8").splitlines()
    assert lines == ["q1 Q0 Luật%20A@1 1 1.000000 tag", "q1 Q0 b 2 0.500000 tag"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(answered("Đồng chí LÊ VĂN A [1]", (0, 42)), (1.0, 1.0, 1.0), id="right"),
        pytest.param(answered("Có 12 người [1]", (43, 66)), (1.0, 0.0, 0.0), id="right article, other sentence"),
        pytest.param(answered("Không có trong tài liệu.", status=Status.NOT_FOUND), (0.0, 0.0, 0.0), id="declined"),
        pytest.param(None, (0.0, 0.0, 0.0), id="nothing said"),
    ],
)
def test_answer_scores_by_hand(answer: Answer | None, expected: tuple[float, float, float]) -> None:
    question = EvalQuestion("1", "Ai?", "who", (Evidence("a", "Lê Văn A làm bí thư"),), must_include=("Lê Văn A",))
    scored = score(question, answer, article, 0.1)
    assert (scored.right_article, scored.right_span, scored.must_include) == expected


def test_a_quote_that_is_not_the_text_is_caught() -> None:
    assert quote_integrity(answered("x", (0, 42)), article) == 1.0
    assert quote_integrity(answered("x", (0, 42), shift=1), article) == 0.0


def test_contains_ignores_case_tone_placement_and_spacing() -> None:
    assert contains("Xây dựng văn  hoá\ncông sở", "văn hóa công sở")
    assert not contains("không có", "văn hóa")


def test_contains_wants_whole_words_in_one_of_the_ways() -> None:
    assert contains("Có 63 tổ chức.", "63") and not contains("Có 163 tổ chức.", "63")
    assert contains("đạt trên 99%; quần chúng", "99%")
    assert contains("từ ngày 02/9/2025", "2/9/2025") and contains("đợt 2/9", "02/9") and not contains("ngày 12/9", "2/9")
    assert contains("3 phỏng vấn", "3 bài|3 phỏng vấn") and not contains("13 bài", "3 bài|3 phỏng vấn")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        pytest.param(Evidence("a", "Lê Văn A"), "Lê Văn A", id="quoted"),
        pytest.param(
            Evidence("a", begins="bầu đồng chí", ends="bí thư."), "bầu đồng chí\n Lê Văn A làm bí thư.", id="first and last words"
        ),
        pytest.param(Evidence("a", begins="Chi bộ"), "Chi bộ có 12.", id="to the end"),
        pytest.param(Evidence("a", begins="Chi bộ", ends="Hội nghị"), None, id="the end stands before the beginning"),
        pytest.param(Evidence("a", "Lê Văn B"), None, id="not there"),
    ],
)
def test_evidence_is_found(evidence: Evidence, expected: str | None) -> None:
    text = "Hội nghị bầu đồng chí\n Lê Văn A làm bí thư. Chi bộ có 12."
    place = evidence.find(text)
    assert (None if place is None else text[place.start : place.end]) == expected


def test_a_whole_article_has_no_span_to_miss() -> None:
    question = EvalQuestion("1", "Mấy bài?", "counting", (Evidence("a"),), must_include=("1 bài",))
    assert score(question, answered("1 bài [1]", (0, 42)), article, 0.1).right_span is None


def test_overall_length_leaves_lists_out() -> None:
    asked = [EvalQuestion(str(i), "?", "list" if i else "who", (Evidence("a"),)) for i in range(3)]
    answers = [answered("ba từ thôi", (0, 42)), answered("từ " * 90, (0, 42)), answered("từ " * 80, (0, 42))]
    summary = summarize([score(q, a, article, 0.0) for q, a in zip(asked, answers, strict=True)])
    assert (summary["overall"]["median_words"], summary["by_type"]["list"]["median_words"]) == (3, 85)  # type: ignore[index]


def test_decline_precision_and_recall_by_hand() -> None:
    asked = [EvalQuestion(str(i), "?", "unanswerable" if i < 2 else "who", () if i < 2 else (Evidence("a", "Hội"),)) for i in range(4)]
    declined = answered("Không", status=Status.NOT_FOUND)
    answers = [declined, answered("x", (0, 42)), declined, answered("x", (0, 42))]
    overall = summarize([score(q, a, article, 0.0) for q, a in zip(asked, answers, strict=True)])["overall"]
    assert (overall["decline_precision"], overall["decline_recall"], overall["right_article"]) == (0.5, 0.5, 0.5)  # type: ignore[index]


def test_a_point_of_the_decline_curve_by_hand() -> None:
    assert point(1.0, [True, False, None, None]) == Point(1.0, 0.5, 0.5)
    assert point(2.0, [None, None]) == Point(2.0, 0.0, 0.0)


def test_spellings() -> None:
    assert folded("Đảng ủy Khối") == "Dang uy Khoi"
    text = "Nghị quyết về cải cách hành chính năm 2021"
    assert half_accented(text) == half_accented(text) and folded(half_accented(text)) == folded(text)
    assert noisy(text) != text and abs(len(noisy(text)) - len(text)) <= 1


def test_broken_questions_are_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": 1, "question": "a"}\n{oops\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="line 2"):
        read_questions(path)
    path.write_text('{"id": 1, "question": "a"}\n{"id": 1, "question": "b"}\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="twice"):
        read_questions(path)


@pytest.fixture(scope="module")
def beir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beir") / "nho"
    (folder / "qrels").mkdir(parents=True)
    texts = {"d1": "Hội nghị tổng kết công tác dân vận của tỉnh.", "d2": "Mùa mưa bão năm nay đến sớm.", "d@3": "Giá lúa tăng ở đồng bằng."}
    records = [{"_id": key, "title": "", "text": text} for key, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    (folder / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "tổng kết dân vận"}\n{"_id": "q2", "text": "gia lua"}\n{"_id": "q9", "text": "không ai chấm"}\n',
        encoding="utf-8",
    )
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td@3\t1\n", encoding="utf-8")
    return folder


def test_beir_is_read_as_it_is(beir: Path) -> None:
    dataset = read_beir(beir)
    assert dataset.queries == {"q1": "tổng kết dân vận", "q2": "gia lua"}
    assert dataset.relevances["q2"] == {"d@3": 1}


def run_eval(*arguments: str) -> dict[str, object]:
    shown = subprocess.run([sys.executable, "-m", "eval", *arguments, "--json"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


def test_speed_command(beir: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval", "speed", "--corpus", str(beir / "corpus.jsonl"), "--out", str(tmp_path)]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    report = json.loads(shown.stdout)
    assert (report["articles"], report["chunks"]) == (3, 3)
    assert all(0 < step["p50"] <= step["p95"] for step in report["steps"].values())
    assert all(0 <= part["p50"] <= part["p95"] for part in report["parts"].values())
    assert report["recall"] == 1.0, "three chunks are all found"
    assert set(report["embedding"]) == {"this product", "sentence-transformers", "model2vec"}
    assert report["embedding"]["this product"] > 0
    written = tmp_path / "speed-corpus"
    assert json.loads((written / "report.json").read_text(encoding="utf-8")) == report
    markdown = (written / "report.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in markdown for name in (*report["steps"], *report["parts"], *report["embedding"]))


def test_texts_of_120_words_from_few_articles() -> None:
    articles = [make_article("a", " ".join(f"từ{i}" for i in range(100))), make_article("b", "thêm ba từ")]
    texts = texts_of(articles, 3)
    assert [len(text.split()) for text in texts] == [120] * 3
    assert " ".join(texts).split()[:106] == [*(f"từ{i}" for i in range(100)), "thêm", "ba", "từ", "từ0", "từ1", "từ2"]
    assert texts_of([], 3) == []


def test_retrieval_command(beir: Path, tmp_path: Path) -> None:
    found = run_eval("retrieval", "--beir", str(beir), "--out", str(tmp_path))
    assert found["n"] == 2
    assert found["measures"]["nDCG@10"] == 1.0  # type: ignore[index]
    folder = tmp_path / "retrieval-nho-typed"
    assert {"run.trec", "report.json", "report.md", "ndcg.png"} == {path.name for path in folder.iterdir()}


def test_answers_command(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "tin.txt").write_text(
        "Hội nghị chi bộ\n\nNgày 5/3/2021, chi bộ bầu đồng chí Lê Thị Hoa làm bí thư chi bộ.\n", encoding="utf-8"
    )
    questions = tmp_path / "hoi.jsonl"
    questions.write_text(
        '{"id": "1", "question": "Ai được bầu làm bí thư chi bộ?", "type": "who", "must_include": ["Lê Thị Hoa"],'
        ' "gold": [{"article": "tin", "quote": "bầu đồng chí Lê Thị Hoa"}]}\n'
        '{"id": "2", "question": "Giá vàng hôm nay ở Hà Nội?", "type": "off_topic"}\n',
        encoding="utf-8",
    )
    found = run_eval("answers", "--questions", str(questions), "--corpus", str(corpus), "--out", str(tmp_path))
    overall = found["measures"]
    assert (overall["right_article"], overall["must_include"], overall["decline_recall"]) == (1.0, 1.0, 1.0)  # type: ignore[index]

    held = tmp_path / "giu-lai.jsonl"
    held.write_text(
        '{"id": "3", "question": "Hội nghị có bao nhiêu người vắng?", "type": "how_many", "split": "held", "gold": []}\n', encoding="utf-8"
    )
    files = ["--questions", str(questions), str(held), "--corpus", str(corpus)]
    both = run_eval("answers", *files, "--style", "typed", "folded", "--curve", "--out", str(tmp_path))
    assert both["n"] == 3 and set(both["parts"]) == {"typed", "folded"}  # type: ignore[call-overload]
    folder = tmp_path / "answers-hoi+giu-lai-typed-folded"
    assert {"report.json", "report.md", "types.png", "decline.png"} == {path.name for path in folder.iterdir()}
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    shares = [point["answered"] for point in report["curve"]]
    assert shares == sorted(shares, reverse=True) and shares[0] > shares[-1]  # the more support is asked for, the fewer answers
    assert {answer["id"] for answer in report["answers"]["typed"]} == {"1", "2"}  # nothing single of what is held out
    assert run_eval("answers", *files, "--split", "held", "--out", str(tmp_path))["n"] == 1
