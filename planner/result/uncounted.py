"""Costs that a plan does not count, because nobody gave them: told, never taken for nothing.

Where a location has no cost of its own the usual rate of its kind is counted, which is told too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.core.texts import Message, Text, message
from planner.input.arrived import applicants
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.sheets.without_place import SOMEBODY

# The parameters that a line of the cost is worked out with.
COST_PARAMETERS: Mapping[str, str] = {
    "cost_fitting": "dol_fitting_cost",
    "cost_dol_extra": "dol_extra_cost_month",
    "cost_moves": "move_cost",
    "cost_allowance": "allowance_month",
    "cost_assessments": "needs_assessment_cost",
    "cost_information": "information_session_cost",
}
OF_ARRIVALS = ("cost_assessments", "cost_information")


def uncounted_lines(case: Case) -> Iterator[tuple[str, Text]]:
    """Yield each line of the cost that is not counted in every month, and what is missing."""
    arrivals = applicants(case)
    unknown = any(month not in arrivals for month in case.months)
    for line, name in COST_PARAMETERS.items():
        if all(case.parameters.optional(name, month) is None for month in case.months):
            yield line, supplied()[name].title
        elif line in OF_ARRIVALS and unknown:
            yield line, message("plan.cost_of_arrivals", cost=supplied()[name].title).both


def uncounted_costs(case: Case) -> Iterator[Message]:
    """Yield which costs are not counted, and at how many locations the usual rates are."""
    missing = tuple(title for _, title in uncounted_lines(case))
    if missing:
        yield message("plan.costs_unknown", costs=missing)
    without = [each for each in case.locations.values() if each.cost_per_bed_month is None]
    if without:
        regular, emergency = (
            case.parameters.optional(f"cost_{kind}_bed_month", case.months[0]) or 0.0
            for kind in ("regular", "emergency")
        )
        yield message("plan.costs_usual", count=len(without), regular=regular, emergency=emergency)


def unplaced_notes(case: Case, cost: float, unplaced: float) -> Iterator[Message]:
    """Yield what people without a place would cost in emergency reception, if there are any."""
    if unplaced >= SOMEBODY:
        rate = case.parameters.optional("cost_emergency_bed_month", case.months[0]) or 0.0
        yield message("plan.cost_unplaced", people=round(unplaced), cost=round(cost), rate=rate)
