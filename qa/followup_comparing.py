"""Follow-up questions that compare: with another of a kind ("So với loại 40 năm thì sao?"), or the two things asked about before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical
from qa.followup_parts import swap_alike
from qa.followup_series import carry_shifted
from qa.followup_topic import bare_question, has_own_subject, subject_of, topic_of, uncapitalised

COMPARED = "So sánh: {first}; {second}?"
_OPENED = r"(?:(?:thế|vậy|và|còn|nếu|rồi)[ ,]+)*"
_HOW = (
    r"(?:[ ,]*(?:thì|có|gì|hơn|kém|khác|nhau|chênh|lệch|tăng|giảm|hay|nhiều|ít|cao|thấp|lâu|dài|ngắn|nhanh|chậm|như|thế nào|ra sao|sao"
    r"|(?:bao nhiêu|mấy)(?: (?:năm|ngày|tháng|đồng|lần|phần trăm))?|bao lâu|ở|điểm|chỗ|nào|không|biệt))*"
)
_WITH = re.compile(rf"^{_OPENED}(?:nếu )?(?:so sánh|so|đem so) với (?P<thing>\S.*?){_HOW}$", re.IGNORECASE)
_UNLIKE = re.compile(
    rf"^{_OPENED}(?:nó |cái đó |việc đó )?(?:có )?(?:gì )?(?:khác|giống)(?: nhau)?(?: (?:gì|thế nào|ở điểm nào|ở chỗ nào))?"
    rf"(?: so)?(?: với)? (?P<thing>(?!nhau\b|gì\b|thế\b)\S.*?){_HOW}$",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"^{_OPENED}(?:(?:hai|2|cả hai|chúng)(?: (?:cái|loại|bên|nơi|cấp|mức|năm|trường hợp|việc|con số|thời hạn))?(?: (?:đó|ấy|này|trên))? )?"
    r"(?:thì )?(?:(?:(?:cái|bên|loại|nơi|đâu|ai|mức|cấp|năm|tháng|trường hợp|số|thời hạn|chỗ)(?: nào)?|đằng nào)"
    r"(?: (?:thì|được|mất|có|là))* (?:lâu|dài|ngắn|nhiều|ít|cao|thấp|lớn|nhỏ|nhanh|chậm|sớm|muộn|đông|nặng|nhẹ) hơn"
    r"|(?:có )?(?:gì )?(?:khác|chênh|lệch|hơn kém)(?: (?:nhau|lệch|biệt))?"
    r"(?: (?:thế nào|như thế nào|ra sao|gì|bao nhiêu|bao lâu|ở điểm nào|ở chỗ nào))?"
    r"|(?:như vậy |thế )?(?:là )?(?:tăng|nhiều hơn|cao hơn|lâu hơn) hay (?:giảm|ít hơn|thấp hơn|nhanh hơn))(?: (?:nhỉ|ạ|vậy|thế))*$",
    re.IGNORECASE,
)
_YEARS_BEFORE = re.compile(
    rf"^{_OPENED}(?:(?:là )?(?:tăng|nhiều hơn|cao hơn) hay (?:giảm|ít hơn|thấp hơn)|tăng|giảm)"
    r" (?:so với |hơn )(?P<when>năm (?:trước|ngoái))"
    r"(?: (?:đó|bao nhiêu|thế nào|ra sao))*$",
    re.IGNORECASE,
)


def compare_with_earlier(question: str, earlier: Sequence[str]) -> str | None:
    """A comparison of the last question with another of its kind, or of the last two where they differ in one part; else None.

    Example: "Cái nào lâu hơn?" after "Thẻ xanh dùng mấy năm?" and "Thẻ đỏ dùng mấy năm?" →
    "So sánh: Thẻ xanh dùng mấy năm; Thẻ đỏ dùng mấy năm?".
    """
    bare, previous = bare_question(question), bare_question(earlier[-1])
    before = _YEARS_BEFORE.match(bare)
    if before is not None:
        shifted = carry_shifted(before["when"], previous, "")
        return shifted and COMPARED.format(first=previous, second=bare_question(shifted))
    if _BOTH.match(bare):
        return _of_last_two(earlier)
    thing = _WITH.match(bare) or _UNLIKE.match(bare)
    if thing is None or has_own_subject(question):
        return None
    named = uncapitalised(thing["thing"].strip(" ,"))
    other = swap_alike(named, previous)
    if other is not None:
        return COMPARED.format(first=previous, second=bare_question(other))
    return f"{subject_of(previous) or topic_of(previous)} khác gì so với {named}?"


def _of_last_two(earlier: Sequence[str]) -> str | None:
    if len(earlier) < 2:
        return None
    first, second = (bare_question(each) for each in earlier[-2:])
    shared = set(canonical(first).split()) & set(canonical(second).split())
    alike = 2 * len(shared) >= min(len(set(first.split())), len(set(second.split())))
    return COMPARED.format(first=first, second=second) if alike and canonical(first) != canonical(second) else None
