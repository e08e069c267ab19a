"""The content terms of a question and how much of them a text covers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.features import Frequencies
from index.text.canonical import canonical, fold
from index.text.tokens import bigrams, terms
from index.types import NearForm

# Words that ask or join and say nothing of the subject. Syllables that also carry meaning ("ban", "số", "nhiệm") are not here.
_FUNCTION_WORDS = frozenset(
    canonical(
        """
        là gì nào ai bao nhiêu mấy khi đâu sao vì tại thế còn những các của và có được cho trong với về từ đến theo
        tới thì mà bị bởi do ở trên dưới này đó ấy kia rằng hãy xin nêu biết hỏi như không chưa đã đang sẽ vào ra lại
        cũng một nhằm hay hoặc phải nhé ạ vậy rồi để cùng khác nữa chỉ gồm giờ ông bà đồng chí nói cần mình tôi em anh
        chứ chừng hẳn chăng lỡ chị ta họ nó giúp rõ hơn kể liệt diễn hiện nay bây việc người cụ thể thứ
        cái nghe sắp
        """
    ).split()
)
_HOW_LONG = frozenset({"lâu", "lau"})  # "bao lâu" asks; "lâu năm" tells
FOCUS_WEIGHT = 2.0
FOLDED_MATCH = 0.8  # worth of a term that agrees only without its diacritics, where the question was typed with them
FOLDED_MATCH_RESTORED = 0.97  # … where the diacritics of the question are our own guess
NEAR_MATCH = 0.65  # worth of a word that can stand for the asked one


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """Content terms in order, each once, with their weight; `folded_worth` is what a match without diacritics counts."""

    terms: tuple[str, ...]
    bigrams: tuple[tuple[str, str], ...]  # folded
    weights: Mapping[str, float]
    folded_worth: float
    equivalents: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    focus: tuple[str, ...] = ()
    near: tuple[NearForm, ...] = ()  # what may be said instead

    def focused(self) -> QuestionTerms:
        """Only the terms a follow-up newly asks."""
        return replace(self, terms=self.focus or self.terms)

    @property
    def total(self) -> float:
        return sum(self.weights[term] for term in self.terms) or 1.0


@lru_cache(maxsize=100_000)
def fold_term(term: str) -> str:
    """`fold`, remembered: the syllables of Vietnamese are some ten thousand, and each is met over and over."""
    return fold(term)


def content_terms(text: str) -> list[str]:
    """The terms of `text` without function words; all of them where nothing else is left."""
    found = terms(text)
    told = (term for before, term in pairwise(["", *found]) if not (before == "bao" and term in _HOW_LONG))
    return [term for term in told if term not in _FUNCTION_WORDS] or found


def count_terms(texts: Sequence[Sequence[str]]) -> Frequencies:
    """In how many of `texts` (each its terms in order) a term or a bigram stands: for an engine that does not tell."""
    single = Counter(term for text in texts for term in set(text))
    paired = Counter(pair for text in texts for pair in set(bigrams(text)))
    return Frequencies(len(texts), lambda term: single[term], lambda pair: paired[pair])


def weigh_terms(
    question: str,
    frequencies: Frequencies,
    *,
    restored: bool,
    equivalents: Sequence[tuple[str, str]] = (),
    focus: str = "",
    near: Sequence[NearForm] = (),
) -> QuestionTerms:
    """The terms of `question` with their inverse document frequencies.

    The terms of `focus` (what a follow-up newly asks) count `FOCUS_WEIGHT` times. `equivalents` are pairs of forms of one
    name ("BTV", "Ban Thường vụ"): whichever a text has, both count as covered. `near` are words that nearly count as the asked ones.
    """
    ordered = list(dict.fromkeys(content_terms(question)))
    stressed = set(content_terms(focus)) if focus else set()
    rarity = {term: inverse_frequency(frequencies.syllable(term), frequencies.chunks) for term in ordered}
    weights = {term: FOCUS_WEIGHT * value if term in stressed else value for term, value in rarity.items()}
    kept = set(ordered)
    found = terms(question)
    pairs = tuple(dict.fromkeys((fold_term(a), fold_term(b)) for a, b in pairwise(found) if a in kept and b in kept))
    worth = FOLDED_MATCH_RESTORED if restored else FOLDED_MATCH
    alike = tuple((frozenset(terms(a)), frozenset(terms(b))) for a, b in equivalents)
    focused = tuple(term for term in ordered if term in stressed)
    said = tuple(form for form in near if not kept.isdisjoint(form.words))
    return QuestionTerms(tuple(ordered), pairs, weights, worth, alike, focused, said)


def inverse_frequency(frequency: int, count: int) -> float:
    """ln(1 + (N − n + ½)/(n + ½)), Robertson and Spärck Jones, N at least 20."""
    total = max(count, frequency, 20)
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def coverage(question: QuestionTerms, text_terms: Iterable[str]) -> float:
    """Weighted share of the question's terms found in the text, 0 … 1."""
    worth = term_worths(question, text_terms)
    return sum(question.weights[term] * worth[term] for term in question.terms) / question.total


def term_worths(question: QuestionTerms, text_terms: Iterable[str]) -> dict[str, float]:
    """For every question term 1 where the text has it, less where only without diacritics, else 0."""
    told = text_terms if isinstance(text_terms, Collection) else tuple(text_terms)
    present = set(told)
    folded = {fold_term(term) for term in present}
    for one, other in question.equivalents:
        if one <= present or other <= present:
            present |= one | other
    worths = {term: 1.0 if term in present else question.folded_worth if fold_term(term) in folded else 0.0 for term in question.terms}
    for form in question.near:
        missing = [word for word in form.words if worths.get(word, 1.0) < NEAR_MATCH]
        if missing and _says_one(form.others, told, present):
            worths |= dict.fromkeys(missing, NEAR_MATCH)
    return worths


def _says_one(runs: Iterable[tuple[str, ...]], told: Iterable[str], present: frozenset[str] | set[str]) -> bool:
    """Whether one of `runs` stands in a text of the terms `told`, its words each beside the next where these are in order."""
    likely = [run for run in runs if present.issuperset(run)]
    if not isinstance(told, Sequence) or any(len(run) == 1 for run in likely):
        return bool(likely)
    return bool(likely) and _stands(likely, f" {' '.join(told)} ")


def _stands(runs: Iterable[tuple[str, ...]], text: str) -> bool:
    return any(f" {' '.join(run)} " in text for run in runs)


def coverage_rows(question: QuestionTerms, texts: Sequence[Iterable[str]]) -> np.ndarray:
    """float64 (texts, terms of the question): `term_worths` of each text, in the order of `question.terms`."""
    rows = [list(term_worths(question, text).values()) for text in texts]
    return np.array(rows, np.float64).reshape(len(texts), len(question.terms))


def bigram_coverage(question: QuestionTerms, text_terms: Sequence[str]) -> float:
    """Share of the question's neighbouring pairs that stand together in the text; 0 where it has none."""
    if not question.bigrams:
        return 0.0
    present = set(pairwise(map(fold_term, text_terms)))
    return sum(pair in present for pair in question.bigrams) / len(question.bigrams)
