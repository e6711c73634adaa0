"""Rules that protect: minors, families, women, people with special needs, schooling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from planner.core.law import RECEPTION
from planner.input.case import Case
from planner.input.kinds import PlaceKind, Standing
from planner.input.location import Location
from planner.input.people import Group
from planner.model.algebra import Constraint, Key, at_least, at_most, total
from planner.model.decisions import Decisions
from planner.model.rules.dublin import fallback_rows
from planner.model.rules.rule import Level, rule, the_protected

OWN_KINDS = (PlaceKind.DOL, PlaceKind.ACCELERATED)


def _unsuitable(group: Group, kind: PlaceKind) -> bool:
    """Whether a kind of place that a protected group falls back on is counted here.

    A minor's is counted by a rule of its own. Who belongs in registration, in DOL or at an
    accelerated location and lives elsewhere breaks a policy, unless it is in emergency reception.
    """
    if not group.is_protected or group.prefers(PlaceKind.MINORS):
        return False
    elsewhere = group.registers or any(group.prefers(each) for each in OWN_KINDS)
    return kind.emergency or not elsewhere


@rule(
    title=("Passende soort plaats", "Suitable kind of place"),
    sentence=(
        "Beschermde groepen zijn in een soort plaats die voor hen geschikt is.",
        "Protected groups are in a kind of place that suits them.",
    ),
    standing=Standing.LAW,
    source=RECEPTION.at("art. 20(3) en 24; blad Groepen", "Arts. 20(3) and 24; sheet Groups"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    applies=(
        "voor beschermde groepen, in een soort plaats die voor hen een uitwijk is",
        "for protected groups, in a kind of place that is a fallback for them",
    ),
)
def suitable_kind(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People of protected groups in a fallback kind are counted, where no rule of its own is."""
    yield from fallback_rows(case, choose, _unsuitable)


@rule(
    title=("Amv op amv-plaatsen", "Unaccompanied minors in minors' places"),
    sentence=(
        (
            "Alleenstaande minderjarigen wonen op plaatsen voor minderjarigen; wie bij familie of "
            "in een pleeggezin woont, telt hier niet mee."
        ),
        (
            "Unaccompanied minors live in places for minors; those with relatives or a foster "
            "family are not counted here."
        ),
    ),
    standing=Standing.LAW,
    source=RECEPTION.article("27(9)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    applies=(
        "voor groepen die plaatsen voor minderjarigen verkiezen",
        "for groups that prefer minors' places",
    ),
)
def minors_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Minors in a fallback kind are counted."""
    yield from fallback_rows(
        case, choose, lambda group, _: group.is_protected and group.prefers(PlaceKind.MINORS)
    )


def _where_missing(
    case: Case, choose: Decisions, need: str, part: str, offers: Callable[[Location], bool]
) -> Iterator[Constraint]:
    """Yield a row per group with a need at each location that does not offer it, per month.

    Of a mixed group only a part has the need, and who of it is where is not known: the locations
    that offer it hold at least that part of the people present.
    """
    for group in case.groups.values():
        if not getattr(group, need):
            share = getattr(group, part) or 0.0
            yield from _parts_housed(case, choose, group.group, share, offers)
            continue
        for location in case.locations.values():
            if offers(location):
                continue
            for month in case.months:
                people = choose.of_group(group.group, location, month)
                if people:
                    key = Key(group=group.group, location=location.id, month=month)
                    yield at_most(total(people), 0, key)


def _parts_housed(
    case: Case,
    choose: Decisions,
    group: str,
    share: float,
    offers: Callable[[Location], bool],
) -> Iterator[Constraint]:
    suited = [each for each in case.locations.values() if offers(each)]
    for month in case.months:
        needing = share * choose.demand[group, month]
        if needing > 0:
            people = [c for each in suited for c in choose.of_group(group, each, month)]
            yield at_least(total(people), needing, Key(group=group, month=month))


@rule(
    title=("Gezinnen kindgeschikt", "Families where child-suitable"),
    sentence=(
        "Gezinnen met minderjarigen wonen op een locatie die geschikt is voor kinderen.",
        "Families with minors live at a location that is suitable for children.",
    ),
    standing=Standing.LAW,
    source=RECEPTION.at("art. 20(3), 26(1) en 26(3)", "Arts. 20(3), 26(1) and 26(3)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    applies=(
        "waar een locatie niet kindgeschikt is; voor een gemengde groep haar deel in gezinnen",
        "where a location is not child-suitable; for a mixed group its part in families",
    ),
)
def child_suitable(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People who need a child-suitable location are counted where it is not."""
    yield from _where_missing(
        case,
        choose,
        "needs_child_suitable",
        "families_share",
        lambda location: location.child_suitable,
    )


@rule(
    title=("Vrouwen veilig", "Women safe"),
    sentence=(
        "Vrouwen wonen waar gescheiden sanitair en een veilige plek zijn.",
        "Women live where there are separate sanitary facilities and a safe place.",
    ),
    standing=Standing.LAW,
    source=RECEPTION.article("20(5)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    applies=(
        "waar een locatie niet veilig voor vrouwen is; voor een gemengde groep haar deel vrouwen",
        "where a location is not women-safe; for a mixed group its part of women",
    ),
)
def women_safe(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People who need a women-safe location are counted where it is not."""
    yield from _where_missing(
        case, choose, "needs_women_safe", "women_share", lambda location: location.women_safe
    )


@rule(
    title=("Toegankelijke bedden", "Accessible beds"),
    sentence=(
        (
            "Er zijn niet meer mensen die een toegankelijk bed nodig hebben dan zulke bedden; dat "
            "is één van de bijzondere behoeften."
        ),
        (
            "There are no more people who need an accessible bed than such beds; that is one "
            "special need of several."
        ),
    ),
    standing=Standing.LAW,
    source=RECEPTION.at("art. 20(3), 24, 25", "Arts. 20(3), 24, 25"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    applies=(
        "voor locaties waarvan de toegankelijke bedden bekend zijn",
        "for locations whose accessible beds are known",
    ),
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


@rule(
    title=("Schoolplaatsen", "School seats"),
    sentence=(
        (
            "Voor elk leerplichtig kind van een beschermde groep dat langer dan twee maanden in "
            "procedure is, is er een schoolplaats."
        ),
        (
            "There is a school seat for every child of school age of a protected group more than "
            "two months into the procedure."
        ),
    ),
    standing=Standing.LAW,
    source=RECEPTION.article("16(2)"),
    unit="seats",
    level=Level.PROTECTED,
    counts_unplaced=the_protected,
    applies=(
        "voor locaties waarvan de schoolplaatsen bekend zijn",
        "for locations whose school seats are known",
    ),
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
    title=("Schoolplaatsen, alle groepen samen", "School seats, all groups together"),
    sentence=(
        "Voor de leerplichtige kinderen van alle groepen samen zijn er genoeg schoolplaatsen.",
        "There are enough school seats for the children of school age of all groups together.",
    ),
    standing=Standing.LAW,
    source=RECEPTION.article("16(2)"),
    unit="seats",
    level=Level.NORM,
    counts_unplaced=_pupils,
    applies=(
        "waar de schoolplaatsen bekend zijn en een niet-beschermde groep leerlingen heeft",
        "where the school seats are known and an unprotected group has pupils",
    ),
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
                group.school_share * column
                for group in pupils
                for column in choose.of_group(group.group, location, month)
            )
            if len(seats):
                yield at_most(seats, location.school_seats, Key(location=location.id, month=month))
