"""Cases by chance with too few beds for the supplied groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from planner import api
from planner.input.case import Case, parse
from planner.input.kinds import Status
from planner.input.location import Location
from planner.input.months import last_day
from planner.input.people import Group
from tests.rules.cases import case, location

ANYBODY = ("azc", "azc", "azc", "emergency_fixed", "emergency_tent", "crisis")
SOME = ("col", "azc_accelerated", "amv", "special", "vbl", "gl")


@cache
def supplied_groups() -> tuple[Group, ...]:
    """Return the groups that are supplied with the program."""
    found = parse(api.open_demo("small")).case
    assert found is not None
    return tuple(found.groups.values())


TOO_FEW, JUST_ENOUGH = (1.05, 1.8), (0.7, 1.0)


def crowded_case(
    seed: int, *, anybody: bool, people_per_bed: tuple[float, float] = TOO_FEW
) -> Case:
    """Return a case of one or two months with fewer beds than people, unless told otherwise.

    With `anybody` its places are of kinds that no unprotected group is barred from, save what is
    fitted out as DOL.
    """
    chance = Random(seed)  # noqa: S311 - a test's cases
    always = [each for each in supplied_groups() if each.group in {"dublin_single", "single_men"}]
    others = [each for each in supplied_groups() if each not in always]
    groups = always + chance.sample(others, chance.randint(2, 7))
    kinds = ANYBODY if anybody else ANYBODY + SOME
    places = [
        _place(chance, f"{kind}{number}", kind)
        for number, kind in enumerate(chance.choices(kinds, k=chance.randint(2, 5)))
    ]
    beds = sum(each.beds for each in places)
    people = beds * chance.uniform(*people_per_bed)
    parts = [chance.random() + 0.05 for _ in groups]
    present = {
        each.group: max(1, round(people * part / sum(parts)))
        for each, part in zip(groups, parts, strict=True)
    }
    lives = {
        (place.id, each.group): chance.randint(0, 9)
        for place in places
        for each in groups
        if chance.random() < 0.3
    }
    return case(
        *places,
        groups=groups,
        people={name: float(count) for name, count in present.items()},
        lives=lives,
        months=chance.randint(1, 2),
        dol_band_from=None,
        dol_band_low=chance.choice((0.0, 6.0)),
        dol_growth_per_month=chance.randint(0, 10),
        reserve_places=chance.choice((0.0, 10.0)),
        priority_dublin=chance.choice((5.0, 2.0)),
    )


def with_whole_choices(of: Case, seed: int) -> Case:
    """Return a case in which some locations can be opened or extended and DOL parts have a least.

    Only where nobody lives can be opened; what is fitted out is at least the smallest part.
    """
    chance = Random(seed)  # noqa: S311 - a test's cases
    lived_in = {location for location, _ in of.occupancy}
    changed = {}
    for name, each in of.locations.items():
        choice = chance.choice(("as it is", "open", "extend", "extend"))
        smallest = chance.randint(1, each.dol_beds) if each.dol_beds else 0
        place = replace(each, dol_min_section=smallest)
        if smallest and (each.dol_prepared or 0) < smallest:
            place = replace(place, dol_prepared=0)
        if choice == "open" and name not in lived_in:
            place = replace(place, status=Status.CANDIDATE, dol_prepared=0)
        if choice == "extend":
            before, last = of.months[0] - dt.timedelta(days=1), of.months[-1]
            place = replace(place, open_until=before, extendable_until=last_day(last))
        changed[name] = place
    return replace(of, locations=changed)


def _place(chance: Random, name: str, kind: str) -> Location:
    beds = chance.randint(5, 60)
    fields: dict[str, Any] = {
        "child_suitable": chance.random() < 0.6,
        "women_safe": chance.random() < 0.6,
        "accessible_beds": chance.choice((None, 0, 5)),
        "school_seats": chance.choice((None, 0, 4)),
        "max_people": chance.choice((None, None, beds // 2)),
        "province": "Drenthe",
        "region": "Noord",
    }
    if kind == "azc":
        fields["dol_beds"] = chance.randint(0, beds // 2)
        fields["dol_prepared"] = chance.randint(0, fields["dol_beds"])
    return location(name, kind, beds, **fields)
