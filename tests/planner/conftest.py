"""What tests of the engine and its command line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import run


@pytest.fixture(name="demo", scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command `demo` fills; it is read only, and changed by nobody."""
    folder = tmp_path_factory.mktemp("demo")
    assert 0 == run(["demo", "--out", str(folder), "--quiet"])
    return folder
