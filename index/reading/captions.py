"""Picture captions: as lines of their own, doubled by the site, or glued to a paragraph. Patterns are canonical."""

from __future__ import annotations

import re

from index.reading.markers import list_marker
from index.reading.paragraphs import Paragraph, make_paragraph
from index.types import BlockKind

MAX_CAPTION_SYLLABLES = 90
MAX_PLAIN_CAPTION_SYLLABLES = 30  # of a caption without a photographer
MAX_CREDIT_SYLLABLES = 8
_CREDIT = re.compile(r"(?:^|[\s(\[])(?:Ảnh|ẢNH|Ảnh minh (?:họa|hoạ)|Ảnh tư liệu|Nguồn ảnh|Nguồn)\s*:\s*(\S[^:;]*?)\s*[.)\]]*$")
_CREDIT_BARE = re.compile(r"(?:\((?:ảnh [^()]{1,40}|ảnh)\)|ảnh (?:minh hoạ|tư liệu|internet|cắt từ clip|chụp màn hình)[^.]{0,30})\.?$")
_OPENING = re.compile(r"(?:quang cảnh|toàn cảnh|một góc|trong ảnh|ảnh ?:|ảnh trên|ảnh dưới)\b|ảnh\s*:")
_STAGED = re.compile(
    r"(?:Các đồng chí|Đồng chí|Đ/c|Ông|Bà|Đại biểu|Lãnh đạo|Thường trực|Ban Thường vụ|Đại diện) [A-ZĐÀ-Ỹ][^.:;]*? "
    r"(?:phát biểu(?: ý kiến)? (?:tại|chỉ đạo|khai mạc|bế mạc|kết luận|đề dẫn|thảo luận)|tham luận"
    r"|trả lời phỏng vấn|chụp ảnh lưu niệm|bắt tay|bỏ phiếu"
    r"|(?:trao|tặng) (?:cờ|Cờ|bằng khen|Bằng khen|giấy khen|Giấy khen|hoa|quà|quyết định|Huy hiệu|Huân chương))\b[^.:;]*\.?"
)
_TOLD = re.compile(r"\b(?:đã|được|sẽ|từng|cũng|năm \d{4})\b")  # the words of a report, which a caption does without
_GLUED_CREDIT = re.compile(r"Ảnh\s*:\s*")
_NAME = re.compile(r"[^\W\d_][\w.]*(?: [^\W\d_][\w.]*){0,4}")


def mark_captions(paragraphs: list[Paragraph]) -> None:
    """Give CAPTION to lines with a credit, to staged lines and to both lines of a doubled pair."""
    for place, paragraph in enumerate(paragraphs):
        if paragraph.kind is not None or paragraph.syllables > MAX_CAPTION_SYLLABLES:
            continue
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if is_caption(paragraph):
            paragraph.kind = BlockKind.CAPTION
        elif following is not None and following.kind is None and following.canon == paragraph.canon:
            paragraph.kind = following.kind = BlockKind.CAPTION


def is_caption(paragraph: Paragraph) -> bool:
    """Whether the line by itself looks like the caption of a picture."""
    text, canon = paragraph.text, paragraph.canon
    if paragraph.syllables > MAX_CAPTION_SYLLABLES or list_marker(canon):
        return False
    if "ảnh" in canon or "nguồn" in canon:
        credit = _CREDIT.search(text)
        if credit and credit[1].count(" ") < MAX_CREDIT_SYLLABLES and ("nh" in credit[0] or credit.start() > 0):
            return True
        if _CREDIT_BARE.search(canon):
            return True
    if paragraph.syllables > MAX_PLAIN_CAPTION_SYLLABLES or ". " in text:
        return False
    return bool(_OPENING.match(canon) or (_STAGED.fullmatch(text) and not _TOLD.search(canon)))


def split_glued(paragraphs: list[Paragraph], text: str, canon: str) -> list[Paragraph]:
    """Cut captions off the paragraphs they were glued to: "… Ảnh: Tên Người Câu tiếp theo …" gives two paragraphs."""
    if "Ảnh" not in text:
        return paragraphs
    names = _photographers(paragraphs)
    return [part for paragraph in paragraphs for part in _split(paragraph, names, text, canon)]


def _photographers(paragraphs: list[Paragraph]) -> set[str]:
    """Names after "Ảnh:" that end their line, hence certain."""
    names = set()
    for paragraph in paragraphs:
        *_, last = paragraph.text.rpartition("Ảnh:")
        if last != paragraph.text and last.count(" ") < MAX_CREDIT_SYLLABLES:
            names.add(last.strip(" .)"))
    return names - {""}


def _split(paragraph: Paragraph, names: set[str], text: str, canon: str) -> list[Paragraph]:
    if paragraph.kind is not None or "Ảnh" not in paragraph.text:
        return [paragraph]
    match = _GLUED_CREDIT.search(paragraph.text)
    if match is None:
        return [paragraph]
    cut = _end_of_name(paragraph.text, match.end(), names)
    head = paragraph.text[: match.start()]
    start = (
        paragraph.start if head.count(" ") < MAX_CAPTION_SYLLABLES and head.count(". ") <= 1 else _last_sentence(paragraph, match.start())
    )
    end = paragraph.start + cut
    rest = end + len(paragraph.text[cut:]) - len(paragraph.text[cut:].lstrip(" .)\n\u00a0"))
    parts = [(paragraph.start, _rstrip(text, paragraph.start, start)), (start, end), (rest, paragraph.end)]
    kept = [(a, b) for a, b in parts if b > a]
    if len(kept) < 2:
        return [paragraph]
    return [make_paragraph(text, canon, a, b, BlockKind.CAPTION if a == start else None) for a, b in kept]


def _end_of_name(text: str, start: int, names: set[str]) -> int:
    """Where the photographer's name ends. A name known from another caption is certain; otherwise the run of capitalised words
    without its last, when a small letter follows: that word begins the next sentence."""
    for name in sorted(names, key=len, reverse=True):
        if text.startswith(name, start):
            return _after_bracket(text, start + len(name))
    words = list(re.finditer(r"\S+", text[start:]))
    run = 0
    while run < len(words) and words[run][0][0].isupper() and run < 6:
        run += 1
        if words[run - 1][0][-1] in ".)" and len(words[run - 1][0]) > 2:
            return start + words[run - 1].end()
    if run < len(words) and run > 1:
        run -= 1
    return start + words[run - 1].end() if run else len(text)


def _after_bracket(text: str, end: int) -> int:
    while end < len(text) and text[end] in ".)":
        end += 1
    return end


def _last_sentence(paragraph: Paragraph, before: int) -> int:
    """Where the sentence that the credit at `before` belongs to begins, in offsets of the article."""
    cut = paragraph.text.rstrip(". (").rfind(". ", 0, max(0, before - 3))
    return paragraph.start + (cut + 2 if cut >= 0 else 0)


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
