"""An index over a corpus under evaluation: built by the same code as the users' one, kept between runs."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from index.build import build
from index.engine import Engine
from index.settings import Settings


def open_engine(corpus: Path, settings: Settings, runs: Path) -> Engine:
    """The engine over `corpus`; its index lies under `runs`/index, one folder a corpus, and is brought up to date first."""
    name = f"{corpus.resolve().parent.name}-{corpus.stem}-{blake2b(str(corpus.resolve()).encode(), digest_size=4).hexdigest()}"
    own = replace(settings, index_dir=runs / "index" / name, corpus_dir=corpus)
    build([corpus], own)
    return Engine.open(own)
