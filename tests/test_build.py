"""Ingest: nothing is done twice, the derived indexes always equal the catalogue, the disk may refuse at any point."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import Corpus, FakeCounter, FakeEmbedder
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.build import BuildReport, add_uploads, build, remove_article
from index.catalogue import Catalogue
from index.dense import DenseIndex
from index.errors import IndexBusyError, IndexMismatchError, ReadingError, StorageError
from index.intake import Progress
from index.layout import Layout, hash_file, read_manifest
from index.lexical import LexicalIndex, LexicalQuery
from index.locking import exclusive
from index.reconcile import reconcile
from index.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
TEXTS = {
    "a.txt": "Hội nghị tổng kết năm\n\nNgày 27/12/2021, Đảng ủy họp tổng kết theo Quyết định số 08-QĐ/TU.",
    "tin/b.md": "# Kế hoạch cải cách hành chính\n\nKế hoạch gồm ba nhóm việc lớn của năm 2022.",
    "tin/c.txt": "Thông báo lịch trực\n\nVăn phòng phân công lịch trực tuần này cho các phòng.",
}
State = tuple[list[int], np.ndarray, list[int], list[tuple[int, float]]]


def contents(settings: Settings) -> State:
    """Everything the derived indexes hold, in an order of its own: keys, vectors, lexical keys, scores of a query."""
    layout = Layout(settings.index_dir)
    dense, lexical = DenseIndex.load(layout.dense), LexicalIndex.open(layout.lexical)
    keys = sorted(dense.keys.tolist())
    found = lexical.search(LexicalQuery(("họp", "kế", "hoạch", "lịch", "tin")), 100)
    return keys, dense.vectors(keys), sorted(lexical.keys.tolist()), [(key, round(score, 4)) for key, score in found]


def same(first: State, second: State) -> bool:
    return first[0] == second[0] and np.array_equal(first[1], second[1]) and first[2:] == second[2:]


def run(folders: list[Path], settings: Settings, embedder: FakeEmbedder | None = None, *, keep_missing: bool = False) -> BuildReport:
    report = build(folders, settings, embedder=embedder or FakeEmbedder(), counter=FakeCounter(), keep_missing=keep_missing)
    check_whole(settings)
    return report


def check_whole(settings: Settings) -> None:
    """What the storage promises after every ingest."""
    layout = Layout(settings.index_dir)
    manifest = read_manifest(layout.manifest)
    assert manifest is not None
    with Catalogue(layout.catalogue) as catalogue:
        state = catalogue.state()
        wanted = sorted(catalogue.keys.tolist())
        vectors = {key: row for keys, rows in catalogue.vectors(catalogue.keys) for key, row in zip(keys.tolist(), rows, strict=True)}
    keys, rows, lexical_keys, _ = contents(settings)
    assert keys == lexical_keys == wanted
    np.testing.assert_array_equal(rows, np.array([vectors[key] for key in keys]).reshape(rows.shape))
    assert (manifest.generation, manifest.chunks, manifest.articles) == (state.generation, state.chunks, state.articles)
    assert manifest.dense_hash == hash_file(layout.dense)
    assert not list(settings.index_dir.glob("*.tmp"))


def counted(report: BuildReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged, report.embedded


def test_first_ingest(settings: Settings, corpus: Corpus) -> None:
    report = run([corpus(TEXTS)], settings)
    assert counted(report) == (3, 0, 0, 0, report.chunks)
    assert (report.indexed_articles, report.indexed_chunks) == (3, report.chunks)
    assert report.skipped == ()
    assert report.chunks_per_second > 0


def test_second_ingest_reads_and_changes_nothing(settings: Settings, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    layout, before = Layout(settings.index_dir), contents(settings)
    files = {path: path.stat().st_mtime_ns for path in (layout.manifest, layout.dense, *layout.lexical.glob("*.store"))}
    monkeypatch.setattr("index.intake.read_file", lambda *_: pytest.fail("an unchanged file was read"))
    embedder = FakeEmbedder()
    assert counted(run([folder], settings, embedder)) == (0, 0, 0, 3, 0)
    assert embedder.embedded == []
    assert same(contents(settings), before)
    assert {path: path.stat().st_mtime_ns for path in files} == files


def test_one_changed_file_embeds_that_file_only(settings: Settings, corpus: Corpus) -> None:
    run([corpus(TEXTS)], settings)
    embedder = FakeEmbedder()
    folder = corpus({"tin/c.txt": "Thông báo lịch trực\n\nLịch trực tuần sau đã đổi."})
    report = run([folder], settings, embedder)
    assert counted(report) == (0, 1, 0, 2, 1)
    assert len(embedder.embedded) == 1
    assert "tuần sau" in embedder.embedded[0]
    fresh = replace(settings, index_dir=settings.index_dir.with_name("fresh"))
    run([folder], fresh)
    assert same(contents(settings), contents(fresh))


def test_files_gone_are_removed_unless_kept(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    (folder / "a.txt").unlink()
    assert counted(run([folder], settings, keep_missing=True)) == (0, 0, 0, 3, 0)
    assert counted(run([folder], settings)) == (0, 0, 1, 2, 0)
    embedder = FakeEmbedder()
    assert run([corpus(TEXTS)], settings, embedder).added == 1
    assert embedder.embedded == [], "a text that comes back has its vector still"


def test_folders_do_not_touch_each_other(settings: Settings, corpus: Corpus, tmp_path: Path) -> None:
    folder = corpus(TEXTS)
    other = tmp_path / "khac"
    other.mkdir()
    (other / "d.txt").write_text("Báo cáo quý\n\nBáo cáo quý một.", encoding="utf-8")
    (other / "a.txt").write_text("Một văn bản khác\n\nTrùng tên với văn bản đã có.", encoding="utf-8")
    run([folder], settings)
    report = run([other], settings)
    assert report.added == 1
    assert [(item.path, "a.txt" in item.path) for item in report.skipped] == [("a.txt", True)]
    assert "'a'" in report.skipped[0].reason
    assert run([folder], settings).indexed_articles == 4
    (folder / "a.txt").unlink()
    assert run([folder, other], settings).skipped == (), "the id is free now"


def test_a_moved_folder_takes_its_ids_along(settings: Settings, corpus: Corpus, tmp_path: Path) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    moved = folder.rename(tmp_path / "moi")
    report = run([moved], settings)
    assert (report.skipped, report.indexed_articles, report.embedded) == ((), 3, 0)


def test_a_single_file_can_be_ingested(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(
        {"corpus.jsonl": '{"_id": "x", "title": "Tin", "text": "Một dòng."}\n{"_id": "y", "text": "Dòng hai."}\n', "khac.txt": "Khác"}
    )
    run([folder / "corpus.jsonl"], settings)
    with Catalogue(Layout(settings.index_dir).catalogue) as catalogue:
        assert catalogue.article("corpus#x") is not None
        assert catalogue.state().articles == 2


def test_skipped_files_are_named_each_time_and_the_rest_goes_on(settings: Settings, corpus: Corpus) -> None:
    folder = corpus({**TEXTS, "rong.txt": "", "anh.png": "x", "lo.jsonl": '{"_id": "1", "text": "Tốt."}\nhỏng\n'})
    first = run([folder], settings)
    assert {item.path for item in first.skipped} == {"rong.txt", "anh.png", "lo.jsonl:2"}
    assert first.added == 4
    second = run([folder], settings)
    assert second.skipped == first.skipped
    assert counted(second) == (0, 0, 0, 4, 0)


def test_a_file_that_can_no_longer_be_read_takes_its_article_along(settings: Settings, corpus: Corpus) -> None:
    run([corpus(TEXTS)], settings)
    report = run([corpus({"a.txt": ""})], settings)
    assert (report.removed, report.indexed_articles, len(report.skipped)) == (1, 2, 1)


def test_text_that_no_database_takes_is_skipped(settings: Settings, corpus: Corpus) -> None:
    folder = corpus({**TEXTS, "lo.jsonl": '{"_id": "1", "text": "H\\ud800ỏng."}\n{"_id": "2", "text": "Tốt."}\n'})
    report = run([folder], settings)
    assert report.indexed_articles in (4, 5)


def test_another_chunk_size_cuts_again(settings: Settings, corpus: Corpus) -> None:
    folder = corpus({"a.txt": "Tin dài\n\n" + " ".join(f"Câu số {i} nói về việc {i}." for i in range(40))})
    run([folder], settings)
    smaller = replace(settings, max_chunk_tokens=15)
    report = run([folder], smaller)
    fresh = replace(smaller, index_dir=settings.index_dir.with_name("fresh"))
    run([folder], fresh)
    assert report.embedded > 0
    assert same(contents(smaller), contents(fresh))


def test_another_model_embeds_everything_again_other_folders_too(settings: Settings, corpus: Corpus, tmp_path: Path) -> None:
    folder, other = corpus(TEXTS), tmp_path / "khac"
    other.mkdir()
    (other / "d.txt").write_text("Báo cáo quý\n\nBáo cáo quý một.", encoding="utf-8")
    run([folder, other], settings)
    report = run([other], settings, FakeEmbedder(8, "other"))
    assert report.embedded == report.indexed_chunks
    assert DenseIndex.load(Layout(settings.index_dir).dense).dimension == 8
    assert run([other], settings, FakeEmbedder()).embedded == 0, "the first model's vectors are still there"


def test_progress_ends_where_it_said(settings: Settings, corpus: Corpus) -> None:
    seen: list[Progress] = []
    build([corpus(TEXTS)], settings, embedder=FakeEmbedder(), counter=FakeCounter(), progress=seen.append)
    for stage in ("read", "index"):
        of_stage = [progress for progress in seen if progress.stage == stage]
        assert of_stage[-1].done == of_stage[-1].total > 0
        assert [progress.done for progress in of_stage] == sorted(progress.done for progress in of_stage)


def test_errors_say_what_to_do(settings: Settings, corpus: Corpus, tmp_path: Path) -> None:
    folder = corpus(TEXTS)
    with pytest.raises(ReadingError, match="khong-co"):
        run([tmp_path / "khong-co"], settings)
    with exclusive(Layout(settings.index_dir).lock), pytest.raises(IndexBusyError, match="đợi"):
        run([folder], settings)
    run([folder], settings)
    with Catalogue(Layout(settings.index_dir).catalogue) as catalogue, pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.catalogue_writer.FORMAT", 99)
        with pytest.raises(IndexMismatchError, match=r"ingest\.py"):
            run([folder], settings)
        assert catalogue.state().articles == 3


@pytest.mark.parametrize(
    "damage", ["dense gone", "dense damaged", "dense of other keys", "lexical gone", "lexical damaged", "manifest gone", "all gone"]
)
def test_reconcile_heals_every_damage(settings: Settings, corpus: Corpus, damage: str) -> None:
    run([corpus(TEXTS)], settings)
    layout, before = Layout(settings.index_dir), contents(settings)
    match damage:
        case "dense gone":
            layout.dense.unlink()
        case "dense damaged":
            layout.dense.write_bytes(layout.dense.read_bytes()[:-7])
        case "dense of other keys":
            index = DenseIndex(32)
            index.add(np.array([1, 2], np.int64), np.eye(2, 32, dtype=np.float32))
            index.save(layout.dense)
        case "lexical gone":
            shutil.rmtree(layout.lexical)
        case "lexical damaged":
            (layout.lexical / "meta.json").write_text("{", encoding="utf-8")
        case "manifest gone":
            layout.manifest.unlink()
        case _:
            layout.manifest.unlink()
            layout.dense.unlink()
            shutil.rmtree(layout.lexical)
    with Catalogue(layout.catalogue) as catalogue:
        first = reconcile(catalogue, layout)
        assert reconcile(catalogue, layout) == first
    assert same(contents(settings), before)
    check_whole(settings)


STEPS = st.lists(
    st.dictionaries(
        st.sampled_from(["a.txt", "b.txt", "c.md"]), st.sampled_from(["", "Tin một\n\nHọp sáng.", "Tin hai\n\nHọp chiều. Kế hoạch mới."])
    ),
    min_size=1,
    max_size=4,
)


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_ends_in_the_index_of_a_fresh_run(tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]]) -> None:
    base = tmp_path_factory.mktemp("history")
    folder = base / "kho"
    settings = Settings(index_dir=base / "index", max_chunk_tokens=20)
    for step in steps:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, text in step.items():
            (folder / name).write_text(text, encoding="utf-8")
        run([folder], settings)
    fresh = replace(settings, index_dir=base / "fresh")
    run([folder], fresh)
    assert same(contents(settings), contents(fresh))


def test_uploads_are_indexed_replaced_and_removed(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    fakes = {"embedder": FakeEmbedder(), "counter": FakeCounter()}
    assert add_uploads({"../../moi.txt": "Tin mới\n\nNội dung.".encode()}, settings, **fakes).added == 1  # type: ignore[arg-type]
    assert add_uploads({"moi.txt": "Tin mới\n\nNội dung khác.".encode()}, settings, **fakes).changed == 1  # type: ignore[arg-type]
    report = add_uploads({"hong.pdf": b"%PDF-1.4 hong", "tot.txt": "Tin tốt".encode()}, settings, **fakes)  # type: ignore[arg-type]
    assert ([item.path for item in report.skipped], report.added) == (["uploads/hong.pdf"], 1)
    uploads = Layout(settings.index_dir).uploads
    assert sorted(path.name for path in uploads.iterdir()) == ["moi.txt", "tot.txt"]
    with Catalogue(Layout(settings.index_dir).catalogue) as catalogue:
        stored = catalogue.article("uploads/moi")
        assert stored is not None
        assert (stored.folder, "khác" in stored.text) == ("uploads", True)
        assert catalogue.summary().skipped == ()
    assert run([folder], settings).indexed_articles == 5
    assert remove_article("uploads/moi", settings)
    assert not remove_article("uploads/moi", settings)
    assert [path.name for path in uploads.iterdir()] == ["tot.txt"]
    check_whole(settings)


def test_a_removed_article_of_a_folder_comes_back_only_when_its_file_changes(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    assert remove_article("a", settings)
    assert (folder / "a.txt").exists()
    assert run([folder], settings).indexed_articles == 2
    assert run([corpus({"a.txt": TEXTS["a.txt"] + " Hết."})], settings).indexed_articles == 3


LIMITED = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from conftest import FakeCounter, FakeEmbedder
from index.build import build
from index.errors import StorageError
from index.settings import Settings
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    build([Path({folder!r})], Settings(index_dir=Path({index!r}), max_chunk_tokens=40), embedder=FakeEmbedder(), counter=FakeCounter())
except StorageError as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file sizes")
@pytest.mark.parametrize("limit", [100_000, 200_000, 1_000_000])
def test_a_full_disk_leaves_the_old_index_in_service(settings: Settings, corpus: Corpus, limit: int) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    before = contents(settings)
    text = "\n\n".join(f"Đoạn {i} của tập thứ nhất: " + " ".join(f"từ{i}x{j}" for j in range(30)) + "." for i in range(3_000))
    corpus({"to.txt": text})
    code = LIMITED.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(folder), index=str(settings.index_dir), limit=limit)
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert finished.returncode == 7, finished.stderr
    assert "dung lượng" in finished.stdout
    assert same(contents(settings), before)
    assert run([folder], settings).indexed_articles == 4


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_read_only_folder_is_a_sentence(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(TEXTS)
    run([folder], settings)
    settings.index_dir.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="quyền ghi"):
            run([corpus({"a.txt": "Khác"})], settings)
    finally:
        settings.index_dir.chmod(0o700)
