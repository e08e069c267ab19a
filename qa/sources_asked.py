"""Whether a question asks what several articles say of one thing, and what that thing is: "…? HD 06 với HD 38 lệch nhau" → "…"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.text.canonical import fold
from qa.named_sources import AND, ISSUER, NAMED
from qa.terms import content_terms

MIN_TERMS = 2
MAX_LEFT = 3  # words of a remark on the sources that are neither their names nor what is said of them
# All patterns are folded: the rules are the same for text without diacritics.
_SOURCE = (
    r"(?:bai(?: viet| bao)?|nguon(?: tin)?|ban tin(?: nhanh| day du)?|tin nhanh|ban day du|tin bai|van ban|tai lieu|huong dan|quy dinh"
    r"|bao cao)"
)
_NAMED_SOURCE = rf"(?:(?:{_SOURCE}|hd|qd)(?: so)? \d[\w/-]*|(?:{_SOURCE}|hd|qd) (?:cua )?{ISSUER})"
_PAIR = (
    rf"(?:{_SOURCE}{AND}(?:theo )?(?:(?:ban|bai|bao cao) )?{_SOURCE}(?: xep loai)?"
    rf"|{_NAMED_SOURCE}{AND}(?:cua )?(?:{_NAMED_SOURCE}|{ISSUER})"
    rf"|theo {ISSUER}{AND}(?:theo )?{ISSUER}|{ISSUER}{AND}{_NAMED_SOURCE}"
    rf"|{ISSUER}{AND}{ISSUER}(?= (?:quy dinh|huong dan|ghi|noi|yeu cau|co (?:khop|giong|khac|thong|mau))\b))"
)
_SOURCES = rf"(?:(?:giua )?(?:cac|nhung|hai|moi|tung) {_SOURCE}(?: nay| khac nhau)?|(?:giua )?{_PAIR})"
_SAY = r"(?: (?:deu |co |cung )?(?:noi gi|ghi gi|noi|ghi|dua ra|dua con so|dua|viet|neu|cho|tinh|quy dinh|huong dan|yeu cau))*"
_AGREE = (
    r"(?:(?:giong|khac(?! phuc)|khop|mau thuan|lech|venh|nguoc|trai nguoc)(?: nhau)?|thong nhat|nhat quan|chenh(?: lech| nhau)*"
    r"|trung(?: khop| nhau)+)"
)
_HOW = r"(?: (?:khong|the nao|nhu the nao|ra sao|gi|chua|o cho nao|o diem nao|bao nhieu))*"
_WHY = r"(?:(?:(?:tai |vi )?sao|vay|the) )?"
_TAIL = re.compile(rf"[ ,;:.-]*\b{_WHY}(?:{_SOURCES})?{_SAY}(?: (?:ve|con so))? ?(?:co |khong )?{_AGREE}{_HOW}\b.*$")
_SAYS = r"(?: (?:noi|quy dinh|huong dan|ghi|viet|yeu cau))+ (?:the nao|nhu the nao|ra sao|sao|gi)"
_SEVERAL = rf"(?:cac|nhung|hai|moi|tung) {_SOURCE}(?: nay| khac nhau)?"
_BOTH_SAY = re.compile(rf"\b(?:theo |duoc )?(?:{_PAIR}|{_SEVERAL}){_SAYS}\b")
_TELL = r"(?:neu|ghi|noi|viet|bao|cho)"
_ASKED = r"(?:bao nhieu|may)"
# Each source is asked by itself, or both together how many: "tin nhanh nêu bao nhiêu, bản đầy đủ nêu bao nhiêu", "… theo A và theo B".
_EACH_TELLS = re.compile(rf"[ ,;:.-]*\b{_SOURCE} {_TELL} (?P<asked>{_ASKED})\W+(?:con |va )?{_SOURCE} {_TELL} {_ASKED}\W*$")
_BOTH_TELL = re.compile(rf"^(?:theo )?{_PAIR} {_TELL} (?={_ASKED}\b)")
_BY_BOTH = re.compile(rf"[ ,;:.-]*\b(?:theo )?{_PAIR}\W*$")
_HOW_MANY = re.compile(rf"\b{_ASKED}\b")
# "…, sao mỗi bài một con số?", "… Tôi thấy mỗi văn bản nói một kiểu."
_EACH_OTHERWISE = re.compile(
    r"[ ,;:.?-]*(?:\b(?:toi|em|minh|thay|doc|ma|sao|vi sao|tai sao|hinh nhu) )*"
    rf"\bmoi {_SOURCE} (?:\w+ )?mot (?:kieu|con so|khac|so|phach|cach|y)\b.*$"
)
_WHAT_DIFFERS = re.compile(rf"^co (?:gi|diem nao|diem gi|cho nao) {_AGREE} giua {_SOURCES} ve (?:viec )?")
_HEAD = re.compile(rf"^(?:theo )?{_SOURCES}{_SAY}(?:(?: co)? {_AGREE}{_HOW} (?:ve viec|ve|doi voi|trong viec)\b)?\s*[:,]?\s+")
_OPEN_END = re.compile(r"(?: hay)? khong\W*$")  # "… có mâu thuẫn về thời hạn không?"
_MENTIONED = re.compile(rf"\b{_SOURCES}\b")
_AGREEING = re.compile(rf"\b{_AGREE}{_HOW}\b")

# A part of the question that is a remark on the sources alone: it names them, and says or asks whether they agree.
_PARTS = re.compile(r"[.?!;:,…]+(?:\s+|$)|\s[-–]\s")
_PLAIN = r"(?:bai|tin|bao|ban|noi|cho|ben|nguon|van ban|tai lieu|huong dan|quy dinh|hoi nghi|tin bai)"
_SOURCES_NAMED = re.compile(
    rf"\b(?:{NAMED}|{_SOURCES}|(?:cac|nhung|hai|moi|tung|\d) {_PLAIN}|{_PLAIN} (?:nay|kia|dau|sau)|ca hai|hai ben"
    rf"|(?:ban )?tin nhanh|ban tin (?:dau|chinh thuc|day du)|ban day du|bao cao)\b"
)
_NAMED_PLACE = re.compile(rf"\b(?:{NAMED})(?!\w)")
CLASH = re.compile(
    rf"\b(?:{_AGREE}|mau thuan|doi chieu|da nhau|trung(?! uong)|moi \w+(?: \w+)? mot \w+|mot (?:kieu|phach|dang|neo)"
    rf"|{_TELL} (?:moi|mot) \w+|(?:noi|ghi|quy dinh|huong dan|viet|neu|yeu cau|liet ke|danh gia)"
    r" (?:sao|the nao|nhu the nao|ra sao|gi|bao nhieu|kha|yeu))\b"
)
_AMOUNT = re.compile(r"tien\b|(?:tong )?so (?:tien|luot|nguoi|vu|to chuc|chi bo|dang vien)\b|tong tien\b")  # asks for a figure
_ONLY_AGREE = re.compile(rf"\W*(?:co |khong |sao )*{_AGREE}{_HOW}\W*$")
LIGHT = re.compile(
    r"\b(?:toi|minh|em|chung toi|thay|doc|xem|nghe|xin|nho|giup|hoi|rot cuoc|thuc ra|hinh nhu|tai|vi|sao|roi|thi|la|ma|nhung|voi"
    r"|va|so|con|theo|giua|cua|o|ve|trong|tren|co|khong|chua|phai|nhau|the|nao|nhu|ra|cho|diem|gi|bao nhieu|may|deu|cung|lai|bi|duoc"
    r"|mot|moi|hai|ca|cac|noi|ghi|viet|neu|bao|dua|quy dinh|huong dan|yeu cau|liet ke|danh gia|kieu|phach|so lieu|con so|ten"
    r"|kha|yeu|tot|a|nhi|vay|ay|day|nay|kia)\b"
)


def asked_of_sources(question: str) -> str | None:
    """What several articles are asked about, without the question whether they agree; None for any other question.

    Example: "Có mấy lô đất, các bài nói có giống nhau không?" → "Có mấy lô đất".
    """
    beside, how_many = _core_beside_remarks(question, fold(question))
    core = _core_of(beside or question) or beside
    if core is not None and not _HOW_MANY.search(fold(core)) and (how_many or _AMOUNT.match(fold(core))):
        core = f"{core} {how_many or 'bao nhiêu'}"
    return core if core is not None and len(content_terms(core)) > MIN_TERMS else None


def _core_of(question: str) -> str | None:
    text = fold(question)
    if (core := _core_without(question, text)) is not None:
        return core
    both = _BOTH_SAY.search(text)
    if not both and not (_MENTIONED.search(text) and _AGREEING.search(text)):
        return None
    start = found.end() if (found := _HEAD.search(text)) else 0
    cut = both if both and both.start() > 0 else _TAIL.search(text, start) or _OPEN_END.search(text, start)
    return question[start : cut.start() if cut else len(question)].strip(" ,;:.?")


def _core_beside_remarks(question: str, text: str) -> tuple[str | None, str]:
    """The question without its parts that only speak of the sources ("…? Tôi thấy HD 38 với HD 06 lệch nhau."), and the "how many" that
    was asked in them ("mỗi bài ghi bao nhiêu"); None where it has none."""
    if _EACH_TELLS.search(text):
        return None, ""
    parts = list(_parts(text))
    remarks = [span for span in parts if _is_remark(text[slice(*span)], span == parts[-1])]
    kept = [span for span in parts if span not in remarks and not (remarks and _ONLY_AGREE.match(text[slice(*span)]))]
    if not remarks or not kept:
        return None, ""
    how_many = next((found for span in remarks if (found := _HOW_MANY.search(text, *span))), None)
    core = " ".join(question[slice(*span)].strip() for span in kept).strip(" ,;:.?")
    return core, question[slice(*how_many.span())] if how_many else ""


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _PARTS.finditer(text):
        if mark.start() > start:
            yield start, mark.end()
        start = mark.end()
    if start < len(text):
        yield start, len(text)


def _is_remark(part: str, last: bool) -> bool:
    """Whether a part of the question names sources and says nothing but how they tell it; in the end two names are enough."""
    if not _SOURCES_NAMED.search(part):
        return False
    if not CLASH.search(part) and not (last and len(_NAMED_PLACE.findall(part)) > 1):
        return False
    left = LIGHT.sub(" ", CLASH.sub(" ", _SOURCES_NAMED.sub(" ", part)))
    return len(re.findall(r"[^\W\d_]+", left)) <= MAX_LEFT


def _core_without(question: str, text: str) -> str | None:
    """The question without what says that each source tells it otherwise, or that asks each or both how many; None for any other."""
    if head := _WHAT_DIFFERS.search(text) or _BOTH_TELL.search(text):
        return question[head.end() :].strip(" ,;:.?")
    if each := _EACH_TELLS.search(text):
        return f"{question[: each.start()].strip(' ,;:.?')} {question[slice(*each.span('asked'))]}"
    otherwise = _EACH_OTHERWISE.search(text)
    cut = otherwise or (_BY_BOTH.search(text) if _HOW_MANY.search(text) else None)
    return question[: cut.start()].strip(" ,;:.?") if cut and cut.start() > 0 else None
