"""Questions of which the answer's place is known, read and searched by the users' own code: candidate sentences, right or wrong."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.build import build
from index.engine import Engine
from index.query import Understanding, load_understanding
from index.settings import Settings
from index.text.token_counter import TiktokenCounter
from index.text.tokens import terms
from index.types import Filters, Hit
from qa.passages import select_passages
from qa.question import understand_question
from qa.records import read_question
from qa.sentences import Sentence, find_sentences
from qa.types import Passage, Question, Turn

PARAGRAPHS = "viquad-fragment"
SNIPPETS = "person-snippets"
RECORDS = "corpus.jsonl"
HITS = 24
MIN_OVERLAP = 0.3  # of the shorter of a sentence and the words given as evidence

Judge = Callable[[Sentence], bool]


@dataclass(frozen=True, slots=True)
class Known:
    """A question, the turns before it, and how to tell a right sentence; `answerable` is False where nothing answers it.

    `group` names what must not be divided between learning and measuring (questions about one paragraph).
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    is_right: Judge
    answerable: bool
    group: str


@dataclass(frozen=True, slots=True)
class Read:
    """A question with what the product finds for it."""

    known: Known
    question: Question
    hits: tuple[Hit, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]

    @property
    def right(self) -> list[bool]:
        return [self.known.is_right(sentence) for sentence in self.sentences]


class Reader:
    """Reads questions over one engine as the assistant does."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self._settings = settings
        self._understand: Understanding = load_understanding(settings, engine)
        self._counter = TiktokenCounter()

    def read(self, known: Known) -> Read:
        question = understand_question(known.text, known.turns, self._understand, Filters())
        return self._found(known, question, self.engine.search(question.query, HITS))

    def without(self, read: Read, articles: Collection[str]) -> Read:
        """The same question as if these articles were not there."""
        return self._found(read.known, read.question, [hit for hit in read.hits if hit.article_id not in articles])

    def _found(self, known: Known, question: Question, hits: Sequence[Hit]) -> Read:
        passages = select_passages(hits, self.engine, self._counter, self._settings)
        return Read(known, question, tuple(hits), tuple(passages), tuple(find_sentences(passages, self.engine)))


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """Questions files of the evaluation, all asked over the articles of the same folders."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]

    def read(self) -> list[Known]:
        return [known for path in self.files for known in evidence_set(path)]


@contextmanager
def indexed(*folders: Path) -> Iterator[Reader]:
    """A reader over an index of `folders` that lives as long as the block."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), index_dir=Path(folder), corpus_dir=folders[0])
        build(folders, settings)
        with Engine.open(settings) as engine:
            yield Reader(engine, settings)


@contextmanager
def reading_set(path: Path) -> Iterator[tuple[list[Known], Path]]:
    """The questions of a reading set (question, context, answers a line) and its contexts as a corpus, one article each."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    places = {context: f"c{at}" for at, context in enumerate(dict.fromkeys(record["context"] for record in records))}
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / RECORDS
        lines = [{"_id": place, "title": f"Bài {place}", "text": context} for context, place in places.items()]
        corpus.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        yield list(_known_answers(records, places)), corpus


def _known_answers(records: Sequence[dict[str, object]], places: dict[str, str]) -> Iterator[Known]:
    """One a question: right is a sentence with one of the answers given for its context."""
    asked: dict[str, list[dict[str, object]]] = {}
    for record in records:
        asked.setdefault(str(record["question"]), []).append(record)
    for text, given in asked.items():
        answers = {f"corpus#{places[str(record['context'])]}": tuple(map(words_of, _texts(record["answers"]))) for record in given}
        first = next(iter(answers))
        yield Known(str(given[0]["id"]), text, (), _answer_judge(answers), any(answers.values()), first)


def _texts(answers: object) -> list[str]:
    return [str(answer) for answer in answers] if isinstance(answers, list) else []


def words_of(text: str) -> str:
    """Canonical terms between spaces, so that `in` finds whole words."""
    return f" {' '.join(terms(text))} "


def _answer_judge(answers: dict[str, tuple[str, ...]]) -> Judge:
    def judge(sentence: Sentence) -> bool:
        written = f" {' '.join(sentence.terms)} "
        return any(answer in written for answer in answers.get(sentence.article.id, ()))

    return judge


def evidence_set(path: Path) -> list[Known]:
    """The questions of a file of the evaluation that may be learned from: right is a sentence that overlaps the words given as evidence.

    Questions about one article are one group.
    """
    known = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record.get("split", "dev") != "dev":
            continue
        text, turns = read_question(record)
        gold = [(place["article"], _pattern(place)) for place in record.get("gold", [])]
        group = gold[0][0] if gold else record["id"]
        known.append(Known(record["id"], text, turns, _evidence_judge(gold), bool(gold), group))
    return known


def _pattern(place: dict[str, str]) -> re.Pattern[str]:
    """The words of a right place; where only its first and last ones are given, all between them. Of a whole article, nothing."""
    if quote := place.get("quote"):
        return re.compile(re.escape(quote))
    first, last = (r"\s+".join(map(re.escape, place.get(name, "").split())) for name in ("begins", "ends"))
    return re.compile(f"{first}.*?{last}" if last else f"{first}.*", re.DOTALL) if first else re.compile(r"(?!)")


def _evidence_judge(gold: Sequence[tuple[str, re.Pattern[str]]]) -> Judge:
    def judge(sentence: Sentence) -> bool:
        for article_id, pattern in gold:
            place = pattern.search(sentence.article.text) if article_id == sentence.article.id else None
            if place is None:
                continue
            shared = min(sentence.end, place.end()) - max(sentence.start, place.start())
            if shared > MIN_OVERLAP * min(place.end() - place.start(), sentence.end - sentence.start):
                return True
        return False

    return judge
