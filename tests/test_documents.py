"""What is known of a numbered document: its title and number, who issued it and when, how many parts it has."""

from __future__ import annotations

import pytest
from conftest import make_article, make_document
from qa_fakes import CIRCULAR, CORPUS, GUIDANCE, FakeEngine, assert_quotes_exact, make_assistant

from qa.documents import asks_only_subject
from qa.types import NOT_FOUND_SENTENCE

LAW = make_document(
    "vb/nghi-quyet-qh",
    """QUỐC HỘI
Nghị quyết số: 8/2026/QH15
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ QUYẾT
Về việc bãi bỏ Nghị quyết số 3/2016/QH14

Căn cứ Hiến pháp;

Bãi bỏ các nghị quyết sau đây:

1. Nghị quyết số 3/2016/QH14 ngày 5 tháng 6 năm 2016 về ngày công.

2. Nghị quyết số 4/2017/QH14.

Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.

Nghị quyết này được Quốc hội khóa XV, kỳ họp thứ 9 thông qua ngày 17 tháng 5 năm 2026.
""",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Thông tư 7/2026 thay cho thông tư nào?", "05/2020/TT-BCĐ; 06/2021/TT-BCĐ."),
        ("thông tư 7/2026/tt-bcđ làm hết hiệu lực văn bản nào", "05/2020/TT-BCĐ; 06/2021/TT-BCĐ."),
        ("Thông tư 6/2021/TT-BCĐ còn hiệu lực không?", "Không còn: đã được 07/2026/TT-BCĐ thay thế."),
        ("Nghị quyết 8/2026/QH15 bãi bỏ nghị quyết nào?", "03/2016/QH14; 04/2017/QH14."),
        ("Thông tư 7/2026/TT-BCĐ ban hành ngày nào?", "02 tháng 3 năm 2026."),
        ("Thông tư 7/2026/TT-BCĐ có hiệu lực từ ngày nào?", "15 tháng 4 năm 2026."),
        ("Cơ quan nào ban hành Thông tư 7/2026/TT-BCĐ?", "Bộ Cầu đường."),
        ("Nghị quyết 8/2026/QH15 được thông qua ngày nào?", "17 tháng 5 năm 2026."),
        ("Nghị quyết 8/2026/QH15 có hiệu lực khi nào?", "01 tháng 7 năm 2026."),
        ("Thông tư quy định việc góp ngày công làm cầu số bao nhiêu?", "07/2026/TT-BCĐ."),
        ("Thông tư 7/2026/TT-BCĐ là gì?", "07/2026/TT-BCĐ: Bộ Cầu đường, ngày 02 tháng 3 năm 2026."),
    ],
)
def test_documents_of_the_gazette(question: str, expected: str) -> None:
    answer = make_assistant(CIRCULAR, LAW).answer(question)
    assert answer.text.splitlines()[0] == expected
    assert_quotes_exact(answer, FakeEngine([CIRCULAR, LAW]))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("thông tư 7/2026/TT-BCĐ của Bộ Cầu đường quy định về vấn đề gì", True),
        ("hd 39 hướng dẫn gì", True),
        ("nghị quyết 02 nói về cái gì", True),
        ("Hướng dẫn nào giúp thực hiện Quy định 96-QĐ/TW?", False),
        ("Quy định 96-QĐ/TW quy định gì về tuổi đời?", False),
        ("Theo Quy định 96-QĐ/TW, kết nạp là gì?", False),
    ],
)
def test_only_the_subject_is_asked(question: str, asked: bool) -> None:
    assert asks_only_subject(make_assistant(GUIDANCE).answer(question).question) is asked


@pytest.mark.parametrize(
    "question",
    [
        "thông tư 7/2026/tt-bcđ về việc gì",
        "Thông tư 7/2026 của Bộ Cầu đường quy định gì?",
        "thong tu 7/2026 noi ve van de gi",
        "tên đầy đủ của Thông tư 7/2026/TT-BCĐ",
    ],
)
def test_a_document_is_told_by_its_own_title(question: str) -> None:
    answer = make_assistant(CIRCULAR, LAW).answer(question)
    assert [c.quote for c in answer.citations] == ["Quy định việc góp ngày công làm cầu"]


PARTED = make_document(
    "vb/nghi-dinh-dieu",
    """CHÍNH PHỦ
Số: 70/2026/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ ĐỊNH
Về việc làm cầu

Căn cứ Luật Đường bộ;

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi

Nghị định này quy định việc làm cầu.

Chương II
LÀM CẦU

Điều 2. Góp ngày công

Sửa Điều 9 của nghị định cũ như sau:

“Điều 9. Góp ngày công

Mỗi hộ góp mười ngày.”

Điều 3. Thi hành

Nghị định này có hiệu lực từ ngày 15 tháng 4 năm 2026.
""",
)


@pytest.mark.parametrize(
    ("question", "expected", "quote"),
    [
        ("Nghị định 70/2026/NĐ-CP có bao nhiêu điều?", "3 điều.", "Điều 3. Thi hành"),
        ("nghi dinh 70/2026 gom may chuong", "2 chương.", "Chương II"),
    ],
)
def test_how_many_parts(question: str, expected: str, quote: str) -> None:
    answer = make_assistant(PARTED).answer(question)
    assert answer.text.splitlines()[0] == expected
    assert answer.citations[0].quote.startswith(quote)


MENTIONING = make_article(
    "tin/mot-nam",
    "Một năm nhìn lại\n\nVề kết quả một năm làm theo Quy định 74 (góp ngày công làm đường liên bản), ông Nam khen các bản; "
    "hằng năm các bản ghi sổ ngày công, đọc trước dân, gửi huyện theo Hướng dẫn số 4-HD/BTC ngày 3/2/2020 “ghi sổ ngày công”.",
)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Quy định 74 nói về vấn đề gì?", "Quy định 74 (góp ngày công làm đường liên bản)"),
        ("Hướng dẫn 4-HD/BTC hướng dẫn nội dung gì?", "Hướng dẫn số 4-HD/BTC ngày 3/2/2020 “ghi sổ ngày công”"),
    ],
)
def test_document_only_mentioned(question: str, quote: str) -> None:
    answer = make_assistant(MENTIONING, *CORPUS).answer(question)
    assert quote in answer.citations[0].quote


LISTING = make_article(
    "vb/danh-muc",
    """Danh mục văn bản hay dùng

1. Quy định số 61-QĐ/TW về kiểm tra: Ban Chấp hành Trung ương ra ngày 30/5/2025.

2. Hướng dẫn số 62-HD/TW về cách làm theo Quy định số 61-QĐ/TW: Ban Bí thư ra ngày 10/6/2025.

Các chi bộ vẫn làm theo Chỉ thị số 63 ngày 15-5-2016 của Bộ Chính trị.
""",
)
RESOLUTION = make_article(
    "vb/nghi-quyet",
    """Nghị quyết số 64-NQ/ĐUK: nội dung và việc thực hiện

Cơ quan ban hành: Ban Chấp hành Đảng bộ Khối.

Trích yếu: “về chống lãng phí trong cơ quan”.

Hội nghị ngày 27/12/2021 bàn việc làm theo Nghị quyết số 64-NQ/ĐUK.
""",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Quy định 61-QĐ/TW do ai ban hành?", "Ban Chấp hành Trung ương."),
        ("quy dinh 61 qd/tw ban hanh ngay nao", "30/5/2025."),
        ("Hướng dẫn 62-HD/TW do cơ quan nào ban hành và ban hành khi nào?", "Ban Bí thư; 10/6/2025."),
        ("Chỉ thị số 63 ra ngày nào?", "15-5-2016."),
        ("Nghị quyết 64-NQ/ĐUK của ai?", "Ban Chấp hành Đảng bộ Khối."),
        ("Nghị quyết 64-NQ/ĐUK được ký ngày nào?", NOT_FOUND_SENTENCE),
        ("NQ 64", "64-NQ/ĐUK: Ban Chấp hành Đảng bộ Khối."),
        ("nq64/đuk", "64-NQ/ĐUK: Ban Chấp hành Đảng bộ Khối."),
        ("61-QĐ/TU", NOT_FOUND_SENTENCE),
    ],
)
def test_facts_of_a_numbered_document(question: str, lead: str) -> None:
    articles = (LISTING, RESOLUTION)
    answer = make_assistant(*articles).answer(question.replace("dinh", "định").replace("ban hanh ngay nao", "ban hành ngày nào"))
    assert answer.text.splitlines()[0] == lead
    assert_quotes_exact(answer, FakeEngine(articles))


def test_the_subject_of_a_document_is_quoted() -> None:
    answer = make_assistant(LISTING, RESOLUTION).answer("Nghị quyết 64-NQ/ĐUK có tên gọi là gì?")
    assert "chống lãng phí" in answer.citations[0].quote
