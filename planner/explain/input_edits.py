"""A changed case as cells of the input: what to write where, so that anybody can try it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.core.texts import Language
from planner.input.book import Book, RawValue
from planner.input.case import Case, usable
from planner.input.edits import apply
from planner.input.records import table as table_named
from planner.input.scenario_edits import SHEET, change_of, set_in


@dataclass(frozen=True)
class CellEdit:
    """A cell of the input by its table, its row's key (parts joined by `|`) and its column."""

    table: str
    key: str
    column: str
    value: RawValue | None

    @property
    def line(self) -> str:
        """The edit as one line: `table,key,column,value`."""
        shown = self.value.isoformat() if isinstance(self.value, dt.date) else self.value
        shown = int(shown) if isinstance(shown, float) and shown.is_integer() else shown
        return f"{self.table},{self.key},{self.column},{'' if shown is None else shown}"


def edits_between(before: Case, after: Case) -> tuple[CellEdit, ...]:
    """Return the cells in which two cases differ: locations, provinces, ceilings, parameters."""
    return (
        *_of_records("locations", before.locations, after.locations),
        *_of_records("provinces", before.provinces, after.provinces),
        *_of_records(
            "ceilings",
            {each.name: each for each in before.ceilings},
            {each.name: each for each in after.ceilings},
        ),
        *_of_parameters(before, after),
    )


def _of_records(
    table: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[CellEdit]:
    for key, record in after.items():
        old = before.get(key)
        if old is None or old == record:
            continue
        for column in table_named(table).columns:
            value = getattr(record, column.field)
            if value != getattr(old, column.field):
                yield CellEdit(table, key, column.key, value)


def _of_parameters(before: Case, after: Case) -> Iterator[CellEdit]:
    for name, parameter in after.parameters.by_name.items():
        if parameter.value != before.parameters.by_name[name].value:
            yield CellEdit("parameters", name, "value", parameter.value)


def book_with(book: Book, scenario: str, edits: Sequence[CellEdit]) -> Book:
    """Return a book whose scenario has some cells otherwise, as rows of the sheet Scenarios."""
    lines = [
        change_of(scenario, each.table, each.key, each.column, each.value, Language.NL)
        for each in edits
    ]
    return apply(book, set_in(book.tables.get(SHEET), lines))[0]


def case_with(book: Book, scenario: str, edits: Sequence[CellEdit]) -> Case:
    """Return the case of a book with some cells otherwise.

    `UnusableInputError` where the book cannot be planned then.
    """
    return usable(book_with(book, scenario, edits), scenario)
