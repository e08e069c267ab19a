"""Ways to ask for a comparison that are put into one of those that `compared_things` and `comparison` take apart."""

from __future__ import annotations

import re

from qa.followup_parts import swap_alike
from qa.followup_topic import uncapitalised

_JOINT = r"(?: và | với | hay | hoặc )"
_KIND = r"(?:loại|bên|cấp|nơi|trường hợp|đối tượng|thứ|cái|hình thức|người|diện|nhóm|việc|khoản|mức|đảng bộ|chi bộ|đơn vị|tổ chức|văn bản)"
_EACH = re.compile(
    rf"^(?P<first>.+?){_JOINT}(?P<second>.+?)(?<! của)(?<! cho)(?<! ở)(?<! tại)(?<! trong)(?:,? thì|,)? mỗi {_KIND}(?: (?:ấy|đó|này))?"
    r" (?:(?!cần|phải|được|có|mất|là|chờ|thì)(?P<noun>\S+ \S+) )?(?P<asked>(?:thì )?(?:cần|phải|được|có|mất|là|chờ)\b.*)$",
    re.IGNORECASE,
)
_NUMBER_ASKED = re.compile(r"\b(?:bao nhiêu|bao lâu|mấy)\b", re.IGNORECASE)
_DIFFERS_FROM = re.compile(
    r"^(?P<first>[^,;?]{3,60}?) khác (?:so )?(?:với )?(?P<second>(?!nhau\b|gì\b|biệt\b|với\b|đi\b|nữa\b)[^,;?]{3,60}?)"
    r" (?:ở|về) (?:những |các )?(?:điểm|chỗ|mặt|khoản|khía cạnh) (?:nào|gì)$",
    re.IGNORECASE,
)
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
_ASKED_THEN_OTHER = re.compile(r"^(?P<asked>.+?\b(?:bao nhiêu|bao lâu|mấy)\b.*?),? so với (?P<other>[^,;?]{2,80})$", re.IGNORECASE)


def rephrased(question: str) -> str | None:
    """As a question that is known to compare: "Thẻ xanh khác thẻ đỏ ở điểm nào?" → "Thẻ xanh và thẻ đỏ khác nhau"; None for any other."""
    text = question.strip(" ?.!…")
    each = _EACH.match(text)
    if each is not None and _NUMBER_ASKED.search(each["asked"]):
        asked = f"{each['noun'] or ''} {each['asked']}".strip()
        return f"So sánh: {each['first']} {asked}; {each['second']} {asked}"
    differs = _DIFFERS_FROM.match(text)
    if differs is not None:
        return f"{differs['first']} và {differs['second']} khác nhau"
    within = _IN_WHAT.match(text) or _COMPARE_IN.match(text)
    if within is not None:
        return f"{within['things'].replace(' so với ', ' và ')} khác nhau về {within['aspect']}"
    then = _ASKED_THEN_OTHER.match(text)
    other = swap_alike(uncapitalised(then["other"]), then["asked"]) if then else None
    return f"So sánh: {then['asked']}; {other}" if then and other else None
