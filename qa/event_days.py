"""The day of an event or the last day for a deed: a sentence that dates something else than that does not tell it."""

from __future__ import annotations

import re

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.references import find_references
from qa.evidence import Evidence
from qa.types import AnswerType, Question

_WHEN = r"(?:(?:vao |tu )?(?:ngay|hom|thang|luc|khi|thoi gian) (?:nao|may|bao nhieu)|bao gio)"
_EVENT = re.compile(
    r"\b(?P<noun>dai hoi|hoi nghi|hoi thao|toa dam|hoi thi|le hoi|le \w+ \w+)\b"
    rf".*\b(?P<act>khai mac|be mac|dien ra|hop|to chuc)\b.*\b{_WHEN}"
)
_OPENED = re.compile(r"\b(?:khai mac|dien ra|to chuc|tien hanh|hop|mo|bat dau|trong (?:mot|hai|ba|\d+)?(?: ngay)?)\b")
_DEADLINE = re.compile(
    rf"\b(?:phai|can)\b.*\b(?:xong|hoan thanh|ket thuc|nop)\b.*\b{_WHEN}|\btruoc (?:ngay|thang) (?:nao|may)\b"
    rf"|\bthoi han\b.*\b(?:la )?{_WHEN}"
)
_LAST_DAY = re.compile(
    r"\b(?:trước|hạn|chậm nhất|muộn nhất|đến|hết|hoàn (?:thành|tất)|xong|không quá|kết thúc|trong (?:quý|tháng|năm|thời gian)|cuối)\b"
)
_REVIEWED = re.compile(r"\b(?:tong ket|kiem diem)\b(?: [a-z]+){0,8}? nam (?P<year>20\d\d)\b")
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
LAST_MONTHS = 10  # a year is summed up from its October on
_OF_DOCUMENT = 40  # characters between a document's number and its day


def dates_something_else(question: Question, best: Evidence) -> bool:
    """ "Đại hội khai mạc ngày nào": a day in a sentence without that event, or one that belongs to a document named in passing; "phải
    xong trước ngày nào": a day that is no last day of anything."""
    if question.answer_type is not AnswerType.DATE:
        return False
    folded = fold(canonical(question.standalone))
    if _DEADLINE.search(folded) and not _LAST_DAY.search(best.sentence.lowered):
        return True
    if _DEADLINE.search(folded) and _is_of_past_years(folded, best):
        return True
    if _is_before_the_review(folded, best):
        return True
    event = _EVENT.search(folded)
    if event is None or not find_dates(best.sentence.text):
        return False
    told = " ".join(fold(best.sentence.lowered).split())
    titled = event["noun"] in fold(best.sentence.article.metadata.title)  # "Chiều 27/12, Đảng ủy họp …" below "Hội nghị cuối năm"
    if not titled and event["noun"] not in told and event["noun"].split()[-1] not in told.split():
        return True
    if event["act"] == "khai mac" and not _OPENED.search(told):
        return True
    return _dates_documents_only(best.sentence.text)


def _is_of_past_years(folded: str, best: Evidence) -> bool:
    """ "Năm 2025 phải xong trước ngày nào": a sentence that names days of earlier years only."""
    asked = set(_YEARS.findall(folded))
    years = {found.date.year for found in find_dates(best.sentence.text) if found.date.year}
    return len(asked) == 1 and bool(years) and max(years) < int(asked.pop())


def _is_before_the_review(folded: str, best: Evidence) -> bool:
    """ "Hội nghị tổng kết năm 2022 họp ngày nào": a day of January 2022 is that of the review of 2021."""
    match = _REVIEWED.search(folded)
    if match is None or len(set(_YEARS.findall(folded))) != 1:
        return False
    year = int(match["year"])
    if any(told["year"] == match["year"] for told in _REVIEWED.finditer(fold(best.sentence.lowered))):
        return False  # it says so itself
    when = best.sentence.article.metadata.date
    days = [found.date for found in find_dates(best.sentence.text, when.year if when else None) if found.date.day]
    return bool(days) and all(day.year is not None and (day.year, day.month or 12) < (year, LAST_MONTHS) for day in days)


def _dates_documents_only(text: str) -> bool:
    """Whether every day of the text stands behind the number of a document: "Nghị quyết số 3-NQ/HC ngày 5/4/2021"."""
    days = [found for found in find_dates(text) if found.date.day]
    numbers = find_references(text)
    behind = [any(0 <= day.start - number.end <= _OF_DOCUMENT for number in numbers) for day in days]
    return bool(days) and all(behind)
