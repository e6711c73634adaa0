"""From a plan's tables to what the views show: rows, totals by month, and the few main figures.

Nothing here is computed that the plan does not hold; it is only added up and put in order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.core.over_months import OverMonths
from planner.core.texts import Text
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind, Standing
from planner.result.queries import SUM, Figure
from planner.result.sums import SUMS
from planner.sheets.units import unit_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from planner.input.book import TableSheet
    from planner.result.plan import Plan

FigureRow = tuple[object, ...]
EMERGENCY = tuple(str(kind.value) for kind in EMERGENCY_KINDS)
DOL = str(PlaceKind.DOL.value)


@dataclass(frozen=True)
class MainFigure:
    """A figure for the overview: its key, value and unit, and the same in the plan before.

    `figure` asks what it is added up from.
    """

    key: str
    value: float
    unit: str
    figure: Figure
    before: float | None = None


def rows(plan: Plan, table: str, columns: Sequence[str]) -> list[FigureRow]:
    """Return the rows of a result table, with these columns; none where it is empty."""
    frame = plan.tables.get(table)
    return [] if frame is None else rows_of(frame, columns)


def rows_of(frame: pd.DataFrame, columns: Sequence[str]) -> list[FigureRow]:
    """Return the rows of a table, with these columns; nothing where it lacks one."""
    if frame.empty:
        return []
    return list(zip(*(_column(frame, name) for name in columns), strict=True))


def _column(frame: pd.DataFrame, name: str) -> list[object]:
    """Return a column's plain values; nothing in each row where the table lacks it."""
    if name not in frame.columns:
        return [None] * len(frame)
    return [_plain(value) for value in frame[name].to_list()]


def _plain(value: object) -> object:
    if value is None or value != value:  # noqa: PLR0124 - true of NaN alone
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    return value


def by_month(
    plan: Plan, table: str, amount: str, keep: Callable[[FigureRow], bool] = lambda _: True,
    of: Sequence[str] = (),
) -> dict[dt.date, float]:  # fmt: skip
    """Return the sum of an amount per month, over the rows whose columns `of` pass `keep`."""
    frame = plan.tables.get(table)
    found: dict[dt.date, float] = {}
    if frame is None or not {"month", amount} <= set(frame.columns):
        return found
    # Added up first for every month and kind of row, of which there are far fewer than rows.
    named = ["month", *(name for name in of if name in frame.columns)]
    added = frame.groupby(named, sort=False, dropna=False)[amount].sum().reset_index()
    for month, value, *rest in rows_of(added, ("month", amount, *of)):
        if isinstance(month, dt.date) and isinstance(value, int | float) and keep(tuple(rest)):
            found[month] = found.get(month, 0.0) + float(value)
    return found


def months(plan: Plan) -> tuple[dt.date, ...]:
    """Return the planned months, as far as the run-off names them."""
    found = {row[0] for row in rows(plan, "runoff", ("month",))}
    return tuple(sorted(month for month in found if isinstance(month, dt.date)))


def people_in(plan: Plan, kinds: Sequence[str]) -> dict[dt.date, float]:
    """Return the people in these kinds of place per month."""
    return by_month(plan, "placement", "people", lambda rest: rest[0] in kinds, ("kind",))


def main_figures(plan: Plan, before: Plan | None) -> tuple[MainFigure, ...]:
    """Return the figures that matter most, with those of the plan before where there is one."""
    older = {} if before is None else {each.key: each.value for each in _figures(before)}
    return tuple(
        MainFigure(each.key, each.value, each.unit, each.figure, older.get(each.key))
        for each in _figures(plan)
    )


def _figures(plan: Plan) -> tuple[MainFigure, ...]:
    planned = months(plan)
    last = planned[-1] if planned else None
    found = [
        *_level(plan, "unplaced", "person_months"),
        _summed(plan, "shortage", "shortage", "bed_months", None),
    ]
    if last is not None:
        found += [
            _summed(plan, "emergency_last", "emergency", "people", last),
            _summed(plan, "dol_last", "dol_prepared", "places", last),
        ]
    return (*found, *_level(plan, "moves", "moves"), *_level(plan, "cost", "euro"))


def _level(plan: Plan, name: str, unit: str) -> list[MainFigure]:
    """Return what a level came to; none where it was not solved."""
    figure = Figure("levels", level=name)
    return [MainFigure(name, each.value, unit, figure) for each in plan.levels if each.name == name]


def _summed(plan: Plan, key: str, name: str, unit: str, month: dt.date | None) -> MainFigure:
    """Return a sum over the rows of a result table, of one month or of all."""
    total = SUMS[name].total(plan.tables, month)
    return MainFigure(key, total, unit, Figure(SUM, sort=name, month=month))


def by_rule(shortfalls: pd.DataFrame | None, planned: Sequence[dt.date]) -> list[FigureRow]:
    """Return what falls short per rule and source, laws first; `planned` are the plan's months.

    Each row has what the rule rests on, its title, source and level; the most short in a month,
    the unit of that, and the month; the last month's shortfall; the sum with its own unit.
    """
    sums: dict[tuple[object, ...], dict[dt.date, float]] = {}
    if shortfalls is None:
        return []
    named = ("standing", "rule_title", "source", "level", "unit")
    for *kind, month, amount in rows_of(_added(shortfalls, named), (*named, "month", "amount")):
        if isinstance(month, dt.date):
            per_month = sums.setdefault(tuple(kind), {})
            per_month[month] = per_month.get(month, 0.0) + float(str(amount or 0))
    listed: list[FigureRow] = []
    for (standing, rule, source, level, unit), per_month in sums.items():
        # In a sheet units stand in words.
        key = unit_key(unit.en if isinstance(unit, Text) else str(unit))
        short = OverMonths.of(key, per_month.items(), max(planned, default=None))
        (month, worst), (_, last) = short.worst, short.last
        amounts = (worst, unit, month, last, short.total, short.total_unit)
        listed.append((standing, rule, source, level, *amounts))
    order = [each.value for each in Standing]
    return sorted(listed, key=lambda row: order.index(str(row[0])) if row[0] in order else 0)


def _added(shortfalls: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return shortfalls with the amounts added up of rows of one rule, source, unit and month.

    A rule has one title, level and standing; comparing those of ten thousand rows takes long.
    """
    frame = shortfalls.reindex(columns=list(dict.fromkeys(("rule", *columns, "month", "amount"))))
    same = frame[["rule", "month"]].assign(
        source=_quick(frame["source"]), unit=_quick(frame["unit"])
    )
    group = same.groupby(list(same), sort=False, dropna=False).ngroup()
    amounts = frame["amount"].astype(float).groupby(group).sum()
    return frame[~group.duplicated()].assign(amount=amounts.to_numpy())


def _quick(column: pd.Series[Any]) -> list[Any]:
    """Return what stands for the texts of a column where many are compared."""
    return [each.nl if isinstance(each, Text) else each for each in column.tolist()]


def location_names(sheet: TableSheet | None) -> dict[object, str]:
    """Return the locations' names with their code, by code; none where the sheet has no names."""
    if sheet is None or not {"id", "name"} <= set(sheet.frame.columns):
        return {}
    return {
        code: f"{name} ({code})"
        for code, name in zip(sheet.frame["id"], sheet.frame["name"], strict=True)
        if isinstance(name, str)
    }
