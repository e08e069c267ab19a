"""The short answer in a sentence: the name, number, date … that the question asks for and does not itself contain."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.canonical import canonical
from index.text.dates import find_dates
from index.text.references import find_references
from index.text.tokens import tokenize
from qa.mentions import Mention, find_amounts, find_bodies, find_persons, find_places
from qa.terms import QuestionTerms, content_terms
from qa.types import AnswerType, Question

_REASON = re.compile(r"\b(?:do|vì|bởi|nhằm|để|nguyên nhân|lý do|bởi vì|là vì|xuất phát từ|mục đích|nên|trong bối cảnh)\b", re.IGNORECASE)
_DEFINING = re.compile(r"\b(?:là|nghĩa là|được hiểu là|tức là|về|quy định)\b", re.IGNORECASE)
_UNIT_ASKED = re.compile(r"\b(?:bao nhiêu|mấy)\s+(?P<unit>\w+(?: \w+){0,3})", re.IGNORECASE)
_SHARE_ASKED = re.compile(r"\b(?:tỷ lệ|tỉ lệ|phần trăm|bao nhiêu %)", re.IGNORECASE)
_MONEY_ASKED = re.compile(r"\b(?:bao nhiêu tiền|số tiền|kinh phí|trị giá)", re.IGNORECASE)
_PEOPLE = frozenset({"người", "đồng", "đảng", "cán", "quần", "đại", "học", "công"})
_ROLE = re.compile(
    r"\b(?:(?:phó )?bí thư|(?:phó )?chủ tịch|giám đốc|thủ trưởng|người đứng đầu|cấp uỷ(?: cấp trên| cơ sở)?|ban thường vụ"
    r"|ban bí thư|bộ chính trị|chi uỷ|đảng uỷ|tỉnh uỷ|thành uỷ"
    r"|uỷ ban kiểm tra|đại hội|chi bộ|ban tổ chức|trưởng ban|người \w+)\b"
)
_UNIT_REQUIRED = re.compile(r"\b(?:phần trăm|tỷ lệ|tỉ lệ|tiền|lương|kinh phí|lệ phí|điện thoại|trị giá|%)|%")
_LABEL = re.compile(r"(?:[-–•+*]\s*|\(?\w{1,2}[.)]\s*)?(?P<label>[^\W\d_]+(?: [^\W_]+){0,8}):\s")
_LABELS = {
    AnswerType.DEFINITION: r"^(?:nội dung|trích yếu|tên gọi|tên|về việc|phạm vi|mục đích)",
    AnswerType.ORGANISATION: r"^(?:cơ quan|nơi|đơn vị) (?:ban hành|ra|soạn|chủ trì)|^(?:cơ quan|đơn vị|nơi)\b",
    AnswerType.DATE: r"^(?:ngày|thời gian|thời điểm|hiệu lực)",
    AnswerType.PLACE: r"^(?:địa điểm|nơi)",
    AnswerType.PERSON: r"^(?:người|chủ trì|ký)",
    AnswerType.REFERENCE: r"^(?:số hiệu|số|ký hiệu|căn cứ)",
    AnswerType.REASON: r"^(?:lý do|nguyên nhân|mục đích)",
}
_VERBS = re.compile(
    r"\b(?:là|được|đã|đang|sẽ|có|trong|tại|ở|về|cho|với|của|theo|để|do|bị|và|trên|từ|khi|dự|tham|so|cùng|như|vào|thì|nên|gồm|đạt|đến|nâng)\b.*$",
    re.IGNORECASE,
)


def find_short_answers(question: Question, sentence: str) -> list[Mention]:
    """All mentions of the asked kind that the question does not name already."""
    finder = _FINDERS.get(question.answer_type)
    if finder is None:
        return []
    asked = canonical(question.standalone)
    return [mention for mention in finder(sentence) if canonical(mention.text).strip() not in asked]


def fits_type(question: Question, sentence: str) -> float:
    """How well a sentence can hold an answer of the asked kind: 1 yes, 0 no, ½ where the kind says little."""
    match question.answer_type:
        case AnswerType.REASON:
            return 1.0 if _REASON.search(sentence) else 0.0
        case AnswerType.DEFINITION:
            return 1.0 if _DEFINING.search(sentence) else 0.3
        case AnswerType.LIST | AnswerType.YES_NO | AnswerType.OTHER:
            return 0.5
        case AnswerType.NUMBER:
            found = find_short_answers(question, sentence)
            best = max((_unit_score(question, mention) for mention in found), default=0.0)
            if best > 0:
                return 1.0 if best >= 1 else 0.8
            return 0.5 if found and not _UNIT_REQUIRED.search(canonical(question.standalone)) else 0.0
        case AnswerType.PERSON:
            return 1.0 if find_short_answers(question, sentence) else 0.5 if _names_a_role(question, sentence) else 0.0
        case _:
            return 1.0 if find_short_answers(question, sentence) else 0.0


def _names_a_role(question: Question, sentence: str) -> bool:
    """Somebody may be named by post or body: "cấp uỷ cấp trên chỉ định"."""
    asked = canonical(question.standalone)
    return any(match[0] not in asked for match in _ROLE.finditer(canonical(sentence)))


def label_fits(question: Question, sentence: str) -> float:
    """1 where the sentence begins with a label for what is asked: "Trích yếu: …" for "… nói về việc gì?"."""
    label = _LABEL.match(canonical(sentence))
    if label is None:
        return 0.0
    wanted = _LABELS.get(question.answer_type, "")
    asked = set(content_terms(question.standalone))
    if wanted and re.search(wanted, label["label"]):
        return 1.0
    return 0.7 if asked.issuperset(content_terms(label["label"])) else 0.0


def best_short_answer(question: Question, sentence: str, terms: QuestionTerms) -> Mention | None:
    """The mention nearest to the question's words, a number with the asked unit first; None where nothing is clear."""
    found = find_short_answers(question, sentence)
    if not found:
        return None
    anchors = [token for token in tokenize(sentence) if token.text in terms.weights]

    def rank(mention: Mention) -> tuple[float, float]:
        distances = sorted(min(abs(token.start - mention.end), abs(mention.start - token.end)) for token in anchors)
        nearest = distances[:4] or [0]
        return (-_unit_score(question, mention), sum(nearest) / len(nearest))

    best = min(found, key=rank)
    if question.answer_type is AnswerType.NUMBER:
        return _trim_amount(question, best)
    return best


def _unit_score(question: Question, mention: Mention) -> float:
    """How far the number's unit is the asked one: "bao nhiêu đảng viên" and "15 đảng viên mới" → 1."""
    if question.answer_type is not AnswerType.NUMBER:
        return 0.0
    text = canonical(question.standalone)
    if _SHARE_ASKED.search(text):
        return float("%" in mention.text)
    if _MONEY_ASKED.search(text):
        return float(bool(re.search(r"(?:đồng|triệu|tỷ|tỉ)", canonical(mention.text))))
    asked = _UNIT_ASKED.search(text)
    if asked is None:
        return 0.0
    wanted, unit = asked["unit"].split(), re.sub(r"^[^a-zà-ỹđ]+", "", canonical(mention.text)).split()
    if not unit:
        return 0.0
    if wanted[0] == unit[0]:
        return 1.0 + sum(a == b for a, b in zip(wanted[1:], unit[1:], strict=False))
    return 0.5 if unit[0] in _PEOPLE and wanted[0] in _PEOPLE else 0.4 if unit[0] in wanted else 0.0


def _trim_amount(question: Question, mention: Mention) -> Mention:
    """Cut the words after the number where a verb or particle begins: "15 đảng viên trong tháng" → "15 đảng viên"."""
    number = re.match(r"\D*\d[\d.,]*\S*", mention.text)
    head = number.end() if number else 0
    tail = _VERBS.sub("", mention.text[head:])
    text = (mention.text[:head] + tail).strip(" ,.")
    return Mention(text, mention.start, mention.start + len(text))


def _dates(sentence: str) -> list[Mention]:
    return [Mention(sentence[d.start : d.end], d.start, d.end) for d in find_dates(sentence)]


def _references(sentence: str) -> list[Mention]:
    return [Mention(sentence[r.start : r.end], r.start, r.end) for r in find_references(sentence)]


_FINDERS: dict[AnswerType, Callable[[str], list[Mention]]] = {
    AnswerType.PERSON: find_persons,
    AnswerType.DATE: _dates,
    AnswerType.NUMBER: find_amounts,
    AnswerType.PLACE: find_places,
    AnswerType.REFERENCE: _references,
    AnswerType.ORGANISATION: find_bodies,
}
