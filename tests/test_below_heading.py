"""A heading is no answer: the first sentence below it is, unless the line tells something itself or is asked for by its number."""

from __future__ import annotations

from qa_fakes import make_article, make_assistant

RULES = make_article(
    "huong-dan",
    """HƯỚNG DẪN giữ rừng lim

5. Việc của thôn

5.1. Thủ tục và cách tính tuổi cây lim

Cây được tính từ ngày xã ghi vào sổ rừng.

Riêng cây bị nhổ nhầm rồi trồng lại thì tuổi cây lim tính liên tục.

5.2. Hạn trả lời của xã: 90 ngày.

Xã trả lời muộn hơn thì phải báo huyện.
""",
)


def test_the_rule_below_the_heading_leads() -> None:
    answer = make_assistant(RULES).answer("Cách tính tuổi cây lim")
    assert answer.citations[0].quote == "Cây được tính từ ngày xã ghi vào sổ rừng."
    assert "Thủ tục và cách tính tuổi cây lim" not in [citation.quote for citation in answer.citations]


def test_a_line_that_tells_is_an_answer() -> None:
    assert "90 ngày" in make_assistant(RULES).answer("Hạn trả lời của xã là bao nhiêu ngày?").text
