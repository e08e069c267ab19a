"""Two documents named in a question whether they agree: "HD 06 với Hà Nội có khớp không" → the articles that are each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.canonical import fold
from index.text.references import find_loose_references, own_numbers, reference_matches
from index.types import Hit, Metadata

# All patterns are folded: the rules are the same for text without diacritics.
DOCUMENT = r"(?:van ban|tai lieu|huong dan|quy dinh|quyet dinh|thong tri|ke hoach|hd|qd)"
NO_NAME = r"(?!(?:va|voi|so|quy|huong|noi|ghi|khac|giong|co|mau|thong|yeu|khop|ve|viet)\b)"
ISSUER = rf"(?:tw|trung uong|dia phuong|ha noi|(?:thanh uy|tinh uy|thanh pho|tinh)(?: ha noi| {NO_NAME}\w+ {NO_NAME}\w+)?)"
BY_NUMBER = rf"{DOCUMENT}(?: so)? \d[\w/-]*"
BY_ISSUER = rf"(?:{DOCUMENT} )?(?:cua )?{ISSUER}"
AND = r" (?:va|voi|so voi) "
_ONE = rf"(?:{BY_NUMBER}|{BY_ISSUER})"
_TWO = re.compile(rf"\b(?P<first>{_ONE}){AND}(?:theo |cua )?(?P<second>{_ONE})(?!\w)")
_WHOSE = re.compile(rf"^(?:{DOCUMENT} )?(?:cua )?(?P<issuer>{ISSUER})$")
_CENTRAL = re.compile(r"\b(?:trung uong|ban bi thu|bo chinh tri|tw)\b")
_CENTRAL_NAMES = ("tw", "trung uong")
_LOCAL = "dia phuong"


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A document as the question calls it, and its articles among what was found."""

    label: str
    article_ids: tuple[str, ...]


def named_sources(question: str, hits: Sequence[Hit]) -> tuple[NamedSource, ...]:
    """The two documents that `question` names side by side; empty where it names none, or one of them is not among `hits`.

    Example: "Hạn nộp theo HD 06 và Hà Nội có khớp không?" → "HD 06" with `huongdan06`, "Hà Nội" with what offices of Hà Nội issued.
    """
    match = _TWO.search(fold(question))
    if match is None:
        return ()
    found = tuple(_resolved(question[slice(*match.span(name))], hits) for name in ("first", "second"))
    both = {article_id for each in found for article_id in each.article_ids}
    return found if all(each.article_ids for each in found) and len(both) > 1 else ()


def _resolved(label: str, hits: Sequence[Hit]) -> NamedSource:
    """The articles that have the number named, or were issued by whom the label names."""
    patterns = find_loose_references(label)
    whose = _WHOSE.match(fold(label))
    known = {hit.article_id: hit.metadata for hit in hits}
    if patterns:
        chosen = [key for key, metadata in known.items() if _is_numbered(patterns, metadata)]
    else:
        chosen = [key for key, metadata in known.items() if whose is not None and _is_issued_by(whose["issuer"], metadata)]
    return NamedSource(label[:1].upper() + label[1:], tuple(chosen))


def _is_numbered(patterns: Sequence[str], metadata: Metadata) -> bool:
    return any(reference_matches(pattern, number) for pattern in patterns for number in own_numbers(metadata.title))


def _is_issued_by(asked: str, metadata: Metadata) -> bool:
    """Whether the issuer is of the Central Committee, or of the place or committee asked about."""
    issuer = fold(metadata.issuer or "")
    central = bool(_CENTRAL.search(issuer)) or any(fold(number).endswith("tw") for number in own_numbers(metadata.title))
    if asked in _CENTRAL_NAMES:
        return central
    if not issuer or central:
        return False
    return asked == _LOCAL or re.search(rf"\b{re.escape(asked)}\b", issuer) is not None
