"""Which printed form a paper is written on: the code that stands beside the paper asked for ("viết giấy mượn sách (mẫu 2-MS)")."""

from __future__ import annotations

import re
from dataclasses import replace

from index.text.canonical import canonical, fold
from index.text.tokens import terms
from qa.evidence import Evidence
from qa.material import Material
from qa.mentions import UPPER, Mention
from qa.terms import QuestionTerms, content_terms, coverage, fold_term

_ASKED = re.compile(r"\b(?:bieu )?mau (?:(?:so|bieu|giay|don|ky hieu) )?(?:nao|may|gi|bao nhieu)\b")
_NUMBER_ASKED = re.compile(r"\bmau so (?:nao|may|gi|bao nhieu)\b")
_CODE = re.compile(
    rf"\b[Mm]ẫu\s+(?:[Ss]ố\s+|[Bb]iểu\s+)?(?:\d{{1,2}}[{UPPER}]?\s?-?\s?[{UPPER}]{{2,8}}|[{UPPER}]{{1,4}}-?\d{{1,3}}|\d{{1,3}}[a-z]?)(?![\w-])"
)
_LABEL = re.compile(r"(?:^|[;(])(?P<label>[^;:()]+):\s*(?:theo\s+)?$")  # "(giấy mới: | mẫu 2-MS; giấy cũ: | mẫu 3-MS)"
_OPEN = re.compile(r"\s*\([^()]*$")
_CLAUSE = re.compile(r"[;.]\s")
_PAPERS = re.compile(
    r"\b(?:sổ|phiếu|thẻ|giấy|đơn|tờ khai|tờ trình|danh sách|lý lịch|quyết định|nghị quyết|biên bản|báo cáo|công văn|bản|hợp đồng)\b"
)
_NEAR = 8  # words before a code, whose papers must be asked for: "sổ phát thẻ (mẫu 8)" is no form of the card
_ASKING = terms("mẫu biểu số theo dùng viết ghi lập làm khai kê in phải nào mấy")
_FORM_WORDS = frozenset((*_ASKING, *map(fold, _ASKING)))
MIN_NAMED = 0.55  # of the paper asked for, by what stands before the code
OWN_COUNTS = 0.5
LABEL_COUNTS = 0.5  # of several codes in one bracket each has its label, or none says which it is


def asks_form(question: str) -> bool:
    """ "… dùng mẫu nào?", "… theo mẫu số mấy?"; not "sinh hoạt mẫu ở chi bộ nào?"."""
    return _ASKED.search(fold(question)) is not None


def asks_number_of_form(question: str) -> bool:
    """Only a code can answer "mẫu số mấy"; "mẫu nào" may be told by the document that sets the form."""
    return _NUMBER_ASKED.search(fold(question)) is not None


def find_form(material: Material) -> tuple[Evidence, Mention] | None:
    """The sentence that ties a code to the paper asked for, with the code; None where no code stands beside it."""
    asked = _paper(material.asked)
    question = fold(material.question.standalone)
    ranked: list[tuple[float, int, Evidence, Mention]] = []
    for order, evidence in enumerate(material.evidence):
        for code in _codes(evidence.sentence.text):
            before, labelled = _before(evidence.sentence.text, code)
            named = coverage(asked, terms(before))
            if named >= MIN_NAMED and (_all_asked(before, question) if labelled else _is_of(before, question)):
                score = named + OWN_COUNTS * coverage(asked, evidence.sentence.terms) + LABEL_COUNTS * labelled
                ranked.append((score, -order, evidence, code))
    return max(ranked, key=lambda entry: entry[:2])[2:] if ranked else None


def _all_asked(label: str, question: str) -> bool:
    """Whether the question has every word of the label: "giấy mới" is not meant where no new one is asked for."""
    return set(map(fold_term, content_terms(label))) <= set(terms(question))


def _is_of(before: str, question: str) -> bool:
    """Whether every paper named right before the code is asked for."""
    near = " ".join(canonical(before).split()[-_NEAR:])
    return all(re.search(rf"\b{fold(paper)}\b", question) for paper in _PAPERS.findall(near))


def _paper(asked: QuestionTerms) -> QuestionTerms:
    """What the form is for, without the words that ask for a form."""
    kept = tuple(term for term in asked.terms if term not in _FORM_WORDS)
    return replace(asked, terms=kept or asked.terms)


def _codes(sentence: str) -> list[Mention]:
    return [Mention(match[0], match.start(), match.end()) for match in _CODE.finditer(sentence)]


def _before(sentence: str, code: Mention) -> tuple[str, bool]:
    """What the code belongs to: its label (True), else the clause in front of the bracket in which it stands."""
    head = sentence[: code.start]
    label = _LABEL.search(head)
    if label is not None:
        return label["label"], True
    opened = _OPEN.search(head)
    head = head[: opened.start()] if opened else head
    return head[max((match.end() for match in _CLAUSE.finditer(head)), default=0) :], False
