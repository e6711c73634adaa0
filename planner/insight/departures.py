"""Where a plan departs from what is supplied: rules switched off, parameters of another value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import ceil

from planner.model.rules import RULES, is_on
from planner.tables.case import Case
from planner.tables.parameters import supplied
from planner.tables.settings import Parameter
from planner.texts import Message, Text, message

# They stand above the summary, which must stay in sight.
LINES = 8


def departures(case: Case) -> Iterator[Message]:
    """Yield what a reader must know before any figure: rules off first, then parameters."""
    off = tuple(
        Text(f"{rule.title.nl} ({rule.name})", f"{rule.title.en} ({rule.name})")
        for rule in RULES
        if not is_on(case, rule)
    )
    if off:
        yield message("plan.rules_off", rules=off)
    changed = tuple(_changed(case))
    size = ceil(len(changed) / LINES)
    for first in range(0, len(changed), size or 1):
        yield message("plan.parameters_changed", parameters=changed[first : first + size])


def _changed(case: Case) -> Iterator[Message]:
    """Yield each parameter whose value or validity is not the supplied one."""
    for name, each in supplied().items():
        ours, theirs = case.parameters.by_name[name], each.parameter
        if _terms(ours) != _terms(theirs):
            dates = _terms(ours)[1:] != _terms(theirs)[1:]
            yield message(
                "plan.parameter_changed",
                title=each.title,
                name=name,
                value=_told(ours, dates=dates),
                supplied=_told(theirs, dates=dates),
            )


def _terms(parameter: Parameter) -> tuple[object, dt.date | None, dt.date | None]:
    return parameter.value, parameter.valid_from, parameter.valid_until


def _told(parameter: Parameter, *, dates: bool) -> object:
    """Return a parameter's value, with its validity where that is what differs."""
    value = message("plan.parameter_empty") if parameter.value is None else parameter.value
    if not dates:
        return value
    begin, end = parameter.valid_from, parameter.valid_until
    if begin and end:
        return message("plan.parameter_between", value=value, begin=begin, end=end)
    if begin:
        return message("plan.parameter_from", value=value, begin=begin)
    if end:
        return message("plan.parameter_until", value=value, end=end)
    return message("plan.parameter_always", value=value)
