"""Rows of Scenarios that add a row to a sheet or drop one: a location more, or one less.

The column says so, `nieuw` or `vervalt`. What is new is said behind it in parts: `zoals L03`, a
column with its value (`Bedden: 300; Type: noodopvang`), and of a location also `300 bedden`,
`vanaf jan 2027`, `provincie Groningen`, `noodopvang`. A new row becomes the value of its first key
cell and of each other cell; a dropped one an empty first key cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from planner.core.texts import Text, message
from planner.input.book import RawValue
from planner.input.column import Column, ColumnType, Table
from planner.input.kinds import Listed
from planner.input.names import nearest, plain, tidy
from planner.input.numerals import number_readings
from planner.input.recognise import names_of, table_named
from planner.input.records import TABLES
from planner.input.scenarios.said_periods import SentenceError, is_period_said, period_said
from planner.input.settings import ScenarioEdit
from planner.input.supplied_names import code_of
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import UnreadableValueError, read_value

NEW = Text("nieuw", "new")
GONE = Text("vervalt", "dropped")
_NEW = frozenset({"nieuw", "nieuwe", "erbij", "komt erbij", "toevoegen", "new", "add", "added"})
_GONE = frozenset(
    {"vervalt", "vervallen", "weg", "schrappen", "drop", "dropped", "gone", "remove", "removed"}
)
_LIKE = re.compile(r"(?:net )?(?:zoals|als|like|as)\s+(.+)", re.IGNORECASE)
_BEDS = re.compile(r"(\d[\d.,]*)\s*(?:bedden|plaatsen|beds|places)", re.IGNORECASE)
_AREA = re.compile(r"(provincie|province|regio|region|gemeente|municipality)\s+(.+)", re.IGNORECASE)
_AREAS = {"provincie": "province", "regio": "region", "gemeente": "municipality"}
_PARTED = re.compile(r",\s+")
_DAYS = frozenset({ColumnType.DATE, ColumnType.MONTH})
# What is of one location and not of another like it: its name, its contract, and what it did.
_OWN = {
    "locations": frozenset({"name", "open_from", "open_until", "extendable_until", "dol_prepared"})
}
# Rows that only say something of the row that goes; those with people in them never do.
_GO_ALONG = frozenset({"preferences", "previous_plan"})

Named = Callable[[Table, str], list[Any]]


class Whole(Enum):
    """What a row of Scenarios does with a whole row."""

    NEW = "new"
    GONE = "gone"


def whole_row(record: ScenarioEdit) -> Whole | None:
    """Return whether a row of Scenarios adds rows or drops them; nothing where it changes cells."""
    said = tidy(record.column).casefold()
    if said not in _NEW | _GONE:
        return None
    declared = table_named(record.table)
    if declared is None or declared.key in {"scenarios", "parameters"}:
        return None
    return Whole.NEW if said in _NEW else Whole.GONE


class RowsNow:
    """The records of the tables as a scenario has them by now: some added, some dropped."""

    def __init__(
        self,
        typed: TypedTables,
        added: Mapping[str, Mapping[str, TypedRow]] | None = None,
        gone: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Begin with what the sheets have, and what was added to and dropped from them."""
        self._typed = typed
        self._added = {name: dict(each) for name, each in (added or {}).items()}
        self._gone = set(gone)

    def copied(self) -> RowsNow:
        """Return the same rows, to be changed apart."""
        return RowsNow(self._typed, self._added, self._gone)

    def rows(self, declared: Table) -> Iterator[TypedRow]:
        """Yield a table's rows; one that was added has row 0."""
        gone = any(name == declared.key for name, _ in self._gone)
        for each in self._typed.rows(declared.key):
            if not gone or (declared.key, key_of_row(declared, each)) not in self._gone:
                yield each
        yield from self._added.get(declared.key, {}).values()

    def records(self, table_key: str) -> list[Any]:
        """Return a table's records."""
        declared = next(each for each in TABLES if each.key == table_key)
        return [each.record for each in self.rows(declared)]

    def add(self, declared: Table, key: str, record: object | None) -> None:
        """Note that a row is there now; one with cells yet to be filled has no record."""
        row = TypedRow(0, record)
        if record is not None:
            self._added.setdefault(declared.key, {})[key] = row

    def drop(self, declared: Table, key: str) -> None:
        """Note that a row is gone."""
        if self._added.get(declared.key, {}).pop(key, None) is None:
            self._gone.add((declared.key, key))

    def was_dropped(self, declared: Table, key: str) -> bool:
        """Whether the scenario dropped a row of this key."""
        return (declared.key, key) in self._gone

    def place(self, declared: Table, row: int, column: Column) -> str:
        """Return where a cell of the input stands, such as `Bezetting!B7`."""
        sheet = self._typed.book.tables[declared.key]
        return f"{sheet.name}!{sheet.address(row, column.key)}"


@dataclass(frozen=True)
class RowRefers:
    """A row of another table that names a row, in which column, and whether it goes along."""

    declared: Table
    row: TypedRow
    column: Column
    goes_along: bool


def key_of_row(declared: Table, each: TypedRow) -> str:
    """Return a row's key as a scenario writes it: its parts joined by `|`."""
    return "|".join(str(part) for part in each.key(declared))


def added_cells(
    record: ScenarioEdit, declared: Table, now: RowsNow, named: Named
) -> Iterator[ScenarioEdit]:
    """Yield the cells of a row that is added, its first key cell first; `SentenceError`."""
    parts = _key_parts(declared, record.key)
    key = "|".join(parts)
    for each in now.rows(declared):
        if key_of_row(declared, each) == key:
            first = declared.key_columns[0]
            at = now.place(declared, each.row, first) if each.row else None
            there = message("scenario.new_before") if at is None else at
            what = message("scenario.new_there", key=key, table=declared.title, there=there)
            raise SentenceError("key", what, message("scenario.new_there.todo"))
    cells = dict(_said_cells(record.value, declared, named))
    _read(declared, parts, cells, now, key)
    first = declared.key_columns[0]
    yield replace(record, key=key, column=first.key, value=parts[0])
    for column, value in cells.items():
        yield replace(record, key=key, column=column, value=value)


def dropped_cells(
    record: ScenarioEdit, declared: Table, now: RowsNow, named: Named
) -> Iterator[ScenarioEdit]:
    """Yield the first key cell of each row that is dropped, now empty, with what goes along."""
    first = declared.key_columns[0].key
    for each in named(declared, record.key):
        key = key_of_row(declared, TypedRow(0, each))
        for other in references(declared, each, now):
            along = key_of_row(other.declared, other.row)
            if not other.goes_along:
                at = other.row.row
                where = now.place(other.declared, at, other.column) if at else along
                what = message(
                    "scenario.gone_refers", key=key, sheet=other.declared.title, cell=where
                )
                sort = "people" if other.declared.key == "occupancy" else "other"
                raise SentenceError("key", what, message(f"scenario.gone_refers.{sort}"))
            column = other.declared.key_columns[0].key
            now.drop(other.declared, along)
            yield replace(record, table=other.declared.key, key=along, column=column, value=None)
        now.drop(declared, key)
        yield replace(record, key=key, column=first, value=None)


def references(declared: Table, record: object, now: RowsNow) -> Iterator[RowRefers]:
    """Yield the rows of other tables that name a row of a table with a single key."""
    if len(declared.key_columns) > 1:
        return
    name = str(getattr(record, declared.key_columns[0].field))
    for other in TABLES:
        columns = [each for each in other.columns if each.refers_to == declared.key]
        for each in list(now.rows(other)) if columns else ():
            for column in columns:
                if _names(getattr(each.record, column.field), name):
                    along = other.key in _GO_ALONG or not getattr(each.record, "people", 1)
                    yield RowRefers(other, each, column, along)
                    break


def _names(value: object, name: str) -> bool:
    return name in value if isinstance(value, tuple) else str(value) == name


def _key_parts(declared: Table, key: str) -> tuple[str, ...]:
    """Return the parts of a new row's key as the program has them."""
    columns = declared.row_columns
    written = [tidy(part) for part in key.split("|")]
    least = len(declared.key_columns)
    whole = least <= len(written) <= len(columns)
    if not whole or any(not part or "*" in part or ";" in part for part in written[:least]):
        shape = tuple(each.title for each in declared.key_columns)
        what = message("scenario.new_key", key=key, table=declared.title)
        raise SentenceError("key", what, message("scenario.key_parts.todo", columns=shape))
    parts = [_key_part(*each) for each in zip(columns, written, strict=False)]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _key_part(column: Column, part: str) -> str:
    if column.holds in _DAYS and part:
        return str(period_said(part).days()[0])
    return part if column.named is None else code_of(column.named, part)


def _read(
    declared: Table,
    parts: tuple[str, ...],
    cells: dict[str, RawValue | None],
    now: RowsNow,
    key: str,
) -> None:
    """Note the new row among the others as far as it can be read; a cell at fault is told."""
    keyed = zip(declared.row_columns, parts, strict=False)
    raw: dict[str, RawValue | None] = {**cells, **key_cells(keyed)}
    fields: dict[str, object] = {}
    for column in declared.columns:
        try:
            value = read_value(column, raw.get(column.key))
        except UnreadableValueError as fault:
            at = "key" if column.is_key else "value"
            raise SentenceError(at, fault.what, fault.todo) from fault
        if value is not None:
            fields[column.field] = value
        elif column.required:
            now.add(declared, key, None)
            return
    now.add(declared, key, declared.record(**fields))


def key_cells(keyed: Iterable[tuple[Column, str]]) -> dict[str, RawValue | None]:
    """Return the key cells of a row by the parts of its key; a day is a day."""
    return {
        column.key: dt.date.fromisoformat(part) if column.holds in _DAYS and part else part or None
        for column, part in keyed
    }


def _said_cells(
    value: object, declared: Table, named: Named
) -> Iterator[tuple[str, RawValue | None]]:
    """Yield the cells that the value of a new row says, in its order; a later one holds."""
    text = tidy("" if value is None else str(value))
    said = text.split(";") if ";" in text else _PARTED.split(text)
    for part in filter(None, map(tidy, said)):
        if like := _LIKE.fullmatch(part):
            yield from _cells_like(declared, like[1], named)
        elif (cell := _cell_said(declared, part)) is not None:
            yield cell
        else:
            yield from _of_location(declared, part)


def _cells_like(declared: Table, key: str, named: Named) -> Iterator[tuple[str, RawValue | None]]:
    try:
        found = named(declared, key)
    except SentenceError as fault:
        raise SentenceError("value", fault.what, fault.todo) from fault
    if len(found) > 1:
        what = message("scenario.new_like_many", key=key, count=len(found))
        raise SentenceError("value", what, message("scenario.new_like_many.todo"))
    skipped = _OWN.get(declared.key, frozenset())
    for column in declared.columns:
        standing = getattr(found[0], column.field)
        if column not in declared.row_columns and column.key not in skipped:
            raw = raw_of(standing)
            if raw is not None:
                yield column.key, raw


def raw_of(value: object) -> RawValue | None:
    """Return what a cell holds for a value that was read."""
    if isinstance(value, Listed):
        return str(value.value)
    if isinstance(value, tuple):
        return ";".join(map(str, value)) or None
    return None if value == "" else value  # type: ignore[return-value] # as it was read


def _cell_said(declared: Table, part: str) -> tuple[str, RawValue | None] | None:
    """Return a cell said as `Column: value`; nothing where no column is named."""
    name, colon, value = part.partition(":")
    if not colon:
        name, colon, value = part.partition("=")
    if not colon:
        return None
    for column in declared.columns:
        if plain(name) in map(plain, names_of(column)):
            if column in declared.row_columns:
                what = message("scenario.new_key_again", column=column.title)
                raise SentenceError("value", what, message("scenario.new_key_again.todo"))
            try:
                return column.key, raw_of(read_value(column, value))
            except UnreadableValueError as fault:
                raise SentenceError("value", fault.what, fault.todo) from fault
    spelled = {each: column.title for column in declared.columns for each in names_of(column)}
    near = nearest(name, spelled)
    options = (spelled[near],) if near is not None else tuple(spelled.values())[::3]
    what = message("scenario.column_unknown", column=tidy(name), table=declared.title)
    raise SentenceError("value", what, message("scenario.part_unknown.todo", options=options))


def _of_location(declared: Table, part: str) -> Iterator[tuple[str, RawValue | None]]:
    """Yield the cells that a part says without naming the column."""
    cells = _beds_or_area(part) if declared.key == "locations" else {}
    if declared.key == "locations" and not cells and is_period_said(part):
        period = period_said(part)
        days = {"open_from": period.begin, "open_until": period.end}
        cells = {name: day for name, day in days.items() if day is not None}
    cells = cells or _choice(declared, part)
    if not cells:
        what = message("scenario.new_part", part=part)
        raise SentenceError("value", what, message("scenario.new_part.todo"))
    yield from cells.items()


def _beds_or_area(part: str) -> dict[str, RawValue | None]:
    if beds := _BEDS.fullmatch(part):
        found = number_readings(beds[1])
        return {"beds": int(found[0])} if len(found) == 1 else {}
    if area := _AREA.fullmatch(part):
        sort = area[1].casefold()
        return {_AREAS.get(sort, sort): area[2]}
    return {}


def _choice(declared: Table, part: str) -> dict[str, RawValue | None]:
    """Return the first cell with a list of values that has this one, such as a type."""
    for column in declared.columns:
        if column.holds is ColumnType.CHOICE:
            try:
                return {column.key: raw_of(read_value(column, part))}
            except UnreadableValueError:
                continue
    return {}
