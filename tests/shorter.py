"""A case of fewer months: the same places, people and rules, calculated in a part of the time."""

from __future__ import annotations

from planner.input.book import Book
from planner.input.edits import SetCell, apply
from planner.input.records import table
from planner.input.typed import read_tables


def horizon(book: Book, months: int) -> SetCell:
    """Return the edit with which a book that gives its horizon is planned for so many months."""
    of = table("parameters")
    rows = read_tables(book)[0].rows(of.key)
    (row,) = (each.row for each in rows if each.key(of)[0] == "horizon_months")
    return SetCell("parameters", row, "value", months)


def shorter(book: Book, months: int) -> Book:
    """Return a book that is planned for so many months."""
    return apply(book, [horizon(book, months)])[0]
