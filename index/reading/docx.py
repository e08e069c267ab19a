"""Word documents: paragraphs and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from index.errors import ReadingError
from index.reading.decode import clean_text
from index.reading.raw import Piece, RawText, compose
from index.types import BlockKind

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MAX_UNPACKED_BYTES = 500 << 20  # a small file may unpack to more than the memory holds
_OLE_MARK = b"\xd0\xcf\x11\xe0"  # an old .doc, or a .docx locked with a password


def read(path: Path) -> list[RawText]:
    """The document as one text; its Title paragraph, if any, is the title. Raises ReadingError."""
    pieces = list(_pieces(_open(path)))
    text, known = compose(pieces)
    if not text:
        raise ReadingError(f"Tệp {path.name} không có chữ nào (có thể chỉ có ảnh); hãy lưu lại bản có chữ.")
    title = next((piece.text for piece in pieces if piece.kind is BlockKind.TITLE), "")
    return [RawText("", text, {"title": title} if title else {}, known, title_given=bool(title))]


def _open(path: Path) -> WordDocument:
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE_MARK:
        raise ReadingError(f"Tệp {path.name} là .doc kiểu cũ hoặc có mật khẩu; hãy mở bằng Word và lưu lại thành .docx không mật khẩu.")
    try:
        with ZipFile(path) as package:
            unpacked = sum(part.file_size for part in package.infolist())
        if unpacked <= MAX_UNPACKED_BYTES:
            return Document(str(path))
    except Exception as error:  # zip, XML and package errors of three libraries
        raise ReadingError(f"Tệp {path.name} bị hỏng hoặc không phải .docx; hãy mở bằng Word và lưu lại.") from error
    raise ReadingError(
        f"Tệp {path.name} giải nén ra {unpacked >> 20} MB, quá mức {MAX_UNPACKED_BYTES >> 20} MB; hãy bỏ bớt ảnh rồi lưu lại."
    )


def _pieces(document: WordDocument) -> Iterator[Piece]:
    number = 0
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield Piece("\n".join(_rows(item)))
            continue
        style = _style(item)
        number = number + 1 if style.startswith("List Number") else 0
        marker = f"{number}. " if number else "- " if style.startswith("List Bullet") else ""
        text = clean_text(item.text).strip()
        yield Piece(marker + text if text else "", _kind(style))


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style.name if paragraph.style else None) or ""


def _kind(style: str) -> BlockKind | None:
    if style == "Title":
        return BlockKind.TITLE
    if style.startswith("Heading"):
        return BlockKind.HEADING
    return BlockKind.CAPTION if style == "Caption" else None


def _rows(table: Table) -> Iterator[str]:
    """One line a row; a merged cell, which the library gives once per column, is told once."""
    for row in table.rows:
        cells = [" ".join(clean_text(cell.text).split()) for cell in row.cells]
        kept = [cell for place, cell in enumerate(cells) if cell and (place == 0 or row.cells[place]._tc is not row.cells[place - 1]._tc)]
        if kept:
            yield " | ".join(kept)
