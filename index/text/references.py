"""Numbers of documents: in articles as they are printed, in queries however they are typed.

Party bodies write `08-QĐ/TU`, the State `158/2025/NĐ-CP`, `57/2020/QH14`, `1234/QĐ-UBND`, `66.17/2026/NQ-CP`; spaces, dashes, case, leading
zeros and the bar of the Đ vary. A pattern is a folded number in which `*` stands for what was not typed: `02-NQ/*`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.text.canonical import canonical, fold
from index.types import Reference

# Folded words → the kind's folded short form. `Quy định` and `quyết định` share theirs in Party documents.
_KIND_WORDS = {
    "nghi quyet": "nq",
    "quyet dinh": "qd",
    "quy dinh": "qd",
    "chi thi": "ct",
    "ket luan": "kl",
    "huong dan": "hd",
    "ke hoach": "kh",
    "thong bao": "tb",
    "chuong trinh": "ctr",
    "bao cao": "bc",
    "quy che": "qc",
    "de an": "da",
    "cong van": "cv",
    "to trinh": "ttr",
    "nghi dinh": "nd",
    "thong tu": "tt",
    "thong tri": "tt",
    "cong dien": "cd",
    "phap lenh": "pl",
    "luat": "luat",
    "van ban": "*",
}
# How a kind is written in a normal form; kinds without an entry are written in capitals.
_KIND_FORMS = {"qd": "QĐ", "nd": "NĐ", "da": "ĐA", "cd": "CĐ", "ctr": "CTr", "ttr": "TTr", "qyd": "QyĐ", "ttg": "TTg"}
_PARTY_KIND = re.compile("nqlt|nq|qyd|qd|qcph|qc|ctph|ctr|ct|kl|hdlt|hd|khph|kh|tb|bc|bb|da|dc|cv|ttr|tt|ttg|gm|l")
_LOOSE_KIND = "nqlt|nq|qyd|qd|qcph|qc|ctph|ctr|ct|kl|hdlt|hd|khph|kh|tb|bc|da|cv|cd|ttlt|ttr|tt|nd|pl|vbhn"
# Issuers recognised after a mere space ("08 qd tu"), where any other word would be the rest of the question.
_LOOSE_ISSUER = "tu|tw|duk|du|btctw|btctu|btgtw|ubkttw|vptw|bct|cp|ttg|ubnd|hdnd|hu|thu"

_GAP = r"[^\S\n]{0,2}"
_UPPER = "A-ZĐÐĂÂÊÔƠƯ"
_DASH = "[-‐‑–—]"
_ISSUER = rf"[{_UPPER}][{_UPPER}&]{{0,14}}[a-z]{{0,2}}\d{{0,2}}"
_ISSUERS = rf"{_ISSUER}(?:{_DASH}(?:[^\S\n]?\n[^\S\n]?)?{_ISSUER})*"
_KIND = rf"[{_UPPER}][{_UPPER}ry]{{0,5}}"
_PRINTED = re.compile(
    rf"""
    (?<![\w/])(?<!\d[.,])(?<!\d{_DASH})
    (?P<serial>\d{{1,5}}[a-dA-D]?|\d{{1,3}}\.\d{{1,2}}(?=/(?:19|20)\d\d/))
    (?: {_GAP}(?:{_DASH}{_GAP}|(?<=\d)[^\S\n])(?P<party>{_KIND}){_GAP}/{_GAP}(?P<body>{_ISSUERS})
      | {_GAP}/{_GAP}(?P<year>(?:19|20)\d\d){_GAP}/{_GAP}\n?(?:(?P<assembly>(?:UBTV)?QH\d{{1,2}})
          | (?P<dated>{_KIND}){_GAP}(?:{_DASH}|/){_GAP}\n?(?P<dated_body>{_ISSUERS}))
      | {_GAP}/{_GAP}(?P<undated>{_KIND}){_GAP}{_DASH}{_GAP}(?P<undated_body>{_ISSUERS})
      | {_GAP}(?:{_DASH}|/){_GAP}(?P<government>CP|TTg|HĐBT)
    )
    (?![^\W_])
    """,
    re.VERBOSE,
)


class _Parts(NamedTuple):
    """A number or pattern taken apart, folded: `year` is "" where there is none; `*` is unknown; `kind` may name several."""

    serial: str
    year: str
    kind: str
    issuer: str


def find_references(text: str) -> list[Reference]:
    """The complete document numbers printed in `text`, in order, each in its normal form: "số 08- QĐ/TU" → `08-QĐ/TU`."""
    found = []
    for match in _PRINTED.finditer(text):
        number = _normal_form(match)
        if number:
            found.append(Reference(number, match.start(), match.end()))
    return found


_OWN = re.compile(r"\((?P<number>[^()]+)\)\s*$")


def own_numbers(title: str) -> tuple[str, ...]:
    """The numbers of the document that an article of this title is, or is about.

    An official document has its own behind its name; what else stands there it amends: "NGHỊ ĐỊNH Sửa đổi Nghị định số
    68/2026/NĐ-CP (141/2026/NĐ-CP)" → `141/2026/NĐ-CP`. The title of any other article names what it is about.
    """
    numbers = [reference.number for reference in find_references(title)]
    behind = _OWN.search(title)
    if behind and numbers and find_references(behind["number"]):
        return (numbers[-1],)
    official = "".join(title.split()[:2]).isupper()  # "NGHỊ ĐỊNH …"
    return () if official and _amends(title) else tuple(numbers)


def _amends(title: str) -> bool:
    return re.search(r"\b(?:sửa đổi|bổ sung|bãi bỏ|đính chính|thay thế|ngưng hiệu lực|hợp nhất)\b", canonical(title)) is not None


def _normal_form(match: re.Match[str]) -> str | None:
    serial = _padded(match["serial"])
    if match["party"]:
        if not _PARTY_KIND.fullmatch(fold(match["party"])):
            return None
        return f"{serial}-{_written_kind(match['party'])}/{_written_body(match['body'])}"
    if match["assembly"]:
        return f"{serial}/{match['year']}/{match['assembly']}"
    if match["dated"]:
        return f"{serial}/{match['year']}/{_written_kind(match['dated'])}-{_written_body(match['dated_body'])}"
    if match["government"]:  # as before 1997, the kind left out: "Nghị định số 43/CP"
        return f"{serial}/{match['government']}"
    return f"{serial}/{_written_kind(match['undated'])}-{_written_body(match['undated_body'])}"


def _padded(serial: str) -> str:
    digits = serial.rstrip("abcdABCD")
    whole, point, part = digits.partition(".")
    return f"{int(whole):02d}{point}{part}{serial[len(digits) :].lower()}"


def _written_kind(kind: str) -> str:
    return _KIND_FORMS.get(fold(kind), canonical(kind).upper())


def _written_body(body: str) -> str:
    capitals = re.sub(r"\s", "", canonical(body)).upper()
    return re.sub(r"\bTTG\b", "TTg", capitals)


# What may follow a kind and a number that nothing else marks as a document's: "nghị quyết 12 về …", not "kế hoạch 5 năm".
_AFTER_WORDS = (
    r"ve|cua|do|la|co|quy\sdinh|noi|gi|duoc|yeu\scau|ban\shanh|ngay|va|tai|trong|cho"
    r"|huong\sdan|chi\sdao|de\scap|lien\squan|hieu\sluc|bai\sbo|sua\sdoi|thi\shanh|viet|the\snao"
    r"|nham|dat|con|het|thi|cam|cho\sphep|de\sra|xac\sdinh|bat\sbuoc|bi|thay|ap\sdung|ky|khac|nhu\sthe\snao|dau|dang|da|ra|nao|thuoc|mang|ten|hay|voi|so\svoi|bat\sdau|chinh\sthuc|khi\snao|bao\sgio|van|chua|ghi|(?:tu\s)?nam\s\d{4}(?!\s?-)"
)
_AFTER = rf"\s*$|\s*[,.;:?!)\"](?!\d)|\s+(?:{_AFTER_WORDS})\b"
_TYPED = re.compile(
    rf"""
    (?<![\w/])(?<!\d[.,-])
    (?:(?P<word>(?P<long>{"|".join(map(re.escape, _KIND_WORDS))})|{_LOOSE_KIND})
       (?P<joint>\s*(?:\bso\b\s*:?)?\s*|[-/]))?
    (?P<serial>\d{{1,3}}\.\d{{1,2}}(?=\s*/\s*(?:19|20)\d\d)|\d{{1,5}}[a-d]?(?![.,]?\d))
    (?:\s*/\s*(?P<year>(?:19|20)\d\d)\b)?
    (?:(?P<link>\s*[-/]?\s*)(?P<kind>{_LOOSE_KIND})(?![^\W_]))?
    (?:\s*[-/]\s*(?P<body>[a-z][a-z0-9&]*(?:-[a-z0-9&]+)*)|\s+(?P<known>{_LOOSE_ISSUER})(?!\s+(?:nam|ngay|thang)\b))?
    (?![^\W_])(?!\s*[-/]\s*\d)
    (?P<plain>(?={_AFTER}))?
    """,
    re.VERBOSE,
)


# "Quy định thi hành Điều lệ Đảng số 294": the name stands between the kind and the number. What else has numbers is left out.
_NUMBERED = (
    "mau o cot muc dieu diem khoan loai buoc nhom luc the anh to khu phan bieu bo duong nha truong phong phieu trang dong chuong cau"
)
_TITLE_BETWEEN = re.compile(
    rf"\b(?P<kind>{'|'.join(kind for kind in _KIND_WORDS if kind not in ('van ban', 'luat', 'bao cao'))})"
    r"(?: (?!(?:so|ghi|theo|nao|gi|bao|may|khi|ai|can|o)\b)[a-z]+){2,10}"
    rf"{''.join(f'(?<! {word})' for word in _NUMBERED.split())} so 0*(?P<serial>\d{{1,4}})(?![\w/]|[.,-]\d)"
)


def find_loose_references(query: str) -> list[str]:
    """The document numbers meant in `query` (NFC), however typed, as patterns for `reference_matches`.

    Example: "quy dinh 08 QĐ/TU" → `["08-QD/TU"]`; "nghị quyết số 02" → `["02-NQ/*"]`; "158/2025/nđ-cp" → `["158/2025/ND-CP"]`.
    """
    printed = find_references(query)
    found = [(reference.start, fold(reference.number).upper()) for reference in printed]
    for match in _TYPED.finditer(fold(query)):
        pattern = _pattern(match, query)
        if pattern and not any(r.start < match.end() and match.start() < r.end for r in printed):
            found.append((match.start(), pattern))
    if not found:
        found = [
            (match.start(), f"{_padded(match['serial'])}-{_KIND_WORDS[match['kind']].upper()}/*")
            for match in _TITLE_BETWEEN.finditer(fold(query))
        ]
    return list(dict.fromkeys(pattern for _, pattern in sorted(found)))


def _pattern(match: re.Match[str], query: str) -> str | None:
    serial, year = _padded(match["serial"]), match["year"]
    body = match["body"] or _known_body(match, query)
    if year and body and re.fullmatch(r"(?:ubtv)?qh\d+", body) and not match["kind"]:
        return f"{serial}/{year}/{body.upper()}"
    kind = (match["kind"] if _is_kind(match, query) else None) or match["word"]
    if not kind or not (year or body or _means_document(match, query)):
        return None
    short = _KIND_WORDS.get(kind, kind).upper()
    if year:
        return f"{serial}/{year}/{short}-{(body or '*').upper()}"
    return f"{serial}-{short}/{(body or '*').upper()}"


def _is_kind(match: re.Match[str], query: str) -> bool:
    """The "da" of "5/2021 đã …" is no Đề án: after a mere space it counts in capitals only."""
    return match["kind"] != "da" or match["link"].strip() != "" or query[match.start("kind") : match.end("kind")].isupper()


def _known_body(match: re.Match[str], query: str) -> str | None:
    """An issuer after a mere space counts only where its kind is in short form and no tone says it is the word `từ`."""
    if not match["known"] or (match["long"] and not match["kind"]):
        return None
    typed = canonical(query[match.start("known") : match.end("known")])
    return match["known"] if typed.replace("đ", "d") == match["known"] else None


def _means_document(match: re.Match[str], query: str) -> bool:
    """Whether a kind and a serial alone, no issuer and no year, are a document's number."""
    if match["kind"] and _is_kind(match, query):
        typed = query[match.start("kind") : match.end("kind")]
        return bool(match["word"]) or typed.isupper() or match["serial"].startswith("0") or match["link"].strip() != ""
    if "so" in match["joint"]:
        return True
    if match["word"] == "van ban" or 1900 <= int(match["serial"].rstrip("abcd")) <= 2100:
        return False
    return match["serial"].startswith("0") or match["plain"] is not None


@lru_cache(maxsize=256)
def _mentioned(pattern: str) -> re.Pattern[str] | None:
    """Over folded text: the kind in words and the serial, without the issuer, which was not typed either."""
    wanted = _take_apart(pattern)
    if wanted is None or (wanted.issuer != "*" and not wanted.year):
        return None
    words = "|".join(word.replace(" ", r"\s+") for word, short in _KIND_WORDS.items() if short in wanted.kind.split() or wanted.kind == "*")
    behind = rf"\s?/\s?{wanted.year}(?![\w/])" if wanted.year else r"(?![\w/]|\s?-\s?[a-z]|[.,]\d)"
    return re.compile(rf"\b(?:{words})\s+(?:so\s+)?0*{re.escape(wanted.serial)}{behind}") if words else None


def find_mentions(pattern: str, folded: str) -> list[tuple[int, int]]:
    """Where a text (folded) speaks of the document without its whole number: "Chỉ thị số 05", "Nghị định 161/2026".

    Only for a pattern without issuer, or with a year: `05-CT/*`, `161/2026/ND-CP`.
    """
    mention = _mentioned(pattern)
    return [match.span() for match in mention.finditer(folded)] if mention else []


def reference_matches(pattern: str, number: str) -> bool:
    """Whether `number` (a `Reference.number`) is what `pattern` asks for; diacritics, case and leading zeros do not count."""
    wanted, found = _take_apart(pattern), _take_apart(number)
    if wanted is None or found is None:
        return False
    return (
        wanted.serial == found.serial
        and (not wanted.year or wanted.year == found.year)
        and (wanted.kind == "*" or not {*wanted.kind.split()}.isdisjoint(found.kind.split()))
        and wanted.issuer in ("*", found.issuer)
    )


@lru_cache(maxsize=4096)
def _take_apart(number: str) -> _Parts | None:
    match = _PARTS.fullmatch(fold(number))
    if match is None:
        return None
    serial = match["serial"].lstrip("0") or "0"
    if match["party"]:
        return _Parts(serial, "", match["party"], match["body"])
    return _Parts(serial, match["year"] or "", match["kind"] or _possible_kinds(match["issuer"]), match["issuer"])


def _possible_kinds(issuer: str) -> str:
    """What a number may be that does not say: the National Assembly's `57/2020/QH14`, the Government's old `43/CP`."""
    if issuer.startswith("qh"):
        return "luat nq"
    return "pl nq" if issuer.startswith("ubtvqh") else "nd nq qd ct"


_PARTS = re.compile(
    r"(?P<serial>\d+(?:\.\d+)?[a-d]?)(?:-(?P<party>[a-z*]+)/(?P<body>.+)|(?:/(?P<year>\d{4}))?/(?:(?P<kind>[a-z*]+)-)?(?P<issuer>.+))"
)
