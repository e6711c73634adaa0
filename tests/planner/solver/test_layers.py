"""What is reduced further, or turned over, has the same plans, and a basis goes in and out."""

import numpy as np
import pytest

from planner.solver.highs import MIRRORED, WALKING, Ran, Solver, Terms
from planner.solver.layers import Layers
from planner.solver.mirrored import Mirrored
from planner.solver.outcome import Basis, LinearModel
from planner.solver.reduced import Reduced
from planner.solver.vertex import RowMatrices, Vertex
from tests.staircases import INF, random_staircase, small_model

SEEDS = range(60)


def basis_of(model: LinearModel, cost: np.ndarray) -> Basis:
    solver = Solver(model, Terms())
    solver.options(WALKING)
    solver.costs(cost)
    assert Ran.OPTIMAL is solver.run()
    return solver.basis()


def vertex_of(model: LinearModel, basis: Basis) -> Vertex:
    vertex = Vertex.of(RowMatrices(model), Solver(model, Terms()), basis)
    assert vertex is not None
    return vertex


def reduced_of(model: LinearModel, basis: Basis) -> Reduced:
    rows = RowMatrices(model)
    return Reduced(rows.by_row, Solver(model, Terms()).limits, basis, [])


def square(basis: Basis) -> bool:
    return int(np.count_nonzero(basis[0] == 1)) == int(np.count_nonzero(basis[1] != 1))


def chained() -> LinearModel:
    """Return a model of which the first five columns are one choice, and one of them ends it."""
    return small_model(
        [(0.0, INF), (0.0, 9.0), (2.0, INF), (-6.0, 0.0), (0.0, 50.0), (0.0, INF)],
        [
            (0.0, {0: 1.0, 1: -1.0}, 0.0),
            (1.0, {1: 1.0, 2: -1.0}, 1.0),
            (0.0, {2: 1.0, 3: 2.0}, 0.0),
            (0.0, {3: -5.0, 4: -1.0}, 0.0),
            (3.0, {4: 1.0, 5: 1.0}, INF),
            (-INF, {0: 1.0, 3: -1.0, 5: 1.0}, 40.0),
        ],
        [{0: -1.0, 5: 1.0}],
    )


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_columns_that_rows_tie_are_one_and_come_out_at_the_bound_that_ends_them(
    sign: float,
) -> None:
    model, cost = chained(), sign * np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.1])
    begun = basis_of(model, np.zeros(6))
    reduced = reduced_of(model, begun)
    pushed = reduced.pushed(begun)
    layers = Layers(reduced, pushed, [cost])
    assert len(layers.limits.lower) <= 2
    best = basis_of(layers.model(), layers.costs(cost))
    out = reduced.pulled(layers.pulled(best, pushed), begun)
    assert square(out)
    values = vertex_of(model, out).values
    expected = vertex_of(model, basis_of(model, cost)).values
    assert expected == pytest.approx(values, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_best_in_the_layers_is_best_of_all(seed: int) -> None:
    model = random_staircase(seed, months=8)
    cost = model.levels[0].cost
    begun = basis_of(model, np.zeros_like(cost))
    reduced = reduced_of(model, begun)
    pushed = reduced.pushed(begun)
    layers = Layers(reduced, pushed, [cost])
    best = basis_of(layers.model(), layers.costs(cost))
    out = vertex_of(model, reduced.pulled(layers.pulled(best, pushed), begun))
    expected = cost @ vertex_of(model, basis_of(model, cost)).values
    assert out.holds(1e-7)
    assert expected == pytest.approx(cost @ out.values, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dual_is_best_where_the_model_is(seed: int) -> None:
    model = random_staircase(seed, months=8)
    cost, rows = model.levels[0].cost, RowMatrices(model)
    begun, limits = basis_of(model, np.zeros_like(cost)), Solver(model, Terms()).limits
    mirrored = Mirrored(rows.by_row, limits, cost)
    pushed = mirrored.pushed(begun)
    assert square(pushed)
    again = vertex_of(model, mirrored.pulled(pushed)).values
    assert vertex_of(model, begun).values == pytest.approx(again, abs=1e-9)
    solver = Solver(mirrored.model, Terms())
    solver.options(MIRRORED)
    solver.costs(mirrored.cost)
    solver.start_from(*pushed)
    assert Ran.OPTIMAL is solver.run()
    out = vertex_of(model, mirrored.pulled(solver.basis()))
    expected = cost @ vertex_of(model, basis_of(model, cost)).values
    assert out.holds(1e-7)
    assert expected == pytest.approx(cost @ out.values, rel=1e-9, abs=1e-9)


def test_the_dual_of_columns_without_a_lower_bound_and_of_rows_with_two_limits() -> None:
    model = small_model(
        [(-INF, 4.0), (-INF, INF), (1.0, 7.0), (0.0, INF)],
        [
            (2.0, {0: 1.0, 1: 1.0}, 9.0),
            (-INF, {1: 1.0, 2: -1.0}, 3.0),
            (-5.0, {0: 1.0, 2: 1.0, 3: -1.0}, 5.0),
            (-1.0, {0: 1.0, 1: -1.0}, INF),
        ],
        [{0: -2.0, 1: -1.0, 2: -0.5, 3: 1.0}],
    )
    limits = Solver(model, Terms()).limits
    for cost in (model.levels[0].cost, -model.levels[0].cost * np.array([1, 1, 1, -1])):
        mirrored = Mirrored(RowMatrices(model).by_row, limits, cost)
        begun = basis_of(model, np.zeros(4))
        solver = Solver(mirrored.model, Terms())
        solver.options(MIRRORED)
        solver.costs(mirrored.cost)
        solver.start_from(*mirrored.pushed(begun))
        assert Ran.OPTIMAL is solver.run()
        out = vertex_of(model, mirrored.pulled(solver.basis()))
        best = vertex_of(model, basis_of(model, cost)).values
        assert out.holds(1e-9)
        assert cost @ best == pytest.approx(cost @ out.values, abs=1e-9)
