"""Ways to ask for a comparison that are put into one of those that `compared_things` and `comparison` take apart."""

from __future__ import annotations

import re

from index.text.canonical import fold
from qa.compared_forms import compared_otherwise
from qa.followup_parts import swap_alike
from qa.followup_topic import DIRECTIVE_NAMED, uncapitalised

_JOINT = r"(?: và | với | hay | hoặc )"
_KIND = r"(?:loại|bên|cấp|nơi|trường hợp|đối tượng|thứ|cái|hình thức|người|diện|nhóm|việc|khoản|mức|đảng bộ|chi bộ|đơn vị|tổ chức|văn bản)"
_EACH = re.compile(
    rf"^(?P<first>.+?){_JOINT}(?P<second>.+?)(?<! của)(?<! cho)(?<! ở)(?<! tại)(?<! trong)(?:,? thì|,)? mỗi {_KIND}(?: (?:ấy|đó|này))?"
    r" (?:(?!cần|phải|được|có|mất|là|chờ|thì)(?P<noun>\S+ \S+) )?(?P<asked>(?:thì )?(?:cần|phải|được|có|mất|là|chờ)\b.*)$",
    re.IGNORECASE,
)
_NUMBER_ASKED = re.compile(r"\b(?:bao nhiêu|bao lâu|mấy)\b", re.IGNORECASE)
_OTHER = r"(?:so )?(?:với )?(?P<second>(?!nhau\b|gì\b|biệt\b|với\b|đi\b|nữa\b)[^,;?]{3,60}?)"
_DIFFERS = rf"^(?P<first>[^,;?]{{3,80}}?) (?:có (?:gì )?)?khác {_OTHER}"
_DIFFERS_FROM = re.compile(
    _DIFFERS + r" (?:(?:ở|về) (?:những |các )?(?:điểm|chỗ|mặt|khoản|khía cạnh|nội dung|phần|chuyện|cái|chi tiết)|(?:điểm|chỗ)) (?:nào|gì)$",
    re.IGNORECASE,
)
_DIFFERS_HOW = re.compile(rf"{_DIFFERS} (?:như )?(?:thế nào|ra sao|ở đâu)$", re.IGNORECASE)
_HAS_OTHER = re.compile(rf"^(?P<first>[^,;?]{{3,80}}?) có gì khác {_OTHER}$", re.IGNORECASE)
_ASPECT = (
    r"(?:màu|mức|thời hạn|thời gian|hạn|số|tỷ lệ|tỉ lệ|tiền|phụ cấp|giấy tờ|hồ sơ|thủ tục|điều kiện|tiêu chuẩn|quyền|quyền hạn|nhiệm vụ"
    r"|trách nhiệm|thẩm quyền|thành phần|nội dung|cách|mẫu|độ tuổi|nhiệm kỳ)"
)
_IN_WHAT = re.compile(
    rf"^(?P<things>.+?(?: so với |{_JOINT}).+?)(?:,? thì)? (?:có )?(?:gì )?khác(?: gì| nhau)? (?:gì )?về (?P<aspect>{_ASPECT}\b.*)$",
    re.IGNORECASE,
)
_COMPARE_IN = re.compile(
    rf"^(?:hãy )?(?:so sánh|đối chiếu|phân biệt) (?P<things>.+?{_JOINT}.+?) về (?P<aspect>{_ASPECT}\b.*)$", re.IGNORECASE
)
_DIFFERS_IN = re.compile(
    _DIFFERS + rf" (?:ở|về) (?P<aspect>{_ASPECT}\b[^,;?]*?)(?: (?:như )?(?:thế nào|ra sao|sao|gì|nào))?$", re.IGNORECASE
)
_ASPECT_FIRST = re.compile(  # "về số phòng thì sở A với sở B hơn kém nhau thế nào"
    rf"^(?:xét |nói )?(?:về|xét về) (?P<aspect>{_ASPECT}\b(?: [^,;?]+?)?)(?:,| thì|, thì) (?P<things>[^;?]+?(?: so với |{_JOINT})[^;?]+?)"
    r" (?:có (?:gì )?)?(?:khác|hơn kém|chênh|lệch|giống)(?: (?:nhau|lệch|biệt))?(?: (?:như )?(?:thế nào|ra sao|sao|gì|bao nhiêu|không))*$",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\bvs\b\.?", re.IGNORECASE)
_ANNOUNCED = re.compile(r"^(?:hãy )?so sánh(?: giúp| xem)?: *", re.IGNORECASE)
_SO = re.compile(r"^so (?:giúp |thử |xem )*(?!sánh\b|với\b|ra\b|sao\b|đũa\b)(?P<things>\S.*(?: với | giữa | và ).*)$", re.IGNORECASE)
_ASKED_THEN_OTHER = re.compile(r"^(?P<asked>.+?\b(?:bao nhiêu|bao lâu|mấy)\b.*?),? so với (?P<other>[^,;?]{2,80})$", re.IGNORECASE)


def rephrased(question: str) -> str | None:
    """As a question that is known to compare: "Thẻ xanh khác thẻ đỏ ở điểm nào?" → "Thẻ xanh và thẻ đỏ khác nhau"; None for any other."""
    text = _VERSUS.sub("so với", question.strip(" ?.!…"))
    if ";" not in text:
        text = _ANNOUNCED.sub("", text)
    rules = (_so, compared_otherwise, _of_each, _in_points, _with_aspect, _differs, _then_other)
    return next((told for rule in rules if (told := rule(text)) is not None), text if _VERSUS.search(question) else None)


def _so(text: str) -> str | None:
    """ "So số vé lớn với số vé nhỏ" lacks but a syllable."""
    match = _SO.match(text)
    return f"So sánh {match['things']}" if match else None


def _of_each(text: str) -> str | None:
    each = _EACH.match(text)
    if each is None or not _NUMBER_ASKED.search(each["asked"]):
        return None
    asked = f"{each['noun'] or ''} {each['asked']}".strip()
    return f"So sánh: {each['first']} {asked}; {each['second']} {asked}"


def _with_aspect(text: str) -> str | None:
    """In what they differ is named: "… về thời hạn", "loại lớn khác loại nhỏ ở số trang ra sao"."""
    apart = _of_a_kind(_DIFFERS_IN.match(text))
    if apart is not None:
        return f"{apart['first']} và {apart['second']} khác nhau về {apart['aspect']}"
    within = _ASPECT_FIRST.match(text) or _IN_WHAT.match(text) or _COMPARE_IN.match(text)
    return f"{within['things'].replace(' so với ', ' và ')} khác nhau về {within['aspect']}" if within else None


def _in_points(text: str) -> str | None:
    return _both_differ(_DIFFERS_FROM.match(text))


def _differs(text: str) -> str | None:
    return _both_differ(_of_a_kind(_DIFFERS_HOW.match(text) or _HAS_OTHER.match(text)))


def _both_differ(match: re.Match[str] | None) -> str | None:
    return f"{match['first']} và {match['second']} khác nhau" if match else None


def _then_other(text: str) -> str | None:
    then = _ASKED_THEN_OTHER.match(text)
    other = swap_alike(uncapitalised(then["other"]), then["asked"]) if then else None
    return f"So sánh: {then['asked']}; {other}" if then and other else None


def _of_a_kind(match: re.Match[str] | None) -> re.Match[str] | None:
    """Whether the second begins with a word of the first, or both are documents: "sang kho khác phải làm gì" compares nothing."""
    if match is None:
        return None
    first, second = fold(match["first"]).split(), fold(match["second"]).split()
    both_named = DIRECTIVE_NAMED.search(match["first"]) and DIRECTIVE_NAMED.match(match["second"])
    return match if second[0] in first or both_named else None
