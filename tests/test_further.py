"""An unsure answer shows what it chose between, within bounds; a sure one stands alone. Dates are said once for each source in a row."""

from __future__ import annotations

import pytest
from qa_fakes import make_article, make_assistant

from qa.further import MAX_QUOTED, MAX_SYLLABLES
from qa.types import Answer

MARKET = make_article(
    "cho",
    "Chợ phiên\n\n"
    + "\n\n".join(
        (
            "Chợ phiên mở cửa từ sáng sớm, người bán rau ngồi gần cổng.",
            "Người bán cá của chợ phiên ngồi cạnh giếng nước cũ.",
            "Ban quản lý chợ phiên thu vé vào cuối buổi.",
            "Chợ phiên năm nay có thêm dãy nhà bán vải.",
            "Khách của chợ phiên để xe ở sân đình, không mất tiền.",
            "Đội trật tự của chợ phiên trực cả ngày.",
        )
    ),
    date="2021-03-02",
)
UNSURE, SURE = "Chợ phiên thế nào?", "Ai thu vé ở chợ phiên vào cuối buổi?"


@pytest.fixture(scope="module")
def unsure() -> Answer:
    return make_assistant(MARKET).answer(UNSURE)


def test_an_unsure_answer_quotes_more_sentences_under_a_line_of_their_own(unsure: Answer) -> None:
    assert 2 < len(unsure.citations) <= MAX_QUOTED
    assert "Có thể liên quan:" in unsure.text.splitlines()
    assert sum(len(citation.quote.split()) for citation in unsure.citations) <= MAX_SYLLABLES


def test_no_sentence_is_quoted_twice(unsure: Answer) -> None:
    assert len({(citation.start, citation.end) for citation in unsure.citations}) == len(unsure.citations)


def test_a_sentence_that_answers_needs_no_more() -> None:
    answer = make_assistant(MARKET).answer(SURE)
    assert "Có thể liên quan:" not in answer.text
    assert answer.citations[0].quote == "Ban quản lý chợ phiên thu vé vào cuối buổi."


def test_a_date_is_said_once_for_quotations_of_one_article_in_a_row(unsure: Answer) -> None:
    first, further = unsure.text.split("\nCó thể liên quan:\n")
    for lines in (first.splitlines(), further.splitlines()):
        assert lines[0].startswith("Theo bài ngày 02/03/2021: “")
        assert all(line.startswith("“") for line in lines[1:])
    assert len(further.splitlines()) > 1


def test_an_unlikely_short_answer_does_not_lead() -> None:
    """Which of many sentences tells the number is a guess: the sentences are shown, no number in front of them."""
    crowd = "\n\n".join(f"Dãy {name} của chợ phiên có {count} sạp." for name, count in zip("ABCDEFGH", range(11, 19), strict=True))
    answer = make_assistant(make_article("sap", f"Sạp hàng\n\n{crowd}", date="2021-03-02")).answer("Chợ phiên có bao nhiêu sạp?")
    assert answer.text.startswith("Theo bài ngày 02/03/2021: ")
