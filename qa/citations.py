"""Which span supports which sentence of a written answer, and what is unsupported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.canonical import canonical
from index.text.sentences import split_sentences
from index.text.tokens import terms
from index.types import Article, SearchEngine, Span
from qa.mentions import find_persons
from qa.terms import QuestionTerms, bigram_coverage, count_terms, coverage, weigh_terms
from qa.types import Citation, Passage

MARK = re.compile(r"\s?\[(\d{1,2})\]")
_MARKS_AT_END = re.compile(r"((?:\s?\[\d{1,2}\])+)([.!?…]?)\s*$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"“([^“”]+)”")
MIN_SUPPORT = 0.5  # idf-weighted share of a sentence's words that its span must hold
UNSUPPORTED_MARK = "(chưa thấy căn cứ trong nguồn)"


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A written answer after checking: `unsupported` are the sentences no passage bears out, marked in `text` too."""

    text: str
    citations: tuple[Citation, ...]
    unsupported: tuple[str, ...]


def make_citation(number: int, article: Article, span: Span) -> Citation:
    """The citation of `article.text[span]`; every quotation of the product is made here, from the stored text."""
    metadata = article.metadata
    date = str(metadata.date) if metadata.date else None
    return Citation(number, article.id, metadata.title, date, metadata.issuer, article.text[span.start : span.end], *span)


def check_citations(text: str, passages: Sequence[Passage], engine: SearchEngine) -> CheckedText:
    """Find for every sentence the span of the passage it names, or of another; mark the sentences without any.

    The i-th mark of the returned text belongs to the i-th citation. Marks naming no passage are dropped.
    """
    lines, citations, unsupported = [], [], []
    for line in text.strip().splitlines():
        checked = [_check_sentence(piece, passages, engine) for piece in _pieces(line)]
        lines.append(" ".join(piece for piece, _ in checked))
        citations += [citation for _, found in checked for citation in found]
        unsupported += [piece for piece, found in checked if not found and piece.endswith(UNSUPPORTED_MARK)]
    return CheckedText("\n".join(lines), tuple(citations), tuple(unsupported))


def _pieces(line: str) -> list[str]:
    """The sentences of a line, each with the marks that follow it ("… năm 2021. [1]" is one piece)."""
    pieces: list[str] = []
    for start, end in split_sentences(line):
        piece = line[start:end]
        leading = re.match(r"(?:\[\d{1,2}\]\s*)+", piece)
        if leading and pieces:
            pieces[-1] += " " + leading[0].strip()
            piece = piece[leading.end() :].strip()
        if piece:
            pieces.append(piece)
    return pieces


def _check_sentence(piece: str, passages: Sequence[Passage], engine: SearchEngine) -> tuple[str, list[Citation]]:
    bare = MARK.sub("", piece).strip()
    if len(terms(bare)) < 3 or bare.endswith(":"):
        return bare, []
    named = [int(number) for number in MARK.findall(piece)]
    chosen = [p for p in passages if p.number in named]
    found = [citation for p in chosen if (citation := find_support(bare, p, engine.article(p.article_id)))]
    if not found:
        found = [citation for p in passages if p not in chosen and (citation := find_support(bare, p, engine.article(p.article_id)))][:1]
    bare = _plain_false_quotes(bare, passages)
    if not found:
        return f"{bare} {UNSUPPORTED_MARK}", []
    return f"{bare} {''.join(f'[{citation.number}]' for citation in found)}", found


def find_support(sentence: str, passage: Passage, article: Article) -> Citation | None:
    """The sentence of the passage that bears out `sentence` best; None where too few words, or a number or name, agree."""
    spans = split_sentences(article.text, passage.start, passage.end)
    texts = [terms(article.text[span.start : span.end]) for span in spans]
    if not texts or not _names_agree(sentence, article, passage):
        return None
    wanted = weigh_terms(sentence, count_terms(texts), restored=False)
    best = max(range(len(spans)), key=lambda i: _agreement(wanted, texts[i]))
    pair = [*texts[best], *(texts[best + 1] if best + 1 < len(texts) else [])]
    if max(coverage(wanted, texts[best]), 0.9 * coverage(wanted, pair)) < MIN_SUPPORT:
        return None
    return make_citation(passage.number, article, spans[best])


def _agreement(wanted: QuestionTerms, found: list[str]) -> float:
    return coverage(wanted, found) + 0.5 * bigram_coverage(wanted, found)


def _names_agree(sentence: str, article: Article, passage: Passage) -> bool:
    """Every number and every person of the sentence stands in the passage, the title or the date of its article."""
    metadata = article.metadata
    around = canonical(f"{metadata.title} {metadata.date.vietnamese if metadata.date else ''} {article.text[passage.start : passage.end]}")
    numbers = {number.lstrip("0") or "0" for number in _NUMBER.findall(around)}
    if any((number.lstrip("0") or "0") not in numbers for number in _NUMBER.findall(sentence)):
        return False
    return all(canonical(person.text) in around for person in find_persons(sentence))


def _plain_false_quotes(sentence: str, passages: Sequence[Passage]) -> str:
    """Curly quotation marks promise the exact words of a source; where no passage has them, plain marks take their place."""

    def checked(match: re.Match[str]) -> str:
        return match[0] if any(match[1] in passage.text for passage in passages) else f'"{match[1]}"'

    return _QUOTED.sub(checked, sentence)
