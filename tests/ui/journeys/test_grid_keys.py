"""The keys of the grid, where they select, and where the window puts the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSplitter, QTableView

from tests.ui.onscreen import context_of, only
from ui.dialogs import Asking
from ui.pages import DATA_TABLES
from ui.settings import Settings
from ui.tables.editors import DayEdit
from ui.tables.find_bar import FindBar
from ui.tables.findings_panel import FindingsPanel
from ui.tables.frame_model import LETTERS
from ui.tables.grid_keys import leap
from ui.views.tables import TablesView

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.session import Session
    from ui.theme import Theme
    from ui.window import Window
    from ui.words import Words

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("cells", "begin", "end"),
    [
        ("xxx.x", 0, 2),  # to the last of a filled stretch
        ("xxx.x", 2, 4),  # over what is empty to the next
        ("x....", 0, 4),  # to the end, where nothing is filled any more
        (".x.xx", 0, 1),  # from an empty cell to the first filled one
        ("xx", 1, 1),  # nowhere from the edge
    ],
)
def test_a_leap_ends_where_a_spreadsheet_ends_it(cells: str, begin: int, end: int) -> None:
    ahead = range(begin + 1, len(cells))
    assert end == leap(ahead, begin, lambda at: cells[at] == "x")


def test_the_calendar_of_a_cell_opens_without_editing_it_first(
    qtbot: QtBot, tables: TablesView
) -> None:
    grid, model = tables.grid, tables.model
    column = next(at for at, each in enumerate(model.columns) if each.key == "open_until")
    grid.setCurrentIndex(model.index(15, column))
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    line = only(grid, DayEdit)
    assert line.picking
    assert 15 == grid.currentIndex().row()


def test_keys_with_ctrl_select_where_they_lead(qtbot: QtBot, tables: TablesView) -> None:
    grid, model = tables.grid, tables.model
    grid.setCurrentIndex(model.index(2, 1))
    last = (model.rowCount() - 1, len(model.columns) - 1)
    qtbot.keyClick(grid, Qt.Key.Key_End, CTRL)
    assert [last] == grid.selected()
    qtbot.keyClick(grid, Qt.Key.Key_Home, CTRL)
    assert [(0, 0)] == grid.selected()
    qtbot.keyClick(grid, Qt.Key.Key_Down, CTRL)
    assert [(last[0], 0)] == grid.selected()
    qtbot.keyClick(grid, Qt.Key.Key_Up, CTRL | SHIFT)
    assert [(row, 0) for row in range(last[0] + 1)] == grid.selected()


def test_a_leap_passes_over_hidden_columns(qtbot: QtBot, tables: TablesView) -> None:
    grid = tables.grid
    grid.setCurrentIndex(tables.model.index(0, 0))
    grid.hide_columns({1})
    qtbot.keyClick(grid, Qt.Key.Key_Right, CTRL)
    assert not grid.isColumnHidden(grid.currentIndex().column())
    assert grid.currentIndex().column() > 1


def test_the_current_cell_has_a_frame(tables: TablesView) -> None:
    grid = tables.grid
    for column in (0, 1):
        index = tables.model.index(3, column)
        grid.setCurrentIndex(index)
        view = grid._frozen if column == 0 else grid  # noqa: SLF001 - the part that stays in view is drawn apart
        drawn = view.viewport().grab().toImage()
        corner = view.visualRect(index).topLeft() + QPoint(1, 1)
        assert grid.palette().link().color() == drawn.pixelColor(corner * drawn.devicePixelRatio())


def test_the_keyboard_goes_to_what_was_found(qtbot: QtBot, tables: TablesView) -> None:
    tables.activateWindow()
    tables.search()
    qtbot.keyClicks(only(tables, FindBar).line, "azc")
    qtbot.keyClick(only(tables, FindBar).line, Qt.Key.Key_Return)
    place = tables.grid.currentIndex()
    qtbot.keyClick(only(tables, FindBar).line, Qt.Key.Key_Escape)
    assert tables.grid is tables.window().focusWidget()
    assert place == tables.grid.currentIndex()


def test_an_opened_book_has_the_keyboard_in_its_table(small: Window) -> None:
    assert small.tables.grid is small.focusWidget()


def test_the_calendar_stays_on_the_screen(tables: TablesView) -> None:
    keys = [each.key for each in tables.model.columns]
    column = keys.index("open_from")
    screen = tables.screen().availableGeometry()
    tables.move(screen.right() - 200, screen.bottom() - 100)
    tables.grid.go_to(tables.model.index(0, column))
    tables.grid.edit(tables.model.index(0, column))
    editor = tables.grid.findChild(DayEdit)
    assert editor is not None
    picker = editor.pick()
    assert screen.contains(picker.frameGeometry())
    picker.close()


def test_how_a_page_is_divided_is_kept(
    qtbot: QtBot, session: Session, words: Words, theme: Theme, tables: TablesView
) -> None:
    halves = only(tables, FindingsPanel).parentWidget()
    assert isinstance(halves, QSplitter)
    halves.moveSplitter(300, 1)
    assert Settings(QSettings()).share("tables/locations")
    again = TablesView(DATA_TABLES, context_of(session, words, theme))
    qtbot.addWidget(again)
    again.resize(tables.size())
    again.show()
    qtbot.waitExposed(again)
    assert only(tables, FindingsPanel).height() == pytest.approx(
        only(again, FindingsPanel).height(), abs=3
    )


def test_locations_are_whole_unless_chosen_otherwise(tmp_path: Path) -> None:
    stored = QSettings(str(tmp_path / "first.ini"), QSettings.Format.IniFormat)
    assert Settings(stored).whole


def test_how_to_calculate_is_remembered(small: Window) -> None:
    small.pages.options.whole.setChecked(True)
    small.pages.options.limit.setValue(7)
    small.pages.options.at_once.setChecked(True)
    kept = Settings(QSettings())
    assert (True, 7, True) == (kept.whole, kept.minutes, kept.at_once)
    small.pages.options.whole.setChecked(False)
    small.pages.options.recall(kept)
    assert not kept.whole


def test_a_file_dialog_is_dutch_and_begins_at_the_file(
    qapp: object, tmp_path: Path, words: Words
) -> None:
    del qapp
    dialog = Asking(words).file_dialog("Opslaan", tmp_path / "plan.xlsx", "Werkmap (*.xlsx)")
    labels = QFileDialog.DialogLabel
    assert "&Zoeken in:" == dialog.labelText(labels.LookIn)
    assert "Bestanden van &type:" == dialog.labelText(labels.FileType)
    assert str(tmp_path / "plan.xlsx") == dialog.selectedFiles()[0]
    dialog.deleteLater()


def test_the_nearest_row_is_current_when_the_last_ones_go(tables: TablesView) -> None:
    last = tables.model.rowCount() - 1
    tables.grid.setCurrentIndex(tables.model.index(last, 1))
    tables.drop_rows()
    assert (last - 1, 1) == (tables.grid.currentIndex().row(), tables.grid.currentIndex().column())


def test_enter_goes_down_after_an_edit_and_without_one(qtbot: QtBot, tables: TablesView) -> None:
    grid, model = tables.grid, tables.model
    column = [each.key for each in model.columns].index("beds")
    grid.setCurrentIndex(model.index(0, column))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = grid.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "123")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.currentIndex().row() == 1)
    assert 123 == model.cell(0, column)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert [(2, column)] == grid.selected()
    qtbot.keyClick(grid, Qt.Key.Key_Return, SHIFT)
    assert [(1, column)] == grid.selected()


def test_titles_carry_the_letters_of_the_users_own_sheet(
    tables: TablesView, session: Session
) -> None:
    at = [each.key for each in tables.model.columns].index("beds")
    letters = tables.model.headerData(at, Qt.Orientation.Horizontal, LETTERS)
    sheet = session.sheet("locations")
    assert sheet is not None
    assert sheet.address(2, "beds") == f"{letters}2"


def test_code_and_name_stay_in_view(qtbot: QtBot, tables: TablesView) -> None:
    grid = tables.grid
    tables.resize(700, 500)
    frozen = grid.findChild(QTableView)
    assert frozen is not None
    bar = grid.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert frozen.columnWidth(0) + frozen.columnWidth(1) == frozen.width()
    assert frozen.columnWidth(1) == grid.columnWidth(1)


def test_the_handle_fills_what_it_is_dragged_over(qtbot: QtBot, tables: TablesView) -> None:
    grid, model = tables.grid, tables.model
    column = [each.key for each in model.columns].index("beds")
    grid.go_to(model.index(0, column))
    grid.select_block(range(1), range(column, column + 1))
    start = grid.visualRect(model.index(0, column)).bottomRight()
    end = grid.visualRect(model.index(2, column)).center()
    kept = model.cell(0, column)
    view = grid.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert [kept, kept, kept] == [model.cell(row, column) for row in range(3)]
    assert [(0, column), (1, column), (2, column)] == grid.selected()


def test_a_text_is_replaced_everywhere_as_one_step(
    qtbot: QtBot, tables: TablesView, session: Session
) -> None:
    model = tables.model
    column = [each.key for each in model.columns].index("name")
    before = [model.cell(row, column) for row in range(model.rowCount())]
    letters = str(before[0])[:3]
    tables.replace()
    (bar,) = tables.findChildren(FindBar)
    qtbot.keyClicks(bar.line, letters)
    qtbot.keyClicks(bar.instead, "Ander")
    qtbot.mouseClick(bar.replace_all, Qt.MouseButton.LeftButton)
    assert str(model.cell(0, column)).startswith("Ander")
    assert bar.said.text()
    session.undo()
    assert before == [model.cell(row, column) for row in range(model.rowCount())]


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_the_current_cell_is_never_below_the_columns_that_stay_in_view(
    qtbot: QtBot, tables: TablesView, key: Qt.Key
) -> None:
    grid = tables.grid
    tables.resize(760, 500)
    last = grid.model().columnCount() - 1
    grid.go_to(grid.model().index(3, last if key is Qt.Key.Key_Left else 0))
    held = grid.columnWidth(0) + grid.columnWidth(1)
    for _ in range(last - 2):
        qtbot.keyClick(grid, key)
        column = grid.currentIndex().column()
        if column > 1:
            assert held <= grid.columnViewportPosition(column)
    grid.go_to(grid.model().index(5, 9))
    assert held <= grid.columnViewportPosition(9) < grid.viewport().width()
