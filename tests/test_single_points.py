"""Who did what, told further down or of one person each; posts that were lost or taken up after a move; days; names of documents."""

from __future__ import annotations

import pytest
from conftest import make_article
from qa_fakes import CORPUS, UNDERSTAND, assert_quotes_exact, make_assistant

from index.text.canonical import canonical, fold
from index.types import Filters, Span
from qa import aspects, counting, directives, led_lists
from qa.demands import find_demands
from qa.mentions import find_places
from qa.posts import find_holdings
from qa.question import understand_question
from qa.sentences import find_sentences
from qa.types import Passage, Question, Status
from qa.verdict import deeds_asked
from qa.weights import ACT_COUNTS
from qa.wording import hit_at

FILLER = "Hội nghị bàn việc mùa vụ, nêu nhiều cách làm và chia việc cho từng tổ. " * 12
NEWS = make_article(
    "tin/hoi-nghi-mua-vu",
    "Hội nghị mùa vụ của hợp tác xã\n\n"
    f"Chiều 6/1, hợp tác xã tổ chức hội nghị mùa vụ năm 2021.\n\n{FILLER}\n\n{FILLER}\n\n"
    "Đồng chí Trần Văn Bưởi tham luận tại hội nghị.\n\n"
    f"{FILLER}\n\nĐồng chí Lê Thị Cam, Giám đốc trạm giống, tham luận tại hội nghị.\n",
    date="2022-01-07",
)


def _question(text: str) -> Question:
    return understand_question(text, (), UNDERSTAND, Filters())


def test_persons_who_each_did_the_act_are_told_from_anywhere_in_a_short_article() -> None:
    assistant = make_assistant(NEWS, *CORPUS)
    answer = assistant.answer("Những ai trình bày tham luận ở hội nghị mùa vụ của hợp tác xã?")
    assert_quotes_exact(answer, assistant.engine)  # type: ignore[arg-type]
    assert answer.text.startswith("Trần Văn Bưởi, Lê Thị Cam.")


def test_without_an_act_nothing_is_looked_for_elsewhere() -> None:
    answer = make_assistant(NEWS, *CORPUS).answer("Hội nghị mùa vụ của hợp tác xã bàn việc gì?")
    assert "Trần Văn Bưởi" not in answer.text


@pytest.mark.parametrize(
    ("asked", "met", "failed"),
    [
        ("Người đọc lời khai mạc hội nghị mùa vụ năm 2021 của hợp tác xã là ai?", "ông A khai mạc", "ông A dự"),
        ("Lãnh đạo trạm giống lên đọc tham luận hôm hội nghị tên là gì?", "ông A tham luận", "ông A dự"),
        ("Ai là cấp quyết định tặng cờ?", "ban quản trị quyết định", "cờ được tặng"),
        ("Ai tặng cờ?", "ông A tặng cờ", "ban quản trị quyết định"),
    ],
)
def test_the_act_of_the_person_asked_for(asked: str, met: str, failed: str) -> None:
    acts = [demand for demand in find_demands(_question(asked)) if demand.weight == ACT_COUNTS]
    assert acts and all(demand.met(met) and not demand.met(failed) for demand in acts)


def test_a_post_after_a_move() -> None:
    held = find_holdings("Ông Lê Văn Cam chuyển công tác, làm Phó ban Nội chính tỉnh.")
    assert [each.post.text for each in held] == ["Phó ban Nội chính tỉnh"]
    assert not find_holdings("Ông Lê Văn Cam chuyển nhà về phó ban.")


def test_posts_that_were_lost_are_no_posts_held() -> None:
    text = (
        "Kỷ luật ở tỉnh\n\nÔng Lê Văn Cam, Giám đốc Sở Chợ, dự họp.\n\n"
        "Ban Bí thư cách chức Bí thư Đảng đoàn đối với ông Lê Văn Cam vì vụ bán chợ."
    )
    answer = make_assistant(make_article("tin/ky-luat", text), *CORPUS).answer("Ông Lê Văn Cam bị cách những chức vụ gì vì vụ bán chợ?")
    assert "cách chức Bí thư Đảng đoàn" in answer.text


def test_a_place_ends_where_a_time_begins() -> None:
    assert [place.text for place in find_places("Họp tại xã Sơn Thủy sau kỳ họp thứ 6.")] == ["xã Sơn Thủy"]
    assert [place.text for place in find_places("Họp tại nhà văn hoá xã.")] == ["nhà văn hoá xã"]


def test_the_day_asked_about() -> None:
    tests = aspects.of_that_day(fold("Chiều 22-11 họp ở đâu?"))
    assert tests is not None
    same, no_other = tests
    assert same("họp chiều 22/11") and no_other("họp chiều 22/11") and no_other("họp chiều nay") and not same("họp chiều nay")
    assert not no_other("họp ngày 30-11")
    assert aspects.of_that_day(fold("Họp ngày 2/3 hay 4/3?")) is None and aspects.of_that_day(fold("Theo Chỉ thị 40-CT/TU")) is None


def test_the_name_of_a_document_among_others_ends_where_the_next_begins() -> None:
    behind = " của Ban Quản trị về việc giữ kho, đồng thời thực hiện nội quy"
    match = directives._SUBJECT_BEHIND.match(canonical(behind))
    assert match is not None and match[0] == " của ban quản trị về việc giữ kho"
    assert directives._SUBJECT_BEHIND.match(" ngày 2/3 của kho") is None


def test_what_a_document_does_to_others_is_not_counted_in_the_catalogue() -> None:
    assert counting._DOES_TO.search(fold("Thông tư 7/2026/TT-BCĐ bãi bỏ bao nhiêu văn bản"))
    assert not counting._DOES_TO.search(fold("Có bao nhiêu văn bản nhắc đến Thông tư 7/2026/TT-BCĐ"))


RULES = make_article(
    "quy-che/kho",
    "Quy chế giữ kho\n\nMuốn làm thủ kho phải đủ hai điều kiện:\n\na) biết chữ;\n\nb) có sức khoẻ.\n\n"
    "Thủ kho đứng ngoài.\n\nCác mốc kiểm tra:\n",
)


def test_a_short_list_belongs_to_the_sentence_that_leads_it_in() -> None:
    hit = hit_at(RULES, Span(0, len(RULES.text)))
    engine = make_assistant(RULES).engine
    read = find_sentences([Passage(1, hit, 0, len(RULES.text), RULES.text, 40)], engine)
    lead = next(each for each in read if each.text.startswith("Muốn làm"))
    assert led_lists.short_list(lead) is not None and not led_lists.says_nothing_alone(lead)
    assert [led_lists.says_nothing_alone(each) for each in read if each.text.startswith(("Các mốc", "Thủ kho"))] == [False, True]


def test_what_is_denied_may_stand_before_the_question_word() -> None:
    assert "nghi" in deeds_asked(_question("Thủ kho xin nghỉ có được không?"))
    assert "nghi" not in deeds_asked(_question("Thủ kho có được họp không?"))


def test_the_sentence_that_follows_has_the_figure() -> None:
    text = "Đổi chỗ ở\n\nÁp dụng khi hộ dân đổi nhà, nghỉ việc hoặc dời trại. Chủ hộ phải nộp đơn trong 60 ngày tính từ khi có giấy mời."
    article = make_article("doi-cho", text)
    assert make_assistant(article).answer("Hộ dân nghỉ việc dời trại trong bao lâu?").text.startswith("60 ngày")
    alone = make_article("doi-cho", text.split(". Chủ hộ")[0] + ".")
    assert make_assistant(alone).answer("Hộ dân nghỉ việc dời trại trong bao lâu?").status is Status.NOT_FOUND
