"""Who holds which post: pairs of a name and a post in running text, and whether a post is the one asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text.canonical import canonical, fold
from qa.mentions import Mention, find_persons, find_short_names, province_pattern, provinces_in
from qa.names import PROVINCES

_HEADS = (
    "Phó Bí thư Thường trực|Phó Bí thư|Tổng Bí thư|Bí thư|Phó Chủ tịch Thường trực|Phó Chủ tịch|Chủ tịch nước|Chủ tịch"
    "|Phó Chánh Văn phòng|Chánh Văn phòng|Phó (?:ban|phòng)(?= [^\\W_])|Phó Trưởng (?:ban|đoàn|phòng)(?: chuyên trách)?"
    "|Trưởng (?:ban|đoàn|phòng)(?: chuyên trách)?|Phó Giám đốc|Giám đốc|Phó Chủ nhiệm|Chủ nhiệm|(?:Ủy|Uỷ) viên(?: (?:BTV"
    "|BCH|Ban Thường vụ|Ban Chấp hành))?|Phó Hiệu trưởng|Hiệu trưởng|Phó Thủ tướng|Thủ tướng"
    "|Bộ trưởng|Thứ trưởng|Tổng Biên tập|Viện trưởng|Chánh án|Tổng Giám đốc|Phó Tổng Giám đốc"
)
# Words that end the name of a body; a capital ("Sở Nông nghiệp và Phát triển nông thôn") keeps them in it, and so do some beside them.
_STOP = (
    r"là|ai|đã|đang|sẽ|có|dự|phát(?! triển| thanh| hành)|chủ(?! nghĩa)|trao|cho|kết|nhấn|cùng|tại|năm|nhiệm|trả|giữ|nói|đánh|nêu|ghi|được"
    r"|tham(?! mưu)|thay|khai(?! thác)|biểu dương|hiện|khi|vào|lúc|trong|yêu|đề(?! án)|đến|thăm|tặng|chia|khẳng|lưu(?! trữ)"
    r"|đồng (?:chí|thời|ý|tình|hành|chủ)|làm|với|điều(?! hành)|ký|kiêm|hồi|cuối|đầu(?! tư)|tháng|kỳ|nay|vừa|mới|giai|ngày|lần|nhận|bị"
    r"|báo (?:cáo|tin)|(?<!công )(?<!chương )(?<!quy )trình|gửi|chúc|quán|bế|(?!(?-i:Chỉ đạo))chỉ(?! huy| đạo (?:của|về))|theo|như|thời|ở"
    r"|nào|khoá|khóa|do|hay|và các|và đồng chí|gợi|lần lượt|của nhiệm|trước|sau|từ|này|đó|tỏ|về|đối với|lên|quê|sinh|nghỉ|xin|phải|không"
    r"|(?:19|20)\d\d"
)
POST = re.compile(
    rf"(?<![^\W_])(?<!ban )(?P<head>{_HEADS})(?P<body>(?: (?!(?:{_STOP}|phó|bí thư|chủ tịch|giám đốc|trưởng|ông"
    rf"|bà)(?![^\W_]))[^\W_]+){{0,14}})(?![^\W_])",
    re.IGNORECASE,
)
_WHEN = (
    "(?:khi|lúc|hồi) (?:đó|ấy)|bấy giờ|hiện|nay|đang|đã|sẽ|vừa|mới|chính thức|tiếp tục"
    "|chuyển công tác,?|chuyển|được|về|sang|lên|lại|từng|nguyên|là người"
)
_NAMED_TO = "bầu|bổ nhiệm|điều động|phân công|chỉ định|phê chuẩn|luân chuyển|giao|cử|tín nhiệm"
_TAKES = (
    r"là|giữ|(?:nhận quyết định )?làm|lên|đảm nhiệm|đảm nhận|nhận"
    rf"|được (?:[^\W\d_]+ ){{0,8}}?(?:{_NAMED_TO})(?:,? (?:{_NAMED_TO}))*(?: (?:về|sang|lại|vào))*(?: (?:làm|giữ|là|vị trí))?"
)
_BETWEEN = re.compile(
    rf"(?P<aside>\s*\([^)]{{0,60}}\))?\s*[-–—,:]?\s*"
    rf"(?P<verb>(?:(?:{_WHEN}) )*(?:{_TAKES})(?: (?:các|những))?(?: (?:chức|cương vị)(?: vụ| danh)?)?:?\s+)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\btừng\b|\bnguyên là\b", re.IGNORECASE)
_NEXT_POST = re.compile(
    r"\s*(?:,(?!\s*(?:hiện|đang|nay|được)\b)|và|kiêm(?:\s+nhiệm)?|;? ?đồng thời là"
    rf"|, ?(?:đã |vừa |mới )?được (?:{_NAMED_TO})(?: (?:làm|giữ|là))?(?: chức(?: vụ| danh)?)?"
    r"|, ?(?:hiện|đang|nay|hiện đang) (?:làm|là|giữ(?: chức(?: vụ)?)?)"
    r"|,? ?trước khi (?:được )?(?:bổ nhiệm|bầu|giữ|làm|là|lên)(?: (?:làm|giữ|là))?(?: chức(?: vụ| danh)?)?)\s*",
    re.IGNORECASE,
)
_TO_NAME = re.compile(r"\s*:?\s*(?:(?:vẫn )?(?:là|do|đối với)\s+)?(?:(?:đồng chí|đ/c|ông|bà)\s+)?", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:Ông|Bà|Anh|Chị) \S+")  # a form of address before a given name, no name of two syllables
_FORMER = re.compile(r"nguyên\s*$", re.IGNORECASE)
_WRITTEN_OUT = {
    "ccq": "cơ quan",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
    "dn": "doanh nghiệp",
    "đuk": "đảng uỷ khối",
    "duk": "đảng uỷ khối",
    "ubkt": "uỷ ban kiểm tra",
    "đbqh": "đại biểu quốc hội",
    "dbqh": "đại biểu quốc hội",
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
_KINDS_OF_BODY = frozenset({"so", "ban", "uy", "phong", "hoi", "doan", "truong", "cuc", "vu", "bo", "chi", "dang", "huyen", "xa"})
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
    if "đoàn" in head:  # "Phó Trưởng đoàn chuyên trách Đoàn đại biểu Quốc hội" and "Phó Trưởng đoàn ĐBQH chuyên trách" are one post
        head, body = head.removesuffix(" chuyên trách"), re.sub(r"chuyên trách|^đoàn(?!\S)", " ", body)
    provinces = provinces_in(body)
    for province in provinces:
        body = province_pattern(province).sub(" ", body)
    return Post(text, head, frozenset(fold(body).split()) - _OPTIONAL, frozenset(provinces))


def find_holdings(text: str, known_as: str | None = None) -> list[Holding]:
    """Every (person, post) pair of `text`: "NAME - post, post", "NAME giữ chức post", "post NAME".

    `known_as` is a full name that `text` may call by its last syllables: "Ông Tre từng giữ chức …" of Lê Văn Tre.
    """
    posts = [match for match in POST.finditer(text) if match["head"][0].isupper() or match["body"]]
    if not posts:
        return []
    holdings: list[Holding] = []
    named = [person for person in find_persons(text) if not _ADDRESSED.fullmatch(person.text)]
    for person in [*named, *(find_short_names(text, known_as) if known_as else ())]:
        holdings += _posts_after(text, person) or _post_before(text, person)
    return holdings


def _posts_after(text: str, person: Mention) -> list[Holding]:
    found: list[Holding] = []
    gap = _BETWEEN.match(text, person.end)
    position = gap.end() if gap else person.end
    if gap is None or position == person.end:
        return []
    was = bool(gap["verb"] and _BEFORE.search(gap["verb"]))
    aside = POST.search(gap["aside"]) if gap["aside"] else None
    while True:
        former = re.match(r"nguyên\s+", text[position:], re.IGNORECASE)
        match = POST.match(text, position + (former.end() if former else 0))
        if match is None:
            break
        end = _end_before_person(text, match)
        found.append(Holding(person.text, _post(match, end), person.start, end, bool(former) or was))
        following = _NEXT_POST.match(text, end)
        if following is None:
            break
        position = following.end()
    if aside is not None:  # "ông A (Chủ tịch xã) làm Bí thư": the post in brackets is the one that is left
        found.append(Holding(person.text, _post(aside), person.start, gap.end("aside"), bool(found)))
    return found


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


def is_other_body(asked: Post, held: Post) -> bool:
    """Whether both name a body and these share hardly a word but that of their kind: "Sở Tài chính" and "Sở Giao thông vận tải"."""
    one, other = asked.body - _KINDS_OF_BODY, held.body - _KINDS_OF_BODY
    if one and other:
        return 2 * len(one & other) <= min(len(one), len(other))
    return bool(held.body) and held.body.isdisjoint(asked.body)


def _names_body(asked: Post, surroundings: str) -> bool:
    """The words of the body stand together somewhere, and are not continued by "và" (a look-alike)."""
    words = fold(asked.text).replace("ccq", "co quan").split()[len(asked.head.split()) :]
    core = [word for word in words if word not in _OPTIONAL and word not in _PROVINCE_WORDS] or words
    told = core[max(0, core.index("va") - 2) :] if "va" in core else core[-2:]
    pattern = r"(?:\s+(?:cac|tinh|ccq))*\s+".join(map(re.escape, told))
    around = fold(surroundings)
    written_short = "va" not in core and "co quan" in " ".join(core) and "ccq" in around
    return written_short or bool(re.search(rf"(?<!\w){pattern}(?!\w)(?!\s+va\s)", around))
