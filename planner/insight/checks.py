"""`CHECKS`: what no decision can change, reckoned beside the plan and reported with it.

Each is a small function that yields what a figure comes to, in words that show the arithmetic, or
why there is nothing to reckon here. None of them moves the plan.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.insight.above_beds import beyond_beds, still_above
from planner.insight.applies import rules_here
from planner.insight.arrivals import BORDER, all_arrivals, arrivals_in, in_last_weeks
from planner.model.build import Problem
from planner.model.rules.rule import Rule
from planner.sources import BORDER_CAPACITY, IMPLEMENTATION_PLAN, PROCEDURE, RECEPTION, Source
from planner.tables.case import Case
from planner.tables.kinds import PlaceKind
from planner.tables.months import later
from planner.texts import Language, Message, Text, message, show_month

COLUMNS = ("check", "title", "source", "month", "value", "limit", "unit", "holds")
YEAR_MAXIMUM = "border_year_max_"


@dataclass(frozen=True)
class Reckoned:
    """What a check came to in a month, against which limit, with the arithmetic in words."""

    month: dt.date | None
    value: float
    limit: float | None
    words: Message


@dataclass(frozen=True)
class Absent:
    """Why a check has nothing to reckon, in a month or at all."""

    reason: Message
    month: dt.date | None = None


Tables = Mapping[str, pd.DataFrame]
Outcomes = Iterator[Reckoned | Absent]


@dataclass(frozen=True)
class Check:
    """A check: its name, its source, the unit of its figures, and how it is reckoned."""

    name: str
    source: Source
    unit: str
    reckon: Callable[[Problem, Tables], Outcomes]

    @property
    def title(self) -> Text:
        """What it is about."""
        return message(f"beside.{self.name}.title").both


def demand_is_met(problem: Problem, tables: Tables) -> Outcomes:
    """People placed and people without a place are together the people present, each month."""
    placed = tables["placement"].groupby("month")["people"].sum()
    missing = tables["shortfalls"]
    unplaced = missing[missing["rule"] == "everyone_placed"].groupby("month")["amount"].sum()
    for month in problem.case.months:
        present = sum(problem.choose.demand[group, month] for group in problem.case.groups)
        housed, waiting = float(placed.get(month, 0.0)), float(unplaced.get(month, 0.0))
        words = message("beside.demand_is_met", placed=housed, unplaced=waiting)
        yield Reckoned(month, housed + waiting, present, words)


def above_beds(problem: Problem, tables: Tables) -> Outcomes:
    """How many of those beyond the beds on the reference date have no place yet, each month."""
    start = beyond_beds(problem.case)
    if not start:
        yield Absent(message("beside.nobody_above_beds"))
        return
    words = message(
        "beside.above_beds",
        start=sum(start.values()),
        date=problem.case.date,
        locations=tuple(start),
    )
    for month, left in still_above(problem.case, tables):
        yield Reckoned(month, left, 0.0, words)


def needs_assessment(problem: Problem, tables: Tables) -> Outcomes:
    """Arrivals of a month against the assessments of special needs that can be done in it."""
    del tables
    case = problem.case
    arrivals = all_arrivals(case)
    if not arrivals:
        yield Absent(message("beside.no_inflow", scenario=case.scenario))
        return
    for month in case.months:
        capacity = case.parameters.optional("needs_assessment_capacity", month)
        days = case.parameters.optional("needs_assessment_days", month)
        if month not in arrivals:
            yield Absent(message("beside.no_inflow_month", month=_named(month)), month)
        elif capacity is None or days is None:
            yield Absent(message("beside.no_parameter", name="needs_assessment_capacity"), month)
        else:
            people = arrivals[month]
            words = message("beside.needs_assessment", people=people, capacity=capacity, days=days)
            yield Reckoned(month, people, capacity, words)


def information(problem: Problem, tables: Tables) -> Outcomes:
    """Sessions that tell the arrivals of a month, group by group, what they are entitled to."""
    del tables
    case = problem.case
    arrivals = all_arrivals(case)
    if not arrivals:
        yield Absent(message("beside.no_inflow", scenario=case.scenario))
        return
    for month in case.months:
        size = case.parameters.optional("information_group_size", month)
        days = case.parameters.optional("information_days", month)
        if month not in arrivals:
            yield Absent(message("beside.no_inflow_month", month=_named(month)), month)
        elif not size or days is None:
            yield Absent(message("beside.no_parameter", name="information_group_size"), month)
        else:
            people = arrivals[month]
            words = message("beside.information", people=people, size=size, days=days)
            yield Reckoned(month, float(math.ceil(people / size)), None, words)


def guardians_needed(problem: Problem, tables: Tables) -> Outcomes:
    """Guardians for the unaccompanied minors, under normal circumstances."""
    del tables
    return _guardians(problem, "minors_per_guardian")


def guardians_exceptional(problem: Problem, tables: Tables) -> Outcomes:
    """Guardians for the unaccompanied minors, in exceptional situations."""
    del tables
    return _guardians(problem, "minors_per_guardian_exceptional")


def _guardians(problem: Problem, ratio: str) -> Outcomes:
    """Yield the minors divided by what a guardian may have, against the guardians there are."""
    case = problem.case
    minors = [each.group for each in case.groups.values() if each.prefers(PlaceKind.MINORS)]
    if not minors:
        yield Absent(message("beside.no_minors"))
        return
    for month in case.months:
        each = case.parameters.optional(ratio, month)
        if each:
            people = sum(problem.choose.demand[group, month] for group in minors)
            words = message("beside.guardians", people=people, each=each)
            there = case.parameters.optional("guardians", month)
            yield Reckoned(month, people / each, there, words)
        else:
            yield Absent(message("beside.no_parameter", name=ratio), month)


def border_places(problem: Problem, tables: Tables) -> Outcomes:
    """People in the border procedure at one time, those of its last weeks, against its places."""
    del tables
    case = problem.case
    arrivals = arrivals_in(case, BORDER)
    if not arrivals:
        yield Absent(message("beside.no_border", stream=BORDER, scenario=case.scenario))
        return
    for month in case.months:
        weeks = case.parameters.optional("border_procedure_weeks", month)
        people = None if weeks is None else in_last_weeks(arrivals, month, weeks)
        if weeks is None:
            yield Absent(message("beside.no_parameter", name="border_procedure_weeks"), month)
        elif people is None:
            yield Absent(message("beside.border_before", weeks=weeks), month)
        else:
            words = message("beside.border_places", people=people, weeks=weeks)
            there = case.parameters.optional("border_places", month)
            yield Reckoned(month, people, there, words)


def border_year(problem: Problem, tables: Tables) -> Outcomes:
    """Applications at the border in each year of its maximum, as far as the sheet gives them."""
    del tables
    case = problem.case
    arrivals = arrivals_in(case, BORDER)
    if not arrivals:
        yield Absent(message("beside.no_border", stream=BORDER, scenario=case.scenario))
        return
    for name, parameter in case.parameters.by_name.items():
        if not name.startswith(YEAR_MAXIMUM) or not isinstance(parameter.value, int | float):
            continue
        first, last = parameter.valid_from or dt.date.min, parameter.valid_until or dt.date.max
        # A month belongs to the year that its first day lies in: twelve months to a year.
        months = [each for each in arrivals if first <= each <= last]
        if months:
            people = sum(arrivals[each] for each in months)
            words = message(
                "beside.border_year", people=people, months=len(months), since=_named(min(months))
            )
            yield Reckoned(max(months), people, float(parameter.value), words)


def dol_review(problem: Problem, tables: Tables) -> Outcomes:
    """People in DOL for longer than the months after which their residence is to be reviewed.

    Of those in DOL so many months ago, 1 - 1/stay of each month are still there.
    """
    case = problem.case
    people = tables["placement"]
    in_dol = people[people["kind"] == PlaceKind.DOL.value]
    counts: dict[tuple[str, dt.date], float] = defaultdict(float)
    for group, when, count in zip(in_dol["group"], in_dol["month"], in_dol["people"], strict=True):
        counts[group, when] += count
    if not counts:
        yield Absent(message("beside.nobody_in_dol"))
        return
    for month in case.months:
        limit = case.parameters.optional("dol_review_months", month)
        if limit is None:
            yield Absent(message("beside.no_parameter", name="dol_review_months"), month)
            continue
        before = later(month, -int(limit))
        if before in case.months:
            longer = sum(_still_there(case, counts, name, before, month) for name in case.groups)
            now = sum(counts.get((name, month), 0.0) for name in case.groups)
            then = sum(counts.get((name, before), 0.0) for name in case.groups)
            words = message(
                "beside.dol_review",
                then=then,
                before=_named(before),
                months=limit,
                longer=longer,
                now=now,
            )
            yield Reckoned(month, longer, None, words)


def _still_there(
    case: Case,
    counts: Mapping[tuple[str, dt.date], float],
    group: str,
    before: dt.date,
    month: dt.date,
) -> float:
    """Return who of a group in DOL in an earlier month is still there, by its mean stay."""
    stay = case.groups[group].stay_months
    staying = 1.0 - 1.0 / stay if stay else 1.0
    passed = case.months.index(month) - case.months.index(before)
    left = counts.get((group, before), 0.0) * staying**passed
    return min(left, counts.get((group, month), 0.0))


def health_care(problem: Problem, tables: Tables) -> Outcomes:
    """Locations in use without health care within reach, and those of which it is not known."""
    people = tables["placement"]
    used = dict.fromkeys(people.loc[people["people"] > 0, "location"])
    care = {name: problem.case.locations[name].health_care for name in used}
    without = tuple(name for name, within in care.items() if within is False)
    unknown = tuple(name for name, within in care.items() if within is None)
    if without or not unknown:
        words = message("beside.health_care", count=len(without), of=len(care))
        if without:
            words = message("beside.health_care_where", words=words, locations=without)
        yield Reckoned(None, float(len(without)), 0.0, words)
    if unknown:
        words = message("beside.health_care_unknown", count=len(unknown), of=len(care))
        yield Reckoned(None, float(len(unknown)), None, words)


def dol_by_stay(problem: Problem, tables: Tables) -> Outcomes:
    """Places that a number of claims a month asks for, by how long people stay: the two multiplied.

    The mean stay decides the answer, so the short and the long one stand side by side.
    """
    del tables
    parameters = problem.case.parameters
    claims = parameters.optional("dublin_accepted_month")
    for name in ("dol_stay_months_low", "dol_stay_months_high"):
        stay = parameters.optional(name)
        if claims is None or stay is None:
            yield Absent(message("beside.no_parameter", name=name))
        else:
            words = message("beside.dol_by_stay", claims=claims, stay=stay)
            yield Reckoned(None, claims * stay, None, words)


CHECKS: tuple[Check, ...] = (
    Check("demand_is_met", RECEPTION.article("19(1)"), "persons", demand_is_met),
    Check("above_beds", RECEPTION.at("art. 19(1), 20", "Arts. 19(1), 20"), "persons", above_beds),
    Check("needs_assessment", RECEPTION.article("25(1)"), "persons", needs_assessment),
    Check("information", RECEPTION.article("5(1)"), "sessions", information),
    Check("guardians_needed", RECEPTION.article("27(7)"), "guardians", guardians_needed),
    Check(
        "guardians_exceptional",
        RECEPTION.at("art. 27(1) en (7)", "Art. 27(1) and (7)"),
        "guardians",
        guardians_exceptional,
    ),
    Check("border_places", BORDER_CAPACITY.at("bijlage", "annex"), "persons", border_places),
    Check(
        "border_year",
        PROCEDURE.at("art. 47(1), tweede alinea", "Art. 47(1), second subparagraph"),
        "applications",
        border_year,
    ),
    Check("health_care", RECEPTION.article("22"), "locations", health_care),
    Check("dol_review", RECEPTION.article("9(5)"), "person-months", dol_review),
    Check(
        "dol_by_stay",
        IMPLEMENTATION_PLAN.at("§3.3, mijlpalen; §3.3.4", "§3.3, milestones; §3.3.4"),
        "places",
        dol_by_stay,
    ),
)

# The one check whose figure must equal its limit; the others stay within it.
EQUALS = "demand_is_met"


def checks_beside(problem: Problem, tables: Tables) -> pd.DataFrame:
    """Return the outcome of every check; `holds` is empty where there is no limit to hold.

    A check that has nothing to reckon has a row without a value that says why, and so has every
    rule of the plan that has no rows in the case, under its own name.
    """
    rows = [_row(check, outcome) for check in CHECKS for outcome in check.reckon(problem, tables)]
    idle = [
        _row_of_rule(each.rule, each.reason)
        for each in rules_here(problem)
        if each.reason is not None
    ]
    return pd.DataFrame([*rows, *idle], columns=list(COLUMNS)).astype(
        {"value": float, "limit": float, "holds": object}
    )


def check_words(check: Check, outcome: Reckoned | Absent) -> Text:
    """Return what a check came to in words: its arithmetic, or why it has nothing to reckon."""
    if isinstance(outcome, Absent):
        return message("beside.absent", check=check.title, reason=outcome.reason).both
    return message("beside.reckoned", check=check.title, words=outcome.words).both


def _row(check: Check, outcome: Reckoned | Absent) -> tuple[object, ...]:
    source, words = check.source.label.en, check_words(check, outcome)
    if isinstance(outcome, Absent):
        return check.name, words, source, outcome.month, None, None, check.unit, None
    holds = _holds(check, outcome)
    figures = (outcome.month, outcome.value, outcome.limit)
    return check.name, words, source, *figures, check.unit, holds


def _row_of_rule(rule: Rule, reason: Message) -> tuple[object, ...]:
    words = message("beside.absent", check=rule.title, reason=reason).both
    return rule.name, words, rule.source.label.en, None, 0.0, None, "rows", None


def _named(month: dt.date) -> Text:
    """Return a month by its name in both languages."""
    return Text(show_month(month, Language.NL), show_month(month, Language.EN))


def _holds(check: Check, outcome: Reckoned) -> bool | None:
    if outcome.limit is None:
        return None
    slack = 1e-6 * max(1.0, abs(outcome.limit))
    over = outcome.value - outcome.limit
    return abs(over) <= slack if check.name == EQUALS else over <= slack
