"""Comparing as verbs: plans side by side, what explains a difference, what is regretted, changes.

`compare` takes plans as they stand in their workbooks or as they were just made, also of different
versions of the input, and tells only what differs. `contributions` goes from a difference to the
edits that explain it. `regret` tries the decisions of each scenario in every other, which comparing
one best plan with another cannot answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.compare.changes import applied, change_list, places_of, previous_places
from planner.compare.comparison import MOST_PLANS, TOTALS, Comparison, compare
from planner.compare.contributions import Contributions, contributions
from planner.compare.kept_decisions import NoOutcomeError
from planner.compare.progress import PlanningStage, Tell, no_progress
from planner.compare.regret import Future, RegretMatrix
from planner.compare.regret import regret as regret_of
from planner.compare.sheets import (
    waterfall,
)
from planner.compare.theme import ComparedTheme, difference_column, plan_column
from planner.compare.words import sentences
from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import message
from planner.input.book import Book
from planner.input.case import usable
from planner.model.fixed_decisions import FixedDecisions
from planner.result import PlanOfBook, load_plan, plans_of

__all__ = [
    "MOST_PLANS",
    "TOTALS",
    "ComparedTheme",
    "Comparison",
    "Contributions",
    "Future",
    "NoOutcomeError",
    "PlanOfBook",
    "PlanningStage",
    "RegretMatrix",
    "applied",
    "change_list",
    "compare",
    "contributions",
    "difference_column",
    "enough",
    "load_plan",
    "places_of",
    "plan_column",
    "plans_of",
    "previous_places",
    "regret",
    "regret_of_plans",
    "sentences",
    "waterfall",
]


def regret(
    book: Book,
    scenarios: Sequence[str],
    tell: Tell = no_progress,
    cancel: CancelToken | None = None,
) -> RegretMatrix:
    """Try the decisions of each scenario of a book, each at its best, in every other.

    `UnusableInputError` with findings where one cannot be planned; `CancelledError` when cancelled.
    """
    return regret_of([Future(name, usable(book, name)) for name in scenarios], tell, cancel)


def regret_of_plans(
    plans: Sequence[PlanOfBook], tell: Tell = no_progress, cancel: CancelToken | None = None
) -> RegretMatrix:
    """Try the decisions that stand in each plan in the input of every other.

    Everybody is placed anew with shares of locations; the matrix names the plans of whole ones.
    """
    futures = [
        Future(
            each.name,
            each.case,
            FixedDecisions.of_table(each.tables["decisions"]),
        )
        for each in plans
    ]
    whole = tuple(each.name for each in plans if each.plan.whole)
    return replace(regret_of(futures, tell, cancel), whole=whole)


def enough(count: int) -> None:
    """Refuse a number of plans that cannot be compared: `UnusableInputError`."""
    if not 1 < count <= MOST_PLANS:
        raise UnusableInputError(message("compare.count", most=MOST_PLANS, count=count))
