"""The app in a real browser: ask, open a citation, search, filter, upload; phone, dark, keyboard, hostile text, no outside host."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ui_fakes import is_local, make_article, make_backend, serving

from index.settings import Settings
from ui import strings
from ui.examples import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),
    pytest.mark.skipif(CHROMIUM is None, reason="no /usr/bin/chromium: apt-get install chromium fonts-noto-core"),
]
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 390, "height": 844}
ENGLISH = re.compile(
    r"\b(Loading|Submit|Clear|Upload|Download|Drop|Click|Error|Warning|Remove|Close|More|Tabs?|Textbox|Built|Settings|Processing|Empty)\b"
)
OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(make_backend(pause_seconds=0.2)) as served:
        yield served


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens the app as a new user; afterwards nothing outside this machine was asked for and no script failed."""
    contexts, outside, broken = [], [], []

    def open_it(path: str = "/", at: str = address, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 850}, "locale": "vi-VN", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: None if is_local(request.url) else outside.append(request.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(at + path)
        page.wait_for_selector(".examples button")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert outside == []
    assert broken == []


def wait_for_scripts(page: Page) -> None:
    """Waits until the page has asked for no further file of its own for half a second; its parts load after it is shown."""
    page.evaluate(
        """() => new Promise(done => {
             const count = () => performance.getEntriesByType('resource').filter(entry => /[.](js|css)$/.test(entry.name)).length;
             let seen = count(), still = 0;
             const timer = setInterval(() => {
               const now = count();
               still = now === seen ? still + 1 : 0;
               seen = now;
               if (still === 10) { clearInterval(timer); done(); }
             }, 50);
           })"""
    )


def ask(page: Page, question: str) -> None:
    """Types a question, presses Enter and waits for the end of its answer."""
    before = page.locator("#conversation .exchange").count()
    page.fill("#question-box textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function("n => document.querySelectorAll('#conversation .exchange').length > n", arg=before)
    page.wait_for_selector("#live .exchange", state="detached")


def go(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab).click()


def search(page: Page, words: str) -> None:
    go(page, strings.TAB_SEARCH)
    page.fill("#search-box input, #search-box textarea", words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results :is(.hits, .notice)")


def background(page: Page) -> int:
    """Brightness of the page, 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) // 3


def test_ask_and_open_the_cited_sentence(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question-box textarea", "Hồ sơ nhân sự được lưu trữ bao nhiêu năm?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation .chip")
    assert page.locator("#conversation .answer-text").inner_text().startswith("“Hồ sơ nhân sự được lưu trữ 70 năm.”")
    assert page.input_value("#question-box textarea") == ""
    chip = page.locator("#conversation .chip").first
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader mark.cited")
    assert page.inner_text("#reader mark.cited") == "Hồ sơ nhân sự được lưu trữ 70 năm."
    facts = page.inner_text("#reader .facts")
    assert all(fact in facts for fact in ("02/09/2021", "Văn phòng Sông Lam", "Quy định"))
    assert page.locator("#conversation").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader .reader", state="detached")
    assert page.evaluate("document.activeElement.className") == "chip"
    chip.click()
    page.wait_for_selector("#reader mark.cited")


def test_a_question_shows_a_spinner_while_it_is_answered(open_page: OpenPage) -> None:
    with serving(make_backend(pause_seconds=3)) as slow:  # slow enough to be seen on a busy machine
        page = open_page(at=slow)
        page.fill("#question-box textarea", "Hồ sơ nhân sự được lưu trữ bao nhiêu năm?")
        page.keyboard.press("Enter")
        page.wait_for_selector("#live .spinner")
        assert page.locator("#live .asked").inner_text() == "Hồ sơ nhân sự được lưu trữ bao nhiêu năm?"


def test_a_long_article_opens_at_the_cited_sentence(open_page: OpenPage) -> None:
    backend = make_backend()
    article = backend.answering.article("tin-tuc/tap-huan")
    long = "\n\n".join(f"Đoạn đệm số {n} không nói gì." for n in range(200))
    backend.answering.articles["dai"] = make_article(  # type: ignore[attr-defined]
        "dai", article.metadata.title, "2024-01-01", None, None, f"{long}\n\nMật mã kho số bảy là cây tre trăm đốt.\n\n{long}"
    )
    with serving(backend) as served:
        page = open_page(at=served)
        ask(page, "Mật mã kho số bảy là gì?")
        page.locator("#conversation .chip").first.click()
        page.wait_for_selector("#reader mark.cited")
        page.wait_for_timeout(200)
        panel, mark = page.locator("#reader-panel").bounding_box(), page.locator("#reader mark.cited").bounding_box()
        assert panel and mark and panel["y"] < mark["y"] < panel["y"] + panel["height"] - 20


def test_an_example_is_asked_and_a_decline_offers_three_articles(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name=EXAMPLES[0]).click()
    page.wait_for_selector("#conversation .foot")
    assert page.locator("#conversation .asked").inner_text() == EXAMPLES[0]
    ask(page, "Giá vàng?")
    assert page.locator(".nearest .source").count() == 3
    page.locator(".nearest .source").first.click()
    page.wait_for_selector("#reader .reader h2")
    page.get_by_role("button", name=strings.NEW_CHAT).click()
    page.wait_for_selector(".examples button")


def test_restored_diacritics_can_be_undone(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "ho so luu tru bao lau")
    assert "hồ sơ lưu trữ bao lâu" in page.inner_text(".understood")
    page.get_by_role("button", name=strings.LITERAL).click()
    page.wait_for_selector(f"text={strings.SEARCHED_LITERALLY}")
    assert page.locator("#conversation .exchange").count() == 2


def test_an_answer_can_be_stopped_and_copied(open_page: OpenPage, browser: Browser) -> None:
    with serving(make_backend(pause_seconds=3)) as slow:
        page = open_page(at=slow)
        page.fill("#question-box textarea", "Hồ sơ nhân sự lưu trữ mấy năm?")
        page.keyboard.press("Enter")
        page.get_by_role("button", name=strings.STOP, exact=True).click()
        page.wait_for_selector(f"text={strings.STOPPED}")
        assert page.locator("#live .exchange").count() == 0
        assert page.get_by_role("button", name=strings.SEND, exact=True).is_visible()
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Hồ sơ nhân sự lưu trữ mấy năm?")
    page.get_by_role("button", name=strings.COPY).click()
    page.wait_for_selector(f"text={strings.COPIED}")
    assert "“Hồ sơ nhân sự được lưu trữ 70 năm.” [1]" in page.evaluate("navigator.clipboard.readText()")


def test_search_filter_export(open_page: OpenPage) -> None:
    page = open_page()
    search(page, "báo cáo văn bản hồ sơ")
    assert page.locator(".hits > li").count() >= 4
    assert page.locator(".hits mark").first.inner_text().lower() in ("báo", "cáo", "văn", "bản", "hồ", "sơ")
    assert "Khớp từ" in page.inner_text(".hits > li >> nth=0")
    page.click("#search-kinds input")
    page.get_by_role("option", name=re.compile("Báo cáo")).click()
    page.wait_for_function("document.querySelectorAll('.hits > li').length === 1")
    assert "Báo cáo chuyển đổi số" in page.inner_text(".hits")
    with page.expect_download() as waited:
        page.click("#export")
    rows = list(csv.reader(io.StringIO(Path(waited.value.path()).read_bytes().decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Tiêu đề", "Báo cáo chuyển đổi số sáu tháng đầu năm"]
    page.click(".hit-title")
    page.wait_for_selector("#reader mark.cited")
    page.fill("#search-from input, #search-from textarea", "32/1/2021")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Không đọc được ngày “32/1/2021”")
    page.click("#clear-filters")
    page.wait_for_function("document.querySelectorAll('.hits > li').length >= 4")


def test_upload_becomes_searchable_and_can_be_removed(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "moi.txt").write_text("Kế hoạch trồng bưởi Phúc Trạch\n\nTrồng 300 gốc bưởi trong quý một.", encoding="utf-8")
    (tmp_path / "hong.docx").write_bytes(b"not a document")
    page = open_page()
    go(page, strings.TAB_LIBRARY)
    page.wait_for_selector("table.rows")
    assert "anh-chup.pdf" in page.inner_text("#skipped")
    page.set_input_files("#upload-row input[type=file]", [tmp_path / "moi.txt", tmp_path / "hong.docx"])
    page.wait_for_selector("#upload-outcome .done")
    assert "Kế hoạch trồng bưởi" in page.inner_text("#upload-outcome .done")
    assert "hong.docx" in page.inner_text("#upload-outcome .error")
    assert page.locator(".sending-note").is_hidden()
    search(page, "gốc bưởi")
    page.wait_for_selector(".hits mark")
    go(page, strings.TAB_LIBRARY)
    page.fill("#library-filter input, #library-filter textarea", "trong buoi")
    page.wait_for_function("document.querySelectorAll('table.rows tbody tr').length === 1")
    page.click(".remove")
    page.get_by_role("button", name=strings.REMOVE_CANCEL).click()
    assert page.locator("table.rows tbody tr").count() == 1
    page.click(".remove")
    page.get_by_role("button", name=strings.REMOVE_CONFIRM).click()
    page.wait_for_selector("#upload-outcome .done:has-text('Đã xóa')")
    page.wait_for_selector(f"text={strings.LIBRARY_NO_MATCH}")
    search(page, "gốc bưởi")
    page.wait_for_selector(f"text={strings.NO_HITS}")


def test_a_file_beyond_the_limit_is_refused_in_vietnamese(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "to.txt").write_bytes(b"x" * 3_000_000)
    with serving(make_backend(), Settings(max_file_megabytes=1)) as served:
        page = open_page(at=served)
        go(page, strings.TAB_LIBRARY)
        page.wait_for_selector("table.rows")
        page.set_input_files("#upload-row input[type=file]", tmp_path / "to.txt")
        page.wait_for_selector(f"text={strings.TOO_LARGE}")
        assert page.locator(".connection .lost").is_hidden()
        assert page.locator(".sending-note").is_hidden()


def test_two_users_do_not_share_a_conversation(open_page: OpenPage) -> None:
    first, second = open_page(), open_page()
    ask(first, "Hồ sơ nhân sự lưu trữ mấy năm?")
    ask(second, "Lớp tập huấn có bao nhiêu học viên?")
    ask(first, "Hồ sơ họp lưu trữ mấy năm?")
    assert first.locator("#conversation .exchange").count() == 2
    assert second.locator("#conversation .exchange").count() == 1
    assert "tập huấn" not in first.inner_text("#conversation")


def test_hostile_text_does_nothing(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Đoạn thử mã độc <img src=x onerror=window.hacked=3> **đậm** {{value}} ${1+1}?")
    page.locator("#conversation .chip").first.click()
    page.wait_for_selector("#reader mark.cited")
    assert "<script>window.hacked=1</script>" in page.inner_text("#reader")
    assert "**đậm** {{value}} ${1+1}" in page.inner_text("#conversation .asked")
    search(page, "thử mã độc đoạn")
    page.wait_for_selector(".hits mark")
    go(page, strings.TAB_LIBRARY)
    page.wait_for_selector("table.rows")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".hd :is(script, img)").count() == 0


def test_a_phone_never_scrolls_sideways(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, has_touch=True)

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    assert fits()
    ask(page, "Hồ sơ nhân sự lưu trữ mấy năm?")
    assert fits()
    page.locator("#conversation .chip").first.click()
    page.wait_for_selector("#reader mark.cited")
    panel = page.locator("#reader-panel").bounding_box()
    assert panel and (panel["x"], panel["y"], panel["width"]) == (0, 0, PHONE["width"]) and fits()
    page.locator("#reader [data-close]").click()
    search(page, "báo cáo văn bản hồ sơ thử")
    assert fits()
    assert page.locator("#search-from").is_hidden()
    go(page, strings.TAB_LIBRARY)
    page.wait_for_selector("table.rows")
    assert fits()


@pytest.mark.parametrize(("path", "scheme"), [("/", "dark"), ("/?__theme=dark", "light"), ("/", "light")])
def test_text_stays_readable_in_light_and_dark(open_page: OpenPage, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme)
    ask(page, "Hồ sơ nhân sự lưu trữ mấy năm?")
    page.locator("#conversation .chip").first.click()
    page.wait_for_selector("#reader mark.cited")
    page.wait_for_timeout(300)
    assert (background(page) < 60) is (path != "/" or scheme == "dark")
    for selector in (
        "#conversation .asked p",
        ".chip",
        ".foot span",
        ".source small",
        "#reader mark.cited",
        ".facts dt",
        "#send",
        "h1",
        ".masthead p",
    ):
        assert page.evaluate(CONTRAST, selector) >= 4.5, selector


CONTRAST = """(selector) => {
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const element = document.querySelector(selector);
  let behind = element, paper = [0, 0, 0, 0];
  while (behind && (paper[3] ?? 1) < 1) { paper = parse(getComputedStyle(behind).backgroundColor); behind = behind.parentElement; }
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(paper)].sort((x, y) => y - x);
  return (a + .05) / (b + .05);
}"""


def test_the_theme_button_is_remembered(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    page.get_by_role("button", name=strings.THEME).click()
    assert background(page) < 60
    page.reload()
    page.wait_for_selector(".examples button")
    page.wait_for_function("document.body.classList.contains('dark')")


def test_everything_shown_is_vietnamese(open_page: OpenPage) -> None:
    page = open_page(locale="en-US")
    assert page.title() == strings.PRODUCT
    assert page.get_attribute("html", "lang") == "vi"
    seen = []
    for tab in (strings.TAB_CHAT, strings.TAB_SEARCH, strings.TAB_LIBRARY):
        go(page, tab)
        page.wait_for_timeout(400)
        seen.append(page.inner_text("body"))
        seen += page.evaluate(
            """() => [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
                 .flatMap((e) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => e.getAttribute(name) || ''))"""
        )
    assert [text for text in seen if ENGLISH.search(text)] == []


def test_keyboard_alone_reaches_everything(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Shift+Tab")
    reached = page.evaluate("document.activeElement.textContent")
    assert reached in EXAMPLES
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation .exchange")


def test_a_failure_is_one_sentence(open_page: OpenPage) -> None:
    with serving(make_backend(fail=RuntimeError("secret"))) as served:
        page = open_page(at=served)
        ask(page, "Hồ sơ?")
        assert page.inner_text("#conversation .notice.error") == strings.UNEXPECTED
        assert "secret" not in page.content()


def test_a_lost_connection_is_said_in_vietnamese(open_page: OpenPage) -> None:
    with serving(make_backend()) as served:
        page = open_page(at=served)
        wait_for_scripts(page)
    page.fill("#question-box textarea", "Hồ sơ?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".connection", state="visible")
    assert strings.CONNECTION_LOST in page.inner_text(".connection")
