"""What a question in everyday words is after, and which sentence gives it: what something is used for, to whom it is reported or handed in,
what may not be, what is still weak, how many were admitted, whether a document without a number still holds, up to which age.

Each test reads a canonical sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.types import Span
from qa.types import AnswerType, Question

Test = Callable[[str], bool]
_USE_ASKED = re.compile(
    r"\b(?:dùng|sử dụng|xài)\b(?: [^\s,;]+){0,3} (?:để |vào |cho )?(?:làm|việc|mục đích) (?:gì|chi|nào)\b|\bcó (?:tác|công) dụng gì\b"
    r"|\b(?:dùng|sử dụng) (?:để làm|vào|cho) (?:gì|việc gì|mục đích gì)\b|\bđể làm gì\b"
)
_USE = re.compile(r"\b(?:dùng|sử dụng)(?: [^\s,;.]+){0,6} (?:để|vào|khi|làm)\b|\bcó (?:tác|công) dụng\b")
_BODY = (
    r"(?:chi bộ|chi uỷ|cấp uỷ|đảng uỷ|tỉnh uỷ|thành uỷ|ban|uỷ ban|bí thư|cơ quan|tổ chức|thủ trưởng|công an|cấp (?:trên|có thẩm quyền)"
    r"|người (?:có thẩm quyền|đứng đầu|phụ trách)|phòng|văn phòng|lãnh đạo|giám đốc|bộ phận|trưởng)"
)
_WHOM = r"(?:ai|nguoi nao|cap nao|noi nao|cho nao|co quan nao|to chuc nao|don vi nao|ban nao|dau)"
# Deeds that have somebody they go to: as asked (folded), and as the articles call them.
_HANDED = (
    (r"bao(?! (?:nhieu|gio|lau|hiem|ton))|trinh bao|thong bao", r"(?:thông báo|báo cáo|trình báo|báo)"),
    (r"nop|gui|giao|chuyen|trinh", r"(?:nộp|gửi|trình|giao|chuyển|báo cáo)"),
    (r"khieu nai|keu|to cao", r"(?:khiếu nại|tố cáo|gửi)"),
    (r"xin(?! vao)", r"(?:xin|đề nghị|gửi|báo cáo)"),
)
_RECIPIENTS = tuple(
    (
        re.compile(rf"\b(?:{asked})(?: [a-z]+){{0,4}}? (?:cho |voi |len |toi |den |ve |o |tai )?{_WHOM}\b"),
        re.compile(rf"\b{told}(?: (?:ngay|kịp thời|bằng văn bản|cáo))?(?: \w+){{0,3}}? (?:(?:với|cho|lên|đến|tới|về) )?(?:các )?{_BODY}\b"),
    )
    for asked, told in _HANDED
)
_FORBIDDEN_ASKED = re.compile(
    r"\bkhong (?:duoc|cho)(?: phep)?\b(?! (?:ai|gi)\b.*\bkhong$).*\b(?:ai|nguoi nao|gi|nao)\b"
    r"|\b(?:ai|nguoi nao|nguoi the nao|truong hop nao)\b(?: [a-z]+){0,3} khong duoc\b|\b(?:bi )?cam\b.*\b(?:ai|gi|nao)\b"
)
_FORBIDS = re.compile(r"\b(?:không|chưa) (?:được|cho phép|cho|cử|giao|xem xét|xét|kết nạp|phân công|giải quyết|bầu|bổ nhiệm)\b|\bcấm\b")
_WEAK = (
    r"(?:han che|khuyet diem|yeu kem|(?:diem|mat|cho) (?:nao )?(?:con )?yeu|bat cap|ton tai(?! o)|chua (?:lam )?(?:duoc|tot)|thieu sot"
    r"|chua dat|vuong mac)"
)
_WEAK_ASKED = re.compile(
    rf"^(?:nhung |cac |mot so )?{_WEAK}\b(?!.*\b(?:la|duoc|da|se|phai|do|nhu)\b)"
    rf"|\b(?:nhung|cac|neu|liet ke)\b.*\b{_WEAK}\b|\b{_WEAK}\b.*\b(?:gi|nao|dau|ra sao|the nao)\b"
)
_WEAK_TOLD = re.compile(
    r"\b(?:hạn chế|khuyết điểm|yếu kém|bất cập|tồn tại|thiếu sót|vướng mắc)(?:,| là| như| sau|:| chủ yếu| cần|$)"
    r"|\bvẫn còn\b|\bcòn (?:một số|chậm|yếu|hạn chế|thiếu|chưa|lúng túng|hình thức)\b"
    r"|\bchưa (?:được )?(?:thường xuyên|kịp thời|nghiêm|sâu|cao|tốt|đồng đều|đầy đủ|chủ động)\b"
)
_REMEDY = re.compile(r"\b(?:khac phuc|giai phap|bien phap|sua chua|xu ly|nguyen nhan)\b")
_COUNT = r"(?:bao nhieu|may)"
_ADMITTED_ASKED = re.compile(
    rf"\b{_COUNT} (?:nguoi|dang vien|quan chung|doan vien|hoi vien)(?: moi| uu tu)*(?: nua)? (?:duoc |da )*(?:ket nap"
    rf"|vao dang|dung vao hang ngu)"
    rf"|\bket nap (?:duoc |moi |them )*{_COUNT}\b|\b{_COUNT} dang vien moi\b|\bthem {_COUNT} dang vien\b|\bphat trien (?:duoc )?{_COUNT}\b"
)
_ADMITTED = re.compile(
    r"\bkết nạp (?:được |mới |thêm |đảng |cho )*(?:\d|một |hai |ba |bốn |năm |sáu |bảy |tám |chín |mười )"
    r"|\d+ (?:đảng viên mới|(?:quần chúng|đoàn viên)[^.;]{0,30} (?:vào đảng|kết nạp))|\bphát triển (?:được |mới )?\d"
)
_KIND = r"(?:huong dan|quy dinh|quyet dinh|nghi quyet|chi thi|ket luan|ke hoach|van ban|thong tu|nghi dinh|quy che|cong van|luat)"
_NUMBERED = re.compile(rf"\b{_KIND} (?:so )?\d|\d\s?[-/]\s?[a-z]")
_HOLDS_ASKED = re.compile(
    rf"\b{_KIND}\b.*\b(?:con|het|bi|duoc) (?:\w+ ){{0,3}}?(?:hieu luc|gia tri|ap dung|dung|xai|thay|bai bo"
    rf"|huy bo)\b.*\b(?:khong|chua|nao|gi)\b"
    rf"|\b{_KIND}\b.*\b(?:xai|dung|ap dung)(?: tiep| nua)* duoc (?:nua )?(?:khong|chua)\b"
)
_HOLDS = re.compile(r"\b(?:thay thế|thay cho|bãi bỏ|huỷ bỏ|(?:hết|có|không còn) hiệu lực|hiệu lực thi hành)\b")
_ALREADY_ASKED = re.compile(r"\b(?:da|co) duoc\b.* chua(?: a| vay| nhi| the)*\W*$")
_ONCE = re.compile(r"\b(?:được|chỉ|mới)\b[^.;]*\b(?:sau khi|khi (?:đã|đủ|có|được|đảng viên đã)|từ khi)\b")
_KEPT_ASKED = re.compile(
    r"\b(?:luu(?: giu| tru)?|bao quan)\b(?! y)(?: \w+){0,6}? (?:trong |toi thieu |it nhat |toi da )?(?:bao nhieu (?:nam"
    r"|thang|ngay)|may (?:nam|thang)|bao lau)\b"
)
_KEPT = re.compile(
    r"\b(?:lưu(?: giữ| trữ)?|bảo quản|giữ)\b[^.;,]*(?:\d+ (?:năm|tháng|ngày)|vĩnh viễn|lâu dài)|\bvĩnh viễn\b|\bthời hạn (?:lưu|bảo quản)"
)
_TOO_OLD_ASKED = re.compile(
    r"\b(?:bao nhieu|may) tuoi\b.*\b(?:khong (?:con )?duoc|thoi|het|qua tuoi|toi da|la cung)\b|\b(?:qua|tren|toi da"
    r"|cao nhat) (?:bao nhieu|may) tuoi\b"
    r"|\btuoi (?:toi da|cao nhat)\b|\btuoi (?:bao nhieu|may)\b.*\b(?:khong (?:con )?duoc|thoi|het)\b"
)
_TOO_OLD = re.compile(r"\b(?:trên|quá|đến|tới|không quá|tối đa)(?: đủ)? \d+ tuổi\b")
_MEMBERS = "(?:dang|hoi|doan|thanh) vien|can bo|giao vien|hoc sinh"
_TOTAL_ASKED = re.compile(
    rf"\b(?:tong so|tat ca|ca thay|tong cong|toan (?:dang bo|chi bo|hoi|khoi|truong))\b.*?\b(?P<unit>{_MEMBERS})\b"
    rf"|\b(?:dang bo|chi bo|hoi|khoi)\b.*\bco (?:bao nhieu|may) (?P<counted>{_MEMBERS})$"
)


def says_use(asked: str) -> Test | None:
    """ "Thẻ dùng để làm gì": "… sử dụng thẻ để biểu quyết"."""
    return (lambda text: bool(_USE.search(text))) if _USE_ASKED.search(asked) else None


def names_recipient(folded: str, kind: AnswerType) -> Test | None:
    """ "Mất thẻ phải báo ai", "nộp ở đâu": "báo cáo ngay với cấp uỷ"."""
    if kind is AnswerType.YES_NO:
        return None
    told = next((told for asked, told in _RECIPIENTS if asked.search(folded)), None)
    return told and (lambda text: bool(told.search(text)))


def says_forbidden(folded: str, kind: AnswerType) -> Test | None:
    """ "Không được giao cho những ai": a sentence that forbids."""
    asked = kind is not AnswerType.YES_NO and _FORBIDDEN_ASKED.search(folded)
    return (lambda text: bool(_FORBIDS.search(text))) if asked else None


def says_weak(folded: str, kind: AnswerType) -> Test | None:
    """ "Những điểm còn yếu": "vẫn còn một số hạn chế như: …"."""
    asked = kind not in (AnswerType.YES_NO, AnswerType.REASON) and _WEAK_ASKED.search(folded) and not _REMEDY.search(folded)
    return (lambda text: bool(_WEAK_TOLD.search(text))) if asked else None


def counts_admitted(folded: str, kind: AnswerType) -> Test | None:
    """ "Có thêm mấy người vào Đảng": "kết nạp 15 đảng viên mới"."""
    asked = kind is AnswerType.NUMBER and _ADMITTED_ASKED.search(folded)
    return (lambda text: bool(_ADMITTED.search(text))) if asked else None


def says_total(folded: str, kind: AnswerType) -> Test | None:
    """ "Đảng bộ có tất cả bao nhiêu đảng viên": "nâng tổng số đảng viên lên …"."""
    told = _total(folded) if kind is AnswerType.NUMBER else None
    return None if told is None else lambda text: bool(told.search(fold(text)))


def total_told(question: Question, text: str) -> Span | None:
    """From "tổng số đảng viên" on, where the question asks for it: not "kết nạp 15 đảng viên, nâng tổng số …"."""
    told = _total(fold(canonical(question.standalone)).strip(" ?.!…")) if question.answer_type is AnswerType.NUMBER else None
    found = told.search(fold(canonical(text))) if told is not None else None
    return None if found is None else Span(found.start(), len(text))


@lru_cache(maxsize=16)
def _total(folded: str) -> re.Pattern[str] | None:
    asked = _TOTAL_ASKED.search(folded)
    return None if asked is None else re.compile(rf"\btong so {asked['unit'] or asked['counted']}\b(?=.*\d)")


def says_it_holds(folded: str) -> Test | None:
    """ "Hướng dẫn năm 2017 về … còn dùng được không", without a number: "Hướng dẫn này thay thế …"."""
    asked = _HOLDS_ASKED.search(folded) and not _NUMBERED.search(folded)
    return (lambda text: bool(_HOLDS.search(text))) if asked else None


def says_from_when_allowed(folded: str, kind: AnswerType) -> Test | None:
    """ "Còn dự bị đã được cầm thẻ chưa": "thẻ được phát khi đã là đảng viên chính thức"."""
    asked = kind is AnswerType.YES_NO and _ALREADY_ASKED.search(folded)
    return (lambda text: bool(_ONCE.search(text))) if asked else None


def says_how_long_kept(folded: str) -> Test | None:
    """ "Hồ sơ phải lưu giữ bao nhiêu năm": no other length of time answers that."""
    return (lambda text: bool(_KEPT.search(text))) if _KEPT_ASKED.search(folded) else None


def says_too_old(folded: str) -> Test | None:
    """ "Quá bao nhiêu tuổi thì thôi": "người trên 60 tuổi"."""
    return (lambda text: bool(_TOO_OLD.search(text))) if _TOO_OLD_ASKED.search(folded) else None
