"""Two whole questions compared → its sides, each under the words in which it differs from the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from index.text.canonical import canonical
from qa.followup_topic import PERIOD_NAMED
from qa.types import Side

_ASKING = re.compile(r",? (?:thì|do|phải|là)(?: |$)", re.IGNORECASE)
_LEANING = frozenset({"dưới", "trên", "từ", "đã", "chưa", "có", "không", "trước", "sau", "đủ", "chưa đủ", "không được"})
_LEADS_ON = re.compile(r" (?:thì|do|phải|là|cần|được|có|mất|nộp)$", re.IGNORECASE)
LEANING = 4  # words of such a label


def sides_of_pair(first: str, second: str) -> tuple[Side, Side]:
    """ "Thẻ xanh dùng mấy năm", "Thẻ đỏ dùng mấy năm" → "Xanh" and "Đỏ", each with its question."""
    whole = [question.strip(" ?.") for question in (first, second)]
    labels = _periods(whole) or _differing([question.split() for question in whole])
    period = all(PERIOD_NAMED.fullmatch(label) for label in labels)
    sides = [
        Side(label[:1].upper() + label[1:], f"{each[:1].upper()}{each[1:]}?", period) for label, each in zip(labels, whole, strict=True)
    ]
    return sides[0], sides[1]


def _periods(questions: Sequence[str]) -> list[str]:
    """The times named, where the questions differ in nothing else; none otherwise."""
    found = [PERIOD_NAMED.search(each) for each in questions]
    rests = {canonical(f"{match.string[: match.start()]}{match.string[match.end() :]}") for match in found if match}
    return [match[0] for match in found if match] if all(found) and len(rests) == 1 else []


def _differing(words: Sequence[Sequence[str]]) -> list[str]:
    """Without the words with which both begin and end; a bare number with its unit."""
    lowered = [canonical(" ".join(each)).split() for each in words]
    begin = _begin_alike(*lowered)
    end = _begin_alike(*(each[begin:][::-1] for each in lowered))
    own = [each[begin : len(each) - end] for each in words]
    if any(part and part[-1].isdigit() for part in own):
        own = [each[begin : len(each) - max(end - 1, 0)] for each in words]
    return [_label(part or each, each[begin:]) for part, each in zip(own, words, strict=True)]


def _label(own: Sequence[str], rest: Sequence[str]) -> str:
    """Without what only leads to the asking; a word that says nothing alone ("dưới", "đã") with what follows it."""
    told = _ASKING.split(" ".join(own))[0].strip() or " ".join(own)
    return _LEADS_ON.sub("", " ".join(rest[:LEANING])) if canonical(told) in _LEANING else told


def _begin_alike(first: Sequence[str], second: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
