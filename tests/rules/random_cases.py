"""Small cases by chance: a few locations, groups and months, with whatever rules come along."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any

from planner.input.case import Case
from planner.input.kinds import PlaceKind, Status
from planner.input.location import Location
from planner.input.months import last_day, later
from planner.input.people import Group
from planner.input.settings import Ceiling, Municipality
from tests.rules.cases import case, group, location, months_of

KINDS = (
    "azc",
    "azc",
    "col",
    "emergency_tent",
    "amv",
    "azc_accelerated",
    "emergency_fixed",
    "crisis",
)
EMERGENCY = "emergency_fixed emergency_tent crisis"
GROUPS = (
    group("men", "regular registration", EMERGENCY, stay_months=10.0),
    group("new", "registration", "regular emergency_fixed", stay_months=1.0),
    group(
        "families",
        "regular",
        EMERGENCY,
        needs_child_suitable=True,
        needs_women_safe=True,
        school_share=0.25,
        move_weight=2.0,
    ),
    group("dublin", "dol", "regular", families_share=0.2, women_share=0.5),
    group("dublin_families", "dol", "regular", needs_child_suitable=True, school_share=0.5),
    group("minors", "minors", "regular", staff_per_100=30.0, women_share=0.25),
    group("fast", "accelerated", "regular emergency_fixed", needs_accessible=True),
)


def random_case(chance: Random) -> Case:
    """Return a case of one to four months that can be planned, whatever falls short in it."""
    months = chance.randint(1, 4)
    groups = chance.sample(GROUPS, chance.randint(1, 4))
    locations = [
        _location(chance, f"{kind}{number}", kind)
        for number, kind in enumerate(chance.choices(KINDS, k=chance.randint(1, 4)))
    ]
    made = case(
        *locations,
        groups=groups,
        people={each.group: _people(chance, months) for each in groups},
        lives=_lives(chance, locations, groups),
        months=months,
        tasks={"Drenthe": chance.choice((None, 10, 30))},
        ceilings=_ceilings(chance, locations),
        preferences={(groups[0].group, locations[0].id): chance.choice((0.0, 3.5))},
        previous=_previous(chance, locations),
        **_parameters(chance),
    )
    staffed = {
        name: replace(each, staff_fte=chance.choice((None, 2.0)))
        for name, each in made.provinces.items()
    }
    towns = {
        name: Municipality(municipality=name, province="Drenthe", task=chance.choice((None, 8.0)))
        for name in ("Assen", "Emmen")
    }
    return replace(made, provinces=staffed, municipalities=towns)


def _people(chance: Random, months: int) -> tuple[float, ...]:
    """Return a forecast that grows or shrinks month by month, now and then by half a person."""
    start, step = chance.randint(0, 30), chance.choice((-4, 0, 2.5, 6))
    return tuple(max(0.0, start + step * number) for number in range(months))


def _location(chance: Random, name: str, kind: str) -> Location:
    beds = chance.randint(0, 30)
    fields: dict[str, Any] = {
        "child_suitable": chance.random() < 0.5,
        "women_safe": chance.random() < 0.5,
        "durable": chance.random() < 0.5,
        "province": "Drenthe",
        "municipality": chance.choice(("", "Assen", "Emmen")),
        "region": chance.choice(("", "Noord")),
        "intake_per_week": chance.choice((None, 3)),
        "accessible_beds": chance.choice((None, 0, 5)),
        "school_seats": chance.choice((None, 0, 3)),
        "staff_fte": chance.choice((None, 1.5)),
        "occupancy_norm": chance.choice((None, 0.95)),
        "max_people": chance.choice((None, None, 8)),
        "cost_per_bed_month": chance.choice((None, 10.0, 25.0)),
        "fixed_cost_month": chance.choice((None, 40.0)),
        "opening_cost": chance.choice((None, 300.0)),
        "extension_cost": chance.choice((None, 200.0)),
        "emergency_max_months": chance.choice((None, 2)),
    }
    if kind == "azc" and chance.random() < 0.6:
        fields["dol_beds"] = chance.randint(0, beds)
        fields["dol_prepared"] = chance.randint(0, fields["dol_beds"])
    return location(name, kind, beds, **fields, **_terms(chance))


def _terms(chance: Random) -> dict[str, Any]:
    """Return a location's terms: no end, an end, an extension, or a candidate's lead time."""
    ends = chance.choice((None, *months_of(3)))
    fields: dict[str, Any] = {"open_from": chance.choice((None, None, dt.date(2026, 8, 1)))}
    if ends is not None:
        fields["open_until"] = last_day(ends)
        if chance.random() < 0.7:
            fields["extendable_until"] = last_day(later(ends, chance.randint(1, 2)))
    if chance.random() < 0.3:
        fields["status"] = Status.CANDIDATE
        fields["lead_time_months"] = chance.randint(0, 2)
    return fields


def _lives(
    chance: Random, locations: list[Location], groups: list[Group]
) -> dict[tuple[str, str], int]:
    return {
        (place.id, each.group): chance.randint(0, 12)
        for place in locations
        for each in groups
        if place.status is Status.OPEN and chance.random() < 0.6
    }


def _ceilings(chance: Random, locations: list[Location]) -> tuple[Ceiling, ...]:
    if chance.random() < 0.6:
        return ()
    month = chance.choice((None, *months_of(2)))
    names = tuple(each.id for each in locations[:2])
    return (Ceiling(name="agreed", locations=names, month=month, people=chance.randint(0, 20)),)


def _previous(
    chance: Random, locations: list[Location]
) -> dict[tuple[str, PlaceKind, dt.date], float]:
    if chance.random() < 0.6:
        return {}
    return {
        (each.id, each.type.base_kind, month): float(chance.randint(0, 20))
        for each in locations
        for month in months_of(2)
    }


def _parameters(chance: Random) -> dict[str, float | dt.date | None]:
    path = chance.choice((None, 20.0))
    return {
        "occupancy_norm": chance.choice((0.9, 1.0)),
        "dol_occupancy_norm": chance.choice((1.0, 0.96)),
        "dol_growth_per_month": chance.randint(0, 8),
        "dol_band_low": chance.choice((0.0, 6.0)),
        "dol_band_high": chance.choice((4.0, 2000.0)),
        "dol_band_from": chance.choice((None, *months_of(2))),
        "emergency_ceiling_start": path,
        "emergency_ceiling_end": None if path is None else 2.0,
        "reserve_places": chance.choice((0.0, 10.0)),
        "moves_most_per_month": chance.choice((None, 3.0)),
        "cost_regular_bed_month": chance.choice((0.0, 9.0)),
        "cost_emergency_bed_month": chance.choice((0.0, 19.0)),
        "move_cost": chance.choice((0.0, 7.0)),
        "dol_extra_cost_month": chance.choice((0.0, 2.0)),
        "dol_fitting_cost": chance.choice((0.0, 30.0)),
        "priority_norm": chance.choice((3.0, 4.5)),
        "priority_moves": chance.choice((8.0, 3.5)),
    }
