"""The rows of a book by their keys, and where each cell stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.insight.watched import Read
from planner.tables.book import Book
from planner.tables.case import Case
from planner.tables.records import TABLES, table
from planner.tables.scenario import forecast_name
from planner.tables.typed import TypedTables, read_tables


class CellBook:
    """Finds the sheet and address of a cell by its table, key and column, and the other way."""

    def __init__(self, book: Book, case: Case) -> None:
        """Read the book's rows; a scenario's own values stand on its sheet."""
        self._book, self._case = book, case
        self._typed: TypedTables = read_tables(book)[0]
        self._rows = {
            (declared.key, tuple(str(part) for part in each.key(declared))): each.row
            for declared in TABLES
            for each in self._typed.rows(declared.key)
        }
        self._forecast = forecast_name(self._typed, case.scenario)
        self._given = {(group, str(month)) for group, month in case.forecast}
        self._demands: dict[tuple[str, ...], tuple[Read, ...]] = {}

    def place(self, table_key: str, key: tuple[str, ...], column: str) -> tuple[str, str]:
        """Return the sheet and address of a cell, both empty where the workbook has none."""
        changed = self._scenario_row(table_key, key, column)
        if changed is not None:
            return self._address("scenarios", changed, "value")
        row = self._rows.get((table_key, key))
        return ("", "") if row is None else self._address(table_key, row, column)

    def _address(self, table_key: str, row: int, column: str) -> tuple[str, str]:
        sheet = self._book.tables[table_key]
        if column not in sheet.positions:
            return "", ""
        return sheet.name, sheet.address(row, column)

    def _scenario_row(self, table_key: str, key: tuple[str, ...], column: str) -> int | None:
        """Return the row on the sheet Scenarios that gives a cell its value, if there is one."""
        for each in self._typed.rows("scenarios"):
            record = each.record
            if (
                record.scenario == self._case.scenario
                and record.table.casefold() in _names(table_key)
                and record.column.casefold() == column
                and tuple(part.strip() for part in record.key.split("|")) == key
            ):
                return each.row
        return None

    def read_at(self, table_key: str, row: int, column: str) -> Read:
        """Return a cell as a rule reads it; `KeyError` where the row is not there."""
        for (name, key), at in self._rows.items():
            if (name, at) == (table_key, row):
                return table_key, key, column
        raise KeyError(row)

    def resolved(self, reads: Iterable[Read]) -> set[Read]:
        """Return what was read as cells of sheets, the demand as what it comes from."""
        return {cell for read in reads for cell in self._resolved(read)}

    def _resolved(self, read: Read) -> Iterator[Read]:
        name, key, column = read
        if name == "demand":
            if key not in self._demands:
                self._demands[key] = tuple(self._demand(*key))
            yield from self._demands[key]
        elif name == "occupancy":
            yield name, (str(self._case.date), *key), column
        else:
            yield read

    def _demand(self, group: str, month: str) -> Iterator[Read]:
        """Yield what the people of a group in a month come from."""
        if (group, month) in self._given:
            yield "forecast", (self._forecast, month, group), "people"
            return
        yield from self._count_and_arrivals(self._reaches(group), month)

    def _count_and_arrivals(self, reached: set[str], month: str) -> Iterator[Read]:
        """Yield the count, the streams and the arrivals from which people come to some groups."""
        for location, name in self._case.occupancy:
            if name in reached:
                yield "occupancy", (str(self._case.date), location, name), "people"
        for stream in self._case.streams:
            if stream.group in reached:
                for column in ("share", "delay_months", "stay_months"):
                    yield "streams", (stream.stream, stream.group), column
        for arrival in self._case.inflow:
            if arrival.stream in reached and str(arrival.month) <= month:
                key = (arrival.scenario, str(arrival.month), arrival.stream)
                yield "inflow", key, "people"

    def _reaches(self, group: str) -> set[str]:
        """Return the group with every group and stream from which people come to it."""
        reached = {group}
        while True:
            more = {each.stream for each in self._case.streams if each.group in reached} - reached
            if not more:
                return reached
            reached |= more


def _names(table_key: str) -> set[str]:
    declared = table(table_key)
    return {declared.key, declared.title.nl.casefold(), declared.title.en.casefold()}
