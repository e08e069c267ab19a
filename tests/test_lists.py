"""Whole enumerations of an article: their markers, lists within a sentence or an item, answers by list and by item."""

from __future__ import annotations

from conftest import make_article
from qa_fakes import FakeEngine, assert_quotes_exact, make_assistant

from qa.lists import find_enumerations


def test_lists_within_a_sentence_are_lists_too() -> None:
    text = """Cơ cấu và xử lý

Huyện uỷ có ba cơ quan: văn phòng, ban tổ chức và cơ quan kiểm tra.

Xoá tên trong các trường hợp sau: Bỏ sinh hoạt ba tháng liền; tự ý trả thẻ; hai năm liền vi phạm tư cách.
"""
    article = make_article("vb/co-cau", text)
    assert find_enumerations(article) == []
    found = [[article.text[slice(*item)] for item in e.items] for e in find_enumerations(article, unmarked=True)]
    assert found == [
        ["văn phòng", "ban tổ chức", "cơ quan kiểm tra"],
        ["Bỏ sinh hoạt ba tháng liền", "tự ý trả thẻ", "hai năm liền vi phạm tư cách"],
    ]
    answer = make_assistant(article).answer("Huyện uỷ có những cơ quan nào?")
    assert [citation.quote for citation in answer.citations][1:] == found[0]
    assert_quotes_exact(answer, FakeEngine([article]))


def test_roman_numbers_within_a_sentence() -> None:
    text = "Nội quy thư viện\n\nNội quy có ba phần: I. Mượn sách; II. Trả sách; III. Bồi thường.\n\nI. Mượn sách\n\nMỗi lần ba cuốn."
    article = make_article("vb/noi-quy", text)
    found = [[text[slice(*item)] for item in each.items] for each in find_enumerations(article)]
    assert found == [["Mượn sách", "Trả sách", "Bồi thường."]]
    answer = make_assistant(article).answer("Nội quy thư viện gồm những phần nào?")
    assert [citation.quote for citation in answer.citations][1:] == found[0]
