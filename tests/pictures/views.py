"""`VIEWS`: every view that is drawn, and how to come there; a new view is one more line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.window import Window

PATIENCE_S = 240.0


def _stay(_window: Window) -> None:
    """Leave a view as it is."""


@dataclass(frozen=True)
class View:
    """How to come to a view, whether it shows a plan, and what to take back afterwards."""

    reach: Callable[[Window], None]
    of_plan: bool = False
    leave: Callable[[Window], None] = _stay


def wait(done: Callable[[], bool], patience_s: float) -> bool:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    until = time.monotonic() + patience_s
    while not done():
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() > until:
            return False
    return True


def step(number: int) -> View:
    """Return the view of a step; 0 is the start page."""
    return View(lambda window: window.go_to(number), of_plan=number == 3)


def result(key: str) -> View:
    """Return a view of the results."""

    def reach(window: Window) -> None:
        window.go_to(4)
        window.pages.results.show_view(key)

    return View(reach, of_plan=True)


def _dol(*, locations: bool) -> View:
    def reach(window: Window) -> None:
        result("dol").reach(window)
        window.pages.results.dol.show_locations(locations=locations)

    return View(reach, of_plan=True)


def _make_mistakes(window: Window) -> None:
    """Put three mistakes in the table of locations, as one step."""
    from planner.tables.edits import SetCell  # noqa: PLC0415 - the scale is set before Qt is loaded

    window.go_to(1)
    model = window.tables.model
    rows = [model.row_number(at) for at in (1, 3, 5)]
    window.session.edit(
        "undo.paste",
        [
            SetCell("locations", rows[0], "type", "camping"),
            SetCell("locations", rows[1], "province", "Gronigen"),
            SetCell("locations", rows[2], "beds", -20),
        ],
    )
    wait(lambda: window.session.checked.errors > 0, PATIENCE_S)


def _mend(window: Window) -> None:
    window.session.undo()
    wait(lambda: window.session.checked.errors == 0, PATIENCE_S)


VIEWS: dict[str, View] = {
    "start": step(0),
    "data": step(1),
    "findings": View(_make_mistakes, leave=_mend),
    "rules": step(2),
    "calculate": step(3),
    "overview": result("overview"),
    "runoff": result("runoff"),
    "dol": _dol(locations=False),
    "dol_locations": _dol(locations=True),
    "shortfalls": result("shortfalls"),
    "sheets": result("sheets"),
}
