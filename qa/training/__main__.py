"""`python -m qa.training evidence|association|decline`: make the weights under `qa/models/` again, from a seed."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.settings import ROOT
from index.training.report import measured
from qa.evidence import MODELS
from qa.training.reading import OwnQuestions

SHARED = ROOT.parent / "shared" / "eval"
# Of questions to learn from; the eighth is wholly held.
ROUNDS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth")
MIXED = ("mixed", "mixed2")  # folders of news and gazette that `python -m eval answers` writes


def main(arguments: list[str] | None = None) -> None:
    chosen = _parser().parse_args(arguments)
    out = chosen.out or MODELS / chosen.artefact
    with measured(chosen.artefact):
        _COMMANDS[chosen.artefact](chosen, out)


def _train_evidence(chosen: argparse.Namespace, out: Path) -> None:
    from qa.training.evidence import train_evidence

    train_evidence(chosen.reading, _own(chosen), out, chosen.seed)


def _train_decline(chosen: argparse.Namespace, out: Path) -> None:
    from qa.training.decline import train_decline

    train_decline(chosen.foreign, _own(chosen), out, chosen.seed)


def _train_association(chosen: argparse.Namespace, out: Path) -> None:
    from qa.training.association import train_association

    train_association(_own(chosen), out, chosen.seed)


def _own(chosen: argparse.Namespace) -> list[OwnQuestions]:
    """The questions named, else the project's own: over its articles, and over the texts beside the checkout where these are."""
    if chosen.questions:
        return [OwnQuestions(tuple(chosen.questions), tuple(chosen.corpus))]
    data, beside = ROOT / "eval" / "data", ROOT.parent / "shared"
    articles, told = (ROOT / "corpus",), (beside / "seeds", beside / "data" / "party")
    off_topic = data / "off-topic.jsonl"
    own = [
        OwnQuestions(
            (*(data / f"questions{part}.jsonl" for part in ("", "-kinds", "-held", *(f"-{each}" for each in ROUNDS))), off_topic),
            articles,
        ),
        OwnQuestions((*(data / f"shared-{part}.jsonl" for part in ("dev", "held", *ROUNDS)), off_topic), told),
        *(OwnQuestions((data / f"shared-{name}.jsonl",), (chosen.articles / name,)) for name in MIXED),
    ]
    return [each for each in own if all(folder.exists() for folder in each.folders)]


_COMMANDS = {"evidence": _train_evidence, "association": _train_association, "decline": _train_decline}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    commands = parser.add_subparsers(dest="artefact", required=True)
    evidence = _command(commands, "evidence", "trọng số chọn câu trả lời")
    evidence.add_argument("--reading", type=Path, default=SHARED / "reading", help="thư mục các bộ câu hỏi đọc hiểu")
    _command(commands, "association", "câu nào trả lời câu hỏi dù không dùng chung từ")
    decline = _command(commands, "decline", "khi nào thì từ chối")
    decline.add_argument("--foreign", type=Path, default=SHARED, help="thư mục các bộ câu hỏi về văn bản khác (BEIR)")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, help_text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text)
    command.add_argument("--questions", type=Path, nargs="+", help="tệp câu hỏi có nơi trả lời (mặc định: các tệp của dự án)")
    command.add_argument("--corpus", type=Path, nargs="+", default=[ROOT / "corpus"], help="văn bản mà các câu hỏi của --questions hỏi về")
    command.add_argument(
        "--articles", type=Path, default=ROOT / ".runs" / "articles", help="thư mục bài mà python -m eval answers đã ghi ra"
    )
    command.add_argument("--out", type=Path, default=None, help="thư mục ghi kết quả (mặc định: qa/models/…)")
    command.add_argument("--seed", type=int, default=42)
    return command


if __name__ == "__main__":
    main()
