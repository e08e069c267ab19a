"""The repository's own shape: dependencies run one way, one library one file, no heavy import where it is not needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("index", "qa", "ui", "eval")
MAY_IMPORT = {"index": set(), "qa": {"index"}, "ui": {"index", "qa"}, "eval": {"index", "qa"}, "ingest": {"index"}}
HOME = {  # third-party library → the files that may import it, as patterns of paths
    "faiss": r"index/dense\.py",
    "tantivy": r"index/lexical\.py",
    "sqlalchemy": r"index/catalogue\w*\.py|index/catalogue/.*",
    "pypdf": r"index/reading/pdf\.py",
    "docx": r"index/reading/docx\.py",
    "bs4": r"index/reading/html\.py",
    "markdown_it": r"index/reading/markdown\.py",
    "frontmatter": r"index/reading/markdown\.py",
    "charset_normalizer": r"index/reading/decode\.py",
    "tiktoken": r"index/text/token_counter\.py|index/embedding\.py",
    "sentence_transformers": r"index/transformer\.py|index/training/.*",
    "transformers": r"index/transformer\.py|index/training/.*",
    "torch": r"index/training/.*",
    "filelock": r"index/build\w*\.py|index/locking\.py",
    "dotenv": r"index/settings\.py",
    "gradio": r"ui/.*",
    "fastapi": r"ui/.*",
    "langchain_core": r"qa/(retriever|chain|generator|prompt)\.py",
    "langchain_openai": r"qa/generator\.py",
    "ir_measures": r"eval/retrieval\.py",
    "model2vec": r"eval/speed_embedding\.py",
    "matplotlib": r"eval/plots\.py",
    "tqdm": r"ingest\.py|index/training/.*",
}


def product_files() -> list[Path]:
    return [ROOT / "ingest.py", *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))]


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, absolute module) of every import in a file, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import; name the package"
            found += _named_modules(node)
    return found


def _named_modules(node: ast.ImportFrom) -> list[tuple[int, str]]:
    """`from qa import holders` names qa.holders."""
    if node.module in PACKAGES:
        return [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return [(node.lineno, node.module or "")]


@pytest.mark.parametrize("path", product_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    for line, module in imports(path):
        top = module.split(".")[0]
        if top in PACKAGES and top != own:
            assert top in MAY_IMPORT[own], f"{path}:{line}: {own} must not import {module}"
        assert module not in PACKAGES, f"{path}:{line}: import the module of {module}, not the package"


@pytest.mark.parametrize("path", product_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_one_library_one_file(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    for line, module in imports(path):
        home = HOME.get(module.split(".")[0])
        assert home is None or re.fullmatch(home, name), f"{name}:{line}: {module} belongs in {home}"


def test_imports_within_the_product_have_no_cycle() -> None:
    modules = {_module_name(path): path for path in product_files()}
    graph = {name: {m for _, m in _eager_imports(path) if m in modules} for name, path in modules.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"import cycle: {' → '.join([*trail, name])}"
        if name not in done:
            for needed in graph[name]:
                visit(needed, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _eager_imports(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [named for node in tree.body if isinstance(node, ast.ImportFrom) for named in _named_modules(node)]


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("qa.__main__", ("torch", "gradio", "sentence_transformers", "transformers", "langchain_openai", "pypdf", "matplotlib")),
        ("index.__main__", ("torch", "gradio", "langchain_core", "sentence_transformers", "transformers")),
        ("ingest", ("torch", "gradio", "langchain_core", "sentence_transformers")),
        ("ui.render", ("torch", "gradio", "sentence_transformers")),
    ],
)
def test_heavy_libraries_stay_out(module: str, absent: tuple[str, ...]) -> None:
    code = f"import {module}, sys; print([m for m in {absent!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_no_pickle_anywhere() -> None:
    for path in product_files():
        assert not {"pickle", "joblib", "shelve", "marshal"} & {module.split(".")[0] for _, module in imports(path)}, path
