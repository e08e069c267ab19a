"""`python -m index.training ranks|words|embedding|diacritics|reranker`: make the weights under `index/models/` again, from a seed."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.settings import MODELS, ROOT
from index.training.report import measured


def main(arguments: list[str] | None = None) -> None:
    chosen = _parser().parse_args(arguments)
    out = chosen.out or MODELS / chosen.artefact
    with measured(chosen.artefact):
        _COMMANDS[chosen.artefact](chosen, out)


def _train_ranks(chosen: argparse.Namespace, out: Path) -> None:
    from index.training.ranks import train_ranks

    train_ranks(chosen.data, out, chosen.seed, chosen.share)


def _train_words(chosen: argparse.Namespace, out: Path) -> None:
    from index.training.words import train_words

    train_words(chosen.data, out, chosen.seed)


def _train_embedding(chosen: argparse.Namespace, out: Path) -> None:
    from index.training.contrastive import Recipe
    from index.training.embedding import train_embedding

    recipe = Recipe(epochs=chosen.epochs, dimension=chosen.dimension, seed=chosen.seed, threads=chosen.threads)
    train_embedding(chosen.data, out, recipe, chosen.words)


def _train_diacritics(chosen: argparse.Namespace, out: Path) -> None:
    from index.training.diacritics import train_diacritics

    train_diacritics(chosen.data, out)


def _train_reranker(chosen: argparse.Namespace, out: Path) -> None:
    from index.training.reranker import train_reranker

    train_reranker(chosen.data, chosen.judged, out, chosen.seed)


_COMMANDS = {
    "ranks": _train_ranks,
    "words": _train_words,
    "embedding": _train_embedding,
    "diacritics": _train_diacritics,
    "reranker": _train_reranker,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    commands = parser.add_subparsers(dest="artefact", required=True)
    ranks = _command(commands, "ranks", "bảng mã token, để đếm token")
    ranks.add_argument("--share", type=float, default=0.3, help="phần văn bản được đọc, 0–1")
    words = _command(commands, "words", "bộ từ của mô hình nhúng tĩnh, riêng một mình", needs_out=True)
    words.set_defaults(seed=1)  # of the shipped words, whatever the seed of the vectors
    embedding = _command(commands, "embedding", "mô hình nhúng tĩnh")
    embedding.add_argument("--words", type=Path, default=None, metavar="THƯ_MỤC", help="dùng bộ từ đã học ở đây, không học lại")
    embedding.add_argument("--epochs", type=int, default=3)
    embedding.add_argument("--dimension", type=int, default=256)
    embedding.add_argument("--threads", type=int, default=2)
    _command(commands, "diacritics", "mô hình thêm dấu")
    reranker = _command(commands, "reranker", "trọng số xếp hạng")
    reranker.add_argument("--judged", type=Path, default=ROOT.parent / "shared" / "eval", help="thư mục các bộ câu hỏi có đáp án (BEIR)")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, help_text: str, *, needs_out: bool = False) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text)
    command.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="thư mục dữ liệu huấn luyện")
    written = "thư mục ghi kết quả" + ("" if needs_out else f" (mặc định: index/models/{name})")
    command.add_argument("--out", type=Path, default=None, required=needs_out, help=written)
    command.add_argument("--seed", type=int, default=42)
    return command


if __name__ == "__main__":
    main()
