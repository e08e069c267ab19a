"""Folders and files: which are read, under which id, and that no bad one stops the others."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_fakes import BODY, SETTINGS, TEXT, article_of, read, write

from index.reading.articles import SUFFIXES, article_id, list_files, read_file, read_folder
from index.settings import Settings
from index.types import Article, BlockKind, Skipped


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
