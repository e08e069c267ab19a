"""Follow-up questions about the thing that the last answer named, and about another body's time for the same."""

from __future__ import annotations

import pytest

from qa.followups import make_standalone
from qa.types import Turn


@pytest.mark.parametrize(
    ("earlier", "answer", "question", "standalone"),
    [
        ("Mượn sách ra ngoài xã dùng giấy mấy ô?", "Dùng giấy mượn loại 6 ô.", "Nền của nó màu gì?", "Nền của giấy mượn loại 6 ô màu gì?"),
        ("Trả sách muộn thì viết phiếu nào?", "Phiếu phạt màu xanh. [1]", "Nó có mấy liên?", "Phiếu phạt màu xanh có mấy liên?"),
        ("Làm thẻ thì nộp mẫu gì?", "Nộp mẫu 2-TV, kèm ảnh.", "Nó gồm mấy trang?", "Mẫu 2-TV gồm mấy trang?"),
        ("Thẻ bạn đọc được cấp ở đâu?", "Ở thư viện xã.", "Nó có giá trị bao lâu?", "Thẻ bạn đọc có giá trị bao lâu?"),
        (
            "Chi bộ gửi hồ sơ lên trong bao lâu?", "Trong 5 ngày.", "Thế đảng ủy cơ sở được mấy ngày?",
            "Đảng ủy cơ sở gửi hồ sơ lên trong bao lâu?",
        ),
        ("Cấp xã xét đơn mất mấy ngày?", "5 ngày", "Còn cấp tỉnh có bao nhiêu ngày?", "Cấp tỉnh xét đơn mất mấy ngày?"),
    ],
)  # fmt: skip
def test_things_told_and_other_bodies(earlier: str, answer: str, question: str, standalone: str) -> None:
    assert make_standalone(question, [Turn(earlier, answer)], lambda text: text) == standalone
