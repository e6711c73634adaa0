"""What people are owed by the rules on placement, protection and Dublin shelter, counted again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator

from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind, Suitability
from planner.input.location import Location
from planner.input.people import Group
from planner.verify.breach import BreachPlace
from planner.verify.claim import JOINER
from planner.verify.owed import PERSON, Owed, counts_preferring, counts_protected, over, recounted
from planner.verify.switches import counts
from planner.verify.tally import Tally


@recounted("unplaced", "group", "month")
def everyone_placed(tally: Tally) -> Iterator[Owed]:
    """People who are there and have no place."""
    for (group, month), people in tally.demand.items():
        placed = tally.placed.get((group, month), 0.0)
        yield from over(BreachPlace(group=group, month=month), people, placed)


@recounted("shared", "month")
def even_sharing(tally: Tally) -> Iterator[Owed]:
    """Yield per month the largest part without a place of any group that is not protected.

    A group of less than one person counts as one.
    """
    largest: dict[dt.date, float] = defaultdict(float)
    for (group, month), people in tally.unplaced.items():
        if not tally.case.groups[group].is_protected:
            share = people / max(1.0, tally.demand[group, month])
            largest[month] = max(largest[month], share)
    for month, share in largest.items():
        yield from over(BreachPlace(month=month), share, 0.0)


def _belongs_elsewhere(group: Group) -> bool:
    """Whether a place of one kind is meant for a group, which a rule of its own counts."""
    return group.registers or any(
        group.prefers(kind) for kind in (PlaceKind.DOL, PlaceKind.ACCELERATED)
    )


@recounted("protected", *PERSON, unplaced=counts_protected)
def suitable_kind(tally: Tally) -> Iterator[Owed]:
    """People of protected groups in a fallback kind that no more specific rule covers.

    Of those whose own kind of place has such a rule only emergency reception counts.
    """

    def covers(group: Group, kind: PlaceKind) -> bool:
        elsewhere = _belongs_elsewhere(group) or group.prefers(PlaceKind.MINORS)
        return group.is_protected and (not elsewhere or kind in EMERGENCY_KINDS)

    return in_fallback(tally, covers)


@recounted("protected", *PERSON, unplaced=counts_protected)
def minors_places(tally: Tally) -> Iterator[Owed]:
    """People of protected groups that belong in minors' places and are in a fallback kind."""
    return in_fallback(
        tally, lambda group, _: group.is_protected and group.prefers(PlaceKind.MINORS)
    )


def _without_own_kind(case: Case, group: Group, month: dt.date) -> float:  # noqa: ARG001 - whenever
    """Return 1 for a group that is not protected and that no place of one kind is meant for."""
    return float(not group.is_protected and not _belongs_elsewhere(group))


@recounted("dublin", *PERSON, unplaced=_without_own_kind)
def others_places(tally: Tally) -> Iterator[Owed]:
    """People of other unprotected groups in a fallback kind that is no emergency reception."""

    def covers(group: Group, kind: PlaceKind) -> bool:
        elsewhere = _belongs_elsewhere(group)
        return not elsewhere and not group.is_protected and kind not in EMERGENCY_KINDS

    return in_fallback(tally, covers)


@recounted(
    "dublin",
    *PERSON,
    unplaced=counts_preferring(PlaceKind.DOL),
)
def dublin_outside_dol(tally: Tally) -> Iterator[Owed]:
    """People of groups that belong in DOL and are in a fallback kind."""
    return in_fallback(tally, lambda group, _: group.prefers(PlaceKind.DOL))


@recounted(
    "dublin",
    *PERSON,
    unplaced=counts_preferring(PlaceKind.ACCELERATED),
)
def accelerated_elsewhere(tally: Tally) -> Iterator[Owed]:
    """People of groups that belong at accelerated locations and are in a fallback kind."""
    return in_fallback(tally, lambda group, _: group.prefers(PlaceKind.ACCELERATED))


def in_fallback(tally: Tally, covers: Callable[[Group, PlaceKind], bool]) -> Iterator[Owed]:
    """Yield people in a fallback kind that is covered for their group."""
    fallback = {
        (group.group, kind)
        for group in tally.case.groups.values()
        for kind in PlaceKind
        if covers(group, kind) and group.suitability(kind) is Suitability.FALLBACK
    }
    for (group, place, kind, month), people in tally.claim.people.items():
        if (group, kind) in fallback:
            spot = BreachPlace(place, kind, group=group, month=month)
            yield from over(spot, people, 0.0)


@recounted("protected", "location", "group", "month", unplaced=counts_protected)
def child_suitable(tally: Tally) -> Iterator[Owed]:
    """Families at locations that are not suitable for children."""
    shares = {each.group: each.families_share or 0.0 for each in tally.case.groups.values()}
    whole = {each.group for each in tally.case.groups.values() if each.needs_child_suitable}
    return _where_missing(tally, whole, shares, lambda location: location.child_suitable)


@recounted("protected", "location", "group", "month", unplaced=counts_protected)
def women_safe(tally: Tally) -> Iterator[Owed]:
    """Women at locations that are not safe for them."""
    shares = {each.group: each.women_share or 0.0 for each in tally.case.groups.values()}
    whole = {each.group for each in tally.case.groups.values() if each.needs_women_safe}
    return _where_missing(tally, whole, shares, lambda location: location.women_safe)


def _where_missing(
    tally: Tally,
    whole: set[str],
    shares: dict[str, float],
    offers: Callable[[Location], bool],
) -> Iterator[Owed]:
    """Yield who has a need where it is not offered, and what of a mixed group's part is not housed.

    Groups that are needing as a whole are told per location, the part of a mixed one per month.
    """
    lacking = {each.id for each in tally.case.locations.values() if not offers(each)}
    for (group, place, month), people in tally.of_group.items():
        if group in whole and place in lacking:
            yield from over(BreachPlace(place, group=group, month=month), people, 0.0)
    suited: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (group, place, month), people in tally.of_group.items():
        if place not in lacking:
            suited[group, month] += people
    for (group, month), people in tally.demand.items():
        if group not in whole and shares[group] * people > 0:
            yield from over(
                BreachPlace(group=group, month=month), shares[group] * people, suited[group, month]
            )


@recounted("protected", "location", "month", unplaced=counts_protected)
def accessible_beds(tally: Tally) -> Iterator[Owed]:
    """People with special needs beyond the accessible beds, where those are known."""
    shares = {each.group: float(each.needs_accessible) for each in tally.case.groups.values()}
    return _beyond(tally, shares, lambda location: location.accessible_beds)


@recounted("protected", "location", "month", unplaced=counts_protected)
def school_seats(tally: Tally) -> Iterator[Owed]:
    """Pupils of protected groups beyond the school seats, where those are known."""
    protected = [each.group for each in tally.case.groups.values() if each.is_protected]
    return _without_seat(tally, protected)


def _pupils(case: Case, group: Group, month: dt.date) -> float:  # noqa: ARG001 - whenever
    """Return the part of a group that is not protected that goes to school."""
    return 0.0 if group.is_protected else group.school_share


@recounted("norm", "location", "month", unplaced=_pupils)
def school_seats_together(tally: Tally) -> Iterator[Owed]:
    """Pupils of all groups beyond the school seats, where a group that is not protected has any."""
    groups = tally.case.groups.values()
    if any(each.school_share and not each.is_protected for each in groups):
        yield from _without_seat(tally, [each.group for each in groups])


def _without_seat(tally: Tally, groups: list[str]) -> Iterator[Owed]:
    """Yield the pupils of groups at a location beyond its school seats, where those are known."""
    pupils: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (group, place, month), people in tally.of_group.items():
        share = tally.pupils.get((group, month), 0.0)
        if group in groups and share:
            pupils[place, month] += people * share
    for (place, month), count in pupils.items():
        seats = tally.case.locations[place].school_seats
        if seats is not None:
            yield from over(BreachPlace(place, month=month), count, seats)


@recounted("norm", "location", "month")
def max_people(tally: Tally) -> Iterator[Owed]:
    """People beyond the maximum agreed for a location."""
    shares = dict.fromkeys(tally.case.groups, 1.0)
    return _beyond(tally, shares, lambda location: location.max_people)


def _beyond(
    tally: Tally, shares: dict[str, float], limit: Callable[[Location], float | None]
) -> Iterator[Owed]:
    """Yield the people, each group by its share, beyond a limit of their location."""
    limits = {each.id: limit(each) for each in tally.case.locations.values()}
    counted: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (group, place, month), people in tally.of_group.items():
        counted[place, month] += shares[group] * people
    for (place, month), people in counted.items():
        most = limits[place]
        if most is not None:
            yield from over(BreachPlace(place, month=month), people, most)


@recounted("norm", "location", "kind", "month", unplaced=lambda *_: 1.0)
def occupancy_norm(tally: Tally) -> Iterator[Owed]:
    """People beyond the part of the places in use that can really be filled."""
    for (place, kind, month), people in tally.in_kind.items():
        places = tally.claim.places.get((place, kind, month), 0.0)
        norm = _norm(tally, tally.case.locations[place], kind, month)
        yield from over(BreachPlace(place, kind, month=month), people, norm * places)


def _norm(tally: Tally, location: Location, kind: PlaceKind, month: dt.date) -> float:
    """Return the occupancy norm: DOL has its own, then the location's, then the general one."""
    parameters = tally.case.parameters
    if kind is PlaceKind.DOL:
        return parameters.number("dol_occupancy_norm", month)
    if location.occupancy_norm is None:
        return parameters.number("occupancy_norm", month)
    return location.occupancy_norm


@recounted("norm", "location", "month")
def ceilings(tally: Tally) -> Iterator[Owed]:
    """People beyond a ceiling for one or more locations together."""
    for ceiling in tally.case.ceilings:
        months = tally.case.months if ceiling.month is None else (ceiling.month,)
        places = tuple(dict.fromkeys(ceiling.locations))
        for month in months:
            people = sum(tally.at.get((place, month), 0.0) for place in places)
            spot = BreachPlace(JOINER.join(ceiling.locations), month=month)
            yield from over(spot, people, ceiling.people)


@recounted("moves", "location", "group", "month")
def moves(tally: Tally) -> Iterator[Owed]:
    """Yield a group's fall at a location beyond its natural outflow, with its moves' weight."""
    case = tally.case
    before = {(group, place): float(n) for (place, group), n in case.occupancy.items()}
    present: dict[dt.date, dict[tuple[str, str], float]] = defaultdict(dict)
    for (group, place, month), people in tally.of_group.items():
        present[month][group, place] = people
    for month in case.months:
        now = present[month]
        weights = {name: _move_weight(tally, each, month) for name, each in case.groups.items()}
        for (group, place), people in before.items():
            stay = case.groups[group].stay_months
            staying = people * (1.0 - 1.0 / stay) if stay else people
            spot = BreachPlace(place, group=group, month=month)
            left = now.get((group, place), 0.0)
            yield from over(spot, staying, left, weights[group])
        before = now


@recounted("norm", "month")
def moves_most(tally: Tally) -> Iterator[Owed]:
    """People moved in a month beyond the most that the planner allows, where moves count."""
    moved: dict[dt.date, float] = defaultdict(float)
    if counts(tally.case, "moves"):
        for each in moves(tally):
            if each.spot.month is not None:
                moved[each.spot.month] += each.amount
    for month, people in moved.items():
        most = tally.case.parameters.optional("moves_most_per_month", month)
        if most is not None:
            yield from over(BreachPlace(month=month), people, most)


def _move_weight(tally: Tally, group: Group, month: dt.date) -> float:
    """Return what a person moved counts: more in a school month, where the group has pupils."""
    first, last = (
        int(tally.case.parameters.number(f"school_holiday_{end}_month", month))
        for end in ("first", "last")
    )
    # Counted round the year, so that holidays may run over New Year.
    holiday = (month.month - first) % 12 <= (last - first) % 12
    if holiday or not group.school_share:
        return group.move_weight
    return group.move_weight * tally.case.parameters.number("move_weight_school_months", month)
