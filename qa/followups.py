"""A follow-up question made standalone from the turns before it, by rule.

Example: after "Có bao nhiêu tổ chức đạt loại xuất sắc năm 2021?", "Thế còn năm 2020?" becomes
"Có bao nhiêu tổ chức đạt loại xuất sắc năm 2020?". A question with a subject of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from index.text.canonical import canonical
from index.text.references import find_loose_references, find_references
from qa.answer_types import find_ordinal
from qa.followup_amounts import after_a_time, compare_amount, swap_amount
from qa.mentions import PROVINCE_NAMED, find_persons
from qa.posts import POST
from qa.types import Turn

_OPENING = re.compile(r"^(?:(?:thế|vậy|vậy thì|thế thì|và|rồi) )?(?:còn|thế còn|vậy còn) (?:về |với |đối với )?", re.IGNORECASE)
_BARE_OPENING = re.compile(r"^(?:thế|vậy|và|rồi|vậy thì|thế thì)[ ,]+", re.IGNORECASE)
_CLOSING = re.compile(r"[ ,]*\b(?:thì sao|thì thế nào|thì như thế nào|ra sao|thế nào|thì|nhỉ|ạ|vậy)\s*$", re.IGNORECASE)
_PERSON_WORD = re.compile(
    r"\b(?:(?:vị )?đồng chí|ông|bà|anh|chị|người|vị)(?: (?:bí thư|chủ tịch|lãnh đạo|cán bộ))? (?:ấy|đó|này|kia|trên)\b"
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
    r"|tháng) nào|ở đâu|tại đâu|vì sao|tại sao|như thế nào|thế nào|nào|gì|mấy|có|những|(?<!khối )các|hãy|nêu|cho biết)\b",
    re.IGNORECASE,
)
_ASKED_WORD = re.compile(r"\b(?:bao lâu|bao nhiêu|bao giờ|khi nào|nào|gì|ai|mấy|đâu|sao)\b", re.IGNORECASE)
_HOW_LONG = re.compile(
    r"\b(?:(?:là |mất |trong )?(?:bao lâu|(?:bao nhiêu|mấy) (?:ngày|tháng|năm|tuần|giờ|phút|buổi))(?: làm việc)?)\b", re.IGNORECASE
)
_ELLIPTICAL = re.compile(
    r"^(?:tại sao|vì sao|ở đâu|khi nào|bao giờ|ngày nào|năm nào|do ai|ai |ai$|bao nhiêu|mấy|cụ thể|nêu rõ|nói rõ|kể ra|gồm"
    r"|có bao nhiêu|có những|có ai|ai là người|nêu cụ thể|kết quả|nội dung|văn bản nào|lý do"
    r"|lỡ |nếu |chẳng may|không may|giả sử|(?:thủ tục|hồ sơ|mức|thời hạn|kinh phí|chi phí) (?:(?:như )?thế nào|ra sao|là|bao|gồm|gì|nào)\b"
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
    r"|gồm (?:mấy|những|các|có)|có (?:mấy|bao nhiêu) (?:phần|chương|điều|mục)|tên gọi|tên đầy đủ)\b"
)
_MISHAP = re.compile(r"(?:nếu |khi )?(?:lỡ|chẳng may|không may|giả sử|sơ ý)\b", re.IGNORECASE)  # never opens a question of its own
_COUNTED = re.compile(
    r"\b(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:khâu|nhiệm vụ|giải pháp|nội dung|hạn chế|kinh nghiệm|bài học|mục tiêu|chỉ tiêu"
    r"|điều kiện|nguyên tắc|nhóm|việc|bước|trường hợp|điểm|phương châm|yêu cầu|loại)(?: (?:trọng tâm|đột phá|chủ yếu|cơ bản|chính))?\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:trên|dưới|từ|hơn|quá|đủ|ngoài|chưa đến|chưa đủ)\s+\d+\s+(?:năm tuổi đảng|[^\W\d_]+)(?: trở (?:lên|xuống))?\b", re.IGNORECASE
)
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_NUMBERED_NOUN = (
    "đợt|dịp|lần|khoá|khóa|lớp|hạng|mức|loại|bậc|bước|khoản|điều|mục|điểm|phụ lục|mẫu|vòng|nhóm|kỳ|ô|phần|chương|ngày|giai đoạn"
    "|nhiệm vụ|nội dung|giải pháp|điều kiện|nguyên tắc|khâu|tiêu chí|tiêu chuẩn|trường hợp|hội nghị trung ương|hạn chế|kỳ họp|đại hội"
)
_NUMBERED = re.compile(
    rf"\b(?P<noun>{_NUMBERED_NOUN}) (?P<of>(?:lần )?thứ |số )?(?P<number>\d{{1,3}}(?:[/.-]\d{{1,2}})?|[IVX]{{1,5}}|{'|'.join(_NUMBERS)})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(r"(?<![\d/.-])\d{1,2}[/-]\d{1,2}(?![\d/-])")
_NEIGHBOUR = re.compile(
    rf"^(?:(?:thế|vậy|và|còn|rồi) )*(?P<noun>{_NUMBERED_NOUN})? ?(?:liền |ngay )?"
    r"(?P<way>tiếp theo|kế tiếp|tiếp|sau(?: đó)?|trước(?: đó)?)(?: (?:là|thì|gồm))?(?: (?:gì|sao|nào|làm gì|thế nào|những gì))?$",
    re.IGNORECASE,
)
_TOLD_AGAIN = re.compile(r"\b(?:này|đó|ấy)$", re.IGNORECASE)
_THEN = re.compile(r"^(?P<part>\S.*?),? thì (?P<asks>\S.*)$", re.IGNORECASE)
# What a part begins with tells its like in the earlier question ("bị cách chức" – "bị khiển trách"), which ends before one of `_PART_ENDS`.
_LIKE = re.compile(
    r"(?P<head>bị|loại|hạng|mức|đợt|dịp|cấp|lớp|ngành|nghề|người|đảng viên|cán bộ|công chức|viên chức|học sinh|sinh viên|giáo viên|phụ nữ"
    r"|trường|huyện|xã|phường|quận|thành phố|thị xã|tỉnh|sở|phòng|chưa|đã|từ|dưới|trên|ở|tại|do|của|cho|với|chuyển|mất|nhóm|vùng|đối tượng)"
    r" (?P<told>\S.*)",
    re.IGNORECASE,
)
_PART_ENDS = re.compile(
    r"[ ,;]+(?:thì|sau|trước|trong|được|phải|có|cần|là|bao|mấy|ai|khi|nào|gì|năm|ngày|tháng|theo|sẽ|đã|gồm|đạt|ở|tại|của|do|và|hay"
    r"|không|chưa|như|vì|để|đến|bị)\b|[?.,;]|$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:cấp (?:trung ương|tỉnh|huyện|xã|cơ sở|uỷ cấp trên|ủy cấp trên)|tổ chức cơ sở đảng|(?:chi bộ|đảng bộ)(?: cơ sở| bộ phận)?"
    r"|đảng (?:ủy|uỷ)(?: cơ sở)?|đảng viên dự bị|đảng viên chính thức|trong nước|ngoài nước)\b",
    re.IGNORECASE,
)
_COUNTS_ARTICLES = re.compile(r"\b(?:bao nhiêu|mấy) (?:bài|tin|văn bản|tài liệu)\b.*?\b(?:về|đến|tới) (?P<topic>[^?]+)", re.IGNORECASE)
_PRONOUN = re.compile(r"nó|họ|chúng", re.IGNORECASE)
_SUBJECT_ENDS = re.compile(
    r"(?<!\bdự)(?<!chuẩn)(?<!thiết)(?<!trang)\s(?:có (?:được|phải|thể|bị|cần|quyền)"
    r"|được|bị|phải|cần|muốn|do ai|thì|nộp|nói|gồm|có hiệu lực|có bao nhiêu|có mấy|có những)\b",
    re.IGNORECASE,
)
_SHIFTED = re.compile(
    r"^(?:(?:thế|vậy|và|còn|rồi|thì) )*(?:(?:sang|đến|qua|tới|vào|trong) )?(?P<unit>tháng|năm) "
    r"(?P<way>sau|tiếp theo|kế tiếp|trước|liền trước|ngoái)(?: (?:đó|ấy))?,?"
    r"(?: (?:ghế|chức|chức vụ|vị trí|cương vị|con số|số)(?: (?:này|đó|ấy|trên))?)?"
    r"(?: (?:thì|là|sao|ai|thế nào|ra sao|bao nhiêu|có|gì|đổi|thay|thay đổi|khác|người|không|vẫn|như|vậy|cũ|chưa|giữ|nữa))*$",
    re.IGNORECASE,
)
_SHIFTABLE = re.compile(
    r"\b(?:tháng (?P<month>\d{1,2})(?:\s*/\s*|\s+năm\s+)(?P<of>(?:19|20)\d{2})|năm (?P<year>(?:19|20)\d{2}))\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\s+thì\s+.*\b(?:này|đó|ấy|kia|sao|thế nào)$", re.IGNORECASE)
_CONDITION = re.compile(r"^(?:nếu|trường hợp|đối với|khi|với|ở|thì)\s+", re.IGNORECASE)
MAX_ELLIPTICAL_SYLLABLES = 9
MAX_BESIDE = 2  # words beside the part that takes the place of its like: "đợt 19/5 năm nay"
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
    for rule in _RULES:
        resolved = rule(question, previous, answer)
        if resolved is not None:
            tidy = _tidy(resolved)
            return tidy[:1].upper() + tidy[1:]
    return question


def _carry_neighbour(question: str, previous: str, answer: str) -> str | None:
    """Like "Bước tiếp theo là gì?" after "Bước 3 của … là gì?" → "Bước 4 của … là gì?"."""
    asked, told = _NEIGHBOUR.match(_bare(question)), _NUMBERED.search(previous)
    if asked is None or told is None or not (asked["noun"] is None or canonical(asked["noun"]) == canonical(told["noun"])):
        return None
    word = told["number"].lower()
    number = _NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
    following = number + (-1 if asked["way"].startswith("trước") else 1)
    if not number or not following:
        return None
    spelt = next((w for w, n in _NUMBERS.items() if n == following), str(following)) if word in _NUMBERS else str(following)
    return f"{previous[: told.start('number')]}{spelt}{previous[told.end('number') :]}"


def _carry_shifted(question: str, previous: str, answer: str) -> str | None:
    """Like "Sang tháng sau có đổi người không?" after "… tháng 12/2021 là ai?" → "… tháng 1/2022 là ai?"."""
    asked, told = _SHIFTED.match(_bare(question)), _SHIFTABLE.search(previous)
    if asked is None or told is None:
        return None
    step = -1 if asked["way"].lower() in ("trước", "liền trước", "ngoái") else 1
    unit = asked["unit"].lower()
    if unit == "tháng" and told["month"]:
        months = 12 * int(told["of"]) + int(told["month"]) - 1 + step
        shifted = f"tháng {months % 12 + 1}/{months // 12}"
    elif unit == "năm" and told["year"]:
        shifted = f"năm {int(told['year']) + step}"
    else:
        return None
    return f"{previous[: told.start()]}{shifted}{previous[told.end() :]}"


def _carry_ordinal(question: str, previous: str, answer: str) -> str | None:
    """Like "nêu rõ hơn nhiệm vụ thứ ba" → "nêu rõ hơn nhiệm vụ thứ ba trong 5 nhiệm vụ trọng tâm của …"."""
    if find_ordinal(question) is None or len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES:
        return None
    bare = _OPENING.sub("", _BARE_OPENING.sub("", _bare(question)))
    other = _swap_numbered(_CLOSING.sub("", bare), previous)
    return other or f"{bare} trong {_topic(previous)}?"


def _carry_person(question: str, previous: str, answer: str) -> str | None:
    """Like "Đồng chí ấy giữ chức vụ gì?" → the last person of the earlier question, else the first of its answer.

    Where the earlier question asked who ("Ai thay ông A?"), the answer's person is meant.
    """
    if not _PERSON_WORD.search(question) or find_persons(question):
        return None
    named = [person.text for person in find_persons(previous)]
    told = [person.text for person in find_persons(answer) if person.text not in named]
    if not named and not told:
        return f"{_bare(question)} – {_topic(previous)}?"
    name = told[0] if told and (not named or _ASKS_WHO.search(previous)) else named[-1]
    period = _PERIOD.search(previous)
    timed = _TIME_WORD.sub(lambda match: period[0] if period else match[0], question, count=1)
    return _PERSON_WORD.sub(f"đồng chí {name}", timed, count=1)


def _carry_directive(question: str, previous: str, answer: str) -> str | None:
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


def _carry_time(question: str, previous: str, answer: str) -> str | None:
    match = _TIME_WORD.search(question)
    if match is None:
        return None
    period = _PERIOD.search(previous) or _PERIOD.search(answer)
    if period is None:
        topic = (after_a_time(question) and _subject_of(previous)) or _topic(previous)
        return f"{_bare(question)} – {topic}?"
    resolved = f"{question[: match.start()]}{period[0]}{question[match.end() :]}"
    return resolved if len(_content(resolved)) > 5 else _complete(resolved, previous, answer) or resolved


def _replace_part(question: str, previous: str, answer: str) -> str | None:
    """Like "Thế còn năm 2020?": the part named takes the place of its like in the earlier question."""
    conditioned = _replace_condition(question, previous)
    if conditioned is not None:
        return conditioned
    opening = _OPENING.match(question)
    rest = _CLOSING.sub("", _bare(question[opening.end() :] if opening else _BARE_OPENING.sub("", question)))
    closed = bool(_CLOSING.search(_bare(question))) or bool(_BARE_OPENING.match(question) and not _QUESTION_WORDS.search(rest))
    if not rest or not (opening or (closed and len(rest.split()) <= MAX_ELLIPTICAL_SYLLABLES)):
        return None
    swapped = _swap_alike(_POINTS_BACK.sub("", rest), previous)
    if swapped is not None:
        return swapped
    rest = _POINTS_BACK.sub("", _CONDITION.sub("", rest))
    if (period := _PERIOD.fullmatch(rest)) and not _PERIOD.search(previous):
        return f"{_bare(previous)} {period[0]}?"
    if (counted := _COUNTS_ARTICLES.search(previous)) and not _PERIOD.search(rest):
        return f"{previous[: counted.start('topic')]}{rest}?"
    return _swap_by_ends(rest, previous) or f"{_bare(previous)} – {rest}?"


def _replace_condition(question: str, previous: str) -> str | None:
    """Like "Bị cách chức thì bao lâu?": the condition takes the place of its like, where what is asked is asked again."""
    opening = _OPENING.match(question) or _BARE_OPENING.match(question)
    then = _THEN.match(_bare(question[opening.end() :] if opening else question))
    if then is None or _CLOSING.fullmatch(f" thì {then['asks']}") or (opening is None and _has_own_subject(question)):
        return None
    part, asked = _uncapitalised(_CONDITION.sub("", then["part"])), {word.lower() for word in _content(then["asks"])}
    how_long = bool(_HOW_LONG.fullmatch(then["asks"]) and _HOW_LONG.search(previous))
    told_again = how_long or _TOLD_AGAIN.search(then["asks"]) or asked <= {word.lower() for word in _content(previous)}
    again = bool(told_again) and (how_long or _asks_alike(then["asks"], previous))
    earlier = _THEN.match(_bare(previous))
    begins_alike = earlier is not None and earlier["part"].lower().split()[0] == part.lower().split()[0]
    swapped = None if begins_alike and again else _swap_alike(part, previous)
    if swapped is None and again and earlier is not None:
        swapped = f"{part} thì {earlier['asks']}?"
    if swapped is None or again:
        return swapped
    return f"{part} thì {then['asks']} – {_topic(swapped)}?"


def _asks_alike(asks: str, previous: str) -> bool:
    """Whether what is asked anew is a word of asking of the earlier question: "bao lâu", "ai", "nào"."""
    words = [match[0].lower() for match in _ASKED_WORD.finditer(asks)]
    return bool(words) and all(re.search(rf"\b{word}\b", previous.lower()) for word in words)


def _swap_alike(rest: str, previous: str) -> str | None:
    """`previous` with the part named in `rest` in the place of its like, whatever kind of part it is."""
    bare = _CONDITION.sub("", rest)
    finders = (DIRECTIVE_NAMED.search, _COUNTED.search, _LIMIT.search, _period_in, _person_in, _post_in, _LEVEL.search, _body_in)
    tries = [partial(_swap_numbered, bare, previous), *(partial(_swap, bare, previous, find) for find in finders)]
    tries += [partial(_swap, bare, previous, PROVINCE_NAMED.search), partial(_swap_like, rest, previous)]
    tries += [partial(swap_amount, bare, previous)]
    return next((swapped for attempt in tries if (swapped := attempt()) is not None), None)


def _swap_numbered(rest: str, previous: str) -> str | None:
    """ "đợt 19/5" in the place of "đợt 3/2", "khoá XI" of "khoá XII": the noun with its number; a bare "19/5" in that of another day."""
    new = _NUMBERED.search(rest)
    if new is not None and len(rest.split()) <= len(new[0].split()) + MAX_BESIDE:
        nouns = [old for old in _NUMBERED.finditer(previous) if canonical(old["noun"]) == canonical(new["noun"])]
        if nouns:
            return f"{previous[: nouns[-1].start()]}{new[0]}{previous[nouns[-1].end() :]}"
    return _swap(rest, previous, _DAY_MONTH.search)


def _swap_like(rest: str, previous: str) -> str | None:
    """ "bị cách chức" in the place of "bị khiển trách", "huyện Con Cuông" of "huyện Quỳ Châu": what begins alike, to its end."""
    new = _LIKE.fullmatch(rest)
    if new is None or len(rest.split()) > MAX_ELLIPTICAL_SYLLABLES:
        return None
    head = re.escape(new["head"])
    starts = [m.start() for m in re.finditer(rf"\b(?:{'ở|tại' if head in ('ở', 'tại') else head}) (?=\w)", previous, re.IGNORECASE)]
    if not starts:
        return None
    ends = _PART_ENDS.search(previous, starts[-1] + len(new["head"]) + 1)
    end = ends.start() if ends else len(previous)
    old = previous[starts[-1] : end]
    if _QUESTION_WORDS.search(old) or canonical(old) == canonical(rest):
        return None
    return f"{previous[: starts[-1]]}{rest}{previous[end:]}"


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
    if len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES:
        return None
    match = _THING_WORD.search(question)
    if match is not None:
        told = _subject_of(previous) if _PRONOUN.fullmatch(match[0]) else ""
        if told:
            return f"{question[: match.start()]}{told}{question[match.end() :]}"
        return _with_noun(question, match, previous)
    earlier = f" {canonical(previous)} "
    again = any(f" {canonical(each['noun'])} " in earlier.replace("?", " ") for each in _REPEATED.finditer(question))
    return f"{_bare(question)} – {_topic(previous)}?" if again else None


def _complete(question: str, previous: str, answer: str) -> str | None:
    """A question without a subject of its own ("Do ai chủ trì?") gets the topic of the earlier one."""
    opened = _BARE_OPENING.match(question)
    bare = question[opened.end() :] if opened else question
    if _has_own_subject(question) or not (opened or _ELLIPTICAL.match(bare)):
        return None
    limit = MAX_OWN_CONTENT_OPENED if opened or _MISHAP.match(bare) else MAX_OWN_CONTENT
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
    if len(thing.split()) > len(noun.split()):  # the noun alone tells no more than the question does
        return f"{question[: match.start()]}{thing}{question[match.end() :]}"
    return f"{_bare(question)} – {_topic(previous)}?"


def _subject_of(previous: str) -> str:
    """Who or what the earlier question is about, without what is asked of it: "Đảng viên sinh hoạt tạm thời có được biểu quyết không?" →
    "đảng viên sinh hoạt tạm thời"; empty where no verb shows its end."""
    ends = _SUBJECT_ENDS.search(previous)
    told = previous[: ends.start()].strip(" ,") if ends else ""
    return _uncapitalised(told) if len(told.split()) > 1 and not _QUESTION_WORDS.search(told) else ""


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


def _uncapitalised(part: str) -> str:
    """A first word whose capital only began the question; "Sở Tài chính" keeps its own."""
    return part[:1].lower() + part[1:] if _LIKE.match(part) and not _BODY.match(part) else part


def _bare(question: str) -> str:
    return question.strip().rstrip(" ?.!…")


def _tidy(text: str) -> str:
    return re.sub(r" +([,?.;])", r"\1", " ".join(text.split()))


_RULES = (
    *(
        compare_amount,
        _carry_shifted,
        _carry_neighbour,
        _carry_ordinal,
        _carry_person,
        _carry_directive,
        _carry_time,
        _replace_part,
        _carry_number,
    ),
    *(_carry_thing, _complete),
)  # in order: the first that speaks decides
