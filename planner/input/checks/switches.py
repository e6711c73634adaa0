"""Checks on the switches of rules: each names a rule that may be switched, and is 0 or 1."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.book import RawValue
from planner.input.settings import Parameter
from planner.input.switches import is_switch, known_parameter, switch_fault, switch_value
from planner.input.typed import TypedTables


def rule_switches(typed: TypedTables) -> Iterator[Finding]:
    """Yield switches of unknown rules, of rules that no plan may breach, and other than 0 or 1."""
    for each in typed.rows("parameters"):
        parameter: Parameter = each.record
        if not is_switch(parameter.parameter):
            continue
        raw: RawValue | None = parameter.value
        fault = switch_fault(parameter.parameter, raw)
        if fault is not None:
            known = known_parameter(parameter.parameter) is not None
            column = "value" if known else "parameter"
            yield typed.finding(Severity.ERROR, "parameters", each.row, column, *fault)
        elif switch_value(raw) is None:
            what = message("check.switch_empty", name=parameter.parameter)
            todo = message("check.switch_empty.todo")
            yield typed.finding(Severity.REMARK, "parameters", each.row, "value", what, todo)
        if parameter.valid_from or parameter.valid_until:
            column = "valid_from" if parameter.valid_from else "valid_until"
            what = message("check.switch_dates", name=parameter.parameter)
            todo = message("check.switch_dates.todo")
            yield typed.finding(Severity.ERROR, "parameters", each.row, column, what, todo)
