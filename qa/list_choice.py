"""Which list a question means, and which item of it: the kind of thing listed, allowed or denied, the words that name one item."""

from __future__ import annotations

import re
from dataclasses import replace

from index.text.canonical import canonical, fold
from index.text.tokens import terms
from index.types import BlockKind, Span
from qa.lists import ORDINALS, Enumeration
from qa.terms import QuestionTerms, fold_term
from qa.types import Question

_SAYS_WHETHER = re.compile(r"(?:(?:đáp|trả lời)[:.] )?(?:có|không|được|chưa|rồi|đúng|phải)[,.;:]")
# What lists are of: a question may say "tình huống" where the lead has "trường hợp".
_KINDS = tuple(
    tuple(kinds.split(", "))
    for kinds in (
        "giấy tờ, hồ sơ, tài liệu, thủ tục",
        "trường hợp, tình huống, điều kiện, đối tượng, lý do",
        "điều kiện, tiêu chuẩn, tiêu chí, yêu cầu",
        "bước, trình tự, quy trình, chương trình, thủ tục",
        "nhiệm vụ, trách nhiệm, công việc, nội dung, mảng việc, phần việc",
        "yêu cầu, nội dung, nhiệm vụ, vấn đề, việc cần",
        "giải pháp, biện pháp, nhiệm vụ",
        "bước, chương trình",
        "hạn chế, khuyết điểm, tồn tại, nội dung",
        "hình thức, loại, mức",
        "nguyên tắc, quan điểm, phương châm",
        "mục tiêu, chỉ tiêu",
        "đột phá, khâu",
        "kinh nghiệm, bài học",
        *("lĩnh vực", "nguyên nhân", "kết quả"),
    )
)
_KIND_ASKED = re.compile(r"(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?) (?:nào|gì)\b")
_KIND_COUNTED = re.compile(r"(?P<noun>[^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+){0,3}?) (?:thứ (?:nhất|[^\W\d_]+|\d+)|đầu tiên|cuối cùng)\b")
_ONE_CASE = re.compile(r"[-+•*\s]*(?:trong |đối với )?(?:trường hợp|điều kiện) ")
_PAPERS_ASKED = re.compile(r"\b(?:giay to|ho so|giay|to gi)(?: \w+){0,3} (?:gi|nao)\b|\b(?:nhung giay to|giay to thu)\b")
_PAPER = re.compile(
    r"\b(?:giấy|đơn|bản|thẻ|phiếu|lý lịch|văn bản|biên bản|sổ|công văn|nghị quyết|quyết định|hồ sơ|tờ|ảnh|danh sách|báo cáo|tài liệu)\b"
)
MIN_PAPERS = 0.4  # of the items of a list of papers
MIN_NAMED = 0.15  # share of the question that must name an item
_DENIES = re.compile(r"\bkhong (?:con )?(?:duoc|phai|xet|xem|can|the|cho|thuoc|ap|bao|tinh|ket|cong)\b|\bcam\b")
_ASKING = frozenset(terms("liệt kê nêu cái ghi muốn thuộc rơi"))
_COUNTING = frozenset(terms("mục số ý điểm đầu tiên cuối cùng " + " ".join(ORDINALS)))


def asked_of_list(question: Question, asked: QuestionTerms) -> QuestionTerms:
    """What a list must speak of: without the words that only say which item or how many, and with other names of what is listed."""
    left_out = _ASKING | _COUNTING if question.ordinal else _ASKING
    kept = tuple(term for term in asked.terms if term not in left_out and not (term.isdigit() and _counts(question, int(term))))
    text = canonical(question.standalone)
    named = [(one, other) for kinds in _KINDS for one in kinds if one in text for other in kinds if other != one]
    alike = tuple((frozenset(terms(one)), frozenset(terms(other))) for one, other in named)
    return replace(asked, terms=kept or asked.terms, equivalents=(*asked.equivalents, *alike))


def question_answered(enumeration: Enumeration) -> Span | None:
    """The printed question to which the lead says yes or no ("Có, gồm hai loại:"), which without it would seem to answer the user's."""
    lead = enumeration.lead
    if lead is None or not _SAYS_WHETHER.match(canonical(enumeration.lead_text)):
        return None
    before = [block for block in enumeration.article.blocks if block.start <= lead.start]
    above = before[-2] if len(before) > 1 else None
    return Span(above.start, above.end) if above is not None and above.kind is BlockKind.QUESTION else None


def kinds_of(text: str) -> frozenset[int]:
    """Which of the kinds of things that lists are of `text` names."""
    lowered = canonical(text)
    return frozenset(number for number, kinds in enumerate(_KINDS) if any(kind in lowered for kind in kinds))


def kinds_of_lead(lead: str) -> frozenset[int]:
    """The kinds that the lead of a list announces: one that begins "Trường hợp mất thẻ …:" tells what is done in one, and lists none."""
    opening = _ONE_CASE.match(canonical(lead))
    return kinds_of(lead[opening.end() :] if opening else lead)


def kinds_asked(question: str) -> frozenset[int]:
    """The kinds the question asks for: of the noun before "thứ ba", else before "nào", "gì" where that tells, for "làm thủ tục
    cần giấy tờ nào" asks for papers; else all it names."""
    text = canonical(question)
    nouns = (match["noun"] for pattern in (_KIND_COUNTED, _KIND_ASKED) if (match := pattern.search(text)))
    return next((kinds for noun in nouns if (kinds := kinds_of(noun))), kinds_of(question))


def names_papers(question: Question, enumeration: Enumeration) -> bool:
    """False where papers are asked for ("cần giấy tờ gì") and hardly an item is one: "Thủ tục chuyển sổ: 1. Chuyển hẳn; 2. Chuyển tạm"."""
    if not _PAPERS_ASKED.search(fold(question.standalone)):
        return True
    text = enumeration.article.text
    papers = sum(bool(_PAPER.search(canonical(text[item.start : item.end]))) for item in enumeration.items)
    return papers >= MIN_PAPERS * len(enumeration.items)


def denies(text: str) -> bool:
    """Whether what is listed is what may not be, or need not: "những người không được …"."""
    return bool(_DENIES.search(fold(text)))


def item_meant(enumeration: Enumeration, asked: QuestionTerms) -> int | None:
    """The place of the one item that the question names: of its words some stand in that item only, and none in another only."""
    text = enumeration.article.text
    items = [set(map(fold_term, terms(text[item.start : item.end]))) for item in enumeration.items]
    said = set(map(fold_term, terms(enumeration.lead_text)))
    holders = {
        term: [place for place, item in enumerate(items) if fold_term(term) in item] for term in asked.terms if fold_term(term) not in said
    }
    named = {term: places[0] for term, places in holders.items() if len(places) == 1}
    weight = sum(asked.weights[term] for term in named)
    return next(iter(named.values())) if len(set(named.values())) == 1 and weight >= MIN_NAMED * asked.total else None


def _counts(question: Question, number: int) -> bool:
    return number in (question.ordinal, question.list_size)
