"""The rule register as a planner meets it, and with it the real window once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.step_two import StepTwo, made_step_two, texts_in_view, undo_to_the_start
from tests.ui.onscreen import PATIENCE_MS, answer_of, calculated, settled, there
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from planner.jobs.requests import Checked
    from ui.views.rule_register import RuleRegisterView
    from ui.window import Window


@pytest.fixture
def step_two(qtbot: QtBot, small_book: Book, small_check: Checked) -> StepTwo:
    made = made_step_two(qtbot, small_book, small_check)
    made.register.show()
    return made


def said_of(view: RuleRegisterView, rule: str) -> str:
    """Return what is said of the state of a rule in the list, to who cannot see its mark."""
    view.show_rule(rule)
    return str(there(view.tree.currentItem()).data(0, Qt.ItemDataRole.AccessibleDescriptionRole))


def still(qtbot: QtBot, window: Window) -> None:
    """Wait until everything that was asked of the child has been answered."""
    qtbot.waitUntil(
        lambda: settled(window),
        timeout=PATIENCE_MS,
    )


def test_a_rule_is_found_and_says_everything_about_itself(step_two: StepTwo) -> None:
    view = step_two.register
    view.filter.setText("art. 16 school")

    said = texts_in_view(view)
    assert "school_seats" == view.chosen
    assert "Richtlijn (EU) 2024/1346</a>, art. 16(2)" in said
    assert "eur-lex.europa.eu" in said
    assert "beschermde groepen" in said
    assert "keer van toepassing" in said
    assert "In het getoonde plan" not in said

    view.filter.setText("")
    view.show_rule("max_people")
    assert "Niet van toepassing, want" in texts_in_view(view)
    view.show_rule("dol_growth")
    assert "Groeisnelheid DOL" == view.panel.parameters.index(0, 0).data()
    assert "de eerste maand meegeteld. Bron: " in texts_in_view(view)
    view.grouping.setCurrentIndex(1)
    groups = [
        there(view.tree.topLevelItem(at)).text(0) for at in range(view.tree.topLevelItemCount())
    ]
    assert groups[1].startswith("Hard (")
    assert any(each.startswith("Beschermde groepen (") for each in groups)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("people_within_places", "klopt geen enkel plan"),
        ("everyone_placed", "niemand om voor te plannen"),
        ("province_worst", "gaat met die regel uit en aan"),
    ],
)
def test_a_rule_that_cannot_be_off_says_why(step_two: StepTwo, rule: str, why: str) -> None:
    view = step_two.register
    view.show_rule(rule)

    assert not view.panel.switch.isVisible()
    assert why in texts_in_view(view)


def test_a_parameter_is_changed_in_the_scenario_and_put_back(step_two: StepTwo) -> None:
    view, session = step_two.register, step_two.session
    view.show_rule("occupancy_norm")
    view.panel.value.setText("0,96")
    view.panel.set_value.click()

    assert [("parameters", "occupancy_norm", "value", 0.96, True)] == step_two.lines("middle")
    assert ["0,96", "0,91"] == [view.panel.parameters.index(0, at).data() for at in (1, 3)]
    view.panel.back.click()
    assert [] == step_two.lines("middle")
    assert "0,91" == view.panel.parameters.index(0, 1).data()
    session.undo()
    session.undo()
    assert "" == session.undo_name()


def test_a_switch_goes_in_a_new_scenario_that_is_named_there(step_two: StepTwo) -> None:
    view, session, name = step_two.register, step_two.session, "zonder spreiding 👩‍🚀"
    view.show_rule("province_task")
    view.panel.target.where.setCurrentIndex(1)
    assert not view.panel.switch.isEnabled()
    view.panel.target.name.setText("high")
    assert not view.panel.switch.isEnabled()
    assert (
        "Er is al een scenario \N{LEFT SINGLE QUOTATION MARK}high\N{RIGHT SINGLE QUOTATION MARK}."
        in texts_in_view(view)
    )
    view.panel.target.name.setText(name)
    view.panel.switch.click()

    assert name == session.scenario
    assert ("parameters", "rule_province_task", "value", 0.0, True) in step_two.lines(name)
    assert "Regel weer aanzetten" in texts_in_view(view)
    item = view.tree.currentItem()
    assert item is not None
    assert "Taak van de provincie (uit)" == item.text(0)
    step_two.scenarios.show()
    assert "uit" == step_two.scenarios.changes.index(0, 5).data()
    view.panel.switch.click()
    assert "rule_province_task" not in {each[1] for each in step_two.lines(name)}


def test_a_level_moves_in_one_step(step_two: StepTwo) -> None:
    view = step_two.register
    assert view.shown is not None
    names = [each.name for each in view.shown.levels]
    view.show_rule("levels")
    view.levels.list.setCurrentRow(names.index("dublin"))
    view.levels.up.click()

    moved = [each.name for each in view.shown.levels]
    assert names.index("emergency") == moved.index("dublin")
    assert {"priority_dublin", "priority_emergency"} == {
        each[1] for each in step_two.lines("middle")
    }
    assert names.index("emergency") == view.levels.list.currentRow()
    view.levels.down.click()
    assert [] == step_two.lines("middle")
    view.levels.list.setCurrentRow(0)
    assert not view.levels.up.isEnabled()
    assert not view.levels.down.isEnabled()


def test_a_plan_without_a_rule_says_so_on_its_first_page(qtbot: QtBot, small: Window) -> None:
    small.go_to(Step.RULES)
    view = small.pages.register
    qtbot.waitUntil(lambda: view.shown is not None, timeout=PATIENCE_MS)
    view.show_rule("province_task")
    view.panel.target.where.setCurrentIndex(1)
    view.panel.target.name.setText("zonder spreiding")
    view.panel.switch.click()
    still(qtbot, small)
    calculated(qtbot, small)

    small.go_to(Step.RESULTS)
    notes = "\n".join(each.text() for each in answer_of(qtbot, small).findChildren(QLabel))
    assert "Uitgezet, en dus niet meegeteld" in notes
    assert "Taak van de provincie" in notes
    small.go_to(Step.RULES)
    view.show_rule("others_places")
    assert "In het getoonde plan" in texts_in_view(view)
    # Each rule is marked by how the plan does: 801 people are in emergency reception too soon.
    assert "overal gehaald" in said_of(view, "people_within_places")
    assert "niet overal gehaald" in said_of(view, "emergency_places")
    sharing = small.pages.results.share.menu()
    assert sharing is not None
    assert all(each.isEnabled() for each in sharing.actions())
    assert 3 == len(sharing.actions())  # the page for who decides, the report, the preview
    undo_to_the_start(small.session)
    still(qtbot, small)
    assert "nog geen plan van deze invoer" in said_of(view, "people_within_places")
    assert "" == small.session.scenario
    assert "zonder spreiding" not in small.session.checked.scenarios
    assert not small.session.checked.errors
