"""Hits become numbered passages in a token budget, and the retriever is a real LangChain one."""

from __future__ import annotations

from dataclasses import replace

from conftest import FakeCounter, make_article
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from qa_fakes import CORPUS, INTERVIEW, MEETING, FakeEngine

from index.settings import Settings
from index.types import Hit, Query
from qa.passages import select_passages
from qa.retriever import EngineRetriever
from qa.types import Passage

LONG = make_article("dai", "Bài dài về thủy lợi\n\n" + "\n\n".join(f"Đoạn {n} nói về kênh mương số {n} của xã. " * 3 for n in range(30)))
ENGINE = FakeEngine([*CORPUS, LONG], max_tokens=30)


def hits_for(text: str, k: int = 30) -> list[Hit]:
    return ENGINE.search(Query(text, text), k)


def passages_for(text: str, max_passage_tokens: int = 1800, max_passages: int = 8) -> list[Passage]:
    settings = replace(Settings(), max_passage_tokens=max_passage_tokens, max_passages=max_passages)
    return select_passages(hits_for(text), ENGINE, FakeCounter(), settings)


def test_passages_are_numbered_and_exact() -> None:
    passages = passages_for("Khối kết nạp đảng viên")
    assert [passage.number for passage in passages] == list(range(1, len(passages) + 1))
    for passage in passages:
        assert passage.text == ENGINE.article(passage.article_id).text[passage.start : passage.end]
        assert passage.token_count == FakeCounter().count(passage.text)


QUERIES = ["kênh mương số 3", "đảng viên", "xã", "hội nghị của Khối"]


@given(budget=st.integers(1, 400), most=st.integers(1, 12), text=st.sampled_from(QUERIES))
def test_budget_and_number_of_passages_are_kept(budget: int, most: int, text: str) -> None:
    passages = passages_for(text, max_passage_tokens=budget, max_passages=most)
    assert 1 <= len(passages) <= most
    assert len(passages) == 1 or sum(passage.token_count for passage in passages) <= budget


def test_best_hit_comes_first_and_is_taken_whatever_it_costs() -> None:
    hits = hits_for("kênh mương số 3")
    passages = select_passages(hits, ENGINE, FakeCounter(), replace(Settings(), max_passage_tokens=1))
    assert [passage.hit.chunk.key for passage in passages] == [hits[0].chunk.key]


def test_neighbouring_chunks_become_one_passage() -> None:
    chunks = [hit for hit in hits_for("xã kênh mương") if hit.article_id == "dai"]
    in_order = sorted(chunks, key=lambda hit: hit.chunk.position)[:2]
    passages = select_passages(in_order[::-1], ENGINE, FakeCounter(), Settings())
    assert [(p.start, p.end) for p in passages] == [(in_order[0].chunk.start, in_order[1].chunk.end)]
    assert passages[0].hit == in_order[1]


def test_no_hits_no_passages() -> None:
    assert select_passages([], ENGINE, FakeCounter(), Settings()) == []


def test_a_found_interview_question_brings_its_answer() -> None:
    hit = next(hit for hit in hits_for("P.V xã trồng được bao nhiêu héc-ta rừng") if hit.chunk.text.startswith("P.V: Xã"))
    (passage,) = select_passages([hit], ENGINE, FakeCounter(), Settings())
    assert passage.text.startswith("P.V: Xã")
    assert passage.text.endswith("lim và lát.")
    assert passage.text in INTERVIEW.text


def titles_of(found: list[Document]) -> list[str]:
    return [document.metadata["title"] for document in found]


def test_retriever_is_a_runnable_of_langchain() -> None:
    retriever = EngineRetriever(engine=ENGINE, k=3)
    assert isinstance(retriever, BaseRetriever)
    titles = (retriever | RunnableLambda(titles_of)).invoke("Khối kết nạp đảng viên mới")
    assert titles[0] == MEETING.metadata.title
    assert len(titles) == 3


def test_documents_carry_text_and_place() -> None:
    (document,) = EngineRetriever(engine=ENGINE, k=1).invoke("rừng lim", understood=Query("x", "héc-ta rừng lim lát"))
    assert isinstance(document, Document)
    metadata = document.metadata
    assert document.page_content == INTERVIEW.text[metadata["start"] : metadata["end"]]
    assert (metadata["article_id"], metadata["date"]) == (INTERVIEW.id, None)
