"""A calculation that a window stops: its plan comes at once, and is recomputed afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner import api
from planner.core.errors import ProgramFaultError
from planner.core.outcome import CancelToken, Progress, Stop
from planner.core.texts import Language
from planner.jobs.handlers import Work, perform
from planner.jobs.requests import CalculatePlan, ExportPlan, Planned, RunTask
from planner.jobs.shelf import Shelf
from planner.result import load_plan
from tests import small_plan as once


def test_what_a_window_stops_is_recomputed_when_it_is_written(tmp_path: Path) -> None:
    cancel = CancelToken()

    def stop(at: Progress) -> None:
        if at.step == "tables":
            cancel.cancel()

    task, shelf = CalculatePlan(None), Shelf()
    shelf.keep(1, once.small_book())
    work = Work(shelf, RunTask(1, task, 1), stop, cancel)
    made = perform(task, work)
    assert isinstance(made, Planned)
    assert (Stop.CANCELLED, True, False) == (made.plan.stop, made.plan.found, made.plan.recomputed)
    written = perform(ExportPlan(tmp_path / "plan.xlsx", made.plan, Language.NL), work)
    assert isinstance(written, Path)
    assert () == api.verify(written).breaches
    assert load_plan(written).plan.recomputed
    # A figure that is not so is found then.
    placement = made.plan.tables["placement"].assign(people=1.0)
    forged = replace(made.plan, tables={**made.plan.tables, "placement": placement})
    with pytest.raises(ProgramFaultError):
        perform(ExportPlan(tmp_path / "plan.xlsx", forged, Language.NL), work)
