"""Changes of scenarios that make a number ten times what it is, or a tenth of it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Finding
from planner.input.column import Column, ColumnType
from planner.input.edits import SetCell
from planner.input.records import table
from planner.input.scenarios.by_key import EditsByKey
from planner.input.suspicious.remark import Odd, far_apart, remarks, written
from planner.input.typed import TypedTables
from planner.input.values import UnreadableValueError, read_value

_TEN = 10.0
_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.WHOLE})


def changes_are_likely(typed: TypedTables) -> Iterator[Finding]:
    """Yield changes of a scenario to ten times what stands in the cell, or to a tenth of it."""

    def odd() -> Iterator[Odd]:
        making = EditsByKey(typed.book, typed)
        for each in typed.rows("scenarios"):
            try:
                edit = making.of(each.record)
            except LookupError:
                continue  # another finding says so
            if not isinstance(edit, SetCell) or not _stands(typed, edit):
                continue
            column = table(edit.table).column(edit.column)
            before = _number(column, typed.book.cell(edit.table, edit.row, edit.column))
            after = _number(column, each.record.value)
            if before and after and far_apart(before, after, _TEN):
                fields = {
                    "before": written(before),
                    "after": written(after),
                    "column": column.title,
                }
                yield Odd("scenarios", each.row, "value", "change_far", fields)

    return remarks(typed, odd())


def parameters_in_force(typed: TypedTables) -> frozenset[int]:
    """Return the rows of Parameters whose value is that of a change of a scenario, not its own.

    Such a value was chosen beside the one in the sheet; `changes_are_likely` asks of it.
    """
    making = EditsByKey(typed.book, typed)
    rows: set[int] = set()
    for each in typed.rows("scenarios"):
        try:
            edit = making.of(each.record)
        except LookupError:
            continue
        if not isinstance(edit, SetCell) or edit.table != "parameters":
            continue
        if (
            _stands(typed, edit)
            and typed.book.cell("parameters", edit.row, edit.column) == edit.value
        ):
            rows.add(edit.row)
    return frozenset(rows)


def _number(column: Column, raw: object) -> float | None:
    """Return the number that a cell holds in its column; none where it holds something else."""
    if column.holds not in _NUMBERS:
        return None
    try:
        value = read_value(column, raw)  # type: ignore[arg-type] # as it stands in the cell
    except UnreadableValueError:
        return None
    return float(value) if isinstance(value, int | float) else None


def _stands(typed: TypedTables, edit: SetCell) -> bool:
    """Whether the book holds the cell: no row that a change adds, no column left out."""
    frame = typed.book.frame(edit.table)
    return edit.row in frame.index and edit.column in frame.columns
