"""The training data: records of `../shared/data` and their plain text. The tuning (`va`) and report (`te`) news never get into training."""

from __future__ import annotations

import json
import lzma
import unicodedata
from collections.abc import Iterator
from pathlib import Path

NEWS = "news-2016-2019.jsonl.xz"
LEADS = "news-leads-2025-2026.jsonl.xz"
LAWS = "official-articles.jsonl.xz"
GAZETTE = "official-gazette.jsonl.xz"
WIKIPEDIA = "wikipedia-2017.jsonl.xz"


def read_records(path: Path) -> Iterator[dict[str, str]]:
    """The JSON objects of an xz-compressed JSON-lines file, a null value as the empty text."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield {key: value or "" for key, value in json.loads(line).items()}


def read_news(data: Path, split: str) -> Iterator[dict[str, str]]:
    """News articles of one split: `tr`, `va` or `te`."""
    return (record for record in read_records(data / NEWS) if record["id"].startswith(split))


def read_party_texts(data: Path) -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for path in sorted((data / "party").glob("*.txt")))


def read_texts(data: Path) -> Iterator[str]:
    """Every training text, in NFC, one article, lead, law article or document at a time."""
    for text in _raw_texts(data):
        yield unicodedata.normalize("NFC", text)


def _raw_texts(data: Path) -> Iterator[str]:
    for news in read_news(data, "tr"):
        yield "\n".join((news["title"], news["abstract"], news["body"]))
    for lead in read_records(data / LEADS):
        yield f"{lead['title']}\n{lead['summary']}"
    for law in read_records(data / LAWS):
        yield "\n".join((law["ten_vb"], law["title"], law["body"]))
    for document in read_records(data / GAZETTE):
        yield document["text"]
    for page in read_records(data / WIKIPEDIA):
        yield f"{page['title']}\n{page['text']}"
    yield from read_party_texts(data)
