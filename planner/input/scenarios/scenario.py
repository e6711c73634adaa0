"""Scenarios: which one is meant, and the book as it is under one.

A scenario is a forecast of that name, a list of changed cells on the sheet Scenarios, or both. A
scenario that only changes cells uses the middle forecast, unless it sets the parameter
`forecast_scenario`. Its changes apply in the order of the sheet; those that are not active, never.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, Message, message
from planner.input.book import Book, RawValue
from planner.input.column import Table
from planner.input.edits import AddRow, Edit, SetCell, apply, next_row
from planner.input.names import plain
from planner.input.recognise import table_named
from planner.input.scenarios.dated_rows import DATED
from planner.input.scenarios.said_periods import SentenceError
from planner.input.scenarios.sentences import Sentences, what_is_unknown
from planner.input.settings import Parameter, ScenarioEdit
from planner.input.supplied_names import Named, code_of, in_words, name_of
from planner.input.switches import is_switch, known_parameter, switch_fault
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import UnreadableValueError, read_value

MIDDLE = "middle"
FORECAST = "forecast_scenario"  # the parameter that names the forecast to use

Address = tuple[str, str, str]  # the table, the row's key and the column
Fault = tuple[str, Message, Message]  # at which column of Scenarios, what is wrong, what to do


def scenario_names(typed: TypedTables) -> tuple[str, ...]:
    """Return every scenario that the book names, in order of first mention."""
    changing = dict.fromkeys(each.scenario for each in typed.records("scenarios"))
    return tuple(dict.fromkeys((*forecast_names(typed), *changing)))


def forecast_names(typed: TypedTables) -> tuple[str, ...]:
    """Return the scenarios that have a forecast or arrivals of their own."""
    names: dict[str, None] = {}
    for table in ("forecast", "inflow"):
        names.update((each.scenario, None) for each in typed.records(table))
    return tuple(names)


def is_beyond_forecast(typed: TypedTables, name: str) -> bool:
    """Whether a scenario is marked as one of policy that the forecast does not hold.

    One row that counts is enough.
    """
    return any(
        each.scenario == name and each.active is not False and bool(each.beyond_forecast)
        for each in typed.records("scenarios")
    )


def chosen_scenario(typed: TypedTables, asked: str | None) -> tuple[str, tuple[Finding, ...]]:
    """Return the scenario meant: the one asked for, else the only one, else `middle`.

    Where none is called `middle`, the only one with a forecast goes before those that change cells.
    """
    names = scenario_names(typed)
    asked = None if asked is None else code_of(Named.SCENARIOS, asked)
    if asked is not None and names and asked not in names:
        return asked, (
            Finding(
                Severity.ERROR,
                in_words(message("finding.scenario_unknown", name=asked, names=names)),
                message("finding.scenario_unknown.todo"),
            ),
        )
    if asked is not None:
        return asked, ()
    if len(names) == 1:
        return names[0], ()
    if not names or MIDDLE in names:
        return MIDDLE, ()
    forecasts = forecast_names(typed)
    if len(forecasts) == 1:
        return forecasts[0], ()
    return names[0], (
        Finding(
            Severity.ERROR,
            in_words(message("finding.scenario_choose", names=names)),
            message("finding.scenario_choose.todo"),
        ),
    )


def forecast_name(typed: TypedTables, scenario: str) -> str:
    """Return the forecast a scenario uses: its own, else the only one, else the middle one."""
    names = tuple(dict.fromkeys(each.scenario for each in typed.records("forecast")))
    if scenario in names or not names:
        return scenario
    return names[0] if len(names) == 1 else MIDDLE


def with_scenario(book: Book, typed: TypedTables, name: str) -> tuple[Book, tuple[Finding, ...]]:
    """Return the book with a scenario's cells changed; the very same book where it has none.

    The findings are about its changes that name what is not there.
    """
    making = EditsByKey(book, typed)
    edits: list[Edit] = []
    findings: list[Finding] = []
    for each in changes_of(typed, name):
        try:
            edits.append(making.of(each.record))
        except LookupError:
            findings.append(_finding(typed, each, *unusable_edit(each.record, typed)))
    if not edits:
        return book, tuple(findings)
    return apply(book, edits)[0], tuple(findings)


def changes_of(typed: TypedTables, name: str) -> Iterator[TypedRow]:
    """Yield the changes of single cells that a scenario consists of now, in their order.

    A row that says several is several, each at its row.
    """
    reading = Sentences(typed)
    for each in typed.rows("scenarios"):
        if each.record.scenario == name and each.record.active is not False:
            try:
                yield from reading.plain(each)
            except SentenceError:
                yield each  # it changes nothing, and its fault is told


def edit_faults(book: Book, typed: TypedTables) -> Iterator[Finding]:
    """Yield what is wrong with the changes of every scenario, each as an error at its row.

    What follows from a change besides what it says is a remark.
    """
    making = EditsByKey(book, typed)
    readings: dict[str, Sentences] = {}
    for each in typed.rows("scenarios"):
        reading = readings.setdefault(each.record.scenario, Sentences(typed))
        fault = _fault_in(making, reading, each)
        if fault is not None:
            yield _finding(typed, each, *fault)
        else:
            yield from _said_besides(typed, reading, each)


def fault_of(making: EditsByKey, record: ScenarioEdit) -> Fault | None:
    """Return what is wrong with one change, nothing where it can be applied and read."""
    return _fault_in(making, Sentences(making.typed), TypedRow(0, record))


def _fault_in(making: EditsByKey, reading: Sentences, row: TypedRow) -> Fault | None:
    try:
        changes = reading.plain(row)
    except SentenceError as fault:
        return fault.column, fault.what, fault.todo
    faults = (_fault_of_cell(making, each.record) for each in changes)
    return next((each for each in faults if each is not None), None)


def _fault_of_cell(making: EditsByKey, record: ScenarioEdit) -> Fault | None:
    try:
        edit = making.of(record)
    except LookupError:
        return unusable_edit(record, making.typed)
    if not isinstance(edit, SetCell) and edit.table == "parameters":
        return None
    declared, named = _declared(record.table, record.column)
    column = declared.column(named)
    raw: RawValue | None = record.value  # type: ignore[assignment] # read as it stands
    try:
        value = read_value(column, raw)
    except UnreadableValueError as unreadable:
        return "value", unreadable.what, unreadable.todo
    if value is None and column.required:
        what = message("finding.empty_cell", column=column.title)
        return "value", what, message("finding.empty_cell.todo")
    return None


def unusable_edit(record: ScenarioEdit, typed: TypedTables) -> Fault:
    """Return what is wrong with a change that makes no edit: which part, and what it can be."""
    raw: RawValue | None = record.value  # type: ignore[assignment] # read as it stands
    fault = switch_fault(record.key, raw) if is_switch(record.key) else None
    if fault is not None:
        return "key", *fault
    told = what_is_unknown(record, typed)
    if told is not None:
        return told.column, told.what, told.todo
    shown = f"{record.table} · {record.key} · {record.column}"
    what = message("finding.edit_unknown", edit=shown)
    return "key", what, message("finding.edit_unknown.todo")


def _said_besides(typed: TypedTables, reading: Sentences, each: TypedRow) -> Iterator[Finding]:
    """Yield that a location that closes loses its extension, or that one may yet be extended."""
    for closing in reading.closing(each.record):
        if closing.extension is not None:
            what = message(
                "scenario.closes",
                location=closing.location,
                day=closing.first_day,
                extension=closing.extension,
            )
            yield typed.finding(
                Severity.REMARK,
                "scenarios",
                each.row,
                "value",
                what,
                message("scenario.closes.todo"),
            )
    for location, until in reading.extendable(each.record):
        what = message("scenario.extendable", location=location, until=until)
        yield typed.finding(
            Severity.REMARK,
            "scenarios",
            each.row,
            "value",
            what,
            message("scenario.extendable.todo"),
        )


def _finding(
    typed: TypedTables, each: TypedRow, column: str, what: Message, todo: Message
) -> Finding:
    return typed.finding(Severity.ERROR, "scenarios", each.row, column, what, todo)


def as_planned(typed: TypedTables, name: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings as they matter when a scenario is planned.

    What is wrong with another scenario, or with a change that is not active, stops nothing. What
    is wrong with a cell that the scenario changes is told where its value stands: on Scenarios.
    """
    places = _changed_places(typed, name)
    for each in findings:
        if each.table == "scenarios" and each.severity is Severity.ERROR:
            planned = _concerns(typed.book, each.row, name)
            yield each if planned else replace(each, severity=Severity.REMARK)
        elif each.row is not None and (each.table, each.row, each.column) in places:
            row = places[each.table, each.row, each.column]
            yield typed.finding(each.severity, "scenarios", row, "value", each.what, each.todo)
        else:
            yield each


def _changed_places(typed: TypedTables, name: str) -> dict[tuple[str, int, str], int]:
    """Return for each cell that a scenario changes the row of Scenarios that does so last."""
    making = EditsByKey(typed.book, typed)
    places: dict[tuple[str, int, str], int] = {}
    for each in changes_of(typed, name):
        try:
            edit = making.of(each.record)
        except LookupError:
            continue
        column = _declared(each.record.table, each.record.column)[1]
        places[edit.table, edit.row, column] = each.row
    return places


def _concerns(book: Book, row: int | None, name: str) -> bool:
    """Whether a row of the sheet Scenarios counts when a scenario is planned, as far as it says."""
    frame = book.frame("scenarios")
    if row is None or row not in frame.index:
        return True
    declared = table_named("scenarios")
    if declared is None:
        raise LookupError("scenarios")
    read: dict[str, object] = {}
    for key in ("scenario", "active"):
        try:
            read[key] = read_value(declared.column(key), book.cell("scenarios", row, key))
        except (UnreadableValueError, KeyError):
            read[key] = None
    return read["scenario"] in {name, None} and read["active"] is not False


def edit_of(  # noqa: PLR0913, PLR0917 - an edit addressed by key has these parts
    book: Book, typed: TypedTables, table_name: str, key: str, column: str, value: RawValue | None
) -> Edit:
    """Return the edit of one cell; `LookupError` as for `EditsByKey.edit`."""
    return EditsByKey(book, typed).edit(table_name, key, column, value)


class EditsByKey:
    """Makes edits of cells that are addressed by key; each table is looked through once."""

    def __init__(self, book: Book, typed: TypedTables) -> None:
        """Address the rows of a book."""
        self._book = book
        self.typed = typed
        self._rows: dict[str, dict[str, int]] = {}
        self._added: dict[tuple[str, str], int] = {}

    def of(self, record: ScenarioEdit) -> Edit:
        """Return the edit of a scenario's row; `LookupError` as for `edit`."""
        value: RawValue | None = record.value  # type: ignore[assignment] # as it stands
        return self.edit(record.table, record.key, record.column, value)

    def edit(self, table_name: str, key: str, column: str, value: RawValue | None) -> Edit:
        """Return the edit of a cell that is addressed by table, key and column.

        The key's parts are joined by `|`. `LookupError` when table, row or column is unknown; a
        supplied parameter, or a rule's switch, that the book does not give is added once. So is
        the row of a parameter for a time, `name|first day|last day`, the last day left out where
        it has no end, and such a row of Streams or Stages beside the one that holds throughout.
        """
        declared, column_key = _declared(table_name, column)
        sets_parameter = declared.key == "parameters" and column_key == "value"
        if sets_parameter and is_switch(key) and switch_fault(key, value) is not None:
            raise LookupError(key)
        name, begin, end = period_of(key) if sets_parameter else (key, None, None)
        wanted = name if begin is None else f"{name}|{begin}"
        if declared.key in DATED:
            wanted = "|".join(key.split("|")[: len(declared.row_columns)])
        row = self.row(declared, wanted)
        if row is not None:
            return SetCell(declared.key, row, column_key, value)
        if declared.key in DATED:
            return self._for_a_time(declared, key, {column_key: value})
        known = known_parameter(name) if sets_parameter else None
        if known is None:
            raise LookupError(key)
        terms = _terms(known) if begin is None else _period_terms(known, begin, end)
        row = self._next("parameters", wanted)
        return AddRow("parameters", row, {**terms, "parameter": name, "value": value})

    def _for_a_time(
        self, declared: Table, key: str, cells: Mapping[str, RawValue | None]
    ) -> AddRow:
        """Return a row that holds for a time, else as the one that holds throughout."""
        whole = len(declared.row_columns)
        parts = codes_of_key(declared, key).split("|")
        place, days = parts[: whole - 1], parts[whole - 1 :]
        of = self.row(declared, "|".join(place).rstrip("|"))
        try:
            begin, *end = (dt.date.fromisoformat(day) for day in days)
        except ValueError as fault:
            raise LookupError(key) from fault
        if of is None or len(end) > 1:
            raise LookupError(key)
        read = {
            str(name): self._book.cell(declared.key, of, str(name))
            for name in self._book.frame(declared.key).columns
        }
        row = self._next(declared.key, "|".join(parts[:whole]))
        dates = {"valid_from": begin, "valid_until": next(iter(end), None)}
        return AddRow(declared.key, row, {**read, **dates, **cells})

    def _next(self, table_key: str, key: str) -> int:
        """Return the row for a key that is added, below those that are there and were added."""
        before = sum(name == table_key for name, _ in self._added)
        self._added[table_key, key] = next_row(self._book, table_key) + before
        return self._added[table_key, key]

    def row(self, declared: Table, key: str) -> int | None:
        """Return the row of a key, added ones included; nothing where there is none."""
        if declared.key not in self._rows:
            rows: dict[str, int] = {}
            for each in self.typed.rows(declared.key):
                rows.setdefault(key_text(declared, each), each.row)
            self._rows[declared.key] = rows
        wanted = codes_of_key(declared, key)
        found = self._rows[declared.key].get(wanted)
        return self._added.get((declared.key, wanted)) if found is None else found


def _terms(known: Parameter) -> dict[str, RawValue | None]:
    """Return what a parameter that is added has beside its value: unit and validity."""
    return {
        "unit": known.unit,
        "valid_from": known.valid_from,
        "valid_until": known.valid_until,
    }


def _period_terms(
    known: Parameter, begin: dt.date, end: dt.date | None
) -> dict[str, RawValue | None]:
    return {"unit": known.unit, "valid_from": begin, "valid_until": end}


def period_of(key: str) -> tuple[str, dt.date | None, dt.date | None]:
    """Return the name of a parameter, and from when until when a row of it holds.

    `LookupError` where what stands behind the name is no date.
    """
    name, *days = (part.strip() for part in key.split("|"))
    name = code_of(Named.PARAMETERS, name)
    if not days:
        return name, None, None
    try:
        begin, *end = (dt.date.fromisoformat(day) for day in days)
    except ValueError as fault:
        raise LookupError(key) from fault
    if len(end) > 1:
        raise LookupError(key)
    return name, begin, next(iter(end), None)


def key_text(declared: Table, each: TypedRow) -> str:
    """Return a row's key as a scenario writes it: its parts joined by `|`."""
    return "|".join(str(part) for part in each.key(declared))


def codes_of_key(declared: Table, key: str) -> str:
    """Return a key with the program's own codes for the names in it, in either language."""
    parts = tuple(part.strip() for part in key.split("|"))
    columns = (*declared.row_columns, *(None for _ in parts))
    return "|".join(
        part if column is None or column.named is None else code_of(column.named, part)
        for part, column in zip(parts, columns, strict=False)
    )


def names_of_key(declared: Table, key: str, language: Language) -> str:
    """Return a key of codes as it is written in a language."""
    columns = (*declared.row_columns, *(None for _ in key.split("|")))
    return "|".join(
        part if column is None or column.named is None else name_of(column.named, part, language)
        for part, column in zip(key.split("|"), columns, strict=False)
    )


def address_of(table_name: str, key: str, column: str) -> Address:
    """Return which cell a scenario's row is about, whichever names it uses for table and column."""
    try:
        declared, column_key = _declared(table_name, column)
    except LookupError:
        key = "|".join(part.strip() for part in key.split("|"))
        return plain(table_name), key, plain(column)
    return declared.key, codes_of_key(declared, key), column_key


def _declared(table_name: str, column: str) -> tuple[Table, str]:
    """Return the table and the column's key; `LookupError` when either is unknown.

    A scenario cannot change the scenarios.
    """
    declared = table_named(table_name)
    if declared is None or declared.key == "scenarios":
        raise LookupError(table_name)
    for each in declared.columns:
        if plain(column) in {plain(each.key), plain(each.title.nl), plain(each.title.en)}:
            return declared, each.key
    raise LookupError(column)
