"""The kind of thing a query asks for, coarsely, and the words of a chunk that are of that kind: dates, numbers, names.

Ranking needs no more than this; `qa.answer_types` tells the kinds of answers apart finely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from index.text.canonical import canonical
from index.text.tokens import tokenize

_NAMED = (
    "nơi|tỉnh|nước|thành phố|quốc gia|đảo|hãng|công ty|đội|tên|châu lục|hành tinh|trường|sông|núi|ca sĩ|diễn viên|nhà văn|nhạc sĩ"
    "|vua|vị|bang|huyện|quận|vùng|xã|phường|đồng chí|ông|bà|cán bộ|cơ quan|đơn vị|tổ chức"
)
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_DATED = frozenset(("năm", "tháng", "ngày"))
_SENTENCE_END = frozenset(".!?:;\n")


class Kind(StrEnum):
    DATE = "date"
    NUMBER = "number"
    NAME = "name"


_ASKED = {  # the first that fits decides
    Kind.DATE: re.compile(
        r"\b(?:năm|khi|ngày|tháng|thời gian|thời điểm|hôm|lúc|thế kỷ|thế kỉ|thời|giai đoạn) nào\b|\bbao giờ\b"
        r"|\b(?:năm|ngày) (?:bao nhiêu|mấy)\b|\bmấy giờ\b"
    ),
    Kind.NUMBER: re.compile(
        r"\bbao nhiêu\b|\bmấy\b|\bbao (?:lâu|xa)\b|\b(?:dài|cao|rộng) bao\b|\bsố lượng\b|\bdiện tích\b|\bdân số\b|\btỷ lệ\b|\bmức phạt\b"
    ),
    Kind.NAME: re.compile(rf"\bai\b|\bngười nào\b|\bđâu\b|\b(?:{_NAMED}) nào\b|\btên (?:khác |thật |gọi )?(?:là )?gì\b"),
}


def asked_kind(text: str) -> Kind | None:
    """`"Ai ký quyết định?"` → NAME; None for what is no date, number or name."""
    asked = canonical(text)
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(asked)), None)


def marked_terms(text: str) -> list[str]:
    """The terms of `text`, those that are part of a name with a capital: `"Ông Lê Bình đến."` → ông, Lê, Bình, đến."""
    tokens = tokenize(text)
    capital = [text[token.start].isupper() for token in tokens] + [False]
    marked = []
    for place, token in enumerate(tokens):
        opens = not token.start or not _SENTENCE_END.isdisjoint(text[max(token.start - 2, 0) : token.start])
        is_name = capital[place] and (capital[place + 1] or not opens)
        marked.append(_with_capital(token.text) if is_name else token.text)
    return marked


def _with_capital(word: str) -> str:
    """`word` with its first letter large where that can be undone by `lower`."""
    large = word[0].upper() + word[1:]
    return large if large.lower() == word else word


def of_kind(kind: Kind, marked: Sequence[str]) -> np.ndarray:
    """bool (terms,): which of `marked_terms` are a date, a number or part of a name."""
    if kind is Kind.NAME:
        return np.array([word[0].isupper() for word in marked], bool)
    digits = [word[0].isdigit() for word in marked]
    if kind is Kind.NUMBER:
        return np.array(digits, bool)
    before = ("", *marked)[: len(marked)]
    dated = [last in _DATED or _YEAR.fullmatch(word) is not None for word, last in zip(marked, before, strict=True)]
    return np.array(digits, bool) & np.array(dated, bool)
