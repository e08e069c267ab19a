"""Files of every format, whole and broken: text, Markdown, HTML, Word, PDF, JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading_fakes import BODY, SETTINGS, TEXT, TITLE, article_of, read, reason_of, stretches, windows_1258, write

from index.reading.articles import read_file
from index.types import Article, PartialDate, Skipped


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
