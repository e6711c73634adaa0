"""Rules that protect: minors, families, women, people with special needs, schooling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.law import (
    AFTER_TRANSFER_DECISION,
    BY_NATIONAL_LAW,
    RECEPTION,
    SCHOOL_BY_NATIONAL_LAW,
)
from planner.input.case import Case
from planner.input.kinds import Ground, PlaceKind, Standing
from planner.input.people import Group
from planner.model.algebra import Constraint, Key, at_least, at_most, total
from planner.model.decisions import Decisions
from planner.model.rules.dublin import fallback_rows
from planner.model.rules.limit import Offered, OfLocation
from planner.model.rules.rule import Level, rule, the_protected

# Who lives elsewhere than in these is counted by a rule of their own.
OWN_KINDS = (PlaceKind.MINORS, PlaceKind.DOL, PlaceKind.ACCELERATED)


def _unsuitable(group: Group, kind: PlaceKind) -> bool:
    """Whether a kind of place that a protected group falls back on is counted here.

    Who belongs in registration, in minors' places, in DOL or at an accelerated location and lives
    elsewhere is counted by a rule of their own. In emergency reception they count here too, so that
    a minor is not there beside somebody of no protected group in a reception centre.
    """
    elsewhere = group.registers or any(group.prefers(each) for each in OWN_KINDS)
    return group.is_protected and (kind.emergency or not elsewhere)


@rule(
    standing=Standing.LAW,
    source=RECEPTION.at("art. 20(3) en 24; blad Groepen", "Arts. 20(3) and 24; sheet Groups"),
    by_ground={
        # Article 20 no longer applies then, Articles 24 to 28 do.
        Ground.TRANSFER: RECEPTION.at("art. 24; blad Groepen", "Art. 24; sheet Groups"),
        Ground.NATIONAL: BY_NATIONAL_LAW,
    },
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
)
def suitable_kind(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People of protected groups in a fallback kind are counted, where no rule of its own is.

    In emergency reception they are counted in any case.
    """
    yield from fallback_rows(case, choose, _unsuitable)


@rule(
    standing=Standing.LAW,
    source=RECEPTION.article("27(9)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
)
def minors_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Minors in a fallback kind are counted."""
    yield from fallback_rows(
        case, choose, lambda group, _: group.is_protected and group.prefers(PlaceKind.MINORS)
    )


def _where_missing(case: Case, choose: Decisions, offered: Offered) -> Iterator[Constraint]:
    """Yield a row per group with a need at each location that does not offer it, per month.

    Of a mixed group only a part has the need, and who of it is where is not known: the locations
    that offer it hold at least that part of the people present.
    """
    for group in case.groups.values():
        if not offered.needed_by(group):
            yield from _parts_housed(case, choose, group, offered)
            continue
        for location in case.locations.values():
            if offered.at(location):
                continue
            for month in case.months:
                people = choose.of_group(group.group, location, month)
                if people:
                    key = Key(group=group.group, location=location.id, month=month)
                    yield at_most(total(people), 0, key)


def _parts_housed(
    case: Case, choose: Decisions, group: Group, offered: Offered
) -> Iterator[Constraint]:
    suited = [each for each in case.locations.values() if offered.at(each)]
    share = offered.part_of(group)
    for month in case.months:
        needing = share * choose.demand[group.group, month]
        if needing > 0:
            people = [c for each in suited for c in choose.of_group(group.group, each, month)]
            yield at_least(total(people), needing, Key(group=group.group, month=month))


CHILD_SUITABLE = Offered("child_suitable", need="needs_child_suitable", part="families_share")
WOMEN_SAFE = Offered("women_safe", need="needs_women_safe", part="women_share")


@rule(
    standing=Standing.LAW,
    source=RECEPTION.at("art. 20(3), 26(1) en 26(3)", "Arts. 20(3), 26(1) and 26(3)"),
    by_ground={
        Ground.TRANSFER: RECEPTION.at("art. 26(1) en 26(3)", "Art. 26(1) and 26(3)"),
        Ground.NATIONAL: BY_NATIONAL_LAW,
    },
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    limit=CHILD_SUITABLE,
    by_people=True,
)
def child_suitable(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People who need a child-suitable location are counted where it is not."""
    yield from _where_missing(case, choose, CHILD_SUITABLE)


@rule(
    standing=Standing.LAW,
    source=RECEPTION.article("20(5)"),
    by_ground={Ground.TRANSFER: AFTER_TRANSFER_DECISION, Ground.NATIONAL: BY_NATIONAL_LAW},
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    limit=WOMEN_SAFE,
    by_people=True,
)
def women_safe(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People who need a women-safe location are counted where it is not."""
    yield from _where_missing(case, choose, WOMEN_SAFE)


def _accessible_beds(group: Group) -> float:
    return float(group.needs_accessible)


@rule(
    standing=Standing.LAW,
    source=RECEPTION.at("art. 20(3), 24 en 25", "Arts. 20(3), 24 and 25"),
    by_ground={
        Ground.TRANSFER: RECEPTION.at("art. 24 en 25", "Arts. 24 and 25"),
        Ground.NATIONAL: BY_NATIONAL_LAW,
    },
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    limit=OfLocation("accessible_beds", unit="beds", needs=_accessible_beds),
)
def accessible_beds(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People with special needs at a location stay within its accessible beds."""
    needing = [group.group for group in case.groups.values() if group.needs_accessible]
    for location in case.locations.values():
        if location.accessible_beds is None:
            continue
        for month in case.months:
            people = [c for group in needing for c in choose.of_group(group, location, month)]
            if people:
                key = Key(location=location.id, month=month)
                yield at_most(total(people), location.accessible_beds, key)


def _seats(group: Group) -> float:
    return group.school_share


SEATS = OfLocation("school_seats", unit="seats", needs=_seats)


@rule(
    standing=Standing.LAW,
    source=RECEPTION.article("16(2)"),
    # Article 21 leaves Article 16 as it is.
    by_ground={Ground.NATIONAL: SCHOOL_BY_NATIONAL_LAW},
    unit="seats",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    limit=SEATS,
)
def school_seats(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People times their group's school share at a location stay within its school seats.

    Only groups that are protected as a whole: a few pupils must not decide, before even sharing,
    who of the others goes without a place.
    """
    pupils = [each for each in case.groups.values() if each.is_protected and each.school_share > 0]
    yield from _within_seats(case, choose, pupils)


def _pupils(case: Case, group: str, month: dt.date) -> float:
    """Return the share of an unprotected group that needs a school seat."""
    return 0.0 if case.groups[group].is_protected else case.groups[group].school_share


@rule(
    standing=Standing.LAW,
    source=RECEPTION.article("16(2)"),
    # Article 21 leaves Article 16 as it is.
    by_ground={Ground.NATIONAL: SCHOOL_BY_NATIONAL_LAW},
    unit="seats",
    level=Level.NORM,
    counts_unplaced=_pupils,
    limit=SEATS,
)
def school_seats_together(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The pupils of every group at a location stay within its school seats."""
    pupils = [each for each in case.groups.values() if each.school_share > 0]
    if not all(each.is_protected for each in pupils):
        yield from _within_seats(case, choose, pupils)


def _within_seats(case: Case, choose: Decisions, pupils: list[Group]) -> Iterator[Constraint]:
    for location in case.locations.values():
        if location.school_seats is None:
            continue
        for month in case.months:
            seats = total(
                choose.pupils[group.group, month] * column
                for group in pupils
                for column in choose.of_group(group.group, location, month)
            )
            if len(seats):
                yield at_most(seats, location.school_seats, Key(location=location.id, month=month))
