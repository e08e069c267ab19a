"""Searching: fusion by hand, filters by brute force, exact numbers and phrases, duplicates, snapshots, healing, the command line."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import Corpus, FakeCounter, FakeEmbedder

from index import __main__ as command
from index.build import build
from index.candidates import MAX_QUERY_TERMS, lexical_query
from index.duplicates import similarity, sketch
from index.engine import Engine
from index.errors import IndexMismatchError, IndexMissingError, QueryError
from index.explain import found_words, highlights, occurring, phrase_spans, spellings
from index.layout import Layout
from index.locking import exclusive
from index.query import understand
from index.rerank import REFERENCE_BONUS, Candidate, fuse, rank
from index.selection import CHUNKS_AN_ARTICLE
from index.settings import Settings
from index.types import Expansion, Filters, Query, SearchEngine, Span


def markdown(title: str, body: str, **fields: str) -> str:
    lines = [f"{name}: {value}" for name, value in {"title": title, **fields}.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


TEXTS = {
    "nq.md": markdown(
        "Nghị quyết 02-NQ/ĐUK về cải cách hành chính",
        "Nghị quyết đề ra ba nhóm việc.",
        date="2021-03-05",
        kind="Nghị quyết",
        issuer="Đảng ủy Khối",
    ),
    "tin/hop.md": markdown(
        "Tin họp tháng năm",
        "Hội nghị nhắc lại Nghị quyết số 02-NQ/ĐUK và bàn việc thi đua.",
        date="2021-05-31",
        kind="Tin",
        issuer="Văn phòng",
    ),
    "tin/thi-dua.md": markdown(
        "Phong trào thi đua", "Phong trào thi đua lan rộng trong các chi bộ ở Hoà Bình.", date="2022-01-06", kind="Tin"
    ),
    "qd.md": markdown(
        "Quy định 02-QĐ/TU", "Quy định nêu trách nhiệm nêu gương của cán bộ.", date="2019", kind="Quy định", issuer="Tỉnh ủy"
    ),
    "vo-danh.txt": "Ghi chép\n\nKhông rõ ngày, nói về thi đua và cải cách.",
}


def index_texts(settings: Settings, folder: Path) -> Engine:
    build([folder], settings, embedder=FakeEmbedder(), counter=FakeCounter())
    return Engine.open(settings, FakeEmbedder())


@pytest.fixture
def engine(settings: Settings, corpus: Corpus) -> Engine:
    return index_texts(settings, corpus(TEXTS))


def ask(text: str, **fields: object) -> Query:
    return Query(typed=text, text=text, **fields)  # type: ignore[arg-type]


def ids(engine: Engine, query: Query, k: int = 10) -> list[str]:
    return [hit.article_id for hit in engine.search(query, k)]


def test_the_engine_is_a_search_engine(engine: Engine) -> None:
    served: SearchEngine = engine
    assert served.search(ask("thi đua"))[0].article_id == "tin/thi-dua"


def test_fusion_by_hand() -> None:
    candidates = [
        Candidate(1, cosine=0.5, bm25=4.0, dense_rank=2, lexical_rank=1),
        Candidate(2, cosine=1.0, bm25=1.0, dense_rank=1, lexical_rank=2),
        Candidate(3, cosine=-0.5, bm25=0.0, dense_rank=3, lexical_rank=None),
        Candidate(4, cosine=0.0, bm25=0.0, dense_rank=None, lexical_rank=None, has_reference=True),
    ]
    assert fuse(candidates, 0.7) == pytest.approx([0.7 + 0.15, 0.175 + 0.3, 0.0, REFERENCE_BONUS])
    assert [candidate.key for candidate, _ in rank(candidates, 0.7)] == [4, 1, 2, 3]
    assert [candidate.key for candidate, _ in rank(candidates, 0.0)] == [4, 2, 1, 3]
    assert fuse([], 0.7) == []


def test_scores_are_those_of_both_legs_over_all_chunks(engine: Engine) -> None:
    """With so few chunks every one is a candidate: the fused score can be computed from the two legs as they are."""
    query = ask("nghị quyết cải cách thi đua")
    snapshot = engine._snapshot
    assert snapshot.lexical
    vector = FakeEmbedder().embed_queries([query.text])[0]
    bm25 = dict(snapshot.lexical.search(lexical_query(query), 100))
    keys = sorted(snapshot.dense.keys.tolist())
    cosine = dict(zip(keys, snapshot.dense.vectors(keys) @ vector, strict=True))
    expected = {key: 0.7 * bm25.get(key, 0) / max(bm25.values()) + 0.3 * max(cosine[key], 0) / max(cosine.values()) for key in keys}
    hits = engine.search(query, 100)
    assert {hit.chunk.key: hit.score for hit in hits} == pytest.approx(expected, abs=1e-5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        pytest.param(Filters(kinds=("Tin",)), {"tin/hop", "tin/thi-dua"}, id="kind"),
        pytest.param(Filters(issuers=("Tỉnh ủy", "Văn phòng")), {"qd", "tin/hop"}, id="issuers"),
        pytest.param(Filters(folders=("kho/tin",)), {"tin/hop", "tin/thi-dua"}, id="folder"),
        pytest.param(Filters(folders=("kho",)), {"nq", "tin/hop", "tin/thi-dua", "qd", "vo-danh"}, id="folder above"),
        pytest.param(Filters(date_from=date(2021, 5, 31)), {"tin/hop", "tin/thi-dua"}, id="from, inclusive"),
        pytest.param(Filters(date_to=date(2021, 3, 5)), {"nq", "qd"}, id="to, inclusive"),
        pytest.param(Filters(date_from=date(2019, 6, 1), date_to=date(2019, 6, 30)), {"qd"}, id="a day of the year"),
        pytest.param(Filters(article_ids=("vo-danh",)), {"vo-danh"}, id="article"),
        pytest.param(Filters(kinds=("Tin",), date_from=date(2022, 1, 1)), {"tin/thi-dua"}, id="both"),
        pytest.param(Filters(kinds=("Không có",)), set(), id="none"),
    ],
)
def test_filters_hold_exactly(engine: Engine, filters: Filters, wanted: set[str]) -> None:
    assert set(ids(engine, ask("nghị quyết thi đua cán bộ", filters=filters), 50)) == wanted
    assert {article.id for article in engine.articles(filters)} == wanted


def test_a_number_asked_for_comes_first_however_it_is_typed(engine: Engine) -> None:
    for pattern in ("02-NQ/DUK", "2-NQ/*", "02-NQ/ĐUK"):
        hits = engine.search(ask("thi đua ở Hoà Bình theo nghị quyết 02", references=(pattern,)), 5)
        assert {hit.article_id for hit in hits[:2]} == {"nq", "tin/hop"}
        assert all(hit.explanation.references == ("02-NQ/ĐUK",) for hit in hits[:2])
        assert not any(hit.explanation.references for hit in hits[2:])
    assert ids(engine, ask("nghị quyết 02", references=("02-QD/TU",)))[0] == "qd"
    assert ids(engine, ask("thi đua", references=("99-NQ/*",)))[0] == "tin/thi-dua", "an unknown number hides nothing"


def test_quoted_phrases_are_mandatory(engine: Engine) -> None:
    assert set(ids(engine, ask('"thi đua"', phrases=("thi đua",)))) == {"tin/hop", "tin/thi-dua", "vo-danh"}
    assert set(ids(engine, ask('"Thi  ĐUA" "cải cách"', phrases=("Thi  ĐUA", "cải cách")))) == {"vo-danh"}
    assert ids(engine, ask("hòa bình", phrases=("hòa bình",))) == ["tin/thi-dua"], "tone placement does not count"
    assert ids(engine, ask('"đua thi"', phrases=("đua thi",))) == []
    assert engine.search(ask('"thi đua"', phrases=("thi đua",)))[0].explanation.phrases == ("thi đua",)


def test_hits_are_explained_and_highlighted(engine: Engine) -> None:
    query = replace(
        ask("BTV thi đua của chi bộ"), expansions=(Expansion("BTV", "chi bộ", "abbreviation"), Expansion("x", "không đâu", "spelling"))
    )
    hit = engine.search(query, 1)[0]
    text = engine.article(hit.article_id).text
    assert (hit.explanation.dense_rank, hit.explanation.lexical_rank) == (1, 1)
    assert hit.explanation.words == ("thi", "đua", "chi", "bộ")
    assert [text[span.start : span.end] for span in hit.highlights] == ["thi đua", "chi bộ"]
    assert hit.explanation.expansions == query.expansions[:1]
    assert hit.chunk.text == text[hit.chunk.start : hit.chunk.end]


def test_typed_without_diacritics_is_found_by_folded_words(engine: Engine) -> None:
    hits = engine.search(ask("phong trao thi dua"), 5)
    assert hits[0].article_id == "tin/thi-dua"
    assert "trào" in " ".join(hits[0].explanation.words)
    assert lexical_query(ask("phong trào")).folded == ()
    half = Query("phong trao thi đua", "phong trào thi đua", expansions=(Expansion("trao", "trào", "diacritics"),))
    assert lexical_query(half).folded == ("trao",), "only what was guessed"


@pytest.mark.parametrize(
    ("quoted", "found"),
    [("phong trao thi dua", True), ("phong trào thi đua", True), ("phong trảo thi đua", False), ("thi dua phong trao", False)],
)
def test_a_quoted_phrase_without_diacritics_stands_for_every_spelling(engine: Engine, quoted: str, found: bool) -> None:
    assert bool(engine.search(understand(f'"{quoted}"'), 5)) is found


def test_a_quoted_phrase_whose_diacritics_were_guessed_is_looked_for_without() -> None:
    class Guess:
        def restore(self, text: str, vocabulary: object = None) -> str:
            return text.replace("trao", "trào")

    query = understand('phong "trao thi đua" và "thi đua"', restorer=Guess())
    assert query.phrases == ("trao thi dua", "thi đua")
    assert phrase_spans("Phong trào thi đua", "trao thi dua") == [Span(6, 18)]
    assert phrase_spans("Phong trào thi đua", "trao thi đua") == []


def test_words_and_spans_of_an_explanation() -> None:
    text = "Chiều 27/12, Đảng ủy và chi bộ của Đảng uỷ họp."
    tokens = found_words(text, ["đảng", "uỷ", "của", "họp"])
    assert spellings(text, tokens) == ("Đảng", "ủy", "họp")
    assert highlights(text, (Span(token.start, token.end) for token in tokens), 100) == (Span(113, 120), Span(135, 146))
    assert (text[13:20], text[35:46]) == ("Đảng ủy", "Đảng uỷ họp")
    assert spellings(text, found_words(text, ["của"])) == ("của",), "nothing else was asked for"
    assert phrase_spans("cải  cách\nhành chính; cải cách", "Cải cách hành chính") == [Span(0, 20)]
    assert phrase_spans("ban hành", "an") == []
    assert occurring("cải  cách\nhành chính", ["Cải cách", "an", "…"]) == {"Cải cách"}
    assert phrase_spans("a", "…") == []


LONG = " ".join(f"Câu số {i} của văn bản kể về việc thứ {i} tại cơ sở thứ {i * 7}." for i in range(40))


def test_near_duplicates_are_one_hit(settings: Settings, corpus: Corpus) -> None:
    texts = {
        "goc.txt": f"Bài gốc\n\n{LONG}",
        "dang-lai.txt": f"Bài gốc\n\n{LONG.replace('việc thứ 39', 'công việc thứ 39')}",
        "dung-het.txt": f"Bài gốc\n\n{LONG}",
        "khac.txt": "Bài khác\n\n" + LONG.replace("Câu số", "Mục").replace("kể về việc", "nêu lên chuyện"),
    }
    engine = index_texts(settings, corpus(texts))
    hits = engine.search(ask("văn bản kể về việc thứ 12"), 10)
    groups = {frozenset({hit.article_id, *hit.duplicates}) for hit in hits}
    assert groups == {frozenset({"goc", "dang-lai", "dung-het"}), frozenset({"khac"})}


def test_texts_with_different_dates_are_never_duplicates(settings: Settings, corpus: Corpus) -> None:
    texts = {f"{month}.md": markdown("Báo cáo tháng", LONG, date=f"2021-{month}-01") for month in ("03", "04")}
    assert sorted(set(ids(index_texts(settings, corpus(texts)), ask("việc thứ 12")))) == ["03", "04"]


def test_sketches_estimate_jaccard(engine: Engine) -> None:
    article = engine.article("nq")
    words = [f"từ{i}" for i in range(2000)]
    halves = [replace(article, text=" ".join(words[first : first + 1000]), blocks=()) for first in (0, 200, 1000)]
    first, shifted, other = (sketch(half) for half in halves)
    assert similarity(first, first) == 1.0
    assert similarity(first, shifted) == pytest.approx(796 / 1196, abs=0.13)
    assert similarity(first, other) == 0.0
    assert similarity(sketch(replace(article, text="ngắn", blocks=())), sketch(replace(article, text="gọn", blocks=()))) == 0.0


def test_one_article_does_not_fill_the_list(settings: Settings, corpus: Corpus) -> None:
    folder = corpus({"dai.txt": f"Dài\n\n{LONG}", **{f"n{i}.txt": f"Tin {i}\n\nMột việc thứ {i} khác hẳn." for i in range(9)}})
    engine = index_texts(settings, folder)
    counts = Counter(ids(engine, ask("văn bản kể về việc thứ"), 8))
    assert counts["dai"] == CHUNKS_AN_ARTICLE
    assert sum(counts.values()) == 8
    alone = engine.search(ask("văn bản kể về việc thứ", filters=Filters(article_ids=("dai",))), 8)
    assert len(alone) == 8, "where there is nothing else, all of it is shown"


def test_odd_queries(engine: Engine) -> None:
    for text in ("", "   ", "…!?"):
        with pytest.raises(QueryError, match="từ"):
            engine.search(ask(text))
    assert engine.search(ask("thi đua"), 0) == []
    assert len(engine.search(ask("thi đua"), 10_000)) <= 10
    assert engine.search(ask("xyzzy"), 3) is not None
    long = " ".join(f"từ{i}" for i in range(5_000)) + " thi đua"
    assert len(lexical_query(ask(long)).syllables) == MAX_QUERY_TERMS
    begun = time.perf_counter()
    engine.search(ask(long))
    assert time.perf_counter() - begun < 2


def test_an_empty_index_answers_nothing(settings: Settings, corpus: Corpus) -> None:
    engine = index_texts(settings, corpus({}))
    assert engine.search(ask("thi đua")) == []
    assert list(engine.articles()) == []
    assert engine.summary().articles == 0


def test_articles_and_facets(engine: Engine) -> None:
    assert [article.id for article in engine.articles()] == ["tin/thi-dua", "tin/hop", "nq", "qd", "vo-danh"]
    assert [listed.metadata for listed in engine.listing()] == [article.metadata for article in engine.articles()]
    assert engine.facets().years == (("2022", 1), ("2021", 2), ("2019", 1))
    assert engine.facets().kinds[0] == ("Tin", 2)
    with pytest.raises(IndexMissingError, match="khong-co"):
        engine.article("khong-co")


def test_no_index_and_another_model_are_told_apart(settings: Settings, corpus: Corpus) -> None:
    with pytest.raises(IndexMissingError, match=r"ingest\.py"):
        Engine.open(settings, FakeEmbedder())
    index_texts(settings, corpus(TEXTS)).close()
    with pytest.raises(IndexMismatchError, match="other"):
        Engine.open(settings, FakeEmbedder(fingerprint="other"))


def test_readers_keep_the_old_state_until_refresh(settings: Settings, corpus: Corpus, engine: Engine) -> None:
    before = engine.search(ask("thi đua"))
    (settings.corpus_dir / "tin" / "thi-dua.md").unlink()
    build([corpus({"moi.txt": "Thi đua mới\n\nThi đua thi đua thi đua."})], settings, embedder=FakeEmbedder(), counter=FakeCounter())
    assert engine.search(ask("thi đua")) == before
    assert engine.article("tin/thi-dua").id == "tin/thi-dua"
    assert engine.refresh()
    assert not engine.refresh()
    assert "moi" in ids(engine, ask("thi đua"))
    assert "tin/thi-dua" not in ids(engine, ask("thi đua"))
    with pytest.raises(IndexMissingError):
        engine.article("tin/thi-dua")


def test_searches_from_many_threads_while_an_ingest_runs(settings: Settings, corpus: Corpus, engine: Engine) -> None:
    failures: list[Exception] = []
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                assert engine.search(ask("thi đua"), 3)
                engine.refresh()
            except Exception as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for step in range(4):
        build([corpus({f"moi{step}.txt": f"Tin {step}\n\nThi đua lần {step}."})], settings, embedder=FakeEmbedder(), counter=FakeCounter())
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    engine.refresh()
    assert engine.summary().articles == len(TEXTS) + 4


@pytest.mark.parametrize("damage", ["lexical", "dense.faiss", "manifest.json"])
def test_opening_heals_what_a_killed_ingest_left(settings: Settings, engine: Engine, damage: str) -> None:
    before = engine.search(ask("nghị quyết"))
    engine.close()
    path = settings.index_dir / damage
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with Engine.open(settings, FakeEmbedder()) as healed:
        assert healed.search(ask("nghị quyết")) == before
        assert path.exists()


@pytest.mark.parametrize("damage", ["lexical", "dense.faiss", "manifest.json"])
def test_while_an_ingest_holds_the_lock_what_is_there_is_served(settings: Settings, engine: Engine, damage: str) -> None:
    engine.close()
    path = settings.index_dir / damage
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with exclusive(Layout(settings.index_dir).lock), Engine.open(settings, FakeEmbedder()) as opened:
        assert opened.article("nq").id == "nq"
        assert opened.search(ask("nghị quyết"))[0].article_id == "nq"


def test_opening_is_quick(settings: Settings, corpus: Corpus) -> None:
    folder = corpus(
        {f"{i}.txt": f"Tin {i}\n\n" + " ".join(f"Câu {j} của tin {i} nói việc {i * j}." for j in range(20)) for i in range(120)}
    )
    engine = index_texts(settings, folder)
    assert engine.summary().chunks >= 400
    engine.close()
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        Engine.open(settings, FakeEmbedder()).close()
        times.append(time.perf_counter() - begun)
    assert float(np.median(times)) < 0.15


def test_command_line(settings: Settings, corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    index = str(settings.index_dir)
    assert command.main(["thi đua", "--index", index]) == 2
    assert "ingest.py" in capsys.readouterr().err
    build([corpus(TEXTS)], settings)
    assert command.main(["nghị quyết 02 về thi đua", "--index", index, "--json", "-k", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {hit["article_id"] for hit in found["hits"]} == {"tin/hop", "nq"}
    assert found["hits"][0]["explanation"]["references"] == ["02-NQ/ĐUK"]
    assert command.main(["thi đua", "--index", index]) == 0
    shown = capsys.readouterr().out
    assert "1. Phong trào thi đua (06/01/2022)" in shown
    assert "có các từ" in shown
    assert command.main(["?!", "--index", index]) == 2
