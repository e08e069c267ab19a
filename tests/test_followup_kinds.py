"""Follow-up questions that name another of a kind, compare, or turn to another subject; answers told without their articles' dates."""

from __future__ import annotations

import pytest

from index.text.canonical import fold
from qa.comparison import find_sides
from qa.followup_told import of_another_subject, told_by
from qa.followups import carry_topic, make_standalone
from qa.types import Turn

FROM = "5 ngày.\nTheo bài tháng 11/2025: “Tổ đọc họp sau 5 ngày.” [1]"


def standalone(question: str, *earlier: str, answer: str = "") -> str:
    return make_standalone(question, [Turn(each, answer) for each in earlier], lambda text: text)


@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        ("Ai quyết định khiển trách hội viên?", "Còn cảnh cáo thì sao?", "Ai quyết định cảnh cáo hội viên?"),
        ("Ai quyết định khai trừ hội viên?", "Còn khiển trách thì ai quyết định?", "Ai quyết định khiển trách hội viên?"),
        ("Cấp tỉnh xét đơn trong bao lâu?", "Còn Trung ương thì sao?", "Cấp Trung ương xét đơn trong bao lâu?"),
        ("Thẻ xanh dùng mấy năm?", "Còn thẻ đỏ thì sao?", "Thẻ đỏ dùng mấy năm?"),
        ("Hội có mấy ban?", "Thế hội cấp xã?", "Hội có mấy ban – hội cấp xã?"),
        ("Thẻ tạm thời dùng mấy tháng?", "Thế chính thức?", "Thẻ chính thức dùng mấy tháng?"),
        ("Tháng 5/2021 Sở Y tế nhận mấy máy?", "Thế tháng 4 thì sao?", "Tháng 4/2021 Sở Y tế nhận mấy máy?"),
        ("Ai là Chủ tịch UBND tỉnh Mường?", "Còn Phó Chủ tịch là ai?", "Ai là Phó Chủ tịch UBND tỉnh Mường?"),
        ("Ai là Bí thư Tỉnh đoàn?", "Còn Thủ tướng?", "Ai là Thủ tướng?"),
        ("Thẻ cho cụ 80 tuổi cần giấy tờ gì?", "Còn dưới 80 thì sao?", "Thẻ cho cụ dưới 80 tuổi cần giấy tờ gì?"),
        ("Người vào hội phải đủ bao nhiêu tuổi?", "Quá 60 tuổi thì sao?", "Người vào hội quá 60 tuổi thì sao?"),
        ("Ban cơ sở họp mấy tháng một lần?", "Còn cấp trên cơ sở?", "Ban cấp trên cơ sở họp mấy tháng một lần?"),
        (
            "Năm 2021 Sở Y tế có mấy phòng đạt?",
            "Thế còn bao nhiêu phòng chưa đạt chuẩn?",
            "Bao nhiêu phòng chưa đạt chuẩn – Năm 2021 Sở Y tế?",
        ),
        ("Hội viên cao tuổi có phải đóng phí không?", "Thủ tục xin miễn thế nào?", "Thủ tục xin miễn thế nào – Hội viên cao tuổi?"),
        ("Mất thẻ thì làm lại ở đâu?", "Mất bao nhiêu ngày?", "Mất bao nhiêu ngày – Mất thẻ thì làm lại?"),
    ],
)
def test_another_of_a_kind(earlier: str, question: str, expected: str) -> None:
    assert standalone(question, earlier) == expected


def test_fewer_than_what_was_asked() -> None:
    earlier = "Xã có mấy hộ thì lập hội?"
    assert standalone("Còn ít hơn thì sao?", earlier, answer="9 hộ trở lên.") == "Xã có dưới 9 hộ thì sao?"
    assert standalone("Nếu chưa đủ thì lập gì?", earlier, answer="9 hộ trở lên.") == "Xã có dưới 9 hộ thì lập gì?"
    assert standalone("Còn ít hơn thì sao?", "Ai giữ sổ?", answer="9 hộ.") != "Xã có dưới 9 hộ thì sao?"


@pytest.mark.parametrize(
    ("earlier", "question", "labels"),
    [
        (("Thẻ xanh dùng mấy năm?", "Còn thẻ đỏ thì sao?"), "Cái nào dài hơn?", ("Xanh", "Đỏ")),
        (("Cấp tỉnh xét đơn trong bao lâu?", "Còn Trung ương?"), "Chênh nhau bao nhiêu?", ("Tỉnh", "Trung ương")),
        (("Năm 2021 Sở Y tế nhận bao nhiêu máy?", "Còn năm 2020?"), "Tăng hay giảm?", ("Năm 2021", "Năm 2020")),
        (("Năm 2021 Sở Y tế nhận bao nhiêu máy?",), "Tăng hay giảm so với năm trước?", ("Năm 2021", "Năm 2020")),
        (("Mức thưởng thẻ 60 năm là bao nhiêu?",), "So với 40 năm thì hơn bao nhiêu?", ("60 năm", "40 năm")),
        (("Hội viên dự bị có được bầu không?",), "So với hội viên chính thức thì sao?", ("Dự bị", "Chính thức")),
    ],
)
def test_compared_with_what_was_asked_before(earlier: tuple[str, ...], question: str, labels: tuple[str, str]) -> None:
    sides = find_sides(standalone(question, *earlier))
    assert sides is not None
    assert tuple(side.label for side in sides) == labels


def test_no_comparison_of_what_has_nothing_in_common() -> None:
    assert not standalone("Cái nào dài hơn?", "Ai giữ sổ?", "Thẻ đỏ dùng mấy năm?").startswith("So sánh:")


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Thôi chuyển sang việc khác: mất thẻ thì báo ai?", "Mất thẻ thì báo ai?"),
        ("À cho hỏi câu khác, mất thẻ thì báo ai?", "Mất thẻ thì báo ai?"),
        ("Sang chuyện khác nhé: mất thẻ thì báo ai?", "Mất thẻ thì báo ai?"),
        ("Chuyển sang việc khác thì có phải nộp thẻ không?", None),
        ("Hội viên chuyển sang việc khác thì báo ai?", None),
    ],
)
def test_turned_to_another_subject(question: str, rest: str | None) -> None:
    assert of_another_subject(question) == rest
    assert (of_another_subject(fold(question)) or None) == (rest and fold(rest)[:1].upper() + fold(rest)[1:])
    if rest is not None:
        assert standalone(question, "Cấp tỉnh xét đơn trong bao lâu?") == rest
        assert carry_topic(question, [Turn("Cấp tỉnh xét đơn trong bao lâu?", "")], lambda text: text) is None


def test_the_date_of_an_article_is_no_time_told() -> None:
    assert "11/2025" not in told_by(FROM)
    assert told_by('Không có trong tài liệu.\nĐã tìm: "Sở Y tế".') == ""
    earlier = "Hội viên dự bị trong bao lâu?"
    assert (
        standalone("Trong thời gian ấy có được bầu không?", earlier, answer=FROM)
        == "Trong thời gian ấy có được bầu không – Hội viên dự bị?"
    )
