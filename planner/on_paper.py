"""The report of a plan that stands in no workbook yet: it is written to one for a moment.

A report is made from a workbook alone, so that what it says can be recomputed by its readers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner import workflow
from planner.insight.result import Plan
from planner.tables.book import Book
from planner.texts import Language


def write_report_of(path: Path, book: Book, plan: Plan, name: str, language: Language) -> None:
    """Write the report of a plan as PDF; `name` is what it calls the workbook.

    `TargetInUseError` where the report cannot be put in its place.
    """
    from planner.report.writing import write_report  # noqa: PLC0415 - drawing takes long to load

    with _workbook(book, plan, name, language) as file:
        write_report(file, path, language)


def pages_of(
    book: Book, plan: Plan, name: str, language: Language, *, dots: int
) -> tuple[bytes, ...]:
    """Return the pages of the report of a plan as PNG pictures, of so many dots to an inch."""
    from planner.report.writing import report_pictures  # noqa: PLC0415 - as above

    with _workbook(book, plan, name, language) as file:
        return report_pictures(file, language, dots)


@contextmanager
def _workbook(book: Book, plan: Plan, name: str, language: Language) -> Iterator[Path]:
    """Give the workbook of a plan, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.xlsx"
        workflow.save_plan(file, book, plan, language)
        yield file
