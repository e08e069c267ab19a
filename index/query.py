"""A typed text → Query: restored diacritics, expanded abbreviations, document numbers, quoted phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from index.errors import QueryError
from index.settings import MODELS, Settings
from index.text.abbreviations import AbbreviationTable, expand, load_abbreviations
from index.text.canonical import canonical, fold, to_nfc
from index.text.compounds import Compounds, unheard_pairs
from index.text.near_words import NearWords, load_near_words, near_forms
from index.text.neighbours import Vocabulary
from index.text.references import find_loose_references
from index.text.spelling import Lexicon, correct
from index.text.synonyms import Synonyms, load_synonyms, rephrase
from index.text.tokens import bigrams, terms, tokenize
from index.types import Expansion, Filters, Query, Span

MAX_QUERY_CHARACTERS = 4000  # a pasted page is a mistake, not a question; one page of A4 still passes
_QUOTED = re.compile(r'["“”«](?P<phrase>[^"“”«»]{2,200})["“”»]')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


class Restorer(Protocol):
    """Adds diacritics to a text typed without, or with only some of, them; the words of the articles help where they are known."""

    def restore(self, text: str, vocabulary: Vocabulary | None = None) -> str: ...


@dataclass(frozen=True, slots=True)
class CorpusWords:
    """What the indexed articles teach about reading a query: their words, and the abbreviations they define."""

    vocabulary: Vocabulary | None
    abbreviations: AbbreviationTable


@runtime_checkable
class Corpus(Protocol):
    """What knows the words of the articles that are searched; the engine does."""

    def corpus_words(self) -> CorpusWords: ...


@dataclass(frozen=True, slots=True)
class Understanding:
    """`understand` with what it needs loaded once: call it with a typed text, filters and whether to restore diacritics.

    With a `corpus` one-letter slips are mended by its words and the `lexicon`, the abbreviations it defines are known, and what it
    never says is said in its words by the `synonyms`. `near_words` are kept with the query for whoever reads the texts that are found,
    and so is what the `compounds` of running text have and it has not.
    """

    restorer: Restorer | None
    abbreviations: AbbreviationTable | None
    lexicon: Lexicon | None = None
    corpus: Corpus | None = None
    synonyms: Synonyms | None = None
    near_words: NearWords | None = None
    compounds: Compounds | None = None

    def __call__(self, typed: str, filters: Filters | None = None, *, restore: bool = True) -> Query:
        words = self.corpus.corpus_words() if self.corpus is not None else None
        table = self.abbreviations
        if table is not None and words is not None:
            table = table.united(words.abbreviations)
        return understand(
            typed,
            filters,
            restorer=self.restorer,
            abbreviations=table,
            vocabulary=words.vocabulary if words is not None else None,
            lexicon=self.lexicon,
            synonyms=self.synonyms,
            near_words=self.near_words,
            compounds=self.compounds,
            restore=restore,
        )


def load_understanding(settings: Settings, corpus: object = None) -> Understanding:
    """The shipped restorer and the abbreviation table of `settings`; with what `corpus` knows, where it is a `Corpus`."""
    from index.text.diacritics import Restorer as DiacriticRestorer

    restorer = DiacriticRestorer.load(MODELS / "diacritics")
    known = corpus if isinstance(corpus, Corpus) else None
    return Understanding(
        restorer,
        load_abbreviations(settings.abbreviations),
        restorer,
        known,
        load_synonyms(settings.synonyms),
        load_near_words(settings.near_words, settings.everyday_words),
        restorer,
    )


def understand(
    typed: str,
    filters: Filters | None = None,
    *,
    restorer: Restorer | None = None,
    abbreviations: AbbreviationTable | None = None,
    vocabulary: Vocabulary | None = None,
    lexicon: Lexicon | None = None,
    synonyms: Synonyms | None = None,
    near_words: NearWords | None = None,
    compounds: Compounds | None = None,
    restore: bool = True,
) -> Query:
    """What a user typed, made searchable; every addition is listed in `expansions`, so that it can be shown and undone.

    Slips are mended where a `vocabulary` is given, and a long form is also looked for by a short one that stands in it.
    `restore=False` searches the text as it was typed ("Tìm đúng như đã gõ").

    Raises QueryError when there is nothing to search for or the text is longer than MAX_QUERY_CHARACTERS.
    """
    text = clean_typed(typed)
    expansions: list[Expansion] = []
    restored = mended = text
    if restore:
        mended, slips = (text, []) if vocabulary is None else correct(text, vocabulary, lexicon, _kept(text, abbreviations))
        restored = mended if restorer is None else restorer.restore(mended, vocabulary)
        expansions += changed_words(text, restored, slips)
        if synonyms is not None and vocabulary is not None:
            restored, said_otherwise = rephrase(restored, synonyms, partial(_stand, vocabulary), _kept(restored, None))
            expansions += said_otherwise
    searched = restored
    if restore and abbreviations is not None:
        other_forms = expand(restored, abbreviations)
        short_forms = [e for e in other_forms if len(e.typed) < len(e.searched)]
        expansions += short_forms + [e for e in other_forms if e not in short_forms and _stands(e.searched, vocabulary)]
        searched = " ".join([restored, *(e.searched for e in short_forms if canonical(e.searched) not in canonical(restored))])
    return Query(
        typed=text,
        text=searched,
        references=tuple(find_loose_references(mended)),
        phrases=_phrases(text, restored),
        expansions=tuple(expansions),
        filters=filters or Filters(),
        near=tuple(near_forms(restored, near_words)) if near_words is not None and restore else (),
        unheard=unheard_pairs(restored, compounds, vocabulary) if compounds is not None and vocabulary is not None else (),
    )


def _stand(vocabulary: Vocabulary, words: Sequence[str]) -> bool:
    """Whether the articles have these canonical words, each beside the next."""
    if len(words) == 1:
        return vocabulary.frequency("syllables", words[0]) > 0
    return all(vocabulary.frequency("bigrams", pair) > 0 for pair in bigrams(words))


def _stands(short: str, vocabulary: Vocabulary | None) -> bool:
    """Whether the articles have the short form, which must be one word."""
    words = terms(short)
    return vocabulary is not None and len(words) == 1 and vocabulary.frequency("syllables", words[0]) > 0


def _phrases(text: str, restored: str) -> tuple[str, ...]:
    """The quoted phrases as typed; one that lacks diacritics without any, which stands for every spelling (`explain.phrase_spans`)."""
    typed, guessed = ([match["phrase"].strip() for match in _QUOTED.finditer(each)] for each in (text, restored))
    if len(typed) != len(guessed):
        return tuple(typed)
    return tuple(own if canonical(own) == canonical(guess) else fold(own) for own, guess in zip(typed, guessed, strict=True))


def _kept(text: str, abbreviations: AbbreviationTable | None) -> list[Span]:
    """What no correction may touch: quoted phrases, and short forms however they are typed (`hdnd`)."""
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    return quoted if abbreviations is None else [*quoted, *(Span(t.start, t.end) for t in tokenize(text) if t.text in abbreviations)]


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


def changed_words(typed: str, restored: str, slips: Sequence[Span] = ()) -> list[Expansion]:
    """The words that were changed, in order, each once: `hoi nghi` → `hội nghị` gives two expansions.

    Those at `slips` (places in `restored`) were misspelt, the others lacked diacritics.
    """
    before, after = tokenize(typed), tokenize(restored)
    if len(before) != len(after):
        return [Expansion(typed, restored, "diacritics")] if canonical(typed) != canonical(restored) else []
    misspelt = {slip.start for slip in slips}
    changed = {
        Expansion(typed[old.start : old.end], restored[new.start : new.end], "spelling" if new.start in misspelt else "diacritics"): None
        for old, new in zip(before, after, strict=True)
        if old.text != new.text
    }
    return list(changed)
