"""Scenarios of the small demo to compare, under names as people give them."""

from __future__ import annotations

from planner import api
from planner.input.book import Book
from planner.input.edits import AddRow, apply, next_row
from tests.short_of_seats import without_seats

# Joined pictures and signs, digits only, and as long as anybody writes.
EMOJI = "👩‍👧 twee: [drie]?"
DIGITS = "2027"
LONG = f"{'lang ' * 39}einde"
NAMES = ("middle", EMOJI, DIGITS, LONG)

_EDITS: tuple[tuple[str, str, str, str, str | int], ...] = (
    (EMOJI, "Parameters", "dol_growth_per_month", "Waarde", 6),
    (EMOJI, "locations", "L15", "Open tot en met", "2027-04-30"),
    (DIGITS, "parameters", "reserve_places", "value", 100),
    (LONG, "locations", "L20", "beds", 250),
)


def demo_with_scenarios() -> Book:
    """Return the small demo short of school seats, with three more scenarios that change cells."""
    book = without_seats(api.open_demo("small"))
    row = next_row(book, "scenarios")
    keys = ("scenario", "table", "key", "column", "value")
    rows = [
        AddRow("scenarios", row + number, dict(zip(keys, each, strict=True)))
        for number, each in enumerate(_EDITS)
    ]
    return apply(book, rows)[0]
