"""The small demo with a location that is short of school seats in every month."""

from __future__ import annotations

from functools import cache

from planner.api import open_demo
from planner.input.book import Book
from planner.input.edits import SetCell, apply

SHORT = "L09"  # a location for minors, who all must have a seat


@cache
def demo_short_of_seats() -> Book:
    """Return the small demo in Dutch, with no school seat at one location for minors."""
    return without_seats(open_demo("small"))


def without_seats(book: Book) -> Book:
    """Return a book with no school seat at that location."""
    frame = book.frame("locations")
    row = int(frame.index[frame["id"] == SHORT][0])
    return apply(book, [SetCell("locations", row, "school_seats", 0)])[0]
