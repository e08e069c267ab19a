"""What the best sentence tells of another year, thing, day, number or body is no answer; what it tells of the one asked about is."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import make_assistant

from index.text.canonical import fold
from qa.types import Status

REVIEW = make_article(
    "tin/tong-ket",
    """Hội Làm vườn Mường Lim họp bàn việc chung

Chiều 6/1/2022, Hội Làm vườn Mường Lim họp hội nghị tổng kết công tác năm 2021, bàn nhiệm vụ trọng tâm năm 2022.

Trong năm có 13 chi hội đạt danh hiệu vườn mẫu.

Kế hoạch năm 2022: phấn đấu có 20 chi hội trồng thêm chè.

Bà Lò Thị Mai, khi đó giữ chức Chủ tịch Hội Nông dân Mường Lim, trao cờ thi đua cho hội.

Hội mở lớp ghép cành đợt 1/2021, có 72 học viên.
""",
    date="2022-01",
)
RULES = make_article(
    "vb/quy-che",
    """Quy chế Hội Làm vườn Mường Lim

Thời hạn giải quyết khiếu nại của hội viên: không quá 25 ngày.

Mức chi bảo hiểm xã hội (không kể bảo hiểm y tế) của hội là 2% quỹ.

Huy hiệu 10 năm của hội: đánh số từ 0001 đến 9999 (4 chữ số).

Huy hiệu 20 năm của hội: đánh số từ 001 đến 999 (3 chữ số).

Ban quản trị đã ra Nghị quyết số 3-NQ/HC ngày 5/4/2021 về chuẩn bị đại hội hội làm vườn lần thứ hai.

Thực hiện Chỉ thị số 15-CT/HC ngày 8/8/2021 về đổi thẻ hội viên.

Hội viên nộp đơn xin đổi thẻ trước ngày 15/9/2021.

Hội viên mới đọc lời hứa của hội làm vườn.

Ví dụ: Chi hội bản A hiện có 500 hội viên thì được 500 số thẻ.
""",
    date="2021-09-01",
)
MONTH = make_article(
    "tin/thang-6",
    """Việc của Hội Làm vườn Mường Lim trong tháng 6/2021

Ban quản trị giao cho các chi hội làm vườn ba việc:

1. Tỉa cành vải ở vườn chung.

2. Đào mương quanh vườn chè.

3. Ươm cây giống cho hội viên.
""",
    date="2021-05-31",
)
JOINED = make_article(
    "tin/khoi",
    """Đảng ủy Khối các cơ quan tỉnh tổng kết năm

Trong năm 2021 Đảng bộ Khối các cơ quan tỉnh có 13 tổ chức đảng hoàn thành xuất sắc nhiệm vụ.
""",
    date="2021-12-30",
)


@pytest.mark.parametrize(
    "question",
    [
        "Năm 2022 Hội Làm vườn Mường Lim có bao nhiêu chi hội đạt danh hiệu vườn mẫu?",
        "Hội nghị tổng kết công tác năm 2022 của Hội Làm vườn họp ngày nào?",
        "Ai là người trao huân chương cho Hội Làm vườn Mường Lim?",
        "Lớp ghép cành đợt 2/2021 của hội có bao nhiêu học viên?",
        "Giám đốc Sở Y tế phát biểu gì tại hội nghị tổng kết công tác năm 2021 của Hội Làm vườn Mường Lim?",
    ],
)
def test_the_review_of_another_year_event_or_honour(question: str) -> None:
    assert make_assistant(REVIEW).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Năm 2021 Hội Làm vườn Mường Lim có bao nhiêu chi hội đạt danh hiệu vườn mẫu?", "13 chi hội"),
        ("Năm 2022 Hội Làm vườn phấn đấu có bao nhiêu chi hội trồng thêm chè?", "20 chi hội"),
        ("Hội nghị tổng kết công tác năm 2021 của Hội Làm vườn họp ngày nào?", "6/1/2022"),
        ("Ai là người trao cờ thi đua cho Hội Làm vườn Mường Lim?", "Lò Thị Mai"),
        ("Lớp ghép cành đợt 1/2021 của hội có bao nhiêu học viên?", "72 học viên"),
    ],
)
def test_the_review_of_the_year_event_and_honour_itself(question: str, told: str) -> None:
    for typed in (question, fold(question)):
        assert told in make_assistant(REVIEW).answer(typed).text, typed


@pytest.mark.parametrize(
    "question",
    [
        "Thời hạn giải quyết tố cáo của hội viên là bao nhiêu ngày?",
        "Mức chi bảo hiểm y tế của hội là bao nhiêu phần trăm quỹ?",
        "Huy hiệu 15 năm của hội đánh số gồm mấy chữ số?",
        "Huy hiệu 10 năm của hội làm bằng kim loại gì?",
        "Huy hiệu 10 năm của hội in trên khổ giấy nào?",
        "Đại hội hội làm vườn lần thứ hai khai mạc ngày nào?",
        "Theo Chỉ thị 15-CT/HC, việc đổi thẻ hội viên phải xong trước ngày nào?",
        "Cho tôi nguyên văn lời hứa của hội viên mới",
        "Hội Làm vườn Mường Lim hiện có bao nhiêu hội viên?",
    ],
)
def test_a_look_alike_of_the_thing_asked_about(question: str) -> None:
    assert make_assistant(RULES).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Thời hạn giải quyết khiếu nại của hội viên là bao nhiêu ngày?", "25 ngày"),
        ("Mức chi bảo hiểm xã hội của hội là bao nhiêu phần trăm quỹ?", "2%"),
        ("Huy hiệu 10 năm của hội đánh số gồm mấy chữ số?", "4 chữ số"),
        ("Hội viên phải nộp đơn xin đổi thẻ trước ngày nào?", "15/9/2021"),
    ],
)
def test_the_thing_asked_about_itself(question: str, told: str) -> None:
    for typed in (question, fold(question)):
        assert told in make_assistant(RULES).answer(typed).text, typed


def test_a_sentence_about_the_thing_itself_comes_before_one_about_its_sibling() -> None:
    text = """Khen thưởng ở Hội Làm vườn Mường Lim

Chi hội xét tặng giấy khen cho hội viên làm vườn giỏi năm năm liền.

Ban quản trị hội xét tặng bằng khen cho hội viên giỏi năm năm liền.
"""
    answer = make_assistant(make_article("vb/khen", text)).answer("Hội viên làm vườn giỏi năm năm liền thì cấp nào xét tặng bằng khen?")
    assert answer.citations[0].quote.startswith("Ban quản trị")


def test_the_tasks_of_another_month_are_not_told() -> None:
    ask = make_assistant(MONTH).answer
    assert ask("Các việc ban quản trị giao cho chi hội làm vườn tháng 7/2021?").status is Status.NOT_FOUND
    assert "Đào mương" in ask("Các việc ban quản trị giao cho chi hội làm vườn tháng 6/2021?").text
    assert ask("Việc thứ tư ban quản trị giao cho các chi hội làm vườn là gì?").status is Status.NOT_FOUND
    assert "Ươm cây" in ask("Việc thứ ba ban quản trị giao cho các chi hội làm vườn là gì?").text


def test_a_joined_body_is_another_one() -> None:
    ask = make_assistant(JOINED).answer
    asked = "Đảng bộ Khối các cơ quan {}tỉnh năm 2021 có mấy tổ chức đảng hoàn thành xuất sắc nhiệm vụ?"
    assert ask(asked.format("và doanh nghiệp ")).status is Status.NOT_FOUND
    assert "13 tổ chức" in ask(asked.format("")).text
    assert ask("Đảng bộ Sở Y tế năm 2021 có mấy tổ chức đảng hoàn thành xuất sắc nhiệm vụ?").status is Status.NOT_FOUND


def test_the_holder_of_a_post_in_another_body_is_not_told() -> None:
    ask = make_assistant(REVIEW).answer
    assert "Lò Thị Mai" in ask("Ai là Chủ tịch Hội Nông dân Mường Lim?").text
    assert ask("Ai là Chủ tịch Hội Nuôi ong Mường Lim năm 2021?").status is Status.NOT_FOUND
