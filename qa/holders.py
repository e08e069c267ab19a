"""Who holds the post asked about, or which posts the person asked about holds: all that is found, with dates, latest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, runtime_checkable

from index.text.canonical import canonical, fold
from index.text.sentences import split_sentences
from index.types import Article, Authored, Block, BlockKind, Hit, SearchEngine, Span
from qa.answer_types import asks_who_someone_is
from qa.mentions import find_persons, province_pattern, provinces_in, split_predecessor
from qa.names import PROVINCES
from qa.periods import Period, days_of, period_in, period_of
from qa.posts import Holding, Post, find_holdings, is_same_post, parse_post
from qa.signatures import find_signature
from qa.types import AnswerType, Passage, Question
from qa.wording import Line, Quote, capitalised, dated, hit_at, passage_at

_MAY_ASK_HOLDER = (AnswerType.PERSON, AnswerType.LIST, AnswerType.OTHER, AnswerType.DEFINITION)
_ADDRESS = re.compile(r"[Tt]hưa (?:đồng chí |ông |bà )?(?P<post>[^,.?!:;\n]{4,90}?)(?=[,.?!:;\n])")
_AHEAD = re.compile(r"\bsẽ\b|\bcho nhiệm kỳ\b|\b(?:nhiệm kỳ|thời gian) tới\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\s*(?:Đồng chí|Ông|Bà|Đ/c) (?P<name>[^:,\n]{4,40})(?=:)")
MAX_SHOWN = 6
MAX_NAME_WORDS = 5
_WINDOW = 1500  # characters read on each side of a hit in a very long article
_LONG_ARTICLE = 30_000
_ASKS_HOLDER = re.compile(
    r"\b(?:ai (?:(?:đang|hiện|đã|từng|sẽ|vừa|mới|được|bầu|bổ nhiệm|điều động|phân công|phê chuẩn|chỉ định|lên|về) )*"
    r"(?:là|giữ|làm|đảm nhiệm)"
    r"|ai (?:vừa |mới |đã |sẽ )*(?:được|lên) (?:bầu|bổ nhiệm|phê chuẩn|chỉ định|chức)|(?:bổ nhiệm|chỉ định|bầu) ai\b"
    r"|là ai|(?:là |thì )ai$|ai$"
    r"|là (?:đồng chí|người|vị|ông|bà) nào|(?:đồng chí|người|vị|ông|bà|cán bộ) nào (?:đang |hiện |đã |từng )*(?:là|giữ|làm)|do ai"
    r"|tên (?:là )?gì|thuộc về ai|gồm những ai|(?:những ai|ai) (?:đã )?từng|(?:họ|và) tên)\b"
)
_HEADED = re.compile(
    r"\b(?:(?:người|ai|đồng chí|vị|cán bộ)(?: (?:nào|là|đang|hiện|hiện đang|người))* )?(?:đứng đầu|lãnh đạo cao nhất)(?: của| ở)? "
    r"(?P<body>(?P<noun>đảng uỷ|đảng bộ|chi bộ|chi uỷ|tỉnh uỷ|thành uỷ|huyện uỷ|sở|ban|uỷ ban|ubnd|hđnd|hội đồng|văn phòng|trường|đoàn))\b"
)
_HEAD_OF = {"sở": "Giám đốc", "ban": "Trưởng", "uỷ ban": "Chủ tịch", "ubnd": "Chủ tịch", "hđnd": "Chủ tịch", "hội đồng": "Chủ tịch"}
_HEAD_OF |= {"văn phòng": "Chánh", "trường": "Hiệu trưởng", "đoàn": "Trưởng"}
_BODY_KIND = "(?:sở|bộ|ban|cục|vụ|phòng|viện|trường|hội|so|bo|cuc|vu|phong|vien|truong|hoi)"
_PERIOD_ALONE = re.compile(
    r"(?:,? (?:(?:vào |trong |từ |hồi )*(?:đầu |cuối |giữa )?(?:nhiệm kỳ|giai đoạn|năm|tháng|thời điểm|khoá)\b.*"
    r"|hiện (?:nay|tại)|bây giờ|lúc đó))$"
)
_OF_A_MEETING = re.compile(r"\b(?:hoi nghi|buoi|cuoc hop|phien hop|ky hop|le|tong ket|so ket|kiem diem)\b[^,;?]*\b(?:19|20)\d\d\b")
_YEAR = timedelta(days=366)
_NAME_OF = re.compile(r"^(?:(?:cho )?(?:biết|hỏi) )?(?:họ (?:và )?)?tên (?:của )?(?:đồng chí |ông |bà |vị )?", re.IGNORECASE)
_WHO_IS = re.compile(
    r"\b(?:là ai|làm (?:gì|chức gì|công việc gì)"
    r"|(?:giữ|đảm nhiệm|nắm giữ|có|mang|kiêm)(?: (?:những|các))? (?:chức|cương vị|vai trò|nhiệm vụ gì)"
    r"|chức (?:vụ|danh)|chức (?:gì|nào)|cương vị (?:gì|nào)|công tác ở đâu)\b"
)
_LOST_POST = re.compile(
    r"\b(?:cách|miễn nhiệm|bãi nhiệm|tước|thôi giữ|cach|mien nhiem|bai nhiem|tuoc|thoi giu)"
    r" (?:(?:những|các|nhung|cac|hết|het) )*(?:chức|cương vị|chuc|cuong vi)\b"
)
_DAY = re.compile(r"(?<![\d/])0?(\d{1,2})/0?(\d{1,2})(?![\d/])")


@runtime_checkable
class AuthorsEngine(Protocol):
    """An engine that knows who wrote or signed its articles; the local one does."""

    def authors(self) -> Mapping[str, Authored]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A holding in an article: `span` is its sentence, `period` when it was so, `hit` what led there.

    `name_span` is where the name stands when the sentence only names the post (an interviewer's form of address).
    """

    holding: Holding
    article: Article
    span: Span
    hit: Hit
    period: Period | None
    caption: bool
    name_span: Span | None = None


def asked_post(question: Question) -> Post | None:
    """The post whose holder is asked for, by name or as the head of a body; None for any other question."""
    asked, _ = split_predecessor(_heads_written_out(question).strip())
    text = canonical(asked).strip(" ?.!…")
    if find_persons(asked):
        return None
    headed = _HEADED.search(text)
    if headed is not None and question.answer_type in _MAY_ASK_HOLDER:
        head = _HEAD_OF.get(headed["noun"], "Bí thư")
        return parse_post(f"{head} {asked[headed.start('body') :]}")
    if question.answer_type is AnswerType.OTHER:
        return _post_alone(asked)
    return parse_post(asked) if question.answer_type in _MAY_ASK_HOLDER and _ASKS_HOLDER.search(text) else None


def _heads_written_out(question: Question) -> str:
    """The question with the short names of posts written out that mean nothing else ("PBT Đảng ủy Khối" → "phó bí thư Đảng ủy Khối"),
    and what a body is named after: "Sở GTVT" → "Sở giao thông vận tải"."""
    text = question.standalone
    short = [each for each in question.query.expansions if each.reason == "abbreviation" and len(each.typed) < len(each.searched)]
    for each in short:
        alone = sum(other.typed == each.typed for other in short) == 1
        if alone and (post := parse_post(each.searched)) is not None and canonical(post.text) == canonical(each.searched):
            text = re.sub(rf"(?<!\w){re.escape(each.typed)}(?!\w)", each.searched, text)
        elif alone:  # the rest of a body's name: "Giám đốc Sở GTVT"
            text = re.sub(rf"\b({_BODY_KIND}) {re.escape(each.typed)}(?!\w)", rf"\1 {each.searched}", text, flags=re.IGNORECASE)
    return text


def _post_alone(text: str) -> Post | None:
    """A post typed like a search ("bí thư đảng ủy khối các cơ quan tỉnh năm 2021") asks who holds it."""
    bare = _NAME_OF.sub("", text.strip(" ?.!…"))
    bare = bare[: len(_PERIOD_ALONE.sub("", canonical(bare)))]
    post = parse_post(bare)
    return post if post is not None and post.body and len(post.text) == len(bare) and "viên" not in post.head else None


def asked_person(question: Question, hits: Sequence[Hit], engine: SearchEngine) -> str | None:
    """The person whose post is asked for ("… giữ chức vụ gì?", "… là ai?"), typed with capitals or known from an article."""
    text = canonical(question.standalone)
    if question.answer_type is not AnswerType.POST and not asks_who_someone_is(question.standalone) and not _WHO_IS.search(text):
        return None
    if _LOST_POST.search(text):
        return None  # "bị cách những chức vụ gì" asks for no post that is held
    persons = find_persons(question.standalone)
    return persons[0].text if persons else _known_person(text, hits, engine)


def _known_person(question: str, hits: Sequence[Hit], engine: SearchEngine) -> str | None:
    """A name of the hits, else an author, that stands in a question typed without capitals; the longest of them."""
    folded = f" {fold(question)} "
    names = {person.text for hit in hits for person in find_persons(hit.chunk.text) if f" {fold(person.text)} " in folded}
    if not names and isinstance(engine, AuthorsEngine):
        authors = engine.authors()
        names = {authors[run].name for run in _runs(folded.split()) if run in authors and find_persons(authors[run].name)}
    return max(names, key=lambda name: (len(name), name), default=None)


def _runs(words: Sequence[str]) -> Iterator[str]:
    """All runs of as many words as a name has."""
    for size in range(2, MAX_NAME_WORDS + 1):
        yield from (" ".join(words[start : start + size]) for start in range(len(words) - size + 1))


def find_holders(question: Question, post: Post, hits: Sequence[Hit], engine: SearchEngine) -> list[Found]:
    """Everyone found to hold `post`, the best evidence of each person, latest first, kept to the asked period.

    Where somebody is named who was replaced, only articles that tell of that one count.
    """
    _, predecessor = split_predecessor(question.standalone)
    found = [
        f
        for f in _holdings(hits, engine, fold(post.head))
        if not f.holding.former and is_same_post(post, f.holding.post, _surroundings(f.article)) and _same_province(post, f)
    ]
    if predecessor:
        found = [f for f in found if fold(f.holding.name) != fold(predecessor) and fold(predecessor) in _folded(f.article.text)]
        found = [f for f in found if _is_replaced(predecessor, f.article)] or found
    return _ordered(question, _of_that_day(question, found), lambda f: canonical(f.holding.name))


def _of_that_day(question: Question, found: list[Found]) -> list[Found]:
    """Those told by articles that name the day the question names without a year ("buổi họp chiều 27/12"), where some do."""
    days = {tuple(map(int, day)) for day in _DAY.findall(question.standalone)}
    if len(days) != 1:
        return found
    return [f for f in found if days <= {tuple(map(int, day)) for day in _DAY.findall(f.article.text)}] or found


def _is_replaced(name: str, article: Article) -> bool:
    """Whether the article says that somebody comes in the place of `name`: "thay ông …", "thay cho đồng chí …"."""
    text = _folded(article.text)
    starts = (match.start() for match in re.finditer(re.escape(fold(name)), text))
    return any(re.search(r"\b(?:thay|ke nhiem)\b[^,.;\n]*$", text[max(0, start - 40) : start]) for start in starts)


def _same_province(post: Post, found: Found) -> bool:
    """The province asked about is named with the post or somewhere in its article."""
    return (
        not post.provinces
        or bool(found.holding.post.provinces)
        or any(province_pattern(province).search(_surroundings(found.article)) for province in post.provinces)
    )


def find_posts(question: Question, name: str, hits: Sequence[Hit], engine: SearchEngine) -> list[Found]:
    """Every post `name` is said to hold, the best evidence of each post, latest first, kept to the asked period."""
    found = [f for f in _holdings(hits, engine, fold(name), name) if fold(f.holding.name) == fold(name)]
    found = found or [f for hit in _signed_by(name, engine) for f in _signed(engine.article(hit.article_id), hit)]
    ordered = _ordered(question, found, lambda f: f"{f.holding.post.head} {sorted(f.holding.post.body)}")
    return [f for f in ordered if not any(_says_less(f.holding.post, other.holding.post) for other in ordered)]


def _signed_by(name: str, engine: SearchEngine) -> list[Hit]:
    """The articles a person signed, which no search finds: a name below a document is no part of its text."""
    if not isinstance(engine, AuthorsEngine):
        return []
    signed = engine.authors().get(fold(name))
    return [hit_at(engine.article(article_id)) for article_id in signed.article_ids[:MAX_SHOWN]] if signed else []


def _says_less(post: Post, other: Post) -> bool:
    """The same post with a part of its name left out: "Phó Bí thư Đảng ủy Khối" beside "… Đảng ủy Khối Các cơ quan tỉnh"."""
    return post.head == other.head and (post.body < other.body or (post.body == other.body and len(post.text) < len(other.text)))


def _ordered(question: Question, found: list[Found], key: Callable[[Found], str]) -> list[Found]:
    asked = question.period
    if asked is not None:
        within = [f for f in found if f.period is not None and f.period.meets(asked)]
        found = within or _soon_after(question, asked, found)
    best: dict[str, Found] = {}
    for candidate in sorted(found, key=_quality):
        best.setdefault(key(candidate), candidate)
    return sorted(best.values(), key=_recency, reverse=True)[:MAX_SHOWN]


def _soon_after(question: Question, asked: tuple[date | None, date | None], found: Sequence[Found]) -> list[Found]:
    """Those told within a year after the asked period, where its year is that of a meeting: the one that sums up 2021 is held in 2022."""
    last = asked[1]
    if last is None or not _OF_A_MEETING.search(fold(question.standalone)):
        return []
    return [f for f in found if f.period is not None and last <= f.period.first <= last + _YEAR]


def _quality(found: Found) -> tuple[bool, bool, int, int]:
    """Running text before captions, articles with a date before those without, later before earlier, longer names of the body first."""
    last = found.period.last.toordinal() if found.period else 0
    return (found.caption, found.article.metadata.date is None, -last, -len(found.holding.post.body))


def _recency(found: Found) -> int:
    return found.period.last.toordinal() if found.period else 0


def _holdings(hits: Sequence[Hit], engine: SearchEngine, needle: str, name: str = "") -> Iterator[Found]:
    """The holdings of all sentences that contain `needle` (folded) in the articles of the hits, each once.

    `name` is the person looked for, who may be called "ông Tre" where the article has the whole name somewhere.
    """
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        article = engine.article(hit.article_id)
        folded = _folded(article.text)
        said = fold(name).split()[-1] if name and needle in folded else needle
        if (article.id, -1) not in seen:
            seen.add((article.id, -1))
            yield from _signed(article, hit)
            yield from _addressed(article, hit) if needle in folded else ()
        for block in article.blocks:
            if block.kind in (BlockKind.BOILERPLATE, BlockKind.BYLINE) or block.repeated or not _near(article, block.start, hit):
                continue
            if said not in folded[block.start : block.end]:
                continue
            for span in split_sentences(article.text, block.start, block.end):
                if said in folded[span.start : span.end] and (article.id, span.start) not in seen:
                    seen.add((article.id, span.start))
                    for holding in find_holdings(article.text[span.start : span.end], name or None):
                        yield Found(holding, article, span, hit, period_of(article, *span), block.kind is BlockKind.CAPTION)


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """`fold`, remembered: several hits lie in one article, and the next question reads the same ones."""
    return fold(text)


def _signed(article: Article, hit: Hit) -> Iterator[Found]:
    """The post under which an official document is signed."""
    signature = find_signature(article)
    post = parse_post(signature.post) if signature else None
    if signature and signature.post_span and post is not None:
        when = days_of(article.metadata.date) if article.metadata.date else None
        holding = Holding(signature.name, post, *signature.post_span)
        yield Found(holding, article, signature.post_span, hit, when, False, signature.name_span)


def _addressed(article: Article, hit: Hit) -> Iterator[Found]:
    """Read "Thưa đồng chí Bí thư Đảng ủy Khối, …" and, in the next paragraph, "Đồng chí <name>: …"."""
    for question, reply in pairwise(block for block in article.blocks if block.kind in (BlockKind.QUESTION, BlockKind.ANSWER)):
        address = _ADDRESS.search(article.text, question.start, question.end)
        speaker = _SPEAKER.match(article.text, reply.start, reply.end)
        if question.kind is not BlockKind.QUESTION or reply.kind is not BlockKind.ANSWER or address is None or speaker is None:
            continue
        post = parse_post(address["post"])
        persons = find_persons(speaker[0])
        if post is not None and persons:
            holding = Holding(persons[0].text, post, address.start(), address.end())
            span = Span(address.start(), address.end())
            name_span = Span(speaker.start(), speaker.end("name"))
            yield Found(holding, article, span, hit, _period_of_interview(article, question), False, name_span)


def _period_of_interview(article: Article, question: Block) -> Period | None:
    """What the question names as past, else the article's date; its title tells what is talked about, not when."""
    text = article.text[question.start : question.end]
    named = None if _AHEAD.search(text) else period_in(text)
    return named or (days_of(article.metadata.date) if article.metadata.date else None)


def _near(article: Article, start: int, hit: Hit) -> bool:
    return len(article.text) < _LONG_ARTICLE or hit.chunk.start - _WINDOW <= start <= hit.chunk.end + _WINDOW


@lru_cache(maxsize=64)
def _surroundings(article: Article) -> str:
    return canonical(f"{article.metadata.title} {article.metadata.issuer or ''} {article.text[:_LONG_ARTICLE]}")


def word_holders(found: Sequence[Found], passages: Sequence[Passage]) -> list[Line]:
    """One person: the name first; several: one line each; then the sentence that says so, with its date."""
    lines: list[Line] = [["; ".join(f.holding.name for f in found) + "."]]
    return lines + [[f"{f.holding.name}, {dated(f.article)}: ", *_quotes(f, passages)] for f in found]


def word_posts(found: Sequence[Found], passages: Sequence[Passage]) -> list[Line]:
    sentences = {(f.article.id, f.span): f for f in reversed(found)}
    ordered = [f for f in found if sentences[f.article.id, f.span] is f]
    lines: list[Line] = [[_of_one(each, province)] for province, each in _persons(found).items()]
    return lines + [[f"{capitalised(dated(f.article))}: ", *_quotes(f, passages)] for f in ordered]


def _of_one(found: Sequence[Found], province: str) -> str:
    posts = "; ".join(dict.fromkeys(f.holding.post.text for f in found))
    return f"{found[0].holding.name}{f' ({province})' if province else ''}: {posts}."


def _persons(found: Sequence[Found]) -> dict[str, list[Found]]:
    """By the province of the post, else of the article, where there are several: people of one name are not made one. All under "" else."""
    names = {canonical(province): province for province in (*PROVINCES, "Hồ Chí Minh")}
    places = [sorted(f.holding.post.provinces) or sorted(provinces_in(_place(f.article))) for f in found]
    told = list(dict.fromkeys(place[0] for place in places if len(place) == 1))
    if len(told) < 2:
        return {"": list(found)}
    persons: dict[str, list[Found]] = {names[province]: [] for province in told}
    for each, place in zip(found, places, strict=True):
        persons.setdefault(names[place[0]] if len(place) == 1 else "không rõ nơi", []).append(each)
    return persons


def _place(article: Article) -> str:
    return f"{article.metadata.place or ''} {article.metadata.issuer or ''}"


def _quotes(found: Found, passages: Sequence[Passage]) -> Iterator[str | Quote]:
    passage = passage_at(found.article, found.span, found.hit, passages)
    yield Quote(passage, found.article, found.span)
    if found.name_span is not None:
        yield " – "
        yield Quote(passage, found.article, found.name_span)
