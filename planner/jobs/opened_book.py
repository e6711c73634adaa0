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
    from collections.abc import Mapping

    import pandas as pd

    from planner.input.book import Book
    from planner.input.case import Parsed
    from planner.result.plan import Plan


def opened(state: BookState) -> Opened:
    """Return a book as a window opens it; results that cannot be read stop nobody."""
    book, names = state.base, api.scenario_names(state.base)
    try:
        plan = plan_in_book(book)
        sheets = {} if plan is None else _sheets(plan)
    except UnusableInputError as unread:
        first = checked(book, None)
        return Opened(state, first, unread=unread.told, unread_cells=unread.findings)
    # The plan's scenario, where the workbook still has it; checking takes a while, so once.
    scenario = plan.scenario if plan is not None and plan.scenario in names else None
    parsed = api.check(book, scenario)
    found = _checked(parsed, names)
    return Opened(state, found, None if plan is None else _planned(book, plan, sheets, parsed))


def checked(book: Book, scenario: str | None) -> Checked:
    """Return what a window needs of a check: the findings, the fingerprint, the scenarios."""
    return _checked(api.check(book, scenario), api.scenario_names(book))


def _checked(parsed: Parsed, names: tuple[str, ...]) -> Checked:
    fingerprint = "" if parsed.case is None else parsed.case.fingerprint
    return Checked(parsed.findings, fingerprint, names)


def _sheets(plan: Plan) -> dict[str, pd.DataFrame]:
    """Return the sheets of a plan by key; `UnusableInputError` where they make none."""
    try:
        return {each.table.key: each.frame for each in api.result_sheets(plan)}
    except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
        # Anyone may have changed the sheets by hand; what is no plan any more is not shown as one.
        raise UnusableInputError(message("standing.not_whole")) from fault


def _planned(book: Book, plan: Plan, sheets: Mapping[str, pd.DataFrame], parsed: Parsed) -> Planned:
    if parsed.case is None:
        return Planned(plan, sheets)
    status = status_of_plan(book, plan, parsed.case.fingerprint)
    return Planned(plan, sheets, dict(parsed.case.locations), status.in_short)
