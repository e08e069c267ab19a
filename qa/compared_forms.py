"""Questions that compare without saying so in the usual words: whether two things are one, two questions side by side, opposites joined."""

from __future__ import annotations

import re

from qa.compared_things import asking
from qa.followup_parts import swap_alike
from qa.followup_topic import uncapitalised

_JOINT = r"(?: và | với | hay | hoặc )"
_WHETHER_ONE = re.compile(  # "thẻ xanh và thẻ đỏ có giống nhau không", "ngày ký và ngày ban hành có phải một không"
    rf"^(?P<things>[^,;?]+?{_JOINT}[^,;?]+?),? (?:thì )?(?:có )?(?:phải )?(?:là )?"
    r"(?:(?:giống|khác|như|bằng|trùng|ngang)(?: (?:hệt|y))?(?: nhau)(?: (?:không|chứ|hay không|hay khác(?: nhau)?|à))|trùng (?:không|chứ)"
    r"|(?:cùng )?(?:một|1)(?: (?:thứ|cái|loại|việc|ngày|chuyện|nghĩa|mức|thời hạn))? (?:không|chứ|à|hay hai))(?: (?:ạ|nhỉ|vậy))?$",
    re.IGNORECASE,
)
_HOW = r"(?: (?:như )?(?:thế nào|ra sao|sao|gì|không|ở (?:điểm|chỗ) nào|chỗ nào))?"
_AND_ALIKE = re.compile(
    rf"^(?P<told>[^;?]+?), (?:thì |có |hai \S+ )?(?:gì )?(?:giống|khác|như|bằng|chênh) (?:nhau|lệch){_HOW}$", re.IGNORECASE
)
_JOINED = re.compile(r" (?:và|với|hay|hoặc) ", re.IGNORECASE)
_ASKED = re.compile(
    r" (?=(?:do|thì|phải|được|cần|có|là|mất|chờ|đạt|bị|gồm|sau|trong)\b.*\b(?:ai|nào|gì|bao nhiêu|bao lâu|mấy|đâu)\b)", re.IGNORECASE
)
_DIFFER_THEN_ASKED = re.compile(  # "tách với nhập kho khác nhau chỗ nào, ai được quyết"
    rf"^(?P<things>[^,;?:]+?{_JOINT}[^,;?:]+?) (?:có (?:gì )?)?khác (?:nhau|biệt)"
    r"(?: (?:ở )?(?:(?:điểm|chỗ) (?:nào|gì)|thế nào|ra sao|gì))?"
    r"(?:,| và) (?!theo\b)(?:do |thì |cần |phải |được )?(?:dùng |áp dụng )?"
    r"(?:ai|cấp nào|cơ quan nào|nơi nào|khi nào|lúc nào|bao nhiêu|bao lâu|mấy)\b[^,;?]*$",
    re.IGNORECASE,
)
_ASKED_WORD = r"(?:bao nhiêu|bao lâu|mấy|ai|nào|gì|đâu)"
_BOTH_ASKED = re.compile(  # "cấp tỉnh trả lời: đơn thì mấy ngày, thư thì mấy ngày, cái nào dài hơn"
    rf"^(?:(?:cùng (?:là )?)?(?P<topic>[^:;,?]{{4,80}}): )?(?P<first>[^,;:?]+? thì [^,;:?]*\b(?P<word>{_ASKED_WORD})\b[^,;:?]*)"
    r"[,;] (?:còn |và )?(?P<second>[^,;:?]+? thì [^,;:?]*\b(?P=word)\b[^,;:?]*)"
    r"(?:[,;] (?:cái|bên|đâu|mức|nơi|loại|hạn|thời hạn|đằng)(?: nào)? [^,;?]*hơn)?$",
    re.IGNORECASE,
)
_TWICE = re.compile(  # "khi nào nộp bản chính, khi nào nộp bản sao"
    r"^(?P<word>khi nào|lúc nào|trường hợp nào|bao giờ|ai|cấp nào|nơi nào|cơ quan nào|ngày nào)(?: thì)? (?P<first>[^,;?]+),? "
    r"(?:còn |và )?(?P=word)(?: thì)? (?:(?:chỉ|mới|lại) )?(?:(?:cần|được|phải|thì) )?(?P<second>[^,;?]+)$",
    re.IGNORECASE,
)
_AND_LAST = re.compile(r",? (?:và|còn|với)$", re.IGNORECASE)
_QUALIFIER = re.compile(r"chính thức|tạm thời|dự bị|nội bộ|trong nước|(?:ra )?(?:ngoài nước|nước ngoài)", re.IGNORECASE)
_AMONG = r"(?:,? (?:và|với|hay|hoặc) )"
_OPPOSED = re.compile(  # "xã dưới và trên 500 hộ", "người đã và chưa được cấp thẻ"
    rf"\b(?P<first>(?:dưới|trên)(?P<own> \d[\d.]*)?|đã|chưa|có|không|được|trước|sau|đủ){_AMONG}"
    r"(?P<second>(?:trên|dưới|từ)(?(own) \d[\d.]*)|chưa(?: đủ)?|đã|không(?: có(?= (?!nhà|quê|khai))| được)?|có|sau|trước|đủ)(?= )",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:so sánh|so với|khác (?:nhau|gì|biệt)|chênh (?:nhau|lệch)|hơn kém|phân biệt"
    r"|(?:cái|bên|mức|loại|ai|đâu) ?(?:nào)? \w+ hơn)\b"
)
_COMPARING_TAIL = re.compile(
    rf",? ?(?:thì )?(?:có )?(?:khác|chênh|hơn kém|lệch) ?(?:nhau|lệch|biệt)?{_HOW}(?: bao nhiêu)?$|^(?:hãy )?(?:so sánh|phân biệt) ",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bgiữa (?=người|đối tượng|trường hợp)", re.IGNORECASE)
PAIR = "So sánh: {first}; {second}"


def compared_otherwise(question: str) -> str | None:
    """As a question that is known to compare; None for any other."""
    for rule in (_opposites, _asked_and_alike, _whether_one, _differ_then_asked, _both_asked, _asked_twice):
        if (told := rule(question)) is not None:
            return told
    return None


def _whether_one(question: str) -> str | None:
    """ "Thẻ xanh và thẻ đỏ có giống nhau không" → "Thẻ xanh và thẻ đỏ khác nhau"."""
    match = _WHETHER_ONE.match(question)
    return f"{match['things']} khác nhau" if match else None


def _asked_and_alike(question: str) -> str | None:
    """ "Sở với phòng do ai phụ trách, có giống nhau không" → the same asked of each; it begins where the second thing is whole."""
    match = _AND_ALIKE.match(question)
    joint = _JOINED.search(match["told"]) if match else None
    if match is None or joint is None:
        return None
    first = match["told"][: joint.start()]
    for asked in _ASKED.finditer(match["told"], joint.end()):
        second = match["told"][joint.end() : asked.start()]
        if not f"{first} ".lower().startswith(f"{second} ".lower()):
            rest = match["told"][asked.end() :]
            return _pair(f"{first} {rest}", f"{second} {rest}")
    return None


def _differ_then_asked(question: str) -> str | None:
    """What is asked behind the difference is asked of each."""
    match = _DIFFER_THEN_ASKED.match(question)
    return f"{match['things']} khác nhau" if match else None


def _both_asked(question: str) -> str | None:
    match = _BOTH_ASKED.match(question)
    if match is None:
        return None
    topic = f"{match['topic']} " if match["topic"] else ""
    return _pair(f"{topic}{match['first']}", f"{topic}{match['second']}")


def _asked_twice(question: str) -> str | None:
    """ "Khi nào nộp đơn chính thức, khi nào chỉ cần nộp tạm thời": the second lacks what the first names."""
    match = _TWICE.match(question)
    if match is None:
        return None
    first, second = _AND_LAST.sub("", match["first"]), match["second"]
    own = _QUALIFIER.findall(second)
    if len(own) == 1 and _QUALIFIER.search(first):
        second = (swap_alike(own[0], first) or second).rstrip(" ?")
    return _pair(f"{match['word']} {first}", f"{match['word']} {second}")


def _opposites(question: str) -> str | None:
    """ "Xã dưới và trên 500 hộ cần mấy trưởng thôn, khác nhau ra sao": the same question with either."""
    match = _OPPOSED.search(question)
    if match is None or match["first"].lower() == match["second"].lower() or not _COMPARES.search(question.lower()):
        return None
    before, behind = question[: match.start()], question[match.end() :]
    whole = [_BETWEEN.sub("của ", f"{before}{word}{behind}") for word in (match["first"], match["second"])]
    first, second = (asking(_COMPARING_TAIL.sub("", each)) for each in whole)
    return _pair(first, second)


def _pair(first: str, second: str) -> str:
    return PAIR.format(first=first.strip(" ,?"), second=uncapitalised(second.strip(" ,?")))
