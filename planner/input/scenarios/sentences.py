"""Rows of the sheet Scenarios that say more than one cell: all of a province, a period, times 1.2.

A key may name several rows: each part is a name, a month in any notation, `*`, a period such as
`vanaf okt 2026`, or `provincie Groningen`. A value may say how the one that stands changes:
`+10 %`, `x1,2`, `2 maanden later`. Locations have a column more, to close: the extension goes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from planner.core.display_names import called
from planner.core.texts import Text, catalogue, message
from planner.input.column import Column, ColumnType, Table, table_of
from planner.input.days import day_readings, month_readings
from planner.input.location import Location
from planner.input.names import nearest, plain, tidy
from planner.input.parameters import supplied
from planner.input.recognise import names_of, table_named
from planner.input.records import TABLES
from planner.input.scenarios.dated_rows import (
    by_parameter,
    dated_row,
    for_a_time,
    is_dated,
    takes_stay_of_group,
)
from planner.input.scenarios.said_periods import (
    SaidPeriod,
    SentenceError,
    is_period_said,
    month_said,
    period_said,
)
from planner.input.scenarios.said_values import as_number, changed_value, is_relative
from planner.input.scenarios.whole_rows import (
    RowsNow,
    Whole,
    added_cells,
    dropped_cells,
    key_of_row,
    whole_row,
)
from planner.input.settings import ScenarioEdit
from planner.input.streams import Stage, Stream
from planner.input.supplied_names import Named, code_of
from planner.input.switches import known_parameter
from planner.input.typed import TypedRow, TypedTables

_ABOUT = re.compile(
    r"(provincie|province|regio|region|gemeente|municipality|type)\s+(.+)", re.IGNORECASE
)
_FIELDS = {
    "provincie": "province",
    "regio": "region",
    "gemeente": "municipality",
}
# A name without spaces, or a whole day as the program writes it; other days are read.
_WRITTEN_OUT = re.compile(r"\d{4}-\d{2}-\d{2}|(?!\d+[-/.]\d+(?:[-/.]\d+)?$)[^\s*;]+")
_CLOSE = frozenset({"sluiten", "close", "sluit", "closed from", "dicht vanaf", "gesloten vanaf"})
_OPEN_UNTIL = names_of(table_of(Location).column("open_until"))
_EXTENDABLE = names_of(table_of(Location).column("extendable_until"))
_DAYS = frozenset({ColumnType.DATE, ColumnType.MONTH})
_LAST_DAYS = tuple(table_of(each).column("valid_until") for each in (Stream, Stage))
_MOST_TOLD = 8

Chooses = Callable[[Any], bool]
CellKey = tuple[str, str, str]


@dataclass(frozen=True)
class Closing:
    """A location that a row closes, and until when it could have been extended, if it could."""

    location: str
    first_day: dt.date
    extension: dt.date | None


class Sentences:
    """Reads rows of Scenarios into changes of one cell each, in their order."""

    def __init__(
        self,
        typed: TypedTables,
        now: Mapping[CellKey, object] | None = None,
        rows: RowsNow | None = None,
    ) -> None:
        """Read for a book; a change sees what the rows before it made, which may be given."""
        self._typed = typed
        self._now: dict[CellKey, object] = dict(now or {})
        self._by_key: dict[str, dict[str, Any]] = {}
        self._rows = RowsNow(typed) if rows is None else rows

    def aside(self) -> Sentences:
        """Return a reading that has seen the same rows, for one that does not count."""
        return Sentences(self._typed, self._now, self._rows.copied())

    def plain(self, row: TypedRow) -> tuple[TypedRow, ...]:
        """Return the changes of single cells that a row says, itself where it is one.

        `SentenceError` where it cannot be followed.
        """
        record: ScenarioEdit = row.record
        whole = whole_row(record)
        if whole is not None:
            return tuple(replace(row, record=each) for each in self._whole(record, whole))
        if not _says_more(record):
            self._now[record.table, record.key, record.column] = record.value
            return (row,)
        found = tuple(self._plain(record))
        for each in found:
            self._now[each.table, each.key, each.column] = each.value
        return tuple(replace(row, record=each) for each in found)

    def closing(self, record: ScenarioEdit) -> tuple[Closing, ...]:
        """Return the locations that a row closes."""
        declared = table_named(record.table)
        if declared is None or declared.key != "locations" or not _closes(record):
            return ()
        first = _day_of(record.value)
        rows = self.named(declared, record.key)
        return tuple(Closing(each.id, first, each.extendable_until) for each in rows)

    def extendable(self, record: ScenarioEdit) -> tuple[tuple[str, dt.date], ...]:
        """Return the locations that a row ends earlier and that may yet be extended past that.

        Not those whose extension the scenario takes away too.
        """
        declared = table_named(record.table)
        plainly = plain(record.column) in {plain(each) for each in _OPEN_UNTIL}
        if declared is None or declared.key != "locations" or not plainly:
            return ()
        try:
            day = _day_of(record.value)
        except SentenceError:
            return ()
        mine = [
            each
            for each in self._typed.records("scenarios")
            if each.scenario == record.scenario and plain(each.column) in map(plain, _EXTENDABLE)
        ]
        gone = {each.key.strip() for each in mine}
        return tuple(
            (each.id, each.extendable_until)
            for each in self._typed.records("locations")
            if each.id == record.key.strip()
            and each.id not in gone
            and each.extendable_until is not None
            and each.extendable_until > day
            and (each.open_until is None or day < each.open_until)
        )

    def _whole(self, record: ScenarioEdit, whole: Whole) -> tuple[ScenarioEdit, ...]:
        """Return the cells of rows that are added or dropped."""
        cells = added_cells if whole is Whole.NEW else dropped_cells
        found = tuple(cells(record, _table(record), self._rows, self.named))
        self._by_key.clear()
        return found

    def _plain(self, record: ScenarioEdit) -> Iterator[ScenarioEdit]:
        declared = _table(record)
        if declared.key == "locations" and _closes(record):
            for each in self.closing(record):
                last = each.first_day - dt.timedelta(days=1)
                yield replace(record, key=each.location, column="open_until", value=last)
                if each.extension is not None:
                    yield replace(record, key=each.location, column="extendable_until", value=None)
            return
        column = _column(declared, record)
        if declared.key == "parameters":
            yield self._of_parameter(record, column)
            return
        dated = for_a_time(declared, record.key)
        if dated is not None and column not in {*declared.row_columns, *_LAST_DAYS}:
            yield from self._for_a_time(declared, record, column, *dated)
            return
        for each in self.named(declared, record.key):
            key = key_of_row(declared, TypedRow(0, each))
            standing = self._now.get(
                (record.table, key, record.column), getattr(each, column.field)
            )
            yield replace(record, key=key, value=changed_value(column, standing, record.value, key))

    def _for_a_time(
        self, declared: Table, record: ScenarioEdit, column: Column, head: str, period: SaidPeriod
    ) -> Iterator[ScenarioEdit]:
        """Yield changes of rows that hold for a time, beside those that hold throughout."""
        rows = [each for each in self.named(declared, head) if not is_dated(each)]
        if not rows:
            raise self._fits_none(declared, record.key)
        for each in rows:
            row = dated_row(declared, each, period, self._typed)
            stands = row.stands or each
            by = by_parameter(column, stands, row.key, period)
            if by is not None:
                raise by
            standing = getattr(stands, column.field)
            whole = key_of_row(declared, TypedRow(0, each))
            own = self._now.get((record.table, whole, record.column))
            if row.stands is None and own is not None:
                standing = own
            if standing is None and column.field == "stay_months":
                standing = self._stay_of_group(each)
            standing = self._now.get((record.table, row.key, record.column), standing)
            yield replace(
                record, key=row.key, value=changed_value(column, standing, record.value, row.key)
            )

    def _stay_of_group(self, row: Stream | Stage) -> object:
        """Return the stay of a row that gives none: its group's, as the scenario has it by now."""
        if not takes_stay_of_group(row, self._typed):
            return None
        for (name, key, column), value in self._now.items():
            declared = table_named(name)
            if declared is not None and declared.key == "groups" and key == row.group:
                stay = declared.column("stay_months")
                if plain(column) in map(plain, names_of(stay)):
                    return value
        groups = self._rows.records("groups")
        return next((each.stay_months for each in groups if each.group == row.group), None)

    def _of_parameter(self, record: ScenarioEdit, column: Column) -> ScenarioEdit:
        """Return a change of a parameter, throughout or for a time."""
        name, *days = (part.strip() for part in record.key.split("|"))
        name = code_of(Named.PARAMETERS, name)
        key = "|".join((name, *(each.isoformat() for each in _days_of(days))))
        if not is_relative(record.value):
            return replace(record, key=key)
        given = {each.parameter: each.value for each in self._typed.records("parameters")}
        known = known_parameter(name)
        standing = given.get(name, None if known is None else known.value)
        standing = self._now.get((record.table, key, record.column), standing)
        number = replace(column, holds=ColumnType.NUMBER)
        value = changed_value(number, as_number(standing), record.value, key)
        return replace(record, key=key, value=value)

    def named(self, declared: Table, key: str) -> list[Any]:
        """Return the records that a key names; never none."""
        parts = [tidy(part) for part in key.split("|")]
        columns = declared.row_columns
        least = len(declared.key_columns)
        if len(parts) > len(columns):
            raise _too_much(declared, key, parts[len(columns)])
        if len(parts) < least:
            shape = tuple(each.title for each in declared.key_columns)
            what = message("scenario.key_parts", key=key, count=len(parts), wanted=str(least))
            raise SentenceError("key", what, message("scenario.key_parts.todo", columns=shape))
        if declared.key not in self._by_key:
            keyed = {key_of_row(declared, each): each.record for each in self._rows.rows(declared)}
            self._by_key[declared.key] = keyed
        if not self._by_key[declared.key]:
            what = message("scenario.no_rows", table=declared.title)
            raise SentenceError("table", what, message("scenario.no_rows.todo"))
        exact = self._by_key[declared.key].get("|".join(parts))
        return self._among(declared, key, parts) if exact is None else [exact]

    def _among(self, declared: Table, key: str, parts: Sequence[str]) -> list[Any]:
        """Return the records that the parts of a key name together; never none."""
        if self._rows.was_dropped(declared, "|".join(parts)):
            what = message("scenario.gone_before", key=key, table=declared.title)
            raise SentenceError("key", what, message("scenario.gone_before.todo"))
        records = every = list(self._by_key[declared.key].values())
        for column, part in zip(declared.row_columns, parts, strict=False):
            chooses = self._chooser(declared, column, part, every)
            records = [each for each in records if chooses(getattr(each, column.field))]
        if not records:
            raise self._fits_none(declared, key)
        return records

    @staticmethod
    def _fits_none(declared: Table, key: str) -> SentenceError:
        what = message("scenario.key_none", key=key, table=declared.title)
        return SentenceError("key", what, message("scenario.key_none.todo"))

    def _chooser(
        self, declared: Table, column: Column, part: str, records: Iterable[Any]
    ) -> Chooses:
        """Return which values of a key column a part of a key means."""
        if part in {"", "*"}:
            return lambda _value: True
        if column.holds in _DAYS:
            return period_said(part).holds
        about = _ABOUT.fullmatch(part)
        if about and "locations" in {declared.key, column.refers_to}:
            return self._in_area(about[1].casefold(), about[2])
        wanted = {self._name(declared, column, each, records) for each in part.split(";")}
        return lambda value: str(value) in wanted

    def _in_area(self, sort: str, name: str) -> Chooses:
        field = _FIELDS.get(sort, sort)
        locations = self._rows.records("locations")
        own = {each.id for each in locations if plain(name) in _spellings(getattr(each, field, ""))}
        if not own:
            known = (str(getattr(each, field, "")) for each in locations)
            raise _unknown(sort, name, filter(None, known))
        return lambda value: str(value) in own

    def _name(self, declared: Table, column: Column, part: str, records: Iterable[Any]) -> str:
        """Return the name that a part of a key means: as written, or as the program calls it."""
        part = tidy(part)
        names = list(dict.fromkeys(str(getattr(each, column.field)) for each in records))
        if part in names:
            return part
        for name in names:
            title = called(name)
            if plain(part) in {plain(name), plain(title.nl), plain(title.en)}:
                return name
        if "locations" in {declared.key, column.refers_to}:
            for each in self._rows.records("locations"):
                if each.name and plain(each.name) == plain(part):
                    return str(each.id)
        raise _unknown(column.title, part, names)


def _says_more(record: ScenarioEdit) -> bool:
    """Whether a row may say more than a value of the one cell whose key it writes out."""
    if is_relative(record.value) or _closes(record):
        return True
    declared = table_named(record.table)
    if declared is not None and for_a_time(declared, record.key) is not None:
        return True
    return any(
        not _WRITTEN_OUT.fullmatch(each.strip()) or plain(each) in _titles()
        for each in record.key.split("|")
    )


@cache
def _titles() -> frozenset[str]:
    """Return the program's names of groups, parameters and the like that are not their keys."""
    keys = {key.removeprefix("called.") for key in catalogue() if key.startswith("called.")}
    texts = [*map(called, keys), *(each.title for each in supplied().values())]
    titles = {plain(title) for text in texts for title in (text.nl, text.en)}
    return frozenset(titles - {plain(key) for key in (*keys, *supplied())})


def _spellings(value: object) -> set[str]:
    label = getattr(value, "label", None)
    written = {str(value), *(() if label is None else (label.nl, label.en))}
    return {plain(each) for each in written}


def _unknown(sort: object, part: str, names: Iterable[str]) -> SentenceError:
    """Return that a part of a key is not there, with what it could be."""
    titles = {each: called(each) for each in dict.fromkeys(names)}
    # Whoever writes a name in words slipped in those, and not in the code of the program.
    spelled = {word: title for code, title in titles.items() for word in (code, title.nl, title.en)}
    near = nearest(part, spelled)
    options = (spelled[near],) if near is not None else tuple(titles.values())[:_MOST_TOLD]
    what = message("scenario.part_unknown", part=part, sort=sort)
    todo = message("scenario.part_unknown.todo", options=options)
    left = len(titles) - len(options)
    if near is None and left > 0:
        # Told in part, the names would pass for all there are.
        todo = message("scenario.part_unknown.some.todo", options=options, count=left)
    return SentenceError("key", what, todo)


def _too_much(declared: Table, key: str, part: str) -> SentenceError:
    """Return that a key says more than there are columns: a period where nothing has a date."""
    shape = tuple(each.title for each in declared.row_columns)
    if is_period_said(part):
        what = message("scenario.not_dated", table=declared.title, part=part)
        return SentenceError("key", what, message("scenario.not_dated.todo"))
    wanted = str(len(shape))
    what = message("scenario.key_parts", key=key, count=key.count("|") + 1, wanted=wanted)
    return SentenceError("key", what, message("scenario.key_parts.todo", columns=shape))


def what_is_unknown(record: ScenarioEdit, typed: TypedTables) -> SentenceError | None:
    """Return which part of a row names what is not there, and what it could be."""
    try:
        declared = _table(record)
        if whole_row(record) is not None:
            Sentences(typed).plain(TypedRow(0, record))
            return None
        _column(declared, record)
        if declared.key == "parameters":
            return _unknown_parameter(record)
        Sentences(typed).named(declared, record.key)
    except SentenceError as fault:
        return fault
    return None


def _unknown_parameter(record: ScenarioEdit) -> SentenceError | None:
    name, *days = (part.strip() for part in record.key.split("|"))
    name = code_of(Named.PARAMETERS, name)
    try:
        _days_of(days)
    except SentenceError as fault:
        return fault
    return (
        None
        if known_parameter(name)
        else _unknown(Text("parameter", "parameter"), name, supplied())
    )


def _days_of(parts: Sequence[str]) -> tuple[dt.date, ...]:
    """Return from when until when a parameter is meant, by the parts of a key behind its name."""
    if len(parts) == 1:
        return period_said(parts[0]).days()
    return tuple(month_said(each, last=at > 0) for at, each in enumerate(parts))


def _table(record: ScenarioEdit) -> Table:
    declared = table_named(record.table)
    if declared is not None and declared.key != "scenarios":
        return declared
    names = [each.title for each in TABLES if each.key != "scenarios"]
    spelled = {name: each.title for each in TABLES for name in names_of(each)}
    near = nearest(record.table, spelled)
    what = message("scenario.table_unknown", table=record.table)
    options = (spelled[near],) if near is not None else tuple(names)
    raise SentenceError("table", what, message("scenario.part_unknown.todo", options=options))


def _column(declared: Table, record: ScenarioEdit) -> Column:
    for each in declared.columns:
        if plain(record.column) in map(plain, names_of(each)):
            return each
    spelled = {name: each.title for each in declared.columns for name in names_of(each)}
    near = nearest(record.column, spelled)
    what = message("scenario.column_unknown", column=record.column, table=declared.title)
    options = (
        (spelled[near],) if near is not None else tuple(each.title for each in declared.columns)
    )
    raise SentenceError("column", what, message("scenario.part_unknown.todo", options=options))


def _closes(record: ScenarioEdit) -> bool:
    return tidy(record.column).casefold() in _CLOSE


def _day_of(value: object) -> dt.date:
    """Return the first day that a location is closed."""
    if isinstance(value, dt.date):
        return value
    found = (*day_readings(str(value or "")), *month_readings(str(value or "")))
    if not found:
        what = message("scenario.no_day", value=str(value or ""))
        raise SentenceError("value", what, message("scenario.no_day.todo"))
    return found[0]
