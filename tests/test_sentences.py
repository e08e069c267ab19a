"""Sentences: a hand-worked table of Vietnamese cases, and that the spans cover the text in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import split_sentences

CASES = [
    pytest.param("Đại hội khai mạc. Ai dự? Rất đông!", ["Đại hội khai mạc.", "Ai dự?", "Rất đông!"], id="plain"),
    pytest.param("Họp tại TP. Vinh hôm qua. Xong.", ["Họp tại TP. Vinh hôm qua.", "Xong."], id="city"),
    pytest.param("Ông ở TP.Vinh. Bà ở Q. Ba.", ["Ông ở TP.Vinh.", "Bà ở Q. Ba."], id="city without space"),
    pytest.param("Th.S Lê Bình và PGS.TS. Trần An dự.", ["Th.S Lê Bình và PGS.TS. Trần An dự."], id="degrees"),
    pytest.param("Đồng chí Trần V. Bình nói.", ["Đồng chí Trần V. Bình nói."], id="initial"),
    pytest.param("Học C. Mác và V.I. Lênin.", ["Học C. Mác và V.I. Lênin."], id="initials"),
    pytest.param("Nghị quyết khoá X. Đại hội họp.", ["Nghị quyết khoá X.", "Đại hội họp."], id="named letter"),
    pytest.param("P.V: Xin hỏi đồng chí? Đồng chí A: Vâng.", ["P.V: Xin hỏi đồng chí?", "Đồng chí A: Vâng."], id="interview"),
    pytest.param("Có 1.500 người. Đạt 99,5%. 5 chi bộ tốt.", ["Có 1.500 người.", "Đạt 99,5%.", "5 chi bộ tốt."], id="numbers"),
    pytest.param("Theo 08-QĐ/TU. Ngày 28.2.2018. Hết.", ["Theo 08-QĐ/TU.", "Ngày 28.2.2018.", "Hết."], id="reference and date"),
    pytest.param("1. Xây dựng Đảng. 2. Dân vận.", ["1. Xây dựng Đảng.", "2. Dân vận."], id="items in a line"),
    pytest.param("II. NHIỆM VỤ\n1.1. Việc một\na) việc con", ["II. NHIỆM VỤ", "1.1. Việc một", "a) việc con"], id="item lines"),
    pytest.param("Năm 2021. Đợt 2. Hết", ["Năm 2021.", "Đợt 2.", "Hết"], id="numbers that end"),
    pytest.param("Gồm:\n- việc một;\n- việc hai;", ["Gồm:", "- việc một;", "- việc hai;"], id="dashes"),
    pytest.param("Gồm: a) việc một; b) việc hai.", ["Gồm: a) việc một;", "b) việc hai."], id="list in one line"),
    pytest.param("Có tốt; có kém; có vừa.", ["Có tốt; có kém; có vừa."], id="semicolons of prose"),
    pytest.param("An sinh xã hội... góp phần ổn định… Hết.", ["An sinh xã hội... góp phần ổn định…", "Hết."], id="ellipsis"),
    pytest.param("Trồng cây v.v. Sau đó nghỉ.", ["Trồng cây v.v.", "Sau đó nghỉ."], id="v.v."),
    pytest.param("Ông nói: “Làm đi. Đừng chờ!” Rồi về.", ["Ông nói: “Làm đi. Đừng chờ!”", "Rồi về."], id="quoted"),
    pytest.param("“Đi đâu?” – bà hỏi.", ["“Đi đâu?” – bà hỏi."], id="quotation before a verb"),
    pytest.param("Luật (gọi tắt. Xem sau) có hiệu lực.", ["Luật (gọi tắt. Xem sau) có hiệu lực."], id="bracketed"),
    pytest.param("(Baonghean.vn) - Chiều nay họp.", ["(Baonghean.vn) - Chiều nay họp."], id="site name"),
    pytest.param("Điều 5. Phạm vi áp dụng\n1. Luật này.", ["Điều 5. Phạm vi áp dụng", "1. Luật này."], id="heading"),
    pytest.param("Họp xong.Ngày mai nghỉ.", ["Họp xong.", "Ngày mai nghỉ."], id="missing space"),
    pytest.param("Kết luận./. Nơi nhận", ["Kết luận./.", "Nơi nhận"], id="closing mark of documents"),
    pytest.param("Tiêu đề\nCâu một. Câu hai.", ["Tiêu đề", "Câu một.", "Câu hai."], id="title line"),
    pytest.param("Đảng uỷ\nkhối họp.", ["Đảng uỷ\nkhối họp."], id="soft wrap"),
    pytest.param("Đảng uỷ\n\nkhối họp.", ["Đảng uỷ", "khối họp."], id="blank line"),
    pytest.param("Phát triển kinh tế\n- xã hội của tỉnh.", ["Phát triển kinh tế\n- xã hội của tỉnh."], id="dash at the turn"),
    pytest.param("Ông An,\nBí thư, dự.", ["Ông An,\nBí thư, dự."], id="comma at the turn"),
    pytest.param("Cỡ chữ: A+ A-\nĐảng uỷ tỉnh", ["Cỡ chữ: A+ A-", "Đảng uỷ tỉnh"], id="minus at the turn"),
    pytest.param("Thi hành từ ngày\n01/7/2025. Hết.", ["Thi hành từ ngày\n01/7/2025.", "Hết."], id="number wanted at the turn"),
    pytest.param("Họp vào 3/2; 19/5;\n2/9; 7/11. Hết.", ["Họp vào 3/2; 19/5;\n2/9; 7/11.", "Hết."], id="row of days at the turn"),
    pytest.param("Gồm hai việc;\n2/9 là ngày nghỉ.", ["Gồm hai việc;", "2/9 là ngày nghỉ."], id="a day that opens a line"),
    pytest.param("Một.\r\nHai.\r\n\r\nBa.", ["Một.", "Hai.", "Ba."], id="windows line ends"),
    pytest.param(
        "Căn cứ nghị quyết đã ban hành hôm trước của Ban\nChấp hành Đảng bộ về việc phân công nhiệm vụ cho các\n"
        "chi bộ trực thuộc.\nNƠI NHẬN",
        [
            "Căn cứ nghị quyết đã ban hành hôm trước của Ban\nChấp hành Đảng bộ về việc phân công nhiệm vụ cho các\nchi bộ trực thuộc.",
            "NƠI NHẬN",
        ],
        id="page lines that wrap before a capital",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_only_the_stretch_asked_for() -> None:
    text = "Câu một. Câu hai. Câu ba."
    assert [text[s:e] for s, e in split_sentences(text, 9, 17)] == ["Câu hai."]
    assert split_sentences(text, 8, 9) == split_sentences("") == []


EXAMPLES = [str(case.values[0]) for case in CASES]


@given(
    st.one_of(
        st.text(),
        st.text(alphabet='AaĐđ1.;:!?…()“”" -\n\r\t'),
        st.lists(st.sampled_from(EXAMPLES)).map(lambda texts: " \n".join(texts)),
    )
)
def test_spans_are_ordered_stripped_and_cover_everything_but_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    covered = {position for s, e in spans for position in range(s, e)}
    assert {i for i, letter in enumerate(text) if not letter.isspace()} <= covered


@given(st.text(alphabet="Aaăđ1.;!\n -"), st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_stays_within_its_bounds(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    assert all(start <= span.start < span.end <= end for span in split_sentences(text, start, end))


def test_a_long_line_takes_linear_time() -> None:
    text = "(một “hai” ba. Bốn " * 20_000 + " " * 50_000
    assert len(split_sentences(text)) > 1
