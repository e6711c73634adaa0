"""The page of the scenarios as a planner meets it, and with it the real window once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidgetItem

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.edits import SetCell
from planner.input.scenarios import scenario_edits as making
from planner.input.scenarios.phrases import Phrase
from tests.step_two import (
    StepTwo,
    act,
    lines,
    listed,
    made_step_two,
    texts_in_view,
    undo_to_the_start,
)
from tests.ui.onscreen import PATIENCE_MS, settled, there
from ui.scenarios.wrapped_list import WrappedList
from ui.session import Change
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from planner.jobs.requests import Checked
    from tests.ui.conftest import Answers
    from ui.window import Window


@pytest.fixture
def step_two(qtbot: QtBot, small_book: Book, small_check: Checked) -> StepTwo:
    made = made_step_two(qtbot, small_book, small_check)
    made.scenarios.show()
    return made


def still(qtbot: QtBot, window: Window) -> None:
    """Wait until everything that was asked of the child has been answered."""
    qtbot.waitUntil(
        lambda: settled(window),
        timeout=PATIENCE_MS,
    )


def test_scenarios_are_made_copied_renamed_combined_and_deleted(step_two: StepTwo) -> None:
    view = step_two.scenarios
    first = listed(view)
    act(view, "new", "2027")
    assert "2027" == view.chosen
    view.show_scenario("slower_dol")
    act(view, "copy", "x" * 200)
    assert step_two.lines("slower_dol") == step_two.lines("x" * 200)
    act(view, "rename", "  trager   DOL ")
    assert "trager DOL" == view.chosen
    assert [*first, "2027", "trager DOL"] == listed(view)

    view.buttons["combine"].click()
    view.form.other.setCurrentIndex(view.form.other.findData("longer_contracts"))
    assert 0 == view.form.clashes.rowCount()
    view.form.name.setText("beide")
    view.form.ok.click()
    both = step_two.lines("slower_dol") + step_two.lines("longer_contracts")
    assert both == step_two.lines("beide")
    view.buttons["delete"].click()
    assert "beide" not in listed(view)

    undo_to_the_start(step_two.session)
    assert first == listed(view)


def test_a_forecast_keeps_its_name_and_place(step_two: StepTwo) -> None:
    view = step_two.scenarios
    view.show_scenario("high")

    assert not view.buttons["rename"].isEnabled()
    assert "De prognose heet zo" in view.buttons["rename"].toolTip()
    act(view, "copy", "hoog met meer")
    assert [("parameters", "forecast_scenario", "value", "high", True)] == step_two.lines(
        "hoog met meer"
    )


def test_a_renamed_scenario_is_planned_on_and_a_deleted_one_is_not(step_two: StepTwo) -> None:
    view, session = step_two.scenarios, step_two.session
    view.show_scenario("slower_dol")
    view.buttons["choose"].click()
    act(view, "rename", "traag")
    assert "traag" == session.scenario
    assert 0 == session.checked.errors
    view.buttons["delete"].click()
    assert "" == session.scenario
    assert 0 == session.checked.errors
    assert "middle" == view.chosen


def test_a_clash_is_listed_with_both_values_and_the_chosen_one_goes_first(
    step_two: StepTwo,
) -> None:
    view, session = step_two.scenarios, step_two.session
    view.show_scenario("slower_dol")
    act(view, "copy", "sneller")
    row = making.of_scenario(session.sheet("scenarios"), "sneller")[0].row
    session.edit("undo.cell", [SetCell("scenarios", row, "value", 30)])

    view.show_scenario("slower_dol")
    view.buttons["combine"].click()
    view.form.other.setCurrentIndex(view.form.other.findData("sneller"))
    clashes = view.form.clashes
    assert ["6", "30"] == [clashes.index(0, at).data() for at in (3, 4)]
    view.form.prefer.setCurrentIndex(1)
    view.form.name.setText("slower_dol")
    assert not view.form.ok.isEnabled()  # that name is taken
    view.form.name.setText("beide")
    view.form.ok.click()

    assert [30] == [each[3] for each in step_two.lines("beide")]


def test_a_single_change_is_switched_off_gone_to_and_taken_out(step_two: StepTwo) -> None:
    view = step_two.scenarios
    view.show_scenario("longer_contracts")
    view.table.selectRow(0)
    view.buttons["switch"].click()
    assert "nee" == view.changes.index(0, 0).data()
    assert [False] == [each[4] for each in step_two.lines("longer_contracts")]
    view.table.selectRow(0)
    assert "Weer laten meetellen" == view.buttons["switch"].text()
    view.buttons["switch"].click()
    assert [True] == [each[4] for each in step_two.lines("longer_contracts")]
    view.buttons["choose"].click()
    assert "longer_contracts" == step_two.session.scenario
    assert not view.buttons["choose"].isEnabled()

    view.table.selectRow(0)
    view.buttons["cell"].click()
    ((table, row, column),) = step_two.cells
    assert ("locations", "open_until") == (table, column)
    assert "L15" == step_two.frame("locations")["id"][there(row)]
    view.buttons["drop"].click()
    assert [] == step_two.lines("longer_contracts")


def test_a_new_scenario_asks_for_a_change_in_a_sentence(step_two: StepTwo, qtbot: QtBot) -> None:
    view = step_two.scenarios
    act(view, "new", "minder opvang")
    form = view.change_form
    assert form.isVisible()

    form.choose(Phrase.CLOSES, "L14")
    form.month.setCurrentIndex(form.month.findText("okt 2026"))
    assert "Demo noodopvang Havenkwartier is dicht vanaf okt 2026." == form.sentence.text()
    assert not form.ok.isEnabled()  # until it is known what that changes
    qtbot.waitUntil(form.ok.isEnabled, timeout=PATIENCE_MS)
    shown = [[form.cells.index(row, at).data() for at in range(5)] for row in range(2)]
    assert ["Open tot en met", "31 dec 2026", "30 sep 2026"] == shown[0][2:]
    assert ["Verlengbaar tot en met", "31 dec 2027", "(leeg)"] == shown[1][2:]
    form.ok.click()

    day = dt.date(2026, 10, 1)
    added = step_two.lines("minder opvang")[-1]
    assert ("L14", day, True) == (added[1], added[3], added[4])
    assert "is dicht vanaf okt 2026" in texts_in_view(view)
    assert form.isVisible()  # for another change
    assert 0 == step_two.session.checked.errors

    form.choose(Phrase.BEDS_SHARE, "*")
    form.amount.setValue(-5)
    qtbot.waitUntil(form.ok.isEnabled, timeout=PATIENCE_MS)
    assert 20 == form.cells.rowCount()
    form.ok.click()
    form.done.click()
    assert not form.isVisible()
    assert "-5 %" == step_two.lines("minder opvang")[-1][3]
    names = [view.changes.index(at, 2).data() for at in range(view.changes.rowCount())]
    assert ["Demo noodopvang Havenkwartier (L14)", "alle"] == names[-2:]

    step_two.words.choose(Language.EN)
    view.add_change()
    form.choose(Phrase.ARRIVALS, "*")
    form.begin.setCurrentIndex(form.begin.findText("Jan 2027"))
    said = "The arrivals of all streams change by +10 %, from Jan 2027."
    assert said == form.sentence.text()


def test_a_location_more_and_one_less_are_said_in_sentences(
    step_two: StepTwo, qtbot: QtBot
) -> None:
    view = step_two.scenarios
    act(view, "new", "meer")
    form = view.change_form
    form.choose(Phrase.ADDED, "L03")
    assert "N01" == form.value.text()
    form.amount.setValue(300)
    form.month.setCurrentIndex(form.month.findText("jan 2027"))
    assert "Locatie N01 komt erbij in jan 2027: zoals " in form.sentence.text()
    qtbot.waitUntil(form.ok.isEnabled, timeout=PATIENCE_MS)
    form.ok.click()

    assert "N02" == form.value.text()  # a second one would be another location
    form.value.setText("L03")
    qtbot.waitUntil(lambda: "staat al op Locaties" in form.ok.toolTip(), timeout=PATIENCE_MS)
    assert not form.ok.isEnabled()
    form.choose(Phrase.BEDS, "N01")  # it is there to say more of
    assert "N01, nieuw in dit scenario" == form.subject.currentText()
    form.amount.setValue(250)
    qtbot.waitUntil(form.ok.isEnabled, timeout=PATIENCE_MS)
    form.ok.click()
    form.choose(Phrase.DROPPED, "L20")
    assert -1 == form.subject.findData("N01")
    assert "vervalt: het scenario rekent zonder deze locatie." in form.sentence.text()
    assert not form.value.isVisible()
    qtbot.waitUntil(form.ok.isEnabled, timeout=PATIENCE_MS)
    form.ok.click()

    assert [
        ("N01", "zoals L03; 300 bedden; vanaf jan 2027"),
        ("N01", 250),
        ("L20", None),
    ] == [(each[1], each[3]) for each in step_two.lines("meer")[-3:]]
    assert ["nieuw", "Bedden", "vervalt"] == [view.changes.index(at, 3).data() for at in (1, 2, 3)]
    assert 0 == step_two.session.checked.errors


def test_a_change_that_cannot_be_made_says_why(step_two: StepTwo, qtbot: QtBot) -> None:
    view = step_two.scenarios
    view.show_scenario("slower_dol")
    view.buttons["add"].click()
    form = view.change_form
    form.choose(Phrase.PARAMETER, "occupancy_norm")
    form.value.setText("veel")
    qtbot.waitUntil(lambda: "Zo kan het niet" in texts_in_view(view), timeout=5000)

    assert not form.ok.isEnabled()
    assert "veel" in form.ok.toolTip()


def test_only_the_edits_that_are_chosen_go_to_a_scenario_that_there_is(
    step_two: StepTwo,
) -> None:
    view, session = step_two.scenarios, step_two.session
    first, second = (there(each) for each in list(step_two.frame("locations").index)[:2])
    session.edit("undo.cell", [SetCell("locations", first, "beds", 111)])
    session.edit("undo.cell", [SetCell("locations", second, "beds", 222)])
    before = len(step_two.lines("slower_dol"))
    view.buttons["take"].click()
    form = view.form
    assert 2 == form.edits.count()
    assert "160 wordt 111" in form.edits.item(0).text()
    form.edits.item(1).setCheckState(Qt.CheckState.Unchecked)
    form.into.setCurrentIndex(form.into.findData("slower_dol"))
    assert not form.name.isVisible()
    form.ok.click()

    assert before + 1 == len(step_two.lines("slower_dol"))
    assert [160, 222] == step_two.frame("locations").loc[[first, second], "beds"].tolist()
    assert "slower_dol" == view.chosen
    session.undo()
    assert [111, 222] == step_two.frame("locations").loc[[first, second], "beds"].tolist()


def test_a_faulty_scenario_is_marked_and_does_not_stop_the_others(step_two: StepTwo) -> None:
    view, session = step_two.scenarios, step_two.session
    row = making.of_scenario(session.sheet("scenarios"), "longer_contracts")[0].row
    session.edit("undo.cell", [SetCell("scenarios", row, "key", "L99")])

    view.show_scenario("longer_contracts")
    assert "L99" in view.changes.index(0, 6).data()
    assert 0 == session.checked.errors
    view.table.selectRow(0)
    view.buttons["cell"].click()
    assert [("scenarios", row, "key")] == step_two.cells
    view.buttons["choose"].click()
    assert 1 == session.checked.errors
    step_two.register.show()
    assert "De invoer heeft fouten" in texts_in_view(step_two.register)


def test_viewing_disables_everything_and_says_why(step_two: StepTwo) -> None:
    view, register = step_two.scenarios, step_two.register
    register.show()
    view.show_scenario("longer_contracts")
    register.show_rule("occupancy_norm")
    view.table.selectRow(0)
    view.buttons["copy"].click()
    step_two.session.viewing = True
    for each in (view, register):
        each.take(frozenset({Change.CELLS}))

    assert not view.form.isVisible()
    view.table.selectRow(0)
    enabled = {key for key, each in view.buttons.items() if each.isEnabled()}
    assert {"choose", "cell"} == enabled
    assert "U bekijkt alleen" in texts_in_view(view)
    panel = register.panel
    for control in (panel.switch, panel.value, panel.set_value, panel.back, panel.target.where):
        assert not control.isEnabled()
    assert "U bekijkt alleen" in texts_in_view(register)


def test_both_pages_change_language_and_have_accessible_names(step_two: StepTwo) -> None:
    rules, view = step_two.register, step_two.scenarios
    rules.show()
    view.show_scenario("slower_dol")
    rules.show_rule("occupancy_norm")
    step_two.words.choose(Language.EN)

    assert "Uses the forecast “middle”" in texts_in_view(view)
    assert "In the scenario" == view.changes.headerData(5, Qt.Orientation.Horizontal)
    assert "Switch the rule off in the scenario" in texts_in_view(rules)
    for each in (*rules.findChildren(QLineEdit), *rules.findChildren(QComboBox)):
        assert each.accessibleName(), each
    for widget in (rules.tree, rules.panel.table, rules.levels.list, view.table, view.list):
        assert widget.accessibleName(), widget


def test_what_was_edited_becomes_a_scenario_in_one_step_and_survives_saving(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    small.go_to(Step.RULES)
    small.pages.rules_page.show_view("scenarios")
    view, session = small.pages.scenarios, small.session
    qtbot.waitUntil(lambda: bool(view.list.count()), timeout=PATIENCE_MS)
    assert not view.buttons["take"].isEnabled()

    def beds() -> object:
        sheet = session.sheet("locations")
        assert sheet is not None
        return sheet.frame.loc[row, "beds"]

    row = 4
    before = beds()
    assert isinstance(before, int)
    session.edit("undo.cell", [SetCell("locations", row, "beds", before + 100)])
    session.edit("undo.cell", [SetCell("locations", row, "name", "Groter")])
    view.buttons["take"].click()
    qtbot.waitUntil(lambda: view.form.edits.count() == 2, timeout=PATIENCE_MS)
    assert any("Groter" in view.form.edits.item(at).text() for at in range(2))
    view.form.name.setText("groter 2027")
    view.form.ok.click()
    qtbot.waitUntil(lambda: view.chosen == "groter 2027", timeout=PATIENCE_MS)
    still(qtbot, small)

    assert {before + 100, "Groter"} == {each[3] for each in lines(session, "groter 2027")}
    assert "2 wijzigingen" in texts_in_view(view)
    assert before == beds()
    view.table.selectRow(0)
    view.buttons["cell"].click()
    assert "locations" == small.pages.data.table.key

    answers.save = tmp_path / "met scenario.xlsx"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.save_as()
    read = read_workbook(answers.save)
    key = str(read.tables["locations"].frame["id"][there(row)])
    case = api.check(read, "groter 2027").case
    assert case is not None
    assert before + 100 == case.locations[key].beds
    session.undo()
    assert before + 100 == beds()


def test_a_long_name_goes_on_below_and_its_line_is_higher(qtbot: QtBot) -> None:
    names = WrappedList()
    qtbot.addWidget(names)
    wide = names.fontMetrics().averageCharWidth()
    for text in ("laag", "overdrachten naar één land liggen zes maanden stil (1)"):
        names.addItem(QListWidgetItem(text))
    heights = []
    for characters in (120, 30):
        names.resize(wide * characters, 200)
        names.show()
        names.fit_lines()
        heights.append([names.item(at).sizeHint().height() for at in range(2)])
    (same, as_high), (low, high) = heights
    assert same == as_high == low < high
