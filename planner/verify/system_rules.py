"""What falls short of the rules on emergency reception, DOL, reserve, staff, provinces, change."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, Ground, PlaceKind
from planner.input.people import Group
from planner.verify.breach import BreachPlace
from planner.verify.owed import Owed, over, recounted
from planner.verify.tally import Tally
from planner.verify.terms import number

EMERGENCY_WEIGHTS = {
    PlaceKind.EMERGENCY_FIXED: "emergency_fixed_weight",
    PlaceKind.EMERGENCY_TENT: "emergency_tent_weight",
    PlaceKind.CRISIS: "crisis_weight",
}


def emergency_weights(case: Case, month: dt.date) -> dict[PlaceKind, float]:
    """Return what a person counts in each emergency kind in a month; it rises with the months."""
    passed = number(month) - number(case.months[0])
    rise = 1.0 + passed * case.parameters.number("emergency_weight_growth", month)
    return {
        kind: rise * case.parameters.number(name, month) for kind, name in EMERGENCY_WEIGHTS.items()
    }


def _applies(group: Group) -> bool:
    """Whether the people of a group are applicants, whom alone Article 20(10) is about."""
    return group.ground is Ground.APPLICANT


def _applicant_as_the_worst(case: Case, group: Group, month: dt.date) -> float:
    return max(emergency_weights(case, month).values()) if _applies(group) else 0.0


def _other_as_the_worst(case: Case, group: Group, month: dt.date) -> float:
    return 0.0 if _applies(group) else max(emergency_weights(case, month).values())


@recounted("emergency", "location", "kind", "month", unplaced=_applicant_as_the_worst)
def emergency_places(tally: Tally) -> Iterator[Owed]:
    """Applicants in emergency places."""
    groups = tally.case.groups.items()
    yield from _in_emergency(tally, {name for name, each in groups if _applies(each)})


@recounted("emergency", "location", "kind", "month", unplaced=_other_as_the_worst)
def emergency_others(tally: Tally) -> Iterator[Owed]:
    """People in emergency places who are no applicants."""
    groups = tally.case.groups.items()
    yield from _in_emergency(tally, {name for name, each in groups if not _applies(each)})


def _in_emergency(tally: Tally, groups: set[str]) -> Iterator[Owed]:
    """Yield the people of some groups in each emergency place."""
    weights = {month: emergency_weights(tally.case, month) for month in tally.case.months}
    people: dict[tuple[str, PlaceKind, dt.date], float] = defaultdict(float)
    for (group, place, kind, month), count in tally.claim.people.items():
        if group in groups and kind in EMERGENCY_KINDS:
            people[place, kind, month] += count
    for (place, kind, month), count in people.items():
        spot = BreachPlace(place, kind, month=month)
        yield from over(spot, count, 0.0, weights[month][kind])


@recounted("emergency", "month")
def emergency_path(tally: Tally) -> Iterator[Owed]:
    """People in all emergency places beyond a straight line from the first month to the last."""
    months, parameters = tally.case.months, tally.case.parameters
    people: dict[dt.date, float] = defaultdict(float)
    for (_, kind, month), count in tally.in_kind.items():
        if kind in EMERGENCY_KINDS:
            people[month] += count
    for step, month in enumerate(months):
        start = parameters.optional("emergency_ceiling_start", month)
        end = parameters.optional("emergency_ceiling_end", month)
        if start is not None and end is not None:
            ceiling = start + (end - start) * step / max(1, len(months) - 1)
            yield from over(BreachPlace(month=month), people[month], ceiling)


@recounted("emergency", "location", "month")
def emergency_term(tally: Tally) -> Iterator[Owed]:
    """People at an emergency location after its maximum term."""
    locations = tally.case.locations
    for (place, month), people in tally.at.items():
        location = locations[place]
        if location.type.base_kind in EMERGENCY_KINDS:
            begun = number(location.open_from or tally.case.months[0])
            term = location.emergency_max_months
            if term is not None and number(month) - begun >= term:
                yield from over(BreachPlace(place, month=month), people, 0.0)


@recounted("dublin", "month", about=PlaceKind.DOL)
def dol_band_low(tally: Tally) -> Iterator[Owed]:
    """DOL places fitted out nationally below the band, from its first month."""
    for month, prepared in _prepared(tally).items():
        low = tally.case.parameters.optional("dol_band_low", month)
        if low is not None:
            yield from over(BreachPlace(month=month), low, prepared)


@recounted("dublin", "month", about=PlaceKind.DOL)
def dol_band_high(tally: Tally) -> Iterator[Owed]:
    """DOL places fitted out nationally above the band, from its first month."""
    for month, prepared in _prepared(tally).items():
        high = tally.case.parameters.optional("dol_band_high", month)
        if high is not None:
            yield from over(BreachPlace(month=month), prepared, high)


def _prepared(tally: Tally) -> dict[dt.date, float]:
    """Return the places fitted out per month of the band in which there can be any."""
    start = tally.case.parameters.date("dol_band_from")
    parts = [each for each in tally.case.locations.values() if each.dol_beds > 0]
    prepared: dict[dt.date, float] = {}
    for month in tally.case.months:
        usable = any(tally.beds.terms[each.id].usable(month) for each in parts)
        if usable and (start is None or month >= start):
            prepared[month] = 0.0
    for (_, month), part in tally.claim.dol.items():
        if month in prepared:
            prepared[month] += part.prepared
    return prepared


@recounted("reserve", "month")
def reserve(tally: Tally) -> Iterator[Owed]:
    """Places under contract and not in use, below the reserve asked for."""
    free: dict[dt.date, float] = defaultdict(float)
    for (_, month), beds in tally.beds.capacity.items():
        free[month] += beds
    for (_, _, month), places in tally.claim.places.items():
        free[month] -= places
    for month in tally.case.months:
        wanted = tally.case.parameters.optional("reserve_places", month)
        if wanted:
            yield from over(BreachPlace(month=month), wanted, free[month])


@recounted("reserve", "region", "month")
def staff(tally: Tally) -> Iterator[Owed]:
    """Staff needed in a region beyond what it has, where its locations' or provinces' is known."""
    available = _staff(tally.case)
    needed: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (group, place, kind, month), people in tally.claim.people.items():
        region = tally.case.locations[place].region
        if region in available:
            needed[region, month] += people * _staff_per_100(tally.case, group, kind, month) / 100
    for (region, month), fte in needed.items():
        yield from over(BreachPlace(region=region, month=month), fte, available[region])


def _staff_per_100(case: Case, group: str, kind: PlaceKind, month: dt.date) -> float:
    """Return the staff for 100 people: DOL's own, then the group's, then the general figure."""
    if kind is PlaceKind.DOL:
        return case.parameters.number("staff_dol_per_100", month)
    own = case.groups[group].staff_per_100
    return case.parameters.number("staff_regular_per_100", month) if own is None else own


def _staff(case: Case) -> dict[str, float]:
    """Return the staff of each region: its locations' where all is known, else its provinces'."""
    of_locations: dict[str, list[float | None]] = defaultdict(list)
    of_provinces: dict[str, dict[str, float | None]] = defaultdict(dict)
    for location in case.locations.values():
        if location.region:
            of_locations[location.region].append(location.staff_fte)
            of_provinces[location.region][location.province] = _province_staff(
                case, location.province
            )
    known: dict[str, float] = {}
    for region, locations in of_locations.items():
        for staffs in (locations, list(of_provinces[region].values())):
            if None not in staffs:
                known.setdefault(region, sum(fte for fte in staffs if fte is not None))
    return known


def _province_staff(case: Case, name: str) -> float | None:
    """Return a province's staff; unknown where its locations are not all in one region."""
    regions = {each.region for each in case.locations.values() if each.province == name}
    province = case.provinces.get(name)
    return None if province is None or len(regions) > 1 else province.staff_fte


@recounted("provinces", "province", "month")
def province_task(tally: Tally) -> Iterator[Owed]:
    """Durable beds in contract, by the decisions taken, below a province's task."""
    durable: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (place, month), beds in tally.beds.capacity.items():
        location = tally.case.locations[place]
        if location.durable:
            durable[location.province, month] += beds
    for province in tally.case.provinces.values():
        for month in tally.case.months:
            if province.task:
                spot = BreachPlace(province=province.province, month=month)
                yield from over(spot, province.task, durable[province.province, month])


@recounted("provinces", "location", "province", "month")
def municipality_task(tally: Tally) -> Iterator[Owed]:
    """Durable beds in contract, by the decisions taken, below a municipality's task."""
    durable: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (place, month), beds in tally.beds.capacity.items():
        location = tally.case.locations[place]
        if location.durable:
            durable[location.municipality, month] += beds
    for each in tally.case.municipalities.values():
        for month in tally.case.months:
            if each.task:
                spot = BreachPlace(each.municipality, province=each.province, month=month)
                yield from over(spot, each.task, durable[each.municipality, month])


@recounted("change", "location", "kind", "month")
def fewer_than_before(tally: Tally) -> Iterator[Owed]:
    """Places in use below those of the previous plan."""
    for spot, places, earlier in _compared(tally):
        yield from over(spot, earlier, places)


@recounted("change", "location", "kind", "month")
def more_than_before(tally: Tally) -> Iterator[Owed]:
    """Places in use above those of the previous plan."""
    for spot, places, earlier in _compared(tally):
        yield from over(spot, places, earlier)


def _compared(tally: Tally) -> Iterator[tuple[BreachPlace, float, float]]:
    """Yield places now and before, for locations and months that the previous plan knows."""
    for place, month in dict.fromkeys((place, month) for place, _, month in tally.case.previous):
        if not _in_plan(tally, place, month):
            continue
        for kind in tally.case.locations[place].kinds:
            key = (place, kind, month)
            earlier = tally.case.previous.get(key, 0.0)
            yield BreachPlace(place, kind, month=month), tally.claim.places.get(key, 0.0), earlier


def _in_plan(tally: Tally, place: str, month: dt.date) -> bool:
    known = place in tally.case.locations and month in tally.case.months
    return known and tally.beds.terms[place].usable(month)
