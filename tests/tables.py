"""Rows of tables as tests write and read them: some cells given, any cell read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from openpyxl.worksheet.worksheet import Worksheet

from planner.report.paper import Paper

Record = TypeVar("Record")


def record(kind: type[Record], **cells: Any) -> Record:
    """Return a row of a table with these cells; the others are as in a file that lacks them."""
    return kind(**cells)


def table_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows with their columns as attributes; which type a cell has, a test knows."""
    return frame.itertuples()


def sheet_of(path: Path, name: str) -> Worksheet:
    """Return a sheet of cells of a workbook on the disk."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[name]
    workbook.close()
    assert isinstance(sheet, Worksheet)
    return sheet


def drawn_pages(paper: Paper) -> list[Figure]:
    """Return the pages of a report as they are drawn, to read their words."""
    return paper._figures  # noqa: SLF001 - reading them back from a PDF takes seconds


def about(figure: float | None) -> Any:
    """Return what equals a figure but for rounding, to stand in a tuple beside exact values."""
    return pytest.approx(figure)
