"""Byte-pair encodings by the `tokenizers` library: learning ranks, and a tokenizer.json that gives the ids of tiktoken ranks."""

from __future__ import annotations

from collections.abc import Iterator

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers


def byte_letters() -> dict[int, str]:
    """The printable letter that stands for each byte in a byte-level tokenizer.json (as in GPT-2)."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {byte: chr(byte) for byte in printable}
    others = (byte for byte in range(256) if byte not in letters)
    return letters | {byte: chr(256 + place) for place, byte in enumerate(others)}


def train_byte_bpe(texts: Iterator[str], pattern: str, vocabulary: int) -> list[bytes]:
    """Tokens in the order of their ranks: the 256 bytes, then the merges learned from `texts` split by `pattern`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    letters = byte_letters()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, initial_alphabet=list(letters.values()), min_frequency=2, show_progress=False, special_tokens=[]
    )
    tokenizer.train_from_iterator(texts, trainer)
    bytes_of = {letter: byte for byte, letter in letters.items()}
    learned = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    merged = [bytes(bytes_of[letter] for letter in token) for token, _ in learned if len(token) > 1]
    return [bytes([byte]) for byte in range(256)] + merged
