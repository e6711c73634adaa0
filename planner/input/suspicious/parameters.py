"""Norms, stays and shares in another unit: a share as a percentage of itself, days for months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median

from planner.core.errors import Finding
from planner.core.over_months import unit_words
from planner.core.texts import Text
from planner.input.counts import rows_at_start
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.settings import Parameter
from planner.input.supplied_streams import key_of_supplied, supplied_numbers
from planner.input.suspicious.remark import Odd, far_apart, remarks, written
from planner.input.suspicious.scenarios import parameters_in_force
from planner.input.suspicious.slips import is_turned_round, says_something
from planner.input.typed import TypedRow, TypedTables

# Weeks for months are 4.3 times as many, a digit too many is ten times.
_OTHER_UNIT = 4.0
# A choice of the planner, and what is only assumed, may well be several times what is supplied.
_TEN = 10.0
_CHOICES = ("weight", "uncertain")
_ASSUMED = "assumption"
# What grows with the number of people is held against what is supplied for all of the country.
_BY_SIZE = ("places", "people", "persons", "sessions", "applications")
_NOT_BY_SIZE = ("people per place", "people per session", "people per guardian", "people per room")
_NATIONAL_PEOPLE = 70_000
# So many numbers, nearly all the same part of what is supplied, tell which part is planned for.
_FEWEST_PARTS = 6
_SAME_PART = 1.1
_OTHER_PART = 1.5
_NEARLY_ALL = 0.8
_ROUNDED = 2.0
_FAR_FROM_SIZE = 8.0
_NOT_JUDGED = ("order", "planned months", "month of the year", "euro per place", "shape")
# Of these nothing at all is hardly ever meant, where something is supplied.
_NEVER_NOTHING = (
    "months",
    "days",
    "weeks",
    "places per month",
    "people per month",
    "people per guardian",
    "people per session",
    "sessions per month",
    "share of",
    "times",
    "fte per",
    "euro per bed",
    "weight",
)
_LOWEST_NORM = 0.5
_LONGEST_STAY = 60.0
_FEWEST_STAFF, _MOST_STAFF = 0.5, 100.0


def parameters_near_supplied(typed: TypedTables) -> Iterator[Finding]:
    """Yield parameters so far from the supplied value that the unit or a digit is wrong.

    What grows with the number of people is expected in proportion to those who were counted.
    """

    def odd() -> Iterator[Odd]:
        counted = sum(each.record.people for each in rows_at_start(typed))
        chosen = parameters_in_force(typed)
        for each in typed.rows("parameters"):
            known = supplied().get(each.record.parameter)
            value = each.record.value
            if each.row in chosen:
                continue
            if known is None or isinstance(value, bool) or not isinstance(value, int | float):
                continue
            usual, unit = known.parameter.value, known.parameter.unit
            if not isinstance(usual, int | float) or unit.startswith(_NOT_JUDGED):
                continue
            fault = _fault(known.parameter, float(value), float(usual), counted)
            if fault:
                fields = {
                    "value": written(value),
                    "usual": written(usual),
                    "name": known.title,
                    "unit": unit_words(unit),
                    "people": counted,
                    "scaled": round(usual * counted / _NATIONAL_PEOPLE),
                }
                yield Odd("parameters", each.row, "value", fault, fields)

    return remarks(typed, odd())


def _fault(known: Parameter, value: float, usual: float, counted: int) -> str | None:
    """Return the reason to question a number of a parameter, if there is one."""
    if not value:
        return "parameter_nothing" if usual and known.unit.startswith(_NEVER_NOTHING) else None
    if _grows(known.unit):
        of_size = usual * counted / _NATIONAL_PEOPLE
        off = value != usual and far_apart(value, of_size, _FAR_FROM_SIZE)
        return "parameter_of_size" if off else None
    free = known.source.startswith(_ASSUMED) or any(
        text.startswith(_CHOICES) for text in (known.unit, known.parameter)
    )
    return "parameter_far" if far_apart(value, usual, _TEN if free else _OTHER_UNIT) else None


def _grows(unit: str) -> bool:
    """Whether a number in this unit is larger where more people are planned for."""
    return unit.startswith(_BY_SIZE) and not unit.startswith(_NOT_BY_SIZE)


def parameters_keep_their_part(typed: TypedTables) -> Iterator[Finding]:
    """Yield numbers of people or places that are another part of what is supplied than the others.

    Who plans for a part of the country takes that part of each number that is for all of it; what
    is as supplied is left as it is.
    """

    def odd() -> Iterator[Odd]:
        names = Counter(each.record.parameter for each in typed.rows("parameters"))
        parts = {}
        for each in typed.rows("parameters"):
            known, value = supplied().get(each.record.parameter), _number(each.record.value)
            usual = 0.0 if known is None else _number(known.parameter.value)
            own = value != usual and names[each.record.parameter] == 1
            if known is not None and own and min(value, usual) > 0 and _grows(known.parameter.unit):
                parts[each.row] = (known, value, usual)
        for row, (known, value, usual) in parts.items():
            others = [part[1] / part[2] for at, part in parts.items() if at != row]
            if len(others) < _FEWEST_PARTS:
                continue
            part = median(others)
            near = sum(not far_apart(other, part, _SAME_PART) for other in others)
            expected = usual * part
            apart = far_apart(value, expected, _OTHER_PART)
            if near >= _NEARLY_ALL * len(others) and apart and abs(value - expected) > _ROUNDED:
                fields = {
                    "value": written(value),
                    "name": known.title,
                    "usual": written(usual),
                    "scaled": round(expected),
                    "count": len(others),
                    "unit": unit_words(known.parameter.unit),
                }
                yield Odd("parameters", row, "value", "parameter_part", fields)

    return remarks(typed, odd())


def _number(value: object) -> float:
    """Return a value that is a number, nothing for every other."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def named_parameters_are_filled(typed: TypedTables) -> Iterator[Finding]:
    """Yield empty parameters where one is supplied, with how many rows take theirs from it."""

    def odd() -> Iterator[Odd]:
        columns = ("share_parameter", "leave_parameter", "stay_parameter", "term_parameter")
        named = Counter(
            name
            for key in ("streams", "stages")
            for each in typed.records(key)
            for column in columns
            if (name := getattr(each, column, ""))
        )
        for each in typed.rows("parameters"):
            known, count = supplied().get(each.record.parameter), named[each.record.parameter]
            if known is None or each.record.value not in {None, ""}:
                continue
            usual = known.parameter.value
            if usual is not None:
                fields = {
                    "name": known.title,
                    "count": count,
                    "usual": written(usual) if isinstance(usual, int | float) else usual,
                }
                fault = "parameter_empty" if count else "parameter_emptied"
                yield Odd("parameters", each.row, "value", fault, fields)

    return remarks(typed, odd())


# So many other rows must have a number for an empty cell to stand alone.
_OTHERS_FILLED = 3


def rows_near_supplied(typed: TypedTables) -> Iterator[Finding]:
    """Yield stays and shares of groups, streams and stages far from those supplied for the same.

    And one that is left out alone, of all that are supplied.
    """

    def odd() -> Iterator[Odd]:
        for key, known in supplied_numbers().items():
            for each in typed.rows(key):
                usual_of = known.get(key_of_supplied(key, each.record), {})
                for column, usual in usual_of.items():
                    fault = _fault_of_row(typed, key, each, column, usual)
                    if fault:
                        value = getattr(each.record, column)
                        fields = {
                            "value": "" if value is None else written(value),
                            "usual": written(usual),
                            "column": table(key).column(column).title,
                        }
                        yield Odd(key, each.row, column, fault, fields)

    return remarks(typed, odd())


def _fault_of_row(
    typed: TypedTables, key: str, each: TypedRow, column: str, usual: float
) -> str | None:
    """Return the reason to question a number beside the one supplied, if there is one."""
    value = getattr(each.record, column)
    if value is None:
        return "row_emptied" if _is_empty_alone(typed, key, each, column) else None
    if not value or value == usual:
        return None
    if far_apart(value, usual, _OTHER_UNIT):
        return "row_far"
    if is_turned_round(value, usual):
        return "row_turned"
    return "row_copied" if _is_beside(typed, key, each, column) else None


def _is_empty_alone(typed: TypedTables, key: str, each: TypedRow, column: str) -> bool:
    """Whether every other row that is supplied with a number in a column has one."""
    known = supplied_numbers()[key]
    others = [
        getattr(row.record, column)
        for row in typed.rows(key)
        if row.row != each.row and column in known.get(key_of_supplied(key, row.record), {})
    ]
    return len(others) >= _OTHERS_FILLED and None not in others


def _is_beside(typed: TypedTables, key: str, each: TypedRow, column: str) -> bool:
    """Whether a number is that of the row above or below it, which has it as supplied."""
    known, value = supplied_numbers()[key], getattr(each.record, column)
    return says_something(value) and any(
        getattr(row.record, column) == value
        and known.get(key_of_supplied(key, row.record), {}).get(column) == value
        for row in typed.rows(key)
        if abs(row.row - each.row) == 1
    )


def norms_are_shares(typed: TypedTables) -> Iterator[Finding]:
    """Yield norms of occupancy by which half of the beds or more would stay empty."""

    def odd() -> Iterator[Odd]:
        for each in typed.rows("locations"):
            norm = each.record.occupancy_norm
            if norm is not None and norm < _LOWEST_NORM:
                fields = {"value": written(norm), "empty": written(1 - norm)}
                yield Odd("locations", each.row, "occupancy_norm", "norm_low", fields)
        for each in typed.rows("parameters"):
            known, value = supplied().get(each.record.parameter), each.record.value
            norm_like = known is not None and known.parameter.unit.startswith("people per place")
            if norm_like and isinstance(value, int | float) and 0 < value < _LOWEST_NORM:
                fields = {"value": written(value), "empty": written(1 - value)}
                yield Odd("parameters", each.row, "value", "norm_low", fields)

    return remarks(typed, odd())


def stays_are_months(typed: TypedTables) -> Iterator[Finding]:
    """Yield stays and delays of more than five years, which look like days or weeks."""

    def odd() -> Iterator[Odd]:
        for name in ("groups", "streams", "stages"):
            for column in ("stay_months", "delay_months"):
                if not table(name).knows(column):
                    continue
                for each in typed.rows(name):
                    months = getattr(each.record, column)
                    if months is not None and months > _LONGEST_STAY:
                        yield Odd(name, each.row, column, "stay_long", {"months": months})

    return remarks(typed, odd())


def staff_is_per_hundred(typed: TypedTables) -> Iterator[Finding]:
    """Yield staff per 100 people that looks like staff for one person, or for a whole location."""

    def odd() -> Iterator[Odd]:
        for each in typed.rows("groups"):
            staff = each.record.staff_per_100
            if staff and not _FEWEST_STAFF <= staff <= _MOST_STAFF:
                fields = {"staff": written(staff), "usual": Text("9,15", "9.15")}
                yield Odd("groups", each.row, "staff_per_100", "staff_per_head", fields)

    return remarks(typed, odd())
