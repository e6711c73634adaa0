"""The keyboard comes everywhere and what is seen is heard (EN 301 549, chapter 11).

That every control of every view has a name and a role stands in `every/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QTabBar, QWidget

from tests.ui.onscreen import PATIENCE_MS, menus, only
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def describe(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None:
        names.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names[:6])


def test_every_tab_and_menu_has_words(planned_window: Window) -> None:
    for bar in planned_window.findChildren(QTabBar):
        assert all(bar.tabText(at).strip() for at in range(bar.count()))
    for menu in menus(planned_window):
        assert menu.title().strip()
        assert all(each.text().strip() for each in menu.actions() if not each.isSeparator())


def test_a_cell_tells_its_value_and_its_finding(qtbot: QtBot, small: Window) -> None:
    small.go_to(Step.DATA)
    model = small.tables.model
    at = next(at for at, each in enumerate(model.columns) if each.key == "beds")
    assert model.setData(model.index(2, at), "-5")
    qtbot.waitUntil(lambda: small.session.checked.errors == 1, timeout=PATIENCE_MS)
    grid = QAccessible.queryAccessibleInterface(small.tables.grid)
    assert QAccessible.Role.Table == grid.role()
    said = model.data(model.index(2, at), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "te laag" in str(said)


def filter_line(window: Window) -> QLineEdit:
    """Return the line that filters the rows of the table in view."""
    said = window.words.say("tables.filter")
    (found,) = (
        each for each in window.tables.findChildren(QLineEdit) if each.placeholderText() == said
    )
    return found


def test_tab_comes_to_every_control_and_back_to_the_first(qtbot: QtBot, small: Window) -> None:
    small.go_to(Step.DATA)
    small.activateWindow()
    first = only(small.tables, QListWidget)
    first.setFocus()
    met: list[QWidget] = []
    for _ in range(80):
        qtbot.keyClick(QApplication.focusWidget() or small, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is first or at is None:
            break
        met.append(at)
    assert first is QApplication.focusWidget(), [
        describe(w) + ":" + w.accessibleName() for w in met
    ]
    assert small.tables.grid in met
    assert filter_line(small) in met
    assert small.tables.grid.filter_line(0) in met
    assert small.tables.grid.filter_line(1) not in met  # reached from there with Alt+Right
    assert len(met) == len(set(met))
