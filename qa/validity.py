"""From when a document holds, what it replaced and by what it was replaced: read from the articles about it and their metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.text.dates import find_dates
from index.text.references import find_references, own_numbers, reference_matches
from index.text.sentences import split_sentences
from index.types import Article, BlockKind, Hit, Reference, SearchEngine, Span
from qa.frames import subject_of
from qa.replacements import name_of, replaced_by
from qa.types import Passage, Question
from qa.wording import Line, Quote, capitalised, dated, passage_at


def _wrapped(pattern: str) -> re.Pattern[str]:
    """A space of the pattern may be the turn of a printed line."""
    return re.compile(pattern.replace(" ", r"\s+"), re.DOTALL)


_REPLACES_VERB = r"(?:thay thế|thay(?: cho)?|thế chỗ|bãi bỏ|huỷ bỏ)"
_PASSIVE = _wrapped(rf"\b(?:bị|được|đã) (?:bị |được )?{_REPLACES_VERB}\b|\bhết hiệu lực\b|\bkhông còn hiệu lực\b")
_ACTIVE = _wrapped(r"\b(?:thay thế|thay cho|thế chỗ)\b(?! mặt)")
_STARTS = _wrapped(r"\b(?:có )?hiệu lực\b|\b(?:được )?áp dụng (?:ngay )?(?:kể )?từ\b|\bthi hành (?:kể )?từ\b|\bthực hiện (?:kể )?từ ngày\b")
_FROM_SIGNING = _wrapped(r"\btừ (?:ngày )?ký\b")
_NOT_EVIDENCE = frozenset({BlockKind.BOILERPLATE, BlockKind.CAPTION, BlockKind.TITLE, BlockKind.BYLINE})
_DIRECTIVE_WORDS = (
    r"(?:văn bản|nghị quyết|chỉ thị|quy định|quyết định|hướng dẫn|kết luận|thông báo|kế hoạch|quy chế|thông tư|nghị định|nó|bản|tài liệu)"
)
_EFFECT = _wrapped(r"\bhiệu lực\b")
_ABOLISHED = _wrapped(r"\b(?:bãi bỏ|huỷ bỏ)\b")
_PART = _wrapped(r"\b(?:khoản|điều|điểm|chương|mục|phụ lục|cụm từ|mẫu(?: số)?)\b[^;.]{0,60}$")
_DOCUMENT = (
    rf"(?:toàn bộ |các |một phần )*(?:{_DIRECTIVE_WORDS[3:-1]}|thông tư liên tịch|luật|pháp lệnh)(?: liên tịch)?(?: số)?(?: ký hiệu)?:?\s*$"
)
_NEXT = _wrapped(rf"(?:[,;:]|\bvà|\bhoặc)\s+(?:{_DOCUMENT}|số\s*$|$)")
_FIRST = _wrapped(rf"^\s*(?:[-–•+*]\s*|\(?\w{{1,2}}[.)]\s*)?(?:cho |bằng |bởi |đối với )?{_DOCUMENT}|^\s*(?:cho )?(?:số )?$")
_NEAR_VERB = 40  # characters between "thay thế" and the first number
MAX_ITEMS = 12
_ABOLISHES = _wrapped(r"\btrước đây\b.*\b(?:bãi bỏ|hết hiệu lực|huỷ bỏ)\b|\b(?:bãi bỏ|thay thế)\b.*\btrước đây\b")
_THIS = _wrapped(rf"\b{_DIRECTIVE_WORDS} này\b")


def _folded(pattern: str) -> re.Pattern[str]:
    """Over folded questions: a restorer may read "chua" as "chữa". "Bị" is not the first word of "bí thư"."""
    return re.compile(re.sub(r"\bbi\b", r"bi(?! thu\\b)", fold(pattern)))


_ASKS_NEWER = _folded(
    rf"\b(?:bị|được) (?:\w+ ){{0,2}}{_REPLACES_VERB}|\b(?:{_DIRECTIVE_WORDS}|cái) (?:mới )?(?:nào|gì)(?: \w+){{0,6}} {_REPLACES_VERB}"
)
_ASKS_EARLIER = re.compile(
    r"\b(?:quy dinh|van ban|huong dan|noi dung|dieu)\b(?: \w+){0,4} (?:trai voi|trai|truoc day|truoc do|cu|khac voi)\b"
    r".*\b(?:khong|chua|sao|the nao|gi)\b"
)
_ASKS_OLDER = _folded(
    r"\b(?:làm|khiến)\b.*\bhết hiệu lực\b|\b(?:nào|gì)\b.*\bhết hiệu lực (?:khi|từ khi|do|vì)\b|"
    rf"\b{_REPLACES_VERB}(?: cho)?\b.*\b(?:nào|gì|số mấy|ai|số nào|số bao nhiêu)\b|\b{_REPLACES_VERB}(?: cho)?$"
)
_ASKS_NUMBER = re.compile(r"\bso (?:may|nao|bao nhieu|hieu)\b")  # "các quy định trước đây …" tells none
_ASKS_ENDED = _folded(  # "Hướng dẫn 06 ra đời thì văn bản nào thôi dùng": what the newer one replaces
    rf"\b{_DIRECTIVE_WORDS} (?:\w+ ){{0,3}}?(?:nào|gì)\b(?: \w+){{0,5}} (?:(?:hết|mất) (?:hiệu lực|giá trị|dùng)|bị (?:\w+ ){{0,6}}?"
    r"(?:thay|bỏ|bãi bỏ|huỷ)|(?:thôi|ngừng|ngưng|không còn) (?:được )?(?:dùng|áp dụng|sử dụng|hiệu lực)|không (?:dùng|áp dụng) nữa)\b"
)
_ASKS_IN_FORCE = _folded(
    r"\b(?:còn|đang|có còn|vẫn còn|vẫn|hết|đã hết|bị)\b.*\b(?:hiệu lực|giá trị|áp dụng|thay thế|dùng|bãi bỏ|sử dụng)\b"
    r".*\b(?:không|chưa|à|hả)(?: (?:hay|hoặc) .*)?$|^(?:hết|còn) hiệu lực\b"
    r"|\bcòn (?:được |phải |cần |có thể )?(?:làm |thực hiện )?(?:theo|xài|dựa vào|dựa theo|căn cứ(?: vào)?|viện dẫn)\b"
    r".*\b(?:không|chưa|à|hả)$"
)
_ASKS_START = _folded(
    r"\b(?:hiệu lực|áp dụng|thi hành)\b.*(?<!\bthông )\b(?:từ|khi|ngày|bao giờ|lúc|thời gian|năm|tháng)\b"
    r"|\b(?:khi nào|bao giờ|ngày nào|từ ngày|từ bao giờ|từ khi)\b.*\b(?:hiệu lực|áp dụng|thi hành)\b"
)


_WHEN = r"(?:khi nao|bao gio|ngay nao|thang nao|nam nao|luc nao|thoi diem nao|tu ngay|ngay may)"
_ENDED = r"(?:het hieu luc|bi (?:thay|bai bo|huy bo|thay the)|duoc thay the|khong con hieu luc)"
_ASKS_END = re.compile(rf"\b{_ENDED}\b.*\b{_WHEN}\b|\b{_WHEN}\b.*\b{_ENDED}\b")
_UNTIL = re.compile(r"\bhieu luc\b.*\bden (?:het )?(?:khi nao|bao gio|ngay nao|luc nao|thang nao|nam nao|ngay may)\b")
_TO_THE_END = _wrapped(r"\bđến (?:hết )?(?=ngày)")
_AMENDS = r"(?:sửa đổi|bổ sung|đính chính|ngưng hiệu lực|điều chỉnh)"
_ASKS_AMENDING = _folded(
    rf"\b(?:bị|được) (?:\w+ ){{0,2}}{_AMENDS}|\b{_DIRECTIVE_WORDS} (?:nào|gì)(?: \w+){{0,4}} {_AMENDS}\b"
    rf"(?! {_DIRECTIVE_WORDS} (?:nào|gì))"
)
_AMENDS_WORD = re.compile(rf"\b{_AMENDS}\b")
_ASKS_AMENDED = _folded(rf"\b{_AMENDS}\b.*\b(?:nào|gì|số mấy|số nào|số bao nhiêu)\b")
_VALID = re.compile(r"\b(?:hieu luc|gia tri|bai bo|huy bo|thay the|ap dung|xu ly)\b")


class Asked(StrEnum):
    """What is asked about a document's validity."""

    START = "start"
    IN_FORCE = "in force"
    EARLIER = "earlier"
    END = "end"
    AMENDING = "amending"  # what amends it
    AMENDED = "amended"  # what it amends
    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says what replaced what, or from when: the numbers it names, and the article and place where it stands."""

    article: Article
    span: Span
    hit: Hit
    newer: tuple[str, ...] = ()
    older: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]


def asked_validity(question: Question) -> Asked | None:
    """What is asked, where the question names a document's number; else None."""
    if not question.query.references:
        return None
    text = fold(question.standalone).strip(" ?.!…")
    if _ASKS_EARLIER.search(text) and (_ASKS_IN_FORCE.search(text) or _VALID.search(text)):
        return Asked.EARLIER
    if _ASKS_END.search(text) or _UNTIL.search(text):
        return Asked.END
    if _ASKS_IN_FORCE.search(text):
        return Asked.IN_FORCE
    if _asks_what_ended(text):
        return Asked.OLDER
    if _ASKS_NEWER.search(text):
        return Asked.NEWER
    if _ASKS_OLDER.search(text):
        return Asked.OLDER
    if _ASKS_START.search(text):
        return Asked.START
    return Asked.AMENDING if _ASKS_AMENDING.search(text) else Asked.AMENDED if _ASKS_AMENDED.search(text) else None


def _asks_what_ended(folded: str) -> bool:
    """Whether the number stands before what is asked for; "văn bản nào … Hướng dẫn 01 hết hiệu lực" asks for the newer one."""
    ended = _ASKS_ENDED.search(folded)
    return ended is not None and bool(re.search(r"\d", folded[: ended.start()] + ended[0]))


def answer_validity(question: Question, hits: Sequence[Hit], passages: Sequence[Passage], engine: SearchEngine) -> list[Line] | None:
    """The answer with the sentences that give it; [] where no sentence says it, None for any other question."""
    asked = asked_validity(question)
    if asked is None:
        return None
    patterns = question.query.references
    own = [(article, hit) for article, hit in _articles(hits, engine) if _is_about(article, patterns)]
    if asked is Asked.START:
        found = _word_start(_starts(own), passages)
        return found if found or not _EFFECT.search(canonical(question.standalone)) else []
    if asked in (Asked.AMENDING, Asked.AMENDED):
        return _word_amended(asked, patterns, _articles(hits, engine), passages)
    if asked is Asked.EARLIER:
        return _quoted(_without_numbers(own), passages) or None
    statements = [s for article, hit in _articles(hits, engine) for s in _replacements(article, hit)]
    replaced = [s for s in statements if _named(patterns, s.older) and s.newer] or _by_metadata(own, hits, engine)
    replacing = [s for s in statements if _named(patterns, s.newer) and s.older]
    match asked:
        case Asked.END:
            return _word_end(replaced, own, passages)
        case Asked.NEWER:
            return _word_numbers([n for s in replaced for n in s.newer], replaced, passages) or []
        case Asked.OLDER:
            named = _word_numbers([n for s in replacing for n in s.older], replacing, passages)
            unnumbered = [] if _ASKS_NUMBER.search(fold(question.standalone)) else _quoted(_without_numbers(own), passages)
            return named or unnumbered
        case _:
            return _word_in_force(replaced, own, passages, question)


def _by_metadata(own: Sequence[tuple[Article, Hit]], hits: Sequence[Hit], engine: SearchEngine) -> list[Statement]:
    """The article that says in its metadata that it replaces the one asked about, told by its title where no sentence tells it."""
    newer = {hit.article_id: hit for article, _ in own if (hit := replaced_by(article, hits)) is not None}
    return [_titled(engine.article(hit.article_id), hit) for hit in newer.values()]


def _titled(article: Article, hit: Hit) -> Statement:
    blocks = [block for block in article.blocks if block.kind is BlockKind.TITLE] or list(article.blocks)
    return Statement(article, Span(blocks[0].start, blocks[0].end), hit, newer=(name_of(hit),))


def _articles(hits: Sequence[Hit], engine: SearchEngine) -> list[tuple[Article, Hit]]:
    return [(engine.article(hit.article_id), hit) for hit in reversed({hit.article_id: hit for hit in reversed(hits)}.values())]


def _is_about(article: Article, patterns: Sequence[str]) -> bool:
    return _named(patterns, own_numbers(article.metadata.title))


def _named(patterns: Sequence[str], numbers: Sequence[str]) -> bool:
    return any(reference_matches(pattern, number) for pattern in patterns for number in numbers)


@lru_cache(maxsize=64)
def _form(text: str) -> str:
    """`canonical`, remembered: the same few articles are read by every rule."""
    return canonical(text)


def _sentences(article: Article, wanted: re.Pattern[str]) -> Iterator[Span]:
    """The sentences in which `wanted` occurs."""
    lowered = _form(article.text)
    for block in article.blocks:
        if block.kind in _NOT_EVIDENCE or block.repeated or not wanted.search(lowered, block.start, block.end):
            continue
        yield from (s for s in split_sentences(article.text, block.start, block.end) if wanted.search(lowered, s.start, s.end))


def _replacements(article: Article, hit: Hit) -> Iterator[Statement]:
    """Who replaced whom: "X thay thế Y", "văn bản này thay cho Y" (this article's own number), "Y đã bị thay khi X ra đời",
    "Y hết hiệu lực kể từ ngày Nghị định này có hiệu lực"."""
    own = own_numbers(article.metadata.title)
    for pattern in (_PASSIVE, _ACTIVE, _ABOLISHED):
        for span in _sentences(article, pattern):
            text = _form(article.text)[span.start : span.end]
            verb = pattern.search(text)
            if verb is None or (pattern is not _PASSIVE and _PASSIVE.search(text)) or (pattern is _ABOLISHED and _ACTIVE.search(text)):
                continue
            references = find_references(article.text[span.start : span.end])
            before = [r for r in references if r.end <= verb.start()]
            after = [r for r in references if r.start >= verb.end()]
            clause = text.find(";", verb.end()) % (len(text) + 1)  # the end where there is none
            this = own[:1] or ((article.metadata.title,) if _THIS.search(text) else ())
            if pattern is _PASSIVE:
                older = _of_one_row(text, before, 0) or tuple(r.number for r in before[-1:] if not _is_part(text, r)) or own[:1]
                newer = tuple(r.number for r in after[:1] if r.start < clause)
                newer = newer or (this if before and _THIS.search(text, verb.end(), clause) else ())
            else:
                other = pattern is _ACTIVE and before and not _THIS.search(text, before[-1].end, verb.start())
                newer = (before[-1].number,) if other else this
                older = _of_one_row(text, after, verb.end()) or _items_below(article, span)
            older = tuple(number for number in older if number not in newer)
            if newer and older:
                yield Statement(article, span, hit, newer, older)


def _of_one_row(text: str, references: Sequence[Reference], start: int) -> tuple[str, ...]:
    """The numbers of one row that begins at `start`: "thay thế Thông tư số A ngày … và Thông tư số B"; not those that A only names."""
    row: list[Reference] = []
    for reference in references:
        between = text[row[-1].end if row else start : reference.start]
        wanted = _NEXT.search(between) if row else _FIRST.search(between) if len(between) <= _NEAR_VERB else None
        if wanted is None or _is_part(text, reference):
            break
        row.append(reference)
    return tuple(reference.number for reference in row)


def _is_part(text: str, reference: Reference) -> bool:
    """Only a clause of the document is meant: "khoản 2 Điều 5 Nghị định số A"."""
    return _PART.search(text[max(0, reference.start - 90) : reference.start]) is not None


def _items_below(article: Article, span: Span) -> tuple[str, ...]:
    """The numbers that head the items of the list which the sentence leads in: "Bãi bỏ các văn bản sau đây:"."""
    if not article.text[span.start : span.end].rstrip().endswith(":"):
        return ()
    found: list[str] = []
    for block in article.blocks:
        if block.start < span.end or block.kind is not BlockKind.BODY:
            continue
        references = find_references(article.text[block.start : block.end])
        row = _of_one_row(_form(article.text)[block.start : block.end], references[:1], 0)
        if not row or len(found) == MAX_ITEMS:
            break
        found += row
    return tuple(found)


def _without_numbers(own: Sequence[tuple[Article, Hit]]) -> list[Statement]:
    """What is abolished without being named: "Các quy định trước đây trái với … đều bãi bỏ"."""
    return [Statement(article, span, hit) for article, hit in own for span in _sentences(article, _ABOLISHES)]


def _starts(own: Sequence[tuple[Article, Hit]]) -> list[tuple[Statement, str]]:
    """The sentences that say from when the document holds, with the day; "từ ngày ký" is the day of the document."""
    found = []
    for article, hit in own:
        for span in _sentences(article, _STARTS):
            text = article.text[span.start : span.end]
            lowered = canonical(text)
            verb = _STARTS.search(lowered)
            assert verb is not None
            if verb[0].startswith("thực hiện") and not _THIS.search(lowered):
                continue  # a deed begins on that day, not the document
            after = [m for m in find_dates(text) if m.start >= verb.start() and m.date.day]
            clause = max(lowered.rfind(mark, 0, verb.start()) for mark in ";.:")
            other = [
                r for r in find_references(text[: verb.start()]) if r.start > clause and r.number not in own_numbers(article.metadata.title)
            ]
            if other:
                continue
            statement = Statement(article, span, hit)
            signing = _FROM_SIGNING.search(lowered, verb.start())
            when = article.metadata.published
            if signing and when is not None and when.day:
                found.append((statement, f"Từ ngày ký ({when.vietnamese})"))
            elif after and not signing:
                found.append((statement, text[after[0].start : after[0].end]))
    return found


def _word_amended(
    asked: Asked, patterns: Sequence[str], articles: Sequence[tuple[Article, Hit]], passages: Sequence[Passage]
) -> list[Line] | None:
    """What a document amends, or what amends it, as the titles say: "Sửa đổi, bổ sung một số điều của Nghị định số 68/2026/NĐ-CP"."""
    told: list[tuple[tuple[str, ...], Statement]] = []
    for article, hit in articles:
        subject, own = subject_of(article), own_numbers(article.metadata.title)
        title = article.text[subject.start : subject.end] if subject else ""
        if subject is None or not own or not _AMENDS_WORD.search(canonical(title)):
            continue
        numbers = tuple(r.number for r in find_references(title))
        if asked is Asked.AMENDED and numbers and _named(patterns, own):
            told.append((numbers, Statement(article, subject, hit)))
        elif asked is Asked.AMENDING and _named(patterns, numbers):
            told.append((own, Statement(article, subject, hit)))
    return _word_numbers([n for numbers, _ in told for n in numbers], [statement for _, statement in told], passages)


def _word_end(replaced: Sequence[Statement], own: Sequence[tuple[Article, Hit]], passages: Sequence[Passage]) -> list[Line]:
    """The day to which the document itself says it holds; else from which the newer one does, as the sentence gives it; else that one."""
    for article, hit in own:
        for span in _sentences(article, _STARTS):
            text = article.text[span.start : span.end]
            until = _TO_THE_END.search(canonical(text))
            if until and _THIS.search(canonical(text)) and (days := [m for m in find_dates(text) if m.start >= until.end() - 1]):
                return [[f"{text[days[0].start : days[0].end]}."], *_quoted([Statement(article, span, hit)], passages)]
    for statement in replaced:
        verb = _PASSIVE.search(canonical(statement.text))
        days = [mention for mention in find_dates(statement.text) if verb and mention.start >= verb.end() and mention.date.day]
        if days:
            return [[f"{statement.text[days[0].start : days[0].end]}."], *_quoted([statement], passages)]
    for statement in replaced:
        starts = _starts([(statement.article, statement.hit)])
        if starts:
            told = [statement] if starts[0][0].span == statement.span else [statement, starts[0][0]]
            return [[f"{starts[0][1]}."], *(line for each in told for line in _quoted([each], passages))]
    return _word_numbers([n for s in replaced for n in s.newer], replaced, passages) or []


def _word_start(found: Sequence[tuple[Statement, str]], passages: Sequence[Passage]) -> list[Line] | None:
    if not found:
        return None
    days = "; ".join(dict.fromkeys(day for _, day in found))
    return [[f"{days}."], *map(_by_number, _quoted([statement for statement, _ in found], passages))]


def _by_number(line: Line) -> Line:
    """The quotation under the number of its document, whose own day beside the one from which it holds would be taken for an answer."""
    numbers = [n for piece in line if isinstance(piece, Quote) for n in own_numbers(piece.article.metadata.title)]
    return [f"Theo {numbers[0]}: ", *line[1:]] if numbers else line


def _word_numbers(numbers: Sequence[str], statements: Sequence[Statement], passages: Sequence[Passage]) -> list[Line] | None:
    if not statements:
        return None
    return [[f"{'; '.join(dict.fromkeys(numbers))}."], *_quoted(statements, passages)]


def _word_in_force(
    replaced: Sequence[Statement], own: Sequence[tuple[Article, Hit]], passages: Sequence[Passage], question: Question
) -> list[Line] | None:
    """No, where a sentence says that it was replaced; else only that none does, with from when it holds."""
    if replaced:
        numbers = ", ".join(dict.fromkeys(number for s in replaced for number in s.newer))
        return [[f"Không còn: đã được {numbers} thay thế."], *_quoted(replaced, passages)]
    starts = _starts(own)
    if not starts:
        return None
    number = own_numbers(starts[0][0].article.metadata.title)[0]
    lead: Line = [f"Trong tài liệu chưa có văn bản nào thay thế {number}; hiệu lực: {_lowered(starts[0][1])}."]
    return [lead, *_quoted([statement for statement, _ in starts], passages)]


def _lowered(day: str) -> str:
    return day[:1].lower() + day[1:]


MAX_QUOTED = 2


def _quoted(statements: Sequence[Statement], passages: Sequence[Passage]) -> list[Line]:
    chosen = list({s.article.id: s for s in reversed(statements)}.values())[::-1][:MAX_QUOTED]
    return [
        [f"{capitalised(dated(s.article))}: ", Quote(passage_at(s.article, s.span, s.hit, passages), s.article, s.span)] for s in chosen
    ]
