"""Checks on names: two that look alike, or differ in case only, are likely meant to be one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planner.errors import Finding, Severity
from planner.tables.column import ColumnType, Table
from planner.tables.records import TABLES
from planner.tables.typed import TypedTables
from planner.texts import message

_PARTED = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_SIGNS = re.compile(r"[^\w\n]|_")
# Letters of other scripts, and signs, by the letter that they look like.
_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u0451\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0455"
    "\u0458\u0501\u051b\u04bb\u0261\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4"
    "\u03c5\u03c7\u03c9\u0131\u0570\u0585\u057d\u0578",
    "abeekmhopctyxisjdqhgabenikvoptuxwihoun",
)
# Which columns share their names, by the table whose rows they name; regions have no table.
_REGION, _SCENARIO, _STREAM = "region", "scenario", "stream"
_SHARED = (_REGION, _SCENARIO, _STREAM)


class _Place(NamedTuple):
    table: str
    row: int
    column: str


def look_alike_names(typed: TypedTables) -> Iterator[Finding]:
    """Yield names that are told apart by case, signs or letters of another script alone."""
    for names in _names(typed).values():
        alike: dict[str, list[str]] = defaultdict(list)
        for name in names:
            alike[shape_of(name)].append(name)
        for same in alike.values():
            for name in same[1:]:
                yield _finding(typed, name, names[name], same[0], names[same[0]])


def shape_of(name: str) -> str:
    """Return a name as it looks: without case, accents, signs and what nobody sees."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    seen = "".join(each for each in parts if unicodedata.category(each) not in {"Mn", "Cf"})
    # Between digits a sign matters: 1-1 is not 11.
    return _SIGNS.sub("", _PARTED.sub("\n", seen.translate(_ALIKE))) or name


def _names(typed: TypedTables) -> dict[str, dict[str, _Place]]:
    """Return each sort of name: the names in order, each with where it stands first."""
    found: dict[str, dict[str, _Place]] = defaultdict(dict)
    for declared in TABLES:
        for column in declared.columns:
            sort = _sort(declared, column.key, column.refers_to)
            if not sort:
                continue
            for each in typed.rows(declared.key):
                value = getattr(each.record, column.field)
                values = value if column.holds is ColumnType.LIST else (value,)
                for name in values or ():
                    if name:
                        place = _Place(declared.key, each.row, column.key)
                        found[sort].setdefault(str(name), place)
    return found


def _sort(declared: Table, column: str, refers_to: str) -> str:
    """Return which sort of name a column holds; empty where it holds none of these."""
    if refers_to:
        return refers_to
    if column in _SHARED:
        return column
    keys = declared.key_columns
    own = len(keys) == 1 and keys[0].key == column and declared.key != "parameters"
    return declared.key if own else ""


def _finding(typed: TypedTables, name: str, at: _Place, other: str, there: _Place) -> Finding:
    sheet = typed.book.tables[there.table]
    cell = f"{sheet.name}!{sheet.address(there.row, there.column)}"
    what = message("check.look_alike", name=name, other=other, cell=cell)
    todo = message("check.look_alike.todo")
    return typed.finding(Severity.REMARK, at.table, at.row, at.column, what, todo)
