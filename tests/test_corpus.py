"""The shipped articles are our own words, and the questions about them point at what is there."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.datasets import read_questions
from index.reading.articles import read_folder
from index.settings import Settings
from index.text.canonical import canonical, to_nfc
from index.types import Article, Skipped

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
QUESTIONS = ROOT / "eval" / "data" / "questions.jsonl"
RUN = 15  # syllables in common that would make a sentence a copy
_QUOTED = re.compile(r'["“«][^"”»]*["”»]')
_PHRASE_OF_NAMES = re.compile(r"(?:\b[A-ZĐÀ-Ỹ]\w*(?:\s+|[-–,]\s*)?){4,}")


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = list(read_folder(CORPUS, Settings()))
    assert [f for f in found if isinstance(f, Skipped)] == []
    return {f.id: f for f in found if isinstance(f, Article)}


def test_size_and_metadata(articles: dict[str, Article]) -> None:
    assert len(articles) >= 40
    for article in articles.values():
        assert article.metadata.title and article.metadata.issuer and article.metadata.kind, article.id
    assert sum(article.metadata.date is not None for article in articles.values()) >= 40
    assert any(article.metadata.supersedes for article in articles.values())
    for article in articles.values():
        assert article.metadata.supersedes is None or article.metadata.supersedes in articles, article.id


def test_questions_point_at_the_corpus(articles: dict[str, Article]) -> None:
    questions = read_questions(QUESTIONS)
    assert len(questions) >= 80
    for question in questions:
        for gold in question.gold:
            assert gold.quote in articles[gold.article].text, f"{question.id}: {gold.quote!r} is not in {gold.article}"
    types = Counter(question.type for question in questions)
    wanted = "who when how_many what why list document_number post_holder follow_up unanswerable off_topic"
    assert set(wanted.split()) <= set(types)
    for question in questions:
        assert question.answerable != (question.type in ("unanswerable", "off_topic")), question.id


@pytest.mark.skipif(not SHARED.exists(), reason="the shared source texts are not beside this checkout")
def test_no_sentence_is_copied(articles: dict[str, Article]) -> None:
    ours: dict[tuple[str, ...], str] = {}
    for article in articles.values():
        syllables = _syllables(_QUOTED.sub(" ", article.text))
        ours |= {tuple(syllables[i : i + RUN]): article.id for i in range(len(syllables) - RUN + 1)}
    names = {run for article in articles.values() for run in _runs_of_names(article.text)}
    for name, text in _shared_texts():
        syllables = _syllables(text)
        for i in range(len(syllables) - RUN + 1):
            run = tuple(syllables[i : i + RUN])
            assert run not in ours or run in names, f"{ours[run]} copies {name}: {' '.join(run)}"


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", canonical(to_nfc(text)))


def _runs_of_names(text: str) -> Iterator[tuple[str, ...]]:
    for match in _PHRASE_OF_NAMES.finditer(text):
        syllables = _syllables(match[0])
        yield from (tuple(syllables[i : i + RUN]) for i in range(len(syllables) - RUN + 1))


def _shared_texts() -> Iterator[tuple[str, str]]:
    """The texts that the corpus was retold from, and the news that speak of the same things."""
    for folder in ("seeds", "data/party"):
        for path in sorted((SHARED / folder).glob("*.txt")):
            yield path.name, path.read_text(encoding="utf-8")
    with lzma.open(SHARED / "data" / "official-articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "Đảng" in record["body"]:
                yield record["so_hieu"], record["body"]
