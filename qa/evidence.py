"""Which sentences of the passages answer the question: candidates by block type, scored by what they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.text.sentences import split_sentences
from index.text.tokens import syllable_count, terms
from index.types import Article, Block, BlockKind, SearchEngine
from qa.short_answers import fits_type
from qa.terms import QuestionTerms, bigram_coverage, coverage, weigh_terms
from qa.types import AnswerType, Passage, Question

NOT_EVIDENCE = frozenset({BlockKind.BOILERPLATE, BlockKind.QUESTION, BlockKind.BYLINE})
MIN_SYLLABLES = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of the features in a sentence's score; set by hand on half of the questions (docs/decisions.md)."""

    coverage: float = 1.0
    bigrams: float = 0.6
    surroundings: float = 0.35
    answer_type: float = 0.35
    passage: float = 0.35
    caption: float = -0.5
    title: float = -0.15
    enumeration: float = -0.1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A candidate: a stretch `[start, end)` of an article, the block it stands in, and its terms."""

    passage: Passage
    article: Article
    block: Block
    start: int
    end: int
    terms: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A scored sentence. `coverage` counts its own terms; `support` those of its neighbours, its title and its date too."""

    sentence: Sentence
    score: float
    coverage: float
    support: float
    fits: float


def find_sentences(passages: Sequence[Passage], engine: SearchEngine) -> list[Sentence]:
    """The sentences that overlap a passage and may be evidence, each once, in the order of the passages."""
    seen: set[tuple[str, int]] = set()
    found: list[Sentence] = []
    for passage in passages:
        article = engine.article(passage.article_id)
        for sentence in _sentences_of(passage, article):
            if (article.id, sentence.start) not in seen and len(sentence.terms) >= MIN_SYLLABLES:
                seen.add((article.id, sentence.start))
                found.append(sentence)
    return found


def _sentences_of(passage: Passage, article: Article) -> Iterator[Sentence]:
    for block in article.blocks:
        if block.kind in NOT_EVIDENCE or block.repeated or block.end <= passage.start or block.start >= passage.end:
            continue
        for start, end in split_sentences(article.text, block.start, block.end):
            if start < passage.end and end > passage.start:
                yield Sentence(passage, article, block, start, end, tuple(terms(article.text[start:end])))


def score_sentences(question: Question, sentences: Sequence[Sentence], weights: Weights) -> tuple[list[Evidence], QuestionTerms]:
    """Every sentence as Evidence, best first, and the weighted question terms."""
    equivalents = [(e.typed, e.searched) for e in question.query.expansions if e.reason == "abbreviation"]
    asked = weigh_terms(question.standalone, [s.terms for s in sentences], restored=question.query.restored, equivalents=equivalents)
    top_score = max((s.passage.hit.score for s in sentences), default=1.0) or 1.0
    scored = [_score(question, asked, sentences, position, top_score, weights) for position in range(len(sentences))]
    return sorted(scored, key=lambda evidence: -evidence.score), asked


def _score(
    question: Question, asked: QuestionTerms, sentences: Sequence[Sentence], position: int, top_score: float, weights: Weights
) -> Evidence:
    sentence = sentences[position]
    own = coverage(asked, sentence.terms)
    support = coverage(asked, surrounding_terms(sentences, position))
    fits = fits_type(question, sentence.text)
    score = (
        weights.coverage * own
        + weights.bigrams * bigram_coverage(asked, sentence.terms)
        + weights.surroundings * support
        + weights.answer_type * fits
        + weights.passage * sentence.passage.hit.score / top_score
        + _block_bonus(question, sentence, weights)
    )
    return Evidence(sentence, score, own, support, fits)


def _block_bonus(question: Question, sentence: Sentence, weights: Weights) -> float:
    if sentence.block.kind is BlockKind.CAPTION:
        return weights.caption / 2 if question.answer_type in (AnswerType.PERSON, AnswerType.POST) else weights.caption
    if sentence.block.kind in (BlockKind.TITLE, BlockKind.HEADING):
        return weights.title
    return 0.0


def surrounding_terms(sentences: Sequence[Sentence], position: int) -> list[str]:
    """The terms of a sentence, its two neighbours in the same article, the article's title and the year of its date."""
    sentence = sentences[position]
    found = list(sentence.terms)
    for other in sentences[max(0, position - 1) : position] + list(sentences[position + 1 : position + 2]):
        if other.article.id == sentence.article.id:
            found += other.terms
    found += terms(sentence.article.metadata.title)
    for known in (sentence.article.metadata.place, sentence.article.metadata.issuer):
        found += terms(known) if known else []
    when = sentence.article.metadata.date
    return found + ([str(when.year)] if when else [])


def is_long(text: str, limit: int) -> bool:
    return syllable_count(text) > limit


def shorten(text: str, start: int, end: int, asked: QuestionTerms, keep: tuple[int, int] | None, limit: int) -> tuple[int, int]:
    """The part of a long sentence that says it: whole clauses (cut at ";") around `keep`, else the best covered one.

    Returns offsets into `text`; the sentence itself where it has at most `limit` syllables or no place to cut.
    """
    if not is_long(text[start:end], limit):
        return start, end
    cuts = [start, *(start + m.end() for m in re.finditer(r";\s+", text[start:end])), end]
    clauses = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip()]
    if len(clauses) < 2:
        return start, end
    if keep is not None:
        clause = next((c for c in clauses if c[0] <= keep[0] < c[1]), clauses[0])
    else:
        clause = max(clauses, key=lambda c: coverage(asked, terms(text[c[0] : c[1]])))
    return clause[0], clause[0] + len(text[clause[0] : clause[1]].rstrip(" ;\n"))
