"""Which side of a thing a question asks about, and the sentence that speaks of that side: what it replaced, what for, why, from when to
when, which rights, how long at most, outside which body, in which case of several.

Questions are read folded, sentences canonical.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.canonical import fold
from qa.amounts import limits_met
from qa.intents import says_use
from qa.terms import content_terms, fold_term
from qa.types import AnswerType
from qa.weights import ACT_COUNTS, AGE_COUNTS, LEVEL_COUNTS, NEARLY_SURE_COUNTS, PART_COUNTS, ROLE_COUNTS

Test = Callable[[str], bool]
_PAPER = r"(?:giay(?: to)?|van ban|huong dan|quy dinh|quyet dinh|nghi quyet|nghi dinh|thong tu|quy che|mau|so|to|ban|loai|phieu|the|cai)"
_REPLACED_ASKED = re.compile(
    rf"\b(?:thay(?: the)?(?: cho)?|bai bo|huy bo|bo(?: di| han)?) (?:{_PAPER} )(?:\w+ ){{0,2}}?(?:nao|gi)\b(?!.*\bthay\b)"
)
_REPLACED = re.compile(r"\b(?:thay thế|thay cho|bãi bỏ|huỷ bỏ)\b")
_CAUSE_ASKED = re.compile(r"\bnguyen nhan\b")
_CAUSE = re.compile(r"\bnguyên nhân\b")
_PURPOSE_ASKED = re.compile(r"\bmuc dich\b|\bnham (?:muc dich )?gi\b")
_PURPOSE = re.compile(r"\b(?:nhằm|mục đích)\b")
_WHEN = r"(?:ngay|thang|nam|luc|khi|hom|gio)"
_SPAN_ASKED = re.compile(rf"\btu {_WHEN} (?:nao|may) (?:den|toi) {_WHEN} (?:nao|may)\b|\bkeo dai tu\b.*\b(?:nao|may)\b")
_SPAN = re.compile(r"\btừ\b[^.;]{0,30}?\d[^.;]{0,30}? (?:đến|tới)\b[^.;]{0,20}?\d")
_VOTES = r"(?:bo phieu|di bau|bau cu|bau|bieu quyet|ung cu|de cu|tranh cu)"
_VOTE_ASKED = re.compile(rf"\b(?:duoc|co quyen|quyen)(?: \w+){{0,4}}? {_VOTES}\b(?! (?:lam|vao|giu|la)\b)")
_VOTE = re.compile(
    r"\b(?:trừ|có|không có|mất) (?:các )?quyền\b[^.;]*\b(?:biểu quyết|bầu cử|ứng cử)"
    r"|\b(?:không|chưa) được [^.;,]{0,30}\b(?:biểu quyết|bầu cử|ứng cử)"
)
_MOST_ASKED = re.compile(
    r"\b(?:toi da|lau nhat|nhieu nhat|dai nhat)\b.*\b(?:bao lau|(?:may|bao nhieu) (?:thang|nam|ngay))\b"
    r"|\b(?:bao lau|(?:may|bao nhieu) (?:thang|nam|ngay))\b.*\b(?:toi da|la cung|lau nhat)\b"
)
_MOST = re.compile(
    r"\b(?:không quá|tối đa|nhiều nhất|lâu nhất|chậm nhất|đến dưới|đến)(?: là| đủ)? \d+ (?:ngày|tháng|năm)|\bdưới \d+ (?:ngày|tháng|năm)"
)
_ELSEWHERE_ASKED = re.compile(
    r"\b(?:sang|qua|den|ve|di|ra) (?:\w+ )?(?:xa|phuong|huyen|tinh|dang bo|co quan|don vi)(?: \w+)? khac\b|\bngoai (?:xa|tinh|dang bo)\b"
)
_ELSEWHERE = re.compile(r"\b(?:ngoài|ra ngoài|khác) (?:phạm vi )?(?:đảng bộ|xã|phường|huyện|tỉnh|cơ quan|đơn vị)\b")
_GRADE_ASKED = re.compile(r"\b(?:xep(?: loai)?|danh gia|phan loai|dat)\b.*\b(?:loai|muc|hang|danh hieu) (?:nao|gi)\b")
_GRADE = re.compile(
    r"\bxếp loại\b|\bhoàn thành (?:xuất sắc|tốt) nhiệm vụ\b|\bvững mạnh tiêu biểu\b|\b(?:loại|mức) (?:xuất sắc|tốt|khá|giỏi)\b"
)
_FAULT = r"(?:khong (?:tot|dung|nghiem|day du|lam|nop|chap hanh|hoan thanh)|chua tot|sai|vi pham)"
_CONSEQUENCE_ASKED = re.compile(
    rf"\b{_FAULT}\b.*\b(?:xu ly|bi|giai quyet)(?: \w+){{0,3}} (?:gi|nao|sao|the nao|ra sao)$|\b{_FAULT}\b.*\bthi (?:bi )?(?:sao|gi)$"
)
_CONSEQUENCE = re.compile(r"\b(?:nếu|trường hợp)\b[^.;]*\b(?:không|chưa|sai|vi phạm)\b[^.;]*\bthì\b")
_DAY = re.compile(r"(?<![\d/.,-])(?P<day>[0-3]?\d)[/-](?P<month>[01]?\d)(?![\d/-]|-[a-zđ]|[.,]\d| (?:nguoi|lan))")
_CASE = re.compile(r"\((?:nếu là|nếu|đối với|trường hợp|áp dụng (?:với|cho)) (?P<told>[^();]{3,60})\)")
_USED = re.compile(r"^(?P<thing>[^,;]+?)(?: thì)?(?: được| có thể)* (?:dùng|sử dụng|xài)\b")
_USE_OF = re.compile(r"\b(?:dùng|sử dụng|xài) (?P<thing>[^,;]+?) (?:để|vào|cho) (?:làm|việc|mục đích)? ?(?:gì|chi|nào)")
MIN_CASE = 2  # content words of a case, all of which the question must have
MAX_THING = 5


def says_replaced(folded: str) -> Test | None:
    """ "Phiếu này thay cho loại giấy nào", "ra đời thì bỏ văn bản nào": "phiếu kho (thay cho sổ kho) …"."""
    return (lambda text: bool(_REPLACED.search(text))) if _REPLACED_ASKED.search(folded) else None


def says_cause(folded: str, kind: AnswerType) -> Test | None:
    """ "Nguyên nhân chủ yếu do đâu": a sentence that calls something a cause."""
    asked = kind is AnswerType.REASON and _CAUSE_ASKED.search(folded)
    return (lambda text: bool(_CAUSE.search(text))) if asked else None


def says_purpose(folded: str, kind: AnswerType) -> Test | None:
    """ "Nhằm mục đích gì": a sentence with "nhằm", and not any with "do" or "để"."""
    asked = kind is AnswerType.REASON and _PURPOSE_ASKED.search(folded)
    return (lambda text: bool(_PURPOSE.search(text))) if asked else None


def says_span(folded: str) -> Test | None:
    """ "Từ ngày nào đến ngày nào": both days; the day of the opening is not enough."""
    return (lambda text: bool(_SPAN.search(text))) if _SPAN_ASKED.search(folded) else None


def says_vote(folded: str, kind: AnswerType) -> Test | None:
    """ "Có được bỏ phiếu không": "… trừ quyền biểu quyết, ứng cử và bầu cử"."""
    asked = kind is AnswerType.YES_NO and _VOTE_ASKED.search(folded)
    return (lambda text: bool(_VOTE.search(text))) if asked else None


def says_at_most(folded: str, kind: AnswerType) -> Test | None:
    """ "Tối đa bao lâu": "từ 3 tháng đến 2 năm", "không quá 6 tháng"; not within how many days something must be handed in."""
    asked = kind is AnswerType.NUMBER and _MOST_ASKED.search(folded)
    return (lambda text: bool(_MOST.search(text))) if asked else None


def says_elsewhere(folded: str) -> Test | None:
    """ "Chuyển hẳn sang xã khác": "nếu ngoài phạm vi xã thì …"."""
    return (lambda text: bool(_ELSEWHERE.search(text))) if _ELSEWHERE_ASKED.search(folded) else None


def says_grade(folded: str) -> Test | None:
    """ "Xếp loại mức nào": "… hoàn thành tốt nhiệm vụ"."""
    return (lambda text: bool(_GRADE.search(text))) if _GRADE_ASKED.search(folded) else None


def says_consequence(folded: str) -> Test | None:
    """ "Làm không tốt thì xử lý ra sao": "nếu … không làm tốt thì …"."""
    return (lambda text: bool(_CONSEQUENCE.search(text))) if _CONSEQUENCE_ASKED.search(folded) else None


def of_that_day(folded: str) -> tuple[Test, Test] | None:
    """ "Chiều 22-11 họp ở đâu": a sentence that names the day, and one that names no other."""
    days = {_plain_day(match) for match in _DAY.finditer(folded)}
    if len(days) != 1:
        return None
    return (
        lambda text: days <= {_plain_day(match) for match in _DAY.finditer(text)},
        lambda text: not _DAY.search(text) or days <= {_plain_day(match) for match in _DAY.finditer(text)},
    )


def _plain_day(match: re.Match[str]) -> tuple[int, int]:
    return int(match["day"]), int(match["month"])


def case_met(asked: str) -> Test | None:
    """A sentence with a case in brackets of which the question (canonical) has every word: "… hoặc giấy hẹn (nếu là thủ kho mới)"."""
    words = frozenset(map(fold_term, content_terms(asked)))

    def met(text: str) -> bool:
        cases = (frozenset(map(fold_term, content_terms(match["told"]))) for match in _CASE.finditer(text))
        return any(len(case) >= MIN_CASE and case <= words for case in cases)

    return met if len(words) > MIN_CASE else None


def says_use_of_it(asked: str) -> Test | None:
    """Of "Thẻ kho được dùng vào việc gì" a sentence of what the card is used for, and not of a tool used to read it."""
    match = (_USE_OF.search(asked) or _USED.match(asked)) if says_use(asked) else None
    if match is None or not 1 < len(match["thing"].split()) <= MAX_THING:
        return None
    uses = re.compile(rf"\b(?:dung|su dung) (?:\w+ )?{re.escape(fold(match['thing']))}\b[^.;]{{0,40}}?\b(?:de|vao|khi|cho)\b")
    return lambda text: bool(uses.search(fold(text)))


def weigh_aspects(asked: str, folded: str, kind: AnswerType) -> list[tuple[Test, float]]:
    """What a question asks of that kind, each with how many times a sentence counts that says it."""
    holds, not_against = limits_met(folded) or (None, None)
    day, no_other_day = of_that_day(folded) or (None, None)
    weighed = (
        (day if kind is AnswerType.PLACE else None, ROLE_COUNTS),  # of other kinds the sentence that names the meeting has it
        (no_other_day, LEVEL_COUNTS),
        (holds, AGE_COUNTS),
        (not_against, LEVEL_COUNTS),
        (case_met(asked), PART_COUNTS),
        (says_replaced(folded), PART_COUNTS),
        (says_cause(folded, kind), PART_COUNTS),
        (says_purpose(folded, kind), LEVEL_COUNTS),
        (says_span(folded), ACT_COUNTS),
        (says_vote(folded, kind), NEARLY_SURE_COUNTS),
        (says_at_most(folded, kind), LEVEL_COUNTS),
        (says_elsewhere(folded), LEVEL_COUNTS),
        (says_grade(folded), LEVEL_COUNTS),
        (says_consequence(folded), AGE_COUNTS),
        (says_use_of_it(asked), AGE_COUNTS),
    )
    return [(met, weight) for met, weight in weighed if met is not None]
