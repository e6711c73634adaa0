"""The tables as a spreadsheet: every way of changing, undone to the start and done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox

from planner.core.texts import Language
from tests.ui.onscreen import only, there, words_in
from ui.session import Session
from ui.settings import Settings
from ui.tables.editors import DayEdit, DayPicker, MonthPicker
from ui.tables.find_bar import FindBar
from ui.views.tables import TablesView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.words import Words


def at(tables: TablesView, key: str) -> int:
    return [each.key for each in tables.model.columns].index(key)


def select(tables: TablesView, rows: range, column: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    tables.grid.setCurrentIndex(tables.model.index(rows[0], column))
    for row in rows:
        tables.grid.selectionModel().select(tables.model.index(row, column), flags.Select)


def contents(tables: TablesView) -> list[list[Any]]:
    model = tables.model
    columns = range(len(model.columns))
    return [[model.cell(row, column) for column in columns] for row in range(model.rowCount())]


def test_every_change_is_one_step_undone_to_the_start_and_done_again(
    session: Session, tables: TablesView
) -> None:
    states = [contents(tables)]
    name, beds = at(tables, "name"), at(tables, "beds")

    def paste() -> None:
        QGuiApplication.clipboard().setText("A\nB\nC")
        tables.paste()

    changes: tuple[Callable[[], object], ...] = (
        lambda: tables.model.setData(tables.model.index(0, name), "Anders"),
        paste,
        tables.clear,
        tables.fill_down,
        tables.add_row,
        tables.drop_rows,
    )
    for at_step, change in enumerate(changes):
        select(tables, range(1 + at_step, 4 + at_step), beds if at_step == 3 else name)
        change()
        assert states[-1] != contents(tables), at_step
        states.append(contents(tables))
    for before in reversed(states[:-1]):
        session.undo()
        assert before == contents(tables)
    assert not session.undo_name()
    for after in states[1:]:
        session.redo()
        assert after == contents(tables)


def test_a_row_is_put_below_the_selected_one_and_the_place_is_kept(tables: TablesView) -> None:
    select(tables, range(4, 6), 1)
    below = tables.model.row_number(5)
    last = tables.model.next_row
    tables.add_row()
    numbers = [tables.model.row_number(row) for row in range(tables.model.rowCount())]
    place = numbers.index(below)
    assert [below, last, last + 1] == numbers[place : place + 3]
    assert (place + 1, 0) == (tables.grid.currentIndex().row(), tables.grid.currentIndex().column())


def test_finding_goes_round_forward_and_back(qtbot: QtBot, tables: TablesView) -> None:
    tables.search()
    qtbot.keyClicks(only(tables, FindBar).line, "azc")
    places = []
    for _ in range(3):
        qtbot.keyClick(only(tables, FindBar).line, Qt.Key.Key_Return)
        index = tables.grid.currentIndex()
        places.append((index.row(), index.column()))
        assert "azc" in str(index.data()).casefold()
    assert sorted(set(places)) == places
    tables.find_next(forward=False)
    assert places[1] == (tables.grid.currentIndex().row(), tables.grid.currentIndex().column())
    only(tables, FindBar).line.setText("xyzzy")
    tables.find_next()
    assert "xyzzy" in only(tables, FindBar).said.text()
    assert places[1] == (tables.grid.currentIndex().row(), tables.grid.currentIndex().column())


def test_the_filter_row_narrows_and_is_emptied(qtbot: QtBot, tables: TablesView) -> None:
    line = tables.grid.filter_line(at(tables, "beds"))
    assert line is not None
    qtbot.keyClicks(line, ">400")
    beds = [row[at(tables, "beds")] for row in contents(tables)]
    assert 0 < len(beds) < tables.model.total
    assert all(each > 400 for each in beds)
    first = tables.grid.filter_line(0)
    assert first is not None
    qtbot.keyClick(first, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert tables.grid.filter_line(1) is QApplication.focusWidget()
    tables.toggle_filters()
    assert tables.model.total == tables.model.rowCount()
    assert tables.grid.filter_line(0) is None
    assert not Settings(QSettings()).filters


def test_selected_numbers_are_summed_counted_and_averaged(tables: TablesView, words: Words) -> None:
    beds = at(tables, "beds")
    select(tables, range(4), beds)
    values = [row[beds] for row in contents(tables)[:4]]
    said = words_in(tables)
    for figure in (sum(values), sum(values) / 4):
        assert words.number(figure, None) in said


def test_widths_and_hidden_columns_are_kept(qtbot: QtBot, words: Words, tables: TablesView) -> None:
    tables.grid.setColumnWidth(2, 77)
    tables.grid.hide_columns({3})
    qtbot.waitUntil(lambda: Settings(QSettings()).columns("locations") != {}, timeout=20_000)
    kept = Settings(QSettings()).columns("locations")
    assert (77, 0) == (kept["municipality"], kept["province"])
    words.choose(Language.EN)
    assert 77 == tables.grid.columnWidth(2)
    assert tables.grid.isColumnHidden(3)
    tables.go_to_cell("locations", tables.model.row_number(0), "province")
    assert not tables.grid.isColumnHidden(3)


def open_editor(tables: TablesView, row: int, column: int) -> object:
    index = tables.model.index(row, column)
    tables.grid.setFocus()
    tables.grid.setCurrentIndex(index)
    tables.grid.edit(index)
    return QApplication.focusWidget()


def test_a_listed_value_has_a_list(tables: TablesView) -> None:
    editor = open_editor(tables, 0, at(tables, "type"))
    assert isinstance(editor, QComboBox)
    assert editor.findText("asielzoekerscentrum") > 0
    assert "Type" == editor.accessibleName()


def test_a_day_is_picked_or_typed(qtbot: QtBot, tables: TablesView) -> None:
    column = at(tables, "open_until")
    editor = open_editor(tables, 2, column)
    assert isinstance(editor, DayEdit)
    editor.setText("3 mrt 2027")
    picker = editor.pick()
    assert isinstance(picker, DayPicker)
    assert (2027, 3, 3) == picker.calendar.selectedDate().getDate()
    picker.calendar.activated.emit(picker.calendar.selectedDate().addDays(1))
    assert "04-03-2027" == editor.text()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tables.model.cell(2, column) == dt.date(2027, 3, 4), timeout=20_000)


@pytest.mark.parametrize("typed", ["2027-03", "mrt 2027", "1-3-2027"])
def test_a_month_is_picked_or_typed(
    qtbot: QtBot, session: Session, tables: TablesView, typed: str
) -> None:
    first = int(there(session.sheet("inflow")).frame.index[0])
    tables.go_to_cell("inflow", first, "month")
    column = at(tables, "month")
    editor = open_editor(tables, 0, column)
    assert isinstance(editor, DayEdit)
    editor.setText(typed)
    picker = editor.pick()
    assert isinstance(picker, MonthPicker)
    assert 2027 == picker.year.value()
    picker.months[3].click()
    assert "01-04-2027" == editor.text()
    editor.setText(typed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tables.model.cell(0, column) == dt.date(2027, 3, 1), timeout=20_000)


def test_a_click_on_the_frozen_title_sorts_both_ways_and_back(
    qtbot: QtBot, tables: TablesView
) -> None:
    before = contents(tables)
    header = tables.grid._frozen_header  # noqa: SLF001 - the header that stays in view
    place = QPoint(header.sectionViewportPosition(0) + 12, 8)
    shown = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        shown.append([row[0] for row in contents(tables)])
    assert sorted(shown[0]) == shown[0]
    assert sorted(shown[0], reverse=True) == shown[1]
    assert before == contents(tables)


def test_the_menu_of_a_cell_opens_and_sorts_and_filters(
    session: Session, tables: TablesView
) -> None:
    column = [each.key for each in tables.model.columns].index("beds")
    tables.grid.setCurrentIndex(tables.model.index(2, column))
    beds = tables.model.cell(2, column)
    menu = {each.text(): each for each in tables.menu.make().actions()}
    menu["Aflopend sorteren"].trigger()
    shown = [tables.model.cell(row, column) for row in range(tables.model.rowCount())]
    assert sorted(shown, reverse=True) == shown
    at = [tables.model.cell(row, column) for row in range(tables.model.rowCount())].index(beds)
    tables.grid.setCurrentIndex(tables.model.index(at, column))
    menu = {each.text(): each for each in tables.menu.make().actions()}
    menu["Alleen rijen met deze waarde"].trigger()
    shown = [tables.model.cell(row, column) for row in range(tables.model.rowCount())]
    assert {beds} == set(shown)
    menu["Gekozen kolommen verbergen"].trigger()
    assert tables.grid.isColumnHidden(column)
    menu["Alle kolommen tonen"].trigger()
    assert not tables.grid.isColumnHidden(column)
    session.viewing = True
    made = {each.text(): each for each in tables.menu.make().actions()}
    assert not made["Plakken"].isEnabled()
    assert made["Kopiëren"].isEnabled()
    asked: list[QPoint] = []
    tables.grid.menu_asked.disconnect()
    tables.grid.menu_asked.connect(asked.append)
    tables.grid.customContextMenuRequested.emit(QPoint(3, 3))
    assert 1 == len(asked)
