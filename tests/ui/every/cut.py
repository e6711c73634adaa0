"""Which texts in view do not fit where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTreeView,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEEWAY = 1  # pixels: Qt rounds


def cut_off(top: QWidget) -> list[str]:
    """Return the texts below a widget that do not fit, each with the kind of its widget."""
    found = []
    for each in top.findChildren(QWidget):
        if each.isVisible() and not each.visibleRegion().isEmpty():
            found += [f"{type(each).__name__}: {text}" for text in _cut(each)]
    return found


def _cut(widget: QWidget) -> Iterator[str]:
    for kind, judge in JUDGES:
        if isinstance(widget, kind):
            yield from judge(widget)
            break
    if widget.parentWidget() is not None and isinstance(widget, (QLabel, QPushButton)):
        yield from _beyond(widget)


def _fits(wanted: QSize, given: QSize) -> bool:
    return wanted.width() <= given.width() + LEEWAY and wanted.height() <= given.height() + LEEWAY


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text:
        return
    room = label.contentsRect().size()
    if label.wordWrap():
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        rich = label.textFormat() is not Qt.TextFormat.PlainText and "<" in text
        (document.setHtml if rich else document.setPlainText)(text)
        document.setTextWidth(room.width())
        if document.size().height() > room.height() + label.fontMetrics().height() / 2:
            yield text
    elif not _fits(QSize(label.sizeHint().width(), 0), label.size()):
        yield text


def _tabs(bar: QTabBar) -> Iterator[str]:
    if not bar.usesScrollButtons() and bar.sizeHint().width() > bar.width() + LEEWAY:
        yield f"not all tabs are in view: {bar.tabText(0)}…"
    for at in range(bar.count()):
        if bar.fontMetrics().horizontalAdvance(bar.tabText(at)) > bar.tabRect(at).width():
            yield bar.tabText(at)


def _titles(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() is Qt.Orientation.Vertical:
        return
    for at in range(header.count()):
        title = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        wanted = header.fontMetrics().horizontalAdvance(title) + 2 * header.fontMetrics().descent()
        if not header.isSectionHidden(at) and wanted > header.sectionSize(at):
            yield title


def _choice(box: QComboBox) -> Iterator[str]:
    arrow = box.fontMetrics().height() * 1.2
    if box.fontMetrics().horizontalAdvance(box.currentText()) + arrow > box.width():
        yield box.currentText()


def _line(line: QLineEdit) -> Iterator[str]:
    room = line.contentsRect().width() - line.fontMetrics().averageCharWidth()
    if not line.text() and line.fontMetrics().horizontalAdvance(line.placeholderText()) > room:
        yield line.placeholderText()


def _list(view: QListView | QTreeView) -> Iterator[str]:
    """Yield the lines of a list or tree that are cut off with dots; a list that wraps has none."""
    model = view.model()
    several = isinstance(view, QTreeView) and model is not None and model.columnCount() > 1
    if model is None or several or (isinstance(view, QListView) and view.wordWrap()):
        return
    index = view.indexAt(view.viewport().rect().topLeft())
    while index.isValid():
        place = view.visualRect(index)
        if not place.intersects(view.viewport().rect()):
            return
        text = str(index.data() or "")
        icon = view.iconSize().width() if index.data(Qt.ItemDataRole.DecorationRole) else 0
        shown = place.intersected(view.viewport().rect()).width() - max(icon, 0)
        if view.fontMetrics().horizontalAdvance(text) > shown:
            yield text
        below = view.indexBelow(index) if isinstance(view, QTreeView) else None
        index = below if below is not None else index.siblingAtRow(index.row() + 1)


def _button(button: QAbstractButton) -> Iterator[str]:
    if button.text() and not _fits(button.sizeHint(), button.size()):
        yield button.text()


def _beyond(widget: QWidget) -> Iterator[str]:
    """Yield the text of a widget that sticks out of what holds it, where nothing scrolls."""
    at: QWidget | None = widget
    place = QRect(0, 0, widget.width(), widget.height())
    while at is not None and not isinstance(at, QMainWindow):
        parent = at.parentWidget()
        if parent is None or isinstance(parent, QAbstractScrollArea):
            return
        place.translate(at.pos())
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return
        if not parent.rect().adjusted(-2, -2, 2, 2).contains(place):
            yield f"out of sight: {getattr(widget, 'text', str)()}"
            return
        at = parent


def _page(area: QScrollArea) -> Iterator[str]:
    """Yield a page that must be moved sideways to be read."""
    if area.horizontalScrollBar().maximum() > 0:
        labels = [each.text() for each in area.findChildren(QLabel) if each.text()]
        yield f"a page is wider than its room: {labels[:1]}"


JUDGES: tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...] = (
    (QLabel, _label),
    (QTabBar, _tabs),
    (QHeaderView, _titles),
    (QComboBox, _choice),
    (QAbstractButton, _button),
    (QLineEdit, _line),
    (QListView, _list),
    (QTreeView, _list),
    (QScrollArea, _page),
)
