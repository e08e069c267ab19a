"""Files of every format, in every encoding, whole and broken."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ReadingError
from index.reading.articles import SUFFIXES, article_id, list_files, read_file, read_folder
from index.reading.decode import decode
from index.settings import Settings
from index.types import Article, BlockKind, PartialDate, Skipped

SETTINGS = Settings()
TITLE = "Sông Mơ họp bàn việc làm cầu"
BODY = "Huyện ủy Sông Mơ họp, bàn việc làm cầu ở bản Mây; đồng chí Lò Văn Nghĩa chủ trì. Bà con rất phấn khởi, ủng hộ hết lòng."
TEXT = f"{TITLE}\n\n{BODY}\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As old Vietnamese software writes it: letters of the code page, the tone as a mark of its own behind them."""
    written = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        written += (base + "".join(part for part in parts if part in TONES)).encode("cp1258")
    return written


def read(path: Path, root: Path | None = None) -> list[Article | Skipped]:
    return list(read_file(path, root or path.parent, SETTINGS))


def article_of(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def reason_of(path: Path) -> str:
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    assert skipped.path == path.name
    return skipped.reason


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def stretches(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8-bom": lambda text: text.encode("utf-8-sig"),
    "utf-8-decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-8-crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "utf-8-old-mac": lambda text: text.replace("\n", "\r").encode(),
    "utf-16-bom": lambda text: text.encode("utf-16"),
    "utf-16-be-bom": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-32-bom": lambda text: text.encode("utf-32"),
    "windows-1258": windows_1258,
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_encodings_give_the_same_text(encode: Callable[[str], bytes]) -> None:
    assert decode(encode(TEXT), "thu.txt") == TEXT


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: any(map(str.isalnum, text))))
def test_unicode_round_trip(text: str) -> None:
    expected = unicodedata.normalize("NFC", text).removeprefix("\ufeff")
    assert decode(text.encode("utf-8-sig"), "thu.txt") == expected
    assert decode(text.encode("utf-16"), "thu.txt") == expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        pytest.param(b"", "trống", id="empty"),
        pytest.param(b"\xef\xbb\xbf", "trống", id="only-a-mark"),
        pytest.param(b" \r\n\t", "trống", id="only-space"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" + bytes(range(256)) * 4, "nhị phân", id="picture"),
        pytest.param(b"abc\x01\x02\x03\x04\x05" * 20, "nhị phân", id="control-characters"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(ReadingError, match=rf"thu\.txt.*{word}"):
        decode(data, "thu.txt")


def test_lone_surrogates_do_not_reach_the_store(tmp_path: Path) -> None:
    article = read(write(tmp_path / "a.jsonl", '{"_id": "1", "title": "", "text": "cầu \\ud800 Mây"}'))[0]
    assert isinstance(article, Article) and article.text == "cầu  Mây"


def test_txt(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "tin" / "cau.txt", TEXT))
    assert (article.id, article.text, article.metadata.title, article.folder) == ("cau", TEXT, TITLE, "tin")
    assert stretches(article) == [("title", TITLE), ("body", BODY)]


MARKDOWN = f"""---
title: {TITLE}
date: 2020-03-05
event_date: 2020-03-02
place: Bản Mây
issuer: Huyện ủy Sông Mơ
kind: Tin hội nghị
author: [Lò Văn Nghĩa, Hà Thị Lan]
supersedes: tin/cau-cu
---

{BODY} Xem **Quyết định** số [12-QĐ/HU](qd.md).

## Việc phải làm

Các việc gồm:

1. Làm cầu
2. Làm đường
   - ở bản Mây
   - ở bản Gió

![Cầu cũ ở bản Mây](cau.jpg)

| Bản | Hộ |
|---|---|
| Mây | 40 |

> Cầu là của chung.
"""


def test_markdown(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "cau.md", MARKDOWN))
    assert stretches(article) == [
        ("title", TITLE),
        ("body", f"{BODY} Xem Quyết định số 12-QĐ/HU."),
        ("heading", "Việc phải làm"),
        ("body", "Các việc gồm:"),
        ("body", "1. Làm cầu"),
        ("body", "2. Làm đường"),
        ("body", "- ở bản Mây"),
        ("body", "- ở bản Gió"),
        ("caption", "Cầu cũ ở bản Mây"),
        ("body", "Bản | Hộ"),
        ("body", "Mây | 40"),
        ("body", "Cầu là của chung."),
    ]
    assert [reference.number for reference in article.references] == ["12-QĐ/HU"]
    metadata = article.metadata
    assert (metadata.title, metadata.place, metadata.issuer, metadata.kind) == (TITLE, "Bản Mây", "Huyện ủy Sông Mơ", "Tin hội nghị")
    assert (metadata.published, metadata.event) == (PartialDate(2020, 3, 5), PartialDate(2020, 3, 2))
    assert (metadata.author, metadata.supersedes) == ("Lò Văn Nghĩa, Hà Thị Lan", "tin/cau-cu")


@pytest.mark.parametrize(
    ("date", "expected"), [("2020-03", "2020-03"), ("2018", "2018"), ("05/03/2020", "2020-03-05"), ("2020-03-05 08:00:00", "2020-03-05")]
)
def test_markdown_dates(tmp_path: Path, date: str, expected: str) -> None:
    article = article_of(write(tmp_path / "cau.md", f"---\ntitle: Cầu\ndate: {date}\n---\n{BODY}"))
    assert str(article.metadata.published) == expected


def test_markdown_without_front_matter_takes_its_first_heading(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "cau.md", f"# {TITLE}\n\n{BODY}"))
    assert stretches(article) == [("title", TITLE), ("body", BODY)]
    assert article.metadata.title == TITLE


def test_markdown_title_is_not_told_twice(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "cau.md", f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n{BODY}"))
    assert article.text.count(TITLE) == 1


def test_markdown_with_broken_front_matter(tmp_path: Path) -> None:
    assert "front matter" in reason_of(write(tmp_path / "cau.md", "---\ntitle: [a\n---\nb"))


HTML = f"""<!DOCTYPE html><html><head><meta charset="windows-1258"><title>Cổng tin | Cầu</title>
<meta property="og:title" content="{TITLE}"><meta property="article:published_time" content="2020-03-05T08:00:00+07:00">
<meta name="author" content="Lò Văn Nghĩa"><style>p {{}}</style><script>var cau = 1;</script></head>
<body><nav><a href="/">Trang nhất</a><a href="/tin">Tin</a></nav><div style="display:none">ẩn</div>
<h1>{TITLE}</h1><p>{BODY}</p><!-- ghi chú --><figure><img><figcaption>Cầu cũ</figcaption></figure>
<h2>Việc phải làm</h2><p>Làm cầu,<br>làm <b>đường</b>.</p><ul><li>Bản Mây</li><li>Bản Gió</li></ul>
<table><tr><th>Bản</th><th>Hộ</th></tr><tr><td>Mây</td><td>40</td></tr></table><footer>Địa chỉ: Sông Mơ</footer></body></html>"""


def test_html(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "cau.html", windows_1258(HTML)))
    assert stretches(article) == [
        ("boilerplate", "Trang nhấtTin"),
        ("title", TITLE),
        ("body", BODY),
        ("caption", "Cầu cũ"),
        ("heading", "Việc phải làm"),
        ("body", "Làm cầu,"),
        ("body", "làm đường."),
        ("body", "- Bản Mây"),
        ("body", "- Bản Gió"),
        ("body", "Bản | Hộ"),
        ("body", "Mây | 40"),
        ("boilerplate", "Địa chỉ: Sông Mơ"),
    ]
    assert (article.metadata.title, article.metadata.author) == (TITLE, "Lò Văn Nghĩa")
    assert article.metadata.published == PartialDate(2020, 3, 5)


def test_html_without_a_word(tmp_path: Path) -> None:
    assert "không có chữ" in reason_of(write(tmp_path / "cau.html", "<html><body><script>1</script></body></html>"))


def test_html_nested_too_deep(tmp_path: Path) -> None:
    assert "quá sâu" in reason_of(write(tmp_path / "cau.html", "<div>" * 5000 + "cầu"))


def test_docx(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading(TITLE, level=0)
    document.add_paragraph(BODY)
    document.add_heading("Việc phải làm", level=1)
    document.add_paragraph("Làm cầu.", style="List Number")
    document.add_paragraph("Làm đường.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ["Bản", "Hộ", "Mây", "40"], strict=True):
        cell.text = text
    document.add_paragraph("Hết tháng thì xong.")
    document.save(str(tmp_path / "cau.docx"))
    assert stretches(article_of(tmp_path / "cau.docx")) == [
        ("title", TITLE),
        ("body", BODY),
        ("heading", "Việc phải làm"),
        ("body", "1. Làm cầu."),
        ("body", "2. Làm đường."),
        ("body", "Bản | Hộ"),
        ("body", "Mây | 40"),
        ("body", "Hết tháng thì xong."),
    ]


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"PK\x03\x04 cut off", "hỏng"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 8, "mật khẩu"), (b"no zip at all", "hỏng")],
    ids=["broken-zip", "old-or-locked", "text"],
)
def test_bad_docx(tmp_path: Path, data: bytes, word: str) -> None:
    assert word in reason_of(write(tmp_path / "cau.docx", data))


def make_pdf(path: Path, pages: list[list[str]]) -> Path:
    """A PDF with a text layer, by another library than the one that reads it."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with rc_context({"pdf.fonttype": 42}), PdfPages(path) as pdf:
        for lines in pages:
            figure = Figure()
            for place, line in enumerate(lines):
                figure.text(0.05, 0.95 - 0.05 * place, line, fontsize=8)
            pdf.savefig(figure)
    return path


PRINTED = [
    "Huyện họp bàn việc làm cầu ở bản Mây, bản Gió và bản",
    "sương mù; xã nào cũng phải có người dự, ghi chép đầy",
    "đủ rồi về họp dân.",
]


def test_pdf(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "cau.pdf", [[TITLE, *PRINTED, "1"], [*PRINTED[:2], "đủ.", "2"]])
    found = stretches(article_of(path))
    assert [kind for kind, _ in found] == ["title", "body", "boilerplate", "body", "boilerplate"]
    assert found[1][1].split() == " ".join(PRINTED).split()


def test_bad_pdfs(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    scan = PdfWriter()
    scan.add_blank_page(200, 200)
    scan.write(tmp_path / "scan.pdf")
    locked = PdfWriter(clone_from=PdfReader(make_pdf(tmp_path / "open.pdf", [[TITLE, BODY]])))
    locked.encrypt("bí mật", algorithm="AES-256")
    locked.write(tmp_path / "locked.pdf")
    assert "OCR" in reason_of(tmp_path / "scan.pdf")
    assert "mật khẩu" in reason_of(tmp_path / "locked.pdf")
    assert "hỏng" in reason_of(write(tmp_path / "torn.pdf", (tmp_path / "open.pdf").read_bytes()[:200]))


def test_beir_corpus(tmp_path: Path) -> None:
    records = [{"_id": "Luật@1", "title": "Điều 1", "text": f"Phạm vi\n\n{BODY}"}, {"_id": "p2", "title": "", "text": "Cầu Mây"}]
    write(tmp_path / "corpus.jsonl", "\n".join(json.dumps(record) for record in records))
    first, second = read(tmp_path / "corpus.jsonl")
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.text) == ("corpus#Luật@1", f"Điều 1\n\nPhạm vi\n\n{BODY}")
    assert stretches(first) == [("title", "Điều 1"), ("heading", "Phạm vi"), ("body", BODY)]
    assert (second.id, second.text, stretches(second)) == ("corpus#p2", "Cầu Mây", [("body", "Cầu Mây")])


def test_news_records(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "title": TITLE,
        "abstract": "Huyện sắp có cầu.",
        "body": BODY,
        "captions": "Cầu cũ.\nCầu mới.",
        "published": "2020-03-05",
    }
    article = article_of(write(tmp_path / "tin.jsonl", json.dumps(record)))
    assert article.id == "tin#7"
    assert stretches(article) == [
        ("title", TITLE),
        ("body", "Huyện sắp có cầu."),
        ("body", BODY),
        ("caption", "Cầu cũ."),
        ("caption", "Cầu mới."),
    ]
    assert article.metadata.published == PartialDate(2020, 3, 5)


def test_bad_lines_are_skipped_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        '{"_id": "1", "text": "Một."}',
        "{hỏng",
        "[1]",
        '{"_id": "1", "text": "Trùng."}',
        "",
        '{"_id": "2"}',
        '{"_id": "3", "text": "Ba."}',
    ]
    found = list(read_file(write(tmp_path / "a" / "b.jsonl", "\n".join(lines)), tmp_path, SETTINGS))
    assert [item.id if isinstance(item, Article) else item.path for item in found] == [
        *["a/b#1", "a/b.jsonl:2", "a/b.jsonl:3", "a/b.jsonl:4", "a/b.jsonl:6", "a/b#3"],
    ]
    assert all(f"Dòng {item.path.split(':')[1]}" in item.reason for item in found if isinstance(item, Skipped))


def test_jsonl_without_one_good_line(tmp_path: Path) -> None:
    *_, last = read(write(tmp_path / "a.jsonl", "a\nb"))
    assert isinstance(last, Skipped) and (last.path, "không có dòng JSON nào" in last.reason) == ("a.jsonl", True)


def test_folder(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    for name in ("b.txt", "a/z.md", "a/y.txt", "Ă.txt", ".an/x.txt", ".x.txt", "~$b.docx", "a/anh.jpg", "a/rong.txt"):
        write(root / name, "" if name == "a/rong.txt" else TEXT)
    found = list(read_folder(root, SETTINGS))
    assert [item.id if isinstance(item, Article) else item.path for item in found] == ["a/anh.jpg", "a/rong.txt", "a/y", "a/z", "b", "Ă"]
    assert [item.folder for item in found if isinstance(item, Article)] == ["kho/a", "kho/a", "kho", "kho"]
    reasons = [item.reason for item in found if isinstance(item, Skipped)]
    assert "anh.jpg có đuôi .jpg" in reasons[0] and "rong.txt trống" in reasons[1]


def test_a_single_file_is_a_folder_of_one(tmp_path: Path) -> None:
    (article,) = read_folder(write(tmp_path / "cau.txt", TEXT), SETTINGS)
    assert isinstance(article, Article) and article.id == "cau"


def test_missing_file(tmp_path: Path) -> None:
    (skipped,) = read_folder(tmp_path / "khong-co.txt", SETTINGS)
    assert isinstance(skipped, Skipped) and "Không mở được" in skipped.reason


def test_files_of_one_name_have_two_ids(tmp_path: Path) -> None:
    for suffix in (".txt", ".md", ".html"):
        write(tmp_path / f"cau{suffix}", TEXT)
    assert [item.id for item in read_folder(tmp_path, SETTINGS) if isinstance(item, Article)] == ["cau.html", "cau", "cau.txt"]


def test_ids_are_composed(tmp_path: Path) -> None:
    assert article_id(tmp_path / unicodedata.normalize("NFD", "Hội nghị.txt"), tmp_path) == "Hội nghị"
    assert article_id(tmp_path / "ban.2.txt", tmp_path) == "ban.2"


def test_links(tmp_path: Path) -> None:
    write(tmp_path / "a" / "cau.txt", TEXT)
    (tmp_path / "a" / "vong").symlink_to(tmp_path)
    (tmp_path / "lac.txt").symlink_to(tmp_path / "khong-co.txt")
    found = list(read_folder(tmp_path, SETTINGS))
    assert [item.id if isinstance(item, Article) else item.path for item in found] == ["a/cau", "lac.txt"]


def test_too_large(tmp_path: Path) -> None:
    with write(tmp_path / "to.txt", "").open("wb") as file:
        file.truncate(3 << 20)
    (skipped,) = read_file(tmp_path / "to.txt", tmp_path, Settings(max_file_megabytes=2))
    assert isinstance(skipped, Skipped) and "3 MB, quá mức 2 MB" in skipped.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT).chmod(0)
    (tmp_path / "b").mkdir(0)
    reasons = [item.reason for item in read_folder(tmp_path, SETTINGS) if isinstance(item, Skipped)]
    (tmp_path / "b").chmod(0o700)
    assert len(reasons) == 2 and all("quyền đọc" in reason for reason in reasons)


def test_content_hash_follows_text_and_metadata(tmp_path: Path) -> None:
    def hash_of(content: str) -> str:
        return article_of(write(tmp_path / "a.md", content)).content_hash

    first = hash_of(f"---\ntitle: Cầu\n---\n{BODY}")
    assert hash_of(unicodedata.normalize("NFD", f"---\ntitle:   Cầu\n---\n\n{BODY}\n")) == first
    assert len({first, hash_of(f"---\ntitle: Cầu\n---\n{BODY} Hết."), hash_of(f"---\ntitle: Cầu\nplace: Mây\n---\n{BODY}")}) == 3


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    suffix=st.sampled_from(SUFFIXES),
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"---\n", b"<html>", b'{"text": "', b"\xff\xfe", b"\x00"]),
    rest=st.binary(max_size=300),
)
def test_no_file_stops_the_others(tmp_path: Path, suffix: str, start: bytes, rest: bytes) -> None:
    for item in read(write(tmp_path / f"bat-ky{suffix}", start + rest)):
        if isinstance(item, Article):
            assert item.text == unicodedata.normalize("NFC", item.text)
            assert all(item.text[block.start : block.end].strip() for block in item.blocks if block.kind is not BlockKind.BOILERPLATE)
        else:
            assert item.reason and item.path.startswith("bat-ky")


def test_listing_is_of_visible_files(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "b")
    write(tmp_path / "a" / "c.bin", "c")
    write(tmp_path / ".git" / "d.txt", "d")
    assert [path.relative_to(tmp_path).as_posix() for path in list_files(tmp_path)] == ["a/c.bin", "b.txt"]
