"""Markdown with front matter, rendered to plain text: one blank line between paragraphs, list markers kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from index.errors import ReadingError
from index.reading.decode import decode
from index.reading.fields import known_fields
from index.reading.raw import Piece, RawText, compose, with_title
from index.types import BlockKind


def read(path: Path) -> list[RawText]:
    """The article as one text, its front matter as metadata. Raises ReadingError."""
    source = decode(path.read_bytes(), path.name)
    try:
        front, body = frontmatter.parse(source)
    except Exception as error:  # the YAML library has many errors of its own
        reason = " ".join(str(error).split())
        raise ReadingError(
            f"Phần đầu (front matter) của tệp {path.name} không phải YAML hợp lệ: {reason}; hãy sửa phần giữa hai dòng ---."
        ) from error
    metadata = known_fields(front)
    pieces = list(_pieces(SyntaxTreeNode(_parser().parse(body))))
    if "title" not in metadata:
        metadata |= _first_heading(pieces)
    text, known = compose(with_title(metadata.get("title", ""), pieces))
    if not text:
        raise ReadingError(f"Tệp {path.name} trống, không có chữ nào để đọc.")
    return [RawText("", text, metadata, known, title_given="title" in metadata)]


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _first_heading(pieces: list[Piece]) -> dict[str, str]:
    if pieces and pieces[0].kind is BlockKind.HEADING:
        return {"title": pieces[0].text}
    return {}


def _pieces(node: SyntaxTreeNode) -> Iterator[Piece]:
    for child in node.children:
        match child.type:
            case "heading":
                yield Piece(_inline(child), BlockKind.HEADING)
            case "paragraph":
                yield Piece(_inline(child), BlockKind.CAPTION if _only_image(child) else None)
            case "bullet_list" | "ordered_list":
                yield Piece("\n".join(_items(child)))
            case "table":
                yield Piece(
                    "\n".join(" | ".join(_inline(cell) for cell in row.children) for part in child.children for row in part.children)
                )
            case "fence" | "code_block":
                yield Piece(child.content)
            case "blockquote":
                yield from _pieces(child)


def _items(node: SyntaxTreeNode) -> Iterator[str]:
    """One line an item, nested lists after theirs; numbers go on from the list's first."""
    number = int(node.attrs.get("start", 1))
    for offset, item in enumerate(node.children):
        marker = f"{number + offset}. " if node.type == "ordered_list" else "- "
        lines = [line for piece in _pieces(item) for line in piece.text.split("\n")]
        yield marker + (lines[0] if lines else "")
        yield from lines[1:]


def _only_image(node: SyntaxTreeNode) -> bool:
    parts = node.children[0].children if node.children else []
    return len(parts) == 1 and parts[0].type == "image"


def _inline(node: SyntaxTreeNode) -> str:
    """The text of a paragraph, heading or cell without its marks."""
    match node.type:
        case "text" | "code_inline" | "image":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return ""
    return "".join(_inline(child) for child in node.children)
