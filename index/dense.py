"""Vectors of chunks in FAISS: inner product over unit rows, which is the cosine, keyed by chunk key.

Every row is looked at, in half precision: half the memory and a third of the time of float32 for the same neighbours, and a
million chunks of 256 dimensions in about 20 ms. Under IDMap2 it is right after `remove_ids` (IVF under IDMap2 returns
wrong ids, HNSW cannot remove).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import faiss
import numpy as np

from index.errors import SettingsError, StorageError
from index.layout import storage_error, write_atomically

UNIT_TOLERANCE = 1e-3
SEARCH_THREADS = 1  # one query is scanned by one thread; OpenMP's second one only waits (100,000 rows: 6 ms, with two 32 ms)


class DenseIndex:
    """Rows of `dimension` numbers under int64 keys, kept in half precision. Searching is safe from several threads, changing is not."""

    def __init__(self, dimension: int) -> None:
        rows = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._index = faiss.IndexIDMap2(rows)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The index `save` wrote; StorageError if the file is missing or damaged."""
        try:
            found = faiss.read_index(str(path))
        except RuntimeError as error:
            raise storage_error(path, error) from error
        loaded = cls(found.d)
        if isinstance(found, faiss.IndexIDMap2) and isinstance(faiss.downcast_index(found.index), faiss.IndexScalarQuantizer):
            loaded._index = found
        else:
            raise StorageError(f"Tệp {path} không phải chỉ mục véc-tơ của sản phẩm này; hãy chạy lại python ingest.py để tạo lại.")
        return loaded

    def save(self, path: Path) -> None:
        """Replace `path` by this index, wholly or not at all."""

        def write(temporary: Path) -> None:
            try:
                faiss.write_index(self._index, str(temporary))
            except RuntimeError as error:  # what FAISS makes of a full disk
                raise OSError(str(error)) from error

        write_atomically(path, write)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def keys(self) -> np.ndarray:
        """int64, in the order of the rows."""
        return faiss.vector_to_array(self._index.id_map).astype(np.int64)

    def add(self, keys: np.ndarray, rows: np.ndarray) -> None:
        """Add float32 (n, dimension) unit rows under int64 keys that are not held yet."""
        if len(keys):
            self._index.add_with_ids(np.ascontiguousarray(rows, np.float32), np.ascontiguousarray(keys, np.int64))

    def remove(self, keys: np.ndarray) -> None:
        if len(keys):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(keys, np.int64)))

    def vectors(self, keys: Sequence[int]) -> np.ndarray:
        """float32 (n, dimension), the rows of `keys` to half precision, all of which must be held."""
        return self._index.reconstruct_batch(np.array(keys, np.int64)) if len(keys) else np.empty((0, self.dimension), np.float32)

    def cosines(self, vector: np.ndarray, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of each of `keys`, without those that are not held (an ingest is under way)."""
        try:
            rows, held = self.vectors(keys), list(keys)
        except RuntimeError:
            held = np.intersect1d(self.keys, np.array(keys, np.int64)).tolist()
            rows = self.vectors(held)
        return dict(zip(held, (rows @ vector).tolist(), strict=True))

    def search(self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None) -> list[tuple[int, float]]:
        """(key, cosine) of the `limit` nearest rows, best first, among `allowed` keys if given; fewer where there are fewer."""
        limit = min(limit, len(self) if allowed is None else len(allowed))
        if limit <= 0:
            return []
        faiss.omp_set_num_threads(SEARCH_THREADS)
        parameters = None if allowed is None else faiss.SearchParameters(sel=self._selector(allowed))  # type: ignore[call-arg]
        scores, keys = self._index.search(np.ascontiguousarray(vector, np.float32).reshape(1, -1), limit, params=parameters)
        return [(int(key), float(score)) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0]

    def _selector(self, allowed: np.ndarray) -> faiss.IDSelector:
        """When most keys are allowed, the few others make the smaller set to look up."""
        if len(allowed) > len(self) // 2:
            return faiss.IDSelectorNot(faiss.IDSelectorBatch(np.setdiff1d(self.keys, allowed)))
        return faiss.IDSelectorBatch(np.ascontiguousarray(allowed, np.int64))


def check_unit_rows(rows: np.ndarray, count: int, dimension: int, fingerprint: str) -> np.ndarray:
    """float32 `rows` as an embedder returned them, if they are `count` unit (or zero) rows; SettingsError naming the model otherwise."""
    if rows.shape != (count, dimension):
        raise SettingsError(f"Mô hình nhúng {fingerprint} trả về mảng {rows.shape}, cần ({count}, {dimension}); hãy chọn mô hình khác.")
    lengths = np.linalg.norm(rows, axis=1)
    if not np.all((np.abs(lengths - 1) < UNIT_TOLERANCE) | (lengths == 0)):
        raise SettingsError(f"Mô hình nhúng {fingerprint} trả về véc-tơ có độ dài khác 1; hãy bật chuẩn hóa hoặc chọn mô hình khác.")
    return np.ascontiguousarray(rows, np.float32)
