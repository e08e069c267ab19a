"""Follow-up questions that name another of a kind: another discipline, level, month or post in the place of the one asked about before."""

from __future__ import annotations

import re

from index.text.canonical import canonical
from qa.followup_topic import PERIOD_NAMED
from qa.posts import POST

_KINDS = (
    r"khiển trách|cảnh cáo|cách chức|khai trừ",
    r"chính thức|tạm thời|dự bị|nội bộ",
    r"kết nạp lại|kết nạp|công nhận chính thức|khai trừ|x(?:óa|oá) tên",
    r"(?:bị |làm )?(?:mất|hỏng|rách)",
    r"thành lập|lập mới|giải thể|giải tán|chia tách|sáp nhập|hợp nhất",
    r"trong nước|(?:ra )?nước ngoài|ngoài nước",
    r"đầu năm|giữa năm|cuối năm",
)
_LEVEL = (
    r"(?:cấp )?(?:trung ương|cấp trên(?: trực tiếp)?(?: của)?(?: tổ chức)? cơ sở(?: đảng)?|(?<!trên )(?<!tổ chức )cơ sở"
    r"|(?:tỉnh|huyện|xã)(?! (?:ủy|uỷ|đoàn|(?-i:[A-ZĐ]))))"
)
_ALIKE = [re.compile(rf"(?<![^\W_])(?:{kind})(?![^\W_])", re.IGNORECASE) for kind in (_LEVEL, *_KINDS)]
_LEADS = re.compile(
    r"^(?:(?:nếu|khi|ở|tại|với|đối với|về|trường hợp|hình thức|kỷ luật|mức|loại|diện|bị|mà|là|chỉ|thì|đảng viên|sinh hoạt|chuyển)\s+)+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<joint>\s*/\s*|\s+năm\s+)(?:19|20)\d{2}$", re.IGNORECASE)
_NO_YEAR = re.compile(r"(?:tháng \d{1,2}|quý \w+)", re.IGNORECASE)
_RANK = re.compile(r"\b(?:phó|tổng|thường trực|thứ nhất)\b| ")
_LIMIT_WORDS = r"trên|dưới|từ|hơn|quá|đủ|ngoài|chưa đến|chưa đủ|chưa tới|không đủ"
_BARE_LIMIT = re.compile(rf"(?:{_LIMIT_WORDS}) (?P<number>\d+)", re.IGNORECASE)
_LAST_LIMIT = re.compile(rf"(?<=\w )(?:{_LIMIT_WORDS}) \d+$", re.IGNORECASE)
_WITH_UNIT = re.compile(
    rf"\b(?:(?:{_LIMIT_WORDS}) )?\d+ (?P<unit>tuổi|tháng|ngày|đảng viên|người|hộ|phần trăm|năm(?: tuổi đảng)?)\b(?: trở (?:lên|xuống)\b)?",
    re.IGNORECASE,
)
_LIMIT = re.compile(rf"(?:{_LIMIT_WORDS}) \d+ (?P<unit>[^\W\d_]+)(?: [^\W\d_]+){{0,3}}", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?P<bearer>[^?,:\d]{2,50}?)(?<!\blà)(?<!nhất) (?:(?:phải|cần|mà|nếu) )?(?P<has>có |đủ |đạt )?"
    r"(?:từ |ít nhất |tối thiểu |tối đa |khoảng )*(?:bao nhiêu|mấy) (?P<unit>[^\W\d_]+)",
    re.IGNORECASE,
)


def swap_kind(rest: str, previous: str) -> str | None:
    """ "khiển trách" in the place of "cảnh cáo", "Trung ương" of "cấp tỉnh": the last of its kind in the earlier question."""
    named = re.split(r"\s+thì\s+", _LEADS.sub("", rest))[0]
    for kind in _ALIKE:
        new = kind.fullmatch(named)
        olds = [old for old in kind.finditer(previous) if canonical(old[0]) != canonical(named)] if new else []
        if olds:
            level = "cấp " if canonical(olds[-1][0]).startswith("cấp ") and not canonical(named).startswith("cấp ") else ""
            return f"{previous[: olds[-1].start()]}{level}{named}{previous[olds[-1].end() :]}"
    return None


def swap_period(rest: str, previous: str) -> str | None:
    """The time named in `rest` for that of the earlier question, whose year it keeps: "tháng 4" for "tháng 5/2021" → "tháng 4/2021"."""
    new, old = PERIOD_NAMED.search(rest), PERIOD_NAMED.search(previous)
    if new is None or old is None or len(new[0].split()) < len(rest.split()) - 4:
        return None
    year = _YEAR.search(old[0]) if _NO_YEAR.fullmatch(new[0]) else None
    return f"{previous[: old.start()]}{new[0]}{year[0] if year else ''}{previous[old.end() :]}"


def swap_post(rest: str, previous: str) -> str | None:
    """The post named in `rest` for that of the earlier question, whose body it keeps where it names none itself and is of one ladder."""
    new, old = POST.search(rest), POST.search(previous)
    if new is None or old is None or len(new[0].split()) < len(rest.split()) - 4:
        return None
    deputy = _RANK.sub("", canonical(new["head"])) == _RANK.sub("", canonical(old["head"]))
    end = old.end("head") if deputy and not new["body"] else old.end()
    return f"{previous[: old.start()]}{new[0]}{previous[end:]}"


def limit_in(part: str) -> str | None:
    """ "chưa tới 80" of "cụ nào chưa tới 80", where no unit follows the number."""
    limit = _LAST_LIMIT.search(part)
    return limit[0] if limit else None


def swap_limit(rest: str, previous: str) -> str | None:
    """ "dưới 80" in the place of "80 tuổi"; "quá 60 tuổi" after "Vào hội phải đủ mấy tuổi?" → "Vào hội quá 60 tuổi thì sao?"."""
    bare = _BARE_LIMIT.fullmatch(rest)
    old = _WITH_UNIT.search(previous) if bare else None
    if old is not None:
        return f"{previous[: old.start()]}{rest} {old['unit']}{previous[old.end() :]}"
    limit, asked = _LIMIT.fullmatch(rest), _ASKED.match(previous)
    if limit is None or asked is None or canonical(limit["unit"]) != canonical(asked["unit"]):
        return None
    has = "có " if (asked["has"] or "").strip().lower() == "có" else ""
    return f"{asked['bearer']} {has}{rest[:1].lower()}{rest[1:]} thì sao?"
