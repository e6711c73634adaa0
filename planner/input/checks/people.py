"""Checks on people: the day of the count, the groups, and the forecast."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.counts import (
    counts,
    reference_date,
    rows_at_start,
    slips,
    stands_for,
)
from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.input.months import later, month_of, months_from
from planner.input.people import Group
from planner.input.records import TABLES
from planner.input.span import LONGEST_HORIZON, last_months
from planner.input.terms import read_parameters
from planner.input.typed import TypedRow, TypedTables


def needed_rows(typed: TypedTables) -> Iterator[Finding]:
    """Yield the tables that a plan cannot do without and that have no rows."""
    for declared in TABLES:
        sheet = typed.book.tables.get(declared.key)
        if declared.required and sheet is not None and sheet.frame.empty:
            what = message("check.no_rows", sheet=sheet.name)
            todo = message("check.no_rows.todo")
            column = declared.key_columns[0].key
            yield typed.finding(Severity.ERROR, declared.key, None, column, what, todo)


def counts_are_whole(typed: TypedTables) -> Iterator[Finding]:
    """Yield days with so few rows that they are a slip, and what past counts are for and lack."""
    by_day = counts(typed)
    no_count = slips(by_day)
    start = reference_date(typed)
    if start is None:
        return
    groups = dict.fromkeys(each.record.group for each in by_day[start])
    begin = read_parameters(typed)[0].date("dublin_start_date") or dt.date.min
    dol = {each.group for each in typed.records("groups") if each.prefers(PlaceKind.DOL)}
    past = tuple(day for day in by_day if day < start and day not in no_count)
    if past:
        yield _past(typed, "past_count", by_day[past[0]][0], dates=past, first=start)
    for day, rows in by_day.items():
        if day == start:
            continue
        if day in no_count:
            what = message("check.two_dates", date=day, count=len(rows), first=start)
            todo = message("check.two_dates.todo")
            yield typed.finding(Severity.ERROR, "occupancy", rows[0].row, "date", what, todo)
            continue
        there = {each.record.group for each in rows}
        absent = tuple(g for g in groups if g not in there and not (g in dol and day < begin))
        if absent:
            yield _past(typed, "past_count_groups", rows[0], date=day, groups=absent)


def counts_stand_apart(typed: TypedTables) -> Iterator[Finding]:
    """Yield past counts that stand for the month of a later count, which is used instead."""
    by_day = counts(typed)
    no_count = slips(by_day)
    days = [day for day in by_day if day not in no_count]
    for day, following in pairwise(days):
        if stands_for(day) == stands_for(following):
            row = by_day[day][0]
            fields = {"date": day, "later": following, "month": stands_for(day)}
            yield _past(typed, "past_count_twice", row, **fields)


def _past(typed: TypedTables, fault: str, each: TypedRow, **fields: object) -> Finding:
    """Return a remark on a past count, at its first row."""
    what, todo = message(f"check.{fault}", **fields), message(f"check.{fault}.todo")
    return typed.finding(Severity.REMARK, "occupancy", each.row, "date", what, todo)


def groups_have_a_place(typed: TypedTables) -> Iterator[Finding]:
    """Yield groups that are barred from every kind of place."""
    for each in typed.rows("groups"):
        group: Group = each.record
        if all(group.suitability(kind) is Suitability.BARRED for kind in PlaceKind):
            what = message("check.group_barred", group=group.group)
            todo = message("check.group_barred.todo")
            yield typed.finding(Severity.ERROR, "groups", each.row, "group", what, todo)


def groups_fit_where_they_live(typed: TypedTables) -> Iterator[Finding]:
    """Yield people in places that their group is barred from: they will have to move."""
    groups: Mapping[str, Group] = {each.group: each for each in typed.records("groups")}
    locations: Mapping[str, Location] = {each.id: each for each in typed.records("locations")}
    for each in rows_at_start(typed):
        group = groups.get(each.record.group)
        location = locations.get(each.record.location)
        if group is None or location is None or not each.record.people:
            continue
        if all(group.suitability(kind) is Suitability.BARRED for kind in location.kinds):
            what = message("check.will_move", group=group.group, kind=location.type.base_kind.label)
            todo = message("check.will_move.todo", group=group.group)
            yield typed.finding(Severity.REMARK, "occupancy", each.row, "people", what, todo)


def forecast_is_ahead(typed: TypedTables) -> Iterator[Finding]:
    """Yield forecast months that lie before the plan or too far ahead, once a scenario."""
    date = reference_date(typed)
    if date is None:
        return
    first = later(month_of(date), 1)
    furthest = later(first, LONGEST_HORIZON - 1)
    last = last_months(typed)
    told: set[tuple[str, str]] = set()
    for each in typed.rows("forecast"):
        scenario, month = each.record.scenario, each.record.month
        fault = _place_in_time(month, last[scenario], first, furthest)
        if fault and (scenario, fault) not in told:
            told.add((scenario, fault))
            severity = Severity.REMARK if fault == "forecast_past" else Severity.ERROR
            fields = {"scenario": scenario, "month": month, "first": first, "last": furthest}
            what = message(f"check.{fault}", **fields)
            todo = message(f"check.{fault}.todo", **fields)
            yield typed.finding(severity, "forecast", each.row, "month", what, todo)


def _place_in_time(month: dt.date, last: dt.date, first: dt.date, furthest: dt.date) -> str | None:
    """Return what is wrong with the place of a month, if anything."""
    if last < first:
        return "forecast_over"
    if month < first:
        return "forecast_past"
    return "forecast_far" if month > furthest else None


def forecast_is_complete(typed: TypedTables) -> Iterator[Finding]:
    """Yield groups without a forecast in some months: their number stays as counted."""
    date = reference_date(typed)
    if date is None:
        return
    by_scenario: dict[str, dict[str, list[TypedRow]]] = defaultdict(lambda: defaultdict(list))
    for each in typed.rows("forecast"):
        by_scenario[each.record.scenario][each.record.group].append(each)
    for scenario, by_group in by_scenario.items():
        last = last_months(typed)[scenario]
        months = months_from(later(month_of(date), 1), last)[:LONGEST_HORIZON]
        for group, rows in by_group.items():
            given = {each.record.month for each in rows}
            missing = [month for month in months if month not in given]
            if missing:
                fault = "forecast_gap_computed" if typed.rows("inflow") else "forecast_gap"
                what = message(
                    f"check.{fault}",
                    scenario=scenario,
                    group=group,
                    count=len(missing),
                    first=missing[0],
                )
                todo = message("check.forecast_gap.todo")
                yield typed.finding(Severity.REMARK, "forecast", rows[0].row, "group", what, todo)
        yield from _groups_left_out(typed, scenario, by_group)


def _groups_left_out(
    typed: TypedTables, scenario: str, by_group: Mapping[str, list[TypedRow]]
) -> Iterator[Finding]:
    """Yield the groups that a scenario does not forecast at all, as one remark."""
    absent = tuple(each.group for each in typed.records("groups") if each.group not in by_group)
    if absent:
        row = next(iter(by_group.values()))[0].row
        fault = "forecast_groups_computed" if typed.rows("inflow") else "forecast_groups"
        what = message(f"check.{fault}", scenario=scenario, groups=absent)
        todo = message("check.forecast_gap.todo")
        yield typed.finding(Severity.REMARK, "forecast", row, "scenario", what, todo)
