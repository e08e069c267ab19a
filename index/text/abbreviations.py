"""Abbreviations of Party and State offices: a table both ways, and those an article defines itself."""

from __future__ import annotations

import re
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsError
from index.text.canonical import fold
from index.text.tokens import Token, terms, tokenize
from index.types import Expansion

MIN_ARTICLES = 2  # that must agree on one of several meanings of a learned short form
_SAFE_LENGTH = 3  # letters; shorter forms (TU, TP, CT) are syllables or too common when typed in lower case
_SHOUTED_TOKENS = 4  # from here on a text wholly in capitals is a heading, whose capitals mark no abbreviation
_SHORT = r"[A-ZĐƯÔ][A-ZĐƯÔÂa-z&-]{0,9}[A-ZĐƯÔ]"
_DEFINED = re.compile(rf"\((?:(?:sau đây )?(?:được )?(?:gọi|viết) (?:tắt )?là:?\s*|viết tắt:?\s*)?[\"“]?({_SHORT})[\"”]?\)")
_EXPLAINED = re.compile(rf"(?<![\w/-])({_SHORT})\s\(([^()\n]{{4,120}})\)")
_CLAUSE_END = re.compile(r"[.;:!?()\"“”\n]")
_SKIPPED_WORDS = frozenset({"và", "của", "các", "về", "với", "cho", "những"})  # "Kế hoạch và Đầu tư (KHĐT)"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a run of terms may also be searched as; `capitals` where it must be typed in capitals."""

    searched: tuple[str, ...]
    capitals: bool


@dataclass(frozen=True, slots=True)
class AbbreviationTable:
    """Runs of canonical terms → their other form; short forms also without marks (`hdnd`)."""

    short: MutableMapping[tuple[str, ...], _Entry]
    long: MutableMapping[tuple[str, ...], _Entry]
    max_terms: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], *, learned: bool = False) -> AbbreviationTable:
        """A table of (short, long) pairs; a short form may come with several long ones.

        A `learned` one that has a vowel must be typed in capitals: nobody looked whether it is a word, too (`BAN`, `TIN`).
        """
        shorts: dict[tuple[str, ...], list[str]] = defaultdict(list)
        longs: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for short, long in dict.fromkeys(pairs):
            shorts[tuple(terms(short))].append(long)
            longs[tuple(terms(long))].append(short)
        for key in list(shorts):  # also as typed without marks, unless that is another short form: TƯ is not TU
            shorts.setdefault(tuple(map(fold, key)), shorts[key])
        return cls(
            {key: _Entry(tuple(found), _is_ambiguous(key, found) or (learned and _has_vowel(key))) for key, found in shorts.items()},
            {key: _Entry(tuple(found), False) for key, found in longs.items()},
            max(map(len, [*shorts, *longs]), default=0),
        )

    def united(self, other: AbbreviationTable) -> AbbreviationTable:
        """Both tables; what this one says of a form stands, whatever `other` says of it."""
        return AbbreviationTable(ChainMap(self.short, other.short), ChainMap(self.long, other.long), max(self.max_terms, other.max_terms))

    def __contains__(self, word: str) -> bool:
        """Whether this canonical word is a short form."""
        return (word,) in self.short


def _is_ambiguous(short: tuple[str, ...], meanings: list[str]) -> bool:
    return len("".join(short)) < _SAFE_LENGTH or len(meanings) > 1


def _has_vowel(short: tuple[str, ...]) -> bool:
    return not set("aeiouy").isdisjoint(fold("".join(short)))


def trusted_pairs(learned: Iterable[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """Of (short, long, articles) learned from many articles the pairs to believe, a long form in its commonest spelling.

    A short form with one meaning is believed; of several meanings those that MIN_ARTICLES articles give.
    """
    meanings: dict[str, dict[tuple[str, ...], list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for short, long, count in learned:
        meanings[short][tuple(terms(long))].append((count, long))
    believed = []
    for short, by_terms in meanings.items():
        for spellings in by_terms.values():
            if len(by_terms) == 1 or sum(count for count, _ in spellings) >= MIN_ARTICLES:
                believed.append((short, max(spellings)[1]))
    return believed


def load_abbreviations(path: Path) -> AbbreviationTable:
    """The table in `path`: lines `short<TAB>long`, `#` opens a comment. Raises SettingsError naming the file and the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Không đọc được bảng chữ viết tắt {path} ({error}); cần một tệp văn bản UTF-8, hãy sửa HOIDAP_ABBREVIATIONS hoặc tệp đó."
        ) from None
    return AbbreviationTable.of(_pairs(path, lines))


def _pairs(path: Path, lines: list[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 2 or not terms(cells[0]) or not terms(cells[1]):
            raise SettingsError(
                f"Bảng chữ viết tắt {path}, dòng {number}: {line!r}; cần chữ viết tắt, một dấu tab, rồi chữ đầy đủ; hãy sửa dòng đó."
            )
        yield cells[0], cells[1]


def expand(text: str, table: AbbreviationTable) -> list[Expansion]:
    """What else to search for: `BTV` → `Ban Thường vụ` and `Ban Thường vụ` → `BTV`, in order, each once.

    Whole words, the longest first, in any case and tone placement; short forms also without the bar of the Đ (`hdnd`).
    """
    tokens = tokenize(text)
    found: dict[Expansion, None] = {}
    position = 0
    while position < len(tokens):
        size, expansions = _longest_at(text, tokens, position, table)
        found.update(dict.fromkeys(expansions))
        position += size
    return list(found)


def _longest_at(text: str, tokens: list[Token], position: int, table: AbbreviationTable) -> tuple[int, list[Expansion]]:
    """How many tokens the longest entry beginning at `position` covers (1 where there is none) and its expansions."""
    for size in range(min(table.max_terms, len(tokens) - position), 0, -1):
        run = tokens[position : position + size]
        key = tuple(token.text for token in run)
        entry = table.long.get(key) or table.short.get(key)
        if entry is None:
            continue
        typed = text[run[0].start : run[-1].end]
        if not entry.capitals or _stands_as_abbreviation(text, typed, run, len(tokens)):
            return size, [Expansion(typed, searched, "abbreviation") for searched in entry.searched]
    return 1, []


def _stands_as_abbreviation(text: str, typed: str, run: list[Token], token_count: int) -> bool:
    """Whether an ambiguous short form is meant: in capitals, not in a heading all in capitals, not part of `08-QĐ/TU`."""
    beside = text[max(run[0].start - 1, 0) : run[0].start] + text[run[-1].end : run[-1].end + 1]
    shouted = token_count >= _SHOUTED_TOKENS and text.isupper()
    return typed[:1].isupper() and typed[-1:].isupper() and not shouted and "/" not in beside


def learn_abbreviations(text: str) -> dict[str, str]:
    """The short forms `text` defines beside their long ones: "Ban Thường vụ (BTV)" → {"BTV": "Ban Thường vụ"}.

    A pair counts when the letters are the initials of the words; `và`, `của` … may be left out of them.
    """
    learned: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        if long := _ending_with_initials(text[max(0, match.start() - 160) : match.start()], match[1]):
            learned.setdefault(match[1], long)
    for match in _EXPLAINED.finditer(text):
        long = _ending_with_initials(match[2], match[1])
        if long and long == match[2].strip():
            learned.setdefault(match[1], long)
    return learned


def _ending_with_initials(before: str, short: str) -> str | None:
    """The words at the end of `before` whose initials spell `short`."""
    clause = _CLAUSE_END.split(before)[-1]
    letters = [letter for letter in fold(short) if letter.isalpha()]
    words = tokenize(clause)
    for word in reversed(words):
        if fold(word.text)[0] == letters[-1]:
            letters.pop()
            if not letters:
                return clause[word.start : words[-1].end]
        elif word.text not in _SKIPPED_WORDS:
            return None
    return None
