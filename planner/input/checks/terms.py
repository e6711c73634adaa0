"""Checks on what sets the terms: the parameters, and the forecast that is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.book import RawValue
from planner.input.column import Column, ColumnType
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.scenarios.scenario import FORECAST, forecast_names
from planner.input.settings import Parameter
from planner.input.supplied_names import Named
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import UnreadableValueError, read_value

# Units of shares, of which there is no more than the whole.
_SHARES = ("share", "people per place")
_NORMS = "people per place"
# Units that are counted from 1, with the most there can be.
_COUNTED = {"planned months": 60.0, "month of the year": 12.0}
# A stay counted in days is over within the month that the plan counts in.
_LONGEST_MONTH = 31.0
YES_OR_NO = "1 = yes, 0 = no"
_LONGEST_TERM = 1200.0  # months; a century


def parameter_bounds(typed: TypedTables) -> Iterator[Finding]:
    """Yield shares above 1, norms and stays of 0, months that no year has, and negative numbers."""
    for each in typed.rows("parameters"):
        parameter: Parameter = each.record
        number = _number(parameter)
        if number is None:
            continue
        low, high = _bounds(supplied()[parameter.parameter].parameter.unit)
        if not low <= number <= high:
            fields = {"name": parameter.parameter, "value": number, "low": low, "high": high}
            fault = "parameter_high" if number > high else "parameter_low"
            what = message(f"check.{fault}", **fields)
            todo = message(f"check.{fault}.todo", **fields)
            yield typed.finding(Severity.ERROR, "parameters", each.row, "value", what, todo)


def _bounds(unit: str) -> tuple[float, float]:
    """Return the bounds of a parameter in a unit."""
    if unit.startswith(_NORMS):
        return 0.01, 1.0
    if unit.startswith(_SHARES) or unit == YES_OR_NO:
        return 0.0, 1.0
    if unit == "days of stay":
        return 1.0, _LONGEST_MONTH
    if unit in _COUNTED:
        return 1.0, _COUNTED[unit]
    if unit == "months":
        return 0.0, _LONGEST_TERM
    return 0.0, float("inf")


def _number(parameter: Parameter) -> float | None:
    """Return a known parameter's number, none where it is empty, a date or unreadable."""
    if parameter.parameter not in supplied():
        return None
    known = supplied()[parameter.parameter].parameter
    if known.unit == "date" or known.parameter == FORECAST:
        return None
    try:
        value = read_value(_value_column(), _raw(parameter.value))
    except UnreadableValueError:
        return None
    return value if isinstance(value, float) else None


def _value_column() -> Column:
    return replace(table("parameters").column("value"), holds=ColumnType.NUMBER)


def _raw(value: object) -> RawValue | None:
    raw: RawValue | None = value  # type: ignore[assignment] # read as it stands in the cell
    return raw


def parameter_validity(typed: TypedTables) -> Iterator[Finding]:
    """Yield parameters whose last day lies before their first."""
    for each in typed.rows("parameters"):
        begin, end = each.record.valid_from, each.record.valid_until
        if begin and end and end < begin:
            what = message("check.validity", first=begin, last=end)
            todo = message("check.validity.todo")
            yield typed.finding(Severity.ERROR, "parameters", each.row, "valid_until", what, todo)


def dol_band(typed: TypedTables) -> Iterator[Finding]:
    """Yield a DOL band whose lower bound lies above the upper one."""
    rows: dict[str, TypedRow] = {each.record.parameter: each for each in typed.rows("parameters")}
    low, high = (_given(rows, name) for name in ("dol_band_low", "dol_band_high"))
    row = rows.get("dol_band_low") or rows.get("dol_band_high")
    if row is not None and low is not None and high is not None and low > high:
        what = message("check.dol_band", low=low, high=high)
        todo = message("check.dol_band.todo")
        yield typed.finding(Severity.ERROR, "parameters", row.row, "value", what, todo)


def _given(rows: dict[str, TypedRow], name: str) -> float | None:
    """Return a parameter's number: the workbook's, else the supplied one."""
    known = supplied()
    if name in rows:
        return _number(rows[name].record)
    return _number(known[name].parameter) if name in known else None


def forecast_is_there(typed: TypedTables) -> Iterator[Finding]:
    """Yield a forecast that is asked for by a name that neither Forecast nor Inflow has."""
    names = forecast_names(typed)
    for each in typed.rows("parameters"):
        parameter: Parameter = each.record
        if parameter.parameter != FORECAST or parameter.value is None:
            continue
        column = replace(_value_column(), holds=ColumnType.IDENTIFIER, named=Named.SCENARIOS)
        try:
            asked = read_value(column, _raw(parameter.value))
        except UnreadableValueError:
            continue  # told where the parameters are read
        if asked not in names:
            what = message("check.forecast_unknown", name=asked, names=names)
            todo = message("check.forecast_unknown.todo")
            yield typed.finding(Severity.ERROR, "parameters", each.row, "value", what, todo)
