"""Scenarios: which one is meant, and the book as it is under one.

A scenario is a forecast of that name, a list of changed cells on the sheet Scenarios, or both. A
scenario that only changes cells uses the middle forecast, unless it sets the parameter
`forecast_scenario`. Its changes apply in the order of the sheet; those that are not active, never.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.core.errors import Finding, Severity
from planner.core.texts import Message, message
from planner.input.book import Book, RawValue
from planner.input.edits import AddRow, Edit, SetCell, apply
from planner.input.recognise import table_named
from planner.input.scenarios.by_key import EditsByKey, declared_of
from planner.input.scenarios.said_periods import SentenceError
from planner.input.scenarios.sentences import Sentences, what_is_unknown
from planner.input.scenarios.whole_rows import Whole, whole_row
from planner.input.settings import ScenarioEdit
from planner.input.supplied_names import Named, code_of, in_words
from planner.input.switches import is_switch, switch_fault
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import UnreadableValueError, read_value

MIDDLE = "middle"
FORECAST = "forecast_scenario"  # the parameter that names the forecast to use

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
    judging: dict[str, ChangesInOrder] = {}
    for each in typed.rows("scenarios"):
        if each.record.scenario not in judging:
            judging[each.record.scenario] = ChangesInOrder(making)
        judge = judging[each.record.scenario]
        fault = judge.fault(each)
        if fault is not None:
            yield _finding(typed, each, *fault)
        else:
            yield from _said_besides(typed, judge, each)


class ChangesInOrder:
    """Judges the changes of one scenario, each as those before it left the book."""

    def __init__(self, making: EditsByKey) -> None:
        """Begin with the book as it is."""
        self._making = making.anew()
        self.reading = Sentences(making.typed)
        self.along = 0  # rows of other tables that the last change dropped with its own

    def fault(self, row: TypedRow) -> Fault | None:
        """Return what is wrong with the next change, nothing where it can be applied and read.

        A row that does not count adds and drops nothing for those behind it.
        """
        making, reading = self._making, self.reading
        if row.record.active is False and whole_row(row.record) is not None:
            making, reading = making.aside(), reading.aside()
        self.along = 0
        try:
            changes = reading.plain(row)
        except SentenceError as fault:
            return fault.column, fault.what, fault.todo
        if whole_row(row.record) is Whole.GONE:
            own = table_named(row.record.table)
            self.along = sum(table_named(each.record.table) is not own for each in changes)
        return _fault_among(making, row.record, changes)


def fault_of(making: EditsByKey, record: ScenarioEdit) -> Fault | None:
    """Return what is wrong with one change, nothing where it can be applied and read."""
    return ChangesInOrder(making).fault(TypedRow(0, record))


def _fault_among(
    making: EditsByKey, record: ScenarioEdit, changes: Iterable[TypedRow]
) -> Fault | None:
    if whole_row(record) is not None:
        return _fault_of_rows(making, record, changes)
    faults = (_fault_of_cell(making, each.record) for each in changes)
    return next((each for each in faults if each is not None), None)


def _fault_of_rows(
    making: EditsByKey, record: ScenarioEdit, changes: Iterable[TypedRow]
) -> Fault | None:
    """Return that rows to add or drop are not to be found, where that is so."""
    for each in changes:
        try:
            making.of(each.record)
        except LookupError:
            return unusable_edit(record, making.typed)
    return None


def _fault_of_cell(making: EditsByKey, record: ScenarioEdit) -> Fault | None:
    try:
        edit = making.of(record)
    except LookupError:
        if making.was_dropped(record):
            what = message("scenario.gone_before", key=record.key, table=record.table)
            return "key", what, message("scenario.gone_before.todo")
        return unusable_edit(record, making.typed)
    if not isinstance(edit, SetCell) and edit.table == "parameters":
        return None
    declared, named = declared_of(record.table, record.column)
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


def _said_besides(typed: TypedTables, judge: ChangesInOrder, each: TypedRow) -> Iterator[Finding]:
    """Yield what else a change does: an extension that goes, or one that may yet be; other rows."""
    reading = judge.reading
    if judge.along:
        what = message("scenario.gone_along", key=each.record.key, count=judge.along)
        todo = message("scenario.gone_along.todo")
        yield typed.finding(Severity.REMARK, "scenarios", each.row, "key", what, todo)
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
    places, added = _changed_places(typed, name)
    for each in findings:
        if each.table == "scenarios" and each.severity is Severity.ERROR:
            planned = _concerns(typed.book, each.row, name)
            yield each if planned else replace(each, severity=Severity.REMARK)
        elif each.row is not None and (each.table, each.row, each.column) in places:
            row = places[each.table, each.row, each.column]
            yield typed.finding(each.severity, "scenarios", row, "value", each.what, each.todo)
        elif each.row is not None and (each.table, each.row) in added:
            row = added[each.table, each.row]
            yield typed.finding(each.severity, "scenarios", row, "value", each.what, each.todo)
        else:
            yield each


def _changed_places(
    typed: TypedTables, name: str
) -> tuple[dict[tuple[str, int, str], int], dict[tuple[str, int], int]]:
    """Return the row of Scenarios that changes each cell last, and that adds each row."""
    making = EditsByKey(typed.book, typed)
    places: dict[tuple[str, int, str], int] = {}
    added: dict[tuple[str, int], int] = {}
    for each in changes_of(typed, name):
        try:
            edit = making.of(each.record)
        except LookupError:
            continue
        column = declared_of(each.record.table, each.record.column)[1]
        places[edit.table, edit.row, column] = each.row
        if isinstance(edit, AddRow):
            added[edit.table, edit.row] = each.row
    return places, added


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
