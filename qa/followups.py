"""A follow-up question made standalone from the turns before it, by rule.

Example: after "Có bao nhiêu tổ chức đạt loại xuất sắc năm 2021?", "Thế còn năm 2020?" becomes
"Có bao nhiêu tổ chức đạt loại xuất sắc năm 2020?". A question with a subject of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.text.canonical import canonical
from index.text.references import find_loose_references, find_references
from qa.answer_types import find_ordinal, next_in_order
from qa.mentions import find_persons
from qa.posts import POST
from qa.types import Turn

_OPENING = re.compile(r"^(?:(?:thế|vậy|vậy thì|thế thì|và|rồi) )?(?:còn|thế còn|vậy còn) (?:về |với |đối với )?", re.IGNORECASE)
_BARE_OPENING = re.compile(r"^(?:thế|vậy|và|rồi|vậy thì|thế thì)[ ,]+", re.IGNORECASE)
_CLOSING = re.compile(r"[ ,]*\b(?:thì sao|thì thế nào|thì như thế nào|ra sao|thế nào|thì|nhỉ|ạ|vậy)\s*$", re.IGNORECASE)
_PERSON_WORD = re.compile(
    r"\b(?:(?:vị )?đồng chí|ông|bà|anh|chị|người|vị)(?: (?:bí thư|chủ tịch|lãnh đạo|cán bộ))? (?:ấy|đó|này|kia|trên)\b"
    r"|\bông ta\b|\bbà ta\b",
    re.IGNORECASE,
)
_DIRECTIVE_WORD = re.compile(
    r"\b(?P<noun>nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|văn bản|thông tư|nghị định|thông báo"
    r"|đề án|chương trình|luật)"
    r" (?:ấy|đó|này|kia|trên|nói trên)\b",
    re.IGNORECASE,
)
_NEXT_ITEM = re.compile(
    r"\b(?:bước|nhiệm vụ|nội dung|giải pháp|điều kiện|trường hợp|mục|nguyên tắc|cái|ý)"
    r" (?:(?P<before>trước(?: đó)?|liền trước)|tiếp theo|kế tiếp|tiếp|sau(?: đó)?)\b(?! ngày)",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    r"\b(?:vào )?(?P<noun>năm|tháng|ngày|thời gian|giai đoạn|nhiệm kỳ|hôm|lúc|thời điểm) (?:ấy|đó|này|nói trên)\b|\bkhi đó\b|\blúc đó\b",
    re.IGNORECASE,
)
_THING_WORD = re.compile(
    r"\b(?P<noun>hội nghị|đại hội|cuộc họp|buổi làm việc|lễ|đảng bộ|đảng (?:ủy|uỷ)(?: khối)?|chi bộ|cơ quan|đơn vị|tổ chức"
    r"|ban|nhiệm vụ|nội dung|việc|tỉnh|khối|bài|phong trào|đợt|lớp|số tiền"
    r"|trường hợp|quyền|điều kiện|hình thức|con số)(?: (?:ấy|đó|này|kia|trên|nói trên))\b|\b(?:ở|tại|trong|về) (?:đó|đấy"
    r"|đây)\b|\bđiều (?:đó|này|ấy)\b|\bchúng\b|\b(?:nó|họ)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?:trong |vào |đến |từ )?(?:nhiệm kỳ|giai đoạn)\s+\d{4}\s*[-–—]\s*\d{4}|(?:ngày )?\d{1,2}/\d{1,2}/\d{4}"
    r"|(?:tháng )?\d{1,2}/\d{4}|tháng \d{1,2}(?: năm \d{4})?"
    r"|quý [IV\d]+(?: năm \d{4})?|(?:năm )?(?:19|20)\d{2}|năm (?:nay|trước|ngoái|sau))\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:(?:Ban (?:Thường vụ|Chấp hành|Tổ chức|Tuyên giáo|Dân vận|Kiểm tra)|BTV|BCH) )?(?:Đảng (?:ủy|uỷ|bộ)|Tỉnh (?:ủy"
    r"|uỷ)|Thành (?:ủy|uỷ)|Huyện (?:ủy|uỷ)|UBND|HĐND|(?:Ủy|Uỷ) ban|Sở|Khối)"
    r"(?: (?!(?:là|có|đã|năm|ngày|được|tổ chức|gồm|bao|thì|nào|giữ|họp|khi|ở|về|trong|tháng|nhiệm|ai|hiện|của)\b)[^\W\d_]+){0,10}",
    re.IGNORECASE,
)
_QUESTION_WORDS = re.compile(
    r"\b(?:ai là|là ai|là gì|là những gì|gồm những gì|gồm những ai|bao nhiêu|khi nào|bao giờ|(?:là )?bao lâu|(?:vào )?(?:ngày|năm"
    r"|tháng) nào|ở đâu|tại đâu|vì sao|tại sao|như thế nào|thế nào|nào|gì|mấy|có|những|các|hãy|nêu|cho biết)\b",
    re.IGNORECASE,
)
_ELLIPTICAL = re.compile(
    r"^(?:tại sao|vì sao|ở đâu|khi nào|bao giờ|ngày nào|năm nào|do ai|ai |ai$|bao nhiêu|mấy|cụ thể|nêu rõ|nói rõ|kể ra|gồm"
    r"|có bao nhiêu|có những|có ai|ai là người|nêu cụ thể|kết quả|nội dung|văn bản nào|lý do"
    r"|(?:có|có phải|có được|được|phải|cần) (?:được|phải|cần|thể|bị|bắt buộc|biểu quyết|tính|nộp|làm)|(?:của|thuộc|vào|do|bởi|trong|từ) )",
    re.IGNORECASE,
)  # fmt: skip
DIRECTIVE_NAMED = re.compile(
    r"\b(?:nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|thông báo|văn bản|NQ|CT|QĐ|HD|KL|KH|TB)"
    r"\s*(?:số\s*)?\d{1,5}(?:\s*[-/]\s*[^\W\d_]+)*(?:/\S*[^\W_])?",
    re.IGNORECASE,
)
_OF_DIRECTIVES = re.compile(
    r"\b(?:hiệu lực|ban hành|ra đời|ký|thay thế|thay cho|bị thay|áp dụng|thi hành|nói (?:về|gì)|quy định (?:gì|về)|nội dung"
    r"|gồm mấy|tên gọi|tên đầy đủ)\b"
)
_COUNTED = re.compile(
    r"\b(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:khâu|nhiệm vụ|giải pháp|nội dung|hạn chế|kinh nghiệm|bài học|mục tiêu|chỉ tiêu"
    r"|điều kiện|nguyên tắc|nhóm|việc|bước|trường hợp|điểm|phương châm|yêu cầu|loại)(?: (?:trọng tâm|đột phá|chủ yếu|cơ bản|chính))?\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:trên|dưới|từ|hơn|quá|đủ|ngoài|chưa đến|chưa đủ)\s+\d+\s+(?:năm tuổi đảng|[^\W\d_]+)(?: trở (?:lên|xuống))?\b", re.IGNORECASE
)
_LEVEL = re.compile(
    r"\b(?:cấp (?:trung ương|tỉnh|huyện|xã|cơ sở|uỷ cấp trên|ủy cấp trên)|tổ chức cơ sở đảng|(?:chi bộ|đảng bộ)(?: cơ sở| bộ phận)?"
    r"|đảng (?:ủy|uỷ)(?: cơ sở)?|đảng viên dự bị|đảng viên chính thức)\b",
    re.IGNORECASE,
)
_COUNTS_ARTICLES = re.compile(r"\b(?:bao nhiêu|mấy) (?:bài|tin|văn bản|tài liệu)\b.*?\b(?:về|đến|tới) (?P<topic>[^?]+)", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\s+thì\s+.*\b(?:này|đó|ấy|kia|sao|thế nào)$", re.IGNORECASE)
_CONDITION = re.compile(r"^(?:nếu|trường hợp|đối với|khi|với|ở|thì)\s+", re.IGNORECASE)
MAX_ELLIPTICAL_SYLLABLES = 9
MAX_OWN_CONTENT = 4  # words of its own that a question may have and still speak of the earlier one …
MAX_OWN_CONTENT_OPENED = 9  # … where it opens with "thế", "vậy", "còn"


def make_standalone(question: str, turns: Sequence[Turn], restore: Callable[[str], str]) -> str:
    """`question` with what `turns` supply; each earlier question is made standalone first. `restore` adds missing diacritics."""
    previous = ""
    answer = ""
    for turn in turns:
        previous = _resolve(restore(turn.question), previous, answer)
        answer = turn.answer
    return _resolve(question, previous, answer)


def _resolve(question: str, previous: str, answer: str) -> str:
    if not previous:
        return question
    for rule in (_carry_ordinal, _carry_person, _carry_directive, _carry_time, _replace_part, _carry_number, _carry_thing, _complete):
        resolved = rule(question, previous, answer)
        if resolved is not None:
            tidy = _tidy(resolved)
            return tidy[:1].upper() + tidy[1:]
    return question


def _carry_ordinal(question: str, previous: str, answer: str) -> str | None:
    """Like "nêu rõ hơn nhiệm vụ thứ ba" → "nêu rõ hơn nhiệm vụ thứ ba trong 5 nhiệm vụ trọng tâm của …"; "Bước tiếp theo?" after one
    for step 3 → that one for step 4."""
    beside = _NEXT_ITEM.search(question)
    if beside is not None and len(question.split()) <= MAX_ELLIPTICAL_SYLLABLES:
        return next_in_order(previous, -1 if beside["before"] else 1)
    if find_ordinal(question) is None or len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES:
        return None
    return f"{_bare(question)} trong {_topic(previous)}?"


def _carry_person(question: str, previous: str, answer: str) -> str | None:
    """Like "Đồng chí ấy giữ chức vụ gì?" → the last person of the earlier question, else the first of its answer."""
    if not _PERSON_WORD.search(question):
        return None
    persons = find_persons(previous) or find_persons(answer)
    if not persons:
        return f"{_bare(question)} – {_topic(previous)}?"
    name = persons[-1].text if find_persons(previous) else persons[0].text
    return _PERSON_WORD.sub(f"đồng chí {name}", question, count=1)


def _carry_directive(question: str, previous: str, answer: str) -> str | None:
    match = _DIRECTIVE_WORD.search(question)
    if match is None:
        return None
    references = find_references(previous) or find_references(answer)
    if references:
        number = references[0].number
        return f"{question[: match.start()]}{match['noun']} {number}{question[match.end() :]}"
    return _with_noun(question, match, previous)


def _carry_time(question: str, previous: str, answer: str) -> str | None:
    match = _TIME_WORD.search(question)
    if match is None:
        return None
    period = _PERIOD.search(previous) or _PERIOD.search(answer)
    if period is None:
        return f"{_bare(question)} – {_topic(previous)}?"
    resolved = f"{question[: match.start()]}{period[0]}{question[match.end() :]}"
    return resolved if len(_content(resolved)) > 5 else _complete(resolved, previous, answer) or resolved


def _replace_part(question: str, previous: str, answer: str) -> str | None:
    """Like "Thế còn năm 2020?": the part named takes the place of its like in the earlier question."""
    opening = _OPENING.match(question)
    rest = _CLOSING.sub("", _bare(question[opening.end() :] if opening else _BARE_OPENING.sub("", question)))
    closed = bool(_CLOSING.search(_bare(question)))
    if not rest or not (opening or (closed and len(rest.split()) <= MAX_ELLIPTICAL_SYLLABLES)):
        return None
    rest = _POINTS_BACK.sub("", _CONDITION.sub("", rest))
    for find in (DIRECTIVE_NAMED.search, _COUNTED.search, _LIMIT.search, _period_in, _person_in, _post_in, _LEVEL.search, _body_in):
        resolved = _swap(rest, previous, find)
        if resolved is not None:
            return resolved
    if (period := _PERIOD.fullmatch(rest)) and not _PERIOD.search(previous):
        return f"{_bare(previous)} {period[0]}?"
    if (counted := _COUNTS_ARTICLES.search(previous)) and not _PERIOD.search(rest):
        return f"{previous[: counted.start('topic')]}{rest}?"
    return _swap_by_ends(rest, previous) or f"{_bare(previous)} – {rest}?"


def _carry_number(question: str, previous: str, answer: str) -> str | None:
    """Like "có hiệu lực từ khi nào?", "ai ký?": what is asked of a document goes with the number of the earlier question."""
    named = DIRECTIVE_NAMED.search(previous)
    asks = _OF_DIRECTIVES.search(question) and len(question.split()) <= MAX_ELLIPTICAL_SYLLABLES
    if named is None or not asks or _has_own_subject(question) or _DIRECTIVE_WORD.search(question):
        return None
    bare = re.sub(r"^(?:nó|văn bản|cái đó)\s+", "", _BARE_OPENING.sub("", _bare(question)), flags=re.IGNORECASE)
    asks_who = re.match(r"(?:ai|do|cơ quan|đơn vị|nơi)\b", bare, re.IGNORECASE)
    return f"{bare} {named[0]}?" if asks_who and not bare.startswith("do") else f"{named[0]} {bare}?"


def _carry_thing(question: str, previous: str, answer: str) -> str | None:
    match = _THING_WORD.search(question)
    if match is None or len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES:
        return None
    return _with_noun(question, match, previous)


def _complete(question: str, previous: str, answer: str) -> str | None:
    """A question without a subject of its own ("Do ai chủ trì?") gets the topic of the earlier one."""
    opened = _BARE_OPENING.match(question)
    bare = question[opened.end() :] if opened else question
    if _has_own_subject(question) or not (opened or _ELLIPTICAL.match(bare)):
        return None
    limit = MAX_OWN_CONTENT_OPENED if opened else MAX_OWN_CONTENT
    return None if len(_content(bare)) > limit else f"{_bare(bare)} – {_topic(previous)}?"


def _has_own_subject(question: str) -> bool:
    long = len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES
    return long or bool(find_persons(question) or find_references(question) or find_loose_references(question))


def carry_topic(question: str, turns: Sequence[Turn], restore: Callable[[str], str]) -> str | None:
    """`question` with the topic of the last turn, for when it finds no answer alone; None where it has a subject of its own."""
    if not turns or _has_own_subject(question):
        return None
    last = make_standalone(restore(turns[-1].question), turns[:-1], restore)
    return f"{_bare(question)} – {_topic(last)}?"


def _with_noun(question: str, match: re.Match[str], previous: str) -> str:
    """Like "hội nghị đó" → the stretch of the earlier question that begins with "hội nghị", else its whole topic."""
    noun = match.groupdict().get("noun") or ""
    start = canonical(previous).find(canonical(noun)) if noun else -1
    thing = _tidy(_QUESTION_WORDS.sub(" ", previous[start:])).strip(" ?.") if start >= 0 else ""
    if thing:
        return f"{question[: match.start()]}{thing}{question[match.end() :]}"
    return f"{_bare(question)} – {_topic(previous)}?"


def _swap(rest: str, previous: str, find: Callable[[str], re.Match[str] | None]) -> str | None:
    new, old = find(rest), find(previous)
    if new is None or old is None or len(new[0].split()) < len(rest.split()) - 4:
        return None
    return f"{previous[: old.start()]}{new[0]}{previous[old.end() :]}"


def _period_in(text: str) -> re.Match[str] | None:
    return _PERIOD.search(text)


def _person_in(text: str) -> re.Match[str] | None:
    persons = find_persons(text)
    return re.compile(re.escape(persons[-1].text)).search(text) if persons else None


def _post_in(text: str) -> re.Match[str] | None:
    return POST.search(text)


def _body_in(text: str) -> re.Match[str] | None:
    return _BODY.search(text)


def _swap_by_ends(rest: str, previous: str) -> str | None:
    """Like "hoàn thành tốt nhiệm vụ" replaces "hoàn thành xuất sắc nhiệm vụ": same first and last syllable."""
    words = canonical(rest).split()
    lowered = canonical(previous)
    start = lowered.find(words[0])
    end = lowered.rfind(words[-1])
    if len(words) < 2 or start < 0 or end < start + len(words[0]):
        return None
    return f"{previous[:start]}{rest}{previous[end + len(words[-1]) :]}"


def _topic(previous: str) -> str:
    return _tidy(_QUESTION_WORDS.sub(" ", previous)).strip(" ?.,–-") or previous.strip(" ?.")


def _content(text: str) -> list[str]:
    return _QUESTION_WORDS.sub(" ", text).split()


def _bare(question: str) -> str:
    return question.strip().rstrip(" ?.!…")


def _tidy(text: str) -> str:
    return re.sub(r" +([,?.;])", r"\1", " ".join(text.split()))
