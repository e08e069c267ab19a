"""The page put together: three tabs, the reading panel, and the FastAPI application that serves them."""

from __future__ import annotations

import os
from typing import Annotated, Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: it would call home

import gradio as gr
from fastapi import FastAPI, Query, Response

from index.settings import Settings
from index.types import Span
from ui import strings
from ui.backend import Backend
from ui.chat import build_chat
from ui.export import hits_to_csv
from ui.guard import sentence
from ui.library import build_library
from ui.page import VietnamesePage
from ui.parts import QUIET, own_html
from ui.render import article_panel, panel_error
from ui.search import PAGE, Request, build_search, facet_choices, find_hits
from ui.theme import make_theme

CONCURRENCY = 4  # answers worked on at once; the rest wait their turn
_JS_PANEL = "watch('value', () => hoidap.panelShown(element, () => { props.value = ''; }));"
HEADER = (
    '<header class="masthead"><div class="brand"><span class="emblem" aria-hidden="true"></span>'
    f"<div><h1>{strings.PRODUCT}</h1><p>{strings.TAGLINE}</p></div></div>"
    f'<div class="masthead-tools"><span class="offline" title="{strings.OFFLINE_DETAIL}">{strings.OFFLINE}</span>'
    f'<button type="button" class="icon-button" data-theme title="{strings.THEME}" aria-label="{strings.THEME}">◐</button></div></header>'
    f'<div class="connection" role="alert"><span class="lost">{strings.CONNECTION_LOST}</span>'
    f'<span class="large">{strings.TOO_LARGE}</span> '
    f'<button type="button" data-reload>{strings.RELOAD}</button></div>'
)


def create_app(backend: Backend, settings: Settings) -> FastAPI:
    """The application, ready for uvicorn: the page at `/`, the CSV of a search at `/danh-sach.csv`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(VietnamesePage)
    app.get("/danh-sach.csv")(_csv_route(backend))
    return gr.mount_gradio_app(
        app,
        build_page(backend),
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        show_error=False,
        enable_monitoring=False,
        max_file_size=f"{2 * settings.max_file_megabytes}mb",  # above what ingest reads, so that the sentence is ours
        theme=make_theme(),
    )


def build_page(backend: Backend) -> gr.Blocks:
    """The Gradio page."""
    with gr.Blocks(title=strings.PRODUCT, fill_width=True, analytics_enabled=False, delete_cache=(3600, 86400)) as page:
        own_html(HEADER, "masthead", "hoidap.startTheme();")
        with gr.Row(elem_id="workspace", equal_height=False):
            with gr.Column(elem_id="main-column"), gr.Tabs(elem_id="tabs"):
                with gr.Tab(strings.TAB_CHAT, id="chat"):
                    chat = build_chat(backend.answering)
                with gr.Tab(strings.TAB_SEARCH, id="search") as search_tab:
                    hits, filters = build_search(backend)
                with gr.Tab(strings.TAB_LIBRARY, id="library") as library_tab:
                    table = build_library(backend.library, [page.load, library_tab.select])
            with gr.Column(elem_id="reader-panel"):
                panel = own_html("", "reader", _JS_PANEL, ("open_article",))

        def opened(event: gr.EventData) -> str:
            return open_article(backend, event)

        for part in (chat, hits, table, panel):
            part.open_article(opened, None, panel, queue=False, **QUIET)
        gr.on([page.load, search_tab.select], lambda: facet_choices(backend.library.facets()), None, filters, **QUIET)
    return page.queue(default_concurrency_limit=CONCURRENCY, api_open=False)


def open_article(backend: Backend, event: gr.EventData) -> str:
    """The reading panel for the article a button names, at the span it gives."""
    try:
        article = backend.answering.article(str(event.article))
        start, end = (int(getattr(event, name, -1)) for name in ("start", "end"))
        return article_panel(article, Span(start, end) if 0 <= start < end else None)
    except Exception as error:
        return panel_error(sentence(error))


def _csv_route(backend: Backend) -> Any:
    def export(
        q: str = "",
        tu: str = "",
        den: str = "",
        loai: Annotated[list[str] | None, Query()] = None,
        cq: Annotated[list[str] | None, Query()] = None,
        thumuc: Annotated[list[str] | None, Query()] = None,
        go: str = "",
        n: int = PAGE,
    ) -> Response:
        request = Request(q, tu, den, tuple(loai or ()), tuple(cq or ()), tuple(thumuc or ()), restore=not go, limit=max(1, n))
        try:
            content = hits_to_csv(find_hits(backend, request))
        except Exception as error:
            return Response(sentence(error), status_code=400, media_type="text/plain; charset=utf-8")
        headers = {"Content-Disposition": 'attachment; filename="danh-sach.csv"', "Cache-Control": "no-store"}
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

    return export
