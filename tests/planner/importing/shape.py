"""A workbook as people keep it, and how it is written.

Every shape holds the same little world: two locations of the small demo, three groups, July 2026.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

Rows = Sequence[Any]
Sheets = Mapping[str, Rows]
Merges = Mapping[str, Sequence[str]]

JULY = dt.date(2026, 7, 1)
COUNTS = {
    ("L01", "families"): 12,
    ("L01", "single_men"): 34,
    ("L02", "families"): 5,
    ("L02", "single_men"): 61,
}
ARRIVALS = {(dt.date(2026, 7, 1), "families"): 300, (dt.date(2026, 8, 1), "families"): 310}


@dataclass(frozen=True)
class Shape:
    """A workbook: its sheets, what is merged, how it is written, and what it must give.

    `answers` are the constants and words that only its keeper knows, by name of the question.
    """

    name: str
    sheets: Sheets
    table: str
    expected: Mapping[Any, Any]
    merges: Merges = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    writer: str = "openpyxl"
    file: str = ""

    def write(self, folder: Path) -> Path:
        """Write the workbook."""
        ending = {"csv": "csv"}.get(self.writer, "xlsx")
        path = folder / (self.file or f"kept.{ending}")
        WRITERS[self.writer](path, self)
        return path


def _openpyxl(path: Path, shape: Shape) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in shape.sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in shape.merges.get(name, ()):
            sheet.merge_cells(cells)
    book.save(path)


def _xlsxwriter(path: Path, shape: Shape) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
        for name, rows in shape.sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(at, column, value)


def _csv(path: Path, shape: Shape) -> None:
    (rows,) = shape.sheets.values()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            ["" if each is None else each for each in row] for row in rows
        )


WRITERS: Mapping[str, Callable[[Path, Shape], None]] = {
    "openpyxl": _openpyxl,
    "xlsxwriter": _xlsxwriter,
    "csv": _csv,
}
