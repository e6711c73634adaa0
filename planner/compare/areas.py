"""Plans side by side per province, municipality and region: what is there, and what falls short.

Who has no place is in no area: nobody knows where they would have been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.compare.binding import rules_off
from planner.compare.theme import ComparedTheme, difference_column, figures, plan_column
from planner.core.over_months import SHARE, unit_over_months
from planner.core.texts import Text, message
from planner.input.kinds import EMERGENCY_KINDS
from planner.input.location import Location
from planner.model.rules import RULES
from planner.result import PlanOfBook
from planner.sheets.without_place import SOMEBODY

AREAS = "areas"
_KEYS = ("sort", "area", "what")
_EMERGENCY = frozenset(kind.value for kind in EMERGENCY_KINDS)
# What is told of every area, with its unit.
_FIGURES: Mapping[str, str] = {
    "emergency": "persons", "dol": "places", "people": "persons", "beds": "beds",
}  # fmt: skip
# Shares are of no use whole, and who has no place is in no area.
_RULES = {
    each.name: each for each in RULES if each.unit != SHARE and each.name != "everyone_placed"
}


def _municipality(site: Location) -> str:
    """Return a municipality with its province: some names are of two."""
    if not site.municipality:
        return ""
    return f"{site.municipality} ({site.province})" if site.province else site.municipality


SORTS: Mapping[str, Callable[[Location], str]] = {
    "province": lambda site: site.province,
    "municipality": _municipality,
    "region": lambda site: site.region,
}


def areas_theme(plans: Sequence[PlanOfBook]) -> ComparedTheme:
    """Return areas side by side, provinces first, the largest differences first in each sort.

    Differences of less than half a person, place or bed are none. Figures are whole.
    """
    listed = [_shortfalls(plan) for plan in plans]
    rules = {rule for found in listed for (_, _, rule) in found}
    frames = [
        pd.DataFrame(_rows(plan, found, rules), columns=[*_KEYS, "value"])
        for plan, found in zip(plans, listed, strict=True)
    ]
    theme = figures(AREAS, plans, frames, _KEYS, "value", known_by_rows=True)
    frame = _ordered(_whole(theme.frame, theme.count), theme.count)
    whats = frame["what"].tolist()
    titles = {
        "sort_title": [message(f"compare.area.{each}").both for each in frame["sort"]],
        "title": [_title(each) for each in whats],
        "unit": [message(f"unit.{_unit(each)}").both for each in whats],
    }
    named = {key: pd.Series(each, index=frame.index, dtype=object) for key, each in titles.items()}
    return ComparedTheme(AREAS, _KEYS, frame.assign(**named), theme.count, least=SOMEBODY)


def _title(what: str) -> Text:
    return message(f"compare.area.{what}").both if what in _FIGURES else _RULES[what].title


def _unit(what: str) -> str:
    return _FIGURES[what] if what in _FIGURES else unit_over_months(_RULES[what].unit)


def _rows(
    plan: PlanOfBook, short: Mapping[tuple[str, str, str], float], rules: set[str]
) -> Iterator[tuple[str, str, str, float]]:
    """Yield the figures of every area that a plan has locations in."""
    known = rules - set(rules_off(plan))
    for sort, area_of in SORTS.items():
        lies = {name: area_of(site) for name, site in plan.sites.items()}
        amounts = {what: _amounts(plan, what, lies) for what in _FIGURES}
        for area in sorted(set(lies.values()) - {""}, key=str.casefold):
            for what, found in amounts.items():
                yield sort, area, what, float(found.get(area, 0.0))
            for rule in sorted(known):
                yield sort, area, rule, short.get((sort, area, rule), 0.0)


def _amounts(plan: PlanOfBook, what: str, lies: Mapping[str, str]) -> pd.Series:
    """Return by area: the most in emergency and of DOL in any month, people and beds at the end."""
    tables = plan.tables
    if what == "emergency":
        placed = tables["placement"]
        return _by_area(placed[placed["kind"].isin(_EMERGENCY)], "people", lies)
    if what == "dol":
        return _by_area(tables["dol"], "prepared", lies)
    if what == "people":
        frame = tables["placement"]
        return _by_area(frame[frame["month"] == plan.months[-1]], "people", lies)
    # Each kind of place at a location names the same beds.
    frame = tables["places"].drop_duplicates(["location", "month"])
    return _by_area(frame[frame["month"] == plan.months[-1]], "beds", lies)


def _by_area(frame: pd.DataFrame, column: str, lies: Mapping[str, str]) -> pd.Series:
    """Return the most in any month by the area that locations lie in."""
    area = frame["location"].map(lies).fillna("")
    sums = frame.assign(area=area).groupby(["area", "month"])[column].sum()
    return sums.groupby(level="area").max()


def _shortfalls(plan: PlanOfBook) -> dict[tuple[str, str, str], float]:
    """Return what falls short in all months together, by sort of area, area and rule."""
    frame = plan.tables["shortfalls"]
    frame = frame[frame["rule"].isin(_RULES)]
    found: dict[tuple[str, str, str], float] = {}
    for sort, area_of in SORTS.items():
        lies = {name: area_of(site) for name, site in plan.sites.items()}
        area = frame["location"].map(lies).fillna("").astype(object)
        if sort in frame:
            own = frame[sort].where(frame[sort].notna(), "").astype(object)
            area = own.where(own != "", area)
        sums = frame.assign(area=area).groupby(["area", "rule"], as_index=False)["amount"].sum()
        known = set(lies.values()) - {""}
        rows = zip(sums["area"], sums["rule"], sums["amount"], strict=True)
        found |= {
            (sort, place, rule): float(short) for place, rule, short in rows if place in known
        }
    return found


def _whole(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return figures whole; a difference is that of the figures before they were."""
    columns = [plan_column(number) for number in range(count)]
    columns += [difference_column(number) for number in range(1, count)]
    values = frame[columns].to_numpy(dtype=float)
    whole = np.copysign(np.floor(np.abs(values) + 0.5), values) + 0.0
    return frame.assign(**dict(zip(columns, whole.T, strict=True)))


def _ordered(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the rows by sort of area, then by how much they differ."""
    differences = [difference_column(number) for number in range(1, count)]
    order = pd.DataFrame(
        {
            "sort": frame["sort"].map({sort: at for at, sort in enumerate(SORTS)}),
            "size": -frame[differences].abs().max(axis=1).fillna(0.0),
        }
    )
    return frame.loc[order.sort_values(["sort", "size"], kind="stable").index].reset_index(
        drop=True
    )
