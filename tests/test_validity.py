"""From when a numbered document holds and until when, what it replaced or amended and by what it was replaced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article, make_document
from qa_fakes import CIRCULAR, GUIDANCE, FakeEngine, assert_quotes_exact, make_assistant

from qa.types import Status
from qa.validity import Asked, asked_validity

OLD = make_article(
    "vb/cu", "Hướng dẫn 12-HD/BTCTW về hồ sơ\n\nVăn bản này nói về sắp xếp hồ sơ của đảng viên trong tủ.\n", date="2022-01-18"
)
RULES = make_article(
    "vb/quy-dinh",
    "Quy định 294-QĐ/TW về điều lệ\n\nQuy định này gồm ba chương, có hiệu lực thi hành từ ngày 01/7/2025.\n",
    date="2025-05-26",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Hướng dẫn 12-HD/BTCTW còn hiệu lực không?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Bây giờ còn theo Hướng dẫn 12-HD/BTCTW được nữa không?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Hướng dẫn 12-HD/BTCTW còn làm theo được không?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Hướng dẫn 12-HD/BTCTW còn áp dụng không hay đã có cái mới thay?", "Không còn: đã được 38-HD/BTCTW thay thế."),
        ("Quy định về điều lệ chung số 294 bắt đầu áp dụng từ ngày nào?", "01/7/2025."),
        ("Văn bản nào thay thế Hướng dẫn 12-HD/BTCTW?", "38-HD/BTCTW."),
        ("Hướng dẫn 38-HD/BTCTW thay thế văn bản nào?", "12-HD/BTCTW."),
        ("HD 38-HD/BTCTW của Ban Bí thư thay cho văn bản nào?", "12-HD/BTCTW."),
        ("Hướng dẫn 38-HD/BTCTW có hiệu lực khi nào?", "Từ ngày ký (29/09/2025)."),
        ("QĐ 294 có hiệu lực từ ngày nào", "01/7/2025."),
        ("Quy định 294 còn hiệu lực không?", "Trong tài liệu chưa có văn bản nào thay thế 294-QĐ/TW; hiệu lực: 01/7/2025."),
    ],
)
def test_validity(question: str, lead: str) -> None:
    articles = (GUIDANCE, OLD, RULES)
    answer = make_assistant(*articles).answer(question)
    assert answer.text.splitlines()[0] == lead
    assert answer.citations
    assert_quotes_exact(answer, FakeEngine(articles))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Thông tư 5/2020/TT-BCĐ hết hiệu lực từ khi nào?", "15 tháng 4 năm 2026."),
        ("Hướng dẫn 12-HD/BTCTW bị thay thế khi nào?", "Từ ngày ký (29/09/2025)."),
    ],
)
def test_when_a_document_ends(question: str, expected: str) -> None:
    answer = make_assistant(CIRCULAR, GUIDANCE, OLD).answer(question)
    assert answer.text.splitlines()[0] == expected


AMENDED = make_document(
    "vb/sua",
    """BỘ CẦU ĐƯỜNG
Số: 17/2026/TT-BCĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 7/2026/TT-BCĐ

Căn cứ Luật Đường bộ;

Thông tư này có hiệu lực từ ngày 15 tháng 4 năm 2026 đến hết ngày 30 tháng 6 năm 2026.
""",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Thông tư 17/2026/TT-BCĐ sửa đổi thông tư nào?", "07/2026/TT-BCĐ."),
        ("Thông tư 7/2026/TT-BCĐ được sửa đổi bởi văn bản nào?", "17/2026/TT-BCĐ."),
        ("van ban nao sua doi thong tu 7/2026", "17/2026/TT-BCĐ."),
        ("Thông tư 17/2026/TT-BCĐ có hiệu lực đến khi nào?", "30 tháng 6 năm 2026."),
        ("Thông tư 17/2026/TT-BCĐ hết hiệu lực ngày nào?", "30 tháng 6 năm 2026."),
        ("Thông tư 17/2026/TT-BCĐ có hiệu lực từ khi nào?", "15 tháng 4 năm 2026."),
    ],
)
def test_what_a_document_amends_and_until_when_it_holds(question: str, expected: str) -> None:
    answer = make_assistant(AMENDED, CIRCULAR).answer(question)
    assert answer.text.splitlines()[0] == expected


def test_who_carries_a_circular_out_is_no_question_of_its_day() -> None:
    question = make_assistant(CIRCULAR).answer("Ai chịu trách nhiệm thi hành Thông tư 7/2026/TT-BCĐ?").question
    assert asked_validity(question) is None


def test_what_older_rules_are_worth() -> None:
    answer = make_assistant(CIRCULAR).answer("Các văn bản cũ trái với Thông tư 7/2026/TT-BCĐ thì còn giá trị không?")
    assert [c.quote for c in answer.citations] == ["Các văn bản trước đây trái với Thông tư này đều bãi bỏ."]


def test_a_clause_is_not_the_document() -> None:
    answer = make_assistant(CIRCULAR).answer("Thông tư 8/2022/TT-BCĐ còn hiệu lực không?")
    assert not answer.text.startswith("Không còn")


def test_valid_from_the_day_it_is_carried_out() -> None:
    text = "Hướng dẫn 39-HD/BTCTW\n\nHướng dẫn này thay thế Hướng dẫn số 13-HD/BTCTW, ngày 18-01-2022; thực hiện kể từ ngày ký."
    answer = make_assistant(make_article("vb/ky", text, date="2025-09-29")).answer("Hướng dẫn 39-HD/BTCTW có hiệu lực từ khi nào?")
    assert answer.text.startswith("Từ ngày ký (29/09/2025).")


def test_a_day_of_validity_stands_under_the_number_and_beside_no_other_day() -> None:
    text = "Hướng dẫn 39-HD/BTCTW\n\nHướng dẫn này có hiệu lực từ ngày 01/10/2025."
    answer = make_assistant(make_article("vb/hl", text, date="2025-09-29")).answer("Hướng dẫn 39-HD/BTCTW có hiệu lực từ khi nào?")
    assert "Theo 39-HD/BTCTW: “" in answer.text and "29/09/2025" not in answer.text


def test_validity_nowhere_said_is_declined() -> None:
    assert make_assistant(OLD).answer("Hướng dẫn 12-HD/BTCTW thay thế văn bản nào?").status is Status.NOT_FOUND


def test_only_numbered_documents_have_a_validity() -> None:
    question = make_assistant(GUIDANCE).answer("Thẻ đảng viên còn hiệu lực không?").question
    assert asked_validity(question) is None
    assert asked_validity(make_assistant(GUIDANCE).answer("HD 38-HD/BTCTW het hieu luc chua").question) is Asked.IN_FORCE


def test_validity_by_the_metadata_where_no_sentence_tells_it() -> None:
    old = make_article("cu", "Hướng dẫn 11-HD/BTC về trồng rừng\n\nHướng dẫn 11-HD/BTC nói về trồng rừng.", date="2021-03-05")
    new = make_article("moi", "Hướng dẫn 21-HD/BTC về trồng rừng\n\nHướng dẫn 21-HD/BTC nói về trồng rừng.", date="2022-03-05")
    new = replace(new, metadata=replace(new.metadata, supersedes="cu"))
    answer = make_assistant(old, new).answer("Hướng dẫn 11-HD/BTC còn hiệu lực không?")
    assert answer.text.startswith("Không còn: đã được 21-HD/BTC thay thế.")
    assert [citation.article_id for citation in answer.citations] == ["moi"]
