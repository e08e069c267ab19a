"""Things of one family that are told apart by a word: what is said of complaints is no answer to a question about denunciations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.text.canonical import canonical, fold
from qa.evidence import Evidence
from qa.types import Question

# Each family: patterns on folded text, of which a question about one is not answered by a sentence about another alone.
_FAMILIES = tuple(
    tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in family)
    for family in (
        ("khieu nai", "to cao"),
        ("bao hiem xa hoi|bhxh", "bao hiem y te|bhyt", "bao hiem that nghiep|bhtn"),
        ("huan chuong", "huy chuong", "co thi dua|trao co|tang co", "bang khen", "giay khen", "huy hieu", "ky niem chuong"),
        (r"(?:lop|hoc)\b[^.;,]{0,30} dang vien moi", "nhan thuc ve dang|cam tinh dang|doi tuong ket nap"),
        ("nhap khau(?! thuong tru)", "xuat khau"),
        ("so cap", "trung cap", "cao cap"),
        ("khai mac", "be mac"),
        ("so ket", "tong ket"),
        ("con nuoi", "con de"),
        ("chu so huu", "nguoi thue"),
        ("cap moi|cap lan dau", "cap lai", "gia han"),
        ("khac moi|khac dau moi", "khac lai|khac dau lai"),
    )
)
MAX_PROMOTED = 6
_AS_LIKELY = 0.3  # of the best one's likelihood
_HALF = 0.5
_ASIDE = re.compile(r"\([^)]*\)")  # "(trừ số chi đóng bảo hiểm y tế)" is not what the sentence is about


def sibling_last(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, with a sentence near the top in front that tells of the thing asked about, where the best tells of its sibling."""
    if not evidence or not tells_of_sibling(question, evidence[0]):
        return list(evidence)
    own = [_FAMILIES[family][member] for family, member in _named_in(question.standalone)]
    least = min(_HALF, evidence[0].features.fits)  # of the asked kind
    near = [
        each
        for each in evidence[1:MAX_PROMOTED]
        if each.score >= _AS_LIKELY and each.features.fits >= least and any(pattern.search(_told(each)) for pattern in own)
    ]
    return [replace(near[0], score=1.0), *(each for each in evidence if each is not near[0])] if near else list(evidence)


def tells_of_sibling(question: Question, best: Evidence) -> bool:
    """Whether the best sentence and what stands above it speak of another thing of the family only than the one asked about."""
    asked = _named_in(question.standalone)
    if not asked:
        return False
    sentence = best.sentence
    text = _told(best)
    above = fold(" ".join((*sentence.lineage, *sentence.heading)))
    for family, member in asked:
        own = _FAMILIES[family][member]
        if own.search(text) or own.search(above):
            continue
        if any(other.search(text) for other in _FAMILIES[family] if other is not own):
            return True
    return False


def _told(evidence: Evidence) -> str:
    return " ".join(_ASIDE.sub(" ", fold(evidence.sentence.lowered)).split())


@lru_cache(maxsize=16)
def _named_in(standalone: str) -> tuple[tuple[int, int], ...]:
    """Of each family of which the question names one member alone, (family, member)."""
    folded = fold(canonical(standalone))
    found = []
    for number, family in enumerate(_FAMILIES):
        named = [place for place, pattern in enumerate(family) if pattern.search(folded)]
        if len(named) == 1:
            found.append((number, named[0]))
    return tuple(found)
