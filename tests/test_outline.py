"""What a paragraph of an official document stands under, by hand."""

from __future__ import annotations

from qa_fakes import make_article

from qa.outline import lines_above, terms_above

TEXT = """QUY ĐỊNH TRỒNG CÂY

I. CÂY GIỐNG

1. Cây lim

1.1. Nơi ươm.

Mỗi xã có một vườn ươm.

1.2. Hạt giống: lấy ở rừng già.

Việc lấy hạt làm như sau:

- Chọn cây già.

- Phơi hạt.

2. Cây tre

Tre trồng bằng gốc.
"""


def above(article_text: str) -> dict[str, list[str]]:
    article = make_article("vb/cay", article_text)
    found = lines_above(article)
    return {
        article.text[block.start : block.end]: [article.text[span.start : span.end] for span in found.get(block.start, ())]
        for block in article.blocks
    }


def test_each_paragraph_stands_under_its_numbers() -> None:
    lines = above(TEXT)
    assert lines["Mỗi xã có một vườn ươm."][-3:] == ["I. CÂY GIỐNG", "1. Cây lim", "1.1. Nơi ươm."]
    assert lines["- Phơi hạt."][-4:] == ["I. CÂY GIỐNG", "1. Cây lim", "1.2. Hạt giống: lấy ở rừng già.", "Việc lấy hạt làm như sau:"]
    assert lines["Tre trồng bằng gốc."][-2:] == ["I. CÂY GIỐNG", "2. Cây tre"]
    assert "1. Cây lim" not in lines["2. Cây tre"]


def test_running_text_stands_under_nothing() -> None:
    assert all(not lines for lines in above("Trồng cây\n\nHuyện trồng cây.\n\nXã trồng tre.").values())


def test_the_terms_of_the_lines() -> None:
    article = make_article("vb/cay", TEXT)
    start = article.text.index("Tre trồng")
    assert {"cây", "tre", "giống"} <= set(terms_above(article)[start])


LED = """Trồng cây

1. Chăm cây

Bà con trồng theo mùa. Số cây mỗi hộ như sau:

1. Hộ ở núi: 30 cây;

2. Hộ ở đồng bằng: 20 cây.

2. Bán cây

Muốn mở vườn ươm phải đủ:

a) có đất;

b) có 3 thợ.

Xã ghi sổ.

c) Việc khác
"""


def test_items_stand_under_the_text_that_leads_them_in() -> None:
    lines = above(LED)
    assert lines["1. Hộ ở núi: 30 cây;"][-1] == "Số cây mỗi hộ như sau:"
    assert "Số cây mỗi hộ như sau:" in lines["2. Hộ ở đồng bằng: 20 cây."]
    assert lines["b) có 3 thợ."][-1] == "Muốn mở vườn ươm phải đủ:"


def test_a_lead_ends_with_its_list() -> None:
    lines = above(LED)
    assert "Số cây mỗi hộ như sau:" not in lines["2. Bán cây"]
    assert "Số cây mỗi hộ như sau:" not in lines["b) có 3 thợ."]
