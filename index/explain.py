"""Why a chunk was found: the query's words as they stand in it, the spans to highlight, and whether a phrase is in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from index.text.canonical import canonical, fold
from index.text.tokens import Token, find_tokens, tokenize
from index.types import Span

# Words that stand in almost every chunk: highlighting them hides the others. Canonical forms.
FUNCTION_WORDS = frozenset(
    """và của là các những được có cho với trong về này đã để khi từ tại theo như thì mà bị do ở đó một không
    ai gì nào đâu bao nhiêu hay hoặc""".split()  # noqa: SIM905
)


def found_words(text: str, words: Collection[str], folded: Collection[str] = ()) -> list[Token]:
    """Tokens of `text` that are among the canonical `words` or, by their folded form, among `folded`; places are in `text`.

    Function words count only where the query has nothing else.
    """
    wanted, wanted_folded = _telling(words), _telling(folded)
    if not wanted_folded:
        return find_tokens(text, wanted)
    return [token for token in tokenize(text) if token.text in wanted or _folded(token.text) in wanted_folded]


_folded = lru_cache(maxsize=20_000)(fold)  # the same few thousand syllables come again in every chunk


def _telling(words: Collection[str]) -> frozenset[str]:
    return frozenset(words) - FUNCTION_WORDS or frozenset(words)


def highlights(text: str, spans: Iterable[Span], offset: int) -> tuple[Span, ...]:
    """The spans of `text` in order, moved by `offset`; those that overlap or have only space between them become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(Span(span.start + offset, span.end + offset) for span in merged)


def spellings(text: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """The tokens as they stand in `text`, each canonical word once, in order."""
    first: dict[str, str] = {}
    for token in tokens:
        first.setdefault(token.text, text[token.start : token.end])
    return tuple(first.values())


def phrase_spans(text: str, phrase: str) -> list[Span]:
    """Where the words of `phrase` stand side by side in `text`, in canonical form, whatever spaces and quotes are between.

    A phrase without any diacritics stands for all its spellings: it may have been typed without.
    """
    pattern = _phrase_pattern(phrase)
    searched = fold(text) if fold(phrase) == canonical(phrase) else canonical(text)
    return [Span(match.start(), match.end()) for match in pattern.finditer(searched)] if pattern else []


def occurring(canonical_text: str, phrases: Iterable[str]) -> set[str]:
    """Those of `phrases` that `phrase_spans` would find in the text of which this is the canonical form."""
    return {phrase for phrase in phrases if (pattern := _phrase_pattern(phrase)) and pattern.search(canonical_text)}


@lru_cache(maxsize=256)
def _phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    words = [re.escape(token.text) for token in tokenize(phrase)]
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"(?![^\W_])") if words else None
