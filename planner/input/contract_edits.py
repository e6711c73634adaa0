"""What becomes of contracts when a planner moves their begin or end, as edits of the locations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from planner.input.book import TableSheet
from planner.input.column import table_of
from planner.input.edits import Edit, SetCell
from planner.input.location import Location
from planner.input.months import last_day, month_of
from planner.input.values import UnreadableValueError, read_value

SHEET = "locations"


@dataclass(frozen=True)
class ContractDays:
    """The contract of a location as the sheet has it, and at which row; an empty day is none."""

    row: int
    begin: dt.date | None
    end: dt.date | None
    extendable: dt.date | None


def contracts_in(sheet: TableSheet | None) -> Mapping[str, ContractDays]:
    """Return the contracts by the code of their location; those that cannot be read are left out.

    A location that stands twice is left out too: which one is meant, nobody can say.
    """
    if sheet is None or "id" not in sheet.frame.columns:
        return {}
    found: dict[str, ContractDays] = {}
    twice: set[str] = set()
    for row, cells in zip(sheet.frame.index, sheet.frame.to_dict("records"), strict=True):
        try:
            code = str(cells["id"] or "").strip()
            days = [_day(cells.get(key), key) for key in _DAYS]
        except UnreadableValueError:
            continue
        if code in found:
            twice.add(code)
        found[code] = ContractDays(int(row), *days)
    return {code: each for code, each in found.items() if code and code not in twice}


_DAYS = ("open_from", "open_until", "extendable_until")


def _day(raw: object, key: str) -> dt.date | None:
    value = read_value(table_of(Location).column(key), raw)  # type: ignore[arg-type] # a cell
    return value if isinstance(value, dt.date) else None


def moved_contract(contract: ContractDays, edge: str, month: dt.date) -> tuple[Edit, ...]:
    """Return the edits after which a contract begins (`begin`) or ends (`end`) in a month.

    It begins on the first day and ends on the last. What it could be extended to goes where the
    contract lasts as long by itself.
    """
    if edge == "begin":
        return (SetCell(SHEET, contract.row, "open_from", month_of(month)),)
    last = last_day(month_of(month))
    ends = SetCell(SHEET, contract.row, "open_until", last)
    if contract.extendable is not None and contract.extendable <= last:
        return ends, SetCell(SHEET, contract.row, "extendable_until", None)
    return (ends,)
