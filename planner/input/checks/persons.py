"""A check on personal data that were typed into a table after its file was read."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.column import ColumnType
from planner.input.finding_limit import Crowd
from planner.input.personal_data.numbers import data_in, datum_in_label
from planner.input.records import TABLES
from planner.input.typed import TypedTables

_WORDS = frozenset({ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.LIST, ColumnType.ANY})


def no_person_is_named(typed: TypedTables) -> Iterator[Finding]:
    """Yield the cells of the tables that hold a personal datum; it is not told which."""
    for declared in TABLES:
        crowd = Crowd()
        frame = typed.book.frame(declared.key)
        for column in declared.columns:
            if column.holds not in _WORDS or column.key not in frame.columns:
                continue
            judge = datum_in_label if column.holds is ColumnType.TEXT else data_in
            for row, value in zip(frame.index, frame[column.key], strict=True):
                found = judge(value) if isinstance(value, str) else None
                if found is not None and crowd.tells(column.key, "check.person"):
                    what = message("check.person", sign=found.value)
                    todo = message("check.person.todo")
                    yield typed.finding(
                        Severity.ERROR, declared.key, int(row), column.key, what, todo
                    )
        for key, what, todo in crowd.rest():
            yield typed.finding(Severity.ERROR, declared.key, None, key, what, todo)
