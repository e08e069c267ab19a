"""The features of a chunk by hand and by brute force, the learned score, and that the shipped weights fit the shipped model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from conftest import Corpus, FakeCounter
from hypothesis import given
from hypothesis import strategies as st

from index import ranking
from index.answer_kinds import Kind, asked_kind, marked_terms
from index.build import build
from index.candidates import find_candidates, lexical_query
from index.embedding import StaticEmbedder
from index.engine import Engine
from index.errors import StorageError
from index.features import FEATURES, PLAIN_SHARE, AskedTokens, AskedWords, ChunkWords, Frequencies, asked_tokens, asked_words, feature_table
from index.query import load_understanding
from index.ranking import FeatureReader, written_out
from index.rerank import HALVING, REFERENCE_BONUS, SHIPPED, WEIGHTS_FILE, Candidate, LinearModel, squash
from index.settings import Settings
from index.text.canonical import to_nfc
from index.text.tokens import terms
from index.types import Query

UNIT = np.eye(4, dtype=np.float32)
COUNTS = {"lễ": 1, "hội": 9, "làng": 4, "mở": 30, "ở": 90, "đâu": 0, "lễ_hội": 1, "hội_làng": 0}
FREQUENCIES = Frequencies(100, lambda word: COUNTS.get(word, 0), lambda pair: COUNTS.get(pair, 0))
NO_TOKENS = AskedTokens(np.zeros((0, 4), np.float32), *(np.zeros(0),) * 4)


def rarity(count: int) -> float:
    return float(np.log(1 + (100 - count + 0.5) / (count + 0.5)))


def chunk(text: str, tokens: Sequence[int] = ()) -> ChunkWords:
    return ChunkWords(tuple(text.split()), np.array(tokens, np.int32))


def marked_chunk(text: str) -> ChunkWords:
    return ChunkWords(tuple(terms(text)), np.empty(0, np.int32), tuple(marked_terms(text)))


def table(words: AskedWords, tokens: AskedTokens, *chunks: ChunkWords) -> dict[str, np.ndarray]:
    scores = np.array([(1.0 + at, 0.1 * at) for at in range(len(chunks))])
    found = feature_table(words, tokens, chunks, lambda ids: UNIT[ids], scores)
    return dict(zip(FEATURES, found.T, strict=True))


def test_words_of_asking_do_not_count() -> None:
    words = asked_words("Lễ hội làng mở ở đâu?", FREQUENCIES)
    assert words.distinct == ("lễ", "hội", "làng", "mở", "ở", "đâu")
    assert words.content.tolist() == [True, True, True, True, False, False]
    assert words.weights == pytest.approx([rarity(count) for count in (1, 9, 4, 30, 90, 0)])
    assert words.pair_weights[-1] == 0, "a pair of words of asking"
    assert asked_words("ở đâu", FREQUENCIES).content.all(), "nothing else was typed"
    assert asked_words("hội ở làng", FREQUENCIES).telling.tolist() == [True, False, True]


def test_coverage_by_hand() -> None:
    words = asked_words("lễ hội làng", FREQUENCIES)
    found = table(words, NO_TOKENS, chunk("hội làng đông"), chunk("lễ hội"), chunk("x " * 30 + "lễ"), chunk(""))
    lễ, hội, làng = rarity(1), rarity(9), rarity(4)
    total = lễ + hội + làng
    assert found["words"] == pytest.approx([(hội + làng) / total, (lễ + hội) / total, lễ / total, 0])
    assert found["lead"] == pytest.approx([(hội + làng) / total, (lễ + hội) / total, 0, 0])
    assert found["pairs"] == pytest.approx([rarity(0) / (rarity(0) + rarity(1)), rarity(1) / (rarity(0) + rarity(1)), 0, 0])
    assert found["bm25"] == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert found["cosine"] == pytest.approx([0, 0.1, 0.2, 0.3])
    assert not any(found[name].any() for name in FEATURES if name.startswith("soft") or name == "tokens")


def test_soft_coverage_by_hand() -> None:
    """Two tokens: a compound along the first axis, twice as long as a single syllable between the second and third."""
    words = asked_words("lễ hội làng", FREQUENCIES)
    rows = np.array([[2, 0, 0, 0], [0, 0.6, 0.8, 0]], np.float32)
    tokens = asked_tokens(words, rows, [" lễ hội", " làng"])
    assert tokens.rarest == pytest.approx([rarity(1), rarity(4)])
    assert tokens.sums == pytest.approx([rarity(1) + rarity(9), rarity(4)])
    found = table(words, tokens, chunk("a", [0]), chunk("b", [1, 2]), chunk("c", []), chunk("d", [3]))
    lễ, hội, làng = rarity(1), rarity(9), rarity(4)
    assert found["soft_words"] == pytest.approx([lễ / (lễ + làng), 0.8 * làng / (lễ + làng), 0, 0])
    assert found["soft_squares"] == pytest.approx([2 / 3, 0.64 / 3, 0, 0])
    assert found["soft_compounds"] == pytest.approx([1, 0, 0, 0])
    assert found["tokens"] == pytest.approx([(lễ + hội) / (lễ + hội + làng), 0, 0, 0])


def test_an_answer_of_the_asked_kind_by_hand() -> None:
    chunks = [
        marked_chunk("Hội làng mở ngày 12 tháng 3."),
        marked_chunk("Lễ hội đông."),
        marked_chunk("Ông Lê Bình mở hội." + " x" * 50 + " làng"),
    ]
    lễ, hội, làng, mở = (rarity(COUNTS[word]) for word in ("lễ", "hội", "làng", "mở"))
    found = table(asked_words("lễ hội làng ngày nào", FREQUENCIES), NO_TOKENS, *chunks)
    assert found["answer"].tolist() == [1, 0, 0]
    assert found["answer40"] == pytest.approx([(hội + làng + rarity(0)) / (lễ + hội + làng + rarity(0)), 0, 0])
    found = table(asked_words("ai mở hội làng", FREQUENCIES), NO_TOKENS, *chunks)
    assert found["answer"].tolist() == [0, 0, 1], "a capital that opens a sentence is no name"
    assert found["answer40"] == pytest.approx([0, 0, (mở + hội) / (mở + hội + làng)])
    assert table(asked_words("lễ hội", FREQUENCIES), NO_TOKENS, *chunks)["answer"].tolist() == [1, 1, 1], "nothing of a kind is asked for"


def test_where_diacritics_were_guessed_words_count_without_them_too() -> None:
    chunks = [chunk("lễ hội làng"), chunk("le hoi lang"), chunk("lê hôi lăng")]
    typed = table(asked_words("lễ hội làng", FREQUENCIES), NO_TOKENS, *chunks)
    guessed = table(asked_words("lễ hội làng", FREQUENCIES, guessed=True), NO_TOKENS, *chunks)
    for name in ("words", "lead", "pairs", "window15", "answer40"):
        assert typed[name] == pytest.approx([1, 0, 0])
        assert guessed[name] == pytest.approx([1, PLAIN_SHARE, PLAIN_SHARE])


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("Hội mở ngày nào?", Kind.DATE),
        ("Chi bộ có bao nhiêu đảng viên?", Kind.NUMBER),
        ("AI ký quyết định?", Kind.NAME),
        ("Họp ở đâu?", Kind.NAME),
        ("Đồng chí nào chủ trì?", Kind.NAME),
        ("Vì sao phải họp?", None),
        ("tai lieu", None),
    ],
)
def test_kind_asked_for(query: str, kind: Kind | None) -> None:
    assert asked_kind(query) is kind


@given(st.text(max_size=80))
def test_marking_names_changes_no_term(text: str) -> None:
    assert [word.lower() for word in marked_terms(to_nfc(text))] == [word.lower() for word in terms(to_nfc(text))]


WORDS = st.lists(st.sampled_from(["lễ", "hội", "làng", "mở", "x"]), max_size=60)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(st.sampled_from(["lễ", "hội", "làng", "mở"]), min_size=1, max_size=6))
def test_windows_and_pairs_against_brute_force(chunks: list[list[str]], query: list[str]) -> None:
    words = asked_words(" ".join(query), FREQUENCIES)
    found = table(words, NO_TOKENS, *(ChunkWords(chunk, np.empty(0, np.int32)) for chunk in chunks))
    weights = dict(zip(words.distinct, words.weights, strict=True))
    pairs = {(words.distinct[a], words.distinct[b]): weight for (a, b), weight in zip(words.pairs, words.pair_weights, strict=True)}
    for at, syllables in enumerate(chunks):
        for width, name in ((15, "window15"), (40, "answer40")):
            windows = [set(syllables[first : first + width]) for first in range(len(syllables) or 1)]
            best = max(sum(weight for word, weight in weights.items() if word in window) for window in windows)
            assert found[name][at] == pytest.approx(best / sum(weights.values()))
        neighbours = set(pairwise(syllables))
        covered = sum(weight for pair, weight in pairs.items() if pair in neighbours)
        assert found["pairs"][at] == pytest.approx(covered / (sum(pairs.values()) or 1))


def candidate(key: int, has_reference: bool = False) -> Candidate:
    return Candidate(key, cosine=0.5, bm25=1.0, dense_rank=1, lexical_rank=1, has_reference=has_reference)


def test_scores_fall_from_one_and_numbers_go_first() -> None:
    candidates = [candidate(5), candidate(3), candidate(4), candidate(1, has_reference=True)]
    sums = np.array([10.0, 10.0 - HALVING, 10.0, -90.0])
    assert squash(sums, candidates) == pytest.approx([1, 0.5, 1, REFERENCE_BONUS + 1 / (1 + 100 / HALVING)])
    model = LinearModel(np.eye(len(FEATURES))[0], "x")
    features = np.zeros((4, len(FEATURES)))
    features[:, 0] = sums
    assert [found.key for found, _ in model.rank(candidates, features)] == [1, 4, 5, 3], "ties by key"
    assert model.rank([], features[:0]) == []


def test_weights_come_back_as_saved_and_bad_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"weights\.json"):
        LinearModel.load(tmp_path)
    LinearModel(np.arange(len(FEATURES)) / 4, "static-1").save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    assert (loaded.weights.tolist(), loaded.fingerprint) == ([at / 4 for at in range(len(FEATURES))], "static-1")
    (tmp_path / WEIGHTS_FILE).write_text(json.dumps({"fingerprint": "x", "weights": {"other": 1}}), encoding="utf-8")
    with pytest.raises(StorageError, match="other"):
        LinearModel.load(tmp_path)


def test_the_shipped_weights_were_learned_over_the_shipped_embedding() -> None:
    assert LinearModel.load(SHIPPED).fingerprint == StaticEmbedder().fingerprint


TEXTS = {
    "le-hoi.txt": "Lễ hội làng\n\nLễ hội của làng mở vào tháng giêng tại sân đình.",
    "hop-dan.txt": "Họp dân\n\nNgười dân trong thôn họp bàn việc sửa đường và dựng lại cổng chào.",
    "trong-cay.txt": "Trồng cây\n\nĐoàn viên trồng cây ven đường trước ngày hội của thanh niên.",
}


@pytest.fixture
def engine(settings: Settings, corpus: Corpus) -> Engine:
    embedder = StaticEmbedder()
    build([corpus(TEXTS)], settings, embedder=embedder, counter=FakeCounter())
    return Engine.open(settings, embedder)


def test_the_engine_scores_by_the_shipped_weights(engine: Engine) -> None:
    """Every chunk is a candidate: the score of each hit can be computed from the features as they are."""
    query = Query(typed="lễ hội mở ở đâu", text="lễ hội mở ở đâu")
    snapshot, embedder = engine._snapshot, StaticEmbedder()
    assert snapshot.lexical
    candidates = find_candidates(snapshot, lexical_query(query), (), embedder.embed_queries([query.text])[0], 60, None)
    features = FeatureReader(embedder).read(snapshot.catalogue, snapshot.lexical, query, candidates)
    sums = features @ LinearModel.load(SHIPPED).weights
    expected = {found.key: 1 / (1 + (sums.max() - value) / HALVING) for found, value in zip(candidates, sums, strict=True)}
    hits = engine.search(query)
    assert hits[0].article_id == "le-hoi"
    assert {hit.chunk.key: hit.score for hit in hits} == pytest.approx(expected)
    assert hits[0].score == 1.0
    assert engine.search(query) == hits, "the same with words remembered"


def test_what_is_not_read_stays_below_in_fused_order(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "RERANKED", 2)
    snapshot = engine._snapshot
    keys = snapshot.catalogue.keys.tolist()
    candidates = [Candidate(key, cosine=0.1, bm25=9.0 - at, dense_rank=1, lexical_rank=1) for at, key in enumerate([*keys, 7, 8])]
    ranked = ranking.Ranker(StaticEmbedder(), Settings()).rank(snapshot, Query("lễ hội", "lễ hội"), candidates, 1)
    assert {found.key for found, _ in ranked[:2]} == set(keys[:2])
    assert [found.key for found, _ in ranked[2:]] == [*keys[2:], 7, 8]
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0


def test_texts_are_those_that_were_indexed(engine: Engine) -> None:
    catalogue = engine._snapshot.catalogue
    keys = catalogue.keys.tolist()
    assert catalogue.texts([*keys, 1]) == {key: found.chunk.embedded_text for key, found in catalogue.chunks(keys).items()}


def test_a_short_form_counts_as_the_words_it_stands_for() -> None:
    written = written_out(marked_chunk("Họp BTV Đảng ủy, do Lê Bình ghi."), {"BTV": "Ban Thường vụ"})
    assert " ".join(written.syllables) == "họp ban thường vụ đảng uỷ do lê bình ghi"
    assert len(written.marked) == len(written.syllables)
    assert list(written.marked[-3:]) == ["Lê", "Bình", "ghi"]
    untouched = marked_chunk("Họp chi bộ.")
    assert written_out(untouched, {"BTV": "Ban Thường vụ"}) is untouched


def test_what_is_typed_in_full_is_found_by_its_short_form(settings: Settings, corpus: Corpus) -> None:
    texts = {
        "btv.txt": "Họp tháng\n\nBTV họp bàn việc chuẩn bị đại hội.",
        "ban.txt": "Ban nhạc\n\nBan nhạc thường xuyên diễn vụ mùa ở làng.",
        "khac.txt": "Trồng cây\n\nĐoàn viên trồng cây ven đường và họp tổng kết.",
    }
    build([corpus(texts)], settings, embedder=StaticEmbedder(), counter=FakeCounter())
    with Engine.open(settings, StaticEmbedder()) as engine:
        ask = load_understanding(settings, engine)
        query = ask("Ban Thường vụ họp về việc gì")
        assert query.short_forms == {"BTV": "Ban Thường vụ"} and query.text == "Ban Thường vụ họp về việc gì"
        assert engine.search(query, 3)[0].article_id == "btv"
        assert ask("Ban Chấp hành họp").short_forms == {}, "no article has BCH"
        assert ask("Ban Thường vụ họp", restore=False).expansions == (), "as it was typed"
