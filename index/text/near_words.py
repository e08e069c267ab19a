"""Words that can stand for one another in a question: `muộn`, `trễ`, `quá hạn`. A text with one answers nearly as well as one with another.

Unlike a synonym (`synonyms`), which replaces a word that no article has, a near word only counts when texts that were found are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from index.errors import SettingsError
from index.text.tokens import terms
from index.types import NearForm

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearWords:
    """Runs of canonical terms → the other members of the groups they stand in; of everyday words → what documents say for them."""

    others: Mapping[Run, tuple[Run, ...]]
    max_terms: int
    official: Mapping[Run, tuple[Run, ...]] = field(default_factory=dict)


def load_near_words(path: Path, everyday: Path | None = None) -> NearWords:
    """The table in `path`: a group of words a line, tabs between them, `#` opens a comment. SettingsError names the file and the line.

    In the groups of `everyday` the first is what documents say, and the others mean just that: a question can be put in its words.
    """
    others: dict[Run, dict[Run, None]] = defaultdict(dict)
    official: dict[Run, dict[Run, None]] = defaultdict(dict)
    spoken = [] if everyday is None else _groups(everyday, "HOIDAP_EVERYDAY_WORDS")
    for group in (*_groups(path, "HOIDAP_NEAR_WORDS"), *spoken):
        for word in group:
            others[word].update(dict.fromkeys(other for other in group if other != word))
    for first, *rest in spoken:
        for word in rest:
            official[word][first] = None
    found = {word: tuple(near) for word, near in others.items()}
    said = {word: tuple(first) for word, first in official.items()}
    return NearWords(MappingProxyType(found), max(map(len, found), default=0), MappingProxyType(said))


def _groups(path: Path, setting: str) -> list[list[Run]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Không đọc được bảng từ gần nghĩa {path} ({error}); cần một tệp văn bản UTF-8, hãy sửa {setting} hoặc tệp đó."
        ) from None
    groups = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        group = list(dict.fromkeys(tuple(terms(word)) for word in line.split("\t")))
        if len(group) < 2 or () in group:
            raise SettingsError(
                f"Bảng từ gần nghĩa {path}, dòng {number}: {line!r}; cần hai từ khác nhau trở lên, cách nhau bằng dấu tab; hãy sửa dòng đó."
            )
        groups.append(group)
    return groups


def near_forms(text: str, table: NearWords) -> list[NearForm]:
    """The runs of `text` that the table has, each once with what may stand for it; a run within another ("dấu" in "khắc dấu") too."""
    words = terms(text)
    sizes = range(1, table.max_terms + 1)
    runs = (tuple(words[start : start + size]) for size in sizes for start in range(len(words) - size + 1))
    return [NearForm(run, table.others[run], table.official.get(run, ())) for run in dict.fromkeys(runs) if run in table.others]
