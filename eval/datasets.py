"""What is asked and what would be right: BEIR folders and questions files, read as they are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class DatasetError(Exception):
    """A file of questions or judgements that cannot be read; the message names file, line and what was expected."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A right place: an article's id and the words in it (empty: the whole article)."""

    article: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question with what a right answer cites and says; `gold` empty means the right answer is to decline."""

    id: str
    question: str
    type: str
    gold: tuple[Evidence, ...] = ()
    answers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    must_not_include: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Queries by id and, for each, the relevance of article ids. `corpus_prefix` is what our article ids put before a corpus' own ids."""

    name: str
    queries: dict[str, str]
    relevances: dict[str, dict[str, int]]
    corpus: Path
    corpus_prefix: str = ""


def read_beir(folder: Path) -> RetrievalSet:
    """A BEIR folder: corpus.jsonl, queries.jsonl, qrels/test.tsv. Only judged queries are asked."""
    relevances: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            relevances.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    queries = {record["_id"]: record["text"] for record in read_jsonl(folder / "queries.jsonl") if record["_id"] in relevances}
    return RetrievalSet(folder.name, queries, relevances, folder / "corpus.jsonl", corpus_prefix="corpus#")


def read_questions(path: Path) -> list[EvalQuestion]:
    """A questions file, one JSON object a line; ids must be unique."""
    questions = [_question(record, path) for record in read_jsonl(path)]
    ids = [question.id for question in questions]
    if len(set(ids)) != len(ids):
        raise DatasetError(f"{path}: an id occurs twice: {sorted({i for i in ids if ids.count(i) > 1})[:5]}")
    return questions


def questions_as_retrieval(questions: list[EvalQuestion], corpus: Path, name: str) -> RetrievalSet:
    """The answerable questions without history, with the articles of their evidence as relevant."""
    usable = [question for question in questions if question.answerable and not question.history]
    return RetrievalSet(
        name,
        {question.id: question.question for question in usable},
        {question.id: {evidence.article: 1 for evidence in question.gold} for question in usable},
        corpus,
    )


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Each line's object. Raises DatasetError naming file and line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise DatasetError(f"{path}, line {number}: expected one JSON object a line, found {line[:40]!r} ({error.msg})") from None
            if not isinstance(record, dict):
                raise DatasetError(f"{path}, line {number}: expected a JSON object, found {type(record).__name__}")
            yield record


def _question(record: dict[str, Any], path: Path) -> EvalQuestion:
    try:
        return EvalQuestion(
            id=str(record["id"]),
            question=record["question"],
            type=record.get("type", "other"),
            gold=tuple(Evidence(gold["article"], gold.get("quote", "")) for gold in record.get("gold", [])),
            answers=tuple(record.get("answers", [])),
            must_include=tuple(record.get("must_include", [])),
            must_not_include=tuple(record.get("must_not_include", [])),
            history=tuple((turn["question"], turn.get("answer", "")) for turn in record.get("history", [])),
        )
    except KeyError as missing:
        raise DatasetError(f"{path}: a question lacks the field {missing}: {str(record)[:80]}") from None
