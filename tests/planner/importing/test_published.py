"""What was published or decided before, taken over from a layout of somebody else's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from planner import api
from planner.cli import run
from tests.planner.files.gallery.writers import openpyxl_book

SEPTEMBER, JANUARY = dt.date(2025, 9, 1), dt.date(2027, 1, 1)


def test_figures_of_the_mpp_and_a_decision_are_proposed_and_taken_over(tmp_path: Path) -> None:
    """No row names the people that the decision rests on: it is a row all the same."""
    source, mapping, out = (tmp_path / name for name in ("own.xlsx", "m.json", "out.xlsx"))
    openpyxl_book(
        {
            "MPP": [
                ["Editie", "Kalenderjaar", "Ondergrens", "Bovengrens"],
                [SEPTEMBER, 2026, 39000, 67100],
            ],
            "Besluiten": [
                ["Besluit", "Voor datum", "Aantal plaatsen", "Bezettingspercentage"],
                [SEPTEMBER, JANUARY, 88000, 0.91],
            ],
        }
    ).save(source)
    asked = ["import", str(source), "--mapping", str(mapping), "--out", str(out), "--quiet"]

    run(asked)  # a first run proposes the mapping
    assert 0 == run(asked)

    book = api.open_workbook(out)
    years, decisions = book.frame("production_forecast"), book.frame("capacity_decision")
    assert [(2026, 39000, 67100)] == list(
        years[["year", "low", "high"]].itertuples(index=False, name=None)
    )
    assert [(88000, 0.91)] == list(
        decisions[["places", "occupancy_norm"]].itertuples(index=False, name=None)
    )
