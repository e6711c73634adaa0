"""What a row of the sheet Scenarios would do, before it is there: its cells, or what is wrong."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from planner.core.texts import Message, message
from planner.input.book import Book, RawValue
from planner.input.scenarios.by_key import Address, EditsByKey, address_of
from planner.input.scenarios.said_periods import SentenceError
from planner.input.scenarios.said_values import is_relative
from planner.input.scenarios.scenario import ChangesInOrder
from planner.input.scenarios.scenario_edits import ScenarioRow
from planner.input.scenarios.sentences import Sentences
from planner.input.scenarios.shown import cell_in
from planner.input.switches import known_parameter
from planner.input.typed import TypedRow, read_tables

MOST_SHOWN = 200


@dataclass(frozen=True)
class TriedCell:
    """A cell that a row would change: where, what stands there in the input, and what becomes."""

    address: Address
    base: RawValue | None
    value: RawValue | None


@dataclass(frozen=True)
class TriedChange:
    """What a row would change: the first `MOST_SHOWN` cells, how many there are, what is wrong."""

    cells: tuple[TriedCell, ...] = ()
    count: int = 0
    fault: Message | None = None


def tried_change(book: Book, line: ScenarioRow) -> TriedChange:
    """Return what a row would change in a book as it stands, behind those of its scenario."""
    typed, _ = read_tables(book)
    making = EditsByKey(book, typed)
    record = line.record
    judge, reading = ChangesInOrder(making), Sentences(typed)
    for each in typed.rows("scenarios"):
        if each.record.scenario == record.scenario:
            judge.fault(each)  # told where it stands; here only what it adds or drops matters
            if each.record.active is not False:
                with suppress(SentenceError):
                    reading.plain(each)
    fault = judge.fault(TypedRow(0, record))
    if fault is not None:
        return TriedChange(fault=fault[1])
    try:
        rows = reading.plain(TypedRow(0, record))
    except SentenceError as unreadable:
        return TriedChange(fault=unreadable.what)
    no_number = _no_number(line)
    if no_number is not None:
        return TriedChange(fault=no_number)
    cells = []
    for each in rows[:MOST_SHOWN]:
        change = each.record
        address = address_of(change.table, change.key, change.column)
        base = cell_in(book, making, address)[2]
        cells.append(TriedCell(address, base, change.value))
    return TriedChange(tuple(cells), len(rows))


def _no_number(line: ScenarioRow) -> Message | None:
    """Return that a parameter that is a number would get something else; a rule would not see it.

    Cells of parameters hold numbers, days and names alike, so that their column bars none.
    """
    table_key, key, column = line.address
    if (table_key, column) != ("parameters", "value") or is_relative(line.value):
        return None
    known = known_parameter(key.split("|")[0])
    number = known is not None and isinstance(known.value, int | float)
    if not number or isinstance(line.value, int | float):
        return None
    if line.value is None:
        return message("scenario.no_value")
    return message("value.not_number", value=str(line.value))
