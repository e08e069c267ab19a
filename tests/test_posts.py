"""Pairs of a name and a post in running text, and which posts are the same."""

from __future__ import annotations

import pytest

from index.text.canonical import canonical
from qa.posts import find_holdings, is_same_post, parse_post


def test_holdings_found_in_text() -> None:
    text = "Dự có đồng chí Lê Văn Cam - Ủy viên BTV Tỉnh ủy, Bí thư Huyện ủy Sơn Thủy; Chủ tịch HĐND tỉnh Ngô Văn Mít."
    assert [(holding.name, holding.post.text) for holding in find_holdings(text)] == [
        ("Lê Văn Cam", "Ủy viên BTV Tỉnh ủy"),
        ("Lê Văn Cam", "Bí thư Huyện ủy Sơn Thủy"),
        ("Ngô Văn Mít", "Chủ tịch HĐND tỉnh"),
    ]


@pytest.mark.parametrize(
    ("text", "known_as", "held"),
    [
        ("Ông Lê Văn Cam sẽ làm Giám đốc Sở Lâm nghiệp, thay bà Đỗ Thị Mơ.", None, [("Lê Văn Cam", "Giám đốc Sở Lâm nghiệp", False)]),
        (
            "Tỉnh bổ nhiệm ông Lê Văn Cam (Chủ tịch UBND quận 4) làm Giám đốc Sở Lâm nghiệp trong năm năm.",
            None,
            [("Lê Văn Cam", "Giám đốc Sở Lâm nghiệp", False), ("Lê Văn Cam", "Chủ tịch UBND quận 4", True)],
        ),
        ("Trao quyết định bổ nhiệm Chánh văn phòng đối với ông Lê Văn Cam.", None, [("Lê Văn Cam", "Chánh văn phòng", False)]),
        (
            "Ông Cam từng giữ các chức: Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn, Giám đốc Sở Công thương"
            " trước khi được bổ nhiệm chức Bí thư Huyện ủy Sơn Thủy.",
            "Lê Văn Cam",
            [
                ("Lê Văn Cam", "Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn", True),
                ("Lê Văn Cam", "Giám đốc Sở Công thương", True),
                ("Lê Văn Cam", "Bí thư Huyện ủy Sơn Thủy", True),
            ],
        ),
        (
            "Ông Lê Văn Cam, Chánh văn phòng Huyện ủy, được bầu làm Trưởng ban kiểm phiếu.",
            None,
            [("Lê Văn Cam", "Chánh văn phòng Huyện ủy", False), ("Lê Văn Cam", "Trưởng ban kiểm phiếu", False)],
        ),
        ("Ban Bí thư quyết định kỷ luật ông Lê Văn Cam.", None, []),
    ],
)
def test_holdings_of_the_newly_appointed(text: str, known_as: str | None, held: list[tuple[str, str, bool]]) -> None:
    assert [(holding.name, holding.post.text, holding.former) for holding in find_holdings(text, known_as)] == held


@pytest.mark.parametrize(
    ("held", "surroundings", "same"),
    [
        ("Bí thư Đảng ủy Khối các cơ quan tỉnh", "", True),
        ("Bí thư Đảng bộ Khối CCQ tỉnh", "", True),
        ("Bí thư Đảng ủy Khối", "họp đảng uỷ khối các cơ quan tỉnh", True),
        ("Bí thư Đảng ủy Khối", "họp đảng uỷ khối các cơ quan và doanh nghiệp tỉnh", False),
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "", False),
        ("Phó Bí thư Đảng ủy Khối các cơ quan tỉnh", "", False),
        ("Bí thư Đảng ủy", "đảng uỷ khối các cơ quan tỉnh", False),
    ],
)
def test_same_post(held: str, surroundings: str, same: bool) -> None:
    asked, other = parse_post("Ai là Bí thư Đảng ủy Khối các cơ quan tỉnh?"), parse_post(held)
    assert asked is not None
    assert other is not None
    assert is_same_post(asked, other, surroundings) is same


@pytest.mark.parametrize(
    ("asked", "held", "surroundings", "same"),
    [
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Bí thư Đảng ủy Khối các cơ quan tỉnh", "doanh nghiệp trong tỉnh", False),
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Bí thư Đảng ủy Khối", "khối các cơ quan và doanh nghiệp tỉnh", True),
        ("Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Bí thư Đảng ủy Khối", "khối các cơ quan tỉnh; doanh nghiệp", False),
        ("Bí thư Đảng ủy Khối CCQ tỉnh", "Bí thư Đảng ủy Khối", "đảng uỷ khối các cơ quan tỉnh", True),
    ],
)
def test_same_post_of_the_longer_lookalike(asked: str, held: str, surroundings: str, same: bool) -> None:
    asked_post, held_post = parse_post(asked), parse_post(held)
    assert asked_post is not None
    assert held_post is not None
    assert is_same_post(asked_post, held_post, canonical(surroundings)) is same


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Ai là Phó Trưởng đoàn ĐBQH chuyên trách của tỉnh?", "Phó Trưởng đoàn chuyên trách Đoàn đại biểu Quốc hội tỉnh"),
        ("Ai là chủ nhiệm UBKT Huyện ủy?", "Chủ nhiệm Ủy ban Kiểm tra Huyện ủy"),
    ],
)
def test_one_post_said_in_two_ways(asked: str, held: str) -> None:
    one, other = parse_post(asked), parse_post(held)
    assert one is not None
    assert other is not None
    assert is_same_post(one, other, "")
