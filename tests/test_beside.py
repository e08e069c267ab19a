"""What another directive says of the same point is quoted beside a long answer; news that tells it again, or another point, is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qa_fakes import make_article, make_assistant

from index.types import Article
from qa.counterparts import find_counterpart

RULE = (
    "Chủ hộ trồng rừng phải nộp quyết định giao đất, sơ đồ lô đất, bản cam kết phòng cháy và bản kê cây giống trong khoảng thời gian "
    "từ sau vụ trồng trước đến ngày xin cấp phép, báo cáo trưởng thôn và ban quản lý rừng làm thủ tục cấp phép khai thác gỗ cho lô đất ấy."
)
OTHERWISE = (
    "Chủ hộ phải nộp quyết định giao đất, sơ đồ lô đất và bản kê cây giống trong một năm trước ngày xin cấp phép, báo cáo trưởng thôn làm "
    "thủ tục cấp phép khai thác gỗ."
)
NEARER = "Chủ hộ phải nộp sơ đồ lô đất và bản kê cây giống trong một năm trước ngày xin cấp phép khai thác gỗ, báo cáo trưởng thôn."
MORE = "Người trồng chè được vay vốn không lãi trong ba năm đầu, sau đó trả dần từng quý cho quỹ của xã theo sổ vay vốn."
QUESTION = "Bản kê cây giống phải kê cho khoảng thời gian nào?"


def _directive(name: str, text: str, kind: str = "Hướng dẫn") -> Article:
    article = make_article(name, f"Khai thác gỗ\n\n{text}\n\n{MORE}", date="2021-03-02")
    return replace(article, metadata=replace(article.metadata, kind=kind))


def test_the_other_directive_is_quoted_beside() -> None:
    answer = make_assistant(_directive("moi", RULE), _directive("cu", OTHERWISE)).answer(QUESTION)
    assert "trong một năm trước ngày xin cấp phép" in answer.text and "từ sau vụ trồng trước" in answer.text


def test_the_nearest_sentence_is_found_only_where_each_is_nearest_to_the_other() -> None:
    rule, other, news = _directive("moi", RULE), _directive("cu", OTHERWISE), _directive("tin", MORE, "Tin")
    start = rule.text.index(RULE)
    found = find_counterpart(rule, start, start + len(RULE), other)
    assert found is not None and other.text[found[1].start : found[1].end] == OTHERWISE
    assert find_counterpart(rule, start, start + len(RULE), news) is None
    nearer = _directive("gan", NEARER)
    assert find_counterpart(rule, start, start + len(RULE), nearer) is not None
    both = _directive("hai", f"{RULE}\n\n{NEARER}")
    assert find_counterpart(both, both.text.index(RULE), both.text.index(RULE) + len(RULE), nearer) is None


def test_news_is_not_looked_at() -> None:
    answer = make_assistant(_directive("moi", RULE), _directive("tin", OTHERWISE, "Tin")).answer(QUESTION)
    assert {citation.article_id for citation in answer.citations} == {"moi"}


def test_a_short_answer_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.beside.FEW", len(RULE.split()) + 1)
    answer = make_assistant(_directive("moi", RULE), _directive("cu", OTHERWISE)).answer(QUESTION)
    assert {citation.article_id for citation in answer.citations} == {"moi"}


def test_what_the_question_demands_is_quoted_of_the_other_directive_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.beside.FEW", 20)
    clause = "đã kê khai đầy đủ, rõ ràng mọi lô đất theo mẫu của xã thì"
    one = _directive(
        "moi", f"Chủ hộ có người nhà cùng giữ rừng và {clause} không phải kiểm kê lại rừng trước khi xin cấp phép khai thác gỗ ở xã."
    )
    two = _directive(
        "cu", f"Nếu hộ có người nhà giữ rừng (mục 21) {clause} không phải kiểm kê về gỗ nhưng phải kiểm kê lại cây giống còn ở vườn."
    )
    answer = make_assistant(one, two).answer("Chủ hộ có người nhà giữ rừng, kê khai đủ lô đất rồi thì có còn phải kiểm kê nữa không?")
    assert "không phải kiểm kê lại rừng" in answer.text and "phải kiểm kê lại cây giống" in answer.text
