"""Follow-up questions that point back to a body: "của đơn vị này", "ở cơ quan đó" are given the body that was named before."""

from __future__ import annotations

import re

from qa.followup_topic import BODY_NAMED

_BODY_WORD = re.compile(
    r"\b(?:đơn vị|cơ quan|tổ chức|đảng bộ|đảng (?:ủy|uỷ)|cấp (?:ủy|uỷ)|nơi|chỗ|bên|khối|sở) (?:này|ấy|đó|kia|trên|nói trên)\b",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"\b(?:của|ở|tại|thuộc|trong|do|cho|từ)\s+$|^(?:(?:thế|vậy|và|còn|rồi|nhưng)[ ,]+)*$", re.IGNORECASE)
_ASKS_BODY = re.compile(
    r"\b(?:đơn vị|cơ quan|tổ chức|đảng bộ|đảng (?:ủy|uỷ)|cấp (?:ủy|uỷ)|nơi|chỗ|bên|khối|sở|ban) nào\b|\bở đâu\b", re.IGNORECASE
)
MAX_BODIES = 1


def name_body(question: str, previous: str, answer: str) -> str:
    """Like "Còn phó bí thư của đơn vị này là ai?" after "Ai là Bí thư Đảng ủy Sở Y tế?" → "Còn phó bí thư của Đảng ủy Sở Y tế là ai?".

    Where the earlier question asked which body, its answer names it. The question as it is where no body or several were named.
    """
    pointed = _BODY_WORD.search(question)
    if pointed is None or not _LEADS_ON.search(question[: pointed.start()]):
        return question
    told = list(dict.fromkeys(match[0].strip() for match in BODY_NAMED.finditer(answer if _ASKS_BODY.search(previous) else previous)))
    if not told or (len(told) > MAX_BODIES and not _ASKS_BODY.search(previous)):
        return question
    return f"{question[: pointed.start()]}{told[0]}{question[pointed.end() :]}"
