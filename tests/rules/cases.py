"""Tiny cases made of a few records, and the rows of a rule as plain data to compare with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from planner.input.case import Case
from planner.input.kinds import LocationType, PlaceKind, Status, Suitability
from planner.input.location import Location
from planner.input.months import last_day, later
from planner.input.parameters import Parameters, supplied
from planner.input.people import Group
from planner.input.settings import Ceiling, Parameter, Province
from planner.model.algebra import Constraint, Key, Variable
from planner.model.decisions import Decisions, decide
from planner.model.rules.rule import Rule
from tests.tables import record

JUL, AUG, SEP, OCT = (dt.date(2026, month, 1) for month in (7, 8, 9, 10))
COUNT_DAY = dt.date(2026, 6, 30)


# Rates of places that have no cost of their own.
FREE: Mapping[str, float] = {"cost_regular_bed_month": 0.0, "cost_emergency_bed_month": 0.0}


def parameters(**changed: float | dt.date | None) -> Parameters:
    """Return the supplied parameters with others over them; none is limited in time.

    A place costs nothing unless its location or a parameter says what.
    """
    values = {name: each.parameter.value for name, each in supplied().items()}
    values |= FREE
    values |= changed
    return Parameters(
        {name: record(Parameter, parameter=name, value=value) for name, value in values.items()}
    )


def location(
    name: str = "azc",
    kind: str = "azc",
    beds: int = 10,
    **more: Any,
) -> Location:
    """Return an open regular location of ten beds, without an end, unless told otherwise."""
    return record(Location, id=name, type=LocationType[kind.upper()], beds=beds, **more)


def candidate(
    name: str = "new",
    beds: int = 10,
    **more: Any,
) -> Location:
    """Return a regular location that may be opened."""
    return location(name, beds=beds, status=Status.CANDIDATE, **more)


def group(
    name: str = "men",
    preferred: str = "regular",
    fallback: str = "",
    **more: Any,
) -> Group:
    """Return a group with its preferred and fallback kinds, each set joined by blanks.

    Every other kind is barred.
    """
    suits = {
        "return_" if kind is PlaceKind.RETURN else kind.value: (
            Suitability.PREFERRED
            if kind.value in preferred.split()
            else Suitability.FALLBACK
            if kind.value in fallback.split()
            else Suitability.BARRED
        )
        for kind in PlaceKind
    }
    return record(Group, group=name, **suits, **more)


def months_of(count: int) -> tuple[dt.date, ...]:
    """Return so many months from July 2026 on."""
    return tuple(later(JUL, step) for step in range(count))


def until(month: dt.date) -> dt.date:
    """Return the last day of a month, as a contract's last day."""
    return last_day(month)


def case(  # noqa: PLR0913 - a case has these tables
    *locations: Location,
    groups: Iterable[Group] = (),
    people: Mapping[str, float | tuple[float, ...]] | None = None,
    lives: Mapping[tuple[str, str], int] | None = None,
    months: int = 1,
    tasks: Mapping[str, float | None] | None = None,
    ceilings: tuple[Ceiling, ...] = (),
    preferences: Mapping[tuple[str, str], float] | None = None,
    previous: Mapping[tuple[str, PlaceKind, dt.date], float] | None = None,
    **changed: float | dt.date | None,
) -> Case:
    """Return a case of these records from July 2026 on.

    `people` is the forecast by group, one number for every month or one a month; groups without
    one have ten people. `lives` is the occupancy by (location, group). Other names are parameters.
    """
    span = months_of(months)
    known = tuple(groups) or (group(),)
    expected = {each.group: 10.0 for each in known} | dict(people or {})
    return Case(
        scenario="middle",
        date=COUNT_DAY,
        months=span,
        locations={each.id: each for each in locations or (location(),)},
        groups={each.group: each for each in known},
        occupancy=dict(lives or {}),
        forecast={
            (name, month): float(count[step] if isinstance(count, tuple) else count)
            for name, count in expected.items()
            for step, month in enumerate(span)
        },
        inflow=(),
        streams=(),
        stages=(),
        parameters=parameters(**changed),
        provinces={
            name: record(Province, province=name, task=task) for name, task in (tasks or {}).items()
        },
        ceilings=ceilings,
        preferences=dict(preferences or {}),
        previous=dict(previous or {}),
    )


@dataclass(frozen=True)
class Expected:
    """A row as data: what it is about, its left side by what the columns stand for, its limit."""

    about: str
    left: Mapping[str, float]
    sense: str
    limit: float
    weight: float = 1.0
    shortfall: str = ""


def rows_of(rule: Rule, of: Case, *, whole: bool = False) -> list[Expected]:
    """Return a rule's rows on a case as data, in the order they come."""
    choose = decide(of, whole=whole)
    names = column_names(choose)
    return [_as_data(row, names) for row in rule.rows(of, choose)]


def _as_data(row: Constraint, names: Mapping[Variable, str]) -> Expected:
    return Expected(
        about=words(row.key),
        left={names[column]: round(share, 9) for column, share in row.left.items()},
        sense=row.sense.value,
        limit=round(row.limit, 9),
        weight=round(row.weight, 9),
        shortfall="" if row.shortfall is None else names[row.shortfall],
    )


def column_names(choose: Decisions) -> dict[Variable, str]:
    """Return what every column stands for, as words joined by blanks."""
    names = {}
    for declared in fields(choose):
        columns = getattr(choose, declared.name)
        if declared.name == "worst_province":
            names.update(dict.fromkeys(columns, declared.name))
        elif declared.name not in ("columns", "demand", "pupils", "footing"):
            for key, column in columns.items():
                parts = key if isinstance(key, tuple) else (key,)
                names[column] = " ".join((declared.name, *map(_word, parts)))
    return names


def words(key: Key) -> str:
    """Return what a row is about: the parts that apply, joined by blanks."""
    parts = (key.group, key.location, key.kind, key.province, key.region, key.month)
    return " ".join(_word(part) for part in parts if part)


def _word(part: object) -> str:
    """Return a month as its short name, a kind as its key, anything else as it is."""
    if isinstance(part, dt.date):
        return part.strftime("%b").lower()
    return str(part.value) if isinstance(part, PlaceKind) else str(part)
