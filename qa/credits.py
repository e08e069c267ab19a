"""Who wrote an article, signed a document or took its photographs: read from bylines, signatures and captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.text.canonical import canonical, fold
from index.text.references import own_numbers, reference_matches
from index.text.sentences import split_sentences
from index.text.tokens import terms
from index.types import Article, BlockKind, Hit, SearchEngine, Span
from qa.mentions import find_persons
from qa.periods import days_of
from qa.signatures import find_signatures
from qa.terms import content_terms
from qa.types import AnswerType, Passage, Question
from qa.wording import Line, Quote, dated, passage_at

_WHO = r"ai|(?:người|đồng chí|vị|lãnh đạo|phóng viên|tác giả|nhà báo|cán bộ|cây bút) nào"
_PHOTO = re.compile(
    rf"\b(?:{_WHO})\b.*\b(?:chụp|ghi hình)\b|\bảnh\b.*\b(?:{_WHO}|do ai|tác giả)\b"
    rf"|\btác giả\b.*\bảnh\b|\bngười chụp\b"
)
_AUTHOR = re.compile(
    rf"\btác giả\b|\b(?:{_WHO}) (?:đã |là người )*(?:viết(?! thay| hộ| giúp| đơn| tờ khai)|đưa tin|thực hiện bài)\b|\bngười viết\b"
    rf"|\b(?:bài|tin|bài viết|bài báo|bản tin)\b.*\b(?:do|của|theo) (?:{_WHO})\b"
)
_ARTICLE_NAMED = re.compile(
    r"\b(?:tác giả|bài|tin|bản tin|tin tức|báo cáo|phóng sự|phỏng vấn|bút ký|ghi chép|chuyên mục)\b|\bviết (?:về|rằng|trên báo)\b"
)
_KY = (  # the verb "ký", not "nhiệm kỳ", "định kỳ", "đăng ký", "ký hiệu", which are alike without diacritics
    r"(?<!nhiem )(?<!dinh )(?<!dang )(?<!bat )(?<!thoi )(?<!chu )(?<!hoc )(?<!thu )(?<!nhat )(?<!tung )(?<!cac )(?<!hai )"
    r"\bky\b(?! (?:hieu|hop|thi|ket|han|luat|nghi(?! quyet| dinh)|dai hoi))"
)
_HEAD = r"(?:(?:pho|quyen) )?(?:chu tich|bi thu|truong ban|bo truong|thu truong|thu tuong|giam doc|ban|chanh van phong|tong bi thu)"
_SIGNER = re.compile(
    rf"\b(?:{fold(_WHO)}) (?:da |la nguoi |duoc |vua |moi |thay mat .{{0,40}}|(?:truc tiep|chinh thuc|dat but) )*{_KY}"
    rf"|\bdo (?:{fold(_WHO)})(?: (?:truc tiep|dat but|dung ten))* {_KY}"
    rf"|\bnguoi ky\b|\bky boi\b|\bky ten\b|\bchu ky (?:cua|tren|duoi|trong)\b"
    rf"|\b(?:{_HEAD}) nao\b(?: \w+){{0,6}} {_KY}|{_KY}.* la (?:ai|nguoi nao|dong chi nao|vi nao)\b"
)  # folded: a restorer may read "ky" as "kỳ"
_TITLED = re.compile(
    r"\b(?P<kind>văn bản|nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|thông báo|thông tư|nghị định|công văn|luật)\b"
)
_CREDIT = re.compile(r"\b[ẢA]nh(?: minh họa)?\s*:\s*(?P<name>[^;\n]{2,40}?)\s*(?:\.\s|\.?$|;|\n|\))", re.MULTILINE)
_SIGNED = re.compile(r"\b[Nn]gười ký\b|\bký thay\b|\b[Dd]o (?:\w+ ){1,12}ký\b")
_SIGNING_WORDS = frozenset({"ky", "ten", "thay", "mat", "ban", "hanh", "nam", "thang", "ngay", "van", "pho", "truong"})
_OFFICE = re.compile(r"\bban biên tập\b|\bban tuyên giáo\b")
MAX_ARTICLES = 4
MIN_NAMED_SHARE = 0.6  # of the words that describe a document
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
    asked = _AUTHOR.search(text) and _ARTICLE_NAMED.search(text) and question.answer_type is not AnswerType.POST
    return _word(_authors(question, hits, engine), passages) if asked else None


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
        told = [when for when in (hit.metadata.event, hit.metadata.date) if when]  # written in August of what is done in September
        if narrow is None or not told or any(days_of(when).meets(narrow) for when in told):
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
        numbers = own_numbers(article.metadata.title)
        if not (any(reference_matches(p, n) for p in patterns for n in numbers) if patterns else _is_asked(question, article)):
            continue
        found = _named_as_signer(article)
        if found is not None:
            return [(*found, hit)]
        signatures = find_signatures(article)
        if signatures:
            posts = [each.post_span for each in signatures if each.post_span]
            return [("; ".join(each.name for each in signatures), article, (*posts, *(each.name_span for each in signatures)), hit)]
    return []


def _is_asked(question: Question, article: Article) -> bool:
    """Whether the article is the document that a question without a number describes: of its kind, and half of the rest stands in its
    title; "quyết định kết nạp" in "ai ký quyết định kết nạp đảng viên" is no document of the index."""
    kind = _TITLED.search(canonical(question.standalone))
    metadata = article.metadata
    named = canonical(f"{metadata.kind or ''} {metadata.title}")
    if kind is None or (kind["kind"] != "văn bản" and kind["kind"] not in named):
        return False
    known = {fold(term) for term in terms(f"{named} {metadata.issuer or ''} {metadata.date or ''}")}
    asked = [term for term in dict.fromkeys(map(fold, content_terms(question.standalone))) if term not in _SIGNING_WORDS]
    return sum(term in known for term in asked) >= MIN_NAMED_SHARE * len(asked)


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
