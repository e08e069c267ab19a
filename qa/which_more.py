"""A question which of two things has more → the same number asked of each: "Thôn hay tổ, bên nào cần nhiều hộ hơn?"."""

from __future__ import annotations

import re

from index.text.canonical import canonical
from qa.followup_topic import uncapitalised

_KINDS = r"(?:việc|bên|cái|loại|cấp|mức|nơi|đằng|diện|thứ|nhóm|hình thức|trường hợp|người|đối tượng|ngành|khoản|phía)"
_LONG = r"(?:lâu|dài|nhanh|chậm|ngắn|gấp|sớm|muộn)"
_GREAT = r"(?:cao|thấp|lớn|nhỏ|rộng|hẹp)"
_WHICH = re.compile(  # "A hay B, việc nào được nhiều ngày hơn để quyết", "A với B thì hạn bên nào dài hơn, mỗi bên mấy ngày"
    rf"^(?:(?P<lead>[^,;:]{{3,80}})[,:] )?(?P<first>[^,;:]+?) (?:và|với|hay|hoặc|so với) (?P<second>[^,;:]+?)(?:,? thì|,)?"
    rf" (?:(?P<noun>hạn|thời hạn|thời gian|tỷ lệ|tỉ lệ|mức) )?{_KINDS} nào"
    rf" (?P<more>(?:[^,;]+ )?(?:nhiều|ít|{_LONG}|{_GREAT})(?: [^,;]+?)?) hơn"
    r"(?P<behind>(?: [^,;]+)?)(?:[,;] .+)?$",
    re.IGNORECASE,
)
_THAN = re.compile(  # "A cần nhiều chữ ký hơn B phải không, mỗi bên mấy"
    r"^(?P<first>[^,;:]+?) (?P<verb>(?:(?:được|cần|phải|có|đợi|chờ|lập|phải có|phải chờ|phải đợi) )?)(?:nhiều|ít) (?P<counted>[^,;:]+?) hơn"
    r"(?: so với)? (?P<second>[^,;:]+?)"
    r"(?: (?:phải|đúng) không| à| không|(?=[,;]))(?:[,;] .+)?$",
    re.IGNORECASE,
)
_MANY = re.compile(r"^(?P<verb>.*?)\b(?:nhiều|ít)(?P<counted>(?: .+)?)$", re.IGNORECASE)
_MEASURED = re.compile(rf"^(?P<verb>.*?) ?\b(?P<how>{_LONG}|{_GREAT})$", re.IGNORECASE)
_EACH_ASKED = re.compile(r"\b(?:mỗi|từng|cả hai|hai)\b")


def which_more(question: str) -> tuple[str, str] | None:
    """The two whole questions; None for any other."""
    text = question.strip(" ?.!…")
    return (_than(text) or _which(text)) if " hơn" in text else None


def _than(text: str) -> tuple[str, str] | None:
    match = _THAN.match(text)
    if match is None or not _EACH_ASKED.search(canonical(text[match.end("second") :])):
        return None
    asked = f"{match['verb']}bao nhiêu {match['counted']}"
    return f"{match['first']} {asked}", f"{match['second']} {asked}"


def _which(text: str) -> tuple[str, str] | None:
    match = _WHICH.match(text)
    asked = _asked(match["noun"], match["more"]) if match else None
    if match is None or asked is None:
        return None
    lead = f"{match['lead']}, " if match["lead"] else ""
    first, second = (f"{lead}{uncapitalised(match[side])} {asked}{match['behind']}" for side in ("first", "second"))
    return first, second


def _asked(noun: str | None, more: str) -> str | None:
    """ "cần tỷ lệ cao" → "cần tỷ lệ bao nhiêu", "được nhiều ngày" → "được bao nhiêu ngày", "phải chờ lâu" → "phải chờ bao lâu"."""
    many = _MANY.match(more)
    if many is not None:
        return f"{many['verb']}bao nhiêu{many['counted']}"
    measured = _MEASURED.match(more)
    if measured is None:
        return None
    told = " ".join(part for part in (noun, measured["verb"].strip()) if part)
    if re.fullmatch(_LONG, measured["how"], re.IGNORECASE):
        return f"{told} bao lâu".strip()
    return f"{told or 'mức'} bao nhiêu"
