"""Fields of forms and steps of a process by their printed number: which one is asked for, and of which form or process."""

from __future__ import annotations

import re
from dataclasses import replace

from index.text.canonical import fold
from index.text.tokens import syllable_count, terms
from index.types import Article, Block, BlockKind
from qa.lists import ITEM_BLOCKS, MAX_ABOVE_SYLLABLES
from qa.terms import QuestionTerms, fold_term
from qa.types import Question

_ASIDE_DENIED = re.compile(r"\((?:không phải|chứ không|khác với|đừng nhầm)[^()]*\)", re.IGNORECASE)
_OF_PLACES = frozenset(fold("mục ô dòng bước ghi khai điền làm kê viết chuyện nội dung thông tin").split())
_FIELD_ASKED = re.compile(r"\b(?P<noun>muc|o|dong)(?: so| thu)? (?P<number>\d{1,2})\b(?!\s*[/.-]\d)")
_STEP = re.compile(r"\s*(?:(?:\d{1,2}[.)-]){1,4}\s*)?buoc (?P<number>\d{1,2})\b")
_HEADS = re.compile(r"\s*(?:\d{1,2}\.){1,3}(?:\d{1,2})?\s*[-–.)]?\s*\D")


def place_meant(question: Question, asked: QuestionTerms) -> QuestionTerms:
    """What the form or process is of which a field or step is asked: without the words that ask what stands there, and without what an
    aside says is not meant: "mục 3 trong phiếu (không phải lý lịch) ghi gì" → "phiếu"."""
    left = set(map(fold_term, terms(_ASIDE_DENIED.sub(" ", question.standalone)))) - _OF_PLACES
    kept = tuple(term for term in asked.terms if fold_term(term) in left)
    return replace(asked, terms=kept or asked.terms)


def field_asked(question: Question) -> re.Pattern[str] | None:
    """What the field of a form (folded) begins with that carries the number asked for: "(19)" or "Mục 19" for "mục 19"; else None."""
    match = _FIELD_ASKED.search(fold(question.standalone)) if question.ordinal else None
    if match is None or int(match["number"]) != question.ordinal:
        return None
    return re.compile(rf"\s*(?:\({match['number']}\)|{match['noun']}\s+{match['number']}\b)")


def is_step_asked(question: Question, lead: str) -> bool:
    """Whether a list's lead is the very step asked about: "2.3. Bước 3: …" for "bước 3"."""
    match, asked = _STEP.match(fold(lead)), fold(question.standalone)
    if match is None:
        return False
    return bool(re.search(rf"\bbuoc {match['number']}\b", asked)) or (
        int(match["number"]) == question.ordinal and re.search(r"\bbuoc thu\b", asked) is not None
    )


def find_labelled(article: Article, label: re.Pattern[str]) -> list[tuple[Block, str]]:
    """Every paragraph that begins with the label, with the numbered or proper heading above it."""
    found, heading = [], ""
    for block in article.blocks:
        if block.kind not in ITEM_BLOCKS or block.repeated:
            continue
        text = article.text[block.start : block.end]
        if label.match(fold(text)):
            found.append((block, heading))
        elif block.kind is BlockKind.HEADING or (_HEADS.match(text) and syllable_count(text) <= MAX_ABOVE_SYLLABLES):
            heading = text
    return found
