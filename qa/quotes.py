"""Which stretch of a sentence is quoted: all of it, or of a long one the clauses that say it."""

from __future__ import annotations

import re
from itertools import pairwise

from index.text.sentences import split_sentences
from index.text.tokens import syllable_count, terms
from index.types import Block, Span
from qa.terms import QuestionTerms, coverage

_CLAUSE_END = re.compile(r";\s+")
POINTS_BACK = re.compile(
    r"(?:Đây|Đó|Điều này|Điều đó|Cả hai"
    r"|(?:Việc|Văn bản|Quy định|Hướng dẫn|Nghị quyết|Chỉ thị|Hội nghị|Buổi|Đợt|Khoản|Con số|Số) (?:\w+ )?(?:này|ấy|đó))\b"
)


def with_sentence_before(text: str, block: Block, span: Span, max_syllables: int) -> Span:
    """The sentence together with the one before it in its paragraph, which it points back to; alone where both are too long."""
    before = [sentence for sentence in split_sentences(text, block.start, span.start) if sentence.end <= span.start]
    if not before or syllable_count(text[before[-1].start : span.end]) > 1.5 * max_syllables:
        return span
    return Span(before[-1].start, span.end)


def shorten(text: str, sentence: Span, asked: QuestionTerms, keep: int | None, max_syllables: int) -> Span:
    """The clause (cut at ";") that holds offset `keep`, else the best covered one.

    The sentence itself where it has at most `max_syllables` or no place to cut.
    """
    start, end = sentence
    if syllable_count(text[start:end]) <= max_syllables:
        return sentence
    cuts = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
    clauses = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    if len(clauses) < 2:
        return sentence
    if keep is not None:
        chosen = next((clause for clause in clauses if clause[0] <= keep < clause[1]), clauses[0])
    else:
        chosen = max(clauses, key=lambda clause: coverage(asked, terms(text[clause[0] : clause[1]])))
    return Span(chosen[0], chosen[0] + len(text[chosen[0] : chosen[1]].rstrip(" ;\n")))
