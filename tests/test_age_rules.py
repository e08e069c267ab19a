"""The rule for the very age asked about, told beside another article's rule for all."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import FakeEngine, assert_quotes_exact, make_assistant

COUNTRY = make_article(
    "chung",
    "Quy chế chung của các thư viện\n\nBạn đọc già yếu không đến thư viện được (có giấy xác nhận của trạm y tế) thì tự làm đơn "
    "xin mượn sách tại nhà.\n\nSách mượn về được giữ ba tuần.",
    date="2025-03-01",
)
TOWN = make_article(
    "thi-xa",
    "Nội quy của thư viện thị xã\n\nBạn đọc già yếu xin mượn sách tại nhà:\n\n- Bạn đọc từ 70 tuổi trở lên: tự làm đơn hoặc nhờ con cháu "
    "viết hộ. Không có giấy khám bệnh thì tổ dân phố xác nhận.\n\n- Bạn đọc dưới 70 tuổi: làm đơn kèm giấy khám bệnh.",
    date="2025-06-01",
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Bạn đọc 75 tuổi già yếu xin mượn sách tại nhà có cần giấy xác nhận của trạm y tế không?", True),
        ("Bạn đọc già yếu xin mượn sách tại nhà có cần giấy xác nhận của trạm y tế không?", False),
    ],
)
def test_rule_for_the_age_asked_about(question: str, named: bool) -> None:
    answer = make_assistant(COUNTRY, TOWN).answer(question)
    assert "giấy xác nhận của trạm y tế" in answer.text
    assert ("tổ dân phố xác nhận" in answer.text) is named  # with the rest of its paragraph
    assert_quotes_exact(answer, FakeEngine((COUNTRY, TOWN)))


def test_no_second_rule_where_the_age_is_met() -> None:
    answer = make_assistant(COUNTRY, TOWN).answer("Bạn đọc 65 tuổi già yếu xin mượn sách tại nhà thì kèm giấy gì?")
    assert answer.text.count("[2]") <= 1
