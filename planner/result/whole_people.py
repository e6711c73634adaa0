"""People and places in whole numbers, for whoever reads a plan of whole decisions.

The plan itself counts in parts of people, since the forecast does; a coordinator cannot house 0.6
of a person. Numbers are rounded to the whole one below or above so that totals stay right: per
month the groups add up to everyone, per group and month the locations and who has no place add up
to the group, and nobody is shown beyond the beds. The plan, the result file and what is verified
keep the numbers that were planned.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from planner.input.kinds import EMERGENCY_KINDS, Ground, PlaceKind
from planner.result.five_questions import as_counted
from planner.result.plan import Plan
from planner.result.rounding import Margins, RoundedCell, apportioned, rounded_table
from planner.sheets.result_table import WHOLE_COLUMNS, planned_key
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import EVERYONE_PLACED, unplaced_rows

# Parts of a person below this are a solver's rounding.
DIGITS = 6
APPLICANTS, OTHERS = "emergency_places", "emergency_others"
_CELL = ("location", "kind", "group", "month", "people")
_DOL = str(PlaceKind.DOL.value)
# What is fitted out anew is the difference of two rounded parts; who is in a DOL part, and which
# applicants are in an emergency place, is the sum of the groups that may be there, each rounded.
_APART: Mapping[str, float] = {"decisions": 2.0, "dol": 4.0, "shortfalls": 4.0}
_HALF = 0.5
_SAME = 1e-4
WHOLE_UNITS = frozenset({"persons", "people", "places", "seats", "beds"})
Tables = Mapping[str, pd.DataFrame]
BlockColumn = dict[tuple[Hashable, ...], float]


def _applicants(group: str) -> Ground:  # noqa: ARG001 - whoever it is
    return Ground.APPLICANT


def as_shown(plan: Plan) -> Plan:
    """Return a plan as it is read: with whole people and places where its decisions are whole."""
    whole = plan.whole and plan.found
    return replace(plan, tables=in_whole(plan.tables, plan.ground)) if whole else plan


def in_whole(tables: Tables, ground: Callable[[str], Ground] = _applicants) -> Tables:
    """Return result tables with people and places in whole numbers; the rows stay as they are.

    `ground` says on what legal ground a group has its place.
    """
    # First what is fitted out for DOL, so that no more people are shown there than it is for.
    prepared = _prepared(tables)
    people, unplaced, demand = _people(tables, prepared)
    living = _living((at, kind, month, n) for (at, kind, _, month), n in people.items())
    places = _places(tables, living, prepared)
    frames = dict(tables)
    frames["demand"] = _with(tables["demand"], ("group", "month"), people=demand)
    frames["placement"] = _with(
        tables["placement"], ("location", "kind", "group", "month"), people=people
    )
    frames["places"] = _with(tables["places"], ("location", "kind", "month"), places=places).assign(
        beds=tables["places"]["beds"].round()
    )
    frames["dol"] = _dol(tables["dol"], living, places, prepared)
    frames["moves"] = _apart(tables["moves"], "people", ("group", "month"))
    frames["decisions"] = _decisions(tables["decisions"], tables["dol"], prepared)
    frames["shortfalls"] = _shortfalls(
        tables["shortfalls"],
        unplaced,
        _of_rules(_rows(tables["placement"], *_CELL), ground),
        _of_rules(((*key, count) for key, count in people.items()), ground),
    )
    for name in ("runoff", "children"):
        if name in tables:
            frames[name] = tables[name].round(dict.fromkeys(WHOLE_COLUMNS[name], 0))
    if "children" in tables:
        # A guardian for part of the minors is a guardian.
        needed = tables["children"]["guardians_needed"]
        frames["children"] = frames["children"].assign(guardians_needed=needed.map(_up))
    for name in ("checks", "questions"):
        if name in tables:
            frames[name] = _judged(tables[name])
    if "questions" in tables:
        frames["questions"] = as_counted(
            frames["questions"], _monthly(unplaced), _monthly(people, EMERGENCY_KINDS)
        )
    return frames


def _monthly(
    people: BlockColumn, kinds: Collection[PlaceKind] | None = None
) -> dict[dt.date, float]:
    """Return people by month, whose keys end with it; of some kinds, or all."""
    found: dict[dt.date, float] = defaultdict(float)
    told = None if kinds is None else {each.value for each in kinds}
    for key, count in people.items():
        month = key[-1]
        if isinstance(month, dt.date) and (told is None or key[1] in told):
            found[month] += count
    return dict(found)


def with_planned(name: str, shown: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return a sheet of whole numbers with the planned ones beside them, as `as_planned` reads."""
    if name not in tables:
        return shown
    columns = [each for each in WHOLE_COLUMNS.get(name, ()) if each in tables[name].columns]
    # A sheet may have its rows in another order; each keeps its label.
    planned = tables[name].loc[shown.index, columns]
    return shown.assign(**{planned_key(each): planned[each] for each in columns})


def as_planned(tables: Tables) -> Tables:
    """Return tables that were read with the numbers that were planned, where these stand beside.

    A whole number that is not one of the two around the planned one, and those of a group and
    month that do not add up to its people, were changed afterwards: they count as they stand, so
    that recomputing finds them.
    """
    frames = dict(tables)
    changed = _not_adding_up(tables)
    for name, columns in WHOLE_COLUMNS.items():
        frame = tables.get(name)
        for column in columns:
            if frame is None or planned_key(column) not in frame.columns:
                continue
            planned, stands = frame[planned_key(column)], frame[column]
            within = _APART.get(name, 1.0)
            kept = (stands - planned).abs() < within
            if name in {"placement", "demand"} and changed:
                keys = zip(frame["group"], frame["month"], strict=True)
                kept &= pd.Series([key not in changed for key in keys], index=frame.index)
            both_empty = planned.isna() & stands.isna()
            frame = frame.assign(**{column: stands.where(~kept & ~both_empty, planned)})
        if frame is not None:
            frames[name] = frame
    return frames


def _not_adding_up(tables: Tables) -> set[tuple[object, object]]:
    """Return groups and months in which who lives somewhere and who does not are not all."""
    if planned_key("people") not in tables["placement"].columns:
        return set()
    left: dict[tuple[object, object], float] = defaultdict(float)
    for group, month, count in _rows(tables["demand"], "group", "month", "people"):
        left[group, month] += count
    for group, month, count in _rows(tables["placement"], "group", "month", "people"):
        left[group, month] -= count
    for group, month, count in _unplaced_rows(tables["shortfalls"]):
        left[group, month] -= count
    return {key for key, count in left.items() if abs(count) > _HALF}


def _up(value: float | None) -> float:
    """Return the whole number from a number on; nothing stays nothing."""
    return math.nan if value is None or math.isnan(value) else float(math.ceil(_clean(value)))


def _judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Return checks with people in whole numbers, beyond their limit where they do not hold."""
    values = []
    for value, limit, unit, holds in _rows(frame, "value", "limit", "unit", "holds"):
        if unit == "guardians":
            values.append(_up(value))
            continue
        if unit not in WHOLE_UNITS or value is None or math.isnan(value):
            values.append(value)
            continue
        whole = float(round(value))
        if holds is False and limit is not None and whole == limit:
            whole = float(math.ceil(value) if value > limit else math.floor(value))
        values.append(whole)
    return frame.assign(value=_series(values, frame))


def _people(tables: Tables, prepared: BlockColumn) -> tuple[BlockColumn, BlockColumn, BlockColumn]:
    """Return people by location, kind, group and month; those without a place; those expected."""
    months: dict[dt.date, list[RoundedCell]] = defaultdict(list)
    for location, kind, group, month, count in _rows(
        tables["placement"], "location", "kind", "group", "month", "people"
    ):
        months[month].append(RoundedCell(str(group), (location, kind), location, _clean(count)))
    for group, month, count in _unplaced_rows(tables["shortfalls"]):
        months[month].append(RoundedCell(str(group), ("", ""), "", _clean(count)))
    people: BlockColumn = {}
    unplaced: BlockColumn = {}
    demand: BlockColumn = {}
    for month, expected in _by_month(tables["demand"]).items():
        whole = apportioned(expected)
        demand |= {(group, month): float(count) for group, count in whole.items()}
        cells = sorted(months[month], key=lambda each: (each.row, each.column))
        most = {(str(at), _DOL): count for (at, when), count in prepared.items() if when == month}
        margins = Margins(whole, _told_together(cells), most)
        counts = rounded_table(cells, margins)
        # Where all places of a group are full another may have been rounded up in its stead.
        demand |= {(each.row, month): 0.0 for each in cells}
        for cell, count in zip(cells, counts, strict=True):
            demand[cell.row, month] += count
            location, kind = cell.column
            if location:
                people[location, kind, cell.row, month] = float(count)
            else:
                unplaced[cell.row, month] = float(count)
    return people, unplaced, demand


def _told_together(cells: Iterable[RoundedCell]) -> tuple[set[tuple[str, str]], ...]:
    """Return the places that are told as one number: emergency reception, DOL, and no place."""
    columns = {cell.column for cell in cells}
    emergency = {each.value for each in EMERGENCY_KINDS}
    return (
        {each for each in columns if each[1] in emergency},
        {each for each in columns if each[1] == _DOL},
        {each for each in columns if not each[0]},
    )


def _by_month(demand: pd.DataFrame) -> dict[dt.date, dict[str, float]]:
    found: dict[dt.date, dict[str, float]] = defaultdict(dict)
    for group, month, count in _rows(demand, "group", "month", "people"):
        found[month][str(group)] = _clean(count)
    return found


def _unplaced_rows(shortfalls: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    missing = unplaced_rows(shortfalls)
    return _rows(missing, "group", "month", "amount")


def _places(tables: Tables, living: BlockColumn, prepared: BlockColumn) -> BlockColumn:
    """Return places in use by location, kind and month: no fewer than people, within the beds."""
    found: BlockColumn = {}
    beds: dict[tuple[object, object], float] = {}
    by_kind: dict[tuple[dt.date, str], dict[object, float]] = defaultdict(dict)
    for location, kind, month, places, room in _rows(
        tables["places"], "location", "kind", "month", "places", "beds"
    ):
        by_kind[month, str(kind)][location] = _clean(places)
        beds[location, month] = round(room)
    # What is separated for DOL first, and the rest of the location's beds after it.
    for month, kind in sorted(by_kind, key=lambda each: (each[0], each[1] != _DOL, each[1])):
        least = {at: living[at, kind, month] for at in by_kind[month, kind]}
        most = {}
        for at in by_kind[month, kind]:
            others = (each for each in PlaceKind if each != kind)
            taken = math.fsum(
                max(found.get((at, k, month), 0.0), living[at, k, month]) for k in others
            )
            room = beds[at, month] - taken
            if kind == _DOL:
                room = min(room, prepared.get((at, month), room))
            most[at] = max(room, least[at])
        for at, count in apportioned(by_kind[month, kind], least, most).items():
            found[at, kind, month] = float(count)
    return found


def _prepared(tables: Tables) -> BlockColumn:
    """Return the parts fitted out by location and month; they add up to what is fitted out then.

    A part that stays as it is or grows is shown no smaller than the month before.
    """
    found: BlockColumn = {}
    before: dict[object, tuple[float, float]] = {}
    months: dict[dt.date, dict[object, float]] = defaultdict(dict)
    for location, month, prepared in _rows(tables["dol"], "location", "month", "prepared"):
        months[month][location] = _clean(prepared)
    for month in sorted(months):
        least = {
            at: before[at][1] if at in before and prepared >= before[at][0] else 0.0
            for at, prepared in months[month].items()
        }
        for at, count in apportioned(months[month], least).items():
            found[at, month] = float(count)
            before[at] = (months[month][at], float(count))
    return found


def _dol(
    frame: pd.DataFrame, living: BlockColumn, places: BlockColumn, prepared: BlockColumn
) -> pd.DataFrame:
    keys = list(_rows(frame, "location", "month"))
    used = [places.get((at, _DOL, month), 0.0) for at, month in keys]
    there = [living.get((at, _DOL, month), 0.0) for at, month in keys]
    return frame.assign(
        prepared=_series([prepared[key] for key in keys], frame),
        in_use=_series(used, frame),
        people=_series(there, frame),
        idle=_series([max(u - t, 0.0) for u, t in zip(used, there, strict=True)], frame),
    )


def _decisions(frame: pd.DataFrame, dol: pd.DataFrame, prepared: BlockColumn) -> pd.DataFrame:
    """Return the decisions with what is fitted out anew as the growth of the parts."""
    exact = {(at, month): _clean(value) for at, month, value in _rows(dol, "location", "month", "prepared")}  # fmt: skip  # noqa: E501
    before = _months_before(prepared)
    values = []
    for at, decision, month, value in _rows(frame, "location", "decision", "month", "value"):
        if decision != Decision.PREPARE_DOL or (at, month) not in prepared:
            values.append(value)
            continue
        earlier = before.get((at, month))
        new = prepared[at, month] - (prepared[at, earlier] if earlier else 0.0)
        start = exact[at, month] - (exact[at, earlier] if earlier else 0.0) - _clean(value)
        values.append(max(new - round(start), 0.0))
    return frame.assign(value=_series(values, frame))


def _months_before(prepared: BlockColumn) -> dict[tuple[Hashable, ...], dt.date]:
    found: dict[tuple[Hashable, ...], dt.date] = {}
    last: dict[Hashable, dt.date] = {}
    for at, month in sorted(prepared, key=lambda each: (str(each[0]), each[1])):
        if at in last:
            found[at, month] = last[at]
        last[at] = month  # type: ignore[assignment] # the second part of the key is a month
    return found


def _of_rules(counts: Iterable[tuple[Any, ...]], ground: Callable[[str], Ground]) -> BlockColumn:
    """Return people by rule, location, kind and month; `counts` are as the columns of `_CELL`.

    The rules are those about applicants alone, and about nobody of them; the empty one is about
    everybody.
    """
    found: BlockColumn = defaultdict(float)
    for location, kind, group, month, count in counts:
        for rule in ("", APPLICANTS if ground(group) is Ground.APPLICANT else OTHERS):
            found[rule, location, kind, month] += count
    return found


def _living(counts: Iterable[tuple[Any, ...]]) -> BlockColumn:
    """Return people by location, kind and month; `counts` are these three and how many."""
    found: BlockColumn = defaultdict(float)
    for location, kind, month, count in counts:
        found[location, kind, month] += count
    return found


def _shortfalls(
    frame: pd.DataFrame, unplaced: BlockColumn, planned: BlockColumn, shown: BlockColumn
) -> pd.DataFrame:
    """Return the shortfalls in whole numbers; `planned` and `shown` are who lives where, by rule.

    One that is everybody in a kind of place is shown as they are, so that both add up to the same;
    so is one that is every applicant there, and everybody else.
    """
    told: dict[int, float] = {}
    for at, rule, group, *place, amount in zip(
        range(len(frame)),
        *(frame[name] for name in ("rule", "group", "location", "kind", "month", "amount")),
        strict=True,
    ):
        month = place[-1]
        people = (rule if rule in {APPLICANTS, OTHERS} else "", *place)
        if rule == EVERYONE_PLACED and (group, month) in unplaced:
            told[at] = unplaced[group, month]
        elif abs(planned.get(people, -1.0) - amount) < _SAME:
            told[at] = shown[people]
    counted = frame[frame["unit"].isin(WHOLE_UNITS) & ~frame.index.isin(frame.index[list(told)])]
    rest = frame["amount"].astype(float).copy()
    rest.loc[counted.index] = _apart(counted, "amount", ("rule", "month"))["amount"]
    amounts = [told.get(at, amount) for at, amount in enumerate(rest.tolist())]
    return frame.assign(amount=_series(amounts, frame))


def _apart(frame: pd.DataFrame, column: str, keys: Sequence[str]) -> pd.DataFrame:
    """Return a frame with a column in whole numbers that add up per its keys."""
    groups: dict[tuple[object, ...], dict[object, float]] = defaultdict(dict)
    for index, *key, value in zip(
        frame.index, *(frame[name] for name in keys), frame[column], strict=True
    ):
        groups[tuple(key)][index] = _clean(value)
    whole: dict[object, float] = {}
    for values in groups.values():
        whole |= {index: float(count) for index, count in apportioned(values).items()}
    return frame.assign(**{column: _series([whole[index] for index in frame.index], frame)})


def _with(frame: pd.DataFrame, keys: Sequence[str], **columns: BlockColumn) -> pd.DataFrame:
    """Return a frame with columns taken by its keys; what is not known stays as it is."""
    found = {}
    for name, values in columns.items():
        old = frame[name].tolist()
        rows = zip(_rows(frame, *keys), old, strict=True)
        found[name] = _series([values.get(key, value) for key, value in rows], frame)
    return frame.assign(**found)


def _series(values: Sequence[float], frame: pd.DataFrame) -> pd.Series:
    return pd.Series(list(values), index=frame.index, dtype=float)


def _rows(frame: pd.DataFrame, *columns: str) -> Iterable[tuple[Any, ...]]:
    return list(zip(*(frame[name].tolist() for name in columns), strict=True))


def _clean(value: float) -> float:
    """Return a number without the solver's rounding; what is not there is nothing."""
    return 0.0 if value is None or math.isnan(value) else round(float(value), DIGITS)
