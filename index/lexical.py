"""Words of chunks in Tantivy: BM25 over canonical syllables and bigrams, folded syllables as a safety leg, document numbers.

The analysis is ours (`index.text.tokens`): fields get terms joined by spaces and Tantivy only splits at the spaces, so
that another engine fed with the same terms finds the same.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tantivy import Document, FieldType, Index, IndexWriter, Occur, Query, Schema, SchemaBuilder, Searcher, TextAnalyzerBuilder, Tokenizer

from index.catalogue import ChunkEntry
from index.layout import storage_error
from index.text.canonical import fold
from index.text.tokens import bigrams

WRITER_BYTES = 128_000_000
WRITER_THREADS = 1  # one keeps the order of documents, hence of ties, the same in every run
BIGRAM_WEIGHT = 1.0
FOLDED_WEIGHT = 0.5  # a word equal but for its diacritics is worth half a word
FEW_KEYS = 200  # up to so many are looked up one by one, several times faster than as a set
MAX_SET_KEYS = 50_000  # keys passed as a set of terms; beyond, hits are filtered after the search
REBUILD_CHUNKS = 2_000  # up to this size removal rebuilds all, so that BM25 never counts removed chunks
MAX_DELETED_SHARE = 0.3  # above this share of removed chunks in the files a larger index is rebuilt too
KEYS_A_SLICE = 200_000
_KEY_RANGE = 2**63
_SPACES = "spaces"


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """Terms to look for, repeated ones counted. All `phrases` (runs of syllables, those without diacritics in any spelling) must occur,
    and one of the exact `numbers`."""

    syllables: tuple[str, ...] = ()
    bigrams: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.syllables or self.folded or self.numbers or self.phrases)


def _schema() -> Schema:
    builder = SchemaBuilder()
    # Integer, not unsigned: deleting by term silently does nothing on an unsigned field given a Python int.
    builder.add_integer_field("key", stored=False, indexed=True, fast=True)
    builder.add_text_field("syllables", tokenizer_name=_SPACES, index_option="position")
    builder.add_text_field("bigrams", tokenizer_name=_SPACES, index_option="freq")
    builder.add_text_field("folded", tokenizer_name=_SPACES, index_option="position")
    builder.add_text_field("numbers", tokenizer_name="raw", index_option="basic")
    return builder.build()


class LexicalIndex:
    """The Tantivy index in a folder. It shows the state at `open` or after its own `update`, whatever others write meanwhile."""

    def __init__(self, folder: Path, index: Index) -> None:
        self._folder = folder
        self._index = index
        self._schema = index.schema
        self._searcher: Searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """The index in `folder`; StorageError where there is none or it is damaged."""
        with _tantivy_errors(folder):
            return cls(folder, _prepared(Index.open(str(folder))))

    @classmethod
    def create(cls, folder: Path) -> LexicalIndex:
        """An empty index in `folder`, whose files, if any, are dropped."""
        with _tantivy_errors(folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            return cls(folder, _prepared(Index(_schema(), path=str(folder))))

    def __len__(self) -> int:
        return self._searcher.num_docs

    @property
    def keys(self) -> np.ndarray:
        """int64, in no particular order. Keys are spread evenly, so ranges of them bound the memory this takes."""
        slices = len(self) // KEYS_A_SLICE + 1
        found = [
            self._keys_between(i * (_KEY_RANGE // slices), _KEY_RANGE if i == slices - 1 else (i + 1) * (_KEY_RANGE // slices))
            for i in range(slices)
        ]
        return np.concatenate(found)

    def _keys_between(self, low: int, high: int) -> np.ndarray:
        query = Query.range_query(self._schema, "key", FieldType.Integer, low, high - 1)
        return np.array([key for key, _ in self._run(query, max(len(self), 1))], np.int64)

    @property
    def deleted_share(self) -> float:
        """Share of removed chunks still in the files; they count in BM25's document frequencies until merged away."""
        segments = json.loads((self._folder / "meta.json").read_text(encoding="utf-8"))["segments"]
        held = sum(segment["max_doc"] for segment in segments)
        deleted = sum((segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in segments)
        return deleted / held if held else 0.0

    def should_rebuild(self, removed: int) -> bool:
        """Whether removing so many chunks is better done by writing all anew."""
        if not removed:
            return False
        return len(self) <= REBUILD_CHUNKS or self.deleted_share + removed / max(len(self), 1) > MAX_DELETED_SHARE

    def update(self, removed: np.ndarray, added: Iterable[ChunkEntry], *, everything: bool = False) -> None:
        """Remove and add chunks in one commit; with `everything` the index holds only `added` afterwards."""
        with _tantivy_errors(self._folder):
            writer = self._index.writer(WRITER_BYTES, WRITER_THREADS)
            try:
                _write(writer, self._schema, removed, added, everything)
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def frequency(self, field: str, term: str) -> int:
        """In how many chunks `term` stands: field `syllables`, `bigrams` or `folded`; removed chunks count until merged away."""
        return int(self._searcher.doc_freq(field, term))

    def search(self, query: LexicalQuery, limit: int, allowed: np.ndarray | None = None) -> list[tuple[int, float]]:
        """(key, BM25) of the `limit` best chunks, best first, ties by key, among `allowed` keys if given."""
        limit = min(limit, len(self) if allowed is None else len(allowed))
        if limit <= 0 or query.empty:
            return []
        parsed = self._parse(query)
        if allowed is None:
            return self._run(parsed, limit)
        if len(allowed) <= MAX_SET_KEYS:
            within = Query.const_score_query(self._any_of(allowed.tolist()), 0.0)
            return self._run(Query.boolean_query([(Occur.Must, parsed), (Occur.Must, within)]), limit)
        return self._filtered(parsed, limit, allowed)

    def _any_of(self, keys: list[int]) -> Query:
        if len(keys) > FEW_KEYS:
            return Query.term_set_query(self._schema, "key", keys)
        return Query.boolean_query([(Occur.Should, Query.term_query(self._schema, "key", key)) for key in keys])

    def _filtered(self, parsed: Query, limit: int, allowed: np.ndarray) -> list[tuple[int, float]]:
        """Search deeper until enough hits are among the many keys allowed."""
        depth = 2 * limit * (len(self) // len(allowed) + 1)
        while True:
            found = self._run(parsed, min(depth, len(self)))
            passing = np.isin(np.array([key for key, _ in found], np.int64), allowed)
            kept = [pair for pair, passes in zip(found, passing, strict=True) if passes][:limit]
            if len(kept) == limit or len(found) < depth:
                return kept
            depth *= 10

    def _run(self, query: Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return sorted(
            ((int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True) if key is not None), key=lambda p: (-p[1], p[0])
        )

    def _parse(self, query: LexicalQuery) -> Query:
        fields = (
            ("syllables", query.syllables, 1.0),
            ("bigrams", query.bigrams, BIGRAM_WEIGHT),
            ("folded", query.folded, FOLDED_WEIGHT),
        )
        wanted = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, field, term, "freq"), weight * count))
            for field, words, weight in fields
            for term, count in Counter(words).items()
        ]
        scored = Query.boolean_query(wanted)
        demanded = [self._phrase(words) for words in query.phrases]
        if query.numbers:
            demanded.append(Query.term_set_query(self._schema, "numbers", list(query.numbers)))
        if not demanded:
            return scored
        conditions = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in demanded]
        return Query.boolean_query([(Occur.Should, scored), *conditions])

    def _phrase(self, words: tuple[str, ...]) -> Query:
        field = "folded" if all(fold(word) == word for word in words) else "syllables"
        if len(words) == 1:
            return Query.term_query(self._schema, field, words[0])
        return Query.phrase_query(self._schema, field, list(words))


def _prepared(index: Index) -> Index:
    index.register_tokenizer(_SPACES, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.config_reader("manual")  # the default reloads by itself and would show half an ingest
    index.reload()
    return index


def _write(writer: IndexWriter, schema: Schema, removed: np.ndarray, added: Iterable[ChunkEntry], everything: bool) -> None:
    if everything:
        writer.delete_all_documents()
    elif len(removed):
        writer.delete_documents_by_query(Query.term_set_query(schema, "key", removed.tolist()))
    for entry in added:
        writer.add_document(_document(entry))


def _document(entry: ChunkEntry) -> Document:
    document = Document()
    document.add_integer("key", entry.key)
    document.add_text("syllables", entry.syllables)
    document.add_text("bigrams", " ".join(bigrams(entry.syllables.split())))
    document.add_text("folded", fold(entry.syllables))
    for number in entry.numbers:
        document.add_text("numbers", number)
    return document


@contextmanager
def _tantivy_errors(folder: Path) -> Iterator[None]:
    """Tantivy reports a full disk or a damaged file as ValueError, OSError or its own kind of exception."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise storage_error(folder, error) from error
