"""The same questions as people type them: without diacritics, with half of them, with slips. Seeded, so that runs compare."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from zlib import crc32

from index.text.canonical import fold, to_nfc

_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """`Hội nghị` → `Hoi nghi`; capitals are kept, as on a keyboard without a Vietnamese input method."""
    return "".join(plain.upper() if typed.isupper() else plain for typed, plain in zip(to_nfc(text), fold(to_nfc(text)), strict=True))


def half_accented(text: str) -> str:
    """Each word keeps or loses its diacritics by the toss of a seeded coin."""
    coin = _seeded(text)
    return _WORD.sub(lambda match: match[0] if coin.random() < 0.5 else folded(match[0]), to_nfc(text))


def noisy(text: str) -> str:
    """One slip in a word of five letters or more: two neighbours exchanged, or a letter doubled."""
    coin = _seeded(text)
    words = [match for match in _WORD.finditer(to_nfc(text)) if len(match[0]) >= 5 and match[0].isalpha()]
    if not words:
        return text
    word = coin.choice(words)
    at = coin.randrange(1, len(word[0]) - 1)
    letters = word[0]
    slipped = (
        letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        if coin.random() < 0.5
        else letters[:at] + letters[at] + letters[at:]
    )
    return to_nfc(text)[: word.start()] + slipped + to_nfc(text)[word.end() :]


STYLES: dict[str, Callable[[str], str]] = {"typed": str, "folded": folded, "half": half_accented, "noisy": noisy}


def _seeded(text: str) -> random.Random:
    return random.Random(crc32(text.encode()))
