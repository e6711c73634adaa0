"""What a window needs of a book that was opened: its state, its first check, the plan in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.jobs.requests import BookState, Checked, Opened, Planned
from planner.result import plan_in_book
from planner.result.plan_status import status_of_plan

if TYPE_CHECKING:
    from planner.input.book import Book


def opened(state: BookState) -> Opened:
    """Return a book as a window opens it; results that cannot be read stop nobody."""
    book = state.base
    try:
        planned = _planned(book)
    except UnusableInputError as unread:
        first = checked(book, None)
        return Opened(state, first, unread=unread.told, unread_cells=unread.findings)
    scenario = None if planned is None else _scenario(book, planned.plan.scenario)
    return Opened(state, checked(book, scenario), planned)


def checked(book: Book, scenario: str | None) -> Checked:
    """Return what a window needs of a check: the findings, the fingerprint, the scenarios."""
    parsed = api.check(book, scenario)
    fingerprint = "" if parsed.case is None else parsed.case.fingerprint
    return Checked(parsed.findings, fingerprint, api.scenario_names(book))


def _planned(book: Book) -> Planned | None:
    """Return the plan in a workbook; `UnusableInputError` where its results cannot be read."""
    plan = plan_in_book(book)
    if plan is None:
        return None
    try:
        sheets = {each.table.key: each.frame for each in api.result_sheets(plan)}
    except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
        # Anyone may have changed the sheets by hand; what is no plan any more is not shown as one.
        raise UnusableInputError(message("standing.not_whole")) from fault
    parsed = api.check(book, _scenario(book, plan.scenario))
    if parsed.case is None:
        return Planned(plan, sheets)
    status = status_of_plan(book, plan, parsed.case.fingerprint)
    return Planned(plan, sheets, dict(parsed.case.locations), status.in_short)


def _scenario(book: Book, name: str) -> str | None:
    """Return the scenario of a plan, where the workbook still has it."""
    return name if name in api.scenario_names(book) else None
