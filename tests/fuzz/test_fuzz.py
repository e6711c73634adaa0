"""A fixed part of the spoiled workbooks; more of them by hand with `python -m tests.fuzz`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNT = 150


@pytest.mark.parametrize(
    "first", [1, *(pytest.param(1 + COUNT * at, marks=pytest.mark.slow) for at in range(1, 8))]
)
def test_spoiled_workbooks_are_read_as_they_stand_or_refused(first: int) -> None:
    # In a process of its own: what others left there would count as the memory of reading.
    told = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.fuzz", "--seed", str(first), "--count", str(COUNT)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == told.returncode, told.stdout + told.stderr
    assert f"{COUNT} files, 0 wrong" in told.stdout
