"""A question that compares two things, whatever they are → one question for each: what is asked of both goes to each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical
from qa.types import Side

_OPENING = re.compile(
    r"^(?:(?:hãy|xin|cho (?:tôi |em )?(?:biết|hỏi)|nêu|chỉ ra)\s+)*"
    r"(?:so sánh|đối chiếu|phân biệt|(?:những |các )?(?:điểm |sự )?(?:giống(?: nhau)?"
    r"(?: và|,) )?khác (?:nhau|biệt)?|tìm điểm khác)(?: nhau)?(?: (?:của|giữa|về|là gì giữa))*\s+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[ ,]*(?:\b(?:có )?(?:gì )?(?:khác (?:nhau|biệt)?|giống (?:nhau)?|giống và khác nhau|thay đổi|tăng hay giảm|tăng|giảm"
    r"|chênh (?:nhau|lệch)|lệch (?:nhau)?|nhiều hơn|ít hơn)(?: nhau)?(?: như)?"
    r"(?: (?:thế nào|ra sao|gì|không|ở (?:điểm|chỗ) nào|điểm nào|chỗ nào|bao nhiêu(?: [\w%]+){0,2}|bao lâu|mấy \w+))*"
    r"|\b(?:như )?thế nào|\bra sao|\blà (?:những )?gì)[ ?.!…]*$",
    re.IGNORECASE,
)
_BY_DIFFERENCE = re.compile(
    r"^(?:giữa )?(?P<first>.{2,120}?)\s+(?:khác(?: (?:gì|nhau|biệt))?(?: (?:so )?với)?|so với)\s+(?P<second>.{2,120})$", re.IGNORECASE
)
_HOW_MUCH = re.compile(
    r"[ ,]*\b(?:nhiều ít|ít nhiều|hơn kém)(?: nhau)?(?: (?:thế nào|như thế nào|ra sao|bao nhiêu))*[ ?.!…]*$", re.IGNORECASE
)
_OF = re.compile(r"^(?:của|ở|tại|đối với|dành cho|cho|trong(?! nước\b)) ", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:và|với|hay)\s+", re.IGNORECASE)
_BETWEEN_LAST = re.compile(
    r"^(?P<subject>\S+(?: \S+){2,}?),? (?:khác|chênh) (?:nhau|biệt|lệch)(?: như)?(?: (?:thế nào|ra sao|gì|bao nhiêu|bao lâu))?"
    r" (?P<things>giữa .+)$",
    re.IGNORECASE,
)
_DIFFERING = r"(?:khác|chênh|lệch) (?:nhau|biệt|lệch)(?: như)?(?: (?:thế nào|ra sao|gì))?"
_ASPECT_LAST = re.compile(
    rf"^(?P<things>.+?),? (?P<differ>{_DIFFERING}) (?:về|ở) (?P<aspect>(?!điểm|chỗ)\S+(?: \S+){{0,7}})$", re.IGNORECASE
)
_ASPECT_BEFORE = re.compile(
    r"^(?P<things>.+?(?: và | với | hay | hoặc ).+?)(?:,| thì|, thì) (?P<aspect>(?:thời (?:hạn|gian)|hạn|mức|số|tỷ lệ|tỉ lệ|tiền|phụ cấp"
    rf"|lệ phí|chi phí|giấy tờ|hồ sơ|thủ tục|điều kiện)(?: [^,\s]+){{0,6}}?) (?P<differ>{_DIFFERING})$",
    re.IGNORECASE,
)
_ASPECTS = (
    r"(?:màu|nền|cỡ|kích thước|khổ|hình|tên|mức|thời hạn|thời gian|hạn|số|tỷ lệ|tỉ lệ|tiền|lệ phí|phụ cấp|giấy tờ|hồ sơ|thủ tục|điều kiện"
    r"|tiêu chuẩn|quyền|nhiệm vụ|trách nhiệm|thẩm quyền|thành phần|nội dung|cách|mẫu|độ tuổi|chữ)"
)
_HOW = r"(?: (?:như )?(?:thế nào|ra sao|sao|gì|bao nhiêu|bao lâu))?"
_ASPECT_WITHIN = re.compile(  # "loại A và loại B khác màu nền ra sao", "… mang tên khác nhau thế nào"
    r"^(?P<things>.+?(?: và | với | hay | hoặc | so với ).+?)(?<!các)(?<!những),?"
    rf"(?: (?:có )?(?:khác (?:nhau )?(?:về |ở )?|phân biệt (?:nhau )?(?:bằng|qua|nhờ|theo) )"
    rf"(?P<aspect>{_ASPECTS}\b(?: (?!so\b|với\b)\S+){{0,4}}?){_HOW}"
    rf"|(?: thì)?(?: (?:mang|có|gọi|dùng|ghi|đặt|in))? (?P<borne>(?P<trait>{_ASPECTS})\b(?: [^,\s]+){{0,3}}?) khác nhau{_HOW})$",
    re.IGNORECASE,
)
_ASKING_END = re.compile(r"(?<=\w) (?:gì|nào)$", re.IGNORECASE)  # "có quyền gì khác nhau"
_DONE_WITH = re.compile(  # "loại 7 ô và loại 10 ô dùng khác nhau thế nào"
    rf"^(?P<things>.+? (?:và|với|hay|hoặc) .+?)(?: thì)? (?:được )?(?P<deed>dùng|sử dụng|áp dụng|ghi|tính|in|viết|trình bày) {_DIFFERING}$",
    re.IGNORECASE,
)
_LASTS_LONGER = re.compile(r"\b(?:lâu|dài|nhanh|ngắn|chậm) hơn[ ?.!…]*$", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:các|những|mọi|nhiều|một|hai) \S+(?: \S+){0,2}$", re.IGNORECASE)  # "các hội khác" are other ones
_AGED = re.compile(  # "cụ trên 80 với người dưới 80": of people a bare number is an age
    r"\b(?:người|cụ|cán bộ|đảng viên|hội viên|ông|bà|bác)(?: già)? (?:trên|dưới|ngoài|từ đủ|đủ) \d{2}\b"
    r"(?! ?[\d/%.,-]| (?:tuổi|năm|tháng|ngày|đến|người))",
    re.IGNORECASE,
)
_SHARED_BEHIND = re.compile(  # "chi bộ và đảng uỷ cần tỷ lệ đồng ý khác nhau ra sao"
    rf"^(?P<first>.+?) (?:và|với|hay|hoặc) (?P<second>.+?) (?P<asked>(?:thì|phải|được|cần|có|chi|nộp|đóng|đạt|hưởng|nhận)\b"
    rf".*\b(?:thời (?:hạn|gian)|mức|số|tỷ lệ|tỉ lệ|tiền|phần trăm)\b.*?),? {_DIFFERING}$",
    re.IGNORECASE,
)
_TOPIC_BEFORE = re.compile(r"^(?P<topic>[^:;,]{4,80}): (?P<rest>.+)$")
_WHICH_MORE = re.compile(r"[,;]? *(?:thì )?\b(?:ai|đâu|\w+ nào)(?: \w+){0,2} hơn(?: \w+){0,2}[ ?.!…]*$", re.IGNORECASE)
_ASKED_OF_BOTH = re.compile(
    r"^(?P<first>.+?) (?:và|với|hay|hoặc) (?P<second>.+?)"
    r" (?P<asked>(?:thì|phải|được|cần|có|là|mất|chờ|đạt)\b.*\b(?:bao nhiêu|bao lâu|mấy)\b.*)$",
    re.IGNORECASE,
)
_DONE_TO_BOTH = re.compile(_ASKED_OF_BOTH.pattern.replace("thì|", "thì|bị|sau|trong|"), re.IGNORECASE)
_QUALIFIER = re.compile(
    r"(?:chính thức|tạm thời|dự bị|sớm|muộn|bắt buộc|tự nguyện|trong nước|ngoài nước|trực tiếp|gián tiếp|lần đầu|lại)", re.IGNORECASE
)
_SOURCE = re.compile(r"^(?P<first>theo [^,]+),\s+|,\s+(?P<last>theo [^,]+)$", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?P<subject>\S+ .*\S) (?P<joint>giữa|ở|tại|đối với|dành cho|cho|của|trong(?! nước)) (?P<thing>.+)$", re.IGNORECASE)
_NOUNS = frozenset(
    {"đảng", "chi", "cấp", "ban", "tổ", "cơ", "đơn", "đồng", "cán", "người", "uỷ", "đoàn", "hội"}
)  # begin a thing of its own
_QUANTITY = re.compile(r"(?:thời (?:hạn|gian)|hạn(?! chế)|mức|số(?! hiệu)|tỷ lệ|tỉ lệ|tổng số|độ tuổi|tuổi|kinh phí)\b")
_COUNTED = re.compile(r"(?:tổng )?số (?:lượng )?(?P<things>(?!hiệu\b|tiền\b|liệu\b|phần\b|\d)[^\W\d_]+ .+)$", re.IGNORECASE)
_TWO_COUNTED = re.compile(r"số \S+(?: \S+)? và (?:số|màu|nền|cỡ|mức|hạn|thời hạn|tên)\b", re.IGNORECASE)  # "số ô và màu nền"
_HAS_QUESTION = re.compile(r"\b(?:bao nhiêu|bao lâu|mấy|nào|gì|ai|đâu)\b")
_DAY = re.compile(r"ngày (?!\d)\S+ \S+", re.IGNORECASE)
MAX_THING_SYLLABLES = 14
MAX_SHORT_THING = 3
_TRAILING_PERIOD = re.compile(r"\b(?:(?:trong|vào|của|hồi) )?(?:tháng|năm|quý|nhiệm kỳ|giai đoạn|ngày) \S*\d.*$", re.IGNORECASE)
_OWNER = re.compile(r"\b(?:của|ở|tại|thuộc)\s+[A-ZĐ].*$")  # whose things they are: "… của Đảng bộ Khối năm 2021"


def between_things(question: str) -> tuple[Side, ...] | None:
    """ "Sáp nhập và hợp nhất tổ chức đảng": words that follow the second thing belong to the first too."""
    text = _AGED.sub(r"\g<0> tuổi", question.strip(" ?.!…"))
    source = _SOURCE.search(text)
    if source is not None:  # "theo Thông tư 12, …" holds for each
        sides = between_things(f"{text[: source.start()]}{text[source.end() :]}")
        named = source["first"] or source["last"]
        return sides and tuple(Side(side.label, f"{side.question.rstrip('?')} {named}") for side in sides)
    much = _HOW_MUCH.search(text)
    if much is not None:  # "phòng của Sở A so với của Sở B nhiều ít thế nào" asks how many of each
        sides = between_things(text[: much.start()])
        return sides and tuple(Side(side.label, asking(_how_many(side.question))) for side in sides)
    topic = _TOPIC_BEFORE.match(text)
    if topic is not None:  # "bầu phó trưởng bản: ông A và bà B ai nhiều phiếu hơn" asks it of each
        return _of_topic(topic["topic"], between_things(topic["rest"]))
    both = find_parallel(text)
    if both is not None:
        return both
    aspect = _ASPECT_LAST.match(text) or _ASPECT_BEFORE.match(text)
    shared = None if aspect else _SHARED_BEHIND.match(text)
    if shared is not None:
        return _asked_of_each(shared)
    if aspect is None and (within := differs_in(text)) is not None:
        sides = between_things(f"{within[0]} khác nhau")
        return sides and tuple(Side(side.label, asking(f"{within[1]} {_lowered(side.question)}")) for side in sides)
    if aspect is not None:
        sides = between_things(f"{aspect['things']} {aspect['differ']}")
        return sides and tuple(Side(side.label, asking(f"{aspect['aspect']} {_lowered(side.question)}")) for side in sides)
    deed = _DONE_WITH.match(text)
    if deed is not None:
        sides = between_things(f"{deed['things']} khác nhau")
        return sides and tuple(Side(side.label, f"{side.question} {deed['deed']}") for side in sides)
    if _LASTS_LONGER.search(text) and (sides := between_things(f"{_WHICH_MORE.sub('', text)} khác nhau")):
        return tuple(Side(side.label, _how_long(side.question)) for side in sides)
    text = _WHICH_MORE.sub("", text)
    last = _BETWEEN_LAST.match(text)
    text = without_comparing(f"{last['subject']} {last['things']}" if last else text)
    pair = _split_in_two(text)
    return None if pair is None else _with_subject(*pair) or _two_things(*pair)


def differs_in(question: str) -> tuple[str, str] | None:
    """The things and in what they differ: "Vé lớn và vé nhỏ khác màu ra sao" → ("Vé lớn và vé nhỏ", "màu"); None for any other question."""
    match = _ASPECT_WITHIN.match(question.strip(" ?.!…"))
    if match is None or _OTHERS.search(match["things"]):
        return None
    if match["trait"] and re.search(rf"\b{match['trait']}\b", match["things"], re.IGNORECASE):
        return None  # "người nộp mức cao và người nộp mức thấp" are two things
    return match["things"], _ASKING_END.sub("", match["aspect"] or match["borne"])


def find_parallel(question: str) -> tuple[Side, ...] | None:
    """The two things of which one number is asked: "Bị khiển trách và bị cảnh cáo thì phải chờ bao lâu?", whether compared or not."""
    text = _WHICH_MORE.sub("", question.strip(" ?.!…"))
    topic = _TOPIC_BEFORE.match(text)
    if topic is not None:
        return _of_topic(topic["topic"], find_parallel(topic["rest"]))
    both = _ASKED_OF_BOTH.match(text) or _DONE_TO_BOTH.match(text)
    if both is None:
        return None
    return _asked_of_each(both)


def _asked_of_each(both: re.Match[str]) -> tuple[Side, Side]:
    asked = both["asked"] if _HAS_QUESTION.search(canonical(both["asked"])) else f"{both['asked']} bao nhiêu"
    first, second = (Side(each[:1].upper() + each[1:], f"{each} {asked}") for each in (both["first"], both["second"]))
    return first, second


def _of_topic(topic: str, sides: tuple[Side, ...] | None) -> tuple[Side, ...] | None:
    return sides and tuple(Side(side.label, asking(f"{topic} {_lowered(side.question)}")) for side in sides)


def _split_in_two(text: str) -> tuple[str, str] | None:
    match = _BY_DIFFERENCE.match(text)
    if match is not None and canonical(match["second"]) not in ("nhau", "gì", "thế nào"):
        return match["first"], match["second"]
    text = re.sub(r"^giữa ", "", text, flags=re.IGNORECASE)
    pairs = [(text[: joint.start()], text[joint.end() :]) for joint in _JOINED.finditer(text)]
    alike = (pair for pair in pairs if _where_again(canonical(pair[0]).split(), canonical(pair[1]).split()) is not None)
    return next(alike, pairs[0] if pairs else None)


def _two_things(whole_first: str, whole_second: str) -> tuple[Side, ...] | None:
    first, second = whole_first.split(), whole_second.split()
    if _QUALIFIER.fullmatch(whole_second) and len(first) > len(second):
        second = [*first[: -len(second)], *second]  # "đảng viên chính thức và dự bị"
        own = " ".join(first[-len(whole_second.split()) :])
        if _QUALIFIER.fullmatch(own) and len(first) > MAX_SHORT_THING + len(own.split()):
            return tuple(
                Side(label[:1].upper() + label[1:], asking(" ".join(words))) for label, words in ((own, first), (whole_second, second))
            )
    if max(len(first), len(second)) > MAX_THING_SYLLABLES:
        return None
    own_noun = canonical(second[0]) in _NOUNS
    if not own_noun and len(second) > len(first) and canonical(whole_second).split()[: len(first)] != canonical(whole_first).split():
        whole = len(first) > MAX_SHORT_THING  # "số hồ sơ được thẩm định" lacks nothing but the time
        first = [*first, *_shared_end(whole_first, whole_second)] if whole else [*first, *second[len(first) :]]
    texts = [" ".join(words) for words in (first, second)]
    return tuple(Side(_label(text), _dated(asking(text))) for text in texts)


def _shared_end(first: str, second: str) -> list[str]:
    """Whose and when, which the second names for both: "… năm 2021 ở Sở Y tế"."""
    period, owner = _TRAILING_PERIOD.search(second), None if _OWNER.search(first) else _OWNER.search(second)
    if owner and period and _QUANTITY.match(canonical(second)):
        return second[min(owner.start(), period.start()) :].split()
    shared = owner or period
    return shared[0].split() if shared else []


def _with_subject(first: str, second: str) -> tuple[Side, ...] | None:
    """ "Thời hạn giải quyết giữa cấp tỉnh và cấp Trung ương": what is compared is asked of each, of three too ("ở xã, tỉnh và Trung ương");
    None where the second names it itself."""
    words = canonical(second).split()
    if words[0] == canonical(first).split()[0]:
        return None
    at = _where_again(canonical(first).split(), words)
    match = _SUBJECT.match(first)
    if at is not None and not (match and match["joint"].lower() == "giữa"):
        subject, thing = " ".join(first.split()[:at]), " ".join(first.split()[at:])
    elif match is not None:
        subject, thing = f"{match['subject']} {match['joint']}", match["thing"]
        second = re.sub(rf"^{re.escape(match['joint'])}\s+", "", second, flags=re.IGNORECASE)
    else:
        return None
    things = [*thing.split(", "), second]
    if max(len(each.split()) for each in things) > MAX_THING_SYLLABLES:
        return None
    subject = re.sub(r"\s+giữa$", "", subject, flags=re.IGNORECASE)
    return tuple(Side(_label(_OF.sub("", each)), asking(f"{subject} {each}")) for each in things)


def _label(thing: str) -> str:
    return thing[:1].upper() + thing[1:]


def _how_long(thing: str) -> str:
    asked = asking(thing)
    return asked if _HAS_QUESTION.search(canonical(asked)) else f"{thing} bao lâu?"


def _how_many(thing: str) -> str:
    """ "Phòng của Sở A" → "số phòng của Sở A"."""
    asks = _HAS_QUESTION.search(canonical(thing)) or _QUANTITY.match(canonical(thing))
    return thing if asks else f"số {_lowered(thing)}"


def _lowered(text: str) -> str:
    """Without the capital that only began a question."""
    first, _, rest = text.partition(" ")
    name = rest[:1].isupper() or first.isupper()
    return text if name else text[:1].lower() + text[1:]


def _where_again(first: Sequence[str], second: Sequence[str]) -> int | None:
    """Where in the first thing the words begin with which the second begins: both are of one kind ("đảng viên …")."""
    for length in (2, 1):
        for at in range(1, len(first) - length):
            if first[at : at + length] == second[:length] and len(second) > length:
                return at
    return None


def _counting(thing: str) -> str:
    """ "Số bạn đọc nữ" → "có bao nhiêu bạn đọc nữ?", where the unit is looked for."""
    counted = None if _TWO_COUNTED.match(thing) else _COUNTED.match(thing)
    return f"có bao nhiêu {counted['things']}?" if counted else thing


def _dated(thing: str) -> str:
    """ "Ngày ghi trên thẻ" → "… là ngày nào?", where a day or what makes it is looked for."""
    return f"{thing} là ngày nào?" if _DAY.match(thing) and not _HAS_QUESTION.search(canonical(thing)) else thing


def asking(thing: str) -> str:
    """A quantity asked for in so many words, so that a number is looked for."""
    if _HAS_QUESTION.search(canonical(thing)):
        return thing
    if (counting := _counting(thing)) != thing:
        return counting
    match = None if _TWO_COUNTED.match(thing) else _QUANTITY.match(canonical(thing))
    return thing if match is None else f"{thing} là {'bao lâu' if match[0].startswith(('thời', 'hạn')) else 'bao nhiêu'}?"


def without_comparing(question: str) -> str:
    """Without the words that compare."""
    text = _CLOSING.sub("", question.strip(" ?.!…"))
    return re.sub(r"\s+", " ", _OPENING.sub("", text)).strip(" ,")
