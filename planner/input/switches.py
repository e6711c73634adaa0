"""The parameters `rule_<name>`: a planner switches a soft rule off with 0; 1, or no row, is on.

The rules themselves stand above the tables, so their names are repeated here; a test holds the
two together.
"""

from __future__ import annotations

from dataclasses import replace

from planner.core.texts import Message, message
from planner.input.book import RawValue
from planner.input.column import ColumnType
from planner.input.names import nearest
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.settings import Parameter
from planner.input.values import UnreadableValueError, read_value

PREFIX = "rule_"
ON, OFF = 1.0, 0.0
UNIT = "1 = on, 0 = off"

SWITCHABLE = (
    "even_sharing",
    "suitable_kind",
    "minors_places",
    "child_suitable",
    "women_safe",
    "accessible_beds",
    "school_seats",
    "school_seats_together",
    "registration_elsewhere",
    "registration_over",
    "room_to_arrive",
    "intake",
    "occupancy_norm",
    "ceilings",
    "max_people",
    "emergency_places",
    "emergency_path",
    "emergency_term",
    "dol_band_low",
    "dol_band_high",
    "dublin_outside_dol",
    "accelerated_elsewhere",
    "others_places",
    "reserve",
    "staff",
    "province_task",
    "municipality_task",
    "moves",
    "moves_most",
    "fewer_than_before",
    "more_than_before",
)

# Physics or arithmetic; `everyone_placed` is also the balance without which nobody is there.
ALWAYS_ON = (
    "everyone_placed",
    "largest_share",
    "people_within_places",
    "places_within_beds",
    "extension_needs_opening",
    "closing_is_final",
    "given_up_not_extended",
    "pinned_decisions",
    "pinned_places",
    "dol_within_prepared",
    "dol_within_part",
    "dol_smallest_part",
    "dol_never_shrinks",
    "dol_growth",
    "province_worst",
)


def is_switch(name: str) -> bool:
    """Whether a parameter's name is that of a rule's switch, known or not."""
    return name.startswith(PREFIX) and name not in supplied()


def switch_of(rule: str) -> str:
    """Return the parameter that switches a rule."""
    return f"{PREFIX}{rule}"


def known_parameter(name: str) -> Parameter | None:
    """Return a parameter as supplied, a rule's switch included; `None` for any other name."""
    if name in supplied():
        return supplied()[name].parameter
    if is_switch(name) and name.removeprefix(PREFIX) in (*SWITCHABLE, *ALWAYS_ON):
        return Parameter(parameter=name, value=ON, unit=UNIT, valid_from=None, valid_until=None)
    return None


def switch_fault(name: str, raw: RawValue | None) -> tuple[Message, Message] | None:
    """Return what is wrong with a switch at a value and what to do, `None` where nothing is."""
    rule = name.removeprefix(PREFIX)
    if known_parameter(name) is None:
        near = nearest(rule, (*SWITCHABLE, *ALWAYS_ON))
        todo = (
            message("check.switch_unknown.nearest", nearest=switch_of(near))
            if near
            else message("check.switch_unknown.todo")
        )
        return message("check.switch_unknown", rule=rule), todo
    value = switch_value(raw)
    if value not in (ON, OFF, None):
        return message("check.switch_value", name=name), message("check.switch_value.todo")
    if value == OFF and rule in ALWAYS_ON:
        return message("check.switch_fixed", rule=rule), message("check.switch_fixed.todo")
    return None


def switch_value(raw: RawValue | None) -> float | None:
    """Return the number of a switch's cell, `None` where it is empty, NaN where it is no number."""
    column = replace(table("parameters").column("value"), holds=ColumnType.NUMBER)
    try:
        value = read_value(column, raw)
    except UnreadableValueError:
        return float("nan")
    return value if isinstance(value, float) else None
