"""Who signed an official document, and as what: read from the block below its text ("K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN … Tên")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.text.signing import POSTS, find_signers
from index.types import Article, Span

_POST = re.compile(rf"(?<!\w)(?<!K/T )(?<!KT\. )(?<!KT\.)(?<!TL\. )(?<!TUQ\. )(?:{POSTS})(?!\w)")
_BODY_OF = {  # the post → the body that its holder heads, as the issuer's name begins
    re.compile(r"(?:Phó )?Trưởng Ban$"): r"Ban (?P<rest>.+)",
    re.compile(r"(?:Bộ|Thứ) trưởng$"): r"(?P<rest>Bộ .+)",
    re.compile(r"(?:Phó )?Chủ tịch$"): r"(?P<rest>(?:[ỦU][ỷy] ban nhân dân|UBND|Hội đồng nhân dân|HĐND) .+)|.*\b(?P<council>Quốc hội)",
    re.compile(r"(?:Phó )?Bí thư$"): r"(?P<rest>(?:Tỉnh|Thành|Huyện|Quận|Đảng) [ủu][ỷy] .+)",
    re.compile(r"(?:Phó )?Giám đốc$"): r"(?P<rest>Sở .+)",
    re.compile(r"(?:Phó )?Chánh Văn phòng$"): r"Văn phòng (?P<rest>.+)",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """`name` as signed, `post` in running letters with the body it belongs to where the issuer tells; spans of both."""

    name: str
    name_span: Span
    post: str = ""
    post_span: Span | None = None


def find_signature(article: Article) -> Signature | None:
    """The name in the signing block of an official document, with the last post above it; of several signers the first."""
    return next(iter(find_signatures(article)), None)


def find_signatures(article: Article) -> tuple[Signature, ...]:
    """Everyone who signed the document: as a rule one; those of a joint circular, whose names stand in one line, without their posts."""
    return _signatures(article.text, article.metadata.issuer or "")


@lru_cache(maxsize=64)
def _signatures(text: str, issuer: str) -> tuple[Signature, ...]:
    signers = find_signers(text)
    if len(signers) != 1:
        return tuple(Signature(signer.name, Span(signer.start, signer.end)) for signer in signers)
    name, start, end, opened = signers[0]
    posts = list(_POST.finditer(text, opened, start))
    if not posts:
        return (Signature(name, Span(start, end)),)
    return (Signature(name, Span(start, end), _written_out(posts[-1][0], issuer), Span(*posts[-1].span())),)


def _written_out(capitals: str, issuer: str) -> str:
    """Like "PHÓ TRƯỞNG BAN" below a text of "Ban Tổ chức Thành ủy" → "Phó Trưởng Ban Tổ chức Thành ủy"."""
    words = {"BAN": "Ban", "BÍ": "Bí", "TRƯỞNG": "Trưởng" if "BAN" in capitals else "trưởng", "VĂN": "Văn", "THỦ": "Thủ", "TỔNG": "Tổng"}
    first, *others = capitals.split()
    deputy = [word.capitalize() for word in others[:1]] if first == "PHÓ" else []
    post = " ".join([first.capitalize(), *deputy, *(words.get(word, word.lower()) for word in others[len(deputy) :])])
    for head, body in _BODY_OF.items():
        if head.search(post) and (match := re.fullmatch(body, issuer)):
            return f"{post} {next(filter(None, match.groupdict().values()))}"
    return post
