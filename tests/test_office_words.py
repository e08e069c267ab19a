"""A question that finds no answer is put in the words of the documents, and without what the speaker says in front."""

from __future__ import annotations

from pathlib import Path

import pytest
from qa_fakes import FakeCounter, FakeEngine, KnowingEngine, make_article

from index.errors import SettingsError
from index.query import understand
from index.settings import Settings
from index.text.near_words import load_near_words
from index.types import Filters, Query
from qa.chain import Assistant
from qa.office_words import in_office_words
from qa.prefaces import without_preface
from qa.question import understand_question
from qa.types import Question, Status

RULES = make_article(
    "quy-dinh/vuon",
    """Quy định về đội trồng cây

Đội viên bị xóa tên có quyền khiếu nại trong 20 ngày. Không giải quyết trường hợp khiếu nại hộ.

Đội có con dấu riêng do Ban Quản lý cấp. Lớp trồng cây đợt 1 có 72 học viên.

Lập đội mới phải có ít nhất 3 đội viên.
""",
    date="2021-12-28",
)
GROUPS = "khiếu nại hộ\tkêu giùm\ncon dấu\tmộc\nbao nhiêu học viên\tmấy người học\nhọc viên\tmấy mống\nngười trồng rừng\tngười trồng cây\n"


ENGINE = KnowingEngine([RULES])


@pytest.fixture(name="read")
def _read(tmp_path: Path):  # type: ignore[no-untyped-def]
    near, everyday = tmp_path / "near.tsv", tmp_path / "everyday.tsv"
    near.write_text("nộp\tgửi\n", encoding="utf-8")
    everyday.write_text(GROUPS, encoding="utf-8")
    table = load_near_words(near, everyday)

    def read(typed: str, filters: Filters) -> Query:
        return understand(typed, filters, near_words=table, vocabulary=ENGINE.words)

    return read


def _asked(text: str, read) -> Question:  # type: ignore[no-untyped-def]
    return understand_question(text, (), read, Filters())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Nhờ bạn kêu giùm thì có xét không?", "Nhờ bạn khiếu nại hộ thì có xét không?"),
        ("Đội em có mộc không?", "Đội em có con dấu không?"),
        ("Đợt 1 có mấy người học?", "Đợt 1 có bao nhiêu học viên?"),  # of what asks only the rest must stand in the articles
        ("Đợt 1 có mấy mống?", "Đợt 1 có mấy mống?"),  # what asks is not put in words that ask nothing
        ("Đội có con dấu không?", "Đội có con dấu không?"),
        ("Ai là người trồng cây?", "Ai là người trồng cây?"),  # no article has the other
        ("Nộp đơn ở đâu?", "Nộp đơn ở đâu?"),  # near, but not just the same
    ],
)
def test_everyday_words_are_said_as_documents_say_them(asked: str, said: str, read) -> None:  # type: ignore[no-untyped-def]
    assert in_office_words(asked, _asked(asked, read), ENGINE) == said


def test_an_engine_that_knows_no_words_changes_nothing(read) -> None:  # type: ignore[no-untyped-def]
    asked = _asked("Nhờ bạn kêu giùm thì có xét không?", read)
    assert in_office_words(asked.standalone, asked, FakeEngine([RULES])) == asked.standalone


def test_everyday_words_count_as_near_words_too(read) -> None:  # type: ignore[no-untyped-def]
    near = {form.words: form for form in read("khắc mộc, gửi đơn", Filters()).near}
    assert near[("mộc",)].others == (("con", "dấu"),) == near[("mộc",)].official
    assert near[("gửi",)].others == (("nộp",),) and near[("gửi",)].official == ()


def test_the_chain_tries_once_more(read) -> None:  # type: ignore[no-untyped-def]
    assistant = Assistant(ENGINE, Settings(), understand=read, counter=FakeCounter())
    answer = assistant.answer("Nhờ bạn kêu giùm thì có giải quyết không?")
    assert answer.status is Status.ANSWERED and "khiếu nại hộ" in answer.text


def test_what_no_article_tells_is_declined_all_the_same(read) -> None:  # type: ignore[no-untyped-def]
    assistant = Assistant(ENGINE, Settings(), understand=read, counter=FakeCounter())
    assert assistant.answer("Khắc cái mộc tốn bao nhiêu tiền?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Công ty em lèo tèo lắm, phải có ít nhất mấy đội viên mới lập được?", "phải có ít nhất mấy đội viên mới lập được?"),
        ("Dạ thưa anh, đội viên bị xóa tên được khiếu nại không?", "đội viên bị xóa tên được khiếu nại không?"),
        ("Mình ngại nên nhờ người khác khiếu nại hộ, có được giải quyết không?", "nhờ người khác khiếu nại hộ, có được giải quyết không?"),
        ("Anh chị em ruột, cha mẹ có phải thẩm tra lý lịch không?", "Anh chị em ruột, cha mẹ có phải thẩm tra lý lịch không?"),
        ("Cơ quan tôi ở Nghệ An, ai cấp con dấu cho đội trồng cây?", "Cơ quan tôi ở Nghệ An, ai cấp con dấu cho đội trồng cây?"),
        ("Tôi được mấy ngày để nộp, đơn khiếu nại gửi về đâu?", "Tôi được mấy ngày để nộp, đơn khiếu nại gửi về đâu?"),
        ("Em chào anh, thẻ đâu?", "Em chào anh, thẻ đâu?"),
        ("Tổ chức đảng, đảng viên do ban nào quản lý hồ sơ?", "Tổ chức đảng, đảng viên do ban nào quản lý hồ sơ?"),
    ],
)
def test_only_what_tells_of_the_speaker_is_a_preface(text: str, left: str) -> None:
    assert without_preface(text) == left


def test_the_shipped_table_reads() -> None:
    settings = Settings()
    table = load_near_words(settings.near_words, settings.everyday_words)
    assert ("khiếu", "nại", "hộ") in table.official[("kêu", "giùm")]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_EVERYDAY_WORDS"):
        load_near_words(Settings().near_words, tmp_path / "none.tsv")
