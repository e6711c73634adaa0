"""What is being found out about compared plans is stopped at once, whatever step it is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.onscreen import PATIENCE_MS
from ui.comparing.work import ComparablePlan, PlanOrigin

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.core.texts import Message
    from ui.window import Window


def test_why_plans_differ_is_let_go_before_the_engine_has_ended_its_step(
    qtbot: QtBot, planned_window: Window
) -> None:
    work = planned_window.pages.results.comparison.work
    told: list[Message] = []
    work.told.connect(lambda _how, said: told.append(said))
    planned_window.session.take_plan(planned_window.session.plans[0])
    work.compare((ComparablePlan(PlanOrigin.SHOWN), ComparablePlan(PlanOrigin.BEFORE)))
    qtbot.waitUntil(lambda: work.shown is not None, timeout=PATIENCE_MS)
    assert not work.finding

    found: list[object] = []
    work.try_regret(found.append)
    assert work.finding
    work.stop_all()
    assert not work.finding
    assert ["window.comparison.stopped"] == [each.key for each in told]
    # The engine goes on with what is asked next, and what was stopped is not told.
    listed: list[object] = []
    work.list_changes(1, listed.append, previous=False)
    qtbot.waitUntil(lambda: bool(listed), timeout=PATIENCE_MS)
    assert [] == found
