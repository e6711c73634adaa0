"""Rules on running the system: emergency reception, reserve, staff, provinces, change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from math import fsum

from planner.core.law import (
    AGREEMENT,
    DECISION_NOTE,
    DISTRIBUTION_ACT,
    IMPLEMENTATION_PLAN,
    INPUT,
    RECEPTION,
)
from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, Ground, PlaceKind, Standing
from planner.input.location import Location
from planner.input.months import later, month_of
from planner.model.algebra import Constraint, Key, Variable, at_least, at_most, total
from planner.model.decisions import Decisions
from planner.model.measures import durable_beds, durable_beds_of
from planner.model.rules.limit import AddedBeds, ContractColumn, LimitKind, OfParameter
from planner.model.rules.rule import Level, rule

PHASING_OUT = DECISION_NOTE.at("kernpunten, afbouwen van noodopvang", "key points, phasing out")
EMERGENCY_WEIGHTS = {
    PlaceKind.EMERGENCY_FIXED: "emergency_fixed_weight",
    PlaceKind.EMERGENCY_TENT: "emergency_tent_weight",
    PlaceKind.CRISIS: "crisis_weight",
}


def emergency_weight(case: Case, kind: PlaceKind, month: dt.date) -> float:
    """Return what a person-month in an emergency kind counts.

    The kind's weight (crisis over tent over fixed building, recital 36), rising with every month
    since the first, so that emergency reception ends as early as it can.
    """
    weight = case.parameters.number(EMERGENCY_WEIGHTS[kind], month)
    growth = case.parameters.number("emergency_weight_growth", month)
    return weight * (1.0 + growth * case.months.index(month))


def _nationally(location: Location) -> str:
    return ""


def _durable_in_province(location: Location) -> str | None:
    return location.province if location.durable else None


def _durable_in_municipality(location: Location) -> str | None:
    return location.municipality if location.durable else None


def _as_crisis(case: Case, month: dt.date) -> float:
    """Return the weight of the worst emergency kind: having no place is no better than that."""
    return max(emergency_weight(case, kind, month) for kind in EMERGENCY_KINDS)


def _applicant_as_crisis(case: Case, group: str, month: dt.date) -> float:
    return _as_crisis(case, month) if case.groups[group].ground is Ground.APPLICANT else 0.0


def _other_as_crisis(case: Case, group: str, month: dt.date) -> float:
    return 0.0 if case.groups[group].ground is Ground.APPLICANT else _as_crisis(case, month)


def _in_emergency(
    case: Case, choose: Decisions, grounds: Collection[Ground]
) -> Iterator[Constraint]:
    """Yield the people of groups with one of some legal grounds, by emergency location and month.

    Each counts what the kind of place weighs in that month.
    """
    groups = [name for name, group in case.groups.items() if group.ground in grounds]
    for location_id, kind, month in choose.places:
        if kind.emergency:
            keys = ((group, location_id, kind, month) for group in groups)
            people = [choose.people[key] for key in keys if key in choose.people]
            if people:
                weight = emergency_weight(case, kind, month)
                key = Key(location=location_id, kind=kind, month=month)
                yield at_most(total(people), 0, key, weight=weight)


@rule(
    standing=Standing.EXCEPTION,
    source=RECEPTION.at("art. 20(10)(b), overweging 36", "Art. 20(10)(b), recital 36"),
    unit="persons",
    level=Level.EMERGENCY,
    parameters=(*EMERGENCY_WEIGHTS.values(), "emergency_weight_growth"),
    counts_unplaced=_applicant_as_crisis,
)
def emergency_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Applicants in emergency places are counted per location and month."""
    yield from _in_emergency(case, choose, {Ground.APPLICANT})


@rule(
    standing=Standing.POLICY,
    source=PHASING_OUT,
    # The article is about applicants: who is none has the place by other law.
    by_ground={
        Ground.TRANSFER: DECISION_NOTE.at(
            "kernpunten, afbouwen van noodopvang; wie een overdrachtsbesluit kreeg: art. 21 van"
            " Richtlijn (EU) 2024/1346, tweede zin",
            "key points, phasing out; after a transfer decision: Art. 21 of Directive (EU)"
            " 2024/1346, second sentence",
        ),
        Ground.NATIONAL: DECISION_NOTE.at(
            "kernpunten, afbouwen van noodopvang; nationaal recht: Wet COA, Rva 2005",
            "key points, phasing out; national law: Wet COA, Rva 2005",
        ),
    },
    unit="persons",
    level=Level.EMERGENCY,
    parameters=(*EMERGENCY_WEIGHTS.values(), "emergency_weight_growth"),
    counts_unplaced=_other_as_crisis,
)
def emergency_others(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People in emergency places who are no applicants, counted as applicants are."""
    yield from _in_emergency(case, choose, {Ground.TRANSFER, Ground.NATIONAL})


def emergency_ceiling(case: Case, month: dt.date) -> float | None:
    """Return the ceiling of the phase-out path in a month, `None` where no path is set.

    The path is a straight line from the first planned month to the last.
    """
    start = case.parameters.optional("emergency_ceiling_start", month)
    end = case.parameters.optional("emergency_ceiling_end", month)
    if start is None or end is None:
        return None
    steps = len(case.months) - 1
    passed = case.months.index(month) / steps if steps else 0.0
    return start + (end - start) * passed


@rule(
    standing=Standing.POLICY,
    source=PHASING_OUT,
    unit="persons",
    level=Level.EMERGENCY,
    parameters=("emergency_ceiling_start", "emergency_ceiling_end"),
)
def emergency_path(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People in all emergency places of a month stay within the path's ceiling."""
    for month in case.months:
        ceiling = emergency_ceiling(case, month)
        if ceiling is None:
            continue
        people = [
            column
            for location in case.locations.values()
            if location.emergency
            for column in choose.people_at(case, location, month)
        ]
        if people:
            yield at_most(total(people), ceiling, Key(month=month))


def term_end(case: Case, location: Location) -> dt.date | None:
    """Return the first month beyond an emergency location's maximum term, if it has one."""
    if location.emergency_max_months is None or not location.emergency:
        return None
    begun = month_of(location.open_from) if location.open_from else case.months[0]
    return later(begun, location.emergency_max_months)


@rule(
    standing=Standing.RULING,
    source=AGREEMENT.at(
        "kolom Maximale duur noodopvang; COA-praktijk: 6 tot 12 maanden",
        "column Emergency maximum; practice of COA: 6 to 12 months",
    ),
    unit="persons",
    level=Level.EMERGENCY,
    limit=ContractColumn("emergency_max_months"),
)
def emergency_term(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People at an emergency location beyond its maximum term count extra."""
    for location in case.locations.values():
        ends = term_end(case, location)
        for month in case.months:
            people = list(choose.people_at(case, location, month))
            if ends is not None and month >= ends and people:
                yield at_most(total(people), 0, Key(location=location.id, month=month))


@rule(
    standing=Standing.CHOICE,
    source=INPUT.at(
        "parameter Reserve; voor art. 32 en 33(2)", "parameter Reserve; for Arts. 32 and 33(2)"
    ),
    unit="places",
    level=Level.RESERVE,
    parameters=("reserve_places",),
    limit=OfParameter("reserve_places", unit="places", step=-1.0),
    beds=AddedBeds(at=_nationally),
)
def reserve(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Beds under contract less places in use, over all locations, reach the reserve."""
    for month in case.months:
        wanted = case.parameters.optional("reserve_places", month) or 0.0
        if wanted > 0:
            beds = total(
                choose.capacity(case.locations[each], month)
                for each, footing_month in choose.footing
                if footing_month == month
            )
            used = total(c for (_, _, each), c in choose.places.items() if each == month)
            yield at_least(beds - used, wanted, Key(month=month))


@rule(
    standing=Standing.CHOICE,
    source=IMPLEMENTATION_PLAN.at(
        "§3.1, verhouding als keuze; voor art. 33(2)", "§3.1, ratio as a choice; for Art. 33(2)"
    ),
    unit="fte",
    level=Level.RESERVE,
    parameters=("staff_regular_per_100", "staff_dol_per_100"),
    limit=LimitKind.STAFF,
)
def staff(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People times the staff ratio in a region stay within its staff."""
    for region, locations in _regions(case).items():
        available = _staff_available(case, region, locations)
        if available is None:
            continue
        for month in case.months:
            needed = total(
                _staff_needed(case, group, kind, month) * choose.people[key]
                for location in locations
                for kind in location.kinds
                for group in case.groups
                if (key := (group, location.id, kind, month)) in choose.people
            )
            if len(needed):
                yield at_most(needed, available, Key(region=region, month=month))


def _regions(case: Case) -> dict[str, list[Location]]:
    """Return the locations of each region."""
    regions: dict[str, list[Location]] = {}
    for location in case.locations.values():
        if location.region:
            regions.setdefault(location.region, []).append(location)
    return regions


def _staff_available(case: Case, region: str, locations: list[Location]) -> float | None:
    """Return a region's staff in fte: of its locations, else of its provinces, else unknown.

    The staff of a province with locations in another region too cannot be divided, so is unknown.
    """
    own = [each.staff_fte for each in locations]
    if None not in own:
        return fsum(fte for fte in own if fte is not None)
    names = {each.province for each in locations}
    whole = all(each.region == region for each in case.locations.values() if each.province in names)
    provinces = [case.provinces.get(name) for name in sorted(names)]
    known = [each.staff_fte for each in provinces if each is not None]
    if not whole or None in known or len(known) < len(names):
        return None
    return fsum(fte for fte in known if fte is not None)


def _staff_needed(case: Case, group: str, kind: PlaceKind, month: dt.date) -> float:
    """Return the staff in fte that one person of a group in a kind of place asks for."""
    if kind is PlaceKind.DOL:
        return case.parameters.number("staff_dol_per_100", month) / 100.0
    own = case.groups[group].staff_per_100
    per_100 = case.parameters.number("staff_regular_per_100", month) if own is None else own
    return per_100 / 100.0


@rule(
    standing=Standing.LAW,
    source=DISTRIBUTION_ACT.at(
        "provinciale taak; dat alleen duurzaam telt is een aanname",
        "provincial task; that only durable places count is an assumption",
    ),
    unit="share",
    level=None,
    follows="province_task",
    beds=AddedBeds(at=_durable_in_province, alone=True),
)
def province_worst(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Durable beds plus the largest share missing of the task reach the task."""
    for province in case.provinces.values():
        for month in case.months:
            if province.task:
                key = Key(province=province.province, month=month)
                beds = durable_beds(case, choose, province.province, month)
                yield at_least(beds + province.task * choose.worst_province[0], province.task, key)


@rule(
    standing=Standing.LAW,
    source=DISTRIBUTION_ACT.at(
        "provinciale taak; dat alleen duurzaam telt is een aanname",
        "provincial task; that only durable places count is an assumption",
    ),
    unit="places",
    level=Level.PROVINCES,
    limit=LimitKind.TASK,
    beds=AddedBeds(at=_durable_in_province, alone=True),
)
def province_task(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Durable beds in contract, with the decisions taken, reach the province's task."""
    for province in case.provinces.values():
        for month in case.months:
            if province.task:
                key = Key(province=province.province, month=month)
                yield at_least(
                    durable_beds(case, choose, province.province, month), province.task, key
                )


@rule(
    source=DISTRIBUTION_ACT.at("gemeentelijke taak", "municipal task"),
    standing=Standing.LAW,
    unit="places",
    level=Level.PROVINCES,
    beds=AddedBeds(at=_durable_in_municipality, alone=True),
)
def municipality_task(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Durable beds in contract, with the decisions taken, reach the municipality's task."""
    for each in case.municipalities.values():
        for month in case.months:
            if each.task:
                key = Key(location=each.municipality, province=each.province, month=month)
                beds = durable_beds_of(case, choose, each.municipality, month)
                yield at_least(beds, each.task, key)


@rule(
    standing=Standing.CHOICE,
    source=INPUT.at("blad Vorig plan", "sheet Previous plan"),
    unit="places",
    level=Level.CHANGE,
)
def fewer_than_before(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Places in use reach those of the previous plan."""
    for key, places, before in _compared(case, choose):
        yield at_least(places, before, key)


@rule(
    standing=Standing.CHOICE,
    source=INPUT.at("blad Vorig plan", "sheet Previous plan"),
    unit="places",
    level=Level.CHANGE,
)
def more_than_before(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Places in use stay within those of the previous plan."""
    for key, places, before in _compared(case, choose):
        yield at_most(places, before, key)


def _compared(case: Case, choose: Decisions) -> Iterator[tuple[Key, Variable, float]]:
    """Yield the places of locations and months that the previous plan knows, and its number."""
    known = {(location, month) for location, _, month in case.previous}
    for (location, kind, month), places in choose.places.items():
        if (location, month) in known:
            before = case.previous.get((location, kind, month), 0.0)
            yield Key(location=location, kind=kind, month=month), places, before
