"""The rows of a book by their keys, and where each cell stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from planner.explain.origins.recording_case import Read
from planner.input.book import Book
from planner.input.case import Case
from planner.input.records import TABLES, table
from planner.input.scenarios.by_key import Address, address_of
from planner.input.scenarios.scenario import FORECAST, changes_of, forecast_name
from planner.input.streams import Stage, Stream
from planner.input.typed import TypedRow, TypedTables, read_tables


@dataclass(frozen=True)
class CellPlace:
    """Where a cell stands in the workbook: its table, row and column, its sheet and address."""

    table: str
    row: int
    column: str
    sheet: str
    address: str

    @property
    def place(self) -> str:
        """The place as users write it, such as `Locaties!J5`."""
        return f"{self.sheet}!{self.address}"


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
        asked = case.parameters.text(FORECAST)
        self._forecast = forecast_name(self._typed, asked or case.scenario)
        self._given = {(group, str(month)) for group, month in case.forecast}
        self._demands: dict[tuple[str, ...], tuple[Read, ...]] = {}

    def spot(self, table_key: str, key: tuple[str, ...], column: str) -> CellPlace | None:
        """Return where a cell stands, `None` where the workbook has none."""
        changed = self._scenario_row(table_key, key, column)
        if changed is not None:
            return self._at("scenarios", changed, "value")
        row = self._rows.get((table_key, key))
        return None if row is None else self._at(table_key, row, column)

    def places(self, cell: tuple[str, str, str]) -> Iterator[str]:
        """Yield where a cell stands whose key is joined by `|`; a demand stands in several."""
        table_key, joined, column = cell
        key = tuple(joined.split("|"))
        reads = [(table_key, key, column)]
        if table_key == "forecast":
            month, group = key
            reads = sorted(self.resolved([("demand", (group, month), column)]))
        for read in reads:
            spot = self.spot(*read)
            if spot is not None:
                yield spot.place

    def _at(self, table_key: str, row: int, column: str) -> CellPlace | None:
        sheet = self._book.tables[table_key]
        if column not in sheet.positions:
            return None
        return CellPlace(table_key, row, column, sheet.name, sheet.address(row, column))

    @cached_property
    def _changed(self) -> dict[Address, int]:
        """The rows of the sheet Scenarios that hold in this scenario, by the cell they change."""
        return {
            address_of(each.record.table, each.record.key, each.record.column): each.row
            for each in changes_of(self._typed, self._case.scenario)
        }

    def _scenario_row(self, table_key: str, key: tuple[str, ...], column: str) -> int | None:
        """Return the row on the sheet Scenarios that gives a cell its value, if there is one."""
        return self._changed.get((table_key, "|".join(key), column))

    def read_at(self, table_key: str, row: int, column: str) -> Read:
        """Return a cell as a rule reads it; `KeyError` where the row is not there."""
        if table_key == "scenarios":
            return self._changed_by(row)
        for (name, key), at in self._rows.items():
            if (name, at) == (table_key, row):
                return table_key, key, column
        raise KeyError(row)

    def _changed_by(self, row: int) -> Read:
        """Return the cell that a row of the sheet Scenarios gives its value."""
        for (table_key, key, column), at in self._changed.items():
            if at == row:
                return table_key, tuple(key.split("|")), column
        raise KeyError(row)

    def sources(self, wanted: Read) -> frozenset[Read]:
        """Return everything a rule may read that comes from a cell: itself, or a demand by it."""
        found = {wanted}
        table_key, key, column = wanted
        if table_key == "occupancy":
            found.add((table_key, key[1:], column))
        for group in self._case.groups:
            for month in self._case.months:
                demand = ("demand", (group, str(month)), "people")
                if wanted in self.resolved([demand]):
                    found.add(demand)
        return frozenset(found)

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
        yield from self._ways(reached)
        for arrival in self._case.inflow:
            if arrival.stream in reached and str(arrival.month) <= month:
                key = (arrival.scenario, str(arrival.month), arrival.stream)
                yield "inflow", key, "people"

    def _ways(self, reached: set[str]) -> Iterator[Read]:
        """Yield the cells by which people come to some groups and stay there."""
        case = self._case
        for name, rows, columns in (
            ("streams", case.streams, ("share", "delay_months", "stay_months")),
            ("stages", case.stages, ("stay_months", "share_at_start")),
        ):
            for each in rows:
                if each.group in reached:
                    yield from ((name, _key(name, each), column) for column in columns)
        for group in reached & set(case.groups):
            yield "groups", (group,), "stay_months"

    def _reaches(self, group: str) -> set[str]:
        """Return the group with every group and stream from which people come to it."""
        reached = {group}
        while True:
            more = {each.stream for each in self._case.streams if each.group in reached} - reached
            if not more:
                return reached
            reached |= more


def _key(name: str, record: Stream | Stage) -> tuple[str, ...]:
    """Return the key of a row as its sheet names it."""
    return tuple(str(part) for part in TypedRow(0, record).key(table(name)))
