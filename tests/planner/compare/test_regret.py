"""The regret matrix: what is decided is kept, and nothing beats what could have been."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.compare.kept_decisions import best_plan, decided_in, plan_keeping
from planner.compare.regret import Future, regret
from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken
from planner.core.texts import Language
from planner.input.case import Case
from planner.model.fixed_decisions import FixedDecisions
from tests.rules.cases import candidate, case, group, location
from tests.rules.random_cases import random_case
from tests.tables import about

TRIALS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
cases = st.integers(0, 10_000).map(lambda seed: random_case(Random(seed)))  # noqa: S311 - no secret


@TRIALS
@given(cases, cases)
def test_the_diagonal_is_zero_and_no_entry_beats_it_where_it_first_differs(
    one: Case, two: Case
) -> None:
    matrix = regret([Future("a", one), Future("b", two)])

    for name in matrix.names:
        own = matrix.entry(name, name)
        assert own.first is None, own.regret
        assert pytest.approx(0.0, abs=1e-5) == own.kept.departed
        assert () == own.kept.without_use
    for each in matrix.entries:
        assert each.first is None or each.first[1] > 0


SHELTER = group("dublin", "dol")


def test_decisions_that_do_not_fit_are_followed_as_nearly_as_possible() -> None:
    # Eight were fitted out; with room for five, three places are departed from.
    wide = case(location(dol_beds=8), groups=[SHELTER], people={"dublin": 8.0})
    narrow = case(location(dol_beds=5), groups=[SHELTER], people={"dublin": 4.0})
    decided = decided_in(best_plan(wide))

    assert [8.0] == list(decided.fitted_out.values())
    kept = plan_keeping(narrow, decided)
    assert pytest.approx(3.0) == kept.departed
    assert pytest.approx([5.0]) == list(decided_in(kept.plan).fitted_out.values())
    assert pytest.approx(0.0) == kept.plan.level_values["unplaced"]


def test_what_was_not_opened_stays_shut_whoever_comes() -> None:
    few, many = (
        case(
            location(beds=10),
            candidate(beds=10, opening_cost=1.0),
            people={"men": people},
            occupancy_norm=1.0,
        )
        for people in (10.0, 20.0)
    )
    matrix = regret([Future("few", few), Future("many", many)])

    wrong = matrix.entry("few", "many")
    assert pytest.approx(10.0) == wrong.kept.plan.level_values["unplaced"]
    assert ("unplaced", about(10.0)) == wrong.first
    frame = matrix.frame().set_index(["decisions_of", "scenario"])
    assert pytest.approx(10.0) == frame.loc[("few", "many"), "regret_unplaced"]
    assert 0.0 == frame.loc[("many", "many"), "regret_cost"]


def test_decisions_about_what_is_not_there_are_without_use() -> None:
    opened = case(candidate("new", beds=10), people={"men": 5.0}, opening_cost=1.0)
    elsewhere = case(location("old"), people={"men": 5.0})

    kept = plan_keeping(elsewhere, decided_in(best_plan(opened)))

    assert ["new"] == [location for location, *_ in kept.without_use]
    assert 0.0 == kept.departed


def test_decisions_survive_the_table_they_are_written_in() -> None:
    made = best_plan(random_case(Random(7)))  # noqa: S311 - no secret
    again = FixedDecisions.of_table(made.tables["decisions"].sample(frac=1.0, random_state=1))
    assert decided_in(made) == again


def test_a_matrix_that_is_cancelled_says_so() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError, match="stopped on request"):
        regret([Future("a", case()), Future("b", case())], cancel=token)


def test_a_future_may_bring_decisions_of_its_own() -> None:
    of = case(location(beds=10), candidate(beds=10), people={"men": 20.0}, occupancy_norm=1.0)
    nothing = FixedDecisions({}, {}, {})
    matrix = regret([Future("shut", of, nothing), Future("free", replace(of))])

    assert ("unplaced", about(10.0)) == matrix.entry("shut", "free").first
    assert matrix.entry("free", "shut").first is None


def test_decisions_in_whole_locations_are_told_beside_the_matrix() -> None:
    nothing = FixedDecisions({}, {}, {})
    futures = [Future("a", case(), nothing), Future("b", case())]
    matrix = replace(regret(futures), whole=("a",))

    told = [each.text(Language.EN) for each in matrix.notes()]
    assert any(each.startswith("Decided in whole locations: a.") for each in told)
    assert len(matrix.notes()) == 1 + len(replace(matrix, whole=()).notes())
