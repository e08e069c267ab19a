"""Who signed a document and as what, who took the photographs; what is no question for either."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article
from qa_fakes import CORPUS, make_assistant

from index.types import BlockKind
from qa.signatures import find_signature
from qa.types import Status


def test_photographer_of_the_meeting() -> None:
    meeting = make_article(
        "tin/hop", "Huyện họp tổng kết\n\nChiều nay huyện họp tổng kết.\n\nQuang cảnh cuộc họp. Ảnh: Lê Văn Cam\n", date="2021-05-01"
    )
    answer = make_assistant(meeting, *CORPUS).answer("Ai chụp ảnh cuộc họp tổng kết của huyện?")
    assert answer.text.startswith("Lê Văn Cam.")
    assert answer.citations[0].article_id == "tin/hop"


OFFICIAL = """Hướng dẫn về huy hiệu (21-HD/BTCTU)

Các chi bộ lập danh sách gửi Ban Tổ chức Thành ủy trước mỗi đợt trao.

Nơi nhận:                                          K/T TRƯỞNG BAN
- Thường trực Thành ủy (để báo cáo),               PHÓ TRƯỞNG BAN
- Lưu.

                                                   Lò Thị Vàng
"""


def test_signature_below_a_document() -> None:
    article = make_article("vb/huy-hieu", OFFICIAL, date="2025-08-01", issuer="Ban Tổ chức Thành ủy")
    blocks = tuple(replace(b, kind=BlockKind.BYLINE) if b.start > OFFICIAL.index("Nơi") - 1 else b for b in article.blocks)
    signed = replace(article, blocks=blocks)
    signature = find_signature(signed)
    assert signature is not None and signature.post_span is not None
    assert (signature.name, signature.post) == ("Lò Thị Vàng", "Phó Trưởng Ban Tổ chức Thành ủy")
    assert OFFICIAL[slice(*signature.name_span)] == "Lò Thị Vàng"
    assert OFFICIAL[slice(*signature.post_span)] == "PHÓ TRƯỞNG BAN"
    assert make_assistant(signed).answer("Ai ký Hướng dẫn 21-HD/BTCTU?").text.startswith("Lò Thị Vàng.")
    assert make_assistant(signed).answer("Ai là Phó Trưởng Ban Tổ chức Thành ủy?").text.startswith("Lò Thị Vàng.")


DECREE = make_article(
    "vb/nghi-dinh",
    """NGHỊ ĐỊNH Quy định việc góp ngày công làm đường (61/2026/NĐ-CP)

Nghị định này quy định việc góp ngày công.

TM. CHÍNH PHỦ
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG

Lò Thị Mây

Phụ lục
Mẫu sổ ghi ngày công; trưởng bản ký giấy xác nhận.
""",
    date="2026-05-15",
    issuer="Chính phủ",
    kind="Nghị định",
)
AMENDING = make_article(
    "vb/sua-doi",
    DECREE.text.replace("Quy định việc", "Sửa đổi Nghị định số 19/2020/NĐ-CP quy định việc").replace("61/", "62/"),
    date="2026-06-15",
)


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký Nghị định 61/2026/NĐ-CP?",
        "Phó Thủ tướng nào ký Nghị định 61/2026?",
        "Phó Thủ tướng thay mặt Chính phủ ký Nghị định 61/2026/NĐ-CP là ai?",
        "chữ ký trên nghị định 61/2026 của ai",
        "nguoi ky nghi dinh 61/2026",
        "Nghị định 61/2026 do lãnh đạo nào đặt bút ký?",
        "người ký nghị định về việc góp ngày công làm đường tháng 5/2026",
        "Ai ký nghị định về việc góp ngày công làm đường?",
    ],
)
def test_who_signed(question: str) -> None:
    answer = make_assistant(DECREE).answer(question)
    assert answer.text.startswith("Lò Thị Mây.")
    assert [c.quote for c in answer.citations] == ["PHÓ THỦ TƯỚNG", "Lò Thị Mây"]


@pytest.mark.parametrize(
    "question",
    ["Ai ký Nghị định 19/2020/NĐ-CP?", "Ai ký giấy xác nhận ngày công?", "Ai ký quyết định cử cán bộ đi học?", "Ai viết thay đơn?"],
)
def test_signing_of_something_else(question: str) -> None:
    assert not make_assistant(DECREE, AMENDING).answer(question).text.startswith("Lò Thị Mây.")


@pytest.mark.parametrize(
    ("post", "issuer", "expected"),
    [
        ("THỨ TRƯỞNG", "Bộ Tài chính", "Thứ trưởng Bộ Tài chính"),
        ("CHỦ TỊCH", "Ủy ban Thường vụ Quốc hội", "Chủ tịch Quốc hội"),
        ("PHÓ CHỦ TỊCH", "Ủy ban nhân dân tỉnh Sơn La", "Phó Chủ tịch Ủy ban nhân dân tỉnh Sơn La"),
        ("PHÓ THỦ TƯỚNG", "Chính phủ", "Phó Thủ tướng"),
        ("TỔNG BÍ THƯ", "Ban Chấp hành Trung ương", "Tổng Bí thư"),
    ],
)
def test_post_of_a_signer(post: str, issuer: str, expected: str) -> None:
    signature = find_signature(make_article("vb/x", f"Thông tư\n\nLàm ngay.\n\nKT. AI\n{post}\n\nLò Văn Cam", issuer=issuer))
    assert signature is not None and signature.post == expected


@pytest.mark.parametrize(
    "signing",
    [
        "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\nLò Thị Vàng",
        "BỘ TRƯỞNG\n\nLò Thị Vàng",
        "KT. BỘ TRƯỞNG\n\nTHỨ TRƯỞNG\n\nLò Thị Vàng",
    ],
)
def test_signature_below_a_post_in_capitals(signing: str) -> None:
    article = make_article("vb/nghi-dinh", f"NGHỊ ĐỊNH\n\nĐiều 1. Nghị định này có hiệu lực từ ngày ký.\n\n{signing}\n")
    name = article.text.index("Lò Thị")
    blocks = tuple(replace(b, kind=BlockKind.BYLINE if b.start == name else BlockKind.BODY) for b in article.blocks)
    signature = find_signature(replace(article, blocks=blocks))
    assert signature is not None and signature.name == "Lò Thị Vàng"
    assert signature.post.lower().endswith(signing.split("\n")[-3].lower().removeprefix("kt. "))


def test_the_post_of_an_author_is_no_question_for_the_author() -> None:
    article = make_article("bai-viet", "Bài viết về rừng\n\nRừng ở xã Khe Lau xanh tốt.\n\nBan Tuyên giáo Huyện ủy\n")
    answer = make_assistant(article).answer("Ông Lê Văn Mận, người viết bài về rừng, giữ chức vụ gì ở xã Khe Lau?")
    assert answer.status is Status.NOT_FOUND


def test_an_article_is_no_signed_document() -> None:
    assert find_signature(CORPUS[0]) is None
