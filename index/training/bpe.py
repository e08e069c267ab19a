"""Byte-pair encodings by the `tokenizers` library: learning ranks, and a tokenizer.json that gives the ids of tiktoken ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from index.text.canonical import canonical


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


def train_symbol_bpe(lines: Counter[str], vocabulary: int, max_length: int) -> list[str]:
    """Merges, in order, of a byte-pair encoding over the characters of `lines` counted; none longer than `max_length`."""
    tokenizer = Tokenizer(models.BPE())
    # The library takes up a pair made by a merge only if it is shorter than max_token_length: hence one more.
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, min_frequency=20, max_token_length=max_length + 1, show_progress=False, special_tokens=[]
    )
    tokenizer.train_from_iterator(lines.elements(), trainer)
    learned = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return [token for token, _ in learned if len(token) > 1]


def as_tokenizer(tokens: list[bytes], normalizer: normalizers.Normalizer) -> Tokenizer:
    """A byte-level tokenizer that gives every text the ids tiktoken gives it with `tokens` as ranks and no splitting.

    tiktoken joins whichever neighbours make a known token of lowest rank; so every split of a token into two known ones is a merge.
    """
    letters = byte_letters()
    spelled = {token: "".join(letters[byte] for byte in token) for token in tokens}
    rank_of = {token: rank for rank, token in enumerate(tokens)}
    merges = [
        (spelled[left], spelled[right])
        for token in tokens
        for left, right in sorted(_splits(token, rank_of), key=lambda pair: (rank_of[pair[0]], rank_of[pair[1]]))
    ]
    tokenizer = Tokenizer(models.BPE(vocab={spelled[token]: rank for token, rank in rank_of.items()}, merges=merges, ignore_merges=True))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def embedding_normalizer() -> normalizers.Normalizer:
    """What `index.embedding.embedded_form` does, in the terms of a tokenizer.json."""
    pairs = [first + second for first in "òóỏõọùúủũụ" for second in "aey"]
    letters = [normalizers.Replace(old, canonical(old)) for old in [*pairs, "ð", "ɖ"] if canonical(old) != old]
    return normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Replace("İ", "i"),
            normalizers.Lowercase(),
            *letters,
            normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
            normalizers.Strip(),
            normalizers.Prepend(" "),
        ]
    )


def _splits(token: bytes, known: dict[bytes, int]) -> Iterator[tuple[bytes, bytes]]:
    for place in range(1, len(token)):
        left, right = token[:place], token[place:]
        if left in known and right in known:
            yield left, right
