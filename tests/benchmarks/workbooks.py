"""Reading and writing the national workbook beside the libraries alone, on the same cells."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import xlsxwriter

from planner import api
from planner.core.texts import Language
from planner.importing.verbs import import_files, proposed, read_files
from tests.benchmarks.benchmark import Bench, Benchmark

TIMES = 5
MANY = 20_000

Rows = list[tuple[Any, ...]]


def read_over_openpyxl(bench: Bench) -> float:
    """Return the time of opening a workbook over that of openpyxl reading every value in it."""
    path = bench.workbook
    return over(lambda: api.open_workbook(path), lambda: cells_of(path))


def write_over_xlsxwriter(bench: Bench) -> float:
    """Return the time of writing a plan over that of xlsxwriter writing the same values."""
    book, plan = bench.book, bench.plan
    target = bench.folder / "written.xlsx"
    api.save_plan(target, book, plan, Language.NL)
    sheets = cells_of(target)
    plain = bench.folder / "plain.xlsx"
    return over(
        lambda: api.save_plan(target, book, plan, Language.NL), lambda: write(plain, sheets)
    )


def import_over_openpyxl(bench: Bench) -> float:
    """Return the time of importing 20,000 counted rows by a known mapping over reading them."""
    path = bench.folder / "kept.xlsx"
    locations = [str(each) for each in bench.book.frame("locations")["id"]]
    groups = [str(each) for each in bench.book.frame("groups")["group"]]
    places = [(place, group) for place in locations for group in groups]
    days = range(-(-MANY // len(places)))
    rows: Rows = [
        (dt.date(2026, 7, 1) + dt.timedelta(days=day), place, group, at % 90)
        for day in days
        for at, (place, group) in enumerate(places)
    ]
    write(
        path,
        {"Bezetting per dag": [("Datum", "Opvanglocatie", "Doelgroep", "Bewoners"), *rows[:MANY]]},
    )
    mapping = proposed(read_files([path]), bench.book, Language.NL).mapping

    def work() -> None:
        imported = import_files(read_files([path]), mapping, bench.book, Language.NL)
        if imported.errors or len(imported.incoming.frame("occupancy")) != MANY:
            raise ValueError("the rows did not get in")

    return over(work, lambda: cells_of(path))


def over(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """Return the middle one of the ratios of two pieces of work, done in turn."""
    return median(seconds(ours) / seconds(theirs) for _ in range(TIMES))


def seconds(work: Callable[[], object]) -> float:
    """Return what a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def cells_of(path: Path) -> dict[str, Rows]:
    """Return every value of a workbook by sheet, read by openpyxl as fast as it can."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return found


def write(path: Path, sheets: dict[str, Rows]) -> None:
    """Write values by sheet with xlsxwriter, without formats but for dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)


WORKBOOKS = (
    Benchmark(
        "read_over_openpyxl",
        "",
        "opening the national workbook over openpyxl reading its values",
        read_over_openpyxl,
    ),
    Benchmark(
        "import_over_openpyxl",
        "",
        "importing 20,000 rows of another layout by a known mapping over openpyxl reading them",
        import_over_openpyxl,
    ),
    Benchmark(
        "write_over_xlsxwriter",
        "",
        "writing the national plan over xlsxwriter writing the same values",
        write_over_xlsxwriter,
    ),
)
