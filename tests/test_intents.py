"""What a question in everyday words is after, and which sentence gives it; definitions of bodies; what is lost; lists of papers."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import make_assistant

from index.text.canonical import canonical, fold
from qa import intents
from qa.circumstances import of_a_mishap
from qa.types import AnswerType, Status


@pytest.mark.parametrize(
    ("asked", "told", "other"),
    [
        ("mất sổ thì phải báo ai", "người mất sổ báo cáo ngay với chi bộ", "người mất sổ được cấp sổ khác"),
        ("đơn này nộp ở đâu", "đơn được nộp cho uỷ ban xã", "đơn gồm hai trang"),
        ("khiếu nại lên cấp nào", "khiếu nại lên cấp uỷ cấp trên", "khiếu nại là quyền của mỗi người"),
    ],
)
def test_to_whom_it_goes(asked: str, told: str, other: str) -> None:
    test = intents.names_recipient(fold(asked), AnswerType.OTHER)
    assert test is not None and test(canonical(told)) and not test(canonical(other))
    assert intents.names_recipient(fold(asked), AnswerType.YES_NO) is None


@pytest.mark.parametrize(
    ("test", "told", "other"),
    [
        (intents.says_use(canonical("Thẻ kho dùng để làm gì?")), "thủ kho sử dụng thẻ để lấy hàng", "thẻ kho được phát cho thủ kho"),
        (
            intents.says_forbidden(fold("Không được giao chìa khoá cho những ai?"), AnswerType.PERSON),
            "không được giao chìa khoá cho khách",
            "giao chìa khoá cho thủ kho",
        ),
        (
            intents.says_weak(fold("Nêu những điểm còn yếu của tổ kho"), AnswerType.LIST),
            "tổ kho vẫn còn chậm khi kiểm kê",
            "tổ kho kiểm kê đúng hạn",
        ),
        (
            intents.counts_admitted(fold("Tháng này thêm mấy đảng viên?"), AnswerType.NUMBER),
            "trong tháng kết nạp 15 đảng viên mới",
            "chi bộ có 15 đảng viên",
        ),
        (
            intents.says_it_holds(fold("Hướng dẫn năm ngoái về kho còn dùng được không?")),
            "hướng dẫn này thay thế hướng dẫn năm ngoái",
            "hướng dẫn có ba phần",
        ),
        (
            intents.says_from_when_allowed(fold("Mới thử việc đã được cầm thẻ chưa?"), AnswerType.YES_NO),
            "thẻ được phát sau khi hết thử việc",
            "người thử việc làm ở kho",
        ),
        (intents.says_how_long_kept(fold("Sổ kho phải lưu giữ bao nhiêu năm?")), "sổ kho lưu giữ 10 năm", "sổ kho có 10 năm số liệu"),
        (intents.says_too_old(fold("Quá bao nhiêu tuổi thì không được nhận?")), "không nhận người trên 60 tuổi", "nhận người đủ 18 tuổi"),
    ],
)
def test_what_is_asked_is_told(test: intents.Test | None, told: str, other: str) -> None:
    assert test is not None and test(canonical(told)) and not test(canonical(other))


@pytest.mark.parametrize(
    "question",
    ["Hướng dẫn 12 về kho còn hiệu lực không?", "Tổ kho họp ở đâu?", "Tổ kho có mấy người?", "Khắc phục điểm yếu của tổ kho thế nào?"],
)
def test_other_questions_ask_for_none_of_it(question: str) -> None:
    folded = fold(question)
    assert intents.says_use(canonical(question)) is None and intents.says_it_holds(folded) is None
    assert intents.says_weak(folded, AnswerType.OTHER) is None and intents.counts_admitted(folded, AnswerType.NUMBER) is None
    assert intents.says_how_long_kept(folded) is None and intents.says_too_old(folded) is None


def test_what_is_lost_must_be_what_is_asked_about() -> None:
    test = of_a_mishap(fold("Thẻ bị rơi mất thì làm sao"))
    assert test is not None
    assert test(canonical("Người làm mất thẻ phải báo với tổ trưởng.")) and not test(canonical("Người làm mất hồ sơ phải khai lại."))


def test_a_list_item_about_a_body_is_no_definition_of_it() -> None:
    item = make_article("viec", "Việc khen thưởng\n\nChi bộ cơ sở: biểu dương đảng viên làm tốt mỗi quý một lần.")
    said = make_article("nghia", "Tổ chức\n\nChi bộ cơ sở là chi bộ ở đơn vị có dưới ba mươi đảng viên.")
    assert make_assistant(item).answer("Chi bộ cơ sở là gì?").status is Status.NOT_FOUND
    assert "dưới ba mươi đảng viên" in make_assistant(item, said).answer("Chi bộ cơ sở là gì?").text
