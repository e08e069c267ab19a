"""The five questions offered on the first screen; each is answered by an article of corpus/."""

from __future__ import annotations

EXAMPLES: tuple[str, ...] = (
    "Ai là Bí thư Đảng ủy Khối Các cơ quan tỉnh năm 2021?",
    "Năm nội dung cần khắc phục trong năm 2022 là gì?",
    "Tháng 5/2021 kết nạp bao nhiêu đảng viên mới?",
    "Quy định 08-QĐ/TU nói về việc gì?",
    "hoi nghi tong ket xay dung dang nam 2021 to chuc khi nao",
)
