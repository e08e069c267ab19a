"""Gradio's first page made Vietnamese and free of outside hosts, before it reaches the browser."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui import strings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OUTSIDE_META = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*', re.DOTALL)
# Never fetched, but no outside host stays in the page.
_OUTSIDE_EXAMPLE = "https://github.com/gradio-app/gradio/raw/main/test/test_files/"
_ICON = (
    "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='6' fill='%239f1d1d'/%3E%3Cpath d='M9 7h14v18H9z' fill='%23fff'/%3E"
    "%3Cpath d='M12 12h8M12 16h8M12 20h5' stroke='%239f1d1d' stroke-width='2'/%3E%3C/svg%3E\">"
)


class VietnamesePage:
    """ASGI middleware: rewrites the HTML of `/` (language, our style and script, no link previews), passes the rest on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]  # a compressed body cannot be rewritten
        start: list[Message] = []
        body: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            body.append(message.get("body", b""))
            if not message.get("more_body"):
                await _send_whole(start[0], b"".join(body), send)

        await self.app({**scope, "headers": plain}, receive, keep)


async def _send_whole(start: Message, body: bytes, send: Send) -> None:
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    if any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers):
        body = to_vietnamese(body.decode("utf-8")).encode("utf-8")
    await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


def to_vietnamese(html: str) -> str:
    """Gradio's page with `lang="vi"`, our title, style, script and opening line, without link-preview tags."""
    html = _OUTSIDE_META.sub("", html).replace(_OUTSIDE_EXAMPLE, "").replace('lang="en"', 'lang="vi"', 1)
    html = html.replace("</head>", f"{_head()}</head>", 1)
    return html.replace("<gradio-app", f'<p id="opening" role="status">{strings.LOADING_PAGE}</p><gradio-app', 1)


@cache
def _head() -> str:
    here = Path(__file__).parent
    style, script = ((here / name).read_text(encoding="utf-8") for name in ("style.css", "script.js"))
    return f"<title>{strings.PRODUCT}</title>{_ICON}<style>{style}</style><script>{script}</script>"
