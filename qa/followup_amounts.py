"""Numbers in follow-up questions: another number of one unit, more or fewer than the number just told, and what comes after a time told."""

from __future__ import annotations

import re

from index.text.canonical import canonical

_KIND = re.compile(r"^(?:loại|mức|hạng|mốc|cỡ|nhóm|diện|người|ai|trường hợp|đối tượng)\s+(?=\d)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![\d/.,-])(?P<number>\d+(?:[.,]\d+)*)(?P<unit>(?: [^\W\d_]+){1,5})", re.IGNORECASE)
_LESS, _MORE = "dưới", "trên"
_COMPARED = re.compile(
    r"\b(?:(?:có|mà) )?(?:(?P<less>ít hơn|thấp hơn|nhỏ hơn|chưa đủ|không đủ|chưa đến|không đến|chưa tới|không tới|dưới)"
    r"|(?:nhiều hơn|cao hơn|lớn hơn|đông hơn|vượt quá|vượt|quá|trên|hơn))"
    r" (?:(?:con )?số(?: lượng)?|mức|ngưỡng|tuổi) (?:ấy|đó|này|kia|trên|nói trên)\b",
    re.IGNORECASE,
)
_BARELY_COMPARED = re.compile(
    r"(?:(?:thế|vậy|và|còn|rồi|nếu|mà|khi|trường hợp) )+(?:có )?(?:(?P<less>ít hơn|thấp hơn|thiếu|không đủ|chưa đủ|chưa đến|không đến)"
    r"|(?:nhiều hơn|cao hơn|đông hơn|vượt quá|vượt|hơn|quá))(?= (?:thì\b|sao\b)|\s*[?.!…]*$)",
    re.IGNORECASE,
)
_UNIT_ENDS = re.compile(
    r"\s(?:trở|thì|là|được|phải|có|và|hoặc|hay|để|của|trong|ở|tại|theo|mới|nếu|kể|tính|cho|đến|với|do|bầu|lập|thành)\b", re.IGNORECASE
)
_OPENED_IF = re.compile(r"^(?:(?:thế|vậy|và|còn|rồi) )*(?:(?:nếu|khi|trường hợp|giả sử|lỡ) )?(?:mà )?(?:chỉ )?", re.IGNORECASE)
_BEARER = re.compile(
    r"^(?P<bearer>[^?,:\d]{2,50}?)(?<!\blà)(?<!nhất) (?:(?:phải|cần|mà|nếu) )?(?:có |đủ |đạt )?"
    r"(?:từ |ít nhất |tối thiểu |tối đa |khoảng )*(?:bao nhiêu|mấy)\b",
    re.IGNORECASE,
)
_AFTER_A_TIME = re.compile(
    r"\b(?:hết|sau|quá|qua|xong|trong|ngoài) (?:khoảng )?(?:thời gian|thời hạn|hạn) (?:ấy|đó|này|trên|nói trên)\b", re.IGNORECASE
)


def swap_amount(part: str, previous: str) -> str | None:
    """`previous` with the number named in `part` for its own of the same unit: "loại 90 năm" makes "Số thẻ 30 năm …" "Số thẻ 90 năm …"."""
    new = _AMOUNT.fullmatch(_KIND.sub("", part.strip()))
    if new is None:
        return None
    unit = canonical(new["unit"])
    for old in _AMOUNT.finditer(previous):
        if f"{canonical(old['unit'])} ".startswith(f"{unit} ") and old["number"] != new["number"]:
            return f"{previous[: old.start('number')]}{new['number']}{previous[old.end('number') :]}"
    return None


def compare_amount(question: str, previous: str, answer: str) -> str | None:
    """Like "Ít hơn số ấy thì lập gì?" after "Xã có mấy hộ thì lập hội?", "Từ 9 hộ trở lên" → "Xã dưới 9 hộ thì lập gì?"."""
    compared = _COMPARED.search(question) or (_BARELY_COMPARED.match(question) if _BEARER.match(previous) else None)
    told = (_AMOUNT.search(answer) or _AMOUNT.search(previous)) if compared else None
    if compared is None or told is None:
        return None
    amount = f"{told['number']}{_UNIT_ENDS.split(told['unit'])[0]}"
    placed = f"{_LESS if compared['less'] else _MORE} {amount}{question[compared.end() :]}"
    before = _OPENED_IF.sub("", question[: compared.start()]).strip()
    bearer = _BEARER.match(previous)
    if not before and bearer is None:
        return f"{placed.rstrip(' ?.')} – {previous}"
    return f"{before or bearer['bearer'] + ' có'} {placed}" if bearer else f"{before} {placed}"


def after_a_time(question: str) -> bool:
    """Whether it asks what happens when a time just told is over: "Hết thời gian đó thì ai xét?"."""
    return bool(_AFTER_A_TIME.search(question))
