"""What is asked for and cannot be told from a sentence, however much of the question it covers: its unit, its time, a trait."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.canonical import canonical, fold
from index.text.dates import find_dates, find_terms
from index.text.tokens import terms
from qa.evidence import Evidence
from qa.periods import days_of
from qa.short_answers import counted_word, names_of_unit
from qa.types import AnswerType, Question

MAX_PROMOTED = 6
_NEAR_BEST = 0.05  # of the best one's likelihood
_IN_FORCE = re.compile(r"\b(?:áp dụng|hiệu lực|thi hành|thực hiện)\b")
_BOUND_TO_A_TIME = frozenset({AnswerType.NUMBER, AnswerType.PERSON})
# Traits that have no other name; behind each the words (folded) of which one must be said.
_TRAITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("phụ cấp", ("phu cap",)),
    ("lệ phí", ("phi",)),
    ("học phí", ("hoc phi",)),
    ("đảng phí", ("dang phi",)),
    ("tiền lương|mức lương|lương", ("luong",)),
    ("doanh thu", ("doanh thu",)),
    ("lợi nhuận", ("loi nhuan", "lai")),
    ("tiền phạt|mức phạt", ("phat",)),
    ("quê(?: quán| gốc)?", ("que", "sinh tai", "sinh ra")),
    ("sinh (?:ngày|năm|tháng)", ("sinh",)),
    ("số điện thoại", ("dien thoai", "so may", "hotline")),
    ("email|thư điện tử", ("email", "@", "thu dien tu")),
    ("năm tù|án tù", ("tu",)),
    ("trình độ|học vấn|bằng cấp", ("trinh do", "hoc van", "bang", "thac si", "tien si", "cu nhan", "tot nghiep")),
)
_ASKED_TRAIT = tuple((re.compile(rf"(?<!\w)(?:{fold(asked)})(?!\w)"), tuple(map(re.escape, said))) for asked, said in _TRAITS)


def lacks_what_is_asked(question: Question, best: Evidence) -> bool:
    """Whether the best sentence cannot be the answer: nothing of the unit counted, of the time named, or of the trait asked for."""
    return _lacks_unit(question, best) or _tells_another_time(question, best) or _lacks_trait(question, best)


def trait_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, with a sentence near the top in front that speaks of the trait asked for, where the best one does not."""
    if not evidence or not _lacks_trait(question, evidence[0]):
        return list(evidence)
    near = [each for each in evidence[:MAX_PROMOTED] if each.score >= _NEAR_BEST and not _lacks_trait(question, each)]
    return [replace(near[0], score=1.0), *(each for each in evidence if each is not near[0])] if near else list(evidence)


def _lacks_unit(question: Question, best: Evidence) -> bool:
    """ "Bao nhiêu hội viên": the sentence has neither that word nor another name of such a thing."""
    if question.answer_type is not AnswerType.NUMBER or best.features.fits >= 1.0:
        return False
    word = counted_word(question)
    if word is None:
        return False
    said = {fold(term) for term in terms(best.sentence.lowered)} | set(re.findall(r"%", best.sentence.lowered))
    return not any(fold(name) in said for name in names_of_unit(word))


def _tells_another_time(question: Question, best: Evidence) -> bool:
    """The sentence names dates or terms of office, and none of them meets the time that is asked about.

    What holds "từ ngày 1/7/2024" is asked of that day, not of all days after it.
    """
    if question.period is None or question.answer_type not in _BOUND_TO_A_TIME:
        return False
    first, last = question.period
    if last is None and _IN_FORCE.search(canonical(question.standalone)):
        last = first
    sentence = best.sentence
    when = sentence.article.metadata.date
    dates = find_dates(sentence.text, when.year if when else None)
    terms_named = find_terms(sentence.text)
    meets = [days_of(each.date).meets((first, last)) for each in dates]
    meets += [(last is None or term.first_year <= last.year) and (first is None or term.last_year >= first.year) for term in terms_named]
    return bool(meets) and not any(meets)


def _lacks_trait(question: Question, best: Evidence) -> bool:
    """ "Quê ở đâu", "phụ cấp bao nhiêu": a trait of which neither the paragraph nor what stands above it speaks."""
    asked = fold(canonical(question.standalone))
    wanted = [said for pattern, said in _ASKED_TRAIT if pattern.search(asked)]
    if not wanted:
        return False
    article, block = best.sentence.article, best.sentence.block
    around = fold(f"{article.metadata.title} {article.text[block.start : block.end]} {' '.join(best.sentence.lineage)}")
    return not all(re.search(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)", around) for said in wanted)
