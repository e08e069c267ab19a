"""Follow-up questions that ask something of their own of another post or body and lack only what both have."""

from __future__ import annotations

import re

from index.text.canonical import fold
from qa.followup_likes import swap_post
from qa.terms import content_terms

_IS_WHO = re.compile(
    r"^(?P<post>\S.*?)(?: thì)? (?:là ai|là (?:đồng chí|ông|bà|người) nào|do ai (?:giữ|làm|đảm nhiệm|đảm nhận))$", re.IGNORECASE
)
_ASKS_WHO = re.compile(r"\bai\b|\b(?:đồng chí|ông|bà|người|vị) nào\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(
    r"^(?P<bearer>(?:tổ|chi|đảng|ban|hội|đoàn|cấp|uỷ|ủy|đội|nhóm) [^,;?]{1,40}?)(?: thì)? "
    r"(?P<asked>(?:bao lâu|mấy (?:ngày|tháng|tuần|năm)|(?:một|mỗi) (?:năm|tháng|quý)) .*\blần)$",
    re.IGNORECASE,
)
MIN_SHARED = 2  # content words of what is asked that the earlier question has too


def say_whole(bare: str, previous: str) -> str | None:
    """ "phó giám đốc là ai" after "Giám đốc Sở Y tế là ai?" → "phó giám đốc Sở Y tế là ai?"; None where it is no such one."""
    return _of_post(bare, previous) or _of_bearer(bare, previous)


def _of_post(bare: str, previous: str) -> str | None:
    match = _IS_WHO.match(bare)
    return swap_post(match["post"], previous) if match and _ASKS_WHO.search(previous) else None


def _of_bearer(bare: str, previous: str) -> str | None:
    """ "tổ đọc bao lâu họp một lần" after "Hội đọc sách một năm họp mấy lần?" asks the same and is whole."""
    match = _HOW_OFTEN.match(bare)
    if match is None or fold(match["bearer"]) in fold(previous):
        return None
    asked = {fold(term) for term in content_terms(match["asked"])}
    return f"{bare}?" if len(asked & {fold(term) for term in content_terms(previous)}) >= MIN_SHARED else None
