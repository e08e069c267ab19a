"""Follow-up questions that count: the step after, the month before, another number of the same noun."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.canonical import canonical
from qa.answer_types import find_ordinal
from qa.followup_topic import BARE_OPENING, CLOSING, MAX_ELLIPTICAL_SYLLABLES, OPENING, bare_question, topic_of

_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_NUMBERED_NOUN = (
    "đợt|dịp|lần|khoá|khóa|lớp|hạng|mức|loại|bậc|bước|khoản|điều|mục|điểm|phụ lục|mẫu|vòng|nhóm|kỳ|ô|phần|chương|ngày|giai đoạn"
    "|nhiệm vụ|nội dung|giải pháp|điều kiện|nguyên tắc|khâu|tiêu chí|tiêu chuẩn|trường hợp|hội nghị trung ương|hạn chế|kỳ họp|đại hội"
)
_NUMBERED = re.compile(
    rf"\b(?P<noun>{_NUMBERED_NOUN}) (?P<of>(?:lần )?thứ |số )?(?P<number>\d{{1,3}}(?:[/.-]\d{{1,2}})?|[IVX]{{1,5}}|{'|'.join(_NUMBERS)})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(r"(?<![\d/.-])\d{1,2}[/-]\d{1,2}(?![\d/-])")
_NEIGHBOUR = re.compile(
    rf"^(?:(?:thế|vậy|và|còn|rồi) )*(?P<noun>{_NUMBERED_NOUN})? ?(?:liền |ngay )?"
    r"(?P<way>tiếp theo|kế tiếp|tiếp|sau(?: đó)?|trước(?: đó)?)(?: (?:sau|trước) đó| nữa)?"
    r"(?: (?:là|thì|gồm))?(?: (?:gì|sao|nào|làm gì|thế nào|những gì))?$",
    re.IGNORECASE,
)
_SHIFTED = re.compile(
    r"^(?:(?:thế|vậy|và|còn|rồi|thì) )*(?:(?:sang|đến|qua|tới|vào|trong) )?(?P<unit>tháng|năm) "
    r"(?P<way>sau|tiếp theo|kế tiếp|trước|liền trước|ngoái)(?: (?:đó|ấy))?,?"
    r"(?: (?:ghế|chức|chức vụ|vị trí|cương vị|con số|số)(?: (?:này|đó|ấy|trên))?)?"
    r"(?: (?:thì|là|sao|ai|thế nào|ra sao|bao nhiêu|có|gì|đổi|thay|thay đổi|khác|người|không|vẫn|như|vậy|cũ|chưa|giữ|nữa))*$",
    re.IGNORECASE,
)
_SHIFTABLE = re.compile(
    r"\b(?:tháng (?P<month>\d{1,2})(?:\s*/\s*|\s+năm\s+)(?P<of>(?:19|20)\d{2})|năm (?P<year>(?:19|20)\d{2}))\b",
    re.IGNORECASE,
)
_AWARD_DAYS = ("3/2", "19/5", "2/9", "7/11")
MAX_BESIDE = 2  # words beside the part that takes the place of its like: "đợt 19/5 năm nay"


def carry_neighbour(question: str, previous: str, answer: str) -> str | None:
    """Like "Bước tiếp theo là gì?" after "Bước 3 của … là gì?" → "Bước 4 của … là gì?"."""
    asked, told = _NEIGHBOUR.match(bare_question(question)), _NUMBERED.search(previous)
    if asked is not None and (of_days := _neighbouring_day(asked, previous)) is not None:
        return of_days
    if asked is None or told is None or not (asked["noun"] is None or canonical(asked["noun"]) == canonical(told["noun"])):
        return None
    word = told["number"].lower()
    number = _NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
    following = number + (-1 if asked["way"].startswith("trước") else 1)
    if not number or not following:
        return None
    spelt = next((w for w, n in _NUMBERS.items() if n == following), str(following)) if word in _NUMBERS else str(following)
    return f"{previous[: told.start('number')]}{spelt}{previous[told.end('number') :]}"


def _neighbouring_day(asked: re.Match[str], previous: str) -> str | None:
    """ "Đợt sau thì sao" after "Đợt 19/5 dành cho ai?" → "Đợt 2/9 dành cho ai?": on four days of the year badges are awarded."""
    day = _DAY_MONTH.search(previous)
    number = re.sub(r"\b0", "", day[0].replace("-", "/")) if day else ""
    if number not in _AWARD_DAYS or canonical(asked["noun"] or "đợt") not in ("đợt", "dịp", "ngày"):
        return None
    step = -1 if asked["way"].startswith("trước") else 1
    return day and f"{previous[: day.start()]}{_AWARD_DAYS[(_AWARD_DAYS.index(number) + step) % len(_AWARD_DAYS)]}{previous[day.end() :]}"


def carry_shifted(question: str, previous: str, answer: str) -> str | None:
    """Like "Sang tháng sau có đổi người không?" after "… tháng 12/2021 là ai?" → "… tháng 1/2022 là ai?"."""
    asked, told = _SHIFTED.match(bare_question(question)), _SHIFTABLE.search(previous)
    if asked is None or told is None:
        return None
    step = -1 if asked["way"].lower() in ("trước", "liền trước", "ngoái") else 1
    unit = asked["unit"].lower()
    if unit == "tháng" and told["month"]:
        months = 12 * int(told["of"]) + int(told["month"]) - 1 + step
        shifted = f"tháng {months % 12 + 1}/{months // 12}"
    elif unit == "năm" and told["year"]:
        shifted = f"năm {int(told['year']) + step}"
    else:
        return None
    return f"{previous[: told.start()]}{shifted}{previous[told.end() :]}"


def carry_ordinal(question: str, previous: str, answer: str) -> str | None:
    """Like "nêu rõ hơn nhiệm vụ thứ ba" → "nêu rõ hơn nhiệm vụ thứ ba trong 5 nhiệm vụ trọng tâm của …"."""
    if find_ordinal(question) is None or len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES:
        return None
    bare = OPENING.sub("", BARE_OPENING.sub("", bare_question(question)))
    other = swap_numbered(CLOSING.sub("", bare), previous)
    return other or f"{bare} trong {topic_of(previous)}?"


def swap_numbered(rest: str, previous: str) -> str | None:
    """ "đợt 19/5" in the place of "đợt 3/2", "khoá XI" of "khoá XII": the noun with its number; a bare "19/5" in that of another day."""
    new = _NUMBERED.search(rest)
    if new is not None and len(rest.split()) <= len(new[0].split()) + MAX_BESIDE:
        nouns = [old for old in _NUMBERED.finditer(previous) if canonical(old["noun"]) == canonical(new["noun"])]
        if nouns:
            return f"{previous[: nouns[-1].start()]}{new[0]}{previous[nouns[-1].end() :]}"
    return swap_found(rest, previous, _DAY_MONTH.search)


def swap_found(rest: str, previous: str, find: Callable[[str], re.Match[str] | None]) -> str | None:
    """`previous` with what `find` finds in `rest`, and little else stands there, in the place of what it finds in `previous`."""
    new, old = find(rest), find(previous)
    if new is None or old is None or len(new[0].split()) < len(rest.split()) - 4:
        return None
    return f"{previous[: old.start()]}{new[0]}{previous[old.end() :]}"
