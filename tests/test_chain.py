"""The chain from question to cited answer: one LCEL chain, nothing leaves the machine, both ways of answering agree in form."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from langchain_core.runnables import Runnable
from langsmith.utils import tracing_is_enabled
from qa_fakes import CORPUS, LOOKALIKE, MEETING, OLDER, assert_quotes_exact, make_assistant

from index.errors import GenerationError, QueryError
from index.types import Filters
from qa.records import answer_record, read_question
from qa.types import NOT_FOUND_SENTENCE, Answer, Passage, Question, Status, Turn

ASSISTANT = make_assistant(*CORPUS)


class FakeGenerator:
    """Says `pieces`, then fails if told to; remembers how many passages it was given."""

    def __init__(self, *pieces: str, fail: str = "") -> None:
        self.pieces = pieces
        self.fail = fail
        self.given: list[int] = []

    def stream(self, question: Question, passages: Sequence[Passage]) -> Iterator[str]:
        self.given.append(len(passages))
        yield from self.pieces
        if self.fail:
            raise GenerationError(self.fail)


def test_chain_is_a_runnable() -> None:
    assert isinstance(ASSISTANT.chain, Runnable)


def test_stream_gives_the_text_and_then_the_answer() -> None:
    *pieces, answer = ASSISTANT.stream("Ai khai mạc hội nghị cuối năm?")
    assert isinstance(answer, Answer)
    assert "".join(map(str, pieces)) == answer.text
    assert answer.seconds > 0
    assert answer.text == ASSISTANT.answer("Ai khai mạc hội nghị cuối năm?").text


def test_filters_are_kept() -> None:
    question = "Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?"
    newer = ASSISTANT.answer(question, filters=Filters(date_from=date(2021, 1, 1)))
    older = ASSISTANT.answer(question, filters=Filters(date_to=date(2020, 12, 31)))
    assert {citation.article_id for citation in newer.citations} == {MEETING.id}
    assert {citation.article_id for citation in older.citations} == {OLDER.id}


def test_followup_is_answered_and_shown_as_understood() -> None:
    turn = Turn("Khối kết nạp bao nhiêu đảng viên mới năm 2021?", "15 đảng viên mới.")
    answer = ASSISTANT.answer("Thế còn năm 2018?", [turn])
    assert answer.question.standalone == "Khối kết nạp bao nhiêu đảng viên mới năm 2018?"
    assert answer.question.text == "Thế còn năm 2018?"
    assert answer.text.startswith("40 đảng viên mới.")


def test_followup_no_rule_knows_is_tried_with_the_topic() -> None:
    turn = Turn("Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh họp định kỳ ngày nào?", "31/5/2021.")
    answer = ASSISTANT.answer("Người nào chủ trì?", [turn])
    assert answer.text.startswith("Ngô Văn Mít.")
    assert answer.citations[0].article_id == LOOKALIKE.id


def test_unanswerable_after_an_answer_is_still_declined() -> None:
    turn = Turn("Ai khai mạc hội nghị cuối năm?", "Trần Thị Bưởi.")
    assert ASSISTANT.answer("Giá vàng hôm nay bao nhiêu một lượng?", [turn]).status is Status.NOT_FOUND


def test_written_answer_is_checked_against_its_passages() -> None:
    generator = FakeGenerator("Đồng chí Trần Thị Bưởi khai mạc hội nghị. ", "Trời hôm ấy có mưa rào.")
    assistant = make_assistant(*CORPUS, generator=generator)
    *pieces, answer = assistant.stream("Ai khai mạc hội nghị cuối năm?")
    assert pieces == list(generator.pieces)
    assert isinstance(answer, Answer)
    assert answer.status is Status.ANSWERED
    assert answer.generated
    assert [citation.article_id for citation in answer.citations] == [MEETING.id]
    assert "Trời hôm ấy có mưa rào. (chưa thấy căn cứ trong nguồn)" in answer.text
    assert generator.given == [len(answer.passages)]


def test_failing_generator_gives_the_quotations_and_says_why() -> None:
    assistant = make_assistant(*CORPUS, generator=FakeGenerator("Nửa câu", fail="máy chủ bận"))
    answer = assistant.answer("Ai khai mạc hội nghị cuối năm?")
    assert answer.notice == "Mô hình ngôn ngữ không trả lời được (lý do: máy chủ bận); dưới đây là câu trả lời trích dẫn."
    assert answer.text == ASSISTANT.answer("Ai khai mạc hội nghị cuối năm?").text
    assert_quotes_exact(answer, assistant.engine)  # type: ignore[arg-type]


def test_empty_question_is_refused() -> None:
    with pytest.raises(QueryError, match="trống"):
        ASSISTANT.answer("  ")


def test_nothing_leaves_the_machine_though_tracing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "x")

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assistant = make_assistant(*CORPUS)
    assert not tracing_is_enabled()
    assert assistant.answer("Ai khai mạc hội nghị cuối năm?").status is Status.ANSWERED


def test_record_has_the_stable_keys() -> None:
    record = answer_record(ASSISTANT.answer("Ai khai mạc hội nghị cuối năm?"))
    assert list(record)[:7] == ["question", "standalone_question", "answer", "status", "citations", "passages", "nearest"]
    assert record["status"] == "answered"
    (citation,) = record["citations"]
    assert list(citation) == ["number", "article_id", "title", "date", "quote", "start", "end"]
    assert citation["quote"] == MEETING.text[citation["start"] : citation["end"]]
    declined = answer_record(ASSISTANT.answer("Giá vàng SJC bao nhiêu?"))
    assert declined["status"] == "not_found"
    assert declined["answer"].startswith(NOT_FOUND_SENTENCE)


def test_question_records() -> None:
    assert read_question({"question": "A?", "history": [{"question": "B?", "answer": "C"}]}) == ("A?", (Turn("B?", "C"),))
    assert read_question({"question": "A?"}) == ("A?", ())
    bad_records: list[object] = [[], {}, {"question": 3}, {"question": "A?", "history": "B"}, "A?"]
    for bad in bad_records:
        with pytest.raises(QueryError):
            read_question(bad)
