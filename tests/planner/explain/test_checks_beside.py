"""What is reckoned beside the plan, on cases small enough to check on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner.core.texts import Language, Text
from planner.input.case import Case
from planner.input.months import later
from planner.input.parameters import Parameters, supplied
from planner.input.published import CapacityDecision, ProductionForecast
from planner.input.streams import Inflow
from planner.model.rules import RULES
from planner.result.checks import CHECKS, checks_beside
from planner.sheets.check_verdicts import check_sentences, verdicts
from tests.rules.cases import AUG, JUL, OCT, SEP, case, group, location, parameters
from tests.rules.planned import planned
from tests.tables import table_rows

JUN, MAY, APR = (later(JUL, -step) for step in (1, 2, 3))
MINORS = group("amv", "minors regular")
DUBLIN = group("dublin", "dol", stay_months=4.0)


def arriving(of: Case, scenario: str = "middle", **streams: dict[dt.date, float]) -> Case:
    """Return a case with arrivals by stream and month."""
    inflow = tuple(
        Inflow(scenario=scenario, month=month, stream=stream, people=people)
        for stream, by_month in streams.items()
        for month, people in by_month.items()
    )
    return replace(of, inflow=(*of.inflow, *inflow))


Line = tuple[dt.date | None, float | None, float | None, bool | None]


def lines(of: Case, check: str) -> list[Line]:
    """Return what a check comes to: month, value, limit and whether it holds."""
    made = planned(of)
    frame = checks_beside(made.problem, made.tables)
    rows = frame[frame["check"] == check].astype(object)
    rows = rows.where(rows.notna(), None)
    return [
        (row.month, None if row.value is None else round(row.value, 6), row.limit, row.holds)
        for row in table_rows(rows)
    ]


def words(of: Case, check: str) -> list[str]:
    made = planned(of)
    frame = checks_beside(made.problem, made.tables)
    return [each.in_(Language.EN) for each in frame[frame["check"] == check]["title"]]


def why(of: Case, check: str) -> str:
    """Return why it is not known whether a check holds, of its first row."""
    made = planned(of)
    frame = checks_beside(made.problem, made.tables)
    told: Text = frame[frame["check"] == check]["why"].iloc[0]
    return told.en


def test_arrivals_are_held_against_the_assessments_that_can_be_done() -> None:
    of = arriving(case(months=3), first={JUL: 2000, AUG: 2250}, repeat={JUL: 400, SEP: 1})
    assert [
        (JUL, 2400, 2250, False),
        (AUG, 2250, 2250, True),
        (SEP, 1, 2250, True),
    ] == lines(of, "needs_assessment")
    assert (
        "Assessment of special reception needs: 2,400 applicants in the month, each to be assessed "
        "within 30 days, against 2,250 assessments a month"
    ) == words(of, "needs_assessment")[0]


def test_who_was_admitted_before_is_no_applicant() -> None:
    of = arriving(case(), first={JUL: 100}, family_reunion={JUL: 900}, resettled={JUL: 60})
    assert [(JUL, 100, 2250, True)] == lines(of, "needs_assessment")


def test_decisions_on_the_backlog_are_no_arrivals() -> None:
    of = arriving(case(), first={JUL: 100}, backlog={JUL: 5000})
    assert [(JUL, 100, 2250, True)] == lines(of, "needs_assessment")


def test_arrivals_are_those_of_the_scenario() -> None:
    of = arriving(arriving(case(), first={JUL: 100}), "high", first={JUL: 900})
    assert [(JUL, 100, 2250, True)] == lines(of, "needs_assessment")
    assert [(JUL, 900, 2250, True)] == lines(replace(of, scenario="high"), "needs_assessment")
    assert [(JUL, 100, 2250, True)] == lines(replace(of, scenario="other"), "needs_assessment")


def test_without_arrivals_a_check_says_why_it_does_not_apply() -> None:
    assert [(None, None, None, None)] == lines(case(), "needs_assessment")
    (told,) = words(case(), "information")
    assert "not known, because the sheet Inflow has no rows for scenario “middle”" in told


def test_a_month_without_arrivals_on_the_sheet_is_not_nought() -> None:
    of = arriving(case(months=2), first={AUG: 10})
    assert [(JUL, None, None, None), (AUG, 10, 2250, True)] == lines(of, "needs_assessment")


def test_a_parameter_without_a_value_is_said() -> None:
    of = arriving(case(needs_assessment_capacity=None), first={JUL: 10})
    assert [(JUL, None, None, None)] == lines(of, "needs_assessment")


def test_information_is_given_in_groups_of_eight() -> None:
    of = arriving(case(months=2), first={JUL: 2000, AUG: 2001})
    assert [(JUL, 250, None, None), (AUG, 251, None, None)] == lines(of, "information")
    assert "the parameter “Information capacity” has no value then" == why(of, "information")


def test_sessions_beyond_those_that_can_be_held_fail() -> None:
    of = arriving(case(months=2, information_capacity=250), first={JUL: 2000, AUG: 2001})
    assert [(JUL, 250, 250, True), (AUG, 251, 250, False)] == lines(of, "information")


@pytest.mark.parametrize(
    ("guardians", "holds"), [(None, (None, None)), (4, (False, True)), (5, (True, True))]
)
def test_guardians_have_thirty_minors_or_fifty(
    guardians: float | None, holds: tuple[bool | None, bool | None]
) -> None:
    of = case(location(beds=200), groups=[MINORS], people={"amv": 150}, guardians=guardians)
    assert [(JUL, 5, guardians, holds[0])] == lines(of, "guardians_needed")
    assert [(JUL, 3, guardians, holds[1])] == lines(of, "guardians_exceptional")


def test_without_minors_no_guardian_is_needed() -> None:
    assert ["Guardians needed: holds, because no group prefers places for minors"] == (
        words(case(), "guardians_needed")
    )
    assert [(None, None, None, True)] == lines(case(), "guardians_needed")


def test_without_a_number_of_guardians_it_is_not_known() -> None:
    of = case(location(beds=200), groups=[MINORS], people={"amv": 150})
    assert "the parameter “Guardians” has no value then" == why(of, "guardians_needed")


def test_border_places_hold_the_arrivals_of_the_last_weeks() -> None:
    # Twelve weeks are 2.76 months: two whole ones, and 0.76 of the one before.
    arrivals = {APR: 100.0, MAY: 100.0, JUN: 80.0, JUL: 60.0, AUG: 60.0}
    of = arriving(case(months=3), border=arrivals)
    part = 12 / (365.25 / 12 / 7) - 2
    assert [
        (JUL, round(60 + 80 + part * 100, 6), 211, False),
        (AUG, round(60 + 60 + part * 80, 6), 211, True),
        (SEP, None, None, None),
    ] == lines(of, "border_places")


def test_border_places_need_every_month_of_the_weeks() -> None:
    of = arriving(case(), border={JUN: 80, JUL: 60})
    assert [(JUL, None, None, None)] == lines(of, "border_places")


def test_without_a_border_stream_the_border_is_not_reckoned() -> None:
    of = arriving(case(), first={JUL: 100})
    reason = "the sheet Inflow has no stream “applications at the border” for scenario “middle”"
    for check in ("border_places", "border_year"):
        (told,) = words(of, check)
        assert reason in told


def test_the_border_years_have_twelve_months_each() -> None:
    by_month = {later(JUL, step): 40.0 for step in range(30)}
    of = replace_validity(arriving(case(), border=by_month))
    # July 2026 to June 2027, to June 2028, and the rest: 12, 12 and 6 months of 40.
    assert [
        (dt.date(2027, 6, 1), 480, 422, False),
        (dt.date(2028, 6, 1), 480, 633, True),
        (dt.date(2028, 12, 1), 240, 844, True),
    ] == lines(of, "border_year")


def replace_validity(of: Case) -> Case:
    """Return a case with the parameters as supplied, their validity included."""
    return replace(of, parameters=Parameters({n: e.parameter for n, e in supplied().items()}))


def test_people_in_dol_beyond_two_months_are_counted_by_their_mean_stay() -> None:
    of = case(
        location(beds=100, dol_beds=100, dol_prepared=100),
        groups=[DUBLIN],
        people={"dublin": (32, 32, 40, 10)},
        months=4,
        dol_band_low=0,
    )
    # Of the 32 in July three quarters are left in August, and of those three quarters in
    # September: 18. Of the 32 in August 18 would be left in October, but only 10 are there.
    assert [(SEP, 18, None, None), (OCT, 10, None, None)] == lines(of, "dol_review")
    some = replace(of, parameters=parameters(dol_band_low=0, dol_review_capacity=12))
    assert [(SEP, 18, 12, False), (OCT, 10, 12, True)] == lines(some, "dol_review")


def test_dol_cannot_be_larger_than_the_beds_set_apart_for_it() -> None:
    # 100 claims a month at 2.5 and at 4.2 months of stay, and 300 beds that can be DOL.
    of = case(location(beds=900, dol_beds=300), groups=[DUBLIN], dublin_accepted_month=100)
    assert [(None, 250, 300, True), (None, 420, 300, False)] == lines(of, "dol_by_stay")


def test_nobody_in_dol_needs_no_review() -> None:
    assert [(None, None, None, True)] == lines(case(), "dol_review")


def test_health_care_is_looked_for_at_every_location_in_use() -> None:
    cared, without = location("cared", health_care=True), location("far", health_care=False)
    unknown, empty = location("unknown"), location("empty", beds=0, health_care=False)
    assert [(None, 0, 0, True)] == lines(case(cared, empty), "health_care")
    of = case(cared, without, unknown, people={"men": 30}, occupancy_norm=1.0)
    assert [(None, 1, 0, False), (None, 1, None, None)] == lines(of, "health_care")
    lacking, open_ = words(of, "health_care")
    assert lacking.endswith(
        "1 of 3 locations in use without necessary health care at or near the location: far"
    )
    assert "for 1 of 3 locations in use it is not filled in" in open_
    assert [(None, 1, None, None)] == lines(case(unknown), "health_care")


def test_every_rule_without_rows_says_why_in_the_checks() -> None:
    assert [
        "Reserve: not applicable here, because no reserve is asked for (parameter “Reserve”)"
    ] == words(case(), "reserve")
    assert [] == words(case(reserve_places=5), "reserve")


def test_checks_and_rules_have_names_of_their_own() -> None:
    names = [each.name for each in CHECKS]
    assert len(names) == len(set(names))
    assert not set(names) & {rule.name for rule in RULES}


def test_every_check_can_fail() -> None:
    of = arriving(
        case(
            location(beds=200, dol_beds=20, dol_prepared=20, health_care=False),
            groups=[MINORS, DUBLIN],
            people={"amv": 150, "dublin": 20},
            months=4,
            dol_band_low=0,
        ),
        first=dict.fromkeys((JUL, AUG, SEP, OCT), 4000),
        border={later(JUL, step): 300 for step in range(-3, 4)},
    )
    few = {
        "information_capacity": 1,
        "guardians": 1,
        "border_places": 1,
        "dol_review_capacity": 1,
        "needs_assessment_capacity": 1,
    }
    many = dict.fromkeys(few, 1_000_000) | {"border_year_max_2026": 9999}
    foretold = published_before(of, forecast_of(JUN, None, 5.0), places=5)
    crowded = case(location(beds=6), lives={("azc", "men"): 10}, people={"men": 10})
    halls = case(
        *(location(name, "emergency_fixed", beds=100) for name in ("few", "more")),
        groups=[group("men", "regular", "emergency_fixed")],
        lives={("few", "men"): 4, ("more", "men"): 60},
        people={"men": 64},
    )
    found = {
        name: {each.check: each.holds for each in verdicts(checks_of(some))}
        for name, some in (
            ("few", with_parameters(of, few)),
            ("many", with_parameters(of, many)),
            ("crowded", crowded),
            ("foretold", foretold),
            ("halls", halls),
        )
    }
    for check in CHECKS:
        answers = {holds.get(check.name) for holds in found.values()}
        assert False in answers, check.name


def forecast_of(edition: dt.date, low: float | None, high: float | None) -> ProductionForecast:
    return ProductionForecast(edition=edition, year=2026, low=low, middle=None, high=high)


def decision_of(decided: dt.date, day: dt.date, places: float) -> CapacityDecision:
    return CapacityDecision(
        decided=decided, for_day=day, places=places, people=None, occupancy_norm=None
    )


def published_before(of: Case, year: ProductionForecast, places: float) -> Case:
    """Return a case with a year of the production forecast, and a decision for 1 August."""
    decision = decision_of(APR, AUG, places)
    return replace(of, production=(year,), decided=(decision,))


def test_arrivals_are_held_against_as_many_twelfths_of_the_year_as_are_given() -> None:
    """Two months of a year of 1,200 to 2,400 are 200 to 400; 450 arrive, 50 more."""
    of = arriving(case(months=2), first={JUL: 200, AUG: 250})
    year = forecast_of(APR, 1200.0, 2400.0)
    check = "arrivals_as_forecast"

    assert [(None, 50.0, 0.0, False)] == lines(published_before(of, year, 500), check)
    assert "450 arrivals in 2 months of 2026; the MPP of Apr 2026 gives 200 to 400" in "".join(
        words(published_before(of, year, 500), check)
    )
    within = replace(year, high=2700.0)
    assert [(None, 0.0, 0.0, True)] == lines(published_before(of, within, 500), check)
    endless = replace(year, low=None, high=None)
    assert [(None, 0.0, None, None)] == lines(published_before(of, endless, 500), check)
    assert [] == lines(of, check)


def test_the_places_needed_are_held_against_the_decision_taken_last_for_that_month() -> None:
    """90 men at 0.9 ask for 100 places; 101 were decided on in June, 50 before."""
    of = replace(
        case(location(beds=200), people={"men": 90}, months=2),
        parameters=parameters(dol_band_low=0, occupancy_norm=0.9),
    )
    decisions = [
        decision_of(when, dt.date(2026, 8, 15), places)
        for when, places in ((JUN, 101.0), (APR, 50.0))
    ]
    check = "places_as_decided"

    assert [(AUG, 100.0, 101.0, True)] == lines(replace(of, decided=tuple(decisions)), check)
    assert [(AUG, 100.0, 50.0, False)] == lines(replace(of, decided=tuple(decisions[1:])), check)
    past = replace(decisions[0], for_day=APR)
    assert [(None, None, None, None)] == lines(replace(of, decided=(past,)), check)
    assert [] == lines(of, check)


def checks_of(of: Case) -> pd.DataFrame:
    made = planned(of)
    return checks_beside(made.problem, made.tables)


def with_parameters(of: Case, changed: Mapping[str, Any]) -> Case:
    return replace(of, parameters=parameters(dol_band_low=0, **changed))


def test_what_does_not_hold_is_said_with_its_worst_month_before_what_is_not_known() -> None:
    of = arriving(case(months=3), first={JUL: 2000, AUG: 2400, SEP: 2600})
    first, last = check_sentences({"checks": checks_of(of)})
    assert (
        "Does not hold: Assessment of special reception needs, in 2 of 3 months; worst in "
        "Sep 2026: 2,600 against 2,250 persons."
    ) == first.text(Language.EN)
    assert "Information sessions" in last.text(Language.EN)


def test_where_nothing_fails_that_is_said() -> None:
    of = arriving(case(), first={JUL: 8})
    first, _ = check_sentences({"checks": checks_of(of)})
    assert "7 of 11 checks can be judged, and they hold." == first.text(Language.EN)


def test_the_yearly_maximum_at_the_border_is_told_in_years_and_is_no_breach() -> None:
    """Article 47(3) of Regulation (EU) 2024/1348: beyond it no border procedure is required."""
    by_month = {later(JUL, step): 40.0 for step in range(24)}
    checks = checks_of(replace_validity(arriving(case(), border=by_month)))
    told = [each.text(Language.NL) for each in check_sentences({"checks": checks})]
    (yearly,) = [each for each in told if "Jaarmaximum" in each]
    assert yearly.startswith(
        "Jaarmaximum van de grensprocedure bereikt, in 1 van 2 jaren; het meest in het jaar met "
        "jun 2027: 480 tegen 422 aanvragen."
    )
    assert "geen overtreding" in yearly
