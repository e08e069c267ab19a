"""What of an article costs time and needs nothing but the article: chunks, hashes, sketch, abbreviations; may run in another process."""

from __future__ import annotations

from functools import cache

from index.catalogue_rows import CutChunk, Prepared, keyed_by_text, text_hash
from index.chunking import chunk_article
from index.duplicates import sketch
from index.text.abbreviations import learn_abbreviations
from index.types import Article, TokenCounter


def prepare(given: tuple[Article, int], counter: TokenCounter | None, max_tokens: int) -> Prepared:
    """An article and the row of its file → all that is stored; without a counter the shipped one counts."""
    article, file_id = given
    chunks = [keyed_by_text(chunk) for chunk in chunk_article(article, counter or _shipped_counter(), max_tokens)]
    cut = tuple(CutChunk(chunk, text_hash(chunk.embedded_text)) for chunk in chunks)
    return Prepared(article, file_id, sketch(article), cut, tuple(learn_abbreviations(article.text).items()))


@cache
def _shipped_counter() -> TokenCounter:
    from index.text.token_counter import TiktokenCounter

    return TiktokenCounter()
