"""The turns of an interview: who asks, who answers. Patterns are canonical."""

from __future__ import annotations

import re

from index.reading.markers import list_marker
from index.reading.paragraphs import Paragraph
from index.types import BlockKind

_QUESTION = re.compile(r"(?:p\. ?v\.?|pv|phóng viên|nhà báo|hỏi|câu hỏi(?: \d+)?|mc|btv)(?: [^:.?!]{1,40})?\s*:")
_ANSWER_WORD = re.compile(r"(?:đáp|trả lời|tl)\s*:")
_ANSWER_PERSON = re.compile(
    r"(?:đồng chí|đ/c|ông|bà|anh|chị|cô|gs|pgs|ts|ths|bs|kts|luật sư|đại biểu|đbqh|bộ trưởng|thứ trưởng|giám đốc|chủ tịch|bí thư|phó bí thư"
    r"|thiếu tướng|trung tướng|đại tá|thượng tá|trung tá|nghệ sĩ|nhà giáo|bác sĩ|tiến sĩ|giáo sư)\b[^:?!]{1,100}:"
)
_NAME_ONLY = re.compile(r"[A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*){1,4}\s*:")
_NOTE = re.compile(r"(?:ghi chú|chú thích|lưu ý|lời toà soạn|toà soạn|ban biên tập|bbt|l\.?t\.?s)\b[^:.?!]{0,40}:")

MAX_STAGED_SYLLABLES = 30


def mark_turns(paragraphs: list[Paragraph]) -> None:
    """Give QUESTION and ANSWER to the paragraphs of an interview; nothing where nobody asks."""
    asked = [paragraph for paragraph in paragraphs if paragraph.kind is None and is_question(paragraph)]
    if not asked or (len(asked) < 2 and not any(_is_answer(paragraph) for paragraph in paragraphs)):
        return
    named = any(paragraph.kind is None and _is_answer(paragraph) for paragraph in paragraphs)
    turn: BlockKind | None = None
    for paragraph in paragraphs:
        if paragraph.kind is not None:
            continue
        if is_question(paragraph):
            turn, paragraph.kind = BlockKind.QUESTION, BlockKind.QUESTION
            continue
        if turn is BlockKind.QUESTION and _NOTE.match(paragraph.canon):
            turn = None  # behind the thanks of who asked the editors speak
        if turn is BlockKind.QUESTION and (not named or _is_answer(paragraph)):
            turn = BlockKind.ANSWER
        paragraph.kind = turn
    _mark_staged(paragraphs)


def is_question(paragraph: Paragraph) -> bool:
    return _QUESTION.match(paragraph.canon) is not None


def _is_answer(paragraph: Paragraph) -> bool:
    canon = paragraph.canon
    if list_marker(canon):
        return False
    return bool(_ANSWER_WORD.match(canon) or _ANSWER_PERSON.match(canon) or _NAME_ONLY.match(paragraph.text))


def _mark_staged(paragraphs: list[Paragraph]) -> None:
    """A short line that tells in the third person of the one who is answering is a caption between his paragraphs."""
    speakers = {paragraph.canon.split(":")[0] for paragraph in paragraphs if paragraph.kind is BlockKind.ANSWER and _is_answer(paragraph)}
    for paragraph in paragraphs:
        short = paragraph.kind is BlockKind.ANSWER and paragraph.syllables <= MAX_STAGED_SYLLABLES and ". " not in paragraph.canon
        if short and any(paragraph.canon.startswith(speaker + " ") for speaker in speakers if speaker.count(" ") > 1):
            paragraph.kind = BlockKind.CAPTION
