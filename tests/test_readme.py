"""Every command of the README runs, and its tree names what is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
OURS = [command for command in COMMANDS if command.startswith(".venv/bin/python")]


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory, free_port: int) -> dict[str, str]:
    return {**os.environ, "HOIDAP_INDEX_DIR": str(tmp_path_factory.mktemp("readme")), "HOIDAP_PORT": str(free_port)}


def test_the_two_commands_are_targets() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {command.split()[1] for command in COMMANDS if command.startswith("make ")}
    assert named == {"run", "test"} and named <= targets


@pytest.mark.parametrize("command", OURS)
def test_command_runs(command: str, surroundings: dict[str, str], tmp_path: Path) -> None:
    words = shlex.split(command)
    words[0] = sys.executable
    if words[1:3] == ["-m", "eval"]:
        words += ["--out", str(tmp_path)]
    if words[1:3] == ["-m", "ui"]:
        words += ["--help"]  # the app itself is started in test_offline and test_browser
    done = subprocess.run(words, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_tree_names_what_is_there() -> None:
    tree = README.split("## The tree")[1].split("```")[1]
    folder, missing = "", []
    for line in tree.splitlines():
        match = re.match(r"(\s*)(\S+)", line)
        if not match or not line.strip():
            continue
        name = match[2]
        if not match[1]:
            folder = name if name.endswith("/") else ""
            path = ROOT / name
        else:
            path = ROOT / folder / name
        if not path.exists():
            missing.append(str(path.relative_to(ROOT)))
    assert missing == []
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True)
    for name in tracked.stdout.split():
        if not name.startswith("tests/") and not name.endswith("__init__.py"):
            assert Path(name).name in tree, f"{name} is not in the README's tree"


def test_settings_table_is_complete() -> None:
    from dataclasses import fields

    from index.settings import PREFIX, Settings

    for setting in fields(Settings):
        assert f"{PREFIX}{setting.name.upper()}" in README, setting.name
