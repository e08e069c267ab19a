"""The list below the one heading that a question means: "Kết nạp người Hoa cần giấy tờ gì" wants what stands
below "2.3. Kết nạp người Hoa", and not the headings 2.1 to 2.8 of all the cases."""

from __future__ import annotations

from collections.abc import Iterator

from index.text.tokens import syllable_count, terms
from index.types import Span
from qa.lists import MAX_ABOVE_SYLLABLES, Enumeration, find_enumerations
from qa.terms import FOLDED_MATCH, QuestionTerms, term_worths

MIN_MEANT = 0.1  # share of the question that must mean the heading
MAX_DEPTH = 2
_WINDOW = 2000  # characters below a heading in which its list begins


def list_below(enumeration: Enumeration, asked: QuestionTerms) -> Enumeration:
    """The innermost list below the heading meant; `enumeration` itself where its items are no headings, or none or several are meant."""
    for _ in range(MAX_DEPTH):
        place = heading_meant(enumeration, asked)
        inner = _led_by(enumeration, place) if place is not None else None
        if inner is None:
            break
        enumeration = inner
    return enumeration


def heading_meant(enumeration: Enumeration, asked: QuestionTerms) -> int | None:
    """The place of the one item of which alone the question says words, where it is short enough for a heading."""
    text = enumeration.article.text
    said = _said(asked, enumeration.lead_text)
    items = [_said(asked, text[item.start : item.end]) - said for item in enumeration.items]
    own = [words - frozenset().union(*items[:place], *items[place + 1 :]) for place, words in enumerate(items)]
    meant = [place for place, words in enumerate(own) if words]
    if len(meant) != 1 or sum(asked.weights[word] for word in own[meant[0]]) < MIN_MEANT * asked.total:
        return None
    item = enumeration.items[meant[0]]
    return meant[0] if syllable_count(text[item.start : item.end]) <= MAX_ABOVE_SYLLABLES else None


def _said(asked: QuestionTerms, text: str) -> frozenset[str]:
    """The words of the question that a text says or can stand for; "tổ" is no "tờ" for who types with marks."""
    return frozenset(term for term, worth in term_worths(asked, terms(text)).items() if worth not in (0.0, FOLDED_MATCH))


def _led_by(enumeration: Enumeration, place: int) -> Enumeration | None:
    """The list that the item leads in, before the next item begins."""
    item = enumeration.items[place]
    following = enumeration.items[place + 1 : place + 2]
    end = following[0].start if following else item.end + _WINDOW
    return next(_below(enumeration, item, end), None)


def _below(enumeration: Enumeration, item: Span, end: int) -> Iterator[Enumeration]:
    for inner in find_enumerations(enumeration.article, item.end, min(end, item.end + _WINDOW)):
        if inner.lead is not None and item.start < inner.lead.end <= item.end + 1:
            yield inner
