"""The learned association of questions and sentences: against a plain double loop, numeric gradients, and on a toy of its own words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from qa_fakes import CORPUS, UNDERSTAND, FakeEngine

from index.errors import StorageError
from index.settings import Settings
from index.types import Filters
from qa.association import MATRIX_FILE, associations, load_matrix, question_vector, save_matrix, sentence_vector
from qa.evidence import Evidence, score_sentences, sums_of
from qa.order import sound_in_order
from qa.passages import select_passages
from qa.question import understand_question
from qa.sentence_features import Features, corpus_frequencies, read_features
from qa.sentences import Sentence, find_sentences
from qa.training.__main__ import main as train
from qa.training.association import Case, _Block, fit
from qa.types import AnswerType, Question


class _Counter:
    def count(self, text: str) -> int:
        return len(text.split())


def read(text: str) -> tuple[Question, list[Sentence]]:
    engine = FakeEngine(CORPUS)
    question = understand_question(text, (), UNDERSTAND, Filters())
    return question, find_sentences(select_passages(engine.search(question.query, 24), engine, _Counter(), Settings()), engine)


def test_the_form_is_the_double_sum_over_both_vectors() -> None:
    question, sentences = read("Ai chủ trì hội nghị kiểm điểm?")
    matrix = np.random.default_rng(1).normal(size=load_matrix().shape).astype(np.float32)
    asked = question_vector(question.standalone)
    by_hand = [float(np.sum(np.outer(asked, sentence_vector(each.lowered).astype(np.float32)) * matrix)) for each in sentences]
    assert associations(question, sentences, matrix) == pytest.approx(by_hand, abs=2e-3)
    assert associations(question, [], matrix).shape == (0,)


def test_vectors_are_of_length_one_and_of_distinct_words() -> None:
    assert np.linalg.norm(question_vector("bí thư chi bộ")) == pytest.approx(1.0, abs=1e-5)
    assert question_vector("chi bộ chi bộ") == pytest.approx(question_vector("chi bộ"))
    assert not question_vector("").any()


def test_sentences_are_sorted_by_features_and_association_together() -> None:
    question, sentences = read("Ai chủ trì hội nghị kiểm điểm?")
    engine = FakeEngine(CORPUS)
    table, _ = read_features(question, sentences, corpus_frequencies(engine, sentences))
    sums = sums_of(question, sentences, table) + associations(question, sentences)
    assert associations(question, sentences).any()
    shares = dict(zip((each.start for each in sentences), np.exp(sums) / np.exp(sums).sum(), strict=True))
    found, _ = score_sentences(question, sentences, engine)
    assert [each.chance for each in found] == pytest.approx(sorted(shares.values(), reverse=True))


def test_a_matrix_round_trips_and_damage_is_named(tmp_path: Path) -> None:
    matrix = np.random.default_rng(2).normal(size=load_matrix().shape).astype(np.float32)
    save_matrix(matrix, tmp_path / "one")
    assert load_matrix(tmp_path / "one") == pytest.approx(matrix, abs=4e-3)
    with pytest.raises(StorageError, match="ma trận liên tưởng"):
        load_matrix(tmp_path / "none")
    np.save(tmp_path / MATRIX_FILE, np.zeros((3, 4)))
    with pytest.raises(StorageError, match=r"\(3, 4\)"):
        load_matrix(tmp_path)


def cases(count: int, dimension: int, seed: int) -> tuple[list[Case], np.ndarray]:
    """Questions that are each answered by the sentence whose vector is theirs turned by one place, among four; all sums alike."""
    chance = np.random.default_rng(seed)
    vectors = np.eye(dimension, dtype=np.float32)
    asked = []
    for at in range(count):
        means = (at + 1) % dimension
        others = chance.permutation([place for place in range(dimension) if place != means])[:3]
        places = chance.permutation([means, *others])
        asked.append(Case(str(at), str(at), vectors[at % dimension], places, np.zeros(4, np.float32), places == means))
    return asked, vectors


def test_loss_has_the_gradient_of_finite_differences() -> None:
    asked, vectors = cases(7, 5, seed=3)
    block = _Block(asked, vectors)
    matrix = np.random.default_rng(4).normal(size=(5, 5)).astype(np.float32)
    _, slope = block.loss(matrix)
    for row, column in ((0, 1), (2, 3), (4, 0)):
        step = np.zeros_like(matrix)
        step[row, column] = 1e-2
        numeric = (block.loss(matrix + step)[0] - block.loss(matrix - step)[0]) / 2e-2
        assert slope[row, column] == pytest.approx(numeric, abs=2e-3)


def test_fit_learns_what_answers_what() -> None:
    asked, vectors = cases(60, 6, seed=5)
    unseen, _ = cases(12, 6, seed=6)
    matrix = fit(asked, vectors)
    assert all(case.right[np.argmax(vectors[case.places] @ (case.asked @ matrix))] for case in unseen)


def test_what_the_features_tell_already_is_not_learned() -> None:
    asked, vectors = cases(30, 6, seed=7)
    told = [case._replace(sums=np.where(case.right, 30.0, 0.0).astype(np.float32)) for case in asked]
    assert np.abs(fit(told, vectors)).max() < 1e-3


def test_the_command_learns_from_a_toy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    kinds = ("lúa", "ngô", "lim", "chè", "cam")
    for kind in kinds:
        told = "\n\n".join((f"Đồi {kind} do thôn {kind} trông coi quanh năm.", f"Giống {kind} được phát vào mùa xuân.", "Hội họp ở đình."))
        (folder / f"{kind}.md").write_text(f"---\ntitle: Trồng {kind}\n---\n{told}\n", encoding="utf-8")
    lines = [
        {
            "id": f"q{at}",
            "question": f"Ai chăm nom đồi {kind}?",
            "type": "who",
            "gold": [{"article": kind, "quote": f"Đồi {kind} do thôn {kind} trông coi quanh năm."}],
        }
        for at, kind in enumerate(kinds)
    ]
    asked = tmp_path / "questions.jsonl"
    asked.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    train(["association", "--questions", str(asked), "--corpus", str(folder), "--out", str(tmp_path / "out")])
    assert load_matrix(tmp_path / "out").any()
    told = capsys.readouterr().out
    assert "10 askings, folds by question: first 1.000" in told and "folds by article" in told


def told(text: str, by_words: float, chance: float) -> Evidence:
    _, sentences = read("Hội nghị")
    features = Features(*[1.0 if name == "fits" else 0.0 for name in Features._fields])
    if not any(figure.isdigit() for figure in text):
        features = features._replace(fits=0.0)
    return Evidence(replace(sentences[0], lowered=text), features, chance, chance, by_words)


@pytest.mark.parametrize(
    ("chance", "first_has", "lacking"),
    [(0.5, "a figure", True), (0.9, "a figure", False), (0.5, "no figure", False), (0.9, "no figure", True)],
)
def test_the_association_alone_is_believed_only_where_it_is_sure(chance: float, first_has: str, lacking: bool) -> None:
    """The first by association, the second by words; a number is asked for, and one of the two has it."""
    question = replace(read("Hội nghị")[0], answer_type=AnswerType.NUMBER)
    with_figure, without = "có 63 chi bộ dự họp", "nhiều chi bộ dự họp"
    first, second = (with_figure, without) if first_has == "a figure" else (without, with_figure)
    evidence, lacks = sound_in_order(question, [told(first, 1.0, chance), told(second, 4.0, 1 - chance)])
    assert lacks is lacking
    assert evidence[0].sentence.lowered == (second if chance < 0.6 and first_has == "no figure" else first)
