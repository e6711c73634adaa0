"""What the planner has fixed beforehand, held against the decisions and places of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from planner.input.kinds import Pinned
from planner.input.pins import Pin
from planner.verify.breach import Breach, BreachPlace, breach, differ
from planner.verify.tally import Tally


def pin_breaches(tally: Tally) -> Iterator[Breach]:
    """Yield each pin that a plan does not keep to."""
    for pin in tally.case.pins:
        found = _found(tally, pin)
        if found is not None and differ(found, pin.value):
            spot = BreachPlace(pin.location, month=pin.month)
            fields = {"decision": pin.decision.label, "value": pin.value, "found": found}
            yield breach("pin", abs(found - pin.value), spot, **fields)


def _found(tally: Tally, pin: Pin) -> float | None:
    """Return what a plan makes of a pin, `None` where it leaves nothing to decide."""
    decisions, terms = tally.claim.decisions, tally.beds.terms[pin.location]
    match pin.decision:
        case Pinned.PLACES:
            return sum(
                places
                for (place, _, month), places in tally.claim.places.items()
                if (place, month) == (pin.location, pin.month)
            )
        case Pinned.PREPARE_DOL:
            part = tally.claim.dol.get((pin.location, pin.month))
            return 0.0 if part is None else part.prepared
        case Pinned.CLOSE_EARLY:
            # Closed from a month on, the location has no beds in it: the case says so.
            given_up = sum(
                value
                for (place, decision, month), value in decisions.items()
                if (place, decision) == (pin.location, "close_early")
                and month is not None
                and month <= pin.month
            )
            return 1.0 if pin.value and not terms.usable(pin.month) else given_up
        case _:
            return sum(
                value
                for (place, decision, _), value in decisions.items()
                if (place, decision) == (pin.location, pin.decision.value)
            )
