"""What each scenario changes, beside what stands in the input: for a window to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.core.texts import Message, Text
from planner.input.book import Book, RawValue
from planner.input.column import Column
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.scenarios.by_key import Address, EditsByKey
from planner.input.scenarios.scenario import (
    FORECAST,
    MIDDLE,
    ChangesInOrder,
    chosen_scenario,
    forecast_names,
    scenario_names,
)
from planner.input.scenarios.scenario_edits import SHEET, ScenarioRow, lines_of
from planner.input.scenarios.subjects import Subjects, subjects_of
from planner.input.supplied_names import Named, code_of
from planner.input.switches import is_switch, known_parameter
from planner.input.typed import TypedRow, TypedTables, read_tables


@dataclass(frozen=True)
class ShownChange:
    """A change with the cell it is about, that cell's value in the input, and what is wrong.

    `row` is nothing where the input has no such row yet; `column` is nothing where the cell is
    not known. `overruled` says that a later change of the scenario is about the same cell.
    """

    line: ScenarioRow
    address: Address
    row: int | None = None
    column: Column | None = None
    base: RawValue | None = None
    fault: Message | None = None
    overruled: bool = False


@dataclass(frozen=True)
class ShownScenario:
    """A scenario: which forecast it uses, whether that goes by its name, and what it changes."""

    name: str
    forecast: str
    own_forecast: bool
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True)
class ShownScenarios:
    """Every scenario of a book, the forecasts there are, and which one is planned by default.

    `rule_titles` are by the names of the rules, for the changes that switch one; `subjects` what
    changes can be about.
    """

    scenarios: tuple[ShownScenario, ...]
    forecasts: tuple[str, ...]
    default: str
    rule_titles: Mapping[str, Text]
    subjects: Subjects


def shown_scenarios(book: Book, rule_titles: Mapping[str, Text]) -> ShownScenarios:
    """Return every scenario of a book with what it changes."""
    typed, _ = read_tables(book)
    showing = _Showing(book, typed)
    lines = lines_of(book.tables.get(SHEET))
    names = tuple(dict.fromkeys((*scenario_names(typed), *(each.scenario for each in lines))))
    forecasts = forecast_names(typed)
    return ShownScenarios(
        tuple(showing.scenario(name, lines, forecasts) for name in names),
        forecasts,
        chosen_scenario(typed, None)[0],
        rule_titles,
        subjects_of(typed),
    )


class _Showing:
    """Looks up the cells that scenarios are about."""

    def __init__(self, book: Book, typed: TypedTables) -> None:
        self._book = book
        self._making = EditsByKey(book, typed)
        asked = (
            each.record.value
            for each in typed.rows("parameters")
            if each.record.parameter == FORECAST and each.record.value is not None
        )
        self._asked = code_of(Named.SCENARIOS, str(next(asked, "")))

    def scenario(
        self, name: str, lines: tuple[ScenarioRow, ...], forecasts: tuple[str, ...]
    ) -> ShownScenario:
        own = [each for each in lines if each.scenario == name]
        last = {each.address: each.row for each in own if each.active}
        asked = next(
            (
                code_of(Named.SCENARIOS, str(each.value))
                for each in reversed(own)
                if each.active and each.address == ("parameters", FORECAST, "value")
            ),
            self._asked,
        )
        used = asked or (name if name in forecasts else _fallback(forecasts))
        changes = tuple(self._changes(own, last))
        return ShownScenario(name, used, name in forecasts, changes)

    def _changes(self, own: list[ScenarioRow], last: dict[Address, int]) -> Iterator[ShownChange]:
        judge = ChangesInOrder(self._making)
        for each in own:
            overruled = each.active and last[each.address] != each.row
            yield self._change(each, judge, overruled=overruled)

    def _change(self, line: ScenarioRow, judge: ChangesInOrder, *, overruled: bool) -> ShownChange:
        record = replace(line.record, active=line.active)
        fault = judge.fault(TypedRow(line.row, record))
        told = None if fault is None else fault[1]
        try:
            row, column, base = cell_in(self._book, self._making, line.address)
        except KeyError:
            return ShownChange(line, line.address, fault=told)
        return ShownChange(line, line.address, row, column, base, told, overruled)


def cell_in(
    book: Book, making: EditsByKey, address: Address
) -> tuple[int | None, Column, RawValue | None]:
    """Return the row, the column and the value of a cell of the input.

    There is no row where the book has none yet; a parameter then has its supplied value.
    `KeyError` where the table or the column is unknown.
    """
    table_key, key, column_key = address
    declared = table(table_key)
    column = declared.column(column_key)
    row = making.row(declared, key)
    if row not in book.frame(table_key).index:  # a scenario would add it
        row = None
    base = _supplied(key) if table_key == "parameters" and column_key == "value" else None
    if row is not None:
        has = column_key in book.frame(table_key).columns
        base = book.cell(table_key, row, column_key) if has else None
    return row, column, base


def _fallback(forecasts: tuple[str, ...]) -> str:
    return forecasts[0] if len(forecasts) == 1 else MIDDLE


def _supplied(name: str) -> RawValue | None:
    """Return a parameter's supplied value; a rule's switch is on."""
    known = known_parameter(name) if is_switch(name) or name in supplied() else None
    return None if known is None else known.value
