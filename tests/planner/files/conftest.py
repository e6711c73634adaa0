"""A small valid workbook by its rows, and a function that writes such rows to a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Rows = dict[str, list[list[Any]]]

DAY = dt.date(2026, 6, 30)


@pytest.fixture
def sheets() -> Rows:
    kinds = ["registration", "regular", "accelerated", "minors", "special", "return", "dol"]
    emergency = ["emergency_fixed", "emergency_tent", "crisis"]
    return {
        "Locaties": [
            ["Locatiecode", "Type", "Bedden", "Open tot en met", "Kindgeschikt"],
            ["L1", "azc", 120, dt.date(2030, 12, 31), "ja"],
            ["L2", "emergency_tent", 80, dt.date(2030, 12, 31), "nee"],
        ],
        "Bezetting": [
            ["Peildatum", "Locatie", "Groep", "Personen"],
            [DAY, "L1", "men", 100],
            [DAY, "L2", "men", 40],
        ],
        "Groepen": [["group", *kinds, *emergency], ["men", *["preferred"] * 10]],
    }


@pytest.fixture
def write_sheets(tmp_path: Path) -> Callable[[Rows], Path]:
    def write(sheets: Rows) -> Path:
        path = tmp_path / "in.xlsx"
        workbook = openpyxl.Workbook()
        del workbook["Sheet"]
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
        workbook.save(path)
        return path

    return write
