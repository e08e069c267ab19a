"""`python -m index "truy vấn"`: search from the command line, each hit with why it was found."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from index.engine import Engine
from index.errors import HoidapError
from index.query import load_understanding
from index.settings import load_settings
from index.types import Hit, Query


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        settings = replace(settings, index_dir=options.index or settings.index_dir)
        with Engine.open(settings) as engine:
            query = load_understanding(settings, engine)(options.query, restore=not options.exact)
            hits = engine.search(query, options.k)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(as_json(query, hits), ensure_ascii=False) if options.json else as_text(query, hits))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Tìm trong chỉ mục và giải thích từng kết quả.")
    parser.add_argument("query", metavar="TRUY_VẤN", help="từ, câu hỏi, số văn bản hoặc cụm từ trong ngoặc kép")
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (mặc định: HOIDAP_INDEX_DIR hoặc .index)")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="số kết quả nhiều nhất (mặc định: 10)")
    parser.add_argument("--exact", action="store_true", help="tìm đúng như đã gõ, không thêm dấu, không sửa chính tả")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    return parser


def as_json(query: Query, hits: Sequence[Hit]) -> dict[str, object]:
    """`quote == article_text[start:end]` of each hit, as everywhere."""
    return {
        "query": query.typed,
        "searched": query.text,
        "expansions": [asdict(expansion) for expansion in query.expansions],
        "hits": [_hit_as_json(rank, hit) for rank, hit in enumerate(hits, start=1)],
    }


def _hit_as_json(rank: int, hit: Hit) -> dict[str, object]:
    date = hit.metadata.date
    return {
        "rank": rank,
        "article_id": hit.article_id,
        "title": hit.metadata.title,
        "date": str(date) if date else None,
        "issuer": hit.metadata.issuer,
        "kind": hit.metadata.kind,
        "score": round(hit.score, 6),
        "quote": hit.chunk.text,
        "start": hit.chunk.start,
        "end": hit.chunk.end,
        "highlights": [list(span) for span in hit.highlights],
        "duplicates": list(hit.duplicates),
        "explanation": asdict(hit.explanation),
    }


def as_text(query: Query, hits: Sequence[Hit]) -> str:
    """What a person reads in a terminal."""
    lines = [f"Đang tìm: {query.text}"] if query.text != query.typed else []
    if not hits:
        lines.append("Không tìm thấy đoạn nào phù hợp.")
    for rank, hit in enumerate(hits, start=1):
        date = f" ({hit.metadata.date.vietnamese})" if hit.metadata.date else ""
        lines += [
            f"{rank}. {hit.metadata.title}{date}",
            f"   {hit.article_id} [{hit.chunk.start}–{hit.chunk.end}], điểm {hit.score:.3f}; {reasons(hit)}",
            "   " + " ".join(hit.chunk.text.split()),
        ]
    return "\n".join(lines)


def reasons(hit: Hit) -> str:
    """One line: `hạng từ ngữ 1, hạng ngữ nghĩa 3; có các từ: …; số văn bản: …`."""
    why = hit.explanation
    ranks = [f"hạng {name} {rank}" for name, rank in (("từ ngữ", why.lexical_rank), ("ngữ nghĩa", why.dense_rank)) if rank]
    parts = [", ".join(ranks)]
    for label, values in (("có các từ", why.words), ("số văn bản", why.references), ("cụm từ", why.phrases)):
        if values:
            parts.append(f"{label}: {', '.join(values)}")
    if why.expansions:
        parts.append("mở rộng: " + ", ".join(f"{e.typed} → {e.searched}" for e in why.expansions))
    if hit.duplicates:
        parts.append(f"trùng nội dung: {', '.join(hit.duplicates)}")
    return "; ".join(part for part in parts if part)


if __name__ == "__main__":
    sys.exit(main())
