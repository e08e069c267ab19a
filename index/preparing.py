"""What of an article costs time and needs nothing but the article: chunks, hashes, sketch, abbreviations; may run in another process."""

from __future__ import annotations

from functools import cache

from index.answer_kinds import marked_terms
from index.catalogue_rows import CutChunk, Prepared, keyed_by_text, text_hash
from index.chunking import chunk_article
from index.duplicates import sketch
from index.text.abbreviations import learn_abbreviations
from index.text.references import find_references
from index.types import Article, Chunk, TokenCounter


def prepare(given: tuple[Article, int], counter: TokenCounter | None, max_tokens: int) -> Prepared:
    """An article and the row of its file → all that is stored; without a counter the shipped one counts."""
    article, file_id = given
    chunks = [keyed_by_text(chunk) for chunk in chunk_article(article, counter or _shipped_counter(), max_tokens)]
    cut = tuple(_cut(article, chunk) for chunk in chunks)
    return Prepared(article, file_id, sketch(article), cut, tuple(learn_abbreviations(article.text).items()))


def _cut(article: Article, chunk: Chunk) -> CutChunk:
    text = chunk.embedded_text
    return CutChunk(chunk, text_hash(text), " ".join(marked_terms(text)), _numbers(article, chunk))


def _numbers(article: Article, chunk: Chunk) -> tuple[str, ...]:
    """The document numbers in a chunk, then those in its context, each once."""
    inside = [reference.number for reference in article.references if chunk.start <= reference.start < chunk.end]
    above = [reference.number for reference in find_references(chunk.context)] if "/" in chunk.context else []
    return tuple(dict.fromkeys((*inside, *above)))


@cache
def _shipped_counter() -> TokenCounter:
    from index.text.token_counter import TiktokenCounter

    return TiktokenCounter()
