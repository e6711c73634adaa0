"""`Comparison`: plans side by side, theme by theme; the first plan is the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.compare.areas import areas_theme
from planner.compare.binding import binding_rules, places_theme, rules_off, rules_theme
from planner.compare.inputs import INPUTS, input_differences
from planner.compare.theme import ComparedTheme, difference_column, figures, plan_column
from planner.core.over_months import unit_over_months
from planner.core.texts import Text, message
from planner.input.kinds import PlaceKind
from planner.model.measures import COST_PARTS, MEASURES
from planner.model.objective import LEVELS
from planner.model.rules import RULES
from planner.result import PlanOfBook
from planner.sheets.answer import monthly
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import unplaced_rows

# As many plans as can be told apart on one chart.
MOST_PLANS = 6

# Themes that add up all months of each plan.
TOTALS = (
    "levels", "measures", "cost", "areas",
    "shortfalls_rule", "shortfalls_province", "shortfalls_location",
)  # fmt: skip

# Each series is called after its table and column.
RUNOFF_SERIES = ("runoff.portfolio_beds", "runoff.needed_beds", "runoff.shortage")
DOL_SERIES = ("dol.prepared", "dol.in_use", "dol.people", "dol.idle")
UNPLACED, REGULAR, EMERGENCY = "people.unplaced", "people.regular", "people.emergency"


@dataclass(frozen=True)
class Comparison:
    """Plans side by side.

    `names` are what the plans are called, the base first. `themes` by key, in reading order:
    inputs, levels, measures, cost, decisions, runoff, dol, people (by month, without a
    place, in emergency reception or elsewhere), areas,
    shortfalls_rule, shortfalls_province, shortfalls_location, rules (which bind), rules_places
    (where and when), places and occupancy.
    """

    names: tuple[str, ...]
    plans: tuple[PlanOfBook, ...]
    themes: Mapping[str, ComparedTheme]

    @property
    def one_span(self) -> bool:
        """Whether all plans are of the same months; if not, totals do not say which is better."""
        return len({each.months for each in self.plans}) == 1

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return all(each.differing.empty for each in self.themes.values())


def compare(plans: Sequence[PlanOfBook]) -> Comparison:
    """Put plans side by side, two to six of them; the first is the base."""
    if not 1 < len(plans) <= MOST_PLANS:
        raise ValueError(f"two to {MOST_PLANS} plans can be compared, not {len(plans)}")
    rules = (_ruled(rules_theme(plans)), _located(_ruled(places_theme(plans)), plans))
    themes = (input_differences(plans), *_figures(plans), *rules)
    named = {each.key: each for each in themes}
    return Comparison(tuple(each.name for each in plans), tuple(plans), named)


def _figures(plans: Sequence[PlanOfBook]) -> Iterator[ComparedTheme]:
    levels = [_named(each.tables["levels"]) for each in plans]
    measures = [_named(each.tables["measures"]) for each in plans]
    parts = [each.name for each in COST_PARTS]
    costs = [frame[frame["name"].isin(parts)] for frame in measures]
    yield _titled(figures("levels", plans, levels, ("name",), "value", known_by_rows=True), _LEVELS)
    yield _titled(
        figures("measures", plans, measures, ("name",), "value", known_by_rows=True), _MEASURES
    )
    yield _titled(figures("cost", plans, costs, ("name",), "value", known_by_rows=True), _MEASURES)
    decisions = [_decided(each) for each in plans]
    yield _located(
        figures("decisions", plans, decisions, ("location", "decision", "month"), "value"), plans
    )
    runoff = [_series(each.tables["runoff"], RUNOFF_SERIES) for each in plans]
    yield figures("runoff", plans, runoff, ("series", "month"), "value")
    dol = [_series(each.tables.get("dol"), DOL_SERIES) for each in plans]
    yield figures("dol", plans, dol, ("series", "month"), "value")
    people = [_people(each) for each in plans]
    yield figures("people", plans, people, ("series", "month"), "people")
    yield areas_theme(plans)
    yield from _shortfalls(plans)
    yield from _places(plans)


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[["name", "value"]].astype({"name": str, "value": float})


_LEVELS = {each.level.value: (each.title, each.unit) for each in LEVELS}
_MEASURES = {each.name: (each.title, each.unit) for each in MEASURES}


def _titled(theme: ComparedTheme, titles: Mapping[str, tuple[Text, str]]) -> ComparedTheme:
    """Return a theme with the titles and units of what it names; unknown names stay as they are."""
    names = theme.frame["name"].tolist()
    told = [titles.get(name, (Text(name, name), "")) for name in names]
    frame = theme.frame.assign(
        title=pd.Series([title for title, _ in told], dtype=object),
        unit=pd.Series(
            [message(f"unit.{unit}").both if unit else "" for _, unit in told], dtype=object
        ),
    )
    return replace(theme, frame=frame)


def _located(theme: ComparedTheme, plans: Sequence[PlanOfBook]) -> ComparedTheme:
    """Return a theme with the names of its locations beside their ids, the base's first."""
    names: dict[str, str] = {}
    for plan in plans:
        names = {**plan.of_locations("name"), **names}
    found = theme.frame["location"].map(names).fillna("")
    return replace(theme, frame=theme.frame.assign(location_name=found))


def _series(frame: pd.DataFrame | None, names: Sequence[str]) -> pd.DataFrame:
    """Return the monthly sums of some columns below one another, each under its series' key."""
    columns = ["series", "month", "value"]
    if frame is None or frame.empty:
        return pd.DataFrame(columns=columns).astype({"value": float})
    own = {name: name.rpartition(".")[2] for name in names}
    monthly = frame.groupby("month", sort=False)[list(own.values())].sum()
    parts = [
        pd.DataFrame({"series": name, "month": monthly.index, "value": monthly[column]})
        for name, column in own.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _decided(plan: PlanOfBook) -> pd.DataFrame:
    """Return the decisions as a plan tells them: DOL places whole, or in tenths with shares."""
    frame = plan.shown().tables["decisions"]
    places = frame["decision"].eq(Decision.PREPARE_DOL.value)
    return frame.assign(value=frame["value"].where(~places, frame["value"].astype(float).round(1)))


def _people(plan: PlanOfBook) -> pd.DataFrame:
    """Return the people without a place, in emergency reception and elsewhere, by month.

    Whole ones, as the first page counts them.
    """
    tables = plan.shown().tables
    placement, missing = tables["placement"], unplaced_rows(tables["shortfalls"])
    emergency = {kind.value for kind in PlaceKind if kind.emergency}
    sorts = placement["kind"].isin(emergency).map({True: EMERGENCY, False: REGULAR})
    housed = placement.assign(series=sorts.astype(object))[["series", "month", "people"]]
    of_months = monthly(missing, "amount", plan.months)
    without = pd.DataFrame({"series": UNPLACED, "month": plan.months, "people": of_months})
    return pd.concat([without, housed], ignore_index=True)


def _shortfalls(plans: Sequence[PlanOfBook]) -> Iterator[ComparedTheme]:
    """Yield the shortfalls added up over the months: by rule, by province and by location."""
    frames = [_placed(each) for each in plans]
    for key, keys in (
        ("shortfalls_rule", ("rule",)),
        ("shortfalls_province", ("rule", "province")),
        ("shortfalls_location", ("rule", "location")),
    ):
        own = [frame[frame[keys[-1]] != ""] for frame in frames]
        theme = _without_rules_off(_ruled(figures(key, plans, own, keys, "amount")), plans)
        yield _located(theme, plans) if "location" in keys else theme


def _without_rules_off(theme: ComparedTheme, plans: Sequence[PlanOfBook]) -> ComparedTheme:
    """Return shortfalls that are not known where a plan has their rule switched off."""
    frame = theme.frame.copy()
    for number, plan in enumerate(plans):
        off = frame["rule"].isin(rules_off(plan))
        columns = [plan_column(number)]
        columns += [difference_column(each) for each in range(1, len(plans)) if number in {0, each}]
        frame.loc[off, columns] = np.nan
    return replace(theme, frame=frame)


def _placed(plan: PlanOfBook) -> pd.DataFrame:
    """Return a plan's shortfalls, each with the province that its location lies in."""
    frame = plan.tables["shortfalls"]
    lies = plan.of_locations("province")
    location = frame["location"].where(frame["location"].notna(), "").astype(object)
    named = frame["province"].where(frame["province"].notna(), "").astype(object)
    province = named.where(named != "", location.map(lies).fillna(""))
    return frame.assign(location=location, province=province)


def _ruled(theme: ComparedTheme) -> ComparedTheme:
    """Return a theme with the title, source and unit of each row's rule."""
    known = {each.name: each for each in RULES}
    rules = [known.get(name) for name in theme.frame["rule"].tolist()]
    names = theme.frame["rule"].tolist()
    columns: dict[str, list[object]] = {
        "rule_title": [
            name if rule is None else rule.title for name, rule in zip(names, rules, strict=True)
        ],
        "source": ["" if rule is None else rule.source.label for rule in rules],
        # What falls short stands there in all months together.
        "unit": [
            "" if rule is None else message(f"unit.{unit_over_months(rule.unit)}").both
            for rule in rules
        ],
    }
    series = {name: pd.Series(each, dtype=object) for name, each in columns.items()}
    return replace(theme, frame=theme.frame.assign(**series))


def _places(plans: Sequence[PlanOfBook]) -> Iterator[ComparedTheme]:
    """Yield the places in use and the people, by location, kind of place and month."""
    keys = ("location", "kind", "month")
    places = [each.tables["places"] for each in plans]
    yield _located(figures("places", plans, places, keys, "places"), plans)
    people = [each.tables["placement"] for each in plans]
    yield _located(figures("occupancy", plans, people, keys, "people"), plans)


__all__ = ["INPUTS", "MOST_PLANS", "TOTALS", "Comparison", "binding_rules", "compare"]
