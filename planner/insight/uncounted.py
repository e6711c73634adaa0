"""Costs that a plan does not count, because nobody gave them: told, never taken for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from planner.tables.case import Case
from planner.tables.parameters import supplied
from planner.texts import Message, Text, message

COST_PARAMETERS = ("dol_fitting_cost", "dol_extra_cost_month", "move_cost")


def uncounted_costs(case: Case) -> Iterator[Message]:
    """Yield one sentence naming each cost that is not counted, if there is any."""
    missing = [
        supplied()[name].title
        for name in COST_PARAMETERS
        if not case.parameters.optional(name, case.months[0])
    ]
    without = sum(each.cost_per_bed_month is None for each in case.locations.values())
    if without:
        missing.append(Text(f"plaatsen op {without} locaties", f"places at {without} locations"))
    if missing:
        yield message("plan.costs_unknown", costs=tuple(missing))
