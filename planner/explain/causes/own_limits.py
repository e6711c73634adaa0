"""Causes in what the rule that falls short is itself held against: its parameters, staff, a task.

And what the planner has fixed beforehand, which no decision can mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import fsum

from planner.explain.causes.cause import AskedCauses, Cause, Evidence
from planner.explain.causes.terms import name_of
from planner.explain.changes import with_parameter
from planner.explain.figures import Limit
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.input.pins import Pin
from planner.model.decisions import Footing
from planner.model.rules import active_rules
from planner.model.rules.limit import LimitKind, OfParameter

# What an effect that no price tells of is taken to be, so that a trial looks at it.
PERHAPS = 0.6
# Parameters that say how heavily something counts, and not how much of it there is.
_WEIGHTS = "weight"


def own_causes(asked: AskedCauses) -> Iterator[Cause]:
    """Yield what the rule that falls short is held against, and what is fixed beforehand."""
    yield from _own_parameters(asked)
    yield from _other_norms(asked)
    yield from _staff(asked)
    yield from _municipality_task(asked)
    yield from _pins(asked)


def _own_parameters(asked: AskedCauses) -> Iterator[Cause]:
    """Yield the parameters that the rule names and that are other than supplied.

    The one that is its limit is told of by how much tighter it is.
    """
    rule, case = asked.shortfall.rule, asked.case
    limit = rule.limit.parameter if isinstance(rule.limit, OfParameter) else ""
    for name in rule.parameters:
        known, now = supplied().get(name), case.parameters.by_name.get(name)
        if known is None or now is None:
            continue
        usual, value = known.parameter.value, now.value
        if name == limit and usual is not None:
            continue
        number = isinstance(value, int | float)
        if not number or value == usual or known.parameter.unit.startswith(_WEIGHTS):
            continue
        yield _parameter(name, asked.shortfall.weighted, value, usual)


def _other_norms(asked: AskedCauses) -> Iterator[Cause]:
    """Yield norms below the supplied ones that stand beside the limit of another rule."""
    for rule in active_rules(asked.case):
        if rule is asked.shortfall.rule or not isinstance(rule.limit, OfParameter):
            continue
        for name in rule.parameters:
            if name == rule.limit.parameter or name not in supplied():
                continue
            usual = supplied()[name].parameter.value
            value = asked.case.parameters.by_name[name].value
            if not isinstance(usual, int | float) or not isinstance(value, int | float):
                continue
            if value < usual:
                yield _parameter(name, PERHAPS * asked.shortfall.weighted, value, usual)


def _parameter(name: str, removes: float, value: object, usual: object) -> Cause:
    return Cause(
        sort=name,
        subject=name,
        removes=removes,
        shown=Evidence.PLAINLY,
        without=_with_usual(name, usual),
        cells=(("parameters", name, "value"),),
        fields=(
            ("value", value),
            ("supplied", "-" if usual is None else usual),
            ("title", supplied()[name].title),
        ),
    )


def _with_usual(name: str, usual: object) -> Callable[[Case], Case]:
    number = float(usual) if isinstance(usual, int | float) else None
    return lambda case: with_parameter(case, name, number)


def _staff(asked: AskedCauses) -> Iterator[Cause]:
    """Yield the staff of the region that falls short of it."""
    mine = {id(each) for each in asked.shortfall.rows}
    for limit in asked.limits:
        if limit.sort == LimitKind.STAFF and not mine.isdisjoint(map(id, limit.rows)):
            size = limit.rows[0].row.limit
            yield Cause(
                sort=LimitKind.STAFF.value,
                subject=limit.subject,
                removes=asked.shortfall.weighted,
                shown=Evidence.PLAINLY,
                without=_with_more(limit, max(asked.shortfall.amounts)),
                cells=_staff_cells(asked, limit.subject),
                fields=(("region", limit.subject), ("size", size)),
            )


def _with_more(limit: Limit, by: float) -> Callable[[Case], Case]:
    return lambda case: limit.looser(case, by)


def _staff_cells(asked: AskedCauses, region: str) -> tuple[tuple[str, str, str], ...]:
    """Return where the staff of a region stands: at its locations, or at its provinces."""
    inside = [each for each in asked.case.locations.values() if each.region == region]
    if any(each.staff_fte is None for each in inside):
        names = sorted({each.province for each in inside})
        return tuple(("provinces", name, "staff_fte") for name in names)
    return tuple(("locations", each.id, "staff_fte") for each in inside)


def _municipality_task(asked: AskedCauses) -> Iterator[Cause]:
    """Yield a municipality's task that is more than its durable beds in contract at the start."""
    name = asked.shortfall.key.location
    known = asked.case.municipalities.get(name)
    if not asked.about_beds or known is None or not known.task:
        return
    first = asked.case.months[0]
    there = sum(
        location.beds
        for location in asked.case.locations.values()
        if location.municipality == name
        and location.durable
        and asked.solved.problem.choose.footing.get((location.id, first)) is Footing.CONTRACT
    )
    if known.task > there:
        changed = replace(known, task=float(there))
        yield Cause(
            sort="municipality_task",
            subject=name,
            removes=fsum(min(known.task - there, amount) for amount in asked.by_month.values()),
            shown=Evidence.WITHIN,
            without=lambda case: replace(
                case, municipalities={**case.municipalities, name: changed}
            ),
            cells=(("municipalities", name, "task"),),
            fields=(("municipality", name), ("task", known.task), ("beds", there)),
        )


def _pins(asked: AskedCauses) -> Iterator[Cause]:
    """Yield decisions that are fixed beforehand."""
    for pin in asked.case.pins:
        location = asked.case.locations[pin.location]
        yield Cause(
            sort="pin",
            subject=pin.location,
            removes=PERHAPS * asked.shortfall.weighted,
            shown=Evidence.ITSELF,
            without=_without_pin(pin),
            cells=(("pins", f"{pin.location}|{pin.decision}|{pin.month}", "value"),),
            fields=(
                ("location", name_of(location)),
                ("decision", pin.decision.label),
                ("value", pin.value),
                ("from_month", pin.month),
            ),
        )


def _without_pin(pin: Pin) -> Callable[[Case], Case]:
    return lambda case: replace(case, pins=tuple(each for each in case.pins if each != pin))
