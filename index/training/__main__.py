"""`python -m index.training ranks|embedding|diacritics`: make the weights under `index/models/` again, from a seed."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.settings import MODELS, ROOT
from index.training.report import measured


def main(arguments: list[str] | None = None) -> None:
    chosen = _parser().parse_args(arguments)
    with measured(chosen.artefact):
        if chosen.artefact == "ranks":
            from index.training.ranks import train_ranks

            train_ranks(chosen.data, chosen.out or MODELS / "ranks", chosen.seed, chosen.share)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    commands = parser.add_subparsers(dest="artefact", required=True)
    ranks = _command(commands, "ranks", "bảng mã token (đếm token)")
    ranks.add_argument("--share", type=float, default=0.3, help="phần văn bản được dùng, 0–1")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, help_text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text)
    command.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="thư mục dữ liệu huấn luyện")
    command.add_argument("--out", type=Path, default=None, help="thư mục ghi kết quả (mặc định: index/models/…)")
    command.add_argument("--seed", type=int, default=42)
    return command


if __name__ == "__main__":
    main()
