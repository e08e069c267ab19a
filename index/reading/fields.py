"""The names under which formats give what is known of an article → the fields of `Metadata`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

ALIASES: dict[str, tuple[str, ...]] = {
    "title": ("title", "tieu_de", "headline"),
    "published": ("published", "date", "ngay", "ngay_ban_hanh", "published_time", "article:published_time", "datepublished"),
    "event": ("event", "event_date", "ngay_su_kien"),
    "page": ("page", "page_date", "crawled", "ngay_tai"),
    "issuer": ("issuer", "source", "publisher", "co_quan_ban_hanh"),
    "kind": ("kind", "category", "loai_vb", "loai"),
    "place": ("place", "noi", "dia_diem"),
    "author": ("author", "tac_gia", "byline"),
    "supersedes": ("supersedes", "thay_the"),
}


def known_fields(given: Mapping[str, object]) -> dict[str, str]:
    """Field of `Metadata` → text, for every name of `ALIASES` that `given` has with a value."""
    lowered = {str(name).strip().lower(): value for name, value in given.items()}
    found: dict[str, str] = {}
    for field, names in ALIASES.items():
        for name in names:
            text = _as_text(lowered.get(name))
            if text:
                found[field] = text
                break
    return found


def _as_text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_as_text, value)))
    if isinstance(value, str | int | datetime.date) and not isinstance(value, bool):
        return " ".join(str(value).split())
    return ""
