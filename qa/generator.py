"""The answer with a language model: an OpenAI-compatible endpoint through LangChain, streaming, bounded in time."""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from index.errors import GenerationError
from index.settings import Settings
from qa.types import Passage, Question

_END = object()


class Generator(Protocol):
    """Writes an answer piece by piece; GenerationError where it fails."""

    def stream(self, question: Question, passages: Sequence[Passage]) -> Iterator[str]: ...


class ChatGenerator:
    """A chat model behind `settings.llm_base_url`. Nothing is imported or contacted before the first question.

    The whole answer must be there within `settings.llm_timeout_seconds`; the worker that waits for a silent server is left behind.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chain: Any = None

    def stream(self, question: Question, passages: Sequence[Passage]) -> Iterator[str]:
        from qa.prompt import prompt_values

        pieces: queue.Queue[object] = queue.Queue()
        stopped = threading.Event()
        values = prompt_values(question, passages)
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._produce, values, pieces, stopped), daemon=True, name="hoidap-llm").start()
        try:
            yield from self._consume(pieces)
        finally:
            stopped.set()

    def _consume(self, pieces: queue.Queue[object]) -> Iterator[str]:
        limit = self._settings.llm_timeout_seconds
        deadline = time.monotonic() + limit
        received = False
        while True:
            try:
                piece = pieces.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                state = "chưa viết xong" if received else "chưa trả lời chữ nào"
                raise GenerationError(f"sau {limit:g} giây {state}", retryable=True) from None
            if piece is _END:
                if not received:
                    raise GenerationError("trả về câu trả lời trống", retryable=True)
                return
            if isinstance(piece, Exception):
                raise explain(piece, self._settings.llm_base_url) from piece
            received = True
            yield str(piece)

    def _produce(self, values: dict[str, str], pieces: queue.Queue[object], stopped: threading.Event) -> None:
        """Runs in the worker: every piece, then `_END`, or the exception."""
        finished = False
        try:
            for message in self._model_chain().stream(values):
                if stopped.is_set():
                    return
                finished = finished or bool(message.response_metadata.get("finish_reason"))
                if message.text:
                    pieces.put(message.text)
            pieces.put(_END if finished else GenerationError("ngắt giữa chừng, câu trả lời chưa trọn", retryable=True))
        except Exception as error:  # whatever a provider library raises becomes one sentence for the user
            pieces.put(error)

    def _model_chain(self) -> Any:
        if self._chain is None:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            from qa.prompt import prompt_template

            settings = self._settings
            model = ChatOpenAI(
                model=settings.llm_model,
                base_url=settings.llm_base_url,
                api_key=SecretStr(settings.llm_api_key),
                timeout=settings.llm_timeout_seconds,
                max_retries=0,
                temperature=0,
                use_responses_api=False,
            )
            self._chain = prompt_template() | model
        return self._chain


def explain(error: Exception, base_url: str) -> GenerationError:
    """A provider's exception as the reason of a Vietnamese sentence: "Mô hình ngôn ngữ không trả lời được (lý do …)"."""
    if isinstance(error, GenerationError):
        return error
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    if status is not None:
        return GenerationError(f"máy chủ {base_url} trả mã lỗi {status}", retryable=int(status) >= 500 or int(status) == 429)
    if "Timeout" in kind:
        return GenerationError("quá thời gian chờ", retryable=True)
    if "Connect" in kind:
        return GenerationError(f"không kết nối được tới {base_url}", retryable=True)
    if "Protocol" in kind or "Read" in kind or "APIError" in kind:
        return GenerationError("kết nối đứt giữa chừng", retryable=True)
    return GenerationError(f"lỗi {kind}", retryable=False)
