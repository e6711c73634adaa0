"""What a plan means for each province and municipality: room, people, decisions, cost, shortfall.

A row without a municipality is of the whole province, the last without a province of locations and
costs of none. Who has no place is not in it: nobody knows
where they would have been.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    rows = [_row(plan, area) for area in _areas(plan)]
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


def _row(plan: PlanOfBook, area: _Area) -> tuple[object, ...]:
    tables, months = plan.tables, plan.months
    placed = _of(tables["placement"], area)
    people = _by_month(placed, "people", months)
    beds = _by_month(
        _of(tables["places"], area).drop_duplicates(["location", "month"]), "beds", months
    )
    emergency = _by_month(placed[placed["kind"].isin(_EMERGENCY)], "people", months)
    dol = _by_month(_of(tables["dol"], area), "prepared", months)
    return (
        area.province or None,
        area.municipality or None,
        len(area.locations),
        beds[0],
        beds[-1],
        people[0],
        people[-1],
        max(emergency),
        max(dol),
        _task(plan, area),
        _cost(tables.get("costs"), area),
        _decided(plan, _of(tables["decisions"], area)),
        _short(plan, area),
    )


def _of(frame: pd.DataFrame, area: _Area) -> pd.DataFrame:
    return frame[frame["location"].isin(area.locations)]


def _by_month(frame: pd.DataFrame, column: str, months: Sequence[dt.date]) -> list[float]:
    sums = frame.groupby("month")[column].sum()
    return [float(sums.get(month, 0.0)) for month in months] or [0.0]


def _task(plan: PlanOfBook, area: _Area) -> float | None:
    if area.municipality:
        named = {each.municipality: each.task for each in plan.records("municipalities")}
        return named.get(area.municipality)
    return {each.province: each.task for each in plan.records("provinces")}.get(area.province)


def _cost(costs: pd.DataFrame | None, area: _Area) -> float | None:
    """Return what an area costs; nothing where an older plan does not say it."""
    if costs is None:
        return None
    province = costs["province"]
    here = province.eq(area.province) if area.province else province.isna()
    here &= costs["counted"].eq(other=True)
    if area.municipality:
        here &= costs["municipality"].eq(area.municipality)
    return float(costs.loc[here, "amount"].sum())


def _decided(plan: PlanOfBook, rows: pd.DataFrame) -> Text | None:
    """Return what is to be decided in an area: each location, what, from when; DOL parts as one."""
    labels = {each.value: each.label for each in Decision}
    told: list[Text] = []
    open_ = not_taken(rows)
    for (location, decision), group in open_.groupby(["location", "decision"], sort=False):
        name = plan.sites[str(location)].name or str(location)
        fields: dict[str, object] = {
            "location": name,
            "decision": labels[str(decision)],
            "month": month_words(group["month"].min()),
        }
        if decision == Decision.PREPARE_DOL:
            fields["count"] = round(float(group["value"].sum()))
        key = "areas.dol" if decision == Decision.PREPARE_DOL else "areas.decision"
        told.append(message(key, **fields).both)
    return _joined(told)


def _short(plan: PlanOfBook, area: _Area) -> Text | None:
    """Return what falls short in an area by rule: the worst month and how much then."""
    frame = plan.worded["shortfalls"]
    if frame.empty:
        return None
    frame = counted_once(frame)
    here = frame["location"].isin(area.locations)
    if area.municipality:
        here |= frame["rule"].eq("municipality_task") & frame["location"].eq(area.municipality)
    else:
        here |= frame["rule"].eq("province_task") & frame["province"].eq(area.province)
    found: list[tuple[object, OverMonths]] = [
        (
            rows["rule_title"].iloc[0],
            OverMonths.of(
                str(rows["unit"].iloc[0]), zip(rows["month"], rows["amount"], strict=True)
            ),
        )
        for _, rows in frame[here].dropna(subset=["month"]).groupby("rule", sort=False)
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
