"""Yes or no, only where the sentence says or denies the very thing asked."""

from __future__ import annotations

import pytest
from qa_fakes import UNDERSTAND

from index.types import Filters
from qa.question import understand_question
from qa.verdict import find_verdict, not_bound_at


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        pytest.param("Người mới có được biểu quyết, bầu cử không?", "Người mới không biểu quyết, bầu cử.", "Không", id="denied"),
        pytest.param("Xã có trồng thông không?", "Năm ngoái, xã trồng thông trên đồi.", "Có", id="said"),
        pytest.param("Xã có trồng thông không?", "Xã không làm đường, chỉ trồng thông.", None, id="a negation of something else"),
        pytest.param("Xã có trồng thông không?", "Xã trồng lim.", None, id="something else"),
        pytest.param("Tre có được trồng lại không?", "Tre trồng lại ba lần mà không đủ cây thì báo lên xã.", None, id="denied of its end"),
        pytest.param("Xã có bao nhiêu cây thông?", "Xã có nhiều cây thông.", None, id="no such question"),
    ],
)
def test_yes_or_no_only_where_it_is_plain(question: str, sentence: str, verdict: str | None) -> None:
    asked = understand_question(question, (), UNDERSTAND, Filters())
    assert find_verdict(asked, sentence) == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "at"),
    [
        pytest.param("Có phải chờ đủ ba lần không?", "Nhắc ba lần; ở xa thì không nhất thiết phải chờ.", "không nhất thiết", id="no must"),
        pytest.param("Trồng cây ở đâu?", "Ở xa thì không nhất thiết phải chờ.", None, id="not asked"),
        pytest.param("Có phải chờ đủ ba lần không?", "Phải chờ đủ ba lần.", None, id="a must"),
    ],
)
def test_where_it_is_said_to_be_no_must(question: str, sentence: str, at: str | None) -> None:
    asked = understand_question(question, (), UNDERSTAND, Filters())
    assert not_bound_at(asked, sentence.lower()) == (sentence.index(at) if at else None)
