"""Everything that a plan may choose, each within bounds that the input gives, as open figures.

Stated here once more, from what the rules say of who may live where and of what can be decided.
Only an emergency location with fixed costs can be given up before its contract ends.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind, Suitability
from planner.input.location import Location
from planner.input.people import Group
from planner.verify.affine import Affine
from planner.verify.claim import Claim, DolPart
from planner.verify.levels import begins
from planner.verify.tally import Tally, expected, pupils_of
from planner.verify.terms import Beds, UsableMonths, terms_of

PlaceMonth = tuple[str, dt.date]


@dataclass
class Choices:
    """The choices of a case as open figures, by what they stand for; `most` bounds each above.

    None is below zero. `closed` is what has been given up by a month; `worst_share` and
    `worst_province` are the largest of their sort.
    """

    case: Case
    whole: bool
    most: list[float] = field(default_factory=list)
    people: dict[tuple[str, str, PlaceKind, dt.date], Affine] = field(default_factory=dict)
    places: dict[tuple[str, PlaceKind, dt.date], Affine] = field(default_factory=dict)
    prepared: dict[PlaceMonth, Affine] = field(default_factory=dict)
    newly: dict[PlaceMonth, Affine] = field(default_factory=dict)
    in_use: dict[PlaceMonth, Affine] = field(default_factory=dict)
    begun: dict[str, Affine] = field(default_factory=dict)
    opened: dict[str, Affine] = field(default_factory=dict)
    extended: dict[str, Affine] = field(default_factory=dict)
    closed: dict[PlaceMonth, Affine] = field(default_factory=dict)
    unplaced: dict[tuple[str, dt.date], Affine] = field(default_factory=dict)
    worst_share: dict[dt.date, Affine] = field(default_factory=dict)
    worst_province: Affine | None = None

    def new(self, most: float) -> Affine:
        """Return a new choice between zero and a most."""
        self.most.append(most)
        return Affine({len(self.most) - 1: 1.0})

    def highest(self, figure: Affine) -> float:
        """Return what a figure comes to at most within the bounds of its choices."""
        return figure.constant + sum(
            share * self.most[choice] for choice, share in figure.parts.items() if share > 0
        )


def open_choices(case: Case, *, whole: bool) -> tuple[Choices, Tally]:
    """Return the choices of a case, and its people, places and beds added up from them."""
    open_ = Choices(case, whole)
    demand = expected(case)
    terms = {each.id: terms_of(each, case.months[0]) for each in case.locations.values()}
    share: dict[PlaceMonth, Any] = {}
    for location in case.locations.values():
        _decisions(open_, location, terms[location.id])
        for month in case.months:
            share[location.id, month] = _share(open_, location, terms[location.id], month)
            if terms[location.id].usable(month):
                _in_month(open_, location, month, demand)
    for (group, month), people in demand.items():
        if people > 0:
            open_.unplaced[group, month] = open_.new(people)
            if month not in open_.worst_share and not case.groups[group].is_protected:
                open_.worst_share[month] = open_.new(1.0)
    if any(each.task for each in case.provinces.values()):
        open_.worst_province = open_.new(1.0)
    capacity = {key: case.locations[key[0]].beds * part for key, part in share.items()}
    return open_, _added_up(open_, demand, Beds(terms, share, capacity))


def _decisions(open_: Choices, location: Location, terms: UsableMonths) -> None:
    """Open the opening of a candidate and the extension of a contract."""
    if location.candidate and any(map(terms.usable, open_.case.months)):
        open_.opened[location.id] = open_.new(1.0)
    if any(map(terms.by_extension, open_.case.months)):
        open_.extended[location.id] = open_.new(1.0)
    if open_.whole and begins(location) and any(map(terms.usable, open_.case.months)):
        open_.begun[location.id] = open_.new(1.0)


def _share(
    open_: Choices, location: Location, terms: UsableMonths, month: dt.date
) -> Affine | float:
    """Return the part of a location's beds there is in a month by its decisions."""
    if not terms.usable(month):
        return 0.0
    if not terms.in_contract(month):
        return open_.extended[location.id]
    if location.candidate:
        return open_.opened[location.id]
    if location.type.base_kind in EMERGENCY_KINDS and location.fixed_cost_month:
        closed = open_.closed[location.id, month] = open_.new(1.0)
        return 1.0 - closed
    return 1.0


def _in_month(
    open_: Choices, location: Location, month: dt.date, demand: dict[tuple[str, dt.date], float]
) -> None:
    """Open the places and people of a location in a month, and its DOL part."""
    for kind in location.kinds:
        beds = location.dol_beds if kind is PlaceKind.DOL else location.beds
        open_.places[location.id, kind, month] = open_.new(beds)
        for group in open_.case.groups.values():
            people = demand[group.group, month]
            if people > 0 and may_live(group, location, kind):
                key = (group.group, location.id, kind, month)
                open_.people[key] = open_.new(min(beds, people))
    if location.dol_beds > 0:
        speed = open_.case.parameters.optional("dol_growth_per_month", month)
        most = location.dol_beds if speed is None else min(speed, location.dol_beds)
        open_.prepared[location.id, month] = open_.new(location.dol_beds)
        open_.newly[location.id, month] = open_.new(most)
        if open_.whole and location.dol_min_section:
            open_.in_use[location.id, month] = open_.new(1.0)


def may_live(group: Group, location: Location, kind: PlaceKind) -> bool:
    """Whether anybody of a group may live in a kind of place at a location."""
    if group.suitability(kind) is Suitability.BARRED:
        return False
    child = location.child_suitable and (location.school_seats or 0) >= 1
    return child or not (kind is PlaceKind.DOL and group.needs_child_suitable)


def _added_up(open_: Choices, demand: dict[tuple[str, dt.date], float], beds: Beds) -> Tally:
    sums: list[Any] = [defaultdict(float) for _ in range(4)]
    in_kind, of_group, at, placed = sums
    for (group, location, kind, month), people in open_.people.items():
        in_kind[location, kind, month] += people
        of_group[group, location, month] += people
        at[location, month] += people
        placed[group, month] += people
    decisions: dict[tuple[str, str, dt.date | None], Any] = {
        **{(location, "open", None): share for location, share in open_.opened.items()},
        **{(location, "extend", None): share for location, share in open_.extended.items()},
        **{(place, "prepare_dol", month): new for (place, month), new in open_.newly.items()},
    }
    people_: Any = open_.people
    places: Any = open_.places
    unplaced: Any = open_.unplaced
    dol: Any = {key: DolPart(prepared=each) for key, each in open_.prepared.items()}  # type: ignore[arg-type]
    claim = Claim(people_, places, {}, dol, (), {}, None, decisions, {}, {})
    return Tally(
        open_.case, claim, beds, dict(in_kind), dict(of_group), dict(at), dict(placed), demand,
        pupils_of(open_.case, demand), unplaced,
    )  # fmt: skip
