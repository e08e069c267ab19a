"""How the sentence that answers a kind of question is worded: what a number is, when alone something is done, whom alone it is given.

Each test reads a canonical sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.canonical import canonical, fold
from qa.types import AnswerType

Test = Callable[[str], bool]
_NUMBER = r"\b(?:day so|con so|ma so|so(?! (?:luong|tien|nguoi)))\b"
_WHAT_NUMBER = re.compile(rf"{_NUMBER}.*\b(?:la|theo|lay|dung) (?:day |con |loai |ma |theo )?so (?:gi|nao)\b")
_IS_NUMBER = re.compile(r"\bsố [^.;:]{2,40}(?:\blà|:) (?:dãy |mã )?số (?!\d)[^\W\d_]|\blà (?:dãy |mã )?số (?!\d)[^\W\d_]")
_HOW_LONG_NUMBER = re.compile(rf"{_NUMBER}.*\b(?:may|bao nhieu) (?:chu so|con so|so)\b")
_LONG_NUMBER = re.compile(
    r"\bsố\s(?:thẻ|hiệu|định danh|căn cước|lý lịch|tài khoản|điện thoại|sổ|đăng ký)\b[^.;]*\b(?:gồm|có) \d+ (?:chữ )?số\b"
)
_WITHOUT = re.compile(  # in front of the question, or of what a follow-up asks itself
    r"(?:^| - )(?:(?:the|con|va|neu|lo|truong hop|nhung|ma) )*(?:[a-z]+ ){0,2}(?:khong|chua) co "
    r"(?!gi\b|ai\b|nao\b|the\b|duoc\b|quyen\b|phep\b|hieu luc\b|y kien\b)(?P<thing>[a-z]+(?: [a-z]+)?)(?= thi\b| ma\b| sao\b|[,;?]| -|$)"
)
_SUFFERED = re.compile(r"\bbi (?P<deed>[a-z]+ [a-z]+)\b")
_ONLY_WHEN = re.compile(r"\bchỉ\b[^.;]*\b(?:khi|nếu|trong trường hợp)\b")
_MAY_ASKED = re.compile(r"\b(?:co duoc|duoc|da duoc|co) (?:\w+ ){0,4}?(?:cap|phat|cam|trao|lam|co|dung|nhan)\b")
_FOR_WHOM_ONLY = re.compile(r"(?:^|[.;:] )(?:đáp: )?chỉ [^.;,]{3,60}? (?:mới|là) |\bđược (?:phát|cấp|trao) cho \w")
# "Có còn phải thẩm tra nữa không": whether a thing that is done already, or for others, has to be done.
_STILL_DUE = re.compile(
    r"\b(?:con (?:phai|can|bat buoc)|co (?:phai|can)(?=.*\bnua\b)) (?:di |lam |qua )?(?P<deed>(?!nua\b)\w+ (?!nua\b|gi\b|khong\b)\w+)"
)
# "Diện người thân có tính con nuôi không": whether somebody belongs to those of whom a rule speaks.
_BELONGS = re.compile(
    r"\b(?:doi tuong|dien|nguoi than|than nhan|thanh phan|thanh vien)\b.*\bco (?:tinh|gom|ke)(?: ca| den)?\b.*\bkhong$"
    r"|\b(?:co (?:tinh|gom|ke)(?: ca)?|tinh ca|nam trong|thuoc)(?: \w+){1,4}? (?:dien|doi tuong|nguoi than|than nhan)\b.*\bkhong\b"
    r"|\bco phai \w+ \w+ ca \w+ .*\bkhong$"
)
_NAMES_ALL = re.compile(r"\b(?:bao )?gồm\b|\bgọi (?:chung|tắt) là\b")


def says_who_belongs(folded: str, kind: AnswerType) -> Test | None:
    """ "Diện người thân có tính con nuôi không": "người thân gồm: …", "… (sau đây gọi chung là người thân)"."""
    asked = kind is AnswerType.YES_NO and _BELONGS.search(folded)
    return (lambda text: bool(_NAMES_ALL.search(text))) if asked else None


def says_still_due(folded: str, kind: AnswerType) -> Test | None:
    """ "Khai đủ rồi, có còn phải thẩm tra không": "… thì không phải thẩm tra …"."""
    match = _STILL_DUE.search(folded) if kind is AnswerType.YES_NO else None
    if match is None:
        return None
    due = re.compile(
        rf"\b(?:phai|can|mien)(?: \w+){{0,2}} {re.escape(match['deed'])}\b|\b(?:phai|can) [^.;]{{0,30}}\b{re.escape(match['deed'])}\b"
    )
    return lambda text: bool(due.search(fold(text)))


# What became of a person, asked (folded) and told (canonical): a grade, a new post, the day of an appointment, the deeds that are punished.
_ENTERED = r"(?:bo nhiem|giu chuc|dam nhiem|dam nhan|nhan chuc|nghi huu|ve huu|(?:duoc )?bau (?:lam|giu|vao)|vao dang|ket nap|sinh)"
_ENTERED_WHEN = rf"\b{_ENTERED}\b[^,;]*\b(?:(?:tu |vao )?(?:nam|ngay|thang|hom|luc|khi|hoi) (?:nao|may|bao nhieu)|bao gio|bao lau)\b"
TOLD_OF_PERSONS = (
    (
        r"\b(?:bi|duoc) (?:xep|danh gia|phan|cham)(?: la| chat luong| vao)? (?:loai|hang|muc|diem) (?:nao|gi|may|bao nhieu)\b",
        r"\b(?:hoàn thành (?:xuất sắc|tốt|nhiệm vụ)|xuất sắc|khá|giỏi|trung bình|yếu|kém"
        r"|(?:loại|hạng) (?!nào|gì)[\w“\"]+|\d+(?:,\d+)? điểm)\b",
    ),
    (
        r"\b(?:chuyen sang|dieu dong|luan chuyen|chuyen cong tac|chuyen ve)\b.*\b(?:chuc(?: vu| danh)?|cuong vi|cong tac|lam) (?:gi|nao)\b",
        r"\b(?:chuyển|điều động|luân chuyển|phân công|bổ nhiệm|nay là|hiện là|hiện giữ|sau đó|về làm)\b",
    ),
    (
        r"\b(?:vi pham|loi|hanh vi|sai pham|khuyet diem) (?:\w+ )?(?:nao|gi|ra sao)\b(?: [a-z]+){0,3}"
        r" bi (?:xu ly )?(?:ky luat|khien trach|canh cao|cach chuc|khai tru)\b",
        r"\b(?:vi phạm|lỗi|hành vi|sai phạm|khuyết điểm)\b",
    ),
    (
        r"\b(?:duoc bo nhiem|duoc bau (?:lam|giu|vao)|dac cu|nhan chuc|nghi huu|ve huu)\b[^,;]*"
        r"\b(?:(?:nam|ngay|thang|hom|luc|khi|hoi) (?:nao|may)|bao gio)\b",
        r"\b(?:bổ nhiệm|nhận chức|giữ chức|phân công|điều động|nghỉ hưu|về hưu|nghỉ chế độ|bầu|đắc cử|trúng cử|thôi (?:giữ|làm))\b",
    ),
)
_ASKS_OF_LIFE = re.compile(rf"\b(?:ong|ba|dong chi|anh|chi|nguoi)\b.*{_ENTERED_WHEN}")
_MOVED = re.compile(TOLD_OF_PERSONS[1][0])


def asks_of_life(question: str) -> bool:
    """ "Đồng chí … ký HD 38 được bổ nhiệm từ năm nào": the day of the document is not asked."""
    return _ASKS_OF_LIFE.search(fold(canonical(question))) is not None


def asks_next_post(question: str) -> bool:
    """ "… chuyển sang giữ chức vụ gì": the posts that the person has held are no answer."""
    return _MOVED.search(fold(canonical(question))) is not None


def says_what_number(folded: str) -> Test | None:
    """ "Dãy số in trên thẻ là số gì": "số thẻ là số định danh cá nhân"; how many digits it has: "số thẻ gồm 9 chữ số"."""
    if _WHAT_NUMBER.search(folded):
        return lambda text: bool(_IS_NUMBER.search(text))
    return (lambda text: bool(_LONG_NUMBER.search(text))) if _HOW_LONG_NUMBER.search(folded) else None


def says_only_when(kind: AnswerType) -> Test | None:
    """ "Vì lý do gì một chi hội bị giải thể": "chỉ giải thể một chi hội khi …"."""
    return (lambda text: bool(_ONLY_WHEN.search(text))) if kind is AnswerType.REASON else None


def says_when_done(folded: str, kind: AnswerType) -> Test | None:
    """ "Vì lý do gì một chi hội bị giải thể": "việc giải thể chi hội khi …"."""
    suffered = _SUFFERED.search(folded) if kind is AnswerType.REASON else None
    if suffered is None:
        return None
    done = re.compile(rf"^[-+•*\s]*(?:viec |chi )?{suffered['deed']}\b[^.;:]{{0,80}} (?:khi|neu)\b")
    return lambda text: bool(done.search(fold(text)))


def says_for_whom_only(folded: str, kind: AnswerType) -> Test | None:
    """ "Hội viên dự bị có được cấp thẻ không": "chỉ hội viên chính thức mới có thẻ"."""
    asked = kind is AnswerType.YES_NO and _MAY_ASKED.search(folded)
    return (lambda text: bool(_FOR_WHOM_ONLY.search(text))) if asked else None


def says_without(folded: str) -> Test | None:
    """ "Cụ không có bệnh án thì làm sao": of rules about one paper the one for who lacks it, in the same words."""
    match = _WITHOUT.search(folded)
    lacked = re.compile(rf"\b(?:khong|chua) co {match['thing']}\b") if match else None
    return (lambda text: bool(lacked.search(fold(text)))) if lacked else None
