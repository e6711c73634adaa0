"""The report of a plan as the window asks for it: a file or pictures, alone or beside another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.compare.comparison import compare
from planner.core.texts import Language, say
from planner.input.book import Book
from planner.result import PlanOfBook
from planner.result.plan import Plan

if TYPE_CHECKING:
    from planner.report.paper import Paper
    from planner.report.writing import Page


def reported(book: Book, plan: Plan, name: str) -> PlanOfBook:
    """Return a plan as a report reads it; `name` is what the report calls its workbook."""
    file = replace(book, name=f"{name}.xlsx")
    return PlanOfBook(plan.scenario or name, file, plan)


def write_report_of(
    path: Path, plan: PlanOfBook, language: Language, beside: PlanOfBook | None = None
) -> None:
    """Write the report of a plan as PDF; with another plan there is a page on what differs.

    `TargetInUseError` where the report cannot be put in its place.
    """
    from planner.report.writing import write_report  # noqa: PLC0415 - drawing takes long to load

    write_report(plan, path, language, _more(beside))


def pages_of(
    plan: PlanOfBook, language: Language, *, dots: int, beside: PlanOfBook | None = None
) -> tuple[bytes, ...]:
    """Return the pages of the report of a plan as PNG pictures, of so many dots to an inch."""
    from planner.report.writing import report_pictures  # noqa: PLC0415 - as above

    return report_pictures(plan, language, dots, _more(beside))


def beside_it(base: PlanOfBook) -> Page:
    """Return the pages of a report on how its plan differs from another, which is the base."""
    from planner.report.comparison.printed import Printed  # noqa: PLC0415 - drawing takes long to load
    from planner.report.comparison.writing import print_section  # noqa: PLC0415 - as above

    def print_pages(paper: Paper, plan: PlanOfBook, language: Language) -> None:
        this = replace(plan, name=say("report.comparison.this", language))
        print_section(paper, Printed(compare((base, this)), language))

    return print_pages


def _more(beside: PlanOfBook | None) -> Page | None:
    return None if beside is None else beside_it(beside)
