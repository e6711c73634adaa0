"""The widths that the user gave the columns of a grid: kept, and given back; 0 is a hidden one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.input.column import Table
    from ui.settings import Settings
    from ui.tables.grid import Grid


def lay(grid: Grid, table: Table, settings: Settings) -> None:
    """Fit the columns of a table's grid, then give those of the user the width that was given."""
    grid.fit_columns()
    keys = [each.key for each in table.columns]
    kept = settings.columns(table.key)
    places = {keys.index(key): width for key, width in kept.items() if key in keys}
    hidden = {at for at, width in places.items() if width == 0}
    grid.lay_columns({at: width for at, width in places.items() if width}, hidden)


def keep(grid: Grid, table: Table, settings: Settings) -> None:
    """Keep the widths of a table's columns as they are now; 0 stands for a hidden one."""
    widths = {
        column.key: 0 if grid.isColumnHidden(at) else grid.columnWidth(at)
        for at, column in enumerate(table.columns)
    }
    settings.keep_columns(table.key, widths)
