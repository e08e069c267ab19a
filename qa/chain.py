"""The order of the steps from a question to a cited answer, as one LCEL chain, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Generator as Producer
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from langchain_core.runnables import RunnableLambda
from langsmith.run_trees import configure as configure_tracing

from index.errors import GenerationError
from index.query import load_understanding
from index.settings import Settings
from index.text.token_counter import TiktokenCounter
from index.types import Filters, Hit, SearchEngine, TokenCounter
from qa.asked_apart import asked_apart
from qa.citations import check_citations
from qa.compared_things import find_parallel
from qa.comparison import find_sides
from qa.contrast import word_contrast
from qa.decline import nearest_of, word_decline
from qa.documents_asked import asked_of_documents
from qa.extract import extract_answer
from qa.generator import ChatGenerator, Generator
from qa.holders import asked_post
from qa.named_sources import NamedSource, named_sources
from qa.office_words import in_office_words, still_lacks
from qa.passages import select_passages
from qa.prefaces import without_preface
from qa.question import Understand, understand_question, with_topic, without_topic
from qa.retriever import EngineRetriever
from qa.sides_chosen import tells_each
from qa.sides_told import Found, tell_sides
from qa.sources import answer_of_named, answer_of_sources
from qa.sources_asked import asked_of_sources
from qa.types import NOT_FOUND_SENTENCE, Answer, Passage, Question, Side, Status, Turn
from qa.wording import Worded

HITS_PER_PASSAGE = 3  # hits retrieved for each passage shown: posts are looked up in all of them
NEAREST = 3
WEAK, STRONG = 0.35, 0.6  # an answer less likely than the one gives way to one as likely as the other, found in the words of the documents
MAX_ARTICLES = 6  # each of which is searched for itself where the question is what several say


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes into the chain."""

    text: str
    turns: tuple[Turn, ...]
    filters: Filters
    begun: float


class Assistant:
    """Answers questions over one index; safe for several threads where the engine is."""

    def __init__(
        self,
        engine: SearchEngine,
        settings: Settings,
        *,
        understand: Understand | None = None,
        counter: TokenCounter | None = None,
        generator: Generator | None = None,
    ) -> None:
        """What is not given is what ships: the restorer and abbreviations, our own token ranks, and the model of `settings`, if any."""
        configure_tracing(enabled=False)  # LangChain would send traces out where its environment variables are set
        self.engine = engine
        self.settings = settings
        self._understand = understand or load_understanding(settings, engine)
        self._counter = counter or TiktokenCounter()
        self._generator = generator or (ChatGenerator(settings) if settings.has_llm else None)
        self._retriever = EngineRetriever(engine=engine, k=settings.max_passages * HITS_PER_PASSAGE)
        self._find = RunnableLambda(self._retrieve) | RunnableLambda(self._select)
        self.chain = RunnableLambda(self._read) | self._find | RunnableLambda(self._respond)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The assistant over the index of `settings`.

        Raises IndexMissingError, IndexMismatchError where there is no usable index.
        """
        from index.engine import Engine

        return cls(Engine.open(settings), settings)

    def answer(self, text: str, turns: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """The finished answer. Raises QueryError for a question that cannot be searched (empty, too long)."""
        *_, last = self.stream(text, turns, filters)
        assert isinstance(last, Answer)
        return last

    def stream(self, text: str, turns: Sequence[Turn] = (), filters: Filters | None = None) -> Iterator[str | Answer]:
        """Pieces of the text as they come, the finished Answer last; its text replaces the pieces where they differ."""
        yield from self.chain.stream(Asked(text, tuple(turns), filters or Filters(), time.perf_counter()))

    def _read(self, asked: Asked) -> dict[str, Any]:
        question = understand_question(asked.text, asked.turns, self._understand, asked.filters)
        return {"question": question, "turns": asked.turns, "begun": asked.begun}

    def _retrieve(self, state: dict[str, Any]) -> dict[str, Any]:
        question: Question = state["question"]
        found = self._retriever.invoke(question.standalone, understood=question.query)
        return state | {"hits": [document.metadata["hit"] for document in found]}

    def _select(self, state: dict[str, Any]) -> dict[str, Any]:
        return state | {"passages": select_passages(state["hits"], self.engine, self._counter, self.settings)}

    def _respond(self, state: dict[str, Any]) -> Iterator[str | Answer]:
        question, hits, passages = state["question"], state["hits"], state["passages"]
        notice = None
        answer = None
        if self._generator is not None and passages:
            try:
                answer = yield from self._generate(self._generator, question, hits, passages)
            except GenerationError as error:
                notice = f"Mô hình ngôn ngữ không trả lời được (lý do: {error}); dưới đây là câu trả lời trích dẫn."
        if answer is None:
            answer = self._of_sources(question, hits) or self._compare(question, hits, passages) or self._extract(question, hits, passages)
            if answer.status is Status.NOT_FOUND:
                answer = self._extract_with_topic(state) or answer
            if answer.status is Status.NOT_FOUND or (answer.support is not None and answer.support < WEAK):
                answer = self._extract_in_office_words(state, answer) or answer
            yield answer.text
        yield replace(answer, notice=notice, seconds=time.perf_counter() - state["begun"])

    def _of_sources(self, question: Question, hits: Sequence[Hit]) -> Answer | None:
        """What several articles say of one thing, where the question is whether they agree; None for any other question."""
        if (of_documents := self._of_documents(question, hits)) is not None:
            return of_documents
        core = asked_of_sources(question.standalone)
        if core is None:
            return None
        read = understand_question(core, (), self._understand, question.query.filters)
        if asked_post(read) is not None:
            return None  # all who are said to hold it are told anyway
        found = self._find.invoke({"question": read})
        sources = named_sources(question.standalone, [*hits, *found["hits"]])
        told = self._of_named_sources(question, core, sources) or self._of_articles(read, found["hits"])
        return None if told is None else self._answered(question, told)

    def _of_documents(self, question: Question, hits: Sequence[Hit]) -> Answer | None:
        """The same of two documents that the question only names, in whatever words it does."""
        asked = asked_of_documents(question.standalone, hits)
        told = asked and self._of_named_sources(question, *asked)
        return self._answered(question, told) if told else None

    def _of_articles(self, read: Question, hits: Sequence[Hit]) -> Worded | None:
        """The same of the articles found, each of which is searched by itself: what one says in few words is not crowded out by another."""
        found = list(dict.fromkeys(hit.article_id for hit in hits))[:MAX_ARTICLES]
        each = [self._find.invoke({"question": _within(read, (article_id,))})["passages"] for article_id in found]
        return answer_of_sources(read, [passage for passages in each for passage in passages], self.engine)

    def _of_named_sources(self, question: Question, core: str, sources: Sequence[NamedSource]) -> Worded | None:
        """The same of two documents that the question names, each of which is searched by itself."""
        if not sources:
            return None
        read = understand_question(core, (), self._understand, question.query.filters)
        passages = [self._find.invoke({"question": _within(read, source.article_ids)})["passages"] for source in sources]
        return answer_of_named(read, sources, passages, self.engine)

    def _compare(self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]) -> Answer | None:
        """Both sides of a comparison: told by one sentence, else each searched for by itself; None for any other question, or where
        they find too little."""
        sides = find_sides(question.standalone)
        if sides is not None:
            told = self._side_by_side(question, sides, passages)
            return None if told is None else self._answered(question, told)
        parallel = find_parallel(question.standalone)
        together = word_contrast(parallel, question, passages, self.engine) if parallel else None
        return self._each_asked(question, hits, passages) if together is None else self._answered(question, together)

    def _each_asked(self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]) -> Answer | None:
        """Two or three things asked one after another: each searched for by itself, unless one answer tells of each."""
        sides = None if question.carried else asked_apart(question.standalone)
        if sides is None:
            return None
        whole = self._extract(question, hits, passages)
        if whole.citations and tells_each(sides, whole.citations[0].quote):
            return whole
        told = self._side_by_side(question, sides, passages, apart=True)
        return whole if told is None else self._answered(question, told)

    def _side_by_side(self, question: Question, sides: Sequence[Side], passages: Sequence[Passage], apart: bool = False) -> Worded | None:
        read = [understand_question(side.question, (), self._understand, question.query.filters) for side in sides]
        states = [self._find.invoke({"question": each}) for each in read]
        found = [Found(each, state["passages"], state["hits"]) for each, state in zip(read, states, strict=True)]
        return tell_sides(question, sides, found, passages, self.engine, apart=apart)

    def _extract_with_topic(self, state: dict[str, Any]) -> Answer | None:
        """A second try for a follow-up no rule recognised ("Cấp tỉnh phải giải quyết trong bao lâu?"), or that named its topic itself."""
        question = with_topic(state["question"], state["turns"], self._understand) or without_topic(state["question"], self._understand)
        if question is None:
            return None
        found = self._find.invoke({"question": question})
        answer = self._extract(question, found["hits"], found["passages"])
        return answer if answer.status is Status.ANSWERED else None

    def _extract_in_office_words(self, state: dict[str, Any], first: Answer) -> Answer | None:
        """Another try in the words of the documents, and then without what the speaker says in front; instead of a weak answer only one
        that is likely."""
        asked: Question = state["question"]
        least = 0.0 if first.status is Status.NOT_FOUND else STRONG
        core = without_preface(asked.standalone)
        for said in dict.fromkeys((in_office_words(asked.standalone, asked, self.engine), in_office_words(core, asked, self.engine))):
            if said == asked.standalone:
                continue
            read = understand_question(said, (), self._understand, asked.query.filters)
            found = self._find.invoke({"question": read})
            answer = self._extract(read, found["hits"], found["passages"])
            likely = answer.status is Status.ANSWERED and (answer.support is None or answer.support >= least)
            if likely and not still_lacks(asked, read, found["passages"], self.engine):
                return answer
        return None

    def _generate(
        self, generator: Generator, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]
    ) -> Producer[str | Answer, None, Answer]:
        """Streams the pieces and returns the checked Answer."""
        text = ""
        for piece in generator.stream(question, passages):
            text += piece
            yield piece
        if NOT_FOUND_SENTENCE.rstrip(".").lower() in text.lower() and len(text) < 3 * len(NOT_FOUND_SENTENCE):
            return replace(self._decline(question, hits, passages), generated=True)
        checked = check_citations(text, passages, self.engine)
        status = Status.ANSWERED if checked.citations else Status.UNSUPPORTED
        return Answer(question, checked.text, status, checked.citations, tuple(passages), generated=True)

    def _extract(self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]) -> Answer:
        worded = extract_answer(question, passages, hits, self.engine)
        if worded is None:
            return self._decline(question, hits, passages)
        return self._answered(question, worded, worded.support)

    def _answered(self, question: Question, worded: Worded, support: float | None = None) -> Answer:
        return Answer(question, worded.text, Status.ANSWERED, worded.citations, worded.passages, support=support)

    def _decline(self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]) -> Answer:
        nearest = nearest_of(question, hits)[:NEAREST]
        return Answer(question, word_decline(question, nearest), Status.NOT_FOUND, (), tuple(passages), nearest)


def _within(question: Question, article_ids: tuple[str, ...]) -> Question:
    """The question asked of these articles alone."""
    query = question.query
    return replace(question, query=replace(query, filters=replace(query.filters, article_ids=article_ids)))
