"""Where people move to, again: from who lives where and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from planner.verify.breach import Breach, BreachPlace, breach
from planner.verify.claim import JOINER
from planner.verify.tally import Tally

# Less than this of a person is rounding.
NOBODY = 1e-4


def destination_breaches(tally: Tally) -> Iterator[Breach]:
    """Yield each move that is told with another destination, or in other parts, than it can have.

    A plan of before tells of no move where to.
    """
    if tally.claim.moved_to is None:
        return
    leaving: dict[tuple[str, dt.date], dict[str, float]] = defaultdict(dict)
    for (group, place, month), people in tally.claim.moves.items():
        leaving[group, month][place] = people
    told: dict[tuple[str, dt.date], dict[tuple[str, str], float]] = defaultdict(dict)
    for (group, place, month, to), people in tally.claim.moved_to.items():
        told[group, month][place, to] = people
    for (group, month), sources in leaving.items():
        counted = _destinations(sources, _entered(tally, group, month))
        for place, to in sorted({*counted, *told[group, month]}):
            one, other = told[group, month].get((place, to)), counted.get((place, to))
            if one is None or other is None or abs(one - other) > NOBODY * max(1.0, one):
                spot = BreachPlace(place, group=group, month=month)
                off = abs((one or 0.0) - (other or 0.0))
                yield breach("moved_to", off, spot, to=to or "-", told=one or 0, counted=other or 0)


def _entered(tally: Tally, group: str, month: dt.date) -> dict[str, float]:
    """Return the people of a group at each place beyond those who stayed there."""
    case, months = tally.case, tally.case.months
    stay = case.groups[group].stay_months
    leave = 1.0 / stay if stay else 0.0
    entered = {}
    for place in case.locations:
        if month == months[0]:
            before = float(case.occupancy.get((place, group), 0))
        else:
            before = tally.of_group.get((group, place, months[months.index(month) - 1]), 0.0)
        more = tally.of_group.get((group, place, month), 0.0) - before + leave * before
        if more > NOBODY:
            entered[place] = more
    return entered


def _destinations(
    sources: dict[str, float], entered: dict[str, float]
) -> dict[tuple[str, str], float]:
    """Return who goes where: in parts where one place is left for several and nobody is new."""
    new = sum(entered.values()) - sum(sources.values())
    if len(sources) == 1 and len(entered) > 1 and abs(new) <= NOBODY:
        (place,) = sources
        part = sum(sources.values()) / sum(entered.values())
        return {(place, to): more * part for to, more in entered.items()}
    to = JOINER.join(sorted(entered))
    return {(place, to): people for place, people in sources.items()}
