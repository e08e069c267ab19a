"""An attribute that the best sentence tells of something else, or not at all: a size, a colour, an address, a maker; the number
of a document that the sentence names as the replaced one; what a provision says that is only referred to."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.references import find_references
from qa.evidence import Evidence
from qa.types import AnswerType, Question

_MEASURE = re.compile(
    r"\d ?[x×] ?\d|\d ?(?:mm|cm|dm|m|km|m2|m²|km2|ha|hecta|mét|milimét|xentimét|centimet|kg|gam|gram|tấn|tạ|inch|pixel|mb|kb)\b"
    r"|\ba[3-6]\b|\bkhổ (?:giấy|\w?\d)"
)
_SIZES = "kich thuoc|kich co|duong kinh|chieu dai|chieu rong|chieu cao|kho giay|dien tich|trong luong|can nang"
_CLASSIFIERS = "(?:cua|cho|doi voi|mot|moi|cac|nhung|tam|cai|chiec|to|buc|mau|loai|cuon|file|ban)"
_SIZE_OF = re.compile(rf"\b(?:{_SIZES}) (?:{_CLASSIFIERS} )*(?!(?:la|thi|the|nhu|bao|bang|toi|ra|gi|nao|may)\b)(?P<owner>[a-z]+)")
_SIZE_BEHIND = re.compile(
    rf"^(?:{_CLASSIFIERS} )*(?P<owner>[a-z]+)\b.*\b(?:(?:co|rong|dai|cao|nang) (?:{_SIZES}|bao nhieu (?:m|cm|mm|met|kg)\b)"
    rf"|(?:{_SIZES}) (?:la )?(?:bao nhieu|may|the nao|ra sao|nhu the nao)\b)"
)
_PICTURE = re.compile(r"\b(?:ảnh|hình)\b")
_PICTURE_ASKED = re.compile(r"\b(?:anh|hinh|file|phong)\b")

# What is asked (folded) and the words (canonical) of which one must stand in the sentence or around it.
_TOLD_AROUND = (
    (r"\b(?:ai|nguoi nao) (?:(?:la|da|nguoi) )*(?:thiet ke|ve kieu|sang tac)\b", r"thiết kế|vẽ|sáng tác|tác giả|hoạ sĩ"),
    (
        r"\bai (?:(?:la|da|nguoi) )*(?:viet(?! (?:thay|ho|giup))|bien soan|soan thao|chap but)\b",
        r"viết|soạn|chấp bút|dự thảo|tác giả|thực hiện",
    ),
    (
        r"\bai (?:(?:se|da|duoc|len|vao) )*(?:thay|ke nhiem)(?: the| cho)? (?:ong|ba|dong chi|anh|chi)\b",
        r"thay|kế nhiệm|tiếp quản|bàn giao",
    ),
    (r"\btai khoan\b.*\b(?:so nao|bao nhieu|gi|nao|so may)\b", r"tài khoản"),
)
_COLOURS = r"đỏ|vàng|xanh|trắng|đen|tím|hồng|nâu|xám|cam|bạc|be|kem|nhiều màu|\w+ màu"
# … in the sentence itself; asked in canonical words, as far as the folded ones have another meaning ("mẫu nào").
_TOLD_THERE = (
    (r"\bmàu (?:sắc )?(?:gì|nào|ra sao)\b", rf"(?<!thu )(?:{_COLOURS})|màu (?!gì|nào|sắc|mỡ)\w+"),
    (r"\b(?:số nhà|so nha) (?:nào|nao|bao nhiêu|bao nhieu|mấy|may)\b", r"số (?:nhà )?\d+|ngõ \d+|\d+[a-z]? (?:đường|phố)"),
    (
        r"\b(?:kim loại|chất liệu|kim loai|chat lieu) (?:gì|nào|gi|nao)\b|\b(?:làm|đúc|in|may) bằng (?:chất |vật liệu |giấy )?gì\b",
        r"(?:kim loại|(?:chất|vật) liệu)(?!,? (?!là|bằng|gồm)[^.;:]{0,60}\b(?:theo|do|tại) (?:quy định|hướng dẫn|thông báo|mẫu))"
        r"|mạ|(?:bằng|chất) (?:đồng|bạc|vàng|thép|inox|nhôm|giấy|nhựa|gỗ|đá|vải|da|sợi)|giấy (?:trắng|cứng)\w*",
    ),
    (
        r"\b(?:trên )?khổ (?:giấy )?(?:gì|nào|bao nhiêu|mấy)\b|\bkho giay (?:gi|nao|bao nhieu|may)\b",
        r"khổ|a[3-6]|\d+(?:[.,]\d+)? ?(?:x|×) ?\d+\w*|\d+ ?(?:mm|cm)",
    ),
    (
        r"\b(?:nguyên văn|nguyen van) (?:của |cua )?(?:lời|câu|bài|nội dung|điều|đoạn|loi|cau|bai|noi dung|dieu|doan)\b",
        r".*[“\"«:].*|như sau|nguyên văn",
    ),
    (
        r"\b(?:lúc|từ|vào|bắt đầu|khai mạc|luc|tu|vao|bat dau|khai mac) (?:mấy|may) (?:giờ|gio)\b",
        r"\d{1,2} ?(?:h|giờ)(?:\d\d)?|\d{1,2}:\d\d",
    ),
    (
        r"\b(?:website|trang web|đường dẫn|duong dan)\b.*\b(?:địa chỉ|dia chi|tên miền|ten mien)\b",
        r"https?|www|[\w-]+\.(?:vn|com|org|net|gov)",
    ),
    (r"\b(?:ở|vào|đến|o|vao|den)? ?(?:độ |do )?(?:tuổi|tuoi) (?:nào|nao)\b", r"\d+ tuổi|tuổi[^.;]{0,20}\d+|từ đủ \d+|\d+ đến \d+"),
)
_AROUND = tuple((re.compile(asked), re.compile(rf"(?<!\w)(?:{told})(?!\w)")) for asked, told in _TOLD_AROUND)
_THERE = tuple((re.compile(asked), re.compile(rf"(?<!\w)(?:{told})(?!\w)")) for asked, told in _TOLD_THERE)

_REPLACING = re.compile(r"\b(?:thay|bai bo|huy bo|truoc day|truoc do|cu|can cu|theo|dan chieu|sua doi|bo sung)\b")
_REPLACED = re.compile(r"\b(?:thay thế|thay cho|bãi bỏ|huỷ bỏ)\b(?: cho)?[^.;,]{0,40}$")
_NUMBER_ASKED = re.compile(r"\b(?:mang )?(?:so (?:may|nao|bao nhieu|hieu)|ky hieu)\b")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d{2}(?![\d/])")
_BEHIND = 40  # characters between a document's number and its day

_PROVISION = r"(?:dieu|khoan|chuong|muc|diem|phan|phu luc) (?:so |thu )?(?:\d+(?:\.\d+)*|[ivx]+)"
_SAYS = (
    r"(?:(?:co |da |se |cu the )*(?:liet ke|quy dinh(?! so| \d)|neu|noi|ghi|gom|bao gom|yeu cau|huong dan|viet|dua ra|de cap|de ra|chua)"
    r"|co (?:noi dung|nhung|may|bao nhieu))"
)
_PROVISION_ASKED = re.compile(rf"(?:^|\b(?:noi dung|theo) (?:cua |cu the cua )?)(?P<provision>{_PROVISION})\b(?P<rest>.*)$")
_NUMBERED = re.compile(
    r"\b(?:quy dinh|huong dan|nghi quyet|chi thi|ket luan|quyet dinh|thong tu|nghi dinh|luat|quy che|dieu le)\b[a-z ]{0,9}\d"
)
_PROVISION_SAYS = re.compile(rf"(?:{_SAYS})\b.*\b(?:gi|nao|may|bao nhieu|the nao|ra sao)\b|\b(?:la gi|noi gi|gi)$")


def lacks_attribute(question: Question, best: Evidence) -> bool:
    """Whether the best sentence does not tell the attribute that is asked for, or tells it of another thing."""
    asked, folded = _forms(question.standalone)
    lowered = " ".join(best.sentence.lowered.split())  # a line may be broken at any space
    if _of_another_size(folded, lowered):
        return True
    if any(pattern.search(asked) and not told.search(lowered) for pattern, told in _THERE):
        return True
    if any(pattern.search(folded) and not told.search(_around(best)) for pattern, told in _AROUND):
        return True
    return _numbers_another(question, folded, best) or _only_refers(question, folded, best)


@lru_cache(maxsize=16)
def _forms(standalone: str) -> tuple[str, str]:
    asked = canonical(standalone).strip(" ?.!…")
    return asked, fold(asked)


def _around(best: Evidence) -> str:
    """The paragraph of the sentence and what stands above it, canonical."""
    article, block = best.sentence.article, best.sentence.block
    return " ".join(canonical(f"{article.text[block.start : block.end]} {' '.join(best.sentence.lineage)}").split())


def _of_another_size(folded: str, lowered: str) -> bool:
    """ "Kích thước tấm thẻ": a sentence without a measure, without the thing, or with that of a photograph."""
    match = _SIZE_OF.search(folded) or _SIZE_BEHIND.search(folded)
    if match is None:
        return False
    measure = _MEASURE.search(lowered)
    if measure is None:
        return True
    before = lowered[: measure.start()]
    if _PICTURE.search(before) and not _PICTURE_ASKED.search(folded):
        return True
    owner = "anh" if match["owner"] in ("anh", "hinh") else match["owner"]
    return owner not in fold(lowered).split() and not (owner == "anh" and _PICTURE.search(lowered))


def _numbers_another(question: Question, folded: str, best: Evidence) -> bool:
    """ "Hướng dẫn … năm 2025 mang số mấy": a number that the sentence gives of the document replaced, or of one of another year."""
    if question.answer_type is not AnswerType.REFERENCE or question.query.references or not _NUMBER_ASKED.search(folded):
        return False
    text = best.sentence.text
    references = find_references(text)
    if not references or _REPLACING.search(folded):
        return False
    if all(_REPLACED.search(canonical(text[: reference.start])) for reference in references):
        return True
    years = set(_YEAR.findall(question.standalone))
    days = [next((d for d in find_dates(text) if 0 <= d.start - r.end <= _BEHIND and d.date.day), None) for r in references]
    return len(years) == 1 and all(day is not None and str(day.date.year) not in years for day in days)


def _only_refers(question: Question, folded: str, best: Evidence) -> bool:
    """ "Điều 11 Quy định 367 liệt kê những trường hợp nào": a sentence of another document that names Điều 11 on the way."""
    match = _PROVISION_ASKED.search(folded)
    if match is None or not _NUMBERED.search(match["rest"]) or not _PROVISION_SAYS.search(match["rest"]):
        return False
    told = fold(best.sentence.lowered)
    if not re.search(rf"\b{re.escape(match['provision'])}(?![\d.])", told):
        return match["provision"].startswith(("dieu ", "khoan ")) and match["provision"] not in fold(best.sentence.article.text)
    says = re.compile(rf"(?:^|[.;,:] )(?:theo |tai )?{re.escape(match['provision'])}\b|\b{re.escape(match['provision'])}[^;.,]* {_SAYS}\b")
    return not says.search(told)
