"""Rules that keep a plan to what the planner has fixed beforehand (sheet Pins)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.law import INPUT
from planner.input.case import Case
from planner.input.kinds import Pinned, PlaceKind, Standing
from planner.model.algebra import Constraint, Key, Variable, exactly, total
from planner.model.decisions import Decisions
from planner.model.rules.rule import rule


@rule(
    source=INPUT.at("blad Vastgelegd", "sheet Pins"),
    standing=Standing.CHOICE,
    unit="share",
    level=None,
)
def pinned_decisions(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Opened, extended and closed shares are those pinned.

    A location that is pinned to close from a month is given so by the case: its contract ends.
    """
    for pin in case.pins:
        column: Variable | None = None
        if pin.decision is Pinned.OPEN:
            column = choose.open.get(pin.location)
        elif pin.decision is Pinned.EXTEND:
            column = choose.extend.get(pin.location)
        elif pin.decision is Pinned.CLOSE_EARLY and not pin.value:
            column = choose.closed.get((pin.location, pin.month))
        if column is not None:
            yield exactly(column, pin.value, Key(location=pin.location, month=pin.month))


@rule(
    source=INPUT.at("blad Vastgelegd", "sheet Pins"),
    standing=Standing.CHOICE,
    unit="places",
    level=None,
)
def pinned_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Places in use at a location, or its part fitted out for DOL, are those pinned."""
    for pin in case.pins:
        if pin.decision is Pinned.PLACES:
            places = _places(case, choose, pin.location, pin.month)
            if places:
                yield exactly(total(places), pin.value, Key(location=pin.location, month=pin.month))
        elif pin.decision is Pinned.PREPARE_DOL:
            prepared = choose.dol_prepared.get((pin.location, pin.month))
            if prepared is not None:
                key = Key(location=pin.location, kind=PlaceKind.DOL, month=pin.month)
                yield exactly(prepared, pin.value, key)


def _places(case: Case, choose: Decisions, location: str, month: dt.date) -> list[Variable]:
    keys = ((location, kind, month) for kind in case.locations[location].kinds)
    return [choose.places[key] for key in keys if key in choose.places]
