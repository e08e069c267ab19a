"""A question that compares two periods, documents or things → one question for each side, to be answered side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.canonical import canonical, fold
from index.text.references import find_references
from index.text.tokens import terms
from qa.followup_topic import DIRECTIVE_NAMED
from qa.terms import content_terms
from qa.types import Passage
from qa.wording import Line, Quote, Worded, word

MISSING_SIDE = "không có trong tài liệu."

_COMPARES = re.compile(
    r"\b(?:so sánh|so với|khác (?:nhau|gì|biệt|với)|chênh (?:nhau|lệch)|lệch nhau|điểm khác|phân biệt|đối chiếu)\b|\bgiống\b.*\bkhác\b"
    r"|\b(?:ai|đâu|nào)(?: \w+){0,2} hơn\b"
    r"|\b(?:tăng|giảm|thay đổi|nhiều hơn|ít hơn|cao hơn|thấp hơn)\b.*\bso\b"
)
_CONDITION = re.compile(
    r"\b(?:thay đổi|khác|trùng|giống|sai|lệch)\b[^,;]{0,30}\bso với [^,;]{2,40}? thì\b"
)  # "… so với năm ngoái thì ghi thế nào"
_SHARE_OF = re.compile(r"\b(?:bao nhiêu|mấy) (?:phần|phần trăm|%) so với\b")  # of a whole, which is no other side
_YEARS = r"(?:19|20)\d{2}"
_JOINT = r"\s*(?:,? ?và(?: so)?(?: với)?|với|so với|hay|,)\s+(?:(?:của|trong|vào|ở) )?"


def _one_period(number: int) -> str:
    units = r"nhiệm kỳ|giai đoạn|năm|đầu năm|cuối năm|(?:tháng \d{1,2}|quý \w+)(?:\s*/\s*|\s+năm\s+)?"
    return rf"(?:(?P<unit{number}>{units})\s*)?(?P<years{number}>{_YEARS}(?:\s*[-–]\s*{_YEARS})?)"


_TWO_PERIODS = re.compile(_one_period(1) + _JOINT + _one_period(2), re.IGNORECASE)
_TWO_MONTHS = re.compile(
    rf"\btháng (?P<first>\d{{1,2}}){_JOINT}tháng (?P<second>\d{{1,2}})(?P<year>\s*/\s*{_YEARS}|\s+năm\s+{_YEARS})?", re.IGNORECASE
)
_OPENING = re.compile(
    r"^(?:(?:hãy|xin|cho (?:tôi |em )?(?:biết|hỏi)|nêu|chỉ ra)\s+)*"
    r"(?:so sánh|đối chiếu|phân biệt|(?:những |các )?(?:điểm |sự )?(?:giống(?: nhau)?"
    r"(?: và|,) )?khác (?:nhau|biệt)?|tìm điểm khác)(?: nhau)?(?: (?:của|giữa|về|là gì giữa))*\s+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[ ,]*(?:\b(?:có )?(?:gì )?(?:khác (?:nhau|biệt)?|giống (?:nhau)?|giống và khác nhau|thay đổi|tăng hay giảm|tăng|giảm"
    r"|chênh (?:nhau|lệch)|lệch (?:nhau)?|nhiều hơn|ít hơn)(?: nhau)?(?: như)?"
    r"(?: (?:thế nào|ra sao|gì|không|ở (?:điểm|chỗ) nào|điểm nào|chỗ nào|bao nhiêu(?: [\w%]+){0,2}|bao lâu|mấy \w+))*"
    r"|\b(?:như )?thế nào|\bra sao|\blà (?:những )?gì)[ ?.!…]*$",
    re.IGNORECASE,
)
_BY_DIFFERENCE = re.compile(
    r"^(?:giữa )?(?P<first>.{2,120}?)\s+(?:khác(?: (?:gì|nhau|biệt))?(?: (?:so )?với)?|so với)\s+(?P<second>.{2,120})$", re.IGNORECASE
)
_HOW_MUCH = re.compile(
    r"[ ,]*\b(?:nhiều ít|ít nhiều|hơn kém)(?: nhau)?(?: (?:thế nào|như thế nào|ra sao|bao nhiêu))*[ ?.!…]*$", re.IGNORECASE
)
_OF = re.compile(r"^(?:của|ở|tại|đối với|dành cho|cho|trong) ", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:và|với|hay)\s+", re.IGNORECASE)
_BETWEEN_LAST = re.compile(
    r"^(?P<subject>\S+(?: \S+){2,}?),? (?:khác|chênh) (?:nhau|biệt|lệch)(?: như)?(?: (?:thế nào|ra sao|gì|bao nhiêu|bao lâu))?"
    r" (?P<things>giữa .+)$",
    re.IGNORECASE,
)
_DIFFERING = r"(?:khác|chênh|lệch) (?:nhau|biệt|lệch)(?: như)?(?: (?:thế nào|ra sao|gì))?"
_ASPECT_LAST = re.compile(
    rf"^(?P<things>.+?),? (?P<differ>{_DIFFERING}) (?:về|ở) (?P<aspect>(?!điểm|chỗ)\S+(?: \S+){{0,7}})$", re.IGNORECASE
)
_ASPECT_BEFORE = re.compile(
    r"^(?P<things>.+?(?: và | với | hay | hoặc ).+?)(?:,| thì|, thì) (?P<aspect>(?:thời (?:hạn|gian)|hạn|mức|số|tỷ lệ|tỉ lệ|tiền|phụ cấp"
    rf"|lệ phí|chi phí|giấy tờ|hồ sơ|thủ tục|điều kiện)(?: [^,\s]+){{0,6}}?) (?P<differ>{_DIFFERING})$",
    re.IGNORECASE,
)
_SHARED_BEHIND = re.compile(  # "chi bộ và đảng uỷ cần tỷ lệ đồng ý khác nhau ra sao"
    rf"^(?P<first>.+?) (?:và|với|hay|hoặc) (?P<second>.+?) (?P<asked>(?:thì|phải|được|cần|có|chi|nộp|đóng|đạt|hưởng|nhận)\b"
    rf".*\b(?:thời (?:hạn|gian)|mức|số|tỷ lệ|tỉ lệ|tiền|phần trăm)\b.*?),? {_DIFFERING}$",
    re.IGNORECASE,
)
_TOPIC_BEFORE = re.compile(r"^(?P<topic>[^:;,]{4,80}): (?P<rest>.+)$")
_WHICH_MORE = re.compile(r"[,;]? *(?:thì )?\b(?:ai|đâu|\w+ nào)(?: \w+){0,2} hơn(?: \w+){0,2}[ ?.!…]*$", re.IGNORECASE)
_ASKED_OF_BOTH = re.compile(
    r"^(?P<first>.+?) (?:và|với|hay|hoặc) (?P<second>.+?)"
    r" (?P<asked>(?:thì|phải|được|cần|có|là|mất|chờ|đạt)\b.*\b(?:bao nhiêu|bao lâu|mấy)\b.*)$",
    re.IGNORECASE,
)
_DONE_TO_BOTH = re.compile(_ASKED_OF_BOTH.pattern.replace("thì|", "thì|bị|sau|trong|"), re.IGNORECASE)
_QUALIFIER = re.compile(
    r"(?:chính thức|tạm thời|dự bị|sớm|muộn|bắt buộc|tự nguyện|trong nước|ngoài nước|trực tiếp|gián tiếp|lần đầu|lại)", re.IGNORECASE
)
_SOURCE = re.compile(r"^(?P<first>theo [^,]+),\s+|,\s+(?P<last>theo [^,]+)$", re.IGNORECASE)
_PERIOD = re.compile(_one_period(1), re.IGNORECASE)
_COMPARING_WORDS = re.compile(
    r"\b(?:so với|so sánh|(?:có )?(?:tăng|giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn|thay đổi|khác)(?: hay (?:tăng|giảm|ít hơn|thấp hơn))?)\b,?"
    r"(?:\s*$)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![\w/])\d{1,5}(?:\s*[-–]\s*|\s+|/\d{4}/)[A-ZĐ]{2,6}(?:[/-][A-ZĐ]+)+", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?P<subject>\S+ .*\S) (?P<joint>giữa|ở|tại|đối với|dành cho|cho|của|trong(?! nước)) (?P<thing>.+)$", re.IGNORECASE)
_NOUNS = frozenset(
    {"đảng", "chi", "cấp", "ban", "tổ", "cơ", "đơn", "đồng", "cán", "người", "uỷ", "đoàn", "hội"}
)  # begin a thing of its own
_QUANTITY = re.compile(r"(?:thời (?:hạn|gian)|hạn(?! chế)|mức|số(?! hiệu)|tỷ lệ|tỉ lệ|tổng số|độ tuổi|tuổi|kinh phí)\b")
_COUNTED = re.compile(r"(?:tổng )?số (?:lượng )?(?P<things>(?!hiệu\b|tiền\b|liệu\b|phần\b|\d)[^\W\d_]+ .+)$", re.IGNORECASE)
_HAS_QUESTION = re.compile(r"\b(?:bao nhiêu|bao lâu|mấy|nào|gì|ai|đâu)\b")
MAX_THING_SYLLABLES = 14
MAX_SHORT_THING = 3
MIN_SUBJECT_WORDS = 3
MIN_SUBJECT = 0.5  # of the words of what is compared of both sides, in what is quoted …
BEFORE = 300  # … its title or so many characters before it
_TRAILING_PERIOD = re.compile(r"\b(?:(?:trong|vào|của|hồi) )?(?:tháng|năm|quý|nhiệm kỳ|giai đoạn|ngày) \S*\d.*$", re.IGNORECASE)

_OWNER = re.compile(r"\b(?:của|ở|tại|thuộc)\s+[A-ZĐ].*$")  # whose things they are: "… của Đảng bộ Khối năm 2021"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called and the question that asks for it alone."""

    label: str
    question: str
    period: bool = False


def find_sides(question: str) -> tuple[Side, ...] | None:
    """The two sides of a comparing question; None for any other.

    Example: "So sánh số đảng viên năm 2020 và 2021" → ("Năm 2020", "số đảng viên năm 2020"), ("Năm 2021", "số đảng viên năm 2021").
    """
    asked = canonical(question)
    compares = bool(_COMPARES.search(asked)) and not _CONDITION.search(asked) and not _SHARE_OF.search(asked)
    periods = _between_periods(question, compares)
    if periods or not compares:
        return periods
    return _between_documents(question) or _between_things(question)


def _between_periods(question: str, compares: bool) -> tuple[Side, Side] | None:
    months = _TWO_MONTHS.search(question)
    if months and compares:
        year = months["year"] or ""
        return _in_place(question, months, f"tháng {months['first']}{year}", f"tháng {months['second']}{year}")
    match = _TWO_PERIODS.search(question)
    if match is None and compares:
        return _apart(question)
    if match is None or (match["years1"] == match["years2"] and match["unit1"] == match["unit2"]):
        return None
    if not compares and not re.search(r"\b(?:bao nhiêu|mấy|ai|gì|nào)\b", canonical(question)):
        return None
    first_unit, second_unit = match["unit1"], match["unit2"]
    first = _named(first_unit or second_unit, match["years1"])
    return _in_place(question, match, first, _named(second_unit or _like(first_unit, match["years2"]), match["years2"]))


def _apart(question: str) -> tuple[Side, Side] | None:
    """Two years that do not stand together: "Số đảng viên năm 2021 tăng hay giảm so với năm 2020?"."""
    periods = list(_PERIOD.finditer(question))
    if len(periods) != 2:
        return None
    rest = f"{question[: periods[0].start()]} {question[periods[0].end() : periods[1].start()]} {question[periods[1].end() :]}"
    text = _bare(_COMPARING_WORDS.sub(" ", rest))
    names = [_named(period["unit1"], period["years1"]) for period in periods]
    sides = [Side(name[:1].upper() + name[1:], f"{text} {name}", period=True) for name in names]
    return sides[0], sides[1]


def _like(unit: str | None, years: str) -> str | None:
    """ "Nhiệm kỳ 2015-2020 và 2021": a single year is no term of office."""
    return unit if unit is None or bool(re.search("[-–]", years)) == (canonical(unit) in ("nhiệm kỳ", "giai đoạn")) else None


def _named(unit: str | None, years: str) -> str:
    term = bool(re.search("[-–]", years))
    return f"{unit or ('nhiệm kỳ' if term else 'năm')} {years}" if not (unit or "").rstrip().endswith("/") else f"{unit}{years}"


def _in_place(question: str, match: re.Match[str], first: str, second: str) -> tuple[Side, Side]:
    sides = []
    for period in (first, second):
        text = _bare(f"{question[: match.start()]}{period}{question[match.end() :]}")
        sides.append(Side(period[:1].upper() + period[1:], text, period=True))
    return sides[0], sides[1]


def _between_documents(question: str) -> tuple[Side, Side] | None:
    """Two numbers, printed or typed anyhow; what is compared of them goes to both, else what they are about."""
    matches = sorted((*_NUMBERED.finditer(question), *DIRECTIVE_NAMED.finditer(question)), key=lambda match: (match.start(), -match.end()))
    found = {fold(match[0]): match[0] for match in matches}
    typed = [name for key, name in found.items() if not any(key in other and key != other for other in found)]
    names = [printed[0].number if (printed := find_references(name)) else name for name in typed]
    if len(names) != 2:
        return None
    rest = re.sub("|".join(map(re.escape, typed)), " ", question)
    rest = _COMPARING_WORDS.sub(" ", re.sub(r"\bkhác (?:nhau|gì|biệt)(?: (?:như )?thế nào)?\b", " ", rest))
    topic = re.sub(r"^(?:(?:và|với|so|về|của|giữa|giữa các|hai|,)(?:\s+|$))+|(?:\s+(?:và|với|của|giữa|so với|theo))+$", "", _bare(rest))
    asked = f"{topic} theo" if len(content_terms(topic)) > 1 else ""
    sides = [Side(name[:1].upper() + name[1:], f"{asked} {name}".strip() if asked else f"{name} nói về gì?") for name in names]
    return sides[0], sides[1]


def _between_things(question: str) -> tuple[Side, ...] | None:
    """ "Sáp nhập và hợp nhất tổ chức đảng": words that follow the second thing belong to the first too."""
    text = question.strip(" ?.!…")
    source = _SOURCE.search(text)
    if source is not None:  # "theo Thông tư 12, …" holds for each
        sides = _between_things(f"{text[: source.start()]}{text[source.end() :]}")
        named = source["first"] or source["last"]
        return sides and tuple(Side(side.label, f"{side.question.rstrip('?')} {named}") for side in sides)
    much = _HOW_MUCH.search(text)
    if much is not None:  # "phòng của Sở A so với của Sở B nhiều ít thế nào" asks how many of each
        sides = _between_things(text[: much.start()])
        return sides and tuple(Side(side.label, _asking(_how_many(side.question))) for side in sides)
    topic = _TOPIC_BEFORE.match(text)
    if topic is not None:  # "bầu phó trưởng bản: ông A và bà B ai nhiều phiếu hơn" asks it of each
        return _of_topic(topic["topic"], _between_things(topic["rest"]))
    both = find_parallel(text)
    if both is not None:
        return both
    aspect = _ASPECT_LAST.match(text) or _ASPECT_BEFORE.match(text)
    shared = None if aspect else _SHARED_BEHIND.match(text)
    if shared is not None:
        return _asked_of_each(shared)
    if aspect is not None:
        sides = _between_things(f"{aspect['things']} {aspect['differ']}")
        return sides and tuple(Side(side.label, _asking(f"{aspect['aspect']} {_lowered(side.question)}")) for side in sides)
    text = _WHICH_MORE.sub("", text)
    last = _BETWEEN_LAST.match(text)
    text = _bare(f"{last['subject']} {last['things']}" if last else text)
    pair = _split_in_two(text)
    return None if pair is None else _with_subject(*pair) or _two_things(*pair)


def find_parallel(question: str) -> tuple[Side, ...] | None:
    """The two things of which one number is asked: "Bị khiển trách và bị cảnh cáo thì phải chờ bao lâu?", whether compared or not."""
    text = _WHICH_MORE.sub("", question.strip(" ?.!…"))
    topic = _TOPIC_BEFORE.match(text)
    if topic is not None:
        return _of_topic(topic["topic"], find_parallel(topic["rest"]))
    both = _ASKED_OF_BOTH.match(text) or _DONE_TO_BOTH.match(text)
    if both is None:
        return None
    return _asked_of_each(both)


def _asked_of_each(both: re.Match[str]) -> tuple[Side, Side]:
    asked = both["asked"] if _HAS_QUESTION.search(canonical(both["asked"])) else f"{both['asked']} bao nhiêu"
    first, second = (Side(each[:1].upper() + each[1:], f"{each} {asked}") for each in (both["first"], both["second"]))
    return first, second


def _of_topic(topic: str, sides: tuple[Side, ...] | None) -> tuple[Side, ...] | None:
    return sides and tuple(Side(side.label, f"{topic} {_lowered(side.question)}") for side in sides)


def _split_in_two(text: str) -> tuple[str, str] | None:
    match = _BY_DIFFERENCE.match(text)
    if match is not None and canonical(match["second"]) not in ("nhau", "gì", "thế nào"):
        return match["first"], match["second"]
    text = re.sub(r"^giữa ", "", text, flags=re.IGNORECASE)
    pairs = [(text[: joint.start()], text[joint.end() :]) for joint in _JOINED.finditer(text)]
    alike = (pair for pair in pairs if _where_again(canonical(pair[0]).split(), canonical(pair[1]).split()) is not None)
    return next(alike, pairs[0] if pairs else None)


def _two_things(whole_first: str, whole_second: str) -> tuple[Side, ...] | None:
    first, second = whole_first.split(), whole_second.split()
    if _QUALIFIER.fullmatch(whole_second) and len(first) > len(second):
        second = [*first[: -len(second)], *second]  # "đảng viên chính thức và dự bị"
        own = " ".join(first[-len(whole_second.split()) :])
        if _QUALIFIER.fullmatch(own) and len(first) > MAX_SHORT_THING + len(own.split()):
            return tuple(
                Side(label[:1].upper() + label[1:], _asking(" ".join(words))) for label, words in ((own, first), (whole_second, second))
            )
    if max(len(first), len(second)) > MAX_THING_SYLLABLES:
        return None
    own_noun = canonical(second[0]) in _NOUNS
    if not own_noun and len(second) > len(first) and canonical(whole_second).split()[: len(first)] != canonical(whole_first).split():
        whole = len(first) > MAX_SHORT_THING  # "số hồ sơ được thẩm định" lacks nothing but the time
        shared = (None if _OWNER.search(whole_first) else _OWNER.search(whole_second)) or _TRAILING_PERIOD.search(whole_second)
        first = [*first, *(shared[0].split() if shared else [])] if whole else [*first, *second[len(first) :]]
    texts = [" ".join(words) for words in (first, second)]
    return tuple(Side(_label(text), _counting(text)) for text in texts)


def _with_subject(first: str, second: str) -> tuple[Side, ...] | None:
    """ "Thời hạn giải quyết giữa cấp tỉnh và cấp Trung ương": what is compared is asked of each, of three too ("ở xã, tỉnh và Trung ương");
    None where the second names it itself."""
    words = canonical(second).split()
    if words[0] == canonical(first).split()[0]:
        return None
    at = _where_again(canonical(first).split(), words)
    match = _SUBJECT.match(first)
    if at is not None:
        subject, thing = " ".join(first.split()[:at]), " ".join(first.split()[at:])
    elif match is not None:
        subject, thing = f"{match['subject']} {match['joint']}", match["thing"]
        second = re.sub(rf"^{re.escape(match['joint'])}\s+", "", second, flags=re.IGNORECASE)
    else:
        return None
    things = [*thing.split(", "), second]
    if max(len(each.split()) for each in things) > MAX_THING_SYLLABLES:
        return None
    subject = re.sub(r"\s+giữa$", "", subject, flags=re.IGNORECASE)
    return tuple(Side(_label(_OF.sub("", each)), _asking(f"{subject} {each}")) for each in things)


def _label(thing: str) -> str:
    return thing[:1].upper() + thing[1:]


def _how_many(thing: str) -> str:
    """ "Phòng của Sở A" → "số phòng của Sở A"."""
    asks = _HAS_QUESTION.search(canonical(thing)) or _QUANTITY.match(canonical(thing))
    return thing if asks else f"số {_lowered(thing)}"


def _lowered(text: str) -> str:
    """Without the capital that only began a question."""
    first, _, rest = text.partition(" ")
    name = rest[:1].isupper() or first.isupper()
    return text if name else text[:1].lower() + text[1:]


def _where_again(first: Sequence[str], second: Sequence[str]) -> int | None:
    """Where in the first thing the words begin with which the second begins: both are of one kind ("đảng viên …")."""
    for length in (2, 1):
        for at in range(1, len(first) - length):
            if first[at : at + length] == second[:length] and len(second) > length:
                return at
    return None


def _counting(thing: str) -> str:
    """ "Số bạn đọc nữ" → "có bao nhiêu bạn đọc nữ?", where the unit is looked for."""
    counted = _COUNTED.match(thing)
    return f"có bao nhiêu {counted['things']}?" if counted else thing


def _asking(thing: str) -> str:
    """A quantity asked for in so many words, so that a number is looked for."""
    if _HAS_QUESTION.search(canonical(thing)):
        return thing
    if (counting := _counting(thing)) != thing:
        return counting
    match = _QUANTITY.match(canonical(thing))
    return thing if match is None else f"{thing} là {'bao lâu' if match[0].startswith(('thời', 'hạn')) else 'bao nhiêu'}?"


def _bare(question: str) -> str:
    """Without the words that compare."""
    text = _CLOSING.sub("", question.strip(" ?.!…"))
    return re.sub(r"\s+", " ", _OPENING.sub("", text)).strip(" ,")


def word_sides(sides: Sequence[Side], answers: Sequence[Sequence[Line]], passages: Sequence[Passage]) -> Worded | None:
    """Each side under its name. One of two periods may lack an answer, which is said; None where more is missing."""
    answers = [_shortest(lines) for lines in answers]
    quoted = [[piece for line in lines for piece in line if isinstance(piece, Quote)] for lines in answers]
    twice = len({tuple((quote.article.id, quote.span) for quote in quotes) for quotes in quoted}) == 1
    if twice and quoted[0] and not any(side.period for side in sides):  # what it says of which side is left to the reader
        return word([[f"{'; '.join(side.label for side in sides)}:"], *(line for line in answers[0] if _quotes(line))], passages)
    subject = _subject(sides)
    fits = [_keeps_to(side, quotes, twice) and _speaks_of(subject, quotes) for side, quotes in zip(sides, quoted, strict=True)]
    answers = [lines if fit else [] for lines, fit in zip(answers, fits, strict=True)]
    answered = sum(bool(lines) for lines in answers)
    if answered < len(sides) and not (answered and all(side.period for side in sides)):
        return None
    worded: list[Line] = []
    for side, lines in zip(sides, answers, strict=True):
        worded += [[f"{side.label}:"], *lines] if lines else [[f"{side.label}: {MISSING_SIDE}"]]
    return word(worded, passages)


def outdone_by_sides(together: Worded, apart: Worded) -> bool:
    """Whether both sides find their own sentences in one article, and `together` tells them by a sentence of another."""
    articles = {citation.article_id for citation in apart.citations}
    quoted = {(citation.start, citation.end) for citation in apart.citations}
    return len(articles) == 1 and len(quoted) > 1 and articles.isdisjoint(citation.article_id for citation in together.citations)


def _quotes(line: Line) -> bool:
    return any(isinstance(piece, Quote) for piece in line)


def _keeps_to(side: Side, quotes: Sequence[Quote], twice: bool) -> bool:
    """Whether what is quoted for a period names no other years only: figures of 2021 say nothing of 2020. What names no year and is
    quoted for both sides (`twice`) belongs to the year of its article."""
    text = " ".join(quote.article.text[quote.span.start : quote.span.end] for quote in quotes)
    asked, named = ([int(year) for year in re.findall(rf"(?<!\d){_YEARS}(?!\d)", each)] for each in (side.label, text))
    if twice and not named:
        named = [quote.article.metadata.date.year for quote in quotes if quote.article.metadata.date]
    return not side.period or not asked or not named or any(min(asked) <= year <= max(asked) for year in named)


def _subject(sides: Sequence[Side]) -> frozenset[str]:
    """What is compared of the sides, folded: the words that all their questions share and no label has."""
    shared = [{fold(term) for term in content_terms(side.question)} for side in sides]
    return frozenset(set.intersection(*shared) - {fold(term) for side in sides for term in terms(side.label)})


def _speaks_of(subject: frozenset[str], quotes: Sequence[Quote]) -> bool:
    """Whether what is quoted, what stands shortly before it or its title has enough of `subject`; what is no quotation tells it itself."""
    if not quotes or len(subject) < MIN_SUBJECT_WORDS:
        return True
    article = quotes[0].article
    around = article.text[max(0, quotes[0].span.start - BEFORE) : quotes[-1].span.end]
    said = {fold(term) for term in terms(f"{article.metadata.title} {around}")}
    return len(subject & said) >= MIN_SUBJECT * len(subject)


def _shortest(lines: Sequence[Line]) -> Sequence[Line]:
    """A list whole, of anything else up to the first quotation: two answers are to be taken in at one glance."""
    if len(lines) > 2 and isinstance(lines[1][0], str) and lines[1][0].startswith("1. "):
        return lines
    first = next((position for position, line in enumerate(lines) if _quotes(line)), len(lines))
    return lines[: first + 1]
