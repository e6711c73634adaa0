"""Every soft rule counted again from the plan's figures, and held against what the plan reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.verify import arrival_rules as arrival
from planner.verify import people_rules as people
from planner.verify import system_rules as system
from planner.verify.breach import Breach, Spot, breach, differ
from planner.verify.claim import Shortfall
from planner.verify.people_rules import Owed
from planner.verify.switches import counts
from planner.verify.tally import Tally


class Recounted(NamedTuple):
    """How a rule is counted again: its level, the parts of a spot that name its rows, its count."""

    level: str
    parts: tuple[str, ...]
    owed: Callable[[Tally], Iterator[Owed]]


PERSON = ("location", "kind", "group", "month")
GROUP = ("location", "group", "month")
KIND = ("location", "kind", "month")
PLACE = ("location", "month")
PROVINCE = ("province", "month")

RULES = {
    "everyone_placed": Recounted("unplaced", ("group", "month"), people.everyone_placed),
    "even_sharing": Recounted("shared", ("month",), people.even_sharing),
    "suitable_kind": Recounted("protected", PERSON, people.suitable_kind),
    "minors_places": Recounted("protected", PERSON, people.minors_places),
    "child_suitable": Recounted("protected", GROUP, people.child_suitable),
    "women_safe": Recounted("protected", GROUP, people.women_safe),
    "accessible_beds": Recounted("protected", PLACE, people.accessible_beds),
    "school_seats": Recounted("protected", PLACE, people.school_seats),
    "school_seats_together": Recounted("norm", PLACE, people.school_seats_together),
    "registration_elsewhere": Recounted("norm", PERSON, arrival.registration_elsewhere),
    "registration_over": Recounted("norm", KIND, arrival.registration_over),
    "room_to_arrive": Recounted("norm", ("month",), arrival.room_to_arrive),
    "intake": Recounted("norm", ("month",), arrival.intake),
    "occupancy_norm": Recounted("norm", KIND, people.occupancy_norm),
    "ceilings": Recounted("norm", PLACE, people.ceilings),
    "max_people": Recounted("norm", PLACE, people.max_people),
    "emergency_places": Recounted("emergency", KIND, system.emergency_places),
    "emergency_path": Recounted("emergency", ("month",), system.emergency_path),
    "emergency_term": Recounted("emergency", PLACE, system.emergency_term),
    "dol_band_low": Recounted("dublin", ("month",), system.dol_band_low),
    "dol_band_high": Recounted("dublin", ("month",), system.dol_band_high),
    "dublin_outside_dol": Recounted("dublin", PERSON, people.dublin_outside_dol),
    "accelerated_elsewhere": Recounted("dublin", PERSON, people.accelerated_elsewhere),
    "others_places": Recounted("dublin", PERSON, people.others_places),
    "reserve": Recounted("reserve", ("month",), system.reserve),
    "staff": Recounted("reserve", ("region", "month"), system.staff),
    "province_task": Recounted("provinces", PROVINCE, system.province_task),
    "municipality_task": Recounted(
        "provinces", ("location", "province", "month"), system.municipality_task
    ),
    "moves": Recounted("moves", GROUP, people.moves),
    "moves_most": Recounted("norm", ("month",), people.moves_most),
    "fewer_than_before": Recounted("change", KIND, system.fewer_than_before),
    "more_than_before": Recounted("change", KIND, system.more_than_before),
}

# A plan tells its moves in a table of their own, and may leave them out of the shortfalls.
TOLD_ELSEWHERE = "moves"

# These are about DOL places alone, so a row may name the kind or leave it out.
ABOUT_DOL = ("dol_band_low", "dol_band_high")

Recount = dict[str, tuple[Owed, ...]]


def recount(tally: Tally) -> Recount:
    """Return by how much each soft rule falls short, where it does, by the rule's name.

    A rule that is switched off is owed nothing.
    """
    return {
        name: tuple(rule.owed(tally)) if counts(tally.case, name) else ()
        for name, rule in RULES.items()
    }


def shortfall_breaches(tally: Tally, counted: Recount) -> Iterator[Breach]:
    """Yield each shortfall that is reported otherwise than it is, or not at all."""
    told: dict[str, dict[Spot, float]] = {name: defaultdict(float) for name in RULES}
    for row in tally.claim.shortfalls:
        if row.rule not in RULES:
            yield breach("rule_unknown", row.amount, row.spot, rule=row.rule)
            continue
        told[row.rule][_named_part(row)] += row.amount
        yield from _row_breaches(tally.case, row)
    for name, owed in counted.items():
        if told[name] or name != TOLD_ELSEWHERE:
            yield from compared("shortfall", name, told[name], owed)


def compared(
    check: str, rule: str, told: dict[Spot, float], owed: tuple[Owed, ...]
) -> Iterator[Breach]:
    """Yield each spot where the amounts told and counted differ; an absent one is zero."""
    amounts: dict[Spot, float] = defaultdict(float)
    sizes: dict[Spot, float] = defaultdict(float)
    for each in owed:
        amounts[each.spot] += each.amount
        sizes[each.spot] += each.size
    for spot in dict.fromkeys([*amounts, *told]):
        one, other = told.get(spot, 0.0), amounts.get(spot, 0.0)
        if differ(one, other, sizes.get(spot, 0.0)):
            yield breach(check, abs(one - other), spot, rule=rule, told=one, counted=other)


def _named_part(row: Shortfall) -> Spot:
    """Return the parts of a row's spot that name it among the rows of its rule."""
    return Spot(**{part: getattr(row.spot, part) for part in RULES[row.rule].parts})


def _row_breaches(case: Case, row: Shortfall) -> Iterator[Breach]:
    """Yield where a row is at another level than its rule, or at a place that cannot be."""
    rule = RULES[row.rule]
    if row.level != rule.level:
        yield breach(
            "shortfall_level", row.amount, row.spot, rule=row.rule, told=row.level, level=rule.level
        )
    allowed = _known_beside(case, row)
    for part, value in row.spot._asdict().items():
        if value and part not in rule.parts and value != allowed.get(part):
            yield breach("shortfall_place", row.amount, row.spot, rule=row.rule, part=part)


def _known_beside(case: Case, row: Shortfall) -> dict[str, object]:
    """Return what a row may say of its place beyond the parts that name it."""
    location = case.locations.get(row.spot.location)
    beside: dict[str, object] = {"kind": PlaceKind.DOL if row.rule in ABOUT_DOL else None}
    if location is not None:
        beside |= {"province": location.province, "region": location.region}
    return beside
