"""Everything in view has a name and a role for assistive technology (EN 301 549, chapter 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from planner.texts import Language
from tests.pictures.views import VIEWS, wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.window import Window

PATIENCE_MS = 60_000
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}


def controls(top: QWidget) -> Iterator[QWidget]:
    """Yield every control in view that can take the keyboard or draws itself."""
    for each in top.findChildren(QWidget):
        reachable = each.focusPolicy() != Qt.FocusPolicy.NoFocus
        inner = isinstance(each, QScrollBar) or each.objectName().startswith("qt_")
        own = isinstance(each, CONTROLS) or each.metaObject().className().endswith("Panel")
        if each.isVisible() and reachable and own and not inner:
            yield each


def unnamed(top: QWidget) -> list[str]:
    """Return the controls in view that have no name, or no role, as assistive tools see them."""
    found = []
    for each in controls(top):
        told = QAccessible.queryAccessibleInterface(each)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        editable_list = isinstance(each.parentWidget(), QComboBox)
        if not name.strip() and not isinstance(each, QTabBar) and not editable_list:
            found.append(f"no name: {describe(each)}")
        if told is not None and told.role() in ROLES and isinstance(each, CONTROLS):
            found.append(f"no role: {describe(each)}")
    return found


def describe(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None:
        names.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names[:6])


@pytest.fixture
def planned(qtbot: QtBot, small: Window) -> Window:
    small.calculate()
    qtbot.waitUntil(lambda: bool(small.session.plans), timeout=PATIENCE_MS)
    return small


def test_every_control_of_every_view_has_a_name_and_a_role(planned: Window) -> None:
    found: list[str] = []
    for language in Language:
        planned.choose_language(language)
        for name, view in VIEWS.items():
            view.reach(planned)
            wait(lambda: True, 1.0)
            found += [f"{name} ({language}): {each}" for each in unnamed(planned)]
            view.leave(planned)
    assert [] == sorted(set(found))


def test_every_tab_and_menu_has_words(planned: Window) -> None:
    for bar in planned.findChildren(QTabBar):
        assert all(bar.tabText(at).strip() for at in range(bar.count()))
    for menu in planned._menus.values():
        assert menu.title().strip()
        assert all(each.text().strip() for each in menu.actions() if not each.isSeparator())


def test_a_cell_tells_its_value_and_its_finding(qtbot: QtBot, small: Window) -> None:
    small.go_to(1)
    model = small.tables.model
    at = next(at for at, each in enumerate(model.columns) if each.key == "beds")
    assert model.setData(model.index(2, at), "-5")
    qtbot.waitUntil(lambda: small.session.checked.errors == 1, timeout=PATIENCE_MS)
    grid = QAccessible.queryAccessibleInterface(small.tables.grid)
    assert QAccessible.Role.Table == grid.role()
    said = model.data(model.index(2, at), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "te laag" in said


def test_tab_comes_to_every_control_and_back_to_the_first(qtbot: QtBot, small: Window) -> None:
    small.go_to(1)
    small.activateWindow()
    first = small.tables._list
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
    assert small.tables._filter in met
    assert small.tables.grid.filter_line(0) in met
    assert small.tables.grid.filter_line(1) not in met  # reached from there with Alt+Right
    assert len(met) == len(set(met))
