"""What a format reader gives: stored text, what the format itself says of it, and which stretches it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.text.canonical import to_nfc
from index.types import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as its format gives it; `kind` where the format says what it is (an `<h2>`, a caption field)."""

    text: str
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class RawText:
    """The text of one article before cleaning. `text` is NFC and is what gets stored.

    `suffix_id` tells the articles of one file apart (empty where a file is one article). `known` are stretches whose kind
    the format names. `title_given` says that the format has a place for the title, so that none is guessed from the text.
    """

    suffix_id: str
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    known: tuple[Block, ...] = ()
    title_given: bool = False


def compose(pieces: Iterable[Piece], separator: str = "\n\n") -> tuple[str, tuple[Block, ...]]:
    """The pieces joined into one NFC text, and the blocks of those whose kind is known; empty pieces are left out."""
    texts: list[str] = []
    known: list[Block] = []
    position = 0
    for piece in pieces:
        text = to_nfc(piece.text).strip()
        if not text:
            continue
        if piece.kind is not None:
            known.append(Block(piece.kind, position, position + len(text)))
        texts.append(text)
        position += len(text) + len(separator)
    return separator.join(texts), tuple(known)


def with_title(title: str, pieces: Iterable[Piece]) -> list[Piece]:
    """`pieces` headed by the title, unless one of the first says the same."""
    listed = list(pieces)
    if not title:
        return listed
    wanted = " ".join(title.split()).casefold()
    for place, piece in enumerate(listed[:8]):
        if " ".join(piece.text.split()).casefold() == wanted:
            return [*listed[:place], Piece(piece.text, BlockKind.TITLE), *listed[place + 1 :]]
    return [Piece(title, BlockKind.TITLE), *listed]
