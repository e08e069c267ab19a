"""What the words of a question demand of the sentence that answers it: the act of the person asked for, the kind of place, a numbered part.

A sentence that meets a demand counts for several others; where none meets a strict one ("họp ở hội trường nào?"), there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.text.canonical import canonical, fold
from qa.ages import age_asked, age_meant, holds_for
from qa.aspects import weigh_aspects
from qa.circumstances import (
    condition_met,
    keeps_or_gives_back,
    limits_times,
    of_a_mishap,
    of_schooling,
    of_the_dead,
    points_to,
    says_entry,
    says_from_when,
    says_last_day,
    says_look,
    still_there,
    told_per,
)
from qa.excluded import of_others
from qa.intents import (
    counts_admitted,
    names_recipient,
    says_forbidden,
    says_from_when_allowed,
    says_how_long_kept,
    says_it_holds,
    says_too_old,
    says_total,
    says_use,
    says_weak,
)
from qa.mentions import find_persons
from qa.told_as import (
    TOLD_OF_PERSONS,
    says_for_whom_only,
    says_only_when,
    says_still_due,
    says_what_number,
    says_when_done,
    says_who_belongs,
    says_without,
)
from qa.types import AnswerType, Question
from qa.weights import (
    ACT_COUNTS,
    AGE_COUNTS,
    LEVEL_COUNTS,
    NEARLY_SURE_COUNTS,
    NOT_BEYOND_THE_LIMIT,
    NOT_FOR_ANOTHER_AGE,
    PART_COUNTS,
    ROLE_COUNTS,
    WITHOUT_COUNTS,
)

_WHO = re.compile(
    r"\b(?:ai|(?:dong chi|nguoi|vi|ong|ba|can bo|dai bieu) nao)\b(?P<told>(?: (?!nao\b|gi\b|thi\b|va\b(?! chi dao)|de\b)[a-z/0-9]+){1,9})"
    r"|\b(?:nguoi|dong chi) (?P<before>(?:phat bieu|trinh bay|doc|trao|khai mac|be mac|chu tri)(?: [a-z0-9/,-]+){0,22}?) (?:la|ten) "
    r"|\b(?:lanh dao|can bo|dai bieu|giam doc|bi thu|ong|ba)\b.*?\b(?P<behind>(?:doc|trinh bay|phat bieu|tham luan|khai mac)\b.*)"
    r" ten (?:la )?gi$"
)
# Words of one act; the first row that speaks in the question decides, so the narrower acts stand first.
_ACTS = tuple(
    tuple(re.compile(rf"\b(?:{words})\b") for words in row)
    for row in (
        ("tham luan", "tham luận"),
        ("dien van", "diễn văn"),
        ("khai mac|(?:loi )?mo dau|mo man", "khai mạc"),
        ("be mac", "bế mạc"),
        ("ket luan", "kết luận"),
        ("dap tu", "đáp từ"),
        ("(?:doc|trinh bay|thong qua) (?:du thao |toan van )?bao cao", "(?:trình bày|đọc|thông qua|công bố)[^.;]*báo cáo"),
        ("quyet dinh (?:viec )?(?:trao|tang|truy tang|khen|phat|cap)", "quyết định|chuẩn y"),
        ("trao(?! doi)|tang (?!cuong|len|them)|trao tang|phat thuong", "trao|tặng"),
        ("chi dao", "chỉ đạo"),
        ("chu tri|chu toa|dieu hanh", "chủ trì|chủ toạ|chủ tọa|điều hành"),
        ("phat bieu", "phát biểu"),
        ("(?:[a-z]+ )?(?:thay|ho)(?: cho)?$", "thay|hộ|giúp|người thân|gia đình|uỷ quyền|người đại diện"),
        ("ky(?! luat)|dong dau", r"(?<!đăng )(?<!chữ )ký(?! hiệu| nhận| túc| sự)"),
        ("quyet dinh|quyet$", "quyết định|chuẩn y|do"),
        ("dam nhiem|dam nhan|kiem nhiem|giu chuc", "làm|đảm nhiệm|đảm nhận|kiêm(?! điểm)|giữ|phân công"),
    )
)
_KINDS_TEXT = """hội trường, trường, khách sạn, trung tâm, bệnh viện, sân vận động, sân, phòng, đường, phố, nhà hát, bảo tàng, công viên,
    đội, khoa, tầng, nhà văn hoá, hội quán, đình, chùa, nhà thờ, sân bay, cảng, bến, cửa khẩu, ngân hàng, công ty, hãng, học viện, viện"""
_KINDS = [canonical(kind.strip()) for kind in " ".join(_KINDS_TEXT.split()).split(",")]
_KIND_ASKED = re.compile(
    rf"(?<!thị )(?<!môi )(?<!quảng )(?<!hiện )\b(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))}) (?:nào|số mấy|tên gì)\b"
)
_FOLDED_KINDS = {fold(kind): kind for kind in _KINDS if " " in kind or kind == "trường"}  # one syllable without marks is too many words
_FOLDED_KIND_ASKED = re.compile(
    rf"(?<!thi )(?<!moi )(?<!quang )\b(?P<kind>{'|'.join(sorted(_FOLDED_KINDS, key=len, reverse=True))}) (?:nao|so may|ten gi)\b"
)
_ALSO = {
    "trường": "trường|học viện|đại học",
    "hội trường": "hội trường",
    "viện": "viện|học viện",
    "đội": "đội(?! ngũ)",
    "công ty": "công ty|tập đoàn|doanh nghiệp",
}
_HOME_ASKED = re.compile(r"\bque (?:quan |goc )?(?:cua .*)?(?:o dau|dau|tinh nao|huyen nao|xa nao|nao)\b|\bnguoi que\b")
_HOME = re.compile(r"\bquê\b|\bnguyên quán\b|\bsinh ra (?:ở|tại)\b|\bsinh tại\b")
_THINGS = (
    (
        r"\b(?:website|trang web|dia chi web|duong link|duong dan|trang thong tin dien tu) (?:nao|gi|la)\b",
        r"https?:|www\.|[\w-]\.(?:vn|com|org|net|gov)\b",
    ),
    (r"\b(?:email|thu dien tu|hom thu)\b.*\b(?:nao|gi)\b", r"@"),
    (r"\b(?:so dien thoai|duong day nong|so may le)\b.*\b(?:nao|gi|bao nhieu|may|la)\b", r"\d[\d .]{6,}\d"),
)  # fmt: skip
# What is told somewhere or not at all: a sentence with such words is little better than others, but without any there is no answer.
_TOLD = (
    (
        r"\b(?:tham luan|phat bieu|trinh bay|noi chuyen|trao doi|bao cao) (?:ve |voi )?"
        r"(?:chu de|de tai|noi dung|van de|dieu|chuyen) (?:gi|nao)\b"
        r"|\b(?:bai |ban )?tham luan\b.*\b(?:noi|ban|trinh bay)? ?ve (?:chu de |de tai |noi dung |van de |dieu |chuyen )?(?:gi|nao)\b",
        r"\b(?:về|chủ đề|đề tài|rằng|nhấn mạnh|đề nghị|khẳng định|nêu|cho biết|cho rằng|làm rõ|đề xuất|yêu cầu)\b|[:“\"]",
    ),
    (
        r"\bky luat\b.*\bhinh thuc (?:gi|nao)\b|\bhinh thuc ky luat (?:gi|nao)\b|\bmuc ky luat (?:gi|nao)\b",
        r"\b(?:khiển trách|cảnh cáo|cách (?:hết |tất cả )*(?:các )?chức|khai trừ"
        r"|giáng chức|hạ bậc lương|buộc thôi việc|xoá tên|giải tán|sa thải)\b",
    ),
    (
        r"\b(?:chat|vat) lieu (?:gi|nao)\b|\bbang (?:chat|vat) lieu\b",
        r"\b(?:chất|vật) liệu\b|\b(?:bằng|giấy|vải|sợi) (?:giấy|nhựa|gỗ|đồng|vải|kim loại|bạc|vàng|da|thép|inox|đá|cứng|couche)\b",
    ),
    *TOLD_OF_PERSONS,
)
_TOLD_COMPILED = tuple((re.compile(asked), re.compile(told)) for asked, told in _TOLD)
_THINGS_COMPILED = tuple((re.compile(asked), re.compile(told)) for asked, told in _THINGS)
# What something is called: the sentence that says it has the same word; a look-alike ("phương hướng") is another thing.
_CALLED = re.compile(r"\b(phuong cham|phuong huong|khau hieu|chu de|ton chi|tam nhin|thong diep|muc tieu tong quat|khau hieu hanh dong)\b")
_CALLED_ASKED = re.compile(r"\b(?:la gi|gi|nao|the nao|ra sao|nhu the nao)$")
_PART = re.compile(
    r"\b(?P<noun>bước|đợt|vòng|hạng|bậc|mức|loại|nhóm|phụ lục|mẫu|ô|cột) (?:số |thứ )?0?(?P<number>\d{1,2}(?:[/-]\d{1,2})?)(?![\d/-])"
)
_ROUND = re.compile(r"\b(?:đợt|dịp)\b")
_DAY = re.compile(r"(?<![\d/-])\d{1,2}/\d{1,2}(?![\d/-])")
_DEADLINE = re.compile(
    r"\b(?:(?:bao nhieu|may) (?:ngay|thang|gio|tuan)(?: lam viec)?|bao lau)(?: thi)? (?:phai|moi|de) (?:duoc )?(?P<act>[a-z]+ [a-z]+)"
)
_ACT_BEFORE = re.compile(
    r"\b(?P<act>tra loi|giai quyet|xu ly|xem xet|quyet dinh|tham dinh|phe duyet|cap|xac minh)\b(?: [a-z]+){1,12}?"
    r" (?:trong |toi da |mat |het )*(?:(?:bao nhieu|may) ngay|bao lau)\b"
)
_PENALTY = re.compile(r"\b(?:khien trach|canh cao|cach chuc|khai tru|giang chuc|ha bac luong|buoc thoi viec|xoa ten)\b")

_ROLE = re.compile(
    r"\b(?:(?:phó |quyền )?(?:bí thư|trưởng ban|trưởng phòng|chủ tịch|giám đốc|hiệu trưởng|viện trưởng|chủ nhiệm|chánh văn phòng"
    r"|chi uỷ viên|đội trưởng|tổ trưởng|trưởng đoàn|bộ trưởng|thủ tướng|cục trưởng)|thủ trưởng|người đứng đầu|người thân|gia đình"
    r"|người đại diện|kế toán|thư ký|cấp uỷ|uỷ viên)\b"
)
_LEVELS = ("cap trung uong", "cap tinh", "cap huyen", "cap xa", "cap co so", "tinh uy", "thanh uy", "huyen uy", "dang uy (?:xa|phuong)")
_LEVEL = re.compile(rf"\b(?:{'|'.join(_LEVELS)})\b")
# … but not within the name of a body or post: "Ban Tổ chức Thành uỷ", "Bí thư Tỉnh uỷ".
_NO_LEVEL = "".join(f"(?<!{word} )" for word in ["chuc", "giao", "chinh", "van", "tra", "vu", "truc", "phong", "thu", "vien", "thuoc"])
_LEVEL_ASKED = re.compile(f"{_NO_LEVEL}{_LEVEL.pattern}")


Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Demand:
    """`met` reads a canonical sentence; one that meets it counts `weight` times. `strict`: without such a sentence there is no answer.
    `above`: the heading or printed question above it may say it too."""

    met: Test
    weight: float
    strict: bool = False
    above: bool = False


def find_demands(question: Question) -> tuple[Demand, ...]:
    """All demands of a question, remembered for the sentences to come."""
    return _demands(question.standalone, question.answer_type)


@lru_cache(maxsize=16)
def _demands(standalone: str, kind: AnswerType) -> tuple[Demand, ...]:
    asked = canonical(standalone).strip(" ?.!…")
    persons = tuple(fold(person.text.split()[-1]) for person in find_persons(standalone))
    folded = fold(asked)
    found = [
        _act(folded),
        _role(asked, kind),
        _kind(asked, folded),
        _home(folded, persons),
        *_things(folded),
        *_parts(asked),
        _penalty(folded) if says_from_when(folded) is None else None,  # from when the time before it is counted is told without it
        _called(folded),
        _level(folded),
        _deadline(folded),
        *_age(folded),
        *_circumstances(asked, folded, kind),
        *(Demand(met, weight) for met, weight in weigh_aspects(asked, folded, kind)),
    ]
    return tuple(demand for demand in found if demand is not None and (kind is not AnswerType.YES_NO or demand.weight < ACT_COUNTS))


def _act(folded: str) -> Demand | None:
    """What the person asked for did: "Ai đọc lời khai mạc …" → khai mạc."""
    for match in _WHO.finditer(folded):
        told = (match["told"] or match["before"] or match["behind"]).strip()
        for asked, done in _ACTS:
            if asked.search(told):
                return Demand(lambda text, done=done: bool(done.search(text)), ACT_COUNTS)  # type: ignore[misc]
    return None


def _role(asked: str, kind: AnswerType) -> Demand | None:
    """Whoever is asked for may be told by a post: "do trưởng ban, phó trưởng ban ký"."""
    if kind is not AnswerType.PERSON or _act(fold(asked)) is None:
        return None
    return Demand(lambda text: any(match[0] not in asked for match in _ROLE.finditer(text)), ROLE_COUNTS)


def _kind(asked: str, folded: str) -> Demand | None:
    """The kind of place or body asked for, with a name that the question does not have itself: "hội trường nào" → "hội trường số 2"."""
    match = _FOLDED_KIND_ASKED.search(asked) if asked == folded else _KIND_ASKED.search(asked)
    if match is None:
        return None
    kind, known = _FOLDED_KINDS.get(match["kind"], match["kind"]), set(folded.split())
    named = re.compile(rf"(?<!\w)(?:{_ALSO.get(kind, re.escape(kind))}) (\w+)")
    return Demand(lambda text: any(fold(word) not in known for word in named.findall(text)), PART_COUNTS, strict=True)


def _home(folded: str, persons: tuple[str, ...]) -> Demand | None:
    """Where somebody comes from: a sentence that tells it, of that person or of "ông", "bà" …"""
    if not _HOME_ASKED.search(folded):
        return None
    called = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, persons))})(?!\w)|^(?:ong|ba|anh|chi|dong chi)(?: (?:ay|sinh|que|von|la)\b|$)"
    )
    return Demand(lambda text: bool(_HOME.search(text)) and (not persons or bool(called.search(fold(text)))), ACT_COUNTS, strict=True)


def _things(folded: str) -> list[Demand]:
    weighed = [(row, ACT_COUNTS) for row in _THINGS_COMPILED] + [(row, ROLE_COUNTS) for row in _TOLD_COMPILED]
    return [
        Demand(lambda text, told=told: bool(told.search(text)), weight, strict=True)  # type: ignore[misc]
        for (asked, told), weight in weighed
        if asked.search(folded)
    ]


def numbered_parts(question: Question) -> list[re.Pattern[str]]:
    """What names the numbered parts of the question in a canonical text: "bước 4", "đợt 19/5"."""
    return _part_patterns(canonical(question.standalone))


def _part_patterns(asked: str) -> list[re.Pattern[str]]:
    """Where days stand apart from their noun ("Đợt trao quà 4/3"), the day alone is the part."""
    found = [rf"(?<!\w){m['noun']} (?:số |thứ )?0?{_number(m['number'])}(?![\d/])" for m in _PART.finditer(asked)]
    if not found and _ROUND.search(asked):
        found = [rf"(?<![\d/])0?{_number(m[0])}(?![\d/])" for m in _DAY.finditer(asked)]
    return [re.compile(pattern) for pattern in found]


def _parts(asked: str) -> list[Demand]:
    """A sentence that has the day right behind its noun tells of it alone: "Đợt 4/3: …" of several rounds."""
    rounds = [day for match in _ROUND.finditer(asked) for day in _DAY.findall(asked)] if not _PART.search(asked) else []
    alone = [re.compile(rf"\b(?:đợt|dịp|kỳ|dot|dip|ky) (?:ngày |ngay )?0?{_number(day)}(?![\d/])") for day in rounds]
    told = [Demand(lambda text, part=part: bool(part.search(text)), LEVEL_COUNTS) for part in alone]  # type: ignore[misc]
    return told + [Demand(lambda text, part=part: bool(part.search(text)), PART_COUNTS) for part in _part_patterns(asked)]  # type: ignore[misc]


def _number(written: str) -> str:
    """19/5, 02/9 → a pattern that minds no zero in front."""
    return "[/-]0?".join(part.lstrip("0") or "0" for part in re.split(r"[/-]", written))


def _penalty(folded: str) -> Demand | None:
    named = set(_PENALTY.findall(folded))
    return Demand(lambda text: named <= set(_PENALTY.findall(fold(text))), PART_COUNTS) if named else None


def _called(folded: str) -> Demand | None:
    """ "Phương châm … là gì": a sentence with that word."""
    named = _CALLED.search(folded)
    if named is None or not _CALLED_ASKED.search(folded):
        return None
    return Demand(lambda text: named[1] in fold(text), ACT_COUNTS, above=True)


def _deadline(folded: str) -> Demand | None:
    """ "Lâu nhất bao nhiêu ngày phải trả lời": the sentence that tells the "thời hạn trả lời"."""
    own, _, topic = folded.replace("–", "-").partition(" - ")
    match = _DEADLINE.search(folded) or _ACT_BEFORE.search(f"{topic} {own}")
    if match is None:
        return None
    act = "(?:tra loi|giai quyet|xu ly)" if match["act"] in ("tra loi", "giai quyet", "xu ly") else match["act"]
    told = re.compile(rf"\bthoi (?:han|gian) (?:de )?{act}\b")
    return Demand(lambda text: bool(told.search(fold(text))), ACT_COUNTS)


def _level(folded: str) -> Demand | None:
    """Of the one level of the Party that is asked about ("cấp Trung ương", "Tỉnh uỷ")."""
    named = set(_LEVEL_ASKED.findall(folded))
    return Demand(lambda text: named <= set(_LEVEL.findall(fold(text))), LEVEL_COUNTS) if len(named) == 1 else None


def _age(folded: str) -> list[Demand]:
    """Of who is 65 years old a rule for those "trên 60 tuổi" speaks, and none for those "từ 80 tuổi trở lên"; so of "dưới 80 tuổi"."""
    age = age_meant(folded)
    if age is None:
        return []
    against = NOT_FOR_ANOTHER_AGE if age_asked(folded) else NOT_BEYOND_THE_LIMIT
    return [
        Demand(lambda text: holds_for(age, fold(text)) is True, AGE_COUNTS, above=True),
        Demand(lambda text: holds_for(age, fold(text)) is not False, against, above=True),
    ]


def _circumstances(asked: str, folded: str, kind: AnswerType) -> list[Demand]:
    entry, exactly = says_entry(folded) or (None, None)
    look, only_look = says_look(folded) or (None, None)
    per, by_no_other = told_per(folded) or (None, None)
    schooling, general, named = of_schooling(asked, folded) or (None, None, None)
    weighed = (
        (condition_met(asked), PART_COUNTS),
        (limits_times(folded, kind), PART_COUNTS),
        (says_from_when(folded), PART_COUNTS),
        (per, PART_COUNTS),
        (entry, ROLE_COUNTS),
        (exactly, LEVEL_COUNTS),
        (look, AGE_COUNTS),
        (only_look, ROLE_COUNTS),
        (of_the_dead(asked), AGE_COUNTS),
        (of_a_mishap(folded), PART_COUNTS),
        (of_others(folded), LEVEL_COUNTS),
        (schooling, AGE_COUNTS),
        (general, NEARLY_SURE_COUNTS),
        (named, AGE_COUNTS),
        (still_there(folded), LEVEL_COUNTS),
        (keeps_or_gives_back(folded, kind), ROLE_COUNTS),
        (points_to(asked, kind), ROLE_COUNTS),
        (says_use(asked), LEVEL_COUNTS),
        (names_recipient(folded, kind), PART_COUNTS),
        (says_forbidden(folded, kind), ROLE_COUNTS),
        (says_weak(folded, kind), PART_COUNTS),
        (counts_admitted(folded, kind), ACT_COUNTS),
        (says_total(folded, kind), ACT_COUNTS),
        (says_it_holds(folded), PART_COUNTS),
        (says_from_when_allowed(folded, kind), AGE_COUNTS),
        (says_too_old(folded), AGE_COUNTS),
        (says_what_number(folded), ACT_COUNTS),
        (says_only_when(kind), PART_COUNTS),
        (says_still_due(folded, kind), PART_COUNTS),
        (says_who_belongs(folded, kind), NEARLY_SURE_COUNTS),
        (says_when_done(folded, kind), AGE_COUNTS),
        (says_for_whom_only(folded, kind), NEARLY_SURE_COUNTS),
        (says_without(folded), WITHOUT_COUNTS),
    )
    last_day = says_last_day(folded) if kind is AnswerType.DATE else None
    needed = [met for met in (last_day, says_how_long_kept(folded), by_no_other) if met is not None]
    strict = [Demand(met, PART_COUNTS, strict=True) for met in needed]
    return [*(Demand(met, weight) for met, weight in weighed if met is not None), *strict]


def counts(question: Question, lowered: str, heading: Sequence[str] = ()) -> float:
    """How many times a sentence (canonical, below a heading of those terms) counts for what it meets."""
    product = 1.0
    for demand in find_demands(question):
        if demand.met(f"{' '.join(heading)}: {lowered}" if demand.above else lowered):
            product *= demand.weight
    return product


def lacks_demanded(question: Question, lowered: str) -> bool:
    """Whether a sentence (canonical), the best there is, fails a strict demand."""
    return any(demand.strict and not demand.met(lowered) for demand in find_demands(question))
