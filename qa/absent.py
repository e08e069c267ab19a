"""What a question speaks of and the best sentence with its surroundings does not: the year of the thing, the deed that is punished,
either of two alternatives. However much else is covered, that is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.text.canonical import canonical, fold
from index.text.tokens import terms
from qa.evidence import Evidence
from qa.reviewed import without_plans
from qa.terms import content_terms
from qa.types import AnswerType, Question

_OF_YEAR = re.compile(r"\b(?P<words>[^\W\d_]+ [^\W\d_]+) năm (?P<year>(?:19|20)\d\d)\b")
_YEAR_ALONE = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?!\d)")  # not that of a day: what reviews 2021 is held on 6/1/2022
_NO_THING = frozenset(canonical("tháng ngày quý cuối đầu giữa hết kỳ đoạn trước sau khoảng suốt").split())
_PUNISHED = re.compile(
    r"^(?P<deed>.+?),? (?:thi |se |co the )*(?:bi|phai chiu|phai nhan) (?:ky luat|xu ly|xu phat|phat|thi hanh ky luat)\b"
    r".*\b(?:hinh thuc|the nao|ra sao|muc|nao|gi)\b"
)
_ANYONE = re.compile(
    r"\b(?:(?:dang|hoi|doan|hoc|thanh|nhan|giao|uy|xa) vien|can bo|cong chuc|vien chuc|to chuc dang|nguoi|vi pham|truong hop"
    r"|cap uy(?: vien)?|neu|khi|ma|hanh vi|doi voi|co)\b"
)
_EITHER = re.compile(r"(?P<left>\w+) hay (?:là )?(?P<right>\w+(?: \w+){0,3})(?: (?:ạ|vậy|nhỉ|thế))?$")
_EITHER_MATERIAL = re.compile(r"\bbằng (?P<left>\w+) hay (?:là )?(?:bằng )?(?P<right>\w+)(?: (?:ạ|vậy|nhỉ|thế))?$")
_OF_REAL_THINGS = frozenset({AnswerType.NUMBER, AnswerType.PERSON})
_NOW_ASKED = re.compile(r"\b(?:hien|hien nay|hien co|dang co|nam (?:19|20)\d\d)\b")
_EXAMPLE = re.compile(r"[-–+•*(\s]*(?:ví dụ|chẳng hạn|thí dụ)\b")
_NO_ALTERNATIVE = frozenset(canonical("không chưa sao gì thế đã là có được phải chỉ").split())


def speaks_of_something_else(question: Question, best: Evidence) -> bool:
    """Whether what is asked about is absent from the best sentence or what stands around it."""
    asked = canonical(question.standalone).strip(" ?.!…")
    if _is_example(question, fold(asked), best):
        return True
    return _of_another_year(asked, best) or _lacks_deed(fold(asked), best) or _lacks_both(asked, best)


def _is_example(question: Question, folded: str, best: Evidence) -> bool:
    """ "… hiện có bao nhiêu hội viên": the figure of an example ("Ví dụ: Hội phường A có …") is of nothing real."""
    told = question.answer_type in _OF_REAL_THINGS and bool(_NOW_ASKED.search(folded))
    return told and bool(_EXAMPLE.match(best.sentence.lowered))


def _of_another_year(asked: str, best: Evidence) -> bool:
    """ "Hội nghị tổng kết năm 2022 họp hôm nào": a sentence about the "hội nghị tổng kết năm 2021" that has no 2022."""
    years = set(_YEAR_ALONE.findall(asked))
    if len(years) != 1 or years & set(_YEAR_ALONE.findall(without_plans(best.sentence.lowered))):
        return False
    named = {fold(words) for words, _ in _things(asked)}
    return any(fold(words) in named for words, _ in _things(best.sentence.lowered))


def _things(lowered: str) -> Iterator[tuple[str, str]]:
    """The two words right before a year, as far as they name what is of that year: "(phê bình, 2021)"."""
    for match in _OF_YEAR.finditer(lowered):
        words = match["words"].split()
        if len(content_terms(match["words"])) == len(words) and _NO_THING.isdisjoint(words):
            yield match["words"], match["year"]


def _lacks_deed(folded: str, best: Evidence) -> bool:
    """ "Đánh bạc bị kỷ luật bằng hình thức nào": a paragraph about punishments that has no two neighbouring words of the deed."""
    match = _PUNISHED.search(folded)
    if match is None:
        return False
    runs = [run.split() for run in re.split(r"[,;]|\s{2,}", _ANYONE.sub(",", match["deed"])) if run.strip()]
    pairs = [f"{one} {other}" for run in runs for one, other in pairwise(run) if one != "thu"]  # "con thứ ba" is not told by "Thứ ba: …"
    around = _around(best)
    return bool(pairs) and not any(f" {pair} " in around for pair in pairs)


def _lacks_both(asked: str, best: Evidence) -> bool:
    """ "Nộp trực tiếp hay qua bưu điện", "bằng giấy hay nhựa": neither the one nor the other is spoken of."""
    around = _around(best)
    material = _EITHER_MATERIAL.search(asked)
    if material is not None:
        return not any(
            f" bang {fold(material[side])} " in around or f" chat lieu {fold(material[side])} " in around for side in ("left", "right")
        )
    either = _EITHER.search(asked)
    if either is None or re.search(r"\d", either[0]) or not _NO_ALTERNATIVE.isdisjoint((either["left"], either["right"].split()[0])):
        return False
    words = {fold(word) for word in (either["left"], *content_terms(either["right"]))}
    return words.isdisjoint(around.split())


def _around(best: Evidence) -> str:
    """The title, the paragraph of the sentence and what stands above it: folded terms between spaces."""
    article, block = best.sentence.article, best.sentence.block
    told = terms(f"{article.metadata.title} {article.text[block.start : block.end]}")
    return f" {' '.join(map(fold, (*told, *best.sentence.lineage, *best.sentence.heading)))} "
