"""The result tables as figures by key, and the checks on their form.

A table that is missing, has an empty or unreadable cell, an unknown name, a number below zero or
the same key twice cannot be recomputed; those faults are told first and alone.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.verify.breach import TOLERANCE, Breach, BreachPlace, ClaimedPlan, breach


class Shape(NamedTuple):
    """The key columns of a result table, those that may be empty, and its numbers."""

    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    may_be_empty: frozenset[str] = frozenset()
    may_be_absent: frozenset[str] = frozenset()


SHAPES = {
    "placement": Shape(("location", "group", "kind", "month"), ("people",)),
    "places": Shape(("location", "kind", "month"), ("places", "beds")),
    "dol": Shape(("location", "month"), ("prepared", "in_use", "people", "idle")),
    "shortfalls": Shape(
        ("rule", "level", "location", "kind", "province", "region", "group", "month"),
        ("amount",),
        frozenset({"location", "kind", "province", "region", "group", "month"}),
    ),
    "moves": Shape(
        ("location", "group", "month", "to"), ("people",), frozenset({"to"}), frozenset({"to"})
    ),
    "decisions": Shape(("location", "decision", "month"), ("value",), frozenset({"month"})),
    "runoff": Shape(("month",), ("portfolio_beds", "needed_beds", "shortage")),
    "demand": Shape(("group", "month"), ("people",)),
}

DECISIONS = ("open", "extend", "close_early", "prepare_dol")

# A ceiling can hold for several locations together; its rows name them all, joined by this.
JOINER = ";"

KINDS = {kind.value: kind for kind in PlaceKind}

Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class DolPart:
    """What the plan says of a DOL part in a month, in places and persons."""

    prepared: float = 0.0
    in_use: float = 0.0
    people: float = 0.0
    idle: float = 0.0


@dataclass(frozen=True)
class ClaimedShortfall:
    """One row of the shortfalls that the plan reports."""

    rule: str
    level: str
    spot: BreachPlace
    amount: float


@dataclass(frozen=True)
class Claim:
    """The figures of a plan by key.

    `people` by (group, location, kind, month); `places` and `beds` by (location, kind, month);
    `dol` by (location, month); `moves` by (group, location, month), and `moved_to` by that and
    the locations they can have gone to, where these are told; `decisions` by (location,
    decision, month); `runoff` by month: beds in contract, beds needed, shortage; `demand` by
    (group, month).
    """

    people: dict[tuple[str, str, PlaceKind, dt.date], float]
    places: dict[tuple[str, PlaceKind, dt.date], float]
    beds: dict[tuple[str, PlaceKind, dt.date], float]
    dol: dict[tuple[str, dt.date], DolPart]
    shortfalls: tuple[ClaimedShortfall, ...]
    moves: dict[tuple[str, str, dt.date], float]
    moved_to: dict[tuple[str, str, dt.date, str], float] | None
    decisions: dict[tuple[str, str, dt.date | None], float]
    runoff: dict[dt.date, tuple[float, float, float]]
    demand: dict[tuple[str, dt.date], float]


def read_claim(case: Case, claimed: ClaimedPlan) -> tuple[Claim | None, tuple[Breach, ...]]:
    """Return the figures of the tables, or the faults in their form."""
    tables: dict[str, Columns] = {}
    faults: list[Breach] = []
    for name, shape in SHAPES.items():
        frame = claimed.tables.get(name)
        if frame is None:
            faults.append(breach("table_missing", 1, table=name))
            continue
        named = [*shape.keys, *shape.numbers]
        absent = tuple(
            each for each in named if each not in frame and each not in shape.may_be_absent
        )
        # A table without rows may have been made without columns.
        if absent and not frame.empty:
            faults.append(breach("column_missing", len(absent), table=name, columns=absent))
            continue
        tables[name] = _columns(frame, shape)
        faults.extend(_number_faults(name, shape, tables[name]))
        faults.extend(_key_faults(case, name, shape, tables[name]))
    if faults:
        return None, tuple(faults)
    # A plan of before has no such column. One that stands empty says that nobody went anywhere.
    return _claim(tables, told_to="to" in claimed.tables["moves"]), ()


def _columns(frame: pd.DataFrame, shape: Shape) -> Columns:
    """Return a frame's columns as lists, empty cells as `None`, moments as days."""
    columns: Columns = {}
    for name in (*shape.keys, *shape.numbers):
        if frame.empty or name not in frame:
            columns[name] = [None] * len(frame)
            continue
        filled = frame[name].notna()
        cells = zip(frame[name].tolist(), filled.tolist(), strict=True)
        columns[name] = [cell if full else None for cell, full in cells]
    if "month" in columns:
        columns["month"] = [
            cell.date() if isinstance(cell, dt.datetime) else cell for cell in columns["month"]
        ]
    return columns


def _number_faults(table: str, shape: Shape, columns: Columns) -> Iterator[Breach]:
    """Yield each column of numbers that has a cell without one, or one below zero."""
    for name in shape.numbers:
        wrong = [cell for cell in columns[name] if not _is_number(cell)]
        if wrong:
            cell = _shown(wrong[0])
            yield breach("unreadable", len(wrong), table=table, column=name, cell=cell)
            continue
        low = min(columns[name], default=0.0)
        if low < -TOLERANCE:
            yield breach("negative", -low, table=table, column=name, value=low)


def _key_faults(case: Case, table: str, shape: Shape, columns: Columns) -> Iterator[Breach]:
    """Yield each key column with a name that is not in the case, and keys that stand twice."""
    for name in shape.keys:
        known = _known(case, table, name)
        if name in shape.may_be_empty:
            unknown = [cell for cell in columns[name] if cell is not None and not known(cell)]
        else:
            unknown = [cell for cell in columns[name] if cell is None or not known(cell)]
        if unknown:
            cell = _shown(unknown[0])
            yield breach("unknown", len(unknown), table=table, column=name, cell=cell)
    keys = Counter(zip(*(map(_shown, columns[name]) for name in shape.keys), strict=True))
    # Two ceilings may hold for the same locations; their amounts are added before comparing.
    twice = [key for key, count in keys.items() if count > 1 and key[0] != "ceilings"]
    if twice:
        shown = " · ".join(part for part in twice[0] if part)
        yield breach("duplicate", len(twice), table=table, key=shown)


def _is_number(cell: object) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, Real):
        return False
    return math.isfinite(cell)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _known(case: Case, table: str, column: str) -> Callable[[object], bool]:
    """Return the test that a key cell names something that exists in the case."""
    locations = case.locations
    if column == "location" and table == "shortfalls":
        # The shortfall of a municipality's task stands at the municipality.
        return lambda cell: (
            all(part in locations for part in str(cell).split(JOINER))
            or cell in case.municipalities
        )
    if column == "to":
        return lambda cell: all(part in locations for part in str(cell).split(JOINER))
    if column in {"rule", "level"}:
        # Rules and levels are compared with the recomputed ones, which know them all.
        return lambda cell: isinstance(cell, str)
    provinces = chain(case.provinces, (each.province for each in locations.values()))
    names: dict[str, frozenset[object]] = {
        "location": frozenset(locations),
        "group": frozenset(case.groups),
        "kind": frozenset(PlaceKind),
        "month": frozenset(case.months),
        "decision": frozenset(DECISIONS),
        "province": frozenset(provinces),
        "region": frozenset(each.region for each in locations.values()),
    }
    known = names[column]
    return lambda cell: cell in known


def _moved(tables: dict[str, Columns]) -> dict[tuple[str, str, dt.date], float]:
    found: dict[tuple[str, str, dt.date], float] = defaultdict(float)
    for location, group, month, _, people in _rows(tables, "moves"):
        found[group, location, month] += people
    return dict(found)


def _moved_to(tables: dict[str, Columns]) -> dict[tuple[str, str, dt.date, str], float]:
    return {
        (group, location, month, to or ""): people
        for location, group, month, to, people in _rows(tables, "moves")
    }


def _claim(tables: dict[str, Columns], *, told_to: bool) -> Claim:
    """Return the figures by key; the form of every table has been checked."""
    places = [
        ((location, KINDS[kind], month), used, beds)
        for location, kind, month, used, beds in _rows(tables, "places")
    ]
    return Claim(
        people={
            (group, location, KINDS[kind], month): people
            for location, group, kind, month, people in _rows(tables, "placement")
        },
        places={key: used for key, used, _ in places},
        beds={key: beds for key, _, beds in places},
        dol={
            (location, month): DolPart(*figures)
            for location, month, *figures in _rows(tables, "dol")
        },
        shortfalls=tuple(_shortfalls(tables)),
        moves=_moved(tables),
        moved_to=_moved_to(tables) if told_to else None,
        decisions={
            (location, decision, month): value
            for location, decision, month, value in _rows(tables, "decisions")
        },
        runoff={
            month: (portfolio, needed, shortage)
            for month, portfolio, needed, shortage in _rows(tables, "runoff")
        },
        demand={(group, month): people for group, month, people in _rows(tables, "demand")},
    )


def _shortfalls(tables: dict[str, Columns]) -> Iterator[ClaimedShortfall]:
    for rule, level, location, kind, province, region, group, month, amount in _rows(
        tables, "shortfalls"
    ):
        spot = BreachPlace(
            location or "",
            None if kind is None else KINDS[kind],
            province or "",
            region or "",
            group or "",
            month,
        )
        yield ClaimedShortfall(rule, level, spot, amount)


def _rows(tables: dict[str, Columns], table: str) -> Iterator[tuple[Any, ...]]:
    """Yield a table's rows: the key columns in order, then the numbers."""
    shape = SHAPES[table]
    columns = tables[table]
    return zip(*(columns[name] for name in (*shape.keys, *shape.numbers)), strict=True)
