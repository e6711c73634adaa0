"""How soon the window answers, in a process of its own: `answering WHAT FILE`, see `MEASURED`.

Prints seconds, milliseconds or a ratio, as the benchmark of that name says.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication

from planner.input.edits import SetCell
from tests.benchmarks.beating import Heart, in_a_window, open_book, settle, wait
from ui.session import Made
from ui.window import Window

EDITS = 5
PLANS = 3
VIEWS = (
    "capacity", "dol", "timeline", "runoff", "map", "location", "shortfalls", "explanation",
    "overview", "moments", "sheets", "answer",
)  # fmt: skip


def edit(window: Window, workbook: Path) -> float:
    """Return the median seconds from an edit and F5 until its figures are in the tiles."""
    return _after_an_edit(
        window, workbook, EDITS, lambda _before: window.session.coming.figures is not None
    )


def edit_plan(window: Window, workbook: Path) -> float:
    """Return the median seconds from an edit and F5 until the plan of it is shown."""
    return _after_an_edit(
        window, workbook, PLANS, lambda before: window.session.plans[0] is not before
    )


def _after_an_edit(
    window: Window, workbook: Path, times: int, there: Callable[[Made], bool]
) -> float:
    """Return the median seconds from an edit and F5 until what is waited for is painted.

    `there` is given the plan that was shown before.
    """
    open_book(window, workbook)
    window.calculate()
    wait(lambda: bool(window.session.plans))
    window.pages.show_answer()
    took = []
    for number in range(times):
        wait(lambda: window.jobs.calculating is None and not window.jobs.at_desk)
        settle()
        sheet, before = window.session.sheet("locations"), window.session.plans[0]
        assert sheet is not None
        row = int(sheet.frame.index[4])
        begun = time.perf_counter()
        window.session.edit("undo.cell", [SetCell("locations", row, "beds", 500 - number)])
        window.calculate()
        wait(functools.partial(there, before))
        QApplication.processEvents()
        took.append(time.perf_counter() - begun)
        if window.jobs.calculating is not None:
            window.commands.cancel()
    return median(took)


def early(window: Window, workbook: Path) -> float:
    """Return after which part of a calculation the provisional figures are in view."""
    open_book(window, workbook)
    begun = time.perf_counter()
    window.calculate()
    wait(lambda: window.session.coming.figures is not None)
    known = time.perf_counter() - begun
    wait(lambda: bool(window.session.plans))
    return known / (time.perf_counter() - begun)


def open_plan(window: Window, plan: Path) -> float:
    """Return the seconds from opening a plan until all of its answer is painted."""
    begun = time.perf_counter()
    window.commands.open_path(plan)
    answer = window.pages.results.answer
    wait(lambda: bool(window.session.plans) and answer.isVisible() and answer.filled)
    QApplication.processEvents()
    return time.perf_counter() - begun


def open_plan_heart(window: Window, plan: Path) -> float:
    """Return the longest stall in ms while a plan is opened, shown and recomputed."""
    heart = Heart()
    open_plan(window, plan)
    wait(lambda: not window.jobs.at_desk)
    settle()
    return heart.told_ms()


def switch(window: Window, plan: Path) -> float:
    """Return the longest seconds from choosing a view of a plan until it is painted."""
    open_plan(window, plan)
    wait(lambda: not window.jobs.at_desk)
    settle()
    longest = 0.0
    for key in VIEWS:
        begun = time.perf_counter()
        window.pages.results.show_view(key)
        QApplication.processEvents()
        took = time.perf_counter() - begun
        print(f"{key}: {took:.3f} s", file=sys.stderr)
        longest = max(longest, took)
        settle()
    return longest


MEASURED = {
    "edit": edit,
    "edit_plan": edit_plan,
    "early": early,
    "open_plan": open_plan,
    "open_plan_heart": open_plan_heart,
    "switch": switch,
}

if __name__ == "__main__":
    in_a_window(MEASURED[sys.argv[1]], sys.argv[2])
