"""Several persons asked for ("Những ai đọc tham luận?"): the sentence that names them together, where it is surely the one meant."""

from __future__ import annotations

import re

from index.text.canonical import fold
from qa.demands import find_demands
from qa.evidence import Evidence
from qa.material import Material
from qa.mentions import find_persons
from qa.weights import ACT_COUNTS

SURE = 0.5  # likelihood of the sentence; less, and a list of names may be meant
MAX_ACTING = 5
_ASKED = re.compile(
    r"\bnhung ai\b|\bai va ai\b"
    r"|\b(?:nhung|cac|hai|ba|bon|may|\d+) (?:nguoi|dong chi|vi|can bo|dai bieu|lanh dao|nha bao|ca nhan) (?:nao|la ai)\b"
)


def find_persons_asked(material: Material) -> list[tuple[Evidence, list[str]]] | None:
    """The best sentence and the two or more persons it names that the question does not, or several sentences of its article that each tell
    the act asked about of one; None where one or no person is told."""
    asked = fold(material.question.standalone)
    if not _ASKED.search(asked) or not material.evidence:
        return None
    best = material.evidence[0]
    names = _named(best, asked)
    if len(names) > 1 and best.chance >= SURE and not best.features.aside:
        return [(best, names)]
    acting = _acting(material, best)
    each_one = [(each, found) for each in acting if len(found := _named(each, asked)) == 1]
    return each_one if len({found[0] for _, found in each_one}) > 1 else None


def _acting(material: Material, best: Evidence) -> list[Evidence]:
    """The sentences of the best one's article that tell the act asked about, in the order of the text; none where it does not itself."""
    acts = [demand for demand in find_demands(material.question) if demand.weight == ACT_COUNTS]
    if not any(demand.met(best.sentence.lowered) for demand in acts):
        return []
    same = [each for each in material.evidence if each.sentence.article.id == best.sentence.article.id]
    told = [each for each in same if any(demand.met(each.sentence.lowered) for demand in acts)]
    return sorted(told, key=lambda each: each.sentence.start)[:MAX_ACTING]


def _named(each: Evidence, asked: str) -> list[str]:
    return list(dict.fromkeys(person.text for person in find_persons(each.sentence.text) if fold(person.text) not in asked))
