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

from planner.input.book import Book
from planner.input.column import Column
from planner.input.supplied_names import code_of
from planner.input.typed import read_tables
from planner.report.paper import Paper

Record = TypeVar("Record")


def record(kind: type[Record], **cells: Any) -> Record:
    """Return a row of a table with these cells; the others are as in a file that lacks them."""
    return kind(**cells)


def table_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows with their columns as attributes; which type a cell has, a test knows."""
    return frame.itertuples()


def coded(book: Book, name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet as they stand, but with the program's codes for its names."""
    if name not in book.tables:
        return []
    rows = book.frame(name).to_dict("records")
    columns = {each.key: each for each in book.tables[name].table.columns}
    return [{str(key): _coded(columns[str(key)], raw) for key, raw in row.items()} for row in rows]


def _coded(column: Column, raw: Any) -> Any:
    is_name = column.named is not None and isinstance(raw, str)
    return code_of(column.named, raw) if is_name and column.named else raw


def row_called(book: Book, name: str, /, **cells: object) -> int:
    """Return the row of a sheet whose cells are read as these; codes, whatever stands there."""
    for each in read_tables(book)[0].rows(name):
        if all(getattr(each.record, key) == value for key, value in cells.items()):
            return each.row
    raise LookupError((name, cells))


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
