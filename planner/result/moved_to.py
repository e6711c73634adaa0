"""Where the people who move go to, as far as the plan decides that.

A plan says how many of a group live where, month by month, and not who. Whoever moves goes to a
location where more of the group live than stayed there. Where that is one location, it is decided;
where one location is left and nobody new came to the group, each that took them in is decided too.
Otherwise all that took people in are told, joined, since any of them may be it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import fsum

import pandas as pd

from planner.core.joined_ids import JOINER
from planner.input.case import Case

# Growth below this part of a person is the solver's rounding, and no destination.
NOBODY = 1e-4

Counts = dict[str, float]


def with_destinations(case: Case, moves: pd.DataFrame, placement: pd.DataFrame) -> pd.DataFrame:
    """Return the moves with where to: an id, several joined, or nothing where nobody took them in.

    A row is split where its parts are decided.
    """
    there = _people(case, placement)
    left: dict[tuple[str, dt.date], Counts] = defaultdict(dict)
    rows = zip(*(moves[name].tolist() for name in _COLUMNS), strict=True)
    for location, group, month, people in rows:
        left[group, month][location] = people
    found = []
    for (group, month), sources in left.items():
        grown = _grown(case, there, group, month)
        for location, to, people in _pairs(sources, grown):
            found.append((location, group, month, people, to))
    order = {
        key: at for at, key in enumerate(zip(*(moves[n].tolist() for n in _KEYS), strict=True))
    }
    found.sort(key=lambda row: (order[row[:3]], row[4] or ""))
    return pd.DataFrame(found, columns=[*_COLUMNS, "to"]).astype({"people": float, "to": object})


_KEYS = ("location", "group", "month")
_COLUMNS = (*_KEYS, "people")


def _people(case: Case, placement: pd.DataFrame) -> Mapping[tuple[str, dt.date | None], Counts]:
    """Return the people of each group by location, month by month; at the start under no month."""
    there: dict[tuple[str, dt.date | None], Counts] = defaultdict(lambda: defaultdict(float))
    for (location, group), people in case.occupancy.items():
        there[group, None][location] += people
    for location, group, month, people in zip(
        *(placement[name].tolist() for name in _COLUMNS), strict=True
    ):
        there[group, month][location] += people
    return there


def _grown(
    case: Case,
    there: Mapping[tuple[str, dt.date | None], Counts],
    group: str,
    month: dt.date,
) -> Counts:
    """Return by how much each location holds more of a group than stayed of the month before."""
    number = case.months.index(month)
    earlier = case.months[number - 1] if number else None
    before, now = there.get((group, earlier), {}), there.get((group, month), {})
    stay = case.groups[group].stay_months
    staying = 1.0 - 1.0 / stay if stay else 1.0
    grown = {at: people - staying * before.get(at, 0.0) for at, people in now.items()}
    return {at: more for at, more in sorted(grown.items()) if more > NOBODY}


def _pairs(sources: Counts, grown: Counts) -> Iterator[tuple[str, str | None, float]]:
    """Yield who leaves which location for which, of one group in one month."""
    moved, taken_in = fsum(sources.values()), fsum(grown.values())
    if len(sources) == 1 and len(grown) > 1 and abs(taken_in - moved) <= NOBODY:
        (location,) = sources
        yield from ((location, to, more * moved / taken_in) for to, more in grown.items())
        return
    to = JOINER.join(grown) or None
    yield from ((location, to, people) for location, people in sources.items())
