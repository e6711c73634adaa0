"""The rule register: every rule that is solved, as a record, with where it applies in a case.

It is made from `RULES` themselves, so it cannot say other than what is solved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.insight.applies import rules_here
from planner.model.build import build
from planner.model.rules import RULES, is_on
from planner.model.rules.rule import Rule
from planner.tables.case import Case
from planner.tables.parameters import supplied
from planner.tables.settings import Parameter
from planner.tables.switches import SWITCHABLE, switch_of
from planner.texts import Message


@dataclass(frozen=True)
class RegisteredRule:
    """A rule with its parameters, and in a case whether it is on and how many rows it has.

    `switch` is the parameter that switches it off, empty where none does. `on` and `rows` are
    `None` without a case; `parameters` then have their supplied values. `reason` says why a rule
    has no rows in a case, `None` where it has some.
    """

    rule: Rule
    parameters: tuple[Parameter, ...]
    switch: str
    on: bool | None = None
    rows: int | None = None
    reason: Message | None = None


def register(case: Case | None = None) -> tuple[RegisteredRule, ...]:
    """Return every rule in reading order, as it stands in a case or as supplied."""
    if case is None:
        known = {name: each.parameter for name, each in supplied().items()}
        return tuple(_registered(rule, known) for rule in RULES)
    return tuple(
        replace(
            _registered(each.rule, case.parameters.by_name),
            on=is_on(case, each.rule),
            rows=each.rows,
            reason=each.reason,
        )
        for each in rules_here(build(case))
    )


def _registered(rule: Rule, known: Mapping[str, Parameter]) -> RegisteredRule:
    parameters = tuple(known[name] for name in rule.parameters)
    return RegisteredRule(rule, parameters, switch_of(rule.name) if rule.name in SWITCHABLE else "")


def rule_record(each: RegisteredRule) -> dict[str, object]:
    """Return a rule as the register's file holds it: plain values, dates as `YYYY-MM-DD`."""
    rule = each.rule
    return {
        "name": rule.name,
        "title_nl": rule.title.nl,
        "title_en": rule.title.en,
        "sentence_nl": rule.sentence.nl,
        "sentence_en": rule.sentence.en,
        "source": rule.source.label.en,
        "source_nl": rule.source.label.nl,
        "link": rule.source.act.link,
        "unit": rule.unit,
        "level": None if rule.level is None else rule.level.value,
        "hard": rule.hard,
        "parameters": [_parameter_record(parameter) for parameter in each.parameters],
        "applies": rule.applies.en,
        "applies_nl": rule.applies.nl,
        "rows": each.rows,
        "reason_nl": None if each.reason is None else each.reason.both.nl,
        "reason_en": None if each.reason is None else each.reason.both.en,
        "on": each.on,
        "switch": each.switch or None,
    }


def _parameter_record(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.parameter,
        "value": _plain(parameter.value),
        "unit": parameter.unit,
        "source": parameter.source,
        "valid_from": _plain(parameter.valid_from),
        "valid_until": _plain(parameter.valid_until),
    }


def _plain(value: float | dt.date | None) -> float | str | None:
    return value.isoformat() if isinstance(value, dt.date) else value
