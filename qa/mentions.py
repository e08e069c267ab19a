"""What a short answer can be, found in a sentence: names of persons, numbers with their unit, places, bodies.

Rules over capital letters and a few closed lists; Vietnamese names start with one of some hundred family names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.text.canonical import canonical, fold
from qa.names import FAMILY_NAMES, PROVINCES

_NOT_PERSONS = frozenset(canonical(name) for name in PROVINCES) | {"hoàng mai", "thái hoà", "hà nội", "văn phòng", "an ninh", "quang cảnh"}
_FOLDED_FAMILY_NAMES = frozenset(map(fold, FAMILY_NAMES))
_TITLE_BEGINS = frozenset(
    map(canonical, ("Tổng", "Phó", "Trưởng", "Chánh", "Bí", "Chủ", "Giám", "Bộ", "Ban", "Ủy", "Thủ", "Thứ"))
)  # "Tổng Bí | thư"
_TITLE_SPLIT = re.compile(
    r"(?:(?:phó )?bí thư|phó (?:chủ|ban|giám)|chủ (?:tịch|nhiệm|trì|toạ)|giám đốc|chính (?:trị|phủ)|uỷ (?:viên|ban)|chánh văn|bộ trưởng"
    r"|thanh niên)"
)
_HONORIFICS = ("đồng chí", "đ/c", "ông", "bà", "anh", "chị", "đồng chí:", "ts", "ts.", "tiến sĩ", "ths.", "th.s", "bác sĩ")
_NOT_BEFORE = ("thành phố", "tp", "tp.", "phong cách", "tư tưởng", "đạo đức", "gương", "đường", "trường", "lăng")
# "Đoàn Thanh niên Cộng sản Hồ Chí Minh" bears the name of a person and is none.
_NAMESAKE, _NAMED_AFTER = (
    "hồ chí minh",
    ("cộng sản", "tncs", "tiền phong", "quốc gia", "huân chương", "giải thưởng", "bảo tàng", "chiến dịch"),
)
_NOT_BEFORE_TWO = ("phường", "xã", "huyện", "tỉnh", "quận", "thị trấn")  # "xã Quang Sơn", but "Chủ tịch HĐND tỉnh Lê Văn A"
UPPER = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper())  # within […] of a pattern
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")

_NUMBER_WORDS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nửa"
_ABOUT = "hơn|gần|trên|khoảng|dưới|tối thiểu|tối đa|ít nhất|không quá|không dưới|không được quá|không vượt quá|chưa quá|chưa đến|quá|từ đủ"
_UNITS = (
    r"%|phần trăm|phần (?:hai|ba|tư|năm|sáu)|ngày|tháng|năm|tuần|giờ|phút|buổi|lần|kỳ|đợt|khoá|khóa|nhiệm kỳ|người"
    r"|đồng chí|đảng viên|cán bộ|đại biểu|uỷ viên|ủy viên|tổ chức|tập thể|cá nhân"
    r"|trường hợp|đồng|triệu|tỷ|tỉ|lớp|bản|tệp|ảnh|nhóm|loại|điều|khâu|nội dung|nhiệm vụ|cơ quan|đơn vị|hồ sơ|chi bộ"
    r"|đảng bộ|lượt|tuổi|quần chúng|phiếu|mục|việc|bài|tấn|km|xã|huyện"
)


def _spaced(words: str) -> str:
    """Spaces kept under re.VERBOSE; a line may be broken at any."""
    return words.replace(" ", r"[ \n]")


# "87/93 phiếu": so many of all; "12/5" before any other word is a day.
_COUNTED_OF_ALL = "phiếu|đại biểu|đảng viên|chi bộ|đảng bộ|đồng chí|thành viên|người|tổ chức|đơn vị|uỷ viên|ủy viên|chỉ tiêu|xã|huyện"
_AMOUNT = re.compile(
    rf"""(?:\b(?:{_spaced(_ABOUT)})[ \n])?
    (?: (?<![\w/.,-])\d+(?:[.,]\d+)?\ ?[x×]\ ?\d+(?:[.,]\d+)?(?:\ ?[cm]?m)?(?!\w)
      | (?<![\w/.,-])\d+/\d+[ \n](?:{_spaced(_COUNTED_OF_ALL)})\b
      | (?<![\w/.,-])\d+(?:[.,]\d+)*(?![\w/]|-\w|[.,]\d)
        (?:\s?%|(?:[ \n](?:nghìn|ngàn|vạn|triệu|tỷ|tỉ))?(?:[ \n][^\W\d_]+(?:-[^\W\d_]+)?){{0,5}})
      | \b(?:{_NUMBER_WORDS})[ \n](?:{_spaced(_UNITS)})\b(?:[ \n][^\W\d_]+){{0,2}}
      | \bquá[ \n]nửa\b )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_AN_AMOUNT = re.compile(
    r"(?:(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )(?:ngày|tháng|năm)|(?<!tổng )số"
    r"|khóa|khoá|lần thứ|thứ|(?<!mỗi )(?<!từng )đợt|quý|điều|khoản|mục|điểm|chương|phụ lục|mẫu|tổ|covid"
    r"|nhiệm kỳ|giai đoạn|trang|hướng dẫn|quy định|quyết định|nghị quyết|chỉ thị)"
    r"\s*(?:\d{4}\s*)?[-–]?\s*$"
)
_CLAUSE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?:\)|\.?\s+[A-ZĐĂÂÊÔƠƯ])")
_CLAUSE_MARK = re.compile(r"(?:\(\d|[^(\d]\d{1,2})\)$")
_TENS = re.compile(r"\b(?:mươi|mười|trăm)\s+$", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:tại|ở|trên địa bàn|từ(?! (?:trần|chức|chối|bỏ|khi|lúc|ngày|tháng|năm|nay|đó|đây|đủ|trên|dưới)\b)) "
    r"(?!(?:mỗi|từng|các|những|mọi|đó|đây|đấy|trên|dưới|mức|chỗ)\b)"
    r"(?!(?:điểm|khoản|điều|mục|phần|chương|phụ lục|trang|quy định|hướng dẫn|nghị quyết|quyết định|thông tư)\s(?:số\s)?\d)"
    r"(?P<place>(?:(?:hội trường|trụ sở|nhà|trung tâm|thành phố|tp\.?|thị xã|huyện|xã|phường"
    r"|tỉnh|khách sạn|trường|văn phòng|bản|xóm|thôn|khối) )*[^\W\d_][^,.;:()“”\"]{2,80}(?!\w))",
    re.IGNORECASE,
)
_PLACE_ENDS = re.compile(r" (?:sau|trước|nhân|trong khi|để|lúc|vào|hôm|ngày) .*$")
_BODY = re.compile(
    r"\b(?:Ban (?:Thường vụ|Chấp hành|Bí thư|Tổ chức|Tuyên giáo|Dân vận|Nội chính|Chỉ đạo|Kiểm tra|Thường trực|cán sự)"
    r"|Đảng (?:ủy|uỷ|bộ)|(?:Tỉnh|Thành|Huyện|Thị) (?:ủy|uỷ|đoàn)"
    r"|(?:Ủy|Uỷ) ban|Hội đồng nhân dân|HĐND|UBND|Bộ Chính trị|Chính phủ|Quốc hội|Sở|Bộ|Cục|Viện|Văn phòng|Trường|Đoàn"
    r"|Liên đoàn|Hội|Mặt trận|Chi bộ|Công đoàn|Báo|Đài)"
    r"(?: (?:[^\W\d_]+|và|-)){0,9}"
)
_WITHIN_BODIES_TEXT = """các cơ quan tỉnh và doanh nghiệp nhân dân khối huyện xã phường thành phố uỷ thường vụ chấp hành
    tổ chức bí thư kiểm tra chính trị đảng bộ ương"""
_WITHIN_BODIES = frozenset(canonical(_WITHIN_BODIES_TEXT).split())


class Mention(NamedTuple):
    """A possible short answer and where it stands in the sentence."""

    text: str
    start: int
    end: int


def find_persons(text: str) -> list[Mention]:
    """Names of persons: two to five capitalised syllables that start with a family name or follow a form of address.

    Example: "Đồng chí Lê Hồng Vinh dự" → [Mention("Lê Hồng Vinh", 9, 21)].
    """
    found: list[Mention] = []
    for words in _capitalised_runs(text):
        name = _name_in(text, words)
        if name is not None:
            found.append(name)
    return found


def _capitalised_runs(text: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        adjoining = bool(run) and text[run[-1].end() : word.start()] == " "
        if run and not (adjoining and _capitalised(word[0])):
            yield run
            run = []
        if _capitalised(word[0]):
            run.append(word)
    if run:
        yield run


def _capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())


def _name_in(text: str, words: list[re.Match[str]]) -> Mention | None:
    """The name in a run of capitalised words: "Bí thư" never starts one, "Giám đốc Nguyễn Văn A" gives the end."""
    for first, word in enumerate(words):
        rest = _without_title(text, words[first : first + 5])
        before = canonical(text[max(0, word.start() - 14) : word.start()]).rstrip()
        if before.endswith(_NOT_BEFORE):
            return None
        if canonical(word[0]) in _HONORIFICS and len(rest) > 2 and canonical(rest[1][0]) in FAMILY_NAMES:
            continue  # "Ông Lê Văn A": Ông is a family name too
        if canonical(word[0]) in _TITLE_BEGINS:
            continue
        if len(rest) < 2 or (len(rest) == 2 and before.endswith(_NOT_BEFORE_TWO)):
            return None
        name = text[rest[0].start() : rest[-1].end()]
        if canonical(name) == _NAMESAKE and before.endswith(_NAMED_AFTER):
            return None
        if canonical(name) in _NOT_PERSONS or canonical(text[rest[0].start() : rest[1].end()]) in _NOT_PERSONS:
            return None
        if canonical(word[0]) in FAMILY_NAMES or _ends_with_word(before, _HONORIFICS):
            return Mention(name, rest[0].start(), rest[-1].end())
    return None


def _without_title(text: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words of a run without the first half of a title that ends it: "Đoàn Chủ | tịch", "Lê Văn Cam Bí | thư"."""
    last = words[-1]
    return words[:-1] if _TITLE_SPLIT.match(canonical(text[last.start() : last.end() + 8])) else words


def _ends_with_word(text: str, endings: tuple[str, ...]) -> bool:
    return any(text.endswith(ending) and not text[: -len(ending)][-1:].isalnum() for ending in endings)


def find_amounts(text: str) -> list[Mention]:
    """Numbers with the words that follow, in figures or, before a unit, in words; parts of dates and numbers of clauses are left out.

    Example: "kết nạp 15 đảng viên mới" → "15 đảng viên mới"; "hai phần ba số phiếu" → "hai phần ba số phiếu".
    """
    return [
        Mention(match[0], match.start(), match.end())
        for match in _AMOUNT.finditer(text)
        if not _NOT_AN_AMOUNT.search(canonical(text[max(0, match.start() - 24) : match.start()])) and not _numbers_a_clause(text, match)
    ]


def _numbers_a_clause(text: str, match: re.Match[str]) -> bool:
    """The number of a clause ("14.3. Đảng viên …", "2) …"), or the end of a longer numeral ("ba mươi | năm tuổi đảng")."""
    before = text[: match.start()]
    opens = not before.strip(' (“"-–•+*\n') or before.rstrip().endswith((";", ":", "\n"))
    if _CLAUSE_NUMBER.match(text, match.start()) and (opens or _CLAUSE_MARK.search(text[: match.end() + 1])):
        return True
    return match[0].lower().startswith("năm ") and bool(_TENS.search(before))


def find_places(text: str) -> list[Mention]:
    """What follows "tại", "ở", "trên địa bàn" up to the next comma."""
    found = [(match["place"], match.start("place")) for match in _PLACE.finditer(text)]
    cut = [(_PLACE_ENDS.sub("", place), start) for place, start in found]
    return [Mention(place, start, start + len(place)) for place, start in cut]


def find_bodies(text: str) -> list[Mention]:
    """Names of Party and state bodies, cut before the first lower-case word that is no part of such names."""
    found = []
    for match in _BODY.finditer(text):
        end = next((word.start() for word in _WORD.finditer(text, match.start(), match.end()) if _ends_body(word[0])), match.end())
        name = text[match.start() : end].rstrip(" -")
        found.append(Mention(name, match.start(), match.start() + len(name)))
    return [mention for mention in found if " " in mention.text]


def _ends_body(word: str) -> bool:
    return word[0].islower() and canonical(word) not in _WITHIN_BODIES


_PROVINCE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, map(canonical, PROVINCES)))})(?!\w)")
_CITY = "hồ chí minh"  # without "thành phố" it is a person's name
_CITY_NAMED = re.compile(r"(?<!\w)(?:(?:thành phố|t\.?p\.?|đảng bộ|thành uỷ|thành đoàn)\s*(?:hồ chí minh|hcm)|tphcm|sài gòn)(?!\w)")
PROVINCE_NAMED = re.compile(
    rf"\b(?:(?:tỉnh|thành phố|TP\.?) )?(?:{'|'.join(map(re.escape, PROVINCES))}|Hồ Chí Minh|HCM|Hoà Bình|Khánh Hoà|Thanh Hoá)\b",
    re.IGNORECASE,
)


def provinces_in(text: str) -> set[str]:
    """The provinces named in `text`, canonical; TP. HCM, TP Hồ Chí Minh … are one."""
    lowered = canonical(text)
    return set(_PROVINCE.findall(lowered)) | ({_CITY} if _CITY_NAMED.search(lowered) else set())


def province_pattern(province: str) -> re.Pattern[str]:
    """What names `province` (canonical) in a canonical text, however it is written."""
    return _CITY_NAMED if province == _CITY else re.compile(rf"(?<!\w){re.escape(province)}(?!\w)")


_MEETING_FILLER = fold(
    "trung ương|tw|bch|ban|chấp hành|đại biểu|toàn quốc|toàn thể|đảng|đảng bộ|quốc hội|hđnd|hội đồng nhân dân"
    + "|thường vụ|bộ|khối|bất thường|lần|thứ"
)
_MEETING = re.compile(
    rf"(?<!\w)(?P<noun>hoi nghi|dai hoi|ky hop|phien hop|khoa)(?: (?:{_MEETING_FILLER}))*? "
    r"(?P<number>\d{1,2}|[ivx]{1,5}|nhat|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi(?: (?:mot|hai|ba|bon|tu|lam|sau|bay|tam|chin))?)"
    r"(?![\w/.-]\w|\w)"
)
_DIGITS = {
    "nhat": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_ROMAN = {"i": 1, "v": 5, "x": 10}


def meetings_in(text: str) -> set[tuple[str, int]]:
    """Meetings and terms by their ordinal, in figures or words: "Hội nghị Trung ương 10 khoá XII" → (hoi nghi, 10), (khoa, 12)."""
    return {(match["noun"], _ordinal(match["number"])) for match in _MEETING.finditer(fold(text)) if _is_ordinal(match)}


def _is_ordinal(match: re.Match[str]) -> bool:
    """ "kỳ họp thứ hai" is the second, "hội nghị hai ngày" is not; "năm" is a year more often than a five."""
    return match["number"][0].isdigit() or set(match["number"]) <= _ROMAN.keys() or match[0].endswith(f"thu {match['number']}")


def _ordinal(written: str) -> int:
    if written.isdigit():
        return int(written)
    if set(written) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in written]
        return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
    return sum(_DIGITS[word] for word in written.split())


_NAMES_PREDECESSOR = re.compile(
    r"[ ,]*\b(?:thay(?: thế)?(?: cho)?|kế nhiệm|thế chỗ)(?: (?:vị trí|chức vụ))?(?: của)?"
    r" (?:(?:người tiền nhiệm|ông|bà|đồng chí|đ/c|anh|chị) )*$",
    re.IGNORECASE,
)
_WHO_LEFT = re.compile(
    r"(?: (?:vừa|mới|đã|sắp|xin|được|bị|chuẩn bị))*"
    r"(?: (?:nghỉ(?: hưu| việc| chế độ)?|từ chức|chuyển công tác|qua đời|từ trần|bắt|cách chức|thôi chức|thôi việc|miễn nhiệm"
    r"|điều động|phân công|nhận nhiệm vụ(?: mới)?|nhận công tác khác))*",
    re.IGNORECASE,
)


def split_predecessor(text: str) -> tuple[str, str]:
    """Who is replaced, cut out: "Ai làm Giám đốc thay ông Lê Văn Tre nghỉ hưu?" → ("Ai làm Giám đốc?", "Lê Văn Tre").

    The text as it is and "" where nobody is replaced.
    """
    for person in find_persons(text) or _typed_small(text):
        lead = _NAMES_PREDECESSOR.search(text[: person.start])
        if lead is not None:
            left = _WHO_LEFT.match(text, person.end)
            return text[: lead.start()] + text[left.end() if left else person.end :], person.text
    return text, ""


_SMALL_NAME = re.compile(
    r"\b(?:ông|bà|đồng chí|đ/c|ong|ba|dong chi) (?P<name>(?P<family>[^\W\d_]+)"
    r"(?: (?!(?:làm|giữ|nghỉ|là|vừa|đã|mới|sắp|xin|bị|được|lam|giu|nghi|da"
    r"|moi|sap|bi|duoc|vua)\b)[^\W\d_]+){1,3})"
)


def _typed_small(text: str) -> list[Mention]:
    """Names typed without capitals behind a form of address: "thay ông lê văn tre nghỉ hưu"."""
    found = _SMALL_NAME.finditer(text)
    return [Mention(m["name"], m.start("name"), m.end("name")) for m in found if fold(m["family"]) in _FOLDED_FAMILY_NAMES]


def find_short_names(text: str, name: str) -> list[Mention]:
    """Where `text` calls the person `name` by its last one to three syllables behind a form of address: "Ông Tre", "đồng chí Văn Tre"."""
    return [Mention(name, match.start("called"), match.end("called")) for match in _short_forms(name).finditer(text)]


@lru_cache(maxsize=64)
def _short_forms(name: str) -> re.Pattern[str]:
    tails = "|".join(re.escape(" ".join(name.split()[at:])) for at in range(1, len(name.split())))
    return re.compile(rf"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) (?P<called>{tails})(?!\w)(?! [{UPPER}])")
