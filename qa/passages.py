"""Hits → numbered passages in a token budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.settings import Settings
from index.types import Article, BlockKind, Hit, SearchEngine, TokenCounter
from qa.types import Passage

MAX_ANSWER_CHARACTERS = 1500  # of the answer read with an interviewer's question that was found


def select_passages(hits: Sequence[Hit], engine: SearchEngine, counter: TokenCounter, settings: Settings) -> list[Passage]:
    """The best hits as passages 1, 2, … of at most `max_passages`, together at most `max_passage_tokens` tokens.

    Neighbouring or overlapping chunks of one article become one passage at the better one's place. A hit that does not
    fit is left out and a later, shorter one may still take the room; the first hit is always taken.
    """
    chosen: list[Passage] = []
    spent = 0
    for hit in hits:
        same = [p for p in chosen if p.hit.chunk.article_id == hit.chunk.article_id]
        neighbour = next((p for p in same if _adjoins(p, hit, engine)), None)
        if not neighbour and len(chosen) >= settings.max_passages:
            continue
        candidate = _merge(neighbour, hit, engine, counter) if neighbour else _passage(hit, engine, counter)
        cost = candidate.token_count - (neighbour.token_count if neighbour else 0)
        if chosen and spent + cost > settings.max_passage_tokens:
            continue
        spent += cost
        if neighbour:
            chosen[chosen.index(neighbour)] = candidate
        else:
            chosen.append(candidate)
    return number_passages(chosen)


def number_passages(passages: Sequence[Passage]) -> list[Passage]:
    """The same passages numbered 1, 2, … in the order given."""
    return [replace(passage, number=number) for number, passage in enumerate(passages, start=1)]


def _passage(hit: Hit, engine: SearchEngine, counter: TokenCounter) -> Passage:
    """The chunk; an interviewer's question, which answers nothing itself, together with the answer below it."""
    chunk = hit.chunk
    if chunk.kind is not BlockKind.QUESTION:
        return Passage(0, hit, chunk.start, chunk.end, chunk.text, chunk.token_count or counter.count(chunk.text))
    article = engine.article(hit.article_id)
    end = _end_of_answer(article, chunk.end)
    text = article.text[chunk.start : end]
    return Passage(0, hit, chunk.start, end, text, counter.count(text))


def _end_of_answer(article: Article, end: int) -> int:
    limit = end + MAX_ANSWER_CHARACTERS
    for block in article.blocks:
        if block.start < end:
            continue
        if block.kind is BlockKind.QUESTION or block.end > limit:
            break
        end = block.end
    return end


def _adjoins(passage: Passage, hit: Hit, engine: SearchEngine) -> bool:
    """Whether only white space (or nothing) stands between the two, which are of one article."""
    chunk = hit.chunk
    if chunk.start <= passage.end and passage.start <= chunk.end:
        return True
    low, high = (passage.end, chunk.start) if passage.end < chunk.start else (chunk.end, passage.start)
    return not engine.article(hit.article_id).text[low:high].strip()


def _merge(passage: Passage, hit: Hit, engine: SearchEngine, counter: TokenCounter) -> Passage:
    start, end = min(passage.start, hit.chunk.start), max(passage.end, hit.chunk.end)
    text = engine.article(passage.article_id).text[start:end]
    return replace(passage, start=start, end=end, text=text, token_count=counter.count(text))
