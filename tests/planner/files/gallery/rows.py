"""The rows that every file of the gallery holds, in the sheets of a plain workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Rows = dict[str, list[list[Any]]]

# Findings, and the one table of a text file, that many samples share.
HIDDEN_ROW, TOTAL, NOTE = "look.hidden_rows", "rows.total", "rows.note"
ONE = ("occupancy",)

DAY = dt.date(2026, 6, 30)
END = dt.date(2030, 12, 31)

_KINDS = ("registration", "regular", "accelerated", "minors", "special", "return", "dol")
_EMERGENCY = ("emergency_fixed", "emergency_tent", "crisis")


def plain_rows() -> Rows:
    """Return the rows anew, to be changed at will."""
    return {
        "Locaties": [
            [
                "Locatiecode",
                "Type",
                "Bedden",
                "Open tot en met",
                "Kindgeschikt",
                "Kosten per plaats per maand",
            ],
            ["L1", "azc", 1200, END, "ja", 2530.5],
            ["L2", "emergency_tent", 80, END, "nee", 5780],
        ],
        "Bezetting": [
            ["Peildatum", "Locatie", "Groep", "Personen"],
            [DAY, "L1", "men", 1000],
            [DAY, "L2", "men", 40],
        ],
        "Groepen": [["group", *_KINDS, *_EMERGENCY], ["men", *["preferred"] * 10]],
    }


def rows_to_plan() -> Rows:
    """Return the rows with a forecast, so that they can be planned."""
    rows = plain_rows()
    rows["Prognose"] = [["Scenario", "Maand", "Groep", "Personen"]]
    rows["Prognose"] += [["middle", f"2026-{month:02}-01", "men", 1230] for month in (7, 8, 9)]
    return rows


@dataclass(frozen=True)
class Sample:
    """A file of the gallery: how it is written, and what reading it must give.

    `finds` are the findings beyond those of the plain file; `missing` the tables that it must not
    give; `unusable` the finding with which the whole file is refused.
    """

    name: str
    write: Callable[[Path], None]
    finds: tuple[str, ...] = ()
    tables: tuple[str, ...] = ("locations", "occupancy", "groups")
    differs: tuple[str, ...] = ()
    unusable: str = ""
