"""Where a plan departs from what is supplied: rules switched off, parameters of another value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.texts import Message, Text, message
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.input.scenarios.scenario import FORECAST
from planner.input.settings import Parameter
from planner.model.objective import LEVELS, REORDERABLE, levels_in_order
from planner.model.rules import RULES, is_on
from planner.result.idle_inputs import idle_parameters

# One line each for so many; more stand together by what they are about, above the summary.
LINES = 4


def choices_made(case: Case) -> Iterator[Message]:
    """Yield what a reader must know before any figure: rules off, order of levels, forecast."""
    off = tuple(
        Text(f"{rule.title.nl} ({rule.name})", f"{rule.title.en} ({rule.name})")
        for rule in RULES
        if not is_on(case, rule)
    )
    if off:
        yield message("plan.rules_off", rules=off)
    yield from _order(case)
    forecast = case.parameters.text(FORECAST)
    if forecast:
        yield message("plan.forecast_used", name=forecast)


def parameters_changed(case: Case) -> Iterator[Message]:
    """Yield the parameters of another value than the supplied one, those of a theme together."""
    changed = tuple(_changed(case))
    together: dict[str, list[Message]] = {}
    for name, told in changed:
        together.setdefault(name if len(changed) <= LINES else _about(name), []).append(told)
    for group in together.values():
        yield message("plan.parameters_changed", parameters=tuple(group))


def _order(case: Case) -> Iterator[Message]:
    """Yield the order of the levels where it is not the supplied one."""
    order = levels_in_order(case)
    if order != LEVELS:
        yield message("plan.order_changed", order=tuple(each.title for each in order))


def _about(name: str) -> str:
    """Return what a parameter is about: the theme of the first rule that uses it, or arrivals."""
    for rule in RULES:
        if name in rule.parameters:
            return rule.rows.__module__
    return ""


def _changed(case: Case) -> Iterator[tuple[str, Message]]:
    """Yield each parameter whose value or validity is not the supplied one, with its name.

    The order of the levels and the forecast are told apart, and so is what has no effect.
    """
    apart = {FORECAST, *REORDERABLE.values(), *idle_parameters(case)}
    for name, each in supplied().items():
        if name in apart:
            continue
        ours, theirs = case.parameters.by_name[name], each.parameter
        if _terms(ours) != _terms(theirs):
            dates = _terms(ours)[1:] != _terms(theirs)[1:]
            told = message(
                "plan.parameter_changed",
                title=each.title,
                value=_told(ours, dates=dates),
                supplied=_told(theirs, dates=dates),
            )
            yield name, told
        for row in case.parameters.dated.get(name, ()):
            told = message(
                "plan.parameter_changed",
                title=each.title,
                value=_told(row, dates=True),
                supplied=_told(theirs, dates=False),
            )
            yield name, told


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
