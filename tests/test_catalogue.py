"""The catalogue: what goes in comes out, filters against brute force, snapshots, vectors, and a disk that refuses."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from conftest import FakeCounter, FakeEmbedder, make_article
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answer_kinds import marked_terms
from index.catalogue import Catalogue
from index.catalogue_rows import text_hash
from index.catalogue_writer import CatalogueWriter, IngestCounts
from index.embedding import StaticEmbedder
from index.errors import IndexMismatchError, IndexMissingError, StorageError
from index.preparing import prepare
from index.text.tokens import terms
from index.types import Article, Chunk, Filters, PartialDate, Skipped

LONG = "Báo cáo số 12-BC/TU về cải cách\n\n" + "\n\n".join(
    f"Đoạn thứ {i} nói về việc {i} của đơn vị số {i} trong năm 2021." for i in range(12)
)
ARTICLES = (
    make_article("kho/a", LONG, date="2021-12-27", issuer="Tỉnh ủy", kind="Báo cáo", folder="kho"),
    make_article("kho/b", "Hội nghị tổng kết\n\nHội nghị diễn ra tại Vinh.", date="2022-01", issuer="Đảng ủy Khối", folder="kho/tin"),
    make_article("kho/c", "Kế hoạch năm\n\nKế hoạch gồm ba phần.", date="2018", kind="Kế hoạch", folder="kho/tin/cu"),
    make_article("kho/d", "Tin vắn\n\nKhông rõ ngày.", folder="khoa"),
)


def fill(writer: CatalogueWriter, articles: tuple[Article, ...], embedder: FakeEmbedder, root: str = "/kho") -> list[Chunk]:
    """One file an article, all embedded, applied in one ingest."""
    model = writer.model(embedder.fingerprint)
    every: list[Chunk] = []
    for article in articles:
        prepared = prepare((article, writer.new_file_id()), FakeCounter(), 40)
        writer.stage_article(prepared)
        stored = writer.stored_hashes(model, [cut.text_hash for cut in prepared.chunks])
        new = {cut.text_hash: cut.chunk.embedded_text for cut in prepared.chunks if cut.text_hash not in stored}
        writer.store_vectors(model, list(new), embedder.embed_passages(list(new.values())))
        writer.stage_file(prepared.file_id, root, f"{article.id}.md", "hash", "recipe")
        every += [cut.chunk for cut in prepared.chunks]
    writer.apply([], embedder.fingerprint, embedder.dimension, {root: {}}, IngestCounts(added=len(articles)))
    return every


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def filled(path: Path, embedder: FakeEmbedder) -> CatalogueWriter:
    writer = CatalogueWriter(path)
    fill(writer, ARTICLES, embedder)
    return writer


def test_articles_come_back_whole(filled: CatalogueWriter) -> None:
    for article in ARTICLES:
        assert filled.article(article.id) == article
    assert filled.article("kho/khong-co") is None


def test_chunks_come_back_whole_in_the_order_asked(path: Path, embedder: FakeEmbedder) -> None:
    with CatalogueWriter(path) as writer:
        chunks = fill(writer, ARTICLES, embedder)
        keys = [chunk.key for chunk in reversed(chunks)]
        found = writer.chunks([*keys, 12345])
        assert list(found) == keys
        assert [item.chunk for item in found.values()] == chunks[::-1]
        assert found[chunks[0].key].metadata == ARTICLES[0].metadata
        assert sorted(writer.keys.tolist()) == sorted(keys)


def test_a_number_in_the_title_counts_for_every_chunk_that_is_indexed_with_the_title(filled: CatalogueWriter) -> None:
    entries = [entry for entry in filled.entries(filled.keys) if "báo cáo số" in entry.syllables]
    assert len(entries) > 1
    assert all(entry.numbers == ("12-BC/TU",) for entry in entries)
    assert filled.numbers_by_serial == {"12": ["12-BC/TU"]}


def test_vectors_come_back_in_half_precision(path: Path, embedder: FakeEmbedder) -> None:
    with CatalogueWriter(path) as writer:
        chunks = {chunk.key: chunk for chunk in fill(writer, ARTICLES, embedder)}
        batches = list(writer.vectors(writer.keys))
        keys = np.concatenate([batch[0] for batch in batches])
        rows = np.concatenate([batch[1] for batch in batches])
        assert sorted(keys.tolist()) == sorted(chunks)
        given = embedder.embed_queries([chunks[key].embedded_text for key in keys.tolist()])
        np.testing.assert_array_equal(rows, given.astype(np.float16).astype(np.float32))


def test_words_are_the_terms_of_the_embedded_text_and_the_models_tokens(path: Path) -> None:
    embedder, other = StaticEmbedder(), FakeEmbedder(8, "other")
    with CatalogueWriter(path) as writer:
        chunks = {chunk.key: chunk for chunk in fill(writer, ARTICLES, other)}
        texts = [chunk.embedded_text for chunk in chunks.values()]
        assert writer.words([*chunks, 1]) == {key: (" ".join(marked_terms(text)), None) for key, text in zip(chunks, texts, strict=True)}
        rows, tokens = embedder.embed_with_tokens(texts)
        np.testing.assert_array_equal(rows, embedder.embed_passages(texts))
        writer.store_vectors(writer.model(embedder.fingerprint), [text_hash(text) for text in texts], rows, tokens)
        writer.apply([], embedder.fingerprint, embedder.dimension, {}, IngestCounts())
        expected = {key: " ".join(terms(text)) for key, text in zip(chunks, texts, strict=True)}
        assert {entry.key: entry.syllables for entry in writer.entries(writer.keys)} == expected
        for key, (words, packed) in writer.words(list(chunks)).items():
            assert words == " ".join(marked_terms(chunks[key].embedded_text))
            assert packed is not None
            assert embedder.unpack_tokens(packed).tolist() == sorted(set(embedder.token_ids([chunks[key].embedded_text])[0]))


FILTERS = st.builds(
    Filters,
    date_from=st.none() | st.dates(date(2017, 6, 1), date(2022, 12, 31)),
    date_to=st.none() | st.dates(date(2017, 6, 1), date(2022, 12, 31)),
    kinds=st.sampled_from([(), ("Báo cáo",), ("Báo cáo", "Kế hoạch"), ("Khác",)]),
    issuers=st.sampled_from([(), ("Tỉnh ủy",), ("Đảng ủy Khối",)]),
    folders=st.sampled_from([(), ("kho",), ("kho/tin",), ("kho/tin/cu", "khoa"), ("kh_",)]),
    article_ids=st.sampled_from([(), ("kho/a", "kho/c")]),
)


def passes(article: Article, filters: Filters) -> bool:
    """The filters' rule, written a second time over every day that the article's date can mean."""
    known = article.metadata.date
    days = [day for day in ALL_DAYS if known and covers(known, day)]
    begins, ends = filters.date_from or date.min, filters.date_to or date.max
    return (
        (not (filters.date_from or filters.date_to) or (any(d >= begins for d in days) and any(d <= ends for d in days)))
        and (not filters.kinds or article.metadata.kind in filters.kinds)
        and (not filters.issuers or article.metadata.issuer in filters.issuers)
        and (not filters.folders or any(f"{article.folder}/".startswith(f"{folder}/") for folder in filters.folders))
        and (not filters.article_ids or article.id in filters.article_ids)
    )


def covers(known: PartialDate, day: date) -> bool:
    return known.year == day.year and known.month in (None, day.month) and known.day in (None, day.day)


ALL_DAYS = [date.fromordinal(n) for n in range(date(2017, 1, 1).toordinal(), date(2023, 1, 1).toordinal())]


@settings(deadline=None)
@given(filters=FILTERS)
def test_filters_agree_with_brute_force(shared: CatalogueWriter, filters: Filters) -> None:
    wanted = {article.id for article in ARTICLES if passes(article, filters)}
    assert {listed.article_id for listed in shared.listing(filters)} == wanted
    allowed = shared.allowed_keys(filters)
    if filters.empty:
        assert allowed is None
    else:
        assert allowed is not None
        assert {item.chunk.article_id for item in shared.chunks(allowed.tolist()).values()} == wanted


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> CatalogueWriter:
    writer = CatalogueWriter(tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite")
    fill(writer, ARTICLES, FakeEmbedder())
    return writer


def test_listing_is_newest_first_with_the_undated_last(filled: CatalogueWriter) -> None:
    assert [listed.article_id for listed in filled.listing(Filters())] == ["kho/b", "kho/a", "kho/c", "kho/d"]


def test_spellings_of_one_issuer_are_one(filled: CatalogueWriter, embedder: FakeEmbedder) -> None:
    more = [make_article(f"kho/{i}", f"Tin số {i}\n\nNội dung {i}.", issuer="Tỉnh uỷ", kind="báo cáo") for i in range(2)]
    fill(filled, tuple(more), embedder, root="/khac")
    assert filled.facets().issuers == (("Tỉnh uỷ", 3), ("Đảng ủy Khối", 1))
    assert filled.facets().kinds == (("báo cáo", 3), ("Kế hoạch", 1))
    for issuer in ("Tỉnh ủy", "Tỉnh uỷ", "tỉnh ủy"):
        assert {item.article_id for item in filled.listing(Filters(issuers=(issuer,)))} == {"kho/a", "kho/0", "kho/1"}
    assert {item.article_id for item in filled.listing(Filters(kinds=("Báo cáo",)))} == {"kho/a", "kho/0", "kho/1"}
    assert filled.listing(Filters(issuers=("Tỉnh đoàn",))) == []


def test_facets_count_articles(filled: CatalogueWriter) -> None:
    facets = filled.facets()
    assert facets.kinds == (("Báo cáo", 1), ("Kế hoạch", 1))
    assert facets.folders == (("kho", 1), ("kho/tin", 1), ("kho/tin/cu", 1), ("khoa", 1))
    assert facets.years == (("2022", 1), ("2021", 1), ("2018", 1))


def test_a_reader_keeps_its_snapshot_while_others_write(path: Path, embedder: FakeEmbedder) -> None:
    with CatalogueWriter(path) as writer:
        fill(writer, ARTICLES[:2], embedder)
        with Catalogue(path) as reader:
            before = reader.state()
            fill(writer, ARTICLES[2:], embedder)
            assert writer.remove_article("kho/a")
            assert reader.state() == before
            assert reader.article("kho/a") == ARTICLES[0]
            assert reader.article("kho/c") is None
        with Catalogue(path) as reader:
            assert reader.article("kho/a") is None
            assert reader.state().generation != before.generation
            assert reader.state().articles == 3


def test_what_is_staged_is_gone_with_its_connection(path: Path, embedder: FakeEmbedder) -> None:
    with CatalogueWriter(path) as writer:
        fill(writer, ARTICLES[:1], embedder)
        writer.stage_article(prepare((ARTICLES[1], writer.new_file_id()), FakeCounter(), 40))
    with CatalogueWriter(path) as writer:
        assert set(writer.known_articles()) == {"kho/a"}


def test_removed_article_leaves_nothing(filled: CatalogueWriter, path: Path) -> None:
    for article in ARTICLES:
        assert filled.remove_article(article.id)
    assert not filled.remove_article("kho/a")
    filled.close()
    with sqlite3.connect(path) as raw:
        for table in ("articles", "bodies", "chunks", "article_references"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_vectors_of_texts_long_gone_are_pruned_and_those_in_use_kept(filled: CatalogueWriter, embedder: FakeEmbedder) -> None:
    model = filled.model(embedder.fingerprint)
    assert filled.prune_vectors() == 0
    texts = [f"cũ {i}" for i in range(3 * filled.state().chunks)]
    filled.store_vectors(model, [text_hash(text) for text in texts], embedder.embed_passages(texts))
    assert filled.prune_vectors() == len(texts)
    assert sum(len(keys) for keys, _ in filled.vectors(filled.keys)) == filled.state().chunks


def test_two_models_never_mix(filled: CatalogueWriter) -> None:
    other = FakeEmbedder(8, "other")
    model = filled.model("other")
    waiting = list(filled.without_vector(model))
    assert len(waiting) == filled.state().chunks
    filled.store_vectors(model, [text_hash(text) for text in waiting], other.embed_passages(waiting))
    assert list(filled.without_vector(model)) == []
    filled.apply([], "other", 8, {}, IngestCounts())
    assert all(rows.shape[1] == 8 for _, rows in filled.vectors(filled.keys))


def test_summary_keeps_the_reasons_of_skipped_files(filled: CatalogueWriter) -> None:
    filled.apply([], "fake", 32, {"/kho": {"x.pdf": [Skipped("x.pdf", "Tệp hỏng.")]}}, IngestCounts(skipped=1))
    summary = filled.summary()
    assert summary.skipped == (Skipped("x.pdf", "Tệp hỏng."),)
    assert (summary.articles, summary.chunks) == (4, filled.state().chunks)
    assert summary.finished is not None


def test_an_ingest_that_changed_nothing_keeps_the_generation(filled: CatalogueWriter) -> None:
    before = filled.state()
    filled.apply([], "fake", 32, {"/kho": {}}, IngestCounts(unchanged=4))
    assert filled.state() == before


def test_missing_foreign_and_newer_files_are_told_apart(path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"ingest\.py"):
        Catalogue(path)
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StorageError, match="hỏng"):
        CatalogueWriter(path)
    path.unlink()
    CatalogueWriter(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE settings SET value = '99' WHERE name = 'format'")
    with pytest.raises(IndexMismatchError, match="99"):
        CatalogueWriter(path)


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_text_survives_storage(text: str) -> None:
    article = make_article("t", text)
    with TemporaryDirectory() as folder, CatalogueWriter(Path(folder) / "catalogue.sqlite") as writer:
        chunks = fill(writer, (article,), FakeEmbedder())
        assert writer.article("t") == article
        assert [item.chunk for item in writer.chunks([chunk.key for chunk in chunks]).values()] == chunks
