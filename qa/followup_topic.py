"""What the earlier question is about and what is asked of it; a follow-up question without the words that only lean on it."""

from __future__ import annotations

import re

from index.text.references import find_loose_references, find_references
from qa.mentions import find_persons

OPENING = re.compile(r"^(?:(?:thế|vậy|vậy thì|thế thì|và|rồi) )?(?:còn|thế còn|vậy còn) (?:về |với |đối với )?", re.IGNORECASE)
BARE_OPENING = re.compile(r"^(?:thế|vậy|và|rồi|vậy thì|thế thì)[ ,]+", re.IGNORECASE)
CLOSING = re.compile(r"[ ,]*\b(?:thì sao|thì thế nào|thì như thế nào|ra sao|thế nào|thì|nhỉ|ạ|vậy)\s*$", re.IGNORECASE)
PERIOD_NAMED = re.compile(
    r"\b(?:(?:trong |vào |đến |từ )?(?:nhiệm kỳ|giai đoạn)\s+\d{4}\s*[-–—]\s*\d{4}|(?:ngày )?\d{1,2}/\d{1,2}/\d{4}"
    r"|(?:tháng )?\d{1,2}/\d{4}|tháng \d{1,2}(?: năm \d{4})?"
    r"|quý [IV\d]+(?: năm \d{4})?|(?:năm )?(?:19|20)\d{2}|năm (?:nay|trước|ngoái|sau))\b",
    re.IGNORECASE,
)
BODY_NAMED = re.compile(
    r"\b(?:(?:Ban (?:Thường vụ|Chấp hành|Tổ chức|Tuyên giáo|Dân vận|Kiểm tra)|BTV|BCH) )?(?:Đảng (?:ủy|uỷ|bộ)|Tỉnh (?:ủy"
    r"|uỷ)|Thành (?:ủy|uỷ)|Huyện (?:ủy|uỷ)|UBND|HĐND|(?:Ủy|Uỷ) ban|(?<!cơ )(?<!trụ )Sở|Khối)"
    r"(?: (?!(?:là|có|đã|năm|ngày|được|tổ chức|gồm|bao|thì|nào|giữ|họp|khi|ở|về|trong|tháng|nhiệm|ai|hiện|của)\b)[^\W\d_]+){0,10}",
    re.IGNORECASE,
)
QUESTION_WORDS = re.compile(
    r"\b(?:ai là|là ai|là gì|là những gì|gồm những gì|gồm những ai|bao nhiêu|khi nào|bao giờ"
    r"|(?:là |trong |mất )?bao lâu|(?:vào )?(?:ngày|năm"
    r"|tháng) nào|ở đâu|tại đâu|vì sao|tại sao|như thế nào|thế nào|nào|gì|mấy|có|những|(?<!khối )các|hãy|nêu|cho biết)\b",
    re.IGNORECASE,
)
_ELLIPTICAL = re.compile(
    r"^(?:tại sao|vì sao|ở đâu|khi nào|bao giờ|ngày nào|năm nào|do ai|ai |ai$|bao nhiêu|mấy|cụ thể|nêu rõ|nói rõ|kể ra|gồm"
    r"|có bao nhiêu|có những|có ai|ai là người|nêu cụ thể|kết quả|nội dung|văn bản nào|lý do"
    r"|lỡ |nếu |chẳng may|không may|giả sử|(?:thủ tục|hồ sơ|mức|thời hạn|kinh phí|chi phí) (?:(?:như )?thế nào|ra sao|là|bao|gồm|gì|nào)\b"
    r"|(?:có|có phải|có được|được|phải|cần) (?:được|phải|cần|thể|bị|bắt buộc|biểu quyết|tính|nộp|làm)|(?:của|thuộc|vào|do|bởi|trong|từ) )",
    re.IGNORECASE,
)  # fmt: skip
DIRECTIVE_NAMED = re.compile(
    r"\b(?:nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|thông báo|văn bản|NQ|CT|QĐ|HD|KL|KH|TB)"
    r"\s*(?:số\s*)?\d{1,5}(?:\s*[-/]\s*[^\W\d_]+)*(?:/\S*[^\W_])?",
    re.IGNORECASE,
)
_MISHAP = re.compile(r"(?:nếu |khi )?(?:lỡ|chẳng may|không may|giả sử|sơ ý)\b", re.IGNORECASE)  # never opens a question of its own
# What a part begins with tells its like in the earlier question: "bị cách chức" – "bị khiển trách".
BEGINS_A_PART = re.compile(
    r"(?P<head>bị|loại|hạng|mức|đợt|dịp|cấp|lớp|ngành|nghề|người|đảng viên|cán bộ|công chức|viên chức|học sinh|sinh viên|giáo viên|phụ nữ"
    r"|trường|huyện|xã|phường|quận|thành phố|thị xã|tỉnh|sở|phòng|chưa|đã|từ|dưới|trên|ở|tại|do|của|cho|với|chuyển|mất|nhóm|vùng|đối tượng)"
    r" (?P<told>\S.*)",
    re.IGNORECASE,
)
_SUBJECT_ENDS = re.compile(
    r"(?<!\bdự)(?<!chuẩn)(?<!thiết)(?<!trang)\s(?:có (?:được|phải|thể|bị|cần|quyền)"
    r"|được|bị|phải|cần|muốn|do ai|thì|nộp|nói|gồm|có hiệu lực|có bao nhiêu|có mấy|có những)\b",
    re.IGNORECASE,
)
_NUMBER_ASKED = re.compile(r"\b(?:bao nhiêu|bao lâu|mấy)\b", re.IGNORECASE)
MAX_BARE_NUMBER = 2  # words beside the asked number
MAX_ELLIPTICAL_SYLLABLES = 9
MAX_OWN_CONTENT = 4  # words of its own that a question may have and still speak of the earlier one …
MAX_OWN_CONTENT_OPENED = 9  # … where it opens with "thế", "vậy", "còn"


def complete(question: str, previous: str, answer: str) -> str | None:
    """A question without a subject of its own ("Do ai chủ trì?") gets the topic of the earlier one."""
    opened = BARE_OPENING.match(question)
    bare = question[opened.end() :] if opened else question
    if has_own_subject(question) or not (opened or _ELLIPTICAL.match(bare) or _bare_number(bare)):
        return None
    limit = MAX_OWN_CONTENT_OPENED if opened or _MISHAP.match(bare) else MAX_OWN_CONTENT
    return None if len(content_words(bare)) > limit else f"{bare_question(bare)} – {topic_of(previous)}?"


def _bare_number(bare: str) -> bool:
    """ "Mất bao nhiêu ngày?", "Tối đa bao lâu?": a number of something not named."""
    return bool(_NUMBER_ASKED.search(bare)) and len(content_words(bare_question(bare))) <= MAX_BARE_NUMBER


def has_own_subject(question: str) -> bool:
    """Whether a question names a person or a document, or is too long to lean on an earlier one."""
    long = len(question.split()) > 2 * MAX_ELLIPTICAL_SYLLABLES
    return long or bool(find_persons(question) or find_references(question) or find_loose_references(question))


def subject_of(previous: str) -> str:
    """Who or what the earlier question is about, without what is asked of it: "Đảng viên sinh hoạt tạm thời có được biểu quyết không?" →
    "đảng viên sinh hoạt tạm thời"; empty where no verb shows its end."""
    ends = _SUBJECT_ENDS.search(previous)
    told = previous[: ends.start()].strip(" ,") if ends else ""
    return uncapitalised(told) if len(told.split()) > 1 and not QUESTION_WORDS.search(told) else ""


def topic_of(previous: str) -> str:
    """The earlier question without the words that ask."""
    return tidied(QUESTION_WORDS.sub(" ", previous)).strip(" ?.,–-") or previous.strip(" ?.")


def frame_of(previous: str) -> str:
    """When and where of the earlier question: "Năm 2021 Sở Y tế có mấy phòng?" → "Năm 2021 Sở Y tế"; empty where it names neither."""
    found = (PERIOD_NAMED.search(previous), BODY_NAMED.search(previous))
    return " ".join(match[0].strip() for match in found if match)


def content_words(text: str) -> list[str]:
    """The words of a question that do not ask."""
    return QUESTION_WORDS.sub(" ", text).split()


def uncapitalised(part: str) -> str:
    """A first word whose capital only began the question; "Sở Tài chính" keeps its own."""
    return part[:1].lower() + part[1:] if BEGINS_A_PART.match(part) and not BODY_NAMED.match(part) else part


def bare_question(question: str) -> str:
    """Without the marks at its end."""
    return question.strip().rstrip(" ?.!…")


def tidied(text: str) -> str:
    """One space between words and none before a mark."""
    return re.sub(r" +([,?.;])", r"\1", " ".join(text.split()))
