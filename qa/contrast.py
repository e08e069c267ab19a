"""Both sides of a comparison told by one sentence: "30 ngày ở cấp cơ sở, 60 ngày ở cấp tỉnh" → each side with its own figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.text.canonical import canonical, fold
from index.text.tokens import syllable_count
from index.types import SearchEngine, Span
from qa.evidence import Evidence, score_sentences
from qa.mentions import Mention, find_amounts
from qa.sentences import find_sentences
from qa.short_answers import trim_amount, unit_score
from qa.support import missing_names
from qa.terms import content_terms
from qa.types import AnswerType, Passage, Question, Side
from qa.wording import Quote, Worded, capitalised, dated, word

_QUANTITY = re.compile(
    r"\b(?:bao nhieu|bao lau|may|muc|so(?! (?:hieu|sanh|voi))|ty le|ti le|thoi (?:han|gian)|han(?! che)|kinh phi|chi phi|tien"
    r"|luong|gia|do tuoi|(?:lau|nhieu|it|cao|thap|dai|ngan|som|muon|lon|nho) hon|tang|giam)\b"
)
_TIME = re.compile(r"\d\S* (?:ngay|thang|nam|tuan|gio|phut|buoi)\b")
_TIME_ASKED = re.compile(
    r"\b(?:thoi (?:han|gian)|han(?! che)|bao lau|lau hon|bao nhieu (?:ngay|thang|nam|tuan|gio|phut)|may (?:ngay|thang|nam|tuan|gio))\b"
)
_CUT = re.compile(r"[;,:]\s+|\s[–-]\s")
MIN_RELEVANCE = 0.4  # share of the question that the sentence and its surroundings must cover
MAX_SYLLABLES = 90
MAX_KEY_WORDS = 3
MAX_COMMAS = 3
_CIRCUMSTANCES = r"(?<=\w) (?:khi|nếu|để|trong|ở|tại|theo|của|vào|từ|do|bị \w+ vì)\b.*$"
MIN_SCORE = 0.05  # of the best sentence's


class Told(NamedTuple):
    """A side's figure in a sentence and where the side is named."""

    amount: Mention
    named: int


def word_contrast(sides: Sequence[Side], question: Question, passages: Sequence[Passage], engine: SearchEngine) -> Worded | None:
    """The best sentence that gives every side a figure of its own, the figures first; None where no quantity is asked for or told so."""
    if not asks_quantity(question) and not all(side.period for side in sides):
        return None
    evidence, _ = score_sentences(question, find_sentences(passages, engine), engine)
    near = [candidate for candidate in evidence if candidate.score >= MIN_SCORE and _is_about(question, candidate)]
    for keys in _keys([side.label for side in sides], _form(question)):
        for candidate in near:
            told = figures_of(keys, question, candidate.sentence.text)
            if told is not None:
                return _worded(sides, told, candidate, passages)
    return None


def asks_quantity(question: Question) -> bool:
    return bool(_QUANTITY.search(fold(question.standalone)))


def _is_about(question: Question, candidate: Evidence) -> bool:
    features = candidate.features
    return max(features.own, features.support) >= MIN_RELEVANCE and not missing_names(question, candidate.sentence.article)


def _keys(labels: Sequence[str], form: Callable[[str], str]) -> list[list[list[str]]]:
    """What names each side and no other: "Cấp ủy cơ sở", "Cấp ủy tỉnh" → [["cơ sở"], ["tỉnh"]], as rows of words: first without the
    sides' circumstances ("… khi mất sách"), then with them; none where a side has nothing of its own."""
    whole = [form(label) for label in labels]
    bare = [re.sub(form(_CIRCUMSTANCES), "", label) for label in whole]
    return [keys for keys in (_own_rows(bare, form), _own_rows(whole, form)) if all(keys)]


def _own_rows(labels: Sequence[str], form: Callable[[str], str]) -> list[list[str]]:
    words = [label.split() for label in labels]
    meaning = set(map(form, content_terms(" ".join(labels))))
    keys = []
    for own in words:
        others = {each for other in words if other is not own for each in other}
        marked = " ".join(each if each not in others and each in meaning else "|" for each in own)
        rows = [" ".join(row.split()[:MAX_KEY_WORDS]) for row in marked.split("|") if row.strip()]
        bare = [" ".join(own[max(at - 1, 0) : at + 1]) for at, each in enumerate(own) if each not in others]
        keys.append(rows or ([" ".join(own)] if len(own) <= MAX_KEY_WORDS else bare))  # "trong nước", "… cấp trên" have but a function word
    return keys


def figures_of(keys: Sequence[Sequence[str]], question: Question, sentence: str) -> list[Told] | None:
    """For every side the figure next to its name, all on the same hand of it; None where one lacks a figure or two share one.

    Example: keys [["cơ sở"], ["tỉnh"]] in "30 ngày ở cơ sở, 60 ngày ở tỉnh" → 30 ngày, 60 ngày.
    """
    amounts = _amounts(question, sentence)
    if len(amounts) < len(keys):
        return None
    text = re.sub(r"\s", " ", _form(question)(sentence))
    places = [sorted(m.start() for key in own for m in re.finditer(rf"(?<!\w){re.escape(key)}(?!\w)", text)) for own in keys]
    if not all(places):
        return None
    readings = [told for told in (_after_names(places, amounts), _before_names(places, amounts)) if told]
    readings = [told for told in readings if len({unit_of(each.amount) for each in told}) == 1]
    ranked = sorted(readings, key=lambda told: _commas_between(told, text))
    doubtful = len(ranked) > 1 and ranked[0] != ranked[1] and _commas_between(ranked[0], text) == _commas_between(ranked[1], text)
    return None if doubtful or not ranked or _commas_between(ranked[0], text) >= MAX_COMMAS else ranked[0]


def _commas_between(told: Sequence[Told], text: str) -> int:
    """How many commas stand between the figures and their names; a semicolon is as bad as it can be."""
    between = [text[min(each.amount.end, each.named) : max(each.amount.start, each.named)] for each in told]
    return sum(piece.count(",") + MAX_COMMAS * piece.count(";") for piece in between)


def _form(question: Question) -> Callable[[str], str]:
    bare = fold(question.standalone) == canonical(question.standalone)
    return fold if bare else canonical


def _amounts(question: Question, sentence: str) -> list[Mention]:
    """Those of the asked unit where there are such, else those with any; none that the question names itself."""
    asked = canonical(question.standalone)
    amounts = [trim_amount(amount, sentence) for amount in find_amounts(sentence)]
    amounts = [amount for amount in amounts if unit_of(amount) and canonical(amount.text).strip() not in asked]
    wanted = replace(question, answer_type=AnswerType.NUMBER)
    fitting = [amount for amount in amounts if unit_score(wanted, amount) > 0]
    if fitting or not _TIME_ASKED.search(fold(asked)):
        return fitting or amounts
    return [amount for amount in amounts if unit_of(amount) == "time"]


def unit_of(amount: Mention) -> str:
    """The kind of unit: of time, "%", else its first word; empty where there is none."""
    text = fold(amount.text)
    if _TIME.search(text):
        return "time"
    match = re.search(r"%|(?<=\d) [a-z]+", text)
    return match[0].strip() if match else ""


def _after_names(places: Sequence[Sequence[int]], amounts: Sequence[Mention]) -> list[Told] | None:
    """Names first: each side's figure is the first one after which no other side is named: "cơ sở 30 ngày; tỉnh 60 ngày"."""
    owners: dict[int, Told] = {}
    for amount in amounts:
        before = [(max((place for place in own if place < amount.start), default=-1), side) for side, own in enumerate(places)]
        place, side = max(before)
        if place < 0:
            return None  # a figure stands before all names
        owners.setdefault(side, Told(amount, place))
    return [owners[side] for side in range(len(places))] if len(owners) == len(places) else None


def _before_names(places: Sequence[Sequence[int]], amounts: Sequence[Mention]) -> list[Told] | None:
    """Figures first: "30 ngày ở cơ sở, 60 ngày ở tỉnh"."""
    told = []
    for own in places:
        before = [(amount.end, amount, place) for place in own for amount in amounts if amount.start < place]
        if not before:
            return None
        nearest = min(before, key=lambda entry: entry[2] - entry[0])
        told.append(Told(nearest[1], nearest[2]))
    return told if len({each.amount.start for each in told}) == len(places) else None


def _worded(sides: Sequence[Side], told: Sequence[Told], candidate: Evidence, passages: Sequence[Passage]) -> Worded:
    sentence = candidate.sentence
    figures = "; ".join(f"{side.label}: {each.amount.text.strip()}" for side, each in zip(sides, told, strict=True))
    first = min(min(each.amount.start, each.named) for each in told)
    last = max(max(each.amount.end, each.named) for each in told)
    quote = Quote(sentence.passage, sentence.article, _around(sentence.text, sentence.start, first, last))
    return word([[f"{figures}."], [f"{capitalised(dated(sentence.article))}: ", quote]], passages)


def _around(text: str, offset: int, first: int, last: int) -> Span:
    """The sentence; of one too long the clauses from the first figure or name to the last."""
    if syllable_count(text) <= MAX_SYLLABLES:
        return Span(offset, offset + len(text))
    cuts = [match.span() for match in _CUT.finditer(text)]
    start = max((end for _, end in cuts if end <= first), default=0)
    end = min((begin for begin, _ in cuts if begin >= last), default=len(text))
    return Span(offset + start, offset + end)
