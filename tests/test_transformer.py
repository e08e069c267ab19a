"""Any bi-encoder and any cross-encoder by one setting each: tiny random ones in a folder, their scores against transformers."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import Corpus, FakeCounter, FakeEmbedder

from index import transformer
from index.build import build
from index.embedding import StaticEmbedder, load_embedder
from index.engine import Engine
from index.errors import IndexMismatchError, SettingsError
from index.ranking import Ranker
from index.rerank import HALVING, REFERENCE_BONUS, Candidate
from index.settings import ROOT, Settings
from index.transformer import load_cross_encoder
from index.types import Query

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "truy", "vấn", "đoạn", "đảng", "viên", "văn", "bản", ":", "lễ", "hội", "làng", "cây"]
TEXTS = {
    "le-hoi.txt": "Lễ hội làng\n\nLễ hội của làng mở vào tháng giêng tại sân đình.",
    "hop-dan.txt": "Họp dân\n\nNgười dân trong thôn họp bàn việc sửa đường đi hội làng.",
    "trong-cay.txt": "Trồng cây\n\nĐoàn viên trồng cây ven đường trước ngày hội của thanh niên.",
}


def save_bert(folder: Path, labels: int | None, seed: int = 1) -> None:
    """One layer, eight dimensions, random; with `labels` a head that scores pairs."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(seed)
    vocabulary = Tokenizer(models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    vocabulary.pre_tokenizer = pre_tokenizers.Whitespace()
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=vocabulary, **special).save_pretrained(folder)
    shape = {"vocab_size": len(WORDS), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(**shape, num_labels=labels or 1, initializer_range=1.0)
    (BertModel(config) if labels is None else BertForSequenceClassification(config)).save_pretrained(folder)


@pytest.fixture(scope="module")
def bi_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    folder = tmp_path_factory.mktemp("bi")
    save_bert(folder / "bert", None)
    SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(8)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cross") / "model"
    save_bert(folder, 1)
    return folder


def peer_logits(folder: Path, query: str, passages: Sequence[str]) -> list[float]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        return [float(model(**tokenizer(query, passage, return_tensors="pt")).logits[0, 0]) for passage in passages]


def test_any_sentence_transformers_model_serves(bi_encoder: Path) -> None:
    chosen = Settings(embedding_model=str(bi_encoder), query_prompt="truy vấn: ", passage_prompt="đoạn: ")
    loaded = load_embedder(chosen)
    rows = loaded.embed_passages(["văn bản", "đảng viên"])
    assert (rows.shape, rows.dtype, loaded.dimension) == ((2, 8), np.float32, 8)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    plain = load_embedder(Settings(embedding_model=str(bi_encoder)))
    np.testing.assert_allclose(plain.embed_passages(["đoạn: văn bản"]), rows[:1], atol=1e-5)
    np.testing.assert_allclose(plain.embed_queries(["truy vấn: văn bản"]), loaded.embed_queries(["văn bản"]), atol=1e-5)
    assert not np.allclose(plain.embed_queries(["văn bản"]), loaded.embed_queries(["văn bản"]), atol=1e-3), "the prompt says something"
    assert loaded.embed_passages([]).shape == (0, 8)


def test_prompts_that_a_model_brings_are_used_unless_others_are_set(bi_encoder: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bi_encoder), device="cpu", prompts={"query": "truy vấn: ", "document": "đoạn: "})
    model.save(str(tmp_path / "model"))
    own = load_embedder(Settings(embedding_model=str(tmp_path / "model")))
    said = load_embedder(Settings(embedding_model=str(bi_encoder), query_prompt="truy vấn: ", passage_prompt="đoạn: "))
    np.testing.assert_allclose(own.embed_queries(["văn bản"]), said.embed_queries(["văn bản"]), atol=1e-5)
    np.testing.assert_allclose(own.embed_passages(["văn bản"]), said.embed_passages(["văn bản"]), atol=1e-5)
    other = load_embedder(Settings(embedding_model=str(tmp_path / "model"), passage_prompt="đảng: "))
    assert not np.allclose(own.embed_passages(["văn bản"]), other.embed_passages(["văn bản"]), atol=1e-3)


def test_fingerprints_follow_weights_prompts_and_backend_and_not_the_folder(
    bi_encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safetensors.numpy import load_file, save_file
    from sentence_transformers import SentenceTransformer

    chosen = Settings(embedding_model=str(bi_encoder))
    moved = tmp_path / bi_encoder.name
    shutil.copytree(bi_encoder, moved)
    fingerprint = load_embedder(chosen).fingerprint
    assert load_embedder(replace(chosen, embedding_model=str(moved))).fingerprint == fingerprint
    assert load_embedder(replace(chosen, query_prompt="truy vấn: ")).fingerprint != fingerprint
    assert load_embedder(replace(chosen, passage_prompt="truy vấn: ")).fingerprint != fingerprint
    weights = load_file(moved / "model.safetensors")
    next(iter(weights.values())).flat[0] += 0.01
    save_file(weights, moved / "model.safetensors", {"format": "pt"})
    assert load_embedder(replace(chosen, embedding_model=str(moved))).fingerprint != fingerprint
    monkeypatch.setattr(SentenceTransformer, "get_backend", lambda _: "onnx")
    assert load_embedder(chosen).fingerprint != fingerprint


def test_an_index_of_other_prompts_is_refused(bi_encoder: Path, settings: Settings, corpus: Corpus) -> None:
    chosen = replace(settings, embedding_model=str(bi_encoder), passage_prompt="đoạn: ")
    build([corpus(TEXTS)], chosen, counter=FakeCounter())
    Engine.open(chosen).close()
    for other in (replace(chosen, passage_prompt=""), replace(chosen, query_prompt="truy vấn: "), replace(chosen, embedding_model="")):
        with pytest.raises(IndexMismatchError, match=r"model-\w+.*python ingest\.py"):
            Engine.open(other)


def test_pairs_are_scored_as_transformers_scores_them(cross_encoder: Path) -> None:
    passages = ["đảng viên", "văn bản lễ hội", "đoạn " * 200, ""]
    scorer = load_cross_encoder(Settings(reranker_model=str(cross_encoder)))
    scores = scorer.scores("truy vấn lễ hội", passages)
    assert scores.dtype == np.float64
    np.testing.assert_allclose(scores, peer_logits(cross_encoder, "truy vấn lễ hội", passages), atol=1e-4)
    assert scores.max() > 1 or scores.min() < 0, "logits, not shares"
    assert scorer.scores("truy vấn", []).shape == (0,)


def test_the_engine_orders_hits_by_the_cross_encoder(cross_encoder: Path, settings: Settings, corpus: Corpus) -> None:
    build([corpus(TEXTS)], settings, embedder=StaticEmbedder(), counter=FakeCounter())
    query = Query(typed="lễ hội làng", text="lễ hội làng")
    with Engine.open(replace(settings, reranker_model=str(cross_encoder)), StaticEmbedder()) as engine:
        hits = engine.search(query)
        keys = [hit.chunk.key for hit in hits]
        texts = engine._snapshot.catalogue.texts(keys)
    logits = dict(zip(keys, peer_logits(cross_encoder, query.text, [texts[key] for key in keys]), strict=True))
    best = max(logits.values())
    assert len(hits) == 3
    assert {hit.chunk.key: hit.score for hit in hits} == pytest.approx(
        {k: 1 / (1 + (best - v) / HALVING) for k, v in logits.items()}, abs=1e-4
    )
    assert keys == sorted(logits, key=lambda key: -logits[key])


class LongestFirst:
    """A scorer that likes long passages, and remembers what it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, query: str, passages: Sequence[str]) -> np.ndarray:
        self.read = list(passages)
        return np.array([float(len(passage)) for passage in passages])


def test_only_the_best_are_read_the_others_stay_below_and_numbers_go_first(settings: Settings, corpus: Corpus) -> None:
    build([corpus(TEXTS)], settings, embedder=StaticEmbedder(), counter=FakeCounter())
    scorer = LongestFirst()
    with Engine.open(settings, StaticEmbedder()) as engine:
        snapshot = engine._snapshot
        keys = snapshot.catalogue.keys.tolist()
        found = [Candidate(key, cosine=0.2, bm25=9.0 - at, dense_rank=1, lexical_rank=1) for at, key in enumerate(keys)]
        first = [candidate for candidate, _ in Ranker(StaticEmbedder(), settings).rank(snapshot, Query("lễ hội", "lễ hội"), found, 5)]
        ranked = Ranker(StaticEmbedder(), replace(settings, reranker_depth=2), scorer=scorer).rank(
            snapshot, Query("lễ hội", "lễ hội"), found, 5
        )
        assert {candidate.key for candidate, _ in ranked[:2]} == {candidate.key for candidate in first[:2]}
        assert ranked[2][0] == first[2]
        assert sorted(scorer.read) == sorted(snapshot.catalogue.texts([candidate.key for candidate in first[:2]]).values())
        scores = [score for _, score in ranked]
        assert scores == sorted(scores, reverse=True) and scores[0] == 1 and scores[-1] > 0
        shortest = min(keys, key=lambda key: len(snapshot.catalogue.texts([key])[key]))
        asked = [replace(candidate, has_reference=candidate.key == shortest) for candidate in found]
        best, score = Ranker(StaticEmbedder(), settings, scorer=scorer).rank(snapshot, Query("lễ hội", "lễ hội"), asked, 5)[0]
        assert best.key == shortest and score > REFERENCE_BONUS
        assert Ranker(StaticEmbedder(), settings, scorer=scorer).rank(snapshot, Query("lễ hội", "lễ hội"), [], 5) == []


@pytest.mark.parametrize(
    ("labels", "said"),
    [pytest.param(2, "2 nhãn", id="two labels"), pytest.param(None, "không phải cross-encoder", id="a bare encoder")],
)
def test_models_that_cannot_score_pairs_are_refused(tmp_path: Path, labels: int | None, said: str) -> None:
    save_bert(tmp_path / "model", labels)
    with pytest.raises(SettingsError, match=rf"{said}.*HOIDAP_RERANKER_MODEL"):
        load_cross_encoder(Settings(reranker_model=str(tmp_path / "model")))


def test_a_bi_encoder_is_no_cross_encoder(bi_encoder: Path) -> None:
    with pytest.raises(SettingsError, match=r"không phải cross-encoder.*HOIDAP_EMBEDDING_MODEL"):
        load_cross_encoder(Settings(reranker_model=str(bi_encoder)))


def test_models_that_are_not_there_are_refused(tmp_path: Path) -> None:
    missing = str(tmp_path / "không có")
    with pytest.raises(SettingsError, match=r"không có.*HOIDAP_EMBEDDING_MODEL"):
        load_embedder(Settings(embedding_model=missing))
    with pytest.raises(SettingsError, match=r"không có.*HOIDAP_RERANKER_MODEL"):
        load_cross_encoder(Settings(reranker_model=missing))
    (tmp_path / "không có").mkdir()
    with pytest.raises(SettingsError, match=r"không có.*HOIDAP_RERANKER_MODEL"):
        load_cross_encoder(Settings(reranker_model=missing))


@pytest.mark.parametrize(
    ("backend", "said"),
    [("onnx", r"chưa có gói onnxruntime, optimum.*pip install"), ("tpu", "'tpu'.*torch hoặc onnx")],
)
def test_a_backend_that_is_not_there_is_named_with_the_cure(
    bi_encoder: Path, cross_encoder: Path, monkeypatch: pytest.MonkeyPatch, backend: str, said: str
) -> None:
    monkeypatch.setattr(transformer, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=said):
        load_embedder(Settings(embedding_model=str(bi_encoder), model_backend=backend))
    with pytest.raises(SettingsError, match=said):
        load_cross_encoder(Settings(reranker_model=str(cross_encoder), model_backend=backend))


def test_packages_that_do_not_fit_are_named_with_the_cure(cross_encoder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(SettingsError, match=r"sentence_transformers.*requirements\.txt.*HOIDAP_RERANKER_MODEL"):
        load_cross_encoder(Settings(reranker_model=str(cross_encoder)))


def test_the_backend_reaches_both_models(bi_encoder: Path, cross_encoder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sentence_transformers

    asked: list[tuple[str, str]] = []

    def load(name: str, device: str, backend: str) -> None:
        asked.append((name, backend))
        raise ImportError("optimum")

    monkeypatch.setattr(transformer, "find_spec", lambda _: object())
    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", load)
    monkeypatch.setattr(sentence_transformers, "CrossEncoder", load)
    chosen = Settings(embedding_model=str(bi_encoder), reranker_model=str(cross_encoder), model_backend="onnx")
    for loader in (load_embedder, load_cross_encoder):
        with pytest.raises(SettingsError, match=r"optimum.*sentence-transformers\[onnx\].*HOIDAP_MODEL_BACKEND=torch"):
            loader(chosen)
    assert asked == [(str(bi_encoder), "onnx"), (str(cross_encoder), "onnx")]


def test_weights_that_do_not_fit_the_model_are_told_at_open(settings: Settings, corpus: Corpus, caplog: pytest.LogCaptureFixture) -> None:
    build([corpus(TEXTS)], settings, embedder=FakeEmbedder(fingerprint="e5-1"), counter=FakeCounter())
    with caplog.at_level(logging.WARNING), Engine.open(settings, FakeEmbedder(fingerprint="e5-1")) as engine:
        notice = engine.summary().notice
    assert notice and "e5-1" in notice and "HOIDAP_RERANKER_MODEL" in notice and "HOIDAP_EMBEDDING_MODEL" in notice
    assert caplog.messages == [notice]
    caplog.clear()
    build([corpus(TEXTS)], settings, embedder=StaticEmbedder(), counter=FakeCounter())
    with Engine.open(settings, StaticEmbedder()) as engine:
        assert engine.summary().notice is None
    assert not caplog.messages
    assert Ranker(FakeEmbedder(), settings, scorer=LongestFirst()).notice is None


@pytest.mark.slow
def test_an_answer_from_the_command_line_with_both_models(
    bi_encoder: Path, cross_encoder: Path, settings: Settings, corpus: Corpus
) -> None:
    chosen = replace(settings, embedding_model=str(bi_encoder))
    build([corpus(TEXTS)], chosen)
    environment = {
        "HOIDAP_INDEX_DIR": str(settings.index_dir),
        "HOIDAP_EMBEDDING_MODEL": str(bi_encoder),
        "HOIDAP_RERANKER_MODEL": str(cross_encoder),
        "PATH": "",
    }
    command = [sys.executable, "-m", "qa", "Lễ hội làng mở vào tháng mấy?"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "tháng giêng" in done.stdout and "le-hoi" in done.stdout
    assert "Trọng số" not in done.stderr
