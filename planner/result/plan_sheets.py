"""The sheets that a plan is written to, in the order of the workbook."""

from __future__ import annotations

from dataclasses import replace

from planner.input.book import Book
from planner.result import sentences
from planner.result.areas import areas
from planner.result.plan import Plan
from planner.result.plan_of_book import PlanOfBook
from planner.result.whole_people import as_shown, with_planned
from planner.sheets.reader_columns import for_readers
from planner.sheets.record_sheet import record_sheet
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_tables import RESULT_TABLES


def result_sheets(shown: Plan) -> tuple[ResultSheet, ...]:
    """Return every result sheet of a plan as it is shown, in the order of the workbook."""
    frames = {
        **shown.tables,
        "summary": sentences.summary(shown),
        "levels": sentences.levels(shown),
        "measures": sentences.measures(shown),
        "shortfalls": sentences.worded_shortfalls(shown),
        "dol": sentences.worded_dol(shown),
        "checks": sentences.worded_checks(shown),
        "reporting": sentences.reporting(shown),
        "provenance": sentences.provenance(shown),
    }
    return tuple(
        ResultSheet(table, frames[key], shown.notes if key == "summary" else ())
        for key, table in RESULT_TABLES.items()
        if key in frames
    )


def workbook_sheets(made: Plan, book: Book) -> tuple[ResultSheet, ...]:
    """Return every sheet that a plan's workbook gets, those for programs alone included."""
    shown = as_shown(made)
    sheets = tuple(
        replace(each, frame=with_planned(each.table.key, each.frame, made.tables))
        if made.whole and made.found
        else each
        for each in result_sheets(shown)
    )
    if made.found:
        sheets = _with_areas(sheets, shown, book)
    read = for_readers(sheets, book)
    return read if made.record is None else (*read, record_sheet(made.record))


def _with_areas(
    sheets: tuple[ResultSheet, ...], shown: Plan, book: Book
) -> tuple[ResultSheet, ...]:
    """Return the sheets with those of provinces and of municipalities in their place, as read."""
    found = areas(PlanOfBook(shown.scenario, book, shown))
    whole = found["municipality"].isna()
    by_key = {each.table.key: each for each in sheets}
    for key, rows in (("by_province", found[whole]), ("by_municipality", found[~whole])):
        table = RESULT_TABLES[key]
        frame = rows[[each.key for each in table.columns]].reset_index(drop=True)
        by_key[key] = ResultSheet(table, frame)
    return tuple(by_key[key] for key in RESULT_TABLES if key in by_key)
