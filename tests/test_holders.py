"""Who holds a post: of the very body asked about, in the time asked about, the latest first."""

from __future__ import annotations

from conftest import make_article
from qa_fakes import make_assistant


def test_holder_of_another_province_is_no_answer() -> None:
    here = make_article("day", "Tin họp\n\nĐồng chí Trần Thị Bưởi, Bí thư Đảng ủy Khối, dự họp ở Nghệ An.")
    answer = make_assistant(here).answer("Ai là Bí thư Đảng ủy Khối Các cơ quan tỉnh Hà Tĩnh?")
    assert "Bưởi" not in answer.text


def test_two_people_of_one_name_are_kept_apart() -> None:
    one = make_article("mot", "Tin họp\n\nĐồng chí Trần Thị Bưởi, Giám đốc Sở Y tế tỉnh Nghệ An, dự họp.", date="2021-03-05")
    two = make_article("hai", "Tin làm đường\n\nĐồng chí Trần Thị Bưởi, Chủ tịch UBND tỉnh Hà Tĩnh, dự họp.", date="2021-04-01")
    lines = make_assistant(one, two).answer("Trần Thị Bưởi giữ chức vụ gì?").text.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["Trần Thị Bưởi (Hà Tĩnh)", "Trần Thị Bưởi (Nghệ An)"]
