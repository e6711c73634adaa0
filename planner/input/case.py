"""`Case`: what may be solved. Only `parse` makes one, and only from a book without errors.

A case is immutable, so a calculation runs on it while the user goes on editing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import message
from planner.input.alike import told_once
from planner.input.book import Book
from planner.input.checks import CHECKS
from planner.input.counts import rows_at_start
from planner.input.finding_order import in_order_of_cause
from planner.input.kinds import Ground, Pinned, PlaceKind
from planner.input.location import Location
from planner.input.months import covers, later, month_of, months_from
from planner.input.order import in_order, place
from planner.input.parameters import Parameters
from planner.input.people import Group
from planner.input.pins import Pin
from planner.input.published import CapacityDecision, ProductionForecast
from planner.input.records import table
from planner.input.row_keys import in_key_order
from planner.input.scenarios.scenario import (
    FORECAST,
    MIDDLE,
    as_planned,
    chosen_scenario,
    edit_faults,
    forecast_name,
    is_beyond_forecast,
    with_scenario,
)
from planner.input.settings import Ceiling, Municipality, Province
from planner.input.span import planned_without_forecast
from planner.input.streams import Inflow, Stage, Stream
from planner.input.suspicious import SUSPICIONS
from planner.input.suspicious.scenarios import changes_are_likely
from planner.input.terms import read_parameters, unset_parameters
from planner.input.typed import TypedTables, read_tables

GroupMonth = tuple[str, dt.date]

# Parts that a case need not have: one without is marked as before there were any.
_ONLY_WHERE_GIVEN = frozenset({"pupils", "production", "decided", "beyond_forecast"})


@dataclass(frozen=True)
class Case:
    """A valid input: records by key, the months to plan, and the scenario it stands for.

    `occupancy` is keyed by (location, group), `forecast` by (group, month), `preferences` by
    (group, location) and `previous` by (location, kind, month). All are in the order of their keys,
    whatever the order of the sheets, and ceilings by name.
    """

    scenario: str
    date: dt.date
    months: tuple[dt.date, ...]
    locations: Mapping[str, Location]
    groups: Mapping[str, Group]
    occupancy: Mapping[tuple[str, str], int]
    forecast: Mapping[GroupMonth, float]
    inflow: tuple[Inflow, ...]
    streams: tuple[Stream, ...]
    stages: tuple[Stage, ...]
    parameters: Parameters
    provinces: Mapping[str, Province]
    ceilings: tuple[Ceiling, ...]
    preferences: Mapping[tuple[str, str], float]
    previous: Mapping[tuple[str, PlaceKind, dt.date], float]
    pins: tuple[Pin, ...] = ()
    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    # The parts of groups that must have a school seat where another number of people is only
    # tried; empty where arrivals tell.
    pupils: Mapping[GroupMonth, float] = field(default_factory=dict)
    # What was published or decided before, by edition and year, and by when and for which day.
    production: tuple[ProductionForecast, ...] = ()
    decided: tuple[CapacityDecision, ...] = ()
    # Whether the scenario counts on policy that the forecast does not hold.
    beyond_forecast: bool = False

    @cached_property
    def fingerprint(self) -> str:
        """A short mark of everything in the case: equal input, equal mark."""
        digest = hashlib.sha256()
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in _ONLY_WHERE_GIVEN and not value:
                continue
            shown = sorted(map(repr, value.items())) if isinstance(value, Mapping) else repr(value)
            digest.update(f"{each.name}={shown}\n".encode())
        return digest.hexdigest()[:16]

    @property
    def location_names(self) -> Mapping[str, str]:
        """What each location is called where people read, by its id: with its name behind it."""
        return {each.id: f"{each.id} {each.name}".strip() for each in self.locations.values()}

    @property
    def grounds(self) -> Mapping[str, Ground]:
        """On what legal ground each group has its place."""
        return {name: group.ground for name, group in self.groups.items()}

    def beds_in_contract(self, month: dt.date) -> float:
        """Return the beds of locations that are open in a month without any decision."""
        return float(
            sum(
                each.beds
                for each in self.locations.values()
                if not each.candidate and covers(month, each.open_from, each.open_until)
            )
        )

    def beds_needed(self, people: float, month: dt.date) -> float:
        """Return the beds that so many people need: at the occupancy norm, as COA publishes it."""
        return people / self.parameters.number("occupancy_norm", month)

    def people_at_start(self, group: str) -> int:
        """Return how many people of a group live in all locations on the reference date."""
        return self._at_start.get(group, 0)

    @cached_property
    def _at_start(self) -> Mapping[str, int]:
        people: dict[str, int] = {}
        for (_, group), count in self.occupancy.items():
            people[group] = people.get(group, 0) + count
        return people


@dataclass(frozen=True)
class Parsed:
    """What came of reading a book: everything found, and a case where there is no error."""

    case: Case | None
    findings: tuple[Finding, ...]


def parse(book: Book, scenario: str | None = None, *, suspecting: bool = True) -> Parsed:
    """Return the case of a scenario, or why there is none; findings are complete either way.

    Without `suspecting` what is only hardly meant is left out, which stops nothing.
    """
    opened, reading = read_tables(book)
    name, naming = chosen_scenario(opened, scenario)
    faulty = edit_faults(book, opened)
    changed, _ = with_scenario(book, opened, name)
    typed = opened
    if changed is not book:
        typed, reading = read_tables(changed)
    parameters, terms = read_parameters(typed)
    suspicions = SUSPICIONS if suspecting else ()
    checked = [finding for check in (*CHECKS, *suspicions) for finding in check(typed)]
    far = changes_are_likely(opened) if suspecting else ()
    found = [*book.findings, *reading, *naming, *faulty, *terms, *checked, *far]
    # A change's faulty value is found both by checking every scenario and at the changed cell.
    findings = in_order_of_cause(typed, dict.fromkeys(as_planned(opened, name, found)))
    if _stops(findings):
        return Parsed(None, tuple(findings))
    case = _case(typed, name, parameters)
    unset = unset_parameters(typed, parameters, case.months)
    findings = in_order_of_cause(typed, [*findings, *as_planned(opened, name, unset)])
    return Parsed(None if _stops(findings) else case, tuple(findings))


def usable(book: Book, scenario: str | None = None) -> Case:
    """Return the case of a book; `UnusableInputError` with all findings where there is none."""
    parsed = parse(book, scenario, suspecting=False)
    return usable_of(parse(book, scenario) if parsed.case is None else parsed)


def usable_of(parsed: Parsed) -> Case:
    """Return the case that a check found; `UnusableInputError` with all findings for none."""
    if parsed.case is None:
        told = told_once(parsed.findings)
        errors = sum(finding.severity is Severity.ERROR for finding in told)
        raise UnusableInputError(message("plan.unusable", count=errors), parsed.findings)
    return parsed.case


def _stops(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _case(typed: TypedTables, scenario: str, parameters: Parameters) -> Case:
    """Return the case; every table has been read and checked without an error."""
    counted = [each.record for each in rows_at_start(typed)]
    date = counted[0].date
    asked = parameters.text(FORECAST)
    used = forecast_name(typed, asked or scenario)
    pins = tuple(
        sorted(
            typed.records("pins"),
            key=lambda each: place((each.location, each.decision, each.month)),
        )
    )
    forecast = {
        (each.group, each.month): each.people
        for each in typed.records("forecast")
        if each.scenario == used and each.month > date
    }
    return Case(
        scenario=scenario,
        date=date,
        months=horizon(
            date, (month for _, month in forecast), planned_without_forecast(parameters)
        ),
        locations=in_order(
            {each.id: _until_closed(each, pins) for each in typed.records("locations")}
        ),
        groups=in_order({each.group: each for each in typed.records("groups")}),
        occupancy=in_order({(each.location, each.group): each.people for each in counted}),
        forecast=in_order(forecast),
        inflow=_inflow(typed, asked or scenario),
        streams=in_key_order(table("streams"), typed.records("streams")),
        stages=in_key_order(table("stages"), typed.records("stages")),
        parameters=parameters,
        provinces=in_order({each.province: each for each in typed.records("provinces")}),
        ceilings=tuple(sorted(typed.records("ceilings"), key=lambda each: place(each.name))),
        preferences=in_order(
            {
                (each.group, each.location): each.cost_per_person_month
                for each in typed.records("preferences")
            }
        ),
        previous=in_order(
            {
                (each.location, each.kind, each.month): each.places
                for each in typed.records("previous_plan")
            }
        ),
        pins=pins,
        municipalities=in_order(
            {each.municipality: each for each in typed.records("municipalities")}
        ),
        production=tuple(
            sorted(typed.records("production_forecast"), key=lambda each: (each.edition, each.year))
        ),
        decided=tuple(
            sorted(
                typed.records("capacity_decision"), key=lambda each: (each.decided, each.for_day)
            )
        ),
        beyond_forecast=is_beyond_forecast(typed, scenario),
    )


def _until_closed(location: Location, pins: tuple[Pin, ...]) -> Location:
    """Return a location whose contract ends before the month that it is pinned to be closed in."""
    closed = [
        each.month
        for each in pins
        if (each.location, each.decision) == (location.id, Pinned.CLOSE_EARLY) and each.value
    ]
    if not closed:
        return location
    last = min(closed) - dt.timedelta(days=1)
    if location.open_until is not None and location.open_until <= last:
        longest = location.extendable_until
        return replace(location, extendable_until=None if longest is None else min(longest, last))
    return replace(location, open_until=last, extendable_until=None)


def _inflow(typed: TypedTables, asked: str) -> tuple[Inflow, ...]:
    """Return the arrivals that are used: a scenario's own, else the only ones, else the middle's.

    Forecasts stay in the order in which they are given, since the first may count; the rows of each
    are by stream and month.
    """
    given: list[Inflow] = list(typed.records("inflow"))
    names = {name: at for at, name in enumerate(dict.fromkeys(each.scenario for each in given))}
    arrivals = tuple(
        sorted(given, key=lambda each: (names[each.scenario], place((each.stream, each.month))))
    )
    used = asked if asked in names or len(names) == 1 else MIDDLE
    return tuple(each for each in arrivals if each.scenario == used) or arrivals


def horizon(date: dt.date, forecast_months: Iterable[dt.date], without: int) -> tuple[dt.date, ...]:
    """Return the months to plan: from the month after the reference date to the last forecast.

    Where there are no forecast months so many are planned.
    """
    first = later(month_of(date), 1)
    last = max(forecast_months, default=later(first, without - 1))
    return months_from(first, last)
