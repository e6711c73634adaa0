"""Norms, stays and shares in another unit: a share as a percentage of itself, days for months."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Finding
from planner.core.texts import Text
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.suspicious.remark import Odd, far_apart, remarks, written
from planner.input.typed import TypedTables

_TEN = 10.0
# What grows with the number of people says nothing of a slip in a small or a large workbook.
_BY_SIZE = (
    "places",
    "people",
    "persons",
    "sessions",
    "applications",
    "weight",
    "order",
    "planned months",
    "month of the year",
    "euro per place",
)
_NOT_BY_SIZE = ("people per place", "people per session", "people per guardian", "people per room")
_LOWEST_NORM = 0.5
_LONGEST_STAY = 60.0
_FEWEST_STAFF, _MOST_STAFF = 0.5, 100.0


def parameters_near_supplied(typed: TypedTables) -> Iterator[Finding]:
    """Yield parameters at ten times the supplied value, or a tenth of it, or further off."""

    def odd() -> Iterator[Odd]:
        for each in typed.rows("parameters"):
            known = supplied().get(each.record.parameter)
            value = each.record.value
            if known is None or isinstance(value, bool) or not isinstance(value, int | float):
                continue
            usual = known.parameter.value
            if not isinstance(usual, int | float) or _grows(known.parameter.unit):
                continue
            if far_apart(float(value), float(usual), _TEN):
                fields = {
                    "value": written(value),
                    "usual": written(usual),
                    "name": known.title,
                    "unit": known.parameter.unit,
                }
                yield Odd("parameters", each.row, "value", "parameter_far", fields)

    return remarks(typed, odd())


def _grows(unit: str) -> bool:
    """Whether a number in this unit is larger where more people are planned for."""
    return unit.startswith(_BY_SIZE) and not unit.startswith(_NOT_BY_SIZE)


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
