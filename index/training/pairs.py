"""Pairs (query-like text, passage) from the training data: what a static embedding learns from.

Mixing the sources matters more than the size of any of them. Each generator draws from the random source it is given,
so a seed reproduces the pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.training.records import LAWS, LEADS, WIKIPEDIA, read_news, read_records

CHUNK_WORDS = 120
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_])|\s*[\r\n]+\s*")
_HEADING = re.compile(r"^=+ *(.+?) *=+$", re.MULTILINE)
# Words of asking: added to some queries so that the model learns they say nothing about the passage.
_ASKING = (
    "là gì", "là ai", "ai là", "ở đâu", "khi nào", "năm nào", "bao nhiêu", "như thế nào", "thế nào", "ra sao", "vì sao", "tại sao",
    "có phải không", "có được không", "hay không", "gồm những gì", "gồm những ai", "nào", "trong trường hợp nào",
    "được quy định như thế nào",
    "theo quy định của pháp luật", "do ai quy định", "thuộc về ai", "mấy", "bao lâu", "ngày nào", "cơ quan nào", "người nào",
    "cho biết", "hãy nêu",
)  # fmt: skip


class Pair(NamedTuple):
    """A text a user might type and a passage that suits it."""

    query: str
    passage: str


def read_pairs(data: Path, chance: random.Random) -> Iterator[Pair]:
    """All pairs of all sources, source by source."""
    yield from news_pairs(data, chance)
    yield from lead_pairs(data)
    yield from law_pairs(data, chance)
    yield from wikipedia_pairs(data, chance)


def news_pairs(data: Path, chance: random.Random) -> Iterator[Pair]:
    for news in read_news(data, "tr"):
        chunks = split_chunks(news["body"])
        if not chunks:
            continue
        yield Pair(news["title"], chunks[0])
        yield Pair(news["title"], chance.choice(chunks))
        if news["abstract"]:
            yield Pair(news["title"], news["abstract"])
            yield Pair(news["abstract"], chance.choice(chunks))
        yield from cloze_pairs(chunks, chance, share=0.5)


def lead_pairs(data: Path) -> Iterator[Pair]:
    for lead in read_records(data / LEADS):
        if lead["title"] and lead["summary"]:
            yield Pair(lead["title"], lead["summary"])


def law_pairs(data: Path, chance: random.Random) -> Iterator[Pair]:
    for law in read_records(data / LAWS):
        chunks = split_chunks(law["body"])
        if not chunks:
            continue
        named = f"{law['title']}\n{chance.choice(chunks)}"
        yield Pair(f"{law['title']} {law['ten_vb']}", chance.choice(chunks))
        yield Pair(law["title"], f"{law['ten_vb']}\n{chunks[0]}")
        yield from cloze_pairs([named, *chunks[:3]], chance, share=0.7)


def wikipedia_pairs(data: Path, chance: random.Random) -> Iterator[Pair]:
    for page in read_records(data / WIKIPEDIA):
        sections = _HEADING.split(page["text"])
        chunks = split_chunks(sections[0])
        for heading, section in zip(sections[1::2], sections[2::2], strict=True):
            inside = split_chunks(section)
            if inside:
                yield Pair(f"{page['title']} {heading}", inside[0])
            chunks += inside
        if not chunks:
            continue
        yield Pair(page["title"], chunks[0])
        yield Pair(page["title"], chance.choice(chunks))
        yield Pair(f"{page['title']} {split_sentences(chunks[0])[0]}", chance.choice(chunks))
        yield from cloze_pairs(chunks, chance, share=1.0)


def cloze_pairs(chunks: list[str], chance: random.Random, share: float) -> Iterator[Pair]:
    """Inverse cloze (Lee et al. 2019): some words of a sentence → its chunk, nine times in ten without those words."""
    for chunk in chunks:
        sentences = split_sentences(chunk)
        if chance.random() > share or len(sentences) < 2:
            continue
        place = chance.randrange(len(sentences))
        query = _some_words(sentences[place], chance)
        rest = sentences if chance.random() < 0.1 else sentences[:place] + sentences[place + 1 :]
        if query:
            yield Pair(_ask(query, chance), " ".join(rest))


def split_sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence and not sentence.isspace()]


def split_chunks(text: str) -> list[str]:
    """Runs of sentences of about CHUNK_WORDS words."""
    chunks: list[list[str]] = []
    room = 0
    for sentence in split_sentences(text):
        words = sentence.count(" ") + 1
        if words > room or not chunks:
            chunks.append([])
            room = CHUNK_WORDS
        chunks[-1].append(sentence)
        room -= words
    return [" ".join(chunk) for chunk in chunks]


def _some_words(sentence: str, chance: random.Random) -> str:
    """Four to sixteen consecutive words of the sentence; nothing if it has fewer than four."""
    words = sentence.split()
    if len(words) < 4:
        return ""
    length = chance.randint(4, min(16, len(words)))
    first = chance.randrange(len(words) - length + 1)
    return " ".join(words[first : first + length])


def _ask(query: str, chance: random.Random) -> str:
    if chance.random() > 0.4:
        return query
    asking = chance.choice(_ASKING)
    return f"{asking} {query}" if chance.random() < 0.3 else f"{query} {asking}"
