"""Two documents named in a question are found by number or issuer, and what each says stands under its name."""

from __future__ import annotations

import pytest
from qa_fakes import make_article, make_assistant

from index.text.canonical import fold
from index.types import Explanation, Hit
from qa.named_sources import named_sources

CENTRAL = make_article(
    "trung-uong",
    "QUY ĐỊNH VỀ TRỒNG LIM (94-QĐ/TW)\n\nNgười trồng lim sai hạn phải nhổ cây đi rồi báo lại với thôn.",
    issuer="Ban Trồng cây Trung ương",
)
CITY = make_article(
    "thanh-pho",
    "HƯỚNG DẪN trồng lim\n\nNgười trồng lim sai hạn được giữ cây nếu thôn đồng ý bằng văn bản.",
    issuer="Ban Trồng cây Thành ủy Hà Nội",
)
GUIDE = make_article(
    "huong-dan",
    "HƯỚNG DẪN TRỒNG LIM (38-HD/BTCTW)\n\nNgười trồng lim sai hạn nộp đơn cho ban trồng cây xem xét.",
    issuer="Ban Trồng cây Trung ương",
)


def hits() -> list[Hit]:
    engine = make_assistant(CENTRAL, CITY, GUIDE).engine
    return [Hit(hit.chunk, hit.metadata, hit.score, Explanation()) for article in (CENTRAL, CITY, GUIDE) for hit in _of(engine, article.id)]


def _of(engine: object, article_id: str) -> list[Hit]:
    from index.types import Query

    return [hit for hit in engine.search(Query("lim", "lim"), 9) if hit.article_id == article_id]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Trồng lim sai hạn, QĐ 94 và HD 38 có giống nhau không?", [("QĐ 94", {"trung-uong"}), ("HD 38", {"huong-dan"})]),
        (
            "Trồng lim sai hạn, Trung ương và Hà Nội có khớp không?",
            [("Trung ương", {"trung-uong", "huong-dan"}), ("Hà Nội", {"thanh-pho"})],
        ),
        ("HD 38 với hướng dẫn của Hà Nội nói gì?", [("HD 38", {"huong-dan"}), ("Hướng dẫn của Hà Nội", {"thanh-pho"})]),
        (
            "HD 38 của Ban Trồng cây nói gì? Đọc rồi xem QĐ 94 của Trung ương.",
            [("HD 38", {"huong-dan"}), ("QĐ 94 của Trung ương", {"trung-uong"})],
        ),
        (
            "Đối chiếu QĐ 94 với hướng dẫn trồng lim của Thành ủy Hà Nội.",
            [("QĐ 94", {"trung-uong"}), ("Hướng dẫn trồng lim của Thành ủy Hà Nội", {"thanh-pho"})],
        ),
        ("QĐ 94 và HD 77 có giống nhau không?", []),
        ("Hà Nội và Thành ủy Hà Nội có khớp không?", []),
        ("Trồng lim sai hạn thì sao?", []),
    ],
)
def test_the_documents_named(question: str, found: list[tuple[str, set[str]]]) -> None:
    assert [(source.label, set(source.article_ids)) for source in named_sources(question, hits())] == found
    folded = [(source.label, set(source.article_ids)) for source in named_sources(fold(question), hits())]
    assert [ids for _, ids in folded] == [ids for _, ids in found]


def test_each_document_speaks_under_its_name() -> None:
    decoys = [
        make_article(f"phu{at}", f"Chuyện trồng lim {at}\n\nNgười trồng lim sai hạn là chuyện thường ở thôn {at}.") for at in range(9)
    ]
    answer = make_assistant(CENTRAL, CITY, GUIDE, *decoys).answer(
        "Trồng lim sai hạn thì có phải nhổ không, QĐ 94 và HD 38 có giống nhau không?"
    )
    cited = [citation.article_id for citation in answer.citations]
    assert {"trung-uong", "huong-dan"} <= set(cited)
    assert "“Người trồng lim sai hạn phải nhổ cây đi" in answer.text and "nộp đơn cho ban trồng cây" in answer.text


def test_news_are_named_by_their_titles() -> None:
    flash = make_article("tin", "Tin nhanh: trồng lim\n\nHuyện trồng hơn 60 cây lim ở đồi Tre.")
    report = make_article("bao-cao", "Xếp loại rừng lim năm 2021\n\nHuyện trồng 63 cây lim ở đồi Tre.")
    engine = make_assistant(flash, report).engine
    found = named_sources(
        "Tin nhanh và báo cáo xếp loại ghi bao nhiêu cây lim?", [hit for each in (flash, report) for hit in _of(engine, each.id)]
    )
    assert [source.article_ids for source in found] == [("tin",), ("bao-cao",)]


def test_of_two_documents_the_sentences_on_one_point_stand_side_by_side() -> None:
    same = "Người giữ rừng đã được nhắc đến lần thứ ba mà không sửa cọc mốc thì thôn vẫn lập biên bản phạt"
    one = make_article("mot", f"QUY ĐỊNH VỀ CỌC MỐC (94-QĐ/TW)\n\nCọc mốc phải sửa ngay, có phải chờ nhắc cọc mốc đủ ba lần.\n\n{same}.")
    two = make_article("hai", f"HƯỚNG DẪN CỌC MỐC (38-HD/BTCTW)\n\nCọc mốc sơn đỏ.\n\n{same} cọc mốc, phải chờ nhắc đủ ba lần.")
    question = "Có phải chờ nhắc sửa cọc mốc đủ ba lần không? QĐ 94 và HD 38 ghi khác nhau."
    assert make_assistant(one, two).answer(question).text.count("lần thứ ba mà không sửa cọc mốc") == 2
