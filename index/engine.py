"""Query → hits over one index: candidates of both legs, ranked, filtered, near-duplicates grouped, each explained."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Self

from index.candidates import articles_with, find_candidates, lexical_query, matching_numbers
from index.catalogue import missing
from index.errors import HoidapError, IndexMissingError, QueryError
from index.layout import Layout, read_manifest
from index.query import CorpusWords
from index.ranking import Ranker
from index.selection import select_hits
from index.settings import Settings
from index.snapshot import Snapshot
from index.text.abbreviations import AbbreviationTable, trusted_pairs
from index.types import Article, Authored, Embedder, Facets, Filters, Hit, IndexSummary, ListedArticle, Query

CACHED_ARTICLES = 256


class Engine:
    """Searches one index; a `SearchEngine`. Safe to share between threads, which take turns."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self._settings = settings
        self._layout = Layout(settings.index_dir)
        self._embedder = embedder
        self._ranker = Ranker(embedder, settings)
        self._lock = threading.RLock()
        self._show(Snapshot.open(self._layout, embedder.fingerprint))

    def _show(self, snapshot: Snapshot) -> None:
        """One answer asks for the same few articles many times: the last ones stay in memory."""
        self._snapshot = snapshot
        self._read_article = lru_cache(CACHED_ARTICLES)(snapshot.catalogue.article)
        self._words: CorpusWords | None = None

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder | None = None) -> Self:
        """The index at `settings.index_dir` with the embedding model of the settings, or the one given.

        Raises IndexMissingError, IndexMismatchError, StorageError, SettingsError.
        """
        if not Layout(settings.index_dir).catalogue.exists():
            raise missing(settings.index_dir)
        if embedder is None:
            from index.embedding import load_embedder

            embedder = load_embedder(settings)
        return cls(settings, embedder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; nothing can be asked afterwards."""
        with self._lock:
            self._snapshot.close()

    def search(self, query: Query, k: int = 10) -> list[Hit]:
        """The `k` best chunks for `query`, best first; fewer where fewer match.

        Document numbers asked for come first, quoted phrases must occur, filters hold exactly. Raises QueryError for a
        query without a word.
        """
        words = lexical_query(query)
        if words.empty:
            raise QueryError(f"Câu hỏi {query.typed!r} không có từ nào để tìm; hãy gõ ít nhất một từ.")
        if k < 1:
            return []
        vector = self._embedder.embed_queries([query.text])[0]
        depth = max(self._settings.candidates, 2 * k)
        with self._lock:
            snapshot = self._snapshot
            numbers = matching_numbers(snapshot, query.references)
            allowed = snapshot.catalogue.allowed_keys(query.filters)
            candidates = find_candidates(snapshot, words, numbers, vector, depth, allowed)
            ranked = self._ranker.rank(snapshot, query, candidates, k)
            return select_hits(snapshot.catalogue, ranked, query, words, numbers, k)

    def article(self, article_id: str) -> Article:
        """The article with this id; IndexMissingError if it is not in the index."""
        with self._lock:
            found = self._read_article(article_id)
        if found is None:
            raise IndexMissingError(f"Không có văn bản {article_id!r} trong chỉ mục; có thể văn bản đã bị gỡ, hãy tìm lại.")
        return found

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        """The articles that pass, newest first, those without a date last."""
        for listed in self.listing(filters):
            with self._lock:
                found = self._read_article(listed.article_id)
            if found is not None:
                yield found

    def listing(self, filters: Filters | None = None) -> list[ListedArticle]:
        """As `articles`, without the texts."""
        with self._lock:
            return self._snapshot.catalogue.listing(filters or Filters())

    def authors(self) -> Mapping[str, Authored]:
        """Every author or signer by the folded name, with the ids of the articles, newest first; read once for each state of the index."""
        with self._lock:
            return self._snapshot.catalogue.authors

    def mentioning(self, phrases: Sequence[str], patterns: Sequence[str], filters: Filters) -> list[ListedArticle]:
        """Every article with a chunk that has all `phrases` and a document number of `patterns`, as `listing` orders them.

        With neither every article that passes; the whole index is looked through, not the best of it.
        """
        with self._lock:
            listed = self.listing(filters)
            if not phrases and not patterns:
                return listed
            having = articles_with(self._snapshot, phrases, patterns)
        return [article for article in listed if article.article_id in having]

    def facets(self) -> Facets:
        """The values filters can take, with the number of articles of each."""
        with self._lock:
            return self._snapshot.catalogue.facets()

    def summary(self) -> IndexSummary:
        """How much is indexed, when the last ingest ended, which files were not read."""
        with self._lock:
            return replace(self._snapshot.catalogue.summary(), notice=self._ranker.notice)

    def corpus_words(self) -> CorpusWords:
        """What the articles teach about reading a query; read once a state of the index."""
        with self._lock:
            if self._words is None:
                learned = trusted_pairs(self._snapshot.catalogue.learned_abbreviations())
                self._words = CorpusWords(self._snapshot.lexical, AbbreviationTable.of(learned, learned=True))
            return self._words

    def refresh(self) -> bool:
        """Take over a newer index if an ingest has finished one since; cheap when there is none. Says whether it did."""
        manifest = read_manifest(self._layout.manifest)
        if manifest is None or manifest.generation == self._snapshot.seen:
            return False
        try:
            newer = Snapshot.open(self._layout, self._embedder.fingerprint)
        except HoidapError:
            return False  # built by another model meanwhile: the old state serves until the program is restarted
        with self._lock:
            self._snapshot.close()
            self._show(newer)
        return True
