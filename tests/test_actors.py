"""Whose deadline is asked for, several persons asked for together, and what is typed like a search to be counted."""

from __future__ import annotations

import pytest
from conftest import FakeCounter, make_article
from qa_fakes import UNDERSTAND, FakeEngine, make_assistant

from index.query import Understanding
from index.settings import Settings
from index.text.abbreviations import AbbreviationTable
from index.text.canonical import fold
from index.types import Filters
from qa.actors import actors_of, asked_actor
from qa.chain import Assistant
from qa.holders import _heads_written_out
from qa.question import understand_question
from qa.short_answers import unit_words
from qa.types import Status

DEADLINES = make_article(
    "quy-dinh/xin-dat",
    """Quy định xin đất trồng rau

Nghị quyết chi bộ: Trong vòng 3 ngày kể từ khi chi bộ ra nghị quyết cho mượn đất trồng rau phải gửi sổ lên cấp ủy cấp trên.

Trong vòng 20 ngày kể từ khi chi bộ ra nghị quyết cho mượn đất trồng rau, đảng ủy cơ sở phải xem xét, ghi sổ.

Trong thời hạn 40 ngày kể từ khi chi bộ ra nghị quyết, cấp ủy có thẩm quyền phải quyết định cho mượn đất trồng rau.
""",
)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Trong 5 ngày, chi bộ phải họp; quá hạn thì cấp ủy cấp trên xử lý", {"chi bo"}),
        ("Nghị quyết chi bộ (cả chi bộ ghép): Trong vòng 5 ngày phải gửi sổ", {"chi bo"}),
        ("trong thời hạn 15 ngày làm việc cấp ủy có thẩm quyền làm công văn gửi đi", {"co tham quyen"}),
        ("Ban thường vụ cấp ủy có thẩm quyền có 9 ngày để xét", {"co tham quyen"}),
        ("Chi bộ phải đoàn kết", set()),
    ],
)
def test_bodies_that_have_a_time_to_act(text: str, actors: set[str]) -> None:
    assert actors_of(text) == actors


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Chi bộ ra nghị quyết rồi, cấp có thẩm quyền phải quyết trong mấy ngày?", "co tham quyen"),
        ("Đảng ủy cơ sở phải xem xét trong bao nhiêu ngày?", "dang uy"),
        ("Chi bộ phải làm gì?", None),
        ("Chi bộ có bao nhiêu đảng viên?", None),
    ],
)
@pytest.mark.parametrize("style", [str, fold])
def test_the_body_asked_about(text: str, actor: str | None, style: type) -> None:
    assert asked_actor(understand_question(style(text), (), UNDERSTAND, Filters())) == actor


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Chi bộ ra nghị quyết cho mượn đất trồng rau rồi, cấp ủy có thẩm quyền phải quyết định trong mấy ngày?", "40 ngày"),
        ("Đảng ủy cơ sở phải xem xét cho mượn đất trồng rau trong bao nhiêu ngày kể từ nghị quyết chi bộ?", "20 ngày"),
        ("Chi bộ phải gửi sổ cho mượn đất trồng rau trong mấy ngày?", "3 ngày"),
    ],
)
def test_the_time_of_the_body_asked_about(question: str, told: str) -> None:
    assert make_assistant(DEADLINES).answer(question).text.lower().startswith(told)


FEAST = make_article(
    "tin/hoi-lang",
    """Hội làng Mơ

Hai đồng chí hát mở màn hội làng Mơ là Lò Thị Bưởi, Bí thư chi bộ, và Hầu Văn Sấu, Giám đốc Sở Lâm nghiệp Thủy sản.

Tại hội làng Mơ, trưởng bản nêu những việc phải làm: (1) dọn suối; (2) trồng tre; (3) sửa cầu.

Làng Mơ giành cờ thi nấu cơm. Làng có phần thưởng này nhờ nồi cơm dẻo nhất vùng.

Hội làng Mơ có 4 đội; mỗi đội không cử quá 7 tay chèo. Làng được dựng tối đa 2 rạp và 1 cổng chào.

Cuối hội làng Mơ có 120 đảng viên ở lại dọn rạp.
""",
)


@pytest.mark.parametrize("question", ["Những ai hát mở màn hội làng Mơ?", "Hai đồng chí nào hát mở màn hội làng Mơ?"])
@pytest.mark.parametrize("style", [str, fold])
def test_several_persons_are_named_together(question: str, style: type) -> None:
    assert make_assistant(FEAST).answer(style(question)).text.startswith("Lò Thị Bưởi, Hầu Văn Sấu.")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("số tay chèo tối đa của một đội ở hội làng Mơ", "7 tay chèo"),
        ("Vì sao làng Mơ giành cờ thi nấu cơm?", "nhờ nồi cơm dẻo"),
        ("Cuối hội làng Mơ có bao nhiêu ĐV ở lại dọn rạp?", "120 đảng viên"),
    ],
)
@pytest.mark.parametrize("style", [str, fold])
def test_what_is_counted_and_why(question: str, told: str, style: type) -> None:
    answer = make_assistant(FEAST).answer(style(question))
    assert answer.status is Status.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize("question", ["giám đốc sở LNTS", "Ai là Giám đốc Sở LNTS?", "ai là giám đốc so lnts?"])
def test_a_body_by_its_short_name_behind_its_kind(question: str) -> None:
    understand = Understanding(None, AbbreviationTable.of([("LNTS", "lâm nghiệp thủy sản")]))
    assistant = Assistant(FakeEngine([FEAST]), Settings(), understand=understand, counter=FakeCounter())
    assert assistant.answer(question).text.startswith("Hầu Văn Sấu.")
    assert "lâm nghiệp thủy sản" in _heads_written_out(understand_question(fold(question), (), understand, Filters()))


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("số tay chèo tối đa của một đội", ("tay", "chèo")),
        ("tổng số hộ trong bản", ("hộ",)),
        ("số thẻ mượn sách bắt đầu từ số nào", ()),
        ("số hiệu của nội quy", ()),
    ],
)
def test_what_a_search_counts(question: str, unit: tuple[str, ...]) -> None:
    assert unit_words(understand_question(question, (), UNDERSTAND, Filters())) == unit
