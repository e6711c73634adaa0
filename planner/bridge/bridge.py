"""`bridge`: what made the need of an earlier workbook into that of a new one.

The inputs of the new workbook are put into the earlier one, one after another in a stated order:
the count at the start, arrivals, each parameter, where people go and how long they stay, groups,
and the forecast sheet. What the number of people changes by each time are parts that add up to the
whole difference. In another order the parts may differ; the whole does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import fsum

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.input.case import Case
from planner.input.parameters import Parameters
from planner.input.published_beside import DecisionParts, decision_parts, latest_decision
from planner.input.settings import Parameter
from planner.model.demand import demand

Amounts = Mapping[dt.date, float]

# Parts of a case beside parameters, in the order in which they are put in.
START, INFLOW, STREAMS, STAGES, GROUPS, FORECAST = (
    "occupancy", "inflow", "streams", "stages", "groups", "forecast",
)  # fmt: skip
PARAMETERS = "parameters"
_FIELDS: Mapping[str, tuple[str, ...]] = {
    START: ("date", "months", "locations", "occupancy"),
    INFLOW: ("inflow",),
    STREAMS: ("streams",),
    STAGES: ("stages",),
    GROUPS: ("groups",),
    FORECAST: ("forecast",),
}


@dataclass(frozen=True)
class InputEffect:
    """An input that was changed, and what the need changes by it, by month.

    `table` is the sheet; `was` and `now` are the rows of a `parameter`, empty where there is none.
    `people` are more people, `beds` more beds needed. `together` are the names of changes that
    could only be put in at once with this one.
    """

    table: str
    parameter: str = ""
    was: tuple[Parameter, ...] = ()
    now: tuple[Parameter, ...] = ()
    people: Amounts | None = None
    beds: Amounts | None = None
    together: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The parameter, or the sheet where it is about no parameter."""
        return self.parameter or self.table


@dataclass(frozen=True)
class Bridge:
    """The need of two cases in the months of both, and the changes between them in order.

    `portfolio` are the beds in contract by month in the new case, without any decision; `task`
    the durable places asked of the provinces together, `None` where none is given. `earlier` is
    the new case itself where it is only put beside what was decided before.
    """

    earlier: Case
    new: Case
    months: tuple[dt.date, ...]
    people: tuple[Amounts, Amounts]
    beds: tuple[Amounts, Amounts]
    changes: tuple[InputEffect, ...]
    portfolio: Amounts
    task: float | None

    @property
    def from_decision(self) -> bool:
        """Whether there is no earlier case: only what was decided and published before."""
        return self.earlier is self.new

    def decided(self, month: dt.date) -> DecisionParts | None:
        """Return the latest decision for a month beside the earlier need; `None` for none."""
        decision = latest_decision(self.new, month)
        if decision is None:
            return None
        return decision_parts(decision, month, self.people[0][month], self.earlier)


def bridge(earlier: Case, new: Case) -> Bridge:
    """Return what leads from the need of one case to that of another.

    `UnusableInputError` where no month is planned in both.
    """
    months = tuple(month for month in new.months if month in earlier.months)
    if not months:
        first, last = earlier.months[0], earlier.months[-1]
        raise UnusableInputError(message("bridge.no_common_month", first=first, last=last))
    changes = tuple(_changes(earlier, new, months))
    ends = [_need(case, months) for case in (earlier, new)]
    tasks = [each.task for each in new.provinces.values() if each.task is not None]
    return Bridge(
        earlier,
        new,
        months,
        (ends[0][0], ends[1][0]),
        (ends[0][1], ends[1][1]),
        changes,
        {month: new.beds_in_contract(month) for month in months},
        fsum(tasks) if tasks else None,
    )


def _changes(earlier: Case, new: Case, months: tuple[dt.date, ...]) -> Iterator[InputEffect]:
    """Yield the changes with what each does to the need after those before it."""
    case, before = earlier, _need(earlier, months)
    waiting: list[InputEffect] = []
    steps = list(_differing(earlier, new))
    for at, change in enumerate(steps, start=1):
        case = _with(case, change, new)
        try:
            after = _need(case, months)
        except (ArithmeticError, LookupError, ValueError):
            if at < len(steps):
                waiting.append(change)  # a stage without its group: only the next makes it whole
                continue
            raise
        people, beds = (
            {month: late[month] - early[month] for month in months}
            for early, late in zip(before, after, strict=True)
        )
        together = tuple(each.name for each in waiting)
        yield replace(change, people=people, beds=beds, together=together)
        before, waiting = after, []


def _differing(earlier: Case, new: Case) -> Iterator[InputEffect]:
    """Yield what differs, in the order in which it is put in."""
    tables = [START, INFLOW, PARAMETERS, STREAMS, STAGES, GROUPS, FORECAST]
    for table in tables:
        if table == PARAMETERS:
            yield from _changed_parameters(earlier.parameters, new.parameters)
        elif any(getattr(earlier, each) != getattr(new, each) for each in _FIELDS[table]):
            yield InputEffect(table)


def _changed_parameters(earlier: Parameters, new: Parameters) -> Iterator[InputEffect]:
    names = dict.fromkeys((*new.by_name, *new.dated, *earlier.by_name, *earlier.dated))
    for name in names:
        was, now = (_rows(each, name) for each in (earlier, new))
        if [_said(each) for each in was] != [_said(each) for each in now]:
            yield InputEffect(PARAMETERS, name, was, now)


def _rows(parameters: Parameters, name: str) -> tuple[Parameter, ...]:
    always = parameters.by_name.get(name)
    return (*(() if always is None else (always,)), *parameters.dated.get(name, ()))


def _said(row: Parameter) -> tuple[object, ...]:
    """Return what a row says; from where it comes changes nothing."""
    return row.value, row.valid_from, row.valid_until


def _with(case: Case, change: InputEffect, new: Case) -> Case:
    if change.table != PARAMETERS:
        return replace(case, **{each: getattr(new, each) for each in _FIELDS[change.table]})
    by_name, dated = dict(case.parameters.by_name), dict(case.parameters.dated)
    name = change.parameter
    by_name.pop(name, None)
    dated.pop(name, None)
    if name in new.parameters.by_name:
        by_name[name] = new.parameters.by_name[name]
    if name in new.parameters.dated:
        dated[name] = new.parameters.dated[name]
    return replace(case, parameters=Parameters(by_name, dated))


def _need(case: Case, months: tuple[dt.date, ...]) -> tuple[Amounts, Amounts]:
    """Return the people present and the beds needed at the occupancy norm, by month."""
    present = demand(case)
    people = {month: fsum(present[group, month] for group in case.groups) for month in months}
    return people, {month: case.beds_needed(count, month) for month, count in people.items()}
