"""A question that compares two periods, documents or things → one question for each side, to be answered side by side."""

from __future__ import annotations

import re

from index.text.canonical import canonical, fold
from index.text.references import find_references
from qa.compared_pairs import sides_of_pair
from qa.compared_phrasings import rephrased
from qa.compared_things import between_things, differs_in, without_comparing
from qa.followup_topic import DIRECTIVE_NAMED
from qa.terms import content_terms
from qa.types import Side
from qa.which_more import which_more

_COMPARES = re.compile(
    r"\b(?:so sánh|so với|khác (?:nhau|gì|biệt|với)|chênh (?:nhau|lệch)|lệch nhau|điểm khác|phân biệt|đối chiếu)\b|\bgiống\b.*\bkhác\b"
    r"|\b(?:ai|đâu|nào)(?: \w+){0,2} hơn\b"
    r"|\b(?:tăng|giảm|thay đổi|nhiều hơn|ít hơn|cao hơn|thấp hơn)\b.*\bso\b"
)
_CONDITION = re.compile(
    r"\b(?:thay đổi|khác|trùng|giống|sai|lệch)\b[^,;]{0,30}\bso với [^,;]{2,40}? thì\b"  # "… so với năm ngoái thì ghi thế nào"
    r"|\b(?:không|chưa)(?: có)?(?: gì)? (?:thay đổi|khác)(?: gì)? (?:so )?với [^;]{2,60} (?:gì|nào|thế nào|ra sao|sao|ai|bao nhiêu|mấy)$"
)
_PAIRED = re.compile(r"^so sánh: (?P<first>[^;]+); (?P<second>[^;]+)$", re.IGNORECASE)  # two whole questions
_SHARE_OF = re.compile(r"\b(?:bao nhiêu|mấy) (?:phần|phần trăm|%) so với\b")  # of a whole, which is no other side
YEARS = r"(?:19|20)\d{2}"
_JOINT = r"\s*(?:,? ?và(?: so)?(?: với)?|với|so với|hay|,)\s+(?:(?:của|trong|vào|ở) )?"


def _one_period(number: int) -> str:
    units = r"nhiệm kỳ|giai đoạn|năm|đầu năm|cuối năm|(?:tháng \d{1,2}|quý \w+)(?:\s*/\s*|\s+năm\s+)?"
    return rf"(?:(?P<unit{number}>{units})\s*)?(?P<years{number}>{YEARS}(?:\s*[-–]\s*{YEARS})?)"


_TWO_PERIODS = re.compile(_one_period(1) + _JOINT + _one_period(2), re.IGNORECASE)
_TWO_MONTHS = re.compile(
    rf"\btháng (?P<first>\d{{1,2}}){_JOINT}tháng (?P<second>\d{{1,2}})(?P<year>\s*/\s*{YEARS}|\s+năm\s+{YEARS})?", re.IGNORECASE
)
_PERIOD = re.compile(_one_period(1), re.IGNORECASE)
_COMPARING_WORDS = re.compile(
    r"\b(?:so với|so sánh|(?:có )?(?:tăng|giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn|thay đổi|khác)(?: hay (?:tăng|giảm|ít hơn|thấp hơn))?)\b,?"
    r"(?:\s*$)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![\w/])\d{1,5}(?:\s*[-–]\s*|\s+|/\d{4}/)[A-ZĐ]{2,6}(?:[/-][A-ZĐ]+)+", re.IGNORECASE)

_TWO_OF_A_KIND = re.compile(  # "nghị quyết 01 và 02": the kind of both
    r"\b(?P<kind>nghị quyết|quy định|hướng dẫn|chỉ thị|kết luận|quyết định|thông tư|nghị định|nghi quyet|quy dinh|huong dan|chi thi)"
    r" (?:số |so )?(?P<first>\d{1,4}) (?P<and>và|với|va|voi) (?=(?:số |so )?\d{1,4}(?![\w/-]))",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(r"\s*(?:(?:và|với|va|voi)\s+)?(?P<issuer>(?:của|cua) .+?)[\s?.!]*", re.IGNORECASE)


def find_sides(question: str) -> tuple[Side, ...] | None:
    """The two sides of a comparing question; None for any other.

    Example: "So sánh số đảng viên năm 2020 và 2021" → ("Năm 2020", "số đảng viên năm 2020"), ("Năm 2021", "số đảng viên năm 2021").
    """
    question = _TWO_OF_A_KIND.sub(r"\g<kind> \g<first> \g<and> \g<kind> ", rephrased(question) or question)
    asked = canonical(question)
    if (paired := _PAIRED.match(question.strip(" ?.!…"))) is not None:
        return sides_of_pair(paired["first"], paired["second"])
    compares = (
        bool(_COMPARES.search(asked) or differs_in(asked)) and not _CONDITION.search(asked.strip(" ?.!…")) and not _SHARE_OF.search(asked)
    )
    periods = _between_periods(question, compares)
    if periods:
        return periods
    sides = _between_documents(question) or between_things(question) if compares else None
    return sides or (sides_of_pair(*pair) if (pair := which_more(question)) else None)


def _between_periods(question: str, compares: bool) -> tuple[Side, Side] | None:
    months = _TWO_MONTHS.search(question)
    if months and compares:
        year = months["year"] or ""
        return _in_place(question, months, f"tháng {months['first']}{year}", f"tháng {months['second']}{year}")
    match = _TWO_PERIODS.search(question)
    if match is None and compares:
        return _apart(question)
    if match is None or (match["years1"] == match["years2"] and match["unit1"] == match["unit2"]):
        return None
    if not compares and not re.search(r"\b(?:bao nhiêu|mấy|ai|gì|nào)\b", canonical(question)):
        return None
    first_unit, second_unit = match["unit1"], match["unit2"]
    first = _named(first_unit or second_unit, match["years1"])
    return _in_place(question, match, first, _named(second_unit or _like(first_unit, match["years2"]), match["years2"]))


def _apart(question: str) -> tuple[Side, Side] | None:
    """Two years that do not stand together: "Số đảng viên năm 2021 tăng hay giảm so với năm 2020?"."""
    periods = list(_PERIOD.finditer(question))
    if len(periods) != 2:
        return None
    rest = f"{question[: periods[0].start()]} {question[periods[0].end() : periods[1].start()]} {question[periods[1].end() :]}"
    text = without_comparing(_COMPARING_WORDS.sub(" ", rest))
    names = [_named(period["unit1"], period["years1"]) for period in periods]
    sides = [Side(name[:1].upper() + name[1:], f"{text} {name}", period=True) for name in names]
    return sides[0], sides[1]


def _like(unit: str | None, years: str) -> str | None:
    """ "Nhiệm kỳ 2015-2020 và 2021": a single year is no term of office."""
    return unit if unit is None or bool(re.search("[-–]", years)) == (canonical(unit) in ("nhiệm kỳ", "giai đoạn")) else None


def _named(unit: str | None, years: str) -> str:
    term = bool(re.search("[-–]", years))
    return f"{unit or ('nhiệm kỳ' if term else 'năm')} {years}" if not (unit or "").rstrip().endswith("/") else f"{unit}{years}"


def _in_place(question: str, match: re.Match[str], first: str, second: str) -> tuple[Side, Side]:
    sides = []
    for period in (first, second):
        text = without_comparing(f"{question[: match.start()]}{period}{question[match.end() :]}")
        sides.append(Side(period[:1].upper() + period[1:], text, period=True))
    return sides[0], sides[1]


def _between_documents(question: str) -> tuple[Side, Side] | None:
    """Two numbers, printed or typed anyhow; what is compared of them goes to both, else what they are about."""
    matches = sorted((*_NUMBERED.finditer(question), *DIRECTIVE_NAMED.finditer(question)), key=lambda match: (match.start(), -match.end()))
    found = {fold(match[0]): match[0] for match in matches}
    typed = [name for key, name in found.items() if not any(key in other and key != other for other in found)]
    names = [printed[0].number if (printed := find_references(name)) else name for name in typed]
    if len(names) != 2:
        return None
    rest = re.sub("|".join(map(re.escape, typed)), " ", question)
    rest = _COMPARING_WORDS.sub(" ", re.sub(r"\bkhác (?:nhau|gì|biệt)(?: (?:như )?thế nào)?\b", " ", rest))
    if (both := _OF_BOTH.fullmatch(without_comparing(rest))) is not None:
        sides = [Side(name[:1].upper() + name[1:], f"{name} {both['issuer']} nói về gì?") for name in names]
        return sides[0], sides[1]
    topic = re.sub(
        r"^(?:(?:và|với|so|về|của|giữa|giữa các|hai|,)(?:\s+|$))+|(?:\s+(?:và|với|của|giữa|so với|theo))+$", "", without_comparing(rest)
    )
    asked = f"{topic} theo" if len(content_terms(topic)) > 1 else ""
    sides = [Side(name[:1].upper() + name[1:], f"{asked} {name}".strip() if asked else f"{name} nói về gì?") for name in names]
    return sides[0], sides[1]
