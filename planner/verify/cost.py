"""What a plan costs, counted again from its figures."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind
from planner.verify.recount import Recount
from planner.verify.tally import Tally

ADMITTED_OR_BEFORE = {"backlog", "permits", "family_reunion", "resettled"}


class Paid(NamedTuple):
    """An amount in euros: for what, where it is at a place, for which kind, in which month."""

    line: str
    place: str
    kind: PlaceKind | None
    month: dt.date | None
    amount: float


def cost(tally: Tally, counted: Recount) -> float:
    """Return the cost of the plan in euros."""
    return sum(each.amount for each in paid(tally, counted))


def paid(tally: Tally, counted: Recount) -> Iterator[Paid]:
    """Yield everything that counts in the cost of the plan."""
    return chain(
        _places(tally),
        _fixed(tally),
        _decisions(tally),
        _moves(tally, counted),
        _preferences(tally),
        _of_everyone(tally.case, tally.demand),
    )


def _places(tally: Tally) -> Iterator[Paid]:
    """Yield the cost of the places in use: a location's own, else the usual; DOL costs extra."""
    parameters = tally.case.parameters
    for (place, kind, month), places in tally.claim.places.items():
        location = tally.case.locations[place]
        each = location.cost_per_bed_month
        if each is None:
            usual = "emergency" if location.type.base_kind in EMERGENCY_KINDS else "regular"
            each = parameters.optional(f"cost_{usual}_bed_month", month) or 0.0
        yield Paid("cost_places", place, kind, month, places * each)
        if kind is PlaceKind.DOL:
            extra = parameters.optional("dol_extra_cost_month", month) or 0.0
            yield Paid("cost_dol_extra", place, kind, month, places * extra)


def _fixed(tally: Tally) -> Iterator[Paid]:
    """Yield the fixed costs, for the part of each location that is under contract."""
    for (place, month), share in tally.beds.share.items():
        location = tally.case.locations[place]
        amount = share * (location.fixed_cost_month or 0.0)
        yield Paid("cost_fixed", place, location.type.base_kind, month, amount)


def _decisions(tally: Tally) -> Iterator[Paid]:
    """Yield what opening, extending and fitting out cost, by the share or the places."""
    for (place, decision, month), value in tally.claim.decisions.items():
        location = tally.case.locations[place]
        base = location.type.base_kind
        match decision:
            case "open":
                amount = value * (location.opening_cost or 0.0)
                yield Paid("cost_opening", place, base, month, amount)
            case "extend":
                amount = value * (location.extension_cost or 0.0)
                yield Paid("cost_extension", place, base, month, amount)
            case "prepare_dol":
                each = tally.case.parameters.optional("dol_fitting_cost", month) or 0.0
                yield Paid("cost_fitting", place, PlaceKind.DOL, month, value * each)
            case _:
                pass


def _moves(tally: Tally, counted: Recount) -> Iterator[Paid]:
    for each in counted["moves"]:
        cost_each = tally.case.parameters.optional("move_cost", each.spot.month) or 0.0
        base = tally.case.locations[each.spot.location].type.base_kind
        amount = each.amount * cost_each
        yield Paid("cost_moves", each.spot.location, base, each.spot.month, amount)


def _preferences(tally: Tally) -> Iterator[Paid]:
    for (group, place, kind, month), people in tally.claim.people.items():
        amount = people * tally.case.preferences.get((group, place), 0.0)
        yield Paid("cost_preferences", place, kind, month, amount)


def _of_everyone(case: Case, demand: Mapping[tuple[str, dt.date], float]) -> Iterator[Paid]:
    """Yield what is paid for everyone who applies or is new, wherever they live."""
    arrived = _arrived(case)
    for month in case.months:
        known = {
            name: case.parameters.optional(name, month) or 0.0
            for name in (
                "allowance_month",
                "needs_assessment_cost",
                "information_session_cost",
                "information_group_size",
            )
        }
        new = sum(demand[name, month] for name, group in case.groups.items() if group.registers)
        people, size = arrived.get(month, 0.0), known["information_group_size"]
        sessions = math.ceil(people / size) if size else 0
        amounts = {
            "cost_allowance": new * known["allowance_month"],
            "cost_assessments": people * known["needs_assessment_cost"],
            "cost_information": sessions * known["information_session_cost"],
        }
        for line, amount in amounts.items():
            yield Paid(line, "", None, month, amount)


def _arrived(case: Case) -> dict[dt.date, float]:
    """Return who applies in each month in the scenario, not who did or was admitted before."""
    names = {each.scenario for each in case.inflow}
    only = min(names) if len(names) == 1 else "middle"
    name = case.scenario if case.scenario in names else only
    people: dict[dt.date, float] = {}
    for each in case.inflow:
        if each.scenario == name and each.stream not in ADMITTED_OR_BEFORE:
            people[each.month] = people.get(each.month, 0.0) + each.people
    return people
