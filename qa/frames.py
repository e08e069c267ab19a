"""What an official document says of itself outside its text: its name below "THÔNG TƯ", the body and the day in its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.reading.official import issued
from index.reading.paragraphs import TYPE_LINE
from index.text.canonical import canonical
from index.text.dates import find_dates
from index.text.references import find_references, own_numbers, reference_matches
from index.text.sentences import split_sentences
from index.text.signing import find_signers
from index.types import Article, BlockKind, Hit, SearchEngine, Span

_PASSED = re.compile(r"\bđược\b[^.;]*?\bthông qua (?:vào )?(?:hồi )?(?:ngày|hôm|tháng)\b")
_PLACE_AND_DAY = re.compile(r"[^\W\d_](?:[^\d,|\s]| (?! )){1,39},\s*ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}", re.IGNORECASE)


def own_documents(patterns: Sequence[str], hits: Sequence[Hit], engine: SearchEngine) -> list[tuple[Article, Hit]]:
    """The official documents among the hits whose own number is asked for, best first."""
    found = []
    for hit in reversed({hit.article_id: hit for hit in reversed(hits)}.values()):
        numbers = own_numbers(hit.metadata.title)
        if any(reference_matches(pattern, number) for pattern in patterns for number in numbers):
            article = engine.article(hit.article_id)
            if is_official(article):
                found.append((article, hit))
    return found


def is_official(article: Article) -> bool:
    """Whether the article is a document itself, with the line "NGHỊ ĐỊNH" or "HƯỚNG DẪN" above its name, and not about one."""
    first = next((block for block in article.blocks if block.kind is BlockKind.TITLE), None)
    return first is not None and TYPE_LINE.fullmatch(canonical(article.text[first.start : first.end]).strip()) is not None


def subject_of(article: Article) -> Span | None:
    """The lines below the kind of an official document, which say what it is about."""
    titles = [block for block in article.blocks if block.kind is BlockKind.TITLE and not block.repeated]
    return Span(titles[1].start, titles[-1].end) if is_official(article) and len(titles) > 1 else None


def day_of(article: Article) -> Span | None:
    """The place and day in the header: "Hà Nội, ngày 15 tháng 5 năm 2026"; None where they were left blank."""
    for block in _header(article):
        if issued(canonical(article.text[block.start : block.end])):
            match = _PLACE_AND_DAY.search(article.text, block.start, block.end)
            if match is not None:
                return Span(*match.span())
    return None


def number_of(article: Article) -> Span | None:
    """The document's own number in its header."""
    own = own_numbers(article.metadata.title)
    for block in _header(article):
        for reference in find_references(article.text[block.start : block.end]):
            if reference.number in own:
                return Span(block.start + reference.start, block.start + reference.end)
    return None


def passed_on(article: Article) -> tuple[Span, str] | None:
    """The sentence at the end that says when the document was passed, with the day."""
    for block in reversed([block for block in article.blocks if block.kind is BlockKind.BODY]):
        if not _PASSED.search(canonical(article.text[block.start : block.end])):
            continue
        for span in split_sentences(article.text, block.start, block.end):
            sentence = article.text[span.start : span.end]
            verb = _PASSED.search(canonical(sentence))
            days = [mention for mention in find_dates(sentence) if verb and mention.start >= verb.end() - 6 and mention.date.day]
            if days:
                return span, sentence[days[0].start : days[0].end]
    return None


def issuer_of(article: Article) -> Span | None:
    """Where the body that the metadata know is named: in the header, in the signing block ("T/M BAN BÍ THƯ"), or at the end of the
    preamble ("Ban Tổ chức Trung ương hướng dẫn …")."""
    pattern = r"\s+".join(map(re.escape, canonical(article.metadata.issuer or "").split()))
    if not pattern:
        return None
    text = canonical(article.text)
    title = next((block for block in article.blocks if block.kind is BlockKind.TITLE), None)
    signed = find_signers(article.text)[:1]
    places = [(0, title.start if title else 0), *((signer.opened, signer.start) for signer in signed)]
    found = next((match for place in places if (match := re.compile(pattern).search(text, *place))), None)
    found = found or re.compile(rf"(?P<name>{pattern})\s+(?:ban hành|hướng dẫn|quy định|thông báo|yêu cầu|kết luận)").search(text)
    return Span(found.start(), found.end("name") if "name" in found.re.groupindex else found.end()) if found else None


def parts_of(article: Article, part: str) -> list[Span]:
    """The headings "Điều 1. …", "Điều 2. …" (or "Chương I …") of an official document, as far as they are numbered through."""
    found: list[Span] = []
    heading = re.compile(rf"{part}\s+(?P<number>\d{{1,3}}|[ivx]{{1,6}})\b", re.IGNORECASE)
    for block in article.blocks:
        match = heading.match(article.text, block.start, block.end) if block.kind in (BlockKind.HEADING, BlockKind.BODY) else None
        if match and _value(match["number"]) == len(found) + 1:
            found.append(Span(block.start, block.end))
    return found


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [{"i": 1, "v": 5, "x": 10}[sign] for sign in number.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _header(article: Article) -> Iterator[Span]:
    yield from (Span(block.start, block.end) for block in article.blocks if block.kind is BlockKind.BOILERPLATE)
