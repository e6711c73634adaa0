"""What is recorded of the making of a plan, beside what can be worked out from it again.

The cells that were planned, so that a changed one can be named; what only solving tells: the
explanation, how it ended, and the proof that no plan is better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.input.book import Book, RawValue, column_letters
from planner.input.edits import SetCell, apply
from planner.result.plan import Plan
from planner.sheets.record_sheet import Record, columns_of

VERSION = 1

# What the record must hold to be one.
KEPT = frozenset({"version", "program", "provenance", "ending", "levels", "decided", "inputs"})

# The tables that say what is decided, from which all others follow, and their columns.
DECIDED: Mapping[str, tuple[str, ...]] = {
    "placement": ("location", "group", "kind", "month", "people"),
    "places": ("location", "kind", "month", "places"),
    "dol": ("location", "month", "prepared"),
    "decisions": ("location", "decision", "month", "value"),
}


def record_of_plan(plan: Plan, book: Book, gap: float | None, proof: Record | None) -> Record:
    """Return the record of a plan that was made of a book."""
    explanation = plan.tables.get("explanation")
    return {
        "version": VERSION,
        "program": plan.provenance["program"],
        "provenance": dict(plan.provenance),
        "ending": plan.ending.value,
        "levels": [[each.name, each.unit, each.value] for each in plan.levels],
        "decided": {
            name: columns_of(plan.tables[name][list(columns)]) for name, columns in DECIDED.items()
        },
        "gap": gap,
        "inputs": {key: dict(cells) for key, cells in inputs_of(book).items()},
        "explanation": None if explanation is None else columns_of(explanation),
        "proof": proof,
    }


def inputs_of(book: Book) -> Mapping[str, Mapping[str, str]]:
    """Return what stands in each cell of each input table, by table and address, as text."""
    return {
        key: {
            f"{column_letters(sheet.positions[column])}{row}": as_text(value)
            for column in sheet.frame.columns
            for row, value in zip(sheet.frame.index, sheet.frame[column], strict=True)
            if value is not None and value == value  # noqa: PLR0124 - what is no number is not itself
        }
        for key, sheet in book.tables.items()
    }


def as_text(value: RawValue) -> str:
    """Return a cell's value as text that tells it from every other."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(float(value)) if float(value) != int(value) else str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return f"{value:%Y-%m-%d}"
    return str(value)


@dataclass(frozen=True)
class ChangedCell:
    """A cell of the input that is not what was planned: its sheet, address, then and now."""

    sheet: str
    cell: str
    was: str
    now: str


def changed_inputs(record: Record, book: Book) -> Iterator[ChangedCell]:
    """Yield each cell of the input tables that differs from what was planned."""
    now = inputs_of(book)
    for key in dict.fromkeys((*record["inputs"], *now)):
        before, after = record["inputs"].get(key, {}), now.get(key, {})
        name = book.tables[key].name if key in book.tables else key
        for cell in dict.fromkeys((*before, *after)):
            if before.get(cell, "") != after.get(cell, ""):
                yield ChangedCell(name, cell, before.get(cell, ""), after.get(cell, ""))


def with_inputs_of(record: Record, book: Book) -> Book:
    """Return a book with what was planned in each cell of its input tables that has another value.

    Rows that were added or taken away since stay so.
    """
    edits = []
    now = inputs_of(book)
    for key, sheet in book.tables.items():
        before, after = record["inputs"].get(key, {}), now[key]
        edits += [
            SetCell(key, row, column, of_text(before.get(cell, "")))
            for column in sheet.frame.columns
            for row in sheet.frame.index.tolist()
            if before.get(cell := f"{column_letters(sheet.positions[column])}{row}", "")
            != after.get(cell, "")
        ]
    return apply(book, edits)[0]


def of_text(text: str) -> RawValue | None:
    """Return the cell's value that `as_text` made a text of."""
    if text in {"", "true", "false"}:
        return None if not text else text == "true"
    for read in (int, float, dt.date.fromisoformat, dt.datetime.fromisoformat):
        try:
            value: RawValue = read(text)
            if as_text(value) == text:
                return value
        except (ValueError, OverflowError):  # also "nan" and "inf", which stand as text in a cell
            continue
    return text
