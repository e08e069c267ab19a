"""Bring the derived indexes to what the catalogue wants: the only code that changes them.

It compares keys, removes and adds the difference, and writes the manifest last. Doing it twice, or again after a crash at
any moment, gives the same index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np

from index.catalogue import Catalogue, CatalogueState
from index.dense import DenseIndex
from index.errors import StorageError
from index.layout import FORMAT, Layout, Manifest, hash_file, read_manifest, write_manifest
from index.lexical import LexicalIndex

Count = Callable[[int, int], None]  # chunks done, chunks to do
_Item = TypeVar("_Item")
_COUNT_EVERY = 500


def reconcile(catalogue: Catalogue, layout: Layout, count: Count = lambda done, total: None) -> Manifest:
    """Make `dense.faiss` and `lexical/` hold exactly the catalogue's chunks; to be called under the ingest's lock.

    Raises StorageError when the disk refuses; what is on it then is the old state or will be healed by the next call.
    """
    state = catalogue.state()
    manifest = read_manifest(layout.manifest)
    if manifest and is_current(manifest, state) and _derived_sizes(layout, manifest) == (state.chunks, state.chunks):
        return manifest
    _reconcile_lexical(catalogue, layout, manifest, count)
    _reconcile_dense(catalogue, layout, state, manifest)
    made = Manifest(
        format=FORMAT,
        fingerprint=state.fingerprint,
        dimension=state.dimension,
        generation=state.generation,
        articles=state.articles,
        chunks=state.chunks,
        dense_hash=hash_file(layout.dense),
    )
    write_manifest(layout.manifest, made)
    return made


def is_current(manifest: Manifest, state: CatalogueState) -> bool:
    """Whether the derived files were made from this state of the catalogue."""
    made_from = (manifest.format, manifest.fingerprint, manifest.generation, manifest.chunks)
    return made_from == (state.format, state.fingerprint, state.generation, state.chunks)


def _derived_sizes(layout: Layout, manifest: Manifest) -> tuple[int, int]:
    """Chunks held by the two derived indexes, −1 for one that cannot be used."""
    lexical = open_lexical(layout)
    dense = load_dense(layout, manifest)
    return len(dense) if dense is not None else -1, len(lexical) if lexical is not None else -1


def load_dense(layout: Layout, manifest: Manifest | None) -> DenseIndex | None:
    """The stored vectors if they are those the manifest speaks of. A file of another model can hold the very same keys."""
    try:
        if manifest is None or hash_file(layout.dense) != manifest.dense_hash:
            return None
        return DenseIndex.load(layout.dense)
    except (OSError, StorageError):
        return None


def open_lexical(layout: Layout) -> LexicalIndex | None:
    """The stored lexical index, None if it is missing or damaged."""
    try:
        return LexicalIndex.open(layout.lexical)
    except StorageError:
        return None


def _reconcile_dense(catalogue: Catalogue, layout: Layout, state: CatalogueState, manifest: Manifest | None) -> None:
    usable = manifest is not None and (manifest.fingerprint, manifest.dimension) == (state.fingerprint, state.dimension)
    dense = load_dense(layout, manifest) if usable else None
    dense = DenseIndex(state.dimension) if dense is None else dense
    held, wanted = dense.keys, catalogue.keys
    dense.remove(np.setdiff1d(held, wanted))
    for keys, rows in catalogue.vectors(_missing(wanted, held)):
        dense.add(keys, rows)
    dense.save(layout.dense)


def _reconcile_lexical(catalogue: Catalogue, layout: Layout, manifest: Manifest | None, count: Count) -> None:
    lexical = open_lexical(layout) if manifest is None or manifest.format == FORMAT else None
    lexical = LexicalIndex.create(layout.lexical) if lexical is None else lexical
    held, wanted = lexical.keys, catalogue.keys
    removed, added = np.setdiff1d(held, wanted), _missing(wanted, held)
    everything = lexical.should_rebuild(len(removed))
    if everything:
        added = wanted
    if len(removed) or len(added):
        lexical.update(removed, _counted(catalogue.entries(added), len(added), count), everything=everything)


def _missing(wanted: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Those of `wanted` not held, in their order."""
    return wanted[~np.isin(wanted, held)]


def _counted(items: Iterable[_Item], total: int, count: Count) -> Iterator[_Item]:
    done = 0
    for done, item in enumerate(items, start=1):
        if done % _COUNT_EVERY == 0:
            count(done, total)
        yield item
    count(done, total)
