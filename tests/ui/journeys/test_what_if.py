"""A planner asks what if: moves a lever, reads the answer, ends a contract, keeps it, goes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from planner.input.edits import SetCell
from planner.whatif.shown import AskedEdits
from tests.ui.onscreen import PATIENCE_MS, notices_in, there
from ui.charts.curves import Curves
from ui.state import Step
from ui.views.what_if import WhatIfView
from ui.whatif.contract_box import ContractQuestion
from ui.whatif.trial_levels import CHANGE
from ui.widgets import Notice
from ui.window import Window


@pytest.fixture(name="view")
def what_if_begun(qtbot: QtBot, small: Window) -> WhatIfView:
    small.pages.ask_what_if()
    view = small.pages.what_if
    # What a lever is moved by has to be in view, and not only there, before keys go to it.
    qtbot.waitUntil(
        lambda: bool(view.levers) and view.levers["arrivals"].slider.isVisible(),
        timeout=PATIENCE_MS,
    )
    return view


def test_what_is_being_made_before_anything_can_be_asked_is_told_step_by_step(
    qtbot: QtBot, small: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large workbook it takes half a minute: each priority is named, as in a comparison."""
    view, told, say = small.pages.what_if, set[str](), Notice.say

    def noted(notice: Notice, text: str) -> None:
        told.add(text)
        say(notice, text)

    monkeypatch.setattr(Notice, "say", noted)
    small.go_to(Step.DATA)
    small.pages.ask_what_if()
    at = small.focusWidget()
    assert at is not None
    assert small.pages.rules_page.isAncestorOf(at)
    qtbot.waitUntil(lambda: bool(view.levers), timeout=PATIENCE_MS)
    steps = {
        each for each in told if each.startswith("Het plan waarvan u uitgaat, wordt gemaakt: ")
    }
    assert any("noodopvang" in each for each in steps)
    assert len(steps) > 4


def card(view: WhatIfView, name: str) -> str:
    return view.cards[name].accessibleName()


def answered(qtbot: QtBot, view: WhatIfView) -> None:
    qtbot.waitUntil(lambda: view.how.startswith("Antwoord"), timeout=PATIENCE_MS)


def press(qtbot: QtBot, made: QPushButton) -> None:
    assert made.isEnabled()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_a_lever_is_moved_and_the_answer_is_kept_as_a_scenario(
    qtbot: QtBot, small: Window, view: WhatIfView
) -> None:
    before = {name: card(view, name) for name in view.cards}
    rows = small.session.sheet("scenarios")
    assert rows is not None
    view.levers["dublin_stay"].put(8.0)
    answered(qtbot, view)
    # Twice the stay and more: more places are fitted out, and that is told against what is.
    assert card(view, "dol_places") != before["dol_places"]
    assert "+" in card(view, "dol_places")
    assert view.model.rowCount() > 0
    # Of each level the difference stands beside it: what is more with a plus, as less is better.
    signs = [str(view.model.row(at)[CHANGE])[0] for at in range(view.model.rowCount())]
    assert "+" == signs[0]
    inks = [
        view.model.data(view.model.index(at, CHANGE), Qt.ItemDataRole.ForegroundRole)
        for at in range(view.model.rowCount())
    ]
    assert {True} == {
        (sign == "+") == (ink == inks[0]) for sign, ink in zip(signs, inks, strict=True)
    }
    # The input is as it was until something is kept.
    assert small.session.sheet("scenarios") is rows
    qtbot.keyClicks(view.name, "longer stay")
    press(qtbot, view.keep)
    qtbot.waitUntil(lambda: "longer stay" in small.session.checked.scenarios, timeout=PATIENCE_MS)
    # What is asked about is as it was: that is said, and the next question is answered.
    assert "Bewaard als scenario longer stay" in notices_in(view)
    assert not view.begin.isVisible()
    kept = card(view, "cost")
    view.levers["arrivals"].put(1.2)
    qtbot.waitUntil(lambda: kept != card(view, "cost"), timeout=PATIENCE_MS)
    assert "" == notices_in(view).strip()
    row = int(there(small.session.sheet("locations")).frame.index[0])
    small.session.edit("undo.cell", [SetCell("locations", row, "beds", 77)])
    assert view.begin.isVisible()  # this is other input


def test_levels_that_stand_are_told_as_not_yet_recomputed(qtbot: QtBot, view: WhatIfView) -> None:
    told: list[tuple[str, int]] = []

    def over() -> bool:
        told.append((view.how, view.model.rowCount()))
        return view.how.startswith("Antwoord")

    view.levers["dublin_stay"].put(8.0)
    qtbot.waitUntil(over, timeout=PATIENCE_MS)
    # Recomputing takes a tenth of a second or more, in which every level is shown and marked.
    coming = [rows for how, rows in told if "Nog niet nagerekend" in how]
    assert coming
    assert coming[-1] == told[-1][1] > 0
    assert "Nog niet" not in view.how


def test_figures_of_the_question_before_say_that_they_are(qtbot: QtBot, view: WhatIfView) -> None:
    old = "van vóór uw laatste wijziging"
    view.levers["dublin_stay"].put(8.0)
    qtbot.waitUntil(lambda: old in card(view, "cost"), timeout=PATIENCE_MS)
    assert all(old in card(view, name) for name in view.cards)
    answered(qtbot, view)
    assert not any(old in card(view, name) for name in view.cards)
    first = {name: card(view, name) for name in view.cards}
    qtbot.keyClicks(view.name, "longer stay")
    assert view.keep.isEnabled()
    view.levers["dublin_stay"].put(7.0)
    qtbot.waitUntil(lambda: old in card(view, "cost"), timeout=PATIENCE_MS)
    # What would be kept is not what stands there: not until there is an answer to it.
    assert not view.keep.isEnabled()
    answered(qtbot, view)
    assert view.keep.isEnabled()
    assert first != {name: card(view, name) for name in view.cards}


def test_a_question_is_stopped_by_the_next_one_and_by_putting_all_back(
    qtbot: QtBot, view: WhatIfView
) -> None:
    before = {name: card(view, name) for name in view.cards}
    view.levers["arrivals"].put(1.2)
    qtbot.waitUntil(lambda: "laatste wijziging" in card(view, "cost"), timeout=PATIENCE_MS)
    press(qtbot, view.back)
    # At once, and the answer to what was withdrawn never comes.
    assert before == {name: card(view, name) for name in view.cards}
    view.levers["dublin_stay"].put(8.0)
    answered(qtbot, view)
    assert view.levers["arrivals"].value is None
    assert "+" in card(view, "dol_places")
    press(qtbot, view.back)
    assert before == {name: card(view, name) for name in view.cards}


def test_everything_goes_back_to_the_plan_as_it_is(qtbot: QtBot, view: WhatIfView) -> None:
    before = {name: card(view, name) for name in view.cards}
    view.levers["arrivals"].put(1.2)
    answered(qtbot, view)
    assert before != {name: card(view, name) for name in view.cards}
    press(qtbot, view.back)
    assert before == {name: card(view, name) for name in view.cards}
    assert AskedEdits() == view.moved
    assert 0 == view.model.rowCount()


def test_a_contract_that_ends_takes_its_extension_along(qtbot: QtBot, view: WhatIfView) -> None:
    press(qtbot, view.add)
    (asked,) = view.contracts
    asked.choose("L16", ContractQuestion.NOT_EXTENDED)
    (line,) = view.moved.edits
    assert ("locations", "L16", "extendable_until", None) == (
        line.table, line.key, line.column, line.value
    )  # fmt: skip
    asked.choose("L16", ContractQuestion.ENDS)
    assert ["open_until", "extendable_until"] == [each.column for each in view.moved.edits]
    answered(qtbot, view)
    qtbot.mouseClick(asked.away, Qt.MouseButton.LeftButton)
    assert AskedEdits() == view.moved


def test_a_wheel_over_a_lever_changes_nothing(view: WhatIfView) -> None:
    lever = view.levers["norm"]
    for each in (lever.slider, lever.box):
        turned = QWheelEvent(
            QPointF(5, 5), each.mapToGlobal(QPointF(5, 5)), QPoint(),
            QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt takes no name
        )  # fmt: skip
        QApplication.sendEvent(each, turned)
    assert lever.value is None


def test_a_lever_tells_its_course_and_up_to_where_things_stay(
    qtbot: QtBot, view: WhatIfView
) -> None:
    lever = view.levers["dublin_stay"]
    qtbot.mouseClick(lever.course, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.course.chart.steps > 0, timeout=PATIENCE_MS)
    drawn = view.course.chart
    assert isinstance(drawn, Curves)
    assert drawn.places[0] == pytest.approx(lever.lever.lowest)
    assert drawn.places[-1] == pytest.approx(lever.lever.highest)
    places = next(each.values for each in drawn.curves if "DOL" in each.name)
    assert places[0] < places[-1]
    # The lever itself stays where it stands: nothing was moved by asking.
    assert AskedEdits() == view.moved
