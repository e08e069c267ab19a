"""Which kind of thing is asked for, where words that often ask for one kind stand in a question for another."""

from __future__ import annotations

import pytest

from index.text.canonical import fold
from qa.answer_types import find_answer_type
from qa.types import AnswerType


@pytest.mark.parametrize("form", [str, fold])
@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Kho năm nào cũng được khen phải không?", AnswerType.YES_NO),
        ("Kho được khen năm nào?", AnswerType.DATE),
        ("Cháy kho thì có ai bị phạt không?", AnswerType.YES_NO),
        ("Cháy kho thì ai bị phạt?", AnswerType.PERSON),
        ("Giữ chức chưa được một năm thì có phải họp không?", AnswerType.YES_NO),
        ("Ông Lê Văn Cam giữ chức gì?", AnswerType.POST),
        ("Ông Lê Văn Cam được xếp vào ghế nào?", AnswerType.POST),
        ("Lãnh đạo kho lên đọc tham luận tên là gì?", AnswerType.PERSON),
        ("Các sổ cũ trái với sổ mới xử lý sao?", AnswerType.OTHER),
        ("Mã kho gồm mấy số?", AnswerType.NUMBER),
        ("Sổ kho do bên nào giữ?", AnswerType.ORGANISATION),
        ("Họp ở bên nào?", AnswerType.OTHER),
        ("Chữ SK trong số hiệu sổ viết tắt của cái gì?", AnswerType.DEFINITION),
        ("Tổ cầu trong bài về ba kinh nghiệm là tổ gì vậy?", AnswerType.DEFINITION),
        ("3 nhiệm vụ trọng tâm là gì?", AnswerType.LIST),
    ],
)
def test_kinds(question: str, kind: AnswerType, form: type[str]) -> None:
    assert find_answer_type(form(question)) is kind
