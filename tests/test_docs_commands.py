"""The commands of the tutorial and the guides work: the pages are run one after the other, from top to bottom."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from strife.views.cli import cli
from tests.docs_helpers import DOCS, GUIDES, ROOT, Block, blocks

TIMEOUT = 300  # seconds for one block on a busy machine
PROGRAMS = {"sh": ("bash", "-euo", "pipefail", "-c"), "python": (sys.executable, "-c")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a reader has: a checkout with the examples and the guides' own files."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(DOCS / "guides", tmp_path / "docs" / "guides")
    return tmp_path


def test_commands_run(folder: Path) -> None:
    """One folder for all pages: as for a reader who goes on, a case that is there already is not read again."""
    for page in GUIDES:
        printed = ""
        for block in blocks(page):
            if block.mark == "output":
                missing = [line for line in block.text.splitlines() if line.strip() not in printed]
                assert not missing, f"{block.place}: not printed: {missing}"
            elif block.mark == "run" and all(name in cli.commands for name in block.said.split()):
                printed = run(block, folder)


def run(block: Block, folder: Path) -> str:
    """What a block prints; it must end well."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*PROGRAMS[block.language], block.text],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, f"{block.place}: exit status {done.returncode}\n{block.text}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_command_is_run_or_says_why_not(page: Path) -> None:
    for block in blocks(page):
        if block.language in PROGRAMS:
            assert block.mark in ("run", "shown"), (
                f"{block.place}: put <!-- run --> or <!-- shown: reason --> before it"
            )
            assert block.mark == "run" or block.said, f"{block.place}: say why it is not run"


def test_marks_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = (
        "<!-- run: brief -->\n```sh\nstrife brief\n```\n\n```text\nplain\n```\n<!-- output -->\n```text\nbrief\n```\n"
    )
    page.write_text(text)
    assert [(one.place, one.mark, one.said, one.language, one.text) for one in blocks(page)] == [
        ("page.md:1", "run", "brief", "sh", "strife brief\n"),
        ("page.md:6", "", "", "text", "plain\n"),
        ("page.md:9", "output", "", "text", "brief\n"),
    ]
