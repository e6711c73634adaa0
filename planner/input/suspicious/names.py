"""A name that was mistyped where it is given: many rows then name one that is not there."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator

from planner.core.errors import Finding
from planner.input.column import ColumnType
from planner.input.records import TABLES
from planner.input.suspicious.remark import Odd, remarks
from planner.input.typed import TypedTables

# So many rows with the same name are not mistyped each by itself.
_FEWEST_ROWS = 2
# Less alike, and one name is hardly a slip of the other.
_ALIKE = 0.6


def names_are_those_referred_to(typed: TypedTables) -> Iterator[Finding]:
    """Yield rows that nothing refers to, where several name one much like it that is not there.

    The name on the sheet that gives it is one cell; the others are many.
    """

    def odd() -> Iterator[Odd]:
        for target in TABLES:
            if not typed.rows(target.key):
                continue
            used = _used(typed, target.key)
            column = target.key_columns[0]
            rows = {str(getattr(e.record, column.field)): e for e in typed.rows(target.key)}
            given = {name: each.row for name, each in rows.items()}
            idle = [
                name
                for name, each in rows.items()
                if name not in used and not getattr(each.record, "candidate", False)
            ]
            missing = {name: n for name, n in used.items() if name and name not in given}
            for name, count in missing.items():
                near = difflib.get_close_matches(name, idle, n=1, cutoff=_ALIKE)
                if count >= _FEWEST_ROWS and near:
                    fields = {"own": near[0], "name": name, "count": count}
                    yield Odd(target.key, given[near[0]], column.key, "name_elsewhere", fields)

    return remarks(typed, odd())


def _used(typed: TypedTables, target: str) -> Counter[str]:
    """Return how many rows refer to each name of a table."""
    used: Counter[str] = Counter()
    for declared in TABLES:
        for column in declared.columns:
            if column.refers_to != target or declared.key == target:
                continue
            for each in typed.rows(declared.key):
                value = getattr(each.record, column.field)
                used.update(value if column.holds is ColumnType.LIST else (value,))
    return used
