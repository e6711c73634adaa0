"""The report of a plan that stands in no workbook yet: it is written to one for a moment.

A report is made from a workbook alone, so that what it says can be recomputed by its readers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner import workflow
from planner.compare.comparison import compare
from planner.compare.read_plan import ReadPlan, plan_in
from planner.insight.result import Plan
from planner.tables.book import Book
from planner.texts import Language, say

if TYPE_CHECKING:
    from planner.report.paper import Paper
    from planner.report.reported import Reported
    from planner.report.writing import Page


def write_report_of(  # noqa: PLR0913, PLR0917 - a report is of these
    path: Path,
    book: Book,
    plan: Plan,
    name: str,
    language: Language,
    beside: ReadPlan | None = None,
) -> None:
    """Write the report of a plan as PDF; `name` is what it calls the workbook.

    With another plan there is a page on what differs. `TargetInUseError` where the report cannot
    be put in its place.
    """
    from planner.report.writing import write_report  # noqa: PLC0415 - drawing takes long to load

    with _workbook(book, plan, name, language) as file:
        write_report(file, path, language, _more(file, beside))


def pages_of(  # noqa: PLR0913 - as above
    book: Book,
    plan: Plan,
    name: str,
    language: Language,
    *,
    dots: int,
    beside: ReadPlan | None = None,
) -> tuple[bytes, ...]:
    """Return the pages of the report of a plan as PNG pictures, of so many dots to an inch."""
    from planner.report.writing import report_pictures  # noqa: PLC0415 - as above

    with _workbook(book, plan, name, language) as file:
        return report_pictures(file, language, dots, _more(file, beside))


def beside_it(base: ReadPlan, plan: ReadPlan) -> Page:
    """Return the pages of a report on how its plan differs from another, which is the base."""
    from planner.compare.printed.printed import Printed  # noqa: PLC0415 - drawing takes long to load
    from planner.compare.printed.writing import print_section  # noqa: PLC0415 - as above

    def print_pages(paper: Paper, reported: Reported, language: Language) -> None:
        del reported  # it is read anew, as a comparison reads plans
        this = replace(plan, name=say("report.comparison.this", language))
        print_section(paper, Printed(compare((base, this)), language))

    return print_pages


def _more(file: Path, beside: ReadPlan | None) -> Page | None:
    return None if beside is None else beside_it(beside, plan_in(file))


@contextmanager
def _workbook(book: Book, plan: Plan, name: str, language: Language) -> Iterator[Path]:
    """Give the workbook of a plan, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.xlsx"
        workflow.save_plan(file, book, plan, language)
        yield file
