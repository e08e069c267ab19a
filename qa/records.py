"""Answers as JSON records, questions files as questions: the formats other programs read and write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.errors import QueryError
from index.types import Hit
from qa.types import Answer, Citation, Passage, Turn


def answer_record(answer: Answer) -> dict[str, Any]:
    """The stable JSON form of an answer; `quote == article_text[start:end]` for every citation."""
    record: dict[str, Any] = {
        "question": answer.question.text,
        "standalone_question": answer.question.standalone,
        "answer": answer.text,
        "status": str(answer.status),
        "citations": [_citation_record(citation) for citation in answer.citations],
        "passages": [_passage_record(passage) for passage in answer.passages],
        "nearest": [_hit_record(hit) for hit in answer.nearest],
        "seconds": round(answer.seconds, 4),
    }
    return record | ({"notice": answer.notice} if answer.notice else {})


def _citation_record(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "title": citation.title,
        "date": citation.date,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def _passage_record(passage: Passage) -> dict[str, Any]:
    return {
        "number": passage.number,
        **_hit_record(passage.hit),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def _hit_record(hit: Hit) -> dict[str, Any]:
    date = hit.metadata.date
    return {"article_id": hit.article_id, "title": hit.metadata.title, "date": str(date) if date else None, "score": round(hit.score, 4)}


def read_question(record: Any) -> tuple[str, tuple[Turn, ...]]:
    """The question and its history from one line of a questions file; QueryError names what is wrong with it."""
    if not isinstance(record, Mapping) or not isinstance(record.get("question"), str):
        raise QueryError('Dòng này không có câu hỏi: cần một đối tượng JSON có trường "question" là chuỗi.')
    history = record.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, Mapping) for turn in history):
        raise QueryError('Trường "history" phải là danh sách các đối tượng {"question", "answer"}.')
    return record["question"], tuple(Turn(str(turn.get("question") or ""), str(turn.get("answer") or "")) for turn in history)
