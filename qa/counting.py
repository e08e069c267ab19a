"""How many articles the catalogue holds on something: counted over all of it, by topic, document number, issuer, kind and period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Protocol, runtime_checkable

from index.text.canonical import canonical, fold
from index.text.references import reference_matches
from index.text.sentences import split_sentences
from index.types import Article, BlockKind, Facets, Filters, ListedArticle, SearchEngine, Span
from qa.signatures import find_signature
from qa.terms import content_terms
from qa.types import AnswerType, Passage, Question
from qa.wording import Line, Mark, date_words, hit_at

MAX_NAMED = 5
MAX_ISSUERS_NAMED = 4
_DOES_TO = re.compile(r"\b(?:bo|bai bo|huy(?: bo)?|thay the|thay|sua(?: doi)?|dinh chinh|kem theo)\b(?: \w+){0,2} (?:bao nhieu|may)\b")
_NOUN = "bài viết|bài báo|tin bài|bản tin|bài đăng|bài|tin tức|tin|văn bản|tài liệu"
_COUNT_FOR_ME = r"đếm(?: (?:giúp|hộ|giùm|cho|tôi|mình|em|xem|thử))*(?: số)?"
_HOW_MANY = re.compile(rf"\b(?:bao nhiêu|mấy|số lượng|tổng số|{_COUNT_FOR_ME})(?: lượng)? (?P<noun>[^\W\d_]+(?: [^\W\d_]+){{0,3}})")
_WHICH = re.compile(
    r"\b(?:những|các|liệt kê|danh sách|kể tên)(?: (?:những|các|tất cả))* (?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3}) (?P<rest>.*)$"
)
_SIGNS_WHICH = re.compile(
    r"^(?P<who>.+?) (?:đã |có |từng )?(?P<verb>ký|ban hành|viết) (?P<what>(?:những|các) [^\W\d_].*?) (?:nào|gì)(?P<when>.*)$"
)
_ASKING = re.compile(r"\b(?:nào|gì)\b")
# What is counted behind what it speaks of: "chợ phiên được nhắc đến trong mấy bài", "về chợ phiên thì có bao nhiêu bài".
_TOPIC_FIRST = re.compile(
    rf"^(?P<topic>.+?) (?:(?:được |có )?(?:nhắc|nêu|đề cập|nói|xuất hiện|có mặt)(?: tên)?(?: đến| tới)?"
    rf"|(?P<interview>(?:được|trả lời) phỏng vấn)) (?:trong|ở|tại) (?P<many>(?:tất cả )?(?:bao nhiêu|mấy) (?:{_NOUN}))\b(?P<rest>.*)$"
)
_ABOUT_FIRST = re.compile(
    rf"^(?:nói |viết )?về (?P<topic>.+?),?(?: thì)? (?:kho |thư mục )?có (?P<many>(?:tất cả )?(?:bao nhiêu|mấy) (?:{_NOUN}))(?P<rest>)$"
)
_POST_HEADS = "(?:phó |tổng )?(?:bí thư|chủ tịch|trưởng ban|giám đốc|bộ trưởng|thủ tướng|viện trưởng)"  # "bài phỏng vấn Bí thư A"
_REST = (
    r"(?: được)?(?:$| (?:(?:có )?(?:viết |nói |bàn |đề cập |liên quan )?(?:về|đến|tới)|nói|nhắc|đề cập|liên quan|do|của|trong|năm|tháng"
    r"|từ|thuộc|ban hành|đăng|được|phát hành|có tên|có nhắc|ra|tất cả|ghi|có|mang|với|với đồng chí|đồng chí|ông|bà"
    rf"|tác giả|ký bởi|viết bởi|{_POST_HEADS})\b)"
)
# What may stand before the name of a kind: "bài là kế hoạch", "bài thuộc thể loại \"Hỏi đáp nghiệp vụ\"", "tin được xếp vào mục thông báo".
_OF_KIND = (
    rf"(?:(?:là )?(?:bài|bản|văn bản) (?:là )?"
    rf"|(?:{_NOUN})(?: (?:được|xếp|ghi|thuộc|vào|ở|trong|có|theo))* (?:thể loại|loại|kiểu|dạng|chuyên mục|mục|nhóm)(?: là)? )?"
)
_PLAIN_NOUN = re.compile(rf"(?P<noun>{_NOUN}){_REST}")
_TOPIC = re.compile(
    r"\b(?:(?:viết|nói|bàn|đề cập|liên quan|có nội dung)(?: đến| tới| về)|về|nhắc(?: đến| tới)?|đề cập(?: đến| tới)?) (?P<topic>.+)$"
)
_ISSUER = re.compile(
    r"\b(?:(?:cơ quan|nơi|đơn vị) ban hành (?:là |ghi là )?(?:của )?|do |của |thuộc )(?P<issuer>[^,?]+?)"
    r"(?= (?:ban hành|ra|phát hành|đăng|soạn|ký|công bố|trong|năm|tháng|từ|về|nói|viết|nhắc|đề cập|được)\b|$)"
)
_BY = re.compile(r"\b(?P<by>do .*\bký|ký bởi|người ký|có chữ ký|do .*\b(?:viết|soạn|thực hiện|đưa tin)|viết bởi|tác giả|của|ký$)\b")
_ASIDE = re.compile(r"\([^()]*\)")
_PERSON = re.compile(rf"^(?: với)?(?: (?:đồng chí|ông|bà|{_POST_HEADS}))+ (?P<name>[^,?]+)$")
_PERIOD_WORDS = re.compile(
    r"\b(?:(?:ban hành|đăng|phát hành|công bố|viết) )?(?:trong |vào |từ |của |đến |tới |giai đoạn |nhiệm kỳ )*(?:ngày |tháng |quý |năm )*"
    r"(?:(?:\d{1,2}[/.-])*(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)\d{2})?)\b"
)
_TRAILING = re.compile(r"\s*\b(?:trong (?:kho|hệ thống|cơ sở dữ liệu|thư viện|tài liệu)\b.*|rồi|vậy|ạ|nhỉ|thế|không|tất cả)\s*$")
_PUBLISHED = re.compile(r"\b(?:ban hành|phát hành|soạn|công bố)\b")
_LEADING = re.compile(r"^(?:đồng chí|ông|bà|vấn đề|chủ đề|nội dung|việc|văn bản số)\s+")


@lru_cache(maxsize=64)
def _plain(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The same pattern for text without diacritics."""
    return re.compile("".join(sign if sign.isascii() else fold(sign) for sign in pattern.pattern))


@dataclass(frozen=True, slots=True)
class _Form:
    """How questions are read: canonical, or folded where their diacritics are our own guess ("bài do" may have become "bãi đỗ")."""

    bare: bool

    def text(self, text: str) -> str:
        return fold(text) if self.bare else canonical(text)

    def rule(self, pattern: re.Pattern[str]) -> re.Pattern[str]:
        return _plain(pattern) if self.bare else pattern


@runtime_checkable
class CountingEngine(Protocol):
    """An engine that can look through its whole catalogue; the local one does."""

    def mentioning(self, phrases: Sequence[str], patterns: Sequence[str], filters: Filters) -> list[ListedArticle]: ...

    def facets(self) -> Facets: ...


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: `found` newest first; `topic` is what they must say, empty where everything that passes `filters` counts;
    `author` who wrote or signed them, as the catalogue writes the name, with the verb."""

    noun: str
    topic: str
    filters: Filters
    found: tuple[ListedArticle, ...]
    issuers: tuple[str, ...]
    author: str = ""


def count_articles(question: Question, engine: SearchEngine) -> Count | None:
    """The count a question asks for ("bao nhiêu bài viết về …"); None for any other question, or an engine that cannot count."""
    if not isinstance(engine, CountingEngine):
        return None
    form = _Form(bare=any(expansion.reason == "diacritics" for expansion in question.query.expansions))
    text = _topic_behind(_tidied(question, form), form)
    match = form.rule(_HOW_MANY).search(text)
    if match is not None and question.query.references and _DOES_TO.search(fold(text[: match.end()])):
        return None  # "Thông tư 18 bãi bỏ bao nhiêu văn bản" asks what it says
    if match is None and question.answer_type is AnswerType.POST:
        return None  # "… ký các hướng dẫn với chức danh gì" asks as what, not which
    if match is None:
        return _which_of(question, text, engine, form)
    facets = engine.facets()
    named = _read_noun(text[match.start("noun") :], facets, form)
    if named is None:
        return None
    noun, kinds, rest = named
    rest = form.rule(_TRAILING).sub("", form.rule(_PERIOD_WORDS).sub(" ", rest) if question.period else rest)
    patterns = question.query.references
    by = _author(rest, engine, form)
    if by is not None:
        return _of_author(question, noun, kinds, by, engine)
    issuers = _issuers(rest, facets, form)
    topic = "" if patterns else _topic(rest, form)
    filters = _filters(question, kinds, issuers)
    found = engine.mentioning((topic,) if topic else (), patterns, filters)
    if not found and topic:
        found = engine.mentioning(tuple(content_terms(topic)), (), filters)
    shown = ", ".join(_numbers(found, patterns, engine)) if patterns else _as_typed(topic, question, form)
    if form.bare and shown and not patterns and found:
        shown = _as_written(topic, engine.article(found[0].article_id)) or shown
    return Count(noun, shown, filters, tuple(found), issuers)


def _which_of(question: Question, text: str, engine: CountingEngine, form: _Form) -> Count | None:
    """What a person signed or wrote, or a body issued: "Lò Văn Cam ký những văn bản nào", "các hướng dẫn do Ban Bí thư ban hành"; None
    where the catalogue has none, so that the articles may tell."""
    turned = form.rule(_SIGNS_WHICH).match(text)
    if turned is not None:
        text = f"{turned['what']} do {turned['who']} {turned['verb']}{turned['when']}"
    match = form.rule(_WHICH).search(text)
    if match is None:
        return None
    facets = engine.facets()
    named = _read_noun(" ".join(form.rule(_ASKING).sub(" ", text[match.start("noun") :]).split()), facets, form)
    if named is None:
        return None
    noun, kinds, rest = named
    by = _author(rest, engine, form)
    if by is not None:
        return _of_author(question, noun, kinds, by, engine)
    if not form.rule(_PUBLISHED).search(rest) or question.query.references or _topic(rest, form):
        return None
    issuers = _issuers(form.rule(_PERIOD_WORDS).sub(" ", rest) if question.period else rest, facets, form)
    filters = _filters(question, kinds, issuers)
    found = engine.mentioning((), (), filters) if issuers else []
    return Count(noun, "", filters, tuple(found), issuers) if found else None


def _author(rest: str, engine: CountingEngine, form: _Form) -> tuple[str, str] | None:
    """Who wrote or signed what is counted, with the verb ("ký", "viết"): a name that the catalogue has as an author and `rest` names."""
    match = form.rule(_BY).search(rest.rstrip())
    if match is None or (match["by"].startswith("c") and form.rule(_TOPIC).search(rest)):
        return None  # "bài viết về vai trò của đồng chí …" asks for a topic
    known = {name.strip() for listed in engine.mentioning((), (), Filters()) for name in (listed.metadata.author or "").split(",")}
    named = [name for name in known if " " in name and re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(rest))]
    if not named:
        return None
    signed = re.search(r"\bk[yý]\b", match["by"]) is not None
    return max(named, key=lambda name: (len(name), name)), "ký" if signed else "viết"


def _of_author(question: Question, noun: str, kinds: tuple[str, ...], by: tuple[str, str], engine: CountingEngine) -> Count:
    filters = _filters(question, kinds, ())
    wanted = fold(by[0])
    found = [
        listed
        for listed in engine.mentioning((), (), filters)
        if wanted in (fold(name.strip()) for name in (listed.metadata.author or "").split(","))
    ]
    return Count(noun, "", filters, tuple(found), (), f"do {by[0]} {by[1]}")


def _tidied(question: Question, form: _Form) -> str:
    """The question, its abbreviations written out."""
    text = form.text(question.standalone)
    for expansion in question.query.expansions:
        if expansion.reason == "abbreviation" and len(expansion.typed) < len(expansion.searched):
            text = re.sub(rf"(?<!\w){re.escape(form.text(expansion.typed))}(?!\w)", form.text(expansion.searched), text)
    return " ".join(_ASIDE.sub(" ", text).split()).strip(" ?.!…")


def _topic_behind(text: str, form: _Form) -> str:
    """ "Chợ phiên được nhắc đến trong mấy bài" → "mấy bài nhắc đến chợ phiên"; any other question as it is."""
    turned = form.rule(_TOPIC_FIRST).match(text) or form.rule(_ABOUT_FIRST).match(text)
    if turned is None:
        return text
    verb = "phỏng vấn" if turned.groupdict().get("interview") else "nhắc đến"
    return f"{turned['many']} {form.text(verb)} {turned['topic']}{turned['rest']}"


def _read_noun(text: str, facets: Facets, form: _Form) -> tuple[str, tuple[str, ...], str] | None:
    """(noun, kinds to filter by, what follows): the name of a kind of the catalogue, or a general word that filters nothing."""
    for kind in sorted((kind for kind, _ in facets.kinds), key=len, reverse=True):
        named = re.compile(rf"{_OF_KIND}\"?(?P<kind>{re.escape(form.text(kind))})(?P<shut>\"?){_REST}")
        match = form.rule(named).match(text)
        if match:
            return canonical(kind), (kind,), text[match.end("shut") :]
    named_by_two = _by_two_words(text, facets, form)
    if named_by_two is not None:
        return named_by_two
    match = form.rule(_PLAIN_NOUN).match(text)
    if match is None:
        return None
    noun = next(known for known in _NOUN.split("|") if form.text(known) == match["noun"])
    return noun, (), text[match.end("noun") :]


def _by_two_words(text: str, facets: Facets, form: _Form) -> tuple[str, tuple[str, ...], str] | None:
    """Kinds by the first two words of longer names: "hỏi đáp" → "Hỏi đáp nghiệp vụ"."""
    starts = {" ".join(kind.split()[:2]) for kind, _ in facets.kinds if kind.count(" ") > 1}
    for start in sorted(starts):
        match = form.rule(
            re.compile(rf"{_OF_KIND.replace('bài|bản|', 'bài|bản|mục|', 1)}(?P<kind>{re.escape(form.text(start))}){_REST}")
        ).match(text)
        if match:
            return canonical(start), tuple(kind for kind, _ in facets.kinds if kind.startswith(f"{start} ")), text[match.end("kind") :]
    return None


def _as_typed(topic: str, question: Question, form: _Form) -> str:
    """The topic with the capitals it was typed with."""
    place = form.text(question.standalone).find(topic)
    return question.standalone[place : place + len(topic)] if place >= 0 else topic


def _as_written(topic: str, article: Article) -> str:
    """The topic (folded) as the article writes it; empty where its words do not stand together."""
    place = fold(article.text).find(topic)
    return " ".join(article.text[place : place + len(topic)].split()) if place >= 0 else ""


def _numbers(found: Sequence[ListedArticle], patterns: Sequence[str], engine: SearchEngine) -> list[str]:
    """The numbers asked for as the newest article that has them writes them."""
    references = engine.article(found[0].article_id).references if found else ()
    known = [r.number for r in references if any(reference_matches(pattern, r.number) for pattern in patterns)]
    return list(dict.fromkeys(known)) or list(patterns)


def _issuers(rest: str, facets: Facets, form: _Form) -> tuple[str, ...]:
    """The issuers whose name begins with the body named, else contains it: look-alikes with words between are not among them."""
    match = form.rule(_ISSUER).search(rest)
    if match is None:
        return ()
    wanted = form.rule(_TRAILING).sub("", " ".join(match["issuer"].split()))
    named = [(issuer, f"{form.text(issuer)} ") for issuer, _ in facets.issuers]
    begin = [issuer for issuer, form in named if form.startswith(f"{wanted} ")]
    return tuple(begin or [issuer for issuer, form in named if f" {wanted} " in form] or [wanted])


def _topic(rest: str, form: _Form) -> str:
    """What the articles are to speak of: "về cải cách hành chính" → "cải cách hành chính"."""
    without_issuer = form.rule(_ISSUER).sub(" ", rest) if form.rule(_PUBLISHED).search(rest) else rest
    match = form.rule(_TOPIC).search(" ".join(without_issuer.split()))
    person = form.rule(_PERSON).match(f" {' '.join(without_issuer.split())}")
    if match is None and person:
        return person["name"].strip()
    return form.rule(_LEADING).sub("", match["topic"]).strip(" ,\"“”'") if match else ""


def _filters(question: Question, kinds: tuple[str, ...], issuers: tuple[str, ...]) -> Filters:
    """The user's own filters, narrowed by what the question names."""
    given = question.query.filters
    first, last = question.period or (None, None)
    return replace(
        given,
        date_from=max(filter(None, (given.date_from, first)), default=None),
        date_to=min(filter(None, (given.date_to, last)), default=None),
        kinds=kinds or given.kinds,
        issuers=issuers or given.issuers,
    )


def word_count(count: Count, engine: SearchEngine) -> list[Line]:
    """The number first, then the newest of them with their dates, each citing where it speaks of the topic."""
    named = [engine.article(listed.article_id) for listed in count.found[:MAX_NAMED]]
    lines: list[Line] = [[f"{len(count.found)} {count.noun}{_condition(count)}{_by_issuer(count)}."]]
    for position, article in enumerate(named, start=1):
        passage = _passage(article, _signature(article) if count.author else _first_mention(article, count.topic))
        title = f"{article.metadata.title} ({date_words(article.metadata.date)}) "
        lines.append([f"{position}. {title}", Mark(passage, article, Span(passage.start, passage.end))])
    more = len(count.found) - len(named)
    return [*lines, [f"… và {more} bài khác."]] if more > 0 else lines


def _condition(count: Count) -> str:
    filters = count.filters
    parts = [f'nhắc đến "{count.topic}"'] if count.topic else [count.author] if count.author else []
    if len(count.issuers) == 1:
        parts.append(f"do {count.issuers[0]} ban hành")
    if filters.date_from or filters.date_to:
        parts.append(f"có ngày {_days(filters.date_from, filters.date_to)}")
    return f" {', '.join(parts)}" if parts else " trong kho tài liệu"


def _days(first: date | None, last: date | None) -> str:
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"trong năm {first.year}" if first.year == last.year else f"trong các năm {first.year} – {last.year}"
    parts = [f"từ {first:%d/%m/%Y}"] if first else []
    return " ".join([*parts, *([f"đến {last:%d/%m/%Y}"] if last else [])])


def _by_issuer(count: Count) -> str:
    """Several bodies answer to the name that was typed: how many articles of each; and how many titles name the topic."""
    parts = []
    titles = sum(canonical(count.topic) in canonical(listed.metadata.title) for listed in count.found) if count.topic else 0
    if titles:
        parts.append(f"{titles} bài nêu ngay trong tên")
    if len(count.issuers) > 1:
        issuers = Counter(listed.metadata.issuer for listed in count.found)
        parts += [f"{number} của {issuer}" for issuer, number in issuers.most_common(MAX_ISSUERS_NAMED)]
    return f" ({'; '.join(parts)})" if parts else ""


def _signature(article: Article) -> Span:
    """Where the name stands below a document or an article, else its first sentence."""
    signature = find_signature(article)
    bylines = [block for block in article.blocks if block.kind is BlockKind.BYLINE]
    if signature is not None:
        return signature.name_span
    return Span(bylines[-1].start, bylines[-1].end) if bylines else _first_mention(article, "")


def _first_mention(article: Article, topic: str) -> Span:
    """The first sentence that has the topic's words together, else the first one of the body."""
    blocks = [b for b in article.blocks if b.kind not in (BlockKind.BOILERPLATE, BlockKind.BYLINE, BlockKind.TITLE)] or list(article.blocks)
    place = canonical(article.text).find(canonical(topic)) if topic else -1
    for block in blocks:
        if block.start <= place < block.end:
            for span in split_sentences(article.text, block.start, block.end):
                if span.start <= place < span.end:
                    return span
    first = split_sentences(article.text, blocks[0].start, blocks[0].end) if blocks else []
    return first[0] if first else Span(0, min(len(article.text), 200))


def _passage(article: Article, span: Span) -> Passage:
    hit = hit_at(article, span)
    return Passage(0, hit, span.start, span.end, hit.chunk.text, hit.chunk.token_count)
