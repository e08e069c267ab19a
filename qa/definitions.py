"""What something is: the sentence that begins with its name and goes on with "là", wherever the hits have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from index.text.canonical import canonical, fold
from index.text.tokens import terms
from index.types import Hit, SearchEngine, Span
from qa.quotes import without_number
from qa.sentences import Sentence, find_sentences
from qa.types import AnswerType, Passage, Question

_THING = r"(?:theo [^,]+, ?)?(?p<thing>.+?)"
_UNDERSTOOD = r"được (?:hiểu|định nghĩa)(?: là)?(?: gì| ra sao| (?:như )?thế nào)"
_ASKS = (
    rf"(?:(?:như )?thế nào (?:thì )?(?:được )?(?:gọi |coi |xem )?là|định nghĩa|khái niệm(?: về)?|giải thích) {_THING}"
    rf"(?: là gì| {_UNDERSTOOD})?",
    rf"{_THING},? là (?:một )?(?:loại )?(?:tổ|hội|đoàn|đội|quỹ|phiếu|giấy|sổ|thẻ|mẫu|bệnh|khoản|lễ|phong trào|mô hình|cơ quan) gì",
    rf"(?:(?:chữ|ký hiệu|cụm từ|cụm|từ|chữ cái) )*{_THING}(?: (?:trong|ở|trên) [^,]+?)? (?:là )?(?:chữ )?viết tắt (?:của|cho|từ)"
    r" (?:(?:cái|từ|chữ|cụm từ|tên) )*(?:gì|nào)",
    rf"{_THING},? (?:(?:có )?(?:nghĩa )?là (?:gì|sao|(?:như )?thế nào)|{_UNDERSTOOD})(?: (?:theo|trong|ở|tại) .+)?",
)
# What is asked about stands in quotation marks: "“X” gồm những gì", "thế nào thì coi là “X”".
_QUOTED_THING = re.compile(
    r'(?:(?:gọi|coi|xem|hiểu|tính|nghĩa) là|thế nào là|the nao la|(?:goi|coi|xem|hieu|tinh|nghia) la) "(?P<behind>[^"]{6,80})"'
    r'|"(?P<front>[^"]{6,80})"(?: [^",;]+)? (?:bao )?(?:gồm|gom|là|la)(?: (?:những|nhung|các|cac|khoảng|khoang))*(?: [^\W\d_]+){0,2}? '
    r"(?:gì|gi|nào|nao|sao)\b"
)
_PARTICLES = re.compile(r"(?: (?:ạ|vậy|thế|nhỉ|nhé|hả|a|vay|the|nhi|nhe|ha))+$")
# Need not be repeated where what is left is not a mere "mục đích".
_QUALIFIED = r" (?:theo|trong|đối với|dành cho|được (?:nhắc|nêu|nói|đề cập|ghi)(?: đến| tới)? (?:trong|ở|tại)) .+$"
_OPENING = r"(?:(?:trong|theo|tại) [^,:;]{0,80}[,:] |(?:từ ngữ |thuật ngữ |khái niệm |việc ))?"
_TOLD_WHERE = r"(?: (?:nói|nêu|ghi|nhắc|đề cập|kể)(?: đến| tới)? (?:ở|trong|tại|trên) [^,;:.]{2,40}?)?"  # "tổ cầu nói ở chú thích là …"
_DEFINES_ACTOR = (
    _TOLD_WHERE
    + r"(?: \([^)]*\))?,? ?(?:(?:được hiểu |có nghĩa |nghĩa )?là (?!(?:gì|ai|người nào)\b)|(?:được hiểu như sau|bao gồm|gồm)\b|là: ?\w)"
)
_DEFINES = _DEFINES_ACTOR[:-1] + r"|: ?\w)"
_OF_WHOM = r"(?: (?:cho|đối với|của|ở|trong) [^,;:.]{2,30}? (?=là việc\b))?"  # "phân công công tác cho đảng viên là việc …"
_ACTOR = (  # before a colon it is told what they do, not what they are: "Chi bộ cơ sở: biểu dương …"
    r"(?:chi bộ|đảng bộ|đảng uỷ|chi uỷ|cấp uỷ|tỉnh uỷ|thành uỷ|huyện uỷ|uỷ ban|ban|bí thư|phó bí thư|đảng viên|cơ quan|đơn vị|hội|đoàn"
    r"|tổ chức|thủ trưởng|người|cán bộ)\b"
)
_ASKED_LAST = r"^.+,(?: (?:cho|xin) hỏi)? (?:vậy thì|thế thì|vậy|thế) (?!nào\b)(?=[^ ])"  # "…, vậy X nghĩa là sao"
_HOW_MANY = r"\b(?:hai|ba|các|những|một|mỗi) (?=tổ chức|chi bộ|đảng bộ|đơn vị|cơ quan|người)"
_ASKING = re.compile(r"\b(?:gi|nao|ai|dau|bao|may|sao|khong|chua|khi|con)\b")
_PARTY_BODY, _PARTY_BODIES = "tổ chức đảng", "chi bộ đảng bộ cơ sở"
_MAY_DEFINE = (AnswerType.DEFINITION, AnswerType.OTHER, AnswerType.LIST, AnswerType.POST)  # "người thôi giữ chức vụ là gì theo luật"
MAX_BODY_SYLLABLES = 4
MIN_LOOKED_FOR, MAX_LOOKED_THROUGH = 4, 3  # syllables of a name that is looked for in whole articles; hits whose articles these are
MIN_BARE_SYLLABLES = 3
MAX_BARE_SYLLABLES = 8
MAX_DEFINITION_SYLLABLES = 90  # half a definition says little


@dataclass(frozen=True, slots=True)
class Definition:
    """The sentence, and its clause that defines."""

    sentence: Sentence
    span: Span


def find_definition(question: Question, sentences: Sequence[Sentence], hits: Sequence[Hit], engine: SearchEngine) -> Definition | None:
    """The first of `sentences`, else of the hits' texts, that defines what is asked: "2.1. Sáp nhập là …" for "Sáp nhập là gì?".

    The clause of a sentence may name the thing by its first words only, where the others follow: "hợp nhất là khi tổ chức đảng A …".
    """
    form = _form(question)
    for thing in _asked_things(question, form):
        acting = re.match(form(_ACTOR), thing) is not None
        defines = re.compile(form(_OPENING) + _by_first_words(thing) + form(_OF_WHOM + (_DEFINES_ACTOR if acting else _DEFINES)))
        for sentence in chain(sentences, _of_hits(hits, engine, thing, form), _elsewhere(hits, engine, thing, form)):
            text = form(sentence.article.text[sentence.start : sentence.end])
            for clause in _clauses(sentence, text):
                own = _plain(text[clause.start - sentence.start : clause.end - sentence.start])
                match = defines.match(own)
                known = f"{own} {_plain(form(sentence.article.metadata.title))}"
                if match is not None and _says_all(thing[match.end("thing") - match.start("thing") :], known, form):
                    return Definition(sentence, clause)
    return None


def asks_bare_body(question: Question) -> bool:
    """ "Chi bộ cơ sở là gì": of what is named everywhere any sentence speaks, and only one that defines it answers."""
    if question.answer_type is not AnswerType.DEFINITION or question.carried:
        return False
    form = _form(question)
    text = _plain(form(question.standalone)).strip(" ?.!…")
    asked = re.fullmatch(form(rf"(?p<thing>{_ACTOR}(?: [^ ]+){{0,{MAX_BODY_SYLLABLES}}}) (?:nghĩa )?là gì").replace("?p<", "?P<"), text)
    return asked is not None and len(asked["thing"].split()) <= MAX_BODY_SYLLABLES


def _says_all(rest: str, clause: str, form: Callable[[str], str]) -> bool:
    """Whether the clause has the words of the name that it leaves out in front; what holds of every party organisation holds of a cell."""
    bodies = terms(form(_PARTY_BODIES)) if form(_PARTY_BODY) in clause else ()
    return set(terms(rest)).issubset([*terms(clause), *bodies])


def _by_first_words(thing: str) -> str:
    """A pattern for the thing, of which all words but the first two may lack: "nhập chi bộ" → "nhập chi(?: bộ)?"."""
    words = [re.escape(word) for word in thing.split()]
    return "(?P<thing>" + " ".join(words[:2]) + "".join(f"(?: {word}" for word in words[2:]) + ")?" * len(words[2:]) + ")"


def _clauses(sentence: Sentence, text: str) -> list[Span]:
    """The sentence without the number in front, and what stands behind its semicolons and colons."""
    whole = without_number(sentence.article.text, Span(sentence.start, sentence.end))
    ends = [match.start() for match in re.finditer(";", text)]
    starts = [match.end() for match in re.finditer(r"[;:]\s+", text)]
    parts = [
        Span(sentence.start + start, sentence.start + min((end for end in ends if end > start), default=len(text))) for start in starts
    ]
    return [whole, *parts]


def _form(question: Question) -> Callable[[str], str]:
    """Without diacritics where those of the question are missing or a guess."""
    bare = fold(question.standalone) == canonical(question.standalone)
    return fold if bare or question.query.restored else canonical


def _asked_things(question: Question, form: Callable[[str], str]) -> list[str]:
    """What is to be defined, as typed and without what qualifies it; empty where the question asks for something else."""
    if question.ordinal:
        return []
    asked = re.sub(r"\s+", " ", form(question.standalone)).strip(" ?.!…")
    quoted = _QUOTED_THING.search(asked) if asked.count('"') == 2 else None
    if quoted is not None:
        return [quoted["front"] or quoted["behind"]]
    if question.answer_type not in _MAY_DEFINE or (question.list_size and question.answer_type is AnswerType.LIST):
        return []
    text = re.sub(form(_ASKED_LAST), "", _PARTICLES.sub("", _plain(asked)))
    text = re.sub(form(_HOW_MANY), "", text)
    matches = (re.fullmatch(form(pattern).replace("?p<", "?P<"), text) for pattern in _ASKS)
    match = next(filter(None, matches), None)
    if match is None:  # a bare name, typed like a search or as one side of a comparison
        bare = question.answer_type is AnswerType.OTHER and len(text.split()) <= MAX_BARE_SYLLABLES and not _ASKING.search(fold(text))
        return [text] if bare else []
    whole = match["thing"]
    short = re.sub(form(_QUALIFIED), "", whole)
    return [whole, short] if short != whole and len(short.split()) >= MIN_BARE_SYLLABLES else [whole]


def _of_hits(hits: Sequence[Hit], engine: SearchEngine, thing: str, form: Callable[[str], str]) -> Iterator[Sentence]:
    for hit in hits:
        chunk = hit.chunk
        if thing in _plain(form(chunk.text)):
            yield from find_sentences([Passage(0, hit, chunk.start, chunk.end, chunk.text, chunk.token_count)], engine)


def _elsewhere(hits: Sequence[Hit], engine: SearchEngine, thing: str, form: Callable[[str], str]) -> Iterator[Sentence]:
    """The sentences of the articles of the best hits that have a long name before "là", wherever they stand: the chunk that defines it
    may share less with the question than those that use it."""
    if len(thing.split()) < MIN_LOOKED_FOR:
        return
    defined = re.compile(rf"\b{re.escape(thing)} {form('(?:được hiểu )?là')}\b".replace(r"\ ", r"\s+"))
    for hit in list({hit.article_id: hit for hit in reversed(hits[:MAX_LOOKED_THROUGH])}.values()):
        article = engine.article(hit.article_id)
        for match in defined.finditer(form(article.text)):
            passage = Passage(0, hit, match.start(), match.end(), article.text[match.start() : match.end()], len(match[0].split()))
            yield from find_sentences([passage], engine)


def _plain(text: str) -> str:
    """Without quotation marks and line breaks."""
    return re.sub(r"\s+", " ", text.replace('"', "")).strip()
