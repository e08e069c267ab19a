"""The shipped static model: the same ids and vectors as sentence-transformers gives."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embedding import SHIPPED, WEIGHTS_FILE, StaticEmbedder, embedded_form
from index.errors import StorageError
from index.settings import ROOT

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TEXTS = [
    "Ban Thường vụ Đảng ủy Khối ban hành Quy định số 08-QĐ/ĐUK ngày 15-5-2016.",
    "cán bộ, công chức, viên chức có trách nhiệm thực hiện nhiệm vụ được giao",
    "can bo cong chuc",
    "HOÀ BÌNH – hòa bình; thuỷ lợi / thủy lợi",
    "Kinh phí 1.500.000 đồng (10%) năm 2021",
    "International Conference, Flaviviridae, 漢字 và emoji 🇻🇳",
    "  \t xin \n\n chào   ",
    "đảng viên " * 400,
    "",
    "…!?",
]
LETTERS = "aăâeêioôơuưyàáảãạằắặầấậèéẹềếệìíịòóỏõọồốộờớợùúủũụừứựỳýỷỹỵđbcdghklmnpqrstvxĐÀÁÒÓÙÚİΣÐðß0123456789 .,;:-–/()“”\n\t_\u0301\u0323"
vietnamese = st.text(alphabet=LETTERS, max_size=80)


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture(scope="module")
def peer() -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(SHIPPED), device="cpu")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))


def test_sentence_transformers_gives_the_same_vectors(embedder: StaticEmbedder, peer: SentenceTransformer) -> None:
    theirs = peer.encode(TEXTS)
    np.testing.assert_allclose(embedder.embed_passages(TEXTS), theirs, atol=1e-5)
    assert embedder.dimension == peer.get_embedding_dimension() == 256


@settings(max_examples=300, deadline=None)
@given(text=vietnamese)
def test_tokenizer_json_gives_the_same_ids(embedder: StaticEmbedder, tokenizer: Tokenizer, text: str) -> None:
    assert embedder.token_ids([text])[0] == tokenizer.encode(text, add_special_tokens=False).ids


def test_long_texts_get_the_same_ids(embedder: StaticEmbedder, tokenizer: Tokenizer) -> None:
    long_texts = [text * 60 for text in TEXTS]
    assert embedder.token_ids(long_texts) == [encoded.ids for encoded in tokenizer.encode_batch(long_texts, add_special_tokens=False)]


@settings(deadline=None)
@given(text=st.text())
def test_any_text_embeds_to_a_unit_row_or_zero(embedder: StaticEmbedder, text: str) -> None:
    expected = 1.0 if any(letter.isalnum() for letter in text) else 0.0
    assert np.linalg.norm(embedder.embed_queries([text])[0]) == pytest.approx(expected, abs=1e-4)


def test_rows_are_the_means_of_the_stored_vectors(embedder: StaticEmbedder) -> None:
    tensors = load_file(SHIPPED / WEIGHTS_FILE)
    ids = embedder.token_ids([TEXTS[0]])[0]
    mean = (tensors["embeddings"][ids].astype(np.float64) * tensors["weights"][ids][:, None]).mean(axis=0)
    np.testing.assert_allclose(embedder.embed_passages(TEXTS[:1])[0], mean / np.linalg.norm(mean), atol=1e-6)


def test_batches_do_not_change_the_rows(embedder: StaticEmbedder) -> None:
    many = [f"{text} {number}" for number in range(150) for text in TEXTS[:8]]
    together = embedder.embed_passages(many)
    assert together.dtype == np.float32
    np.testing.assert_array_equal(together[::97], np.concatenate([embedder.embed_passages([text]) for text in many[::97]]))


def test_no_texts_give_no_rows(embedder: StaticEmbedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 256)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Đảng ủy", "ĐẢNG UỶ", id="case and tone placement"),
        pytest.param("nghị quyết", "nghi\u0323 quye\u0302\u0301t", id="NFD"),
        pytest.param("xóa đói, giảm nghèo", "xoá đói – giảm nghèo!", id="punctuation"),
    ],
)
def test_ways_of_writing_do_not_matter(embedder: StaticEmbedder, one: str, other: str) -> None:
    assert embedded_form(one) == embedded_form(other)
    np.testing.assert_array_equal(embedder.embed_queries([one]), embedder.embed_passages([other]))


def test_related_texts_are_nearer_than_others(embedder: StaticEmbedder) -> None:
    query = embedder.embed_queries(["điều kiện kết nạp đảng viên"])[0]
    passages = embedder.embed_passages(["Người vào Đảng phải có đủ tiêu chuẩn chính trị", "Giá vàng trong nước tăng mạnh sáng nay"])
    near, far = passages @ query
    assert near > far + 0.1


def test_default_settings_load_the_shipped_model_without_torch() -> None:
    code = (
        "import sys; from index.embedding import load_embedder; from index.settings import Settings;"
        "load_embedder(Settings()).embed_queries(['xin chào']); print('torch' in sys.modules, 'transformers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_fingerprint_follows_the_weights(tmp_path: Path, embedder: StaticEmbedder) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SHIPPED, copy)
    assert StaticEmbedder(copy).fingerprint == embedder.fingerprint
    data = bytearray((copy / WEIGHTS_FILE).read_bytes())
    data[-1] ^= 1
    (copy / WEIGHTS_FILE).write_bytes(bytes(data))
    assert StaticEmbedder(copy).fingerprint != embedder.fingerprint


def test_missing_weights_are_named(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / WEIGHTS_FILE).write_bytes(b"cut")
    with pytest.raises(StorageError, match=WEIGHTS_FILE):
        StaticEmbedder(tmp_path / "copy")
