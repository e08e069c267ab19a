"""The age of whom a question speaks and the age limits of rules: "bà tôi 82 tuổi" is meant by "từ 80 tuổi trở lên"."""

from __future__ import annotations

import re

# All patterns are folded: the rules are the same for text without diacritics.
_AGE = re.compile(r"\b(?P<age>\d{1,3}) tuoi\b(?! dang| doi)")
_LIMIT = re.compile(
    r"(?P<waived>\bkhong (?:nhat thiet|can|bat buoc)(?: [a-z]+){0,2} )?"
    r"\b(?:(?P<over>tren|qua|ngoai)|(?P<under>duoi|chua (?:du|den|toi|day|tron)|khong du)|tu(?: du)?|du) (?P<age>\d{1,3})(?: tuoi)?"
    r"(?: den(?: du)? (?P<last>\d{1,3}))? tuoi\b(?! dang)"
)
_HOW_OLD = re.compile(r"\b(?:bao nhieu|may) tuoi\b|\btuoi (?:nao|bao nhieu|may)\b")


def age_asked(folded: str) -> re.Match[str] | None:
    """The age of whom a question speaks, as the group `age`; None where it names a limit itself or several ages."""
    found = [] if _LIMIT.search(folded) else list(_AGE.finditer(folded))
    return found[0] if len(found) == 1 else None


def age_meant(folded: str) -> int | None:
    """That age, or one on the side of the only limit that the question itself names: "người dưới 80 tuổi" → 79."""
    asked = age_asked(folded)
    if asked is not None:
        return int(asked["age"])
    limits = [limit for limit in _LIMIT.finditer(folded) if not limit["last"]]
    plain = len(limits) == 1 and (limits[0]["over"] or limits[0]["under"] or folded.startswith(" tro len", limits[0].end()))
    if not plain or _HOW_OLD.search(folded):
        return None
    told = int(limits[0]["age"])
    return told - 1 if limits[0]["under"] else told + 1 if limits[0]["over"] else told


def without_age(question: str, folded: str) -> str:
    """The question without that age, which no rule names: "bà tôi 82 tuổi" → "bà tôi  tuổi"."""
    age = age_asked(folded)
    return question if age is None else f"{question[: age.start('age')]}{question[age.end('age') :]}"


def holds_for(age: int, folded: str) -> bool | None:
    """Whether a limit of a sentence holds for that age; None where it names none, or what everybody must have ("từ 18 đến 60 tuổi")."""
    limits = [limit for limit in _LIMIT.finditer(folded) if not limit["waived"]]
    if any(_within(age, limit) for limit in limits):
        return True
    return None if not limits or any(limit["last"] for limit in limits) else False


def _within(age: int, limit: re.Match[str]) -> bool:
    told = int(limit["age"])
    if limit["last"]:
        return told <= age <= int(limit["last"])
    return age < told if limit["under"] else age > told if limit["over"] else age >= told
