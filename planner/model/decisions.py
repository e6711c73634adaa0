"""`Decisions`: what may be chosen, one field per family, and `decide`, which opens them.

A choice that the input rules out has no column at all: a month outside the contract, a kind of
place that is barred for a group, a month in which nobody of the group is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from planner.input.case import Case, GroupMonth
from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.input.months import covers, later
from planner.model.algebra import Columns, Expression, Variable
from planner.model.demand import Demand, demand_of


class Footing(Enum):
    """On what footing a location's beds can be used in a month."""

    CONTRACT = "contract"  # the contract covers the whole month
    EXTENSION = "extension"  # only if the contract is extended
    CANDIDATE = "candidate"  # only if the location is opened


@dataclass(frozen=True)
class Decisions:
    """The columns of a problem by what they stand for.

    `pupils` is the part of each group that must have a school seat in a month.
    Units: `people` and `moved_out` persons, `places` and `dol_*` places, `unplaced` persons;
    `extend`, `open` and `closed` are shares from 0 to 1 (of the location's beds); `closed` is
    what has been given up by a month, the earlier months included. `worst_province` is the
    largest relative shortfall of a province's task, `worst_share` the largest part of any
    unprotected group without a place in a month. `dol_in_use` is 1 where a DOL part with a
    smallest size is in use and 0 where it is not, `dol_begun` 1 where anything is fitted out at a
    location that had no such part at the start; only a plan with whole locations has them.
    """

    columns: Columns
    demand: Mapping[GroupMonth, float]
    pupils: Mapping[GroupMonth, float]
    footing: Mapping[tuple[str, dt.date], Footing]
    people: dict[tuple[str, str, PlaceKind, dt.date], Variable] = field(default_factory=dict)
    places: dict[tuple[str, PlaceKind, dt.date], Variable] = field(default_factory=dict)
    dol_prepared: dict[tuple[str, dt.date], Variable] = field(default_factory=dict)
    dol_fitted_out: dict[tuple[str, dt.date], Variable] = field(default_factory=dict)
    dol_in_use: dict[tuple[str, dt.date], Variable] = field(default_factory=dict)
    dol_begun: dict[str, Variable] = field(default_factory=dict)
    extend: dict[str, Variable] = field(default_factory=dict)
    open: dict[str, Variable] = field(default_factory=dict)
    closed: dict[tuple[str, dt.date], Variable] = field(default_factory=dict)
    moved_out: dict[tuple[str, str, dt.date], Variable] = field(default_factory=dict)
    unplaced: dict[GroupMonth, Variable] = field(default_factory=dict)
    worst_share: dict[dt.date, Variable] = field(default_factory=dict)
    worst_province: list[Variable] = field(default_factory=list)

    def people_at(self, case: Case, location: Location, month: dt.date) -> Iterator[Variable]:
        """Yield the people columns of a location in a month, over groups and kinds."""
        for kind in location.kinds:
            yield from self.people_in(case, location, kind, month)

    def people_in(
        self, case: Case, location: Location, kind: PlaceKind, month: dt.date
    ) -> Iterator[Variable]:
        """Yield the people columns of a kind of place at a location in a month."""
        for group in case.groups:
            column = self.people.get((group, location.id, kind, month))
            if column is not None:
                yield column

    def of_group(self, group: str, location: Location, month: dt.date) -> list[Variable]:
        """Return the people columns of a group at a location in a month, over kinds."""
        people, here = self.people, location.id
        found = [people.get((group, here, kind, month)) for kind in location.kinds]
        return [column for column in found if column is not None]

    def capacity(self, location: Location, month: dt.date) -> Expression:
        """Return the beds that can be in use at a location in a month, by the decisions taken."""
        beds = float(location.beds)
        match self.footing.get((location.id, month)):
            case Footing.CONTRACT:
                closed = self.closed.get((location.id, month))
                whole = Expression(constant=beds)
                usable = whole if closed is None else whole - beds * closed
            case Footing.EXTENSION:
                usable = beds * self.extend[location.id]
            case Footing.CANDIDATE:
                usable = beds * self.open[location.id]
            case _:
                usable = Expression()
        return usable


def decide(case: Case, *, whole: bool = False, demand: Demand | None = None) -> Decisions:
    """Open every choice the case allows.

    `whole` makes extensions and openings all or nothing, and DOL parts in use or not. The `demand`
    of the case may be given where it is known.
    """
    columns = Columns()
    asked = demand or demand_of(case)
    choose = Decisions(columns, asked.people, asked.pupils, _footings(case))
    stages = {month: number for number, month in enumerate(case.months)}
    for location in case.locations.values():
        _decide_terms(case, choose, location, whole=whole)
        groups = {
            kind: [group for group in case.groups if may_stay(case, group, location, kind)]
            for kind in location.kinds
        }
        for month, stage in stages.items():
            if (location.id, month) in choose.footing:
                _decide_month(choose, location, groups, month, stage)
        _decide_sections(choose, location, stages, whole=whole)
        _decide_closing(choose, location, stages)
    _decide_unplaced(case, choose, stages)
    _decide_moves(case, choose, stages)
    if any(province.task for province in case.provinces.values()):
        choose.worst_province.append(columns.add(stage=-1))
    return choose


def footing_of(location: Location, month: dt.date, first: dt.date) -> Footing | None:
    """Return on what footing a location can be used in a month; `None` when it cannot.

    A candidate can be used from the later of its first day and the first planning month plus its
    lead time.
    """
    if location.candidate and month < later(first, location.lead_time_months):
        return None
    if covers(month, location.open_from, location.open_until):
        return Footing.CANDIDATE if location.candidate else Footing.CONTRACT
    extendable = location.open_until is not None and location.extendable_until is not None
    if extendable and covers(month, location.open_from, location.extendable_until):
        return Footing.EXTENSION
    return None


def _footings(case: Case) -> dict[tuple[str, dt.date], Footing]:
    found = {}
    for location in case.locations.values():
        for month in case.months:
            footing = footing_of(location, month, case.months[0])
            if footing is not None:
                found[location.id, month] = footing
    return found


def _decide_terms(case: Case, choose: Decisions, location: Location, *, whole: bool) -> None:
    """Open the extension of a contract and the opening of a candidate."""
    footings = {choose.footing.get((location.id, month)) for month in case.months}
    if Footing.EXTENSION in footings:
        choose.extend[location.id] = choose.columns.add(stage=-1, upper=1, whole=whole)
    if location.candidate and footings != {None}:
        choose.open[location.id] = choose.columns.add(stage=-1, upper=1, whole=whole)


def _decide_month(
    choose: Decisions,
    location: Location,
    groups: Mapping[PlaceKind, list[str]],
    month: dt.date,
    stage: int,
) -> None:
    """Open a location's places in one month, and their people of the groups that may stay there."""
    for kind, may in groups.items():
        limit = location.dol_beds if kind is PlaceKind.DOL else location.beds
        choose.places[location.id, kind, month] = choose.columns.add(stage=stage, upper=limit)
        for group in may:
            if choose.demand[group, month] > 0:
                key = (group, location.id, kind, month)
                choose.people[key] = choose.columns.add(stage=stage)
    if PlaceKind.DOL in location.kinds:
        limit = location.dol_beds
        choose.dol_prepared[location.id, month] = choose.columns.add(stage=stage, upper=limit)
        choose.dol_fitted_out[location.id, month] = choose.columns.add(stage=stage, upper=limit)


def _decide_sections(
    choose: Decisions, location: Location, stages: Mapping[dt.date, int], *, whole: bool
) -> None:
    """Open whether a DOL part that has a smallest size is begun, and in use month by month."""
    if not whole or not location.dol_beds or not location.dol_min_section:
        return
    for month, stage in stages.items():
        if (location.id, month) in choose.footing:
            used = choose.columns.add(stage=stage, upper=1, whole=True)
            choose.dol_in_use[location.id, month] = used
    there = any((location.id, month) in choose.footing for month in stages)
    if there and (location.candidate or not location.dol_prepared):
        choose.dol_begun[location.id] = choose.columns.add(stage=-1, upper=1, whole=True)


def may_stay(case: Case, group_id: str, location: Location, kind: PlaceKind) -> bool:
    """Whether a group may be placed in a kind of place at a location at all.

    Families in a DOL part need a child-suitable location with at least one school seat: Articles
    14, 16, 22 and 24 to 28 of Directive (EU) 2024/1346 survive its Article 21.
    """
    group = case.groups[group_id]
    if group.suitability(kind) is Suitability.BARRED:
        return False
    if kind is PlaceKind.DOL and group.needs_child_suitable:
        return location.child_suitable and (location.school_seats or 0) >= 1
    return True


def _decide_closing(choose: Decisions, location: Location, stages: Mapping[dt.date, int]) -> None:
    """Open giving up an emergency location before its contract ends, where that saves costs."""
    if not location.emergency or not location.fixed_cost_month or location.candidate:
        return
    for month, stage in stages.items():
        if choose.footing.get((location.id, month)) is Footing.CONTRACT:
            choose.closed[location.id, month] = choose.columns.add(stage=stage, upper=1)


def _decide_unplaced(case: Case, choose: Decisions, stages: Mapping[dt.date, int]) -> None:
    """Open going without a place, and per month the largest part of an unprotected group."""
    for group in case.groups:
        for month, stage in stages.items():
            needed = choose.demand[group, month]
            if needed > 0:
                choose.unplaced[group, month] = choose.columns.add(stage=stage, upper=needed)
    for month, stage in stages.items():
        present = (group for group, each in choose.unplaced if each == month)
        if any(not case.groups[group].is_protected for group in present):
            choose.worst_share[month] = choose.columns.add(stage=stage, upper=1)


def _decide_moves(case: Case, choose: Decisions, stages: Mapping[dt.date, int]) -> None:
    """Open moves out of every location where somebody of the group can have been before."""
    for group in case.groups:
        for location in case.locations.values():
            present = case.occupancy.get((location.id, group), 0) > 0
            for month, stage in stages.items():
                if present:
                    key = (group, location.id, month)
                    choose.moved_out[key] = choose.columns.add(stage=stage)
                present = bool(choose.of_group(group, location, month))
