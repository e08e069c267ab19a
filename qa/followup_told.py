"""What an earlier answer told, without dates and marks, and whether a question leaves it behind: words that change the subject."""

from __future__ import annotations

import re

from index.text.canonical import fold
from qa.types import NOT_FOUND_SENTENCE

_SOURCE = re.compile(r"(?:[,(]? ?\b[Tt]heo bài (?:không rõ ngày|(?:ngày|tháng|năm) [\d/]+)(?::\s*|(?=[\s);.,]|$))|\s*\[\d+\])")
_TURNED = re.compile(
    r"(?:(?:thoi|a|u|ok|oke|vang|da|the|khoan|duoc roi|cam on|nhan tien|tien the|ma|gio|bay gio|minh|toi|em|cho|xin)[ ,.!…]+)*"
    r"(?:(?:chuyen|doi|quay|nhay|hoi|sang|qua|noi|ban)[ ,]+)+(?:them )?(?:(?:mot|1) )?"
    r"(?:cau )?(?:chuyen|viec|van de|chu de|y|cau|dieu|de tai)"
    r"(?: hoi)? khac(?:(?: (?:nhe|nha|da|a|di|chut|mot chut|ti))+[ :,;.!…–-]+|\s*[:,;.!…–-]+\s*)"
)  # folded


def told_by(answer: str) -> str:
    """The answer without the dates of its articles and its marks, which nobody asked about; empty where it found nothing."""
    if answer.startswith(NOT_FOUND_SENTENCE.rstrip(".")):
        return ""
    return _SOURCE.sub(" ", answer)


def of_another_subject(question: str) -> str | None:
    """What is asked behind words that turn away: "Thôi sang chuyện khác: thẻ dùng mấy năm?" → "thẻ dùng mấy năm?"; None without such."""
    turned = _TURNED.match(fold(question))
    rest = question[turned.end() :].strip() if turned else ""
    return rest[:1].upper() + rest[1:] if len(rest.split()) > 1 else None
