"""Fakes whose output can be computed in one's head, and small articles to index with them."""

from __future__ import annotations

import signal
import socket
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.reading.cleaning import find_blocks
from index.reading.metadata import find_metadata
from index.settings import Settings
from index.text.references import find_references
from index.text.tokens import terms
from index.types import Article, Metadata, PartialDate


def pytest_configure() -> None:
    """A shell that starts the tests in the background makes them, and all they start, deaf to Ctrl-C, which some of them send."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class FakeEmbedder:
    """A text's vector counts its words, each in the place `place(word)`, scaled to length 1; `embedded` lists what was asked for."""

    def __init__(self, dimension: int = 32, fingerprint: str = "fake") -> None:
        self._dimension = dimension
        self._fingerprint = fingerprint
        self.embedded: list[str] = []

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def place(self, word: str) -> int:
        return zlib.crc32(word.encode()) % self._dimension

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        counts = np.zeros((len(texts), self._dimension), np.float32)
        for row, text in zip(counts, texts, strict=True):
            for word in terms(text):
                row[self.place(word)] += 1
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        return counts / np.where(lengths == 0, 1, lengths)


class FakeCounter:
    """One token a word."""

    def count(self, text: str) -> int:
        return len(text.split())


def make_article(
    article_id: str, text: str, *, date: str | None = None, folder: str = "kho", issuer: str | None = None, kind: str | None = None
) -> Article:
    """An article of `text`, whose first line is the title."""
    title = text.split("\n", 1)[0]
    metadata = Metadata(title, published=PartialDate.parse(date) if date else None, issuer=issuer, kind=kind)
    blocks = find_blocks(text, title)
    return Article(article_id, text, metadata, blocks, tuple(find_references(text)), folder, str(zlib.crc32(f"{text}{metadata}".encode())))


def make_document(article_id: str, text: str) -> Article:
    """An official document: its blocks and metadata as its own text shows them."""
    blocks = find_blocks(text)
    return Article(
        article_id, text, find_metadata(text, blocks, {}), blocks, tuple(find_references(text)), "kho", str(zlib.crc32(text.encode()))
    )


def write_corpus(folder: Path, texts: dict[str, str]) -> Path:
    """Files `name` → text under `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def counter() -> FakeCounter:
    return FakeCounter()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index_dir=tmp_path / "index", corpus_dir=tmp_path / "kho", max_chunk_tokens=40)


Texts = dict[str, str]
Corpus = Callable[[Texts], Path]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Writes texts into the folder `kho` and returns it."""
    return lambda texts: write_corpus(tmp_path / "kho", texts)


@pytest.fixture(scope="session")
def free_port() -> int:
    """A loopback port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
