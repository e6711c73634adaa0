"""Rules that protect: minors, families, women, people with special needs, schooling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from planner.model.algebra import Key, Row, at_most, total
from planner.model.decisions import Decisions
from planner.model.rules.dublin import fallback_rows, prefers
from planner.model.rules.rule import Counts, Level, rule
from planner.sources import INPUT, RECEPTION
from planner.tables.case import Case
from planner.tables.kinds import PlaceKind
from planner.tables.location import Location
from planner.tables.people import Group

OWN_RULE = (PlaceKind.DOL, PlaceKind.ACCELERATED, PlaceKind.MINORS)


def _has_own_rule(group: Group) -> bool:
    """Whether a more specific rule counts the group's fallback places."""
    return any(group.prefers(kind) for kind in OWN_RULE)


def _counted_here(case: Case, group: str, month: dt.date) -> float:
    """Return 1 for a group that no rule of its own covers."""
    return float(not _has_own_rule(case.groups[group]))


def _school_share(case: Case, group: str, month: dt.date) -> float:
    """Return the share of a group that needs a school seat."""
    return case.groups[group].school_share


@rule(
    title=("Passende soort plaats", "Suitable kind of place"),
    sentence=(
        "Mensen zijn in een soort plaats die voor hun groep geschikt is.",
        "People are in a kind of place that suits their group.",
    ),
    source=INPUT.at("blad Groepen (art. 20(3))", "sheet Groups (Art. 20(3))"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=_counted_here,
    applies=(
        "voor groepen zonder eigen regel, in een terugvalsoort",
        "for groups without a rule of their own, in a fallback kind",
    ),
)
def suitable_kind(case: Case, choose: Decisions) -> Iterator[Row]:
    """People in a fallback kind are counted, but for groups that a rule of their own covers."""
    yield from fallback_rows(case, choose, lambda group: not _has_own_rule(case.groups[group]))


@rule(
    title=("Amv op amv-plaatsen", "Unaccompanied minors in minors' places"),
    sentence=(
        "Alleenstaande minderjarigen wonen op plaatsen voor minderjarigen.",
        "Unaccompanied minors live in places for minors.",
    ),
    source=RECEPTION.article("27(9)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=prefers(PlaceKind.MINORS),
    applies=(
        "voor groepen die plaatsen voor minderjarigen verkiezen",
        "for groups that prefer minors' places",
    ),
)
def minors_places(case: Case, choose: Decisions) -> Iterator[Row]:
    """Minors in a fallback kind are counted."""
    yield from fallback_rows(
        case, choose, lambda group: case.groups[group].prefers(PlaceKind.MINORS)
    )


def _needs(need: str) -> Counts:
    """Return how an unplaced person of a group with a need counts."""

    def counts(case: Case, group: str, month: dt.date) -> float:
        return float(getattr(case.groups[group], need))

    return counts


def _where_missing(
    case: Case, choose: Decisions, need: str, offers: Callable[[Location], bool]
) -> Iterator[Row]:
    """Yield a row per group with a need at each location that does not offer it, per month."""
    for group in case.groups.values():
        if not getattr(group, need):
            continue
        for location in case.locations.values():
            if offers(location):
                continue
            for month in case.months:
                people = choose.of_group(group.group, location, month)
                if people:
                    key = Key(group=group.group, location=location.id, month=month)
                    yield at_most(total(people), 0, key)


@rule(
    title=("Gezinnen kindgeschikt", "Families where child-suitable"),
    sentence=(
        "Gezinnen met minderjarigen wonen op een locatie die geschikt is voor kinderen.",
        "Families with minors live at a location that is suitable for children.",
    ),
    source=RECEPTION.at("art. 14, 20(2)(a), 26(5)", "Arts. 14, 20(2)(a), 26(5)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=_needs("needs_child_suitable"),
    applies=("waar een locatie niet kindgeschikt is", "where a location is not child-suitable"),
)
def child_suitable(case: Case, choose: Decisions) -> Iterator[Row]:
    """People who need a child-suitable location are counted where it is not."""
    yield from _where_missing(
        case, choose, "needs_child_suitable", lambda location: location.child_suitable
    )


@rule(
    title=("Vrouwen veilig", "Women safe"),
    sentence=(
        "Vrouwen wonen waar gescheiden sanitair en een veilige plek zijn.",
        "Women live where there are separate sanitary facilities and a safe place.",
    ),
    source=RECEPTION.article("20(5)"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=_needs("needs_women_safe"),
    applies=("waar een locatie niet veilig voor vrouwen is", "where a location is not women-safe"),
)
def women_safe(case: Case, choose: Decisions) -> Iterator[Row]:
    """People who need a women-safe location are counted where it is not."""
    yield from _where_missing(
        case, choose, "needs_women_safe", lambda location: location.women_safe
    )


@rule(
    title=("Toegankelijke bedden", "Accessible beds"),
    sentence=(
        "Mensen met bijzondere behoeften zijn er niet meer dan toegankelijke bedden.",
        "There are no more people with special needs than accessible beds.",
    ),
    source=RECEPTION.at("art. 20(3), 24, 25", "Arts. 20(3), 24, 25"),
    unit="persons",
    level=Level.PROTECTED,
    counts_unplaced=_needs("needs_accessible"),
    applies=(
        "voor locaties waarvan de toegankelijke bedden bekend zijn",
        "for locations whose accessible beds are known",
    ),
)
def accessible_beds(case: Case, choose: Decisions) -> Iterator[Row]:
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
            "Voor elk leerplichtig kind dat langer dan twee maanden in procedure is, is er een "
            "schoolplaats."
        ),
        (
            "There is a school seat for every child of school age more than two months into the "
            "procedure."
        ),
    ),
    source=RECEPTION.article("16(2)"),
    unit="seats",
    level=Level.PROTECTED,
    counts_unplaced=_school_share,
    applies=(
        "voor locaties waarvan de schoolplaatsen bekend zijn",
        "for locations whose school seats are known",
    ),
)
def school_seats(case: Case, choose: Decisions) -> Iterator[Row]:
    """People times their group's school share at a location stay within its school seats."""
    pupils = [group for group in case.groups.values() if group.school_share > 0]
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
