"""The training commands: data kept apart, pairs, the optimiser against torch's, the measures against a peer, end to end on a toy."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import ir_measures
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from index.embedding import StaticEmbedder
from index.text.diacritics import Restorer
from index.text.token_counter import RANKS_FILE, load_encoding
from index.text.tokens import terms
from index.training import records
from index.training.__main__ import main
from index.training.bpe import train_symbol_bpe
from index.training.contrastive import Recipe, RowAdam, TokenLists, train_table
from index.training.embedding import quantise, train_embedding
from index.training.pairs import CHUNK_WORDS, cloze_pairs, read_pairs, split_chunks, split_sentences
from index.training.tuning import Bm25, Task, fuse, measure, ndcg
from index.training.words import learn_words, read_words

SUBJECTS = ["đảng viên", "thủ tục đất đai", "bảo hiểm y tế", "giá nông sản", "trường học mới", "giao thông công cộng"]


def toy_sentence(subject: str, number: int) -> str:
    return f"Cơ quan phụ trách {subject} đã họp lần thứ {number} và thống nhất cách làm về {subject} trong quý tới."


def write_records(path: Path, lines: Sequence[Mapping[str, str | None]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the same shape as the real one, of invented sentences."""
    folder = tmp_path_factory.mktemp("data")
    bodies = {subject: "\n".join(toy_sentence(subject, number) for number in range(1, 12)) for subject in SUBJECTS}
    news = [
        {"id": f"tr{place:06d}", "title": f"Họp về {subject}", "abstract": f"Tin về {subject}", "body": body}
        for place, (subject, body) in enumerate(bodies.items())
    ]
    kept_apart = [{"id": f"{split}000001", "title": "bí mật", "abstract": "bí mật", "body": "chuyện bí mật"} for split in ("va", "te")]
    write_records(folder / records.NEWS, news + kept_apart)
    write_records(folder / records.LEADS, [{"title": f"Mới: {s}", "summary": toy_sentence(s, 3)} for s in SUBJECTS])
    write_records(folder / records.LAWS, [{"title": f"Nguyên tắc {s}", "ten_vb": None, "body": bodies[s]} for s in SUBJECTS])
    write_records(folder / records.GAZETTE, [{"id": "a", "text": "QUYẾT ĐỊNH\nvề việc ban hành quy chế"}])
    write_records(folder / records.WIKIPEDIA, [{"title": s, "text": f"{bodies[s]}\n== Lịch sử ==\n{bodies[s]}"} for s in SUBJECTS])
    (folder / "party").mkdir()
    (folder / "party" / "a.txt").write_text("Điều 1. Đảng viên.\nĐiều 2. Chi bộ.", encoding="utf-8")
    return folder


def test_tuning_and_report_news_stay_out_of_training(data: Path) -> None:
    texts = list(records.read_texts(data))
    assert len(texts) == 4 * len(SUBJECTS) + 2
    assert not any("bí mật" in text for text in texts)
    pairs = list(read_pairs(data, random.Random(1)))
    assert not any("bí mật" in pair.query or "bí mật" in pair.passage for pair in pairs)
    assert [news["title"] for news in records.read_news(data, "va")] == ["bí mật"]


def test_a_seed_gives_the_same_pairs(data: Path) -> None:
    assert list(read_pairs(data, random.Random(3))) == list(read_pairs(data, random.Random(3)))
    assert list(read_pairs(data, random.Random(3))) != list(read_pairs(data, random.Random(4)))


@given(st.lists(st.text(alphabet="abc .;\n", min_size=1, max_size=60), max_size=30).map("\n".join))
def test_chunks_keep_every_sentence_in_order(text: str) -> None:
    chunks = split_chunks(text)
    assert [sentence for chunk in chunks for sentence in chunk.split()] == [word for s in split_sentences(text) for word in s.split()]


def test_chunks_have_about_the_words_asked_for() -> None:
    chunks = split_chunks("\n".join(toy_sentence("đất đai", number) for number in range(40)))
    assert all(CHUNK_WORDS / 2 < len(chunk.split()) <= CHUNK_WORDS for chunk in chunks[:-1])


def test_cloze_queries_come_from_the_sentence_left_out() -> None:
    sentences = [" ".join(f"z{number}w{word}" for word in range(20)) + "." for number in range(6)]
    pairs = list(cloze_pairs([" ".join(sentences)] * 200, random.Random(5), share=1.0))
    from_text = [[word.strip(".") for word in pair.query.split() if word.startswith("z")] for pair in pairs]
    left_out = sum(not any(word in pair.passage for word in words) for words, pair in zip(from_text, pairs, strict=True))
    assert len(pairs) == 200
    assert all(4 <= len(words) <= 16 for words in from_text)
    assert 0.8 < left_out / len(pairs) < 1


def test_words_are_merged_by_how_often_they_occur() -> None:
    clauses = Counter({"ban thường vụ họp": 50, "thường vụ quốc hội": 30, "cán bộ": 45, "cán bộ lạ": 1})
    words = [word.decode() for word in learn_words(clauses, {"ban", "thường", "vụ", "họp", "quốc", "hội", "cán", "bộ"}, words=4)]
    assert words[0] == " thường vụ"
    assert set(words[1:3]) == {" ban thường vụ", " cán bộ"} or words[1:3] == [" ban thường vụ", " ban thường vụ họp"]


def test_symbol_merges_respect_the_longest_length() -> None:
    assert max(map(len, train_symbol_bpe(Counter({"abcdefgh": 100}), 100, 4))) == 4


@given(st.lists(st.lists(st.integers(0, 65_535), min_size=1, max_size=5), min_size=1, max_size=8), st.randoms())
def test_token_lists_give_back_what_they_hold(lists: list[list[int]], chance: random.Random) -> None:
    places = [chance.randrange(len(lists)) for _ in range(5)]
    ids, lengths = TokenLists(lists).take(np.array(places))
    assert ids.tolist() == [token for place in places for token in lists[place]]
    assert lengths.tolist() == [len(lists[place]) for place in places]


def test_row_adam_moves_rows_as_torch_sparse_adam() -> None:
    torch.manual_seed(0)
    table = torch.randn(6, 3)
    peer = torch.nn.Parameter(table.clone())
    theirs, ours = torch.optim.SparseAdam([peer], lr=0.05), RowAdam(table)
    for rows in ([0, 2], [2, 5], [0, 1, 2], [4]):
        gradient = torch.randn(len(rows), 3)
        peer.grad = torch.sparse_coo_tensor(torch.tensor([rows]), gradient, peer.shape, check_invariants=True)
        theirs.step()
        ours.step(torch.tensor(rows), gradient, 0.05)
        torch.testing.assert_close(ours.table, peer.data)


def test_training_brings_pairs_together() -> None:
    chance = np.random.default_rng(0)
    lists = [[topic * 2, 20 + int(noise)] for topic in range(10) for noise in chance.integers(0, 30, 40)]
    others = [[topic * 2 + 1, 20 + int(noise)] for topic in range(10) for noise in chance.integers(0, 30, 40)]
    recipe = Recipe(dimension=16, prefixes=(16, 8), batch_pairs=100, epochs=30)
    table = train_table(TokenLists(lists), TokenLists(others), 50, recipe)
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    cosines = unit[0:20:2] @ unit[1:20:2].T
    assert cosines.argmax(axis=1).tolist() == list(range(10))
    again = train_table(TokenLists(lists), TokenLists(others), 50, recipe)
    np.testing.assert_allclose(table, again, atol=1e-4)


@given(hnp.arrays(np.float32, (4, 6), elements=st.floats(-50, 50, width=32)))
def test_int8_rows_are_within_half_a_step(table: np.ndarray) -> None:
    rows, scales = quantise(table)
    assert rows.dtype == np.int8
    assert (np.abs(rows * scales[:, None] - table) <= scales[:, None] * 0.5001 + 1e-30).all()


def test_bm25_by_hand() -> None:
    passages = ["đảng viên mới", "đảng bộ", "giá vàng"]
    scores = Bm25(passages, with_bigrams=False).scores("đảng viên")
    mean = 7 / 3
    idf = {"đảng": np.log(1 + 1.5 / 2.5), "viên": np.log(1 + 2.5 / 1.5)}
    weight = [1 / (1 + 1.2 * (0.25 + 0.75 * len(terms(passage)) / mean)) for passage in passages]
    expected = [(idf["đảng"] + idf["viên"]) * weight[0], idf["đảng"] * weight[1], 0]
    np.testing.assert_allclose(scores, expected)


def test_ndcg_equals_ir_measures() -> None:
    chance = np.random.default_rng(1)
    task = Task("toy", [""] * 20, [""] * 30, np.arange(30), [set(chance.choice(30, chance.integers(1, 14)).tolist()) for _ in range(20)])
    scores = chance.random((20, 30))
    run = {str(q): {str(p): float(scores[q, p]) for p in range(30)} for q in range(20)}
    gold = {str(q): {str(p): 1 for p in task.gold[q]} for q in range(20)}
    theirs = ir_measures.calc_aggregate([ir_measures.nDCG @ 10], gold, run)[ir_measures.nDCG @ 10]
    assert np.mean([ndcg(scores[q], task, q) for q in range(20)]) == pytest.approx(theirs)


def test_fusion_adds_shares_of_the_best_of_each_leg() -> None:
    lexical, dense = np.zeros(200), np.zeros(200)
    lexical[:2], dense[1:3] = [8.0, 4.0], [0.5, 0.25]
    np.testing.assert_allclose(fuse(lexical, dense, 0.7)[:3], [0.7, 0.7 * 0.5 + 0.3, 0.3 * 0.5], atol=1e-6)


def test_embedding_command_end_to_end(data: Path, tmp_path: Path) -> None:
    train_embedding(data, tmp_path, Recipe(dimension=64, prefixes=(64, 16), batch_pairs=32, epochs=4, threads=1))
    embedder = StaticEmbedder(tmp_path)
    task = Task("toy", SUBJECTS, [toy_sentence(s, 50) for s in SUBJECTS], np.arange(6), [{place} for place in range(6)])
    assert embedder.dimension == 64
    assert measure(task, embedder, np.zeros((6, 6), dtype=np.float32))["dense"] > 0.9


def test_words_command_makes_the_vocabulary_of_embedding(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "again"):
        main(["words", "--data", str(data), "--out", str(tmp_path / name)])
    main(["words", "--data", str(data), "--out", str(tmp_path / "other"), "--seed", "2"])
    shown = capsys.readouterr().out
    assert len(re.findall(r"^words: \d+ s, peak memory \d+ MB$", shown, re.MULTILINE)) == 3
    ranks = {name: (tmp_path / name / RANKS_FILE).read_bytes() for name in ("one", "again", "other")}
    assert ranks["one"] == ranks["again"] != ranks["other"], "another seed reads other texts"
    assert " cơ quan" in [word.decode("utf-8", "replace") for word in read_words(tmp_path / "one")]


def test_embedding_takes_words_learned_before(data: Path, tmp_path: Path) -> None:
    words = ["words", "--data", str(data), "--out", str(tmp_path / "words"), "--seed", "2"]
    main(words)
    arguments = ["embedding", "--data", str(data), "--out", str(tmp_path / "model"), "--words", str(tmp_path / "words")]
    main([*arguments, "--epochs", "1", "--dimension", "64", "--threads", "1"])
    assert (tmp_path / "model" / RANKS_FILE).read_bytes() == (tmp_path / "words" / RANKS_FILE).read_bytes()
    assert StaticEmbedder(tmp_path / "model").dimension == 64


def test_ranks_and_diacritics_commands_end_to_end(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ranks", "--data", str(data), "--out", str(tmp_path / "ranks"), "--share", "1"])
    assert load_encoding(tmp_path / "ranks").encode_ordinary(" phụ trách") != []
    main(["diacritics", "--data", str(data), "--out", str(tmp_path / "diacritics")])
    assert Restorer.load(tmp_path / "diacritics").restore("co quan phu trach bao hiem y te") == "cơ quan phụ trách bảo hiểm y tế"
    assert "peak memory" in capsys.readouterr().out
