"""The short answer in a sentence: the name, number, date … that the question asks for and does not itself contain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from index.text.canonical import canonical
from index.text.dates import find_dates
from index.text.references import find_references
from index.text.tokens import terms as terms_of
from index.text.tokens import tokenize
from qa.mentions import Mention, find_amounts, find_bodies, find_persons, find_places
from qa.terms import QuestionTerms, coverage
from qa.types import AnswerType, Question

_UNIT_ASKED = re.compile(r"\b(?:bao nhiêu|mấy)\s+(?P<unit>\w+(?: \w+){0,3})", re.IGNORECASE)
# "so …" typed without diacritics may be read "sở".
_COUNT_TYPED = re.compile(
    r"^(?:tổng )?s[ốở] (?:lượng )?(?!.*\b(?:nào|gì|đâu|ai|sao)\b)(?!hiệu\b|văn bản\b|tiền\b|liệu\b|tối |lượng\b)(?P<unit>\w+(?: \w+){0,3}?)"
    r"(?= (?:tối đa|tối thiểu|nhiều nhất|ít nhất|của|trong|ở|tại|mỗi|một|được|bị|năm|tháng|thuộc|có)\b)"
)
_SHARE_ASKED = re.compile(r"\b(?:tỷ lệ|tỉ lệ|phần trăm|bao nhiêu %)", re.IGNORECASE)
_MONEY_ASKED = re.compile(r"\b(?:bao nhiêu tiền|số tiền|kinh phí|trị giá)", re.IGNORECASE)
_PAY_ASKED = re.compile(r"\b(?:phụ cấp|trợ cấp|thù lao|lệ phí|học phí|mức (?:đóng|thu|chi|phạt|lương)|tiền(?! (?:lệ|thân|đề|bối)\b))\b")
_PAY = re.compile(r"%|\b(?:đồng(?! chí)|nghìn|triệu|tỷ|tỉ|lần|hệ số|phần|tháng lương)\b|^[^\d]*\d+,\d+$")
_AMOUNT_ITSELF = re.compile(r"^(?:\D*\d[\d.,/]*|[^a-zà-ỹđ]+)[^a-zà-ỹđ]*")  # "ít nhất 6 tháng" → "tháng"
_PEOPLE = frozenset({"người", "đồng", "đảng", "cán", "quần", "đại", "học", "công"})
_COMPOUND_UNITS_TEXT = """đảng viên, đảng bộ, đồng chí, cán bộ, đại biểu, uỷ viên, tổ chức, tập thể, cá nhân, trường hợp, nội dung,
    nhiệm vụ, cơ quan, đơn vị, hồ sơ, chi bộ, quần chúng, nhiệm kỳ, phần trăm, chi uỷ, cấp uỷ"""
_COMPOUND_UNITS = frozenset(" ".join(unit.split()) for unit in canonical(_COMPOUND_UNITS_TEXT).split(","))
# Typed like a search: "số chi ủy viên tối đa của một chi bộ".
_NUMBER_OF = re.compile(
    r"^số (?:lượng )?(?P<unit>(?:đảng viên|chi uỷ viên|cấp uỷ viên|uỷ viên|đại biểu|chi bộ|đảng bộ|cán bộ|phó bí thư|người|thành viên)"
    r"(?: \w+)?)"
)
_UNIT_FAMILIES = tuple(
    frozenset(" ".join(unit.split()) for unit in canonical(family).split(","))
    for family in (
        "người, đồng chí, đảng viên, cán bộ, đại biểu, uỷ viên, quần chúng, cá nhân, trường hợp, hồ sơ, đ/c",
        "tổ chức, đơn vị, cơ quan, chi bộ, đảng bộ, tập thể, tccsđ, tccs, cấp uỷ, nơi",
    )
)
_FIRST_WORDS = tuple(
    frozenset(canonical(family).split())
    for family in (
        "người đồng đảng cán đại uỷ quần cá hội thành học trường hồ ca vị nhân lao công suất đv dv",
        "tổ đơn cơ chi đảng tập tccsđ tccsd tccs cấp nơi địa xã phường",
        "lần kỳ bận lượt đợt buổi phiên",
        "tiền đồng triệu tỷ tỉ usd nghìn ngàn kinh vnđ",
        "phần % phân tỷ tỉ",
        "giờ h",
        "bài tin văn bản tài tác",
    )
)
_NO_UNIT = frozenset(
    canonical(
        """là thì trong được để mới một này đó có về theo cho với của từ tới đến và hay khi mà nếu sau trước thế vậy đã sẽ cùng
        trên dưới ở tại nữa"""
    ).split()
)
_SHORT_UNITS = {
    "tccsđ": "tổ chức",
    "tccs": "tổ chức",
    "đv": "đảng viên",
    "dv": "đảng viên",
    "tccsd": "tổ chức",
    "đ/c": "đồng chí",
    "cb": "cán bộ",
    "cbccvc": "cán bộ",
}
_VERBS = re.compile(
    r"\b(?:là|được|đã|đang|sẽ|có|trong|tại|ở|về|cho|với|của|theo|để|do|bị|và|trên|từ|khi|dự|tham|so|cùng|như|vào|thì|nên|gồm|đạt|đến|nâng"
    r"|hoàn|kể|nếu|mà|thuộc|xếp|đối|sau|trước|được|hoặc|hay|nhưng|tính|chưa|không)\b.*$",
    re.IGNORECASE,
)
_AND_MORE = re.compile(r"trở (?:lên|xuống|đi|lại)\b")
_DANGLING = re.compile(r"(?:[\s,.;:]|\b(?:trở|tổng(?: số)?|các|những|mỗi|một|từng|theo|là|và|của|từ|với))+$", re.IGNORECASE)
_DAY_ASKED = re.compile(r"\b(?:ngày|hôm|buổi) (?:nào|mấy|bao nhiêu|tháng)\b|\bkhi nào\b|\bbao giờ\b|\blúc nào\b")
_MUST_HAVE_DAY = re.compile(r"\b(?:ngày|hôm) (?:nào|mấy|bao nhiêu|tháng)\b")
_BODY_ASKED = re.compile(r"\b(?P<noun>chi bộ|đảng bộ|đảng uỷ|ban|sở|trường|hội) nào\b")
_BEYOND = re.compile(r"(?:quá|vượt quá|hơn|trên|dưới) (?=\d)", re.IGNORECASE)
_NOT_BEYOND = re.compile(r"\bkhông (?:được )?(?:\w+ ){1,3}$")
_CLAUSE = re.compile(r"[,;.:()]\s")

LEADING_SHARE = 0.2
NOT_AS_TYPED = 0.9  # of a unit that was typed short, and is written out in the sentence


@lru_cache(maxsize=16)
def _lowered(text: str) -> str:
    """The canonical form of a question, which is needed again for each sentence."""
    return canonical(text)


def find_short_answers(question: Question, sentence: str, year: int | None = None) -> list[Mention]:
    """All mentions of the asked kind that the question does not name already; `year` completes "27/12" (the article's year)."""
    asked = _lowered(question.standalone)
    if question.answer_type is AnswerType.DATE:
        found = _dates(question, sentence, year)
    else:
        finder = _FINDERS.get(question.answer_type)
        found = finder(sentence) if finder else []
    if question.answer_type is AnswerType.ORGANISATION and (noun := _BODY_ASKED.search(asked)):
        found = [mention for mention in found if canonical(mention.text).startswith(noun["noun"])]
    return [mention for mention in found if canonical(mention.text).strip() not in asked]


def best_short_answer(question: Question, sentence: str, asked: QuestionTerms, year: int | None = None) -> Mention | None:
    """The number with the asked unit first, then the mention in the clause that covers most of the question, then the nearest.

    None where the sentence holds no mention of the asked kind.
    """
    found = find_short_answers(question, sentence, year)
    if not found:
        return None
    anchors = [token for token in tokenize(sentence) if token.text in asked.weights]

    def rank(mention: Mention) -> tuple[float, float, float, float]:
        distances = sorted(min(abs(token.start - mention.end), abs(mention.start - token.end)) for token in anchors)
        nearest = distances[:4] or [0]
        covered = _covered_around(sentence, mention, asked, first=mention is found[0])
        return (-unit_score(question, mention), -round(covered, 2), sum(nearest) / len(nearest), mention.start)

    best = min(found, key=rank)
    return trim_amount(_without_negated(best, sentence), sentence) if question.answer_type is AnswerType.NUMBER else best


def _covered_around(sentence: str, mention: Mention, asked: QuestionTerms, *, first: bool) -> float:
    """What of the question stands in the mention's own clause; what leads in the first mention mostly belongs to all of them.

    "Năm 2021 có 13 chi bộ loại xuất sắc, 50 chi bộ loại tốt": the year speaks for neither number.
    """
    start = max((match.end() for match in _CLAUSE.finditer(sentence, 0, mention.start)), default=0)
    following = _CLAUSE.search(sentence, mention.end)
    after = sentence[mention.start : following.start() if following else len(sentence)]
    before = coverage(asked, terms_of(sentence[start : mention.start]))
    return coverage(asked, terms_of(after)) + (LEADING_SHARE if first else 1.0) * before


def counted_units(question: Question) -> frozenset[str]:
    """The names of what a question counts: "bao nhiêu đảng viên" → all names of persons; empty where no known unit is asked for."""
    unit = " ".join(_persons_written_out(_unit_asked(question))[:2])
    if unit not in _COMPOUND_UNITS:
        return frozenset()
    return next((family for family in _UNIT_FAMILIES if unit in family), frozenset()) | {unit}


def unit_words(question: Question) -> tuple[str, ...]:
    """What is typed like a search to be counted, at most three words: "số hội viên tối đa" → ("hội", "viên"); else empty."""
    asked = _COUNT_TYPED.match(_lowered(question.standalone)) if question.answer_type is AnswerType.NUMBER else None
    return tuple(asked["unit"].split()[:3]) if asked else ()


def counted_word(question: Question) -> str | None:
    """The word counted: "bao nhiêu hội viên" → "hội"; None where a word of grammar follows ("bao nhiêu là đủ")."""
    word = next(iter(_unit_asked(question)), None)
    return None if word is None or word in _NO_UNIT else word


def _unit_asked(question: Question) -> list[str]:
    """The words of what is counted, as typed: "bao nhiêu đảng viên dự bị" → [đảng, viên, dự, bị]; empty where nothing is."""
    text = _lowered(question.standalone)
    own = _UNIT_ASKED.search(_lowered(question.own_text)) if question.carried else None  # what is newly counted in a follow-up
    asked = own or _UNIT_ASKED.search(text) or _COUNT_TYPED.match(text) or _NUMBER_OF.match(text)
    return asked["unit"].split() if asked else []


def _is_person(unit: Sequence[str]) -> bool:
    """Whether a unit typed short is that of persons: "ĐV", not "TCCSĐ", which is narrower than any "tổ chức"."""
    return _written_out(unit[:1])[0] in _PEOPLE


def _persons_written_out(unit: Sequence[str]) -> Sequence[str]:
    return _written_out(unit) if unit and _is_person(unit) else unit


def _written_out(unit: Sequence[str]) -> list[str]:
    return [syllable for word in unit for syllable in _SHORT_UNITS.get(word, word).split()]


def counts_people_or_bodies(question: Question) -> bool:
    """Whether persons or organisations are counted, by whatever name: "bao nhiêu đảng viên", "mấy TCCSĐ"."""
    word = counted_word(question)
    return word is not None and any(word in family for family in _FIRST_WORDS[:2])


def names_of_unit(word: str) -> frozenset[str]:
    """First words (canonical) of what may be counted by another name: "người" is also đồng chí, đảng viên, cán bộ …"""
    return next((family for family in _FIRST_WORDS if word in family), frozenset()) | {word}


def unit_score(question: Question, mention: Mention) -> float:
    """How far the number's unit is the asked one: "bao nhiêu đảng viên" and "15 đảng viên mới" → 2."""
    if question.answer_type is not AnswerType.NUMBER:
        return 0.0
    text = _lowered(question.standalone)
    if _SHARE_ASKED.search(text):
        return float("%" in mention.text or "phần" in mention.text)
    if _MONEY_ASKED.search(text):
        return float(bool(re.search(r"(?:đồng(?! chí)|triệu|tỷ|tỉ)\b", canonical(mention.text))))
    wanted = _unit_asked(question)
    if not wanted and _PAY_ASKED.search(text):
        return float(bool(_PAY.search(canonical(mention.text))))
    if not wanted:
        return float(bool(re.search(r"\b(?:ngày|tháng|năm|tuần|giờ|phút|buổi)\b", mention.text))) if "bao lâu" in text else 0.0
    unit = _AMOUNT_ITSELF.sub("", canonical(mention.text)).split()
    short = wanted[0] in _SHORT_UNITS
    if short and _is_person(wanted) and wanted[0] not in unit[:1]:  # whoever asks with a short form finds it as it is first
        return min(NOT_AS_TYPED, _unit_match(_written_out(wanted), _written_out(unit)))
    return _unit_match(wanted, unit if short else _written_out(unit))


def _unit_match(wanted: Sequence[str], unit: Sequence[str]) -> float:
    """1 and more where the first word asked for is among the first of the number's unit, a half for another name of persons."""
    if not unit:
        return 0.0
    if " ".join(wanted[:2]) in _COMPOUND_UNITS and " ".join(wanted[:2]) not in " ".join(unit[:4]):
        return 0.5 if unit[0] in _PEOPLE and wanted[0] in _PEOPLE and list(unit[:2]) != ["đảng", "bộ"] else 0.0
    if wanted[0] in unit[:3]:
        return 1.0 + sum(a == b for a, b in zip(wanted[1:], unit[1:], strict=False))
    return 0.5 if unit[0] in _PEOPLE and wanted[0] in _PEOPLE else 0.4 if unit[0] in wanted else 0.0


def _without_negated(mention: Mention, sentence: str) -> Mention:
    """ "Không bầu quá 7 chi uỷ viên" → "7 chi uỷ viên": alone, "quá 7" would say the opposite."""
    beyond = _BEYOND.match(mention.text)
    if beyond is None or not _NOT_BEYOND.search(canonical(sentence[: mention.start])):
        return mention
    return Mention(mention.text[beyond.end() :], mention.start + beyond.end(), mention.end)


def trim_amount(mention: Mention, sentence: str) -> Mention:
    """Cut the words after the number where a verb or particle begins: "15 đảng viên trong tháng" → "15 đảng viên".

    "trở lên" belongs to the number; a word that only leads to what follows never ends it.
    """
    number = re.match(r"\D*\d[\d.,]*\S*", mention.text)
    head = number.end() if number else 0
    text = mention.text[:head] + _VERBS.sub("", mention.text[head:])
    rest = text.rstrip().lower().rfind(" trở")
    more = _AND_MORE.match(sentence, mention.start + rest + 1) if rest > 0 else None
    if more is not None:
        return Mention(sentence[mention.start : more.end()], mention.start, more.end())
    shorter = _DANGLING.sub("", text)
    text = (shorter if len(shorter) >= head else text).strip(" ,.")
    return Mention(text, mention.start, mention.start + len(text))


def _dates(question: Question, sentence: str, year: int | None) -> list[Mention]:
    """Dates as written, "27/12" with the article's year; where a day is asked, dates with one first or only."""
    asked = _lowered(question.standalone)
    found = find_dates(sentence, year)
    with_day = [mention for mention in found if mention.date.day]
    if _MUST_HAVE_DAY.search(asked) or (with_day and _DAY_ASKED.search(asked)):
        found = with_day
    shown = []
    for mention in found:
        text = sentence[mention.start : mention.end]
        shown.append(Mention(text if str(mention.date.year) in text else mention.date.vietnamese, mention.start, mention.end))
    return shown


def _references(sentence: str) -> list[Mention]:
    return [Mention(sentence[r.start : r.end], r.start, r.end) for r in find_references(sentence)]


_FINDERS: dict[AnswerType, Callable[[str], list[Mention]]] = {
    AnswerType.PERSON: find_persons,
    AnswerType.NUMBER: find_amounts,
    AnswerType.PLACE: find_places,
    AnswerType.REFERENCE: _references,
    AnswerType.ORGANISATION: find_bodies,
}
