"""Which sentences of the passages answer the question: candidates by block type, scored by what they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.text.canonical import canonical
from index.text.references import reference_matches
from index.text.sentences import split_sentences
from index.text.tokens import terms
from index.types import Article, Block, BlockKind, SearchEngine
from qa.answer_fit import fits_type, label_fits
from qa.terms import QuestionTerms, bigram_coverage, coverage, weigh_terms
from qa.types import Passage, Question

NOT_EVIDENCE = frozenset({BlockKind.TITLE, BlockKind.BOILERPLATE, BlockKind.QUESTION, BlockKind.BYLINE})
MIN_SYLLABLES = 3
MARGIN = 300  # characters read on each side of a passage: the answer may stand in the next sentence
LONG_SYLLABLES = 60
_NOW = re.compile(r"\b(?:hiện hành|hiện nay|hiện tại|mới nhất|bây giờ|đang áp dụng|còn hiệu lực)\b")


class Features(NamedTuple):
    """What speaks for a sentence; with floats as weights it is the scoring function too (a dot product)."""

    own: float  # idf-weighted share of the question's terms in the sentence
    bigrams: float  # … of its neighbouring pairs
    support: float  # … in the sentence, its neighbours, the heading above and the article's title, place, issuer, year
    title: float  # … in the title alone
    fits: float  # an answer of the asked kind stands in it
    fits_supported: float  # … and the surroundings are covered
    passage: float  # score of the passage, the best one = 1
    focus: float  # share of what a follow-up newly asks; 0 for a question that stands alone
    above: float  # … in the interviewer's question or heading right above, for the first sentences below it
    recent: float  # 1 in the newest article, where the question asks for what holds now
    label: float  # the line is labelled as what is asked: "Cơ quan ban hành: …"
    reference: float  # the document asked about: 1 in the sentence, ½ in the title, 0 nowhere in the article
    caption: float
    heading: float
    long: float


WEIGHTS = Features(
    own=1.0,
    bigrams=0.7,
    support=0.9,
    title=0.5,
    fits=0.2,
    fits_supported=0.8,
    passage=2.0,
    focus=1.5,
    above=1.0,
    recent=0.8,
    label=1.2,
    reference=0.3,
    caption=-1.0,
    heading=-1.0,
    long=-0.1,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A candidate: a stretch `[start, end)` of an article, the block it stands in, its terms and those of the heading above."""

    passage: Passage
    article: Article
    block: Block
    start: int
    end: int
    terms: tuple[str, ...]
    heading: tuple[str, ...]
    nearness: float = 0.0  # 1 for the first sentence below the heading, ½ for the second, …

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A scored sentence."""

    sentence: Sentence
    features: Features
    score: float


def find_sentences(passages: Sequence[Passage], engine: SearchEngine) -> list[Sentence]:
    """The sentences in and around the passages that may be evidence, each once, in the order of the passages."""
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
    """An interviewer's question and a heading are no evidence, but say what the paragraphs below them are about."""
    heading: tuple[str, ...] = ()
    below = 0
    first, last = passage.start - MARGIN, passage.end + MARGIN
    for block in article.blocks:
        if block.kind in (BlockKind.QUESTION, BlockKind.HEADING) and block.start < last:
            heading, below = tuple(terms(article.text[block.start : block.end])), 0
        if block.kind in NOT_EVIDENCE or block.repeated or block.end <= first or block.start >= last:
            continue
        for start, end in split_sentences(article.text, block.start, block.end):
            below += 1
            if start < last and end > first:
                yield Sentence(passage, article, block, start, end, tuple(terms(article.text[start:end])), heading, 1 / below)


def score_sentences(question: Question, sentences: Sequence[Sentence], weights: Features = WEIGHTS) -> tuple[list[Evidence], QuestionTerms]:
    """Every sentence as Evidence, best first, and the weighted question terms."""
    equivalents = [(e.typed, e.searched) for e in question.query.expansions if e.reason == "abbreviation"]
    newly_asked = question.own_text if question.carried else ""
    asked = weigh_terms(
        question.standalone, [s.terms for s in sentences], restored=question.query.restored, equivalents=equivalents, focus=newly_asked
    )
    top_score = max((s.passage.hit.score for s in sentences), default=1.0) or 1.0
    titles = {
        article_id: coverage(asked, terms(title))
        for article_id, title in {s.article.id: s.article.metadata.title for s in sentences}.items()
    }
    newest = _newest(question, sentences)
    scored = []
    for position, sentence in enumerate(sentences):
        features = _features(question, asked, sentences, position, titles[sentence.article.id], top_score, newest)
        scored.append(Evidence(sentence, features, sum(a * b for a, b in zip(features, weights, strict=True))))
    return sorted(scored, key=lambda evidence: -evidence.score), asked


def _newest(question: Question, sentences: Sequence[Sentence]) -> str:
    """The latest date among the articles, where the question asks for what holds now; else empty."""
    if not _NOW.search(canonical(question.standalone)):
        return ""
    return max((str(s.article.metadata.date) for s in sentences if s.article.metadata.date), default="")


def _features(
    question: Question, asked: QuestionTerms, sentences: Sequence[Sentence], position: int, title: float, top_score: float, newest: str
) -> Features:
    sentence = sentences[position]
    kind = sentence.block.kind
    support = coverage(asked, surrounding_terms(sentences, position))
    when = sentence.article.metadata.date
    fits = fits_type(question, sentence.text, when.year if when else None)
    return Features(
        own=coverage(asked, sentence.terms),
        bigrams=bigram_coverage(asked, sentence.terms),
        support=support,
        title=title,
        fits=fits,
        fits_supported=fits * support,
        passage=sentence.passage.hit.score / top_score,
        focus=coverage(asked.focused(), sentence.terms) if question.carried else 0.0,
        above=coverage(asked, sentence.heading) * sentence.nearness if sentence.heading else 0.0,
        recent=float(bool(newest) and str(when) == newest),
        label=label_fits(question, sentence.text),
        reference=_reference_match(question, sentence),
        caption=float(kind is BlockKind.CAPTION),
        heading=float(kind is BlockKind.HEADING),
        long=float(len(sentence.terms) > LONG_SYLLABLES),
    )


def surrounding_terms(sentences: Sequence[Sentence], position: int) -> list[str]:
    """The terms of a sentence, its two neighbours in the same article, the heading above, the article's title, place, issuer and year."""
    sentence = sentences[position]
    found = [*sentence.terms, *sentence.heading]
    for other in (*sentences[max(0, position - 1) : position], *sentences[position + 1 : position + 2]):
        if other.article.id == sentence.article.id:
            found += other.terms
    metadata = sentence.article.metadata
    for known in (metadata.title, metadata.place, metadata.issuer):
        found += terms(known) if known else []
    return found + ([str(metadata.date.year)] if metadata.date else [])


def _reference_match(question: Question, sentence: Sentence) -> float:
    patterns = question.query.references
    if not patterns:
        return 0.0
    article = sentence.article
    spans = [r for r in article.references if any(reference_matches(pattern, r.number) for pattern in patterns)]
    if any(sentence.start <= r.start < sentence.end for r in spans):
        return 1.0
    return 0.5 if any(r.number.casefold() in article.metadata.title.casefold() for r in spans) else 0.0
