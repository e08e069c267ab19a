"""A list of hits as a CSV file that Excel opens as it is: UTF-8 with a byte order mark, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from index.types import Hit

COLUMNS = ("STT", "Tiêu đề", "Ngày", "Cơ quan", "Loại", "Đoạn trích", "Mã bài")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guard_formula(cell: str) -> str:
    """A spreadsheet would run `=1+1` from a cell; a leading apostrophe makes it text (OWASP, CSV injection)."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA_STARTS) or cell.startswith(_FORMULA_STARTS) else cell


def hits_to_csv(hits: Sequence[Hit]) -> bytes:
    """The list as the bytes of a CSV file, one line a hit, in their order."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, hit in enumerate(hits, start=1):
        writer.writerow([str(number), *(guard_formula(cell) for cell in _cells(hit))])
    return out.getvalue().encode("utf-8-sig")


def _cells(hit: Hit) -> tuple[str, ...]:
    known = hit.metadata
    published = known.date.vietnamese if known.date else ""
    excerpt = " ".join(hit.chunk.text.split())
    return (known.title, published, known.issuer or "", known.kind or "", excerpt, hit.article_id)
