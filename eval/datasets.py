"""What is asked and what would be right: BEIR folders and questions files, read as they are."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.types import Span


class DatasetError(Exception):
    """A file of questions or judgements that cannot be read; the message names file, line and what was expected."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A right place: an article's id and the words in it (nothing more: the whole article).

    Where the article's words may not be copied, the place goes from its first words, `begins`, to its last ones, `ends`.
    """

    article: str
    quote: str = ""
    begins: str = ""
    ends: str = ""

    @property
    def whole_article(self) -> bool:
        return not (self.quote or self.begins)

    def find(self, text: str) -> Span | None:
        """Where it stands in the article's text; None where it does not. The whole article where nothing narrower is named."""
        if self.quote:
            start = text.find(self.quote)
            return Span(start, start + len(self.quote)) if start >= 0 else None
        first = _words(self.begins).search(text)
        last = _words(self.ends).search(text, first.start()) if first else None
        return Span(first.start(), last.end() if self.ends else len(text)) if first and last else None


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question with what a right answer cites and says; `gold` empty means the right answer is to decline.

    Nothing is tuned on the questions of the split "held"; of them only sums are reported.
    """

    id: str
    question: str
    type: str
    gold: tuple[Evidence, ...] = ()
    answers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    must_not_include: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    split: str = "dev"

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
            gold=tuple(
                Evidence(gold["article"], gold.get("quote", ""), gold.get("begins", ""), gold.get("ends", ""))
                for gold in record.get("gold", [])
            ),
            answers=tuple(record.get("answers", [])),
            must_include=tuple(record.get("must_include", [])),
            must_not_include=tuple(record.get("must_not_include", [])),
            history=tuple((turn["question"], turn.get("answer", "")) for turn in record.get("history", [])),
            split=record.get("split", "dev"),
        )
    except KeyError as missing:
        raise DatasetError(f"{path}: a question lacks the field {missing}: {str(record)[:80]}") from None


def _words(text: str) -> re.Pattern[str]:
    """The words as written, with any white space between them: lines are broken differently in every text."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))
