"""`python -m qa "câu hỏi"`: one answer; `--batch questions.jsonl --out answers.jsonl`: many, in one process."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import HoidapError, IndexMissingError, QueryError
from index.settings import Settings, load_settings
from index.types import Filters

if TYPE_CHECKING:
    from qa.chain import Assistant
    from qa.types import Answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0; 2 with one Vietnamese sentence on standard error when nothing could be answered."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        if options.index:
            settings = replace(settings, index_dir=options.index)
        filters = Filters(date_from=options.date_from, date_to=options.date_to)
        if options.batch:
            return _answer_batch(options.batch, options.out, settings, filters)
        return _answer_one(options, settings, filters)
    except (HoidapError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa", description="Hỏi kho tài liệu, nhận câu trả lời có trích dẫn.")
    parser.add_argument("question", nargs="?", help="câu hỏi, có dấu hoặc không dấu")
    parser.add_argument("--index", type=Path, metavar="DIR", help="thư mục chỉ mục (mặc định: .index)")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    parser.add_argument("--from", dest="date_from", type=_date, metavar="DATE", help="chỉ lấy bài từ ngày này, dạng NĂM-THÁNG-NGÀY")
    parser.add_argument("--to", dest="date_to", type=_last_date, metavar="DATE", help="chỉ lấy bài đến hết ngày này")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="tệp câu hỏi, mỗi dòng một đối tượng JSON")
    parser.add_argument("--out", type=Path, metavar="FILE", help="tệp ghi câu trả lời của --batch")
    parser.usage = 'python -m qa "câu hỏi" [--index DIR] [--json] [--from DATE] [--to DATE] | --batch FILE --out FILE'
    parser.set_defaults(parser=parser)
    return parser


def _date(text: str) -> date:
    from index.types import PartialDate

    try:
        return PartialDate.parse(text).first_day
    except ValueError:
        raise argparse.ArgumentTypeError(f"ngày {text!r} không đọc được; cần dạng 2021-12-27, 2021-12 hoặc 2021") from None


def _last_date(text: str) -> date:
    from index.types import PartialDate
    from qa.periods import days_of

    _date(text)
    return days_of(PartialDate.parse(text)).last


def _answer_one(options: argparse.Namespace, settings: Settings, filters: Filters) -> int:
    if not options.question:
        options.parser.error('cần một câu hỏi, ví dụ: python -m qa "Ai là Bí thư Đảng ủy Khối?"')
    answer = _open(settings).answer(options.question, filters=filters)
    if options.json:
        from qa.records import answer_record

        print(json.dumps(answer_record(answer), ensure_ascii=False))
    else:
        print(format_answer(answer))
    return 0


def _open(settings: Settings) -> Assistant:
    """Importing some 700 modules makes much garbage-collector work for nothing: it waits until everything is loaded."""
    if not settings.index_dir.exists():
        raise IndexMissingError(f"Chưa có chỉ mục ở {settings.index_dir}; hãy chạy: python ingest.py THƯ_MỤC --index {settings.index_dir}")
    gc.disable()
    try:
        from qa.chain import Assistant

        return Assistant.open(settings)
    finally:
        gc.enable()
        gc.freeze()


def format_answer(answer: Answer) -> str:
    """What a person reads: the answer, then each source once with title, date and the quoted words."""
    from index.types import PartialDate
    from qa.wording import date_words

    lines = [answer.text]
    if answer.notice:
        lines.insert(0, answer.notice)
    if answer.question.standalone != answer.question.text:
        lines.insert(0, f"Đã hiểu câu hỏi là: {answer.question.standalone}")
    if answer.citations:
        lines += ["", "Nguồn:"]
    for number in dict.fromkeys(citation.number for citation in answer.citations):
        same = [citation for citation in answer.citations if citation.number == number]
        when = date_words(PartialDate.parse(same[0].date) if same[0].date else None)
        lines.append(f"[{number}] {same[0].title} ({when}) – {same[0].article_id}")
        lines += [f"    “{' '.join(citation.quote.split())}”" for citation in same]
    return "\n".join(lines)


def _answer_batch(questions: Path, out: Path | None, settings: Settings, filters: Filters) -> int:
    """A line of `questions` → a line of `out`, in order; a line that cannot be answered gets a record with its `error`."""
    if out is None:
        raise QueryError("Thiếu --out: cần tên tệp để ghi câu trả lời, ví dụ --out answers.jsonl.")
    if not questions.is_file():
        raise QueryError(f"Không thấy tệp câu hỏi {questions}; cần một tệp .jsonl, mỗi dòng một câu hỏi.")
    assistant = _open(settings)
    part = out.with_name(f"{out.name}.part")
    failed = count = 0
    with part.open("w", encoding="utf-8") as file:
        for record in _answer_lines(questions, assistant, filters):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
            count += 1
            failed += "error" in record
    part.replace(out)
    print(f"Đã ghi {count} câu trả lời vào {out}" + (f", trong đó {failed} dòng có lỗi." if failed else "."), file=sys.stderr)
    return 0


def _answer_lines(questions: Path, assistant: Assistant, filters: Filters) -> Iterator[dict[str, Any]]:
    with questions.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _answer_line(line, number, assistant, filters)


def _answer_line(line: bytes, number: int, assistant: Assistant, filters: Filters) -> dict[str, Any]:
    from qa.records import answer_record, read_question

    begun = time.perf_counter()
    record: Any = None
    try:
        record = json.loads(line.decode("utf-8-sig"))
        text, turns = read_question(record)
        return _identity(record) | answer_record(assistant.answer(text, turns, filters))
    except (ValueError, HoidapError) as error:
        reason = str(error) if isinstance(error, HoidapError) else "Dòng này không phải JSON hợp lệ (UTF-8, một đối tượng một dòng)."
        known = _identity(record) | ({"question": record["question"]} if isinstance(record, dict) and "question" in record else {})
        return known | {"line": number, "error": reason, "seconds": round(time.perf_counter() - begun, 4)}


def _identity(record: Any) -> dict[str, Any]:
    return {"id": record["id"]} if isinstance(record, dict) and "id" in record else {}


if __name__ == "__main__":
    sys.exit(main())
