"""What a web page or a printed page puts round an article. All patterns are written in the canonical form."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.reading.paragraphs import PAGE_NUMBER, RULE_LINE, STAMP, Paragraph
from index.types import BlockKind

_CLOCK = r"(?:\s*[-–,|]?\s*\d{1,2}(?:[:.]|\s*h\s*|\s*giờ\s*)\d{2}(?::\d{2})?(?:\s*phút)?(?:\s*[ap]m)?)"
_DAY = r"(?:\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}|\d{1,2} tháng \d{1,2},? năm \d{4})"
_WEEKDAY = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s*,?\s*(?:ngày\s*)?)"
_ANNOUNCED = r"(?:(?:ngày (?:đăng|xuất bản|cập nhật)|đăng (?:lúc|ngày)|cập nhật(?: lúc| ngày| lần cuối)?|xuất bản(?: lúc| ngày)?)\s*:?\s*)"
_DATE_LINE = re.compile(rf"{_ANNOUNCED}?{_CLOCK}?\s*[-,|]?\s*{_WEEKDAY}?(?:ngày\s*)?{_DAY}{_CLOCK}?(?:\s*\(?gmt\s*\+\s*7\)?)?\s*[.|]?")
_PAGE_DATE = re.compile(rf"(?:hôm nay\s*[,:]?\s*)(?:là\s*)?{_WEEKDAY}?(?:ngày\s*)?{_DAY}{_CLOCK}?\s*[.|]?|{_WEEKDAY}{_DAY}")
PREFIX = re.compile(r"\s*date \d{4}-\d{2}(?:-\d{2})?(?=\s|$)")  # what some collections put before an article

_CONTROLS = (
    "cỡ chữ|in tin bài|lưu tin bài|in bài viết|in bài|lưu bài viết|lưu bài|gửi bài viết|gửi email|gửi cho bạn bè|bản in|in trang"
    "|trở lại|quay lại|về trang chủ|trang chủ|về đầu trang|lên đầu trang|đầu trang|chia sẻ bài viết|chia sẻ|facebook|zalo|twitter|google"
    "|email|sao chép liên kết|copy link|thích|share|like|print|tweet|gửi bình luận|bình luận|theo dõi|đăng nhập|đăng ký|đăng xuất"
    "|android apk|ios app|tải ứng dụng|nghe bài viết|xem thêm tại đây|xem thêm|đọc thêm|xem tiếp|tìm kiếm|sơ đồ trang|sitemap|rss"
    "|quảng cáo|đang tải|xem nhiều|menu"
)
_CONTROL_LINE = re.compile(rf"(?:(?:{_CONTROLS})[\s:|/•·,a+-]*(?:\(?\d*\)?\s*))+")
_RELATED = re.compile(
    r"(?:các )?(?:tin|bài|tin bài|bài viết)(?: viết)?(?: khác| liên quan| mới nhất| mới| cùng chuyên mục| đã đưa| đọc nhiều| nổi bật)+\s*:?"
    r"|cùng chuyên mục\s*:?|đọc nhiều(?: nhất)?\s*:?|có thể bạn quan tâm\s*:?"
)
_OTHER = re.compile(
    r"(?:tags?|từ khoá|chuyên mục|danh mục)\s*:.*"
    r"|(?:số )?lượt (?:xem|đọc|truy cập|tải)\b.*\d.*|[\d.,]+ lượt (?:xem|đọc|tải)"
    r"|(?:đã xem|đang (?:truy cập|trực tuyến|xem))\s*:?\s*[\d.,]+"
    r"|(?:©|copyright|\(c\) ?copyright|bản quyền (?:thuộc|©)).*"
    r"|công báo/số .*|(?:người ký|ký bởi|thời gian ký|ngày ký)\s*:.*|email\s*:\s*\S+@\S+|(?:https?://|www\.)\S+"
    r"|cộng hoà xã hội chủ nghĩa việt nam|đảng cộng sản việt nam|độc lập - tự do - hạnh phúc\W*"
)
_BREADCRUMB = re.compile(r"[^.;:!?]+?(?:\s+[|>»›/]\s+[^.;:!?]+?)+")
_PATTERNS = (_CONTROL_LINE, RULE_LINE, PAGE_NUMBER, _DATE_LINE, _PAGE_DATE, _RELATED, _OTHER, STAMP, PREFIX)
MAX_BOILERPLATE_CHARACTERS = 160
MAX_POINTED_CHARACTERS = 60  # of a line that ends in a point: a longer one is a sentence
MAX_HEAD_SYLLABLES = 40
MAX_BREADCRUMB_SYLLABLES = 24
MIN_RUNNING_LINES = 3  # pages that show the same line
HEAD_PARAGRAPHS = 8  # site lines above the title are looked for in so many paragraphs


def is_page_date(canon: str) -> bool:
    """The day the page was loaded: "hôm nay, ngày 5 tháng 3 năm 2020", "thứ hai, 05/03/2020"."""
    return _PAGE_DATE.fullmatch(canon) is not None


def is_date_line(canon: str) -> bool:
    """A date (and time) that fills its line: "5.3.2020 - 8:15", "cập nhật lúc 08:15, 05/03/2020"."""
    return _DATE_LINE.fullmatch(canon) is not None


def mark_boilerplate(paragraphs: list[Paragraph]) -> None:
    """Give BOILERPLATE to what is not the article's own, wherever it stands."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind is None and (_is_boilerplate(paragraph) or _signed(paragraph, before)):
            paragraph.kind = BlockKind.BOILERPLATE
        before = paragraph
    _mark_related(paragraphs)
    _mark_running_lines(paragraphs)


def mark_site_head(paragraphs: list[Paragraph]) -> None:
    """Give BOILERPLATE to breadcrumbs and slogans that stand above the article's first sentence."""
    for place, paragraph in enumerate(paragraphs[:HEAD_PARAGRAPHS]):
        if paragraph.kind not in (None, BlockKind.BOILERPLATE):
            continue
        if paragraph.kind is None and _is_prose(paragraph):
            return
        alone = place + 1 == len(paragraphs)
        if paragraph.kind is None and not alone and _is_site_line(paragraph):
            paragraph.kind = BlockKind.BOILERPLATE


def _mark_running_lines(paragraphs: list[Paragraph]) -> None:
    """A line that stands beside page numbers again and again is printed on every page."""
    beside: Counter[str] = Counter()
    for before, paragraph in pairwise(paragraphs):
        for line, number in ((before, paragraph), (paragraph, before)):
            if number.kind is BlockKind.BOILERPLATE and line.kind is None and PAGE_NUMBER.fullmatch(number.canon):
                beside[line.canon] += 1
    for paragraph in paragraphs:
        if paragraph.kind is None and beside[paragraph.canon] >= MIN_RUNNING_LINES:
            paragraph.kind = BlockKind.BOILERPLATE


def _is_boilerplate(paragraph: Paragraph) -> bool:
    canon = paragraph.canon
    if len(canon) > MAX_BOILERPLATE_CHARACTERS or (canon[-1] == "." and len(canon) > MAX_POINTED_CHARACTERS):
        return False
    return any(pattern.fullmatch(canon) for pattern in _PATTERNS)


def _signed(paragraph: Paragraph, before: Paragraph | None) -> bool:
    """The body named inside an electronic signature."""
    return before is not None and before.kind is BlockKind.BOILERPLATE and paragraph.canon.startswith("cơ quan:")


def _is_prose(paragraph: Paragraph) -> bool:
    return paragraph.syllables > MAX_HEAD_SYLLABLES or paragraph.text.endswith(".")


def _is_site_line(paragraph: Paragraph) -> bool:
    if paragraph.text.endswith("!"):
        return True
    return paragraph.syllables <= MAX_BREADCRUMB_SYLLABLES and _BREADCRUMB.fullmatch(paragraph.canon) is not None


def _mark_related(paragraphs: list[Paragraph]) -> None:
    """Everything from "các tin khác" on is links, until a real sentence says otherwise."""
    linking = False
    for place, paragraph in enumerate(paragraphs):
        if place > 2 and paragraph.kind is BlockKind.BOILERPLATE and _RELATED.fullmatch(paragraph.canon):
            linking = True
        elif paragraph.kind is None and linking:
            if _is_prose(paragraph):
                return
            paragraph.kind = BlockKind.BOILERPLATE
