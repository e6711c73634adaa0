"""`CHECKS`: what no decision can change, computed beside the plan and reported with it.

Each is a small function that yields what a figure comes to, in words that show the arithmetic, or
why there is nothing to compute here. Each outcome holds, does not hold, or is not known for want
of something that is named. None of them moves the plan.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum

import pandas as pd

from planner.core.display_names import called
from planner.core.law import (
    BORDER_CAPACITY,
    COA_DECISION,
    IMPLEMENTATION_PLAN,
    INPUT,
    PROCEDURE,
    PRODUCTION_FORECAST,
    RECEPTION,
    Source,
)
from planner.core.over_months import as_read
from planner.core.texts import Message, Text, message, month_words
from planner.input.arrived import BORDER, applicants, arrivals_in, in_last_weeks, sessions_for
from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.input.months import later
from planner.input.published_beside import YearBeside, latest_decision, years_beside
from planner.input.supplied_names import Named, title_of
from planner.model.build import Problem
from planner.model.rules.rule import Rule
from planner.result.above_beds import beyond_beds, still_above
from planner.result.applies import rules_here
from planner.result.few_in_emergency import few_in_emergency

COLUMNS = ("check", "title", "source", "month", "value", "limit", "unit", "holds", "why")
YEAR_MAXIMUM = "border_year_max_"


@dataclass(frozen=True)
class Reckoned:
    """What a check came to in a month, against which limit, with the arithmetic in words.

    `wanting` is what is missing where there is no limit: then it is not known whether it holds.
    """

    month: dt.date | None
    value: float
    limit: float | None
    words: Message
    wanting: Message | None = None


@dataclass(frozen=True)
class Absent:
    """Why a check has nothing to compute, in a month or at all.

    It `holds` where nobody is concerned; it is not known where something is missing.
    """

    reason: Message
    month: dt.date | None = None
    holds: bool | None = None


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


def above_beds(problem: Problem, tables: Tables) -> Outcomes:
    """How many of those beyond the beds on the reference date have no place yet, each month."""
    start = beyond_beds(problem.case)
    if not start:
        yield Absent(message("beside.nobody_above_beds"), holds=True)
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
    """Applicants of a month against the assessments of special needs that can be done in it."""
    del tables
    case = problem.case
    arrivals = applicants(case)
    if not arrivals:
        yield Absent(message("beside.no_inflow", scenario=called(case.scenario)))
        return
    for month in case.months:
        capacity = case.parameters.optional("needs_assessment_capacity", month)
        days = case.parameters.optional("needs_assessment_days", month)
        if month not in arrivals:
            yield Absent(message("beside.no_inflow_month", month=month_words(month)), month)
        elif capacity is None or days is None:
            yield Absent(no_parameter("needs_assessment_capacity"), month)
        else:
            people = arrivals[month]
            words = message(
                "beside.needs_assessment", people=as_read(people), capacity=capacity, days=days
            )
            yield Reckoned(month, people, capacity, words)


def information(problem: Problem, tables: Tables) -> Outcomes:
    """Sessions that tell the applicants of a month what they are entitled to, against those held.

    A session is for a group of people; how many can be held in a month is the planner's to say.
    """
    del tables
    case = problem.case
    arrivals = applicants(case)
    if not arrivals:
        yield Absent(message("beside.no_inflow", scenario=called(case.scenario)))
        return
    for month in case.months:
        size = case.parameters.optional("information_group_size", month)
        days = case.parameters.optional("information_days", month)
        if month not in arrivals:
            yield Absent(message("beside.no_inflow_month", month=month_words(month)), month)
        elif not size or days is None:
            yield Absent(no_parameter("information_group_size"), month)
        else:
            people = arrivals[month]
            words = message("beside.information", people=as_read(people), size=size, days=days)
            held = case.parameters.optional("information_capacity", month)
            wanting = no_parameter("information_capacity")
            yield Reckoned(month, sessions_for(people, size), held, words, wanting)


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
        yield Absent(message("beside.no_minors"), holds=True)
        return
    for month in case.months:
        each = case.parameters.optional(ratio, month)
        if each:
            people = fsum(problem.choose.demand[group, month] for group in minors)
            words = message("beside.guardians", people=as_read(people), each=each)
            there = case.parameters.optional("guardians", month)
            wanting = no_parameter("guardians")
            yield Reckoned(month, people / each, there, words, wanting)
        else:
            yield Absent(no_parameter(ratio), month)


def border_places(problem: Problem, tables: Tables) -> Outcomes:
    """People in the border procedure at one time, those of its last weeks, against its places."""
    del tables
    case = problem.case
    arrivals = arrivals_in(case, BORDER)
    if not arrivals:
        yield Absent(
            message("beside.no_border", stream=called(BORDER), scenario=called(case.scenario))
        )
        return
    for month in case.months:
        weeks = case.parameters.optional("border_procedure_weeks", month)
        people = None if weeks is None else in_last_weeks(arrivals, month, weeks)
        if weeks is None:
            yield Absent(no_parameter("border_procedure_weeks"), month)
        elif people is None:
            yield Absent(message("beside.border_before", weeks=weeks), month)
        else:
            words = message("beside.border_places", people=as_read(people), weeks=weeks)
            there = case.parameters.optional("border_places", month)
            wanting = no_parameter("border_places")
            yield Reckoned(month, people, there, words, wanting)


def border_year(problem: Problem, tables: Tables) -> Outcomes:
    """Applications at the border in each year of its maximum, as far as the sheet gives them."""
    del tables
    case = problem.case
    arrivals = arrivals_in(case, BORDER)
    if not arrivals:
        yield Absent(
            message("beside.no_border", stream=called(BORDER), scenario=called(case.scenario))
        )
        return
    for name, parameter in case.parameters.by_name.items():
        if not name.startswith(YEAR_MAXIMUM) or not isinstance(parameter.value, int | float):
            continue
        first, last = parameter.valid_from or dt.date.min, parameter.valid_until or dt.date.max
        # A month belongs to the year that its first day lies in: twelve months to a year.
        months = [each for each in arrivals if first <= each <= last]
        if months:
            people = fsum(arrivals[each] for each in months)
            words = message(
                "beside.border_year",
                people=as_read(people),
                months=len(months),
                since=month_words(min(months)),
            )
            yield Reckoned(max(months), people, float(parameter.value), words)


def dol_review(problem: Problem, tables: Tables) -> Outcomes:
    """People in DOL for longer than the months after which their residence is to be reviewed.

    Against how many can be reviewed in a month, which is the planner's to say. Of those in DOL so
    many months ago, 1 - 1/stay of each month are still there.
    """
    case = problem.case
    people = tables["placement"]
    in_dol = people[people["kind"] == PlaceKind.DOL.value]
    counts: dict[tuple[str, dt.date], float] = defaultdict(float)
    for group, when, count in zip(in_dol["group"], in_dol["month"], in_dol["people"], strict=True):
        counts[group, when] += count
    if not counts:
        yield Absent(message("beside.nobody_in_dol"), holds=True)
        return
    for month in case.months:
        limit = case.parameters.optional("dol_review_months", month)
        if limit is None:
            yield Absent(no_parameter("dol_review_months"), month)
            continue
        before = later(month, -int(limit))
        if before in case.months:
            longer = fsum(_still_there(case, counts, name, before, month) for name in case.groups)
            now = fsum(counts.get((name, month), 0.0) for name in case.groups)
            then = fsum(counts.get((name, before), 0.0) for name in case.groups)
            words = message(
                "beside.dol_review",
                then=as_read(then),
                before=month_words(before),
                months=limit,
                longer=as_read(longer),
                now=as_read(now),
            )
            reviewed = case.parameters.optional("dol_review_capacity", month)
            wanting = no_parameter("dol_review_capacity")
            yield Reckoned(month, longer, reviewed, words, wanting)


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
    """Places that claims a month ask for at a stay, against the beds that can be DOL at all.

    The mean stay decides the answer, so the short and the long one stand side by side.
    """
    del tables
    parameters = problem.case.parameters
    if not any(each.prefers(PlaceKind.DOL) for each in problem.case.groups.values()):
        yield Absent(message("beside.no_dol_group"), holds=True)
        return
    beds = sum(each.dol_beds for each in problem.case.locations.values())
    claims = parameters.optional("dublin_accepted_month")
    for name in ("dol_stay_months_low", "dol_stay_months_high"):
        stay = parameters.optional(name)
        if claims is None or stay is None:
            yield Absent(no_parameter(name))
        else:
            words = message("beside.dol_by_stay", claims=claims, stay=stay, beds=beds)
            yield Reckoned(None, claims * stay, float(beds), words)


def arrivals_as_forecast(problem: Problem, tables: Tables) -> Outcomes:
    """By how many people the arrivals of a year lie outside what the production forecast gives.

    Nothing where the sheet with its figures is empty.
    """
    del tables
    years = tuple(years_beside(problem.case))
    if problem.case.production and not years:
        yield Absent(message("beside.no_forecast_year"))
    for each in years:
        known = each.low is not None or each.high is not None
        wanting = message("beside.forecast_without_ends", year=str(each.edition.year))
        yield Reckoned(None, abs(each.outside), 0.0 if known else None, _year_words(each), wanting)


def _year_words(each: YearBeside) -> Message:
    ends = {"low": each.low, "high": each.high}
    return message(
        "beside.arrivals_as_forecast",
        arriving=round(each.arriving),
        year=str(each.edition.year),
        months=each.months,
        edition=month_words(each.edition.edition),
        **{key: "-" if value is None else round(value) for key, value in ends.items()},
    )


def emergency_few(problem: Problem, tables: Tables) -> Outcomes:
    """Emergency locations with few people in them in a month, while others have room for them."""
    case = problem.case
    if not any(each.emergency for each in case.locations.values()):
        yield Absent(message("beside.no_emergency"), holds=True)
        return
    for month, few in few_in_emergency(case, tables).items():
        fewest = case.parameters.optional("emergency_fewest_people", month) or 0.0
        words = message("beside.emergency_few", count=len(few), fewest=as_read(fewest))
        yield Reckoned(month, float(len(few)), 0.0, words)


def places_as_decided(problem: Problem, tables: Tables) -> Outcomes:
    """Yield the places needed in the month of a capacity decision, against those decided on.

    Nothing where the sheet with decisions is empty.
    """
    del tables
    case = problem.case
    found = [(each, latest_decision(case, each)) for each in case.months]
    if case.decided and not any(each for _, each in found):
        last = max(each.for_day for each in case.decided)
        yield Absent(message("beside.no_decided_month", last=last))
    for month, decision in found:
        if decision is None:
            continue
        people = fsum(problem.choose.demand[group, month] for group in case.groups)
        words = message(
            "beside.places_as_decided",
            people=as_read(people),
            norm=case.parameters.number("occupancy_norm", month),
            places=decision.places,
            decided=month_words(decision.decided),
            day=decision.for_day,
        )
        yield Reckoned(month, case.beds_needed(people, month), decision.places, words)


CHECKS: tuple[Check, ...] = (
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
    Check(
        "emergency_few",
        INPUT.at(
            "parameter Minste mensen in noodlocatie", "parameter Fewest in emergency location"
        ),
        "locations",
        emergency_few,
    ),
    Check("dol_review", RECEPTION.article("9(5)"), "persons", dol_review),
    Check(
        "dol_by_stay",
        IMPLEMENTATION_PLAN.at("§3.3, mijlpalen; §3.3.4", "§3.3, milestones; §3.3.4"),
        "places",
        dol_by_stay,
    ),
    Check(
        "arrivals_as_forecast",
        PRODUCTION_FORECAST.at("asielinstroom per jaar", "arrivals a year"),
        "persons",
        arrivals_as_forecast,
    ),
    Check(
        "places_as_decided",
        COA_DECISION.at("plaatsen", "places"),
        "places",
        places_as_decided,
    ),
)


def checks_beside(problem: Problem, tables: Tables) -> pd.DataFrame:
    """Return the outcome of every check; `holds` is empty where it is not known, with `why`.

    A check that has nothing to compute has a row without a value that says why, and so has every
    rule of the plan that has no rows in the case, under its own name.
    """
    rows = [_row(check, outcome) for check in CHECKS for outcome in check.reckon(problem, tables)]
    idle = [
        _row_of_rule(each.rule, each.reason)
        for each in rules_here(problem)
        if each.reason is not None
    ]
    return pd.DataFrame([*rows, *idle], columns=list(COLUMNS)).astype(
        {"value": float, "limit": float, "holds": object, "why": object}
    )


def check_words(check: Check, outcome: Reckoned | Absent) -> Text:
    """Return what a check came to in words: its arithmetic, or why it has nothing to compute."""
    if isinstance(outcome, Reckoned):
        return message("beside.reckoned", check=check.title, words=outcome.words).both
    key = "beside.nobody" if outcome.holds else "beside.not_known"
    return message(key, check=check.title, reason=outcome.reason).both


def _row(check: Check, outcome: Reckoned | Absent) -> tuple[object, ...]:
    source, words = check.source.label.en, check_words(check, outcome)
    if isinstance(outcome, Absent):
        why = None if outcome.holds else outcome.reason.both
        return check.name, words, source, outcome.month, None, None, check.unit, outcome.holds, why
    figures = (outcome.month, outcome.value, outcome.limit)
    if outcome.limit is None:
        why = (outcome.wanting or outcome.words).both
        return check.name, words, source, *figures, check.unit, None, why
    holds = within(outcome.value, outcome.limit)
    return check.name, words, source, *figures, check.unit, holds, None


def _row_of_rule(rule: Rule, reason: Message) -> tuple[object, ...]:
    words = message("beside.absent", check=rule.title, reason=reason).both
    source, why = rule.source.label.en, reason.both
    return rule.name, words, source, None, 0.0, None, "rows", None, why


def within(value: float, limit: float) -> bool:
    """Return whether a figure stays within its limit, but for rounding."""
    return value - limit <= 1e-6 * max(1.0, abs(limit))


def no_parameter(name: str) -> Message:
    """Return that a parameter has no value, by its title."""
    return message("beside.no_parameter", name=title_of(Named.PARAMETERS, name))
