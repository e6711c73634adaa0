"""A plan in a workbook, as a report reads it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from tests.planner.files.gallery.rows import plain_rows
from tests.planner.files.gallery.writers import openpyxl_book


@pytest.fixture(scope="package")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of two locations: one contract ends, and nobody else has room."""
    folder = tmp_path_factory.mktemp("report")
    rows = plain_rows()
    rows["Locaties"][1][3] = dt.date(2026, 9, 30)
    rows["Prognose"] = [["Scenario", "Maand", "Groep", "Personen"]]
    for month in (7, 8, 9, 10):
        rows["Prognose"].append(["middle", dt.date(2026, month, 1), "men", 1040])
    openpyxl_book(rows).save(folder / "in.xlsx")
    book = read_workbook(folder / "in.xlsx")
    api.save_plan(folder / "plan.xlsx", book, api.plan(book), Language.NL)
    return folder / "plan.xlsx"
