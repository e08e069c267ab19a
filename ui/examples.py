"""The five questions offered on the first screen; each is answered by an article of corpus/."""

from __future__ import annotations

EXAMPLES: tuple[str, ...] = (
    "Ai là Bí thư Đảng ủy Khối Các cơ quan tỉnh nhiệm kỳ 2020 - 2025?",
    "Hội nghị tổng kết công tác xây dựng Đảng năm 2021 kết nối với bao nhiêu tổ chức cơ sở đảng?",
    "Quy định 08-QĐ/TU nói về việc gì?",
    "Các nhiệm vụ trọng tâm năm 2022 là gì?",
    "hoi nghi kiem diem nam 2021 hop ngay nao",
)
