"""The case that a question leaves out: "Không phải do ốm thì còn trường hợp nào được nghỉ" asks for the others, who are not ill."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.text.canonical import fold
from index.text.references import find_loose_references
from index.text.tokens import terms

_LEFT_OUT = re.compile(
    r"^(?:(?:neu |the )?khong phai (?:do|vi|la|tai|thuoc dien) |(?:ngoai|tru|ngoai tru) (?:ly do|truong hop|dien|doi tuong|viec|chuyen) )"
    r"(?P<out>[^,;:?]{2,60}?)(?: ra)?(?:,| thi|, thi)? con (?=.*\b(?:nao|gi|ai|sao)\b)"
)  # folded
_PROPERLY = re.compile(
    r"[, ]+(?:(?<!\bra )sao )?cho (?:dung|chuan|hop le|khop)"
    r"(?: (?:voi |theo )?(?:mau|quy dinh|huong dan|yeu cau|chuan|the thuc|quy cach|quy che|luat|dieu le|nguyen tac|phep))*"
    r"(?: cua [^,;?]{2,60})?(?=\s*[?.!…]*\s*$)"
)  # folded
_OTHERS = re.compile(r"\b(?:không (?:phải|vì|do|thuộc)|ngoài|trừ|khác)\b")

_SET_APART = re.compile(r"\b(?:không phải|khong phai|chứ không|chu khong|đừng nhầm với|khác với)(?: là)? (?P<other>[^,;:?]{2,40})")


def without_left_out(question: str, folded: str) -> str:
    """The question without that case; as it is where it leaves out none, or one with a name, which a list of all may say."""
    match = _LEFT_OUT.match(folded)
    if match is None or any(word[:1].isupper() for word in question[match.start("out") : match.end("out")].split()):
        return question
    return f"{question[: match.start('out')]}{question[match.end('out') :]}"


def without_properly(question: str, folded: str) -> str:
    """The question without its wish to do it right, which no rule words: "Đặt tên tệp thế nào cho đúng mẫu của thư viện?"."""
    match = _PROPERLY.search(folded)
    return question if match is None else f"{question[: match.start()]}{question[match.end() :]}"


def references_meant(standalone: str, references: Sequence[str]) -> tuple[str, ...]:
    """The document numbers of the question without those it sets apart: "văn bản 02-QĐ/TU, không phải 02-NQ/ĐUK"; all of them where
    no other is left."""
    apart = {number for match in _SET_APART.finditer(standalone) for number in find_loose_references(match["other"])}
    return tuple(each for each in references if each not in apart) or tuple(references)


def of_others(folded: str) -> Callable[[str], bool] | None:
    """A sentence (canonical) that is not about the very case left out; None where the question leaves out none."""
    match = _LEFT_OUT.match(folded)
    if match is None:
        return None
    out = set(match["out"].split())
    return lambda text: not out <= set(terms(fold(text))) or bool(_OTHERS.search(text))
