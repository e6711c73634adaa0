"""Books with counts of several days, arrivals and streams, as a planner would keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from planner.input.book import Book, RawSheet
from planner.input.months import later
from planner.input.recognise import recognise

FIRST = dt.date(2025, 1, 1)
BEDS = 100_000

KINDS = (
    "registration", "regular", "accelerated", "minors", "special", "return", "dol",
    "emergency_fixed", "emergency_tent", "crisis",
)  # fmt: skip
PREFERRED = {"dol": "dol", "minors": "minors"}

STREAMS = (
    ("come", "waiting", None, "dublin_accepted_share", None, "dublin_clocks", ""),
    ("come", "men", 1.0, "", None, "lognormal", ""),
    ("waiting", "dol", 1.0, "", None, "exponential", ""),
    ("men", "permits", 0.5, "", 6.0, "exponential", "permits_housed_month"),
)
STAYS: Mapping[str, float] = {"men": 8.0, "permits": 6.0, "waiting": 2.5, "dol": 3.35}

Rows = Sequence[Sequence[Any]]


def months_on(count: int, first: dt.date = FIRST) -> list[dt.date]:
    """Return so many months on, from a first one."""
    return [later(first, at) for at in range(count)]


def past_book(
    counts: Mapping[dt.date, Mapping[str, float]],
    arrivals: Mapping[str, Mapping[dt.date, float]] | None = None,
    *,
    stays: Mapping[str, float] = STAYS,
    streams: Rows = STREAMS,
    **parameters: float | dt.date | None,
) -> Book:
    """Return a book of counts by the month that they stand for, and of arrivals by stream.

    The count for a month is of the day before it. Without arrivals there is no sheet Inflow.
    """
    known = {"dublin_start_date": dt.date(2020, 1, 1), "transfer_months": 6.0, **parameters}
    occupancy = [
        [month - dt.timedelta(days=1), "L1", group, round(people)]
        for month, groups in counts.items()
        for group, people in groups.items()
    ]
    inflow = [
        ["middle", month, stream, people]
        for stream, given in (arrivals or {}).items()
        for month, people in given.items()
    ]
    sheets: dict[str, Rows] = {
        "Locaties": [["Locatiecode", "Type", "Status", "Bedden"], ["L1", "azc", "open", BEDS]],
        "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], *occupancy],
        "Groepen": [["group", *KINDS, "stay_months"], *map(_group, stays, stays.values())],
        "Stromen": [
            [
                "stream", "group", "share", "share_parameter", "stay_months", "stay_family",
                "leave_parameter",
            ],
            *streams,
        ],
        "Parameters": [["Parameter", "Waarde", "Bron"], *([*each, None] for each in known.items())],
    }  # fmt: skip
    if inflow:
        sheets["Instroom"] = [["Scenario", "Maand", "Stroom", "Personen"], *inflow]
    if not streams:
        del sheets["Stromen"]
    return book_of(sheets)


def _group(name: str, stay: float) -> list[object]:
    preferred = PREFERRED.get(name, "regular")
    return [name, *("preferred" if kind == preferred else "barred" for kind in KINDS), stay]


def book_of(sheets: Mapping[str, Rows]) -> Book:
    """Return the book of sheets that are given row by row."""
    raw = []
    for name, rows in sheets.items():
        cells = {
            (at, column): value
            for at, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value is not None
        }
        raw.append(RawSheet(name, cells))
    found = recognise(raw)
    return Book(found.tables, found.sheets, found.findings, "test.xlsx")
