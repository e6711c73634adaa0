"""The change list: what a new plan does otherwise than the one before: was, becomes, because."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby, pairwise

import pandas as pd

from planner.compare.inputs import input_differences
from planner.compare.theme import plan_column, same
from planner.core.over_months import as_read
from planner.core.texts import Message, Text, message
from planner.input.months import later
from planner.input.typed import read_tables
from planner.result import PlanOfBook
from planner.sheets.result_tables import Decision

COLUMNS = ("location", "kind", "first", "last", "was", "becomes", "because")

PlaceKey = tuple[str, str, dt.date]
Places = Mapping[PlaceKey, float]


def places_of(plan: PlanOfBook) -> dict[PlaceKey, float]:
    """Return the places in use of a plan, by location, kind and month; none is not listed."""
    columns = (plan.tables["places"][name].tolist() for name in ("location", "kind", "month"))
    used = plan.tables["places"]["places"].tolist()
    keys = zip(*columns, strict=True)
    return {key: float(places) for key, places in zip(keys, used, strict=True) if places}


def previous_places(plan: PlanOfBook) -> dict[PlaceKey, float]:
    """Return the places on the sheet Previous plan of a plan's input."""
    typed, _ = read_tables(plan.inputs)
    return {
        (each.location, each.kind.value, each.month): float(each.places)
        for each in typed.records("previous_plan")
        if each.places
    }


@dataclass(frozen=True)
class _Step:
    """One kind of place at a location in a month: what it was, what it becomes, and why."""

    location: str
    kind: str
    month: dt.date
    was: float
    becomes: float
    because: tuple[Message, ...]

    def follows(self, before: _Step) -> bool:
        """Whether this is the same change, a month later."""
        where = (self.location, self.kind, self.month)
        return (
            where == (before.location, before.kind, later(before.month, 1))
            and same(self.was, before.was)
            and same(self.becomes, before.becomes)
            and self.because == before.because
        )


def change_list(was: Places, plan: PlanOfBook, before: PlanOfBook | None = None) -> pd.DataFrame:
    """Return the changes from the places of an earlier plan to a plan, months taken together.

    Only months that both have are compared: a month that has passed, or is new, is no change.
    `before` is the earlier plan where that is known with its input; reasons then name the cells
    that differ. Columns: location, kind, first and last month, was, becomes (places), because.
    """
    becomes = places_of(plan)
    common = {month for _, _, month in was} & set(plan.months)
    if before is not None:
        common = set(before.months) & set(plan.months)
    why = _Reasons(plan, before)
    keys = sorted({*was, *becomes}, key=lambda key: (key[0], key[1], key[2]))
    steps = [
        _Step(*key, old, new, why.of(key, old, new))
        for key in keys
        if key[2] in common
        if not same(old := was.get(key, 0.0), new := becomes.get(key, 0.0))
    ]
    return pd.DataFrame(list(_taken_together(steps)), columns=list(COLUMNS))


def _taken_together(steps: list[_Step]) -> Iterator[tuple[object, ...]]:
    runs: list[list[_Step]] = [steps[:1]] if steps else []
    for before, each in pairwise(steps):
        if each.follows(before):
            runs[-1].append(each)
        else:
            runs.append([each])
    for run in runs:
        first, last = run[0], run[-1]
        because = Text(
            *(
                "; ".join(dict.fromkeys(getattr(why.both, language) for why in first.because))
                for language in ("nl", "en")
            )
        )
        yield first.location, first.kind, first.month, last.month, first.was, first.becomes, because


def applied(was: Places, changes: pd.DataFrame) -> dict[PlaceKey, float]:
    """Return the places after the changes of a list; what becomes none is not listed."""
    after = dict(was)
    for location, kind, first, last, _, becomes, _ in changes.itertuples(index=False):
        month = first
        while month <= last:
            after[location, kind, month] = float(becomes)
            month = later(month, 1)
    return {key: places for key, places in after.items() if places}


class _Reasons:
    """Finds why the places of a location changed, as far as the plans themselves say."""

    def __init__(self, plan: PlanOfBook, before: PlanOfBook | None) -> None:
        self._plan, self._before = plan, before
        beds = plan.tables["places"]
        columns = (beds[name].tolist() for name in ("location", "month", "beds"))
        self._beds = {(place, month): float(n) for place, month, n in zip(*columns, strict=True)}
        months = set(plan.months) if before is None else set(plan.months) & set(before.months)
        self._decided = _decisions(plan, months)
        self._decided_before = {} if before is None else _decisions(before, months)
        self._inputs = {} if before is None else _changed_inputs(before, plan)
        self._demand = _demand(plan)
        self._demand_before = {} if before is None else _demand(before)

    def of(self, key: PlaceKey, was: float, becomes: float) -> tuple[Message, ...]:
        """Return the reasons of a change: about the location, else about the people, else none."""
        location, _, month = key
        found = [
            *self._there(location),
            *self._inputs.get(location, ()),
            *self._decisions(location),
            *self._too_few_beds(location, month, was, becomes),
        ]
        return tuple(found) or self._elsewhere(month)

    def _there(self, location: str) -> Iterator[Message]:
        if location not in self._plan.locations:
            yield message("compare.because.gone")
        elif self._before is not None and location not in self._before.locations:
            yield message("compare.because.new")

    def _decisions(self, location: str) -> Iterator[Message]:
        """Yield the decisions about a location that are taken otherwise than before.

        Of an earlier plan without its decisions only those that are taken now are known.
        """
        taken = dict.fromkeys({**self._decided, **self._decided_before})
        for place, decision in taken:
            now = self._decided.get((place, decision), 0.0)
            was = self._decided_before.get((place, decision), 0.0)
            if place == location and not same(now, was):
                key = "decided" if self._before is None else "decided_otherwise"
                label = Decision(decision).label  # type: ignore[call-arg] # looked up by value
                told, now_told = _as_told(decision, was, now)
                yield message(f"compare.because.{key}", decision=label, was=told, becomes=now_told)

    def _too_few_beds(
        self, location: str, month: dt.date, was: float, becomes: float
    ) -> Iterator[Message]:
        beds = self._beds.get((location, month), 0.0)
        if becomes < was and beds < was and not same(beds, was):
            yield message("compare.because.beds", beds=round(beds, 1))

    def _elsewhere(self, month: dt.date) -> tuple[Message, ...]:
        if self._before is not None:
            more = self._demand.get(month, 0.0) - self._demand_before.get(month, 0.0)
            if not same(more, 0.0):
                key = "more_people" if more > 0 else "fewer_people"
                return (message(f"compare.because.{key}"),)
        return (message("compare.because.elsewhere"),)


def _as_told(decision: str, was: float, now: float) -> tuple[float, float]:
    """Return how far a decision was and is taken as people read it: places whole, shares not.

    What would read as no difference keeps two decimals.
    """
    whole = decision == Decision.PREPARE_DOL.value
    told = (float(round(was)), float(round(now))) if whole else (as_read(was), as_read(now))
    return (round(was, 2), round(now, 2)) if same(*told) else told


def _decisions(plan: PlanOfBook, months: AbstractSet[dt.date]) -> dict[tuple[str, str], float]:
    """Return how far each decision is taken about each location, over some months together."""
    frame = plan.tables["decisions"]
    found: dict[tuple[str, str], float] = defaultdict(float)
    columns = (frame[name].tolist() for name in ("location", "decision", "month", "value"))
    for place, decision, month, value in zip(*columns, strict=True):
        if month in months:
            found[place, decision] += float(value)
    return dict(found)


def _demand(plan: PlanOfBook) -> dict[dt.date, float]:
    """Return the people to place, by month."""
    frame = plan.tables.get("demand")
    found: dict[dt.date, float] = defaultdict(float)
    if frame is not None and not frame.empty:
        for month, people in zip(frame["month"].tolist(), frame["people"].tolist(), strict=True):
            found[month] += float(people)
    return dict(found)


def _changed_inputs(before: PlanOfBook, plan: PlanOfBook) -> dict[str, tuple[Message, ...]]:
    """Return the cells of the sheet Locations that differ, by location."""
    frame = input_differences((before, plan)).frame
    own = frame[(frame["table_key"] == "locations") & (frame["column_key"] != "")]
    columns = (own[name].tolist() for name in ("key", "column", plan_column(0), plan_column(1)))
    rows = sorted(zip(*columns, strict=True), key=lambda each: str(each[0]))
    return {
        str(location): tuple(
            message("compare.because.input", column=column, was=_worded(was), becomes=_worded(to))
            for _, column, was, to in group
        )
        for location, group in groupby(rows, key=lambda each: each[0])
    }


def _worded(value: object) -> object:
    """Return a value as it can stand in a sentence."""
    if value is None or value == "":
        return message("compare.empty")
    return getattr(value, "label", value)
