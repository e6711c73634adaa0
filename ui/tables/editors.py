"""Editors of a cell: a list of values, known names, a day, a month, or a line of text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from planner.core.texts import Language, show_month
from planner.input.column import ColumnType
from planner.input.days import FIRST_YEAR, LAST_YEAR
from ui.still import StillNumber
from ui.tables import cells
from ui.tables.frame_model import FrameModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent

    from planner.input.book import TableSheet
    from planner.input.column import Column
    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
MONTHS_ACROSS = 3
EDGE = 6  # pixels between a small window and the edge of the screen
DAYS_WIDE = 52  # characters: eight columns, or the names of the days are cut off


def names_in(sheet: TableSheet | None) -> Sequence[str]:
    """Return the names that a table knows, for a list to choose from; none where it is missing."""
    if sheet is None:
        return ()
    key = sheet.table.key_columns[0].key
    if key not in sheet.frame.columns:
        return ()
    return [str(each) for each in sheet.frame[key] if each is not None]


class CellDelegate(QStyledItemDelegate):
    """Edits a cell by what its column declares."""

    def __init__(
        self,
        words: Words,
        names: Callable[[str], Sequence[str]],
        icon: Callable[[], QIcon],
        parent: QWidget | None = None,
    ) -> None:
        """Edit in the language in use; `names` gives the names that a table knows."""
        super().__init__(parent)
        self._words = words
        self._names = names
        self._icon = icon

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option  # the editor takes the cell's own size
        model = index.model()
        if not isinstance(model, FrameModel):
            return QLineEdit(parent)
        column = model.columns[index.column()]
        editor = self._editor(parent, column)
        editor.setAccessibleName(column.title.in_(self._words.language))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        shown = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            place = editor.findText(shown)
            editor.setCurrentIndex(max(place, 0))
            if editor.isEditable():
                editor.setEditText(shown)
        elif isinstance(editor, QLineEdit):
            editor.setText(shown)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = ""
        if isinstance(editor, QComboBox):
            text = editor.currentText()
        elif isinstance(editor, QLineEdit):
            text = editor.text()
        if text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, text, Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        leaving = event.type() == QEvent.Type.FocusOut
        if leaving and isinstance(watched, DayEdit) and watched.picking:
            return False  # the calendar belongs to the line, which is not left for it
        return super().eventFilter(watched, event)

    def _editor(self, parent: QWidget, column: Column) -> QWidget:
        if column.holds in (ColumnType.DATE, ColumnType.MONTH):
            return DayEdit(parent, column, self._words, self._icon())
        listed = [label for _, label in cells.choices(column, self._words.language)]
        known = self._names(column.refers_to) if column.refers_to else ()
        if not listed and not known:
            return QLineEdit(parent)
        box = QComboBox(parent) if not listed else ListedChoice(parent, self._words)
        box.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        box.addItems(["", *(listed or known)])
        box.setEditable(not listed)  # a name that is not known yet may be typed
        return box


class ListedChoice(QComboBox):
    """A list of all that a cell may hold; typed is what one of them begins with."""

    def __init__(self, parent: QWidget, words: Words) -> None:
        """Offer nothing yet."""
        super().__init__(parent)
        self._words = words
        self._typed, self._last = "", 0  # what was typed in one go, and when its last key came

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        key = event.text()
        if not key.strip() or not key.isprintable():
            return
        in_one_go = event.timestamp() - self._last < QApplication.keyboardInputInterval()
        self._typed = self._typed + key if in_one_go else key
        self._last = event.timestamp()
        # The same key again and again goes from one to the next that begins with it.
        start = (key if set(self._typed) == {key} else self._typed).casefold()
        if not any(self.itemText(at).casefold().startswith(start) for at in range(self.count())):
            self._tell_unknown(self._typed)

    def _tell_unknown(self, typed: str) -> None:
        """Say that nothing listed begins so: the list stands as it was, as if nothing was typed."""
        said = self._words.say("grid.not_listed", typed=typed)
        self.setAccessibleDescription(said)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), said, self)


class DayEdit(QLineEdit):
    """A line for a day or a month, typed or picked; Alt+Down opens the calendar."""

    def __init__(self, parent: QWidget, column: Column, words: Words, icon: QIcon) -> None:
        """Edit a cell of a column that holds days or months."""
        super().__init__(parent)
        self.picking = False  # the calendar is open
        self._column = column
        self._words = words
        opener = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)
        opener.setText(words.say("grid.pick"))
        opener.triggered.connect(self.pick)

    def pick(self) -> Picker:
        """Open the calendar below the line."""
        day = cells.read(self._column, self.text(), self._words.language)
        kind = MonthPicker if self._column.holds is ColumnType.MONTH else DayPicker
        known = day if isinstance(day, dt.date) else dt.date.today()  # noqa: DTZ011 - the user's own day
        picker = kind(self, known, self._words)
        self.picking = True
        picker.adjustSize()
        picker.move(_beside(self, picker.size()))
        picker.show()
        return picker

    def take(self, day: dt.date) -> None:
        """Put a day in the line, as it would be typed."""
        self.setText(cells.typed(self._column, day, self._words.language))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if (alt and event.key() == Qt.Key.Key_Down) or event.key() == Qt.Key.Key_F4:
            self.pick()
            return
        super().keyPressEvent(event)


def _beside(line: QWidget, size: QSize) -> QPoint:
    """Return where a small window shows beside a line: below it, else above, within the screen."""
    below = line.mapToGlobal(QPoint(0, line.height()))
    screen = line.screen().availableGeometry().adjusted(EDGE, EDGE, -EDGE, -EDGE)
    top = below.y()
    if top + size.height() > screen.bottom():
        top = below.y() - line.height() - size.height()
    top = min(top, screen.bottom() - size.height())
    left = min(below.x(), screen.right() - size.width())
    return QPoint(max(left, screen.left()), max(top, screen.top()))


class Picker(QFrame):
    """A small window that picks a day for a line; Escape leaves the line as it was."""

    def __init__(self, line: DayEdit, words: Words) -> None:
        """Pick for a line."""
        super().__init__(line, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("card", "true")
        self.setAccessibleName(words.say("grid.pick"))
        self._line = line

    def take(self, day: dt.date) -> None:
        """Give the line a day and close."""
        self._line.take(day)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._line.picking = False


class DayPicker(Picker):
    """A calendar of one month."""

    def __init__(self, line: DayEdit, day: dt.date, words: Words) -> None:
        """Begin at a day."""
        super().__init__(line, words)
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale("nl_NL" if words.language is Language.NL else "en_GB"))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.setAccessibleName(words.say("grid.pick"))
        calendar.setMinimumHeight(self.fontMetrics().height() * 14)
        calendar.setMinimumWidth(self.fontMetrics().averageCharWidth() * DAYS_WIDE)
        for day_off in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # Qt's red is too light to read on our grounds.
            calendar.setWeekdayTextFormat(day_off, QTextCharFormat())
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(calendar)
        self.calendar = calendar
        self.setFocusProxy(calendar)
        calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        self.take(dt.date(day.year(), day.month(), day.day()))


class MonthPicker(Picker):
    """A year and its twelve months."""

    def __init__(self, line: DayEdit, day: dt.date, words: Words) -> None:
        """Begin at the month of a day."""
        super().__init__(line, words)
        self.year = StillNumber()
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(day.year)
        self.year.setAccessibleName(words.say("grid.year"))
        self.months: list[QPushButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.addWidget(self.year, 0, 0, 1, MONTHS_ACROSS)
        for at in range(12):
            made = QPushButton(show_month(dt.date(2000, at + 1, 1), words.language).split()[0])
            made.setProperty("main", "true" if at + 1 == day.month else "false")
            made.clicked.connect(lambda _=False, at=at: self._pick(at + 1))
            grid.addWidget(made, 1 + at // MONTHS_ACROSS, at % MONTHS_ACROSS)
            self.months.append(made)
        self.months[day.month - 1].setFocus()

    def _pick(self, month: int) -> None:
        self.take(dt.date(self.year.value(), month, 1))
