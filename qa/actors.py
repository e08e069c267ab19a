"""Whose deadline is asked for: of sentences that each give a body its days, the one of the body that the question says must act.

"Cấp ủy có thẩm quyền phải quyết định trong mấy ngày?" is not answered by "chi bộ phải gửi hồ sơ trong 5 ngày".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import fold
from qa.evidence import Evidence
from qa.types import AnswerType, Question

LOOKED_AT = 12
MIN_COVERED = 0.7  # of the question, as a share of what the best sentence covers
_NEAR_BEST = 0.05  # of the best one's likelihood
# Folded. Bodies of which one can be told from another by name; "cấp ủy" alone may be any of them.
_BODY = (
    r"(?:(?:ban thuong vu|thuong truc) )?cap (?:uy )?co tham quyen|(?:ban thuong vu )?cap (?:uy )?cap tren(?: truc tiep)?"
    r"|dang uy(?: co so| bo phan)?|(?:ban thuong vu )?(?:tinh|thanh|huyen|quan) uy|chi uy|chi bo(?: co so| bo phan)?"
    r"|uy ban kiem tra|ban to chuc|ban bi thu|bo chinh tri"
)
_MUST = re.compile(
    rf"\b(?P<body>{_BODY}) (?:phai\b|co trach nhiem\b|co (?:them |toi da |khong qua |dung )?\d"
    r"|(?:co|duoc) (?:may|bao nhieu) (?:ngay|thang))"
)
_DOES = re.compile(rf"\b(?P<body>{_BODY}) (?:quyet dinh|quyet|xem xet|xet|giai quyet|tra loi|ra|gui|ban hanh)\b")
_AFTER_TIME = re.compile(rf"\b(?:ngay|thang)(?: lam viec)?,? (?P<body>{_BODY})\b")
_LABEL = re.compile(rf"^[^\w]*[^:;,.\d]{{0,60}}?\b(?P<body>{_BODY})(?: \([^()]*\))?\s*:")
_TIME = re.compile(r"(?:\d|\bmay|\bbao nhieu) (?:ngay|thang|tuan)\b|\bbao lau\b")
_HOW_LONG = re.compile(r"\b(?:(?:may|bao nhieu) (?:ngay|thang|tuan)|bao lau)\b")


def acting_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` with the best sentence that speaks of the body asked about before those that give another body its time, which go last."""
    asked = asked_actor(question)
    if asked is None or not evidence or not _tells_of_others(asked, evidence[0].sentence.text):
        return list(evidence)
    best = evidence[0]
    for each in evidence[1:LOOKED_AT]:
        near = each.score >= _NEAR_BEST and each.features.own >= MIN_COVERED * best.features.own and each.features.fits == 1.0
        if near and asked in actors_of(each.sentence.text):
            rest = [other for other in evidence if other is not each]
            return [each, *sorted(rest, key=lambda other: _tells_of_others(asked, other.sentence.text))]
    return list(evidence)


def asked_actor(question: Question) -> str | None:
    """The one body that the question says must act within a time asked for; None where it names none or several."""
    text = fold(question.standalone)
    if question.answer_type is not AnswerType.NUMBER or not _HOW_LONG.search(text):
        return None
    found = actors_of(text)
    return next(iter(found)) if len(found) == 1 else None


def actors_of(text: str) -> set[str]:
    """The kinds of body that have a time to act in `text`: {"chi bo"} of "Trong 5 ngày, chi bộ phải họp; quá hạn thì cấp ủy cấp trên xử lý"
    and of the label "Nghị quyết chi bộ: Trong 5 ngày …"."""
    folded = " ".join(fold(text).split())
    timed = [clause for clause in folded.split(";") if _TIME.search(clause)]
    for pattern in (_MUST, _AFTER_TIME, _DOES):
        if found := {_kind(match["body"]) for clause in timed for match in pattern.finditer(clause)}:
            return found
    label = _LABEL.match(folded)
    return {_kind(label["body"])} if label else set()


def acts_otherwise(question: Question, text: str) -> bool:
    """Whether `text` tells only what other bodies than the one asked about must do."""
    asked = asked_actor(question)
    return asked is not None and _tells_of_others(asked, text)


def _tells_of_others(asked: str, text: str) -> bool:
    told = actors_of(text)
    return bool(told) and asked not in told


def _kind(body: str) -> str:
    if "co tham quyen" in body:
        return "co tham quyen"
    return "cap tren" if "cap tren" in body else " ".join(body.removeprefix("ban thuong vu ").split()[:2])
