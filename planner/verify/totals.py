"""The tables that repeat what others say: they must say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from planner.verify.breach import Breach, BreachPlace, breach, differ
from planner.verify.moved_to import destination_breaches
from planner.verify.recount import TOLD_ELSEWHERE, Recount, compared
from planner.verify.tally import Tally


def total_breaches(tally: Tally, counted: Recount) -> Iterator[Breach]:
    """Yield where demand, moves or run-off are told otherwise than they are."""
    yield from chain(
        _demand(tally), _moves(tally, counted), destination_breaches(tally), _runoff(tally)
    )


def _demand(tally: Tally) -> Iterator[Breach]:
    """Yield groups and months where the people to house are not those of the input."""
    for key, people in tally.demand.items():
        told = tally.claim.demand.get(key, 0.0)
        if differ(told, people):
            spot = BreachPlace(group=key[0], month=key[1])
            yield breach("demand", abs(told - people), spot, told=told, counted=people)


def _moves(tally: Tally, counted: Recount) -> Iterator[Breach]:
    told = {
        BreachPlace(place, group=group, month=month): people
        for (group, place, month), people in tally.claim.moves.items()
    }
    return compared("moves", TOLD_ELSEWHERE, told, counted[TOLD_ELSEWHERE])


def _runoff(tally: Tally) -> Iterator[Breach]:
    """Beds in contract without any decision, beds needed at the norm, and what is missing."""
    for month in tally.case.months:
        portfolio, needed = _contracted(tally, month), _needed(tally, month)
        counted = (portfolio, needed, max(0.0, needed - portfolio))
        told = tally.claim.runoff.get(month, (0.0, 0.0, 0.0))
        names = ("portfolio_beds", "needed_beds", "shortage")
        for name, one, other in zip(names, told, counted, strict=True):
            if differ(one, other, needed):
                spot, off = BreachPlace(month=month), abs(one - other)
                yield breach("runoff", off, spot, column=name, told=one, counted=other)


def _contracted(tally: Tally, month: dt.date) -> float:
    return sum(
        location.beds
        for location in tally.case.locations.values()
        if not location.candidate and tally.beds.terms[location.id].in_contract(month)
    )


def _needed(tally: Tally, month: dt.date) -> float:
    people = sum(count for (_, each), count in tally.demand.items() if each == month)
    return people / tally.case.parameters.number("occupancy_norm", month)
