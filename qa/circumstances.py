"""What the circumstances of a question demand of the rule that answers it: its condition ("bằng phiếu nhau thì …"), how often something may
be done, what is written into a form, what a photograph must be like, somebody's death, a mishap, schooling, what is left of an evil.

Each test reads a canonical sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.canonical import canonical, fold
from qa.terms import content_terms, fold_term
from qa.types import AnswerType

Test = Callable[[str], bool]
MIN_CONDITION = 2  # content words of a condition, all of which the question must have
_CONDITION = re.compile(r"(?:[-+•*\s]*|\S+[.)] )(?:trong |đối với )?(?:trường hợp|nếu|khi) (?P<told>[^,;:]{3,80}?),? thì ")
_DENIED = re.compile(r"\b(?:không|chưa|khong|chua)\b")
_ASKED_WHETHER = re.compile(r" (?:không|chưa|khong|chua)$")
_OFTEN = re.compile(r"\b(?:\d+|hai|ba|bon|nhieu|may) lan\b|\blan (?:thu )?(?:\d|hai|ba|nua)\b")
_AT_MOST = re.compile(r"\b(?:chỉ|không quá|tối đa|nhiều nhất|không được)\b[^.;,]*\b(?:\d+|một|hai|ba) lần\b")
_ENTERED = re.compile(
    r"\b(?:dien|ghi|viet|khai|danh dau|dat ten)\b(?: \w+){0,9}? (?:gi|the nao|ra sao|sao|kieu gi|cu phap nao|vao dau|chu gi|nhu the nao)\b"
)
_ENTRY = re.compile(r"\b(?:ghi|điền|viết|đánh dấu)\b")
_EXACTLY = re.compile(
    r"\b(?:ghi|điền|viết|đánh dấu)\b[^.;“]*?(?:(?:chữ|số|là|dấu|:) ?[“\"]|“|\bnhư sau:)|\b(?:ghi|điền|viết) (?:chữ|số|rõ|là)\b"
)
_LOOK_ASKED = re.compile(
    r"\b(?:anh|hinh)\b(?!.*\bkhi nao\b).*\b(?:the nao|ra sao|co (?:bao nhieu|may|nao|gi)|kich (?:thuoc|co)|kho (?:nao|bao nhieu|may)"
    r"|nen (?:mau )?(?:gi|nao)|mau gi)\b"
)
_LOOK = re.compile(r"\bảnh\b.*(?:\b(?:kích thước|cỡ|khổ|nền|phông)\b|\d ?x ?\d)")
_OF_PICTURE = re.compile(r"[-+•*\s]*(?:\w{1,2}[.)] )?(?:\d+ )?(?:ảnh|file ảnh|hình)\b")
_DEATH_ASKED = re.compile(
    r"\b(?:đã|vừa|mới|khi|lúc|(?:đảng|hội|đoàn) viên|cán bộ|người|cụ|ông|bà|bố|mẹ|cha|vợ|chồng)"
    r" (?:mất|chết)(?= (?:rồi|thì|mà)\b|[,.;]|$)|(?<!bị )\bmất rồi\b"
    r"|\b(?:qua đời|khuất núi)\b"
)
_DEATH = re.compile(r"\b(?:từ trần|qua đời|hy sinh|đã mất|chết)\b")
_BACK_ASKED = re.compile(r"\b(?:tra|nop|giao|thu|dua|gui) lai\b|\bthu hoi\b|\bgiu (?:lai|luon)\b")
_BACK = re.compile(r"\bđược giữ\b|\bgiữ lại\b|\b(?:trả|nộp|giao|thu) lại\b|\bthu hồi\b|\bkhông thu\b")

_LOSABLE = r"(?:the|ho so|huy hieu|giay gioi thieu|ly lich|quyet dinh|con dau|so tay|phieu)"
_LOST = re.compile(
    rf"\b(?:mat|that lac|hong|rach|roi|rot)(?: (?:mat|luon|cai|to|tam|bo|chiec))* (?P<behind>{_LOSABLE})\b"
    rf"|\b(?P<front>{_LOSABLE})(?: \w+){{0,6}}? (?:bi |lo |lam |danh )*(?:mat|that lac|hong|rach|roi)\b"
)
_MISHAP_ASKED = re.compile(
    r"\b(?:lo|danh|lam|de|bi)(?: lo| tay)?(?: lam| danh| de)? (?:mat|hong|rach|roi|rot)\b(?! (?:quyen|doan ket|uy tin))|\bthat lac\b"
    rf"|\b(?:mat|rach|hong|roi|rot) {_LOSABLE}\b"
)
_MISHAP = re.compile(
    r"(?<!không )(?<!tránh )\b(?:bị|để|làm|đánh|nếu) (?:mất|hỏng|rách)\b(?! (?:quyền|đoàn kết|uy tín))"
    r"|(?<!không )(?<!tránh )(?<!mất, )(?<!bị )(?<!để )\bthất lạc\b|(?<!không )(?<!tránh )\b(?:bị|để) thất lạc\b"
)
_SCHOOLING_ASKED = re.compile(
    r"\b(?:hoc|het|xong|qua) lop (?:\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\b(?! dang)"
    r"|\b(?:hoc|het|xong|tot nghiep) cap (?:[123]|hai|ba)\b"
    r"|\b(?:khong|chua) (?:co bang )?tot nghiep (?:tieu|trung|pho)\b|\btrinh do (?:lop|cap|hoc van)\b|\bmu chu\b"
    r"|\b(?:khong|chua) biet chu\b|\b(?:hoc van|bang cap|bang(?: tot nghiep)?)\b.*\b(?:toi thieu|it nhat|thap nhat)\b"
    r"|\b(?:toi thieu|it nhat|thap nhat)\b.*\b(?:tot nghiep|hoc het|hoc van|bang (?:cap|gi))\b"
)
_SCHOOLING = re.compile(
    r"\bhọc vấn\b|\bbậc (?:tiểu|trung) học\b|\btốt nghiệp (?:tiểu học|trung học|phổ thông)\b"
    r"|\bbiết (?:đọc, (?:biết )?viết|chữ)\b"
)
_GONE_ASKED = re.compile(
    r"\b(?:het|dut|dut diem|khac phuc|cham dut|xoa bo)(?: (?:han|xong|duoc|diem|hoan toan|triet de)){0,2} chua$"
    r"|\b(?:van )?con (?:xay ra|ton tai|tinh trang|tai dien)\b.*\bkhong$"
)
_STILL_THERE = re.compile(
    r"\bvẫn còn\b|\bcòn (?:ở|có nơi|để|tình trạng|xảy ra|tồn tại)\b|\bchưa (?:được )?(?:khắc phục|chấm dứt)\b|\bchưa triệt để\b"
)
_DEGREE = re.compile(
    r"\btốt nghiệp (?:tiểu học|trung học|phổ thông|đại học)\b|\bbậc (?:tiểu|trung) học\b|\bbiết (?:đọc, (?:biết )?viết|chữ)\b"
)
_CERTIFICATE_ASKED, _CERTIFICATE = re.compile(r"\bbang (?:cap|gi|nao|tot nghiep)\b"), re.compile(r"\btốt nghiệp\b")
_SPECIAL_PLACE = re.compile(r"\b(?:miền núi|vùng cao|biên giới|hải đảo|đặc biệt khó khăn|ngư dân|già làng|trưởng bản|dân tộc thiểu số)\b")

_LEAST = re.compile(r"\b(?:phải|cần|tối thiểu|ít nhất|trở lên|mức chung|hoàn thành|áp dụng (?:với|cho))\b")

_WHEN = r"(?:khi nao|ngay nao|ngay may|bao gio|luc nao|thang nao|thang may|hom nao|thoi diem nao)"
_LAST = r"(?:han chot|han cuoi|cham nhat|muon nhat|tre nhat|deadline)"
_LAST_DAY_ASKED = re.compile(
    rf"\b{_LAST}\b.*\b{_WHEN}|\b{_WHEN}.*\b{_LAST}\b|\b{_WHEN} (?:thi )?(?:phai |can |se )?(?:ket thuc|hoan thanh|xong)\b"
    rf"|\b(?:hoan thanh|xong|ket thuc)\b(?: \w+){{0,8}} (?:truoc |den |vao )?{_WHEN}$"
)
_LAST_DAY = re.compile(
    r"\b(?:trước|trong|hạn|chậm nhất|muộn nhất|đến|hết|tới|hoàn (?:thành|tất)|xong|không quá|quá|kết thúc|kéo dài|cuối|sau)\b"
    r"[^.;]{0,60}?(?:\d|\b(?:ngày|tháng|năm|quý|tuần|đợt|hôm|giờ)\b)"
)

_EACH = r"(?:moi|mot|hang|trong(?: mot| moi)?|1)"
_PER_ASKED = re.compile(
    rf"\b(?:may|bao nhieu) (?:lan|buoi|ky|phien)(?: \w+){{0,3}}? {_EACH} (?P<behind>tuan|thang|quy|nam)\b"
    rf"|\b{_EACH} (?P<front>tuan|thang|quy|nam)\b(?:(?! (?:19|20)\d\d)[^,;])*\b(?:may|bao nhieu) (?:lan|buoi|ky|phien)\b"
)
_PERIODS = ("tuan", "thang", "quy", "nam")
_PER = re.compile(r"\b(?:moi|mot|hang|\d+|hai|ba|sau) (tuan|thang|quy|nam)\b(?! (?:dau|cuoi|truoc)\b)")

_COUNTED_FROM_ASKED = re.compile(rf"\btinh (?:ke )?tu (?:{_WHEN[3:-1]}|dau|moc nao|khi nao)\b")
_COUNTED_FROM = re.compile(r"\b(?:kể từ|tính từ|từ (?:ngày|khi|lúc))\b")


def condition_met(asked: str) -> Test | None:
    """A sentence that begins with a condition of which the question (canonical) has every word: "Trường hợp bằng phiếu nhau thì …"."""
    words = set(map(fold_term, content_terms(asked)))
    denied = bool(_DENIED.search(_ASKED_WHETHER.sub("", asked)))

    def met(text: str) -> bool:
        match = _CONDITION.match(text)
        if match is None or (not denied and _DENIED.search(match["told"])):
            return False
        told = set(map(fold_term, content_terms(match["told"])))
        return len(told) >= MIN_CONDITION and told <= words

    return met if len(words) > MIN_CONDITION else None


def limits_times(folded: str, kind: AnswerType) -> Test | None:
    """ "… tới hai lần được không": a sentence that says how often at most."""
    asked = kind is AnswerType.YES_NO and _OFTEN.search(folded)
    return (lambda text: bool(_AT_MOST.search(text))) if asked else None


def says_last_day(folded: str) -> Test | None:
    """ "Hạn chót … là khi nào": a day on which something was issued or held is no last day of anything."""
    return (lambda text: bool(_LAST_DAY.search(text))) if _LAST_DAY_ASKED.search(folded) else None


def told_per(folded: str) -> tuple[Test, Test] | None:
    """ "Họp mấy lần một tháng": a sentence that counts by that period, and one that does not count by longer ones only."""
    asked = _PER_ASKED.search(folded)
    if asked is None:
        return None
    period = asked["behind"] or asked["front"]

    def by_no_other(text: str) -> bool:
        told = _PER.findall(fold(text))  # "3 tháng một lần" tells how often in a year, "mỗi năm hai lần" not how often in a month
        return not told or min(map(_PERIODS.index, told)) <= _PERIODS.index(period)

    return (lambda text: period in _PER.findall(fold(text))), by_no_other


def says_from_when(folded: str) -> Test | None:
    """ "3 tháng đó tính từ ngày nào": the sentence that tells from when something is counted."""
    return (lambda text: bool(_COUNTED_FROM.search(text))) if _COUNTED_FROM_ASKED.search(folded) else None


def says_entry(folded: str) -> tuple[Test, Test] | None:
    """ "… thì điền gì": a sentence about writing something down, and one that gives it word for word."""
    if not _ENTERED.search(folded):
        return None
    return (lambda text: bool(_ENTRY.search(text))), (lambda text: bool(_EXACTLY.search(text)))


def says_look(folded: str) -> tuple[Test, Test] | None:
    """ "Ảnh phải thế nào": a sentence with the size or the ground of a photograph, and one that speaks of nothing else."""
    if not _LOOK_ASKED.search(folded):
        return None
    return (lambda text: bool(_LOOK.search(text))), (lambda text: bool(_OF_PICTURE.match(text) and _LOOK.search(text)))


def of_the_dead(asked: str) -> Test | None:
    """ "Cụ mất rồi thì …": a sentence about somebody's death."""
    return (lambda text: bool(_DEATH.search(text))) if _DEATH_ASKED.search(asked) else None


def keeps_or_gives_back(folded: str, kind: AnswerType) -> Test | None:
    """ "Có phải nộp lại không": a sentence that says so, or that it may be kept."""
    asked = kind is AnswerType.YES_NO and _BACK_ASKED.search(folded)
    return (lambda text: bool(_BACK.search(text))) if asked else None


def points_to(asked: str, kind: AnswerType) -> Test | None:
    """ "Chi bộ nào được chọn …": a sentence "Đây là chi bộ …" says it of the one named before."""
    if kind is not AnswerType.ORGANISATION:
        return None
    opening = re.compile(r"(?:đây|đó)(?: (?:cũng|chính))? là (?P<noun>[^\W\d_]+ [^\W\d_]+)")
    return lambda text: bool((match := opening.match(text)) and fold(match["noun"]) in fold(canonical(asked)))


def of_a_mishap(folded: str) -> Test | None:
    """ "Lỡ làm mất thẻ thì …": a sentence about losing or spoiling something, which is not plainly another thing."""
    if not _MISHAP_ASKED.search(folded):
        return None
    lost = _lost_in(folded) or frozenset(re.findall(rf"\b{_LOSABLE}\b", folded))

    def met(text: str) -> bool:
        if not _MISHAP.search(text):
            return False
        folded_text = fold(text)
        return not lost or not _lost_in(folded_text) or any(thing in folded_text for thing in lost)

    return met


def _lost_in(folded: str) -> frozenset[str]:
    """What is lost or spoilt: "hồ sơ bị thất lạc" → ho so."""
    return frozenset(match["behind"] or match["front"] for match in _LOST.finditer(folded))


def of_schooling(asked: str, folded: str) -> tuple[Test, Test, Test] | None:
    """ "Mới học hết lớp 5, có được … không": a sentence that says which schooling one must have, one for whoever lives where
    all do, and one that names a degree."""
    if not _SCHOOLING_ASKED.search(folded):
        return None
    special = bool(_SPECIAL_PLACE.search(asked))
    degree = _CERTIFICATE if _CERTIFICATE_ASKED.search(folded) else _DEGREE
    return (
        lambda text: bool(_SCHOOLING.search(text) and _LEAST.search(text)) and bool(_SPECIAL_PLACE.search(text)) is special,
        lambda text: bool(_SPECIAL_PLACE.search(text)) is special,
        lambda text: bool(degree.search(text)),
    )


def still_there(folded: str) -> Test | None:
    """ "Nạn ấy đã hết hẳn chưa": a sentence that says what is left of it."""
    return (lambda text: bool(_STILL_THERE.search(text))) if _GONE_ASKED.search(folded) else None
