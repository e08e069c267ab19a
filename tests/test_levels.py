"""The time of one level, where a sentence gives every level its own."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import make_assistant

RULE = make_article(
    "noi-quy/don-kien",
    """Nội quy xét đơn kiện về thẻ thư viện

Trong 15 ngày từ hôm mất thẻ, bạn đọc có quyền gửi đơn kiện về thẻ lên thư viện cấp trên cho đến thư viện trung tâm để giải quyết.

Đơn kiện về thẻ được xét xong trong 25 ngày đối với cấp tỉnh; trong 50 ngày đối với cấp Trung ương, kể từ hôm nhận.
""",
    date="2021-02-01",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Cấp Trung ương giải quyết đơn kiện về thẻ trong mấy ngày?", "50 ngày."),
        ("Cấp tỉnh giải quyết đơn kiện về thẻ trong bao lâu?", "25 ngày."),
        ("cap tinh giai quyet don kien ve the trong bao lau", "25 ngày."),
    ],
)
def test_the_time_of_the_level_asked_about(question: str, lead: str) -> None:
    assert make_assistant(RULE).answer(question).text.splitlines()[0].lower().endswith(lead)


def test_no_level_is_asked_about() -> None:
    answer = make_assistant(RULE).answer("Bạn đọc có quyền gửi đơn kiện về thẻ lên thư viện cấp trên trong mấy ngày?")
    assert answer.text.splitlines()[0] == "15 ngày."
