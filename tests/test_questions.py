"""The questions of the evaluation: enough of every kind, their evidence stands where they say, and nothing is copied."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.answers import contains
from eval.beside import LIST, article_folders
from eval.datasets import EvalQuestion, read_jsonl, read_questions
from eval.sets import SPLITS, own_sets
from index.reading.articles import read_folder
from index.settings import Settings
from index.text.canonical import canonical, to_nfc
from index.types import Article

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DATA = sorted((ROOT / "eval" / "data").glob("*.jsonl"))
DECLINED = ("unanswerable", "off_topic")
KINDS = """who post_holder post when how_many where document_number why definition list ordinal yes_no comparison counting
    follow_up validity look_alike disagree unanswerable off_topic"""
RUN = 14  # syllables in common with a shared text that would make a copy; the longest name of a body has 13
COUNTED = "counting"  # its answer is a number of articles, which stands in none of them
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared source texts are not beside this checkout")


@pytest.fixture(scope="module")
def questions() -> list[EvalQuestion]:
    return [question for path in DATA for question in read_questions(path)]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    folders = [folder for each in own_sets(ROOT) for folder in each.corpus]
    return {found.id: found for folder in folders for found in read_folder(folder, Settings()) if isinstance(found, Article)}


def test_enough_of_every_kind(questions: list[EvalQuestion]) -> None:
    assert len(questions) >= 300
    assert len({question.id for question in questions}) == len(questions)
    kinds = Counter(question.type for question in questions)
    assert min(kinds[kind] for kind in KINDS.split()) >= 4
    assert sum(kinds[kind] for kind in DECLINED) >= 40
    assert {question.split for question in questions} == set(SPLITS)
    assert sum(question.split == "held" for question in questions) >= 120


def test_what_is_unanswerable_has_no_evidence(questions: list[EvalQuestion]) -> None:
    for question in questions:
        assert question.answerable != (question.type in DECLINED), question.id
        assert not question.answerable or question.must_include, question.id


def test_evidence_stands_in_the_articles(questions: list[EvalQuestion], articles: dict[str, Article]) -> None:
    for question in questions:
        for gold in question.gold:
            if gold.article in articles:
                assert gold.find(articles[gold.article].text) is not None, f"{question.id}: {gold}"
            else:
                assert not SHARED.exists(), f"{question.id}: no article {gold.article}"


def test_what_must_be_said_stands_in_the_evidence(questions: list[EvalQuestion], articles: dict[str, Article]) -> None:
    for question in questions:
        if question.type != COUNTED and question.gold and all(gold.article in articles for gold in question.gold):
            said = " … ".join(_evidence(question, articles))
            for wanted in question.must_include:
                assert contains(said, wanted) or canonical(wanted) in canonical(said), f"{question.id}: {wanted!r} is not in its evidence"


def _evidence(question: EvalQuestion, articles: dict[str, Article]) -> Iterator[str]:
    for gold in question.gold:
        article = articles[gold.article]
        place = gold.find(article.text)
        assert place is not None
        yield article.text[place.start : place.end]
        yield f"{article.metadata.title} {article.metadata.issuer} {article.metadata.author} {article.metadata.date}"


def test_shared_texts_are_pointed_at_not_copied() -> None:
    for path in DATA:
        if path.name.startswith("shared"):
            for record in read_jsonl(path):
                for gold in record["gold"]:
                    assert set(gold) <= {"article", "begins", "ends"}, record["id"]
                    assert len(gold.get("begins", "").split()) <= 5 and len(gold.get("ends", "").split()) <= 3, record["id"]


@needs_shared
def test_no_question_copies_a_shared_text() -> None:
    copied = {run for name in ("seeds", "data/party") for path in (SHARED / name).glob("*.txt") for run in _runs(path.read_text("utf-8"))}
    for path in DATA:
        for record in read_jsonl(path):
            for text in _own_words(record):
                assert not copied.intersection(_runs(text)), f"{record['id']}: {text}"


def _own_words(record: dict[str, object]) -> Iterator[str]:
    """All that is written in a question but the quotes of our own articles, which another test compares."""
    yield str(record["question"])
    for field in ("must_include", "must_not_include", "history"):
        yield json.dumps(record.get(field, []), ensure_ascii=False)
    for gold in record["gold"]:  # type: ignore[attr-defined]
        yield f"{gold.get('begins', '')} … {gold.get('ends', '')}"


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    syllables = re.findall(r"\w+", canonical(to_nfc(text)))
    return (tuple(syllables[i : i + RUN]) for i in range(len(syllables) - RUN + 1))


@needs_shared
def test_articles_beside_the_checkout_are_written_whole(tmp_path: Path) -> None:
    folders = article_folders(SHARED / "data", tmp_path / "articles")
    wanted = json.loads(LIST.read_text(encoding="utf-8"))
    assert {name: len(list(folder.iterdir())) for name, folder in folders.items()} == {
        name: sum(map(len, files.values())) for name, files in wanted.items()
    }
    before = {path: path.stat().st_mtime_ns for folder in folders.values() for path in folder.iterdir()}
    assert article_folders(SHARED / "data", tmp_path / "articles") == folders
    assert before == {path: path.stat().st_mtime_ns for folder in folders.values() for path in folder.iterdir()}


def test_no_articles_beside_no_data(tmp_path: Path) -> None:
    assert article_folders(tmp_path, tmp_path / "articles") == {}
