"""Whether the articles agree: what is asked of them, and what each says."""

from __future__ import annotations

import pytest
from qa_fakes import make_article, make_assistant

from index.text.canonical import fold
from qa.sources_asked import asked_of_sources

FLASH = make_article("tin/nhanh", "Tin nhanh trồng cây\n\nHuyện trồng được hơn 60 cây lim ở đồi Tre.", date="2021-03-02")
FULL = make_article("tin/du", "Trồng cây ở đồi Tre\n\nHuyện trồng được 63 cây lim ở đồi Tre trong đợt này.", date="2021-03-05")


@pytest.mark.parametrize(
    ("question", "core"),
    [
        ("Huyện trồng bao nhiêu cây lim ở đồi Tre, các bài có nói giống nhau không?", "Huyện trồng bao nhiêu cây lim ở đồi Tre"),
        ("Số cây lim huyện trồng: tin nhanh và bản đầy đủ đưa con số khác nhau thế nào?", "Số cây lim huyện trồng"),
        ("Tin nhanh và bản tin đầy đủ ghi số cây lim huyện trồng khác nhau ra sao?", "số cây lim huyện trồng"),
        ("Các bài viết ghi số cây lim huyện trồng có thống nhất không, mỗi bài ghi bao nhiêu?", "số cây lim huyện trồng"),
        ("Huyện trồng bao nhiêu cây lim ở đồi? Hướng dẫn TW và Hà Nội khác nhau không", "Huyện trồng bao nhiêu cây lim ở đồi"),
        ("Hướng dẫn 7 và hướng dẫn của Tỉnh uỷ nói khác nhau thế nào về hạn trồng cây lim?", "hạn trồng cây lim"),
        ("HD 06 với HD 38 có mâu thuẫn về hạn trồng cây lim không?", "hạn trồng cây lim"),
        ("Trung ương và Hà Nội quy định hạn trồng cây lim có khớp không?", "hạn trồng cây lim"),
        ("Hạn trồng cây lim theo trung ương và theo Hà Nội có giống nhau không?", "Hạn trồng cây lim"),
        ("Hướng dẫn 38-HD/BTCTW và Hướng dẫn 06-HD/TW ghi hạn trồng cây lim có thống nhất không?", "hạn trồng cây lim"),
        ("Trồng lim sai hạn thì nhổ trước hay báo trước, QĐ 294 và HD 38 nói thế nào?", "Trồng lim sai hạn thì nhổ trước hay báo trước"),
        ("Hạn trồng cây lim tính từ ngày nào, sao HD 38 với HD 06 viết không khớp nhau?", "Hạn trồng cây lim tính từ ngày nào"),
        ("Hạn trồng cây lim, HD 06 và Hà Nội có khớp không?", "Hạn trồng cây lim"),
        ("Số cây lim huyện trồng: tin nhanh nêu bao nhiêu, bản đầy đủ nêu bao nhiêu?", "Số cây lim huyện trồng bao nhiêu"),
        ("Tin nhanh và báo cáo nêu bao nhiêu cây lim ở đồi Tre?", "bao nhiêu cây lim ở đồi Tre"),
        ("Bao nhiêu cây lim ở đồi Tre theo tin nhanh và theo báo cáo", "Bao nhiêu cây lim ở đồi Tre"),
        ("Huyện trồng bao nhiêu cây lim ở đồi, sao mỗi bài một con số?", "Huyện trồng bao nhiêu cây lim ở đồi"),
        ("Hạn trồng cây lim là mấy ngày? Em thấy mỗi văn bản nói một kiểu.", "Hạn trồng cây lim là mấy ngày"),
        ("Có gì lệch nhau giữa các bài về số cây lim huyện trồng?", "số cây lim huyện trồng"),
        ("Hạn trồng cây lim được các văn bản quy định thế nào?", "Hạn trồng cây lim"),
        ("Hạn trồng cây lim là mấy ngày? Mình thấy HD 38 của Trung ương với QĐ 6 ghi không giống nhau.", "Hạn trồng cây lim là mấy ngày"),
        ("Hạn trồng cây lim là mấy ngày? Đọc HD 38-HD/TW rồi HD 06 thấy lệch nhau.", "Hạn trồng cây lim là mấy ngày"),
        ("Hạn trồng cây lim là mấy ngày? Xin đối chiếu HD 6 với hướng dẫn của Tỉnh uỷ.", "Hạn trồng cây lim là mấy ngày"),
        ("Huyện trồng bao nhiêu cây lim ở đồi, sao tôi thấy mỗi tin ghi một số?", "Huyện trồng bao nhiêu cây lim ở đồi"),
        ("Cây lim ở đồi Tre đã khắc phục được bệnh chưa? Hai bài nói ngược nhau.", "Cây lim ở đồi Tre đã khắc phục được bệnh chưa"),
        ("Số tiền trồng cây lim của huyện: các bài viết ghi thế nào, có khớp nhau không?", "Số tiền trồng cây lim của huyện bao nhiêu"),
        ("Theo Hướng dẫn 38 của Ban Tổ chức Trung ương, ai được giao trồng cây lim ở đồi?", None),
        ("Mỗi bài viết một trang thì tác giả được bao nhiêu tiền?", None),
        ("Theo quy định và hướng dẫn thì phải nộp bao nhiêu bản khai cây lim?", None),
        ("Mức đóng quỹ của tỉnh Nghệ An và Hà Tĩnh khác nhau thế nào?", None),
        ("Nhiệm vụ trồng cây của tỉnh và địa phương khác nhau ra sao?", None),
        ("Huyện trồng bao nhiêu cây lim?", None),
        ("Hướng dẫn 38 và Hướng dẫn 06 khác nhau thế nào?", None),
        ("Các bài viết về cây lim nói gì?", None),
    ],
)
def test_what_is_asked_of_the_sources(question: str, core: str | None) -> None:
    assert asked_of_sources(question) == core
    folded = asked_of_sources(fold(question))
    assert (folded and fold(folded)) == (core and fold(core))


def test_both_values_stand_side_by_side() -> None:
    answer = make_assistant(FLASH, FULL).answer("Huyện trồng bao nhiêu cây lim ở đồi Tre, các bài có nói giống nhau không?")
    first = answer.text.splitlines()[0]
    assert first.startswith("Các nguồn ghi khác nhau: 63 cây lim") and "hơn 60 cây lim" in first
    assert [citation.article_id for citation in answer.citations] == ["tin/du", "tin/nhanh"]


def test_what_one_says_in_few_words_is_not_crowded_out() -> None:
    long = "\n\n".join(f"Huyện trồng được 63 cây lim ở đồi Tre số {number} trong đợt này." for number in range(12))
    many = make_article("tin/du", f"Trồng cây ở đồi Tre\n\n{long}", date="2021-03-05")
    answer = make_assistant(FLASH, many).answer("Huyện trồng bao nhiêu cây lim ở đồi Tre? Tôi thấy mỗi bài ghi một số.")
    assert "hơn 60 cây lim" in answer.text and "63 cây lim" in answer.text


def test_captions_alone_say_nothing_of_it() -> None:
    caption = "Quang cảnh huyện trồng 63 cây lim ở đồi Tre. Ảnh: Kim Dung"
    assistant = make_assistant(*(make_article(f"tin/{name}", f"Trồng cây\n\n{caption}", date="2021-03-05") for name in ("mot", "hai")))
    answer = assistant.answer("Huyện trồng bao nhiêu cây lim ở đồi Tre, các bài có nói giống nhau không?")
    assert not answer.text.startswith("Các nguồn ghi khác nhau")


def test_one_article_alone_is_answered_as_ever() -> None:
    answer = make_assistant(FULL).answer("Huyện trồng bao nhiêu cây lim ở đồi Tre, các bài có nói giống nhau không?")
    assert "63 cây lim" in answer.text and "khác nhau" not in answer.text
