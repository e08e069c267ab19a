"""How often a body meets is told of the very body asked about."""

from __future__ import annotations

import pytest
from qa_fakes import make_article, make_assistant

from qa.types import Status, Turn

RULES = make_article(
    "qd/che-do-hop",
    """QUY ĐỊNH
Chế độ họp ở cơ sở

Ban thường vụ đảng uỷ mỗi tháng họp một lần, đảng uỷ họp thường lệ 3 tháng một lần, họp bất thường khi cần.

Đảng bộ cơ sở họp thường lệ mỗi năm hai lần, khi có việc thì họp thêm.

Đảng uỷ bộ phận giúp việc đảng uỷ cơ sở và trông nom các chi bộ, sinh hoạt một tháng một lần.

Đại hội chi bộ thí điểm 5 năm một lần.
""",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Đảng uỷ cơ sở họp mấy tháng một lần?", "3 tháng một lần."),
        ("Đảng bộ cơ sở họp mấy lần một năm?", "Hai lần."),
    ],
)
def test_the_times_of_the_body_asked_about(question: str, lead: str) -> None:
    assert make_assistant(RULES).answer(question).text.splitlines()[0] == lead


def test_no_figure_of_another_body_leads() -> None:
    answer = make_assistant(RULES).answer("Ban thường vụ đảng uỷ bao lâu họp một lần?")
    assert not answer.text.startswith("3 tháng") and "Ban thường vụ đảng uỷ mỗi tháng họp một lần" in answer.text


def test_the_subject_before_the_comma_counts() -> None:
    answer = make_assistant(RULES).answer("Đảng uỷ bộ phận sinh hoạt mấy lần một tháng?")
    assert answer.citations[0].quote.startswith("Đảng uỷ bộ phận")


def test_what_is_told_of_other_bodies_only_is_declined() -> None:
    assert make_assistant(RULES).answer("Chi uỷ họp mấy lần một tháng?").status is Status.NOT_FOUND
    assert make_assistant(RULES).answer("Chi bộ họp mấy lần một tháng?").status is Status.NOT_FOUND


def test_a_follow_up_changes_the_body() -> None:
    before = Turn("Đảng bộ cơ sở một năm họp mấy lần?", "Hai lần.")
    answer = make_assistant(RULES).answer("Còn đảng uỷ thì sao?", [before])
    assert answer.text.startswith("3 tháng một lần.")
