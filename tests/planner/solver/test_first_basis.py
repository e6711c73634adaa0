"""The first basis, joined from the months."""

from dataclasses import replace

import numpy as np
import pytest

from planner.core.outcome import CancelToken, Stop
from planner.solver.arithmetic import holds
from planner.solver.first_basis import JoinedBasis, has_months, joined_basis
from planner.solver.highs import Ran, Solver, Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import BASIC, LinearModel, NearPlan, Solution
from planner.solver.walk import INTERIOR_POINT, JOINED, Run, settle
from tests.staircases import INF, random_staircase, small_model


def three_months(extension_cost: float = 1.0) -> LinearModel:
    """Five people a month; four beds, and from month 1 on four more if extended (column 0)."""
    bounds, stages = [(0.0, 1.0)], [-1]
    rows, row_stages = [], []
    for month in range(3):
        people, out = len(bounds), len(bounds) + 1
        bounds += [(0.0, INF), (0.0, INF)]
        stages += [month, month]
        rows.append((5.0, {people: 1.0, out: 1.0}, 5.0))
        beds = {people: 1.0} if month == 0 else {people: 1.0, 0: -4.0}
        rows.append((-INF, beds, 4.0))
        row_stages += [month, month]
    outs = {2: 1.0, 4: 1.0, 6: 1.0}
    return small_model(
        bounds,
        rows,
        [outs, {0: extension_cost}],
        column_stage=stages,
        row_stage=row_stages,
    )


def test_a_column_that_spans_months_joins_the_first_month_it_serves() -> None:
    joined = joined_basis(three_months(), Terms())
    assert isinstance(joined, JoinedBasis)
    # A quarter of the extension gives the fifth person a bed in months 1 and 2.
    assert [0.25, 4.0, 1.0, 5.0, 0.0, 5.0, 0.0] == pytest.approx(joined.values.tolist())


def test_the_joined_basis_has_as_many_basics_as_rows() -> None:
    joined = joined_basis(three_months(), Terms())
    assert isinstance(joined, JoinedBasis)
    basics = (joined.columns == BASIC).sum() + (joined.rows == BASIC).sum()
    assert len(joined.rows) == basics


@pytest.mark.parametrize("seed", range(10))
def test_what_is_basic_is_told_as_the_basis_tells_it(seed: int) -> None:
    solver = Solver(random_staircase(seed), Terms())
    solver.costs(np.arange(1.0, len(solver.cost) + 1.0))
    solver.run()

    for told, basis in zip(solver.basic(), solver.basis(), strict=True):
        assert (basis == BASIC).tolist() == told.tolist()


def test_the_whole_takes_the_joined_basis_at_its_plan() -> None:
    model = three_months()
    joined = joined_basis(model, Terms())
    assert isinstance(joined, JoinedBasis)
    solver = Solver(model, Terms())
    assert solver.start_from(joined.columns, joined.rows)
    assert Ran.OPTIMAL is solver.run()
    assert joined.values.tolist() == pytest.approx(solver.point().values.tolist())


@pytest.mark.parametrize("seed", range(40))
def test_a_joined_plan_of_rows_by_month_keeps_every_row_of_months(seed: int) -> None:
    model = random_staircase(seed)
    # Without columns that span months nothing is decided for an earlier month afterwards.
    alone = ~np.isin(model.indices, np.flatnonzero(model.column_stage < 0))
    counts = np.add.reduceat(alone.astype(int), model.starts[:-1])
    model = replace(
        model,
        starts=np.cumsum([0, *counts]),
        indices=model.indices[alone],
        values=model.values[alone],
    )
    joined = joined_basis(model, Terms())
    if isinstance(joined, JoinedBasis):
        assert holds(model, joined.values)
    else:
        assert Ran.INFEASIBLE is joined


def test_a_month_that_uses_up_what_a_later_one_needs_is_left_to_interior_point() -> None:
    # Month 0 keeps all 5 for itself to spare its level; month 1 must have 3 of them.
    model = small_model(
        [(0.0, 5.0), (0.0, INF)],
        [(-INF, {0: 1.0}, 5.0), (3.0, {1: 1.0}, INF), (-INF, {0: 1.0, 1: 1.0}, 5.0)],
        [{0: -1.0}],
        column_stage=[0, 1],
        row_stage=[0, 1, 1],
    )
    outcome = solve_levels(model)
    assert INTERIOR_POINT == outcome.report.way
    assert ("no joined basis: infeasible",) == outcome.report.messages
    assert outcome.solution is not None
    assert [-2.0] == pytest.approx([level.value for level in outcome.solution.levels])


def test_months_are_joined_where_there_are_any() -> None:
    model = three_months()
    assert has_months(model)
    assert JOINED == solve_levels(model).report.way
    assert not has_months(replace(model, row_stage=np.full(6, -1)))
    assert not has_months(replace(model, row_stage=np.zeros(6, dtype=int)))


def test_a_row_that_names_too_early_a_month_waits_for_its_columns() -> None:
    model = three_months()
    early = replace(model, row_stage=np.array([0, 0, 0, 0, 1, 2]))
    first, second = (solve_levels(each).solution for each in (model, early))
    assert first is not None
    assert second is not None
    expected = [level.value for level in first.levels]
    assert expected == pytest.approx([level.value for level in second.levels])


def test_a_cancel_reaches_the_months() -> None:
    token = CancelToken()
    token.cancel()
    assert Ran.CANCELLED is joined_basis(three_months(), Terms(cancel=token))


def widened(seed: int) -> tuple[Solution, LinearModel, Solution]:
    """Return a solution of a model, the model with wider limits, and its solution."""
    model = random_staircase(seed)
    before = solve_levels(model).solution
    assert before is not None
    wider = replace(model, row_lower=model.row_lower - 0.5, row_upper=model.row_upper + 0.25)
    anew = solve_levels(wider).solution
    assert anew is not None
    return before, wider, anew


@pytest.mark.parametrize("seed", range(12))
def test_what_the_months_are_begun_from_leaves_every_level_as_it_is(seed: int) -> None:
    before, wider, anew = widened(seed)
    chance = np.random.default_rng(seed)
    nonsense = (
        chance.integers(0, 3, len(wider.lower)),
        chance.integers(0, 3, len(wider.starts) - 1),
    )
    left = [(each.name, each.basis) for each in before.levels if each.basis is not None]
    for level, basis in (left[0], left[-1], (left[-1][0], nonsense)):
        found = solve_levels(wider, near=NearPlan(level, basis)).solution
        assert found is not None
        assert [each.value for each in found.levels] == pytest.approx(
            [each.value for each in anew.levels], rel=1e-9, abs=1e-9
        )


def test_months_that_were_near_take_no_step_where_nothing_changed() -> None:
    model = three_months()
    joined = joined_basis(model, Terms())
    assert isinstance(joined, JoinedBasis)
    near = NearPlan(model.levels[-1].name, (joined.columns, joined.rows))
    again = joined_basis(model, Terms(), near)
    assert isinstance(again, JoinedBasis)
    assert 0 == again.iterations < joined.iterations
    assert joined.values.tolist() == pytest.approx(again.values.tolist())


@pytest.mark.parametrize("seed", range(12))
def test_prices_of_a_plan_much_like_it_lead_to_the_same_levels(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, wider, anew = widened(seed)
    chance = np.random.default_rng(seed)
    height = len(wider.row_lower)
    nonsense = (chance.integers(0, 3, len(wider.lower)), chance.integers(0, 3, height))
    (first, *_, last) = [each for each in before.levels if each.basis is not None]
    assert first.basis is not None
    assert last.basis is not None
    known = {each.name: each.duals for each in before.levels}
    guessed = {each.name: chance.normal(size=height) for each in before.levels}
    # The prices are known, so none are looked for.
    monkeypatch.setattr(Solver, "run_first_order", lambda _: Ran.UNKNOWN)
    for basis, duals in ((last.basis, known), (last.basis, guessed), (nonsense, known)):
        near = NearPlan(first.name, first.basis, basis, duals)
        run = Run(wider, Terms(), None, near=near, first_steps=0)
        assert Stop.FINISHED is settle(run)
        assert {name: each.value for name, each in run.results.items()} == pytest.approx(
            {e.name: e.value for e in anew.levels if e.name in run.results}, rel=1e-9, abs=1e-9
        )
