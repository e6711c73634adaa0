"""What all rows of a kind have alike: one that differs by a slip is hardly meant."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from planner.core.errors import Finding
from planner.core.texts import Text
from planner.input.kinds import Suitability
from planner.input.location import Location
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.supplied_streams import supplied_answers
from planner.input.suspicious.remark import FEWEST_OTHERS, LEAP, Odd, remarks, written
from planner.input.suspicious.slips import is_slip_of, swapped
from planner.input.typed import TypedRow, TypedTables

_COLUMNS = (
    "cost_per_bed_month",
    "fixed_cost_month",
    "emergency_max_months",
    "dol_min_section",
    "school_seats",
    "occupancy_norm",
)
# So many others that are all the same make a rule: of one type, or of all that are alike.
_FEWEST_OF_TYPE, _FEWEST_ALIKE, _FEWEST_OF_ALL = 2, 3, 8
# Whoever changes more answers than this has a policy of their own.
_OWN_POLICY = 2
_ORDER = "order"


def numbers_are_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield numbers that are a slip of the very one that all other locations of a kind have."""

    def odd() -> Iterator[Odd]:
        rows = typed.rows("locations")
        for column in _COLUMNS:
            given = [each for each in rows if getattr(each.record, column)]
            for each in given:
                number, usual = getattr(each.record, column), _one_of_all(each, given, column)
                if usual is not None and number != usual and is_slip_of(number, usual):
                    fields = {
                        "value": written(number),
                        "usual": written(usual),
                        "column": table("locations").column(column).title,
                    }
                    yield Odd("locations", each.row, column, "number_unlike", fields)

    return remarks(typed, odd())


def _one_of_all(each: TypedRow, given: Sequence[TypedRow], column: str) -> float | None:
    """Return the number that all others of a type have, or all that are emergency or are not.

    The only one of its type may have its reasons to be otherwise: more others make a rule there.
    """
    own: Location = each.record
    others = [row.record for row in given if row is not each]
    several = Counter(row.record.type for row in given)
    like = [other for other in others if other.emergency is own.emergency]
    beside = [other for other in like if min(several[own.type], several[other.type]) > 1]
    for fewest, alike in (
        (_FEWEST_OF_TYPE, [other for other in others if other.type is own.type]),
        (_FEWEST_ALIKE, beside),
        (_FEWEST_OF_ALL, like),
    ):
        numbers = {getattr(other, column) for other in alike}
        if len(alike) >= fewest and len(numbers) == 1:
            return float(numbers.pop())
    return None


def days_are_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield days that are no first of a month where all others are, and are one swapped round."""

    def odd() -> Iterator[Odd]:
        given = [each for each in typed.rows("locations") if each.record.open_from]
        for each in given:
            day: dt.date = each.record.open_from
            others = [row.record.open_from.day for row in given if row is not each]
            meant = swapped(day)
            if len(others) >= FEWEST_OTHERS and meant and {meant.day} == {*others} != {day.day}:
                fields = {"day": day, "usual": meant}
                yield Odd("locations", each.row, "open_from", "day_swapped", fields)
        names = Counter(each.record.parameter for each in typed.rows("parameters"))
        for each in typed.rows("parameters"):
            known, begins = supplied().get(each.record.parameter), each.record.valid_from
            if known is None or begins is None or names[each.record.parameter] > 1:
                continue
            usual = known.parameter.valid_from
            if usual is not None and begins != usual and swapped(begins) == usual:
                fields = {"day": begins, "usual": usual}
                yield Odd("parameters", each.row, "valid_from", "day_swapped", fields)

    return remarks(typed, odd())


def orders_count_on(typed: TypedTables) -> Iterator[Finding]:
    """Yield the place of a priority that is many times further on than that of the last other."""

    def odd() -> Iterator[Odd]:
        places = {
            each.row: float(each.record.value)
            for each in typed.rows("parameters")
            if (known := supplied().get(each.record.parameter))
            and known.parameter.unit.startswith(_ORDER)
            and isinstance(each.record.value, int | float)
        }
        for row, place in places.items():
            others = [other for at, other in places.items() if at != row]
            if len(others) >= FEWEST_OTHERS and place >= LEAP * max(others) > 0:
                fields = {"value": written(place), "last": written(max(others))}
                yield Odd("parameters", row, "value", "order_far", fields)

    return remarks(typed, odd())


def answers_are_as_supplied(typed: TypedTables) -> Iterator[Finding]:
    """Yield what a supplied group is given otherwise, or was left out of, in one cell or two.

    Whoever means to place groups otherwise changes more than that.
    """

    def odd() -> Iterator[Odd]:
        declared = table("groups")
        differing = [
            (each, column, usual)
            for each in typed.rows("groups")
            for column, usual in supplied_answers().get(each.record.group, {}).items()
            if _is_otherwise(getattr(each.record, declared.column(column).field), usual)
        ]
        if len(differing) > _OWN_POLICY:
            return
        for each, column, usual in differing:
            found = declared.column(column)
            value = getattr(each.record, found.field)
            fields = {
                "column": found.title,
                "value": value.label if isinstance(value, Suitability) else Text("leeg", "empty"),
                "usual": usual.label if isinstance(usual, Suitability) else _share(usual),
                "group": each.record.group,
            }
            yield Odd("groups", each.row, column, "answer_not_supplied", fields)

    return remarks(typed, odd())


def _is_otherwise(value: object, usual: object) -> bool:
    """Whether a kind of place is something else, or a share was left out."""
    return value != usual if isinstance(usual, Suitability) else value is None


def _share(usual: object) -> Text:
    return written(usual) if isinstance(usual, float) else Text(str(usual), str(usual))
