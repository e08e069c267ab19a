"""What a short answer can be, found in a text: meetings by their ordinal, persons, amounts."""

from __future__ import annotations

import pytest

from qa.mentions import find_amounts, find_persons, find_places, meetings_in


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", {("dai hoi", 13)}),
        ("kỳ họp thứ năm Quốc hội khóa XV, phiên họp thứ 45", {("ky hop", 5), ("khoa", 15), ("phien hop", 45)}),
        ("Đại hội Đảng lần thứ mười ba; Hội nghị Trung ương 9", {("dai hoi", 13), ("hoi nghi", 9)}),
        ("hội nghị năm 2021, hội nghị 27/12, đại hội hai ngày", set()),
    ],
)
def test_meetings_by_their_ordinal(text: str, meetings: set[tuple[str, int]]) -> None:
    assert meetings_in(text) == meetings


def test_persons_found_in_text() -> None:
    text = "Đồng chí Lê Hồng Vinh dự; Giám đốc Sở Phạm Văn Đào nêu; tại Thành phố Hồ Chí Minh, tỉnh Hà Nam và Đảng ủy Khối."
    assert [mention.text for mention in find_persons(text)] == ["Lê Hồng Vinh", "Phạm Văn Đào"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("kết nạp 15 đảng viên mới, năm 2021", ["15 đảng viên mới"]),
        ("phải được hai phần ba đồng ý", ["hai phần ba đồng ý"]),
        ("đạt trên 99%, số 08-QĐ/TU", ["trên 99%"]),
        ("ngày 27/12/2021, mục 7", []),
        ("tổng số 3.390 đồng chí", ["3.390 đồng chí"]),
        ("hơn 10 tỷ đồng", ["hơn 10 tỷ đồng"]),
        ("14.3. Chi bộ có từ 9 đảng viên", ["9 đảng viên"]),
        ("(2) Chi uỷ họp; 3) báo cáo", []),
        ("sân có (35) cây", ["35"]),
        ("đủ ba mươi năm tuổi đảng", []),
        ("không được quá 30 ngày", ["không được quá 30 ngày"]),
        ("có 87/93 phiếu bầu cho bà", ["87/93 phiếu"]),
        ("chiều 12/5 hội nghị họp", []),
    ],
)
def test_amounts_found_in_text(text: str, amounts: list[str]) -> None:
    assert [mention.text for mention in find_amounts(text)] == amounts


@pytest.mark.parametrize(
    "text",
    [
        "Ban chấp hành Đoàn Thanh niên Cộng sản Hồ Chí Minh giới thiệu",
        "nghị quyết của Đoàn TNCS Hồ Chí Minh",
        "học tại Học viện Chính trị quốc gia Hồ Chí Minh",
    ],
)
def test_what_is_named_after_a_person_is_none(text: str) -> None:
    assert find_persons(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Nộp đơn tại trụ sở xã.", ["trụ sở xã"]),
        ("Đủ tiêu chuẩn quy định tại Điểm 28.3 và ở khoản 4 thì nộp tại huyện Yên Thành.", ["huyện Yên Thành"]),
        ("Thực hiện ở điểm cầu huyện.", ["điểm cầu huyện"]),
    ],
)
def test_a_part_of_a_document_is_no_place(text: str, places: list[str]) -> None:
    assert [mention.text for mention in find_places(text)] == places
