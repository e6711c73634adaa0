"""The sheets of a plan held cell by cell against what they should show.

Rows that somebody sorted are the same rows; a cell that stands outside the tables is somebody's
own and is told apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from planner.input.book import RawSheet, RawValue, Uncalculated, column_letters
from planner.input.names import plain
from planner.sheets.overview_table import called_now, is_overview
from planner.sheets.result_sheets import NUMBERED, find_result

# How far two numbers may lie apart and be the same, relative to their size and at all: the last
# digits of a sum that another program wrote. A euro in the cost of a national plan is more.
_SAME = 1e-12
_SAME_AT_ALL = 1e-9
# So many digits are enough to look for a row that somebody moved.
_DIGITS = 9

Cells = Mapping[int, RawValue]


@dataclass(frozen=True)
class Differing:
    """A cell that shows other than it should: where, what it shows, what it should show.

    `None` is an empty cell. `cell` is empty where the whole sheet is missing. What stands `beside`
    the plan's own cells is somebody's remark.
    """

    sheet: str
    cell: str
    shown: RawValue | None
    counted: RawValue | None
    beside: bool = False


def differing(expected: Sequence[RawSheet], actual: Sequence[RawSheet]) -> Iterator[Differing]:
    """Yield each cell of a plan's sheets that is not as expected."""
    # A sheet whose header was changed is known by its name alone.
    there = {_title(sheet): sheet for sheet in reversed(actual)}
    there |= {_key(sheet): sheet for sheet in reversed(actual) if _key(sheet)}
    for sheet in expected:
        found = there.get(_key(sheet), there.get(_title(sheet)))
        if found is None:
            yield Differing(sheet.name, "", None, None)
            continue
        last = max(column for _, column in sheet.cells)
        for each in (_page if is_overview(sheet) else _table)(sheet, found):
            beside = each.counted is None and _column(each.cell) > last
            yield replace(each, beside=beside)


def _key(sheet: RawSheet) -> str:
    """Return which sheet of a plan it is; empty for any other."""
    if is_overview(sheet):
        return "overview"
    found = find_result(sheet)
    return "" if found is None else found.table.key


def _title(sheet: RawSheet) -> str:
    return f"sheet {plain(NUMBERED.sub('', sheet.name))}"


def _page(expected: RawSheet, actual: RawSheet) -> Iterator[Differing]:
    """Yield the cells of a page that differ; where both have formulas, these count too."""
    for row, column in sorted({*expected.cells, *actual.cells}):
        at = (row, column)
        shown, counted = actual.cells.get(at), expected.cells.get(at)
        ours, theirs = expected.formulas.get(at, ""), actual.formulas.get(at, "")
        other = bool(actual.formulas) and _plain_formula(ours) != _plain_formula(theirs)
        if other and theirs:
            yield Differing(actual.name, _address(row, column), f"={theirs.lstrip('=')}", counted)
        elif not _same(called_now(shown), counted):
            yield Differing(actual.name, _address(row, column), shown, counted)


def _plain_formula(formula: str) -> str:
    """Return a formula without what programs write in several ways: names of sheets, quotes."""
    return re.sub(r"('(?:[^']|'')*'|[^\W\d]\w*)[!.]", "", formula.lstrip("=")).replace("$", "")


def _table(expected: RawSheet, actual: RawSheet) -> Iterator[Differing]:
    """Yield the cells of a table's sheet that differ: lines above, header and rows."""
    ours, theirs = find_result(expected), find_result(actual)
    header = 1 if ours is None else ours.header_row
    there = header if theirs is None else theirs.header_row
    wanted, found = _rows(expected), _rows(actual)
    for row in range(1, max(header, there) + 1):
        yield from _row(actual.name, row, found.get(row, {}), wanted.get(row, {}))
    if header != there:
        return
    below = [row for row in sorted({*wanted, *found}) if row > header]
    other = [row for row in below if not _alike(wanted.get(row, {}), found.get(row, {}))]
    moved: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in other:
        if row in found:
            moved[_mark(found[row])].append(row)
    missing = [
        wanted[row] for row in other if row in wanted and not _taken(wanted[row], moved, found)
    ]
    extra = sorted(row for rows in moved.values() for row in rows)
    for at, cells in zip_longest(extra, missing):
        row = (below[-1] if below else header) + 1 if at is None else at
        yield from _row(actual.name, row, {} if at is None else found[at], cells or {})


def _taken(
    row: Cells, moved: dict[tuple[object, ...], list[int]], found: Mapping[int, Cells]
) -> bool:
    """Whether a row stands elsewhere; each row that was found is taken once."""
    for at in moved.get(_mark(row), []):
        if _alike(row, found[at]):
            moved[_mark(row)].remove(at)
            return True
    return False


def _rows(sheet: RawSheet) -> dict[int, dict[int, RawValue]]:
    rows: dict[int, dict[int, RawValue]] = {}
    for (row, column), value in sheet.cells.items():
        rows.setdefault(row, {})[column] = value
    return rows


def _row(sheet: str, row: int, shown: Cells, counted: Cells) -> Iterator[Differing]:
    for column in sorted({*shown, *counted}):
        one, other = shown.get(column), counted.get(column)
        if not _same(one, other):
            yield Differing(sheet, _address(row, column), one, other)


def _alike(one: Cells, other: Cells) -> bool:
    return all(_same(one.get(at), other.get(at)) for at in {*one, *other})


def _mark(cells: Cells) -> tuple[object, ...]:
    """Return what tells a row from others, its numbers rounded."""
    return tuple((at, _rounded(cells[at])) for at in sorted(cells) if cells[at] != "")


def _rounded(value: RawValue) -> object:
    plain = _plain(value)
    return f"{plain:.{_DIGITS}g}" if isinstance(plain, float) else plain


def _same(one: RawValue | None, other: RawValue | None) -> bool:
    left, right = _plain(one), _plain(other)
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= max(_SAME_AT_ALL, _SAME * max(abs(left), abs(right)))
    return isinstance(one, Uncalculated) or left == right


def _plain(value: RawValue | None) -> object:
    """Return a value as any spreadsheet program would have it back."""
    match value:
        case bool():
            return ("yes or no", value)
        case int() | float():
            return float(value)
        case dt.datetime():
            return value.date() if value.time() == dt.time() else value
        case str():
            return value.replace("\r\n", "\n").strip() or None
        case _:
            return value


def _column(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
