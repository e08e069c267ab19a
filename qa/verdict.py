"""Yes or no, where the sentence that answers says or denies the very thing asked; otherwise the sentence speaks for itself."""

from __future__ import annotations

import re

from index.text.canonical import canonical, fold
from index.text.tokens import terms
from qa.terms import content_terms
from qa.types import AnswerType, Question

_ASKED = (
    re.compile(r"^(?P<subject>.*?)\b(?:co (?:phai|bat buoc|duoc|can|the)|co|con|phai|duoc)\b (?P<told>.+?)(?: hay)? khong$"),
    re.compile(r"^(?P<subject>.*?)\b(?:da|co)\b (?P<told>.+?) chua$"),
)
_OTHER_ASKED = re.compile(r"\b(?:bao nhieu|ai|gi|nao|khi nao|vi sao|o dau|hay la)\b")
_DENIES = re.compile(r"\b(?:không|chưa|cấm|trừ|miễn|thôi)\b")
_LIMITS = re.compile(r"\b(?:trừ|chỉ|nếu|ngoại trừ|riêng|không nhất thiết|không bắt buộc|tuy nhiên|nhưng|có thể)\b")
_CLAUSE = re.compile(r"[;:,]\s|\.\s")
_DEED = re.compile(
    r"\b(?:co (?:phai|bat buoc|duoc(?: phep)?|can|the)|co(?! (?:so|quan|cau|che|hoi)\b)|duoc|phai)\b"
    r" (?P<told>(?!phep\b|chu\b|khong\b|a\b|ha\b)\w+(?: \w+){0,5})"
)
_DEED_BEFORE = re.compile(r"(?P<told>\w+(?: \w+){1,3}) (?:thi )?(?:co )?(?:duoc|phai)(?: phep)? khong$")  # "… xin nghỉ có được không"
_NO_DEED = frozenset(("dang", "vien", "to", "bo", "co", "duoc", "phai", "the", "khong"))
_NARROWS = re.compile(r"\b(?:không|cấm|chỉ)(?: (?:được|phải|cần|nên|xem|xét|cho|thành|tiến|thực|tổ chức))* (?P<deed>\w+)")
_BOUND_ASKED = re.compile(r"\b(?:co (?:nhat thiet |bat buoc |can |buoc )?phai|bat buoc|nhat thiet)\b")
_NOT_BOUND = re.compile(r"\bkhông (?:nhất thiết|bắt buộc)\b")
MAX_DEED = 4
MAX_BETWEEN = 2  # words between a negation and what it denies
MIN_TOLD = 2  # content words of what is asked, all of which the clause must have
MIN_SUBJECT = 0.5  # of the subject's content words, in the sentence


def find_verdict(question: Question, sentence: str) -> str | None:
    """ "Có" or "Không" off one clause that has every word of what is asked, with a negation or without; None where it is not so plain."""
    if question.answer_type is not AnswerType.YES_NO:
        return None
    asked = canonical(question.standalone).strip(" ?.!…")
    match = next((found for pattern in _ASKED if (found := pattern.match(fold(asked)))), None)
    if match is None or _OTHER_ASKED.search(match["told"]):
        return None
    told, subject = ({fold(term) for term in content_terms(asked[slice(*match.span(part))])} for part in ("told", "subject"))
    said = set(terms(fold(sentence)))
    if len(told) < MIN_TOLD or len(subject & said) < MIN_SUBJECT * len(subject):
        return None
    lowered = canonical(sentence)
    clause = _shortest_row(lowered, told)
    if clause is None or _LIMITS.search(lowered):
        return None
    if _DENIES.search(clause):
        plain = len(_DENIES.findall(lowered)) == 1 and _denies_it(clause, asked[slice(*match.span("told"))])
        return "Không" if plain else None
    return None if _DENIES.search(lowered) else "Có"


def deeds_asked(question: Question) -> frozenset[str]:
    """The words (folded) that begin what may or must be done: "có được thụ lý giải quyết đơn không" → thu, ly, giai, quyet."""
    text = fold(canonical(question.standalone)).strip(" ?.!…")
    for pattern in (_DEED, _DEED_BEFORE):
        if (match := pattern.search(text)) and (deeds := frozenset(match["told"].split()[:MAX_DEED]) - _NO_DEED):
            return deeds
    return frozenset(re.split(r"[,;]|\bthi\b", text)[-1].split()[:MAX_DEED]) - _NO_DEED


def restricts(deeds: frozenset[str], lowered: str) -> bool:
    """Whether a sentence (canonical) forbids or narrows one of the deeds: "không thành lập …", "chỉ được lập …" for "lập"."""
    return restriction_at(deeds, lowered) is not None


def restriction_at(deeds: frozenset[str], lowered: str) -> int | None:
    """Where a sentence (canonical) forbids or narrows one of the deeds; None where it does not."""
    return next((match.start() for match in _NARROWS.finditer(lowered) if fold(match["deed"]) in deeds), None)


def not_bound_at(question: Question, lowered: str) -> int | None:
    """Where a sentence (canonical) says that what is asked about is not a must: "… thì không nhất thiết phải chờ đủ ba lần"."""
    if not _BOUND_ASKED.search(fold(canonical(question.standalone))):
        return None
    match = _NOT_BOUND.search(lowered)
    return match.start() if match else None


def _denies_it(clause: str, told: str) -> bool:
    """Whether the negation stands right before the very thing: "không được biểu quyết", not "biểu quyết ba lần mà không đủ"."""
    words = content_terms(told)
    return bool(re.search(rf"\b(?:khong|chua|cam|mien|thoi)\b(?: \w+){{0,{MAX_BETWEEN}}} {re.escape(fold(words[0]))}\b", fold(clause)))


def _shortest_row(lowered: str, told: set[str]) -> str | None:
    """The fewest neighbouring clauses that together have all the words; None where the sentence lacks one."""
    parts = _CLAUSE.split(lowered)
    rows = ([*parts[i : i + length]] for length in range(1, len(parts) + 1) for i in range(len(parts) - length + 1))
    return next((" ".join(row) for row in rows if told <= set(terms(fold(" ".join(row))))), None)
