"""Scenarios: which one is meant, and the book as it is under one.

A scenario is a forecast of that name, a list of changed cells on the sheet Scenarios, or both. A
scenario that only changes cells uses the middle forecast.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Finding, Severity
from planner.tables.book import Book, RawValue
from planner.tables.column import Table
from planner.tables.edits import AddRow, Edit, SetCell, apply, next_row
from planner.tables.names import plain
from planner.tables.recognise import table_named
from planner.tables.settings import ScenarioEdit
from planner.tables.switches import is_switch, known_parameter, switch_fault
from planner.tables.typed import TypedRow, TypedTables
from planner.texts import message

MIDDLE = "middle"


def scenario_names(typed: TypedTables) -> tuple[str, ...]:
    """Return every scenario that the book names, in order of first mention."""
    names: dict[str, None] = {}
    for table in ("forecast", "inflow", "scenarios"):
        names.update((each.scenario, None) for each in typed.records(table))
    return tuple(names)


def chosen_scenario(typed: TypedTables, asked: str | None) -> tuple[str, tuple[Finding, ...]]:
    """Return the scenario meant: the one asked for, else the only one, else `middle`."""
    names = scenario_names(typed)
    if asked is not None and names and asked not in names:
        return asked, (
            Finding(
                Severity.ERROR,
                message("finding.scenario_unknown", name=asked, names=names),
                message("finding.scenario_unknown.todo"),
            ),
        )
    if asked is not None:
        return asked, ()
    if len(names) == 1:
        return names[0], ()
    if names and MIDDLE not in names:
        return names[0], (
            Finding(
                Severity.ERROR,
                message("finding.scenario_choose", names=names),
                message("finding.scenario_choose.todo"),
            ),
        )
    return MIDDLE, ()


def forecast_name(typed: TypedTables, scenario: str) -> str:
    """Return the forecast a scenario uses: its own, else the only one, else the middle one."""
    names = tuple(dict.fromkeys(each.scenario for each in typed.records("forecast")))
    if scenario in names or not names:
        return scenario
    return names[0] if len(names) == 1 else MIDDLE


def with_scenario(book: Book, typed: TypedTables, name: str) -> tuple[Book, tuple[Finding, ...]]:
    """Return the book with a scenario's cells changed; the very same book where it has none."""
    edits: list[Edit] = []
    findings: list[Finding] = []
    for each in typed.rows("scenarios"):
        record: ScenarioEdit = each.record
        if record.scenario != name:
            continue
        try:
            value: RawValue | None = record.value  # type: ignore[assignment] # read as it stands
            edits.append(edit_of(book, typed, record.table, record.key, record.column, value))
        except LookupError:
            findings.append(unusable_edit(typed, each))
    if not edits:
        return book, tuple(findings)
    return apply(book, edits)[0], tuple(findings)


def unusable_edit(typed: TypedTables, each: TypedRow) -> Finding:
    """Return what is wrong with a scenario's row for which `edit_of` has no edit."""
    record: ScenarioEdit = each.record
    raw: RawValue | None = record.value  # type: ignore[assignment] # read as it stands
    fault = switch_fault(record.key, raw) if is_switch(record.key) else None
    if fault is None:
        shown = f"{record.table} · {record.key} · {record.column}"
        fault = (
            message("finding.edit_unknown", edit=shown),
            message("finding.edit_unknown.todo"),
        )
    return typed.finding(Severity.ERROR, "scenarios", each.row, "key", *fault)


def edit_of(  # noqa: PLR0913, PLR0917 - an edit addressed by key has these parts
    book: Book, typed: TypedTables, table_name: str, key: str, column: str, value: RawValue | None
) -> Edit:
    """Return the edit of a cell that is addressed by table, key and column.

    The key's parts are joined by `|`. `LookupError` when table, row or column is unknown; a
    supplied parameter, or a rule's switch, that the book does not give is added.
    """
    declared = table_named(table_name)
    if declared is None:
        raise LookupError(table_name)
    column_key = _column_named(declared, column)
    sets_parameter = declared.key == "parameters" and column_key == "value"
    if sets_parameter and is_switch(key) and switch_fault(key, value) is not None:
        raise LookupError(key)
    row = next(_rows_with_key(typed, declared, key), None)
    if row is not None:
        return SetCell(declared.key, row, column_key, value)
    if sets_parameter and known_parameter(key) is not None:
        return AddRow(
            "parameters", next_row(book, "parameters"), {"parameter": key, "value": value}
        )
    raise LookupError(key)


def _rows_with_key(typed: TypedTables, declared: Table, key: str) -> Iterator[int]:
    wanted = tuple(part.strip() for part in key.split("|"))
    for each in typed.rows(declared.key):
        if tuple(str(part) for part in each.key(declared)) == wanted:
            yield each.row


def _column_named(declared: Table, name: str) -> str:
    for each in declared.columns:
        if plain(name) in {plain(each.key), plain(each.title.nl), plain(each.title.en)}:
            return each.key
    raise LookupError(name)
