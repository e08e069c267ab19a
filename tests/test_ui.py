"""The app without a browser: fields, CSV, the steps of each tab, failures as sentences, the page over loopback HTTP."""

from __future__ import annotations

import csv
import io
import logging
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import FakeAnswering, FakeLibrary, hit_of, make_backend, serving

from index.errors import QueryError
from index.intake import Progress
from index.types import Filters, ListedArticle
from ui import strings
from ui.chat_view import Exchange
from ui.export import COLUMNS, guard_formula, hits_to_csv
from ui.fields import make_filters, parse_date_field
from ui.guard import sentence
from ui.library_view import upload_progress
from ui.page import to_vietnamese

ROOT = Path(__file__).resolve().parents[1]


def test_an_answer_streams_and_earlier_turns_go_along() -> None:
    from ui.chat import answer_steps

    answering = make_backend().answering
    assert isinstance(answering, FakeAnswering)
    steps = list(answer_steps(answering, "Hồ sơ nhân sự lưu trữ mấy năm?", [], Filters()))
    assert steps[0] == ("", Exchange("Hồ sơ nhân sự lưu trữ mấy năm?", error=strings.STOPPED))
    assert steps[1][0].startswith("“Hồ sơ nhân sự")
    last = steps[-1][1]
    assert last.answer and last.answer.citations[0].article_id == "quy-dinh/so-11"
    list(answer_steps(answering, "Còn hồ sơ họp?", [last, Exchange("hỏng", error="lỗi")], Filters(), restore=False))
    text, turns, _, restore = answering.asked[-1]
    assert (text, [turn.question for turn in turns], restore) == ("Còn hồ sơ họp?", ["Hồ sơ nhân sự lưu trữ mấy năm?"], False)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        pytest.param(QueryError("Câu hỏi đang trống."), "Câu hỏi đang trống.", id="ours"),
        pytest.param(RuntimeError("secret path /x"), strings.UNEXPECTED, id="anything else"),
    ],
)
def test_a_failure_becomes_one_sentence(error: Exception, shown: str, caplog: pytest.LogCaptureFixture) -> None:
    from ui.chat import answer_steps

    with caplog.at_level(logging.CRITICAL, logger="hoidap.ui"):
        steps = list(answer_steps(make_backend(fail=error).answering, "hồ sơ", [], Filters()))
    assert steps[-1][1] == Exchange("hồ sơ", error=shown)
    assert sentence(error) == shown


# --- fields, search, CSV ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("27/12/2021", date(2021, 12, 27), date(2021, 12, 27)),
        (" 7.2.2018 ", date(2018, 2, 7), date(2018, 2, 7)),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-12-27", date(2021, 12, 27), date(2021, 12, 27)),
        ("", None, None),
        (None, None, None),
    ],
)
def test_dates_as_people_type_them(typed: str | None, first: date | None, last: date | None) -> None:
    assert (parse_date_field(typed), parse_date_field(typed, last=True)) == (first, last)


@pytest.mark.parametrize("typed", ["32/1/2021", "13/2021", "hôm qua", "27/12", "0000", "1/1/21"])
def test_a_date_that_is_none_is_named(typed: str) -> None:
    with pytest.raises(QueryError, match=re.escape(typed)):
        parse_date_field(typed)


def test_a_period_must_not_end_before_it_begins() -> None:
    assert make_filters("2021", "2021", ["Tin"], None, []) == Filters(date(2021, 1, 1), date(2021, 12, 31), ("Tin",))
    with pytest.raises(QueryError, match="ngược"):
        make_filters("2022", "2021")


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    hits = [hit_of("=1+1", "dòng một\ndòng, hai"), hit_of("Bài “thường”", '-cmd "x"')]
    content = hits_to_csv(hits)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [
        list(COLUMNS),
        ["1", "'=1+1", "", "", "", "dòng một dòng, hai", "thu/muc"],
        ["2", "Bài “thường”", "", "", "", '\'-cmd "x"', "thu/muc"],
    ]


@given(st.text())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    guarded = guard_formula(cell)
    assert guarded.removeprefix("'") == cell.removeprefix("'") or guarded == cell
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_searching_with_filters_and_without_words() -> None:
    from ui.search import Request, find_hits, results

    backend = make_backend()
    assert [hit.article_id for hit in find_hits(backend, Request("hồ sơ lưu trữ", kinds=("Quy định",)))] == ["quy-dinh/so-11"]
    assert strings.SEARCH_START in results(backend, Request())
    only = results(backend, Request(date_from="2022", date_to="2022"))
    assert "2 bài hợp với bộ lọc" in only and only.index("Tập huấn") < only.index("Họp giao ban")
    assert "Không đọc được ngày" in results(backend, Request("hồ sơ", date_from="mai"))
    assert strings.NO_HITS in results(backend, Request("zzz"))


# --- the library ------------------------------------------------------------------------------------------------------------


def test_an_upload_reports_progress_then_its_outcome(tmp_path: Path) -> None:
    from ui.library import add_steps

    library = make_backend().library
    (tmp_path / "thu.txt").write_text("Bài mới nạp\n\nNội dung mới.", encoding="utf-8")
    (tmp_path / "la.xyz").write_bytes(b"?")
    steps = list(add_steps(library, [tmp_path / "thu.txt", tmp_path / "la.xyz"]))
    assert steps[0] == upload_progress(Progress("read", 0, 0, 0))
    assert "Bài mới nạp" in steps[-1] and "la.xyz" in steps[-1]
    assert library.holdings().articles == 7


def test_a_failed_change_is_a_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from ui.library import add_steps, overview, remove

    class Broken(FakeLibrary):
        def listing(self, filters: Filters) -> list[ListedArticle]:
            raise QueryError("Kho đang bận.")

    library = Broken({})
    with caplog.at_level(logging.CRITICAL, logger="hoidap.ui"):
        assert strings.UNEXPECTED in list(add_steps(library, [tmp_path / "missing.txt"]))[-1]
        assert strings.UNEXPECTED in remove(library, "x")
    assert "Kho đang bận." in overview(library)[2]


# --- the page ---------------------------------------------------------------------------------------------------------------


def test_the_first_page_is_vietnamese_and_names_no_outside_host() -> None:
    served = (
        '<html\n lang="en"><head><meta property="og:image"\n content="https://outside.example/a.png" />'
        '<meta name="twitter:creator" content="@x" /></head><body><gradio-app></gradio-app></body></html>'
    )
    page = to_vietnamese(served)
    assert 'lang="vi"' in page and f"<title>{strings.PRODUCT}</title>" in page
    assert "outside.example" not in page and "twitter" not in page
    assert page.index(strings.LOADING_PAGE) < page.index("<gradio-app")


def test_style_and_script_fetch_nothing() -> None:
    for name in ("style.css", "script.js"):
        text = (ROOT / "ui" / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(", text), name


def test_every_string_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").glob("*.py"))
    unused = [name for name in vars(strings) if name.isupper() and not re.search(rf"strings\.{name}\b", code)]
    assert unused == []


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The app over the invented library, on a free port of this machine."""
    with serving(make_backend()) as address:
        yield address


def test_the_page_over_http(served: str) -> None:
    page = httpx.get(served, headers={"Accept-Encoding": "gzip, br"}).text
    assert re.search(r'<html\s+lang="vi"', page)
    hosts = set(re.findall(r"https?://([\w.-]+)", page)) - {"127.0.0.1", "www.w3.org"}  # the namespace of the icon's SVG
    assert hosts == set()
    assert "fonts.googleapis" not in httpx.get(f"{served}/theme.css").text
    for path in ("docs", "redoc", "openapi.json", "monitoring/summary"):
        assert httpx.get(f"{served}/{path}").status_code in (403, 404), path


def test_the_csv_over_http(served: str) -> None:
    answer = httpx.get(f"{served}/danh-sach.csv", params={"q": "hồ sơ lưu trữ", "loai": ["Quy định"]})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Tiêu đề", "Quy định 11-QĐ/SL về lưu trữ hồ sơ"]
    refused = httpx.get(f"{served}/danh-sach.csv", params={"q": "hồ sơ", "tu": "32/13/2021"})
    assert refused.status_code == 400 and "32/13/2021" in refused.text


def test_a_busy_port_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {"HOIDAP_PORT": str(port), "PATH": ""}
        refused = subprocess.run([sys.executable, "-m", "ui"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in refused.stderr and "Traceback" not in refused.stderr
