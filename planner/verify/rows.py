"""What binds the choices of a plan, as rows: no plan goes beyond these, whatever it chooses."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from planner.input.kinds import Pinned, PlaceKind
from planner.input.pins import Pin
from planner.verify.affine import Affine
from planner.verify.breach import BreachPlace
from planner.verify.choices import Choices
from planner.verify.tally import Tally


@dataclass(frozen=True)
class PricedRow:
    """A row: a figure that is at most zero, or exactly zero, by the name under which it is priced.

    A name is that of the rule, how it binds, and its spot.
    """

    name: str
    figure: Affine
    exact: bool = False


def name_of(rule: str, sense: str, spot: BreachPlace) -> str:
    """Return the name of a row; what is about DOL alone leaves the kind out."""
    kind = "" if spot.kind is None or rule.startswith("dol_") else spot.kind.value
    month = "" if spot.month is None else f"{spot.month:%Y-%m}"
    where = f"{spot.location}|{kind}|{spot.province}|{spot.region}|{spot.group}"
    return f"{rule}|{sense}|{where}|{month}"


def at_most(rule: str, spot: BreachPlace, figure: Affine, limit: Affine | float) -> PricedRow:
    """Return that a figure stays within a limit."""
    return PricedRow(name_of(rule, "<", spot), figure - limit)


def at_least(rule: str, spot: BreachPlace, figure: Affine, limit: Affine | float) -> PricedRow:
    """Return that a figure reaches a limit."""
    return PricedRow(name_of(rule, ">", spot), limit - figure)


def exactly(rule: str, spot: BreachPlace, figure: Affine, limit: Affine | float) -> PricedRow:
    """Return that a figure is what it must be."""
    return PricedRow(name_of(rule, "=", spot), figure - limit, exact=True)


def hard_rows(open_: Choices, tally: Tally) -> Iterator[PricedRow]:
    """Yield every row that no plan may break."""
    yield from chain(
        _balance(open_, tally),
        _places(open_, tally),
        _terms(open_),
        _dol(open_, tally),
        _begun(open_),
        _provinces(open_, tally),
        _pins(open_),
    )


def _balance(open_: Choices, tally: Tally) -> Iterator[PricedRow]:
    """Yield that placed and unplaced are together who is there, and the largest part no smaller."""
    for (group, month), missing in open_.unplaced.items():
        spot = BreachPlace(group=group, month=month)
        there = tally.demand[group, month]
        people = missing + tally.placed.get((group, month), 0.0)
        yield exactly("everyone_placed", spot, people, there)
        if not open_.case.groups[group].is_protected:
            most = open_.worst_share[month] * max(1.0, there)
            yield at_least("largest_share", spot, most, missing)


def _places(open_: Choices, tally: Tally) -> Iterator[PricedRow]:
    """Yield that people stay within places, and places of all kinds within the beds there are."""
    used: dict[tuple[str, dt.date], Affine] = {}
    for (location, kind, month), places in open_.places.items():
        people = tally.in_kind.get((location, kind, month))
        if people is not None:
            spot = BreachPlace(location, kind, month=month)
            yield at_most("people_within_places", spot, people, places)  # type: ignore[arg-type] # open
        used.setdefault((location, month), Affine({})).add(places, 1.0)
    for (location, month), places in used.items():
        beds = tally.beds.capacity[location, month]
        yield at_most("places_within_beds", BreachPlace(location, month=month), places, beds)


def _terms(open_: Choices) -> Iterator[PricedRow]:
    """Yield that only what is opened is extended, and what is closed stays so unextended."""
    for location, extended in open_.extended.items():
        if open_.case.locations[location].candidate:
            opened = open_.opened.get(location, 0.0)
            yield at_most("extension_needs_opening", BreachPlace(location), extended, opened)
    last: dict[str, Affine] = {}
    for (location, month), closed in open_.closed.items():
        if location in last:
            spot = BreachPlace(location, month=month)
            yield at_least("closing_is_final", spot, closed, last[location])
        last[location] = closed
    for location, closed in last.items():
        if location in open_.extended:
            both = open_.extended[location] + closed
            yield at_most("given_up_not_extended", BreachPlace(location), both, 1.0)


def _dol(open_: Choices, tally: Tally) -> Iterator[PricedRow]:
    """Yield that DOL parts are within what is fitted out, step by step, no faster than may be."""
    before: dict[str, Affine] = {}
    extended: dict[str, bool] = {}
    growth: dict[dt.date, Affine] = defaultdict(lambda: Affine({}))
    shrinks = bool(open_.case.parameters.optional("dol_may_shrink"))
    for (place, month), prepared in open_.prepared.items():
        location, terms = open_.case.locations[place], tally.beds.terms[place]
        spot = BreachPlace(place, PlaceKind.DOL, month=month)
        places, newly = open_.places[place, PlaceKind.DOL, month], open_.newly[place, month]
        growth[month].add(newly, 1.0)
        yield at_most("dol_within_prepared", spot, places, prepared)
        by_extension = terms.by_extension(month)
        if by_extension or location.candidate:
            taken = open_.extended[place] if by_extension else open_.opened[place]
            yield at_most("dol_within_part", spot, prepared, taken * location.dol_beds)
        if (place, month) in open_.in_use:
            used = open_.in_use[place, month]
            yield at_most("dol_smallest_part", spot, places, used * location.dol_beds)
            yield at_least("dol_smallest_part", spot, places, used * location.dol_min_section)
        first = 0.0 if location.candidate else float(min(location.dol_prepared, location.dol_beds))
        grown = prepared - newly - before.get(place, first)
        passes = by_extension and not extended.get(place, False)
        if shrinks:
            yield at_most("dol_never_shrinks", spot, grown, 0.0)
        elif passes:
            left = open_.extended[place] * location.dol_beds - location.dol_beds
            yield at_most("dol_never_shrinks", spot, grown, 0.0)
            yield at_least("dol_never_shrinks", spot, grown, left)
        else:
            yield exactly("dol_never_shrinks", spot, grown, 0.0)
        before[place], extended[place] = prepared, by_extension
    for month, newly in growth.items():
        speed = open_.case.parameters.optional("dol_growth_per_month", month)
        if speed is not None:
            yield at_most("dol_growth", BreachPlace(month=month), newly, speed)


def _begun(open_: Choices) -> Iterator[PricedRow]:
    """Yield that nothing is fitted out where no DOL part is begun.

    A place is as much of a part everywhere. One that may shrink may be fitted out every month.
    """
    shrinks = bool(open_.case.parameters.optional("dol_may_shrink"))
    in_all: dict[str, Affine] = defaultdict(lambda: Affine({}))
    for (place, _), newly in open_.newly.items():
        in_all[place].add(newly, 1.0)
    largest = max((open_.case.locations[place].dol_beds for place in open_.begun), default=0)
    most = largest * (len(open_.case.months) if shrinks else 1)
    for place, begun in open_.begun.items():
        yield at_most("dol_smallest_part", BreachPlace(place), in_all[place], begun * most)


def _provinces(open_: Choices, tally: Tally) -> Iterator[PricedRow]:
    """Yield that the largest arrears of a province are no smaller than those of each."""
    if open_.worst_province is None:
        return
    durable: dict[tuple[str, dt.date], Affine] = defaultdict(lambda: Affine({}))
    for (place, month), beds in tally.beds.capacity.items():
        location = open_.case.locations[place]
        if location.durable:
            durable[location.province, month].add(beds, 1.0)
    for province in open_.case.provinces.values():
        for month in open_.case.months:
            if province.task:
                spot = BreachPlace(province=province.province, month=month)
                worst = durable[province.province, month] + open_.worst_province * province.task
                yield at_least("province_worst", spot, worst, province.task)


def _pins(open_: Choices) -> Iterator[PricedRow]:
    """Yield that what the planner has fixed is so."""
    for pin in open_.case.pins:
        figure = _pinned(open_, pin)
        if figure is None or not figure.parts:
            continue
        of_places = pin.decision in {Pinned.PLACES, Pinned.PREPARE_DOL}
        rule = "pinned_places" if of_places else "pinned_decisions"
        kind = PlaceKind.DOL if pin.decision is Pinned.PREPARE_DOL else None
        yield exactly(rule, BreachPlace(pin.location, kind, month=pin.month), figure, pin.value)


def _pinned(open_: Choices, pin: Pin) -> Affine | None:
    match pin.decision:
        case Pinned.OPEN:
            return open_.opened.get(pin.location)
        case Pinned.EXTEND:
            return open_.extended.get(pin.location)
        case Pinned.PREPARE_DOL:
            return open_.prepared.get((pin.location, pin.month))
        case Pinned.PLACES:
            total = Affine({})
            for kind in open_.case.locations[pin.location].kinds:
                total.add(open_.places.get((pin.location, kind, pin.month), 0.0), 1.0)
            return total
        case _:
            return None if pin.value else open_.closed.get((pin.location, pin.month))
