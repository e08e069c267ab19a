"""A sentence that says of something else what the best one says is not quoted; the other side's figure of a comparison is."""

from __future__ import annotations

from conftest import make_article
from qa_fakes import make_assistant

BADGES = make_article(
    "the",
    "Thẻ kho\n\n"
    "Thẻ kho hạng ba: từ C0001 đến C9999 (4 chữ số, có chữ C đầu dãy số).\n\n"
    "Thẻ kho hạng nhì: từ B001 đến B999 (3 chữ số, có chữ B đầu dãy số).\n\n"
    "Thẻ kho hạng nhất: từ A01 đến A99 (2 chữ số, có chữ A đầu dãy số).",
)
PAY = make_article(
    "cong",
    "Tiền công kho\n\n"
    "Người làm kho ban ngày được trả tiền bồi dưỡng bằng 0,2 lần mức lương kho.\n\n"
    "Ai trông kho lúc đêm khuya thì hưởng 0,5 lần mức lương kho.",
)


def test_only_the_one_that_is_asked_for_is_quoted() -> None:
    text = make_assistant(BADGES).answer("Thẻ kho hạng nhì có chữ gì đầu dãy số?").text
    assert "chữ B" in text and "chữ A" not in text and "chữ C" not in text


def test_all_are_quoted_where_none_is_meant() -> None:
    assert len(make_assistant(BADGES).answer("Thẻ kho có chữ gì đầu dãy số?").citations) > 1


def test_the_other_figure_stands_beside_the_one_both_sides_find() -> None:
    asked = "Người làm kho ban ngày và người làm kho ban đêm được trả tiền bồi dưỡng khác nhau thế nào?"
    text = make_assistant(PAY).answer(asked).text
    assert "0,2 lần" in text and "0,5 lần" in text
