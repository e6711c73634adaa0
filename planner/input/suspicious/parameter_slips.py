"""Parameters that one slip makes of what is supplied, of the row beside it, or of another place.

What a planner chooses may be near what is supplied, or far from it. That it is just the supplied
number with two digits changed round, or just what the next row holds, tells how it came there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.core.errors import Finding
from planner.input.parameters import SuppliedParameter, supplied
from planner.input.span import planned_months
from planner.input.suspicious.remark import Odd, remarks, written
from planner.input.suspicious.slips import is_turned_round, says_something, swapped
from planner.input.typed import TypedRow, TypedTables

_ORDER = "order"


@dataclass(frozen=True)
class _Own:
    """A row of a supplied parameter of which there is one, with a number that is its own."""

    row: TypedRow
    known: SuppliedParameter
    number: float
    usual: float | None

    @property
    def is_supplied(self) -> bool:
        return self.number == self.usual

    @property
    def is_order(self) -> bool:
        return self.known.parameter.unit.startswith(_ORDER)


def parameters_are_no_slip(typed: TypedTables) -> Iterator[Finding]:
    """Yield numbers that are the supplied one with digits changed round, or the row's beside it."""

    def odd() -> Iterator[Odd]:
        own = _own(typed)
        by_row = {each.row.row: each for each in own}
        for each in own:
            if each.is_supplied or each.is_order or each.usual is None:
                continue
            fields = {
                "value": written(each.number),
                "name": each.known.title,
                "usual": written(each.usual),
            }
            if is_turned_round(each.number, each.usual):
                yield Odd("parameters", each.row.row, "value", "parameter_turned", fields)
                continue
            for at in (each.row.row - 1, each.row.row + 1):
                beside = by_row.get(at)
                if beside is not None and _is_copy(each, beside):
                    named = {**fields, "other": beside.known.title}
                    yield Odd("parameters", each.row.row, "value", "parameter_copied", named)
                    break

    return remarks(typed, odd())


def _own(typed: TypedTables) -> Sequence[_Own]:
    names = Counter(each.record.parameter for each in typed.rows("parameters"))
    found = []
    for each in typed.rows("parameters"):
        known = supplied().get(each.record.parameter)
        number = _number(each.record.value)
        if known is not None and number is not None and names[each.record.parameter] == 1:
            found.append(_Own(each, known, number, _number(known.parameter.value)))
    return found


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]


def _is_copy(each: _Own, beside: _Own) -> bool:
    """Whether a number is that of the row beside it, which is as supplied and says something."""
    one, other = each.known.parameter.unit, beside.known.parameter.unit
    tells = says_something(beside.number) or (one == other and beside.number > 1)
    return each.number == beside.number and beside.is_supplied and tells


def priorities_stand_apart(typed: TypedTables) -> Iterator[Finding]:
    """Yield the priority that has the place of another: which of them goes first is not said."""

    def odd() -> Iterator[Odd]:
        orders = [each for each in _own(typed) if each.is_order]
        for each in orders:
            others = [one for one in orders if one is not each and one.number == each.number]
            if each.is_supplied or not others:
                continue
            later_too = [one for one in others if not one.is_supplied]
            if any(one.row.row > each.row.row for one in later_too):
                continue
            fields = {
                "value": written(each.number),
                "name": each.known.title,
                "other": others[0].known.title,
            }
            yield Odd("parameters", each.row.row, "value", "order_twice", fields)

    return remarks(typed, odd())


def days_are_not_before_the_plan(typed: TypedTables) -> Iterator[Finding]:
    """Yield a parameter's day that is the supplied one a year back, or turned round, too early.

    That is before the plan, while the supplied day is not.
    """

    def odd() -> Iterator[Odd]:
        months = planned_months(typed)
        for each in typed.rows("parameters"):
            known, day = supplied().get(each.record.parameter), _day(each.record.value)
            usual = None if known is None else _day(known.parameter.value)
            if not months or known is None or day is None or usual is None:
                continue
            same = (day.month, day.day) == (usual.month, usual.day)
            slip = (same and day.year == usual.year - 1) or day == swapped(usual)
            if slip and day < months[0] <= usual:
                fields = {"day": day, "usual": usual, "name": known.title}
                yield Odd("parameters", each.row, "value", "year_unlike", fields)

    return remarks(typed, odd())


def first_days_are_filled(typed: TypedTables) -> Iterator[Finding]:
    """Yield an empty day from which a supplied parameter holds: it then holds all the time."""

    def odd() -> Iterator[Odd]:
        for each in _own(typed):
            usual = each.known.parameter.valid_from
            if usual is not None and each.is_supplied and each.row.record.valid_from is None:
                fields = {"usual": usual, "name": each.known.title}
                yield Odd("parameters", each.row.row, "valid_from", "first_day_empty", fields)

    return remarks(typed, odd())


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
