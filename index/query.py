"""A typed text → Query: restored diacritics, expanded abbreviations, document numbers, quoted phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from index.errors import QueryError
from index.settings import MODELS, Settings
from index.text.abbreviations import AbbreviationTable, expand, load_abbreviations
from index.text.canonical import canonical, to_nfc
from index.text.references import find_loose_references
from index.text.tokens import tokenize
from index.types import Expansion, Filters, Query

MAX_QUERY_CHARACTERS = 4000  # a pasted page is a mistake, not a question; one page of A4 still passes
_QUOTED = re.compile(r'["“”«](?P<phrase>[^"“”«»]{2,200})["“”»]')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


class Restorer(Protocol):
    """Adds diacritics to a text typed without, or with only some of, them."""

    def restore(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Understanding:
    """`understand` with what it needs loaded once: call it with a typed text, filters and whether to restore diacritics."""

    restorer: Restorer | None
    abbreviations: AbbreviationTable | None

    def __call__(self, typed: str, filters: Filters | None = None, *, restore: bool = True) -> Query:
        return understand(typed, filters, restorer=self.restorer, abbreviations=self.abbreviations, restore=restore)


def load_understanding(settings: Settings) -> Understanding:
    """The shipped restorer and the abbreviation table of `settings`."""
    from index.text.diacritics import Restorer as DiacriticRestorer

    return Understanding(DiacriticRestorer.load(MODELS / "diacritics"), load_abbreviations(settings.abbreviations))


def understand(
    typed: str,
    filters: Filters | None = None,
    *,
    restorer: Restorer | None = None,
    abbreviations: AbbreviationTable | None = None,
    restore: bool = True,
) -> Query:
    """What a user typed, made searchable; every addition is listed in `expansions`, so that it can be shown and undone.

    `restore=False` searches the text as it was typed ("Tìm đúng như đã gõ").

    Raises QueryError when there is nothing to search for or the text is longer than MAX_QUERY_CHARACTERS.
    """
    text = clean_typed(typed)
    expansions: list[Expansion] = []
    restored = text
    if restorer is not None and restore:
        restored = restorer.restore(text)
        expansions += restored_words(text, restored)
    searched = restored
    if abbreviations is not None:
        short_forms = [e for e in expand(restored, abbreviations) if len(e.typed) < len(e.searched)]
        expansions += short_forms
        searched = " ".join([restored, *(e.searched for e in short_forms if canonical(e.searched) not in canonical(restored))])
    return Query(
        typed=text,
        text=searched,
        references=tuple(find_loose_references(text)),
        phrases=tuple(match["phrase"].strip() for match in _QUOTED.finditer(text)),
        expansions=tuple(expansions),
        filters=filters or Filters(),
    )


def clean_typed(typed: str) -> str:
    """NFC, without control and invisible characters, outer space removed.

    Raises QueryError for an empty text, one without a letter or digit, and one that is too long.
    """
    text = " ".join(_CONTROL.sub(" ", to_nfc(typed)).split())
    if not any(character.isalnum() for character in text):
        raise QueryError("Câu hỏi đang trống hoặc chỉ có dấu câu; hãy gõ ít nhất một từ.")
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryError(f"Câu hỏi dài {len(text)} ký tự, nhiều nhất là {MAX_QUERY_CHARACTERS}; hãy rút gọn câu hỏi.")
    return text


def restored_words(typed: str, restored: str) -> list[Expansion]:
    """The words that restoration changed, in order, each once: `hoi nghi` → `hội nghị` gives two expansions."""
    before, after = tokenize(typed), tokenize(restored)
    if len(before) != len(after):
        return [Expansion(typed, restored, "diacritics")] if canonical(typed) != canonical(restored) else []
    changed = {
        (typed[old.start : old.end], restored[new.start : new.end]): None
        for old, new in zip(before, after, strict=True)
        if old.text != new.text
    }
    return [Expansion(old, new, "diacritics") for old, new in changed]
