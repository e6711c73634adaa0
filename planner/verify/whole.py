"""What a plan with whole locations may not do: part of an opening, an extension or a DOL part."""

from __future__ import annotations

from collections.abc import Iterator

from planner.input.kinds import PlaceKind
from planner.verify.breach import Breach, BreachPlace, above, breach
from planner.verify.tally import Tally

ALL_OR_NOTHING = ("open", "extend")


def whole_breaches(tally: Tally) -> Iterator[Breach]:
    """Yield decisions taken in part, and DOL parts in use below their smallest size."""
    for (location, decision, month), share in tally.claim.decisions.items():
        if decision in ALL_OR_NOTHING and above(share, 0.0) and above(1.0, share):
            spot = BreachPlace(location, month=month)
            off = min(share, 1.0 - share)
            yield breach("decision_in_part", off, spot, decision=decision, value=share)
    for (location, kind, month), places in tally.claim.places.items():
        least = tally.case.locations[location].dol_min_section
        if kind is PlaceKind.DOL and above(places, 0.0) and above(least, places):
            spot = BreachPlace(location, kind, month=month)
            yield breach("dol_too_small", least - places, spot, places=places, least=least)
