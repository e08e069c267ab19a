"""Which stretch of a sentence is quoted: all of it, or of a long one the clauses that say it; never the number in front of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.reading.paragraphs import ends_sentence
from index.text.sentences import split_sentences
from index.text.tokens import syllable_count, terms
from index.types import Article, Block, BlockKind, Span
from qa.terms import QuestionTerms, coverage

_CLAUSE_END = re.compile(r";\s+")
# Not the dash of "kinh tế - xã hội" or "2020 - 2025".
_PART_END = re.compile(r"[;,:]\s+|(?!(?<=\d)\s[–-]\s\d)(?:(?<![^\W\d_])\s[–-]\s|\s[–-]\s(?![^\W\d_]))")
_FROM_THE_START = 0.1  # worth of a row that begins where its sentence does: a quotation from the middle of one lacks its subject
_LITTLE = 0.4  # of the coverage of its clause: a row with less says nothing by itself
_NUMBER = re.compile(
    r"\s*(?:(?:\d{1,2}\.){1,4}\s+|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[A-ZĐÀ-Ỹ])|\(?(?:\d{1,2}|[a-zđ])\)\s*|[a-zđ]\.\s+|[-–•+*]\s+|(?:Hỏi|Đáp)\s*:\s*)+"
)
_ITEM = re.compile(r"\w{1,2}[.)]\s")
POINTS_BACK = re.compile(
    r"(?:Đây|Đó|Điều này|Điều đó|Cả hai|(?:Nếu )?(?:[Đđ]ể )?[Qq]uá (?:thời )?hạn (?:nêu trên|nói trên|trên|này|đó)"
    r"|(?:Việc|Văn bản|Quy định|Hướng dẫn|Nghị quyết|Chỉ thị|Hội nghị|Buổi|Đợt|Khoản|Con số|Số) (?:\w+ )?(?:này|ấy|đó))\b"
)


def with_sentence_before(text: str, block: Block, span: Span, max_syllables: int) -> Span:
    """The sentence together with the one before it in its paragraph, which it points back to; alone where both are too long."""
    before = [sentence for sentence in split_sentences(text, block.start, span.start) if sentence.end <= span.start]
    if not before or syllable_count(text[before[-1].start : span.end]) > 1.5 * max_syllables:
        return span
    return Span(before[-1].start, span.end)


def without_number(text: str, span: Span) -> Span:
    """The span without the number, dash or label in front: "4.4.2. Đảng viên …" → "Đảng viên …"; as it is where nothing else is left."""
    match = _NUMBER.match(text, *span)
    return Span(match.end(), span.end) if match and text[match.end() : span.end].strip() else span


def across_the_page(article: Article, span: Span) -> list[Span]:
    """The stretches of a sentence that a page number or header cuts in two, where `span` is one half of it; else `span` alone.

    Example: "… đối với đảng viên đã" | 25 | "từ trần thì người thân làm tờ khai." → both.
    """
    text = article.text
    running = [block for block in article.blocks if block.kind is not BlockKind.BOILERPLATE]
    place = next((i for i, block in enumerate(running) if block.start <= span.start < block.end), None)
    if place is None:
        return [span]
    found = [span]
    block = running[place]
    if place and span.start == block.start and _goes_on(text, running[place - 1], block):
        found.insert(0, split_sentences(text, running[place - 1].start, running[place - 1].end)[-1])
    if place + 1 < len(running) and span.end >= block.end and _goes_on(text, block, running[place + 1]):
        found.append(split_sentences(text, running[place + 1].start, running[place + 1].end)[0])
    return found


def _goes_on(text: str, above: Block, below: Block) -> bool:
    """Whether the sentence that ends the one paragraph goes on in the other, which a line of the page parts from it."""
    parted = text[above.end : below.start].strip() != "" and above.kind is below.kind is BlockKind.BODY
    runs_on = text[below.start].islower() and not _ITEM.match(text, below.start)
    return parted and runs_on and not ends_sentence(text[above.start : above.end])


def on_one_line(quote: str) -> str:
    """The quotation as shown: a line break of the source (a PDF has one in every line) is a space."""
    return re.sub(r"\s*\n\s*", " ", quote)


def shorten(text: str, sentence: Span, asked: QuestionTerms, keep: int | None, max_syllables: int) -> Span:
    """Of a sentence of more than `max_syllables` the clause (cut at ";") that holds offset `keep`, else the best covered one; of a clause
    that is still too long the best covered row of its parts (cut at commas) with `keep`.

    The sentence itself where there is no place to cut.
    """
    if _fits(text, sentence, max_syllables):
        return sentence
    clauses = _cut(text, sentence, _CLAUSE_END)
    if keep is not None:
        chosen = next((clause for clause in clauses if clause.start <= keep < clause.end), clauses[0])
    else:
        chosen = max(clauses, key=lambda clause: coverage(asked, terms(text[clause.start : clause.end])))
    if not _fits(text, chosen, max_syllables):
        row = _best_row(text, _cut(text, chosen, _PART_END), asked, keep, max_syllables) or chosen
        chosen = chosen if _says_too_little(text, row, chosen, asked, max_syllables) else row
    return Span(chosen.start, chosen.start + len(text[chosen.start : chosen.end].rstrip(" ;,:–-\n")))


def _says_too_little(text: str, row: Span, whole: Span, asked: QuestionTerms, max_syllables: int) -> bool:
    """A row that has little of what the clause has on the question ("Đồng chí A:"), where the clause is no page long."""
    if not _fits(text, whole, 2 * max_syllables):
        return False
    return coverage(asked, terms(text[row.start : row.end])) < _LITTLE * coverage(asked, terms(text[whole.start : whole.end]))


def _fits(text: str, span: Span, max_syllables: int) -> bool:
    return syllable_count(text[span.start : span.end]) <= max_syllables


def _cut(text: str, span: Span, end: re.Pattern[str]) -> list[Span]:
    cuts = [span.start, *(match.end() for match in end.finditer(text, *span) if not _inside(text[span.start : match.start()])), span.end]
    return [Span(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def _inside(before: str) -> bool:
    """Whether a bracket or quotation mark is open after `before`: what stands in one stays together."""
    return before.rfind("(") > before.rfind(")") or before.rfind("“") > before.rfind("”")


def _best_row(text: str, parts: Sequence[Span], asked: QuestionTerms, keep: int | None, max_syllables: int) -> Span | None:
    """Neighbouring parts within the limit that cover most of the question, the longest of equals; None where one part alone is too long."""
    rows = [Span(first.start, last.end) for i, first in enumerate(parts) for last in parts[i:]]
    rows = [row for row in rows if _fits(text, row, max_syllables) and (keep is None or row.start <= keep < row.end)]

    def worth(row: Span) -> tuple[float, int]:
        covered = coverage(asked, terms(text[row.start : row.end])) + _FROM_THE_START * (row.start == parts[0].start)
        return round(covered, 2), row.end - row.start

    return max(rows, key=worth, default=None)
