"""The planned months, as far as the tables tell them before there is a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.input.counts import reference_date
from planner.input.months import later, month_of, months_from
from planner.input.parameters import Parameters
from planner.input.terms import read_parameters
from planner.input.typed import TypedTables

# The parameter with the number of months that are planned without a forecast, and the most.
HORIZON = "horizon_months"
LONGEST_HORIZON = 60


def last_months(typed: TypedTables) -> Mapping[str, dt.date]:
    """Return the last forecast month of each scenario."""
    last: dict[str, dt.date] = {}
    for each in typed.records("forecast"):
        last[each.scenario] = max(each.month, last.get(each.scenario, each.month))
    return last


def planned_without_forecast(parameters: Parameters) -> int:
    """Return how many months are planned where no forecast says so: 1 to 60.

    Where that was emptied it is one, until whoever emptied it is told.
    """
    return min(max(round(parameters.optional(HORIZON) or 1), 1), LONGEST_HORIZON)


def planned_months(typed: TypedTables) -> tuple[dt.date, ...]:
    """Return the months that any scenario plans, none where there is no reference date."""
    return typed.once(_planned)


def _planned(typed: TypedTables) -> tuple[dt.date, ...]:
    date = reference_date(typed)
    if date is None:
        return ()
    first = later(month_of(date), 1)
    without = planned_without_forecast(read_parameters(typed)[0])
    last = max(last_months(typed).values(), default=later(first, without - 1))
    return months_from(first, min(last, later(first, LONGEST_HORIZON - 1)))
