"""Choosing sentences and declining: the learned weights, the fit against numeric gradients, the commands on a toy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import make_article
from qa_fakes import CORPUS, MEETING, UNDERSTAND, FakeEngine, make_assistant

from index.errors import StorageError
from index.settings import Settings
from index.text.canonical import canonical, fold
from index.training.listwise import Candidates, _Block, fit_listwise
from index.types import Filters
from qa.answer_fit import label_fits
from qa.demands import counts
from qa.evidence import load_weights, save_weights, score_sentences
from qa.passages import select_passages
from qa.question import understand_question
from qa.sentence_features import Features
from qa.sentences import find_sentences
from qa.support import Signs, Support, Thresholds, load_support
from qa.training.__main__ import main
from qa.training.decline import declining
from qa.training.reading import evidence_set, reading_set
from qa.types import Status


class _Counter:
    def count(self, text: str) -> int:
        return len(text.split())


def scored(question: str) -> list[tuple[str, float]]:
    engine = FakeEngine(CORPUS)
    asked = understand_question(question, (), UNDERSTAND, Filters())
    passages = select_passages(engine.search(asked.query, 24), engine, _Counter(), Settings())
    evidence, _ = score_sentences(asked, find_sentences(passages, engine), engine)
    assert sum(each.chance for each in evidence) == pytest.approx(1.0)
    assert evidence[0].score == 1.0
    return [(each.sentence.text, each.score) for each in evidence]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Ai đọc báo cáo ở hội nghị cuối năm?", "Đồng chí Lê Văn Cam"),
        ("Vì sao hai đảng viên bị khai trừ?", "Nguyên nhân của việc khai trừ"),
        ("Có bao nhiêu tổ chức cơ sở đảng tham dự hội nghị?", "Tham dự có 63"),
    ],
)
def test_the_sentence_that_answers_is_first(question: str, begins: str) -> None:
    assert scored(question)[0][0].startswith(begins)


FAIR = make_article(
    "tin/hoi-cho",
    """Hội chợ mùa xuân ở huyện Sơn Thủy

Sáng 5/2, huyện Sơn Thủy tổ chức hội chợ mùa xuân, có nhiều ban ngành và đại biểu các xã tới dự hội chợ mùa xuân ở huyện.

Khách xa nghỉ tại khách sạn Hoa Ban. Ông Lê Văn Mận quê xã Mường Lim. Đợt 5/2 bán cây giống, đợt 10/3 bán cá giống.

Giấy vào chợ do trưởng ban quản lý chợ ký và đóng dấu. Người bán bị cảnh cáo thì sau 2 tháng mới được vào hội chợ.

Cán bộ chợ không ký hiệu lên giấy vào chợ của hội chợ mùa xuân ở huyện Sơn Thủy.

Đồng chí Ngô Văn Mít phát biểu khai mạc hội chợ. Ảnh: P.V
""",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ai đọc lời khai mạc hội chợ mùa xuân ở huyện Sơn Thủy?", "Ngô Văn Mít"),
        ("Người nào khai mạc hội chợ mùa xuân huyện Sơn Thủy?", "Ngô Văn Mít"),
        ("Giấy vào hội chợ mùa xuân ở huyện Sơn Thủy thì ai được ký?", "trưởng ban quản lý chợ"),
        ("Hội chợ mùa xuân có khách nghỉ ở khách sạn nào?", "Hoa Ban"),
        ("Ông Lê Văn Mận quê ở đâu?", "Mường Lim"),
        ("Đợt 10/3 bán gì ở hội chợ mùa xuân?", "đợt 10/3"),
        ("Bị cảnh cáo thì bao lâu mới được vào hội chợ mùa xuân?", "2 tháng"),
    ],
)
def test_the_sentence_meets_what_is_demanded(question: str, told: str) -> None:
    for typed in (question, fold(question)):
        answer = make_assistant(FAIR).answer(typed)
        assert answer.status is Status.ANSWERED, typed
        assert told in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Hội chợ mùa xuân huyện Sơn Thủy họp ở hội trường nào?",
        "Đồng chí Ngô Văn Mít quê ở đâu?",
        "Trang web nào của huyện Sơn Thủy nói về hội chợ mùa xuân?",
        "Số điện thoại của ban quản lý chợ là bao nhiêu?",
    ],
)
def test_what_no_sentence_has_is_declined(question: str) -> None:
    assert make_assistant(FAIR).answer(question).status is Status.NOT_FOUND


WAGES = make_article(
    "tin/luong",
    """Tiền công ở vườn ươm Sơn Thủy

Từ ngày 01/7/2026, mức lương ở vườn ươm Sơn Thủy là 2.500.000 đồng. Cuối tháng 5/2026 vườn ươm có 30 người. Vườn phát 2 phiếu phụ cấp.

Vườn ươm cấp giống cho dân thành các đợt:

- Đợt 3/2: cấp giống lim từ ngày 10/1.

- Đợt 02/9: cấp giống lát từ ngày 15/8.
""",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Mức lương ở vườn ươm Sơn Thủy từ ngày 01/7/2026 là bao nhiêu?", "2.500.000 đồng"),
        ("Mức lương ở vườn ươm Sơn Thủy áp dụng từ ngày 01/7/2024 là bao nhiêu?", None),
        ("Tháng 5/2026 vườn ươm Sơn Thủy có bao nhiêu người?", "30 người"),
        ("Tháng 8/2026 vườn ươm Sơn Thủy có bao nhiêu người?", None),
        ("Phụ cấp của người ở vườn ươm Sơn Thủy là bao nhiêu?", "2.500.000"),
        ("Đợt cấp giống 2/9 ở vườn ươm cấp giống cho dân từ khi nào?", "15/8"),
    ],
)
def test_figures_are_of_the_time_and_part_asked(question: str, told: str | None) -> None:
    answer = make_assistant(WAGES).answer(question)
    assert answer.status is (Status.NOT_FOUND if told is None else Status.ANSWERED)
    assert told is None or told in answer.text
    assert "10/1" not in answer.text


@pytest.mark.parametrize(
    ("question", "sentence", "times"),
    [
        ("Ai ký giấy vào chợ?", "số có ký hiệu", 1.0),
        ("Ai ký giấy vào chợ?", "do giám đốc ký", 100.0),
        ("Đoạn thứ mấy nói về môi trường nào?", "trường tiểu học hoa ban", 1.0),
        ("Bước 4 là gì?", "bước 04: trồng cây", 8.0),
        ("Bước 4 là gì?", "bước 14: trồng cây", 1.0),
    ],
)
def test_how_much_a_sentence_counts(question: str, sentence: str, times: float) -> None:
    assert counts(understand_question(question, (), UNDERSTAND, Filters()), sentence) == times


def test_a_caption_is_no_evidence_of_attendance() -> None:
    assert "900" not in scored("Có bao nhiêu tổ chức cơ sở đảng dự hội nghị?")[0][0]


def test_support_is_told_and_thresholds_decide() -> None:
    assistant = make_assistant(*CORPUS)
    answer = assistant.answer("Ai khai mạc hội nghị cuối năm?")
    assert answer.status is Status.ANSWERED and answer.support is not None
    assert load_support().threshold <= answer.support <= 1.0
    assert MEETING.id == answer.citations[0].article_id
    assert Thresholds().likelihood == load_support().threshold


def test_weights_round_trip_and_damage_is_named(tmp_path: Path) -> None:
    weights = [float(place) / 4 for place in range(len(Features._fields))]
    save_weights(weights, tmp_path)
    assert list(load_weights(tmp_path)) == weights
    model = Support(Signs(*[0.5] * len(Signs._fields)), -1.0, 0.25)
    model.save(tmp_path / "decline")
    assert Support.load(tmp_path / "decline") == model
    with pytest.raises(StorageError, match="hãy chép lại tệp gốc"):
        Support.load(tmp_path)


def test_likelihood_is_the_logistic_function() -> None:
    model = Support(Signs(1.0, 0, 0, 0), -1.0, 0.5)
    assert model.likelihood(Signs(1.0, 0, 0, 0)) == 0.5
    assert model.likelihood(Signs(3.0, 0, 0, 0)) == pytest.approx(1 / (1 + np.exp(-2)))


def test_loss_has_the_gradient_of_finite_differences() -> None:
    chance = np.random.default_rng(3)
    asked = [Candidates(chance.normal(size=(size, 3)), np.arange(size) % 3 == 0) for size in (4, 7, 5)]
    block = _Block(asked, np.ones(3))
    at = np.array([0.3, -0.2, 0.5])
    numeric = [(block.loss(at + step)[0] - block.loss(at - step)[0]) / 2e-6 for step in np.eye(3) * 1e-6]
    assert block.loss(at)[1] == pytest.approx(numeric, abs=1e-6)


def test_fit_finds_the_feature_that_tells() -> None:
    chance = np.random.default_rng(5)
    asked = []
    for _ in range(40):
        right = np.arange(6) == chance.integers(6)
        asked.append(Candidates(np.stack([right + 0.3 * chance.normal(size=6), chance.normal(size=6)], axis=1), right))
    weights = fit_listwise([asked], 0.01)
    assert weights[0] > 5 * abs(weights[1])


def test_declining_by_hand() -> None:
    judged = [(0.1, False, 1.0), (0.2, True, 1.0), (0.6, False, 1.0), (0.9, True, 1.0)]
    assert declining(judged, 0.5) == (0.5, 0.5)
    assert declining(judged, 0.05) == (1.0, 0.0)


def test_a_right_sentence_holds_the_answer_as_whole_words(tmp_path: Path) -> None:
    record = {"id": "1", "question": "Ai?", "context": "Ông Hòa đến. Bà Hòan về.", "answers": ["Hoà"]}
    (tmp_path / "set.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with reading_set(tmp_path / "set.jsonl") as (known, corpus):
        assert [each.answerable for each in known] == [True]
        assert json.loads(corpus.read_text(encoding="utf-8"))["text"] == record["context"]


def test_questions_held_out_are_not_learned_from_and_places_may_be_given_by_their_ends(tmp_path: Path) -> None:
    place = {"article": "a", "begins": "Ông Hòa", "ends": "về làng"}
    records = [{"id": split, "split": split, "question": "Ai?", "gold": [place]} for split in ("dev", "held")]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    (known,) = evidence_set(tmp_path / "q.jsonl")
    assert (known.id, known.answerable, known.group) == ("dev", True, "a")


def test_the_evidence_command_learns_from_toy_sets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five towns, one fact each: enough to go the whole way."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    reading, own = [], []
    for number, town in enumerate(("Lim", "Sen", "Trúc", "Quế", "Mận")):
        fact = f"Xã {town} trồng {20 + number} héc-ta rừng trong năm qua."
        text = f"Tin từ xã {town} cho biết nhiều việc.\n\n{fact} Trời năm ấy mưa nhiều hơn mọi năm."
        (corpus / f"xa-{number}.txt").write_text(f"Chuyện của xã {town}\n\n{text}\n", encoding="utf-8")
        question = f"Xã {town} trồng bao nhiêu héc-ta rừng?"
        reading.append({"id": f"r{number}", "question": question, "context": text, "answers": [f"{20 + number} héc-ta"]})
        own.append({"id": f"o{number}", "question": question, "gold": [{"article": f"xa-{number}", "quote": fact}]})
    for name, records in (("viquad-fragment", reading), ("person-snippets", reading), ("questions", own)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    out = tmp_path / "out"
    main(
        [
            "evidence",
            "--reading",
            str(tmp_path),
            "--questions",
            str(tmp_path / "questions.jsonl"),
            "--corpus",
            str(corpus),
            "--out",
            str(out),
        ]
    )
    assert set(load_weights(out)._asdict()) == set(Features._fields)
    assert "own (10): cross-validated first" in capsys.readouterr().out


NURSERY = make_article(
    "tin/vuon-uom-thang-5",
    """Vườn ươm Khe Lau tháng 5/2021

Trong tháng vườn ươm Khe Lau nhận 15 thợ mới. Vườn ươm Khe Lau chuẩn bị việc của tháng 6/2021.

Vườn ươm Khe Lau góp quỹ khuyến học, góp quỹ vì người nghèo, góp quỹ phòng chống lụt với số tiền hơn 10 triệu đồng.

Quá 60 tháng, kể từ ngày thợ học lớp ghép cây ở vườn ươm Khe Lau mà chưa làm nghề thì phải học lại.

Vườn ươm Khe Lau kiểm tra khi có dấu hiệu vi phạm đối với 7 thợ. Ông Lò Văn Mận bị đề nghị xem xét kỷ luật vì để mất giống.

Chủ vườn đã ký quyết định cho ông Hồ Văn Quýt thôi việc ở vườn ươm Khe Lau.

Ông Lò Văn Mận tham luận tại hội nghị của vườn ươm Khe Lau. Bà Hà Thị Mơ tham luận về cách giữ giống tại hội nghị của vườn ươm Khe Lau.

Hội nghị nghề vườn Khe Lau lần thứ 13 thống nhất bầu 1 phó chủ nhiệm chuyên trách của Hội nghề vườn Khe Lau.
""",
    date="2021-05-31",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Tháng 5/2021 vườn ươm Khe Lau nhận bao nhiêu thợ mới?", "15 thợ mới"),
        ("Tháng 7/2021 vườn ươm Khe Lau nhận bao nhiêu thợ mới?", None),
        ("Trong tháng 12/2020 vườn ươm Khe Lau nhận được mấy thợ mới?", None),
        ("Vườn ươm Khe Lau góp các quỹ bao nhiêu tiền?", "10 triệu đồng"),
        ("Riêng quỹ vì người nghèo, vườn ươm Khe Lau góp bao nhiêu tiền?", None),
        ("Lớp ghép cây ở vườn ươm Khe Lau học trong mấy ngày?", None),
        ("Sau bao nhiêu tháng thì thợ học lớp ghép cây ở vườn ươm Khe Lau phải học lại?", "60 tháng"),
        ("Vườn ươm Khe Lau kiểm tra dấu hiệu vi phạm đối với bao nhiêu thợ?", "7 thợ"),
        ("Vườn ươm Khe Lau khai trừ bao nhiêu thợ?", None),
        ("Ông Lò Văn Mận ở vườn ươm Khe Lau bị kỷ luật bằng hình thức nào?", None),
        ("Thời hiệu xem xét kỷ luật thợ ở vườn ươm Khe Lau là bao nhiêu năm?", None),
        ("Quyết định cho ông Hồ Văn Quýt thôi việc ở vườn ươm Khe Lau mang số mấy?", None),
        ("Bà Hà Thị Mơ ở vườn ươm Khe Lau tham luận về chủ đề gì?", "cách giữ giống"),
        ("Hội nghề vườn Khe Lau có bao nhiêu hội viên?", None),
        ("Thợ vườn ươm Khe Lau về từ những tỉnh cụ thể nào?", None),
    ],
)
def test_a_figure_or_name_of_something_else_is_no_answer(question: str, told: str | None) -> None:
    answer = make_assistant(NURSERY).answer(question)
    assert answer.status is (Status.NOT_FOUND if told is None else Status.ANSWERED), answer.text
    assert told is None or told in answer.text


def test_a_name_is_asked_for_and_only_a_post_is_told() -> None:
    assistant = make_assistant(make_article("doi", "Đội chấm giống Khe Lau\n\nĐội chấm giống Khe Lau do một chủ nhiệm đứng đầu.\n"))
    assert assistant.answer("Người đứng đầu đội chấm giống Khe Lau tên là gì?").status is Status.NOT_FOUND
    assert assistant.answer("Ai đứng đầu đội chấm giống Khe Lau?").status is Status.ANSWERED


@pytest.mark.parametrize(
    ("asked", "line", "fits"),
    [
        ("Sổ mẫu mới dùng từ ngày nào?", "- Ngày dùng: 02/9/2025.", 1.0),
        ("Sổ mẫu mới dùng từ ngày nào?", "- Ngày cấp: ghi ngày, tháng, năm nhận sổ.", 0.0),
        ("Trồng cây ở đâu?", "Địa điểm: đồi Tre.", 1.0),
    ],
)
def test_a_label_without_its_figure_tells_none(asked: str, line: str, fits: float) -> None:
    question = understand_question(asked, (), UNDERSTAND, Filters())
    assert label_fits(question, canonical(line)) == fits


def test_a_time_may_be_told_by_a_meeting_or_by_the_month_itself() -> None:
    assistant = make_assistant(make_article("the", "Phát thẻ\n\nTổ trưởng phát thẻ mượn sách ở kỳ họp gần nhất.\n"))
    assert assistant.answer("Tổ trưởng phát thẻ mượn sách vào lúc nào?").status is Status.ANSWERED
    assistant = make_assistant(make_article("the", "Phát thẻ\n\nTổ trưởng phát thẻ mượn sách cho cả tổ.\n"))
    assert assistant.answer("Tổ trưởng phát thẻ mượn sách vào lúc nào?").status is Status.NOT_FOUND


def test_the_year_asked_about_is_told_by_another_article() -> None:
    undated = make_article("chung", "Tổ cầu\n\nTổ cầu Khe Lau luôn được xếp loại xuất sắc trong các tổ của bản.\n")
    dated = make_article("nam", "Năm 2019\n\nNăm 2019 bản có ba tổ, tổ cầu Khe Lau xếp loại xuất sắc.\n", date="2020-01-05")
    question = "Năm 2019 tổ cầu Khe Lau có được xếp loại xuất sắc không?"
    told = make_assistant(undated, dated).answer(question)
    assert told.citations[0].article_id == "nam"
    assert make_assistant(undated).answer(question).status is Status.NOT_FOUND


def test_a_trait_typed_with_its_marks_is_no_other_word_without_them() -> None:
    """ "… Lan An tự họp" asks for no "án tù"."""
    assistant = make_assistant(make_article("hop", "Họp tổ\n\nNgày 5/3/2020, tổ Lan An tự họp bàn việc cấy.\n", date="2020-03-06"))
    assert assistant.answer("Tổ Lan An tự họp bàn việc cấy vào ngày nào?").status is Status.ANSWERED
