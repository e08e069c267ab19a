"""Who signed an official document, and as what: read from the block below its text ("K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN … Tên")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.types import Article, BlockKind, Span
from qa.mentions import find_persons

_POST = re.compile(
    r"(?<!\w)(?<!K/T )(?<!KT\. )(?:PHÓ\s+)?(?:TRƯỞNG\s+BAN|TỔNG\s+BÍ\s+THƯ|BÍ\s+THƯ(?:\s+THƯỜNG\s+TRỰC)?|CHỦ\s+TỊCH|CHÁNH\s+VĂN\s+PHÒNG"
    r"|GIÁM\s+ĐỐC|CHỦ\s+NHIỆM|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|HIỆU\s+TRƯỞNG)(?!\w)"
)
_TAIL = 1500  # characters below the text in which a document is signed
_HEADS_A_BODY = re.compile(r"(?:Phó )?Trưởng ban$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """`name` as signed, `post` in running letters with the body it belongs to where the issuer tells; spans of both."""

    name: str
    name_span: Span
    post: str = ""
    post_span: Span | None = None


def find_signature(article: Article) -> Signature | None:
    """The last name that stands alone in the signing block of an official document, with the last post above it."""
    tail = [block for block in article.blocks if block.start > len(article.text) - _TAIL]
    blocks = [block for block in tail if block.kind is BlockKind.BYLINE]
    opened = next((block.start for block in tail if _opens(article.text[block.start : block.end], block.kind)), None)
    if opened is None:
        return None
    for block in reversed(blocks):
        line = article.text[block.start : block.end]
        persons = find_persons(line)
        if len(persons) == 1 and line.strip() == persons[0].text:
            start = block.start + persons[0].start
            posts = list(_POST.finditer(article.text, opened, start))
            name, name_span = persons[0].text, Span(start, start + len(persons[0].text))
            if not posts:
                return Signature(name, name_span)
            return Signature(name, name_span, _written_out(posts[-1][0], article.metadata.issuer or ""), Span(*posts[-1].span()))
    return None


def _opens(text: str, kind: BlockKind) -> bool:
    """A signing block begins with whom it is for, or with nothing but a post in capitals ("KT. BỘ TRƯỞNG / THỨ TRƯỞNG")."""
    if kind is BlockKind.BYLINE:
        return text.startswith(("Nơi nhận", "T/M", "TM.", "K/T", "KT."))
    return text.isupper() and (text.startswith(("T/M", "TM.", "K/T", "KT.")) or _POST.match(text) is not None)


def _written_out(capitals: str, issuer: str) -> str:
    """Like "PHÓ TRƯỞNG BAN" below a text of "Ban Tổ chức Thành ủy" → "Phó Trưởng Ban Tổ chức Thành ủy"."""
    words = {"BAN": "Ban", "BÍ": "Bí", "TRƯỞNG": "Trưởng", "VĂN": "Văn"}
    first, *others = capitals.split()
    post = " ".join([first.capitalize(), *(words.get(word, word.lower()) for word in others)])
    return f"{post} {issuer[4:]}" if _HEADS_A_BODY.search(post) and issuer.startswith("Ban ") else post
