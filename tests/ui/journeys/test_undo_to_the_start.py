"""Edit, undo and redo to the start: with real keys and cells, and by chance fifty at a time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.pages import DATA_TABLES
from ui.session import Session
from ui.views.tables import TablesView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


EDITS = 50


def book(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return every cell of every table, with its row number; types count too."""
    sheets = (session.sheet(key) for key in DATA_TABLES)
    return {
        sheet.table.key: [
            (row, *((name, type(cell), cell) for name, cell in zip(sheet.frame.columns, cells)))  # noqa: B905 - of one frame
            for row, *cells in sheet.frame.itertuples()
        ]
        for sheet in sheets
        if sheet is not None
    }


def choose(tables: TablesView, rows: range, columns: range) -> None:
    model, flag = tables.model, QItemSelectionModel.SelectionFlag.ClearAndSelect
    first, last = model.index(rows[0], columns[0]), model.index(rows[-1], columns[-1])
    tables.grid.setCurrentIndex(first)
    tables.grid.selectionModel().select(QItemSelection(first, last), flag)


def paste(tables: TablesView, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    tables.paste()


def test_what_is_typed_pasted_and_dropped_is_undone_and_redone_step_by_step(
    qtbot: QtBot, session: Session, tables: TablesView
) -> None:
    states = [book(session)]
    beds = [each.key for each in tables.model.columns].index("beds")

    def typed() -> None:
        index = tables.model.index(3, beds)
        tables.grid.setFocus()
        tables.grid.setCurrentIndex(index)
        tables.grid.edit(index)
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        line.clear()
        qtbot.keyClicks(line, "1.250")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: tables.model.cell(3, beds) == 1250, timeout=20_000)

    def narrowed() -> None:
        tables.model.narrow(beds, ">300")
        choose(tables, range(2), range(beds, beds + 1))
        paste(tables, "301\n302\n")
        tables.model.widen()

    def at(rows: range, columns: range, act: Callable[[], object]) -> Callable[[], None]:
        def chosen() -> None:
            choose(tables, rows, columns)
            act()

        return chosen

    steps = (
        typed,
        at(range(4, 6), range(beds, beds + 1), lambda: paste(tables, "7\n8\n9\n")),
        narrowed,
        at(range(2, 9), range(3, 6), tables.fill_down),
        at(range(2, 9), range(3, 6), tables.clear),
        at(range(5, 8), range(1), tables.add_row),
        at(range(3), range(1), tables.drop_rows),
    )
    for number, step in enumerate(steps, 1):
        step()
        states.append(book(session))
        assert states[-2] != states[-1], number
    for before in reversed(states[:-1]):
        session.undo()
        assert before == book(session)
    assert not session.undo_name()
    assert session.undo_name(forward=True)
    for after in states[1:]:
        session.redo()
        assert after == book(session)


@pytest.mark.parametrize("seed", range(4))
def test_fifty_mixed_edits_are_undone_to_the_very_book_and_redone(
    session: Session, tables: TablesView, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    start, steps = book(session), 0
    while steps < EDITS:
        before = session.undo_name(), len(session.state.edits)
        _anything(tables, chance)
        steps += (session.undo_name(), len(session.state.edits)) != before
    end = book(session)
    for _ in range(steps):
        session.undo()
    assert not session.undo_name()
    assert start == book(session)
    for _ in range(steps):
        session.redo()
    assert end == book(session)
    shown = [tables.model.row_number(row) for row in range(tables.model.rowCount())]
    assert len(set(shown)) == len(shown)


def _anything(tables: TablesView, chance: Random) -> None:
    """Do one thing that a user may do: to any table, sorted and narrowed anyhow."""
    key = chance.choice(["locations", "occupancy", "provinces", "forecast"])
    tables.go_to_cell(key, None, "")
    model = tables.model
    if chance.random() < 0.2:
        model.sort(chance.randrange(-1, len(model.columns)), chance.choice(list(Qt.SortOrder)))
    if chance.random() < 0.2:
        model.narrow(chance.randrange(len(model.columns)), chance.choice(["a", ">3", "=", "<>"]))
    if not model.rowCount():
        model.widen()
    if not model.rowCount():
        tables.add_row()
        return
    top = chance.randrange(model.rowCount())
    left = chance.randrange(len(model.columns))
    rows = range(top, min(top + chance.randint(1, 6), model.rowCount()))
    columns = range(left, min(left + chance.randint(1, 4), len(model.columns)))
    choose(tables, rows, columns)
    words = ["007", "1.200", "1,5", "31-12-2026", "", "ja", "L03", "x"]
    text = "\n".join(
        "\t".join(chance.choice(words) for _ in range(chance.randint(1, 5)))
        for _ in range(chance.randint(1, 9))
    )
    acts = [
        lambda: model.setData(model.index(top, left), chance.choice(words)),
        lambda: paste(tables, text),
        tables.fill_down,
        tables.clear,
        tables.add_row,
        tables.drop_rows,
    ]
    chance.choice(acts)()


def test_a_long_paste_lets_other_events_in_and_is_whole_for_whoever_asks(
    qtbot: QtBot, session: Session, tables: TablesView
) -> None:
    start = book(session)
    lines = "".join(f"N{at:04}\tNieuw {at}\tDorp\tUtrecht\n" for at in range(2000))
    tables.grid.setCurrentIndex(tables.model.index(0, 0))
    before = tables.model.total
    paste(tables, lines)
    assert before == tables.model.total  # nothing yet
    qtbot.waitUntil(lambda: tables.model.total == 2000, timeout=20_000)
    assert "undo.paste" == session.undo_name()
    session.undo()
    assert 2000 == tables.model.total  # not yet
    assert start == book(session)  # whoever asks finds it done
    session.redo()
    qtbot.waitUntil(lambda: tables.model.total == 2000, timeout=20_000)
    session.undo()
    paste(tables, lines)
    assert before == tables.model.total  # what was under way was finished before it was made
    session.undo()  # at once: the paste is finished first, then taken back
    assert start == book(session)
    assert not session.undo_name()
    assert "undo.paste" == session.undo_name(forward=True)
