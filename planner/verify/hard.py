"""What no plan can do: the balance, who may live where, beds, terms, and the DOL parts."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.verify.breach import Breach, BreachPlace, above, breach, differ
from planner.verify.claim import DolPart
from planner.verify.pins import pin_breaches
from planner.verify.tally import Tally

ONCE = {"open", "extend"}


def hard_breaches(tally: Tally) -> Iterator[Breach]:
    """Yield each breach of a rule that is physics or arithmetic."""
    yield from chain(
        _decisions(tally),
        _balance(tally),
        _eligibility(tally),
        _people_in_places(tally),
        _places_in_beds(tally),
        _dol_parts(tally),
        _dol_growth(tally),
        pin_breaches(tally),
    )


def _decisions(tally: Tally) -> Iterator[Breach]:
    """Yield decisions that cannot be taken there, or then."""
    decisions = tally.claim.decisions
    for (location, decision, month), value in decisions.items():
        spot = BreachPlace(location, month=month)
        if month is None and decision not in ONCE:
            yield breach("decision_without_month", value, spot, decision=decision)
        elif value and not _possible(tally, location, decision, month):
            yield breach("decision_impossible", value, spot, decision=decision, value=value)
    yield from _totals_of_decisions(decisions)


def _totals_of_decisions(
    decisions: dict[tuple[str, str, dt.date | None], float],
) -> Iterator[Breach]:
    """Yield decisions taken twice, or together about more than the whole."""
    taken = Counter((location, decision) for location, decision, _ in decisions)
    for (location, decision), count in taken.items():
        if decision in ONCE and count > 1:
            yield breach("decision_twice", count, BreachPlace(location), decision=decision)
    shares: dict[tuple[str, str], float] = defaultdict(float)
    for (location, decision, _), value in decisions.items():
        if decision != "prepare_dol":
            shares[location, decision] += value
    for location in {each for each, decision in shares if decision == "extend"}:
        # What has been given up cannot be extended: the two share one location.
        shares[location, "extend"] += shares.get((location, "close_early"), 0.0)
    for (location, decision), share in shares.items():
        if above(share, 1.0):
            spot = BreachPlace(location)
            yield breach("decision_above_one", share - 1, spot, decision=decision, value=share)


def _possible(tally: Tally, place: str, decision: str, when: dt.date | None) -> bool:
    """Whether a decision can be taken about a location, where it has a moment at that moment."""
    location, terms = tally.case.locations[place], tally.beds.terms[place]
    match decision:
        case "open":
            return location.candidate
        case "extend":
            return any(terms.by_extension(month) for month in tally.case.months)
        case "prepare_dol":
            return location.dol_beds > 0 and when is not None and terms.usable(when)
        case _:
            return when is not None and terms.in_contract(when)


def _balance(tally: Tally) -> Iterator[Breach]:
    """Yield people placed who are not there; who has no place is counted with the shortfalls."""
    for (group, month), people in tally.demand.items():
        placed = tally.placed.get((group, month), 0.0)
        if above(placed, people):
            spot = BreachPlace(group=group, month=month)
            yield breach("placed_above_demand", placed - people, spot, placed=placed, people=people)


def _eligibility(tally: Tally) -> Iterator[Breach]:
    """Yield people in a kind of place that is not there, or not for their group."""
    case = tally.case
    for (group_id, place, kind, month), people in tally.claim.people.items():
        if not above(people, 0.0):
            continue
        location, group = case.locations[place], case.groups[group_id]
        spot = BreachPlace(place, kind, group=group_id, month=month)
        if kind not in location.kinds:
            yield breach("kind_absent", people, spot, amount=people)
        if group.suitability(kind) is Suitability.BARRED:
            yield breach("barred", people, spot, people=people)
        child = location.child_suitable and (location.school_seats or 0) >= 1
        if kind is PlaceKind.DOL and group.needs_child_suitable and not child:
            yield breach("dol_family", people, spot, people=people)


def _people_in_places(tally: Tally) -> Iterator[Breach]:
    for (place, kind, month), people in tally.in_kind.items():
        places = tally.claim.places.get((place, kind, month), 0.0)
        if above(people, places):
            spot = BreachPlace(place, kind, month=month)
            yield breach("people_above_places", people - places, spot, people=people, places=places)


def _places_in_beds(tally: Tally) -> Iterator[Breach]:
    """Yield places beyond the beds there are, and beds told otherwise than there are."""
    case, claim, beds = tally.case, tally.claim, tally.beds
    used: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (place, kind, month), places in claim.places.items():
        used[place, month] += places
        spot = BreachPlace(place, kind, month=month)
        if above(places, 0.0) and kind not in case.locations[place].kinds:
            yield breach("kind_absent", places, spot, amount=places)
        told, there = claim.beds[place, kind, month], beds.capacity[place, month]
        if differ(told, there, case.locations[place].beds):
            yield breach("beds_differ", abs(told - there), spot, told=told, there=there)
    for (place, month), there in beds.capacity.items():
        places, spot = used.get((place, month), 0.0), BreachPlace(place, month=month)
        if not above(places, there, case.locations[place].beds):
            continue
        if beds.terms[place].usable(month):
            yield breach("places_above_beds", places - there, spot, places=places, there=there)
        else:
            yield breach("outside_terms", places, spot, places=places)


def _dol_parts(tally: Tally) -> Iterator[Breach]:
    """Yield DOL parts that are not there, too large, or not fitted out step by step."""
    case, claim = tally.case, tally.claim
    for place, month in claim.dol:
        if case.locations[place].dol_beds == 0:
            spot = BreachPlace(place, PlaceKind.DOL, month=month)
            yield breach("kind_absent", claim.dol[place, month].prepared, spot, amount=0)
    for location in case.locations.values():
        if location.dol_beds > 0:
            yield from _dol_part(tally, location)


def _dol_part(tally: Tally, location: Location) -> Iterator[Breach]:
    """Yield the breaches of one DOL part, month by month."""
    terms = tally.beds.terms[location.id]
    # A candidate still has everything to fit out.
    before = 0.0 if location.candidate else float(min(location.dol_prepared, location.dol_beds))
    extended = False
    may_shrink = bool(tally.case.parameters.optional("dol_may_shrink"))
    for month in tally.case.months:
        key, spot = (location.id, month), BreachPlace(location.id, PlaceKind.DOL, month=month)
        part = tally.claim.dol.get(key, DolPart())
        yield from _dol_figures(tally, location, month)
        most = location.dol_beds * tally.beds.share[key]
        if above(part.prepared, most, location.dol_beds):
            over = part.prepared - most
            yield breach("dol_above_part", over, spot, prepared=part.prepared, most=most)
        if not terms.usable(month):
            continue
        new = tally.claim.decisions.get((location.id, "prepare_dol", month), 0.0)
        # Passing into an extension, the part falls away as far as the location is not extended.
        passes = terms.by_extension(month) and not extended
        lost = location.dol_beds - most if passes else 0.0
        extended = terms.by_extension(month)
        grown = above(part.prepared, before + new, location.dol_beds)
        shrunk = above(before + new - lost, part.prepared, location.dol_beds)
        if grown or (shrunk and not may_shrink):
            off = abs(part.prepared - before - new)
            yield breach("dol_steps", off, spot, prepared=part.prepared, before=before, new=new)
        before = part.prepared


def _dol_figures(tally: Tally, location: Location, month: dt.date) -> Iterator[Breach]:
    """Yield where the DOL table differs from places and people, and places not fitted out."""
    key = (location.id, PlaceKind.DOL, month)
    spot = BreachPlace(location.id, PlaceKind.DOL, month=month)
    part = tally.claim.dol.get((location.id, month), DolPart())
    places = tally.claim.places.get(key, 0.0)
    people = tally.in_kind.get(key, 0.0)
    told = (("in_use", part.in_use, places), ("people", part.people, people))
    for name, figure, counted in (*told, ("idle", part.idle, places - people)):
        if differ(figure, counted, places):
            off = abs(figure - counted)
            yield breach("dol_figures", off, spot, column=name, told=figure, counted=counted)
    if above(places, part.prepared):
        over = places - part.prepared
        yield breach("dol_above_prepared", over, spot, places=places, prepared=part.prepared)


def _dol_growth(tally: Tally) -> Iterator[Breach]:
    """Yield months in which more is fitted out nationally than the growth speed allows."""
    for month in tally.case.months:
        new = sum(
            value
            for (_, decision, each), value in tally.claim.decisions.items()
            if decision == "prepare_dol" and each == month
        )
        speed = tally.case.parameters.optional("dol_growth_per_month", month)
        if speed is not None and above(new, speed):
            yield breach("dol_growth", new - speed, BreachPlace(month=month), new=new, speed=speed)
