"""Chunks: exact spans, bounded, whole lists where they fit, everything covered."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import MAX_CONTEXT_PART_CHARACTERS, chunk_article, chunk_key, clip
from index.reading.cleaning import find_blocks
from index.reading.metadata import find_metadata
from index.text.canonical import to_nfc
from index.text.sentences import split_sentences
from index.types import Article, BlockKind, Chunk, TokenCounter

TITLE = "Sông Mơ bàn việc làm cầu"
LEAD = "Huyện giao các xã ba việc:"
ITEMS = [
    "Thứ nhất, lập danh sách hộ cần giúp và gửi về huyện trong tháng.",
    "Thứ hai, góp ngày công sửa cầu cũ trước mùa mưa.",
    "Thứ ba, báo cáo tiến độ vào cuối mỗi tuần.",
]


class Syllables:
    """One token a syllable: what stands between spaces."""

    def count(self, text: str) -> int:
        return len(text.split())


class Letters:
    """One token a character, so that the blank between two sentences counts too."""

    def count(self, text: str) -> int:
        return len(text)


def make(text: str, title: str | None = None) -> Article:
    text = to_nfc(text)
    blocks = find_blocks(text, title)
    return Article("thu/bai", text, find_metadata(text, blocks, {}), blocks, (), "thu", "0" * 32)


def chunks_of(text: str, max_tokens: int = 220, title: str | None = None) -> list[Chunk]:
    return chunk_article(make(text, title), Syllables(), max_tokens)


def texts(text: str, max_tokens: int = 220) -> list[str]:
    return [chunk.text for chunk in chunks_of(text, max_tokens)]


def test_paragraphs_are_packed_and_the_title_is_context() -> None:
    (chunk,) = chunks_of(f"{TITLE}\n\nHuyện họp sáng nay.\n\nBà con mừng.")
    assert chunk.text == "Huyện họp sáng nay.\n\nBà con mừng."
    assert chunk.context == TITLE
    assert chunk.embedded_text == f"{TITLE}\n{chunk.text}"
    assert (chunk.kind, chunk.token_count, chunk.position, chunk.article_id) == (BlockKind.BODY, 7, 0, "thu/bai")


def test_a_paragraph_that_fits_is_not_cut_to_fill_the_one_before() -> None:
    first, second = "Một hai ba bốn năm sáu.", "Bảy tám chín mười. Mười một."
    assert texts(f"{TITLE}\n\n{first}\n\n{second}", 12) == [first, second]


def test_a_paragraph_too_long_is_cut_at_sentences() -> None:
    text = "Một hai ba. Bốn năm sáu. Bảy tám chín. Mười."
    assert texts(f"{TITLE}\n\n{text}", 8) == ["Một hai ba. Bốn năm sáu.", "Bảy tám chín. Mười."]


def test_a_sentence_too_long_is_cut_at_clauses() -> None:
    clauses = ["Làm cầu ở bản Mây trước mùa mưa;", "làm đường vào bản Gió;", "trồng cây ở bản Sương cho kịp vụ."]
    assert texts(f"{TITLE}\n\n{' '.join(clauses)}", 12) == clauses


def test_a_sentence_without_clauses_is_cut_at_words() -> None:
    assert texts(f"{TITLE}\n\nMột hai ba bốn năm sáu bảy tám chín mười.", 4) == ["Một hai ba bốn", "năm sáu bảy tám", "chín mười."]


def test_a_word_too_long_is_cut_too() -> None:
    article = make(f"{TITLE}\n\n{'x' * 100} y.")
    assert [chunk.text for chunk in chunk_article(article, Letters(), 30)][:3] == ["x" * 30] * 3


def test_captions_stand_alone_and_nothing_crosses_them() -> None:
    found = chunks_of(f"{TITLE}\n\nHuyện họp.\n\nQuang cảnh buổi họp.\n\nBà con mừng.\n\nTrở lại\n\nMùa mưa tới.\n\nLò Văn Nam")
    assert [(chunk.kind.value, chunk.text) for chunk in found] == [
        ("body", "Huyện họp."),
        ("caption", "Quang cảnh buổi họp."),
        ("body", "Bà con mừng."),
        ("body", "Mùa mưa tới."),
    ]


def test_repetitions_are_not_indexed() -> None:
    assert texts(f"{TITLE}\n\nHuyện họp bàn việc làm cầu.\n\nHuyện họp bàn việc làm cầu.\n\nBà con mừng.") == [
        "Huyện họp bàn việc làm cầu.",
        "Bà con mừng.",
    ]


def test_headings_are_context_of_what_is_under_them() -> None:
    lines = ["I. VIỆC CHUNG", "1. Làm cầu", "Cầu làm bằng gỗ.", "2. Làm đường", "Đường rải đá.", "II. VIỆC RIÊNG", "Bản Mây trồng cây."]
    text = "\n\n".join([TITLE, *lines])
    assert [(chunk.context.split(" — ")[1:], chunk.text) for chunk in chunks_of(text)] == [
        (["I. VIỆC CHUNG", "1. Làm cầu"], "Cầu làm bằng gỗ."),
        (["I. VIỆC CHUNG", "2. Làm đường"], "Đường rải đá."),
        (["II. VIỆC RIÊNG"], "Bản Mây trồng cây."),
    ]


def test_a_list_that_fits_stays_whole_with_its_lead() -> None:
    text = "\n\n".join([TITLE, "Sáng nay huyện họp rất đông.", LEAD, *ITEMS])
    found = chunks_of(text, 50)
    assert [chunk.text for chunk in found] == ["Sáng nay huyện họp rất đông.", "\n\n".join([LEAD, *ITEMS])]
    assert found[1].lead is None


def test_each_part_of_a_list_that_does_not_fit_knows_its_lead() -> None:
    article = make("\n\n".join([TITLE, LEAD, *ITEMS]))
    first, second = chunk_article(article, Syllables(), 30)
    assert (first.text, first.context, first.lead) == (f"{LEAD}\n\n{ITEMS[0]}", TITLE, None)
    assert (second.text, second.context) == (f"{ITEMS[1]}\n\n{ITEMS[2]}", f"{TITLE} — {LEAD}")
    assert second.lead and article.text[second.lead.start : second.lead.end] == LEAD


def test_a_caption_between_two_points_does_not_end_the_list() -> None:
    found = chunks_of("\n\n".join([TITLE, LEAD, ITEMS[0], "Cầu cũ. Ảnh: Lê Na", *ITEMS[1:]]))
    assert [chunk.text for chunk in found] == [f"{LEAD}\n\n{ITEMS[0]}", "Cầu cũ. Ảnh: Lê Na", f"{ITEMS[1]}\n\n{ITEMS[2]}"]
    assert [chunk.context.endswith(LEAD) for chunk in found] == [False, False, True]


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(["- Làm cầu.", "- Làm đường.", "- Trồng cây."], id="dashes"),
        pytest.param(["a) Làm cầu;", "b) Làm đường;", "c) Trồng cây."], id="letters"),
        pytest.param(["1. Làm cầu.", "2. Làm đường.", "3. Trồng cây."], id="numbers"),
        pytest.param(["(1) Làm cầu;", "(2) Làm đường;", "(3) Trồng cây."], id="bracketed"),
        pytest.param(["Một là, làm cầu.", "Hai là, làm đường.", "Ba là, trồng cây."], id="spoken"),
    ],
)
def test_kinds_of_lists(items: list[str]) -> None:
    found = chunks_of("\n".join([f"{TITLE}\n", LEAD, *items]), 8)
    assert len(found) > 1
    assert all(chunk.context == f"{TITLE} — {LEAD}" for chunk in found if LEAD not in chunk.text)
    assert all(sum(chunk.text.count(item) for chunk in found) == 1 for item in items)


def test_a_list_in_one_sentence() -> None:
    lead, points = "Huyện có ba việc gồm:", ["(1) Làm cầu ở bản Mây;", "(2) Làm đường vào bản Gió;", "(3) Trồng cây ở bản Sương."]
    first, *others = chunks_of(f"{TITLE}\n\n{' '.join([lead, *points])}", 11)
    assert first.text == f"{lead} {points[0]}"
    assert [(chunk.text, chunk.context) for chunk in others] == [(point, f"{TITLE} — {lead}") for point in points[1:]]


def test_two_lists_do_not_take_each_others_lead() -> None:
    lists = {"Việc của xã:": ["- Làm cầu.", "- Làm đường."], "Việc của huyện:": ["- Cấp vốn.", "- Kiểm tra."]}
    found = chunks_of(f"{TITLE}\n\n" + "\n\n".join("\n".join([lead, *points]) for lead, points in lists.items()), 5)
    contexts = {chunk.text: chunk.context for chunk in found}
    assert all(contexts[point] == f"{TITLE} — {lead}" for lead, points in lists.items() for point in points)


def test_an_answer_knows_its_question() -> None:
    asked = "P.V: Bà con mong gì?\n\nÔng Lò Văn Nam: Mong có cầu.\n\nP.V: Khi nào xong?\n\nÔng Lò Văn Nam: Cuối năm.\n\nRồi làm đường."
    text = f"{TITLE}\n\n{asked}"
    assert [(chunk.kind.value, chunk.context.split(" — ")[1:]) for chunk in chunks_of(text)] == [
        ("question", []),
        ("answer", ["P.V: Bà con mong gì?"]),
        ("question", []),
        ("answer", ["P.V: Khi nào xong?"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TITLE, [("title", TITLE)]),
        ("Trở lại", [("boilerplate", "Trở lại")]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_articles_without_running_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(chunk.kind.value, chunk.text) for chunk in chunks_of(text)] == expected


def test_keys_depend_on_article_content_and_position_alone() -> None:
    first, again = chunks_of(f"{TITLE}\n\nHuyện họp."), chunks_of(f"{TITLE}\n\nHuyện họp.")
    assert [chunk.key for chunk in first] == [chunk.key for chunk in again]
    keys = {chunk_key(article, content, position) for article in ("a", "b") for content in ("1", "2") for position in range(50)}
    assert len(keys) == 200
    assert all(0 < key < 2**63 for key in keys)


def test_clip_keeps_the_end() -> None:
    assert clip("a  b\nc") == "a b c"
    long = clip("từ " * 200 + "cuối:")
    assert len(long) <= MAX_CONTEXT_PART_CHARACTERS and long.startswith("…từ ") and long.endswith("từ cuối:")


LINES = st.sampled_from(
    [
        "Huyện Sông Mơ họp bàn việc làm cầu. Bà con các bản về dự rất đông; ai cũng mừng.",
        "Cầu làm bằng gỗ, dài 12,5 m, do TP. Mơ giúp vốn theo Quyết định số 12-QĐ/HU ngày 5/3/2020; xong trước mùa mưa.",
        "Các việc chính:",
        "Việc gồm: (1) làm cầu; (2) làm đường; (3) trồng cây.",
        *ITEMS,
        "- làm cầu",
        "- làm đường;",
        "a) một",
        "b) hai",
        "1. Một",
        "2. Hai",
        "1.1. Ba",
        "VIỆC PHẢI LÀM",
        "Cầu cũ. Ảnh: Lê Na",
        "P.V: Vì sao?",
        "Ông Lò Văn Nam: Vì mưa.",
        "Trở lại",
        "Lò Văn Nam",
        "chữ" * 30,
        "",
    ]
)
COUNTERS = st.sampled_from([Syllables(), Letters()])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=20), st.integers(1, 40), COUNTERS, st.sampled_from([None, ""]))
def test_chunks_of_any_text(lines: list[str], max_tokens: int, counter: TokenCounter, title: str | None) -> None:
    article = make("\n".join(lines), title)
    found = chunk_article(article, counter, max_tokens)
    assert [chunk.position for chunk in found] == list(range(len(found)))
    assert len({chunk.key for chunk in found}) == len(found)
    for chunk in found:
        assert article.text[chunk.start : chunk.end] == chunk.text
        assert chunk.text.strip() == chunk.text != ""
        assert chunk.token_count == counter.count(chunk.text)
        assert chunk.token_count <= max_tokens or len(chunk.text) == 1
        assert chunk.lead is None or chunk.lead.end <= chunk.start
    assert all(before.end <= after.start for before, after in pairwise(found))
    chunked = {BlockKind.BODY, BlockKind.ANSWER, BlockKind.QUESTION, BlockKind.CAPTION}
    blocks = [block for block in article.blocks if block.kind in chunked and not block.repeated]
    covered = {position for chunk in found for position in range(chunk.start, chunk.end)}
    wanted = {position for block in blocks for position in range(block.start, block.end) if not article.text[position].isspace()}
    assert wanted <= covered
    for chunk in found:
        assert sum(block.start < chunk.end and chunk.start < block.end for block in article.blocks if block.kind not in chunked) <= (
            not blocks
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12))
def test_sentences_that_fit_are_never_cut(lines: list[str]) -> None:
    article = make("\n\n".join(lines), "")
    found = chunk_article(article, Syllables(), 40)
    starts, ends = {chunk.start for chunk in found}, {chunk.end for chunk in found}
    for block in article.blocks:
        for sentence in split_sentences(article.text, block.start, block.end):
            inside = range(sentence.start + 1, sentence.end)
            assert not starts & set(inside) and not ends & set(inside)
