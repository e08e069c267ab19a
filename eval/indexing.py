"""An index over a corpus under evaluation: built by the same code as the users' one, kept between runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from index.build import build
from index.engine import Engine
from index.settings import Settings


def open_engine(folders: Sequence[Path], settings: Settings, runs: Path) -> Engine:
    """The engine over the articles of `folders`; its index lies under `runs`/index and is brought up to date first."""
    first = folders[0].resolve()
    where = "\n".join(str(folder.resolve()) for folder in folders)
    name = f"{first.parent.name}-{first.stem}-{blake2b(where.encode(), digest_size=4).hexdigest()}"
    own = replace(settings, index_dir=runs / "index" / name, corpus_dir=first)
    build(folders, own)
    return Engine.open(own)
