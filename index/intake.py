"""Phase one of an ingest: which files changed, their articles and chunks, and a vector for every text that has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index.catalogue_rows import Prepared, text_hash
from index.catalogue_writer import CatalogueWriter, IngestCounts, KnownFile
from index.chunking import CHUNKER_VERSION
from index.dense import check_unit_rows
from index.errors import ReadingError
from index.layout import FORMAT, Layout, hash_file
from index.preparing import prepare
from index.reading.articles import list_files, read_file
from index.settings import Settings
from index.types import Article, Embedder, Skipped, TokenCounter, TokenEmbedder
from index.workers import ordered_map

EMBED_BATCH = 1024  # texts embedded and committed together: what a kill can cost of a slow model's work


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: stage `read` counts bytes of files, stage `index` chunks; `chunks` read so far."""

    stage: str
    done: int
    total: int
    chunks: int


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Files ingested together. `root` names them in the catalogue; article ids are paths below `base`, whose own name is
    left out of their folder where `hidden_base`."""

    root: str
    base: Path
    files: tuple[Path, ...]
    hidden_base: bool = False

    def folder_of(self, article: Article) -> str:
        return article.folder.removeprefix(f"{self.base.name}/") if self.hidden_base else article.folder


def source_at(path: Path) -> Source:
    """A folder, or a single file of one; ReadingError where there is neither."""
    if not path.exists():
        raise ReadingError(f"Không có thư mục hoặc tệp {path}; hãy kiểm tra lại đường dẫn rồi chạy: python ingest.py THƯ_MỤC")
    full = path.resolve()
    return Source(str(full), full if full.is_dir() else full.parent, tuple(list_files(full)))


def uploads_source(layout: Layout) -> Source:
    """What was uploaded in the app; ids begin with `uploads/`."""
    folder = layout.uploads.resolve()
    return Source(str(folder), folder.parent, tuple(list_files(folder)) if folder.is_dir() else (), hidden_base=True)


class Intake:
    """One ingest's state between reading and `commit`."""

    def __init__(
        self, catalogue: CatalogueWriter, settings: Settings, embedder: Embedder, counter: TokenCounter | None, report: Report
    ) -> None:
        self.chunks = 0
        self.embedded = 0
        self._catalogue = catalogue
        self._settings = settings
        self._embedder = embedder
        self._counter = counter
        self._report = report
        self._model = catalogue.model(embedder.fingerprint)
        self._recipe = f"{FORMAT}.{CHUNKER_VERSION}.{settings.max_chunk_tokens}"
        self._before = catalogue.known_articles()
        self._held = Counter(known.file_id for known in self._before.values())
        self._staged: dict[str, str] = {}  # article id → content hash
        self._replaced: set[int] = set()
        self._reasons: dict[str, dict[str, list[Skipped]]] = {}  # root → file → what was not read of it
        self._texts: dict[bytes, str] = {}
        self._done_bytes = 0
        self._total_bytes = 0

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return tuple(item for of_root in self._reasons.values() for items in of_root.values() for item in items)

    def read(self, sources: Sequence[Source], *, keep_missing: bool) -> None:
        """Stage what changed in the sources and embed it."""
        self._total_bytes = sum(_size(path) for source in sources for path in source.files)
        known = {source.root: self._catalogue.known_files(source.root) for source in sources}
        if not keep_missing:
            for source in sources:
                present = {path.relative_to(source.base).as_posix() for path in source.files}
                self._replaced |= {file.id for path, file in known[source.root].items() if path not in present}
        cut = partial(prepare, counter=self._counter, max_tokens=self._settings.max_chunk_tokens)
        for prepared in ordered_map(cut, self._new_articles(sources, known)):
            self._take(prepared)
        self._embed()
        self._embed_for_new_model()

    def _new_articles(self, sources: Sequence[Source], known: Mapping[str, Mapping[str, KnownFile]]) -> Iterator[tuple[Article, int]]:
        """The articles of all files that changed, each with the row of its file."""
        for source in sources:
            self._reasons.setdefault(source.root, {})
            for path in source.files:
                yield from self._look_at(source, path, known[source.root].get(path.relative_to(source.base).as_posix()))

    def _look_at(self, source: Source, path: Path, known: KnownFile | None) -> Iterator[tuple[Article, int]]:
        begun, size = self._done_bytes, _size(path)
        name = path.relative_to(source.base).as_posix()
        file_hash = self._hash(path, size)
        if known and (known.file_hash, known.recipe) == (file_hash, self._recipe):
            self._reasons[source.root][name] = list(known.skipped)
        else:
            if known:
                self._replaced.add(known.id)
            yield from self._read_file(source, path, name, file_hash)
        self._done_bytes = begun + size
        self._tell()

    def _hash(self, path: Path, size: int) -> str:
        """Empty, which no known file has, where the reader is going to refuse the file anyway."""
        try:
            return hash_file(path) if size <= self._settings.max_file_megabytes << 20 else ""
        except OSError:
            return ""

    def _read_file(self, source: Source, path: Path, name: str, file_hash: str) -> Iterator[tuple[Article, int]]:
        """A file's articles; one that was refused for a reason outside the file is read again next time."""
        file_id = self._catalogue.new_file_id()
        refused: list[Skipped] = []
        objections = 0
        for item in read_file(path, source.base, self._settings):
            if isinstance(item, Skipped):
                refused.append(item)
            elif reason := self._objection(item):
                refused.append(Skipped(name, reason))
                objections += 1
            else:
                self._staged[item.id] = item.content_hash
                self._done_bytes += len(item.text.encode())
                yield replace(item, folder=source.folder_of(item)), file_id
        self._reasons[source.root][name] = refused
        self._catalogue.stage_file(file_id, source.root, name, "" if objections else file_hash, self._recipe)

    def _objection(self, article: Article) -> str | None:
        """Why an article cannot be stored, None if it can."""
        try:
            "\n".join((article.id, article.text, article.metadata.title)).encode()
        except UnicodeEncodeError:
            return f"Văn bản {article.id!r} có ký tự hỏng không lưu được; hãy lưu lại tệp bằng UTF-8."
        owner = self._before.get(article.id)
        if article.id in self._staged or (owner and not self._gives_way(owner.file_id)):
            return f"Mã văn bản {article.id!r} đã được dùng cho một tệp khác; hãy đổi tên tệp rồi nạp lại."
        return None

    def _gives_way(self, file_id: int) -> bool:
        """Whether an article's earlier file is replaced now, or no longer exists (a folder that was moved)."""
        if file_id not in self._replaced and not self._catalogue.file_exists(file_id):
            self._replaced.add(file_id)
        return file_id in self._replaced

    def _take(self, prepared: Prepared) -> None:
        self._catalogue.stage_article(prepared)
        self._texts.update((cut.text_hash, cut.chunk.embedded_text) for cut in prepared.chunks)
        self.chunks += len(prepared.chunks)
        if len(self._texts) >= EMBED_BATCH:
            self._embed()
        self._tell()

    def _tell(self) -> None:
        self._report(Progress("read", min(self._done_bytes, self._total_bytes), self._total_bytes, self.chunks))

    def _embed(self) -> None:
        """Give every waiting text a vector, unless an earlier ingest did."""
        stored = self._catalogue.stored_hashes(self._model, list(self._texts))
        wanted = {name: text for name, text in self._texts.items() if name not in stored}
        self._texts.clear()
        if wanted:
            texts, embedder = list(wanted.values()), self._embedder
            rows, tokens = (
                embedder.embed_with_tokens(texts) if isinstance(embedder, TokenEmbedder) else (embedder.embed_passages(texts), ())
            )
            checked = check_unit_rows(rows, len(wanted), embedder.dimension, embedder.fingerprint)
            self._catalogue.store_vectors(self._model, list(wanted), checked, tokens)
            self.embedded += len(wanted)

    def _embed_for_new_model(self) -> None:
        """After a change of model the articles of other folders need vectors too."""
        if self._catalogue.state().fingerprint == self._embedder.fingerprint:
            return
        for text in self._catalogue.without_vector(self._model):
            self._texts[text_hash(text)] = text
            if len(self._texts) >= EMBED_BATCH:
                self._embed()
        self._embed()

    def commit(self) -> IngestCounts:
        """Put all of it into the catalogue at once."""
        before = {name: known.content_hash for name, known in self._before.items() if known.file_id in self._replaced}
        same = sum(before.get(name) == content_hash for name, content_hash in self._staged.items())
        kept_files = self._catalogue.file_ids(list(self._reasons)) - self._replaced
        counts = IngestCounts(
            added=len(self._staged.keys() - before.keys()),
            changed=len(self._staged.keys() & before.keys()) - same,
            removed=len(before.keys() - self._staged.keys()),
            unchanged=same + sum(self._held[file_id] for file_id in kept_files),
            skipped=len(self.skipped),
        )
        fingerprint, dimension = self._embedder.fingerprint, self._embedder.dimension
        self._catalogue.apply(sorted(self._replaced), fingerprint, dimension, self._reasons, counts)
        return counts


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
