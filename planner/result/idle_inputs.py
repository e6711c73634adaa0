"""What a workbook gives about the demand that does nothing, since something goes before it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.texts import Message, message
from planner.forecast.cohorts.rows import rows_of, stages_of
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.input.records import table
from planner.model.demand import is_computed, is_forecast
from planner.model.rules import RULES

# Parameters that the calculation of the people takes, beside those that rows of Streams name.
_CALCULATION = (
    "transfer_months", "take_back_months", "take_charge_months", "take_charge_share",
    "trafficking_share", "dublin_transferred_share", "dublin_transfers_stopped", "backlog_people",
    "backlog_start", "backlog_months", "backlog_shape", "border_released_share",
    "school_access_months",
)  # fmt: skip
_SEASON, _YEAR, _BEFORE = "season_", "_year", "_before"
_ARRIVALS = ("all_arrivals_year_low", "all_arrivals_year_high", "border_arrivals_year")


def idle_parameters(case: Case) -> tuple[str, ...]:
    """Return the parameters that have no effect on the plan of a case, in the supplied order."""
    idle: set[str] = set()
    if case.inflow or is_forecast(case):
        idle |= set(_of_arrivals(case))
    if is_forecast(case):
        idle |= set(_of_calculation(case))
    used = {name for rule in RULES for name in rule.parameters}
    return tuple(name for name in supplied() if name in idle - used)


def idle_notes(case: Case) -> Iterator[Message]:
    """Yield what is given and does nothing, and why; nothing where everything counts."""
    given = set(_changed(case))
    without = tuple(supplied()[n].title for n in idle_parameters(case) if n in given)
    if is_forecast(case):
        sheets = tuple(
            table(name).title
            for name, rows in (
                ("inflow", case.inflow), ("streams", case.streams), ("stages", case.stages),
            )
            if rows
        )  # fmt: skip
        if sheets or without:
            yield message("plan.idle_by_forecast", inputs=(*sheets, *without))
    elif is_computed(case) and without:
        yield message("plan.idle_by_inflow", inputs=without)


def _of_arrivals(case: Case) -> Iterator[str]:
    """Yield the parameters from which arrivals come without the sheet Inflow."""
    yield from _ARRIVALS
    yield from (f"{stream}{_YEAR}" for stream in {row.stream for row in rows_of(case)})
    yield from (name for name in supplied() if name.startswith(_SEASON))


def _of_calculation(case: Case) -> Iterator[str]:
    """Yield the parameters that only the calculation of the people takes."""
    names = {*_CALCULATION}
    for row in rows_of(case):
        names |= {row.share_parameter, row.leave_parameter}
    for stage in stages_of(case):
        names |= {stage.stay_parameter, stage.term_parameter}
    for name in names - {""}:
        yield from (name, name + _BEFORE)


def _changed(case: Case) -> Iterator[str]:
    """Yield the parameters that are not as supplied, or have a row for a time."""
    for name, each in supplied().items():
        ours = case.parameters.by_name[name]
        if ours.value != each.parameter.value or name in case.parameters.dated:
            yield name
