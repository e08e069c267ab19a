"""A small library held in memory that fills the protocols of ui/backend.py: six invented articles, found by shared words."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from index.errors import IndexMissingError
from index.intake import Progress, Report
from index.settings import Settings
from index.text.canonical import canonical
from index.types import (
    Article,
    Block,
    BlockKind,
    Chunk,
    Expansion,
    Explanation,
    Facets,
    Filters,
    Hit,
    IndexSummary,
    ListedArticle,
    Metadata,
    PartialDate,
    Query,
    Skipped,
    Span,
)
from qa.types import NOT_FOUND_SENTENCE, Answer, AnswerType, Citation, Question, Status, Turn
from ui.backend import Added, Backend

HOSTILE = "<script>window.hacked=1</script> <img src=x onerror='window.hacked=2'> **đậm** [a](javascript:alert(1)) ${1+1} {{value}}"
_TEXTS = {
    "tin-tuc/hop-giao-ban": (
        "Họp giao ban tháng 3 của Văn phòng Sông Lam",
        "2022-03-14",
        "Văn phòng Sông Lam",
        "Tin",
        "Sáng 14/3, Văn phòng Sông Lam họp giao ban tháng 3 năm 2022. Hội nghị có 42 cán bộ dự.\n\n"
        "Chánh Văn phòng Trần Thị Mẫu yêu cầu các phòng gửi báo cáo trước ngày 25 hằng tháng. Việc chấm điểm cải cách bắt đầu từ quý hai.",
    ),
    "quy-dinh/so-11": (
        "Quy định 11-QĐ/SL về lưu trữ hồ sơ",
        "2021-09-02",
        "Văn phòng Sông Lam",
        "Quy định",
        "Quy định 11-QĐ/SL quy định thời hạn lưu trữ hồ sơ.\n\nHồ sơ nhân sự được lưu trữ 70 năm. Hồ sơ họp được lưu trữ 10 năm.",
    ),
    "bao-cao/chuyen-doi-so": (
        "Báo cáo chuyển đổi số sáu tháng đầu năm",
        "2023-07",
        "Phòng Số hóa",
        "Báo cáo",
        "Sáu tháng đầu năm, Phòng Số hóa đưa 1.250 hồ sơ lên kho điện tử.\n\nTỷ lệ văn bản ký số đạt 96,5%.",
    ),
    "tin-tuc/tap-huan": (
        "Tập huấn kỹ năng soạn thảo văn bản",
        "2022-11-05",
        "Trường Bồi dưỡng Bến Thủy",
        "Tin",
        "Lớp tập huấn soạn thảo văn bản có 60 học viên dự.\n\nHọc viên thực hành trên mẫu báo cáo mới.",
    ),
    "tin-tuc/khong-ngay": ("Thông báo không đề ngày", None, None, None, "Thông báo này không ghi ngày và cơ quan ban hành."),
    "thu/hostile": (f"Bài thử {HOSTILE}", "2020-01-01", "<b>Cơ quan</b>", "Tin", f"Đoạn thử mã độc: {HOSTILE} hết đoạn."),
}


def make_article(article_id: str, title: str, date: str | None, issuer: str | None, kind: str | None, body: str) -> Article:
    """An article whose text is title, empty line, body; a block for each paragraph."""
    text = f"{title}\n\n{body}"
    blocks, position = [], 0
    for number, paragraph in enumerate(text.split("\n\n")):
        blocks.append(Block(BlockKind.BODY if number else BlockKind.TITLE, position, position + len(paragraph)))
        position += len(paragraph) + 2
    metadata = Metadata(title, PartialDate.parse(date) if date else None, issuer=issuer, kind=kind)
    return Article(article_id, text, metadata, tuple(blocks), (), article_id.rpartition("/")[0], f"hash-{article_id}")


def hit_of(title: str, text: str, *, highlights: tuple[Span, ...] = (), start: int = 0, **explained: object) -> Hit:
    """A hit over a chunk that begins at `start` of its article, explained by the keyword arguments."""
    chunk = Chunk(1, "thu/muc", 0, start, start + len(text), text, title, BlockKind.BODY, 5)
    return Hit(chunk, Metadata(title), 1.0, Explanation(**explained), highlights)  # type: ignore[arg-type]


def sentences_of(article: Article) -> list[Span]:
    """Sentences of the body, cut after a full stop followed by a space or the end."""
    spans = []
    for block in article.blocks[1:]:
        start = block.start
        for position in range(block.start, block.end):
            if article.text[position] == "." and (position + 1 == block.end or article.text[position + 1] == " "):
                spans.append(Span(start, position + 1))
                start = position + 2
        if start < block.end:
            spans.append(Span(start, block.end))
    return spans


@dataclass
class FakeAnswering:
    """Hits and answers by counting shared words; `pause_seconds` between streamed pieces; `fail` raises while streaming."""

    articles: dict[str, Article]
    pause_seconds: float = 0.0
    fail: Exception | None = None
    asked: list[tuple[str, tuple[Turn, ...], Filters, bool]] = field(default_factory=list)

    def understand(self, typed: str, filters: Filters, *, restore: bool = True) -> Query:
        if restore and typed == "ho so luu tru bao lau":
            return Query(typed, "hồ sơ lưu trữ bao lâu", expansions=(Expansion("ho so", "hồ sơ", "diacritics"),), filters=filters)
        return Query(typed, typed, filters=filters)

    def search(self, query: Query, k: int) -> list[Hit]:
        words = set(canonical(query.text).split())
        hits = [self._hit(article, words) for article in self.articles.values() if allowed(article, query.filters)]
        return sorted((hit for hit in hits if hit.explanation.words), key=lambda hit: -hit.score)[:k]

    def _hit(self, article: Article, words: set[str]) -> Hit:
        body = Span(article.blocks[1].start, article.blocks[-1].end)
        chunk = Chunk(
            abs(hash(article.id)),
            article.id,
            0,
            *body,
            article.text[slice(*body)],
            article.metadata.title,
            BlockKind.BODY,
            len(article.text) // 4,
        )
        spans, found, lowered = [], [], canonical(article.text)
        for word in sorted(words):
            position = lowered.find(word, body.start)
            if len(word) > 2 and position >= 0:
                spans.append(Span(position, position + len(word)))
                found.append(word)
        explained = Explanation(dense_rank=2, lexical_rank=1, words=tuple(found))
        return Hit(chunk, article.metadata, float(len(found)), explained, tuple(sorted(spans)))

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            raise IndexMissingError(f"Không có văn bản {article_id!r} trong chỉ mục.")
        return self.articles[article_id]

    def stream(self, text: str, turns: Sequence[Turn], filters: Filters, *, restore: bool = True) -> Iterator[str | Answer]:
        self.asked.append((text, tuple(turns), filters, restore))
        query = self.understand(text, filters, restore=restore)
        question = Question(text, query.text, AnswerType.OTHER, query)
        hits = self.search(query, 3)
        if self.pause_seconds:
            time.sleep(self.pause_seconds)
        if self.fail:
            raise self.fail
        if not hits or hits[0].score < 2:
            yield NOT_FOUND_SENTENCE
            yield Answer(
                question,
                NOT_FOUND_SENTENCE,
                Status.NOT_FOUND,
                nearest=tuple(hits or self.search(replace(query, text="hồ sơ văn phòng báo"), 3)),
            )
            return
        citations = tuple(self._cite(hit, number, query) for number, hit in enumerate(hits[:2], start=1))
        answer = "\n".join(f"“{citation.quote}” [{citation.number}]" for citation in citations)
        for piece in answer.splitlines(keepends=True):
            yield piece
            time.sleep(self.pause_seconds)
        yield Answer(question, answer, Status.ANSWERED, citations, seconds=0.08)

    def _cite(self, hit: Hit, number: int, query: Query) -> Citation:
        article = self.articles[hit.article_id]
        words = set(canonical(query.text).split())
        best = max(sentences_of(article), key=lambda span: len(words & set(canonical(article.text[slice(*span)]).split())))
        known = article.metadata
        return Citation(
            number, article.id, known.title, str(known.date) if known.date else None, known.issuer, article.text[slice(*best)], *best
        )


@dataclass
class FakeLibrary:
    """Text files are added as they are; anything else is skipped."""

    articles: dict[str, Article]

    def holdings(self) -> IndexSummary:
        skipped = (Skipped("anh-chup.pdf", "Tệp anh-chup.pdf chỉ có ảnh, không có chữ; hãy quét nhận dạng chữ rồi nạp lại."),)
        return IndexSummary(len(self.articles), 2 * len(self.articles), datetime(2026, 11, 22, 2, 15, tzinfo=UTC), skipped)

    def facets(self) -> Facets:
        known = [article.metadata for article in self.articles.values()]
        return Facets(
            _distinct(m.kind for m in known), _distinct(m.issuer for m in known), _distinct(a.folder for a in self.articles.values())
        )

    def listing(self, filters: Filters) -> list[ListedArticle]:
        rows = [ListedArticle(a.id, a.metadata, a.folder, a.folder == "uploads") for a in self.articles.values() if allowed(a, filters)]
        return sorted(rows, key=lambda row: str(row.metadata.date or ""), reverse=True)

    def add(self, files: Sequence[Path], report: Report) -> Added:
        titles, skipped = [], []
        for done, path in enumerate(files, start=1):
            if path.suffix == ".txt":
                title, _, body = path.read_text(encoding="utf-8").partition("\n")
                article = make_article(f"uploads/{path.stem}", title, None, None, None, body.strip())
                self.articles[article.id] = article
                titles.append(title)
            else:
                skipped.append(Skipped(path.name, "không đọc được định dạng này."))
            report(Progress("read", done, len(files), done))
        return Added(tuple(titles), tuple(skipped))

    def remove(self, article_id: str) -> None:
        del self.articles[article_id]


def _distinct(values: Iterator[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(value for value in values if value).most_common())


def allowed(article: Article, filters: Filters) -> bool:
    """Whether the filters let an article through."""
    known = article.metadata
    day = known.date.first_day if known.date else None
    if (filters.date_from and (not day or day < filters.date_from)) or (filters.date_to and (not day or day > filters.date_to)):
        return False
    chosen = ((filters.kinds, known.kind), (filters.issuers, known.issuer), (filters.folders, article.folder))
    return all(not values or value in values for values, value in chosen)


def make_backend(pause_seconds: float = 0.0, fail: Exception | None = None) -> Backend:
    """A fresh library of the invented articles, with the assistant that reads it."""
    articles = {article_id: make_article(article_id, *rest) for article_id, rest in _TEXTS.items()}
    return Backend(FakeAnswering(articles, pause_seconds, fail), FakeLibrary(articles))


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_local(url: str) -> bool:
    """Whether a request of the browser stays on this machine."""
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))


@contextmanager
def serving(backend: Backend, settings: Settings | None = None) -> Iterator[str]:
    """The app over a backend on a free port of this machine; gives its address."""
    import uvicorn

    from ui.app import create_app

    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(create_app(backend, settings or Settings()), port=port, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
