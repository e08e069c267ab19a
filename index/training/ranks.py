"""`python -m index.training ranks`: a 32,000-token byte-level BPE of Vietnamese official and news text, for counting tokens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from index.text.token_counter import write_ranks
from index.training.bpe import train_byte_bpe
from index.training.records import read_texts

NAME = "hoidap-32k"
VOCABULARY = 32_000
# As in OpenAI's cl100k, but combining marks stay with their letter, so NFD text is split at the same places.
PATTERN = r"[^\r\n\p{L}\p{M}\p{N}]?[\p{L}\p{M}]+|\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def train_ranks(data: Path, out: Path, seed: int, share: float) -> None:
    """Learn the ranks from a seeded `share` of the training texts and write them to `out`."""
    tokens = train_byte_bpe(_sample(read_texts(data), share, seed), PATTERN, VOCABULARY)
    write_ranks(out, NAME, PATTERN, tokens)


def _sample(texts: Iterator[str], share: float, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    return (text for text in texts if chance.random() < share)
