"""Losses, schooling and evils that are not over: which rule such a question means."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import FakeEngine, assert_quotes_exact, make_assistant

from index.text.canonical import canonical, fold
from qa.circumstances import of_a_mishap, of_schooling, of_the_dead, still_there

CLUB = make_article(
    "vb/quy-che-cau-lac-bo",
    """Quy chế câu lạc bộ cây cảnh

1. Hội viên

Hội viên phải có bằng tốt nghiệp tiểu học trở lên. Hội viên sống ở miền núi, hải đảo tối thiểu phải biết đọc, biết viết.

Hội viên được câu lạc bộ cho học lớp chăm cây.

Hội viên ra khỏi câu lạc bộ thì trả lại sổ hội viên cho ban chủ nhiệm xử lý. Hội viên từ trần, gia đình giữ lại sổ hội viên.

2. Sổ hội viên

Để mất sổ hội viên thì người giữ sổ báo ban chủ nhiệm, kèm giấy xác nhận của tổ dân phố.

Giấy tờ chuyển sổ hội viên gồm:

- đơn chuyển sổ;

- giấy giới thiệu.

3. Kết quả

Việc tưới cây muộn đã bớt ở vườn của nhiều hội viên. Việc tưới cây muộn vẫn còn ở vườn ven sông.
""",
    date="2024-03-02",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("Mới học hết lớp 3, ở thành phố, có được vào hội viên không?", "bằng tốt nghiệp tiểu học", id="schooling"),
        pytest.param("Ở miền núi, mới học hết lớp 3 có được vào hội viên không?", "biết đọc, biết viết", id="schooling of a special place"),
        pytest.param("Hội viên mất thì sổ hội viên xử lý ra sao, có phải trả lại không?", "gia đình giữ lại sổ", id="death"),
        pytest.param("Lỡ làm mất sổ hội viên khi chuyển thì cần giấy tờ gì?", "giấy xác nhận của tổ dân phố", id="loss, not the list"),
        pytest.param("Việc tưới cây muộn ở vườn của hội viên đã hết hẳn chưa?", "vẫn còn ở vườn ven sông", id="what is left"),
    ],
)
def test_the_rule_that_is_meant(question: str, told: str) -> None:
    answer = make_assistant(CLUB).answer(question)
    assert_quotes_exact(answer, FakeEngine([CLUB]))
    assert told in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("đảng viên mất thì ai báo", True),
        ("cụ mất, gia đình phải làm gì", True),
        ("hội viên mất thẻ thì ai báo", False),
        ("người mất sổ phải làm gì", False),
    ],
)
def test_death_or_loss(question: str, expected: bool) -> None:
    assert (of_the_dead(question) is not None) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("lỡ đánh mất thẻ thì sao", "để mất thẻ thì báo ngay.", True),
        ("giấy bị thất lạc thì sao", "giấy bị mất phải viết lại.", True),
        ("lỡ đánh mất thẻ thì sao", "giữ sổ cẩn thận, không để mất, thất lạc.", False),
        ("bị mất quyền bầu cử khi nào", "để mất thẻ thì báo ngay.", None),
        ("mất bao lâu thì xong", "để mất thẻ thì báo ngay.", None),
    ],
)
def test_mishaps(question: str, sentence: str, expected: bool | None) -> None:
    test = of_a_mishap(fold(canonical(question)))
    assert (test and test(sentence)) is expected


def test_schooling_is_no_course() -> None:
    assert of_schooling("học lớp cảm tình", "hoc lop cam tinh") is None
    tests = of_schooling("chưa tốt nghiệp trung học có được vào không", "chua tot nghiep trung hoc co duoc vao khong")
    assert tests is not None
    schooling, general, _ = tests
    assert schooling("phải tốt nghiệp trung học.")
    assert not schooling("xét cả trình độ học vấn.")
    assert not general("ở vùng cao phải biết chữ.")


@pytest.mark.parametrize("question", ["nan xa rac da het han chua", "viec ay khac phuc xong chua", "van con tinh trang vut rac khong"])
def test_what_is_left_is_asked(question: str) -> None:
    test = still_there(question)
    assert test is not None
    assert test("nạn xả rác vẫn còn ở chợ.")
    assert still_there("phieu nay con gia tri khong") is None
