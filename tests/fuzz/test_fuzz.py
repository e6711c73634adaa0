"""A fixed part of the spoiled workbooks; more of them by hand with `python -m tests.fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.judging import judged

COUNT = 300


@pytest.mark.parametrize("first", range(1, COUNT + 1, 50))
def test_a_spoiled_workbook_is_read_as_it_stands_or_refused(first: int, tmp_path: Path) -> None:
    found = {seed: judged(seed, tmp_path) for seed in range(first, first + 50)}

    assert {} == {seed: each.fault for seed, each in found.items() if each.fault}
