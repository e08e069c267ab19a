"""Document numbers: hand-worked tables, and a round trip from parts to text and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.canonical import fold
from index.text.references import find_loose_references, find_references, own_numbers, reference_matches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quy định số 08- QĐ/TU về", [("08-QĐ/TU", "08- QĐ/TU")]),
        ("số 08 - QĐ/TU", [("08-QĐ/TU", "08 - QĐ/TU")]),
        ("Nghị quyết 02–NQ/ĐUK.", [("02-NQ/ĐUK", "02–NQ/ĐUK")]),
        ("(38-HD/BTCTW)", [("38-HD/BTCTW", "38-HD/BTCTW")]),
        ("số 01-NQ/ĐU ngày 17/8/2017", [("01-NQ/ĐU", "01-NQ/ĐU")]),
        ("Chỉ thị 5-CT/TW", [("05-CT/TW", "5-CT/TW")]),
        ("08 QĐ/TU", [("08-QĐ/TU", "08 QĐ/TU")]),
        ("12-CTr/TU và 7-QyĐ/TU", [("12-CTr/TU", "12-CTr/TU"), ("07-QyĐ/TU", "7-QyĐ/TU")]),
        ("Nghị định 158/2025/NĐ-CP - Quy", [("158/2025/NĐ-CP", "158/2025/NĐ-CP")]),
        ("89/2015/NÐ-CP", [("89/2015/NĐ-CP", "89/2015/NÐ-CP")]),
        ("Luật số 57/2020/QH14", [("57/2020/QH14", "57/2020/QH14")]),
        ("Quyết định 1234/QĐ-UBND", [("1234/QĐ-UBND", "1234/QĐ-UBND")]),
        ("22/QĐ - TTg", [("22/QĐ-TTg", "22/QĐ - TTg")]),
        ("11/2020/TTLT-BCA-BQP-\nBTC", [("11/2020/TTLT-BCA-BQP-BTC", "11/2020/TTLT-BCA-BQP-\nBTC")]),
        ("11/2011/TT-BNN&PTNT", [("11/2011/TT-BNN&PTNT", "11/2011/TT-BNN&PTNT")]),
        ("Nghị định số 43/CP", [("43/CP", "43/CP")]),
        ("Số: 66.17/2026/NQ-CP", [("66.17/2026/NQ-CP", "66.17/2026/NQ-CP")]),
    ],
)
def test_printed_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.number, text[r.start : r.end]) for r in find_references(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Covid-19",
        "2015-2020 - HĐND",
        "27/12/2021",
        "1/2",
        "đợt 1/2021",
        "12 - TS/BS",
        "nhiệm kỳ 2020-2025/QĐ",
        "1.234-QĐ/TU",
        "30 - HÀ NỘI",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("quy dinh 08 QĐ/TU", ["08-QD/TU"]),
        ("08 qd tu", ["08-QD/TU"]),
        ("qđ08/tu", ["08-QD/TU"]),
        ("QĐ-08/TU", ["08-QD/TU"]),
        ("số 08 – QĐ/TU", ["08-QD/TU"]),
        ("08-QĐ", ["08-QD/*"]),
        ("NQ 02", ["02-NQ/*"]),
        ("nq 2", ["02-NQ/*"]),
        ("nghị quyết số 02", ["02-NQ/*"]),
        ("Quy định thi hành nội quy thư viện làng số 294 áp dụng từ ngày nào?", ["294-QD/*"]),
        ("Quyết định kết nạp ghi theo mẫu số 4 thì ai giữ?", []),
        ("Hướng dẫn viết giấy giới thiệu ở ô số 9", []),
        ("nghi quyet 02-nq/duk noi gi", ["02-NQ/DUK"]),
        ("chi thi 05", ["05-CT/*"]),
        ("Chỉ thị 5 của Bộ Chính trị", ["05-CT/*"]),
        ("38 hd btctw", ["38-HD/BTCTW"]),
        ("158/2025/nđ-cp", ["158/2025/ND-CP"]),
        ("nghị định 158/2025", ["158/2025/ND-*"]),
        ("nghị định 158 năm 2025", ["158-ND/*"]),
        ("luật số 57/2020/QH14", ["57/2020/QH14"]),
        ("nghị quyết 66.17/2026", ["66.17/2026/NQ-*"]),
        ("luật 57/2020", ["57/2020/LUAT-*"]),
        ("đề án 06", ["06-DA/*"]),
        ("văn bản số 08", ["08-*/*"]),
        ("02-NQ/ĐUK và quy định 08-qđ/tu", ["02-NQ/DUK", "08-QD/TU"]),
        ("quy định 08 từ năm 2021", ["08-QD/*"]),
        ("quy dinh 08 tu nam 2021", ["08-QD/*"]),
        ("kế hoạch 5 năm 2021-2025", []),
        ("báo cáo 6 tháng đầu năm", []),
        ("báo cáo 2021", []),
        *(("hồi tháng 5/2021 đã xong chưa", []), ("thang 5/2021 da xong chua", []), ("nghị quyết 12/2021 đã hết hạn", ["12/2021/NQ-*"])),
        ("thông báo 15 trường hợp", []),
        ("hội nghị ngày 27/12/2021", []),
        ("5 ct", []),
        ("", []),
    ],
)
def test_typed_numbers(query: str, expected: list[str]) -> None:
    assert find_loose_references(query) == expected


@pytest.mark.parametrize(
    ("pattern", "number", "expected"),
    [
        ("08-QD/TU", "08-QĐ/TU", True),
        ("8-QD/TU", "08-QĐ/TU", True),
        ("08-QD/TU", "08-QĐ/TW", False),
        ("08-QD/TU", "80-QĐ/TU", False),
        ("08-QD/TU", "08-NQ/TU", False),
        ("02-NQ/*", "02-NQ/ĐUK", True),
        ("02-NQ/*", "02/2020/NQ-HĐND", True),
        ("02-*/*", "02-HD/TU", True),
        ("158/2025/ND-*", "158/2025/NĐ-CP", True),
        ("158/2025/ND-*", "158/2024/NĐ-CP", False),
        ("57-LUAT/*", "57/2020/QH14", True),
        ("57/2020/LUAT-*", "57/2020/QH14", True),
        ("57-CT/*", "57/2020/QH14", False),
        ("42-NQ/*", "42/2017/QH14", True),
        ("43-ND/*", "43/CP", True),
        ("1234/QD-UBND", "1234/QĐ-UBND", True),
        ("nothing", "08-QĐ/TU", False),
    ],
)
def test_matching(pattern: str, number: str, expected: bool) -> None:
    assert reference_matches(pattern, number) is expected


serials = st.integers(1, 9999)
party_kinds = st.sampled_from(["NQ", "QĐ", "CT", "KL", "HD", "KH", "TB", "BC", "QC", "CTr", "TTr"])
state_kinds = st.sampled_from(["NĐ", "TT", "QĐ", "NQ"])
party = st.builds("{:02d}-{}/{}".format, serials, party_kinds, st.sampled_from(["TU", "TW", "ĐUK", "BTCTW"]))
state = st.builds("{:02d}/{}/{}-{}".format, serials, st.integers(1990, 2030), state_kinds, st.sampled_from(["CP", "BTC", "HĐND"]))


@given(st.lists(st.one_of(party, state), max_size=4))
def test_round_trip(numbers: list[str]) -> None:
    text = "Căn cứ " + "; ".join(f"văn bản số {number}" for number in numbers) + "."
    found = find_references(text)
    assert [reference.number for reference in found] == numbers
    assert [text[reference.start : reference.end] for reference in found] == numbers


@given(st.one_of(party, state), st.sampled_from([str, fold, str.lower, str.upper]))
def test_a_number_is_found_however_typed(number: str, typed: Callable[[str], str]) -> None:
    (pattern,) = find_loose_references(typed(f"văn bản {number} quy định gì"))
    assert reference_matches(pattern, number)


@given(st.one_of(party, state), st.one_of(party, state))
def test_a_complete_pattern_matches_only_its_number(first: str, second: str) -> None:
    (pattern,) = find_loose_references(first)
    assert reference_matches(pattern, second) == (fold(first) == fold(second))


@given(st.text(alphabet="0123456789/-– NQĐCTUnqđct.số"))
def test_any_text_is_survived(text: str) -> None:
    assert all(text[r.start : r.end].strip() for r in find_references(text))
    assert all(isinstance(reference_matches(p, "08-QĐ/TU"), bool) for p in find_loose_references(text))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("NGHỊ ĐỊNH Sửa đổi Nghị định số 68/2026/NĐ-CP (141/2026/NĐ-CP)", ("141/2026/NĐ-CP",)),
        ("QUYẾT ĐỊNH Về việc đính chính Thông tư số 10/2022/TT-BKHĐT", ()),
        ("HƯỚNG DẪN nghiệp vụ công tác đảng viên (38-HD/BTCTW)", ("38-HD/BTCTW",)),
        ("Chỉ thị 30-CT/TU và 40-CT/TU: làm gì", ("30-CT/TU", "40-CT/TU")),
        ("Vì sao phải sửa đổi Quy định 24-QĐ/TW", ("24-QĐ/TW",)),
        ("Tin họp tháng năm", ()),
    ],
)
def test_own_numbers(title: str, expected: tuple[str, ...]) -> None:
    assert own_numbers(title) == expected
