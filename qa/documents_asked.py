"""Two documents named in a question in whatever words: what it asks, without them, is asked of each of them.

"Hạn nộp: 06-HD/TW để mấy ngày, còn bản của Hà Nội để mấy ngày?" → "Hạn nộp để mấy ngày", of `06-HD/TW` and of what Hà Nội issued.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from index.text.canonical import fold
from index.types import Hit
from qa.named_sources import NAMED, NamedSource, resolve_sources
from qa.sources_asked import CLASH, LIGHT
from qa.terms import content_terms

# All patterns are folded: the rules are the same for text without diacritics.
_BODY = r"(?:(?:ban to chuc|btc|ban tuyen giao|ubkt|uy ban kiem tra|van phong) )?"
_OFFICE = r"(?:(?:thanh|tinh) uy(?: (?:ha noi|hn))?|tw|trung uong|ha noi|hn)"
_BARE = rf"(?:btctw|ban bi thu|bo chinh tri|{_BODY}{_OFFICE})"
_PRINTED = r"\d{1,4} ?- ?(?:hd|qd|nq|ct|kl)(?: ?/ ?[a-z]+)?"
_DATED = r"(?: (?:thang|t) ?\d{1,2}(?:[/-]\d{4})?| nam \d{4}| \d{4})?"
_NAME = re.compile(
    rf"(?<![\w/])(?:{_PRINTED}|{NAMED}{_DATED}|(?:van ban|huong dan|quy dinh|ban|hd|qd){_DATED} cua {_BARE}|{_BARE})(?![\w/])"
)
_NUMBERS = re.compile(
    r"(?<![\w/.,-])(?P<first>\d{2,3}) (?:voi|va|so voi) (?P<second>\d{2,3})(?= (?:venh|lech|khac|khong|mau thuan|giong|khop))"
)
_PLACE = re.compile(r"\b(?:o|tai|thuoc|tu|den|ve|dang bo|dia ban)(?: \w+)? $")  # "ở Hà Nội" is where it happens, not who says it
_LINK = r"(?:(?:theo|cua|voi|va|giua|so|doc|roi|con|trong|o|ben|ca|thi|ma|thay|hay) )*"
_BEFORE = re.compile(rf"\b{_LINK}$")
_ORIGIN = re.compile(
    r"\b(?:thay the|thay cho|can cu|sua doi|bo sung|ban hanh|het hieu luc|con hieu luc|thi hanh|cu the hoa|dan chieu|ky)\b"
)
_COMPARED = re.compile(
    r"\b\w+ hon\b|\bmoi (?:noi|ben|van ban|ban|cho|dang)\b|\b(?:mot dang|ca hai|hai (?:noi|ben|van ban|ban))\b|\bsiet\b|\bmo rong\b"
)
_JOINT = re.compile(r"\s*,?\s*(?:va|voi|so voi|hay|con|roi doc|va cua|voi cua|va trong)(?: (?:cua|theo|trong|o|ban|ben))*\s*")
_PARTS = re.compile(r"[.?!;:,…]+(?:\s+|$)|\s[-–]\s")
_ASKS = re.compile(r"\b(?:bao nhieu|bao lau|may|ai|gi|nao|dau|sao|the nao|ra sao)\b")
MAX_LEFT = 3  # words of a part that only names the documents
MIN_TERMS = 2  # of what is asked


def asked_of_documents(question: str, hits: Sequence[Hit]) -> tuple[str, tuple[NamedSource, ...]] | None:
    """What is asked, and the two documents it is asked of; None where no two are named, or not to be held against each other."""
    text = fold(question)
    names = [match.span() for match in _NAME.finditer(text) if not _PLACE.search(text, 0, match.start())]
    labels = [question[slice(*span)] for span in names]
    if not names and (bare := _NUMBERS.search(text)) is not None:
        names = [bare.span("first"), bare.span("second")]
        labels = [f"văn bản {question[slice(*span)]}" for span in names]
    names = [span for span, label in zip(names, labels, strict=True) if resolve_sources([label], hits)]  # any other is what is asked about
    sources = resolve_sources(labels, hits)
    if len(sources) != 2 or _ORIGIN.search(text) or not _held_together(text, names):
        return None
    core = _without(question, text, names)
    return (core, sources) if len(content_terms(core)) >= MIN_TERMS else None


def _held_together(text: str, names: Sequence[tuple[int, int]]) -> bool:
    """Whether the question says that they differ or agree, joins them, or asks the same of each."""
    rest = "".join(text[end:start] for end, start in zip([0, *(e for _, e in names)], [*(s for s, _ in names), len(text)], strict=True))
    if CLASH.search(rest) or _COMPARED.search(rest):
        return True
    between = [text[end:start] for (_, end), (start, _) in itertools.pairwise(names)]
    return any(_JOINT.fullmatch(each) for each in between) or len(_ASKS.findall(rest)) > 1


def _without(question: str, text: str, names: Sequence[tuple[int, int]]) -> str:
    """The question without the documents and the words that lead to them, and without the parts that only name them."""
    parts = [(_told(question, text, span, names), span) for span in _parts(text)]
    telling = [told for told, span in parts if not _is_remark(told, named=any(span[0] <= name[0] < span[1] for name in names))]
    kept = [told.strip(" ,;:.?!") for told in telling or [told for told, _ in parts]]
    return re.sub(r"\s+", " ", ", ".join(each for each in kept if each)).strip(" ,;:.?")


def _told(question: str, text: str, span: tuple[int, int], names: Sequence[tuple[int, int]]) -> str:
    """What stands in `span`, without the documents and the words that lead to them."""
    told, at = "", span[0]
    for first, last in (name for name in names if span[0] <= name[0] < span[1]):
        lead = _BEFORE.search(text, at, first)
        told += question[at : lead.start() if lead else first]
        at = last
    return f"{told}{question[at : span[1]]}"


def _is_remark(told: str, *, named: bool) -> bool:
    """Whether a part says nothing but that the documents differ; one that names a third number asks about that."""
    folded = fold(told)
    if not (named or CLASH.search(folded)) or re.search(r"\d|\b(?:bao nhieu|bao lau) ", folded):
        return False
    return len(re.findall(r"[^\W\d_]+", LIGHT.sub(" ", CLASH.sub(" ", folded)))) <= MAX_LEFT


def _parts(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(mark.end() for mark in _PARTS.finditer(text)), len(text)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if text[a:b].strip()]
