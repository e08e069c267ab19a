"""Follow-up questions about missing the time just told: "Lỡ quá hạn đó thì sao?" after "Chi bộ phải nộp sổ trong mấy ngày?"."""

from __future__ import annotations

import re

from qa.followup_topic import (
    BARE_OPENING,
    CLOSING,
    MAX_OWN_CONTENT_OPENED,
    OPENING,
    bare_question,
    content_words,
    has_own_subject,
    topic_of,
)

_MISSED = re.compile(
    r"\b(?:quá|trễ|lỡ|chậm|muộn|vượt|ngoài) (?:quá )?(?:thời hạn|hạn)\b(?! chế| mức)"
    r"|\bhết (?:thời )?hạn (?:đó |ấy |này )?mà (?:\w+ ){0,3}?(?:không|chưa)\b"
    r"|\b(?:không|chưa|chẳng) (?:\w+ ){0,2}?(?:kịp|đúng (?:thời )?hạn)\b|\b(?:bị |để |nộp |làm |gửi |mà )?(?:trễ|muộn|chậm)\b(?! nhất)",
    re.IGNORECASE,
)
_ASKS_TIME = re.compile(
    r"\b(?:bao lâu|bao giờ|khi nào|(?:bao nhiêu|mấy) (?:ngày|tháng|năm|tuần|giờ)|hạn nào|thời hạn nào)\b(?: làm việc)?", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:\b(?:trong|trong vòng|trong khoảng|sau|chậm nhất|muộn nhất|tối đa|hạn|mất|là) )*"
    rf"(?:{_ASKS_TIME.pattern})(?: kể từ(?: khi| ngày)?)?",
    re.IGNORECASE,
)
_THEN = re.compile(r"^.*?\bthì\s+(?P<deed>\S+ \S+ .+)$", re.IGNORECASE)
_OWN_TIME = re.compile(r"\b(?:bao lâu|mấy|bao nhiêu|khi nào|bao giờ)\b", re.IGNORECASE)
_ASKED = re.compile(r"\bthì\s+(?P<asked>\S.*)$", re.IGNORECASE)
_EMPTY_ASKING = re.compile(r"(?:làm )?(?:sao|thế nào|như thế nào|ra sao)", re.IGNORECASE)


def carry_missed(question: str, previous: str, answer: str) -> str | None:
    """Like "Thế trễ hạn thì ai xử lý?" after "Chi bộ phải nộp sổ trong mấy ngày?" → "Quá thời hạn chi bộ phải nộp sổ thì ai xử lý?"."""
    opening = OPENING.match(question) or BARE_OPENING.match(question)
    bare = bare_question(question[opening.end() :] if opening else question)
    missed = _MISSED.search(bare)
    if missed is None or not _ASKS_TIME.search(previous) or _OWN_TIME.search(bare) or has_own_subject(bare):
        return None
    if len(content_words(bare)) > MAX_OWN_CONTENT_OPENED:
        return None
    deed = topic_of(_TIME.sub(" ", bare_question(previous)))
    if (then := _THEN.match(deed)) is not None:
        deed = then["deed"]
    asked = _ASKED.search(bare)
    tail = "phải làm sao" if asked is None or _EMPTY_ASKING.fullmatch(CLOSING.sub("", asked["asked"]) or "sao") else asked["asked"]
    return f"Quá thời hạn {deed[:1].lower() + deed[1:]} thì {tail}?"
