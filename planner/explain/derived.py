"""What a plan tells beyond its decisions, all of it worked out from them: tables, figures, notes.

It is one function, so that verifying a workbook gives word for word what planning gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.core.display_names import called
from planner.core.outcome import Ending
from planner.core.texts import Message, message
from planner.explain.costs import cost_table, with_costs
from planner.input.case import Case
from planner.model.build import Problem
from planner.model.demand import demand_notes
from planner.result.above_beds import above_beds_notes
from planner.result.applies import rules_table
from planner.result.checks import checks_beside
from planner.result.children import children
from planner.result.departures import choices_made, parameters_changed
from planner.result.dol_published import dol_published_notes
from planner.result.dol_size_notes import dol_size_notes
from planner.result.emergency_spread import emergency_spread_notes
from planner.result.five_questions import five_questions
from planner.result.from_decisions import measures_of, tables_again
from planner.result.idle_inputs import idle_notes
from planner.result.pinned import pin_notes
from planner.result.plan import Quantity
from planner.result.to_decide import with_last_days
from planner.result.uncounted import uncounted_costs, unplaced_notes

Tables = Mapping[str, pd.DataFrame]
Measures = Mapping[str, Quantity]


@dataclass(frozen=True)
class Derived:
    """The tables of a plan by name, its key figures, and what to know before reading any figure."""

    tables: dict[str, pd.DataFrame]
    measures: Measures
    notes: tuple[Message, ...]


def derived(
    problem: Problem,
    decided: Tables,
    ending: Ending,
    gap: float | None,
    *,
    whole: bool,
) -> Derived:
    """Return everything that follows from the decisions in some tables, and from how it ended."""
    tables, values = tables_again(problem, decided)
    tables["checks"] = checks_beside(problem, tables)
    tables["costs"] = cost_table(problem, values, tables["decisions"])
    decisions = with_costs(problem, values, tables["decisions"])
    tables["decisions"] = with_last_days(decisions, problem.case)
    tables["questions"] = five_questions(problem, tables)
    tables["children"] = children(problem.case, tables, problem.choose.pupils)
    tables["rules"] = rules_table(problem)
    measures = measures_of(problem, values)
    notes = (
        *ending_notes(ending, gap, whole=whole),
        *([] if whole or not _is_few(tables) else [message("plan.few_in_shares")]),
        *notes_beside(problem.case, (tables, measures)),
    )
    return Derived(tables, measures, notes)


def _is_few(tables: Tables) -> bool:
    """Whether few people live in some emergency location while others have room for them."""
    checks = tables["checks"]
    return bool(checks.loc[checks["check"].eq("emergency_few"), "holds"].isin([False]).any())


def ending_notes(ending: Ending, gap: float | None, *, whole: bool) -> Iterator[Message]:
    """Yield how the calculation ended, where that is not with the one best plan."""
    stopped = ending is Ending.BEST_FOUND
    if stopped:
        yield message("plan.best_found")
    if gap:
        yield message("plan.gap", percent=100 * gap)
    elif stopped and whole and gap is None:
        yield message("plan.gap_unknown")


def notes_beside(case: Case, plan: tuple[Tables, Measures] | None = None) -> Iterator[Message]:
    """Yield what to know of the input, and of the plan where there is one."""
    if case.beyond_forecast:
        yield message("plan.beyond_forecast", scenario=called(case.scenario))
    yield from choices_made(case)
    if plan is not None:
        yield from above_beds_notes(case, plan[0])
        yield from dol_published_notes(case, plan[0])
        yield from dol_size_notes(case)
        yield from emergency_spread_notes(case, plan[0])
    yield from pin_notes(case)
    yield from demand_notes(case)
    yield from parameters_changed(case)
    yield from idle_notes(case)
    if plan is not None:
        cost, unplaced = plan[1]["cost_unplaced"], plan[1]["unplaced"]
        yield from unplaced_notes(case, cost.value, unplaced.value)
    yield from uncounted_costs(case)
