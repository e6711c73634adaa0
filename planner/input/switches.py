"""The parameters `rule_<name>`: a planner switches a soft rule off with 0; 1, or no row, is on.

The rules themselves stand above the tables, so they are known here by their words, which name
each of them and say why the few that are always on are so; a test holds the two together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from planner.core.texts import Message, catalogue, message
from planner.input.book import RawValue
from planner.input.column import ColumnType
from planner.input.names import nearest
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.settings import Parameter
from planner.input.supplied_names import Named, code_of
from planner.input.values import UnreadableValueError, read_value

PREFIX = "rule_"
ON, OFF = 1.0, 0.0
UNIT = "1 = on, 0 = off"

# A rule's words are kept under its name.
_TITLE = re.compile(r"rule\.(\w+)\.title")


@cache
def rule_names() -> tuple[str, ...]:
    """Return the names of the rules, in reading order."""
    return tuple(found[1] for key in catalogue() if (found := _TITLE.fullmatch(key)))


def switchable(rule: str) -> bool:
    """Whether a rule may be switched off; of those that may not, the words say why."""
    return f"rule.{rule}.always_on" not in catalogue()


def is_switch(name: str) -> bool:
    """Whether a parameter's name is that of a rule's switch, known or not."""
    return name.startswith(PREFIX) and name not in supplied()


def switch_of(rule: str) -> str:
    """Return the parameter that switches a rule."""
    return f"{PREFIX}{rule}"


def known_parameter(name: str) -> Parameter | None:
    """Return a parameter as supplied, a rule's switch included; `None` for any other name."""
    name = code_of(Named.PARAMETERS, name)
    if name in supplied():
        return supplied()[name].parameter
    if is_switch(name) and name.removeprefix(PREFIX) in rule_names():
        return Parameter(parameter=name, value=ON, unit=UNIT, valid_from=None, valid_until=None)
    return None


def switch_fault(name: str, raw: RawValue | None) -> tuple[Message, Message] | None:
    """Return what is wrong with a switch at a value and what to do, `None` where nothing is."""
    rule = name.removeprefix(PREFIX)
    if known_parameter(name) is None:
        near = nearest(rule, rule_names())
        todo = (
            message("check.switch_unknown.nearest", nearest=switch_of(near))
            if near
            else message("check.switch_unknown.todo")
        )
        return message("check.switch_unknown", rule=rule), todo
    value = switch_value(raw)
    if value not in (ON, OFF, None):
        return message("check.switch_value", name=name), message("check.switch_value.todo")
    if value == OFF and not switchable(rule):
        why = message(f"rule.{rule}.always_on")
        return message("check.switch_fixed", rule=rule, why=why), message("check.switch_fixed.todo")
    return None


def switch_value(raw: RawValue | None) -> float | None:
    """Return the number of a switch's cell, `None` where it is empty, NaN where it is no number."""
    column = replace(table("parameters").column("value"), holds=ColumnType.NUMBER)
    try:
        value = read_value(column, raw)
    except UnreadableValueError:
        return float("nan")
    return value if isinstance(value, float) else None
