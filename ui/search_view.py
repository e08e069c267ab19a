"""Search hits as HTML: title, origin, snippet with the words found, and why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index.types import Explanation, Hit, ListedArticle, Metadata, Query, Span
from ui import strings
from ui.render import marked, notice, open_button, origin, took

SNIPPET_CHARACTERS = 360
_REASONS = {"abbreviation": "Viết tắt", "diacritics": "Thêm dấu", "spelling": "Sửa chính tả", "synonym": "Cách gọi trong văn bản"}


def hit_list(hits: Sequence[Hit], query: Query, seconds: float) -> str:
    """The whole list of a search, or the sentence that nothing was found."""
    if not hits:
        return searched_as(query) + notice(strings.NO_HITS)
    heading = f'<p class="count" role="status">{len(hits)} kết quả · {took(seconds)}</p>'
    return f"{searched_as(query)}{heading}<ol class=hits>{''.join(_hit(hit, n) for n, hit in enumerate(hits, 1))}</ol>"


def row_list(rows: Sequence[ListedArticle], shown: int) -> str:
    """What the filters alone select, newest first, when nothing is typed."""
    if not rows:
        return notice(strings.NO_HITS)
    count = f"{len(rows)} bài hợp với bộ lọc" + (f", hiện {shown} bài mới nhất" if len(rows) > shown else "")
    lines = "".join(f"<li>{_heading(row.article_id, row.metadata, n, None)}</li>" for n, row in enumerate(rows[:shown], 1))
    return f'<p class="count" role="status">{count}</p><ol class=hits>{lines}</ol>'


def list_tools(csv_address: str, *, more: bool) -> str:
    """What can be done with a list: show more of it, take it away as CSV."""
    if not csv_address:
        return ""
    longer = f'<button type="button" class="button" data-do="more">{strings.MORE}</button>' if more else ""
    export = f'<a class="button" id="export" href="{escape(csv_address)}" download>{strings.EXPORT}</a>'
    return f'<p class="list-tools">{longer}{export}</p>'


def searched_as(query: Query) -> str:
    """What is searched besides the typed words; restored diacritics can be undone."""
    if not query.expansions:
        return ""
    undo = f'<button type="button" class="link-button" data-do="search_literally">{strings.LITERAL}</button>' if query.restored else ""
    return f'<p class="understood">{strings.SEARCHED_AS} <em>{escape(query.text)}</em> {undo}</p>'


def snippet(hit: Hit, width: int = SNIPPET_CHARACTERS) -> str:
    """About `width` characters of the chunk around its first highlight, cut at spaces, the words found marked."""
    text, shift = hit.chunk.text, hit.chunk.start
    spans = [Span(max(0, s.start - shift), s.end - shift) for s in hit.highlights if s.end > shift and s.start < hit.chunk.end]
    start, end = _window(text, spans[0].start if spans else 0, width)
    return f"{'… ' if start else ''}{marked(text, start, end, spans)}{' …' if end < len(text) else ''}"


def _window(text: str, focus: int, width: int) -> tuple[int, int]:
    if len(text) <= width:
        return 0, len(text)
    start = max(0, min(focus - width // 3, len(text) - width))
    end = min(len(text), start + width)
    if start:
        start = text.find(" ", start, focus) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", focus, end), focus + 1) if text.rfind(" ", focus, end) > 0 else end
    return start, end


def explanation_line(found: Explanation) -> str:
    """Why a hit was found, as one line of plain text."""
    parts = []
    if found.references:
        parts.append(f"Đúng số hiệu: {', '.join(found.references)}")
    if found.phrases:
        parts.append("Đúng cụm từ: " + ", ".join(f"“{phrase}”" for phrase in found.phrases))
    if found.words:
        parts.append(f"Khớp từ: {', '.join(found.words)}")
    for reason, name in _REASONS.items():
        added = [f"{e.typed} → {e.searched}" for e in found.expansions if e.reason == reason]
        if added:
            parts.append(f"{name}: {', '.join(added)}")
    ranks = [f"{name} thứ {rank}" for name, rank in (("theo từ", found.lexical_rank), ("theo nghĩa", found.dense_rank)) if rank is not None]
    if ranks:
        parts.append(f"Xếp hạng {', '.join(ranks)}")
    return " · ".join(parts)


def _hit(hit: Hit, number: int) -> str:
    same = f'<p class="why">{len(hit.duplicates)} bài gần như giống hệt đã được gộp vào đây.</p>' if hit.duplicates else ""
    focus = hit.highlights[0] if hit.highlights else Span(hit.chunk.start, hit.chunk.end)
    return (
        f"<li>{_heading(hit.article_id, hit.metadata, number, focus)}"
        f'<p class="snippet">{snippet(hit)}</p><p class="why">{escape(explanation_line(hit.explanation))}</p>{same}</li>'
    )


def _heading(article_id: str, metadata: Metadata, number: int, focus: Span | None) -> str:
    title = open_button(article_id, escape(metadata.title), "hit-title", focus)
    return f'<h3><span class="number">{number}</span>{title}</h3><p class="origin">{escape(origin(metadata))}</p>'
