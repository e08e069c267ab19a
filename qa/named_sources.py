"""Two documents named in a question whether they agree: "HD 06 với Hà Nội có khớp không" → the articles that are each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.text.canonical import fold
from index.text.references import find_loose_references, own_numbers, reference_matches
from index.types import Hit, Metadata
from qa.terms import content_terms

# All patterns are folded: the rules are the same for text without diacritics.
DOCUMENT = r"(?:van ban|tai lieu|huong dan|quy dinh|quyet dinh|thong tri|ke hoach|hd|qd)"
NO_NAME = r"(?!(?:va|voi|so|quy|huong|noi|ghi|khac|giong|co|mau|thong|yeu|khop|ve|viet)\b)"
ISSUER = rf"(?:tw|trung uong|dia phuong|ha noi|hn|(?:thanh uy|tinh uy|thanh pho|tinh)(?: ha noi| hn| {NO_NAME}\w+ {NO_NAME}\w+)?)"
BY_NUMBER = rf"{DOCUMENT}(?: so)? \d[\w/-]*"
BY_ISSUER = rf"(?:{DOCUMENT} )?(?:cua )?{ISSUER}"
AND = r" (?:va|voi|so voi) "
_BODY = r"(?:(?:ban to chuc|btc|ban tuyen giao|ubkt|uy ban kiem tra|van phong|bch|ban thuong vu|btv) )"
_WHOSE_IT_IS = rf"(?:cua )?(?:btctw|ban bi thu|bo chinh tri|{_BODY}?{ISSUER})"
# A document as a question calls it: "HD 38 của BTCTW", "hướng dẫn trao tặng Huy hiệu của Thành ủy Hà Nội", "bản của Trung ương".
NAMED = rf"(?:{BY_NUMBER}(?: {_WHOSE_IT_IS})?|(?:{DOCUMENT}|ban|ben|phia)(?: (?!va\b|voi\b|roi\b)[\w/]+){{0,6}}? {_WHOSE_IT_IS})"
_ONE = rf"(?:{BY_NUMBER}|{BY_ISSUER})"
_TWO = re.compile(rf"\b(?P<first>{_ONE}){AND}(?:theo |cua )?(?P<second>{_ONE})(?!\w)")
_NAME = re.compile(rf"\b{NAMED}(?!\w)")
_ISSUER_NAMED = re.compile(rf"\b(?P<issuer>btctw|ban bi thu|bo chinh tri|{ISSUER})$")
_SAID = r"(?:noi|ghi|neu|dua|co|viet|cho|va|voi|thi|la|khac|giong|khong|theo)"
_TITLED = re.compile(rf"\b(?:(?:ban )?tin nhanh|(?:bao cao|thong bao|ban tin)(?: (?!{_SAID}\b)\w+ (?!{_SAID}\b)\w+)?)\b")
_KIND = re.compile(rf"^(?:{DOCUMENT}|ban|ben|phia|bao cao|thong bao|ban tin)\b")
_CENTRAL = re.compile(r"\b(?:trung uong|ban bi thu|bo chinh tri|tw)\b")
_CENTRAL_NAMES = ("tw", "trung uong", "btctw", "ban bi thu", "bo chinh tri")
_CENTRAL_BODIES = {"btctw": "ban to chuc trung uong", "ban bi thu": "ban bi thu", "bo chinh tri": "bo chinh tri"}
_LOCAL = "dia phuong"
_BODY_WORDS = ("ban", "to", "chuc", "btc", "tuyen", "giao", "ubkt", "uy", "kiem", "tra", "van", "phong", "bch", "thuong", "vu", "btv")
_NO_TOPIC = frozenset((*_BODY_WORDS, "thanh", "tinh"))


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A document as the question calls it, and its articles among what was found."""

    label: str
    article_ids: tuple[str, ...]


def named_sources(question: str, hits: Sequence[Hit]) -> tuple[NamedSource, ...]:
    """The two documents that `question` names; empty where it names none, or one of them is not among `hits`.

    Example: "Hạn nộp theo HD 06 và Hà Nội có khớp không?" → "HD 06" with `huongdan06`, "Hà Nội" with what offices of Hà Nội issued.
    """
    text, known = fold(question), {hit.article_id: hit.metadata for hit in hits}
    pair = _TWO.search(text)
    spans = [pair.span(name) for name in ("first", "second")] if pair else []
    for names in (spans, [match.span() for match in _NAME.finditer(text)], [match.span() for match in _TITLED.finditer(text)]):
        found = _apart([source for span in names if (source := _resolved(question[slice(*span)], known)).article_ids])
        if len(found) > 1:
            return found[:2]
    return ()


def resolve_sources(labels: Sequence[str], hits: Sequence[Hit]) -> tuple[NamedSource, ...]:
    """The documents that are called so among `hits`, each once; those that are not there are left out."""
    known = {hit.article_id: hit.metadata for hit in hits}
    return _apart([source for label in labels if (source := _resolved(label, known)).article_ids])


def _apart(sources: Sequence[NamedSource]) -> tuple[NamedSource, ...]:
    """Each document once; of two that share articles the wider loses them: "Trung ương" beside "HD 06" is what else it issued."""
    apart: list[NamedSource] = []
    for source in sources:
        narrower = {key for other in sources if len(other.article_ids) < len(source.article_ids) for key in other.article_ids}
        taken = narrower | {key for other in apart for key in other.article_ids}
        if rest := tuple(key for key in source.article_ids if key not in taken):
            apart.append(NamedSource(source.label, rest))
    return tuple(apart)


def _resolved(label: str, known: Mapping[str, Metadata]) -> NamedSource:
    """The articles that have the number named, were issued by whom the label names, or are called so."""
    patterns, folded = find_loose_references(label), fold(label)
    issuer = _ISSUER_NAMED.search(folded)
    if patterns:
        chosen = [key for key, metadata in known.items() if _is_numbered(patterns, metadata)]
    elif issuer is not None:
        chosen = _on_topic(folded, [key for key, metadata in known.items() if _is_issued_by(issuer["issuer"], metadata)], known)
    else:
        chosen = [key for key, metadata in known.items() if _is_called(folded, metadata)]
    return NamedSource(label[:1].upper() + label[1:], tuple(chosen))


def _on_topic(label: str, chosen: Sequence[str], known: Mapping[str, Metadata]) -> list[str]:
    """Of several articles of an issuer those whose titles have the words of the topic: "hướng dẫn trao tặng Huy hiệu của …"."""
    topic = [word for word in content_terms(_ISSUER_NAMED.sub("", _KIND.sub("", label))) if word not in _NO_TOPIC]
    titled = [key for key in chosen if topic and set(topic) <= set(re.findall(r"\w+", fold(known[key].title)))]
    return titled or list(chosen)


def _is_called(label: str, metadata: Metadata) -> bool:
    """Whether the title has the words by which the document is named: "tin nhanh", "báo cáo xếp loại"."""
    words = _KIND.sub("", label).split()
    if not words:
        return label in (fold(metadata.kind or ""), fold(metadata.title)[: len(label)])
    return set(words) <= set(re.findall(r"\w+", fold(metadata.title)))


def _is_numbered(patterns: Sequence[str], metadata: Metadata) -> bool:
    return any(reference_matches(pattern, number) for pattern in patterns for number in own_numbers(metadata.title))


def _is_issued_by(asked: str, metadata: Metadata) -> bool:
    """Whether the issuer is of the Central Committee, or of the place or committee asked about."""
    issuer = fold(metadata.issuer or "")
    central = bool(_CENTRAL.search(issuer)) or any(fold(number).endswith("tw") for number in own_numbers(metadata.title))
    if asked in _CENTRAL_NAMES:
        return central and (asked not in _CENTRAL_BODIES or _CENTRAL_BODIES[asked] in issuer)
    if not issuer or central:
        return False
    name = re.escape(re.sub(r"\bhn$", "ha noi", asked))
    return asked == _LOCAL or re.search(rf"\b{name}\b", issuer) is not None
