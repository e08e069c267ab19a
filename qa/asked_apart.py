"""A question that asks two or three things one after another → one question for each, with what opens them all carried to each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical
from qa.followup_parts import replace_part
from qa.followup_topic import frame_of
from qa.terms import content_terms
from qa.types import Side

_KINDS = {  # of what is asked for, each by its own words
    "number": r"bao nhiêu|mấy",
    "time": r"bao lâu|bao giờ|(?:khi|lúc|hôm|ngày) nào",
    "who": r"ai",
    "what": r"gì|(?<!thế )nào",
    "where": r"đâu",
    "how": r"thế nào|ra sao|(?<!vì )(?<!tại )sao$",
}
_ASKS = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b(?! (?:đó|đấy|cũng|khác)\b))" for kind, words in _KINDS.items()))
_ENDS = re.compile(r"\s*(?:[?;:!]+(?=\s|$)|(?<!\d)[.](?=\s|$)|(?<=\d)[.](?=\s+[^\W\d_])|,(?=\s)|(?<!\d)\s[–—]\s(?!\d))\s*")
_JOINT = re.compile(r"[ ,]+(?:còn|và|nhưng|với)\s+(?=\S)", re.IGNORECASE)
_OPENS = re.compile(r"^(?:(?:thế|vậy|và|còn|rồi|nhưng|thì|nếu|riêng|chỉ)\s+)+", re.IGNORECASE)
_BESIDE = re.compile(r"^(?:(?:thế|vậy) )?còn\s", re.IGNORECASE)
_APART = re.compile(r"[?;.]\s")  # between two sentences
_PREFACE = re.compile(r"^(?:cho|xin|nhờ|em|mình|tôi|anh|chị)\b.*\b(?:hỏi|biết|giúp|xem)\b(?: \S+){0,3}$", re.IGNORECASE)
_COMPARES = re.compile(r"\b(?:hơn|khác nhau|giống nhau|chênh nhau|bằng nhau|so với)\b")
_LEANS = re.compile(  # without a subject of its own
    r"^(?:thuộc|về|ở|tại|do|vào|trong|từ|đến|gồm|có|là|được|bị|phải|ban hành|ra|theo|ai|sinh năm|quê|làm|ký|tổ chức|diễn ra|kéo dài"
    r"|để|số hiệu|chức danh|xem)\b"
)
_BEFORE_ASKING = re.compile(
    r"(?:[ ,]+(?:là|thì|phải|được|do|trong|bị|ở|tại|vào|có|những|các|của|cho|từ|đến|sớm|khi|lúc|như|thế|hồi|ngày|năm|tháng|việc|người"
    r"|mất|cần|cái|điểm|cấp|loại|hạn|bên|hình thức|chỗ|nơi|chừng|số|kiểu|mức))+$",
    re.IGNORECASE,
)
MIN_WORDS = 2  # of its own that each thing asked must have
MAX_PARTS = 3
MAX_LABEL = 12


def asked_apart(question: str) -> tuple[Side, ...] | None:
    """ "Ở xã, trưởng thôn do ai bầu, còn công an xã do ai cử?" → "Ở xã, trưởng thôn do ai bầu?", "Ở xã, công an xã do ai cử?"; None
    for a question that asks one thing."""
    text = question.strip(" ?.!…")
    if not _ASKS.search(canonical(text)):
        return None
    lead, parts = _parts(text)
    if not 2 <= len(parts) <= MAX_PARTS or not all(map(_tells_itself, parts)) or not _alike(parts):
        return None
    apart = bool(_APART.search(text)) or all(_BESIDE.match(part) for part in parts[1:])
    lead, parts = _shared(lead, [_OPENS.sub("", part) for part in parts])
    if not apart and len(set(map(_asked, parts))) > 1:
        return None  # "… do ai bầu, nhiệm kỳ mấy năm": two things of one subject, which the second lacks
    frame = frame_of(f"{lead} {parts[0]}")
    sides = [Side(_label(part), f"{lead}, {part}?" if lead else f"{part}?") for part in parts]
    return tuple(sides) if lead or not frame else (sides[0], *(_within(side, frame) for side in sides[1:]))


def _within(side: Side, frame: str) -> Side:
    """With the time and place that the first part names, where it names none."""
    return side if frame_of(side.question) else Side(side.label, f"{side.question.rstrip('?')} {frame}?")


def _parts(text: str) -> tuple[str, list[str]]:
    """What stands before the first part that asks, and the parts."""
    waiting: list[str] = []
    lead: str | None = None
    parts: list[str] = []
    for piece in (each for whole in _ENDS.split(text) for each in _joined(whole)):
        if _ASKS.search(canonical(piece)):
            if lead is None:
                lead, waiting = ", ".join(each for each in waiting if not _PREFACE.match(each)), []
            parts.append(", ".join([*waiting, piece]))
            waiting = []
        elif piece:
            waiting.append(piece)
    if len(parts) == 1 and waiting and _BESIDE.match(waiting[0]) and (other := replace_part(", ".join(waiting), parts[0], "")):
        parts.append(other.strip(" ?"))  # "… do ai ban hành? Còn ở tỉnh?"
    return lead or "", parts


def _joined(piece: str) -> list[str]:
    """Parted at "còn", "và" between two things asked."""
    for joint in _JOINT.finditer(piece):
        before, behind = piece[: joint.start()], piece[joint.start() :].strip(" ,")
        if _ASKS.search(canonical(before)) and _ASKS.search(canonical(behind)):
            return [before, *_joined(behind)]
    return [piece]


def _tells_itself(part: str) -> bool:
    said = _ASKS.sub(" ", canonical(part))
    return len(content_terms(said)) >= MIN_WORDS and not _COMPARES.search(said)


def _alike(parts: Sequence[str]) -> bool:
    """Whether all ask for things of one kind, or set one beside the other by "còn", none of them without a subject."""
    kinds = [{match.lastgroup for match in _ASKS.finditer(canonical(part))} for part in parts]
    same = bool(set.intersection(*kinds)) or all(_BESIDE.match(part) for part in parts[1:])
    return same and not any(_LEANS.match(canonical(_OPENS.sub("", part))) and not _BESIDE.match(part) for part in parts[1:])


def _asked(part: str) -> str:
    """What is asked for with its noun: "mấy ngày", "hình thức nào"; of a part that begins with the asking its kind alone."""
    lowered = canonical(part)
    match = next(_ASKS.finditer(lowered))
    kind, before, behind = match.lastgroup or "", lowered[: match.start()].split(), lowered[match.end() :].split()
    if kind not in ("number", "what") or len(before) < 2:
        return kind
    return " ".join([kind, *(behind[:1] if kind == "number" and behind else before[-1:])])


def _shared(lead: str, parts: Sequence[str]) -> tuple[str, list[str]]:
    """What of the first part stands before the word with which the others begin belongs to all."""
    lowered = canonical(parts[0])
    begins = canonical(parts[1]).split()[0]
    asks = _ASKS.search(lowered)
    until = len(lowered[: asks.end() if asks else 0].split())
    words = lowered.split()
    at = words.index(begins, 1) if begins in words[1:until] else 0
    if not at:
        return lead, list(parts)
    whole = parts[0].split()
    own = re.sub(r"[ ,]+(?:thì|mà|là)$", "", " ".join(whole[:at]))
    return f"{lead}, {own}" if lead else own, [" ".join(whole[at:]), *parts[1:]]


def _label(part: str) -> str:
    """What is asked about: what stands before the asking, else behind it."""
    match = _ASKS.search(canonical(part))
    assert match is not None
    before, behind = _BEFORE_ASKING.sub("", part[: match.start()].strip()), part[match.end() :].strip()
    told = before if len(before.split()) > 1 else behind or part
    told = " ".join(told.split()[:MAX_LABEL])
    return told[:1].upper() + told[1:]
