"""The words: BM25 against the formula written out, filters and removal against a fresh index, snapshots, damaged files."""

from __future__ import annotations

import math
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.catalogue import ChunkEntry
from index.errors import StorageError
from index.lexical import LexicalIndex, LexicalQuery
from index.text.tokens import bigrams, terms

NONE = np.empty(0, np.int64)
TEXTS = {
    11: "Đảng ủy khối họp tại Vinh",
    12: "Đảng uỷ Khối ban hành nghị quyết về cải cách hành chính",
    13: "Chi bộ họp định kỳ",
    14: "Hội nghị tổng kết của Đảng bộ khối, Đảng bộ tỉnh",
}


def entries(texts: dict[int, str], numbers: dict[int, tuple[str, ...]] | None = None) -> list[ChunkEntry]:
    return [ChunkEntry(key, " ".join(terms(text)), (numbers or {}).get(key, ())) for key, text in texts.items()]


def make_index(folder: Path, texts: dict[int, str], numbers: dict[int, tuple[str, ...]] | None = None) -> LexicalIndex:
    index = LexicalIndex.create(folder)
    index.update(NONE, entries(texts, numbers))
    return index


def plain(text: str) -> LexicalQuery:
    return LexicalQuery(syllables=tuple(terms(text)))


def bm25(words: list[str], documents: dict[int, list[str]], k1: float = 1.2, b: float = 0.75) -> dict[int, float]:
    """Robertson and Zaragoza 2009, with Lucene's idf."""
    average = sum(map(len, documents.values())) / len(documents)
    scores = dict.fromkeys(documents, 0.0)
    for word in words:
        holding = sum(word in document for document in documents.values())
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for key, document in documents.items():
            count = Counter(document)[word]
            scores[key] += idf * count * (k1 + 1) / (count + k1 * (1 - b + b * len(document) / average))
    return {key: score for key, score in scores.items() if score > 0}


def test_scores_are_bm25_of_syllables_and_bigrams(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS)
    words = terms("đảng bộ khối họp")
    found = dict(index.search(LexicalQuery(tuple(words), tuple(bigrams(words))), 10))
    syllables = {key: terms(text) for key, text in TEXTS.items()}
    expected: Counter[int] = Counter(bm25(words, syllables))
    expected.update(bm25(bigrams(words), {key: bigrams(document) for key, document in syllables.items()}))
    assert found == pytest.approx(dict(expected), rel=1e-5)


def test_best_first_and_ties_by_key(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", {3: "họp", 1: "họp", 2: "họp họp nghỉ nghỉ"})
    assert [key for key, _ in index.search(plain("họp"), 10)][:2] == [1, 3]
    assert len(index.search(plain("họp"), 2)) == 2


def test_tone_placement_and_case_do_not_matter(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS)
    assert {key for key, _ in index.search(plain("ĐẢNG ỦY"), 10)} == {11, 12, 14}
    assert index.search(plain("uỷ"), 10) == index.search(plain("ủy"), 10)


def test_folded_words_find_what_is_typed_without_diacritics(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS)
    assert index.search(plain("nghi quyet"), 10) == []
    assert [key for key, _ in index.search(LexicalQuery(folded=("nghi", "quyet")), 10)] == [12, 14]


def test_phrases_must_occur_in_order(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS)
    for phrase, keys in (
        ("Đảng ủy khối", {11, 12}),
        ("khối đảng ủy", set()),
        ("họp", {11, 13}),
        ("dang uy khoi", {11, 12}),
        ("dang ủy", set()),
    ):
        query = LexicalQuery(tuple(terms("đảng khối họp")), phrases=(tuple(terms(phrase)),))
        assert {key for key, _ in index.search(query, 10)} == keys


def test_numbers_are_exact(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS, {11: ("02-NQ/ĐUK",), 12: ("02-NQ/TU", "08-QĐ/TU")})
    for numbers, keys in ((("02-NQ/TU",), {12}), (("02-NQ/ĐUK", "08-QĐ/TU"), {11, 12}), (("02",), set())):
        assert {key for key, _ in index.search(LexicalQuery(("đảng",), numbers=numbers), 10)} == keys


def random_texts(count: int, seed: int = 0) -> dict[int, str]:
    chance = random.Random(seed)
    words = "đảng bộ khối họp tỉnh ủy nghị quyết hội viên chi cán công tác".split()  # noqa: SIM905
    return {chance.getrandbits(62): " ".join(chance.choices(words, k=chance.randint(3, 30))) for _ in range(count)}


@pytest.mark.parametrize("set_limit", [0, 50_000], ids=["searching deeper", "set of keys"])
def test_filtering_is_exact_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, set_limit: int) -> None:
    texts = random_texts(400)
    index = make_index(tmp_path / "lexical", texts)
    monkeypatch.setattr("index.lexical.MAX_SET_KEYS", set_limit)
    everything = index.search(plain("nghị quyết đảng"), 1000)
    for size in (1, 5, 50, 399):
        allowed = np.array(random.Random(size).sample(sorted(texts), size), np.int64)
        found = index.search(plain("nghị quyết đảng"), 7, allowed)
        expected = {key: score for key, score in everything if key in set(allowed.tolist())}
        assert dict(found) == pytest.approx({key: expected[key] for key, _ in found})
        assert [score for _, score in found] == pytest.approx(sorted(expected.values(), reverse=True)[:7])
    assert index.search(plain("đảng"), 7, NONE) == []


def test_after_removal_scores_are_those_of_a_fresh_index(tmp_path: Path) -> None:
    texts = random_texts(300)
    removed = sorted(texts)[::3]
    rest = {key: text for key, text in texts.items() if key not in removed}
    index = make_index(tmp_path / "changed", texts)
    assert index.should_rebuild(len(removed))
    index.update(np.array(removed, np.int64), entries(rest), everything=True)
    assert sorted(index.keys.tolist()) == sorted(rest)
    assert index.search(plain("nghị quyết"), 50) == make_index(tmp_path / "fresh", rest).search(plain("nghị quyết"), 50)


def test_large_indexes_are_changed_in_place_until_much_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.lexical.REBUILD_CHUNKS", 100)
    texts = random_texts(400)
    index = make_index(tmp_path / "lexical", texts)
    removed = np.array(sorted(texts)[:40], np.int64)
    assert not index.should_rebuild(0)
    assert not index.should_rebuild(len(removed))
    index.update(removed, entries({1: "đảng bộ"}))
    assert sorted(index.keys.tolist()) == sorted({*texts, 1} - set(removed.tolist()))
    assert not set(removed.tolist()) & {key for key, _ in index.search(plain("đảng họp tỉnh chi"), 1000)}
    assert index.should_rebuild(150)


def test_keys_are_read_slice_by_slice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.lexical.KEYS_A_SLICE", 30)
    texts = {**random_texts(200), 0: "a", 2**63 - 1: "b"}
    assert sorted(make_index(tmp_path / "lexical", texts).keys.tolist()) == sorted(texts)


def test_an_open_index_keeps_its_state_while_another_writes(tmp_path: Path) -> None:
    writer = make_index(tmp_path / "lexical", TEXTS)
    reader = LexicalIndex.open(tmp_path / "lexical")
    before = reader.search(plain("họp"), 10)
    writer.update(np.array([11, 12], np.int64), entries({20: "họp họp"}))
    writer.update(NONE, entries({14: "họp"}), everything=True)
    assert reader.search(plain("họp"), 10) == before
    assert [key for key, _ in LexicalIndex.open(tmp_path / "lexical").search(plain("họp"), 10)] == [14]


def test_a_failed_update_changes_nothing(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS)

    def broken() -> list[ChunkEntry]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.update(np.array([11], np.int64), (entry for _ in [0] for entry in broken()))
    assert len(LexicalIndex.open(tmp_path / "lexical")) == 4
    index.update(NONE, entries({20: "họp"}))
    assert len(index) == 5


def test_missing_and_damaged_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="lexical"):
        LexicalIndex.open(tmp_path / "lexical")
    make_index(tmp_path / "lexical", TEXTS)
    (tmp_path / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(StorageError, match="lexical"):
        LexicalIndex.open(tmp_path / "lexical")


def test_queries_of_all_kinds_of_characters_are_harmless(tmp_path: Path) -> None:
    index = make_index(tmp_path / "lexical", TEXTS)
    for text in ("AND OR NOT (", '"', "+-*:^~[]{}\\/", "họp:*"):
        index.search(plain(text), 5)
    assert index.search(LexicalQuery(), 5) == []
