"""The five articles the product was conceived for, as scraped: the blocks, dates and lists they must give, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.chunking import chunk_article
from index.reading.articles import read_folder
from index.settings import Settings
from index.types import Article, BlockKind, Chunk

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")

# One letter a block; small: a paragraph seen before. X is what the site put round the article.
LETTERS = {"T": BlockKind.TITLE, "H": BlockKind.HEADING, "B": BlockKind.BODY, "C": BlockKind.CAPTION, "Y": BlockKind.BYLINE}
LETTERS |= {"Q": BlockKind.QUESTION, "A": BlockKind.ANSWER, "X": BlockKind.BOILERPLATE}
BLOCKS = {
    "000": "TBCBBBCBCBCBCBCBBBCBBBY",
    "001": "XBBCHBBBCBBBCBBBB",
    "002": "TQACcAAACAACcAACcQAAACcAQAACcAAACAAAQCc",
    "003": "XXTBBBBBBBBY",
    "004": "XXXTXBBBBBBBBBBBBYXXX",
}
BEGINNINGS = {  # (seed, block): its first words
    ("000", 1): "(Baonghean.vn) - Chiều 27/12",
    ("000", 18): "Chi bộ Khoa Xây dựng Đảng",  # a caption that lost its picture, between points three and four
    ("000", 22): "Ban Tuyên giáo",
    ("001", 0): "date 2022-01",
    ("001", 1): "Chiều 6/1",
    ("001", 4): "LÃNH ĐẠO",
    ("001", 8): "Đồng chí Nguyễn Viết Hưng",
    ("001", 9): "Các tổ chức cơ sở đảng",  # was glued to the caption before it
    ("002", 8): "Đồng chí Nguyễn Nam Đình trả lời",
    ("002", 36): "P.V: Xin cảm ơn",
    ("003", 0): "Thứ năm",
    ("003", 1): "Đẩy mạnh học tập",
    ("004", 0): "Hôm nay",
    ("004", 2): "ĐẢNG UỶ KHỐI",
    ("004", 4): "28.2.2018",
    ("004", 20): "Android",
}
DATES = {  # published, event, page
    "000": (None, "2021-12-27", None),
    "001": ("2022-01", "2022-01-06", None),
    "002": (None, None, None),
    "003": (None, "2021-05-31", "2021-09-23"),
    "004": ("2018-02-28", None, "2019-01-18"),
}
ISSUERS = {"000": "Báo Nghệ An", "001": None, "002": "Báo Nghệ An", "003": "Đảng ủy Khối", "004": "Đảng ủy Khối"}
AUTHORS = {"000": "Ban Tuyên giáo Đảng ủy Khối", "001": None, "002": None, "003": "Nguyễn Thị Thu Hào", "004": "Nguyễn Cường"}


class Syllables:
    """Counts what stands between spaces."""

    def count(self, text: str) -> int:
        return len(text.split())


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = list(read_folder(SEEDS, Settings()))
    assert all(isinstance(article, Article) for article in found)
    return {article.id[:3]: article for article in found if isinstance(article, Article)}


def stretch(article: Article, place: int) -> str:
    block = article.blocks[place]
    return article.text[block.start : block.end]


@pytest.mark.parametrize("seed", BLOCKS)
def test_blocks(articles: dict[str, Article], seed: str) -> None:
    names = {kind: letter for letter, kind in LETTERS.items()}
    found = "".join(names[block.kind].lower() if block.repeated else names[block.kind] for block in articles[seed].blocks)
    assert found == BLOCKS[seed]


@pytest.mark.parametrize(("seed", "place"), BEGINNINGS)
def test_block_boundaries(articles: dict[str, Article], seed: str, place: int) -> None:
    assert stretch(articles[seed], place).startswith(BEGINNINGS[seed, place])


@pytest.mark.parametrize("seed", BLOCKS)
def test_nothing_is_lost(articles: dict[str, Article], seed: str) -> None:
    article = articles[seed]
    covered = "".join(article.text[block.start : block.end] for block in article.blocks)
    assert "".join(covered.split()) == "".join(article.text.split())


@pytest.mark.parametrize("seed", DATES)
def test_dates(articles: dict[str, Article], seed: str) -> None:
    metadata = articles[seed].metadata
    assert tuple(date and str(date) for date in (metadata.published, metadata.event, metadata.page)) == DATES[seed]


@pytest.mark.parametrize("seed", ISSUERS)
def test_issuer_and_author(articles: dict[str, Article], seed: str) -> None:
    assert (articles[seed].metadata.issuer, articles[seed].metadata.author) == (ISSUERS[seed], AUTHORS[seed])


def test_titles(articles: dict[str, Article]) -> None:
    beginnings = {
        "000": "Phó Bí thư Thường trực",
        "002": "Phát huy truyền thống",
        "003": "Ban Thường vụ Đảng ủy Khối",
        "004": "Đề án “Đổi mới",
    }
    for seed, beginning in beginnings.items():
        assert articles[seed].metadata.title.startswith(beginning)
    made = articles["001"].metadata.title  # the text has none: the beginning of its first sentence
    assert made.startswith("Chiều 6/1, Ban Thường vụ") and made.endswith("…")


def test_interview_is_known(articles: dict[str, Article]) -> None:
    assert articles["002"].metadata.kind == "Phỏng vấn"


def test_references(articles: dict[str, Article]) -> None:
    assert [reference.number for reference in articles["001"].references] == ["08-QĐ/TU", "02-NQ/ĐUK"]


def points(article: Article, max_tokens: int) -> list[Chunk]:
    chunks = chunk_article(article, Syllables(), max_tokens)
    return [chunk for chunk in chunks if "Thứ " in chunk.text and chunk.kind is not BlockKind.CAPTION]


def test_five_points_know_their_list_across_captions(articles: dict[str, Article]) -> None:
    """Two captions stand between the sentence that introduces the five points and the fifth of them."""
    chunks = points(articles["000"], 220)
    assert [word for chunk in chunks for word in ("nhất", "hai", "ba", "tư", "năm") if f"Thứ {word}," in chunk.text] == [
        "nhất",
        "hai",
        "ba",
        "tư",
        "năm",
    ]
    leads = {articles["000"].text[chunk.lead.start : chunk.lead.end][-25:] for chunk in chunks if chunk.lead}
    assert leads == {"khắc phục trong năm 2022."}
    assert all(chunk.lead and chunk.context.endswith("năm 2022.") for chunk in chunks)


def test_a_list_that_fits_stays_with_its_lead(articles: dict[str, Article]) -> None:
    """ "5 nhiệm vụ trọng tâm:" is in the chunk of the first task; the later ones, cut off by captions, carry it."""
    chunks = [chunk for chunk in points(articles["002"], 220) if "kinh nghiệm" not in chunk.context.split(" — ")[-1]]
    tasks = [chunk for chunk in chunks if "5 nhiệm vụ" in chunk.text or (chunk.lead and "5 nhiệm vụ" in chunk.context)]
    assert len(tasks) == 4
    assert "Thứ nhất:" in tasks[0].text and tasks[0].lead is None


def test_answers_know_their_question(articles: dict[str, Article]) -> None:
    answers = [chunk for chunk in chunk_article(articles["002"], Syllables(), 220) if chunk.kind is BlockKind.ANSWER]
    assert answers
    assert all("?" in chunk.context for chunk in answers)


def test_doubled_captions_are_indexed_once(articles: dict[str, Article]) -> None:
    captions = [chunk.text for chunk in chunk_article(articles["002"], Syllables(), 220) if chunk.kind is BlockKind.CAPTION]
    assert len(captions) == len(set(captions)) == 8
