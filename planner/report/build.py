"""What goes out on paper: the report of a plan, alone or beside another, and a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.compare.comparison import Comparison, compare
from planner.compare.comparison_view import KeptComparison
from planner.compare.contributions import Contributions
from planner.compare.regret import RegretMatrix
from planner.compare.sheets import (
    comparison_sheets,
    contribution_sheet,
    line_charts,
    regret_at_a_glance,
    regret_sheet,
    waterfalls,
)
from planner.core.texts import Language, say
from planner.files.compare_writer import write_comparison
from planner.input.book import Book
from planner.result import PlanOfBook
from planner.result.plan import Plan
from planner.sheets.result_sheets import ResultSheet

if TYPE_CHECKING:
    from planner.report.paper import Paper
    from planner.report.writing import Page

SLIDES = ".pptx"  # how a file of slides ends


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


def write_page_of(path: Path, plan: PlanOfBook, language: Language) -> None:
    """Write the page of a plan for who decides, as `write_report_of` writes the whole report."""
    from planner.report.one_page import write_one_page  # noqa: PLC0415 - drawing takes long to load

    write_one_page(path, plan, language)


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


def save_comparison(  # noqa: PLR0913 - what may be written with it
    path: Path,
    comparison: Comparison,
    language: Language,
    *,
    matrix: RegretMatrix | None = None,
    contributed: Sequence[Contributions] = (),
    first: Sequence[ResultSheet] = (),
) -> None:
    """Write a comparison to one workbook, or on A4 paper where the path ends in `.pdf`.

    In a workbook `first` are sheets that stand before it; with a regret matrix and contributions
    where there are. `TargetInUseError` where the file cannot be put in its place.
    """
    if on_paper(path):
        from planner.report.comparison.printed import Printed  # noqa: PLC0415 - drawing takes long to load
        from planner.report.comparison.writing import print_comparison  # noqa: PLC0415 - as above

        print_comparison(path, Printed(comparison, language, matrix, tuple(contributed)))
        return
    sheets = [*first, *comparison_sheets(comparison)]
    if matrix is not None:
        sheets += [regret_at_a_glance(matrix), regret_sheet(matrix)]
    if contributed:
        sheets.append(contribution_sheet(contributed))
    lines, steps = line_charts(comparison), waterfalls(comparison)
    write_comparison(path, sheets, comparison.names, lines, steps, language)


def on_paper(path: Path) -> bool:
    """Whether a comparison is written there as a PDF rather than as a workbook."""
    return path.suffix.lower() == ".pdf"


def save_shown_comparison(kept: KeptComparison, path: Path, language: Language) -> Path:
    """Write a comparison to a workbook or a PDF, with everything found about it."""
    contributed = [kept.contributed[at] for at in sorted(kept.contributed)]
    save_comparison(path, kept.comparison, language, matrix=kept.matrix, contributed=contributed)
    return path
