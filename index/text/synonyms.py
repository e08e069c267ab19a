"""Words of the street → words of the documents: what a query says otherwise than every article, by an editable table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from index.errors import SettingsError
from index.text.tokens import terms, tokenize
from index.types import Expansion, Span

Stands = Callable[[Sequence[str]], bool]  # whether canonical terms stand in the articles, each beside the next


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Runs of canonical terms → what documents say for them, the first that fits."""

    forms: Mapping[tuple[str, ...], tuple[str, ...]]
    max_terms: int


def load_synonyms(path: Path) -> Synonyms:
    """The table in `path`: lines `everyday<TAB>official`, `#` opens a comment. Raises SettingsError naming the file and the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Không đọc được bảng từ đồng nghĩa {path} ({error}); cần một tệp văn bản UTF-8, hãy sửa HOIDAP_SYNONYMS hoặc tệp đó."
        ) from None
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        everyday, _, official = line.partition("\t")
        if not terms(everyday) or not terms(official):
            raise SettingsError(
                f"Bảng từ đồng nghĩa {path}, dòng {number}: {line!r}; cần từ thường dùng, một dấu tab, rồi từ của văn bản; hãy sửa dòng đó."
            )
        key = tuple(terms(everyday))
        found[key] = (*found.get(key, ()), official.strip())
    return Synonyms(MappingProxyType(found), max(map(len, found), default=0))


def rephrase(text: str, table: Synonyms, stands: Stands, kept: Sequence[Span] = ()) -> tuple[str, list[Expansion]]:
    """`text` with what no article says in the words of the articles, and each change.

    Example, where the articles have "xóa tên" and not "gạch tên": "gạch tên đảng viên" → "xóa tên đảng viên". What lies within `kept`
    is not touched.
    """
    tokens = tokenize(text)
    pieces: list[str] = []
    changes: list[Expansion] = []
    done = position = 0
    while position < len(tokens):
        size, official = _at([token.text for token in tokens], position, table, stands)
        start, end = tokens[position].start, tokens[position + size - 1].end
        if official is not None and not any(span.start < end and start < span.end for span in kept):
            changes.append(Expansion(text[start:end], official, "synonym"))
            pieces += [text[done:start], official[:1].upper() + official[1:] if text[start].isupper() and start == 0 else official]
            done = end
        position += size
    return "".join([*pieces, text[done:]]), changes


def _at(words: Sequence[str], position: int, table: Synonyms, stands: Stands) -> tuple[int, str | None]:
    """How many words the longest entry at `position` covers, and what to say for it; 1 and None where nothing is to change."""
    for size in range(min(table.max_terms, len(words) - position), 0, -1):
        key = tuple(words[position : position + size])
        forms = table.forms.get(key)
        if forms is None or stands(key):
            continue
        official = next((form for form in forms if stands(terms(form)) and not _says_it(words, position, terms(form))), None)
        if official is not None:
            return size, official
    return 1, None


def _says_it(words: Sequence[str], position: int, official: Sequence[str]) -> bool:
    """Whether the official form stands here already: "thẻ đảng" within "thẻ đảng viên"."""
    return list(words[position : position + len(official)]) == list(official)
