"""PDF files with a text layer."""

from __future__ import annotations

import logging
from pathlib import Path

from pypdf import PdfReader

from index.errors import ReadingError
from index.reading.decode import clean_text
from index.reading.raw import RawText

MIN_LETTERS_PER_PAGE = 10  # fewer on the average page: a scan


def read(path: Path) -> list[RawText]:
    """The pages as one text, hard-wrapped as printed, a form feed between pages. Raises ReadingError."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings about odd files are not for the user
    try:
        pages = _pages(path)
    except ReadingError:
        raise
    except Exception as error:  # a broken file makes the parser fail in every way there is
        raise ReadingError(f"Tệp {path.name} bị hỏng hoặc không phải PDF; hãy tạo lại tệp.") from error
    letters = sum(character.isalpha() for page in pages for character in page)
    if letters < MIN_LETTERS_PER_PAGE * max(1, len(pages)):
        raise ReadingError(f"Tệp {path.name} là bản quét không có lớp chữ; hãy nhận dạng chữ (OCR) rồi nạp lại.")
    return [RawText("", "\n\f\n".join(page.strip("\n") for page in pages))]


def _pages(path: Path) -> list[str]:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadingError(f"Tệp {path.name} có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    return [clean_text(page.extract_text()) for page in reader.pages]
