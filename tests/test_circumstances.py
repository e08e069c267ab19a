"""What the circumstances of a question demand of the rule that answers it, and whose rule comes first."""

from __future__ import annotations

import pytest
from conftest import FakeCounter, make_article
from qa_fakes import UNDERSTAND, FakeEngine, assert_quotes_exact, make_assistant

from index.settings import Settings
from index.text.canonical import canonical, fold
from index.types import Filters
from qa.answer_types import find_answer_type
from qa.circumstances import (
    condition_met,
    keeps_or_gives_back,
    limits_times,
    of_a_mishap,
    of_the_dead,
    points_to,
    says_entry,
    says_look,
    told_per,
)
from qa.evidence import Evidence
from qa.lacking import province_first
from qa.mentions import find_amounts
from qa.passages import select_passages
from qa.question import understand_question
from qa.sentence_features import Features
from qa.sentences import find_sentences
from qa.types import AnswerType
from qa.verdict import restriction_at

RULES = make_article(
    "vb/noi-quy-thu-vien",
    """Nội quy thư viện xã

Bạn đọc bầu tổ trưởng theo số phiếu từ cao xuống thấp ở cuộc họp của xã. Trường hợp số phiếu bằng nhau thì lấy người mượn nhiều sách hơn.

Thẻ thư viện bị mất thì được cấp lại. Bạn đọc được tặng kỷ niệm chương khi từ trần, gia đình được giữ kỷ niệm chương.

Bạn đọc gửi phiếu mượn sách cho thủ thư, thủ thư kiểm tra phiếu mượn sách rồi đóng dấu. Mục không mượn gì thì ghi vào phiếu chữ “O”.

Thư viện nhận ảnh và đơn làm thẻ vào sáng thứ hai. Ảnh thẻ bạn đọc cỡ 2 x 3 cm, nền xanh.

Bạn đọc được gia hạn thẻ. Chỉ gia hạn một lần.
""",
    date="2024-05-06",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("Hai người số phiếu bằng nhau thì chọn ai làm tổ trưởng bạn đọc?", "lấy người mượn nhiều sách hơn", id="condition"),
        pytest.param("Bạn đọc mất rồi, gia đình có phải trả lại kỷ niệm chương không?", "được giữ kỷ niệm chương", id="death"),
        pytest.param("Phiếu mượn sách có mục không mượn gì thì điền gì?", "chữ “O”", id="entry"),
        pytest.param("Ảnh kèm đơn xin làm thẻ bạn đọc phải thế nào?", "2 x 3 cm", id="look"),
        pytest.param("Thẻ bạn đọc có được gia hạn tới hai lần không?", "Chỉ gia hạn một lần", id="times"),
    ],
)
def test_circumstances_lead_to_the_rule(question: str, told: str) -> None:
    answer = make_assistant(RULES).answer(question)
    assert_quotes_exact(answer, FakeEngine([RULES]))
    assert told in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Bằng phiếu nhau thì chọn ai?", "Trường hợp bằng phiếu nhau thì bầu lại.", True),
        ("bang phieu nhau thi chon ai", "Nếu bằng phiếu nhau thì bầu lại.", True),
        ("Bằng phiếu nhau thì chọn ai?", "Trường hợp quá hạn thì bầu lại.", False),
        ("Người mượn là sinh viên thì có phải đặt cọc không?", "Nếu người mượn không phải là sinh viên thì đặt cọc.", False),
        ("Người mượn không phải sinh viên thì có phải đặt cọc không?", "Nếu người mượn không phải là sinh viên thì đặt cọc.", True),
    ],
)
def test_conditions(question: str, sentence: str, expected: bool) -> None:
    test = condition_met(canonical(question).strip(" ?"))
    assert test is not None
    assert test(canonical(sentence)) is expected


def test_how_often_is_asked_of_yes_or_no_only() -> None:
    test = limits_times("co duoc gia han lan thu hai khong", AnswerType.YES_NO)
    assert test is not None
    assert test("không gia hạn quá hạn; chỉ gia hạn một lần.")
    assert not test("mỗi tháng họp một lần.")
    assert limits_times("gia han hai lan o dau", AnswerType.PLACE) is None


def test_what_is_written_down() -> None:
    tests = says_entry("muc trong thi ghi the nao")
    assert tests is not None
    about, exactly = tests
    assert about("người mượn ghi rõ họ tên.")
    assert exactly("mục trống thì ghi chữ “o”.")
    assert exactly("tên tệp ghi như sau: họ tên_ngày sinh.")
    assert not exactly("thủ thư ghi sổ.")
    assert says_entry("ai ghi bien ban") is None


def test_photographs() -> None:
    tests = says_look("anh lam the co bao nhieu")
    assert tests is not None
    about, only = tests
    assert about("nộp đơn kèm ảnh (kích thước 3 x 4 cm).")
    assert not only("nộp đơn kèm ảnh (kích thước 3 x 4 cm).")
    assert only("+ ảnh chân dung cỡ 3x4 cm.")
    assert says_look("anh chup khi nao") is None


@pytest.mark.parametrize(("question", "expected"), [("cụ mất rồi thì sao", True), ("bị mất thẻ thì sao", False), ("thẻ bị mất rồi", False)])
def test_death(question: str, expected: bool) -> None:
    assert (of_the_dead(question) is not None) is expected


def test_giving_back_and_pointing_back() -> None:
    test = keeps_or_gives_back("co phai nop lai the khong", AnswerType.YES_NO)
    assert test is not None
    assert test("bạn đọc được giữ thẻ.")
    assert keeps_or_gives_back("co phai nop phi khong", AnswerType.YES_NO) is None
    points = points_to("chi bộ nào được chọn làm điểm", AnswerType.ORGANISATION)
    assert points is not None
    assert points("đây là chi bộ được chọn làm điểm.")
    assert not points("đây là dịp để ôn lại truyền thống.")


@pytest.mark.parametrize(
    ("question", "score", "issuer"),
    [
        pytest.param("Ở Hà Nội ảnh cỡ bao nhiêu?", 0.5, "Thư viện Hà Nội", id="its own rule"),
        pytest.param("Ở Hà Nội ảnh cỡ bao nhiêu?", 0.1, "Thư viện Trung ương", id="unlikely"),
        pytest.param("Ảnh cỡ bao nhiêu?", 0.5, "Thư viện Trung ương", id="no province"),
    ],
)
def test_the_province_asked_for_comes_first(question: str, score: float, issuer: str) -> None:
    articles = [
        make_article("trung-uong", "Làm thẻ\n\nẢnh cỡ 3x4 cm.", issuer="Thư viện Trung ương"),
        make_article("ha-noi", "Làm thẻ\n\nẢnh cỡ 2x3 cm.", issuer="Thư viện Hà Nội"),
    ]
    engine = FakeEngine(articles)
    asked = understand_question(question, (), UNDERSTAND, Filters())
    found = find_sentences(select_passages(engine.search(asked.query, 24), engine, FakeCounter(), Settings()), engine)
    blank = Features(*[0.0] * len(Features._fields))
    evidence = [
        Evidence(each, blank._replace(support=0.5 if first else 0.6), 1.0 if first else score)
        for article in articles
        for each in found
        if each.article.id == article.id and "cm" in each.text
        for first in [article is articles[0]]
    ]
    assert province_first(asked, evidence)[0].sentence.article.metadata.issuer == issuer


def test_sizes_are_amounts() -> None:
    assert [each.text for each in find_amounts("ảnh 3x4 cm, phông 4 x 6 m")] == ["3x4 cm", "4 x 6 m"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Mấy năm nghỉ thì phí tính thế nào?", AnswerType.OTHER),
        ("may nam nghi thi phi tinh sao", AnswerType.OTHER),
        ("Nghỉ mấy năm thì mất thẻ?", AnswerType.NUMBER),
        ("Cháu 17 tuổi cho vào thư viện được chưa?", AnswerType.YES_NO),
    ],
)
def test_answer_types(question: str, expected: AnswerType) -> None:
    assert find_answer_type(question) is expected


def test_the_clause_that_forbids_is_quoted() -> None:
    long = "Thủ thư lập danh sách bạn đọc, " + "ghi tên từng người vào sổ theo dõi của phòng đọc, " * 6
    article = make_article(
        "vb/chuyen", f"Chuyển thẻ\n\n{long}bạn đọc chuyển thẻ không phải qua thư viện tỉnh; {long}báo thư viện tỉnh biết việc chuyển thẻ."
    )
    answer = make_assistant(article).answer("Bạn đọc chuyển thẻ có phải qua thư viện tỉnh báo không?")
    assert "không phải qua thư viện tỉnh" in answer.citations[0].quote
    assert restriction_at(frozenset({fold("qua")}), "bạn đọc không phải qua tỉnh") == 8


@pytest.mark.parametrize(
    ("question", "sentence", "counts", "allowed"),
    [
        ("tổ họp mấy lần một tháng", "tổ họp ít nhất mỗi tháng một lần", True, True),
        ("mỗi tháng tổ họp mấy buổi", "bản họp mỗi năm hai lần, tổng kết 6 tháng đầu năm", False, False),
        ("tổ họp mấy lần một năm", "tổ họp vào dịp mừng lúa mới", False, True),
    ],
)
def test_how_often_within_the_period_asked(question: str, sentence: str, counts: bool, allowed: bool) -> None:
    per, by_no_other = told_per(fold(question)) or (None, None)
    assert per is not None
    assert by_no_other is not None
    assert (per(sentence), by_no_other(sentence)) == (counts, allowed)


def test_a_number_of_times_without_a_period_asks_for_none() -> None:
    assert told_per("bo phieu may lan thi duoc") is None


def test_a_mishap_may_be_named_in_brackets() -> None:
    test = of_a_mishap("so muon bi rach thi lam gi")
    assert test is not None
    assert test("báo ngay để được cấp lại (nếu mất) hay đổi sổ (nếu hỏng)")
    assert not test("sổ mượn giữ ở nhà văn hoá")
