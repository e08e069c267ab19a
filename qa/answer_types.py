"""Which kind of thing a question asks for, and how many of them, by rule."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.text.canonical import canonical, fold
from qa.types import AnswerType

_NUMBER_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ORDINAL_WORDS = {**_NUMBER_WORDS, "nhất": 1, "tư": 4}
_LISTED = (
    "nhiệm vụ|khâu đột phá|đột phá|nội dung|giải pháp|nguyên tắc|điều kiện|tiêu chuẩn|kinh nghiệm|bài học|mục tiêu"
    "|chỉ tiêu|hạn chế|khuyết điểm|nguyên nhân"
    "|kết quả|biện pháp|hình thức|trường hợp|việc|điểm|bước|nhóm|yêu cầu|phần|vấn đề|lĩnh vực|quyền|nghĩa vụ|phương châm"
    "|mô hình|đề xuất|kiến nghị|loại"
    "|ý kiến|chương trình|đề án|khâu|mức|cách|mặt|nghị quyết|văn bản"
    "|giấy tờ|tình huống|đối tượng|thành phần|tiêu chí|thủ tục|hành vi|quan điểm|định hướng|lý do|ưu điểm|tồn tại|công việc|hoạt động"
)
_MANIFOLD = "giấy tờ|hồ sơ|tình huống|trường hợp|điều kiện|tiêu chuẩn|tiêu chí|thủ tục|đối tượng|nguyên tắc|thành phần"  # seldom one alone
_IN_ORDER = (
    "nhiệm vụ|nội dung|giải pháp|nguyên tắc|điều kiện|tiêu chuẩn|bước|giấy tờ|trường hợp|yêu cầu|mục|ý|nhóm|hạn chế|khuyết điểm"
    "|nguyên nhân|khâu|bài học|kinh nghiệm|mục tiêu|điều"
)
LAST = -1  # the ordinal of "cuối cùng"
_DIRECTIVE = (
    "nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|văn bản|thông tư|nghị định|(?<!kỷ )luật"
    "|thông báo|công văn|quy chế|đề án|chương trình|điều lệ|thông tri"
)
_KINDS_OF_THING = r"tổ|hội|đoàn|đội|quỹ|phiếu|giấy|sổ|thẻ|mẫu|bệnh|khoản|lễ|phong trào|mô hình|cơ quan"
_ASKED = (
    rf"là (?:một )?(?:loại )?(?:{_KINDS_OF_THING}) gì$"
    r"|bao nhiêu|(?<!là )(?<!những )(?<!gồm )ai|khi nào|ngày nào|vì sao|tại sao|ở đâu|thứ (?:nhất|hai|ba|tư|năm)"
)
_NO_TIME = r"(?! (?:tuần|hằng tuần|hàng tuần|tháng|năm|(?:19|20)\d\d)\b)"  # "việc thứ ba tuần sau", "mức thu năm 2020" folded
_BODY_NOUN = "cơ quan|đơn vị|tổ chức|tổ chức đảng|ban|đảng bộ|đảng ủy|chi bộ|hội|sở|bộ|toà soạn|cấp uỷ|trường|cấp"

# In order: the first pattern found decides.
_PATTERNS: tuple[tuple[AnswerType, str], ...] = (
    (AnswerType.DEFINITION, r"\bviết tắt (?:của|cho|từ) (?:\w+ ){0,2}(?:gì|nào)\b"),
    (AnswerType.YES_NO, r"\bcó ai\b(?!.*\b(?:là|do) ai\b).*\b(?:không|chưa)$"),
    (
        AnswerType.REFERENCE,
        rf"(?<!những )(?<!các )\b(?:{_DIRECTIVE}) (?:số )?(?:nào|mấy|bao nhiêu)\b|\bsố hiệu\b|\bký hiệu (?:là )?gì\b"
        rf"|\bmang số\b|\blà số nào\b"
        rf"|\b(?:{_DIRECTIVE})\b.*\b(?:số mấy|số bao nhiêu|số nào)\b",
    ),
    (AnswerType.REASON, (
        r"\b(?:vì|tại|do|bởi) sao\b|\b(?:vì|do|bởi) đâu\b|^tại đâu\b|\btại đâu (?:mà|lại|nên)\b"
        r"|\b(?:vì|bởi|do) (?:lẽ|cớ) (?:gì|nào)\b|\bcớ sao\b"
        r"|^sao (?!y\b|lưu\b|kê\b|chép\b|vàng\b|nhãn\b|đỏ\b|bằng\b|chụp\b)|\bnguyên nhân\b|\blý do\b|\bnhằm (?:mục đích )?gì\b"
        r"|\bđể làm gì\b|\bmục đích\b|\bsao lại\b"
    )),
    (
        AnswerType.LIST,
        r"\bgồm (?:những|các|có|gì|mấy(?! (?:chữ số|chữ|số|ký tự|ô|cột|dòng|tờ|bản"
        r"|bài|buổi|ngày|tiết|trang|người|thành viên|đồng chí|đảng viên|uỷ viên)\b))\b"
        r"|\bgồm\b.* (?:gì|(?<!khi )(?<!lúc )(?<!ngày )(?<!tháng )(?<!năm )nào)\b"
        r"|\bliệt kê\b|\b(?:kể|kê) tên\b|\bkể (?:giúp |cho |hộ )*(?:tôi |em |mình )?(?:các|những)\b|\bkể ra\b|\bnêu (?:rõ )?(?:các|những)\b"
        r"|\b(?:những|các) (?!cơ quan (?:tỉnh|và|tw|trung))(?:(?!(?:là|có|ngày|tên|năm|tháng|khi|do|được|họp|về|lúc|ai|thì"
        r"|mang)\b|(?:phải |cần |nên )?làm gì\b|với (?:chức|cương|tư cách|vai trò))[\w,/-]+ ){0,7}?(?:nào|gì)\b"
        r"|\bnhững (?:ai|gì)\b|\blần lượt là\b|\bmấy (?:chữ|từ|điểm|ý|điều|chỗ|khoản|thứ|việc|loại|mục) (?:nào|gì)\b"
        rf"|\b(?:{_MANIFOLD}|diện) (?:gì|nào)\b|\b(?:trình tự|quy trình|thứ tự|các bước)(?: (?:như )?thế)? (?:nào|gì|ra sao)\b",
    ),
    (
        AnswerType.NUMBER,
        r"(?<!\bngày )(?<!\btháng )(?<!\bhôm )(?<!\blúc )(?<!\bhồi )(?<!\bsinh năm )(?<!\bvào năm )"
        r"\b(?:bao nhiêu|mấy(?! (?:cụ|bác|ông|bà|anh|chị|em|cháu|cậu|cô|chú|bạn|đồng chí)\b.*\b(?:ai|(?:bên|cấp|nơi|cơ quan|đơn vị) nào)\b)"
        r"(?!.*\b(?:tính|xử lý|giải quyết|làm) (?:như )?(?:thế nào|ra sao|sao)$))\b(?! giờ (?:ngày|hôm|sáng|chiều|tối)\b)"
        r"|\bsố lượng\b|\btỷ lệ\b|\btỉ lệ\b|\btổng số\b|\bbao lâu\b",
    ),
    (
        AnswerType.DATE,
        r"\b(?:khi|ngày|tháng|năm|thời gian|thời điểm|hôm|lúc|quý|dịp|nhiệm kỳ|buổi|đợt|hồi) nào\b|\bbao giờ\b"
        r"|\b(?:ngày|tháng|hôm|sinh năm|vào năm) (?:mấy|bao nhiêu)\b|\b(?:lúc|hồi) mấy giờ\b",
    ),
    (AnswerType.POST, (
        r"^(?!.*\b(?:có phải|có được)\b.*\bkhông$).*\b(?:chức (?:vụ|danh)|giữ chức)\b|\b(?:ghế|chức) nào\b"
        r"|\bchức gì\b|\bcương vị\b|\btư cách (?:gì|nào)\b|\blàm gì ở\b|\bcông tác gì\b"
    )),
    (AnswerType.PLACE, (
        r"\b(?:ở|tại|về|đến|tới|đi|sang) đâu\b|\b(?:nơi|tỉnh|huyện|xã|phường|hội trường|khách sạn|địa điểm|địa phương|thành phố|chỗ) nào\b"
        r"|\bđịa điểm\b"
    )),
    (AnswerType.ORGANISATION, (
        rf"(?<!\bhội )(?<!\bthị )(?<!\bmôi )\b(?:{_BODY_NOUN}) nào\b|(?<!\bở )(?<!\btại )(?<!\bsang )(?<!\bvề )(?<!\bđi )\bbên nào\b"
    )),
    (AnswerType.PERSON, r"\bai\b|\b(?:người|đồng chí|vị|ông|bà|cán bộ|đại biểu|lãnh đạo) nào\b"
     r"|\b(?:người|đồng chí|ông|bà|lãnh đạo|cán bộ|đại biểu|vị)\b.*\btên (?:là )?gì\b"),
    (AnswerType.YES_NO, (
        r"\b(?:có|còn|được)\b.*\bkhông$|\b(?:phải|đúng|hay|được) không$|\b(?:đã|có)\b.*\bchưa$|\b(?:được|đủ|phải|xong) chưa$|\bcó phải\b"
        r"|\b(?:được|phải|đúng|có|không|rồi) (?:chứ|à|hả|chăng)$|\bcó được (?!.*\b(?:gì|nào|sao|đâu)\b)"
    )),
    (AnswerType.DEFINITION, (
        r"\b(?:là|nói|về|về việc|nói về|nội dung|nói về nội dung|quy định|nghĩa là|tên"
        r"|việc) (?:(?:điều|số|loại|nghị quyết|văn bản|tổ chức|chi bộ|vấn đề|nội dung) )?gì\b"
        rf"|\blà (?:một )?(?:loại )?(?:{_KINDS_OF_THING}) gì$"
        r"|\bnghĩa là\b|\blà (?:như )?thế nào\b|\bthế nào là\b|\bđược hiểu (?:là )?(?:ra sao|(?:như )?thế nào)\b"
    )),
)  # fmt: skip

# For texts typed like a search, without a word of asking: what they begin with tells what is looked for.
_BARE_PATTERNS: tuple[tuple[AnswerType, str], ...] = (
    (AnswerType.DEFINITION, r"\bviết tắt (?:của|cho|từ) (?:\w+ ){0,2}(?:gì|nào)\b"),
    (AnswerType.YES_NO, r"\bcó ai\b(?!.*\b(?:là|do) ai\b).*\b(?:không|chưa)$"),
    (
        AnswerType.NUMBER,
        r"^(?!.*\b(?:bằng|bậc|trình độ|loại) (?:gì|nào)\b)"
        r"(?:thời hạn|mức(?! số\b| \d)|lệ phí|học phí|phụ cấp|trợ cấp|tỷ lệ|tỉ lệ|độ tuổi|tuổi đời"
        r"|số (?!hiệu|văn bản|nghị quyết|ký hiệu|sánh\b|\d))",  # folded, "mục 19" and "so sánh" begin alike
    ),
    (AnswerType.DATE, r"^(?:ngày|thời điểm|thời gian) (?!\d)"),
    (AnswerType.PLACE, r"^(?:nơi|địa điểm)\b"),
    (
        AnswerType.LIST,
        rf"^(?!.*\b(?<!ra )sao$)(?:các|những|(?!.*(?<!thế )\b(?:nào|gì|ai|đâu)\b)(?:{_MANIFOLD}|nhiệm vụ|hình thức"
        r"|trình tự|quy trình|quyền (?:của|hạn)|nghĩa vụ|yêu cầu|nội dung))\b",
    ),
)
_WHICH = "|".join(_ORDINAL_WORDS)
_ORDINALS = (
    rf"\b(?:{_LISTED}|ý|mục|điều) (?:(?!(?:lần|khoá|kỳ|ngày|họp)\b)\w+ ){{0,4}}?thứ (?p<word>{_WHICH}|\d{{1,2}})\b{_NO_TIME}",
    rf"\b(?:{_LISTED}|ý|mục|điều) số (?p<word>{_WHICH}|\d{{1,2}})\b{_NO_TIME}",
    r"\b(?:bước|mục|gạch đầu dòng) (?p<word>\d{1,2})\b(?![.,/-]\d)",
)


class _Rules(NamedTuple):
    """The same rules for text with diacritics and for text without."""

    patterns: tuple[tuple[AnswerType, re.Pattern[str]], ...]
    bare_patterns: tuple[tuple[AnswerType, re.Pattern[str]], ...]
    counted_list: re.Pattern[str]
    told_off: re.Pattern[str]
    asked: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]
    ends: tuple[re.Pattern[str], re.Pattern[str]]
    who_is: re.Pattern[str]


def _compile(folding: bool) -> _Rules:
    form = fold if folding else canonical
    numbers = "|".join(_NUMBER_WORDS)
    return _Rules(
        patterns=tuple((kind, re.compile(form(pattern))) for kind, pattern in _PATTERNS),
        bare_patterns=tuple((kind, re.compile(form(pattern))) for kind, pattern in _BARE_PATTERNS),
        counted_list=re.compile(form(rf"\b(?p<size>\d{{1,2}}|{numbers}) (?:{_LISTED})\b").replace("?p<", "?P<")),
        told_off=re.compile(form(rf"\b(?:liệt kê|kể tên|kể ra|kể|nêu tên|nêu) (?p<size>\d{{1,2}}|{numbers}) \w").replace("?p<", "?P<")),
        asked=re.compile(form(rf"\b(?:{_ASKED})\b")),
        ordinals=tuple(re.compile(form(pattern).replace("?p<", "?P<")) for pattern in _ORDINALS),
        ends=(
            re.compile(form(rf"\b(?:{_IN_ORDER}) (?:\w+ ){{0,3}}?đầu tiên\b")),
            re.compile(form(rf"\b(?:{_IN_ORDER}) (?:\w+ ){{0,3}}?(?:cuối cùng|sau cùng|sau chót|chót)\b")),
        ),
        who_is=re.compile(form(r"\blà ai\b")),
    )


# "Có bao nhiêu đại biểu thì cơ quan nào quyết định": the number is a condition, what stands behind "thì" is asked; "mấy đợt, vào ngày nào":
# the days say how many there are, and not the other way round.
_CONDITION = re.compile(r"^.*\b(?:bao nhieu|may)\b.*? thi (?P<asked>(?:do |cho )?(?:ai|co quan|cap|to chuc|ban|don vi|nguoi)\b.*)$")
_ALSO_ASKED = re.compile(
    r"^.*\b(?:bao nhieu|may)\b[^,;]*(?:[,;](?: va)?|(?<!\d) va) "
    r"(?P<asked>(?:(?:vao|la|do la|gom|ke|neu|cho biet|nhung|cac|(?:ho )?ten|cua ai|do) )*"
    r"(?:ten (?:la )?gi|ngay nao|(?:nhung |cac )?(?:\w+ ){0,2}nao|gom(?: nhung)? gi|nhung gi|ai|ten))$"
)
_NAMES_ASKED = re.compile(r"^(?:vao |la |do la |ke |neu |cho biet )*(?:ho )?ten\b")
_ASIDE_BEHIND = re.compile(  # "… có được không ạ (ở Hà Nội)?"
    r"(?:\s+(?:ạ|vậy|nhỉ|nhé|(?<!cho )vay|(?:(?<=khong )|(?<=chua )|(?<=duoc )|(?<=nao )|(?<=sao ))a))*\s*(?:\([^()]*\))?[ ?.!…]*$"
)
_EVERY = re.compile(r" (?:nào|gì|ai|đâu|bao giờ|nao|gi|dau|bao gio) (cũng|cung)\b", re.IGNORECASE)  # "năm nào cũng" asks for no year
_ACCENTED, _FOLDED = _compile(folding=False), _compile(folding=True)


def find_answer_type(question: str) -> AnswerType:
    """The expected answer type; OTHER when no rule speaks. Works on text with and without diacritics."""
    text, rules = _form(_EVERY.sub(r" \1", question))
    if rules.counted_list.search(text) and not rules.asked.search(text):
        return AnswerType.LIST
    asked = _asked_besides_a_number(text)
    if asked != text and _NAMES_ASKED.search(fold(asked)):
        return AnswerType.LIST  # "mấy chương trình, tên gì"
    text = asked
    rows = (*rules.patterns, *rules.bare_patterns)
    return next((kind for kind, pattern in rows if pattern.search(text)), AnswerType.OTHER)


def _asked_besides_a_number(text: str) -> str:
    """The part that decides the kind where a question names a number as a condition, or asks for it and for what is counted."""
    folded = fold(text)
    if (condition := _CONDITION.match(folded)) is not None:
        return text[condition.start("asked") :]
    also = _ALSO_ASKED.match(folded)
    return text[also.start("asked") :] if also is not None else text


def find_list_size(question: str) -> int | None:
    """How many items the question itself names: "5 nhiệm vụ trọng tâm", "ba khâu đột phá", "liệt kê 4 đợt" → 5, 3, 4."""
    text, rules = _form(question)
    match = rules.counted_list.search(text) or rules.told_off.search(text)
    return None if match is None else _number(match["size"], _NUMBER_WORDS)


def find_ordinal(question: str) -> int | None:
    """Which item of a list is meant: "nhiệm vụ trọng tâm thứ ba", "bước 3" → 3, "điều kiện cuối cùng" → `LAST`; None for "thứ ba" as a
    day of the week."""
    text, rules = _form(question)
    match = next((found for pattern in rules.ordinals if (found := pattern.search(text))), None)
    if match is not None:
        return _number(match["word"], _ORDINAL_WORDS)
    first, last = rules.ends
    return 1 if first.search(text) else LAST if last.search(text) else None


def asks_who_someone_is(question: str) -> bool:
    """True for "Đồng chí Nguyễn Văn Thông là ai?", which asks for a post and not for a name."""
    text, rules = _form(question)
    return bool(rules.who_is.search(text))


def _form(question: str) -> tuple[str, _Rules]:
    text = _ASIDE_BEHIND.sub("", canonical(question).strip(" ?.!…"))
    return (text, _ACCENTED) if text != fold(text) else (text, _FOLDED)


def _number(word: str, words: dict[str, int]) -> int:
    return int(word) if word.isdigit() else next(value for name, value in words.items() if fold(name) == fold(word))
