"""Causes in parameters and tasks: a stricter norm, a speed, more asked for than there is."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from planner.explain.causes.cause import AskedCauses, Cause, Evidence
from planner.explain.changes import with_parameter, with_task
from planner.explain.figures import Limit
from planner.input.parameters import supplied
from planner.model.decisions import Footing
from planner.model.rules.limit import LimitKind, OfParameter

# What stands for "as many as could ever be fitted out".
WITHOUT_LIMIT = 1e6


def parameter_causes(asked: AskedCauses) -> Iterator[Cause]:
    """Yield parameters that leave less room than supplied, and speeds."""
    for limit in asked.limits:
        declared = limit.rule.limit
        if isinstance(declared, OfParameter) and declared.step > 0:
            yield from _tight(asked, limit, declared)
    yield from _asking(asked)
    yield from _task(asked)


def _tight(asked: AskedCauses, limit: Limit, declared: OfParameter) -> Iterator[Cause]:
    """Yield a parameter that allows less than the supplied one; a speed also as supplied."""
    name, saved = declared.parameter, asked.saved(limit)
    stricter = _stricter(asked, name)
    if declared.endless:
        if saved > 0:
            shown = Evidence.PLAINLY if stricter else Evidence.WITHIN
            removes = saved * asked.solved.dol_missing
            yield _parameter(asked, name, removes, WITHOUT_LIMIT, shown)
    elif stricter:
        usual = _usual(name)
        removes = saved * (usual - asked.case.parameters.number(name)) / declared.step
        if asked.shortfall.rule is limit.rule:
            removes = max(removes, asked.shortfall.weighted)
        yield _parameter(asked, name, removes, usual, Evidence.PLAINLY)


def _task(asked: AskedCauses) -> Iterator[Cause]:
    """Yield a province's task that is more than the durable beds in contract at the start."""
    name = asked.shortfall.key.province
    about = asked.shortfall.rule.limit is LimitKind.TASK and name
    task = asked.case.provinces[name].task if about else None
    first = asked.case.months[0]
    there = sum(
        location.beds
        for location in asked.case.locations.values()
        if location.province == name
        and location.durable
        and asked.solved.problem.choose.footing.get((location.id, first)) is Footing.CONTRACT
    )
    if task is not None and task > there:
        yield Cause(
            sort=LimitKind.TASK.value,
            subject=name,
            removes=fsum(min(task - there, amount) for amount in asked.by_month.values()),
            shown=Evidence.WITHIN,
            without=lambda case: with_task(case, name, there - task),
            cells=(("provinces", name, "task"),),
            fields=(("province", name), ("task", task), ("beds", there)),
        )


def _asking(asked: AskedCauses) -> Iterator[Cause]:
    """Yield the parameter of the rule itself that asks for more than the supplied one."""
    declared = asked.shortfall.rule.limit
    if isinstance(declared, OfParameter) and declared.step < 0:
        name = declared.parameter
        usual, now = _usual(name), asked.case.parameters.optional(name) or 0.0
        if now > usual:
            yield _parameter(asked, name, asked.shortfall.weighted, usual, Evidence.PLAINLY)
        elif name == "dol_band_low" and now > (there := _dol_parts(asked)):
            yield _parameter(asked, name, asked.shortfall.weighted, there, Evidence.ITSELF)


def _dol_parts(asked: AskedCauses) -> float:
    """Return the places that all DOL parts have together."""
    return float(sum(each.dol_beds for each in asked.case.locations.values()))


def _usual(name: str) -> float:
    """Return a parameter's supplied value."""
    value = supplied()[name].parameter.value
    return float(value) if isinstance(value, int | float) else 0.0


def _stricter(asked: AskedCauses, name: str) -> bool:
    """Whether a parameter is lower than supplied."""
    return asked.case.parameters.number(name) < _usual(name)


def _parameter(
    asked: AskedCauses, name: str, removes: float, instead: float, shown: Evidence
) -> Cause:
    return Cause(
        sort=name,
        subject=name,
        removes=removes,
        shown=shown,
        without=lambda case: with_parameter(case, name, instead),
        cells=(("parameters", name, "value"),),
        fields=(
            ("value", asked.case.parameters.number(name)),
            ("supplied", _usual(name)),
            ("title", supplied()[name].title),
        ),
    )
