"""What a plan means for each province and municipality: room, people, decisions, cost, shortfall.

A row without a municipality is of the whole province, the last without a province of locations and
costs of none. Who has no place is not in it: nobody knows
where they would have been.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from planner.core.over_months import OverMonths, amount_words
from planner.core.texts import Text, message, month_words
from planner.input.kinds import EMERGENCY_KINDS
from planner.result.plan_of_book import PlanOfBook
from planner.sheets.counted_once import counted_once
from planner.sheets.decision_lines import not_taken
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import SOMEBODY

COLUMNS = (
    "province", "municipality", "locations", "beds_first", "beds_last", "people_first",
    "people_last", "emergency", "dol", "task", "cost", "decided", "short",
)  # fmt: skip
# So many rules that fall short are told of an area, the largest first.
_MOST_RULES = 4
_EMERGENCY = frozenset(kind.value for kind in EMERGENCY_KINDS)
_DECIDED = ("location", "decision", "month", "value")
_SHORT = ("rule", "rule_title", "unit", "month", "amount")
_OF_MUNICIPALITY, _OF_PROVINCE = "municipality_task", "province_task"


@dataclass(frozen=True)
class _Area:
    """A province, or a municipality in it, with its locations."""

    province: str
    municipality: str
    locations: frozenset[str]


def areas(plan: PlanOfBook) -> pd.DataFrame:
    """Return a row for each province, each followed by its municipalities, in alphabetical order.

    Beds in contract and people of the first month and the last, the most people in emergency
    reception and places of DOL in any month, and the cost in euros over all months; `decided` and
    `short` are sentences. `task` is empty where nobody gave one.
    """
    read = _Read(plan)
    rows = [_row(read, area) for area in _areas(plan)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"province": object, "municipality": object, "task": float, "cost": float}
    )


def _areas(plan: PlanOfBook) -> Iterator[_Area]:
    provinces: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, site in plan.sites.items():
        provinces[site.province][site.municipality].add(name)
    for each in plan.records("provinces"):
        provinces.setdefault(each.province, defaultdict(set))
    # Those that nobody gave a province come last.
    for province in sorted(provinces, key=lambda each: (not each, each.casefold())):
        parts = provinces[province]
        whole = frozenset(name for names in parts.values() for name in names)
        yield _Area(province, "", whole)
        for municipality in sorted(filter(None, parts), key=str.casefold):
            yield _Area(province, municipality, frozenset(parts[municipality]))


class _Read:
    """A plan's rows, put in order once: hundreds of areas ask for theirs."""

    def __init__(self, plan: PlanOfBook) -> None:
        tables, months = plan.tables, plan.months
        placed = tables["placement"]
        beds = tables["places"].drop_duplicates(["location", "month"])
        self.plan = plan
        self.people = _Sums(placed, "people", months)
        self.beds = _Sums(beds, "beds", months)
        self.emergency = _Sums(placed[placed["kind"].isin(_EMERGENCY)], "people", months)
        self.dol = _Sums(tables["dol"], "prepared", months)
        self.tasks = {(each.province, ""): each.task for each in plan.records("provinces")}
        self.task_of = {each.municipality: each.task for each in plan.records("municipalities")}
        self.costs = _costs(tables.get("costs"))
        decisions = not_taken(tables["decisions"])
        self.decisions = _Rows(decisions, _DECIDED, decisions["location"])
        short = plan.worded["shortfalls"]
        short = short if short.empty else counted_once(short).dropna(subset=["month"])
        self.short = _Rows(short, _SHORT, short["location"], _tasks_short(short))


_Row = tuple[Any, ...]  # the cells of a row, in the order of the columns that are asked for


class _Rows:
    """The rows of a table by the labels they have, of which each list has one for each row.

    They are plain tuples: a part of a frame for each of hundreds of areas takes six times as long.
    """

    def __init__(
        self, frame: pd.DataFrame, columns: Sequence[str], *labels: Iterable[object]
    ) -> None:
        self._rows: list[_Row] = list(zip(*(frame[each].tolist() for each in columns), strict=True))
        self._places: dict[object, list[int]] = defaultdict(list)
        for column in labels:
            for place, label in enumerate(column):
                self._places[label].append(place)

    def of(self, labels: Iterable[object], by: Callable[[_Row], object]) -> list[list[_Row]]:
        """Return the rows with one of these labels or more, gathered by what they have in common.

        All in the order of the table.
        """
        found = {place for label in labels for place in self._places.get(label, ())}
        alike: dict[object, list[_Row]] = defaultdict(list)
        for place in sorted(found):
            alike[by(self._rows[place])].append(self._rows[place])
        return list(alike.values())


class _Sums:
    """The sums of a column by location and month."""

    def __init__(self, frame: pd.DataFrame, column: str, months: Sequence[dt.date]) -> None:
        rows, names = pd.factorize(frame["location"])
        column_of = {month: place for place, month in enumerate(months)}
        columns = np.array([column_of.get(each, -1) for each in frame["month"]], dtype=int)
        here = (rows >= 0) & (columns >= 0)
        values = frame[column].fillna(0).to_numpy(dtype=float)
        self._sums = np.zeros((len(names), max(len(months), 1)))
        np.add.at(self._sums, (rows[here], columns[here]), values[here])
        self._row_of = {name: row for row, name in enumerate(names)}

    def of(self, area: _Area) -> list[float]:
        """Return the sums of an area by month; one nought where the plan has no months."""
        rows = sorted(self._row_of[name] for name in area.locations if name in self._row_of)
        return [float(each) for each in self._sums[rows].sum(axis=0)]


def _row(read: _Read, area: _Area) -> tuple[object, ...]:
    people, beds = read.people.of(area), read.beds.of(area)
    key = (area.province, area.municipality)
    return (
        area.province or None,
        area.municipality or None,
        len(area.locations),
        beds[0],
        beds[-1],
        people[0],
        people[-1],
        max(read.emergency.of(area)),
        max(read.dol.of(area)),
        read.task_of.get(area.municipality) if area.municipality else read.tasks.get(key),
        None if read.costs is None else read.costs.get(key, 0.0),
        _decided(read, area),
        _short(read, area),
    )


def _costs(costs: pd.DataFrame | None) -> Mapping[tuple[str, str], float] | None:
    """Return the cost of each area, a whole province's without a municipality.

    Nothing where an older plan does not say it.
    """
    if costs is None:
        return None
    counted = costs[costs["counted"].eq(other=True)].fillna(
        {"province": "", "municipality": "", "amount": 0.0}
    )
    columns = (counted[each].tolist() for each in ("province", "municipality", "amount"))
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for province, municipality, amount in zip(*columns, strict=True):
        for key in {(province, ""), (province, municipality)}:
            sums[key] += float(amount)
    return sums


def _tasks_short(shortfalls: pd.DataFrame) -> Iterator[object]:
    """Yield for each row the area whose task it is, which a municipality has for its location."""
    columns = (shortfalls[each].tolist() for each in ("rule", "province", "location"))
    for rule, province, location in zip(*columns, strict=True):
        yield (rule, location if rule == _OF_MUNICIPALITY else province)


def _decided(read: _Read, area: _Area) -> Text | None:
    """Return what is to be decided in an area: each location, what, from when; DOL parts as one."""
    labels = {each.value: each.label for each in Decision}
    told: list[Text] = []
    for rows in read.decisions.of(area.locations, itemgetter(0, 1)):
        location, decision, _, _ = rows[0]
        name = read.plan.sites[str(location)].name or str(location)
        fields: dict[str, object] = {
            "location": name,
            "decision": labels[str(decision)],
            "month": month_words(min(month for _, _, month, _ in rows)),
        }
        if decision == Decision.PREPARE_DOL:
            fields["count"] = round(math.fsum(value for *_, value in rows))
        key = "areas.dol" if decision == Decision.PREPARE_DOL else "areas.decision"
        told.append(message(key, **fields).both)
    return _joined(told)


def _short(read: _Read, area: _Area) -> Text | None:
    """Return what falls short in an area by rule: the worst month and how much then."""
    own = area.municipality or area.province
    task = (_OF_MUNICIPALITY if area.municipality else _OF_PROVINCE, own)
    found: list[tuple[object, OverMonths]] = [
        (title, OverMonths.of(str(unit), ((month, amount) for *_, month, amount in rows)))
        for rows in read.short.of([*area.locations, task], itemgetter(0))
        for _, title, unit, _, _ in rows[:1]
    ]
    worst = sorted(found, key=lambda each: -each[1].worst[1])
    told = [
        message(
            "areas.short",
            rule=title,
            amount=amount_words(short.worst[1], short.unit),
            month=month_words(short.worst[0]),
        ).both
        for title, short in worst[:_MOST_RULES]
        if short.worst[1] >= SOMEBODY
    ]
    if len(worst) > _MOST_RULES:
        told.append(message("areas.more", count=len(worst) - _MOST_RULES).both)
    return _joined(told)


def _joined(told: Sequence[Text]) -> Text | None:
    if not told:
        return None
    return Text("; ".join(each.nl for each in told), "; ".join(each.en for each in told))
