"""Models of sentence-transformers by folder or name: a bi-encoder that embeds texts, a cross-encoder that reads query and passage together.

Only imported where a setting names such a model; torch and transformers come with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from index.errors import SettingsError
from index.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

Backend = Literal["torch", "onnx"]
ONNX_PACKAGES = ("onnxruntime", "optimum")
_HEADS = ("ForSequenceClassification", "ForCausalLM")  # a bare encoder would be given a random head without a word


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, with the prompts its authors prescribe."""

    def __init__(self, model: SentenceTransformer, name: str, query_prompt: str, passage_prompt: str) -> None:
        self._model = model
        own = dict(model.prompts)  # what the model's authors put into its folder, used where no setting says otherwise
        self._query_prompt = query_prompt or own.get("query") or ""
        self._passage_prompt = passage_prompt or own.get("document") or own.get("passage") or ""
        self._fingerprint = f"{Path(name).name}-{_hash_model(model, self._query_prompt, self._passage_prompt)}"

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed(texts, self._passage_prompt)

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed(texts, self._query_prompt)

    def _embed(self, texts: Sequence[str], prompt: str) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(list(texts), prompt=prompt or None, normalize_embeddings=True, show_progress_bar=False)
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))


class CrossEncoderScorer:
    """How well each passage answers a query, by a model that reads both together (a `PairScorer`)."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def scores(self, query: str, passages: Sequence[str]) -> np.ndarray:
        """float64 (passages,), any size, the higher the better: the model's logits, not squeezed into 0–1."""
        pairs = [(query, passage) for passage in passages]
        logits: Any = self._model.predict(pairs, activation_fn=_as_they_are, show_progress_bar=False) if pairs else ()
        return np.nan_to_num(np.asarray(logits, dtype=np.float64), nan=-100.0)


def load_bi_encoder(settings: Settings) -> SentenceTransformerEmbedder:
    """The model `settings.embedding_model` names; SettingsError where it cannot be loaded."""
    from_setting = f"mô hình nhúng {settings.embedding_model!r}", "HOIDAP_EMBEDDING_MODEL"
    model = _load("SentenceTransformer", settings.embedding_model, settings.model_backend, *from_setting)
    return SentenceTransformerEmbedder(model, settings.embedding_model, settings.query_prompt, settings.passage_prompt)


def load_cross_encoder(settings: Settings) -> CrossEncoderScorer:
    """The model `settings.reranker_model` names; SettingsError where it cannot be loaded or gives no single score for a pair."""
    name, variable = settings.reranker_model, "HOIDAP_RERANKER_MODEL"
    model = _load("CrossEncoder", name, settings.model_backend, f"mô hình xếp hạng {name!r}", variable)
    kinds = model.config.architectures or []
    if len(model) == 1 and not any(kind.endswith(_HEADS) for kind in kinds):
        raise SettingsError(
            f"Mô hình {name!r} ({', '.join(kinds) or 'không rõ kiểu'}) không phải cross-encoder, không chấm điểm được cặp câu hỏi "
            f"và đoạn văn; hãy đặt {variable} là một cross-encoder, còn mô hình nhúng thì đặt ở HOIDAP_EMBEDDING_MODEL."
        )
    if model.num_labels != 1:
        raise SettingsError(
            f"Mô hình xếp hạng {name!r} cho {model.num_labels} nhãn, cần đúng 1 điểm cho mỗi cặp; hãy sửa {variable} hoặc bỏ trống."
        )
    return CrossEncoderScorer(model)


def _load(kind: str, name: str, backend: str, called: str, variable: str) -> Any:
    _check_backend(backend)
    try:
        import sentence_transformers
        from transformers.utils import logging

        logging.disable_progress_bar()
        return getattr(sentence_transformers, kind)(name, device="cpu", backend=cast(Backend, backend))
    except ImportError as error:
        raise SettingsError(
            f"Không dùng được {called} vì gói cần thiết bị thiếu hoặc không hợp nhau ({error}); "
            f"{_packages_cure(backend)}, hoặc bỏ trống {variable}."
        ) from error
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise SettingsError(
            f"Không tải được {called}: cần thư mục hoặc tên một mô hình sentence-transformers ({kind}) "
            f"đã có trên máy; hãy sửa {variable} hoặc bỏ trống để dùng mô hình kèm sản phẩm. ({error})"
        ) from error


def _check_backend(backend: str) -> None:
    if backend not in ("torch", "onnx"):
        raise SettingsError(
            f"Biến HOIDAP_MODEL_BACKEND có giá trị {backend!r}, cần torch hoặc onnx; hãy sửa trong môi trường hoặc tệp .env."
        )
    missing = [package for package in ONNX_PACKAGES if find_spec(package) is None]
    if backend == "onnx" and missing:
        raise SettingsError(f"HOIDAP_MODEL_BACKEND là onnx nhưng máy chưa có gói {', '.join(missing)}; {_packages_cure(backend)}.")


def _packages_cure(backend: str) -> str:
    if backend == "onnx":
        return 'hãy chạy: pip install "sentence-transformers[onnx]", hoặc đặt HOIDAP_MODEL_BACKEND=torch'
    return "hãy chạy: pip install -r requirements.txt"


def _as_they_are(scores: Any) -> Any:
    return scores


def _hash_model(model: SentenceTransformer, *prompts: str) -> str:
    """A hash of weights, modules, backend and prompts: equal models embed equally whatever folder they lie in."""
    digest = hashlib.sha256(repr((prompts, model.get_backend(), model.max_seq_length, str(model))).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().float().numpy().tobytes())
    for file in _onnx_files(model):  # its weights are no tensors of torch
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _onnx_files(model: SentenceTransformer) -> list[Path]:
    """The graph an ONNX model was loaded from, and the weights beside it where they are kept apart."""
    graph = getattr(getattr(model[0], "model", None), "path", None)
    return sorted(Path(graph).parent.glob(f"{Path(graph).name}*")) if model.get_backend() == "onnx" and graph else []
