"""Web pages: all visible text, block elements as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.dammit import EncodingDetector
from bs4.element import PreformattedString

from index.errors import ReadingError
from index.reading.decode import decode
from index.reading.fields import known_fields
from index.reading.raw import Piece, RawText, compose, with_title
from index.types import BlockKind

_INVISIBLE = frozenset({"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option"})
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|button|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    "|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_KINDS = {
    **dict.fromkeys(("nav", "footer", "aside", "form", "button"), BlockKind.BOILERPLATE),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
}
_META = {
    "article:published_time": "published",
    "article:author": "author",
    "author": "author",
    "og:title": "title",
    "datepublished": "published",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(path: Path) -> list[RawText]:
    """The page as one text. Raises ReadingError."""
    data = path.read_bytes()
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    soup = BeautifulSoup(decode(data, path.name, declared), "lxml")
    metadata = _metadata(soup)
    try:
        pieces = list(_pieces(soup.body or soup))
    except RecursionError as error:
        raise ReadingError(f"Trang {path.name} lồng thẻ quá sâu nên không đọc được; hãy lưu lại dưới dạng .txt hoặc .docx.") from error
    text, known = compose(with_title(metadata.get("title", ""), pieces))
    if not text:
        raise ReadingError(f"Trang {path.name} không có chữ nào để đọc.")
    return [RawText("", text, metadata, known, title_given="title" in metadata)]


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    """What the page's head says: og:title before the first h1 before <title>, which carries the site's name too."""
    found: dict[str, object] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        if name in _META and tag.get("content"):
            found.setdefault(_META[name], str(tag["content"]))
    for name in ("h1", "title"):
        heading = soup.find(name)
        if heading and heading.get_text(strip=True):
            found.setdefault("title", heading.get_text(" ", strip=True))
    return known_fields(found)


def _pieces(root: Tag) -> Iterator[Piece]:
    collector = _Collector()
    collector.walk(root, None)
    collector.flush(None)
    return iter(collector.pieces)


class _Collector:
    """Gathers running text until a block element begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._running: list[str] = []

    def walk(self, node: Tag, kind: BlockKind | None) -> None:
        for child in node.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):  # comments, doctype
                    self._running.append(re.sub(r"\s+", " ", child))
            elif isinstance(child, Tag) and not _invisible(child):
                self._element(child, kind)

    def _element(self, node: Tag, kind: BlockKind | None) -> None:
        if node.name == "br":
            self._running.append("\n")
        elif node.name == "tr":
            self.flush(kind)
            cells = [" ".join(cell.get_text(" ").split()) for cell in node.find_all(["td", "th"], recursive=False)]
            self.pieces.append(Piece(" | ".join(filter(None, cells)), kind))
        elif _BLOCK.fullmatch(node.name):
            inner = kind if kind is BlockKind.BOILERPLATE else _KINDS.get(node.name, kind)
            self.flush(kind)
            if node.name == "li":
                self._running.append(_marker(node))
            self.walk(node, inner)
            self.flush(inner)
        else:
            self.walk(node, kind)

    def flush(self, kind: BlockKind | None) -> None:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in "".join(self._running).split("\n"))))
        self._running.clear()
        if text and text != "-":
            self.pieces.append(Piece(text, kind))


def _invisible(node: Tag) -> bool:
    return node.name in _INVISIBLE or node.has_attr("hidden") or bool(_HIDDEN.search(str(node.get("style") or "")))


def _marker(node: Tag) -> str:
    parent = node.parent
    if parent is None or parent.name != "ol":
        return "- "
    return f"{1 + sum(1 for _ in node.find_previous_siblings('li'))}. "
