"""Two documents that word one rule otherwise are quoted side by side; one that repeats it or speaks of something else is not."""

from __future__ import annotations

import pytest
from qa_fakes import make_article, make_assistant

OLD = make_article(
    "cu",
    "Hướng dẫn trồng cây\n\nNgười xin trồng cây có đất đã được xác nhận rõ ràng, đầy đủ trong sổ của thôn thì không phải đo đạc, "
    "kiểm tra lại đất trước khi trồng.",
    date="2020-03-02",
)
NEW = make_article(
    "moi",
    "Hướng dẫn trồng cây mới\n\nNgười xin trồng cây có đất đã được khai đầy đủ, rõ ràng trong sổ của thôn thì không phải đo đạc nhưng phải "
    "kiểm tra nguồn nước và đường vào đất trước khi trồng.",
    date="2021-03-02",
)
SAME = make_article("chep", f"Chép lại\n\n{OLD.text.splitlines()[-1]}", date="2021-03-02")
OTHER = make_article(
    "khac",
    "Hội thi hoa\n\nNgười trồng hoa mang chậu đẹp nhất đến nhà văn hoá vào sáng thứ bảy, ban tổ chức chấm điểm rồi trao quà cho cả thôn.",
    date="2021-03-02",
)
QUESTION = "Đất đã xác nhận đầy đủ trong sổ của thôn thì có phải kiểm tra lại trước khi trồng không?"


@pytest.mark.parametrize(
    ("articles", "cited"),
    [
        pytest.param((OLD, NEW), {"cu", "moi"}, id="worded otherwise"),
        pytest.param((OLD, OTHER), {"cu"}, id="of something else"),
    ],
)
def test_another_wording_of_the_rule_is_quoted_too(articles: tuple, cited: set[str]) -> None:
    assert {citation.article_id for citation in make_assistant(*articles).answer(QUESTION).citations} == cited


def test_a_copy_is_quoted_once() -> None:
    answer = make_assistant(OLD, SAME).answer(QUESTION)
    assert len({citation.article_id for citation in answer.citations}) == 1
