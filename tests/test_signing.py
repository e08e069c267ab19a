"""Who signed an official document, in the layouts in which files have it."""

from __future__ import annotations

import pytest

from index.text.signing import find_signers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "thi hành./.\n\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\n Lò Thị Thanh Mây \n", ["Lò Thị Thanh Mây"], id="gazette"
        ),
        pytest.param("Làm ngay.\n\nBỘ TRƯỞNG\n\nĐại tướng Lò Văn Cam\n\nPhụ lục I\nKT. A", ["Lò Văn Cam"], id="rank-before-annexes"),
        pytest.param("KT.BỘ TRƯỞNG\nTHỨ TRƯỞNG\n(Đã ký)\nTS. Hầu A Sấu", ["Hầu A Sấu"], id="degree"),
        pytest.param(
            "Nơi nhận:              T/M BAN BÍ THƯ\n- Các tỉnh ủy,\n- Lưu Văn phòng.           Lò Văn Cam\n", ["Lò Văn Cam"], id="columns"
        ),
        pytest.param("Nơi nhận: - Lưu: VT. | TM. UBND XÃ CHỦ TỊCH Lò Văn Cam", ["Lò Văn Cam"], id="row-of-a-table"),
        pytest.param("Nơi nhận: | TM. UBND XÃ\n- Lưu: VT. | Lò Văn Cam", ["Lò Văn Cam"], id="two-rows"),
        pytest.param(
            "KT. BỘ TRƯỞNG BỘ A      KT. BỘ TRƯỞNG BỘ B\nTHỨ TRƯỞNG     THỨ TRƯỞNG\n\n Lò Văn Cam      Hầu A Sấu",
            ["Lò Văn Cam", "Hầu A Sấu"],
            id="two-signers",
        ),
        pytest.param("BỘ TRƯỞNG BỘ TÀI CHÍNH\nCăn cứ Luật Cầu đường;\nLò Văn Cam", [], id="heading-of-the-preamble"),
        pytest.param("Mẫu số 1\nCHỦ TỊCH\nChữ ký, dấu\nHọ và tên", [], id="form-to-fill-in"),
        pytest.param("Làm ngay.\n\nKT. CHỦ TỊCH\n\nPhụ lục I\n\nLò Văn Cam", [], id="name-in-an-annex"),
        pytest.param("TIN MỚI\n\nCHỦ TỊCH\n\nLò Văn Cam", [], id="heading-of-an-article"),
        pytest.param("Ban hành tại:\nTM. UBND XÃ\n\nHà Nội", [], id="a-place"),
    ],
)
def test_signers(text: str, names: list[str]) -> None:
    found = find_signers(text)
    assert [signer.name for signer in found] == names
    assert all(text[signer.start : signer.end] == signer.name for signer in found)
