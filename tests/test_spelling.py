"""Slips in queries: hand-made ones mended, known words and doubtful ones left alone, edits against a brute-force distance."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import Corpus, FakeCounter, FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from index.build import build, remove_article
from index.engine import Engine
from index.query import CorpusWords, Understanding, load_understanding
from index.settings import MODELS, Settings
from index.text import spelling
from index.text.abbreviations import AbbreviationTable
from index.text.canonical import canonical, fold, to_nfc
from index.text.diacritics import Restorer
from index.text.spelling import correct
from index.text.tokens import terms
from index.types import Expansion, Span


class Words(dict[str, int]):
    """A vocabulary by heart: canonical word → chunks."""

    def frequency(self, field: str, term: str) -> int:
        return sum(chunks for word, chunks in self.items() if term == (fold(word) if field == "folded" else word))


WORDS = Words(
    dict.fromkeys(terms("hội nghị đảng uỷ khối thường vụ kết quả cán bộ hướng dẫn tỉnh nghệ an chương trình triển khai trong"), 3)
)
NOTHING = AbbreviationTable.of([])


@cache
def shipped() -> Restorer:
    return Restorer.load(MODELS / "diacritics")


@pytest.fixture
def lexicon() -> Restorer:
    return shipped()


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("hội nghhị đảng uỷ", "hội nghị đảng uỷ"),  # a letter doubled
        ("Ban Thưnờg vụ Đảng uỷ", "Ban Thường vụ Đảng uỷ"),  # two exchanged
        ("Đảng uỷ Khhối", "Đảng uỷ Khối"),
        ("kêt quả công tác", "kết quả công tác"),  # a tone left out
        ("chuơng trình công tác", "chương trình công tác"),  # half of ươ
        ("đuong lối của Đảng", "đường lối của Đảng"),  # only the bar typed
        ("ngừoi dân", "người dân"),  # the tone on the other vowel
        ("hoij nghị tổng kết", "hội nghị tổng kết"),  # Telex left over
        ("thuwongf vụ", "thường vụ"),
        ("hướng dẫn tinnh uỷ", "hướng dẫn tinh uỷ"),  # its marks are the restorer's
        ("bồi dướng lý luận", "bồi dưỡng lý luận"),  # the neighbours decide
        ("dướng dẫn thực hiện", "hướng dẫn thực hiện"),
        ("trogn toan tinh", "trong toan tinh"),  # without marks
        ("HƯỚNG DẪN TRIỂNN KHAI", "HƯỚNG DẪN TRIỂN KHAI"),
        ("nghhị", "nghị"),  # one word may always be mended
    ],
)
def test_slips_are_mended(lexicon: Restorer, typed: str, mended: str) -> None:
    found, places = correct(typed, WORDS, lexicon)
    assert found == mended
    changed = [new for old, new in zip(typed.split(), mended.split(), strict=True) if old != new]
    assert [found[place.start : place.end] for place in places] == changed


@pytest.mark.parametrize(
    "typed",
    [
        "Hội nghị Đảng uỷ Khối",
        "hoi nghi dang uy khoi",
        "họp BCHĐ và UBBNDD tỉnh",  # capitals: abbreviations
        "quyết định 08-QĐĐ/TU",
        "gửi về hôpthu@tinhuyy.vn hoặc dangbôo.gov.vn",
        "xyzzt qwrrt",  # no vowel or near nothing
        "nghjj",
        "hộộii",  # two slips
        "thẩnng thằnng thặnng hội nghịị",  # too many words would change
        "abcd123 B52",
        "hộ",
        "a" * 3000,
        "",
    ],
)
def test_what_stays(lexicon: Restorer, typed: str) -> None:
    assert correct(typed, WORDS, lexicon) == (typed, [])


def test_kept_spans_stay(lexicon: Restorer) -> None:
    assert correct("hội nghhị đảng uỷ", WORDS, lexicon, [Span(4, 9)]) == ("hội nghhị đảng uỷ", [])


def test_a_word_of_the_corpus_is_known_and_offered_only_if_it_stands_in_two_chunks(lexicon: Restorer) -> None:
    assert correct("hội Kưmgả", Words({"kưmgả": 1}), lexicon)[0] == "hội Kưmgả"
    assert correct("hội Kưmgảả", Words({"kưmgả": 1}), lexicon)[0] == "hội Kưmgảả"
    assert correct("hội Kưmgảả", Words({"kưmgả": 2}), lexicon)[0] == "hội Kưmgả"


def test_without_a_lexicon_the_commoner_word_wins_unless_in_doubt() -> None:
    assert correct("hội kếê", Words({"kế": 90, "kê": 3}), None)[0] == "hội kế"
    assert correct("hội kếê", Words({"kế": 9, "kê": 8}), None)[0] == "hội kếê"


def test_many_unknown_words_leave_a_text_alone(lexicon: Restorer) -> None:
    foreign = " ".join(f"nghhị{letter}ô" for letter in "bcdghklmnpqrst")
    assert correct(f"{foreign} hội nghị đảng uỷ khối thường vụ " * 3, WORDS, lexicon)[1] == []


letters = st.text(alphabet="abđêếiogưởn", min_size=1, max_size=4)


@given(letters, letters)
def test_edits_are_exactly_the_words_at_distance_one(word: str, other: str) -> None:
    reached = {edit for edit, _ in spelling._edits(word, spelling._letters(bare=False))} - {word}
    assert (other in reached) == (distance(word, other) == 1)


def distance(first: str, second: str) -> int:
    """Damerau-Levenshtein distance (optimal string alignment), straight from its definition."""
    if not first or not second:
        return len(first) + len(second)
    found = [
        distance(first[1:], second) + 1,
        distance(first, second[1:]) + 1,
        distance(first[1:], second[1:]) + (first[0] != second[0]),
    ]
    if len(first) > 1 and len(second) > 1 and first[:2] == second[1::-1]:
        found.append(distance(first[2:], second[2:]) + 1)
    return min(found)


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=12))
def test_known_words_never_change(words: list[str]) -> None:
    text = " ".join(words)
    assert correct(text, WORDS, shipped()) == (text, [])
    assert correct(text.upper(), WORDS, shipped()) == (text.upper(), [])


@given(st.text(alphabet='hộinghịđảngthưwxjdđ BCĐ"./-@1', max_size=60))
def test_at_most_a_third_of_the_words_change_and_the_others_stay(typed: str) -> None:
    text = to_nfc(typed)
    mended, places = correct(text, WORDS, shipped())
    assert len(places) <= max(1, len(terms(text)) // 3)
    for place in places:
        word = canonical(mended[place.start : place.end])
        assert word in WORDS or word in shipped() or shipped().readings(word)
    if not places:
        assert mended == text


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    correct(to_nfc(text), WORDS, shipped())


class FakeCorpus:
    """Words by heart."""

    def corpus_words(self) -> CorpusWords:
        return CorpusWords(WORDS, NOTHING)


def test_a_query_shows_and_undoes_its_corrections(lexicon: Restorer) -> None:
    understand = Understanding(lexicon, AbbreviationTable.of([("BTV", "Ban Thường vụ")]), lexicon, FakeCorpus())
    query = understand("hội nghhị của btv")
    assert query.text == "hội nghị của btv Ban Thường vụ"
    assert query.restored
    assert query.expansions == (Expansion("nghhị", "nghị", "spelling"), Expansion("btv", "Ban Thường vụ", "abbreviation"))
    assert understand("hội nghhị của btv", restore=False).text == "hội nghhị của btv"
    assert understand('"hội nghhị" của đảng').expansions == ()
    bare = understand("hoi nghhi dang uy")
    assert bare.text == "hội nghị đảng ủy"
    assert [(e.typed, e.searched) for e in bare.expansions if e.reason == "spelling"] == [("nghhi", "nghị")]
    assert Understanding(lexicon, None, lexicon)("hội nghhị").expansions == ()  # no corpus, no corrections


def test_the_engine_offers_the_words_of_its_articles(settings: Settings, corpus: Corpus) -> None:
    folder = corpus({"a.txt": "Họp thôn Kưmgả\n\nĐoàn về thôn Kưmgả.", "b.txt": "Làm đường ở Kưmgả\n\nDân thôn Kưmgả góp công."})
    build([folder], settings, embedder=FakeEmbedder(), counter=FakeCounter())
    with Engine.open(settings, FakeEmbedder()) as engine:
        vocabulary = engine.corpus_words().vocabulary
        assert vocabulary is not None
        assert [vocabulary.frequency("syllables", word) for word in ("kưmgả", "kumga", "họp")] == [2, 0, 1]
        assert vocabulary.frequency("folded", "kumga") == 2
        assert engine.corpus_words() is engine.corpus_words()
        query = load_understanding(settings, engine)("thôn Kưmgảả")
        assert query.text == "thôn Kưmgả"
        assert engine.search(query, 2)
        remove_article("a", settings)
        assert engine.refresh()
        later = engine.corpus_words().vocabulary
        assert later is not None
        assert later.frequency("syllables", "kưmgả") == 1


def test_over_an_empty_index_the_lexicon_mends(settings: Settings) -> None:
    build([], settings, embedder=FakeEmbedder(), counter=FakeCounter())
    with Engine.open(settings, FakeEmbedder()) as engine:
        assert load_understanding(settings, engine)("hội nghhị").text == "hội nghị"


@pytest.mark.parametrize(
    ("typed", "mended"),
    [("bao nhiêu TCCĐS", "bao nhiêu TCCSĐ"), ("38-HD/BTTCW nói gì", "38-HD/BTCTW nói gì"), ("38-HD/BTCTTW", "38-HD/BTCTW"), ("ĐKU", "ĐKU")],
)
def test_short_forms_in_capitals_are_mended_by_those_of_the_articles(typed: str, mended: str) -> None:
    words = Words({"tccsđ": 3, "btctw": 5, "đuk": 4})
    assert correct(typed, words, None)[0] == mended
