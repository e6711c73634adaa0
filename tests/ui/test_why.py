"""Asking why and which cells, in the window with its real processes."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QTableView,
    QTreeWidgetItem,
)

from planner.core.texts import Language
from planner.input.edit_lines import edit_line_of
from planner.input.edits import SetCell
from planner.result.queries import AskRepairs, Behind, CellShown, Dependents, Figure
from planner.sheets.result_tables import RESULT_TABLES
from tests.ui.onscreen import (
    PATIENCE_MS,
    action,
    button,
    calculated,
    engine,
    lines_in,
    notices_in,
    only,
    pid_of,
    table_of,
    there,
    words_in,
)
from ui.jobs import Engine
from ui.reasons.explained_lines import ExplanationSection, Lines
from ui.results.model import ResultModel
from ui.results.table import ResultGrid
from ui.state import Step
from ui.views.explanation import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.views.explanation import ExplanationView
    from ui.window import Window


@pytest.fixture
def planned(qtbot: QtBot, small: Window) -> Window:
    """A window with the small demo planned, to be worked in."""
    calculated(qtbot, small)
    small.go_to(Step.RESULTS)
    return small


@pytest.fixture
def read(calculated_window: Window) -> Window:
    """A window with the small demo planned, to be read only."""
    calculated_window.go_to(Step.RESULTS)
    return calculated_window


def explanation(window: Window) -> ExplanationView:
    window.pages.results.show_view("explanation")
    return window.pages.results.explanation


def answered(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.pages.why.asking, timeout=PATIENCE_MS)


def lines(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    yield item
    for at in range(item.childCount()):
        yield from lines(there(item.child(at)))


def in_tree(window: Window) -> list[QTreeWidgetItem]:
    tree = window.pages.origin.tree
    return [
        each
        for at in range(tree.topLevelItemCount())
        if (top := tree.topLevelItem(at)) is not None
        for each in lines(top)
    ]


def choose_rule(table: QTableView, title: str) -> None:
    """Choose the first row of a table of shortfalls that is about a rule."""
    model = table.model()
    rows = range(model.rowCount())
    row = next(row for row in rows if title == str(model.index(row, 0).data()))
    table.setCurrentIndex(model.index(row, 0))


def cell_line(window: Window, column: str) -> QTreeWidgetItem:
    """The first line of the panel with a cell of this column."""
    for each in in_tree(window):
        shown = each.data(0, Qt.ItemDataRole.UserRole)
        if isinstance(shown, CellShown) and shown.column == column:
            return each
    raise LookupError(column)


def menu_of(window: Window, table: ResultGrid, index: QModelIndex) -> QMenu:
    """The menu that a click with the other button on a row gives."""
    table.setCurrentIndex(index)
    table.scrollTo(index)
    spot = table.visualRect(index).center()
    where = table.viewport().mapToGlobal(spot)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, where)
    QApplication.sendEvent(table.viewport(), event)
    return window.pages.results.findChildren(QMenu)[-1]


def test_from_a_shortfall_to_what_would_help_and_a_choice_the_other_way_round(
    qtbot: QtBot, planned: Window
) -> None:
    view = explanation(planned)
    edits = len(planned.session.state.edits)
    choose_rule(view.tables[ExplanationSection.SHORTFALL], "Schoolplaatsen")
    assert "Schoolplaatsen" in view.sentence.text()
    assert 0 == view.models[ExplanationSection.REPAIR].rowCount()
    view.help.click()
    assert planned.pages.why.asking
    stop = button(view, planned.words.say("why.stop"))
    assert stop.isVisible()
    stop.click()  # let go at once; the next question is answered all the same
    assert not planned.pages.why.asking
    assert not stop.isVisible()
    view.help.click()
    answered(qtbot, planned)
    assert ExplanationSection.REPAIR is view.section
    assert 1 <= view.models[ExplanationSection.REPAIR].rowCount()
    assert "schoolplaatsen meer" in view.sentence.text()
    assert edits == len(planned.session.state.edits)
    planned.choose_language(Language.EN)
    assert "school seats more" in view.sentence.text()
    count = view.models[ExplanationSection.REPAIR].rowCount()
    assert f"What would help ({count})" == view.sections.tabText(4)
    view.sections.setCurrentIndex(3)
    count = view.models[ExplanationSection.CHOICE].rowCount()
    choices = view.tables[ExplanationSection.CHOICE]
    for row in range(count):
        choices.selectRow(row)
        if "not been solved again yet" in view.sentence.text():
            break
    view.again.click()
    answered(qtbot, planned)
    assert "not been solved again yet" not in view.sentence.text()
    assert "solved again" in view.sentence.text()
    assert count == view.models[ExplanationSection.CHOICE].rowCount()


def test_a_shortfall_that_was_not_solved_leads_to_what_it_has_in_common_with_others(
    planned_window: Window,
) -> None:
    planned_window.go_to(Step.RESULTS)
    view = explanation(planned_window)
    table, model = view.tables[ExplanationSection.SHORTFALL], view.models
    lines = [(row, model[view.section].row(row)) for row in range(table.model().rowCount())]
    solved, unsolved = (
        [row for row, values in lines if ("not been solved" in values[-1].en) is left]  # type: ignore[attr-defined] # a Text
        for left in (False, True)
    )
    table.selectRow(solved[0])
    assert not view.common.isVisible()  # its own causes are told
    table.selectRow(unsolved[0])
    level = view.line["level"] if view.line is not None else None
    view.common.click()
    assert ExplanationSection.COMMON is view.section
    assert "Wat meer tekorten tegelijk veroorzaakt" in view.sentence.text()
    assert view.line is not None
    assert level == view.line["level"]
    assert not view.again.isVisible()
    count = model[ExplanationSection.COMMON].rowCount()
    assert f"Gedeelde oorzaken ({count})" == view.sections.tabText(1)
    about = {str(model[ExplanationSection.COMMON].index(at, 0).data()) for at in range(count)}
    assert {"alle groepen samen", "alleenstaande minderjarigen", "Groeisnelheid DOL"} <= about


def test_causes_that_shortfalls_share_are_read_whole_in_their_table(planned_window: Window) -> None:
    planned_window.go_to(Step.RESULTS)
    view = explanation(planned_window)
    sections = tuple(ExplanationSection)
    view.sections.setCurrentIndex(sections.index(ExplanationSection.COMMON))
    table = view.tables[ExplanationSection.COMMON]
    column = COLUMNS[ExplanationSection.COMMON].index("told")
    for row in range(table.model().rowCount()):
        cell = table.model().index(row, column)
        room = QRect(0, 0, table.columnWidth(column), 0)
        needed = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, cell.data())
        assert table.fontMetrics().height() < needed.height() <= table.rowHeight(row)


def test_a_decision_is_taken_or_not_and_no_part_of_one(planned_window: Window) -> None:
    planned_window.go_to(Step.RESULTS)
    view = explanation(planned_window)
    model = view.models[ExplanationSection.CHOICE]
    rows = [
        [str(model.index(row, column).data()) for column in range(4)]
        for row in range(model.rowCount())
    ]
    assert ["Openen", "Demo azc Rietbeemd (L20)", "ja", ""] in rows
    assert ["DOL inrichten", "Demo azc Noorderveen (L03)", "60", "plaatsen"] in rows


def test_what_would_help_is_made_a_scenario_with_one_click(qtbot: QtBot, planned: Window) -> None:
    view = explanation(planned)
    assert not view.scenario.isVisible()
    choose_rule(view.tables[ExplanationSection.SHORTFALL], "Schoolplaatsen")
    view.help.click()
    answered(qtbot, planned)
    assert ExplanationSection.REPAIR is view.section
    assert view.scenario.isVisible()
    line = view.line
    assert line is not None
    (written,) = str(line["edits"]).split("; ")
    edit = edit_line_of(written)
    assert ("locations", "school_seats") == (edit.table, edit.column)
    view.scenario.click()
    sheet = planned.session.sheet("scenarios")
    assert sheet is not None
    made = sheet.frame.iloc[-1]
    assert (edit.key, edit.value) == (made["key"], made["value"])
    said = planned.words.say("why.scenario_made", name=made["scenario"])
    assert said in notices_in(view)
    view.scenario.click()  # a second one gets a name of its own
    again = planned.session.sheet("scenarios")
    assert again is not None
    assert f"{made['scenario']} (2)" == again.frame.iloc[-1]["scenario"]


@pytest.mark.qt_log_ignore("does not support")  # the screenless platform, of any menu
def test_from_a_figure_to_its_cell_to_what_depends_on_it_and_back_and_why(
    qtbot: QtBot, planned: Window
) -> None:
    results, origin = planned.pages.results, planned.pages.origin
    results.show_view("shortfalls")
    table = table_of(results.shortfalls, results.shortfalls.where)
    choose_rule(table, "Schoolplaatsen")
    table.setFocus()
    planned.activateWindow()
    action(planned, "which_cells").trigger()
    answered(qtbot, planned)
    assert origin.isVisible()
    behind = origin.answer
    assert isinstance(behind, Behind)
    assert "shortfalls" == behind.figure.table
    origin.tree.setCurrentItem(cell_line(planned, "school_seats"))
    cell = there(origin.tree.currentItem()).data(0, Qt.ItemDataRole.UserRole)
    assert cell.place.startswith("Locaties!")
    origin.to_cell.click()
    grid, model = planned.tables.grid, planned.tables.model
    index = grid.currentIndex()
    chosen = (model.row_number(index.row()), model.columns[index.column()].key)
    assert (cell.row, "school_seats") == chosen
    assert str(cell.value) == str(model.raw(index))
    action(planned, "depends").trigger()
    answered(qtbot, planned)
    rest = origin.answer
    assert isinstance(rest, Dependents)
    assert cell.place == rest.cell.place
    assert "Schoolplaatsen" in {rule.title.nl for rule in rest.rules}
    assert any("12 rijen" in each.text(0) for each in in_tree(planned))
    origin.back.click()
    assert origin.answer is behind
    # And why: by the menu of a row, to its line or to the tightest rule.
    view = planned.pages.results.explanation
    planned.go_to(Step.RESULTS)
    results.show_view("shortfalls")
    shown = table.model()
    at = next(row for row in range(shown.rowCount()) if "L10" in str(shown.index(row, 1).data()))
    menu = menu_of(planned, table, shown.index(at, 0))
    texts = [each.text() for each in menu.actions()]
    assert ["Waarom dit cijfer?", "Welke cellen liggen hieronder?"] == texts[:2]
    menu.actions()[0].trigger()
    menu.close()
    assert view.isVisible()
    assert "L10" in view.sentence.text()
    place = planned.session.plans[0].plan.tables["placement"].iloc[0]
    origin.ask_cells(Figure("placement", "", place.location, place.group, place.kind, place.month))
    answered(qtbot, planned)
    tight = origin.answer
    assert isinstance(tight, Behind)
    rooms = [rule.rows[0].room for rule in tight.rules]
    assert rooms[0] == min(rooms)
    assert "Het krapst is" in words_in(planned.pages.origin)


def test_answers_say_that_the_input_has_changed_or_that_the_plan_is_no_longer_at_hand(
    qtbot: QtBot, planned: Window
) -> None:
    view, origin = explanation(planned), planned.pages.origin
    planned.session.edit("undo.cell", [SetCell("locations", 5, "beds", 777)])
    qtbot.waitUntil(lambda: bool(notices_in(view)), timeout=PATIENCE_MS)
    assert "gewijzigd" in notices_in(view)
    planned.view_only()
    view.cells.click()
    answered(qtbot, planned)
    assert isinstance(origin.answer, Behind)
    assert "gewijzigd" in words_in(origin)
    shown = [each.text() for each in origin.findChildren(QLabel)]
    planned.choose_language(Language.EN)
    assert "Origin" == origin.windowTitle()
    assert shown != [each.text() for each in origin.findChildren(QLabel)]
    os.kill(pid_of(engine(planned.jobs, Engine.SOLVER)), signal.SIGKILL)
    with qtbot.waitSignal(planned.pages.why.told, timeout=PATIENCE_MS):
        planned.pages.why.ask(AskRepairs(Figure("shortfalls")), lambda _: None)
    planned.pages.why.ask(AskRepairs(Figure("shortfalls")), lambda _: None)
    answered(qtbot, planned)
    assert "Calculate the plan again" in notices_in(view)


def test_a_figure_of_the_overview_is_followed_to_a_row_and_its_cells(
    qtbot: QtBot, read: Window
) -> None:
    overview, origin = read.pages.results.overview, read.pages.origin
    read.pages.results.show_view("overview")
    buttons = [each for each in overview.findChildren(QPushButton) if "opgeteld" in each.text()]
    assert 6 == len(buttons)
    buttons[-1].click()
    answered(qtbot, read)
    assert isinstance(origin.answer, Behind)
    assert origin.answer.added is not None
    assert "Onder kosten" in lines_in(origin)
    cost = read.session.plans[0].plan.measures["cost"].value
    assert f"Opgeteld tot € {cost:,.0f}".replace(",", ".") in in_tree(read)[0].text(0)
    for _ in range(8):
        behind = origin.answer
        assert isinstance(behind, Behind)
        if behind.added is None:
            break
        origin.tree.itemActivated.emit(in_tree(read)[1], 0)
        answered(qtbot, read)
    assert any(
        isinstance(each.data(0, Qt.ItemDataRole.UserRole), CellShown) for each in in_tree(read)
    )
    origin.back.click()
    assert isinstance(origin.answer, Behind)
    assert origin.answer.added is not None


@pytest.mark.parametrize("sheet", ["summary", "levels", "measures", "checks", "reporting"])
def test_a_row_of_every_sheet_of_sums_and_checks_says_what_it_comes_from(
    qtbot: QtBot, read: Window, sheet: str
) -> None:
    sheets, origin = read.pages.results.sheets, read.pages.origin
    read.pages.results.show_view("sheets")
    only(sheets, QListWidget).setCurrentRow(list(RESULT_TABLES).index(sheet))
    (model,) = (each.model() for each in sheets.findChildren(QTableView) if each.isVisible())
    assert isinstance(model, ResultModel)
    figure = read.pages.why.figure(model, model.rowCount() - 1)
    if sheet == "measures":  # the last is what people without a place would cost: there are none
        figure = read.pages.why.figure(model, model.rowCount() - 2)
    if sheet == "checks":
        figure = read.pages.why.figure(model, 0)
    assert figure is not None
    origin.ask_cells(figure)
    answered(qtbot, read)
    assert isinstance(origin.answer, Behind)
    assert origin.answer.added is not None
    assert "Opgeteld" in in_tree(read)[0].text(0)


def test_each_row_of_a_rule_is_answered_about_its_own_place(read: Window) -> None:
    """Rows of one rule at several locations: the answer names the location of the row asked."""
    results = read.pages.results
    results.show_view("shortfalls")
    shortfalls = results.shortfalls
    shortfalls.show_rule("emergency_places")
    asked: dict[str, str] = {}
    rows = range(shortfalls.where.rowCount())
    figures = [read.pages.why.figure(shortfalls.where, at) for at in rows]
    for figure in figures:
        assert figure is not None
        assert results.show_why(figure), figure
        asked[figure.location] = results.explanation.sentence.text()

    assert len(asked) >= 3, asked
    for code, said in asked.items():
        assert f"{code} (" in said or f"({code})" in said, (code, said)
    # Another place, another answer.
    assert len(asked) == len(set(asked.values()))


def test_a_decision_that_is_not_told_is_not_answered_by_a_limit_at_the_same_place() -> None:
    told = {"location": "L20", "rule_title": None, "subject": None, "province": None}
    table = pd.DataFrame(
        [
            {**told, "section": "limit", "sort": "beds", "sentence": "bedden van L20"},
            {**told, "section": "choice", "sort": "extend", "sentence": "L20 wordt verlengd"},
        ]
    )
    lines = Lines.of(table)
    assert lines.about(Figure("decisions", location="L20", decision="open")) is None
    extended = lines.about(Figure("decisions", location="L20", decision="extend"))
    assert extended is not None
    assert "L20 wordt verlengd" == extended["sentence"]
    limit = lines.about(Figure("places", location="L20"))
    assert limit is not None
    assert "bedden van L20" == limit["sentence"]
