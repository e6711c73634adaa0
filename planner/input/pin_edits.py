"""What a planner fixes beforehand, as edits of the sheet of pins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.input.book import RawValue, TableSheet
from planner.input.edits import AddRow, Edit, SetCell
from planner.input.kinds import Pinned

SHEET = "pins"
FIRST_ROW = 2  # below the header, on a sheet that is still to be made


@dataclass(frozen=True)
class Fixed:
    """A decision about a location in a month, and the value it is fixed at."""

    location: str
    decision: Pinned
    month: dt.date
    value: float


def fixed(
    sheet: TableSheet | None, wanted: Sequence[Fixed], *, who: str, why: str
) -> tuple[Edit, ...]:
    """Return the edits that fix decisions, with who fixed them and why.

    What is fixed already gets the new value, with the new who and why.
    """
    standing = _rows(sheet)
    following = FIRST_ROW if sheet is None else sheet.next_row
    edits: list[Edit] = []
    for each in wanted:
        told: Mapping[str, RawValue | None] = {"value": each.value, "who": who, "why": why}
        row = standing.get((each.location, each.decision.value, each.month))
        if row is not None:
            edits += [SetCell(SHEET, row, column, value) for column, value in told.items()]
            continue
        cells: dict[str, RawValue | None] = {
            "location": each.location,
            "decision": each.decision.value,
            "month": each.month,
            **told,
        }
        edits.append(AddRow(SHEET, following, cells))
        following += 1
    return tuple(edits)


def _rows(sheet: TableSheet | None) -> Mapping[tuple[str, str, dt.date], int]:
    """Return the row of each pin that can be read, by location, decision and month."""
    found: dict[tuple[str, str, dt.date], int] = {}
    if sheet is None or not {"location", "decision", "month"} <= set(sheet.frame.columns):
        return found
    columns = (sheet.frame[name].tolist() for name in ("location", "decision", "month"))
    for row, location, decision, month in zip(sheet.frame.index, *columns, strict=True):
        named = next((each for each in Pinned if str(decision) in _names(each)), None)
        day = month.date() if isinstance(month, dt.datetime) else month
        if named is not None and isinstance(day, dt.date):
            found[str(location), named.value, day.replace(day=1)] = int(row)
    return found


def _names(decision: Pinned) -> tuple[str, ...]:
    return decision.value, decision.label.nl, decision.label.en
