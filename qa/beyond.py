"""A number that the articles do not go up to: the fourth of three, "đợt 2/2021" where only đợt 1/2021 is told, a class that is none."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.types import Article
from qa.evidence import Evidence
from qa.types import Question

_IN_WORDS = ("", "nhat|mot", "hai|nhi", "ba", "tu|bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_OF_YEAR = re.compile(r"\b(?P<noun>dot|thang|quy|ky|lop|khoa) (?:thu |so )?0?(?P<number>\d{1,2}) ?(?:/|nam |-) ?(?P<year>20\d\d)\b")
_CLASSED = re.compile(
    r"\b(?P<noun>huy hieu|hang|bac|loai|kho|nhom|muc)(?: dang| doan| hoi)?(?: loai| so| thu)? (?P<number>\d{1,3})"
    r"(?P<unit> (?:nam|o|cm|mm))?(?![\d/.-])"
)


def is_beyond(question: Question, best: Evidence) -> bool:
    """Whether the number asked for is one that the article has no such thing of, while the best sentence numbers others."""
    article = best.sentence.article
    if _no_such_item(question.ordinal, article):
        return True
    folded = _folded(question.standalone)
    return of_another_number(question, article) or _of_another_class(folded, " ".join(fold(best.sentence.lowered).split()))


def of_another_number(question: Question, article: Article) -> bool:
    """ "Đợt 2/2021", "tháng 7/2021": an article that names that nowhere, but others of the kind in its title or of that year."""
    asked = [(match["noun"], match["number"], match["year"]) for match in _OF_YEAR.finditer(_folded(question.standalone))]
    if len(asked) != 1:
        return False
    noun = asked[0][0]
    titled = {(match["noun"], match["number"], match["year"]) for match in _OF_YEAR.finditer(_folded(article.metadata.title))}
    if noun == "thang":  # other months are named on the way; the one in the title is what the article tells of
        told = {each for each in titled if each[0] == noun}
        return bool(told) and asked[0] not in told and not re.search(rf"\bthang 0?{asked[0][1]}\b", _text(article))
    told = {each for each in _numbered(article.id, article.content_hash, article.text) | titled if each[0] == noun}
    return bool(told) and asked[0] not in told


def _no_such_item(ordinal: int | None, article: Article) -> bool:
    """An item is asked for by its place, and nothing in the article is numbered so: "thứ tư", "4.", "(4)", "bước 4"."""
    if ordinal is None or not 2 <= ordinal < len(_IN_WORDS):
        return False
    number = rf"(?:0?{ordinal}|{_IN_WORDS[ordinal]})"
    named = rf"\b(?:thu|buoc|cau|viec|mot la|dieu|khoan|muc) {number}\b|\b{number} la\b"
    return not re.search(rf"{named}|(?<!\d)0?{ordinal}[.):/]", _text(article))


def _of_another_class(asked: str, told: str) -> bool:
    """ "Huy hiệu 35 năm": a sentence about the Huy hiệu of other years, in which no 35 stands."""
    for match in _CLASSED.finditer(asked):
        kind = re.compile(rf"\b{match['noun']}(?: dang| doan| hoi)?(?: loai| so| thu)? (\d{{1,3}}){match['unit'] or ''}(?![\d/.-])")
        numbers = kind.findall(told)
        if numbers and match["number"] not in re.findall(r"\d+", told):
            return True
    return False


def _text(article: Article) -> str:
    return _folded_text(article.id, article.content_hash, article.text)


@lru_cache(maxsize=8)
def _folded_text(article_id: str, content_hash: str, text: str) -> str:
    return fold(canonical(text))


@lru_cache(maxsize=64)
def _numbered(article_id: str, content_hash: str, text: str) -> frozenset[tuple[str, str, str]]:
    return frozenset((match["noun"], match["number"], match["year"]) for match in _OF_YEAR.finditer(fold(canonical(text))))


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    return fold(canonical(text))
