"""What is known of a numbered document: what it is called, who issued it and when, each with the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.references import find_mentions, own_numbers, reference_matches
from index.text.sentences import split_sentences
from index.text.tokens import terms
from index.types import Article, BlockKind, Hit, SearchEngine, Span
from qa.frames import day_of, is_official, issuer_of, number_of, own_documents, parts_of, passed_on, subject_of
from qa.mentions import Mention, find_bodies
from qa.terms import content_terms
from qa.told_as import asks_of_life
from qa.types import Passage, Question
from qa.wording import Line, Quote, capitalised, dated, passage_at

_KIND_WORDS = (
    r"nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|kế hoạch|thông báo|thông tư|nghị định|chương trình"
    r"|văn bản|đề án|quy chế|luật|công văn|báo cáo|tờ trình"
)
_KIND_NAMED = re.compile(rf"\b(?:{fold(_KIND_WORDS)})\b")
_ISSUED = r"(?:ban hành|ra đời|ra|ký|phát hành|công bố)"
_ASKS_ISSUER = re.compile(
    r"\b(?:ai|(?:cơ quan|đơn vị|tổ chức|cấp|nơi|bên) nào|đâu)(?: (?:đã|là|nơi|người))* (?:ban hành|ra|phát hành|soạn)\b"
    r"|\b(?:do|của) (?:ai|(?:cơ quan|đơn vị|tổ chức|cấp|nơi|tỉnh|bên) nào|đâu)\b(?!.*\bký\b)"
    r"(?=(?: (?:đã|vừa|mới|cùng|là người))*(?: (?:ban hành|ra|phát hành|soạn|công bố|đưa ra|xây dựng|viết|thông qua|gửi)\b|[,;.]|$"
    r"| (?:và|vậy|thế|ạ|nhỉ|trong|năm|vào|lúc)\b))|\b(?:cơ quan|nơi|đơn vị) ban hành\b"
)
_ASKS_DAY = re.compile(
    rf"\b{_ISSUED}\b.*\b(?:ngày|khi|lúc|hôm|năm|tháng|bao giờ|thời gian|thời điểm)\b"
    rf"|\b(?:khi nào|bao giờ|ngày nào|năm nào|tháng nào|ngày tháng|ngày)\b.*\b{_ISSUED}\b"
)
_ASKS_NAME = re.compile(r"\btên (?:gọi|đầy đủ|là|của|văn bản)\b|\btrích yếu\b|\btên gì\b|\bgọi là gì\b|\btiêu đề\b|\bcó tên\b|\bmang tên\b")
_ASKS_ALL = re.compile(
    r"\blà (?:văn bản|cái|nghị quyết|quy định|chỉ thị|hướng dẫn|tài liệu)? ?(?:gì|nào)$|\bthông tin\b|^(?:tìm|tra cứu|tra|xem|cho xem)\b"
)
_ASKS_PASSED = re.compile(
    r"\bthông qua\b.*\b(?:ngày|khi|lúc|hôm|năm|tháng|bao giờ|thời gian|thời điểm)\b"
    r"|\b(?:khi nào|bao giờ|ngày nào|năm nào|tháng nào)\b.*\bthông qua\b"
)
_ASKS_ABOUT = re.compile(r"\b(?:gi|nao|the nao|ra sao)\b")
_PROVISION = re.compile(r"^(?:noi dung (?:cua )?)?(?:dieu|khoan|chuong|muc|phu luc) (?:so |thu )?\d")
_ABOUT_WORDS = re.compile(
    r"\b(?:noi dung|noi|quy dinh|huong dan|chu de|van de|viec|de cap|ban hanh|ban|lien quan|den|toi|dieu chinh|nham|de|chinh|chu yeu"
    r"|tom tat|yeu cau|chi dao|cu the|nhung|cac|co|vay|the|trong|nay|duoc|nhu|ra|muc dich|pham vi|linh vuc|tieu de|kem theo|chuyen|dieu)\b"
)
_WITHIN = re.compile(r"(?:theo|trong|tại|ở|căn cứ|dựa)\b")  # the document says something else that is asked
_ISSUED_BY = re.compile(r"\bcua (?:[a-z.]+ ){1,8}?(?=(?:noi|quy dinh|huong dan|ve|co|yeu cau|de cap|ban hanh|la|nham|dieu chinh)\b|$)")
_FILLER = re.compile(
    fold(
        rf"\b(?:{_KIND_WORDS}|số|ký hiệu|của|thì|là|gì|cho|tôi|biết|hỏi|xin|về|tìm|tra|cứu|xem|thông|tin|văn|bản|sao|ạ|nhé|hãy|nêu|nào|cái"
        r"|nq|ct|qđ|hd|kl|kh|tb|tw|tu)\b"
    )
)
_OF_ISSUER = re.compile(r"\bcua (?!.*\b(?:noi|quy dinh|co|ban hanh|duoc|nao|gi|ve)\b)(?:[a-z]+ ){0,7}[a-z]+$")
_NUMBERED = re.compile(r"\S*\d\S*(?:\s*[-/]\s*[a-z]+)*|\S+/\S+")
_LABEL_ISSUER = re.compile(r"^(?:[-•+*]\s*|\w{1,2}[.)]\s*)?(?:cơ quan|nơi|đơn vị) (?:ban hành|ra)[^:]{0,30}(?::| là)\s*")
_LABEL_SUBJECT = re.compile(r"^(?:[-–•+*]\s*|\(?\w{1,2}[.)]\s*)?(?:nội dung|trích yếu|tên gọi|tên đầy đủ|về việc|chủ đề)(?: chính)?\s*:")
_MAY_BE_LABELLED = re.compile(
    r"\b(?:cơ quan|nơi|đơn vị) (?:ban hành|ra)\b|\b(?:nội dung|trích yếu|tên gọi|tên đầy đủ|về việc|chủ đề)(?: chính)?\s*:"
)
_SAYS_ISSUER = re.compile(r"\bcơ quan (?:ra|ban hành)\b[^.;]{0,40}?\blà\b")
_SUBJECT_AFTER = re.compile(r"^[^.;“\"]{0,60}?(?:[“\"]|\b(?:về|nói về|quy định về|mang tên|có tên|quy định)\b)")
_OWN = 5  # rank of what a document says of itself
_NEAR = 70  # characters between a number and who issued it or when
MAX_QUOTED = 2
MAX_OF_AN_ARTICLE = 8
_EVIDENCE = frozenset({BlockKind.BODY, BlockKind.ANSWER, BlockKind.HEADING, BlockKind.TITLE})


_ASKS_NUMBER = re.compile(
    r"\bso (?:hieu|ky hieu|van ban)\b|\b(?:mang |co |la )?so (?:bao nhieu|may|nao|gi)\b|\bky hieu (?:gi|nao|la gi|the nao|cua)\b"
)
_ASKS_PARTS = re.compile(r"\b(?:bao nhieu|may) (?P<part>dieu|chuong)\b(?! (?:kien|le|uoc))")
_NUMBER_WORDS = frozenset({"so", "hieu", "ky", "mang", "bao", "nhieu", "may", "ten", "day", "du", "thu", "van", "ban", "ve", "viec"})
MIN_NAMED = 0.8  # of the words that name a document


class Asked(StrEnum):
    """What is asked about the document."""

    ISSUER = "issuer"
    DAY = "day"
    BOTH = "both"
    PASSED = "passed"
    NAME = "name"
    SUBJECT = "subject"
    PARTS = "parts"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that speaks of the document: `number` is where its number stands in the text, None on a labelled line about it."""

    article: Article
    hit: Hit
    span: Span
    number: Span | None

    @property
    def text(self) -> str:
        """With a space for each line break, so that offsets stay."""
        return self.article.text[self.span.start : self.span.end].replace("\n", " ")

    @property
    def leads(self) -> bool:
        """Whether no other document is named before it in the sentence, which is then about it."""
        return self.number is not None and not any(self.span.start <= r.start < self.number.start for r in self.article.references)

    @property
    def title(self) -> bool:
        return any(b.kind is BlockKind.TITLE and b.start <= self.span.start < b.end for b in self.article.blocks)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and the sentence that gives it; facts of a higher rank are surer."""

    value: str
    place: Place
    rank: int


def asked_about(question: Question) -> Asked | None:
    """What is asked about a numbered document; None where none is named or something else is asked."""
    if not question.query.references or asks_of_life(question.standalone):
        return None
    text = canonical(question.standalone).strip(" ?.!…")
    if _ASKS_PARTS.search(fold(text)):
        return Asked.PARTS
    issuer, day = bool(_ASKS_ISSUER.search(text)), bool(_ASKS_DAY.search(text))
    if issuer or day:
        return Asked.BOTH if issuer and day else Asked.ISSUER if issuer else Asked.DAY
    if _ASKS_PASSED.search(text):
        return Asked.PASSED
    if _ASKS_NAME.search(text):
        return Asked.NAME
    if asks_only_subject(question):
        return Asked.SUBJECT
    head = re.split(r"\d", fold(text), maxsplit=1)[0]
    if _WITHIN.match(text) or re.search(r"[a-z]{2,}", _FILLER.sub(" ", head)):
        return None
    rest = _FILLER.sub(" ", _NUMBERED.sub(" ", _OF_ISSUER.sub(" ", fold(text))))
    return Asked.ALL if _ASKS_ALL.search(text) or not re.search(r"[a-z]{2,}", rest) else None


def asks_only_subject(question: Question) -> bool:
    """Whether nothing is asked but what the document is about: "thông tư 40/2026/TT-BTC của Bộ Tài chính quy định về việc gì"."""
    folded = fold(question.standalone).strip(" ?.!…")
    head, *behind = re.split(r"\d", folded, maxsplit=1)
    if _PROVISION.search(folded):
        return False  # "Điều 11 Quy định 96 quy định gì" asks what that one says
    if not (question.query.references and behind and _ASKS_ABOUT.search(behind[0])) or re.search(r"\bla gi$", folded):
        return False
    if _ASKS_ABOUT.search(head):
        return False  # "hướng dẫn nào thực hiện Quy định 96" asks for another document
    rest = _ABOUT_WORDS.sub(" ", _FILLER.sub(" ", _ISSUED_BY.sub(" ", _NUMBERED.sub(" ", f"{folded} "))))
    return not re.search(r"[a-z]{2,}", _ASKS_ABOUT.sub(" ", rest))


def answer_document(question: Question, hits: Sequence[Hit], passages: Sequence[Passage], engine: SearchEngine) -> list[Line] | None:
    """What is asked of the document, the sentences quoted; [] where none says it, None for any other question."""
    asked = asked_about(question)
    if asked is None:
        return _numbered(question, hits, passages, engine)
    own = own_documents(question.query.references, hits, engine)
    places = list(_places(question.query.references, hits, engine))
    match asked:
        case Asked.ISSUER:
            return _word(_best(_issuers(places, own)), passages)
        case Asked.DAY:
            return _word(_best(_days(places, own)), passages)
        case Asked.BOTH:
            return _word([*_best(_issuers(places, own))[:1], *_best(_days(places, own))[:1]], passages)
        case Asked.PASSED:
            return _word(_best(_passed(own)), passages) or None
        case Asked.NAME:
            return _quoted([fact.place for fact in _best(_subjects(places, own))], passages) or None
        case Asked.PARTS:
            return _parts(question, own, passages)
        case Asked.SUBJECT:
            return _quoted([fact.place for fact in _named(own)], passages) or None
        case _:
            return _word_all(places, own, passages)


def _parts(question: Question, own: Sequence[tuple[Article, Hit]], passages: Sequence[Passage]) -> list[Line] | None:
    """How many articles or chapters the document has, its last heading quoted; None where it is not in the index itself."""
    asked = _ASKS_PARTS.search(fold(question.standalone))
    part = "Chương" if asked and asked["part"] == "chuong" else "Điều"
    for article, hit in own:
        headings = parts_of(article, part)
        if headings:
            return [[f"{len(headings)} {part.lower()}."], *_quoted([Place(article, hit, headings[-1], None)], passages)]
    return None


def _numbered(question: Question, hits: Sequence[Hit], passages: Sequence[Passage], engine: SearchEngine) -> list[Line] | None:
    """The number of the official document that a question without one names: "số hiệu của hướng dẫn về huy hiệu Đảng là gì"."""
    folded = fold(question.standalone)
    kind = _KIND_NAMED.search(folded)
    if question.query.references or kind is None or not _ASKS_NUMBER.search(folded):
        return None
    asked = [term for term in dict.fromkeys(map(fold, content_terms(question.standalone))) if term not in _NUMBER_WORDS]
    found: list[tuple[float, int, Article, Hit]] = []
    for hit in {hit.article_id: hit for hit in reversed(hits)}.values():
        article, metadata = engine.article(hit.article_id), hit.metadata
        title = terms(f"{metadata.title} {metadata.kind or ''} {metadata.issuer or ''} {metadata.date or ''}")
        share = len(set(map(fold, title)).intersection(asked)) / (len(asked) or 1)
        if kind[0] in fold(metadata.title) and share >= MIN_NAMED and is_official(article) and number_of(article):
            found.append((share, -len(title), article, hit))
    if not found:
        return None
    _, _, article, hit = max(found, key=lambda row: row[:2])
    places = [Place(article, hit, span, None) for span in (number_of(article), subject_of(article)) if span is not None]
    return [[f"{own_numbers(article.metadata.title)[0]}."], *_in_one_line(places, passages)]


def _places(patterns: Sequence[str], hits: Sequence[Hit], engine: SearchEngine) -> Iterator[Place]:
    """The sentences of the hits' articles that name the document, and the labelled lines of an article about it."""
    for hit in reversed({hit.article_id: hit for hit in reversed(hits)}.values()):
        article = engine.article(hit.article_id)
        numbers = _numbers(patterns, article)[:MAX_OF_AN_ARTICLE]
        about = any(reference_matches(pattern, number) for pattern in patterns for number in own_numbers(article.metadata.title))
        for block in article.blocks:
            within = [n for n in numbers if block.start <= n.start < block.end]
            if block.kind not in _EVIDENCE or block.repeated or not (within or about):
                continue
            if not within and not _MAY_BE_LABELLED.search(canonical(article.text[block.start : block.end])):
                continue  # long documents have thousands of sentences
            for span in split_sentences(article.text, block.start, block.end):
                number = next((n for n in within if span.start <= n.start < span.end), None)
                if number is not None or (about and _labelled(article.text[span.start : span.end])):
                    yield Place(article, hit, span, number)


def _labelled(text: str) -> bool:
    lowered = canonical(text)
    return bool(_LABEL_ISSUER.match(lowered) or _LABEL_SUBJECT.match(lowered) or _SAYS_ISSUER.search(lowered))


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    return fold(text)


def _numbers(patterns: Sequence[str], article: Article) -> list[Span]:
    """Where the document's number stands, also without its issuer ("Chỉ thị số 05") where none was typed."""
    found = [Span(r.start, r.end) for r in article.references if any(reference_matches(pattern, r.number) for pattern in patterns)]
    found += [Span(*place) for pattern in patterns for place in find_mentions(pattern, _folded(article.text))]
    return sorted(found)


def _issuers(places: Sequence[Place], own: Sequence[tuple[Article, Hit]]) -> Iterator[Fact]:
    for article, hit in own:
        header = issuer_of(article)
        if header is not None and article.metadata.issuer:
            yield Fact(article.metadata.issuer, Place(article, hit, header, None), _OWN)
    for place in places:
        lowered = canonical(place.text)
        label = _LABEL_ISSUER.match(lowered) or _SAYS_ISSUER.search(lowered)
        bodies = find_bodies(place.text)
        if label is not None:
            named = [body.text for body in bodies if body.start >= label.end()]
            if named:
                yield Fact(named[0], place, 3)
        elif place.number is not None:
            start, end = place.number.start - place.span.start, place.number.end - place.span.start
            for body in bodies:
                between = lowered[end : body.start] if body.start >= end else lowered[body.end : start]
                if len(between) <= _NEAR and ";" not in between and _joins(place, between, body, end):
                    yield Fact(body.text, place, 2 - (len(body.text.split()) < 3))
                    break


def _joins(place: Place, between: str, body: Mention, end: int) -> bool:
    """Whether "NUMBER … của BODY", "NUMBER do BODY ban hành", "NUMBER …: BODY ra ngày" or "BODY ra NUMBER" is said."""
    if body.start < end:
        return bool(re.search(rf"^\s*(?:vừa |đã )?{_ISSUED}\b", between)) and not re.search(r"\bthay\b", between)
    if re.search(r"\b(?:của|do|là văn bản của)\s*$", between):
        return not re.search(r"\b(?:về|thay|căn cứ|thực hiện|theo)\b|\d-[a-zđ]{2,}/", between)
    return place.leads and between.rstrip().endswith(":") and bool(re.match(rf"\s*{_ISSUED}\b", canonical(place.text[body.end :])))


def _days(places: Sequence[Place], own: Sequence[tuple[Article, Hit]]) -> Iterator[Fact]:
    for article, hit in own:
        header = day_of(article)
        if header is not None:
            mention = find_dates(article.text[header.start : header.end])[0]
            yield Fact(article.text[header.start + mention.start : header.start + mention.end], Place(article, hit, header, None), _OWN)
    yield from _passed(own)
    for place in places:
        if place.number is None:
            continue
        start, end = place.number.start - place.span.start, place.number.end - place.span.start
        for mention in find_dates(place.text):
            between = canonical(place.text[end : mention.start] if mention.start >= end else place.text[mention.end : start])
            told = place.leads and re.search(rf":[^:;]*\b{_ISSUED}\s+(?:ngày\s+)?$", between)  # "NUMBER về …: BODY ra ngày D"
            if not mention.date.day or len(between) > 2 * _NEAR or (_another(between) and not told):
                continue
            shown = place.text[mention.start : mention.end]
            beside = mention.start >= end and re.fullmatch(r"[\s,(]*(?:ngày\s+)?", between)
            issued = re.search(rf"\b{_ISSUED}\b", between) and not re.search(r"\b(?:thay|hội nghị|kiểm điểm|họp)\b", between)
            issued_after = mention.start < end and re.match(rf"\s*(?:\w+ ){{0,3}}{_ISSUED}\b", canonical(place.text[end:]))
            if beside or ((issued or issued_after) and place.leads):
                yield Fact(shown, place, 2 if place.title else 3)


def _passed(own: Sequence[tuple[Article, Hit]]) -> Iterator[Fact]:
    """The day on which an assembly passed the document, which may not be the day on which it holds."""
    for article, hit in own:
        passed = passed_on(article)
        if passed is not None:
            yield Fact(passed[1], Place(article, hit, passed[0], None), _OWN - 1)


def _named(own: Sequence[tuple[Article, Hit]]) -> Iterator[Fact]:
    for article, hit in own[:1]:
        subject = subject_of(article)
        if subject is not None:
            yield Fact(article.text[subject.start : subject.end], Place(article, hit, subject, None), _OWN)


def _another(between: str) -> bool:
    """Another document or clause stands between a number and a date."""
    return ";" in between or bool(re.search(r"\d-[a-zđ]{2,}/", between)) or ". " in between


def _subjects(places: Sequence[Place], own: Sequence[tuple[Article, Hit]]) -> Iterator[Fact]:
    yield from _named(own)
    for place in places:
        if _LABEL_SUBJECT.match(canonical(place.text)):
            yield Fact(place.text, place, 3)
        elif place.number is not None:
            match = _SUBJECT_AFTER.match(canonical(place.article.text[place.number.end : place.span.end]))
            if match is not None:
                yield Fact(place.text, place, 2 if match[0][-1] in '"“' else 1)


def _best(facts: Iterator[Fact]) -> list[Fact]:
    """The surest facts, one an article; those that say something else with equal right stay beside each other."""
    ranked = sorted(facts, key=lambda fact: -fact.rank)
    chosen = (
        list({fact.place.article.id: fact for fact in reversed([f for f in ranked if f.rank == ranked[0].rank])}.values()) if ranked else []
    )
    return chosen[::-1][:MAX_QUOTED]


def _word(facts: Sequence[Fact], passages: Sequence[Passage]) -> list[Line]:
    if not facts:
        return []
    values = list({_key(fact.value): fact.value for fact in reversed(facts)}.values())[::-1]
    return [[f"{'; '.join(' '.join(value.split()) for value in values)}."], *_quoted([fact.place for fact in facts], passages)]


def _key(value: str) -> str:
    """One day or one body, however written."""
    dates = find_dates(value)
    return str(dates[0].date) if dates else " ".join(fold(value).split())


def _word_all(places: Sequence[Place], own: Sequence[tuple[Article, Hit]], passages: Sequence[Passage]) -> list[Line] | None:
    """What it is called, who issued it and when: each fact's best sentence, a sentence that gives two of them once."""
    issuers, days = _best(_issuers(places, own))[:1], _best(_days(places, own))[:1]
    subjects = _best(_subjects(places, own))[:1]
    if not (subjects or issuers):
        return None
    known = [number for article, _ in own for number in own_numbers(article.metadata.title)]
    number = next(iter(known), None) or next((_number_of(place) for place in places if place.number is not None), "")
    told = [" ".join(fact.value.split()) for fact in issuers] + [f"ngày {fact.value}" for fact in days]
    quoted = list({(f.place.article.id, f.place.span): f.place for f in (*subjects, *issuers, *days)}.values())
    lead: list[Line] = [[f"{number}: {', '.join(told)}."]] if told else []
    frame = [place for place in quoted if own and place.article.id == own[0][0].id and place.number is None]
    others = [place for place in quoted if place not in frame]
    return [*lead, *_in_one_line(frame, passages), *_quoted(others, passages, len(others))]


def _in_one_line(places: Sequence[Place], passages: Sequence[Passage]) -> list[Line]:
    """Short stretches of one document behind each other: its name – its header."""
    line: list[str | Quote] = []
    for place in places:
        line.append(" – " if line else f"{capitalised(dated(place.article))}: ")
        line.append(Quote(passage_at(place.article, place.span, place.hit, passages), place.article, place.span))
    return [line] if line else []


def _number_of(place: Place) -> str:
    assert place.number is not None
    inside = [r.number for r in place.article.references if r.start == place.number.start]
    return inside[0] if inside else " ".join(place.article.text[place.number.start : place.number.end].split())


def _quoted(places: Sequence[Place], passages: Sequence[Passage], limit: int = MAX_QUOTED) -> list[Line]:
    return [
        [f"{capitalised(dated(p.article))}: ", Quote(passage_at(p.article, p.span, p.hit, passages), p.article, p.span)]
        for p in places[:limit]
    ]
