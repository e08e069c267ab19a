"""Typed blocks of articles made up for the purpose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.cleaning import find_blocks
from index.reading.markers import heading_level, list_marker
from index.text.canonical import canonical, to_nfc
from index.types import Block, BlockKind

BODY = "Sáng nay, Huyện ủy Sông Mơ họp bàn việc sửa cầu, làm đường và trồng thêm cây xanh ở các xã vùng cao."
MORE = "Các xã phải báo cáo kết quả trước ngày cuối quý, kèm danh sách hộ dân được hỗ trợ vật liệu và ngày công."


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in find_blocks(to_nfc(text), title)]


def kind_of(line: str, before: str = BODY, after: str = MORE) -> str:
    """The kind `line` gets between two paragraphs of a titled article."""
    text = f"Sông Mơ họp bàn việc sửa cầu\n\n{before}\n\n{line}\n\n{after}"
    return next(kind for kind, stretch in kinds(text) if stretch == line)


@pytest.mark.parametrize(
    "line",
    [
        "Cỡ chữ: A+ A-",
        "In tin bàiLưu tin bài",
        "In bài viết | Gửi email",
        "Android APK",
        "Trở lại",
        "Chia sẻ Facebook Zalo",
        "Lượt xem: 1.024",
        "1.024 lượt xem",
        "Từ khóa: cầu, đường",
        "Tags: cầu",
        "Hôm nay, ngày 5 tháng 3 năm 2020",
        "Thứ hai, 02/03/2020",
        "5.3.2020 - 8:15",
        "Cập nhật lúc 08:15, 05/03/2020",
        "Ngày đăng: 05/03/2020",
        "Thứ tư, 4/3/2020, 09:30 (GMT+7)",
        "- 12 -",
        "Trang 3/10",
        "-----",
        "© 2020 Cổng thông tin",
    ],
)
def test_boilerplate(line: str) -> None:
    assert kind_of(line) == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "Trở lại công việc sau kỳ nghỉ, cán bộ xã bắt tay ngay vào việc.",
        "Chia sẻ tại cuộc họp, đại biểu các xã nêu nhiều khó khăn.",
        "Thứ hai, làm xong đường vào bản trước mùa mưa.",
        "Ngày 5/3/2020, huyện nghiệm thu cây cầu đầu tiên.",
        "Trang trại của xã đã có điện.",
    ],
)
def test_sentences_that_begin_like_boilerplate_are_body(line: str) -> None:
    assert kind_of(line) == "body"


def test_links_after_other_news_are_boilerplate() -> None:
    text = f"Sông Mơ sửa cầu\n\n{BODY}\n\n{MORE}\n\nCÁC TIN KHÁC\n\nHội thi nấu ăn ở bản Mây\n\nLịch phát sóng tuần này"
    assert [kind for kind, _ in kinds(text)] == ["title", "body", "body", "boilerplate", "boilerplate", "boilerplate"]


@pytest.mark.parametrize(
    "line",
    [
        "Quang cảnh buổi họp.",
        "Cây cầu mới ở bản Mây. Ảnh: Lê Na",
        "Cây cầu mới ở bản Mây (Ảnh: Lê Na)",
        "Đồng chí Lò Văn Nam phát biểu tại cuộc họp",
        "Bà Hà Thị Lan trao quà cho các hộ dân.",
        "Một góc bản Mây",
    ],
)
def test_captions(line: str) -> None:
    assert kind_of(line) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Đồng chí Lò Văn Nam đã phát biểu tại cuộc họp về việc sửa cầu.",
        "Ông được trao tặng Huân chương Lao động hạng Ba.",
        "Cây cầu là hình ảnh đẹp của bản.",
        "- Quang cảnh sạch đẹp hơn.",
    ],
)
def test_sentences_that_resemble_captions_are_body(line: str) -> None:
    assert kind_of(line) == "body"


def test_doubled_line_is_a_caption_told_twice() -> None:
    line = "Bà con bản Mây góp ngày công làm đường, tháng Ba."
    text = f"Sông Mơ làm đường\n\n{BODY}\n\n{line}\n{line}\n\n{MORE}"
    blocks = [block for block in find_blocks(text) if text[block.start : block.end] == line]
    assert [(block.kind, block.repeated) for block in blocks] == [(BlockKind.CAPTION, False), (BlockKind.CAPTION, True)]


@pytest.mark.parametrize(
    ("glued", "caption"),
    [
        pytest.param(f"Đại biểu thăm cầu. Ảnh: Lê Na {MORE}", "Đại biểu thăm cầu. Ảnh: Lê Na", id="name-then-sentence"),
        pytest.param(f"Đại biểu thăm cầu (Ảnh: Lê Na) {MORE}", "Đại biểu thăm cầu (Ảnh: Lê Na)", id="in-brackets"),
        pytest.param(f"Đại biểu thăm cầu. Ảnh: Lê Na. {MORE}", "Đại biểu thăm cầu. Ảnh: Lê Na.", id="with-a-point"),
    ],
)
def test_caption_glued_to_a_paragraph_is_cut_off(glued: str, caption: str) -> None:
    found = kinds(f"Sông Mơ sửa cầu\n\n{BODY}\n\n{glued}")
    assert found[2:] == [("caption", caption), ("body", MORE)]


def test_caption_glued_behind_a_paragraph_is_cut_off() -> None:
    long = " ".join([BODY, MORE, BODY])
    found = kinds(f"Sông Mơ sửa cầu\n\n{long} Đại biểu thăm cầu. Ảnh: Lê Na")
    assert found[1:] == [("body", long), ("caption", "Đại biểu thăm cầu. Ảnh: Lê Na")]


def test_repeated_paragraphs_count_once() -> None:
    text = f"Sông Mơ sửa cầu\n\n{BODY}\n\n{MORE}\n\n{BODY.replace('ủy', 'uỷ')}"
    assert [block.repeated for block in find_blocks(text)] == [False, False, False, True]


def test_two_lists_may_share_a_point() -> None:
    text = "Việc của xã:\n- Lập danh sách hộ nghèo.\n- Họp dân.\n\nViệc của huyện là chính:\n- Lập danh sách hộ nghèo.\n- Cấp vốn."
    assert not any(block.repeated for block in find_blocks(text))


@pytest.mark.parametrize(
    "line",
    [
        "Lò Văn Nam",
        "Lò Văn Nam - Huyện ủy Sông Mơ",
        "Ban Tuyên giáo Huyện ủy",
        "Tác giả: Lò Văn Nam",
        "Theo Báo Sông Mơ",
        "(TTXVN)",
        "Mai Lan (Tổng hợp)",
    ],
)
def test_bylines(line: str) -> None:
    assert kinds(f"Sông Mơ sửa cầu\n\n{BODY}\n\n{MORE}\n\n{line}")[-1] == ("byline", line)


@pytest.mark.parametrize("line", ["Huyện sẽ kiểm tra lại.", "- Làm đường", "Hết năm 2020", "VIỆC PHẢI LÀM"])
def test_last_lines_that_are_no_bylines(line: str) -> None:
    assert kinds(f"Sông Mơ sửa cầu\n\n{BODY}\n\n{MORE}\n\n{line}")[-1][0] == "body"


def test_interview_turns() -> None:
    text = (
        "Ba điều bà con mong\n\nP.V: Thưa ông, bà con mong gì nhất?\n\nÔng Lò Văn Nam: Mong có cầu.\n\nRồi mới đến đường, đến điện."
        "\n\nÔng Lò Văn Nam nói chuyện với bà con bên cầu cũ.\n\nPV: Xin cảm ơn ông!"
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "question", "answer", "answer", "caption", "question"]


def test_a_note_behind_the_interview_is_no_question() -> None:
    text = (
        "Ba điều bà con mong\n\nP.V: Thưa ông, bà con mong gì nhất?\n\nÔng Lò Văn Nam: Mong có cầu.\n\nPV: Xin cảm ơn ông!"
        "\n\nGhi chú của toà soạn: cầu cũ là cầu gỗ.\n\nCầu gỗ làm đã lâu."
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "question", "answer", "question", "body", "body"]


def test_questions_without_named_answers() -> None:
    text = "Hỏi đáp về cầu\n\nHỏi: Cầu xong khi nào?\n\nCuối năm nay cầu xong.\n\nHỏi: Ai làm cầu?\n\nCông ty của tỉnh làm."
    assert [kind for kind, _ in kinds(text)] == ["title", "question", "answer", "question", "answer"]


def test_one_question_mark_makes_no_interview() -> None:
    assert "question" not in [kind for kind, _ in kinds(f"Sông Mơ sửa cầu\n\n{BODY}\n\nHỏi: ai làm?\n\n{MORE}")]


def test_headings_stand_over_text() -> None:
    text = f"Sông Mơ sửa cầu\n\nI. VIỆC ĐÃ LÀM\n\n{BODY}\n\nKết quả bước đầu\n\n{MORE}\n\n1. Một việc\n2. Hai việc\n3. Ba việc"
    assert [kind for kind, _ in kinds(text)] == ["title", "heading", "body", "heading", "body", "body", "body", "body"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("PHẦN THỨ NHẤT", 1),
        ("Chương II", 2),
        ("Mục 1", 3),
        ("VIỆC PHẢI LÀM", 3),
        ("Điều 5. Kinh phí", 4),
        ("IV. Tổ chức thực hiện", 4),
        ("2. Tổ chức thực hiện", 5),
        ("2.1. Ở xã", 6),
        ("2. Tổ chức thực hiện.", None),
        ("Tổ chức thực hiện", None),
    ],
)
def test_heading_level(text: str, level: int | None) -> None:
    assert heading_level(text, canonical(text)) == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thứ nhất, làm cầu", ("thu", 1)),
        ("thứ năm: làm đường", ("thu", 5)),
        ("thứ năm, 23/09/2021", None),
        ("thứ năm, ngày 23/9", None),
        ("hai là làm đường", ("la", 2)),
        ("(3) làm đường", ("round", 3)),
        ("b) làm đường", ("letter", 2)),
        ("đ) làm đường", ("letter", 5)),
        ("- làm đường", ("dash-", None)),
        ("2. làm đường", ("number", 2)),
        ("2.3. làm đường", ("number 2", 3)),
        ("2020 là năm", None),
        ("1.500 hộ", None),
        ("làm đường", None),
    ],
)
def test_list_marker(text: str, expected: tuple[str, int | None] | None) -> None:
    found = list_marker(text)
    assert (found and (found.family, found.number)) == expected


def test_given_title_is_found_and_none_is_guessed_where_there_is_none() -> None:
    assert kinds(f"Sông Mơ sửa cầu\n\n{BODY}", title="SÔNG MƠ  sửa cầu")[0][0] == "title"
    assert "title" not in [kind for kind, _ in kinds("Sông Mơ sửa cầu", title="")]


def test_site_lines_above_the_title() -> None:
    head = "Hôm nay, ngày 5 tháng 3 năm 2020\nHUYỆN ỦY SÔNG MƠ | TIN TỨC\nThi đua làm nhiều việc tốt!"
    text = f"{head}\n\nSông Mơ sửa cầu\n5.3.2020 - 8:15\n\n{BODY}"
    assert [kind for kind, _ in kinds(text)] == ["boilerplate"] * 3 + ["title", "boilerplate", "body"]


PRINTED = """
     HUYỆN ỦY SÔNG MƠ                        ĐẢNG CỘNG SẢN VIỆT NAM
             *                          Sông Mơ, ngày 5 tháng 3 năm 2020
        Số 12-HD/HU

                              HƯỚNG DẪN
                    về việc góp ngày công làm đường
                              -----
      Căn cứ nghị quyết của đại hội huyện và tình hình thực tế của các xã vùng
cao trong huyện, Huyện ủy hướng dẫn việc góp ngày công như sau:
      1. Nguyên tắc
      - Việc góp ngày công do hộ dân tự nguyện, không ai bị ép, được ghi vào sổ
của bản và đọc lại trước dân vào cuối mỗi tháng.
                                  2
      - Hộ có người già, người ốm thì được miễn; trưởng bản xem xét từng trường
hợp và báo cáo xã.

Nơi nhận:                                   T/M HUYỆN ỦY
- Các xã,                                     BÍ THƯ
- Lưu.
                                            Lò Văn Nam
"""


def test_printed_document() -> None:
    found = kinds(PRINTED)
    assert [kind for kind, _ in found] == [
        *["boilerplate"] * 3,
        *["title"] * 2,
        *["boilerplate", "body", "heading", "body", "boilerplate", "body"],
        *["byline"] * 4,
    ]
    wrapped = found[8][1]
    assert wrapped.startswith("- Việc góp") and wrapped.endswith("mỗi tháng.") and "\n" in wrapped


GAZETTE = """CÔNG BÁO/Số 7/Ngày 5-3-2026
12
BỘ CẦU ĐƯỜNG
Số: 05/2026/TT-BCĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 02 tháng 3 năm 2026

THÔNG TƯ
Quy định việc góp ngày công làm cầu, làm đường ở các xã vùng cao, việc ghi sổ
ngày công và việc miễn ngày công cho hộ có người già, người ốm, hộ nghèo, hộ cận
nghèo, hộ ở xa, hộ có trẻ nhỏ và hộ có người đi bộ đội, cho học sinh nội trú và
học sinh bán trú, cho người dân tộc thiểu số rất ít người trong toàn
huyện

Căn cứ Luật Đường bộ số 35/2024/QH15;
Bộ trưởng Bộ Cầu đường ban hành Thông tư quy định việc góp ngày công làm đường.
Điều 1. Phạm vi điều chỉnh
Thông tư này quy định việc góp ngày công của hộ dân (cha, mẹ; vợ hoặc chồng;
con từ đủ 18 tuổi) theo Điều 3 và khoản 2 Điều
4 của Luật Đường bộ.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 4 năm 2026./.

KT. BỘ TRƯỞNG
THỨ TRƯỞNG

Lò Văn Nam

Phụ lục I
Mẫu sổ ghi ngày công của hộ dân.
"""


def test_gazette() -> None:
    found = kinds(GAZETTE)
    assert [kind for kind, _ in found] == [
        *["boilerplate"] * 7,
        *["title"] * 2,
        *["body"] * 2,
        *["heading", "body"] * 2,
        *["byline"] * 2,
        *["heading", "body"],
    ]
    assert found[8][1].endswith("toàn\nhuyện")  # a subject of any length above the preamble
    assert found[11][1] == "Điều 1. Phạm vi điều chỉnh"
    assert found[12][1].endswith("4 của Luật Đường bộ.")  # an open bracket goes on, and "Điều" wants its number


def test_stamps_of_a_page_stand_alone() -> None:
    stamp = "Người ký: Cổng Thông tin điện tử Chính phủ\nEmail: tin@cau.vn\nCơ quan: Văn phòng Chính phủ\nThời gian ký: 14.03.2024 09:58:18"
    cut = "vợ hoặc chồng;\n"
    found = kinds(GAZETTE.replace(cut, f"{cut}{stamp}\n"))
    assert [line for kind, line in found if kind == "boilerplate" and line in stamp] == stamp.split("\n")
    assert any(kind == "body" and line.endswith("vợ hoặc chồng;") for kind, line in found)


def test_header_below_the_text_of_a_page() -> None:
    head = GAZETTE[GAZETTE.index("BỘ CẦU") : GAZETTE.index("\nTHÔNG TƯ")]
    body = GAZETTE[GAZETTE.index("THÔNG TƯ\n") :]
    cut = body.index("Điều 2.")
    found = kinds(f"CÔNG BÁO/Số 7\n12\n{body[:cut]}{head}13\n{body[cut:]}")
    assert [kind for kind, _ in found[:4]] == ["boilerplate", "boilerplate", "title", "title"]
    assert all(kind == "boilerplate" for kind, line in found if line in head)


def test_line_printed_on_every_page_is_boilerplate() -> None:
    pages = "\n\f\n".join(f"{BODY} {n} lần.\n\nTài liệu của huyện Sông Mơ\n{n}" for n in range(1, 5))
    assert [kind for kind, stretch in kinds(pages, title="") if stretch.startswith("Tài liệu")] == ["boilerplate"] * 4


def test_known_stretches_keep_their_kind() -> None:
    text = f"Ghi chú\n\n{BODY}\n\n{MORE}"
    start = text.index(MORE)
    found = find_blocks(text, "", [Block(BlockKind.CAPTION, start, start + len(MORE))])
    assert found[-1].kind is BlockKind.CAPTION


LINES = st.sampled_from(
    [
        BODY,
        MORE,
        "P.V: Vì sao?",
        "Ông Lò Văn Nam: Vì mưa.",
        "Ảnh: Lê Na",
        "Cầu. Ảnh: Lê Na Nay cầu xong.",
        "Thứ nhất, cầu.",
        "Thứ hai, đường.",
        "1. A",
        "- b",
        "I. C",
        "HƯỚNG DẪN",
        "Số 1-HD/HU",
        "Nơi nhận:",
        "12",
        "\f",
        "",
        "date 2020-01 Nay",
        "   thụt vào",
        "Lò Văn Nam",
        "\u200b",
        "xuống dòng",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=25), st.sampled_from([None, "", "Cầu"]))
def test_blocks_hold_everything_in_order(lines: list[str], title: str | None) -> None:
    text = to_nfc("\n".join(lines))
    blocks = find_blocks(text, title)
    assert all(block.start < block.end for block in blocks)
    assert all(before.end <= after.start for before, after in pairwise(blocks))
    covered = "".join(text[block.start : block.end] for block in blocks)
    blank = dict.fromkeys(map(ord, "\u200b\ufeff"))
    assert "".join(covered.translate(blank).split()) == "".join(text.translate(blank).split())
