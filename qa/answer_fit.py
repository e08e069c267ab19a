"""How well a sentence can hold an answer of the asked kind, by outward marks."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from index.text.canonical import canonical
from qa.short_answers import counted_units, counts_people_or_bodies, find_short_answers, unit_score
from qa.terms import content_terms
from qa.types import AnswerType, Question

_REASON = re.compile(
    r"\b(?:do|vì|bởi|nhằm|để|nguyên nhân|lý do|bởi vì|là vì|xuất phát từ|mục đích|nên|trong bối cảnh|cho (?:phù )?hợp với"
    r"|nhờ(?! (?:giúp|vả|bạn|ai|người))(?: có)?)\b",
    re.IGNORECASE,
)
_DEFINING = re.compile(r"\b(?:là|nghĩa là|được hiểu là|tức là|về|quy định)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:(?:phó )?bí thư|(?:phó )?chủ tịch|giám đốc|thủ trưởng|người đứng đầu|cấp uỷ(?: cấp trên| cơ sở)?|ban thường vụ"
    r"|ban bí thư|bộ chính trị|chi uỷ|đảng uỷ|tỉnh uỷ|thành uỷ"
    r"|uỷ ban kiểm tra|đại hội|chi bộ|ban tổ chức|trưởng ban|người \w+)\b"
)
_LEVEL_ASKED = re.compile(r"\b(?:cấp|cơ quan|tổ chức|đơn vị|ban) nào\b")
_UNIT_REQUIRED = re.compile(
    r"\b(?:phụ cấp|trợ cấp|thù lao|học phí|mức (?:đóng|thu|chi|phạt)|phần trăm|tỷ lệ|tỉ lệ|tiền|lương|kinh phí|lệ phí|điện thoại"
    r"|trị giá|%)|%"
)
_RATE = re.compile(r"\bcứ (?:\w+ ){1,6}?(?:thì|có|lại|được) ")  # "cứ năm chi bộ thì có một" tells no number of them
_COUNT_ASKED = re.compile(r"\bcó (?:tất cả |tổng cộng )?(?:bao nhiêu|mấy) (?!phần\b)\w+(?: \w+)?$")
_FRACTION = re.compile(r"\b(?:phần (?:hai|ba|tư|năm|sáu)|quá nửa|một nửa)\b|\d/\d|%")
_LASTS = re.compile(r"^\D*(?:19|20)\d\d(?![\d.,])|\d (?:năm|tháng|tuần|ngày|giờ|phút|tuổi)\b")
_DURATION_ASKED = re.compile(r"\bbao lâu\b")
_INDIRECT_TIME = re.compile(
    r"\b(?:tính từ|kể từ|từ (?:khi|lúc|ngày)|(?:khi|lúc|quý|đợt|trước|sau|hằng năm|hàng năm|dịp)\b"
    r"|(?:kỳ|phiên|buổi|cuộc) (?:họp|sinh hoạt)(?: \w+){0,2} (?:gần nhất|kế tiếp|tiếp theo|đầu tiên)"
    r"|(?:hết|trong) (?:ngày|tháng|quý|năm) (?:đó|ấy)"
    r"|tháng (?:giêng|chạp|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b|(?:mùng|mồng) \w|chủ nhật\b"
    r"|(?:thứ \w+|ngày \d+) h[ằà]ng (?:tuần|tháng)\b|\d{1,2} ?(?:h|giờ)\d*\b)"
)
_WHICH_DAY = re.compile(r"\b(?:ghi|lấy|tính|điền|khai)\b.*\bngày (?:nào|gì|mấy)\b|\blà ngày (?:nào|gì)\b")
_DAY_OF = re.compile(  # told by its event
    r"\bngày (?:lễ|ký|chi bộ|tổ chức|cấp|được|ra|ban hành|họp|công nhận|nộp|nhận|kết nạp|quyết định|có)\b"
)
_ENUMERATING = re.compile(r"(?::|\bgồm\b|\blà\b)[^.]*(?:,|;)[^.]*(?:,|;|\bvà\b)")
_NEGATION = re.compile(r"\b(?:không|chưa|được|phải|bắt buộc|miễn|cấm)\b")
_NAMED = frozenset({AnswerType.PERSON, AnswerType.POST, AnswerType.ORGANISATION, AnswerType.PLACE})
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_ERA = re.compile(r"thế kỷ|(?<!\d)\d{3,4}(?!\d)|(?:ngày|tháng) \d")
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

_IN_FIGURES = (AnswerType.DATE, AnswerType.REFERENCE)
_FIGURE = re.compile(r"\d")


def fits_type(question: Question, sentence: str, lowered: str, year: int | None = None) -> float:
    """1 where a mention of the asked kind stands in the sentence (`lowered`: its canonical form), 0 where none does; in between where
    the marks are weak."""
    match question.answer_type:
        case AnswerType.REASON:
            return 1.0 if _REASON.search(lowered) else 0.0
        case AnswerType.DEFINITION:
            return 1.0 if _DEFINING.search(lowered) else 0.3
        case AnswerType.LIST:
            return 1.0 if _ENUMERATING.search(lowered) else 0.5
        case AnswerType.YES_NO:
            return 1.0 if _NEGATION.search(lowered) else 0.5
        case AnswerType.OTHER:
            return 0.5
        case AnswerType.NUMBER:
            return _fits_number(question, sentence, lowered)
        case AnswerType.ORGANISATION:
            by_level = _LEVEL_ASKED.search(canonical(question.standalone)) and _names_a_role(question, lowered)
            return 1.0 if find_short_answers(question, sentence) else 0.5 if by_level else 0.0
        case AnswerType.PERSON:
            return 1.0 if find_short_answers(question, sentence) else 0.5 if _names_a_role(question, lowered) else 0.0
        case AnswerType.DATE:
            told = _INDIRECT_TIME.search(lowered) or (_WHICH_DAY.search(canonical(question.standalone)) and _DAY_OF.search(lowered))
            return 1.0 if find_short_answers(question, sentence, year) else 0.5 if told else 0.0
        case _:
            return 1.0 if find_short_answers(question, sentence) else 0.0


def _fits_number(question: Question, sentence: str, lowered: str) -> float:
    """A number of the asked unit; a bare one may do where no unit is asked for, or where the sentence speaks of what is counted."""
    asked = canonical(question.standalone)
    if _RATE.search(lowered) and not _RATE.search(asked):
        return 0.0
    found = find_short_answers(question, sentence)
    if _COUNT_ASKED.search(asked.strip(" ?.!…")):
        found = [mention for mention in found if not _FRACTION.search(canonical(mention.text))]
    best = max((unit_score(question, mention) for mention in found), default=0.0)
    if best > 0:
        return 1.0 if best >= 1 else 0.8
    if _DURATION_ASKED.search(asked):
        return 0.0
    if not found or _UNIT_REQUIRED.search(asked):
        return 0.0
    if counts_people_or_bodies(question) and all(_LASTS.search(canonical(mention.text)) for mention in found):
        return 0.0  # "70 năm tuổi đảng" counts no members
    units = counted_units(question)
    return 0.5 if not units or any(unit in lowered for unit in units) else 0.0


def _names_a_role(question: Question, lowered: str) -> bool:
    """Somebody may be named by post or body: "cấp uỷ cấp trên chỉ định"."""
    asked = canonical(question.standalone)
    return any(match[0] not in asked for match in _ROLE.finditer(lowered))


class Shown(NamedTuple):
    """What capitals and figures show: whether the question asks for a kind that has such marks, how far the sentence has them,
    and whether a name is asked for and the sentence has none that the question does not name itself."""

    typed: bool
    strength: float = 0.0
    unnamed: bool = False


def kind_shown(question: Question, asked: Container[str], sentence: str, lowered: str) -> Shown:
    """The outward marks of the asked kind in `sentence` (`lowered`: its canonical form), for names and dates that no rule knows.

    `asked` are the question's terms.
    """
    kind = question.answer_type
    if kind in _NAMED:
        named = any(w[0][0].isupper() and lowered[w.start() : w.end()] not in asked for w in _WORD.finditer(sentence, 1))
        return Shown(True, 0.7 * named, not named)
    if kind is AnswerType.DATE:
        return Shown(True, 0.8 * bool(_ERA.search(lowered)))
    if kind is AnswerType.NUMBER:
        return Shown(True, 0.5 * any(number not in asked for number in _FIGURES.findall(sentence)))
    return Shown(kind is AnswerType.REFERENCE)


def label_fits(question: Question, lowered: str) -> float:
    """1 where the sentence (canonical) begins with a label for what is asked: "Trích yếu: …" for "… nói về việc gì?".

    A day or number must be told behind it: "Ngày cấp: ghi ngày, tháng, năm …" says how to fill in a form.
    """
    label = _LABEL.match(lowered)
    if label is None or (question.answer_type in _IN_FIGURES and not _FIGURE.search(lowered, label.end())):
        return 0.0
    wanted = _LABELS.get(question.answer_type, "")
    if wanted and re.search(wanted, label["label"]):
        return 1.0
    return 0.7 if set(content_terms(question.standalone)).issuperset(content_terms(label["label"])) else 0.0
