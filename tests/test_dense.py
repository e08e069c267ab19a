"""The vectors: against numpy's own product, through removal, filters, a round trip to disk and damaged files."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dense import DenseIndex, check_unit_rows
from index.errors import SettingsError, StorageError

DIMENSION = 16


def unit_rows(count: int, seed: int = 0) -> np.ndarray:
    """Rows that half precision holds exactly."""
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


def random_keys(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).choice(2**62, count, replace=False).astype(np.int64) + 1


def brute_force(keys: np.ndarray, rows: np.ndarray, vector: np.ndarray, limit: int) -> list[int]:
    return keys[np.argsort(-(rows @ vector), kind="stable")][:limit].tolist()


@settings(deadline=None)
@given(
    count=st.integers(1, 60),
    removed=st.sets(st.integers(0, 59)),
    allowed=st.none() | st.sets(st.integers(0, 59)),
    limit=st.integers(1, 80),
    seed=st.integers(0, 5),
)
def test_agrees_with_brute_force(count: int, removed: set[int], allowed: set[int] | None, limit: int, seed: int) -> None:
    keys, rows, vector = random_keys(count, seed), unit_rows(count, seed), unit_rows(1, seed + 100)[0]
    index = DenseIndex(DIMENSION)
    index.add(keys, rows)
    index.remove(keys[[place for place in removed if place < count]])
    kept = np.array([place not in removed for place in range(count)])
    assert sorted(index.keys.tolist()) == sorted(keys[kept].tolist())
    if allowed is None:
        found = index.search(vector, limit)
    else:
        kept &= np.array([place in allowed for place in range(count)])
        found = index.search(vector, limit, keys[kept])
    assert [key for key, _ in found] == brute_force(keys[kept], rows[kept], vector, limit)
    scores = dict(zip(keys.tolist(), (rows @ vector).tolist(), strict=True))
    assert [score for _, score in found] == pytest.approx([scores[key] for key, _ in found], abs=1e-5)


def test_more_asked_than_held_gives_no_padding() -> None:
    index = DenseIndex(DIMENSION)
    assert index.search(unit_rows(1)[0], 10) == []
    index.add(random_keys(3), unit_rows(3))
    assert len(index.search(unit_rows(1)[0], 10)) == 3
    assert index.search(unit_rows(1)[0], 10, np.empty(0, np.int64)) == []


def test_vectors_are_given_back_by_key() -> None:
    keys, rows = random_keys(20), unit_rows(20)
    index = DenseIndex(DIMENSION)
    index.add(keys, rows)
    index.remove(keys[:7])
    np.testing.assert_array_equal(index.vectors(keys[[15, 9, 19]].tolist()), rows[[15, 9, 19]])
    expected = {int(keys[place]): pytest.approx(float(rows[place] @ rows[0]), abs=1e-6) for place in (9, 15)}
    assert index.cosines(rows[0], keys[[9, 15]].tolist()) == expected
    assert index.cosines(rows[0], keys[[9, 0, 15]].tolist()) == expected, "a key that is not held is left out"
    assert index.cosines(rows[0], []) == {}


def test_round_trip_to_disk(tmp_path: Path) -> None:
    index = DenseIndex(DIMENSION)
    index.add(random_keys(20), unit_rows(20))
    index.save(tmp_path / "dense.faiss")
    loaded = DenseIndex.load(tmp_path / "dense.faiss")
    np.testing.assert_array_equal(loaded.keys, index.keys)
    np.testing.assert_array_equal(loaded.vectors(loaded.keys.tolist()), unit_rows(20))
    assert loaded.dimension == DIMENSION
    assert [path.name for path in tmp_path.iterdir()] == ["dense.faiss"]


def test_damaged_missing_and_foreign_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    with pytest.raises(StorageError, match=r"dense\.faiss"):
        DenseIndex.load(path)
    path.write_bytes(b"not an index")
    with pytest.raises(StorageError, match=r"dense\.faiss"):
        DenseIndex.load(path)
    for foreign in (faiss.IndexFlatL2(DIMENSION), faiss.IndexIDMap2(faiss.IndexFlatIP(DIMENSION))):
        faiss.write_index(foreign, str(path))
        with pytest.raises(StorageError, match=r"ingest\.py"):
            DenseIndex.load(path)


def test_only_unit_rows_are_taken_over() -> None:
    rows = unit_rows(3)
    rows[1] = 0
    np.testing.assert_array_equal(check_unit_rows(rows, 3, DIMENSION, "m"), rows)
    with pytest.raises(SettingsError, match="độ dài"):
        check_unit_rows(rows * 2, 3, DIMENSION, "m")
    with pytest.raises(SettingsError, match=r"\(3, 16\)"):
        check_unit_rows(rows, 4, DIMENSION, "m")
    with pytest.raises(SettingsError):
        check_unit_rows(np.full_like(rows, np.nan), 3, DIMENSION, "m")
