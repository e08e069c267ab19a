"""Whether the articles agree: a question about what several of them say of one thing, and what each says, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import fold
from index.types import Hit, SearchEngine
from qa.actors import acting_first
from qa.disagreement import first_day, value_told
from qa.evidence import Evidence, score_sentences
from qa.extract import SURE, quoted
from qa.material import SECOND_SENTENCE_SHARE
from qa.mentions import Mention
from qa.named_sources import AND, ISSUER, NamedSource
from qa.sentences import find_sentences
from qa.short_answers import best_short_answer
from qa.support import load_support, support_of
from qa.terms import QuestionTerms, content_terms
from qa.types import AnswerType, Passage, Question
from qa.wording import Line, Worded, dated, word

MAX_SOURCES = 3
MAX_READ = 16  # of the best sentences
MIN_SHARE, MIN_SHARE_SAME = 0.4, 0.7  # of what the best sentence has of the question: in another article, in one that was quoted already
MIN_TERMS = 2
_VALUES = (AnswerType.NUMBER, AnswerType.DATE)
# All patterns are folded: the rules are the same for text without diacritics.
_SOURCE = (
    r"(?:bai(?: viet| bao)?|nguon(?: tin)?|ban tin(?: nhanh| day du)?|tin nhanh|ban day du|tin bai|van ban|tai lieu|huong dan|quy dinh"
    r"|bao cao)"
)
_NAMED_SOURCE = rf"(?:(?:{_SOURCE}|hd|qd)(?: so)? \d[\w/-]*|(?:{_SOURCE}|hd|qd) (?:cua )?{ISSUER})"
_PAIR = (
    rf"(?:{_SOURCE}{AND}(?:theo )?(?:(?:ban|bai|bao cao) )?{_SOURCE}(?: xep loai)?"
    rf"|{_NAMED_SOURCE}{AND}(?:cua )?(?:{_NAMED_SOURCE}|{ISSUER})"
    rf"|theo {ISSUER}{AND}(?:theo )?{ISSUER}|{ISSUER}{AND}{_NAMED_SOURCE}"
    rf"|{ISSUER}{AND}{ISSUER}(?= (?:quy dinh|huong dan|ghi|noi|yeu cau|co (?:khop|giong|khac|thong|mau))\b))"
)
_SOURCES = rf"(?:(?:giua )?(?:cac|nhung|hai|moi|tung) {_SOURCE}(?: nay| khac nhau)?|(?:giua )?{_PAIR})"
_SAY = r"(?: (?:deu |co |cung )?(?:noi gi|ghi gi|noi|ghi|dua ra|dua con so|dua|viet|neu|cho|tinh|quy dinh|huong dan|yeu cau))*"
_AGREE = r"(?:(?:giong|khac|khop|mau thuan|lech)(?: nhau)?|thong nhat|chenh(?: lech| nhau)*|trung(?: khop| nhau)+)"
_HOW = r"(?: (?:khong|the nao|nhu the nao|ra sao|gi|chua|o cho nao|o diem nao|bao nhieu))*"
_WHY = r"(?:(?:(?:tai |vi )?sao|vay|the) )?"
_TAIL = re.compile(rf"[ ,;:.-]*\b{_WHY}(?:{_SOURCES})?{_SAY}(?: (?:ve|con so))? ?(?:co |khong )?{_AGREE}{_HOW}\b.*$")
_SAYS = r"(?: (?:noi|quy dinh|huong dan|ghi|viet|yeu cau))+ (?:the nao|nhu the nao|ra sao|sao|gi)"
_SEVERAL = rf"(?:cac|nhung|hai|moi|tung) {_SOURCE}(?: nay| khac nhau)?"
_BOTH_SAY = re.compile(rf"\b(?:theo |duoc )?(?:{_PAIR}|{_SEVERAL}){_SAYS}\b")
_TELL = r"(?:neu|ghi|noi|viet|bao|cho)"
_ASKED = r"(?:bao nhieu|may)"
# Each source is asked by itself, or both together how many: "tin nhanh nêu bao nhiêu, bản đầy đủ nêu bao nhiêu", "… theo A và theo B".
_EACH_TELLS = re.compile(rf"[ ,;:.-]*\b{_SOURCE} {_TELL} (?P<asked>{_ASKED})\W+(?:con |va )?{_SOURCE} {_TELL} {_ASKED}\W*$")
_BOTH_TELL = re.compile(rf"^(?:theo )?{_PAIR} {_TELL} (?={_ASKED}\b)")
_BY_BOTH = re.compile(rf"[ ,;:.-]*\b(?:theo )?{_PAIR}\W*$")
_HOW_MANY = re.compile(rf"\b{_ASKED}\b")
# "…, sao mỗi bài một con số?", "… Tôi thấy mỗi văn bản nói một kiểu."
_EACH_OTHERWISE = re.compile(
    r"[ ,;:.?-]*(?:\b(?:toi|em|minh|thay|doc|ma|sao|vi sao|tai sao|hinh nhu) )*"
    rf"\bmoi {_SOURCE} (?:\w+ )?mot (?:kieu|con so|khac|so|phach|cach|y)\b.*$"
)
_WHAT_DIFFERS = re.compile(rf"^co (?:gi|diem nao|diem gi|cho nao) {_AGREE} giua {_SOURCES} ve (?:viec )?")
_HEAD = re.compile(rf"^(?:theo )?{_SOURCES}{_SAY}(?:(?: co)? {_AGREE}{_HOW} (?:ve viec|ve|doi voi|trong viec)\b)?\s*[:,]?\s+")
_OPEN_END = re.compile(r"(?: hay)? khong\W*$")  # "… có mâu thuẫn về thời hạn không?"
_NAMED = re.compile(rf"\b{_SOURCES}\b")
_AGREEING = re.compile(rf"\b{_AGREE}{_HOW}\b")


def asked_of_sources(question: str) -> str | None:
    """What several articles are asked about, without the question whether they agree; None for any other question.

    Example: "Có mấy lô đất, các bài nói có giống nhau không?" → "Có mấy lô đất".
    """
    text = fold(question)
    if (core := _core_without(question, text)) is not None:
        return core if len(content_terms(core)) > MIN_TERMS else None
    both = _BOTH_SAY.search(text)
    if not both and not (_NAMED.search(text) and _AGREEING.search(text)):
        return None
    start = found.end() if (found := _HEAD.search(text)) else 0
    cut = both if both and both.start() > 0 else _TAIL.search(text, start) or _OPEN_END.search(text, start)
    core = question[start : cut.start() if cut else len(question)].strip(" ,;:.?")
    return core if len(content_terms(core)) > MIN_TERMS else None


def _core_without(question: str, text: str) -> str | None:
    """The question without what says that each source tells it otherwise, or that asks each or both how many; None for any other."""
    if head := _WHAT_DIFFERS.search(text) or _BOTH_TELL.search(text):
        return question[head.end() :].strip(" ,;:.?")
    if each := _EACH_TELLS.search(text):
        return f"{question[: each.start()].strip(' ,;:.?')} {question[slice(*each.span('asked'))]}"
    otherwise = _EACH_OTHERWISE.search(text)
    cut = otherwise or (_BY_BOTH.search(text) if _HOW_MANY.search(text) else None)
    return question[: cut.start()].strip(" ,;:.?") if cut and cut.start() > 0 else None


def answer_of_sources(question: Question, passages: Sequence[Passage], hits: Sequence[Hit], engine: SearchEngine) -> Worded | None:
    """What up to `MAX_SOURCES` articles say of it, the newest first, their values in front where they differ; None where nothing supports
    an answer, or one article alone does."""
    scored, asked = score_sentences(question, find_sentences(passages, engine), engine)
    evidence = acting_first(question, scored)
    if support_of(question, evidence, asked) < load_support().threshold:
        return None
    told = _told(question, evidence, asked)
    if len(told) < 2:
        return None
    ordered = sorted(told, key=lambda pair: first_day(pair[0].sentence.article), reverse=True)
    lines: list[Line] = [
        quoted(each.sentence, asked, None if value is None else each.sentence.start + value.start) for each, value in ordered
    ]
    values = [(value.text.strip(), dated(each.sentence.article)) for each, value in ordered if value is not None]
    if len({value_told(value) for _, value in ordered if value is not None}) > 1:
        lines.insert(0, [f"Các nguồn ghi khác nhau: {'; '.join(f'{value} ({when})' for value, when in values)}."])
    return word(lines, passages)


def answer_of_named(
    question: Question, sources: Sequence[NamedSource], found: Sequence[Sequence[Passage]], engine: SearchEngine
) -> Worded | None:
    """What each of the documents named says of it, under its name; None where one of them says too little of it.

    `found` has the passages of each source, in their order.
    """
    scored = [_read(question, passages, engine) for passages in found]
    if not all(evidence for evidence, _ in scored):
        return None
    if max(support_of(question, evidence, asked) for evidence, asked in scored) < load_support().threshold:
        return None
    best = max(evidence[0].features.own for evidence, _ in scored)
    if any(evidence[0].features.own < MIN_SHARE * best for evidence, _ in scored):
        return None
    lines = [
        line for source, (evidence, asked) in zip(sources, scored, strict=True) for line in _of_source(question, source, evidence, asked)
    ]
    return word(lines, [passage for passages in found for passage in passages])


def _of_source(question: Question, source: NamedSource, evidence: Sequence[Evidence], asked: QuestionTerms) -> list[Line]:
    """The name, with the figure or day where one is asked for, and the best sentence or two."""
    when, best = evidence[0].sentence.article.metadata.date, evidence[0].sentence
    value = best_short_answer(question, best.text, asked, when.year if when else None) if question.answer_type in _VALUES else None
    name = source.label if value is None or evidence[0].chance < SURE else f"{source.label} – {value.text.strip()}"
    beside = [each for each in evidence[1:2] if evidence[0].chance < SURE and each.score >= SECOND_SENTENCE_SHARE]
    return [
        [f"{name}:"],
        quoted(best, asked, None if value is None else best.start + value.start),
        *(quoted(each.sentence, asked, None) for each in beside),
    ]


def tells_of_all(told: Worded, sources: Sequence[NamedSource]) -> bool:
    """Whether an article of every document named is cited."""
    cited = {citation.article_id for citation in told.citations}
    return all(not cited.isdisjoint(source.article_ids) for source in sources)


def _read(question: Question, passages: Sequence[Passage], engine: SearchEngine) -> tuple[list[Evidence], QuestionTerms]:
    scored, asked = score_sentences(question, find_sentences(passages, engine), engine)
    return [each for each in acting_first(question, scored) if not each.features.aside], asked


def _told(question: Question, evidence: Sequence[Evidence], asked: QuestionTerms) -> list[tuple[Evidence, Mention | None]]:
    """The best sentence of each article, and of the same article one with another value."""
    best = evidence[0]
    found: list[tuple[Evidence, Mention | None]] = []
    for each in evidence[:MAX_READ]:
        same = any(other.sentence.article.id == each.sentence.article.id for other, _ in found)
        least = (MIN_SHARE_SAME if same else MIN_SHARE) * best.features.own
        if each.features.own < least or each.features.fits < best.features.fits or each.features.aside:
            continue
        when = each.sentence.article.metadata.date
        value = best_short_answer(question, each.sentence.text, asked, when.year if when else None)
        known = {value_told(other) for _, other in found if other is not None}
        if value_told(value) not in known if value is not None else not same:
            found.append((each, value))
    return found[:MAX_SOURCES]
