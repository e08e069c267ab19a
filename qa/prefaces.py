"""What speakers say of themselves before they ask: "Công ty em ít người lắm, …", "Dạ cho em hỏi chút, …", "Mình ngại nên …"."""

from __future__ import annotations

import re

from index.text.canonical import canonical, fold
from qa.terms import content_terms

MIN_LEFT = 4  # content words that the question itself must have
_SPEAKER = r"(?:em|mình|tôi|tui|tớ|cháu|bọn em|tụi em|chúng em|chúng tôi|chúng mình)"
_SPEAKS = re.compile(
    rf"\b{_SPEAKER}\b(?! ruột| (?:của|nào)\b)|^(?:dạ|thưa|chào|alo|các anh|mọi người|anh ơi|chị ơi|bác ơi)\b|\b(?:ngại|chán) (?:quá|rồi)$"
)
_ASKS = re.compile(r"\b(?:ai|gi|nao|sao|dau|may|bao nhieu|bao lau|bao gio|khong|chua|the nao)\b|\bthi$|\d")  # folded
_CLAUSE = re.compile(r"[,;.!?…]+\s+")
_FEELS = re.compile(
    rf"^{_SPEAKER} (?:còn |cũng |đang |hơi |rất )*(?:ngại|sợ|lo|bận|phân vân|thắc mắc|băn khoăn|chưa rõ|không rõ|chưa biết|muốn biết)"
    r"(?: \w+){0,4}? (?:nên|mà|là|xem|rằng) "
)


def without_preface(text: str) -> str:
    """`text` without the clauses in front that only tell of the speaker; the whole where they ask or name something, or little is left."""
    start = 0
    while (felt := _FEELS.match(canonical(text[start:]))) is None:
        match = _CLAUSE.search(text, start)
        if match is None or not _is_preface(text[start : match.start()]):
            break
        start = match.end()
    start += felt.end() if felt is not None else 0
    return text[start:] if start and len(content_terms(text[start:])) >= MIN_LEFT else text


def _is_preface(clause: str) -> bool:
    said = canonical(clause).strip()
    named = any(word[:1].isupper() for word in clause.split()[1:])  # what is named may be what is asked about
    return not named and _SPEAKS.search(said) is not None and _ASKS.search(fold(said)) is None
