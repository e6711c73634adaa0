"""The read-only table model: figures of a plan, worded and formatted for a reader."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.core.over_months import SHARES
from planner.core.texts import Language, Text, catalogue
from planner.sheets.result_tables import RESULT_TABLES
from planner.sheets.units import digits_of, title_with_unit, unit_key
from ui.widgets import as_it_stands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.input.column import Column
    from planner.input.kinds import Listed
    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

# Columns of names, some of which the program supplies and can put in words.
NAMED = ("group", "stream")
UNIT = "unit"
MEASURED = 40  # rows that tell how a title is aligned


@dataclass(frozen=True)
class ShownColumn:
    """A column of a result: its key in the catalogue, its decimals, and words for its values.

    Without decimals of its own, its numbers take as many as the column needs, all alike; where rows
    name their unit, each number takes as many as tell it in that unit. A column
    that the result sheets declare takes its title and listed values from there; `table` is then
    the key of that sheet. With `unit_told` the title tells the unit; `unit` is the column that
    names it else.
    """

    key: str
    digits: int | None = 0
    words: Callable[[object], str] | None = None
    declared: Column | None = None
    table: str = ""
    unit_told: bool = False
    unit: str = UNIT


def decimals(values: Iterable[object]) -> int:
    """Return how many decimals show numbers alike: none if all are whole, two for small parts."""
    parts = [
        abs(value)
        for value in values
        if isinstance(value, float) and math.isfinite(value) and round(value, 2) != round(value)
    ]
    if not parts:
        return 0
    return 2 if min(parts) < 1 else 1


def declared(table: str, *keys: str, digits: int | None = 0) -> list[ShownColumn]:
    """Return columns of a result sheet, as that declares them."""
    known = {each.key: each for each in RESULT_TABLES[table].columns}
    return [ShownColumn(key, digits, declared=known[key], table=table) for key in keys]


class ResultModel(QAbstractTableModel):
    """Rows of plain values under columns; text, numbers and months in the language in use."""

    bold = False  # whether cells may be written bold, which is wider

    def __init__(self, columns: Sequence[ShownColumn], words: Words) -> None:
        """Show these columns, without rows until `show` is called."""
        super().__init__()
        self._columns = tuple(columns)
        self._words = words
        self._rows: list[tuple[object, ...]] = []
        self._original: list[tuple[object, ...]] = []
        self._decimals: dict[str, int] = {}  # of columns without any of their own
        self._units: dict[str, int] = {}  # the columns in which rows name their units
        words.changed.connect(self._reworded)

    def show(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Show rows; each has one value a column."""
        self.beginResetModel()
        self._rows = list(rows)
        self._original = self._rows
        named = {each.unit for each in self._columns}
        self._units = {each.key: at for at, each in enumerate(self._columns) if each.key in named}
        self._decimals = {
            each.key: decimals(row[at] for row in self._rows)
            for at, each in enumerate(self._columns)
            if each.digits is None
            and each.words is None
            and not self._units
            and not (each.unit_told and each.declared is not None and each.declared.unit)
        }
        self.endResetModel()

    def row(self, at: int) -> tuple[object, ...]:
        """Return the plain values of a shown row."""
        return self._rows[at]

    def about(self, at: int) -> tuple[str, dict[str, object]]:
        """Return the result sheet that a shown row is of, and its values by column.

        Both are empty where the row is of no result sheet.
        """
        table = next((each.table for each in self._columns if each.table), "")
        values = zip(self._columns, self._rows[at], strict=True)
        return table, {each.key: value for each, value in values if each.table}

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._rows = list(self._original)
        if column >= 0:
            self._rows.sort(
                key=lambda row: _sort_key(row[column]),
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        value = self._rows[index.row()][index.column()]
        shown = self._columns[index.column()]
        if role == Role.DisplayRole:
            return self._shown(shown, value, self._rows[index.row()])
        if role == Role.TextAlignmentRole:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole and isinstance(value, str):
            return as_it_stands(str(self._shown(shown, value, self._rows[index.row()])))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        if role == Role.TextAlignmentRole:
            return self._aligned(section)
        if role == Role.DisplayRole:
            shown = self._columns[section]
            if shown.declared is not None and shown.unit_told:
                return title_with_unit(shown.declared, self._words.language)
            if shown.declared is not None:
                return self._words.title(shown.declared.title)
            return self._words.say(f"column.{shown.key}")
        return None

    def said_when_empty(self) -> str:
        """Return what to say where there are no rows."""
        return self._words.say("table.empty")

    def as_text(self) -> str:
        """Return titles and rows as a sheet pastes them: tabs and lines, plain numbers."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(
            self.headerData(at, Qt.Orientation.Horizontal) for at in range(len(self._columns))
        )
        for row in self._rows:
            writer.writerow(
                self._pasted(shown, value) for shown, value in zip(self._columns, row, strict=True)
            )
        return text.getvalue()

    def _aligned(self, section: int) -> object:
        """Return how a title is aligned: as the values below it."""
        for at, row in enumerate(self._rows[:MEASURED]):
            if row[section] is not None:
                return self.data(self.index(at, section), Role.TextAlignmentRole)
        return None

    def _pasted(self, shown: ShownColumn, value: object) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            plain = str(round(value, 6))
            return plain.replace(".", ",") if self._words.language is Language.NL else plain
        return self._shown(shown, value)

    def _shown(self, shown: ShownColumn, value: object, row: Sequence[object] = ()) -> str:
        if value is None or value != value:  # noqa: PLR0124 - true of NaN alone
            return ""
        if shown.words is not None:
            return shown.words(value)
        if shown.declared is not None and shown.declared.choices is not None:
            return self._words.title(label(shown.declared.choices, value))
        return self._worded(shown, value, row)

    def _worded(self, shown: ShownColumn, value: object, row: Sequence[object]) -> str:
        if isinstance(value, dt.date):
            return self._words.month(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            unit = self._unit_of(shown, row)
            if shown.unit_told and unit in SHARES:
                return f"{self._words.number(100 * value, digits_of(100 * value))} %"
            digits = self._decimals.get(shown.key, shown.digits)
            return self._words.number(value, digits_of(value, unit) if digits is None else digits)
        if shown.key in NAMED:
            return self._words.called(value)
        return self._words.value(value)

    def _unit_of(self, shown: ShownColumn, row: Sequence[object]) -> str:
        """Return the unit of a number: that of its column, or else of its row where that tells."""
        if shown.declared is not None and shown.declared.unit and shown.unit_told:
            return shown.declared.unit
        return (
            unit_key(self._words.value(row[self._units[shown.unit]]))
            if shown.unit in self._units and row
            else ""
        )

    def _reworded(self) -> None:
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def label(listed: type[Listed], value: object) -> Text:
    """Return the label of a listed value, or the value itself where it is not listed."""
    for each in listed:
        if each.value == str(value):
            return each.label
    return Text(str(value), str(value))


def catalogued(words: Words, family: str) -> Callable[[object], str]:
    """Return what words a name of the engine: its text in the catalogue, or else the name.

    The window's own texts go before those of the engine.
    """

    def say(name: object) -> str:
        for key in (f"window.{family}.{name}", f"{family}.{name}"):
            if key in catalogue():
                return words.title(catalogue()[key])
        return words.value(name)

    return say


def _sort_key(value: object) -> tuple[int, float, str]:
    """Numbers and months before text, nothing last."""
    if value is None or value != value:  # noqa: PLR0124 - true of NaN alone
        return (2, 0.0, "")
    if isinstance(value, int | float):
        return (0, float(value), "")
    if isinstance(value, dt.date):
        return (0, float(value.toordinal()), "")
    return (1, 0.0, str(value).casefold())
