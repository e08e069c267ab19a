"""Frozen settings, read from the environment and `.env` once, in a `main()`, and passed in everywhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from index.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "index" / "models"
PREFIX = "HOIDAP_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the environment variable of `index_dir` is `HOIDAP_INDEX_DIR`, and so on."""

    index_dir: Path = ROOT / ".index"
    corpus_dir: Path = ROOT / "corpus"
    abbreviations: Path = ROOT / "index" / "text" / "abbreviations.tsv"  # editable: short<TAB>long
    synonyms: Path = ROOT / "index" / "text" / "synonyms.tsv"  # editable: everyday<TAB>official
    near_words: Path = ROOT / "index" / "text" / "near_words.tsv"  # editable: a group of words a line
    everyday_words: Path = ROOT / "index" / "text" / "everyday_words.tsv"  # editable: what documents say, then what people say for it
    embedding_model: str = ""  # folder or name of a sentence-transformers model; empty: the shipped one
    query_prompt: str = ""  # put before a query by the embedding model
    passage_prompt: str = ""  # put before a passage by the embedding model
    reranker_model: str = ""  # folder or name of a sentence-transformers CrossEncoder; empty: the shipped linear model alone
    reranker_depth: int = 20  # of the best chunks, how many the cross-encoder reads; each costs a pass through it
    model_backend: str = "torch"  # what runs both: torch or onnx
    max_chunk_tokens: int = 220  # tokens of our own tiktoken encoding
    max_file_megabytes: int = 50  # larger files are skipped with a reason
    candidates: int = 60  # chunks taken from each leg before fusion
    lexical_weight: float = 0.7  # share of BM25/max in the fused score; the rest is cosine/max
    max_passage_tokens: int = 1800  # token budget of the passages behind one answer
    max_passages: int = 8
    llm_base_url: str = ""  # OpenAI-compatible endpoint; empty: extractive answers
    llm_model: str = ""
    llm_api_key: str = "none"
    llm_timeout_seconds: float = 60.0
    host: str = "127.0.0.1"
    port: int = 7860

    @property
    def has_llm(self) -> bool:
        return bool(self.llm_base_url and self.llm_model)


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environment` (default: the process environment over `.env` of the project).

    Raises SettingsError naming the variable, its value and what was expected.
    """
    values = {**_read_dotenv(), **os.environ} if environment is None else environment
    chosen: dict[str, object] = {}
    for setting in fields(Settings):
        name = PREFIX + setting.name.upper()
        if name in values:
            chosen[setting.name] = _convert(name, values[name], str(setting.type))
    return Settings(**chosen)  # type: ignore[arg-type]


def _read_dotenv() -> dict[str, str]:
    from dotenv import dotenv_values

    return {key: value for key, value in dotenv_values(ROOT / ".env").items() if value is not None}


def _convert(name: str, value: str, kind: str) -> object:
    try:
        match kind:
            case "Path":
                return Path(value).expanduser()
            case "int":
                return _positive(int(value))
            case "float":
                return _positive(float(value))
            case _:
                return value.strip()
    except ValueError:
        expected = "số nguyên" if kind == "int" else "số"
        raise SettingsError(
            f"Biến {name} có giá trị {value!r}, cần một {expected} không âm; hãy sửa trong môi trường hoặc tệp .env."
        ) from None


def _positive(number: float) -> float:
    if number < 0:
        raise ValueError(number)
    return number
