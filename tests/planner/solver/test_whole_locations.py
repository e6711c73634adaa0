"""Whole openings, extensions and DOL parts: exact on small cases, and truthful about the gap."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from planner.api import open_demo
from planner.core.outcome import CancelToken, Ending, Stop
from planner.input.case import Case, usable
from planner.input.location import Location
from planner.model.build import build
from planner.solver import first_whole
from planner.solver import whole as choosing
from planner.solver.branching import Branched
from planner.solver.highs import Ran
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import Outcome
from planner.solver.sections import begun_as_fitted_out
from planner.verify import ClaimedPlan, verify
from tests.rules.cases import candidate, case, group, location, until
from tests.rules.cases import months_of as months
from tests.rules.planned import planned
from tests.rules.random_cases import random_case

with warnings.catch_warnings():
    # The binding's own types lack a `__module__`, of which Python 3.12 and later warn.
    warnings.simplefilter("ignore", DeprecationWarning)
    import swiglpk as glpk

AGREES = 1e-5
CASES = 30
PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}
DUBLIN = group("dublin", "dol", "regular")


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    glpk.glp_term_out(glpk.GLP_OFF)
    yield
    glpk.glp_free_env()


def with_sections(of: Case, chance: Random) -> Case:
    """Return a case whose DOL parts have a smallest size."""

    def sized(each: Location) -> Location:
        return replace(each, dol_min_section=chance.randint(1, max(1, each.dol_beds)))

    sites = {name: sized(each) for name, each in of.locations.items()}
    return replace(of, locations=MappingProxyType(sites))


def whole_case(seed: int) -> Case:
    chance = Random(seed)  # noqa: S311 - a test's cases, not a secret
    return with_sections(random_case(chance), chance)


def solved(of: Case, seconds: float | None = None) -> Outcome:
    return solve_levels(linear_model(build(of, whole=True)), time_limit_s=seconds)


def best_whole(file: Path) -> float:
    """Return what GLPK's branch and cut finds the file's objective comes to."""
    problem = glpk.glp_create_prob()
    assert 0 == glpk.glp_read_mps(problem, glpk.GLP_MPS_FILE, None, str(file))
    terms = glpk.glp_iocp()
    glpk.glp_init_iocp(terms)
    terms.presolve = glpk.GLP_ON
    terms.mip_gap = 0.0
    assert 0 == glpk.glp_intopt(problem, terms)
    assert glpk.GLP_OPT == glpk.glp_mip_status(problem)
    value: float = glpk.glp_mip_obj_val(problem)
    glpk.glp_delete_prob(problem)
    return value


def has_whole_choices(seed: int) -> bool:
    return bool(build(whole_case(seed), whole=True).columns.wholes().any())


# Thirty cases in which there is something to decide as a whole.
SEEDS = tuple(islice(filter(has_whole_choices, count()), CASES))


@pytest.mark.parametrize("seed", SEEDS)
def test_whole_plans_agree_with_a_second_solver(seed: int, tmp_path: Path) -> None:
    of = whole_case(seed)
    plan = planned(of, whole=True, model_dir=tmp_path)
    fixed = {each.content.level.value: each.constant for each in plan.problem.levels}
    files = {file.stem.split("-", 1)[1]: file for file in sorted(tmp_path.glob("*.mps"))}
    for level in plan.solution.levels:
        if level.name in files:
            found = fixed[level.name] + best_whole(files[level.name])
            slack = AGREES * max(1.0, abs(level.value))
            assert abs(found - level.value) <= slack, (level.name, found, level.value)
    told = {each.name: each.value for each in plan.solution.levels}
    assert () == verify(of, ClaimedPlan(of.scenario, told, dict(plan.tables), whole=True))


def test_a_part_of_a_candidate_is_not_opened() -> None:
    of = case(
        location("azc", beds=10),
        candidate(beds=10, opening_cost=100.0),
        people={"men": 14},
        **PLAIN,
    )
    shares, whole = planned(of), planned(of, whole=True)
    assert (0.4, 40) == (shares.decided("new", "open"), shares.levels["cost"])
    assert (1, 100) == (whole.decided("new", "open"), whole.levels["cost"])


def test_a_part_of_a_contract_is_not_extended() -> None:
    (first, last) = months(2)
    ends = location(
        "ends", beds=10, open_until=until(first), extendable_until=until(last), extension_cost=50.0
    )
    of = case(ends, people={"men": 4}, lives={("ends", "men"): 4}, months=2, **PLAIN)
    shares, whole = planned(of), planned(of, whole=True)
    assert (0.4, 20) == (shares.decided("ends", "extend"), shares.levels["cost"])
    assert (1, 50) == (whole.decided("ends", "extend"), whole.levels["cost"])


@pytest.mark.parametrize(
    ("people", "men", "in_dol", "places"), [(4, 0, 4, 10), (10, 0, 10, 10), (4, 36, 0, 0)]
)
def test_a_dol_part_is_used_from_its_smallest_size_or_not_at_all(
    people: int, men: int, in_dol: int, places: int
) -> None:
    # Ten places at least: six of them stay empty for four people where there is room for it. With
    # 36 men the forty beds are full, and a part of ten would leave six of them without a place.
    shelter = location(beds=40, dol_beds=20, dol_prepared=20, dol_min_section=10)
    of = case(
        shelter,
        groups=[DUBLIN, group("men")],
        people={"dublin": people, "men": men},
        **PLAIN,
    )
    plan = planned(of, whole=True)
    assert in_dol == plan.people(kind="dol")
    assert people - in_dol == plan.shortfall("dublin_outside_dol")
    assert places <= plan.added("places", "places", kind="dol")
    assert people == planned(of).people(kind="dol")


def test_a_plan_of_whole_locations_says_how_far_it_is_proven() -> None:
    outcome = solved(whole_case(SEEDS[0]))
    assert (Ending.OPTIMAL, 0.0) == (outcome.ending, outcome.report.gap)


def test_a_plan_of_shares_says_nothing_of_a_gap() -> None:
    outcome = solve_levels(linear_model(build(whole_case(SEEDS[0]))))
    assert outcome.report.gap is None


def values(outcome: Outcome) -> list[float]:
    assert outcome.solution is not None
    return [each.value for each in outcome.solution.levels]


def not_proven(*seeds: int) -> list[int]:
    """Return the seeds of cases where rounding up is not proven to be the best."""
    return [seed for seed in seeds if (only_rounded(seed).report.gap or 0.0) > 0]


def only_rounded(seed: int) -> Outcome:
    """Return what rounding alone comes to, as where no time is left to branch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choosing, "branch", stopped_at_once)
        return solved(whole_case(seed))


def stopped_at_once(*terms: object) -> object:
    del terms
    return Branched(None, -np.inf, Ran.TIME_LIMIT, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gap_of_a_rounded_plan_is_true(seed: int) -> None:
    rounded = only_rounded(seed)
    if rounded.solution is None:
        assert (Ending.NOTHING_FOUND, Stop.TIME_LIMIT) == (rounded.ending, rounded.stop)
        return
    gap = rounded.report.gap
    assert gap is not None
    for found, best in zip(values(rounded), values(solved(whole_case(seed))), strict=True):
        slack = 1e-6 * max(1.0, abs(found))
        assert found >= best - slack
        if found > best + slack:
            # From here on the two plans have kept different values, and no longer compare.
            assert found - best <= gap * abs(found) + slack
            break


def test_what_is_not_proven_to_one_per_cent_is_the_best_found_and_says_so() -> None:
    unproven = [each for each in map(only_rounded, SEEDS) if (each.report.gap or 0) > 0.01]
    assert unproven
    for outcome in unproven:
        assert (Ending.BEST_FOUND, Stop.TIME_LIMIT) == (outcome.ending, outcome.stop)


def test_a_large_case_is_content_with_one_per_cent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_FEW_COLUMNS", 0)
    monkeypatch.setattr(choosing, "MANY_COLUMNS", 0)
    outcomes = [solved(whole_case(seed)) for seed in SEEDS]
    gaps = [each.report.gap for each in outcomes if each.report.gap is not None]
    assert len(SEEDS) == len(gaps)
    assert max(gaps) <= 0.01
    assert any(0 < each for each in gaps)
    assert all(Ending.OPTIMAL is each.ending for each in outcomes)


def test_a_rounding_that_changes_the_last_level_alone_is_proven_by_the_plan_with_shares() -> None:
    # 14 men, of whom 4 in a candidate of 10 beds: opened in part for 40, or whole for 100. Nothing
    # but the cost tells the two apart, and the next better than 100 would be not to open it.
    of = case(
        location("azc", beds=10),
        candidate(beds=10, opening_cost=100.0),
        people={"men": 14},
        **PLAIN,
    )
    outcome = solved(of)
    assert Ending.OPTIMAL is outcome.ending
    assert "whole numbers: beside the shares" in outcome.report.messages


def test_where_presolve_knows_of_no_plan_beside_the_shares_no_steps_lead_to_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(first_whole, "MANY_COLUMNS", 0)
    known, led = list[bool](), list[bool]()
    holds_no_plan, from_shares = first_whole.BesideShares.holds_no_plan, first_whole.from_shares

    def noted(left: Any) -> bool:
        known.append(holds_no_plan(left))
        return False  # so that steps are taken all the same

    def stepped(*given: Any) -> Any:
        found = from_shares(*given)
        led.append(found is not None)
        return found

    expected = [values(solved(whole_case(seed))) for seed in SEEDS]
    monkeypatch.setattr(first_whole.BesideShares, "holds_no_plan", noted)
    monkeypatch.setattr(first_whole, "from_shares", stepped)
    assert expected == [values(solved(whole_case(seed))) for seed in SEEDS]
    assert any(known)
    assert any(led)
    assert not any(way for none, way in zip(known, led, strict=True) if none)


@pytest.mark.parametrize("asked", ["branch", "_Proof.least"])
def test_whoever_stops_it_while_it_is_bettered_is_told_so(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = CancelToken()

    def cancelled(*_: object) -> object:
        token.cancel()
        nothing = Branched(None, -np.inf, Ran.CANCELLED, 0)
        return nothing if asked == "branch" else None

    of = case(
        location("azc", beds=10),
        candidate(beds=10, opening_cost=100.0),
        people={"men": 14},
        **PLAIN,
    )
    model = linear_model(build(of, whole=True))
    if asked == "_Proof.least":
        monkeypatch.setattr(choosing._Bettering, "_as_with_shares", lambda *_: False)  # noqa: SLF001 - so that the next step is come to
        monkeypatch.setattr(choosing._Proof, "least", cancelled)  # noqa: SLF001 - cancelled within that step
    else:
        monkeypatch.setattr(choosing, "branch", cancelled)
    outcome = solve_levels(model, cancel=token)
    assert (Ending.BEST_FOUND, Stop.CANCELLED) == (outcome.ending, outcome.stop)
    assert outcome.solution is not None


def test_the_small_demo_is_proven_to_one_per_cent() -> None:
    problem = build(usable(open_demo("small"), "low"), whole=True)
    outcome = solve_levels(linear_model(problem))
    assert Ending.OPTIMAL is outcome.ending
    assert outcome.report.gap is not None
    assert outcome.report.gap <= 0.01
    # What falls short of the plan with shares at any level is in the open.
    shares = values(solve_levels(linear_model(build(problem.case))))
    assert all(
        before <= after + 1e-6 * max(1.0, after)
        for before, after in zip(shares[:5], values(outcome)[:5], strict=True)
    )


def hardly_over(people: float) -> Case:
    """Return 1,000 beds at nine tenths: 100 too many in July, some in August, and a candidate."""
    return case(
        location("azc", beds=1000),
        candidate(beds=10, opening_cost=100.0, lead_time_months=1),
        people={"men": (1000.0, people)},
        months=2,
        **{**PLAIN, "occupancy_norm": 0.9},
    )


@pytest.mark.parametrize(
    ("people", "over", "cost"),
    [
        # A tenth of a person above the norm: a hundredth of the candidate would do, so it is left
        # out. That is a thousandth of the level.
        (900.1, 100.1, 0.0),
        # Nine times as much is more than may be lost, and it is opened.
        (900.9, 100.0, 100.0),
    ],
)
def test_what_is_hardly_taken_is_left_out_where_hardly_anything_is_lost(
    people: float, over: float, cost: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "_FEW_COLUMNS", 0)
    outcome = solved(hardly_over(people))
    assert Ending.OPTIMAL is outcome.ending
    assert outcome.solution is not None
    levels = {each.name: each.value for each in outcome.solution.levels}
    assert (over, cost) == pytest.approx((levels["norm"], levels["cost"]))


def test_a_small_case_is_given_whatever_is_best() -> None:
    outcome = solved(hardly_over(900.1))
    assert outcome.solution is not None
    levels = {each.name: each.value for each in outcome.solution.levels}
    assert (100.0, 100.0) == pytest.approx((levels["norm"], levels["cost"]))


def test_a_dol_part_where_nothing_is_fitted_out_is_not_begun() -> None:
    """Two parts are chosen; the levels settle on ten places at the first and none at the second."""
    of = case(
        *(location(name, beds=100, dol_beds=40, dol_min_section=10) for name in ("one", "two")),
        groups=[group("dublin", "dol", "regular")],
    )
    model = linear_model(build(of, whole=True))
    one, two = model.sections
    values = np.zeros(len(model.lower))
    values[[one.begun, two.begun]] = 1.0
    values[one.prepared[0]] = 10.0
    found = begun_as_fitted_out(model, values)
    assert [1.0, 0.0] == [found[one.begun], found[two.begun]]
