"""A changed case as cells of the input: what to write where, so that anybody can try it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.input.book import Book
from planner.input.case import Case, usable
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import apply
from planner.input.records import table as table_named


def edits_between(before: Case, after: Case) -> tuple[EditLine, ...]:
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
) -> Iterator[EditLine]:
    for key, record in after.items():
        old = before.get(key)
        if old is None or old == record:
            continue
        for column in table_named(table).columns:
            value = getattr(record, column.field)
            if value != getattr(old, column.field):
                yield EditLine(table, key, column.key, value)


def _of_parameters(before: Case, after: Case) -> Iterator[EditLine]:
    for name, parameter in after.parameters.by_name.items():
        if parameter.value != before.parameters.by_name[name].value:
            yield EditLine("parameters", name, "value", parameter.value)


def case_with(book: Book, scenario: str, edits: Sequence[EditLine]) -> Case:
    """Return the case of a book with some cells otherwise.

    `UnusableInputError` where the book has no such cell, or cannot be planned then.
    """
    return usable(apply(book, edits_in(book, scenario, edits))[0], scenario)
