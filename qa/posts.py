"""Who holds which post: pairs of a name and a post in running text, and whether a post is the one asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text.canonical import canonical, fold
from qa.mentions import Mention, find_persons, provinces_in
from qa.names import PROVINCES

_HEADS = (
    "Phó Bí thư Thường trực|Phó Bí thư|Tổng Bí thư|Bí thư|Phó Chủ tịch Thường trực|Phó Chủ tịch|Chủ tịch nước|Chủ tịch"
    "|Phó Chánh Văn phòng|Chánh Văn phòng|Phó Trưởng (?:ban|đoàn|phòng)(?: chuyên trách)?"
    "|Trưởng (?:ban|đoàn|phòng)(?: chuyên trách)?|Phó Giám đốc|Giám đốc|Phó Chủ nhiệm|Chủ nhiệm|(?:Ủy|Uỷ) viên(?: (?:BTV"
    "|BCH|Ban Thường vụ|Ban Chấp hành))?|Phó Hiệu trưởng|Hiệu trưởng|Phó Thủ tướng|Thủ tướng"
    "|Bộ trưởng|Thứ trưởng|Tổng Biên tập|Viện trưởng|Chánh án|Tổng Giám đốc|Phó Tổng Giám đốc"
)
_STOP = (
    "là|ai|đã|đang|sẽ|có|dự|phát|chủ|trao|cho|kết|nhấn|cùng|tại|năm|nhiệm|trả|giữ|nói|đánh|nêu|ghi|được|tham|thay|khai"
    "|biểu dương|hiện|khi|vào|lúc|trong|yêu|đề|đến|thăm|tặng|chia|khẳng|lưu|đồng|làm|với|"
    "điều|ký|kiêm|hồi|cuối|đầu|tháng|kỳ|nay|vừa|mới|giai|ngày|lần|nhận|bị|báo|trình|gửi|chúc|quán|bế|chỉ|theo|như|thời|ở"
    "|nào|khoá|khóa|do|hay|và các|và đồng chí|gợi|lần lượt|của nhiệm|trước|sau|từ|này|đó|tỏ|về"
)
POST = re.compile(
    rf"(?<![^\W_])(?P<head>{_HEADS})(?P<body>(?: (?!(?:{_STOP}|phó|bí thư|chủ tịch|giám đốc|trưởng|ông"
    rf"|bà)(?![^\W_]))[^\W_]+){{0,14}})(?![^\W_])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:\s*\([^)]{0,60}\))?\s*[-–—,:]?\s*(?:(?:hiện |nay |đang |hiện đang )?(?:là|giữ (?:chức|cương vị)(?: vụ)?|làm"
    r"|được bầu (?:làm|giữ chức)|được bổ nhiệm (?:làm|giữ chức))\s+)?",
    re.IGNORECASE,
)
_NEXT_POST = re.compile(r"\s*(?:,|và|kiêm(?:\s+nhiệm)?|;? ?đồng thời là)\s*", re.IGNORECASE)
_TO_NAME = re.compile(r"\s*:?\s*(?:(?:vẫn )?(?:là|do)\s+)?(?:(?:đồng chí|đ/c|ông|bà)\s+)?", re.IGNORECASE)
_FORMER = re.compile(r"nguyên\s*$", re.IGNORECASE)
_WRITTEN_OUT = {
    "ccq": "cơ quan",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
    "dn": "doanh nghiệp",
    "đảng bộ": "đảng uỷ",
    "ủy ban nhân dân": "ubnd",
    "uỷ ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "tỉnh uỷ": "tỉnh_uỷ",
    "thành uỷ": "thành_uỷ",
    "tỉnh đoàn": "tỉnh_đoàn",
    "thành đoàn": "thành_đoàn",
}
_OPTIONAL = frozenset({"tinh", "cac", "cua", "thanh", "pho"})
_PROVINCE_WORDS = frozenset(word for province in PROVINCES for word in fold(province).split())
_NAMES_NO_BODY = frozenset({"dang", "uy", "khoi"})  # "Đảng ủy Khối": which one, only the text around says


@dataclass(frozen=True, slots=True)
class Post:
    """A post as written, its title and the body it belongs to, folded and written out: `Bí thư` of `dang uy khoi co quan`."""

    text: str
    head: str
    body: frozenset[str]
    provinces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """One person holding one post, as a text says it; `start`/`end` span name and post in that text."""

    name: str
    post: Post
    start: int
    end: int
    former: bool = False


def parse_post(text: str) -> Post | None:
    """The first post named in `text`: "Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?" → Bí thư of dang, uy, khoi, co, quan."""
    match = POST.search(text)
    return None if match is None else _post(match)


def _post(match: re.Match[str], end: int | None = None) -> Post:
    text = match.string[match.start() : end or match.end()].strip()
    body = canonical(text[len(match["head"]) :]).strip()
    head = canonical(match["head"])
    for short, long in _WRITTEN_OUT.items():
        body = re.sub(rf"(?<!\w){short}(?!\w)", long, body)
        head = re.sub(rf"(?<!\w){short}(?!\w)", long, head)
    provinces = provinces_in(body)
    for province in provinces:
        body = re.sub(rf"(?<!\w){re.escape(province)}(?!\w)", " ", body)
    return Post(text, head, frozenset(fold(body).split()) - _OPTIONAL, frozenset(provinces))


def find_holdings(text: str) -> list[Holding]:
    """Every (person, post) pair of `text`: "NAME - post, post", "NAME giữ chức post", "post NAME"."""
    posts = [match for match in POST.finditer(text) if match["head"][0].isupper() or match["body"]]
    if not posts:
        return []
    holdings: list[Holding] = []
    for person in find_persons(text):
        holdings += _posts_after(text, person) or _post_before(text, person)
    return holdings


def _posts_after(text: str, person: Mention) -> list[Holding]:
    found: list[Holding] = []
    gap = _BETWEEN.match(text, person.end)
    position = gap.end() if gap else person.end
    if position == person.end:
        return []
    while True:
        former = re.match(r"nguyên\s+", text[position:], re.IGNORECASE)
        match = POST.match(text, position + (former.end() if former else 0))
        if match is None:
            return found
        end = _end_before_person(text, match)
        found.append(Holding(person.text, _post(match, end), person.start, end, bool(former)))
        following = _NEXT_POST.match(text, end)
        if following is None:
            return found
        position = following.end()


def _end_before_person(text: str, match: re.Match[str]) -> int:
    inside = find_persons(text[match.start() : match.end()])
    return match.start() + inside[0].start if inside else match.end()


def _post_before(text: str, person: Mention) -> list[Holding]:
    """Like "Chủ tịch HĐND tỉnh Nguyễn Xuân Sơn", "Bí thư Đảng ủy Khối là đồng chí …"."""
    start = max(0, person.start - 120)
    for match in reversed(list(POST.finditer(text, start, person.end))):
        end = min(match.end(), person.start)
        gap = _TO_NAME.match(text, end)
        if match.start() < person.start and gap is not None and gap.end() >= person.start and "\n" not in text[end : person.start]:
            former = bool(_FORMER.search(text[max(0, match.start() - 8) : match.start()]))
            return [Holding(person.text, _post(match, end), match.start(), person.end, former)]
    return []


def is_same_post(asked: Post, held: Post, surroundings: str) -> bool:
    """Whether `held` is the post asked about.

    A shorter form ("Đảng ủy Khối") counts where `surroundings` (title and text around) names the full body;
    a longer one ("… và doanh nghiệp") is another body, unless the question named no body at all, and so is "Khối các cơ quan"
    where "Khối các cơ quan và doanh nghiệp" was asked about.
    """
    if asked.head != held.head or (asked.provinces and held.provinces and asked.provinces.isdisjoint(held.provinces)):
        return False
    if asked.body == held.body or not asked.body:
        return True
    if held.body > asked.body:
        return "va" not in held.body - asked.body and asked.body <= _NAMES_NO_BODY
    if "va" in asked.body - held.body and not held.body <= _NAMES_NO_BODY:
        return False
    if "khoi" in asked.body - held.body:
        return False  # the secretary of any Party committee is none of the bloc's
    says_enough = held.body >= _NAMES_NO_BODY or 2 * len(held.body) > len(asked.body)
    return says_enough and held.body < asked.body and _names_body(asked, surroundings)


def _names_body(asked: Post, surroundings: str) -> bool:
    """The words of the body stand together somewhere, and are not continued by "và" (a look-alike)."""
    words = fold(asked.text).replace("ccq", "co quan").split()[len(asked.head.split()) :]
    core = [word for word in words if word not in _OPTIONAL and word not in _PROVINCE_WORDS] or words
    told = core[max(0, core.index("va") - 2) :] if "va" in core else core[-2:]
    pattern = r"(?:\s+(?:cac|tinh|ccq))*\s+".join(map(re.escape, told))
    around = fold(surroundings)
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)(?!\s+va\s)", around)) or ("co quan" in " ".join(core) and "ccq" in around)
