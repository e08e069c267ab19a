"""Two documents named in any words: which they are, what is asked without them, and what is no such question."""

from __future__ import annotations

import pytest
from qa_fakes import make_article, make_assistant

from index.text.canonical import fold
from index.types import Hit, Query
from qa.documents_asked import asked_of_documents

RULE = make_article(
    "quy-dinh",
    "QUY ĐỊNH VỀ TRỒNG LIM (94-QĐ/TW)\n\nNgười trồng lim sai hạn phải nhổ cây đi trong 30 ngày.",
    issuer="Ban Chấp hành Trung ương",
)
GUIDE = make_article(
    "huong-dan",
    "HƯỚNG DẪN TRỒNG LIM (38-HD/BTCTW)\n\nNgười trồng lim sai hạn phải báo thôn rồi nhổ cây đi trong 15 ngày.",
    issuer="Ban Tổ chức Trung ương",
)
CITY = make_article(
    "ha-noi",
    "HƯỚNG DẪN trồng lim\n\nNgười trồng lim sai hạn được giữ cây nếu thôn đồng ý trong 7 ngày.",
    issuer="Ban Tổ chức Thành ủy Hà Nội",
)
ALL = (RULE, GUIDE, CITY)


def hits() -> list[Hit]:
    return make_assistant(*ALL).engine.search(Query("lim", "lim"), 9)


@pytest.mark.parametrize(
    ("question", "core", "articles"),
    [
        ("Trồng lim sai hạn: 94-QĐ/TW để mấy ngày, 38-HD/BTCTW để mấy ngày?", "Trồng lim sai hạn", ["quy-dinh", "huong-dan"]),
        ("So QĐ 94 với hướng dẫn Hà Nội xem hạn nhổ lim", "xem hạn nhổ lim", ["quy-dinh", "ha-noi"]),
        (
            "Trồng lim sai hạn có phải nhổ không? Đọc QĐ 94 rồi đọc HD 38 thấy ngược nhau.",
            "Trồng lim sai hạn có phải nhổ không",
            ["quy-dinh", "huong-dan"],
        ),
        ("Trồng lim sai hạn thì sao, chỗ này 94 với 38 vênh nhau", "Trồng lim sai hạn thì sao", ["quy-dinh", "huong-dan"]),
        (
            "Lim trồng sai hạn: bên Trung ương đòi gì, bên HN đòi gì",
            "Lim trồng sai hạn",
            ["quy-dinh", "huong-dan", "ha-noi"],
        ),
    ],
)
def test_what_is_asked_of_which(question: str, core: str, articles: list[str]) -> None:
    for typed, wanted in ((question, core), (fold(question), fold(core))):
        found = asked_of_documents(typed, hits())
        assert found is not None
        assert fold(found[0]) == fold(wanted)
        assert sorted(each for source in found[1] for each in source.article_ids) == sorted(articles)


@pytest.mark.parametrize(
    "question",
    [
        "QĐ 94 thay thế HD 38 từ khi nào?",  # where they come from is no difference
        "Trồng lim ở Hà Nội theo QĐ 94 thì nhổ trong mấy ngày?",  # a place is no document
        "QĐ 94 ghi gì về trồng lim?",
        "QĐ 94 và QĐ 55 khác nhau thế nào?",  # one of them is not there
        "Trồng lim sai hạn thì sao?",
    ],
)
def test_what_is_no_such_question(question: str) -> None:
    assert asked_of_documents(question, hits()) is None


def test_a_document_that_is_asked_about_stays_in_the_question() -> None:
    found = asked_of_documents("HD 38 bảo trồng theo Quy định 55, còn QĐ 94 nói gì về Quy định 55? Hai bản mâu thuẫn à?", hits())
    assert found is not None and "Quy định 55" in found[0]


def test_each_document_tells_its_own_days() -> None:
    answer = make_assistant(*ALL).answer("Trồng lim sai hạn thì nhổ cây trong mấy ngày; QĐ 94 để mấy ngày còn HD 38 để mấy ngày?")
    assert "30 ngày" in answer.text and "15 ngày" in answer.text and "7 ngày" not in answer.text
    assert {citation.article_id for citation in answer.citations} == {"quy-dinh", "huong-dan"}
