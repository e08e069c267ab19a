"""The amount a question names and the limits of rules: "chi bộ có 8 đảng viên" is meant by "dưới 9 đảng viên", and not by "từ 9 đảng viên".

All patterns are folded: the rules are the same for text without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from index.text.canonical import fold

Test = Callable[[str], bool]
_MONTHS = {"thang": 1, "nam": 12}
_UNIT = (
    r"(?P<unit>dang vien|hoi vien|doan vien|thanh vien|nguoi|dai bieu|chi bo|ho(?: dan)?|ngay|thang|nam)\b"
    r"(?! (?:tuoi|hoc|nay|nao|truoc|nop|dau|cuoi|20|19|mot lan|/))"
)
_COUNT = r"(?P<count>\d{1,3}(?:\.\d{3})+|\d{1,6})(?![.,/-]?\d)"
_AMOUNT = re.compile(rf"(?<![\d/.,-]){_COUNT} {_UNIT}")
_OVER = r"tren|qua|hon|sau"
_UNDER = r"duoi|chua du|chua den|chua duoc|khong du|it hon|khong den"
_LIMIT = re.compile(
    rf"\b(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<least>co tu|tu|co du|it nhat|toi thieu)) {_COUNT}"
    rf"(?:(?: (?P<own>ngay|thang|nam))? (?:den|-) (?:duoi )?(?P<last>\d{{1,6}}))? {_UNIT}(?P<up> (?:chinh thuc )?tro len)?"
)
_NAME_BEFORE = re.compile(
    r"\b(?:nam|so|thang|huy hieu(?: dang)?|loai|muc|nhiem ky|chi thi|quyet dinh|quy dinh|huong dan|ket luan|luat|nghi quyet) $"
)
_BEFORE_UNDER = re.compile(rf"\b(?:{_UNDER}) $")
_BEFORE_OVER = re.compile(r"\b(?:tren|qua|hon) $")
_ASKED_AMOUNT = re.compile(r"\b(?:bao nhieu|may) (?:dang vien|hoi vien|doan vien|nguoi|ngay|thang|nam|dai bieu|chi bo)\b")
_SIDE = re.compile(r"\b(?:tren|duoi|tu|qua) \d")  # "từ 9 đảng viên và dưới 9" compares
HALF = 0.5
NEAR = 2  # times as much or as little


class Amount(NamedTuple):
    """So many of a unit; months and years are both counted in months."""

    number: float
    unit: str


def amount_meant(folded: str) -> Amount | None:
    """The one amount of which a question speaks, or one on the side of the limit it names ("hơn 30 ngày"); None where it names several or
    asks for such an amount itself."""
    found = [match for match in _AMOUNT.finditer(folded) if not _NAME_BEFORE.search(folded[: match.start()])]
    if len(found) != 1 or len(_SIDE.findall(folded)) > 1:
        return None
    asked = _ASKED_AMOUNT.search(folded)
    amount = _amount(found[0])
    if asked and asked[0].endswith(found[0]["unit"]):
        return None
    before = folded[: found[0].start()]
    if before.endswith((" tu ", "tu du ")):
        return None  # the limit of the rule itself
    if _BEFORE_UNDER.search(before):
        return amount._replace(number=amount.number - HALF)
    return amount._replace(number=amount.number + HALF) if _BEFORE_OVER.search(before) else amount


def within_limits(amount: Amount, folded: str) -> bool | None:
    """Whether a limit of a sentence holds for the amount; None where it names none of that unit."""
    found = [_holds(amount, match) for match in _LIMIT.finditer(folded) if _amount(match).unit == amount.unit and _is_limit(match)]
    return any(found) if found else None


def meets_near_limit(amount: Amount, folded: str) -> bool:
    """Whether a limit near the amount holds: of 8 members "dưới 9" is said, and "từ 3" of all."""
    found = [match for match in _LIMIT.finditer(folded) if _amount(match).unit == amount.unit and _is_limit(match)]
    return any(_holds(amount, match) and amount.number <= NEAR * _told(match) and _told(match) <= NEAR * amount.number for match in found)


def limits_met(folded: str) -> tuple[Test, Test] | None:
    """A sentence whose limit holds for the amount that the question names, and one with no limit that excludes it."""
    amount = amount_meant(folded)
    if amount is None:
        return None
    return (lambda text: meets_near_limit(amount, fold(text))), (lambda text: within_limits(amount, fold(text)) is not False)


def _amount(match: re.Match[str]) -> Amount:
    count, unit = int(match["count"].replace(".", "")), match["unit"]
    return Amount(count * _MONTHS[unit], "thang") if unit in _MONTHS else Amount(count, unit)


def _is_limit(match: re.Match[str]) -> bool:
    """ "Từ 3 ngày" may be anything; "từ 9 đảng viên", "từ 3 tháng trở lên" and "từ 3 đến 9 tháng" are limits."""
    timed = match["unit"] in ("ngay", "thang", "nam")
    return not (match["least"] and timed) or bool(match["up"] or match["last"])


def _holds(amount: Amount, match: re.Match[str]) -> bool:
    told = _told(match)
    if match["under"]:
        return amount.number < told
    if match["over"]:
        return amount.number > told
    last = int(match["last"]) * _MONTHS.get(match["unit"], 1) if match["last"] else None
    return told <= amount.number and (last is None or amount.number <= last)


def _told(match: re.Match[str]) -> int:
    return int(match["count"].replace(".", "")) * _MONTHS.get(match["own"] or match["unit"], 1)
