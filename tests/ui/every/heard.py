"""What assistive technology is not told: the accessible tree of a window, walked whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 40
CELLS = 120  # children of one table that are looked at
CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
    QPlainTextEdit, QTextEdit,
)  # fmt: skip
NAMELESS = {QAccessible.Role.NoRole, QAccessible.Role.Client}
# What stands in a table or list is its own name; an empty cell has none.
OF_TABLES = {
    QAccessible.Role.Cell, QAccessible.Role.RowHeader, QAccessible.Role.ColumnHeader,
    QAccessible.Role.ListItem, QAccessible.Role.TreeItem,
}  # fmt: skip


def unheard(window: QWidget) -> list[str]:
    """Return what can take the keyboard without a name or a role, with the way that leads there."""
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    return list(_walk(top, (), 0))


def _walk(at: QAccessibleInterface, way: tuple[str, ...], deep: int) -> Iterator[str]:
    state = at.state()
    if not at.isValid() or state.invisible or deep > DEEPEST:
        return
    thing = at.object()
    called = type(thing).__name__ if thing is not None else at.role().name
    way = (*way[-4:], called)
    name = at.text(QAccessible.Text.Name)
    if state.focusable and at.role() not in OF_TABLES and not _part(thing):
        if not name.strip():
            yield f"no name: {' > '.join(way)}"
        if at.role() in NAMELESS and isinstance(thing, CONTROLS):
            yield f"no role: {' > '.join(way)}"
    if at.role() is QAccessible.Role.ColumnHeader and not name.strip() and deep:
        yield f"no title: {' > '.join(way)}"
    for place in range(min(at.childCount(), CELLS)):
        child = at.child(place)
        if child is not None:
            yield from _walk(child, way, deep + 1)


def _part(thing: object) -> bool:
    """Whether something is a part of a control that has a name, or names its own parts."""
    if not isinstance(thing, QWidget):
        return False
    inner = isinstance(thing.parentWidget(), QComboBox) or thing.focusProxy() is not None
    return inner or isinstance(thing, QTabBar)
