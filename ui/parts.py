"""How our own HTML stands in a Gradio page: styled by style.css alone, its buttons wired to Gradio events."""

from __future__ import annotations

from typing import Any

import gradio as gr

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""For every event: progress signs are ours (Gradio's are English), and nothing is offered as an API."""

IN_ORDER: dict[str, Any] = {**QUIET, "trigger_mode": "multiple", "concurrency_limit": 1}
"""For what every letter or choice sets off: one after the other, so that the last one stays.

Gradio's own `always_last` forgets an event that comes while another trigger of the same listener is being served (6.31).
"""


def own_html(value: str, elem_id: str, script: str | None = None, events: tuple[str, ...] = ()) -> gr.HTML:
    """A piece of HTML; clicks on `[data-do=name]` become the event `name` for every name in `events`."""
    wiring = f"hoidap.wire(element, trigger, [{', '.join(repr(name) for name in events)}]);" if events else ""
    return gr.HTML(value, elem_id=elem_id, elem_classes="hd", apply_default_css=False, js_on_load=f"{wiring} {script or ''}")
