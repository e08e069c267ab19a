"""What a document is about: the line that names its subject, in the article about it or right after its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.references import find_mentions, own_numbers, reference_matches
from index.types import Span
from qa.evidence import Evidence
from qa.periods import days_of
from qa.sentences import Sentence
from qa.types import AnswerType, Question

_SUBJECT_LABEL = re.compile(r"^(?:[-–•+*]\s*|\(?\w{1,2}[.)]\s*)?(?:nội dung|trích yếu|tên gọi|tên đầy đủ|về việc|chủ đề)(?: chính)?\s*:")
_SUBJECT_AFTER = re.compile(
    r"^[^.;“\"]{0,60}?(?:[“\"]|\b(?:về|nói về|quy định về|là nghị quyết|là chỉ thị|là quy định"
    r"|mang tên|có tên|quy định)\b|\((?!(?:sửa|gọi|sau|ban hành|kèm|ngày|số|bổ sung|khoá|mới|cũ)\b))"
)
_KIND_BEFORE = re.compile(
    r"(?:nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|thông báo|thông tư|nghị định|đề án|văn bản)\s+(?:số\s+)?$"
)
_NAME_AFTER = re.compile(r"[^.;“\"()]{0,120}?(?:“[^”]{4,400}”|\"[^\"]{4,400}\"|\([^()]{8,400}\))")
_SUBJECT_BEHIND = re.compile(  # "… về việc giữ kho, đồng thời …", of a document that is named among others
    r"[^.;,“\"()]{0,60}?\bvề [^;“\"]{8,240}?"
    r"(?=,? (?:đồng thời|cùng với|và (?:nghị quyết|chỉ thị|quy định|quyết định|kế hoạch|hướng dẫn)|nghị quyết|chỉ thị)\b|;|\.(?:\s|$))"
)
_DAY_BEHIND = re.compile(r"[\s,]*ngày\s*\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}")
_FAR = 80  # characters before the document in its sentence that say something else
MAX_SUBJECTS = 2


def asks_subject(question: Question) -> bool:
    """Whether the question is what a numbered document is about: "Nghị quyết 02-NQ/ĐUK nói về gì?"."""
    return question.answer_type is AnswerType.DEFINITION and bool(question.query.references)


def find_subjects(question: Question, evidence: Sequence[Evidence]) -> list[Sentence]:
    """The best sentences that name the document's subject, best first; empty where none does."""
    patterns = question.query.references
    ranked = [
        (_subject_rank(piece.sentence, patterns) if _of_that_day(piece.sentence, question) else 0, -order, piece.sentence)
        for order, piece in enumerate(evidence)
    ]
    named = sorted((entry for entry in ranked if entry[0] > 0), key=lambda entry: entry[:2], reverse=True)
    return [sentence for _, _, sentence in named[:MAX_SUBJECTS]]


def _subject_rank(sentence: Sentence, patterns: Sequence[str]) -> int:
    """4: a labelled line of the article about the document; 3: "number …: “subject”"; 2: "number … về subject"; 1: the same where another
    document is named first ("đừng nhầm với …"); 0: says nothing of it."""
    article = sentence.article
    about = any(reference_matches(pattern, number) for pattern in patterns for number in own_numbers(article.metadata.title))
    if about and _SUBJECT_LABEL.match(canonical(sentence.text)):
        return 4
    for place in _mentions(sentence, patterns):
        match = _SUBJECT_AFTER.match(canonical(article.text[place.end : sentence.end]))
        if match is not None:
            named = match[0][-1] in '"“(' or match[0].endswith(("mang tên", "có tên"))
            return 3 if named else 1 if any(sentence.start <= r.start < place.start for r in article.references) else 2
    return 0


def _of_that_day(sentence: Sentence, question: Question) -> bool:
    """False where the question names the document's day, and the sentence another one right behind every mention of the number:
    "Hướng dẫn 08 ngày 27/9/2021" is not "Hướng dẫn số 08-HD/TW ngày 10/6/2025"."""
    first, last = question.period or (None, None)
    if first is None or first != last:
        return True
    text = sentence.article.text
    behind = [_DAY_BEHIND.match(text[place.end : sentence.end]) for place in _mentions(sentence, question.query.references)]
    days = [find_dates(match[0]) for match in behind if match]
    return len(days) < len(behind) or not days or any(days_of(day.date).meets((first, last)) for found in days for day in found)


def _mentions(sentence: Sentence, patterns: Sequence[str]) -> list[Span]:
    """Where the sentence names the document, by its whole number or as "Quy định 74"."""
    article = sentence.article
    numbers = [
        Span(r.start, r.end)
        for r in article.references
        if sentence.start <= r.start < sentence.end and any(reference_matches(pattern, r.number) for pattern in patterns)
    ]
    folded = fold(article.text[sentence.start : sentence.end])
    loose = [Span(sentence.start + a, sentence.start + b) for pattern in patterns for a, b in find_mentions(pattern, folded)]
    return sorted(numbers + loose)


def subject_span(sentence: Sentence, patterns: Sequence[str]) -> Span:
    """Of a sentence that only mentions the document the stretch from its kind to the end of its name: "Hướng dẫn số 4-HD/BTC về “mẫu sổ”";
    the whole sentence where the document opens it or nothing shows where its name ends."""
    text = sentence.article.text
    for place in _mentions(sentence, patterns):
        kind = _KIND_BEFORE.search(canonical(text[sentence.start : place.start]))
        start = sentence.start + kind.start() if kind else place.start
        behind = text[place.end : sentence.end]
        named = _NAME_AFTER.match(canonical(behind)) or _SUBJECT_BEHIND.match(canonical(behind))
        if named is not None and start > sentence.start + _FAR:
            return Span(start, place.end + named.end())
    return Span(sentence.start, sentence.end)
