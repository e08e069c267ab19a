"""What a document is about: the line that names its subject, in the article about it or right after its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical
from index.text.references import reference_matches
from qa.evidence import Evidence
from qa.sentences import Sentence
from qa.types import AnswerType, Question

_SUBJECT_LABEL = re.compile(r"^(?:[-–•+*]\s*|\(?\w{1,2}[.)]\s*)?(?:nội dung|trích yếu|tên gọi|tên đầy đủ|về việc|chủ đề)(?: chính)?\s*:")
_SUBJECT_AFTER = re.compile(
    r"^[^.;“\"]{0,60}?(?:[“\"]|\b(?:về|nói về|quy định về|là nghị quyết|là chỉ thị|là quy định"
    r"|mang tên|có tên|quy định)\b)"
)
MAX_SUBJECTS = 2


def asks_subject(question: Question) -> bool:
    """Whether the question is what a numbered document is about: "Nghị quyết 02-NQ/ĐUK nói về gì?"."""
    return question.answer_type is AnswerType.DEFINITION and bool(question.query.references)


def find_subjects(question: Question, evidence: Sequence[Evidence]) -> list[Sentence]:
    """The best sentences that name the document's subject, best first; empty where none does."""
    patterns = question.query.references
    ranked = [
        (_subject_rank(evidence_piece.sentence, patterns), -order, evidence_piece.sentence) for order, evidence_piece in enumerate(evidence)
    ]
    named = sorted((entry for entry in ranked if entry[0] > 0), key=lambda entry: entry[:2], reverse=True)
    return [sentence for _, _, sentence in named[:MAX_SUBJECTS]]


def _subject_rank(sentence: Sentence, patterns: Sequence[str]) -> int:
    """3: a labelled line of the article about the document; 2: "number …: “subject”"; 1: "number … về subject"; 0: says nothing of it."""
    article = sentence.article
    spans = [r for r in article.references if any(reference_matches(pattern, r.number) for pattern in patterns)]
    about = any(r.number.casefold() in article.metadata.title.casefold() for r in spans)
    if about and _SUBJECT_LABEL.match(canonical(sentence.text)):
        return 3
    for reference in spans:
        if sentence.start <= reference.start < sentence.end:
            after = canonical(article.text[reference.end : sentence.end])
            match = _SUBJECT_AFTER.match(after)
            if match is not None:
                return 2 if match[0][-1] in '"“' else 1
    return 0
