"""Follow-up questions that name one part: it takes the place of its like in the earlier question."""

from __future__ import annotations

import re
from functools import partial

from index.text.canonical import canonical
from qa.followup_amounts import swap_amount
from qa.followup_likes import limit_in, swap_kind, swap_limit, swap_period, swap_post
from qa.followup_series import swap_found, swap_numbered
from qa.followup_topic import (
    BARE_OPENING,
    BEGINS_A_PART,
    BODY_NAMED,
    CLOSING,
    DIRECTIVE_NAMED,
    MAX_ELLIPTICAL_SYLLABLES,
    OPENING,
    PERIOD_NAMED,
    QUESTION_WORDS,
    bare_question,
    content_words,
    frame_of,
    has_own_subject,
    subject_of,
    topic_of,
    uncapitalised,
)
from qa.followup_whole import say_whole
from qa.mentions import PROVINCE_NAMED, find_persons

_ASKED_WORD = re.compile(r"\b(?:bao lâu|bao nhiêu|bao giờ|khi nào|nào|gì|ai|mấy|đâu|sao)\b", re.IGNORECASE)
HOW_LONG = re.compile(
    r"\b(?:(?:là |mất |trong )?(?:bao lâu|(?:bao nhiêu|mấy) (?:ngày|tháng|năm|tuần|giờ|phút|buổi))(?: làm việc)?)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:khâu|nhiệm vụ|giải pháp|nội dung|hạn chế|kinh nghiệm|bài học|mục tiêu|chỉ tiêu"
    r"|điều kiện|nguyên tắc|nhóm|việc|bước|trường hợp|điểm|phương châm|yêu cầu|loại)(?: (?:trọng tâm|đột phá|chủ yếu|cơ bản|chính))?\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:trên|dưới|từ|hơn|quá|đủ|ngoài|chưa đến|chưa đủ)\s+\d+\s+(?:năm tuổi đảng|[^\W\d_]+)(?: trở (?:lên|xuống))?\b", re.IGNORECASE
)
_HOW_LONG_BEHIND = re.compile(
    r"^(?P<part>\S+(?: \S+){0,5}?)(?: thì| được| có| phải| cần| mất| là| trong| hạn){0,3}"
    r" (?P<asks>bao lâu|(?:bao nhiêu|mấy) (?:ngày|tháng|năm|tuần|giờ)(?: làm việc)?)$",
    re.IGNORECASE,
)
_TOLD_AGAIN = re.compile(r"\b(?:này|đó|ấy)$", re.IGNORECASE)
_THEN = re.compile(r"^(?P<part>\S.*?),? thì (?P<asks>\S.*)$", re.IGNORECASE)
# Before one of these the like of a part ends.
_PART_ENDS = re.compile(
    r"(?<!dự)(?<!chuẩn)(?<!thiết)(?<!trang)[ ,;]+(?:thì|sau|trước|trong"
    r"|được|phải|có|cần|là|bao|mấy|ai|khi|nào|gì|năm|ngày|tháng|theo|sẽ|đã|gồm|đạt|ở|tại|của|do|và|hay"
    r"|không|chưa|như|vì|để|đến|bị)\b|[?.,;]|$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:cấp (?:trung ương|tỉnh|huyện|xã|cơ sở|uỷ cấp trên|ủy cấp trên)|tổ chức cơ sở đảng|(?:chi bộ|đảng bộ)(?: cơ sở| bộ phận)?"
    r"|đảng (?:ủy|uỷ)(?: cơ sở| bộ phận)?|đảng viên dự bị|đảng viên chính thức|trong nước|ngoài nước)\b",
    re.IGNORECASE,
)
_COUNTS_ARTICLES = re.compile(r"\b(?:bao nhiêu|mấy) (?:bài|tin|văn bản|tài liệu)\b.*?\b(?:về|đến|tới) (?P<topic>[^?]+)", re.IGNORECASE)
_OWN_ASKING = re.compile(  # what is asked about, no part of what was asked before
    r"(?:thủ tục|hồ sơ|giấy tờ|quy trình|trình tự|điều kiện|tiêu chuẩn|cách|việc|mức|thời hạn|kết quả|nội dung|thẩm quyền|trách nhiệm"
    r"|quyền lợi)\b(?: [^\W\d_]+){1,6}",
    re.IGNORECASE,
)
_OWN_COUNT = re.compile(r"(?:có )?(?:bao nhiêu|mấy) (?:[^\W_]+ ){2}", re.IGNORECASE)
_UNLESS = re.compile(r",? (?:mà|nhưng|nếu) (?:không|chưa|lại)\b.*$", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\s+thì\s+.*\b(?:này|đó|ấy|kia|sao|thế nào)$", re.IGNORECASE)
MAX_FIRST = 5
_CONDITION = re.compile(r"^(?:nếu|trường hợp|đối với|khi|với|ở|thì|(?:lên|xuống)(?: (?:tới|đến))?)\s+", re.IGNORECASE)


def replace_part(question: str, previous: str, answer: str) -> str | None:
    """Like "Thế còn năm 2020?": the part named takes the place of its like in the earlier question."""
    opened = OPENING.match(question) or BARE_OPENING.match(question)
    whole = say_whole(bare_question(question[opened.end() :]), previous) if opened else None
    if whole is not None:
        return whole
    conditioned = _replace_condition(question, previous) or _replace_bearer(question, previous)
    if conditioned is not None:
        return conditioned
    opening = OPENING.match(question)
    rest = CLOSING.sub("", bare_question(question[opening.end() :] if opening else BARE_OPENING.sub("", question)))
    closed = bool(CLOSING.search(bare_question(question))) or bool(BARE_OPENING.match(question) and not QUESTION_WORDS.search(rest))
    frame = frame_of(previous) if _OWN_COUNT.match(rest) else ""
    if opening and frame:
        return f"{bare_question(rest)} – {frame}?"
    if not opening and closed and _OWN_ASKING.fullmatch(rest) and not BARE_OPENING.match(question):
        return f"{bare_question(question)} – {subject_of(previous) or topic_of(previous)}?"
    if not rest or not (opening or (closed and len(rest.split()) <= MAX_ELLIPTICAL_SYLLABLES)):
        return None
    swapped = swap_alike(_POINTS_BACK.sub("", rest), previous)
    if swapped is not None:
        return swapped
    rest = _POINTS_BACK.sub("", _CONDITION.sub("", rest))
    if (period := PERIOD_NAMED.fullmatch(rest)) and not PERIOD_NAMED.search(previous):
        return f"{bare_question(previous)} {period[0]}?"
    if (counted := _COUNTS_ARTICLES.search(previous)) and not PERIOD_NAMED.search(rest):
        return f"{previous[: counted.start('topic')]}{rest}?"
    return _swap_by_ends(rest, previous) or f"{bare_question(previous)} – {rest}?"


def _replace_condition(question: str, previous: str) -> str | None:
    """Like "Bị cách chức thì bao lâu?": the condition takes the place of its like, where what is asked is asked again."""
    opening = OPENING.match(question) or BARE_OPENING.match(question)
    then = _THEN.match(bare_question(question[opening.end() :] if opening else question))
    if then is None or CLOSING.fullmatch(f" thì {then['asks']}") or (opening is None and has_own_subject(question)):
        return None
    part, asked = uncapitalised(_CONDITION.sub("", then["part"])), {word.lower() for word in content_words(then["asks"])}
    how_long = bool(HOW_LONG.fullmatch(then["asks"]) and HOW_LONG.search(previous))
    told_again = how_long or _TOLD_AGAIN.search(then["asks"]) or asked <= {word.lower() for word in content_words(previous)}
    again = bool(told_again) and (how_long or _asks_alike(then["asks"], previous))
    earlier = _THEN.match(bare_question(previous))
    begins_alike = earlier is not None and earlier["part"].lower().split()[0] == part.lower().split()[0]
    swapped = None if begins_alike and again else swap_alike(part, previous)
    if swapped is None and again and earlier is not None:
        swapped = f"{part} thì {earlier['asks']}?"
    if swapped is None and (limit := limit_in(part)) is not None:  # "cụ nào chưa tới 80 thì nộp gì" after "… từ 80 tuổi trở lên …"
        of_limit = swap_limit(limit, _UNLESS.sub("", earlier["part"] if earlier else subject_of(previous) or bare_question(previous)))
        return f"{of_limit} thì {then['asks']}?" if of_limit else None
    if swapped is None or again:
        return swapped
    return f"{part} thì {then['asks']} – {topic_of(swapped)}?"


def _replace_bearer(question: str, previous: str) -> str | None:
    """Like "Thế đảng uỷ được mấy ngày?" after "Chi bộ gửi hồ sơ lên trong bao lâu?": another body has a time for the same."""
    opening = OPENING.match(question) or BARE_OPENING.match(question)
    asked = _HOW_LONG_BEHIND.match(bare_question(question[opening.end() :])) if opening else None
    if asked is None or not HOW_LONG.search(previous):
        return None
    part = asked["part"]
    whole = _LEVEL.fullmatch(part) or _body_in(part)
    return swap_found(uncapitalised(part), previous, _LEVEL.search) or swap_found(part, previous, _body_in) if whole else None


def _asks_alike(asks: str, previous: str) -> bool:
    """Whether what is asked anew is a word of asking of the earlier question: "bao lâu", "ai", "nào"."""
    words = [match[0].lower() for match in _ASKED_WORD.finditer(asks)]
    return bool(words) and all(re.search(rf"\b{word}\b", previous.lower()) for word in words)


def swap_alike(rest: str, previous: str) -> str | None:
    """`previous` with the part named in `rest` in the place of its like, whatever kind of part it is."""
    bare = _CONDITION.sub("", rest)
    finders = (DIRECTIVE_NAMED.search, _COUNTED.search, _LIMIT.search)
    tries = [partial(swap_numbered, bare, previous), *(partial(swap_found, bare, previous, find) for find in finders)]
    tries += [partial(swap_period, bare, previous), partial(swap_found, bare, previous, _person_in), partial(swap_post, bare, previous)]
    tries += [partial(swap_found, bare, previous, find) for find in (_LEVEL.search, _body_in)]
    tries += [partial(swap_found, bare, previous, PROVINCE_NAMED.search), partial(_swap_like, rest, previous)]
    tries += [partial(swap, bare, previous) for swap in (swap_amount, swap_kind, swap_limit, _swap_first)]
    return next((swapped for attempt in tries if (swapped := attempt()) is not None), None)


def _swap_like(rest: str, previous: str) -> str | None:
    """ "bị cách chức" in the place of "bị khiển trách", "huyện Con Cuông" of "huyện Quỳ Châu": what begins alike, to its end."""
    new = BEGINS_A_PART.fullmatch(rest)
    if new is None or len(rest.split()) > MAX_ELLIPTICAL_SYLLABLES:
        return None
    head = re.escape(new["head"])
    starts = [m.start() for m in re.finditer(rf"\b(?:{'ở|tại' if head in ('ở', 'tại') else head}) (?=\w)", previous, re.IGNORECASE)]
    if not starts:
        return None
    ends = _PART_ENDS.search(previous, starts[-1] + len(new["head"]) + 1)
    end = ends.start() if ends else len(previous)
    old = previous[starts[-1] : end]
    if QUESTION_WORDS.search(old) or canonical(old) == canonical(rest):
        return None
    return f"{previous[: starts[-1]]}{rest}{previous[end:]}"


def _swap_first(rest: str, previous: str) -> str | None:
    """ "thẻ đỏ" in the place of "Thẻ xanh", with which the earlier question begins: of as many words, or fewer where a verb ends it."""
    words, earlier = rest.split(), previous.split()
    if not 2 <= len(words) <= MAX_FIRST or canonical(words[0]) != canonical(earlier[0]) or QUESTION_WORDS.search(rest):
        return None
    ends = _PART_ENDS.search(previous, len(earlier[0]))
    until = min(len(" ".join(earlier[: len(words)])), ends.start() if ends else len(previous))
    old = previous[:until]
    return None if len(old.split()) < 2 or canonical(old) == canonical(rest) else f"{rest}{previous[until:]}"


def _person_in(text: str) -> re.Match[str] | None:
    persons = find_persons(text)
    return re.compile(re.escape(persons[-1].text)).search(text) if persons else None


def _body_in(text: str) -> re.Match[str] | None:
    return BODY_NAMED.search(text)


def _swap_by_ends(rest: str, previous: str) -> str | None:
    """Like "hoàn thành tốt nhiệm vụ" replaces "hoàn thành xuất sắc nhiệm vụ": same first and last syllable."""
    words = canonical(rest).split()
    lowered = canonical(previous)
    start = lowered.find(words[0])
    end = lowered.rfind(words[-1])
    if len(words) < 2 or start < 0 or end < start + len(words[0]):
        return None
    return f"{previous[:start]}{rest}{previous[end + len(words[-1]) :]}"
