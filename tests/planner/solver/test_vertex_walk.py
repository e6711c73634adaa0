"""The walk from vertex to vertex settles the values of the plain walk, on every way it can take."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from planner.core.outcome import CancelToken, Stop
from planner.solver import on_face
from planner.solver.blocks import BlockPass, Passed
from planner.solver.highs import MIRRORED, WALKING, Ran, Solver, Terms
from planner.solver.on_face import FIRST_STEPS
from planner.solver.optimality import Limits
from planner.solver.outcome import Basis, LinearModel
from planner.solver.reduced import Reduced
from planner.solver.vertex import RowMatrices, Vertex
from planner.solver.walk import Run, settle
from tests.staircases import INF, random_staircase, small_model

SEEDS = range(60)


def some_basis(model: LinearModel) -> Basis:
    """Return the basis of some plan, whatever it costs."""
    solver = Solver(model, Terms())
    solver.options(WALKING)
    assert Ran.OPTIMAL is solver.run()
    return solver.basis()


def settled(model: LinearModel, *, plain: bool = False, first_steps: int = FIRST_STEPS) -> Run:
    begun = some_basis(model)
    run = Run(model, Terms(), None, plain=plain, begin=begun, first_steps=first_steps)
    assert Stop.FINISHED is settle(run)
    return run


def level_values(run: Run) -> list[float]:
    return [result.value for result in run.results.values()]


def first_vertex(model: LinearModel) -> tuple[RowMatrices, Solver, Vertex]:
    rows, solver = RowMatrices(model), Solver(model, Terms())
    vertex = Vertex.of(rows, solver, some_basis(model))
    assert vertex is not None
    return rows, solver, vertex


@pytest.mark.parametrize("seed", SEEDS)
def test_vertices_settle_what_the_plain_walk_settles(seed: int) -> None:
    model = random_staircase(seed, months=8)
    run = settled(model)
    assert level_values(settled(model, plain=True)) == pytest.approx(level_values(run), rel=1e-9)
    assert not [each for each in run.messages if "plain" in each]


@pytest.mark.parametrize("seed", range(30))
def test_passes_with_first_order_prices_settle_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = random_staircase(seed, months=8)
    expected = level_values(settled(model, plain=True))
    monkeypatch.setattr(on_face, "_STEPS_WITHOUT_WEIGHTS", 0)
    monkeypatch.setattr(on_face, "_STEPS_AFTER_PASSES", 0)
    assert expected == pytest.approx(level_values(settled(model, first_steps=0)), rel=1e-9)


def test_steps_that_go_on_with_weights_settle_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    weighted = list[object]()
    set_options = Solver.options

    def noted(solver: Solver, settings: Mapping[str, object]) -> None:
        weighted.extend(each for each in (settings,) if each is MIRRORED)
        set_options(solver, settings)

    monkeypatch.setattr(Solver, "options", noted)
    models = [random_staircase(seed, months=8) for seed in range(20)]
    expected = [level_values(settled(each, first_steps=0)) for each in models]
    before = len(weighted)
    monkeypatch.setattr(on_face, "_STEPS_WITHOUT_WEIGHTS", 1)
    for model, values in zip(models, expected, strict=True):
        assert values == pytest.approx(level_values(settled(model, first_steps=0)), rel=1e-9)
    assert len(weighted) > 2 * before


@pytest.mark.parametrize("failed", [Ran.UNKNOWN, Ran.ITERATION_LIMIT])
def test_without_first_order_prices_the_values_are_the_same(
    failed: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = [random_staircase(seed, months=8) for seed in range(10)]
    expected = [level_values(settled(each, plain=True)) for each in models]
    monkeypatch.setattr(Solver, "run_first_order", lambda _: failed)
    for model, values in zip(models, expected, strict=True):
        assert values == pytest.approx(level_values(settled(model, first_steps=0)), rel=1e-9)


def test_where_no_pass_ends_the_values_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    models = [random_staircase(seed, months=8) for seed in range(10)]
    expected = [level_values(settled(each, plain=True)) for each in models]
    monkeypatch.setattr(BlockPass, "passed", lambda *_: Passed(None, 0, Ran.UNKNOWN))
    for model, values in zip(models, expected, strict=True):
        assert values == pytest.approx(level_values(settled(model, first_steps=0)), rel=1e-9)


def test_where_the_steps_do_not_end_the_plain_way_is_taken_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    models = [random_staircase(seed, months=8) for seed in range(10)]
    expected = [level_values(settled(each, plain=True)) for each in models]
    monkeypatch.setattr(on_face, "_MOST_STEPS", 0)
    told = list[str]()
    for model, values in zip(models, expected, strict=True):
        run = settled(model, first_steps=0)
        told += run.messages
        assert values == pytest.approx(level_values(run), rel=1e-9)
    assert [each for each in told if "the plain way after first-order prices" in each]


@pytest.mark.parametrize("seed", range(20))
def test_a_basis_that_is_short_is_mended_and_the_values_are_the_same(seed: int) -> None:
    model = random_staircase(seed, months=8)
    columns, rows = some_basis(model)
    columns[np.flatnonzero(columns == 1)[:3]] = 0
    run = Run(model, Terms(), None, begin=(columns, rows))
    assert Stop.FINISHED is settle(run)
    assert level_values(settled(model, plain=True)) == pytest.approx(level_values(run), rel=1e-9)


def test_a_cancel_during_the_first_order_run_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    token = CancelToken()

    def cancelled(_: Solver) -> Ran:
        token.cancel()
        return Ran.CANCELLED

    monkeypatch.setattr(Solver, "run_first_order", cancelled)
    stops = set[Stop]()
    for seed in range(10):
        model = random_staircase(seed, months=8)
        run = Run(model, Terms(cancel=token), None, begin=some_basis(model), first_steps=0)
        stops.add(settle(run))
    assert Stop.CANCELLED in stops


@pytest.mark.parametrize("seed", SEEDS)
def test_a_basis_goes_into_the_reduced_model_and_comes_out_the_same_point(seed: int) -> None:
    model = random_staircase(seed, months=8)
    rows, solver, vertex = first_vertex(model)
    basis = Reduced(rows.by_row, solver.limits, vertex.basis, []).pushed(vertex.basis)
    reduced = Reduced(rows.by_row, solver.limits, vertex.basis, [])
    assert len(reduced.rows) == np.count_nonzero(basis[0] == 1) + np.count_nonzero(basis[1] == 1)
    again = Vertex.of(rows, solver, reduced.pulled(basis, vertex.basis))
    assert again is not None
    assert vertex.values[reduced.columns] == pytest.approx(again.values[reduced.columns], abs=1e-8)


def slack(model: LinearModel) -> Basis:
    """Return the basis of the rows' own slacks, every column at its lower bound."""
    return np.zeros(len(model.lower), dtype=int), np.ones(len(model.row_lower), dtype=int)


def test_rows_that_bind_nothing_and_rows_that_another_implies_go() -> None:
    adults, families, places = range(3)
    model = small_model(
        [(0.0, INF), (0.0, INF), (0.0, 10.0)],
        [
            # 91 % of the places, which also keeps people within the places themselves.
            (-INF, {adults: 1.0, families: 1.0, places: -0.91}, 0.0),
            (-INF, {adults: 1.0, families: 1.0, places: -1.0}, 0.0),
            # No more than ten places, of which twenty-four cannot be more than 240.
            (-INF, {places: 24.0}, 241.0),
            (2.0, {adults: 1.0}, INF),
        ],
        [{places: 1.0}],
    )
    rows = RowMatrices(model)
    reduced = Reduced(rows.by_row, Limits.of(model), slack(model), [])
    assert [0] == reduced.rows.tolist()
    assert [2.0, 0.0, 0.0] == reduced.limits.lower.tolist()


def test_a_row_that_is_wider_in_one_column_implies_nothing() -> None:
    model = small_model(
        [(0.0, INF), (0.0, INF)],
        [(-INF, {0: 1.0, 1: 2.0}, 6.0), (-INF, {0: 2.0, 1: 1.0}, 6.0)],
        [{0: -1.0, 1: -1.0}],
    )
    reduced = Reduced(RowMatrices(model).by_row, Limits.of(model), slack(model), [])
    assert [0, 1] == reduced.rows.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_that_is_fixed_while_it_is_basic_leaves_the_basis(seed: int) -> None:
    model = random_staircase(seed, months=8)
    begin = some_basis(model)
    values = settled(model, first_steps=0).values
    assert values is not None
    chosen = np.flatnonzero(begin[0] == 1)[::5]
    held = replace(model, lower=model.lower.copy(), upper=model.upper.copy())
    held.lower[chosen] = held.upper[chosen] = values[chosen]
    run = Run(held, Terms(), None, begin=begin)
    assert Stop.FINISHED is settle(run)
    assert level_values(settled(model, first_steps=0)) == pytest.approx(level_values(run), abs=1e-6)
    assert not [each for each in run.messages if "plain" in each]
