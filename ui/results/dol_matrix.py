"""The DOL places of every location in every month, coloured by how they stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from planner.sheets.without_place import SOMEBODY
from ui.results.model import Index, Role
from ui.results.named_model import NamedModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.input.location import Location
    from planner.result.main_figures import MainFigures
    from ui.results.figures import FigureRow
    from ui.theme import Theme
    from ui.words import Words

TOTALS = ("dol.total", "dol.needed", "dol.low", "dol.short")


class DolState(StrEnum):
    """How the DOL part of a location stands in a month."""

    NONE = "none"
    BELOW = "below"  # in use below the least size of the part
    FULL = "full"
    ROOM = "room"


@dataclass(frozen=True)
class DolMonth:
    """A location in a month: places fitted out and in use, people, and the least size."""

    prepared: float = 0.0
    in_use: float = 0.0
    people: float = 0.0
    least: int = 0

    @property
    def part(self) -> DolState:
        """How it stands; what is too small counts as such also where it is full."""
        if self.prepared < SOMEBODY:
            return DolState.NONE
        if SOMEBODY <= self.in_use < self.least - SOMEBODY:
            return DolState.BELOW
        return DolState.FULL if self.people > self.prepared - SOMEBODY else DolState.ROOM


@dataclass(frozen=True)
class DolMatrix:
    """The cells by location and month, the location with most places first, and the totals."""

    months: Sequence[dt.date]
    locations: Sequence[str]
    cells: Mapping[tuple[str, dt.date], DolMonth]
    totals: Sequence[Sequence[float]]

    @staticmethod
    def of(
        rows: Sequence[FigureRow],
        locations: Mapping[str, Location],
        figures: MainFigures,
        low: Sequence[float],
    ) -> DolMatrix:
        """Return the matrix of rows of location, month, prepared, in use and people.

        `low` is the lower bound of all places by month, the milestone.
        """
        cells: dict[tuple[str, dt.date], DolMonth] = {}
        most: dict[str, float] = {}
        for code, month, prepared, in_use, people in rows:
            known = locations.get(str(code))
            least = 0 if known is None else known.dol_min_section or 0
            places, used, living = (float(str(each or 0)) for each in (prepared, in_use, people))
            if isinstance(month, dt.date):
                cells[str(code), month] = DolMonth(places, used, living, least)
            most[str(code)] = max(most.get(str(code), 0.0), places)
        some = [code for code in most if most[code] >= SOMEBODY]
        listed = sorted(some, key=lambda code: (-most[code], code))
        totals = (figures.dol_places, figures.dol_needed, low, figures.dol_short)
        return DolMatrix(figures.months, listed, cells, totals)

    def at(self, location: int, month: int) -> DolMonth:
        """Return the cell of a location and a month by their numbers."""
        return self.cells.get((self.locations[location], self.months[month]), DolMonth())


class DolMatrixModel(NamedModel):
    """Totals above, then a row a location and a column a month."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__(("dol_location",), words)
        self._theme = theme
        self._matrix: DolMatrix | None = None

    def show_matrix(self, matrix: DolMatrix, names: Mapping[object, str]) -> None:
        """Show a matrix; `names` are those of locations by their code."""
        self._matrix = matrix
        rows: list[tuple[object, ...]] = [
            (self._words.say(key), *values)
            for key, values in zip(TOTALS, matrix.totals, strict=True)
        ]
        for number, code in enumerate(matrix.locations):
            cells = [matrix.at(number, at).prepared for at in range(len(matrix.months))]
            rows.append((names.get(code, code), *cells))
        self.show_named([self._words.month(month) for month in matrix.months], rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal or not 0 <= section < self.rowCount():
            return super().headerData(section, orientation, role)
        if role == Role.FontRole and section < len(TOTALS):
            return _bold()
        return self.row(section)[0] if role == Role.DisplayRole else None

    def location(self, row: int) -> str:
        """Return the code of a row's location; empty for a total."""
        at = row - len(TOTALS)
        return self._matrix.locations[at] if self._matrix is not None and at >= 0 else ""

    def cell(self, index: Index) -> DolMonth | None:
        """Return what stands at a place; nothing for names and totals."""
        row, month = index.row() - len(TOTALS), index.column() - 1
        if self._matrix is None or row < 0 or month < 0:
            return None
        return self._matrix.at(row, month)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        cell = self.cell(index)
        if role == Role.DisplayRole and cell is not None and cell.part is DolState.NONE:
            return ""
        if role == Role.FontRole and index.row() < len(TOTALS):
            return _bold()
        if role in {Role.BackgroundRole, Role.ForegroundRole}:
            return self._colour(index, cell, role)
        if role in {Role.ToolTipRole, Role.AccessibleTextRole} and cell is not None:
            return self._told(cell)
        return super().data(index, role)

    def _colour(self, index: Index, cell: DolMonth | None, role: int) -> QColor | None:
        """Return ground or ink: of a part by how it stands, of what lacks in the colour of that."""
        colours = self._theme.colours
        if cell is None:
            lacks = index.row() == len(TOTALS) - 1 and index.column() > 0
            value = self.row(index.row())[index.column()]
            short = lacks and isinstance(value, float) and value >= SOMEBODY
            return QColor(colours.error) if short and role == Role.ForegroundRole else None
        inks = {
            DolState.BELOW: (colours.remark_ground, colours.remark),
            DolState.FULL: (colours.dol_full, colours.on_dol_full),
            DolState.ROOM: (colours.dol_room, colours.text),
        }
        if cell.part not in inks:
            return None
        return QColor(inks[cell.part][0 if role == Role.BackgroundRole else 1])

    def _told(self, cell: DolMonth) -> str:
        number = self._words.number
        return self._words.say(
            f"dol.cell.{cell.part.value}",
            prepared=number(cell.prepared),
            in_use=number(cell.in_use),
            people=number(cell.people),
            least=number(cell.least),
        )


def _bold() -> QFont:
    made = QFont()
    made.setBold(True)
    return made
