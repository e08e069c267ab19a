"""Follow-up questions of another post, body, limit or award day, made standalone; who lacks a paper."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import make_assistant

from qa.followups import make_standalone
from qa.types import Turn


@pytest.mark.parametrize(
    ("earlier", "question", "standalone"),
    [
        ("Giám đốc Sở Y tế năm 2021 là ai?", "Thế phó giám đốc là ai?", "Phó giám đốc Sở Y tế năm 2021 là ai?"),
        ("Giám đốc Sở Y tế năm 2021 là ai?", "Thế thư viện xã là gì?", "Thư viện xã là gì – Giám đốc Sở Y tế năm 2021?"),
        ("Hội đọc sách một năm họp mấy lần?", "Còn tổ đọc bao lâu họp một lần?", "Tổ đọc bao lâu họp một lần?"),
        (
            "Bạn đọc từ 70 tuổi trở lên xin miễn phí mà không có thẻ thì làm sao?",
            "Thế cụ nào chưa tới 70 thì nộp giấy gì?",
            "Bạn đọc chưa tới 70 tuổi xin miễn phí thì nộp giấy gì?",
        ),
        ("Chi bộ được thưởng hình thức gì?", "Đảng ủy bộ phận thì sao?", "Đảng ủy bộ phận được thưởng hình thức gì?"),
        ("Đợt trao huy hiệu 19/5 dành cho ai?", "Còn đợt kế tiếp sau đó thì sao?", "Đợt trao huy hiệu 2/9 dành cho ai?"),
        ("Đợt trao huy hiệu 3/2 dành cho ai?", "Thế đợt trước đó?", "Đợt trao huy hiệu 7/11 dành cho ai?"),
    ],
)
def test_made_whole(earlier: str, question: str, standalone: str) -> None:
    assert make_standalone(question, [Turn(earlier, "")], lambda text: text) == standalone


RULE = make_article(
    "noi-quy/mien-phi",
    """Nội quy miễn phí mượn sách

Bạn đọc 84 tuổi xin miễn phí mượn sách cần làm đơn xin miễn phí, kèm bản sao thẻ cũ.

Không có thẻ cũ thì tổ đọc xác nhận.

Đợt 4/3: nhận đơn từ ngày 05/01. Đơn xin miễn phí được nhận vào các đợt 4/3 và 5/8 hằng năm ở thư viện xã.
""",
    date="2021-02-01",
)


def test_the_rule_for_who_lacks_the_paper_comes_first() -> None:
    answer = make_assistant(RULE).answer("Không có thẻ cũ thì làm sao?", [Turn("Bạn đọc 84 tuổi xin miễn phí mượn sách cần gì?", "")])
    assert "tổ đọc xác nhận" in answer.text.splitlines()[0]
    answer = make_assistant(RULE).answer("Bạn đọc 84 tuổi xin miễn phí mượn sách cần gì?")
    assert "làm đơn" in answer.text.splitlines()[0]
