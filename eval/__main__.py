"""`python -m eval retrieval|answers|floors|speed …`: one command, standard formats, the same code path as the users get."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from eval.datasets import DatasetError, RetrievalSet, questions_as_retrieval, read_beir, read_questions
from eval.indexing import open_engine
from eval.sets import SPLITS, QuestionSet, own_sets
from eval.spelling import STYLES
from index.errors import HoidapError
from index.settings import ROOT, Settings, load_settings

if TYPE_CHECKING:
    from eval.decline_curve import Point


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 2 with one sentence on standard error when something cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, load_settings()))
    except (DatasetError, HoidapError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Scores of retrieval and answers.")
    commands = parser.add_subparsers(required=True, metavar="retrieval|answers|floors|speed")
    retrieval = commands.add_parser("retrieval", help="nDCG@10, R@k, RR@10 of ranked articles")
    given = retrieval.add_mutually_exclusive_group(required=True)
    given.add_argument("--beir", type=Path, metavar="DIR", help="a BEIR folder: corpus.jsonl, queries.jsonl, qrels/test.tsv")
    given.add_argument("--questions", type=Path, metavar="FILE", help="a questions file, with --corpus")
    retrieval.add_argument("--corpus", type=Path, metavar="DIR", default=ROOT / "corpus", help="the articles the questions are about")
    retrieval.add_argument("--style", choices=STYLES, default="typed", help="how the questions are spelled")
    retrieval.set_defaults(run=_retrieval)
    answers = commands.add_parser("answers", help="scores of answers and citations")
    answers.add_argument("--questions", type=Path, metavar="FILE", nargs="+", help="questions files; default: all of the project's own")
    answers.add_argument("--corpus", type=Path, metavar="DIR", nargs="+", default=[ROOT / "corpus"], help="the articles of --questions")
    answers.add_argument(
        "--style", choices=STYLES, nargs="+", default=["typed"], help="how the questions are spelled; several are compared"
    )
    answers.add_argument("--split", choices=SPLITS, help="only the questions of this split")
    answers.add_argument("--curve", action="store_true", help="also what other thresholds of declining would give (a minute more)")
    answers.set_defaults(run=_answers)
    floors = commands.add_parser("floors", help="compare the project's own questions with eval/floors.json; exit 1 where a measure fell")
    floors.add_argument("--write", action="store_true", help="record floors a little below what is measured now")
    floors.set_defaults(run=_floors)
    speed = commands.add_parser("speed", help="an ingest, a search with its parts, an answer, embedding, memory")
    speed.add_argument("--corpus", type=Path, metavar="DIR", default=ROOT / "corpus", help="the articles to ingest and ask about")
    speed.add_argument("--questions", type=Path, metavar="FILE", help="what is asked; default: titles of the articles")
    speed.add_argument("--index", type=Path, metavar="DIR", help="measure this index instead of ingesting the corpus")
    speed.add_argument("--out", type=Path, metavar="DIR", default=ROOT / ".runs", help="where the report goes")
    speed.set_defaults(run=_speed)
    for command in (retrieval, answers, floors):
        command.add_argument("--out", type=Path, metavar="DIR", default=ROOT / ".runs", help="where reports and indexes go")
    for command in (retrieval, answers):
        command.add_argument("--json", action="store_true", help="one JSON object on standard output and nothing else")
    return parser


def _retrieval(options: argparse.Namespace, settings: Settings) -> int:
    from eval.reports import write_retrieval
    from eval.retrieval import evaluate_retrieval
    from index.query import load_understanding

    dataset = _dataset(options)
    engine = open_engine([dataset.corpus], settings, options.out)
    report = evaluate_retrieval(dataset, engine, load_understanding(settings, engine), STYLES[options.style])
    folder = options.out / f"retrieval-{dataset.name}-{options.style}"
    write_retrieval(report, folder, tag="hoidap")
    _print(options.json, {"measures": report.measures, "n": report.n, "seconds": report.seconds}, folder)
    return 0


def _dataset(options: argparse.Namespace) -> RetrievalSet:
    if options.beir:
        return read_beir(options.beir)
    return questions_as_retrieval(read_questions(options.questions), options.corpus, options.questions.stem)


def _answers(options: argparse.Namespace, settings: Settings) -> int:
    from eval.answers import ask_sets, summarize
    from eval.reports import write_answers

    sets = own_sets(ROOT)
    if options.questions:
        sets = [QuestionSet("+".join(path.stem for path in options.questions), tuple(options.questions), tuple(options.corpus))]
    scores = ask_sets(sets, options.style, settings, options.out, options.split)
    folder = options.out / "-".join(["answers", *(each.name for each in sets), *options.style])
    write_answers(scores, folder, _curve(sets, options, settings) if options.curve else [])
    summary = summarize([score for found in scores[options.style[0]].values() for score in found])
    record: dict[str, object] = {"measures": summary["overall"], "by_type": summary["by_type"], "n": summary["n"]}
    if len(sets) * len(options.style) > 1:
        record["parts"] = {style: {name: summarize(found) for name, found in asked.items()} for style, asked in scores.items()}
    _print(options.json, record, folder)
    return 0


def _curve(sets: list[QuestionSet], options: argparse.Namespace, settings: Settings) -> list[Point]:
    from eval.decline_curve import decline_curve
    from qa.chain import Assistant

    return decline_curve((each.read(options.split), Assistant(open_engine(each.corpus, settings, options.out), settings)) for each in sets)


def _floors(options: argparse.Namespace, settings: Settings) -> int:
    from eval.answers import ask_sets, summarize
    from eval.floors import STYLES as FLOOR_STYLES
    from eval.floors import fallen, floors_of, read_floors, write_floors

    scores = ask_sets(own_sets(ROOT), FLOOR_STYLES, settings, options.out)
    measured = {style: {name: summarize(found) for name, found in sets.items()} for style, sets in scores.items()}
    if options.write:
        write_floors(floors_of(measured))
        return 0
    sentences = fallen(measured, read_floors())
    print("\n".join(sentences) or "Every measure is at or above its floor.")
    return 1 if sentences else 0


def _speed(options: argparse.Namespace, settings: Settings) -> int:
    from dataclasses import asdict

    from eval.reports import write_speed
    from eval.speed import measure_speed
    from index.query import load_understanding

    queries = [question.question for question in read_questions(options.questions)] if options.questions else []
    report = measure_speed(options.corpus, settings, load_understanding(settings), queries, options.index)
    folder = options.out / f"speed-{(options.index or options.corpus).stem}"
    write_speed(report, folder)
    print(json.dumps(asdict(report), indent=1))
    print(f"Reports: {folder}", file=sys.stderr)
    return 0


def _print(as_json: bool, record: dict[str, object], folder: Path) -> None:
    if as_json:
        print(json.dumps(record, ensure_ascii=False))
        return
    print(json.dumps(record, ensure_ascii=False, indent=1))
    print(f"Reports: {folder}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
