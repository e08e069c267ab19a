"""The library as HTML: what is indexed, the table of articles, what an upload came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import PurePosixPath

from index.intake import Progress
from index.text.canonical import fold
from index.types import IndexSummary, ListedArticle, Skipped
from ui import strings
from ui.backend import Added
from ui.render import notice, open_button

ROWS_SHOWN = 100


def number(count: int) -> str:
    """12345 → `12.345`, as Vietnamese writes it."""
    return f"{count:,}".replace(",", ".")


def holdings_cards(held: IndexSummary) -> str:
    """How much is indexed and since when, and what the chosen models make worse."""
    cards = (
        (number(held.articles), "bài trong kho"),
        (number(held.chunks), "đoạn tìm được"),
        (local_time(held.finished) or strings.NEVER_INGESTED, "lần nạp gần nhất"),
    )
    shown = "".join(f"<div><b>{escape(value)}</b><span>{name}</span></div>" for value, name in cards)
    return f'<div class="cards">{shown}</div>' + (notice(held.notice) if held.notice else "")


def local_time(moment: datetime | None) -> str:
    """`22/11/2026 09:15` in the time of this machine; empty for None."""
    return f"{moment.astimezone():%d/%m/%Y %H:%M}" if moment else ""


def skipped_list(skipped: Sequence[Skipped]) -> str:
    """Files the last ingest left out, each with its reason."""
    if not skipped:
        return f'<p class="quiet">{strings.NONE_SKIPPED}</p>'
    lines = "".join(map(_skipped_line, skipped))
    return f'<details class="skipped" open><summary>{strings.SKIPPED_TITLE} ({len(skipped)})</summary><ul>{lines}</ul></details>'


def _skipped_line(file: Skipped) -> str:
    """The reason, after the file's path where the reason does not name it."""
    name = "" if PurePosixPath(file.path).name in file.reason else f"<b>{escape(file.path)}</b> "
    return f"<li>{name}{escape(file.reason)}</li>"


def matching(rows: Sequence[ListedArticle], typed: str) -> list[ListedArticle]:
    """The rows of which title, issuer, kind or folder hold every typed word, with or without diacritics."""
    words = fold(typed).split()
    return [row for row in rows if all(word in _folded(row) for word in words)]


def _folded(row: ListedArticle) -> str:
    known = row.metadata
    return fold(" ".join(part for part in (known.title, known.issuer, known.kind, row.folder, row.article_id) if part))


def row_table(rows: Sequence[ListedArticle], typed: str = "", shown: int = ROWS_SHOWN) -> str:
    """The table of articles; at most `shown` of those that match what is typed in the filter box."""
    if not rows:
        return notice(strings.LIBRARY_EMPTY)
    found = matching(rows, typed)
    if not found:
        return notice(strings.LIBRARY_NO_MATCH)
    more = f" · hiện {shown} bài đầu, gõ vào ô lọc để thu hẹp" if len(found) > shown else ""
    heads = "".join(f"<th scope=col>{name}</th>" for name in ("Tiêu đề", "Ngày", "Cơ quan", "Loại", "Thư mục", ""))
    body = "".join(_row(row) for row in found[:shown])
    table = f'<table class="rows"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    return f'<p class="count">{number(len(found))} bài{more}</p>{table}'


def _row(row: ListedArticle) -> str:
    known = row.metadata
    title = open_button(row.article_id, escape(known.title), "row-title")
    cells = (
        ("Ngày", known.date.vietnamese if known.date else "–"),
        ("Cơ quan", known.issuer or "–"),
        ("Loại", known.kind or "–"),
        ("Thư mục", row.folder or "–"),
    )
    rest = "".join(f'<td data-label="{label}">{escape(value)}</td>' for label, value in cells)
    return f"<tr><td>{title}</td>{rest}<td>{_remove_button(row)}</td></tr>"


def _remove_button(row: ListedArticle) -> str:
    name = escape(row.metadata.title)
    ask = f'data-confirm="{strings.REMOVE_QUESTION}" data-agree="{strings.REMOVE_CONFIRM}" data-keep="{strings.REMOVE_CANCEL}"'
    return (
        f'<button type="button" class="link-button remove" data-do="remove" data-article="{escape(row.article_id)}" data-name="{name}"'
        f' {ask} aria-label="{strings.REMOVE}: {name}">{strings.REMOVE}</button>'
    )


def upload_outcome(added: Added) -> str:
    """What became of an upload, in sentences."""
    parts = []
    if added.titles:
        titles = "".join(f"<li>{escape(title)}</li>" for title in added.titles[:20])
        rest = f"<li>và {number(len(added.titles) - 20)} bài khác</li>" if len(added.titles) > 20 else ""
        heading = f"Đã nạp {number(len(added.titles))} bài, tìm được ngay:"
        parts.append(f'<div class="notice done" role="status"><p>{heading}</p><ul>{titles}{rest}</ul></div>')
    if added.skipped:
        lines = "".join(map(_skipped_line, added.skipped))
        parts.append(
            f'<div class="notice error" role="alert"><p>Không đọc được {number(len(added.skipped))} tệp:</p><ul>{lines}</ul></div>'
        )
    return "".join(parts) or notice("Không có tệp mới: các tệp này đã có trong kho và không đổi.")


def upload_progress(progress: Progress) -> str:
    """How far the reading or the indexing is."""
    stage = strings.UPLOAD_INDEXING if progress.stage == "index" else strings.UPLOAD_READING
    share = f'<progress max="{progress.total}" value="{progress.done}"></progress>' if progress.total else ""
    return f'<div class="busy" role="status"><span class="spinner" aria-hidden="true"></span>{stage}{share}</div>'
