"""One state of an index, opened for reading: the catalogue's read transaction, the vectors in memory, Tantivy's searcher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from index.catalogue import Catalogue, CatalogueState, missing
from index.dense import DenseIndex
from index.errors import IndexBusyError, IndexMismatchError, StorageError
from index.layout import FORMAT, Layout, Manifest, read_manifest
from index.lexical import LexicalIndex
from index.locking import exclusive
from index.reconcile import is_current, load_dense, open_lexical, reconcile


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The three indexes of one moment. `seen` is the generation the manifest named when this was opened."""

    catalogue: Catalogue
    state: CatalogueState
    dense: DenseIndex
    lexical: LexicalIndex | None
    seen: str

    @classmethod
    def open(cls, layout: Layout, fingerprint: str) -> Self:
        """The current state, healed first if an ingest was killed; while another ingest runs, what is there so far.

        Raises IndexMissingError, IndexMismatchError (another model or format), StorageError.
        """
        opened = cls._as_it_is(layout, fingerprint)
        if opened._is_whole(read_manifest(layout.manifest)):
            return opened
        opened.close()
        try:
            with exclusive(layout.lock), Catalogue(layout.catalogue) as catalogue:
                reconcile(catalogue, layout)
        except (IndexBusyError, StorageError):
            pass  # an ingest is at it, or the disk is read-only: chunks that all three know can be found meanwhile
        return cls._as_it_is(layout, fingerprint)

    @classmethod
    def _as_it_is(cls, layout: Layout, fingerprint: str) -> Self:
        manifest = read_manifest(layout.manifest)
        catalogue = Catalogue(layout.catalogue)
        try:
            state = catalogue.state()
            check(state, layout, fingerprint)
            dense = load_dense(layout, manifest) if _same_model(manifest, state) else None
            empty = DenseIndex(state.dimension)
            return cls(catalogue, state, empty if dense is None else dense, open_lexical(layout), manifest.generation if manifest else "")
        except BaseException:
            catalogue.close()
            raise

    def _is_whole(self, manifest: Manifest | None) -> bool:
        sizes = (len(self.dense), -1 if self.lexical is None else len(self.lexical))
        return manifest is not None and is_current(manifest, self.state) and sizes == (self.state.chunks, self.state.chunks)

    def close(self) -> None:
        self.catalogue.close()


def _same_model(manifest: Manifest | None, state: CatalogueState) -> bool:
    return manifest is not None and (manifest.fingerprint, manifest.dimension) == (state.fingerprint, state.dimension)


def check(state: CatalogueState, layout: Layout, fingerprint: str) -> None:
    """Refuse an index this process cannot search rightly."""
    if not state.generation:
        raise missing(layout.folder)
    if state.format != FORMAT:
        raise IndexMismatchError(
            f"Chỉ mục {layout.folder} có định dạng {state.format}, phiên bản này cần {FORMAT}; "
            f"hãy xóa tệp {layout.catalogue.name} trong đó rồi chạy lại python ingest.py với thư mục văn bản."
        )
    if state.fingerprint != fingerprint:
        raise IndexMismatchError(
            f"Chỉ mục {layout.folder} được tạo bằng mô hình nhúng {state.fingerprint}, đang dùng {fingerprint}; "
            f"hãy chạy lại python ingest.py với thư mục văn bản để nhúng lại, hoặc chọn lại mô hình cũ."
        )
