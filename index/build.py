"""Articles → catalogue → derived indexes: the whole ingest, and the app's two changes (add an upload, remove an article).

(1) Files whose bytes changed are read, chunked and embedded; only vectors are committed as they are made. (2) One
transaction puts everything else into the catalogue. (3) `reconcile` brings the derived indexes along and (4) writes the
manifest. A kill at any moment costs at most the work since the last batch and never the index.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.catalogue import UPLOADED
from index.catalogue_writer import CatalogueWriter
from index.errors import ReadingError
from index.intake import Intake, Progress, Report, Source, source_at, uploads_source
from index.layout import Layout, write_atomically
from index.locking import exclusive
from index.reconcile import reconcile
from index.settings import Settings
from index.types import Embedder, Skipped, TokenCounter


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an ingest did. Articles are counted except `skipped`; `chunks` were read and embedded now, `indexed_chunks` are held in all."""

    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    chunks: int
    embedded: int
    indexed_articles: int
    indexed_chunks: int
    seconds: float

    @property
    def chunks_per_second(self) -> float:
        return self.chunks / self.seconds if self.seconds else 0.0

    @property
    def did_nothing(self) -> bool:
        """Nothing was read, nothing removed and nothing of these folders stands in the index."""
        return not (self.added or self.changed or self.removed or self.unchanged)


def build(
    folders: Sequence[Path],
    settings: Settings,
    *,
    keep_missing: bool = False,
    progress: Report | None = None,
    embedder: Embedder | None = None,
    counter: TokenCounter | None = None,
) -> BuildReport:
    """Bring the index at `settings.index_dir` up to date with `folders` (or single files) and with what was uploaded.

    Articles whose file is gone are removed unless `keep_missing`; other folders ingested earlier are left alone.
    Raises ReadingError for a folder that does not exist, IndexBusyError, IndexMismatchError, StorageError.
    """
    layout = Layout(settings.index_dir)
    sources = [source_at(Path(folder)) for folder in folders]
    with exclusive(layout.lock):
        return _build(layout, sources, settings, keep_missing, progress, embedder, counter)


def _build(
    layout: Layout,
    sources: Sequence[Source],
    settings: Settings,
    keep_missing: bool = False,
    progress: Report | None = None,
    embedder: Embedder | None = None,
    counter: TokenCounter | None = None,
) -> BuildReport:
    begun = time.perf_counter()
    report = progress or (lambda _: None)
    with CatalogueWriter(layout.catalogue) as catalogue:
        intake = Intake(catalogue, settings, embedder or _load_embedder(settings), counter, report)
        intake.read([*sources, uploads_source(layout)], keep_missing=keep_missing)
        counts = intake.commit()
        manifest = reconcile(catalogue, layout, lambda done, total: report(Progress("index", done, total, intake.chunks)))
        catalogue.prune_vectors()
    return BuildReport(
        added=counts.added,
        changed=counts.changed,
        removed=counts.removed,
        unchanged=counts.unchanged,
        skipped=intake.skipped,
        chunks=intake.chunks,
        embedded=intake.embedded,
        indexed_articles=manifest.articles,
        indexed_chunks=manifest.chunks,
        seconds=time.perf_counter() - begun,
    )


def _load_embedder(settings: Settings) -> Embedder:
    from index.embedding import load_embedder

    return load_embedder(settings)


def add_uploads(
    files: Mapping[str, bytes],
    settings: Settings,
    *,
    progress: Report | None = None,
    embedder: Embedder | None = None,
    counter: TokenCounter | None = None,
) -> BuildReport:
    """Keep files given in the app under `uploads/` and index them; an earlier upload of the same name is replaced.

    A file of which no article can be made is not kept and stands in `skipped`. Raises what `build` raises.
    """
    layout = Layout(settings.index_dir)
    with exclusive(layout.lock):
        paths = {layout.uploads / _safe_name(name): data for name, data in files.items()}
        before = {path: path.read_bytes() if path.exists() else None for path in paths}
        for path, data in paths.items():
            _put(path, data)
        report = _build(layout, [], settings, False, progress, embedder, counter)
        refused = [path for path in paths if f"{UPLOADED}{path.name}" in {item.path for item in report.skipped}]
        for path in refused:
            _put(path, before[path])
        if refused:
            again = _build(layout, [], settings, False, progress, embedder, counter)
            report = replace(report, indexed_articles=again.indexed_articles, indexed_chunks=again.indexed_chunks)
    return report


def _safe_name(name: str) -> str:
    """The last part of what a browser sent, never hidden: `../.a.txt` → `a.txt`."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip().lstrip(".~")
    if not last:
        raise ReadingError(f"Tên tệp {name!r} không dùng được; hãy đổi tên tệp, ví dụ bao-cao.docx.")
    return last


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_atomically(path, lambda temporary: temporary.write_bytes(data))


def remove_article(article_id: str, settings: Settings) -> bool:
    """Take one article out of the index; False if it is not there.

    An uploaded file goes with its only article. A file of an ingested folder is left where it is, and its article comes
    back only when the file changes.
    """
    layout = Layout(settings.index_dir)
    with exclusive(layout.lock), CatalogueWriter(layout.catalogue) as catalogue:
        owner = catalogue.file_of(article_id)
        if not catalogue.remove_article(article_id):
            return False
        if owner and owner.articles == 1 and Path(owner.root) == layout.uploads.resolve():
            (layout.folder / owner.path).unlink(missing_ok=True)
        reconcile(catalogue, layout)
    return True
