"""Diacritic restoration: the best path against brute force, what must never change, and what comes back."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StorageError
from index.settings import MODELS
from index.text.canonical import canonical, fold
from index.text.diacritics import Restorer, has_diacritics
from index.text.neighbours import (
    MODEL_FILE,
    SPECIAL,
    TRIGRAMS_FILE,
    Trigrams,
    read_bigrams,
    read_trigrams,
    write_bigrams,
    write_trigrams,
)
from index.training.diacritics import as_entries, choose_lexicon, count_bigrams, read_tokens
from index.training.triples import count_trigrams

TINY_TEXTS = [
    "Đảng bộ họp sáng nay. Đảng viên bàn về công tác đảng.",
    "Ban thường vụ bàn việc tổ chức, cán bộ. Bản tin của ban tổ chức.",
    "Cán bộ, đảng viên học nghị quyết; dạng bài tin ngắn.",
    "Thương vụ lớn: công ty bán bốn nghìn tấn gạo trong năm 2021.",
]


@pytest.fixture(scope="module")
def shipped() -> Restorer:
    return Restorer.load(MODELS / "diacritics")


@pytest.fixture(scope="module")
def tiny() -> Restorer:
    forms, ids = read_tokens(TINY_TEXTS)
    lexicon = [*SPECIAL, *sorted({form.lower() for form in forms if form.isalpha()})]
    return Restorer(count_bigrams(forms, ids, lexicon, min_pair=1))


@pytest.fixture(scope="module")
def tiny_triples(tiny: Restorer) -> Trigrams:
    forms, ids = read_tokens(TINY_TEXTS)
    return count_trigrams(as_entries(forms, ids, tiny._bigrams.lexicon), tiny._bigrams, least=1)


def brute_force(restorer: Restorer, text: str) -> float:
    """The log-probability of the best of all combinations of entries."""
    slots = restorer.slots(text, keep_bare=False)
    best = -math.inf
    for path in itertools.product(*(slot.entries for slot in slots)):
        best = max(best, restorer._bigrams.log_probabilities(np.array(path[:-1]), np.array(path[1:])).sum())
    return best


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["dang", "bo", "ban", "thuong", "vu", "can", "to", "chuc", "tin", "xyz", "2021", ",", "bàn"]), max_size=5
    )
)
def test_viterbi_finds_the_best_path(tiny: Restorer, words: list[str]) -> None:
    text = " ".join(words)
    slots = tiny.slots(text, keep_bare=False)
    for scores in tiny.best_through(slots):
        assert scores.max() == pytest.approx(brute_force(tiny, text))


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(["dang", "bo", "ban", "thuong", "vu", "to", "xyz", "2021", ","]), min_size=1, max_size=5))
def test_triples_find_the_best_path_too(tiny: Restorer, tiny_triples: Trigrams, words: list[str]) -> None:
    slots = tiny.slots(" ".join(words), keep_bare=False)
    through = tiny.best_by_triples(slots, tiny_triples)
    sums: dict[tuple[int, ...], float] = {}
    for path in itertools.product(*(slot.entries for slot in slots)):
        parts = [np.array(path[start : len(path) - 2 + start]) for start in range(3)]
        first = tiny._bigrams.log_probabilities(np.array(path[:1]), np.array(path[1:2]))
        sums[path] = float(first.sum() + tiny_triples.log_probabilities(*parts).sum())
    for place, slot in enumerate(slots):
        best = [max(total for path, total in sums.items() if path[place] == entry) for entry in slot.entries]
        np.testing.assert_allclose(through[place], best)


def test_probabilities_after_two_entries_add_up_to_one(tiny: Restorer, tiny_triples: Trigrams) -> None:
    size = len(tiny._bigrams.lexicon)
    pairs = [(int(key) // size, int(key) % size) for key in tiny._bigrams.keys] + [(5, 5)]
    for first, second in pairs:
        total = np.exp(tiny_triples.log_probabilities(np.full(size, first), np.full(size, second), np.arange(size))).sum()
        assert total == pytest.approx(1, abs=1e-5)


def test_the_triples_kept_are_those_that_tell_most(tiny: Restorer) -> None:
    """Against sums over all readings, one by one: count · ln(share seen / share by pairs)."""
    forms, ids = read_tokens([*TINY_TEXTS, "bàn tổ chức, ban tổ chức, bán tô chức; ban tổ chức"])
    bigrams = count_bigrams(forms, ids, tiny._bigrams.lexicon, min_pair=1)
    entries = as_entries(forms, ids, bigrams.lexicon)
    lexicon, size = bigrams.lexicon, len(bigrams.lexicon)
    seen = Counter(zip(entries.tolist(), entries[1:].tolist(), entries[2:].tolist(), strict=False))
    seen = Counter({triple: count for triple, count in seen.items() if triple[1] != 0})

    def folded(entry: int) -> str:
        return lexicon[entry] if entry < len(SPECIAL) else fold(lexicon[entry])

    def by_pairs(a: int, b: int, c: int) -> float:
        logs = bigrams.log_probabilities(np.array([a, b]), np.array([b, c]))
        return float(bigrams.share[a] * np.exp(logs.sum()))

    gains = {}
    for triple, count in seen.items():
        choices = [[e for e in range(size) if folded(e) == folded(entry)] for entry in triple]
        everything = sum(by_pairs(*path) for path in itertools.product(*choices))
        same = sum(other for path, other in seen.items() if list(map(folded, path)) == list(map(folded, triple)))
        gains[triple] = count * math.log(count / same * everything / by_pairs(*triple))
    best = sorted(gains, key=lambda triple: -gains[triple])[:6]
    found = count_trigrams(entries, bigrams, kept=6, least=1)
    pairs = bigrams.keys[found.keys // size]
    kept = [(int(p) // size, int(p) % size, int(k) % size) for p, k in zip(pairs, found.keys, strict=True)]
    assert sorted(gains[triple] for triple in kept) == pytest.approx(sorted(gains[triple] for triple in best))


def test_every_entry_knows_its_best_path(tiny: Restorer) -> None:
    text = "ban dang bo"
    slots = tiny.slots(text, keep_bare=False)
    through = tiny.best_through(slots)
    for place, slot in enumerate(slots):
        for choice, entry in enumerate(slot.entries):
            paths = itertools.product(*(s.entries if i != place else (entry,) for i, s in enumerate(slots)))
            best = max(tiny._bigrams.log_probabilities(np.array(p[:-1]), np.array(p[1:])).sum() for p in paths)
            assert through[place][choice] == pytest.approx(best)


def test_probabilities_after_an_entry_add_up_to_one(tiny: Restorer) -> None:
    size = len(tiny._bigrams.lexicon)
    for first in range(size):
        total = np.exp(tiny._bigrams.log_probabilities(np.full(size, first), np.arange(size))).sum()
        assert total == pytest.approx(1, abs=1e-6)


def test_counts_follow_the_text() -> None:
    lexicon = [*SPECIAL, "bộ", "đảng"]
    forms, ids = read_tokens(["đảng bộ đảng bộ, BTV 12 Đảng"])
    bigrams = count_bigrams(forms, ids, lexicon, min_pair=1)
    together = {(lexicon[key // 5], lexicon[key % 5]): int(count) for key, count in zip(bigrams.keys, bigrams.pair_counts, strict=True)}
    edge, number, unknown = SPECIAL
    expected = ["<edge>", "đảng", "bộ", "đảng", "bộ", "<edge>", "<unknown>", "<number>", "đảng", "<edge>"]
    assert together == Counter(pairwise(expected))
    assert {edge, number, unknown} < {first for first, _ in together}
    assert dict(zip(lexicon, bigrams.counts.tolist(), strict=True)) == Counter(expected)


def test_lexicon_keeps_the_commonest_spelling_and_drops_slips() -> None:
    forms = Counter({"ủy": 900, "uỷ": 300, "hòa": 50, "hiếm": 3, "đảng": 100_000, "đãng": 25, "tin": 400})
    assert sorted(choose_lexicon(forms)[len(SPECIAL) :]) == sorted(["ủy", "hòa", "đảng", "tin"])


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ban thuong vu dang uy khoi", "ban thường vụ đảng ủy khối"),
        ("Quy dinh ve to chuc co so dang", "Quy định về tổ chức cơ sở đảng"),
        ("hoc tap va lam theo tu tuong Ho Chi Minh", "học tập và làm theo tư tưởng Hồ Chí Minh"),
        ("dieu kien ket nap dang vien la gi?", "điều kiện kết nạp đảng viên là gì?"),
        ("HOI NGHI SO KET SAU THANG DAU NAM", "HỘI NGHỊ SƠ KẾT SÁU THÁNG ĐẦU NĂM"),
        ("08-QD/TU quy dinh gi", "08-QD/TU quy định gì"),
        ("nghị quyết dai hoi đảng bộ tinh", "nghị quyết đại hội đảng bộ tỉnh"),
    ],
)
def test_bare_syllables_get_their_diacritics(shipped: Restorer, typed: str, restored: str) -> None:
    assert canonical(shipped.restore(typed)) == canonical(restored)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("O ban to chuc co may nguoi?", "Ở ban tổ chức có mấy người?"),
        ("O dau co thu vien?", "Ở đâu có thư viện?"),
        ("chi bo duoc bau toi da may nguoi", "chi bộ được bầu tối đa mấy người"),
        ("Nghi quyet do do co quan nao ban hanh?", "Nghị quyết đó do cơ quan nào ban hành?"),
        ("bai nay do ai viet", "bài này do ai viết"),
        ("The con cap tinh?", "Thế còn cấp tỉnh?"),
        ("bi thu thang 01/2022 la ai", "bí thư tháng 01/2022 là ai"),
        ("Kinh nghiem thu tu ma dong chi neu la gi?", "Kinh nghiệm thứ tư mà đồng chí nêu là gì?"),
        ("lon hon bao nhieu", "lớn hơn bao nhiêu"),
        ("sach duoc gui toi bao nhieu noi", "sách được gửi tới bao nhiêu nơi"),
        ("sach cho moi nguoi", "sách cho mọi người"),
        ("lo lam mat thi phai lam gi", "lỡ làm mất thì phải làm gì"),
        ("muc thu ba la gi", "mục thứ ba là gì"),
        ("nguoi muon muon sach", "người muốn mượn sách"),
        ("bau nhung chuc danh gi", "bầu những chức danh gì"),
    ],
)
def test_words_of_asking_are_looked_for_where_nothing_has_diacritics(shipped: Restorer, typed: str, restored: str) -> None:
    assert canonical(shipped.restore(typed)) == canonical(restored)


class Said(dict[str, int]):
    """The words and pairs of some articles, each in so many chunks."""

    def frequency(self, field: str, term: str) -> int:
        return self.get(term, 0)


@pytest.mark.parametrize(
    ("typed", "general", "here"),
    [
        ("dong chi Tran Nam Dinh lam gi", "Nam Định", "Nam Đình"),
        ("le hoi lang Quang Son to chuc khi nao", "Quảng Sơn", "Quang Sơn"),
    ],
)
def test_the_words_of_the_articles_decide_between_readings(shipped: Restorer, typed: str, general: str, here: str) -> None:
    known = ["đồng", "chí", "trần", "nam", "làm", "lễ", "hội", "làng", "sơn", "tổ", "chức", *canonical(here).split()]
    said = Said(dict.fromkeys(known, 20) | {canonical(here).replace(" ", "_"): 20})
    assert general in shipped.restore(typed)
    assert here in shipped.restore(typed, said)
    assert shipped.restore(f"{typed} đó", said) == shipped.restore(f"{typed} đó"), "only where the text has no diacritic"


def test_short_forms_get_the_bars_they_have_in_the_articles(shipped: Restorer) -> None:
    said = Said({"đvhc": 3, "ct": 2})
    assert "ĐVHC" in shipped.restore("bao nhieu DVHC", said)
    assert "DVHC" in shipped.restore("bao nhieu DVHC", Said(said | {"dvhc": 1})), "written so somewhere"
    assert "DVHC" in shipped.restore("bao nhiêu DVHC", said), "only where the text has no diacritic"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "BTV",
        "UBND",
        "02-NQ/ĐUK",
        "12/2021 1.500",
        "facebook youtube",
        "đưa tin bài về hội nghị cơ quan",
        "Đồng chí Bí thư chủ trì cuộc họp ban biên tập",
        "tin trong ngày, cao su và hoa quả",
        "BTV Tỉnh ủy họp với UBND huyện",
        "…, “” ?!",
    ],
)
def test_these_stay_as_typed(shipped: Restorer, typed: str) -> None:
    assert shipped.restore(typed) == typed


@given(text=st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ABĐ019,./-\n", max_size=60))
def test_only_bare_syllables_change_and_only_by_diacritics(shipped: Restorer, text: str) -> None:
    restored = shipped.restore(text)
    assert fold(restored) == fold(text)
    for before, after in zip(text.split(), restored.split(), strict=True):
        assert before == after or not all(has_diacritics(letter) for letter in before if letter.isalpha())
    assert [letter.isupper() for letter in restored] == [letter.isupper() for letter in text]


@given(text=st.text())
def test_any_text_is_survived(shipped: Restorer, text: str) -> None:
    assert fold(shipped.restore(text)) == fold(shipped.restore(shipped.restore(text)))


def test_stored_models_are_read_back(tiny: Restorer, tmp_path: Path) -> None:
    original = tiny._bigrams
    write_bigrams(tmp_path, original)
    stored = read_bigrams(tmp_path)
    assert stored.lexicon == original.lexicon
    np.testing.assert_array_equal(stored.keys, original.keys)
    np.testing.assert_allclose(stored.pair_counts, original.pair_counts, rtol=0.03)
    np.testing.assert_allclose(stored.counts, original.counts)


def test_stored_triples_are_read_back_with_their_pairs_only(tiny: Restorer, tiny_triples: Trigrams, tmp_path: Path) -> None:
    write_trigrams(tmp_path, tiny_triples)
    stored = read_trigrams(tmp_path, tiny._bigrams)
    np.testing.assert_array_equal(stored.keys, tiny_triples.keys)
    np.testing.assert_allclose(stored.counts, tiny_triples.counts, rtol=0.03)
    forms, ids = read_tokens(TINY_TEXTS[:2])
    with pytest.raises(StorageError, match=TRIGRAMS_FILE):
        read_trigrams(tmp_path, count_bigrams(forms, ids, tiny._bigrams.lexicon, min_pair=1))


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / MODEL_FILE).write_bytes(b"not a zip")
    with pytest.raises(StorageError, match=MODEL_FILE):
        Restorer.load(tmp_path)
