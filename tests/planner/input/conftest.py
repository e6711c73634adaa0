"""A small valid book, made of sheets by hand, that each test changes in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from planner.core.errors import Finding
from planner.input.book import Book, RawSheet
from planner.input.case import parse
from planner.input.recognise import recognise

Rows = list[list[Any]]
Sheets = dict[str, Rows]

KINDS = ["Aanmelding", "Regulier", "Versneld", "Amv", "Bijzondere zorg", "Terugkeer", "DOL"]
EMERGENCY = ["Noodopvang gebouw", "Noodopvang tent of hal", "Crisisnoodopvang"]
DAY = dt.date(2026, 6, 30)


def sheet_of(name: str, rows: Sequence[Sequence[Any]]) -> RawSheet:
    cells = {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }
    return RawSheet(name, cells)


def book_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Book:
    raw = [sheet_of(name, rows) for name, rows in sheets.items()]
    found = recognise(raw)
    return Book(found.tables, found.sheets, found.findings, "test.xlsx")


@pytest.fixture
def sheets() -> Sheets:
    return {
        "Locaties": [
            ["Locatiecode", "Type", "Status", "Bedden", "Open vanaf", "Open tot en met",
             "Verlengbaar tot en met", "Aanlooptijd", "DOL-bedden", "DOL ingericht"],
            ["L1", "azc", "open", 120, dt.date(2020, 1, 1), dt.date(2030, 12, 31), None, 0, 20, 10],
            ["L2", "emergency_tent", "open", 80, None, None, None, 0, 0, 0],
            ["L3", "azc", "candidate", 60, None, None, None, 1, 0, 0],
        ],
        "Bezetting": [
            ["Peildatum", "Locatie", "Groep", "Personen"],
            [DAY, "L1", "men", 100],
            [DAY, "L2", "men", 40],
        ],
        "Groepen": [
            ["Groep", *KINDS, *EMERGENCY],
            ["men", *["preferred"] * 6, "barred", *["fallback"] * 3],
        ],
        "Prognose": [
            ["Scenario", "Maand", "Groep", "Personen"],
            ["middle", dt.date(2026, 7, 1), "men", 140],
            ["middle", dt.date(2026, 8, 1), "men", 150],
        ],
        "Parameters": [
            ["Parameter", "Waarde", "Geldig vanaf", "Geldig tot en met"],
            ["occupancy_norm", 0.91, None, None],
        ],
    }  # fmt: skip


@pytest.fixture
def make_book() -> Callable[[Mapping[str, Rows]], Book]:
    return book_of


@pytest.fixture
def findings_of() -> Callable[[Mapping[str, Rows]], dict[str, list[Finding]]]:
    """Return all findings of parsing a book, by the key of what is wrong."""

    def found(sheets: Mapping[str, Rows]) -> dict[str, list[Finding]]:
        by_key: dict[str, list[Finding]] = {}
        for each in parse(book_of(sheets)).findings:
            by_key.setdefault(each.what.key, []).append(each)
        return by_key

    return found
