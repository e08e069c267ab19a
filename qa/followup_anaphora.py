"""Words of a follow-up question that point back ("đồng chí ấy", "năm đó", "văn bản này"), resolved by what was named before."""

from __future__ import annotations

import re

from index.text.canonical import canonical
from index.text.references import find_references
from qa.followup_amounts import after_a_time
from qa.followup_parts import HOW_LONG
from qa.followup_topic import (
    BARE_OPENING,
    DIRECTIVE_NAMED,
    MAX_ELLIPTICAL_SYLLABLES,
    PERIOD_NAMED,
    QUESTION_WORDS,
    bare_question,
    complete,
    content_words,
    has_own_subject,
    subject_of,
    tidied,
    topic_of,
    uncapitalised,
)
from qa.mentions import find_persons

_PERSON_WORD = re.compile(
    r"\b(?:(?:vị )?đồng chí|ông|bà|anh|chị|người|(?<!đơn )(?<!học )(?<!chức )vị)"
    r"(?: (?:bí thư|chủ tịch|lãnh đạo|cán bộ))? (?:ấy|đó|này|kia|trên)\b"
    r"|\bông ta\b|\bbà ta\b"
    r"|\b(?:ông|bà)(?= (?:từng|đã|đang|sẽ|còn|giữ|làm|là|có|sinh|quê|được|bị|nói|phát biểu|học|công tác"
    r"|bao nhiêu|mấy|bao lâu|ở|phụ trách|về|vào|mất|nhận|ký|cũng|vẫn)\b)",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\bai\b|\b(?:người|đồng chí|vị|ông|bà|cán bộ|nhà báo|phóng viên) nào\b", re.IGNORECASE)
_REPEATED = re.compile(r"\b(?:(?:số|những|các|mấy) )?(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?) (?:đó|ấy|này|kia|nói trên)\b", re.IGNORECASE)
_DIRECTIVE_WORD = re.compile(
    r"\b(?P<noun>nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|văn bản|thông tư|nghị định|thông báo"
    r"|đề án|chương trình|luật)"
    r" (?:ấy|đó|này|kia|trên|nói trên)\b",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    r"\b(?:vào )?(?P<noun>năm|tháng|ngày|thời gian|thời hạn|giai đoạn|nhiệm kỳ|hôm|lúc|thời điểm) (?:ấy|đó|này|nói trên)\b"
    r"|\bkhi đó\b|\blúc đó\b",
    re.IGNORECASE,
)
_THING_WORD = re.compile(
    r"\b(?P<noun>hội nghị|đại hội|cuộc họp|buổi làm việc|lễ|đảng bộ|đảng (?:ủy|uỷ)(?: khối)?|chi bộ|cơ quan|đơn vị|tổ chức"
    r"|ban|nhiệm vụ|nội dung|việc|tỉnh|khối|bài|phong trào|đợt|lớp|số tiền"
    r"|trường hợp|quyền|điều kiện|hình thức|con số)(?: (?:ấy|đó|này|kia|trên|nói trên))\b|\b(?:ở|tại|trong|về) (?:đó|đấy"
    r"|đây)\b|\bđiều (?:đó|này|ấy)\b|\bchúng\b|\b(?:nó|họ)\b",
    re.IGNORECASE,
)
_OF_DIRECTIVES = re.compile(
    r"\b(?:hiệu lực|ban hành|ra đời|ký|thay thế|thay cho|bị thay|áp dụng|thi hành|nói (?:về|gì)|quy định (?:gì|về)|nội dung"
    r"|gồm (?:mấy|những|các|có)|có (?:mấy|bao nhiêu) (?:phần|chương|điều|mục)|tên gọi|tên đầy đủ)\b"
)
_PRONOUN = re.compile(r"nó|họ|chúng", re.IGNORECASE)
_WHICH_ASKED = re.compile(
    r"\b(?P<noun>giấy|mẫu|phiếu|sổ|thẻ|đơn|tờ|biểu|bản|công văn|báo cáo|biên bản|con dấu|phần mềm|ô|loại)"
    r"(?: [^\W\d_]+){0,2}? (?:nào|gì|mấy|bao nhiêu|số mấy)\b",
    re.IGNORECASE,
)
_THING_TOLD = re.compile(r"[^.;,:“”\[\]()\n]*")
MAX_TOLD = 9


def carry_person(question: str, previous: str, answer: str) -> str | None:
    """Like "Đồng chí ấy giữ chức vụ gì?" → the last person of the earlier question, else the first of its answer.

    Where the earlier question asked who ("Ai thay ông A?"), the answer's person is meant.
    """
    if not _PERSON_WORD.search(question) or find_persons(question):
        return None
    named = [person.text for person in find_persons(previous)]
    told = [person.text for person in find_persons(answer) if person.text not in named]
    if not named and not told:
        return f"{bare_question(question)} – {topic_of(previous)}?"
    name = told[0] if told and (not named or _ASKS_WHO.search(previous)) else named[-1]
    period = PERIOD_NAMED.search(previous)
    timed = _TIME_WORD.sub(lambda match: period[0] if period else match[0], question, count=1)
    return _PERSON_WORD.sub(f"đồng chí {name}", timed, count=1)


def carry_directive(question: str, previous: str, answer: str) -> str | None:
    """Like "Văn bản đó do ai ký?" → the document with its number, of the earlier question or else of its answer."""
    match = _DIRECTIVE_WORD.search(question)
    if match is None:
        return None
    named = DIRECTIVE_NAMED.search(previous)
    references = find_references(previous) or ([] if named else find_references(answer))
    if named is not None and (not references or canonical(match["noun"]) == "văn bản"):  # "quy định 5-qđ/tv", typed small, is no reference
        return f"{question[: match.start()]}{named[0]}{question[match.end() :]}"
    if references:
        number = references[0].number
        return f"{question[: match.start()]}{match['noun']} {number}{question[match.end() :]}"
    return _with_noun(question, match, previous)


def carry_time(question: str, previous: str, answer: str) -> str | None:
    """Like "Năm đó có mấy chi bộ?" → the period of the earlier question, else of its answer."""
    match = _TIME_WORD.search(question)
    if match is None:
        return None
    lasting = canonical(match["noun"] or "") in ("thời gian", "thời hạn") and HOW_LONG.search(previous)  # how long, not when
    period = None if lasting else PERIOD_NAMED.search(previous) or PERIOD_NAMED.search(answer)
    if period is None:
        topic = (after_a_time(question) and subject_of(previous)) or topic_of(previous)
        return f"{bare_question(question)} – {topic}?"
    resolved = f"{question[: match.start()]}{period[0]}{question[match.end() :]}"
    return resolved if len(content_words(resolved)) > 5 else complete(resolved, previous, answer) or resolved


def carry_number(question: str, previous: str, answer: str) -> str | None:
    """Like "có hiệu lực từ khi nào?", "ai ký?": what is asked of a document goes with the number of the earlier question."""
    named = DIRECTIVE_NAMED.search(previous)
    asks = _OF_DIRECTIVES.search(question) and len(question.split()) <= MAX_ELLIPTICAL_SYLLABLES
    if named is None or not asks or has_own_subject(question) or _DIRECTIVE_WORD.search(question):
        return None
    bare = re.sub(r"^(?:nó|văn bản|cái đó)\s+", "", BARE_OPENING.sub("", bare_question(question)), flags=re.IGNORECASE)
    asks_who = re.match(r"(?:ai|do|cơ quan|đơn vị|nơi)\b", bare, re.IGNORECASE)
    return f"{bare} {named[0]}?" if asks_who and not bare.startswith("do") else f"{named[0]} {bare}?"


def carry_thing(question: str, previous: str, answer: str) -> str | None:
    """Like "Hội nghị đó bàn việc gì?" → the thing as the earlier question names it; so too a noun told again."""
    if len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES:
        return None
    match = _THING_WORD.search(question)
    if match is not None:
        told = (_thing_told(match[0], previous, answer) or subject_of(previous)) if _PRONOUN.fullmatch(match[0]) else ""
        if told:
            return f"{question[: match.start()]}{told}{question[match.end() :]}"
        return _with_noun(question, match, previous)
    earlier = f" {canonical(previous)} "
    again = any(f" {canonical(each['noun'])} " in earlier.replace("?", " ") for each in _REPEATED.finditer(question))
    return f"{bare_question(question)} – {topic_of(previous)}?" if again else None


def _thing_told(pronoun: str, previous: str, answer: str) -> str:
    """What "nó" is after "… dùng giấy mấy ô?", "Dùng giấy giới thiệu loại 10 ô." → "giấy giới thiệu loại 10 ô"; empty where the answer does
    not name such a thing in few words."""
    asked = None if pronoun.lower() == "họ" else _WHICH_ASKED.search(previous)
    start = re.search(rf"\b{asked['noun']}\b", answer, re.IGNORECASE) if asked else None
    told = match[0].strip() if start and (match := _THING_TOLD.match(answer, start.start())) else ""
    return uncapitalised(told[:1].lower() + told[1:]) if 1 < len(told.split()) <= MAX_TOLD else ""


def _with_noun(question: str, match: re.Match[str], previous: str) -> str:
    """Like "hội nghị đó" → the stretch of the earlier question that begins with "hội nghị", else its whole topic."""
    noun = match.groupdict().get("noun") or ""
    start = canonical(previous).find(canonical(noun)) if noun else -1
    thing = tidied(QUESTION_WORDS.sub(" ", previous[start:])).strip(" ?.") if start >= 0 else ""
    if len(thing.split()) > len(noun.split()):  # the noun alone tells no more than the question does
        return f"{question[: match.start()]}{thing}{question[match.end() :]}"
    return f"{bare_question(question)} – {topic_of(previous)}?"
