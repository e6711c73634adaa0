"""Reading the sheet Parameters: the workbook's rows over the supplied ones, and what that means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.book import RawValue
from planner.input.column import ColumnType
from planner.input.parameters import Parameters, is_period, supplied
from planner.input.records import table
from planner.input.scenarios.scenario import FORECAST
from planner.input.settings import Parameter
from planner.input.supplied_names import Named, is_called_so
from planner.input.switches import is_switch, switch_fault, switch_value
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import UnreadableValueError, read_value

# So many parameters are named in one remark, and the others counted.
_FEW = 12


def read_parameters(typed: TypedTables) -> tuple[Parameters, tuple[Finding, ...]]:
    """Return the parameters that hold, with a remark on each that was not given or not known."""
    return typed.once(_read)


def _read(typed: TypedTables) -> tuple[Parameters, tuple[Finding, ...]]:
    by_name = {name: each.parameter for name, each in supplied().items()}
    dated: dict[str, tuple[Parameter, ...]] = {}
    findings: list[Finding] = []
    given = set()
    for each in typed.rows("parameters"):
        period = _is_period(each.record)
        if not period:
            given.add(each.record.parameter)
        if is_switch(each.record.parameter):
            # A switch at fault is a finding of the check on switches, and changes nothing.
            by_name.update(_switch(each.record))
            continue
        if each.record.parameter not in supplied():
            findings.append(
                typed.finding(
                    Severity.REMARK,
                    "parameters",
                    each.row,
                    "parameter",
                    message("finding.parameter_unknown", name=each.record.parameter),
                    message("finding.parameter_unknown.todo"),
                )
            )
            continue
        try:
            valued = _with_value(each)
            if period:
                dated[valued.parameter] = (*dated.get(valued.parameter, ()), valued)
            else:
                by_name[valued.parameter] = valued
        except UnreadableValueError as fault:
            findings.append(
                typed.finding(
                    Severity.ERROR, "parameters", each.row, "value", fault.what, fault.todo
                )
            )
    absent = tuple(name for name in supplied() if name not in given)
    if absent:
        few = len(absent) <= _FEW
        key = "finding.parameter_default" if few else "finding.parameters_default"
        what = message(key, names=absent[:_FEW], count=len(absent), more=len(absent) - _FEW)
        todo = message("finding.parameter_default.todo")
        findings.append(typed.finding(Severity.REMARK, "parameters", None, "", what, todo))
    return Parameters(MappingProxyType(by_name), MappingProxyType(dated)), tuple(findings)


def _is_period(record: Parameter) -> bool:
    return is_period(record.parameter, record.valid_from, record.valid_until)


def _switch(record: Parameter) -> Mapping[str, Parameter]:
    """Return a rule's switch by its name, nothing where it is empty or at fault."""
    raw: RawValue | None = record.value
    value = switch_value(raw)
    if value is None or switch_fault(record.parameter, raw) is not None:
        return {}
    return {record.parameter: replace(record, value=value)}


def _with_value(each: TypedRow) -> Parameter:
    """Return a parameter with its value read as what the supplied one is."""
    record: Parameter = each.record
    known = supplied()[record.parameter].parameter
    named = Named.SCENARIOS if record.parameter == FORECAST else None
    column = replace(table("parameters").column("value"), holds=_holds(known), named=named)
    raw: RawValue | None = record.value
    value = read_value(column, raw)
    if not isinstance(value, int | float | str | dt.date | None):
        raise TypeError(f"a parameter reads as a number, a name or a date, not {value!r}")
    # Of two units that share a name the supplied one is meant.
    meant = is_called_so(Named.UNITS, record.unit, known.unit)
    return replace(record, value=value, unit=known.unit if meant else record.unit)


def _holds(known: Parameter) -> ColumnType:
    """Return what a supplied parameter's value is: a date, a forecast's name, or a number."""
    if isinstance(known.value, dt.date):
        return ColumnType.DATE
    return ColumnType.IDENTIFIER if known.parameter == FORECAST else ColumnType.NUMBER


def unset_parameters(
    typed: TypedTables, parameters: Parameters, months: tuple[dt.date, ...]
) -> Iterator[Finding]:
    """Yield an error for each parameter that rules cannot do without and that has no value.

    Those are the numbers that are supplied with a value and without an end to their validity.
    """
    for name, each in supplied().items():
        ours = each.parameter
        if (
            ours.value is None
            or isinstance(ours.value, dt.date)
            or ours.valid_from
            or ours.valid_until
        ):
            continue
        unset = [month for month in months if parameters.optional(name, month) is None]
        if unset:
            row = next(
                (r.row for r in typed.rows("parameters") if r.record.parameter == name), None
            )
            what = message("finding.parameter_unset", name=name, month=unset[0])
            todo = message("finding.parameter_unset.todo")
            yield typed.finding(Severity.ERROR, "parameters", row, "value", what, todo)
