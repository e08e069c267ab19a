"""`python -m ui`: opens the index and serves the app until Ctrl-C; `--index`, `--host` and `--port` go before the settings."""

from __future__ import annotations

import argparse
import asyncio
import logging
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import HoidapError, SettingsError
from index.settings import Settings, load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """0 after Ctrl-C, 1 when the app cannot start, with one sentence that says why."""
    typed = {name: value for name, value in vars(_parser().parse_args(arguments)).items() if value is not None}
    try:
        settings = replace(load_settings(), **typed)
        refuse_busy_port(settings)
        serve(settings)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui", description="Mở giao diện hỏi đáp trong trình duyệt; dừng bằng Ctrl-C.")
    parser.add_argument("--index", dest="index_dir", type=Path, metavar="DIR", help="thư mục chỉ mục (mặc định: .index)")
    parser.add_argument("--host", help="địa chỉ lắng nghe (mặc định: 127.0.0.1, chỉ máy này)")
    parser.add_argument("--port", type=int, help="cổng (mặc định: 7860)")
    return parser


def refuse_busy_port(settings: Settings) -> None:
    """SettingsError when the address is taken: said before the models are loaded, not after."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"Không mở được địa chỉ {settings.host}:{settings.port} ({error.strerror}); có thể chương trình đang chạy rồi. "
                "Hãy đóng chương trình kia hoặc đặt HOIDAP_PORT thành một cổng khác."
            ) from None


def serve(settings: Settings) -> None:
    """Blocks until interrupted."""
    import uvicorn

    from ui.app import create_app
    from ui.product import open_backend

    app = create_app(open_backend(settings), settings)
    logging.getLogger("uvicorn.error").addFilter(is_no_cut_connection)
    print(f"Mở trình duyệt tại {address(settings)}  (dừng bằng Ctrl-C)", flush=True)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", timeout_graceful_shutdown=2)


def is_no_cut_connection(record: logging.LogRecord) -> bool:
    """False for the open pages that are cut off when the app stops: no fault, so no traceback."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def address(settings: Settings) -> str:
    """What to type in a browser on this machine: an app that listens everywhere is reached at 127.0.0.1 too."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    return f"http://{host}:{settings.port}"


if __name__ == "__main__":
    sys.exit(main())
