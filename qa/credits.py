"""Who wrote an article, signed a document or took its photographs: read from bylines, signatures and captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.text.canonical import canonical, fold
from index.text.references import find_references, reference_matches
from index.text.sentences import split_sentences
from index.text.tokens import terms
from index.types import Article, BlockKind, Hit, SearchEngine, Span
from qa.mentions import find_persons
from qa.periods import days_of
from qa.signatures import find_signature
from qa.terms import content_terms
from qa.types import Passage, Question
from qa.wording import Line, Quote, dated, passage_at

_WHO = r"ai|(?:người|đồng chí|phóng viên|tác giả|nhà báo|cán bộ|cây bút) nào"
_PHOTO = re.compile(
    rf"\b(?:{_WHO})\b.*\b(?:chụp|ghi hình)\b|\bảnh\b.*\b(?:{_WHO}|do ai|tác giả)\b"
    rf"|\btác giả\b.*\bảnh\b|\bngười chụp\b"
)
_AUTHOR = re.compile(
    rf"\btác giả\b|\b(?:{_WHO}) (?:đã |là người )*(?:viết(?! thay| hộ| giúp| đơn| tờ khai)|đưa tin|thực hiện bài)\b|\bngười viết\b"
    rf"|\b(?:bài|tin|bài viết|bài báo|bản tin)\b.*\b(?:do|của|theo) (?:{_WHO})\b"
)
_SIGNER = re.compile(
    fold(
        rf"\b(?:{_WHO}) (?:đã |là người |được |thay mặt .{{0,40}})*ký\b"
        rf"|\bdo (?:{_WHO}) ký\b|\bngười ký\b|\bký bởi\b|\bký tên\b"
    )
)  # folded: a restorer may read "ky" as "kỳ"
_TITLED = re.compile(r"\b(?:văn bản|nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|thông báo)\b")
_CREDIT = re.compile(r"\b[ẢA]nh(?: minh họa)?\s*:\s*(?P<name>[^;\n]{2,40}?)\s*(?:\.\s|\.?$|;|\n|\))", re.MULTILINE)
_SIGNED = re.compile(r"\b[Nn]gười ký\b|\bký thay\b|\b[Dd]o (?:\w+ ){1,12}ký\b")
_OFFICE = re.compile(r"\bban biên tập\b|\bban tuyên giáo\b")
MAX_ARTICLES = 4
LONGEST_MONTH_DAYS = 31


def answer_credit(question: Question, hits: Sequence[Hit], passages: Sequence[Passage], engine: SearchEngine) -> list[Line] | None:
    """The photographer, author or signer that is asked for, quoted from the article; [] where nothing tells who signed a numbered document,
    None for any other question."""
    text = canonical(question.standalone)
    if _PHOTO.search(text):
        return _word(_photographers(question, hits, engine), passages)
    if _SIGNER.search(fold(text)):
        signed = _word(_signers(question, hits, engine), passages) if question.query.references or _TITLED.search(text) else None
        return signed or ([] if question.query.references else None)
    return _word(_authors(question, hits, engine), passages) if _AUTHOR.search(text) else None


_Credit = tuple[str, Article, tuple[Span, ...], Hit]


def _word(credits_found: list[_Credit], passages: Sequence[Passage]) -> list[Line] | None:
    if not credits_found:
        return None
    names = "; ".join(dict.fromkeys(name for name, *_ in credits_found))
    lines: list[Line] = [[f"{names}."]]
    for _, article, spans, hit in credits_found:
        line: list[str | Quote] = [f"{article.metadata.title}, {dated(article)}: "]
        for span in spans:
            line += [*([" – "] if len(line) > 1 else []), Quote(passage_at(article, span, hit, passages), article, span)]
        lines.append(line)
    return lines


def _articles(question: Question, hits: Sequence[Hit], engine: SearchEngine) -> Iterator[tuple[Article, Hit]]:
    """The articles of the hits, best first; where a day or month is named, only those it may be about."""
    first, last = question.period or (None, None)
    narrow = (first, last) if first and last and (last - first).days <= LONGEST_MONTH_DAYS else None
    for hit in reversed({hit.article_id: hit for hit in reversed(hits)}.values()):
        when = hit.metadata.event or hit.metadata.date
        if narrow is None or when is None or days_of(when).meets(narrow):
            yield engine.article(hit.article_id), hit


def _photographers(question: Question, hits: Sequence[Hit], engine: SearchEngine) -> list[_Credit]:
    """The caption that, with the title above it, says most of what is asked, among the best articles that credit a photograph."""
    found: list[tuple[_Credit, list[str]]] = []
    for article, hit in list(_articles(question, hits, engine))[:MAX_ARTICLES]:
        title = terms(article.metadata.title)
        for block in article.blocks:
            match = _CREDIT.search(article.text, block.start, block.end)
            if match:
                credit = (match["name"].strip(), article, (Span(block.start, block.end),), hit)
                found.append((credit, [*terms(article.text[block.start : block.end]), *title]))
    asked = set(content_terms(fold(question.standalone)))
    best = max(range(len(found)), key=lambda i: (len(asked.intersection(map(fold, found[i][1]))), -i), default=None)
    return [] if best is None else [found[best][0]]


def _authors(question: Question, hits: Sequence[Hit], engine: SearchEngine) -> list[_Credit]:
    """Of the best article: persons its byline names, else the office it names."""
    for article, hit in list(_articles(question, hits, engine))[:MAX_ARTICLES]:
        byline = _byline(article)
        if byline is not None:
            text = article.text[byline.start : byline.end].strip()
            persons = [person.text for person in find_persons(text)]
            if persons or _OFFICE.search(canonical(text)):
                return [("; ".join(persons) or text, article, (byline,), hit)]
    return []


def _signers(question: Question, hits: Sequence[Hit], engine: SearchEngine) -> list[_Credit]:
    """Who signed the document asked about: named in a summary of it, or below the document itself."""
    patterns = question.query.references
    for article, hit in list(_articles(question, hits, engine))[: None if patterns else MAX_ARTICLES]:
        numbers = find_references(article.metadata.title)
        if patterns and not any(reference_matches(pattern, r.number) for pattern in patterns for r in numbers):
            continue
        found = _named_as_signer(article)
        if found is not None:
            return [(*found, hit)]
        signature = find_signature(article)
        if signature is not None:
            posts = (signature.post_span,) if signature.post_span else ()
            return [(signature.name, article, (*posts, signature.name_span), hit)]
    return []


def _named_as_signer(article: Article) -> tuple[str, Article, tuple[Span, ...]] | None:
    for match in _SIGNED.finditer(article.text):
        for span in split_sentences(article.text, *_paragraph(article, match.start())):
            if span.start <= match.start() < span.end and (persons := find_persons(article.text[span.start : span.end])):
                return persons[0].text, article, (span,)
    return None


def _paragraph(article: Article, place: int) -> Span:
    return next((Span(block.start, block.end) for block in article.blocks if block.start <= place < block.end), Span(place, place))


def _byline(article: Article) -> Span | None:
    found = [block for block in article.blocks if block.kind is BlockKind.BYLINE]
    return Span(found[-1].start, found[-1].end) if found else None
