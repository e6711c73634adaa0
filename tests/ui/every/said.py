"""What a view says: every text in it, seen or heard, and those of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.text import Text
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from ui.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROWS = 40  # of a table that are read
Role = Qt.ItemDataRole


def said_in(window: QWidget) -> dict[str, str]:
    """Return every text in view, each with where it stands."""
    found: dict[str, str] = {}
    for each in (window, *window.findChildren(QWidget)):
        if each.isVisible() or isinstance(each, QMenu):
            for text in _texts(each):
                if text.strip():
                    found.setdefault(text, type(each).__name__)
    return found


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    for kind, texts in READERS:
        if isinstance(widget, kind):
            yield from texts(widget)
            return


def _menu(menu: QMenu) -> Iterator[str]:
    yield menu.title()
    for action in menu.actions():
        yield action.text()


def _view(view: QAbstractItemView) -> Iterator[str]:
    if view.model() is not None:
        hidden = getattr(view, "isColumnHidden", lambda _column: False)
        yield from _cells(view.model(), QModelIndex(), hidden)


def _cells(
    model: QAbstractItemModel, parent: QModelIndex, hidden: Callable[[int], bool]
) -> Iterator[str]:
    flat = isinstance(model, (QAbstractListModel, QAbstractTableModel))
    count = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    columns = [column for column in range(count) if not hidden(column)]
    for column in columns:
        for role in (Role.DisplayRole, Role.ToolTipRole):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    for row in range(min(model.rowCount(parent), ROWS)):
        for column in columns:
            index = model.index(row, column, parent)
            for role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleDescriptionRole):
                yield _plain(str(index.data(role) or ""))
        yield from _numbers_with_units(model, row, columns, parent)
        if not flat:
            yield from _cells(model, model.index(row, 0, parent), hidden)


def _numbers_with_units(
    model: QAbstractItemModel, row: int, columns: list[int], parent: QModelIndex
) -> Iterator[str]:
    """Yield each number of a row with what stands beside it, and with its column's title.

    A unit may stand in either.
    """
    shown = [str(model.index(row, column, parent).data() or "") for column in columns]
    for at, number in enumerate(shown):
        if number[:1].isdigit():
            title = model.headerData(columns[at], Qt.Orientation.Horizontal, Role.DisplayRole)
            yield f"{number} {str(title or '').lower()}"
            yield from (f"{number} {unit}" for unit in shown[at + 1 : at + 2])


def _plain(text: str) -> str:
    if "<" not in text:
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


READERS: tuple[tuple[type[QWidget], Callable[[Any], Iterable[str]]], ...] = (
    (QMainWindow, lambda window: [window.windowTitle()]),
    (QMenu, _menu),
    (QLabel, lambda label: [_plain(label.text())]),
    (QAbstractButton, lambda button: [button.text()]),
    (QTabBar, lambda bar: map(bar.tabText, range(bar.count()))),
    (QComboBox, lambda box: map(box.itemText, range(box.count()))),
    (QLineEdit, lambda line: [line.placeholderText()]),
    (QTextEdit, lambda text: [text.toPlainText()]),
    (QPlainTextEdit, lambda text: [text.toPlainText()]),
    (QProgressBar, lambda bar: [bar.text()]),
    (Canvas, lambda canvas: [each.get_text() for each in canvas.figure.findobj(Text)]),
    (QHeaderView, lambda _header: []),  # its titles are read with the view's cells
    (QAbstractItemView, _view),
)
