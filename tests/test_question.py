"""What a question asks for, and follow-ups made standalone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qa_fakes import UNDERSTAND

from index.errors import QueryError
from index.query import Understanding
from index.text.abbreviations import AbbreviationTable
from index.text.canonical import fold
from index.types import Expansion, Filters, Query
from qa.answer_types import LAST, find_answer_type, find_list_size, find_ordinal
from qa.question import restored_text, understand_question, with_topic
from qa.types import AnswerType, Question, Turn

TYPES = [
    ("Ai là Chủ tịch Công đoàn tỉnh?", AnswerType.PERSON),
    ("Đồng chí nào chủ trì buổi làm việc?", AnswerType.PERSON),
    ("Hội nghị họp ngày nào?", AnswerType.DATE),
    ("Đợt xuân gồm người đủ tuổi từ khi nào?", AnswerType.DATE),
    ("lệ phí cấp lại thẻ", AnswerType.NUMBER),
    ("Hội nghị họp ở hội trường nào?", AnswerType.PLACE),
    ("Bao giờ quy định có hiệu lực?", AnswerType.DATE),
    ("Có bao nhiêu đại biểu tham dự?", AnswerType.NUMBER),
    ("Tỷ lệ đảng viên dự học đạt mấy phần trăm?", AnswerType.NUMBER),
    ("Lễ trao huy hiệu tổ chức ở đâu?", AnswerType.PLACE),
    ("Văn bản nào quy định mức đóng đảng phí?", AnswerType.REFERENCE),
    ("Hướng dẫn về thẻ đảng mang số bao nhiêu?", AnswerType.REFERENCE),
    ("Nghị quyết 11-NQ/TU do cơ quan nào ban hành?", AnswerType.ORGANISATION),
    ("Đồng chí Trần Thị Bưởi giữ chức vụ gì?", AnswerType.POST),
    ("Bà Lý Thị Hồng ký giấy với tư cách gì?", AnswerType.POST),
    ("Bà Hồng ký các hướng dẫn với chức danh gì?", AnswerType.POST),
    ("Vì sao phải hoãn đại hội?", AnswerType.REASON),
    ("Người học nghề nộp lệ phí tại đâu?", AnswerType.PLACE),
    ("Tại đâu mà đại hội phải hoãn?", AnswerType.REASON),
    ("Lớp học trong mấy ngày, gồm mấy bài?", AnswerType.NUMBER),
    ("Số thẻ gồm mấy chữ số?", AnswerType.NUMBER),
    ("Tổ cầu là tổ gì?", AnswerType.DEFINITION),
    ("Hồ sơ gồm mấy loại giấy?", AnswerType.LIST),
    ("Bản tôi đủ người, lập tổ riêng được chứ?", AnswerType.YES_NO),
    ("Giấy in ra có được nhận không (ở huyện)?", AnswerType.YES_NO),
    ("Đảng ủy có được lập văn phòng riêng (nơi không đông người)?", AnswerType.YES_NO),
    ("Thẻ ghi sai thì các tổ phải làm gì?", AnswerType.OTHER),
    ("3 khâu đột phá là gì?", AnswerType.LIST),
    ("Những hạn chế nào được nêu ra?", AnswerType.LIST),
    ("Chương trình gồm những gì?", AnswerType.LIST),
    ("Sáp nhập chi bộ là gì?", AnswerType.DEFINITION),
    ("Nghị quyết 11-NQ/TU nói về gì?", AnswerType.DEFINITION),
    ("Đảng viên dự bị có được bầu cử không?", AnswerType.YES_NO),
    ("Chỉ thị ấy còn hiệu lực không?", AnswerType.YES_NO),
    ("Đại hội đại biểu các cơ quan tỉnh khai mạc ngày nào?", AnswerType.DATE),
    ("Đợt hai gồm người đủ tuổi từ ngày nào?", AnswerType.DATE),
    ("Ba đối tượng được miễn là ai?", AnswerType.LIST),
    ("Yêu cầu về nền nếp đã đạt mặt nào?", AnswerType.OTHER),
    ("Trong tình huống nào thì được hoãn họp?", AnswerType.LIST),
    ("Muốn xin cấp lại thẻ cần giấy tờ gì?", AnswerType.LIST),
    ("đối tượng được miễn học", AnswerType.LIST),
    ("Sách rơi vào diện nào thì không cho mượn?", AnswerType.LIST),
    ("Tiền góp dùng vào mấy việc, kể tên?", AnswerType.LIST),
    ("Lãnh đạo nào đọc diễn văn?", AnswerType.PERSON),
    ("Sao bà con hay lẫn hai phiên chợ?", AnswerType.REASON),
    ("Xã bỏ lịch cũ vì lẽ gì?", AnswerType.REASON),
    ("Sao lưu sổ mượn sách khi nào?", AnswerType.DATE),
    ("Họp bản có bao nhiêu người thì ai chủ trì?", AnswerType.PERSON),
    ("Bao nhiêu người thì được lập tổ?", AnswerType.NUMBER),
    ("Một năm trao mấy đợt, vào ngày nào?", AnswerType.DATE),
    ("Tiền góp chia cho mấy chương trình, tên gì?", AnswerType.LIST),
    ("Thông tri số bao nhiêu nói về hợp tác xã?", AnswerType.REFERENCE),
    ("Mấy cậu coi kho chịu ai giám sát?", AnswerType.PERSON),
]


@pytest.mark.parametrize(("question", "expected"), TYPES)
def test_answer_type(question: str, expected: AnswerType) -> None:
    assert find_answer_type(question) is expected


@pytest.mark.parametrize(("question", "expected"), TYPES)
def test_answer_type_without_diacritics(question: str, expected: AnswerType) -> None:
    assert find_answer_type(fold(question)) is expected


@pytest.mark.parametrize(
    ("question", "size"),
    [
        *(("5 nhiệm vụ trọng tâm là gì?", 5), ("Ba khâu đột phá gồm những gì?", 3), ("ba khau dot pha", 3)),
        *(("Năm nội dung cần khắc phục", 5), ("Nhiệm vụ năm 2022 là gì?", None), ("Có bao nhiêu nhiệm vụ?", None)),
        *(("Liệt kê 4 đợt trao thẻ", 4), ("ke ten ba xa", 3)),
    ],
)
def test_list_size(question: str, size: int | None) -> None:
    assert find_list_size(question) == size


@pytest.mark.parametrize(
    ("question", "ordinal"),
    [
        *(("nêu rõ hơn nhiệm vụ thứ ba", 3), ("Nội dung thứ nhất là gì?", 1), ("noi dung thu tu", 4)),
        *(("Điều kiện thứ 2?", 2), ("Thứ ba tới họp gì?", None)),
        *(("Nhiệm vụ trọng tâm thứ tư là gì?", 4), ("giay to thu ba la gi", 3), ("Bước 2 của quy trình là gì?", 2)),
        *(
            ("Mục số 8 trong tờ khai ghi gì?", 8),
            ("Nhiệm vụ cuối cùng là gì?", LAST),
            ("Bước đầu tiên là gì?", 1),
            ("nhóm hạn chế đầu tiên", 1),
        ),
        *(("Nội dung Hội nghị lần thứ hai là gì?", None), ("Việc họp thứ hai tuần sau", None), ("muc thu nam 2020", None)),
        *(("Nội dung mục 2.3 là gì?", None), ("Kết quả kỳ họp thứ ba", None)),
    ],
)
def test_ordinal(question: str, ordinal: int | None) -> None:
    assert find_ordinal(question) == ordinal


def ask(text: str, *turns: Turn) -> Question:
    return understand_question(text, turns, UNDERSTAND, Filters())


COUNT = Turn("Năm 2021 có bao nhiêu tổ chức đạt loại tốt?", "13.")
HOLDER = Turn("Ai là Bí thư Tỉnh đoàn?", "Trần Thị Bưởi.\nTheo bài ngày 01/02/2021: “Bí thư Tỉnh đoàn Trần Thị Bưởi dự.” [1]")
DIRECTIVE = Turn("Nghị quyết 11-NQ/TU nói về gì?", "Theo bài năm 2020: “Nghị quyết 11-NQ/TU về nhà ở.” [1]")
LIST = Turn("5 nhiệm vụ trọng tâm của Tỉnh đoàn là gì?", "1. …")
TERM = Turn("Chất vấn thì tổ chức cơ sở đảng trả lời trong bao nhiêu ngày?", "30 ngày.")


@pytest.mark.parametrize(
    ("text", "turn", "expected"),
    [
        pytest.param("Thế còn năm 2020?", COUNT, "Năm 2020 có bao nhiêu tổ chức đạt loại tốt?", id="year replaced"),
        pytest.param("Còn loại khá thì sao?", COUNT, "loại khá", id="part named"),
        pytest.param("Đồng chí ấy sinh năm nào?", HOLDER, "đồng chí Trần Thị Bưởi sinh năm nào?", id="person from the answer"),
        pytest.param("Thế còn Phó Bí thư?", HOLDER, "Ai là Phó Bí thư Tỉnh đoàn?", id="post replaced"),
        pytest.param("Nghị quyết đó do ai ký?", DIRECTIVE, "Nghị quyết 11-NQ/TU do ai ký?", id="document"),
        pytest.param("nêu rõ hơn nhiệm vụ thứ ba", LIST, "nhiệm vụ thứ ba trong 5 nhiệm vụ trọng tâm của Tỉnh đoàn", id="item"),
        pytest.param("Năm đó kết nạp bao nhiêu đảng viên?", COUNT, "Năm 2021 kết nạp bao nhiêu đảng viên?", id="that year"),
        pytest.param("Thế còn cấp tỉnh?", TERM, "cấp tỉnh trả lời trong bao nhiêu ngày", id="another level"),
        pytest.param("có hiệu lực từ khi nào?", DIRECTIVE, "11-NQ/TU có hiệu lực từ khi nào?", id="asked of the document"),
        pytest.param("Còn Nghị quyết 12-NQ/TU?", DIRECTIVE, "Nghị quyết 12-NQ/TU", id="another document"),
        pytest.param("Còn 3 khâu đột phá?", LIST, "3 khâu đột phá", id="another list"),
        pytest.param("Thế bao nhiêu người được chuyển chính thức?", COUNT, "được chuyển chính thức –", id="opened, with words of its own"),
        pytest.param("Vì sao?", COUNT, "tổ chức đạt loại tốt", id="elliptical"),
    ],
)
def test_followup_carries_what_is_missing(text: str, turn: Turn, expected: str) -> None:
    question = ask(text, turn)
    assert fold(expected) in fold(question.standalone)
    assert question.carried


REBUKED = "Cán bộ bị nhắc nhở sau bao lâu thì được thi nâng bậc?"
ROUND = "Đợt cấp giống 4/3 ở Lào Cai dành cho hộ nào?"
SUCCESSOR = Turn("Ai làm Giám đốc Sở Lâm nghiệp thay ông Lê Văn Tre?", "Ông Đỗ Văn Trúc, Chủ tịch xã.")


@pytest.mark.parametrize(
    ("text", "earlier", "expected"),
    [
        pytest.param("Bị phê bình thì bao lâu?", REBUKED, "Cán bộ bị phê bình sau bao lâu thì được thi nâng bậc?", id="condition"),
        pytest.param("Bị phê bình thì mấy tháng?", REBUKED, "Cán bộ bị phê bình sau bao lâu thì được thi nâng bậc?", id="how long again"),
        pytest.param(
            "Ở cấp tỉnh thì mấy ngày?", "Cấp xã trả sách trong bao lâu?", "Cấp tỉnh trả sách trong bao lâu?", id="level, how long"
        ),
        pytest.param("Còn ngoài nước?", "Gửi sách trong nước mất bao lâu?", "Gửi sách ngoài nước mất bao lâu?", id="abroad"),
        pytest.param("Thế bị phê bình?", REBUKED, "Cán bộ bị phê bình sau bao lâu thì được thi nâng bậc?", id="condition, without asking"),
        pytest.param("Bị phê bình thì ai báo tin?", REBUKED, "Bị phê bình thì ai báo tin – Cán bộ bị phê bình", id="another thing asked"),
        pytest.param("Thế còn đợt 20/11?", "Đợt 4/3 có ai dự?", "Đợt 20/11 có ai dự?", id="occasion"),
        pytest.param("Thế còn đợt 20/11?", ROUND, "Đợt cấp giống 20/11 ở Lào Cai dành cho hộ nào?", id="day of the occasion"),
        pytest.param("Còn ở Hà Giang?", ROUND, "Đợt cấp giống 4/3 ở Hà Giang dành cho hộ nào?", id="province"),
        pytest.param("Còn bước 5?", "Bước 3 của việc trồng là gì?", "Bước 5 của việc trồng là gì?", id="step"),
        pytest.param("Bước tiếp theo là gì?", "Bước 3 của việc trồng là gì?", "Bước 4 của việc trồng là gì?", id="next step"),
        pytest.param("Việc trước đó?", "Nội dung thứ ba của việc trồng là gì?", None, id="another noun"),
        pytest.param("Còn nội dung thứ tư?", "Nội dung thứ ba là gì?", "Nội dung thứ tư là gì?", id="ordinal"),
        pytest.param("Còn huyện Mường Bi?", "Huyện Mường Tè có mấy xã?", "Huyện Mường Bi có mấy xã?", id="like part"),
        pytest.param(
            "Thế còn trồng tre thì dùng loại nào?", "Trồng lim thì dùng loại cuốc nào?", "Trồng tre thì dùng loại cuốc nào?", id="then"
        ),
        pytest.param("Lỡ làm gãy thì báo cho ai?", "Cây giống lấy ở vườn nào?", "Lỡ làm gãy thì báo cho ai – Cây giống", id="mishap"),
        pytest.param(
            "Nó gồm những phần nào?", "Nội quy 5-NQ/TV được ký ngày nào?", "5-NQ/TV gồm những phần nào?", id="parts of a document"
        ),
        pytest.param(
            "Thế phí thì họ nộp ở đâu?",
            "Bạn đọc ngoài tỉnh có được mượn sách quý không?",
            "Thế phí thì bạn đọc ngoài tỉnh nộp ở đâu?",
            id="they, without what was asked of them",
        ),
        pytest.param(
            "Sang tháng sau ghế này có đổi người không?",
            "Trưởng bản Nậm Lành tháng 12/2020 là ai?",
            "Trưởng bản Nậm Lành tháng 1/2021 là ai?",
            id="next month",
        ),
        pytest.param("Thế năm trước thì sao?", "Năm 2020 trồng mấy cây?", "Năm 2019 trồng mấy cây?", id="year before"),
        pytest.param("Tháng sau thì sao?", "Năm 2020 trồng mấy cây?", "tháng sau", id="no month to count from"),
        pytest.param("Còn loại 40 năm?", "Thẻ 20 năm có mấy ô?", "Thẻ 40 năm có mấy ô?", id="another number of the unit"),
        pytest.param("Thế 5 tháng thì sao?", "Trẻ 3 tháng ăn gì?", "Trẻ 5 tháng ăn gì?", id="months"),
        pytest.param("Còn 5 thửa ruộng?", "Xã có 3 con suối nào?", "Xã có 3 con suối nào – 5 thửa ruộng?", id="another unit"),
        pytest.param("Số cây đó trồng ở đâu?", "Xã Tre mua mấy cây?", "Số cây đó trồng ở đâu – Xã Tre mua cây", id="repeated noun"),
    ],
)
def test_followup_replaces_the_like_part(text: str, earlier: str, expected: str | None) -> None:
    standalone = ask(text, Turn(earlier, "…")).standalone
    assert standalone == text if expected is None else fold(expected) in fold(standalone)


@pytest.mark.parametrize(
    ("text", "turn", "expected"),
    [
        ("Trước đó ông ấy làm gì?", SUCCESSOR, "Trước đó đồng chí Đỗ Văn Trúc làm gì?"),
        ("Ông sinh năm nào?", SUCCESSOR, "Đồng chí Đỗ Văn Trúc sinh năm nào?"),
        ("Ông ấy thay ai?", Turn("Ông Lê Văn Tre giữ chức gì?", "Giám đốc, thay ông Đỗ Văn Trúc."), "Đồng chí Lê Văn Tre thay ai?"),
    ],
)
def test_followup_about_the_person_meant(text: str, turn: Turn, expected: str) -> None:
    assert ask(text, turn).standalone == expected


STEP = Turn("Bước 3 trong trình tự cấp thẻ là gì?", "Ký thẻ.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bước tiếp theo là gì?", "Bước 4 trong trình tự cấp thẻ là gì?"),
        ("còn bước trước đó?", "Bước 2 trong trình tự cấp thẻ là gì?"),
        ("Bước thứ năm là gì?", "Bước thứ năm trong trình tự cấp thẻ là gì?"),
    ],
)
def test_the_item_beside_the_one_asked_before(text: str, expected: str) -> None:
    assert ask(text, STEP).standalone == expected


@pytest.mark.parametrize("turn", [COUNT, HOLDER, DIRECTIVE, LIST])
def test_new_subject_drops_the_old(turn: Turn) -> None:
    text = "Mức đóng đảng phí của đảng viên là học sinh, sinh viên được quy định ở văn bản nào?"
    question = ask(text, turn)
    assert question.standalone == text
    assert not question.carried


HOUSES = Turn("Bản có mấy hộ thì lập hội?", "Từ 9 hộ trở lên.")


@pytest.mark.parametrize(
    ("text", "turn", "expected"),
    [
        ("Nếu ít hơn số ấy thì làm gì?", HOUSES, "Bản có dưới 9 hộ thì làm gì?"),
        ("Bản nhiều hơn số đó thì ai đứng đầu?", HOUSES, "Bản trên 9 hộ thì ai đứng đầu?"),
        ("Không đủ mức đó thì sao?", Turn("Tiền góp ít nhất là mấy?", "200 đồng."), "Dưới 200 đồng thì sao – Tiền góp ít nhất là mấy?"),
        (
            "Hết thời gian đó thì ai xét?",
            Turn("Người học nghề dự bị phải chờ bao lâu?", "6 tháng."),
            "Hết thời gian đó thì ai xét – người học nghề dự bị?",
        ),
        ("Văn bản đó gửi tới ai?", Turn("quy định 5-qđ/tv do ai ký?", "…"), "Quy định 5-qđ/tv gửi tới ai?"),
        (
            "Lúc đó ông bao nhiêu tuổi?",
            Turn("Năm 2015 ai làm trưởng bản?", "Ông Đỗ Văn Trúc."),
            "Năm 2015 đồng chí Đỗ Văn Trúc bao nhiêu tuổi?",
        ),
    ],
)
def test_followup_about_what_was_told(text: str, turn: Turn, expected: str) -> None:
    assert ask(text, turn).standalone == expected


def test_followup_of_a_followup() -> None:
    question = ask("Thế còn năm 2019?", COUNT, Turn("Thế còn năm 2020?", "15."))
    assert question.standalone == "Năm 2019 có bao nhiêu tổ chức đạt loại tốt?"


def test_topic_is_offered_for_a_short_question_only() -> None:
    short = ask("Cấp tỉnh giải quyết trong mấy ngày?", TERM)
    assert not short.carried
    tried = with_topic(short, (TERM,), UNDERSTAND)
    assert tried is not None
    assert "Chất vấn" in tried.standalone
    assert with_topic(ask("Nghị quyết 11-NQ/TU do ai ký?", TERM), (TERM,), UNDERSTAND) is None
    assert with_topic(ask("Cấp tỉnh giải quyết trong mấy ngày?"), (), UNDERSTAND) is None


def test_period_is_read_but_a_number_of_a_document_is_none() -> None:
    assert ask("Ai là Bí thư Tỉnh đoàn năm 2021?").period == (date(2021, 1, 1), date(2021, 12, 31))
    assert ask("Nghị định 158/2025/NĐ-CP quy định gì?").period is None


def test_restored_text_leaves_out_what_was_appended_for_searching() -> None:
    understand = Understanding(None, AbbreviationTable.of([("BTV", "Ban Thường vụ")]))
    query = understand("BTV họp ngày nào?")
    assert query.text != query.typed
    assert restored_text(query) == "BTV họp ngày nào?"


def guess(text: str, filters: Filters) -> Query:
    """Reads "the" as "thẻ" wherever it stands, as running text does, and knows three more words."""
    known = {"the": "thẻ", "duoc": "được", "may": "mấy", "nguoi?": "người?"}
    words = [(word, known.get(word.lower(), word)) for word in text.split()]
    expansions = tuple(Expansion(typed, read, "diacritics") for typed, read in words if typed != read)
    return Query(text, " ".join(read for _, read in words), expansions=expansions, filters=filters)


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ("The nhan duoc may nguoi?", "Nhan được mấy người"),
        ("The dang duoc may nguoi?", "thẻ dang được mấy người?"),
        ("The dang uy duoc may nguoi?", "Dang uy được mấy người"),
    ],
)
def test_the_word_that_opens_a_followup_is_no_card(typed: str, opens: str) -> None:
    question = understand_question(typed, (COUNT,), guess, Filters())
    assert question.standalone.startswith(opens)
    assert "thế" not in question.standalone.lower()


def test_what_was_guessed_of_a_followup_stays_a_guess() -> None:
    question = understand_question("The nhan duoc may nguoi?", (COUNT,), guess, Filters())
    assert {each.searched for each in question.query.expansions if each.reason == "diacritics"} >= {"được", "mấy"}


@pytest.mark.parametrize("text", ["", "   ", "???", "a" * 5000])
def test_unusable_question_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        ask(text)


@given(st.text(max_size=80), st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=3))
def test_any_text_and_history_is_understood_or_refused(text: str, history: list[tuple[str, str]]) -> None:
    turns = [Turn(question, answer) for question, answer in history]
    try:
        question = ask(text, *turns)
    except QueryError:
        return
    assert question.standalone.strip()


@pytest.mark.parametrize(
    ("typed", "restored", "expected"),
    [
        ("Co duoc danh may khong?", "Có được đánh máy không?", AnswerType.YES_NO),
        ("Ke khai thi cap nao quyet?", "Kê khai thì cấp nào quyết?", AnswerType.ORGANISATION),
        ("Phai dong may khoan?", "Phải đóng máy khoan?", AnswerType.NUMBER),
        ("So sanh bai nay voi bai kia", "So sánh bài này với bài kia", AnswerType.OTHER),
    ],
)
def test_the_kind_asked_for_is_read_from_restored_words_where_they_ask(typed: str, restored: str, expected: AnswerType) -> None:
    expansions = tuple(Expansion(a, b, "diacritics") for a, b in zip(typed.split(), restored.split(), strict=True) if a != b)
    asked = understand_question(typed, (), lambda text, filters: Query(text, restored, expansions=expansions, filters=filters), Filters())
    assert asked.answer_type is expected


def test_what_is_asked_decides_and_not_the_earlier_question_before_it() -> None:
    turn = Turn("Người vào hội phải bao nhiêu tuổi?", "Đủ 18 tuổi.")
    read = understand_question("Còn học vấn thì yêu cầu gì?", (turn,), UNDERSTAND, Filters())
    assert read.answer_type is not AnswerType.NUMBER
