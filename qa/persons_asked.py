"""Several persons asked for ("Những ai đọc tham luận?"): the sentence that names them together, where it is surely the one meant."""

from __future__ import annotations

import re

from index.text.canonical import fold
from qa.evidence import Evidence
from qa.material import Material
from qa.mentions import find_persons

SURE = 0.5  # likelihood of the sentence; less, and a list of names may be meant
_ASKED = re.compile(
    r"\bnhung ai\b|\bai va ai\b"
    r"|\b(?:nhung|cac|hai|ba|bon|may|\d+) (?:nguoi|dong chi|vi|can bo|dai bieu|lanh dao|nha bao|ca nhan) (?:nao|la ai)\b"
)


def find_persons_asked(material: Material) -> tuple[Evidence, list[str]] | None:
    """The best sentence and the two or more persons it names that the question does not; None where one or no person is told."""
    asked = fold(material.question.standalone)
    if not _ASKED.search(asked) or not material.evidence:
        return None
    best = material.evidence[0]
    if best.chance < SURE or best.features.aside:
        return None
    names = dict.fromkeys(person.text for person in find_persons(best.sentence.text) if fold(person.text) not in asked)
    return (best, list(names)) if len(names) > 1 else None
