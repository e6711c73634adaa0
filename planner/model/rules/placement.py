"""Rules on where people can be: places, beds, contracts, the occupancy norm, ceilings, moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.law import AGREEMENT, COA_NORM, CONTRACT, INPUT, NATIONAL_RECEPTION, RECEPTION
from planner.input.case import Case
from planner.input.kinds import Ground, PlaceKind, Standing
from planner.input.location import Location
from planner.input.people import Group
from planner.model.algebra import Constraint, Key, Variable, at_least, at_most, exactly, total
from planner.model.decisions import Decisions
from planner.model.rules.rule import Level, everybody, rule


@rule(
    title=("Iedereen heeft een plaats", "Everyone has a place"),
    sentence=(
        "Iedereen die er in een maand is, heeft die maand ergens een plaats.",
        "Everyone who is present in a month has a place somewhere in that month.",
    ),
    standing=Standing.LAW,
    source=RECEPTION.at("art. 19(1) en 20", "Arts. 19(1) and 20"),
    by_ground={
        # Articles 17 to 20 no longer apply, but a standard of living by the Charter does.
        Ground.TRANSFER: RECEPTION.at(
            "art. 21, tweede zin; Verordening (EU) 2024/1351, art. 18(1)",
            "Art. 21, second sentence; Regulation (EU) 2024/1351, Art. 18(1)",
        ),
        # Permit holders and returnees are no applicants.
        Ground.NATIONAL: NATIONAL_RECEPTION.at("Wet COA; Rva 2005"),
    },
    unit="persons",
    level=Level.UNPLACED,
)
def everyone_placed(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People placed and people without a place are together the people present."""
    placed: dict[tuple[str, dt.date], list[Variable]] = {}
    for (group, _, _, month), column in choose.people.items():
        placed.setdefault((group, month), []).append(column)
    for (group, month), missing in choose.unplaced.items():
        people = total(placed.get((group, month), []))
        present = choose.demand[group, month]
        yield exactly(people, present, Key(group=group, month=month), shortfall=missing)


@rule(
    title=("Niet meer bewoners dan plaatsen", "Nobody beyond the places"),
    sentence=(
        "Per locatie en soort zijn er niet meer mensen dan plaatsen in gebruik.",
        "At each location and kind there are no more people than places in use.",
    ),
    standing=Standing.RULING,
    source=CONTRACT.at("bedden", "beds"),
    unit="persons",
    level=None,
)
def people_within_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People in a kind of place at a location stay within its places in use."""
    for (location_id, kind, month), places in choose.places.items():
        people = list(choose.people_in(case, case.locations[location_id], kind, month))
        if people:
            key = Key(location=location_id, kind=kind, month=month)
            yield at_most(total(people) - places, 0, key)


@rule(
    title=("Plaatsen binnen de bedden", "Places within the beds"),
    sentence=(
        "De plaatsen van alle soorten samen passen in de bedden die de locatie die maand heeft.",
        "The places of all kinds together fit in the beds that the location has that month.",
    ),
    standing=Standing.RULING,
    source=CONTRACT.at("bedden en looptijd", "beds and term"),
    unit="places",
    level=None,
)
def places_within_beds(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Regular and DOL places share one pool of beds: those in contract, extended or opened."""
    for location_id, month in choose.footing:
        location = case.locations[location_id]
        places = total(choose.places[location_id, kind, month] for kind in location.kinds)
        key = Key(location=location_id, month=month)
        yield at_most(places - choose.capacity(location, month), 0, key)


@rule(
    title=("Alleen verlengen wat geopend is", "Extended only if opened"),
    sentence=(
        "Een kandidaat wordt niet verder verlengd dan hij geopend is.",
        "A candidate is extended no further than it is opened.",
    ),
    standing=Standing.RULING,
    source=CONTRACT.at("looptijd", "term"),
    unit="share",
    level=None,
    applies=("voor verlengbare kandidaten", "for candidates that can be extended"),
)
def extension_needs_opening(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The extended share of a candidate stays within its opened share."""
    for location_id, extended in choose.extend.items():
        if case.locations[location_id].candidate:
            opened = choose.open.get(location_id)
            left = extended if opened is None else extended - opened
            yield at_most(left, 0, Key(location=location_id))


@rule(
    title=("Gesloten blijft gesloten", "Closed stays closed"),
    sentence=(
        "Wat van een noodopvanglocatie eerder is gesloten, gaat niet weer open.",
        "What has been closed early of an emergency location does not open again.",
    ),
    standing=Standing.RULING,
    source=CONTRACT.at("looptijd", "term"),
    unit="share",
    level=None,
    applies=(
        "voor noodopvanglocaties met vaste kosten",
        "for emergency locations with fixed costs",
    ),
)
def closing_is_final(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The share given up never falls from one month to the next."""
    earlier: dict[str, Variable] = {}
    for (location_id, month), closed in choose.closed.items():
        if location_id in earlier:
            key = Key(location=location_id, month=month)
            yield at_least(closed - earlier[location_id], 0, key)
        earlier[location_id] = closed


@rule(
    title=("Gesloten wordt niet verlengd", "Closed is not extended"),
    sentence=(
        "Wat van een noodopvanglocatie eerder gesloten is, wordt daarna niet verlengd.",
        "What has been given up of an emergency location is not extended afterwards.",
    ),
    standing=Standing.RULING,
    source=CONTRACT.at("looptijd", "term"),
    unit="share",
    level=None,
    applies=(
        "voor verlengbare noodopvanglocaties met vaste kosten",
        "for extendable emergency locations with fixed costs",
    ),
)
def given_up_not_extended(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The share extended and the share given up in the contract's last month are at most one."""
    last = {location_id: closed for (location_id, _), closed in choose.closed.items()}
    for location_id, closed in last.items():
        if location_id in choose.extend:
            yield at_most(choose.extend[location_id] + closed, 1, Key(location=location_id))


def norm_of(case: Case, location: Location, kind: PlaceKind, month: dt.date) -> float:
    """Return the occupancy norm that holds for a kind of place at a location in a month."""
    if kind is PlaceKind.DOL:
        return case.parameters.number("dol_occupancy_norm", month)
    if location.occupancy_norm is not None:
        return location.occupancy_norm
    return case.parameters.number("occupancy_norm", month)


@rule(
    title=("Bezettingsnorm", "Occupancy norm"),
    sentence=(
        "Er wonen niet meer mensen dan de plaatsen maal de bezettingsnorm.",
        "No more people live there than the places times the occupancy norm.",
    ),
    standing=Standing.NORM,
    source=COA_NORM.at("91 % (eerder 96 %)", "91 % (earlier 96 %)"),
    unit="persons",
    level=Level.NORM,
    parameters=("occupancy_norm", "dol_occupancy_norm"),
    counts_unplaced=everybody,
)
def occupancy_norm(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Beds above the norm cannot really be filled: rooms are split by sex and family."""
    for (location_id, kind, month), places in choose.places.items():
        location = case.locations[location_id]
        people = list(choose.people_in(case, location, kind, month))
        norm = norm_of(case, location, kind, month)
        if people and norm < 1:
            key = Key(location=location_id, kind=kind, month=month)
            yield at_most(total(people) - norm * places, 0, key)


@rule(
    title=("Plafonds", "Ceilings"),
    sentence=(
        "Op locaties met een afgesproken of opgelegd plafond wonen niet meer mensen dan dat.",
        "At locations with an agreed or imposed ceiling live no more people than that.",
    ),
    standing=Standing.RULING,
    source=AGREEMENT.at("blad Plafonds", "sheet Ceilings"),
    unit="persons",
    level=Level.NORM,
    applies=("als het blad Plafonds rijen heeft", "where the sheet Ceilings has rows"),
)
def ceilings(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People at the locations of a ceiling stay within it, in its month or in every month."""
    for ceiling in case.ceilings:
        locations = [case.locations[each] for each in dict.fromkeys(ceiling.locations)]
        for month in case.months:
            if ceiling.month in (None, month):
                people = [c for each in locations for c in choose.people_at(case, each, month)]
                key = Key(location=";".join(ceiling.locations), month=month)
                if people:
                    yield at_most(total(people), ceiling.people, key)


@rule(
    title=("Maximum van de locatie", "Maximum of the location"),
    sentence=(
        "Op een locatie wonen niet meer mensen dan met de gemeente is afgesproken.",
        "No more people live at a location than has been agreed with the municipality.",
    ),
    standing=Standing.RULING,
    source=AGREEMENT.at("kolom Maximum personen", "column Maximum people"),
    unit="persons",
    level=Level.NORM,
    applies=("voor locaties met een maximum", "for locations with a maximum"),
)
def max_people(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People at a location stay within its agreed maximum."""
    for location in case.locations.values():
        if location.max_people is not None:
            for month in case.months:
                people = list(choose.people_at(case, location, month))
                if people:
                    key = Key(location=location.id, month=month)
                    yield at_most(total(people), location.max_people, key)


# What a move of children who go to school counts outside their holidays.
OUTSIDE_HOLIDAYS = 2.0


def move_weight(case: Case, group: Group, month: dt.date) -> float:
    """Return what a move counts: double outside school holidays where children go to school.

    The holidays run from their first month of the year through their last, also over New Year.
    """
    first = case.parameters.number("school_holiday_first_month", month)
    last = case.parameters.number("school_holiday_last_month", month)
    begun, lasts = month.month >= first, month.month <= last
    holiday = begun and lasts if first <= last else begun or lasts
    if group.school_share <= 0 or holiday:
        return group.move_weight
    return OUTSIDE_HOLIDAYS * group.move_weight


@rule(
    title=("Verhuizingen", "Moves"),
    sentence=(
        (
            "Mensen verhuizen alleen als het nodig is; buiten de schoolvakanties tellen groepen "
            "met schoolgaande kinderen dubbel."
        ),
        (
            "People are moved from one location to another only when necessary; outside school "
            "holidays groups with children at school count double."
        ),
    ),
    standing=Standing.LAW,
    source=RECEPTION.article("20(7)"),
    unit="persons",
    level=Level.MOVES,
    parameters=("school_holiday_first_month", "school_holiday_last_month"),
)
def moves(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """A group's fall at a location beyond its natural outflow is people moved out.

    The natural outflow is 1/stay of the month before; the first month is held against the
    occupancy.
    """
    for (group_id, location_id, month), moved in choose.moved_out.items():
        group, location = case.groups[group_id], case.locations[location_id]
        staying = 1.0 - (1.0 / group.stay_months if group.stay_months else 0.0)
        now = total(choose.of_group(group_id, location, month))
        key = Key(group=group_id, location=location_id, month=month)
        number = case.months.index(month)
        if number == 0:
            before = case.occupancy[location_id, group_id]
            left, limit = -1 * now, -staying * before
        else:
            earlier = total(choose.of_group(group_id, location, case.months[number - 1]))
            left, limit = staying * earlier - now, 0.0
        weight = move_weight(case, group, month)
        yield at_most(left, limit, key, weight=weight, shortfall=moved)


@rule(
    title=("Ten hoogste zoveel verhuizingen", "At most so many moves"),
    sentence=(
        "In een maand verhuizen niet meer mensen dan de planner heeft gezegd.",
        "No more people are moved in a month than the planner has said.",
    ),
    standing=Standing.CHOICE,
    source=INPUT.at("parameter moves_most_per_month"),
    unit="persons",
    level=Level.NORM,
    follows="moves",
    parameters=("moves_most_per_month",),
    applies=("als er een maximum is ingevuld", "where a most is filled in"),
)
def moves_most(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People moved in a month, over all groups and locations, stay within the most there may be.

    It stands with what operations can carry, before emergency reception: at the level of the
    moves themselves it would only come after everything that asks for them.
    """
    for month in case.months:
        most = case.parameters.optional("moves_most_per_month", month)
        moved = [c for (_, _, each), c in choose.moved_out.items() if each == month]
        if most is not None and moved:
            yield at_most(total(moved), most, Key(month=month))
