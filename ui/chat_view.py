"""A conversation as HTML: questions, answers with numbered chips, sources, what to read when there is no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from index.text.canonical import canonical, fold
from index.types import Hit
from qa.types import Answer, Citation, Status
from ui import strings
from ui.examples import EXAMPLES
from ui.render import busy, notice, open_button, origin, took

_MARK = re.compile(r"\s*\[(\d{1,3})\]")
_ITEM = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it: an answer, or the sentence of an error; `literal` when searched exactly as typed."""

    question: str
    answer: Answer | None = None
    error: str = ""
    literal: bool = False


def conversation(exchanges: Sequence[Exchange]) -> str:
    """Every finished exchange; the welcome with its examples when there is none."""
    if not exchanges:
        return welcome()
    return "".join(_exchange(exchange, number) for number, exchange in enumerate(exchanges, start=1))


def welcome() -> str:
    """The first screen: what to type and five examples."""
    examples = "".join(
        f'<li><button type="button" data-do="ask" data-question="{escape(text)}">{escape(text)}</button></li>' for text in EXAMPLES
    )
    return (
        f'<section class="welcome"><h2>{strings.WELCOME}</h2><p>{strings.WELCOME_DETAIL}</p>'
        f'<h3>{strings.EXAMPLES_TITLE}</h3><ul class="examples">{examples}</ul></section>'
    )


def pending(question: str, text: str = "") -> str:
    """The exchange that is being answered: a spinner, then the text as it comes."""
    body = f'<div class="answer-text">{_paragraphs(text, ())}</div>{busy(strings.WRITING)}' if text else busy(strings.THINKING)
    return f'<div class="exchange pending">{_question(question)}<div class="answered">{body}</div></div>'


def _exchange(exchange: Exchange, number: int) -> str:
    body = _answer(exchange.answer, number, exchange.literal) if exchange.answer else notice(exchange.error, "error")
    return f'<div class="exchange">{_question(exchange.question)}<div class="answered" aria-label="{strings.THE_ANSWER}">{body}</div></div>'


def _question(text: str) -> str:
    return f'<div class="asked" aria-label="{strings.YOUR_QUESTION}"><p>{escape(text)}</p></div>'


def _answer(answer: Answer, number: int, literal: bool) -> str:
    declined = answer.status is not Status.ANSWERED
    parts = [
        _understood(answer, number, literal),
        notice(answer.notice) if answer.notice else "",
        f'<div class="answer-text">{_paragraphs(_own_words(answer), answer.citations)}</div>',
        _nearest(answer.nearest) if declined else "",
        _sources(answer.citations),
        _foot(answer),
    ]
    return "".join(parts)


def _own_words(answer: Answer) -> str:
    """The answer's text; of a decline without the line that lists the nearest articles, which stand below as buttons."""
    if not answer.nearest:
        return answer.text
    return "\n".join(line for line in answer.text.split("\n") if not all(hit.metadata.title in line for hit in answer.nearest))


def _understood(answer: Answer, number: int, literal: bool) -> str:
    """What the question was taken to mean, when that is not what was typed, and the way back to the typed words."""
    if literal:
        return f'<p class="understood">{strings.SEARCHED_LITERALLY}</p>'
    asked = answer.question
    if canonical(asked.standalone) == canonical(asked.text):
        return ""
    restored = asked.query.restored or (
        fold(asked.text) in fold(asked.standalone) and canonical(asked.text) not in canonical(asked.standalone)
    )
    undo = f'<button type="button" class="link-button" data-do="ask_literally" data-number="{number}">{strings.LITERAL}</button>'
    return f'<p class="understood">{strings.UNDERSTOOD} <em>{escape(asked.standalone)}</em> {undo if restored else ""}</p>'


def _paragraphs(text: str, citations: Sequence[Citation]) -> str:
    """Plain text to paragraphs and list items, `[n]` to chips; nothing in it is taken as Markdown or HTML."""
    waiting = {number: [c for c in citations if c.number == number] for number in {c.number for c in citations}}
    lines = [line for line in text.split("\n") if line.strip()]
    kinds = [_kind(line, first=not n and len(lines) > 1) for n, line in enumerate(lines)]
    return "".join(f'<p class="{kind}">{_with_chips(line, waiting)}</p>' for kind, line in zip(kinds, lines, strict=True))


def _kind(line: str, *, first: bool) -> str:
    """The answer itself on the first line; what only says whose or what the lines below it are ("Hướng dẫn 38:") is told apart alike."""
    if not _MARK.search(line):
        return "label" if line.rstrip().endswith(":") else "headline" if first else "item" if _ITEM.match(line) else "plain"
    return "item" if _ITEM.match(line) else "plain"


def _with_chips(line: str, waiting: dict[int, list[Citation]]) -> str:
    """The k-th `[n]` of the answer opens the k-th citation numbered n; when they run out, the last."""
    pieces, position = [], 0
    for mark in _MARK.finditer(line):
        cited = waiting.get(int(mark[1]))
        if not cited:
            continue
        citation = cited.pop(0) if len(cited) > 1 else cited[0]
        before, space, word = line[position : mark.start()].rpartition(" ")  # a chip never starts a line: it stays with its word
        pieces += [escape(before + space), '<span class="stay">', escape(word), "&nbsp;", _chip(citation), "</span>"]
        position = mark.end()
    return "".join([*pieces, escape(line[position:])])


def _chip(citation: Citation) -> str:
    title = f"Nguồn {citation.number}: {citation.title}"
    return open_button(citation.article_id, str(citation.number), "chip", citation.span, title)


def _sources(citations: Sequence[Citation]) -> str:
    """One line a source, in the order of their numbers."""
    if not citations:
        return ""
    first = {c.number: c for c in reversed(citations)}
    lines = "".join(f"<li>{_source(first[number])}</li>" for number in sorted(first))
    return f'<div class="sources"><h3>{strings.SOURCES}</h3><ol>{lines}</ol></div>'


def _source(citation: Citation) -> str:
    where = " · ".join(part for part in (_vietnamese_date(citation.date), citation.issuer) if part)
    label = f'<span class="number">{citation.number}</span><span><b>{escape(citation.title)}</b><small>{escape(where)}</small></span>'
    return open_button(citation.article_id, label, "source", citation.span)


def _vietnamese_date(date: str | None) -> str:
    """`2021-12-27` → `27/12/2021`."""
    return "/".join(reversed(date.split("-"))) if date else strings.UNKNOWN_DATE


def _nearest(hits: Sequence[Hit]) -> str:
    """Up to three articles worth opening when the answer is declined."""
    if not hits:
        return ""
    heading = strings.NEAREST if len(hits) >= 3 else strings.NEAREST_FEWER
    lines = "".join(
        "<li>"
        + open_button(
            hit.article_id,
            f"<span><b>{escape(hit.metadata.title)}</b><small>{escape(origin(hit.metadata))}</small></span>",
            "source",
            hit.highlights[0] if hit.highlights else None,
        )
        + "</li>"
        for hit in hits[:3]
    )
    return f'<div class="sources nearest"><h3>{heading}</h3><ol>{lines}</ol></div>'


def _foot(answer: Answer) -> str:
    how = "" if answer.status is not Status.ANSWERED else strings.GENERATED if answer.generated else strings.EXTRACTED
    copy = f'<button type="button" class="link-button" data-copy="{escape(plain_text(answer))}" data-copied="{strings.COPIED}">'
    copy += f"{strings.COPY}</button>"
    return f'<p class="foot"><span>{how}</span><span>{took(answer.seconds)}</span>{copy}</p>'


def plain_text(answer: Answer) -> str:
    """The answer as it is copied: question, text, one line a source."""
    first = {c.number: c for c in reversed(answer.citations)}
    sources = [
        f"[{number}] {first[number].title} ({', '.join(p for p in (_vietnamese_date(first[number].date), first[number].issuer) if p)})"
        for number in sorted(first)
    ]
    return "\n".join([answer.question.text, "", answer.text, *(["", f"{strings.SOURCES}:", *sources] if sources else [])])
