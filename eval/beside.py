"""Articles of the data beside the checkout as a folder of text files: questions are asked about them, no copy of them is kept here."""

from __future__ import annotations

import json
import lzma
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from index.text.canonical import to_nfc

NEWS, GAZETTE = "news-2016-2019.jsonl.xz", "official-gazette.jsonl.xz"
LIST = Path(__file__).with_name("data") / "beside.json"  # name of a folder → {file of the data: ids of its records}


def article_folders(data: Path, out: Path) -> dict[str, Path]:
    """The folders of `LIST` below `out`, by name; written where they are not there yet. Empty where `data` lacks a file.

    An article's id is its record's id.
    """
    wanted: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(LIST.read_text(encoding="utf-8"))
    if not all((data / file).exists() for files in wanted.values() for file in files):
        return {}
    missing = {name: files for name, files in wanted.items() if not (out / name).exists()}
    if missing:
        _write(missing, data, out)
    return {name: out / name for name in wanted}


def _write(wanted: Mapping[str, Mapping[str, Sequence[str]]], data: Path, out: Path) -> None:
    """Each folder appears whole or not at all, also where two processes write it."""
    out.mkdir(parents=True, exist_ok=True)
    files = {file for chosen in wanted.values() for file in chosen}
    ids = {file: {one for chosen in wanted.values() for one in chosen.get(file, ())} for file in files}
    texts = {file: dict(_texts(data / file, ids[file])) for file in files}
    for name, chosen in wanted.items():
        room = Path(tempfile.mkdtemp(dir=out, prefix=f".{name}-"))
        for file, records in chosen.items():
            for record in records:
                (room / f"{record}.txt").write_text(texts[file][record], encoding="utf-8")
        try:
            room.rename(out / name)
        except OSError:
            if not (out / name).exists():
                raise


def _texts(path: Path, ids: set[str]) -> Iterator[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] in ids:
                parts = [record["text"]] if "text" in record else [record["title"], record["abstract"], record["body"]]
                yield record["id"], to_nfc("\n\n".join(parts) + "\n")
