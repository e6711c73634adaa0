"""What is empty or nothing in one row, where every other row like it holds something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from planner.core.errors import Finding
from planner.input.column import Column, ColumnType
from planner.input.records import table
from planner.input.suspicious.remark import FEWEST_OTHERS, Odd, remarks
from planner.input.typed import TypedRow, TypedTables

_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.WHOLE})
_TABLES = ("locations", "provinces")
# What no plan hangs on, or what says something by being empty.
_MAY_BE_EMPTY = frozenset({"latitude", "longitude", "open_from", "open_until", "extendable_until"})
# By the others of its type there would be fewer than this: 0 is what a small location has.
_FEW = 5.0


def rows_are_filled_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield cells that are empty, or nothing, in one row only of those of its type."""

    def odd() -> Iterator[Odd]:
        for key in _TABLES:
            everything = typed.rows(key)
            alike: dict[object, list[TypedRow]] = defaultdict(list)
            for each in everything:
                own = getattr(each.record, "type", None), getattr(each.record, "candidate", False)
                alike[own].append(each)
            for column in table(key).columns:
                if column.is_key or column.key in _MAY_BE_EMPTY:
                    continue
                found = [*(_alone(rows, column) for rows in alike.values())]
                if not any(found) and column.holds is not ColumnType.YES_NO:
                    found = [_alone(everything, column)]
                for each in filter(None, found):
                    empty = getattr(each.record, column.field) in {None, ""}
                    fault = "alone_empty" if empty else "alone_nothing"
                    yield Odd(key, each.row, column.key, fault, {"column": column.title})

    return remarks(typed, odd())


def _alone(rows: Sequence[TypedRow], column: Column) -> TypedRow | None:
    """Return the only row that holds nothing in a column; none where several do, or too few."""
    if len(rows) <= FEWEST_OTHERS:
        return None
    if column.default not in {None, ""} and column.holds not in _NUMBERS:
        return None
    # A no is an answer, and equals 0.
    nothing = {None, "", 0} if column.holds in _NUMBERS else {None, ""}
    hollow = [each for each in rows if getattr(each.record, column.field) in nothing]
    if len(hollow) != 1 or _is_small(hollow[0], rows, column):
        return None
    return hollow[0]


def _is_small(hollow: TypedRow, rows: Sequence[TypedRow], column: Column) -> bool:
    """Whether a location has so few beds that of this it would have next to nothing."""
    beds = getattr(hollow.record, "beds", None)
    if column.holds not in _NUMBERS or not beds or getattr(hollow.record, column.field) is None:
        return False
    rates = [
        getattr(each.record, column.field) / each.record.beds
        for each in rows
        if each is not hollow and each.record.beds
    ]
    return bool(rates) and beds * median(rates) < _FEW
