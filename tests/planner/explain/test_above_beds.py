"""More people than beds at the start: the plan begins with it and tells how fast it is over."""

from typing import Any

from planner.core.texts import Language
from planner.input.case import Case
from planner.result.above_beds import above_beds_notes, beyond_beds, still_above
from planner.result.checks import checks_beside
from tests.rules.cases import AUG, JUL, SEP, candidate, case, group, location
from tests.rules.planned import planned


def crowded(**more: Any) -> Case:
    """Return 130 men on the 100 beds of one centre; a new one with 20 beds opens in August."""
    return case(
        location("azc", beds=100),
        location("full", beds=10),
        candidate("new", beds=20, lead_time_months=1),
        groups=[group("men")],
        lives={("azc", "men"): 130, ("full", "men"): 10},
        people={"men": (140, 140, 125)},
        months=3,
        occupancy_norm=1.0,
        dol_band_low=0.0,
        **more,
    )


def test_the_first_month_starts_from_what_is_and_the_excess_is_worked_down() -> None:
    of = crowded()
    plan = planned(of)
    # July: 140 on 110 beds. August: 20 beds more. September: 125 people on 130 beds.
    assert {"azc": 30} == beyond_beds(of)
    assert [(JUL, 30.0), (AUG, 10.0), (SEP, 0.0)] == list(still_above(of, plan.tables))
    assert 30 == plan.shortfall("everyone_placed", month=JUL)
    assert () == plan.breaches()


def test_the_plan_says_on_its_first_page_until_when_people_are_beyond_the_beds() -> None:
    of = crowded()
    (note,) = above_beds_notes(of, planned(of).tables)
    assert note.text(Language.EN).startswith("On 30 Jun 2026 there are 30 more people than beds")
    assert (
        "In Jul 2026 there is no place yet for 30 of them, from Sep 2026 on for all"
        in note.text(Language.EN)
    )


def test_the_checks_tell_it_by_month() -> None:
    of = crowded()
    plan = planned(of)
    table = checks_beside(plan.problem, plan.tables)
    rows = table[table["check"] == "above_beds"]
    assert [30.0, 10.0, 0.0] == rows["value"].round(6).tolist()
    assert [False, False, True] == rows["holds"].tolist()


def test_nothing_is_told_where_all_fit_in() -> None:
    of = case(lives={("azc", "men"): 10})
    assert () == tuple(above_beds_notes(of, planned(of).tables))
