"""Opening and calculating again and again: neither the window nor its engines take ever more.

`OPVANGPLAN_ROUNDS` says how often; the first rounds load what is loaded once and count for nothing.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from planner.input.edits import SetCell
from tests.ui.onscreen import PATIENCE_MS, calculated, there

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.window import Window

ROUNDS = int(os.environ.get("OPVANGPLAN_ROUNDS", "50"))
WARM = 20
# What memory may differ between two moments without being lost: an allocator keeps pieces. What is
# lost in every round shows by its slope.
MOST_KB_A_ROUND = 60
SOME_KB = 4_000
SOME_HANDLES = 3


class Taken(NamedTuple):
    """What the window and all its children take: kB, each page once, and open files.

    Pages of libraries are left out: their part changes with other programs that load the same.
    """

    memory: int
    handles: int
    processes: int


def family(pid: int) -> list[int]:
    """Return a process and all that it started, and they."""
    found = [pid]
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            for child in (thread / "children").read_text("ascii").split():
                found += family(int(child))
    return found


def taken() -> Taken:
    gc.collect()
    all_of = family(os.getpid())
    memory = handles = 0
    for pid in all_of:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        own = [line.split() for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:"))]
        memory += sum(int(line[1]) for line in own)
        handles += len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Taken(memory, handles, len(all_of))


@pytest.mark.slow
def test_opening_and_calculating_again_take_no_more_memory_and_no_more_handles(
    qtbot: QtBot, tiny: Window, answers: Answers
) -> None:
    answers.choice = 1  # the plan stands in no file, and need not
    path = there(tiny.session.origin.path)
    told: list[Taken] = []
    for number in range(WARM + ROUNDS):
        with qtbot.waitSignal(tiny.commands.opened, timeout=PATIENCE_MS):
            tiny.commands.open_path(path)
        calculated(qtbot, tiny)
        tiny.session.edit("undo.cell", [SetCell("locations", 2, "beds", 121 + number % 7)])
        calculated(qtbot, tiny)
        tiny.session.undo()
        if number >= WARM:
            told.append(taken())
    first, last = told[0], told[-1]
    assert last.processes <= max(each.processes for each in told[:5])
    assert last.handles <= max(each.handles for each in told[:5]) + SOME_HANDLES
    # Each engine loads once what it solves with, in whatever round its first calculation falls.
    grown = sorted(after.memory - before.memory for before, after in pairwise(told))
    lost = sum(grown[: -first.processes])
    assert lost <= SOME_KB + MOST_KB_A_ROUND * ROUNDS, (first, last, grown)
