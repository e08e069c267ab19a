"""Article text to safe HTML: escaping, highlighting and the reading panel; pure functions, no Gradio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from index.types import Article, Block, BlockKind, Metadata, Span
from ui import strings

_READER_BAR = (
    f'<div class="reader-bar"><span class="eyebrow">{strings.READING}</span>'
    f'<button type="button" class="icon-button" data-close title="{strings.CLOSE_HINT}" aria-label="{strings.CLOSE_HINT}">✕</button></div>'
)


def merge_spans(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of `spans` inside `[start, end)`, sorted, overlapping ones united."""
    merged: list[Span] = []
    for span in sorted(Span(max(s.start, start), min(s.end, end)) for s in spans):
        if span.start >= span.end:
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def marked(text: str, start: int, end: int, spans: Iterable[Span], css_class: str = "") -> str:
    """`text[start:end]` escaped, with the spans (offsets into `text`) inside `<mark>`: the only way article text reaches a page."""
    opening = f'<mark class="{css_class}">' if css_class else "<mark>"
    pieces, position = [], start
    for span in merge_spans(spans, start, end):
        pieces += [escape(text[position : span.start]), opening, escape(text[span.start : span.end]), "</mark>"]
        position = span.end
    return "".join([*pieces, escape(text[position:end])])


def origin(metadata: Metadata) -> str:
    """One line of where an article comes from: `27/12/2021 · Tỉnh uỷ · Quy định`; plain text, not HTML."""
    date = metadata.date.vietnamese if metadata.date else strings.UNKNOWN_DATE
    return " · ".join(part for part in (date, metadata.issuer, metadata.kind) if part)


def open_button(article_id: str, label: str, css_class: str, span: Span | None = None, title: str = "") -> str:
    """A button that opens an article in the reading panel; `label` is HTML already."""
    place = f' data-start="{span.start}" data-end="{span.end}"' if span else ""
    hint = f' title="{escape(title)}" aria-label="{escape(title)}"' if title else ""
    opens = f'data-do="open_article" data-article="{escape(article_id)}"{place}{hint}'
    return f'<button type="button" class="{css_class}" {opens}>{label}</button>'


def took(seconds: float) -> str:
    """0.084 → `0,08 giây`."""
    return "dưới 0,01 giây" if seconds < 0.01 else f"{seconds:.2f} giây".replace(".", ",")


def notice(sentence: str, kind: str = "note") -> str:
    """One sentence in a box; `kind` is `note`, `error` or `done`."""
    role = "alert" if kind == "error" else "status"
    return f'<p class="notice {kind}" role="{role}">{escape(sentence)}</p>'


def busy(sentence: str) -> str:
    """A spinner and what is being done."""
    return f'<p class="busy" role="status"><span class="spinner" aria-hidden="true"></span>{escape(sentence)}</p>'


def article_panel(article: Article, cited: Span | None = None) -> str:
    """The whole article for the reading panel, the cited span highlighted."""
    paragraphs = "".join(_paragraph(article, block, cited) for block in _shown_blocks(article, cited))
    return (
        f'<article class="reader" tabindex="-1" aria-label="{escape(article.metadata.title)}">'
        f"{_READER_BAR}<header>"
        f"<h2>{escape(article.metadata.title)}</h2>{_facts(article)}</header>"
        f'<div class="reader-body">{paragraphs}</div></article>'
    )


def panel_error(sentence: str) -> str:
    """A reading panel that holds only a sentence."""
    return f'<article class="reader" tabindex="-1">{_READER_BAR}{notice(sentence, "error")}</article>'


def _facts(article: Article) -> str:
    known = article.metadata
    facts = (
        (strings.PUBLISHED, known.published.vietnamese if known.published else None),
        (strings.EVENT, known.event.vietnamese if known.event else None),
        (strings.ISSUER, known.issuer),
        (strings.KIND, known.kind),
        (strings.PLACE, known.place),
        (strings.AUTHOR, known.author),
        (strings.ARTICLE_ID, article.id),
    )
    rows = [(name, escape(value)) for name, value in facts if value]
    if not known.date:
        rows.insert(0, (strings.PUBLISHED, strings.UNKNOWN_DATE))
    if known.supersedes:
        rows.append((strings.SUPERSEDES, open_button(known.supersedes, escape(known.supersedes), "link-button")))
    return '<dl class="facts">' + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows) + "</dl>"


def _shown_blocks(article: Article, cited: Span | None) -> Iterator[Block]:
    """Blocks in order, untyped stretches between them as body; the title is left to the heading unless it is what is cited."""
    position = 0
    for block in (*article.blocks, Block(BlockKind.BODY, len(article.text), len(article.text))):
        if article.text[position : block.start].strip():
            yield Block(BlockKind.BODY, position, block.start)
        is_cited = cited is not None and cited.start < block.end and cited.end > block.start
        if block.end > block.start and (block.kind is not BlockKind.TITLE or is_cited):
            yield block
        position = max(position, block.end)


def _paragraph(article: Article, block: Block, cited: Span | None) -> str:
    body = marked(article.text, block.start, block.end, [cited] if cited else [], "cited")
    tag = "h3" if block.kind is BlockKind.HEADING else "p"
    repeated = " repeated" if block.repeated else ""
    return f'<{tag} class="block {block.kind.value}{repeated}">{body.strip()}</{tag}>'
