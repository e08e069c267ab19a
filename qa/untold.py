"""What the question asks of its thing and the best sentence tells of another, or only names: the number of a document of another kind,
a short form, a form by its code, how many days ahead, how long a meeting lasts, the most where only the least is told."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.references import find_references
from qa.evidence import Evidence
from qa.mentions import find_amounts
from qa.types import AnswerType, Question

# Kinds of documents and how they are written in a number; a đề án or quy chế may be issued by another document, which then names it.
_KINDS = {
    "nghi quyet": "NQ",
    "chi thi": "CT",
    "quyet dinh": "QD",
    "quy dinh": "QD",
    "huong dan": "HD",
    "ket luan": "KL",
    "ke hoach": "KH",
    "thong bao": "TB",
    "thong tu": "TT",
    "nghi dinh": "ND",
    "bao cao": "BC",
    "to trinh": "TTR",
    "cong van": "CV",
    "de an": "DA",
    "chuong trinh": "CTR",
    "quy che": "QC",
}
_WHEN_SIGNED = r"(?:ky|ban hanh|ra doi|phat hanh|ra|cong bo)\b.{0,20}\b(?:ngay|hom|khi|luc|thang) nao|bao gio (?:ky|ban hanh|ra doi)"
_BARE = re.compile(rf"\b(?P<kind>{'|'.join(_KINDS)}) so (?P<serial>\d{{1,4}})(?![\d/-])")
_OF_DOCUMENT = re.compile(
    rf"^(?:(?:ban|van ban|so hieu(?: van ban)?|so cua|so ky hieu)(?: cua)? )?(?P<kind>{'|'.join(_KINDS)})\b(?! so \d| \d)"
    rf".*\b(?:so hieu|mang so|ky hieu|so (?:may|nao|bao nhieu)|{_WHEN_SIGNED})\b"
)
_CODE = re.compile(r"\d-([A-ZĐ]+)[a-z]*/|/([A-ZĐ]+)-")
_BEHIND = 40  # characters between a document's number and its day
_NEAR, _RIGHT_BEHIND = 30, 12  # characters before an amount and behind it
_SHORT_FORM = re.compile(r"\bviet tat (?:cua|cho|la|tu|cho cum)?\b")
_CAPITALS = re.compile(r"(?<![\w/.-])[A-ZĐÂÊÔƠƯ][A-ZĐÂÊÔƠƯ]{1,9}(?![\w/-])")
_FORM = re.compile(
    r"\b[Mm]ẫu (?:số |biểu )?(?P<code>\d{1,2}[A-Z]?\s?-?\s?[A-ZĐ]{2,8})(?!\w)|\b[Mm]au (?:so |bieu )?(?P<bare>\d{1,2}-[A-ZĐ]{2,8})(?!\w)"
)
_AHEAD = re.compile(r"\btruoc (?:khoang |toi thieu |it nhat )?(?:may|bao nhieu) (?:ngay|thang|tuan|gio)\b")
_AHEAD_TOLD = re.compile(r"\b(?:truoc|cham nhat|muon nhat|som nhat)\b")
_LASTS = re.compile(
    r"\b(?P<noun>dai hoi|hoi nghi|hoi thao|ky hop|le [a-z]+)\b(?: [a-z]+){0,5}? (?:duoc |se |phai )*"
    r"(?:to chuc|dien ra|keo dai|hop|tien hanh)\b(?: [a-z]+){0,3}? (?:may|bao nhieu|bao lau)(?: (?:ngay|buoi|gio|tuan)\b|$)"
)
_MOST = re.compile(r"\b(?:toi da|nhieu nhat|cao nhat|khong qua|dai nhat|lau nhat)\b")
_LEAST = re.compile(r"\b(?:toi thieu|it nhat|thap nhat|ngan nhat)\b")
_FROM_ON = re.compile(r"\btro len\b|\b(?:it nhat|toi thieu|thap nhat|hon|tren) \d")
_AGAIN = re.compile(r"\b(?:xin|duoc|thu tuc|ho so|de nghi|muon) (?P<act>cap|lam|in|khac)(?: dau| con dau)? lai\b")
_AGAIN_TOLD = {
    "khac": re.compile(r"\bkhac (?:(?:con )?dau )?lai\b|\b(?:mat|hong|that lac)(?: con)? dau\b|\bdau (?:bi )?(?:mat|hong|that lac)\b"),
    "": re.compile(r"\b(?:cap|lam|in|xin|doi) lai\b|\bcap doi\b|\b(?:mat|hong|that lac|danh roi|rach)\b|\blan (?:thu )?(?:hai|2)\b"),
}
_AT_MOST = re.compile(r"\bkhong (?:duoc )?(?:qua|vuot)\b|\b(?:toi da|nhieu nhat)\b")
_SIGNS_OF_MOST = re.compile(
    r"\b(?:khong qua|khong vuot|toi da|nhieu nhat|cao nhat|duoi|tro xuong|den|cham nhat|lan|\d ?[-–] ?\d)\b"
    r"|\btrong (?:vong|thoi han|thoi gian)\b"
)


def is_untold(question: Question, best: Evidence) -> bool:
    """Whether the best sentence does not tell what is asked of its thing."""
    folded = _folded(question.standalone)
    told = " ".join(fold(best.sentence.lowered).split())
    article, block = best.sentence.article, best.sentence.block
    if _AGAIN.search(folded) and lacks_again(folded, f"{article.text[block.start : block.end]} {' '.join(best.sentence.lineage)}"):
        return True
    return (
        _numbers_another_kind(folded, best.sentence.text)
        or _lacks_short_form(question.standalone, folded, best.sentence.text)
        or _lacks_form(question.standalone, best)
        or (_AHEAD.search(folded) is not None and question.answer_type is AnswerType.NUMBER and not _AHEAD_TOLD.search(told))
        or _lasts_something_else(question, folded, told, best)
        or _tells_the_least(question, folded, best.sentence.text)
    )


def lacks_again(folded: str, text: str) -> bool:
    """ "Xin cấp lại", "hồ sơ khắc lại con dấu": a text that speaks of no second time, and of nothing lost or broken."""
    match = _AGAIN.search(folded)
    return match is not None and not _AGAIN_TOLD.get(match["act"], _AGAIN_TOLD[""]).search(" ".join(fold(canonical(text)).split()))


def _numbers_another_kind(folded: str, text: str) -> bool:
    """ "Đề án … mang số hiệu nào", "Hướng dẫn … ký ngày nào": a sentence that gives numbers of other kinds of documents only, with days
    that are theirs."""
    match = _OF_DOCUMENT.search(folded)
    if match is None or match["kind"] in fold(canonical(text)):
        return False
    references, bare = find_references(text), list(_BARE.finditer(fold(canonical(text))))
    codes = {fold(one or other).upper() for found in references for one, other in _CODE.findall(found.number)}
    codes |= {_KINDS[named["kind"]] for named in bare}
    if not codes or _KINDS[match["kind"]] in codes:
        return False
    ends = [*(found.end for found in references), *(named.end() for named in bare)]
    days = [day for day in find_dates(text) if day.date.day]
    return all(any(0 <= day.start - end <= _BEHIND for end in ends) for day in days)


def _lacks_short_form(standalone: str, folded: str, text: str) -> bool:
    """ "KL viết tắt của gì": a sentence in which no KL stands."""
    if not _SHORT_FORM.search(folded):
        return False
    asked = {fold(word) for word in _CAPITALS.findall(standalone)}
    return bool(asked) and asked.isdisjoint(re.findall(r"\w+", fold(text)))


def _lacks_form(standalone: str, best: Evidence) -> bool:
    """ "Mẫu 9-TĐV dùng để làm gì": a sentence about other forms."""
    asked = {_code(match["code"] or match["bare"]) for match in _FORM.finditer(standalone)}
    return bool(asked) and not any(code in _code(f"{best.sentence.text} {' '.join(best.sentence.lineage)}") for code in asked)


def names_form(standalone: str) -> bool:
    """Whether a form is named by its code: "mẫu 9-TĐV là mẫu gì" asks for no other one."""
    return _FORM.search(standalone) is not None


def _code(text: str) -> str:
    return re.sub(r"[\s-]+", "", fold(text))


def _lasts_something_else(question: Question, folded: str, told: str, best: Evidence) -> bool:
    """ "Đại hội tổ chức tối đa mấy ngày": days in a sentence without that event, and below no heading about it."""
    match = _LASTS.search(folded) if question.answer_type is AnswerType.NUMBER else None
    if match is None or match["noun"] in told:
        return False
    above = fold(" ".join((*best.sentence.lineage, *best.sentence.heading)))
    return match["noun"] not in above


def _tells_the_least(question: Question, folded: str, text: str) -> bool:
    """ "Tổ nhiều nhất được bao nhiêu người": a sentence that says from how many on ("từ 30 người trở lên"), and no most of anything."""
    if question.answer_type is not AnswerType.NUMBER or not _MOST.search(folded) or _LEAST.search(folded):
        return False
    if _AT_MOST.search(fold(canonical(text))):
        return False
    amounts = [amount for amount in find_amounts(text) if any(letter.isalpha() for letter in amount.text)]  # "20.3.2." counts nothing
    around = [fold(canonical(text[max(0, amount.start - _NEAR) : amount.end + _RIGHT_BEHIND])) for amount in amounts]
    return bool(around) and all(_FROM_ON.search(each) and not _SIGNS_OF_MOST.search(each) for each in around)


@lru_cache(maxsize=16)
def _folded(standalone: str) -> str:
    return fold(canonical(standalone)).strip(" ?.!…")
