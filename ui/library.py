"""The tab *Kho tài liệu*: what is indexed, adding files, removing an article."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index.intake import Progress
from index.types import Filters
from ui import strings
from ui.backend import Added, Library
from ui.guard import sentence
from ui.library_view import holdings_cards, row_table, skipped_list, upload_outcome, upload_progress
from ui.parts import IN_ORDER, QUIET, own_html
from ui.render import busy, notice

# What the file dialog offers; anything else is refused with a sentence of ours.
SUFFIXES = ".txt,.md,.html,.htm,.docx,.pdf,.jsonl"
_JS_ACCEPT = f"document.querySelector('#upload-row input[type=file]').accept = '{SUFFIXES}';"
_JS_OUTCOME = "watch('value', () => document.body.classList.remove('sending'));"


def overview(library: Library, typed: str | None = "") -> tuple[str, str, str]:
    """Counts, skipped files and table as HTML; an error as its sentence in the place of the table."""
    try:
        holdings = library.holdings()
        return holdings_cards(holdings), skipped_list(holdings.skipped), row_table(library.listing(Filters()), typed or "")
    except Exception as error:
        return "", "", notice(sentence(error), "error")


def add_steps(library: Library, files: Sequence[Path]) -> Iterator[str]:
    """Progress while the files are read in another thread, then what became of them, all as HTML."""
    news: queue.Queue[Progress | Added | Exception] = queue.Queue()

    def work() -> None:
        try:
            news.put(library.add(files, news.put))
        except Exception as error:
            news.put(error)

    yield upload_progress(Progress("read", 0, 0, 0))
    threading.Thread(target=work, name="upload", daemon=True).start()
    while isinstance(last := news.get(), Progress):
        if news.empty():  # a page that lags behind needs only the newest
            yield upload_progress(last)
    yield upload_outcome(last) if isinstance(last, Added) else notice(sentence(last), "error")


def remove(library: Library, article_id: str) -> str:
    """Removes an article; what to tell the user."""
    try:
        library.remove(article_id)
    except Exception as error:
        return notice(sentence(error), "error")
    return notice(f"Đã xóa khỏi kho: {article_id}", "done")


def build_library(library: Library, arrivals: Sequence[Any]) -> gr.HTML:
    """Lays the tab out, filled anew on every event of `arrivals`; gives the table, with its `open_article` event."""
    cards = own_html("", "holdings")
    with gr.Row(elem_id="upload-row"):
        upload = gr.UploadButton(strings.UPLOAD, file_count="multiple", variant="primary", scale=0, elem_id="upload")
        hint = f'<p class="quiet">{strings.UPLOAD_HINT}</p><p class="busy sending-note">{strings.UPLOAD_SENDING}</p>'
        own_html(hint, "upload-hint", _JS_ACCEPT)
    outcome = own_html("", "upload-outcome", _JS_OUTCOME)
    skipped = own_html("", "skipped")
    with gr.Row(elem_id="library-filter-row"):
        box = gr.Textbox(
            label=strings.LIBRARY_FILTER, placeholder=strings.LIBRARY_FILTER_PLACEHOLDER, max_lines=1, scale=1, elem_id="library-filter"
        )
        refresh = gr.Button(strings.REFRESH, scale=0, min_width=110, elem_id="refresh")
    table = own_html("", "library-table", events=("open_article", "remove"))

    def uploaded(files: list[str] | None) -> Iterator[str]:
        if files:
            yield from add_steps(library, [Path(file) for file in files])

    def removed(event: gr.EventData) -> Iterator[str]:
        yield busy(strings.REMOVING)
        yield remove(library, str(event.article))

    def fill(typed: str | None) -> tuple[str, str, str]:
        return overview(library, typed)

    shown = [cards, skipped, table]
    changes: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "library-change", **QUIET}
    # Filling again is a step of its own: it must see what stands in the filter box then, not when the change began.
    upload.upload(uploaded, upload, outcome, **changes).then(fill, box, shown, **QUIET)
    table.remove(removed, None, outcome, **changes).then(fill, box, shown, **QUIET)
    gr.on([*arrivals, refresh.click, box.change], fill, box, shown, **IN_ORDER)
    return table
