"""What tests of the engine and its command line share."""

from __future__ import annotations

from contextlib import redirect_stdout
from pathlib import Path

import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from tests.kept import kept
from tests.planner.dossier.conftest import SHEETS
from tests.planner.input.conftest import book_of

# What the command said stands beside what it wrote.
SAID = "said.txt"


def _demo(folder: Path) -> None:
    with (folder / SAID).open("w", encoding="utf-8") as said, redirect_stdout(said):
        assert 0 == run(["demo", "--out", str(folder / "demo")])


@pytest.fixture(name="demo", scope="session")
def demo_folder() -> Path:
    """The folder that the command `demo` fills; it is read only, and changed by nobody."""
    return kept("demo", _demo) / "demo"


@pytest.fixture(name="demo_said", scope="session")
def said_by_demo(demo: Path) -> str:
    """What the command `demo` said on the terminal."""
    return (demo.parent / SAID).read_text(encoding="utf-8")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A workbook of three locations and two months, planned in a moment."""
    path = tmp_path / "tiny.xlsx"
    api.save_book(path, book_of(SHEETS), Language.NL)
    return path
