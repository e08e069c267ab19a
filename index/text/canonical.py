"""One written form per word, at unchanged length, so that offsets into the original text need no map.

Lower case, the new tone placement, one kind of dash, quote and space. Vietnamese is typed with two tone placements
(`hòa`/`hoà`) that Unicode normalisation does not unite, with the Icelandic `Ð` for `Đ`, and with several dashes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_DASHES = "‐‑‒–—―−﹘﹣－"
_DOUBLE_QUOTES = "“”„‟«»″〝〞＂"
_SINGLE_QUOTES = "‘’‚‛′´`＇"
_SPACES = "\t\r\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"

# Old → new tone placement. Unconditional: an open `oa`, `oe`, `uy` never carries its tone on the first letter in the
# new style, and before a final consonant the old style is a typing mistake (`hòan`, `qúy`) that this mends.
_TONES = {
    **{"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ"},
    **{"òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ"},
    **{"ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"},
}
_REPLACEMENTS = (
    _TONES
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | {"ð": "đ", "ɖ": "đ"}
)
_REPLACED = re.compile(f"[òóỏõọ][ae]|[ùúủũụ]y|[{_DASHES}{_DOUBLE_QUOTES}{_SINGLE_QUOTES}{_SPACES}{_LINE_ENDS}ðɖ]")
# The two letters whose lower case depends on the neighbours or grows: `str.lower` alone would lose the offsets.
_IRREGULAR = str.maketrans("İΣ", "iσ")


def to_nfc(text: str) -> str:
    """`text` in Unicode NFC, the form in which articles are stored and everything else here expects its input."""
    return unicodedata.normalize("NFC", text)


def canonical(text: str) -> str:
    """`text` (NFC) in the form words are compared in; character i of the result stands for character i of `text`.

    Example: `canonical("Đảng ủy – “Hòa”")` → `'đảng uỷ - "hoà"'`.
    """
    return _REPLACED.sub(_replacement, text.translate(_IRREGULAR).lower() if _is_irregular(text) else text.lower())


def fold(text: str) -> str:
    """`canonical(text)` without diacritics (`đ` → `d`), same length; `fold("Đảng ủy")` → `'dang uy'`."""
    return (text.translate(_IRREGULAR).lower() if _is_irregular(text) else text.lower()).translate(_base_letters())


def _is_irregular(text: str) -> bool:
    return "İ" in text or "Σ" in text


def _replacement(match: re.Match[str]) -> str:
    return _REPLACEMENTS[match[0]]


@cache
def _base_letters() -> dict[int, str]:
    """Every lower-case Latin letter with marks → the letter without them, and every sign that `canonical` unites; where a tone stood is no
    matter here."""
    latin = map(chr, [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)])
    bases = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in latin}
    signs = {ord(sign): form for sign, form in _REPLACEMENTS.items() if len(sign) == 1}
    return {code: base for code, base in bases.items() if base != chr(code)} | signs | dict.fromkeys(map(ord, "đðɖ"), "d")
