"""Bytes → text: UTF-8, UTF-16 and Windows-1258 told apart, binary refused."""

from __future__ import annotations

import codecs
import re

from index.errors import ReadingError
from index.text.canonical import to_nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 65536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # lone surrogates cannot be stored
_VISIBLE = re.compile(r"[^\s\ufeff\u200b]")
MAX_CONTROL_SHARE = 0.001  # of the characters; text has none, a program or a picture has many
MIN_NUL_SHARE = 0.05  # of one half of the bytes: spaces and unaccented letters of UTF-16


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """`data` as NFC text with `\\n` line ends; `declared` is the encoding the file itself names, if any.

    Raises ReadingError for an empty file, for binary data and where no encoding fits.
    """
    text = _decode(data, name, declared)
    if not _VISIBLE.search(text):
        raise ReadingError(f"Tệp {name} trống, không có chữ nào để đọc.")
    if len(_CONTROL.findall(text)) > len(text) * MAX_CONTROL_SHARE:
        raise ReadingError(f"Tệp {name} là dữ liệu nhị phân, không phải văn bản; hãy lưu lại thành .txt (UTF-8), .docx hoặc .pdf.")
    return clean_text(text)


def clean_text(text: str) -> str:
    """NFC, `\\n` as the only line end, no control characters: the form in which any text is stored."""
    return _CONTROL.sub("", to_nfc(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")))


def _decode(data: bytes, name: str, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _unmarked_utf16(data)
    if wide:
        return data.decode(wide, errors="replace")
    for tried in ("utf-8", declared or "utf-8"):
        try:
            return data.decode(tried)
        except (UnicodeError, LookupError):
            continue
    return data.decode(_single_byte_encoding(data, name), errors="replace")


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    least = len(sample) / 2 * MIN_NUL_SHARE
    if odd > least and even * 10 < odd:
        return "utf-16-le"
    if even > least and odd * 10 < even:
        return "utf-16-be"
    return None


def _single_byte_encoding(data: bytes, name: str) -> str:
    """Windows-1258 unless the text is plainly Western: letters with separate tone marks make it certain."""
    from charset_normalizer import from_bytes

    if b"\x00" in data[:_SAMPLE_BYTES]:
        raise ReadingError(f"Tệp {name} là dữ liệu nhị phân, không phải văn bản; hãy lưu lại thành .txt (UTF-8), .docx hoặc .pdf.")
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=["cp1258", "cp1252"]).best()
    if best is None:
        raise ReadingError(f"Tệp {name} dùng bảng mã không nhận ra (cần UTF-8, UTF-16 hoặc Windows-1258); hãy lưu lại bằng UTF-8.")
    return best.encoding
