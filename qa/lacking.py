"""What is asked for and cannot be told from a sentence, however much of the question it covers: its unit, its time, a trait."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from index.text.canonical import canonical, fold
from index.text.dates import find_asked_terms, find_dates, find_terms
from index.text.tokens import terms
from index.types import Article
from qa.evidence import Evidence
from qa.mentions import find_amounts, provinces_in
from qa.periods import days_of, days_of_term
from qa.short_answers import counted_word, names_of_unit, unit_words
from qa.types import AnswerType, Question

MAX_PROMOTED = 6
LOOKS_BACK = 3  # the last month in which an article tells of the year before
_NEWLY_ASKED = 0.8  # of what a follow-up newly asks, in the sentence
_NEAR_BEST = 0.05  # of the best one's likelihood
_AS_LIKELY = 0.3
_NEAR_COUNTED = 0.2  # … where it counts what is asked for
_IN_FORCE = re.compile(r"\b(?:áp dụng|hiệu lực|thi hành|thực hiện)\b")
_MONTH = timedelta(days=31)
_PENALTIES = ("khiển trách", "cảnh cáo", "cách chức", "khai trừ", "giáng chức", "xoá tên")
_PART_ASKED = re.compile(r"^(?:rieng|chi rieng|tinh rieng)\b")
_PART_TOLD = re.compile(r"\b(?:riêng|trong đó|gồm|bao gồm|cụ thể|lần lượt|mỗi)\b|:")
# How long: what may be told instead of the unit that is asked for.
_LENGTHS = {
    "ngày": "ngày|tuần|buổi|giờ|hôm",
    "tháng": "tháng|năm|quý|tuần|ngày|nhiệm kỳ",
    "năm": "năm|tháng|khoá|khóa|nhiệm kỳ|thế kỷ|tuổi|tròn",
}
_PROVINCES_ASKED = re.compile(r"\b(?:nhung|cac) (?:tinh|thanh pho|tinh thanh|tinh, thanh pho|dia phuong)(?: cu the)? nao\b")
_OF_PROVINCE = re.compile(r"\b(?:của|thuộc|ở|tại|là) (?:tỉnh|tỉnh, thành phố|tỉnh hay thành phố) nào\b")
_NUMBER_ASKED = re.compile(
    r"\b(?:nghi quyet|chi thi|quyet dinh|quy dinh|huong dan|ket luan|ke hoach|thong tu|nghi dinh|cong van|thong bao|van ban|luat"
    r"|quy che|to trinh|bao cao|de an|phap lenh)\b.*\bso (?:may|bao nhieu|nao|hieu)\b"
)
_WHERE_HELD = re.compile(
    r"\b(?:mo|to chuc|dien ra|hop|khai mac|khai giang|ra mat)\b"
    r".*\b(?:o dau|tai dau|dia diem nao|noi nao|cho nao|dia diem)\b"
)
_PLACE_TOLD = re.compile(
    r"\b(?:tại|ở|trên địa bàn|trong (?:khuôn viên|trụ sở)|địa điểm|hội trường|trụ sở|nhà|phòng|trung tâm|khách sạn|sân|trường|nơi"
    r"|trực tuyến)\b"
)
_WHERE_DONE = re.compile(r"\b(?:cap|mua|dang ky|nhan|lam|nop|gui|xin)\b.*\b(?:o dau|tai dau|noi nao|cho nao)\b")
_BODY_TOLD = re.compile(r"\b(?:uỷ|chi bộ|đảng bộ|ban|cơ quan|đơn vị|tổ chức|uỷ ban|hội|sở|phường|xã|đoàn|trường|công an|về|đến|cho|gửi)\b")
_BARE = re.compile(r"^\D*\d[\d.,/]*")  # an amount up to its unit
_NAME_ASKED = re.compile(r"\bten (?:la )?gi\b|\bho (?:va )?ten\b")
_HOW_LONG = re.compile(r"\b(?:mấy|bao nhiêu) (?:ngày|tháng|năm)\b(?! tuổi| tù)")
_BOUND_TO_A_TIME = frozenset({AnswerType.NUMBER, AnswerType.PERSON})
# Traits that have no other name; behind each the words of which one must be said: with their marks, for "phí" is not "phi".
_TRAITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("phụ cấp", ("phụ cấp",)),
    ("lệ phí", ("phí",)),
    ("chi phí", ("chi phí", "kinh phí", "lệ phí", "tiền", "đồng")),
    ("học phí", ("học phí",)),
    ("đảng phí", ("đảng phí",)),
    ("nghỉ phép", ("nghỉ phép", "phép năm")),
    ("(?:nghỉ )?thai sản|nghỉ sinh con", ("thai sản", "sinh con")),
    ("đảng viên dự bị|đang dự bị", ("dự bị", "đảng viên mới", "đảng viên chính thức")),
    ("(?:được )?miễn (?:công tác và )?sinh hoạt", ("miễn",)),
    ("sinh con thứ", ("con thứ", "sinh con", "dân số")),
    ("bảo hiểm", ("bảo hiểm", "bhxh", "bhyt")),
    ("tiền lương|mức lương|(?<!bang )(?<!chat )(?<!so )(?<!khoi )(?<!luc )(?<!san )(?<!trong )(?<!do )lương", ("lương",)),
    ("thời hiệu", ("thời hiệu",)),
    ("doanh thu", ("doanh thu",)),
    ("lợi nhuận", ("lợi nhuận", "lãi")),
    ("lãi suất", ("lãi suất", "lãi")),
    ("tiền phạt|mức phạt", ("phạt",)),
    ("tiền thưởng|mức thưởng", ("tiền thưởng", "mức thưởng", "thưởng tiền", "thưởng bằng tiền", "triệu đồng", "nghìn đồng", "mức lương")),
    ("mật khẩu", ("mật khẩu",)),
    ("(?:xin|muốn|được|thủ tục) (?:đổi|thay|sửa) (?:họ )?tên", ("đổi tên", "đổi họ", "họ tên", "họ và tên", "tên gọi", "cải chính")),
    ("(?:đóng|nộp|chịu) thuế|thuế suất", ("thuế",)),
    ("thuế thu nhập", ("thuế thu nhập", "thuế tncn")),
    ("quê(?: quán| gốc)?", ("quê", "sinh tại", "sinh ra")),
    ("sinh (?:ngày|năm|tháng)", ("sinh",)),
    ("số điện thoại", ("điện thoại", "số máy", "hotline")),
    ("email|thư điện tử", ("email", "@", "thư điện tử")),
    ("năm tù|án tù", ("tù",)),
    ("trình độ|học vấn|bằng cấp", ("trình độ", "học vấn", "bằng", "thạc sĩ", "tiến sĩ", "cử nhân", "tốt nghiệp")),
)
_ASKED_TRAIT = tuple(
    (
        re.compile(rf"(?<!\w)(?:{canonical(asked)})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{fold(asked)})(?!\w)"),
        tuple(re.escape(canonical(word)) for word in said),
    )
    for asked, said in _TRAITS
)


def lacks_what_is_asked(question: Question, best: Evidence) -> bool:
    """Whether the best sentence cannot be the answer: nothing of the unit counted, of the time named, of the trait asked for or of
    the one part whose figure is asked for; no number where a document's is wanted."""
    if _lacks_name(question, best):
        return True
    if _lacks_unit(question, best) or _lacks_penalty(question, best) or _lacks_province(question, best):
        return True
    if of_another_term(question, best.sentence.article) or _lacks_event_place(question, best):
        return True
    if _tells_another_time(question, best) or _tells_the_sum(question, best):
        return True
    return _lacks_trait(question, best)


def trait_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, with a sentence near the top in front that speaks of the trait asked for, where the best one does not."""
    if not evidence or not _lacks_trait(question, evidence[0]):
        return _counted_first(question, evidence)
    near = [each for each in evidence[:MAX_PROMOTED] if each.score >= _NEAR_BEST and not _lacks_trait(question, each)]
    return [replace(near[0], score=1.0), *(each for each in evidence if each is not near[0])] if near else list(evidence)


def province_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, with a sentence of the province asked about ("ở Hà Nội …") in front, where the best one is of no body of it and
    the other is about as likely and has as much of the asked kind."""
    provinces = provinces_in(question.standalone)
    if not provinces or not evidence or _issued_in(provinces, evidence[0]):
        return list(evidence)
    best = evidence[0].features
    near = (each for each in evidence[1:MAX_PROMOTED] if each.score >= _AS_LIKELY and each.features.fits >= best.fits)
    first = next((each for each in near if each.features.support > best.support and _issued_in(provinces, each)), None)
    return list(evidence) if first is None else [replace(first, score=1.0), *(each for each in evidence if each is not first)]


def _issued_in(provinces: set[str], evidence: Evidence) -> bool:
    issuer = canonical(evidence.sentence.article.metadata.issuer or "")
    return any(province in issuer for province in provinces)


def _counted_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """ "Số phó ban tối đa": a sentence near the top that counts phó ban, where the best one tells no number of them."""
    unit = unit_words(question)
    if len(unit) < 2 or not evidence or evidence[0].features.fits >= 1.0 or _tells_number_of(unit, evidence[0]):
        return list(evidence)
    near = [each for each in evidence[1:MAX_PROMOTED] if each.score >= _NEAR_COUNTED and _tells_number_of(unit, each)]
    return [replace(near[0], score=1.0), *(each for each in evidence if each is not near[0])] if near else list(evidence)


def _tells_number_of(unit: Sequence[str], evidence: Evidence) -> bool:
    counted = f" {' '.join(unit)} "
    return any(counted in f"{' '.join(terms(amount.text))} " for amount in find_amounts(evidence.sentence.text))


def _lacks_name(question: Question, best: Evidence) -> bool:
    """ "Quyết định … mang số mấy", "người … tên gì": a sentence without a number of a document, without a name."""
    asked = fold(canonical(question.standalone))
    if question.answer_type is AnswerType.REFERENCE:
        return best.features.fits == 0.0 and bool(_NUMBER_ASKED.search(asked))
    return question.answer_type is AnswerType.PERSON and best.features.fits < 1.0 and bool(_NAME_ASKED.search(asked))


def _lacks_unit(question: Question, best: Evidence) -> bool:
    """ "Bao nhiêu hội viên": the sentence has neither that word nor another name of such a thing."""
    if question.answer_type is not AnswerType.NUMBER:
        return False
    word = counted_word(question)
    if word in _LENGTHS and _HOW_LONG.search(canonical(question.standalone)):
        told = re.compile(rf"(?<!\w)(?:{_LENGTHS[word]})(?!\w)")
        return not any(told.search(canonical(amount.text)) for amount in find_amounts(best.sentence.text))
    if word is None or best.features.fits >= 1.0:
        return False
    if question.carried and fold(word) not in _said(canonical(question.own_text)) and best.features.focus >= _NEWLY_ASKED:
        return False  # the unit is that of the earlier question: "Còn … khi có dấu hiệu vi phạm?" may be told in others
    names = {fold(name) for name in names_of_unit(word)}
    if names.isdisjoint(_said(best.sentence.lowered)):
        return True
    on_one_line = " ".join(best.sentence.text.split())
    counted = [_said(_BARE.sub("", canonical(amount.text))) for amount in find_amounts(on_one_line)]
    return bool(counted) and all(said and names.isdisjoint(said) for said in counted)


def _said(text: str) -> set[str]:
    return {fold(term) for term in terms(text)} | set(re.findall(r"%", text))


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
    if not dates and not terms_named:
        return _is_older(question, best) or _of_another_year(question, best)
    meets = [days_of(each.date).meets((first, last)) for each in dates]
    meets += [days_of_term(term).meets((first, last)) for term in terms_named]
    return not any(meets)


def of_another_term(question: Question, article: Article) -> bool:
    """A term of office is asked for ("nhiệm kỳ 2025 – 2030") that the article never names, but others, and in which it was not written."""
    asked = {(term.first_year, term.last_year) for term in find_asked_terms(question.standalone)}
    if len(asked) != 1:
        return False
    told = {(term.first_year, term.last_year) for term in find_terms(f"{article.metadata.title}\n{article.text}")}
    first, last = asked.pop()
    when = article.metadata.date
    return bool(told) and (first, last) not in told and not (when and first <= when.year <= last)


def _lacks_event_place(question: Question, best: Evidence) -> bool:
    """ "… được mở ở địa điểm nào": a sentence without any word of place does not say where."""
    if question.answer_type is not AnswerType.PLACE or best.features.fits > 0.0:
        return False
    asked = fold(question.standalone)
    lowered = best.sentence.lowered
    if _WHERE_DONE.search(asked) and not _PLACE_TOLD.search(lowered) and not _BODY_TOLD.search(lowered):
        return True
    return bool(_WHERE_HELD.search(asked)) and not _PLACE_TOLD.search(lowered)


def _is_older(question: Question, best: Evidence) -> bool:
    """A month or day is asked for, and neither the article is of that time nor does it name it: "tháng 7" is not told in May.

    Of an article written before it the paragraph must name it.
    """
    assert question.period is not None
    first, last = question.period
    article = best.sentence.article
    when = article.metadata.date
    if first is None or last is None or last - first > _MONTH or (when and days_of(when).meets((first, last))):
        return False
    titled = [days_of(each.date) for each in find_dates(article.metadata.title, when.year if when else None)]
    elsewhere = bool(titled) and not any(days.meets((first, last)) for days in titled)
    text = _around(best) if elsewhere or (when and days_of(when).last < first) else article.text
    return not any(days_of(each.date).meets((first, last)) for each in find_dates(text, when.year if when else first.year))


def _of_another_year(question: Question, best: Evidence) -> bool:
    """A whole year is asked for that neither the paragraph nor the title names, and the article is of another: one of January … March tells
    of the year before."""
    assert question.period is not None
    first, last = question.period
    when = best.sentence.article.metadata.date
    if when is None or first is None or last is None or (first, last) != (date(first.year, 1, 1), date(first.year, 12, 31)):
        return False
    looks_back = when.year == first.year + 1 and (when.month or 12) <= LOOKS_BACK
    return when.year != first.year and not looks_back and str(first.year) not in _around(best)


def _tells_the_sum(question: Question, best: Evidence) -> bool:
    """ "Riêng …" asks for one part: an amount behind several things of one row is that of all together."""
    if question.answer_type is not AnswerType.NUMBER or not _PART_ASKED.search(fold(question.standalone).lstrip()):
        return False
    amounts = find_amounts(best.sentence.text)
    before = best.sentence.text[: amounts[-1].start] if amounts else ""
    return before.count(", ") >= 2 and not _PART_TOLD.search(best.sentence.lowered)


def _lacks_penalty(question: Question, best: Evidence) -> bool:
    """How many were punished in one way is not told by a paragraph about others: "khai trừ bao nhiêu đảng viên"."""
    if question.answer_type is not AnswerType.NUMBER:
        return False
    asked = fold(canonical(question.standalone))
    wanted = [fold(penalty) for penalty in _PENALTIES if re.search(rf"(?<!\w){fold(penalty)}(?!\w)", asked)]
    if not wanted:
        return False
    around = fold(canonical(_around(best)))
    return not any(penalty in around for penalty in wanted)


def _around(best: Evidence) -> str:
    """The title, the paragraph of the sentence and what stands above it."""
    article, block = best.sentence.article, best.sentence.block
    return f"{article.metadata.title} {article.text[block.start : block.end]} {' '.join(best.sentence.lineage)}"


def _lacks_province(question: Question, best: Evidence) -> bool:
    """ "Những tỉnh nào": a sentence without the name of one does not say it."""
    asked = canonical(question.standalone)
    named = question.answer_type is AnswerType.PLACE and _OF_PROVINCE.search(asked)
    return bool(named or _PROVINCES_ASKED.search(fold(asked))) and not provinces_in(best.sentence.text)


def _lacks_trait(question: Question, best: Evidence) -> bool:
    """ "Quê ở đâu", "phụ cấp bao nhiêu": a trait of which neither the paragraph nor what stands above it speaks."""
    asked = canonical(question.standalone)
    folded = fold(asked)
    bare = asked == folded  # "Nghệ An tự kiểm điểm" asks for no "án tù"
    wanted = [said for accented, plain, said in _ASKED_TRAIT if (plain.search(folded) if bare else accented.search(asked))]
    if not wanted:
        return False
    around = canonical(_around(best))
    return not all(re.search(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)", around) for said in wanted)
