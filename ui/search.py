"""The tab *Tìm kiếm*: a box, filters, explained hits, and the list as a CSV file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from index.types import Facets, Filters, Hit
from ui import strings
from ui.backend import Backend
from ui.fields import make_filters
from ui.guard import sentence
from ui.parts import IN_ORDER, QUIET, own_html
from ui.render import busy, notice
from ui.search_view import hit_list, list_tools, row_list

PAGE = 20
MAX_HITS = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the search, as the fields have it; also the query string of the CSV."""

    typed: str = ""
    date_from: str = ""
    date_to: str = ""
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    restore: bool = True
    limit: int = PAGE

    def filters(self) -> Filters:
        return make_filters(self.date_from, self.date_to, self.kinds, self.issuers, self.folders)

    def csv_address(self) -> str:
        """Where the same list is served as CSV."""
        fields = [
            ("q", self.typed),
            ("tu", self.date_from),
            ("den", self.date_to),
            ("n", str(self.limit)),
            ("go", "" if self.restore else "1"),
        ]
        fields += [("loai", kind) for kind in self.kinds] + [("cq", issuer) for issuer in self.issuers]
        fields += [("thumuc", folder) for folder in self.folders]
        return "danh-sach.csv?" + urlencode([(name, value) for name, value in fields if value])


def find_hits(backend: Backend, request: Request) -> list[Hit]:
    """The hits of a request with typed words; the export and the page take this same way."""
    query = backend.answering.understand(request.typed, request.filters(), restore=request.restore)
    return backend.answering.search(query, min(request.limit, MAX_HITS))


def results(backend: Backend, request: Request) -> str:
    """The results of a request as HTML; every error as its sentence."""
    try:
        if request.typed.strip():
            return _hits(backend, request)
        if request.filters().empty:
            return f'<p class="quiet">{strings.SEARCH_START}</p>'
        rows = backend.library.listing(request.filters())
        return row_list(rows, request.limit) + list_tools(request.csv_address() if rows else "", more=len(rows) > request.limit)
    except Exception as error:
        return notice(sentence(error), "error")


def _hits(backend: Backend, request: Request) -> str:
    start = time.perf_counter()
    query = backend.answering.understand(request.typed, request.filters(), restore=request.restore)
    hits = backend.answering.search(query, request.limit)
    listed = hit_list(hits, query, time.perf_counter() - start)
    return listed + list_tools(request.csv_address() if hits else "", more=request.limit <= len(hits) < MAX_HITS)


def build_search(backend: Backend) -> tuple[gr.HTML, list[gr.Dropdown]]:
    """Lays the tab out; gives the component with the `open_article` event and the filters whose choices follow the library."""
    request = gr.State(Request())
    with gr.Row(elem_id="search-row"):
        box = gr.Textbox(
            label=strings.SEARCH_LABEL,
            placeholder=strings.SEARCH_PLACEHOLDER,
            max_lines=1,
            scale=1,
            elem_id="search-box",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", autocorrect="off", spellcheck=False),
        )
        find = gr.Button(strings.SEARCH, variant="primary", scale=0, min_width=88, elem_id="search-button")
    own_html(f'<button type="button" class="button" data-filters aria-expanded="false">{strings.FILTERS}</button>', "filters-toggle")
    with gr.Column(elem_id="search-filters"):
        with gr.Row():
            date_from = gr.Textbox(
                label=strings.DATE_FROM, placeholder=strings.DATE_PLACEHOLDER, max_lines=1, min_width=130, elem_id="search-from"
            )
            date_to = gr.Textbox(
                label=strings.DATE_TO, placeholder=strings.DATE_PLACEHOLDER, max_lines=1, min_width=130, elem_id="search-to"
            )
            clear = gr.Button(strings.CLEAR_FILTERS, size="sm", elem_id="clear-filters", scale=0, min_width=120)
        with gr.Row():
            kinds = _choices(strings.KIND_FILTER, "search-kinds")
            issuers = _choices(strings.ISSUER_FILTER, "search-issuers")
            folders = _choices(strings.FOLDER_FILTER, "search-folders")
    start = f'<p class="quiet">{strings.SEARCH_START}</p>'
    shown = own_html(start, "search-results", events=("open_article", "search_literally", "more"))

    def steps(asked: Request) -> Iterator[tuple[str, Request]]:
        yield busy(strings.SEARCHING), asked
        yield results(backend, asked), asked

    def run(
        typed: str, first: str, last: str, kinds: list[str] | None, issuers: list[str] | None, folders: list[str] | None
    ) -> Iterator[tuple[str, Request]]:
        yield from steps(Request(typed, first.strip(), last.strip(), tuple(kinds or ()), tuple(issuers or ()), tuple(folders or ())))

    def literally(before: Request) -> Iterator[tuple[str, Request]]:
        yield from steps(replace(before, restore=False, limit=PAGE))

    def more(before: Request) -> tuple[str, Request]:
        asked = replace(before, limit=min(before.limit + PAGE, MAX_HITS))
        return results(backend, asked), asked

    fields = [box, date_from, date_to, kinds, issuers, folders]
    asked = [find.click, box.submit, date_from.submit, date_to.submit, kinds.input, issuers.input, folders.input]
    gr.on(asked, run, fields, [shown, request], **IN_ORDER)
    shown.search_literally(literally, request, [shown, request], **QUIET)
    shown.more(more, request, [shown, request], **QUIET)
    cleared = clear.click(lambda: ("", "", [], [], []), None, fields[1:], **QUIET)
    cleared.then(run, fields, [shown, request], **QUIET)
    return shown, [kinds, issuers, folders]


def _choices(label: str, elem_id: str) -> gr.Dropdown:
    return gr.Dropdown([], label=label, multiselect=True, min_width=150, elem_id=elem_id, filterable=True)


def facet_choices(facets: Facets) -> list[Any]:
    """The three filters with what can be chosen now."""
    return [
        gr.Dropdown(choices=[(f"{value} ({count})", value) for value, count in values])
        for values in (facets.kinds, facets.issuers, facets.folders)
    ]
