"""What a plan costs, counted again from its figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from planner.tables.kinds import PlaceKind
from planner.verify.recount import Recount
from planner.verify.tally import Tally


def cost(tally: Tally, counted: Recount) -> float:
    """Return the cost of the plan in euros: places, terms, fitting out, moves, preferences."""
    return sum(
        chain(
            _places(tally),
            _fixed(tally),
            _decisions(tally),
            _moves(tally, counted),
            _preferences(tally),
        )
    )


def _places(tally: Tally) -> Iterator[float]:
    """Yield the cost of the places in use; a DOL place costs extra."""
    for (place, kind, month), places in tally.claim.places.items():
        each = tally.case.locations[place].cost_per_bed_month or 0.0
        if kind is PlaceKind.DOL:
            each += tally.case.parameters.optional("dol_extra_cost_month", month) or 0.0
        yield places * each


def _fixed(tally: Tally) -> Iterator[float]:
    """Yield the fixed costs, for the part of each location that is under contract."""
    for (place, _), share in tally.beds.share.items():
        yield share * (tally.case.locations[place].fixed_cost_month or 0.0)


def _decisions(tally: Tally) -> Iterator[float]:
    """Yield what opening, extending and fitting out cost, by the share or the places."""
    for (place, decision, month), value in tally.claim.decisions.items():
        location = tally.case.locations[place]
        match decision:
            case "open":
                yield value * (location.opening_cost or 0.0)
            case "extend":
                yield value * (location.extension_cost or 0.0)
            case "prepare_dol":
                each = tally.case.parameters.optional("dol_fitting_cost", month)
                yield value * (each or 0.0)
            case _:
                yield 0.0


def _moves(tally: Tally, counted: Recount) -> Iterator[float]:
    for each in counted["moves"]:
        yield each.amount * (tally.case.parameters.optional("move_cost", each.spot.month) or 0.0)


def _preferences(tally: Tally) -> Iterator[float]:
    for (group, place, _), people in tally.of_group.items():
        yield people * tally.case.preferences.get((group, place), 0.0)
