"""A LangChain retriever over the search engine, nothing more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from langchain_core.callbacks.manager import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.types import Hit, Query, SearchEngine


class EngineRetriever(BaseRetriever):
    """Hits of `engine` as LangChain Documents; the hit itself stands in `metadata["hit"]`.

    `invoke(text)` searches the text as it is; `invoke(text, understood=Query(…))` searches the understood query instead.
    """

    engine: Any
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **given: Any) -> list[Document]:
        engine: SearchEngine = self.engine
        understood: Query = given.get("understood") or Query(typed=query, text=query)
        # In a question what stands in quotation marks may be said otherwise by the articles: it ranks, it excludes nothing.
        hits = engine.search(replace(understood, phrases=()), self.k)
        return [_to_document(hit) for hit in hits]


def _to_document(hit: Hit) -> Document:
    metadata = hit.metadata
    return Document(
        page_content=hit.chunk.text,
        metadata={
            "article_id": hit.article_id,
            "title": metadata.title,
            "date": str(metadata.date) if metadata.date else None,
            "start": hit.chunk.start,
            "end": hit.chunk.end,
            "score": hit.score,
            "hit": hit,
        },
    )
