"""Closed lists of proper names: family names and the provinces as they were until 2025."""

from __future__ import annotations

from index.text.canonical import canonical

_FAMILY_NAMES = """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Chu Châu Thái Cao Đinh Lương Trịnh Đào
    Đoàn Mai Tạ Tô Hà Lâm Tăng Vi Kha Lô Lang Moong Cụt Lữ Lưu Quách Quang Trương Tống Từ Văn Viên Vương Phùng Phí
    Nghiêm Mạc Mã Lại Kim Kiều Khuất Khúc Hứa Hán Giáp Giang Doãn Diệp Đàm Đậu Đồng Đới Điểu Cầm Cung Chử Bế Bạch
    Âu An Ông Thạch Thân Thiều Tòng Triệu Trang Ninh Nông Lò Lường Giàng Hầu Sùng Thào Vàng Mùa Siu Rơ Rah Quàng
    Cà Bàn Lù Ma Sầm Thị Tôn Ung Xồng Và Hờ Già Lầu
"""
_PROVINCES = """
    An Giang, Bà Rịa - Vũng Tàu, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định,
    Bình Dương, Bình Phước, Bình Thuận, Cà Mau, Cần Thơ, Cao Bằng, Đà Nẵng, Đắk Lắk,
    Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội,
    Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang,
    Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, Nghệ An,
    Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh,
    Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Huế,
    Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""

FAMILY_NAMES = frozenset(canonical(name) for name in _FAMILY_NAMES.split())
PROVINCES = tuple(" ".join(name.split()) for name in _PROVINCES.split(","))
