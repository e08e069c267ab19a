"""The whole product in a real browser: corpus/ ingested, the app started by its own command, questions asked, files uploaded.

With HOIDAP_SCREENSHOTS=docs/anh the pictures of the user guide are taken anew.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from ui_fakes import free_port, is_local

from ui import strings
from ui.examples import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium fonts-noto-core"),
]
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`python ingest.py corpus`, then `python -m ui`, as a user would."""
    index, port = tmp_path_factory.mktemp("product"), free_port()
    environment = {**os.environ, "HOIDAP_INDEX_DIR": str(index), "HOIDAP_PORT": str(port), "HOIDAP_LLM_BASE_URL": ""}
    subprocess.run([sys.executable, "ingest.py", "corpus"], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
    with subprocess.Popen(
        [sys.executable, "-m", "ui"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as app:
        served = f"http://127.0.0.1:{port}"
        _wait_for(served, app)
        yield served
        app.send_signal(signal.SIGINT)
        printed = app.communicate(timeout=30)[0]
    assert f"Mở trình duyệt tại {served}" in printed
    assert "Traceback" not in printed


def _wait_for(served: str, app: subprocess.Popen[str]) -> None:
    for _ in range(600):
        assert app.poll() is None, app.communicate()[0]
        try:
            httpx.get(served, timeout=5).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the app did not start within a minute")


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    outside: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        opened = browser.new_page(viewport={"width": 1280, "height": 860}, locale="vi-VN")
        opened.set_default_timeout(20_000)
        opened.on("request", lambda request: None if is_local(request.url) else outside.append(request.url))
        opened.goto(address)
        opened.wait_for_selector(".examples button")
        yield opened
        browser.close()
    assert outside == []


def picture(page: Page, name: str) -> None:
    """Keeps what the page shows, when pictures are wanted."""
    folder = os.environ.get("HOIDAP_SCREENSHOTS")
    if folder:
        from PIL import Image

        page.wait_for_timeout(400)
        Image.open(io.BytesIO(page.screenshot())).quantize(256).save(ROOT / folder / f"{name}.png", optimize=True)


def test_every_example_is_answered_with_a_source_that_says_it(page: Page) -> None:
    for example in EXAMPLES:
        page.get_by_role("button", name=example, exact=True).click()
        page.wait_for_selector("#conversation .chip")
        answer = page.inner_text("#conversation .answer-text")
        page.locator("#conversation .chip").first.click()
        page.wait_for_selector("#reader mark.cited")
        picture(page, ("hoi-dap", "liet-ke", "con-so", "van-ban", "khong-dau")[EXAMPLES.index(example)])
        cited = " ".join(page.inner_text("#reader mark.cited").split())
        assert cited in " ".join(answer.split())
        page.keyboard.press("Escape")
        page.wait_for_selector("#reader .reader", state="detached")
        page.get_by_role("button", name=strings.NEW_CHAT).click()


def test_an_off_topic_question_is_declined_with_three_articles(page: Page) -> None:
    page.fill("#question-box textarea", "Giá vàng miếng hôm nay bao nhiêu một lượng?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation .nearest")
    assert page.locator(".nearest .source").count() == 3
    assert page.locator("#conversation .chip").count() == 0
    picture(page, "tu-choi")
    page.locator(".nearest .source").first.click()
    page.wait_for_selector("#reader .reader h2")


def test_a_number_typed_anyhow_is_found_and_filtered(page: Page) -> None:
    page.get_by_role("tab", name=strings.TAB_SEARCH).click()
    page.fill("#search-box input, #search-box textarea", "quy dinh 08 QĐ/TU")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")
    assert "08-QĐ/TU" in page.inner_text(".hits > li >> nth=0")
    picture(page, "tim-kiem")
    page.click("#search-issuers input")
    chosen = page.get_by_role("option", name=re.compile("Tỉnh ủy Nghệ An"))
    chosen.first.click()
    page.wait_for_function(
        "(lines => lines.length > 0 && lines.every((line) => line.textContent.includes('Tỉnh ủy Nghệ An')))"
        "([...document.querySelectorAll('.hits > li .origin')])"
    )


def test_an_upload_answers_questions_at_once(page: Page, tmp_path: Path) -> None:
    article = "---\ntitle: Lịch trực cơ quan Tết\ndate: 2024-02-01\n---\n\nĐồng chí Hồ Thị Sen trực ban cơ quan chiều mồng ba Tết.\n"
    (tmp_path / "lich-truc.md").write_text(article, encoding="utf-8")
    (tmp_path / "rong.txt").write_bytes(b"")
    page.get_by_role("tab", name=strings.TAB_LIBRARY).click()
    page.wait_for_selector("table.rows")
    page.set_input_files("#upload-row input[type=file]", [tmp_path / "lich-truc.md", tmp_path / "rong.txt"])
    page.wait_for_selector("#upload-outcome .done")
    assert "Lịch trực cơ quan Tết" in page.inner_text("#upload-outcome .done")
    assert "rong.txt" in page.inner_text("#upload-outcome .error")
    picture(page, "kho-tai-lieu")
    page.get_by_role("tab", name=strings.TAB_CHAT).click()
    page.fill("#question-box textarea", "Ai trực ban cơ quan chiều mồng ba Tết?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation .chip")
    assert "Hồ Thị Sen" in page.inner_text("#conversation .answer-text")
    page.get_by_role("tab", name=strings.TAB_LIBRARY).click()
    page.fill("#library-filter input, #library-filter textarea", "lich truc")
    page.wait_for_function("document.querySelectorAll('table.rows tbody tr').length === 1")
    page.click(".remove")
    page.get_by_role("button", name=strings.REMOVE_CONFIRM).click()
    page.wait_for_selector(f"text={strings.LIBRARY_NO_MATCH}")


def test_on_a_phone_at_night(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.get_by_role("button", name=EXAMPLES[2], exact=True).click()
    page.wait_for_selector("#conversation .chip")
    picture(page, "dien-thoai")
    page.locator("#conversation .chip").first.click()
    page.wait_for_selector("#reader mark.cited")
    picture(page, "dien-thoai-bai")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
