"""The editable table model: a table of the book, driven by its declaration.

It asks for edits and never makes them: `setData` emits `requested`, the session applies, and the
model is shown the new rows. Sorting and filtering are an order of rows kept here, so that no
proxy has to call back for every comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from planner.core.errors import Finding, Severity
from planner.input.book import column_letters
from ui.tables import cells
from ui.tables.filtering import containing, passing, rank
from ui.widgets import as_it_stands

if TYPE_CHECKING:
    from planner.input.book import TableSheet
    from planner.input.column import Column, Table
    from ui.theme import Theme
    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
Marks = Mapping[tuple[int, str], tuple[Finding, ...]]
Role = Qt.ItemDataRole
# Asked for every cell that is painted, so put together once.
SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = SHOWN | Qt.ItemFlag.ItemIsEditable
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Qt hands roles over as plain numbers; to compare those with each other is quickest.
DISPLAY, EDIT, TIP = int(Role.DisplayRole), int(Role.EditRole), int(Role.ToolTipRole)
ALIGNMENT = int(Role.TextAlignmentRole)
LETTERS = int(Role.UserRole) + 1  # of a column in the user's sheet, by which findings name cells


class FrameModel(QAbstractTableModel):
    """One table of the book, with its findings on the cells."""

    requested = Signal(object)  # a tuple of (row in the sheet, column key, raw value)

    def __init__(self, table: Table, words: Words, theme: Theme) -> None:
        """Show a table, without rows until `show` is called."""
        super().__init__()
        self.table = table
        self.columns: tuple[Column, ...] = table.columns
        self._words = words
        self._theme = theme
        self._sheet: TableSheet | None = None  # what is shown
        self._marks: Marks = {}
        self._marked: frozenset[int] = frozenset()  # the rows in the sheet with findings
        # By column: what a value is shown as. Values repeat, and a cell is painted many times.
        self._texts: tuple[dict[tuple[type, object], str], ...] = tuple({} for _ in self.columns)
        self._rows: list[int] = []  # row numbers in the sheet, in the order of the sheet
        self._values: list[Sequence[Any]] = []  # one sequence of raw values a column
        self._order: list[int] = []  # places in `_rows`, in the order shown
        self.next_row = 2  # the number in the sheet of the row below everything that stands there
        self._filter = ""
        self._narrowed: dict[int, str] = {}  # what was typed below a column's title
        self.below: dict[int, int] = {}  # rows inserted here, and the row each is shown below
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.editable = True
        words.changed.connect(self._forget_texts)

    @property
    def total(self) -> int:
        """How many rows the table has, shown or not."""
        return len(self._rows)

    def show(self, sheet: TableSheet | None) -> None:
        """Show the rows of a sheet; the place of the user is kept where the rows stay.

        A sheet that is shown already is not filled in again.
        """
        if sheet is not None and sheet is self._sheet:
            return
        self._sheet = sheet
        rows = [] if sheet is None else [int(row) for row in sheet.frame.index]
        self.next_row = 2 if sheet is None else sheet.next_row
        values = [_values(sheet, column, len(rows)) for column in self.columns]
        if rows == self._rows and rows:
            self._values = values
            self.dataChanged.emit(self.index(0, 0), self._last())
            return
        self.beginResetModel()
        before, seen = set(self._rows), {self._rows[place] for place in self._order}
        self._rows, self._values = rows, values
        # What is narrowed is narrowed when the user says so: nothing that is seen vanishes by an
        # edit, and a row that was added is seen, whatever stands in it.
        shown = [at for at, row in enumerate(rows) if row in seen or row not in before]
        self._order = self._arranged(shown if before else None)
        self.endResetModel()

    def mark(self, marks: Marks) -> None:
        """Show these findings on the cells."""
        if marks == self._marks:
            return
        self._marks = marks
        self._marked = frozenset(row for row, _ in marks)
        self._tell_all()

    def refresh(self) -> None:
        """Word and colour every cell again: another language or look."""
        self._forget_texts()
        self._tell_all()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def filter(self, text: str) -> None:
        """Show only rows in which some cell holds the text, whatever its case."""
        if text.casefold() != self._filter:
            self._filter = text.casefold()
            self._arrange()

    def narrow(self, column: int, text: str) -> None:
        """Show only rows whose cell in a column passes what was typed; nothing passes all."""
        self._narrowed.pop(column, None)
        if text.strip():
            self._narrowed[column] = text
        self._arrange()

    def widen(self) -> None:
        """Show every row again."""
        if self._filter or self._narrowed:
            self._filter = ""
            self._narrowed.clear()
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows in the order of a column; -1 is the order of the sheet."""
        self._sorted = None if column < 0 else (column, order)
        self._arrange()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return EDITABLE if self.editable else SHOWN

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self.text(index.row(), index.column())
        if role == ALIGNMENT:
            number = self.columns[index.column()].holds in cells.NUMERIC
            return RIGHT if number and not isinstance(self.raw(index), str) else LEFT
        if role == EDIT:
            column = self.columns[index.column()]
            return cells.typed(column, self.raw(index), self._words.language)
        if role == TIP or self._marked:
            return self._finding_data(index, role)
        return None

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows, by the places of the shown row and the column."""
        value = self._values[column][self._order[row]]
        if value is None:
            return self._worded(column, value)
        known, key = self._texts[column], (type(value), value)
        if key not in known:
            known[key] = self._worded(column, value)
        return known[key]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            known = 0 <= section < len(self._order)
            return str(self.row_number(section)) if known and role == Role.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return self._words.title(column.title) + (" *" if column.required else "")
        if role == Role.ToolTipRole:
            return self._header_tip(column)
        if role == LETTERS:
            position = None if self._sheet is None else self._sheet.positions.get(column.key)
            return None if position is None else column_letters(position)
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid() or not self.editable:
            return False
        column = self.columns[index.column()]
        raw = cells.read(column, str(value), self._words.language)
        self.requested.emit(((self.row_number(index.row()), column.key, raw),))
        return True

    def cell(self, row: int, column: int) -> Any:  # noqa: ANN401 - any value
        """Return what stands in a cell, by the places of the shown row and the column."""
        return self._values[column][self._order[row]]

    def raw(self, index: Index) -> Any:  # noqa: ANN401 - any value
        """Return what stands in the cell."""
        return self._values[index.column()][self._order[index.row()]]

    def row_number(self, at: int) -> int:
        """Return the number in the sheet of a shown row."""
        return self._rows[self._order[at]]

    def place(self, row: int, column: str) -> QModelIndex:
        """Return the index of a cell by its row number and column key; invalid when not shown."""
        keys = [each.key for each in self.columns]
        if row not in self._rows:
            return QModelIndex()
        place = self._rows.index(row)
        if place not in self._order:
            return QModelIndex()
        return self.index(self._order.index(place), keys.index(column) if column in keys else 0)

    def _worded(self, column: int, value: object) -> str:
        declared, language = self.columns[column], self._words.language
        if self.table.key == "parameters" and declared.is_key:
            return cells.parameter_name(value, language)
        return cells.shown(declared, value, language)

    def _forget_texts(self) -> None:
        for texts in self._texts:
            texts.clear()

    def _tell_all(self) -> None:
        """Let every cell be painted again."""
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self._last())

    def _last(self) -> QModelIndex:
        return self.index(len(self._order) - 1, len(self.columns) - 1)

    def _finding_data(self, index: Index, role: int) -> object:
        row, column = self.row_number(index.row()), self.columns[index.column()]
        found = self._marks.get((row, column.key), ()) if row in self._marked else ()
        if not found:
            return self._meaning(index) if role == Role.ToolTipRole else None
        error = any(each.severity is Severity.ERROR for each in found)
        colours = self._theme.colours
        ink, ground = colours.remark, colours.remark_ground
        if error:
            ink, ground = colours.error, colours.error_ground
        match role:
            case Role.BackgroundRole:
                return QBrush(QColor(ground))
            case Role.ForegroundRole:
                return QBrush(QColor(ink))
            case Role.DecorationRole:
                return self._theme.mark("error" if error else "remark", ink)
            case Role.ToolTipRole | Role.AccessibleDescriptionRole:
                told = (
                    (self._words.tell(each.what), self._words.tell(each.todo)) for each in found
                )
                lines = "\n".join(f"{what}. {todo}." for what, todo in told)
                return as_it_stands(lines) if role == Role.ToolTipRole else lines
            case _:
                return None

    def _meaning(self, index: Index) -> str | None:
        """Return what a parameter means, where the cell names one."""
        if self.table.key == "parameters" and self.columns[index.column()].is_key:
            return cells.parameter_meaning(self.raw(index), self._words.language)
        return None

    def _header_tip(self, column: Column) -> str:
        lines = [self._words.title(column.meaning)]
        if column.unit:
            unit = cells.unit(column.unit, self._words.language)
            lines.append(self._words.say("tip.unit", unit=unit))
        if column.minimum is not None or column.maximum is not None:
            low = "…" if column.minimum is None else column.minimum
            high = "…" if column.maximum is None else column.maximum
            lines.append(self._words.say("tip.bounds", low=low, high=high))
        lines.append(self._words.say("tip.required" if column.required else "tip.optional"))
        return "\n".join(lines)

    def _arrange(self) -> None:
        """Show the rows that pass, in their order."""
        self.beginResetModel()
        self._order = self._arranged()
        self.endResetModel()

    def _arranged(self, shown: list[int] | None = None) -> list[int]:
        """Return the rows in the order shown: those that pass, or those that are given."""
        places = self._in_place()
        if shown is None:
            order = self._passing(places)
        else:
            among = set(shown)
            order = [place for place in places if place in among]
        if self._sorted is None:
            return order
        column, direction = self._sorted
        values = self._values[column]
        filled = [place for place in order if not cells.is_empty(values[place])]
        filled.sort(
            key=lambda place: rank(values[place]),
            reverse=direction == Qt.SortOrder.DescendingOrder,
        )
        return filled + [place for place in order if cells.is_empty(values[place])]

    def _in_place(self) -> list[int]:
        """Return the rows in the order of the sheet, those inserted here where they were put."""
        if not self.below:
            return list(range(len(self._rows)))
        places = {row: place for place, row in enumerate(self._rows)}
        under: dict[int, list[int]] = {}
        for row, other in self.below.items():
            if row in places and other in places:
                under.setdefault(other, []).append(row)
        moved = {row for rows in under.values() for row in rows}
        order: list[int] = []
        for row in self._rows:
            waiting = [] if row in moved else [row]
            while waiting:
                here = waiting.pop()
                order.append(places[here])
                waiting += under.get(here, ())  # the one put there last comes first
        return order

    def _passing(self, places: list[int]) -> list[int]:
        if self._filter:
            holding = [
                (self._showing(column), values)
                for column, values in zip(self.columns, self._values, strict=True)
            ]
            places = [at for at in places if any(has(values[at]) for has, values in holding)]
        for column, typed in self._narrowed.items():
            passes = passing(self.columns[column], typed, self._words.language)
            values = self._values[column]
            places = [at for at in places if passes(values[at])]
        return places

    def _showing(self, column: Column) -> Callable[[object], bool]:
        return containing(self.table, column, self._filter, self._words.language)


def _values(sheet: TableSheet | None, column: Column, count: int) -> Sequence[Any]:
    """Return a column's raw values; empty cells where the sheet lacks the column."""
    if sheet is None or column.key not in sheet.frame.columns:
        return [None] * count
    values: Sequence[Any] = sheet.frame[column.key].to_list()
    return values
