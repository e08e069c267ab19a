"""How many articles there are on something, counted over the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Corpus, FakeEmbedder
from qa_fakes import UNDERSTAND

from index.build import build
from index.engine import Engine
from index.settings import Settings
from index.types import Expansion, Filters, Query
from qa.chain import Assistant
from qa.counting import count_articles
from qa.question import understand_question
from qa.types import NOT_FOUND_SENTENCE, Answer, Status

Ask = Callable[[str], Answer]

FILES = {
    "a.md": ("Trồng rừng ở vùng cao", "2021-03-05", "Sở Lâm nghiệp", "Báo cáo", "Phong trào trồng rừng lan rộng."),
    "b.md": ("Tin họp tháng năm", "2021-05-31", "Sở Lâm nghiệp", "Tin", "Hội nghị bàn việc trồng rừng và làm đường."),
    "c.md": ("Tin làm đường", "2022-01-06", "Sở Lâm nghiệp và Thủy sản", "Tin", "Xã làm được bốn km đường theo Nghị quyết 07-NQ/ĐUK."),
    "d.md": ("Ghi chép về suối", "", "", "Tin", "Suối trong, nước mát; Nghị quyết số 07-NQ/ĐUK có nói tới."),
}


@pytest.fixture
def assistant(corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> Assistant:
    """An assistant over a real index of `FILES`."""
    texts = {}
    for name, (title, date, issuer, kind, body) in FILES.items():
        fields = "".join(f"{key}: {value}\n" for key, value in (("date", date), ("issuer", issuer), ("kind", kind)) if value)
        texts[name] = f"---\ntitle: {title}\n{fields}---\n\n{body}\n"
    build([corpus(texts)], settings, embedder=embedder)
    return Assistant(Engine.open(settings, embedder), settings, understand=UNDERSTAND)


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    return lambda text: assistant.answer(text)


SIGNED_FILES = {
    "vb/mot.txt": ("HƯỚNG DẪN", "Về việc góp ngày công", "BÍ THƯ", "Lò Văn Cam"),
    "vb/hai.txt": ("HƯỚNG DẪN", "Về việc ghi sổ ngày công", "PHÓ BÍ THƯ", "Hầu A Sấu"),
    "vb/ba.txt": ("KẾ HOẠCH", "Về việc làm cầu", "BÍ THƯ", "Lò Văn Cam"),
}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Có mấy văn bản do Bí thư Lò Văn Cam ký?", "2 văn bản do Lò Văn Cam ký."),
        ("có bao nhiêu văn bản ông Lò Văn Cam ký", "2 văn bản do Lò Văn Cam ký."),
        ("Đếm giúp tôi số văn bản ông Lò Văn Cam ký", "2 văn bản do Lò Văn Cam ký."),
        ("Mấy hướng dẫn được Lò Văn Cam ký?", "1 hướng dẫn do Lò Văn Cam ký."),
        ("Trong kho có tất cả mấy bản hướng dẫn (ký hiệu HD)?", "2 hướng dẫn trong kho tài liệu."),
        ("Có bao nhiêu văn bản ghi cơ quan ban hành là Huyện ủy Sông Mơ?", "3 văn bản do HUYỆN ỦY SÔNG MƠ ban hành."),
        ("Có bao nhiêu kế hoạch của đồng chí Hầu A Sấu ký?", None),
        ("Đồng chí Lò Văn Cam ký những văn bản nào?", "2 văn bản do Lò Văn Cam ký."),
        ("Lò Văn Cam ký các hướng dẫn của Huyện ủy Sông Mơ với chức danh gì?", "Lò Văn Cam: Bí thư."),
        ("Những hướng dẫn nào do Huyện ủy Sông Mơ ban hành?", "2 hướng dẫn do HUYỆN ỦY SÔNG MƠ ban hành."),
        ("Số hiệu của hướng dẫn về việc ghi sổ ngày công là gì?", "02-HD/HU."),
    ],
)
def test_counts_by_signer_and_kind(question: str, first: str | None, corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> None:
    texts = {
        name: f"HUYỆN ỦY SÔNG MƠ\nSố {n}-HD/HU\nSông Mơ, ngày {n} tháng 3 năm 2020\n{kind}\n{about}\n\nBà con góp ngày công làm đường.\n\n"
        f"T/M HUYỆN ỦY\n{post}\n\n{signer}\n"
        for n, (name, (kind, about, post, signer)) in enumerate(SIGNED_FILES.items(), start=1)
    }
    build([corpus(texts)], settings, embedder=embedder)
    answer = Assistant(Engine.open(settings, embedder), settings, understand=UNDERSTAND).answer(question)
    if first is None:
        assert answer.status is Status.NOT_FOUND
    else:
        assert answer.text.splitlines()[0] == first


@pytest.mark.parametrize(
    ("question", "first_line", "articles"),
    [
        pytest.param("Có bao nhiêu bài viết về trồng rừng?", '2 bài viết nhắc đến "trồng rừng"', ["b", "a"], id="topic, newest first"),
        pytest.param("Có mấy văn bản do Sở Lâm nghiệp ban hành năm 2021?", "2 văn bản", ["b", "a"], id="issuer and year"),
        pytest.param("Có bao nhiêu tin năm 2022?", "1 tin có ngày trong năm 2022", ["c"], id="kind and year"),
        pytest.param("Bao nhiêu tài liệu nhắc đến nghị quyết 07?", '2 tài liệu nhắc đến "07-NQ/ĐUK"', ["c", "d"], id="document number"),
        pytest.param("Kho tài liệu có bao nhiêu văn bản?", "4 văn bản trong kho tài liệu", ["c", "b", "a", "d"], id="everything"),
        pytest.param("Có bao nhiêu bài thuộc thể loại Báo cáo?", "1 báo cáo trong kho tài liệu", ["a"], id="genre"),
        pytest.param('Mấy bài được xếp vào mục "Tin" trong kho?', "3 tin trong kho tài liệu", ["c", "b", "d"], id="section, quoted"),
        pytest.param("Có mấy báo cáo về trồng rừng trong kho tài liệu?", '1 báo cáo nhắc đến "trồng rừng"', ["a"], id="where they lie"),
        pytest.param("Trồng rừng được nhắc đến trong mấy bài?", '2 bài nhắc đến "Trồng rừng"', ["b", "a"], id="topic first"),
        pytest.param("Về trồng rừng thì kho có mấy bài viết?", '2 bài viết nhắc đến "trồng rừng"', ["b", "a"], id="about first"),
        pytest.param("Nghị quyết 07-NQ/ĐUK được nhắc trong bao nhiêu tin?", '2 tin nhắc đến "07-NQ/ĐUK"', ["c", "d"], id="number first"),
    ],
)
def test_counts_over_the_catalogue(ask: Ask, question: str, first_line: str, articles: list[str]) -> None:
    answer = ask(question)
    assert answer.text.startswith(first_line)
    assert [citation.article_id for citation in answer.citations] == articles


def test_counts_where_the_diacritics_are_a_guess(assistant: Assistant) -> None:
    typed, guessed = "Co bao nhieu bai do So Lam nghiep ban hanh?", "Có bao nhiêu bãi đỗ Sở Lâm nghiệp ban hành?"
    query = Query(typed, guessed, expansions=(Expansion("bai do", "bãi đỗ", "diacritics"),))
    question = replace(understand_question(guessed, (), UNDERSTAND, Filters()), query=query)
    count = count_articles(question, assistant.engine)
    assert count is not None and (count.noun, count.issuers[0], len(count.found)) == ("bài", "Sở Lâm nghiệp", 3)


def test_counts_who_is_interviewed(corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> None:
    body = "Ông Lò Văn Cam nói về ngày công.\n\nP.V: Bà con góp được bao nhiêu ngày công?\n\nÔng Cam: Hơn 300 ngày công."
    texts = {f"{name}.md": f"---\ntitle: Bài {name}\nkind: {kind}\n---\n\n{body}\n" for name, kind in (("a", "Phỏng vấn"), ("b", "Tin"))}
    build([corpus(texts)], settings, embedder=embedder)
    assistant = Assistant(Engine.open(settings, embedder), settings, understand=UNDERSTAND)
    for question in (
        "Có mấy bài phỏng vấn ông Lò Văn Cam trong kho tài liệu?",
        "mấy bài phỏng vấn Bí thư Lò Văn Cam",
        "Ông Lò Văn Cam trả lời phỏng vấn trong mấy bài?",
    ):
        assert assistant.answer(question).text.startswith('1 phỏng vấn nhắc đến "Lò Văn Cam"')


def test_nothing_counted_is_declined(ask: Ask) -> None:
    assert ask("Có bao nhiêu bài viết về bóng bàn?").text.startswith(NOT_FOUND_SENTENCE)


def test_a_look_alike_issuer_is_told_apart(ask: Ask) -> None:
    """Two names begin alike: both are counted, and it is said how many of each."""
    answer = ask("Có bao nhiêu văn bản do Sở Lâm nghiệp ban hành?")
    assert "2 của Sở Lâm nghiệp; 1 của Sở Lâm nghiệp và Thủy sản" in answer.text.splitlines()[0]


def test_mentioning_agrees_with_reading_every_article(tmp_path: Path, corpus: Corpus, settings: Settings, embedder: FakeEmbedder) -> None:
    build(
        [corpus({f"{i}.txt": f"Bài {i}\n\n{'trồng rừng' if i % 3 else 'rừng trồng'} ở xã {i}." for i in range(40)})],
        settings,
        embedder=embedder,
    )
    engine = Engine.open(settings, embedder)
    found = {listed.article_id for listed in engine.mentioning(("trồng rừng",), (), Filters())}
    assert found == {article.id for article in engine.articles() if "trồng rừng" in article.text}
