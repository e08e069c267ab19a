"""What a question speaks of and the articles do not, and how much of what is asked short forms, deadlines and printed days tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article
from qa_fakes import UNDERSTAND, make_assistant

from index.text.canonical import fold
from index.types import BlockKind, Expansion, Filters, PartialDate
from qa.holders import asked_post
from qa.mentions import find_persons, find_places
from qa.question import understand_question
from qa.short_answers import best_short_answer, counted_units
from qa.terms import count_terms, weigh_terms
from qa.types import Question, Status

CLUB = make_article(
    "tin/cau-lac-bo",
    """Nội quy câu lạc bộ đàn tính Mường Lim

1. Thẻ và lệ phí

Thẻ hội viên có giấy chứng nhận đi kèm; thẻ in hai màu, mã thẻ do ban quản trị cấp cho hội viên câu lạc bộ.

Hội viên nộp lệ phí tháng cho thủ quỹ; hội viên đang học nghề nộp lệ phí ở tổ nơi học nghề.

2. Vi phạm

Hội viên mất đàn của câu lạc bộ thì bị kỷ luật bằng hình thức cảnh cáo.

3. Khiếu nại

Hội viên bị cảnh cáo có quyền khiếu nại trong 10 ngày; quá 10 ngày thì ban quản trị không giải quyết khiếu nại của hội viên.

Thời hạn giải quyết: không quá 25 ngày đối với ban quản trị.

4. Họp

Tối 5/2/2021, ban quản trị họp hội nghị kiểm điểm năm 2021. Một chi hội không được bầu quá 4 chi uỷ viên.

Trưởng ban quản trị trực tiếp làm tổ trưởng tổ nhạc của câu lạc bộ.
""",
    date="2021-02-06",
)


def _understood(question: str) -> Question:
    return understand_question(question, (), UNDERSTAND, Filters())


@pytest.mark.parametrize(
    "question",
    [
        "Thẻ hội viên câu lạc bộ làm bằng giấy hay nhựa?",
        "Thẻ hội viên câu lạc bộ làm bằng chất liệu gì?",
        "Thẻ hội viên câu lạc bộ hình tròn hay vuông?",
        "Hội viên đánh bạc bị kỷ luật bằng hình thức nào?",
        "Hội viên uống rượu lái xe thì bị kỷ luật bằng hình thức nào?",
        "Hội nghị kiểm điểm năm 2020 của ban quản trị họp hôm nào?",
    ],
)
def test_what_nothing_speaks_of_is_declined(question: str) -> None:
    assert make_assistant(CLUB).answer(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Thẻ hội viên có giấy chứng nhận hay sổ đi kèm?", "giấy chứng nhận"),
        ("Hội viên mất đàn thì bị kỷ luật bằng hình thức nào?", "cảnh cáo"),
        ("Hội nghị kiểm điểm năm 2021 của ban quản trị họp hôm nào?", "5/2/2021"),
        ("Hội viên đang học nghề nộp lệ phí tại đâu?", "ở tổ nơi học nghề"),
        ("Hội viên khiếu nại lên ban quản trị thì lâu nhất bao nhiêu ngày phải giải quyết xong?", "không quá 25 ngày"),
        ("Tổ trưởng tổ nhạc của câu lạc bộ là ai làm?", "Trưởng ban quản trị"),
        ("số chi ủy viên tối đa của một chi hội", "4 chi uỷ viên"),
    ],
)
def test_what_is_told_is_answered(question: str, told: str) -> None:
    for typed in (question, fold(question)):
        answer = make_assistant(CLUB).answer(typed)
        assert answer.status is Status.ANSWERED, typed
        assert told in answer.citations[0].quote


def test_not_more_than_is_no_more_than() -> None:
    question = _understood("Chi hội được bầu tối đa bao nhiêu chi uỷ viên?")
    sentence = "Một chi hội không được bầu quá 4 chi uỷ viên."
    found = best_short_answer(question, sentence, weigh_terms(question.standalone, count_terms([]), restored=False))
    assert found is not None
    assert found.text == "4 chi uỷ viên"
    assert sentence[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Huyện có bao nhiêu ĐV?", "đảng viên"),
        ("số chi ủy viên của một chi bộ", "chi uỷ"),
        ("số lượng đại biểu dự họp", "đại biểu"),
        ("Huyện có bao nhiêu TCCSĐ?", None),
        ("số điện thoại của huyện", None),
    ],
)
def test_what_is_counted(question: str, unit: str | None) -> None:
    units = counted_units(_understood(question))
    assert unit in units if unit else not units


def test_a_share_is_no_number_of_members() -> None:
    rule = make_article("vb/ban", "Quy định về ban quản trị\n\nBan quản trị có số uỷ viên không quá một phần ba số đại biểu của huyện.")
    assert make_assistant(rule).answer("Ban quản trị huyện có bao nhiêu uỷ viên?").status is Status.NOT_FOUND
    assert make_assistant(rule).answer("Số uỷ viên ban quản trị được chiếm bao nhiêu phần số đại biểu?").status is Status.ANSWERED


def test_titles_and_determiners_are_no_names() -> None:
    assert find_persons("Khi đó Đoàn Chủ tịch Đại hội cử người khai mạc.") == []
    assert [name.text for name in find_persons("Đồng chí Lê Văn Mận Chủ tịch xã tới dự.")] == ["Lê Văn Mận"]
    assert find_places("sắp xếp theo loại ở mỗi cấp quản lý") == []
    assert [place.text for place in find_places("đọc ở phòng hồ sơ.")] == ["phòng hồ sơ"]


def test_the_day_printed_beside_the_title() -> None:
    text = "Huyện mở hội đua thuyền\n\n8.2.2019 - 7:25\n\nNgày 10/2 huyện sẽ mở hội đua thuyền trên sông Lim."
    start = text.index("8.2")
    article = make_article("tin/thuyen", text, date="2019-02-08")
    blocks = tuple(replace(block, kind=BlockKind.BOILERPLATE) if block.start == start else block for block in article.blocks)
    article = replace(article, blocks=blocks, metadata=replace(article.metadata, published=PartialDate(2019, 2, 8)))
    answer = make_assistant(article).answer("Bài về hội đua thuyền của huyện đăng ngày nào?")
    assert answer.text.splitlines()[0] == "08/02/2019."
    assert "8.2.2019 - 7:25" in [citation.quote for citation in answer.citations]


def test_a_document_of_that_day_is_told_by_its_own_sentence() -> None:
    article = make_article(
        "vb/ke",
        "Sổ tay đường làng\n\nCăn cứ Hướng dẫn số 08-HD/TW ngày 10/6/2025 về “kiểm tra đê”.\n\n"
        "Làm theo mục III Hướng dẫn số 08-HD/BTC, ngày 27/9/2021 của Ban Tổ chức, nhận thợ trẻ vào tổ đường.",
    )
    answer = make_assistant(article).answer("Hướng dẫn 08 của Ban Tổ chức ngày 27/9/2021 nói về vấn đề gì?")
    assert "nhận thợ trẻ" in answer.citations[0].quote


def test_what_a_body_is_named_after_is_written_out() -> None:
    question = _understood("giám đốc sở GTVT Mường Lim")
    long_form = Expansion("GTVT", "giao thông vận tải", "abbreviation")
    post = asked_post(replace(question, query=replace(question.query, expansions=(long_form,))))
    assert post is not None
    assert post.body >= {"giao", "thong", "van", "tai"}
