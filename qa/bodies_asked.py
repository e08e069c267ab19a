"""A body or the holder of a post whom the question names, and the best sentence's article does not: what another did is no answer."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.types import Article
from qa.evidence import Evidence
from qa.mentions import UPPER
from qa.types import Question

_HEADS = "giam doc|chu tich|bi thu|truong ban|hieu truong|bo truong|vien truong|chanh van phong|cuc truong|thu tuong"
_SPEAKER = re.compile(
    rf"^(?:(?:dong chi|ong|ba) )?(?P<post>(?:pho )?(?:{_HEADS})(?: \w+){{1,6}}?) (?:da |se |co )*"
    r"(?:tham luan|phat bieu|(?<!ha )noi|trinh bay|nhan manh|ket luan|de nghi|yeu cau)\b.*\b(?:gi|the nao|nao|ra sao)\b"
)
_BODY = re.compile(rf"\b(?:Sở|Bộ|Cục|Viện) (?!Đảng|Chính trị|Luật)[{UPPER}][^\W\d_]*(?: (?!và\b|có\b|là\b|do\b|ra\b|đã\b)[^\W\d_]+)?")
_JOINED = re.compile(r"\bkhoi (?:cac )?(?:co quan|ccq) (?:va|&) (?:doanh nghiep|dn)\b|\bkhoi (?:cac )?doanh nghiep\b")


def is_of_another_body(question: Question, best: Evidence) -> bool:
    """Whether the article names neither the body asked about nor the one whose words or figures are asked for."""
    text = question.standalone
    folded = _folded(text)
    speaker, joined, bodies = _SPEAKER.search(folded), _JOINED.search(folded), _BODY.findall(text)
    if speaker is None and joined is None and not bodies:
        return False
    known = _known(best.sentence.article)
    if speaker is not None and speaker["post"] not in known:
        return True
    if joined is not None and "doanh nghiep" not in known:
        return True
    if joined is not None and " va " in joined[0] and not re.search(r"\bco quan (?:va|&) (?:doanh nghiep|dn)\b", known):
        return True
    return any(_folded(body) not in known for body in bodies)


def _known(article: Article) -> str:
    metadata = article.metadata
    named = " ".join(part for part in (metadata.title, metadata.place, metadata.issuer, metadata.author) if part)
    return _folded_article(article.id, article.content_hash, f"{named} {article.text}")


@lru_cache(maxsize=8)
def _folded_article(article_id: str, content_hash: str, text: str) -> str:
    return " ".join(_folded(text).split())


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    return fold(canonical(text))
