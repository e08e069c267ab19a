"""`python ingest.py FOLDER…`: bring the index up to date with folders of articles. The command line of `index/build.py`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from tqdm import tqdm

from index.build import BuildReport, build
from index.errors import HoidapError
from index.intake import Progress, Report
from index.settings import load_settings

ALL_READ, SOME_SKIPPED, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 130
_STAGES = {"read": ("Đọc và nhúng", "B", True), "index": ("Lập chỉ mục", " đoạn", False)}
_BAR = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}, còn {remaining}, {rate_fmt}{postfix}]"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        settings = replace(settings, index_dir=options.index or settings.index_dir)
        with progress_bar() as progress:
            report = build(options.folders, settings, keep_missing=options.keep_missing, progress=progress)
    except HoidapError as error:
        return _fail(str(error), NOTHING_DONE, as_json=options.json)
    except KeyboardInterrupt:
        message = "Đã dừng theo yêu cầu. Chỉ mục cũ vẫn dùng được; các đoạn đã nhúng được giữ lại cho lần nạp sau."
        return _fail(message, INTERRUPTED, as_json=options.json)
    print(json.dumps(as_json(report), ensure_ascii=False) if options.json else as_text(report))
    return exit_code(report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python ingest.py", description="Nạp các thư mục văn bản vào chỉ mục.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="THƯ_MỤC", help="thư mục (hoặc tệp) cần nạp")
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (mặc định: HOIDAP_INDEX_DIR hoặc .index)")
    parser.add_argument("--keep-missing", action="store_true", help="giữ văn bản mà tệp không còn trong thư mục")
    parser.add_argument("--json", action="store_true", help="in kết quả thành một đối tượng JSON")
    return parser


def _fail(message: str, code: int, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": message}, ensure_ascii=False))
    print(message, file=sys.stderr)
    return code


def exit_code(report: BuildReport) -> int:
    """0 all read, 1 some files skipped, 2 nothing done."""
    if report.did_nothing:
        return NOTHING_DONE
    return SOME_SKIPPED if report.skipped else ALL_READ


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A bar on standard error for each stage of the ingest, with a rate and an estimate of what remains."""
    bars: dict[str, tqdm] = {}

    def show(progress: Progress) -> None:
        label, unit, scaled = _STAGES[progress.stage]
        if progress.stage not in bars:
            close(bars)
            bars[progress.stage] = tqdm(desc=label, total=progress.total, unit=unit, unit_scale=scaled, bar_format=_BAR, file=sys.stderr)
        bar = bars[progress.stage]
        if progress.stage == "read":
            seconds = bar.format_dict["elapsed"] or 1e-9
            bar.set_postfix_str(f"{progress.chunks} đoạn, {progress.chunks / seconds:.0f} đoạn/giây", refresh=False)
        bar.update(progress.done - bar.n)

    try:
        yield show
    finally:
        close(bars)


def close(bars: dict[str, tqdm]) -> None:
    for bar in bars.values():
        bar.close()


def as_json(report: BuildReport) -> dict[str, object]:
    return {**asdict(report), "chunks_per_second": round(report.chunks_per_second, 1)}


def as_text(report: BuildReport) -> str:
    """What a person reads when the ingest has ended."""
    lines = [
        f"Văn bản: {report.added} mới, {report.changed} thay đổi, {report.removed} gỡ bỏ, {report.unchanged} giữ nguyên.",
        f"Đã đọc {report.chunks} đoạn (nhúng mới {report.embedded}) trong {report.seconds:.1f} giây, "
        f"{report.chunks_per_second:.0f} đoạn/giây.",
        f"Chỉ mục có {report.indexed_articles} văn bản, {report.indexed_chunks} đoạn.",
    ]
    if report.did_nothing:
        lines.append("Không có văn bản nào đọc được trong thư mục đã cho.")
    if report.skipped:
        lines.append(f"Bỏ qua {len(report.skipped)} tệp hoặc dòng:")
        lines += [f"  {item.path}: {item.reason}" for item in report.skipped]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
