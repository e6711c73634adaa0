"""What a window needs of a book that was opened: its state, its first check, the plan in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.jobs.requests import BookState, Checked, Opened, Planned
from planner.result import plan_in_book
from planner.result.plan_status import status_of_plan

if TYPE_CHECKING:
    from planner.input.book import Book
    from planner.input.case import Parsed
    from planner.result.plan import Plan


def opened(state: BookState) -> Opened:
    """Return a book as a window opens it; results that cannot be read stop nobody."""
    book, names = state.base, api.scenario_names(state.base)
    try:
        plan = plan_in_book(book)
        planned = None if plan is None else _as_read(plan)
    except UnusableInputError as unread:
        first = checked(book, None)
        return Opened(state, first, unread=unread.told, unread_cells=unread.findings)
    # The plan's scenario, where the workbook still has it; checking takes a while, so once.
    scenario = plan.scenario if plan is not None and plan.scenario in names else None
    parsed = api.check(book, scenario)
    found = _checked(parsed, names)
    return Opened(state, found, None if planned is None else _of_input(planned, book, parsed))


def checked(book: Book, scenario: str | None) -> Checked:
    """Return what a window needs of a check: the findings, the fingerprint, the scenarios."""
    return _checked(api.check(book, scenario), api.scenario_names(book))


def _checked(parsed: Parsed, names: tuple[str, ...]) -> Checked:
    fingerprint = "" if parsed.case is None else parsed.case.fingerprint
    return Checked(parsed.findings, fingerprint, names)


def with_sheets(plan: Plan) -> Planned:
    """Return a plan as a window shows it, with its sheets."""
    shown = api.shown(plan)
    return Planned(plan, shown, {each.table.key: each.frame for each in api.result_sheets(shown)})


def _as_read(plan: Plan) -> Planned:
    """Return the plan of a file with its sheets; `UnusableInputError` where they make none."""
    try:
        return with_sheets(plan)
    except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
        # Anyone may have changed the sheets by hand; what is no plan any more is not shown as one.
        raise UnusableInputError(message("standing.not_whole")) from fault


def _of_input(planned: Planned, book: Book, parsed: Parsed) -> Planned:
    if parsed.case is None:
        return planned
    status = status_of_plan(book, planned.plan, parsed.case.fingerprint).in_short
    return replace(planned, locations=dict(parsed.case.locations), status=status)
