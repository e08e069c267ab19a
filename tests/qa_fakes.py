"""A search engine one can compute in one's head, and a few short articles, for the tests of question answering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conftest import FakeCounter, make_article, make_document

from index.chunking import chunk_article
from index.query import CorpusWords, Understanding
from index.settings import Settings
from index.text.abbreviations import AbbreviationTable
from index.text.canonical import fold
from index.text.tokens import bigrams, terms
from index.types import Article, Chunk, Explanation, Filters, Hit, Query
from qa.chain import Assistant
from qa.generator import Generator
from qa.quotes import on_one_line
from qa.types import Answer, Turn

UNDERSTAND = Understanding(restorer=None, abbreviations=None)


class FakeEngine:
    """Scores a chunk by the share of the query's syllables, folded, that stand in it or in its title; no restorer, no index."""

    def __init__(self, articles: Sequence[Article], max_tokens: int = 60) -> None:
        self._articles = {article.id: article for article in articles}
        self._chunks: list[tuple[Chunk, set[str]]] = []
        for article in articles:
            for chunk in chunk_article(article, FakeCounter(), max_tokens):
                self._chunks.append((chunk, set(terms(fold(f"{article.metadata.title} {chunk.text}")))))

    def search(self, query: Query, k: int = 10) -> list[Hit]:
        wanted = set(terms(fold(query.text)))
        scored = [(len(wanted & words) / len(wanted), chunk) for chunk, words in self._chunks if self._passes(chunk, query.filters)]
        best = sorted((entry for entry in scored if entry[0] > 0), key=lambda entry: (-entry[0], entry[1].article_id, entry[1].position))
        return [Hit(chunk, self._articles[chunk.article_id].metadata, score, Explanation()) for score, chunk in best[:k]]

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        yield from self._articles.values()

    def _passes(self, chunk: Chunk, filters: Filters) -> bool:
        if filters.article_ids and chunk.article_id not in filters.article_ids:
            return False
        when = self._articles[chunk.article_id].metadata.date
        if filters.date_from and (when is None or when.first_day < filters.date_from):
            return False
        return not (filters.date_to and (when is None or when.first_day > filters.date_to))


@dataclass(frozen=True)
class Words:
    """The words of some articles."""

    known: frozenset[str]

    def frequency(self, field: str, term: str) -> int:
        return int(term in self.known)


class KnowingEngine(FakeEngine):
    """A fake engine that knows the words of its articles, as the real one does."""

    def __init__(self, articles: Sequence[Article]) -> None:
        super().__init__(articles)
        told = [terms(article.text) for article in articles]
        self.words = Words(frozenset(word for each in told for word in (*each, *bigrams(each))))

    def corpus_words(self) -> CorpusWords:
        return CorpusWords(self.words, AbbreviationTable({}, {}, 1))


def make_assistant(*articles: Article, generator: Generator | None = None, settings: Settings | None = None) -> Assistant:
    return Assistant(FakeEngine(articles), settings or Settings(), understand=UNDERSTAND, counter=FakeCounter(), generator=generator)


MEETING = make_article(
    "tin/hoi-nghi-cuoi-nam",
    """Hội nghị cuối năm của Đảng ủy Khối các cơ quan tỉnh

Chiều 27/12/2021, Đảng ủy Khối các cơ quan tỉnh họp tổng kết công tác năm tại hội trường số 2. Tham dự có 63 tổ chức cơ sở đảng.

Đồng chí Trần Thị Bưởi, Bí thư Đảng ủy Khối các cơ quan tỉnh, khai mạc hội nghị. Đồng chí Lê Văn Cam, Phó Bí thư Đảng ủy Khối, đọc báo cáo.

Quang cảnh hội nghị có 900 đại biểu. Ảnh: P.V

Năm qua Khối kết nạp 15 đảng viên mới, khai trừ 2 đảng viên. Nguyên nhân của việc khai trừ là do vi phạm quy định về đất đai.

Hội nghị giao 3 nhiệm vụ trọng tâm cho năm 2022:

Thứ nhất, số hóa toàn bộ hồ sơ đảng viên.

Đại biểu dự hội nghị. Ảnh: P.V

Thứ hai, nâng chất lượng sinh hoạt chi bộ.

Thứ ba, giảm một nửa số cuộc họp.

Hội nghị xác định khâu đột phá gồm: (1) cải cách thủ tục; (2) đào tạo cán bộ; (3) kiểm tra cơ sở.

Thực hiện Nghị quyết 05-NQ/ĐUK của Ban Chấp hành Đảng bộ Khối “về chuyển đổi số trong cơ quan đảng”, các đơn vị đã dùng chữ ký số.
""",
    date="2021-12-28",
    issuer="Đảng ủy Khối các cơ quan tỉnh",
)
OLDER = make_article(
    "tin/nhiem-ky-truoc",
    """Nhìn lại nhiệm kỳ 2015 – 2020 của Đảng bộ Khối các cơ quan tỉnh

Đồng chí Phạm Văn Đào, Bí thư Đảng ủy Khối các cơ quan tỉnh, nêu những việc đã làm được. Khối kết nạp 40 đảng viên mới trong năm 2018.
""",
    date="2019-03-05",
)
LOOKALIKE = make_article(
    "tin/khoi-co-quan-va-doanh-nghiep",
    """Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh họp định kỳ

Đồng chí Ngô Văn Mít, Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh, chủ trì cuộc họp ngày 31/5/2021.
""",
    date="2021-05-31",
)
INTERVIEW = make_article(
    "phong-van/ve-phong-trao",
    """Trao đổi về phong trào trồng cây ở xã Sơn Thủy

P.V: Thưa đồng chí, phong trào trồng cây của xã bắt đầu từ năm nào?

Đồng chí Bùi Văn Ổi: Chúng tôi khởi xướng từ năm 2014, khi xã còn nhiều đồi trọc.

P.V: Xã đã trồng được bao nhiêu héc-ta rừng?

Đồng chí Bùi Văn Ổi: Đến nay được 120 héc-ta, chủ yếu là lim và lát.
""",
)
CORPUS = (MEETING, OLDER, LOOKALIKE, INTERVIEW)

GUIDANCE = make_article(
    "vb/moi",
    "Hướng dẫn 38-HD/BTCTW về hồ sơ\n\nHướng dẫn này thay thế Hướng dẫn số 12-HD/BTCTW, ngày 18-01-2022; có hiệu lực kể từ ngày ký.\n",
    date="2025-09-29",
)
CIRCULAR = make_document(
    "vb/thong-tu",
    """BỘ CẦU ĐƯỜNG
Số: 7/2026/TT-BCĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 02 tháng 3 năm 2026
THÔNG TƯ
Quy định việc góp ngày công làm cầu

Căn cứ Luật Đường bộ;

Bộ trưởng Bộ Cầu đường ban hành Thông tư quy định việc góp ngày công làm cầu.

Mức góp mỗi hộ theo Thông tư số 9/2019/TT-BCĐ ngày 1 tháng 2 năm 2019 quy định mức góp tiền.

Thông tư này có hiệu lực từ ngày 15 tháng 4 năm 2026.

Thông tư số 5/2020/TT-BCĐ ngày 3 tháng 2 năm 2020 và Thông tư số 6/2021/TT-BCĐ hết hiệu lực kể từ ngày Thông tư
này có hiệu lực thi hành; khoản 2 Điều 4 Thông tư số 8/2022/TT-BCĐ bị bãi bỏ.

Các văn bản trước đây trái với Thông tư này đều bãi bỏ.
""",
)

_QUOTED = re.compile(r"“(.*?)” \[(\d+)\]", re.DOTALL)


def assert_quotes_exact(answer: Answer, engine: FakeEngine) -> None:
    """Every citation is the article's text at its offsets, the i-th mark is the i-th citation's, every quotation is a citation's."""
    for citation in answer.citations:
        assert citation.quote == engine.article(citation.article_id).text[citation.start : citation.end]
        assert citation.quote.strip()
    marks = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert marks == [citation.number for citation in answer.citations]
    quoted = [match[0] for match in _QUOTED.findall(answer.text)]
    assert all(any(piece in on_one_line(citation.quote) for citation in answer.citations) for piece in quoted)
    numbers = {passage.number: passage.article_id for passage in answer.passages}
    assert all(numbers[citation.number] == citation.article_id for citation in answer.citations)


ASSISTANT = make_assistant(*CORPUS)


def ask(question: str, *turns: Turn) -> Answer:
    """An answer over `CORPUS`, its citations checked."""
    answer = ASSISTANT.answer(question, turns)
    assert_quotes_exact(answer, ASSISTANT.engine)  # type: ignore[arg-type]
    return answer
