"""How often a body meets: of sentences and clauses that each tell it of another body, the one that speaks of the body asked about.

"Ban thường vụ họp mỗi tháng một lần, đảng uỷ họp 3 tháng một lần" has two answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.canonical import fold
from index.types import Span
from qa.evidence import Evidence
from qa.types import AnswerType, Question

LOOKED_AT = 12
MIN_COVERED = 0.5  # of the question, as a share of what the best sentence covers
# Folded, the longer names first.
_BODY = (
    r"(?:to dang|chi bo(?: co so)?|chi uy|dang uy bo phan|dang uy co so|dang uy|dang bo co so|dang bo"
    r"|ban thuong vu(?: (?:dang|cap|tinh|thanh|huyen) uy)?|ban chap hanh|cap uy)"
)
_OFTEN = r"(?:(?:may|bao nhieu) (?:lan|ky|buoi)|(?:may|bao nhieu|bao) (?:thang|nam|lau)(?: \w+){0,3} (?:mot|1) (?:lan|ky))"
_MEETS = r"(?:hop|sinh hoat|dai hoi)"
_ASKED = re.compile(rf"^(?:\w+ ){{0,4}}?(?P<body>{_BODY})\b(?=.*\b(?P<verb>{_MEETS})\b)(?=.*\b{_OFTEN}\b)")
_CLAUSE = re.compile(r"[^,;]+")
_NAMED = re.compile(rf"\b{_BODY}\b")
_TIMES = re.compile(r"\b(?:mot|hai|ba|bon|nam|sau|\d{1,2}) lan\b")
_CONGRESS = re.compile(r"\bdai hoi\b(?! (?:dai bieu )?(?:toan quoc|dang bo|lan thu))")


def meeting_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` with the best sentence that tells how often the body asked about meets in front, where the best tells it of another."""
    if not evidence or not meets_otherwise(question, evidence[0].sentence.text):
        return list(evidence)
    least = MIN_COVERED * evidence[0].features.own
    near = (each for each in evidence[1:LOOKED_AT] if each.features.own >= least)
    found = next((each for each in near if clause_meant(question, each.sentence.text)), None)
    if found is None:
        return list(evidence)
    likely = max(found.chance, evidence[0].chance)  # what is told of another body is no answer at all: its chance is that of the one meant
    return [replace(found, chance=likely), *(each for each in evidence if each is not found)]


def meets_otherwise(question: Question, text: str) -> bool:
    """Whether `text` tells how often other bodies meet than the one asked about."""
    asked = _asked_body(question)
    told = [body for body, _ in _told(text)] if asked else []
    return bool(told) and asked not in told


def clause_meant(question: Question, text: str) -> Span | None:
    """The clause of `text` that tells how often the body asked about meets; None where none does, or nothing like it is asked."""
    asked = _asked_body(question)
    return next((clause for body, clause in _told(text) if body == asked), None) if asked else None


def _asked_body(question: Question) -> str | None:
    text = fold(question.standalone)
    match = _ASKED.search(text) if question.answer_type is AnswerType.NUMBER else None
    if match is None:
        return None
    changed = _NAMED.search(text.rpartition(" - ")[2]) if question.carried and " - " in text else None  # "Còn tổ đảng thì sao?"
    return _kind(changed[0] if changed else match["body"], match["verb"] == "dai hoi")


def _told(text: str) -> list[tuple[str, Span]]:
    """The body of each clause that tells how many times, and the clause: the first one it names, else that of the clause before."""
    folded = fold(text).replace("\n", " ")
    found, body = [], None
    for clause in _CLAUSE.finditer(folded):
        named = _NAMED.search(clause[0])
        body = named[0] if named else body
        if body and _TIMES.search(clause[0]):
            found.append((_kind(body, bool(_CONGRESS.search(clause[0]))), Span(*clause.span())))
    return found


def _kind(body: str, congress: bool) -> str:
    """ "Đảng uỷ cơ sở" and "đảng uỷ" are one, "đảng uỷ bộ phận" is another; a congress is no meeting."""
    name = "ban thuong vu" if body.startswith("ban thuong vu") else body.removesuffix(" co so")
    return f"{name}, dai hoi" if congress else name
