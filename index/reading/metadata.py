"""What is known about an article: as its file says, else as its text shows. What is not known stays None.

Three dates are told apart: published (the file, a date line, an official header), event (what the first sentences tell of)
and page (the day the web page was loaded, which says nothing of the article).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.reading.boilerplate import PREFIX, is_date_line, is_page_date
from index.reading.official import issued
from index.reading.paragraphs import DOCUMENT_TYPES, TYPE_LINE, canonical_form
from index.text.canonical import canonical
from index.text.dates import find_dates
from index.text.references import find_references
from index.text.sentences import split_sentences
from index.text.signing import find_signers
from index.types import Block, BlockKind, Metadata, PartialDate

MAX_MADE_TITLE_CHARACTERS = 90
MAX_OFFICIAL_TITLE_CHARACTERS = 330
LEAD_BLOCKS = 2  # paragraphs of the body in which the event's day is looked for
LEAD_CHARACTERS = 700
YEAR_BLOCKS = 4  # first blocks in which years are counted when the event's day has none
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d{2}(?![\d-])|(?<=/)(?:19|20)\d{2}\b")
_NOT_EVENT = re.compile(
    r"(?:\d|-[a-zđ/-]+|số \S+|nghị quyết|quyết định|chỉ thị|quy định|kế hoạch|hướng dẫn|luật|kết luận|thông tư|nghị định)"
    r"[\s,]*(?:ngày\s*)?$"
)
_AGENCY = re.compile(r"\(([^()]{2,40})\)\s*[-–]")
_INTERVIEWER = re.compile(r"trả lời phỏng vấn (?:của )?((?:Báo|báo|Tạp chí|tạp chí|Đài|đài|Cổng)(?: [A-ZĐÀ-Ỹ]\S*)+)")
_AGENCIES = {
    **{"baonghean.vn": "Báo Nghệ An", "baonghean": "Báo Nghệ An", "ttxvn": "Thông tấn xã Việt Nam", "vietnam+": "Thông tấn xã Việt Nam"},
    **{"chinhphu.vn": "Báo Điện tử Chính phủ", "đcsvn": "Báo Điện tử Đảng Cộng sản Việt Nam", "vov.vn": "Đài Tiếng nói Việt Nam"},
    **{
        "vov": "Đài Tiếng nói Việt Nam",
        "nhandan.vn": "Báo Nhân Dân",
        "qđnd": "Báo Quân đội nhân dân",
        "xaydungdang.org.vn": "Tạp chí Xây dựng Đảng",
    },
}
_BODY_OF_STATE = re.compile(
    r"(?:ban|đảng|tỉnh|thành|huyện|văn phòng|uỷ ban|hội đồng|sở|phòng|báo|đài|trường|bộ|công an|hđnd|ubnd|mttq|cổng|tạp chí)\b"
)
_NO_ISSUER = ("đảng cộng sản", "cộng hoà xã hội", "độc lập", "văn bản", "phần ", "công báo")
_CENTRAL = "ban chấp hành trung ương"
_FOR_CENTRAL_BODY = re.compile(r"T(?:/M|M\.) (?P<body>BAN BÍ THƯ|BỘ CHÍNH TRỊ)\b")
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?: [^\W\d_][^\W\d_]*){1,4}")
_TIMELESS_KIND = re.compile(r"(?:tóm tắt|hỏi đáp|văn bản|" + DOCUMENT_TYPES.replace("báo cáo|", "") + r")\b")
_MEETING = re.compile(r"\b(?:hội nghị|cuộc họp|họp|phiên họp|đại hội|hội thảo|toạ đàm|lễ|gặp mặt|tổng kết|sơ kết)\b")
_PASSED = re.compile(r"\b(?:này )?(?:đã )?được [^.;]{0,160}?\bthông qua (?:vào )?(?=ngày)")
MAX_BYLINE_WORDS = 16
_BYLINE_WORD = re.compile(r"(?:tác giả|người viết|nguồn|bài, ảnh|tin, ảnh|bài và ảnh|thực hiện|theo)\s*:?\s*", re.IGNORECASE)
_NUMBERED_KIND = re.compile(rf"({DOCUMENT_TYPES})(?:\d{{0,2}}\s*$|\s+(?:số\s*)?\d+\s*[-/])")


def find_metadata(text: str, blocks: Sequence[Block], given: Mapping[str, str]) -> Metadata:
    """The metadata of an article; `given` (fields of `Metadata` as text) goes before what the text shows."""
    canon = canonical_form(text)
    published = parse_date(given.get("published")) or _published(text, canon, blocks)
    page = parse_date(given.get("page")) or _page(text, canon, blocks)
    kind = given.get("kind") or _kind(canon, blocks)
    event = parse_date(given.get("event")) or _event(text, canon, blocks, published or page, kind)
    author, body = _byline(text, canon, blocks)
    return Metadata(
        title=given.get("title") or _title(text, canon, blocks),
        published=published,
        event=event,
        page=page,
        issuer=given.get("issuer") or _issuer(text, canon, blocks) or body,
        kind=kind or ("Tin hội nghị" if event and _is_meeting(canon, blocks) else None),
        place=given.get("place") or _place(text, canon, blocks),
        author=given.get("author") or author,
        supersedes=given.get("supersedes"),
    )


def parse_date(given: str | None) -> PartialDate | None:
    """A date as files write it (2021-12-27, 2021-12, 2021-12-27T08:00:00+07:00, 27/12/2021, "ngày 27 tháng 12 năm 2021"), else None."""
    if not given:
        return None
    try:
        return PartialDate.parse(re.split(r"[T ]", given.strip(), maxsplit=1)[0])
    except ValueError:
        mentions = find_dates(given)
        return mentions[0].date if mentions else None


def _title(text: str, canon: str, blocks: Sequence[Block]) -> str:
    """The title in the text; for an official document with its number; without any, the beginning of the first sentence."""
    titles = [block for block in blocks if block.kind is BlockKind.TITLE and not block.repeated]
    if titles:
        title = " ".join(" ".join(text[block.start : block.end] for block in titles).split())
        if not _is_official(canon, titles[0]):
            return title
        number = _own_number(text, blocks, titles[0])
        title = _cut(title, MAX_OFFICIAL_TITLE_CHARACTERS)
        return f"{title} ({number})" if number else title
    own = [block for block in blocks if block.kind not in (BlockKind.BOILERPLATE, BlockKind.CAPTION)] or list(blocks)
    return shorten(text[own[0].start : own[0].end]) if own else ""


def shorten(text: str) -> str:
    """The first sentence of `text`, cut at a word with "…" where it is longer than a title should be."""
    sentences = split_sentences(text[: MAX_MADE_TITLE_CHARACTERS * 4])
    first = " ".join((text[sentences[0].start : sentences[0].end] if sentences else text).split())
    return _cut(first, MAX_MADE_TITLE_CHARACTERS)


def _cut(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[: limit + 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def _is_official(canon: str, title: Block) -> bool:
    return TYPE_LINE.fullmatch(canon[title.start : title.end].strip()) is not None


def _own_number(text: str, blocks: Sequence[Block], title: Block) -> str | None:
    """The number in the header of an official document, which a badly read page has below its first text."""
    headers = [block for block in blocks if block.kind is BlockKind.BOILERPLATE]
    late = (r for block in headers if block.start > title.start for r in find_references(text[block.start : block.end]))
    return next((r.number for r in (*find_references(text[: title.start]), *late)), None)


def _published(text: str, canon: str, blocks: Sequence[Block]) -> PartialDate | None:
    """From an official header, from a date line of its own, or from what a collection put before the text."""
    for block in blocks:
        if block.kind is not BlockKind.BOILERPLATE:
            continue
        line = " ".join(canon[block.start : block.end].split())
        if PREFIX.fullmatch(line):
            return PartialDate.parse(line.removeprefix("date "))
        header = issued(line)
        if header and not line.startswith("hôm nay"):
            return _checked(header["year"], header["month"], header["day"])
        if is_date_line(line) and not _is_page_line(line, block, blocks):
            return parse_date(" ".join(text[block.start : block.end].split()))
    return _adopted(text, canon, blocks)


def _adopted(text: str, canon: str, blocks: Sequence[Block]) -> PartialDate | None:
    """The day on which a document without a date in its header was passed or signed, as its end says; else the year in its number."""
    title = next((block for block in blocks if _official_title(canon, block)), None)
    if title is None:
        return None
    for block in reversed(blocks):
        line = " ".join(canon[block.start : block.end].split())
        if (signed := issued(line)) and signed.span() == (0, len(line)):
            return _checked(signed["year"], signed["month"], signed["day"])
        for match in _PASSED.finditer(canon, block.start, block.end):
            days = find_dates(text[match.end() : block.end])
            if days and days[0].start < 8 and days[0].date.day:
                return days[0].date
    number = _own_number(text, blocks, title)
    year = re.search(r"/((?:19|20)\d\d)/", number or "")
    return PartialDate(int(year[1])) if year else None


def _page(text: str, canon: str, blocks: Sequence[Block]) -> PartialDate | None:
    for block in blocks:
        if block.kind is BlockKind.BOILERPLATE:
            line = " ".join(canon[block.start : block.end].split())
            if is_page_date(line) and _is_page_line(line, block, blocks):
                mentions = find_dates(text[block.start : block.end])
                return mentions[0].date if mentions else None
    return None


def _is_page_line(line: str, block: Block, blocks: Sequence[Block]) -> bool:
    """ "Hôm nay …" anywhere; a weekday and a date only above the title: below it they say when the article came out."""
    if not is_page_date(line):
        return False
    first = next((other.start for other in blocks if other.kind is not BlockKind.BOILERPLATE), 0)
    return line.startswith("hôm nay") or block.start < first


def _checked(year: str, month: str, day: str) -> PartialDate | None:
    """A printed date whose day or month may be blank."""
    parts = [part for part in (year, month, day if month else "") if part]
    try:
        return PartialDate.parse("-".join(parts))
    except ValueError:
        return None


def _event(text: str, canon: str, blocks: Sequence[Block], known: PartialDate | None, kind: str | None) -> PartialDate | None:
    """The first day named in the first paragraphs that is not the date of a directive; none for interviews and directives."""
    told = not (kind and _TIMELESS_KIND.match(canonical(kind)))
    if not told or any(block.kind is BlockKind.QUESTION or _official_title(canon, block) for block in blocks):
        return None
    lead = [block for block in blocks if block.kind is BlockKind.BODY][:LEAD_BLOCKS]
    year = known.year if known else _usual_year(text, blocks)
    for block in lead:
        stretch = text[block.start : min(block.end, block.start + LEAD_CHARACTERS)]
        for mention in find_dates(stretch, year):
            before = canon[block.start : block.start + mention.start][-40:]
            if mention.date.day is not None and not _NOT_EVENT.search(before):
                return _not_after(mention.date, stretch[mention.start : mention.end], known)
    return None


def _official_title(canon: str, block: Block) -> bool:
    return block.kind is BlockKind.TITLE and _is_official(canon, block)


def _not_after(found: PartialDate, written: str, known: PartialDate | None) -> PartialDate:
    """An event without a year is of the year before where it would otherwise lie after the day it was published."""
    if known is None or str(found.year) in written:
        return found
    later = (found.month or 0) > (known.month or 12) or (found.month == known.month and (found.day or 0) > (known.day or 31))
    return PartialDate(found.year - 1, found.month, found.day) if later else found


def _usual_year(text: str, blocks: Sequence[Block]) -> int | None:
    """The year named most often in the title and the first paragraphs; of equals the first."""
    first = [block for block in blocks if block.kind in (BlockKind.TITLE, BlockKind.BODY)][:YEAR_BLOCKS]
    years = Counter(year for block in first for year in _YEAR.findall(text, block.start, block.end))
    return int(years.most_common(1)[0][0]) if years else None


def _issuer(text: str, canon: str, blocks: Sequence[Block]) -> str | None:
    for block in blocks:
        if _official_title(canon, block):
            header = _header_issuer(text, canon, 0, block.start) or _late_issuer(text, canon, blocks, block)
            return _central_body(text) or header if header and canonical(header) == _CENTRAL else header
        if block.kind is BlockKind.BODY and (agency := _AGENCY.match(text, block.start, block.end)):
            return _AGENCIES.get(canonical(agency[1]).strip(), agency[1].strip())
        if asked := _INTERVIEWER.search(text, block.start, block.end):
            return asked[1][0].upper() + asked[1][1:].rstrip(".,;")
    return None


def _central_body(text: str) -> str | None:
    """The Secretariat and the Politburo issue under the header of the Central Committee; who signs for them says so."""
    signers = find_signers(text)
    match = _FOR_CENTRAL_BODY.match(text, signers[0].opened) if signers else None
    return match["body"].capitalize().replace("chính trị", "Chính trị").replace("bí thư", "Bí thư") if match else None


def _late_issuer(text: str, canon: str, blocks: Sequence[Block], title: Block) -> str | None:
    """The capitals above the number of a header that a badly read page has below its first text."""
    for above, number in pairwise(block for block in blocks if block.start > title.start):
        if number.kind is BlockKind.BOILERPLATE and find_references(text[number.start : number.end]):
            return _header_issuer(text, canon, above.start, above.end)
    return None


def _header_issuer(text: str, canon: str, start: int, end: int) -> str | None:
    """The left column of a header down to the star or the number, spelled as in running text where the body names it."""
    names: list[str] = []
    for line in text[start:end].split("\n"):
        left = re.split(r"\s{3,}", line.strip())[0].strip(" *")
        low = canonical(left)
        if re.match(r"(?:luật )?số\b", low) or issued(low):
            break
        if not left.isupper() or low.startswith(_NO_ISSUER) or left in names:
            continue
        if names and (names[0].endswith("-") or not _BODY_OF_STATE.match(low)):
            names[0] += " " + left  # the name goes on in the next line
        else:
            names.insert(0, left)
    distinct = [name for place, name in enumerate(names) if name not in names[:place]]
    if len(distinct) > 1 and canonical(distinct[-1]) == _CENTRAL:
        distinct[-1] = "TRUNG ƯƠNG"  # a body of the Central Committee: "Ban Tổ chức Trung ương"
    return " ".join(_as_running_text(name, text, canon) for name in distinct) or None


def _as_running_text(name: str, text: str, canon: str) -> str:
    wanted = canonical(name)
    place = canon.find(wanted)
    while place >= 0:
        found = text[place : place + len(wanted)]
        if not found.isupper() and found[0].isupper():
            return found
        place = canon.find(wanted, place + 1)
    return name


def _kind(canon: str, blocks: Sequence[Block]) -> str | None:
    if any(block.kind is BlockKind.QUESTION for block in blocks):
        return "Phỏng vấn"
    for block in blocks:
        if block.kind is BlockKind.TITLE and (match := _NUMBERED_KIND.match(canon[block.start : block.end])):
            return match[1].capitalize()
    return None


def _is_meeting(canon: str, blocks: Sequence[Block]) -> bool:
    first = [block for block in blocks if block.kind in (BlockKind.TITLE, BlockKind.BODY)][:2]
    return any(_MEETING.search(canon, block.start, block.end) for block in first)


def _place(text: str, canon: str, blocks: Sequence[Block]) -> str | None:
    """The place in the header of an official document."""
    title = next((block for block in blocks if _official_title(canon, block)), None)
    for block in blocks:
        if title and block.start < title.start and (header := issued(canon[block.start : block.end])):
            written = text[block.start + header.start("place") : block.start + header.end("place")]
            return re.split(r"\s{3,}|\n", written.strip())[-1].strip(" *")
    return None


def _byline(text: str, canon: str, blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """(author, body) of the last byline: "Tên Người - Tên cơ quan", a name alone, or a body alone; of a document who signed it."""
    if any(_official_title(canon, block) for block in blocks) and (signers := find_signers(text)):
        return ", ".join(signer.name for signer in signers), None
    lines = [" ".join(text[block.start : block.end].split()) for block in blocks if block.kind is BlockKind.BYLINE]
    bylines = [line for line in lines if line.count(" ") < MAX_BYLINE_WORDS and not line.isnumeric()]  # a page number, a notice below it
    if not bylines:
        return None, None
    line = _BYLINE_WORD.sub("", bylines[-1], count=1).strip(" .()")
    name, _, body = (part.strip() for part in re.sub(r"\s[–—-]\s", "\0", line, count=1).partition("\0"))
    if body:
        return name, body
    if _BODY_OF_STATE.match(canonical(name)):
        return name, name
    return (name, None) if _NAME.fullmatch(name) else (None, None)
