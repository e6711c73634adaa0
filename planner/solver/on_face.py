"""A level minimised on the optima of those before it, from the vertex in hand.

First some steps of simplex on the reduced model. Where that is not the end of it, it is reduced
further, and first-order prices of this level and the next ones together, which are good to about
four digits, serve as end values for passes over the months in ever larger blocks. From the vertex
that these end at dual simplex goes on, on the dual. Of a plan much like this one the prices serve
as well, and the passes begin from where that plan was left. What comes out is a basis of the whole
model and still has to be proven.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.solver.blocks import BlockPass, Passed, Stages
from planner.solver.face import scale
from planner.solver.highs import (
    CONFIRMING,
    MIRRORED,
    UNWEIGHTED,
    WALKING,
    Ran,
    Solver,
    Terms,
)
from planner.solver.layers import Layers
from planner.solver.mirrored import Mirrored
from planner.solver.optimality import Limits
from planner.solver.outcome import Basis, LevelCost, LinearModel, NearPlan
from planner.solver.reduced import Reduced
from planner.solver.vertex import RowMatrices

FIRST_ORDER_WAY = "first-order prices"

# Steps of simplex before the long way is taken: they settle nearly all levels that a few steps can.
# Counts and not times, so that the same input takes the same path on any machine.
FIRST_STEPS = 250
# The levels that the passes took account of are near their optimum, and get more.
_STEPS_AFTER_PASSES = 8_000
# Before those come steps without weights, whose reckoning takes 0.4 to 2.5 s on the national demo:
# more than all the steps that most of these levels need.
_STEPS_WITHOUT_WEIGHTS = 1_800
# Steps where nothing but steps is asked for: what is not there by then is told in another way.
_STEPS_WITHOUT_PASSES = 1_000
# Steps of dual simplex from the basis of a plan much like this one.
_STEPS_FROM_BESIDE = 6_000
# Steps after the passes; beyond, something else is quicker.
_MOST_STEPS = 12_000
# Steps that see to what sits at the wrong one of two bounds that are the same.
_STEPS_TO_END = 1_000
# How much less the next level counts in the merged costs, and how many levels are merged.
_LESS = 1e-2
MERGED = 4
# Months at a time, pass after pass.
_SIZES = (1, 2, 4)
# What costs nothing, and is not there in the first-order plan, costs this much in a pass.
_UNWANTED = 1e-2
_NOT_THERE = 1e-3


@dataclass(frozen=True)
class OnFace:
    """What minimising a level came to: a basis of the whole model unless it failed, and how."""

    basis: Basis | None
    ran: Ran
    steps: int
    way: str


def on_face(  # noqa: PLR0913, PLR0917 - where it starts, what is minimised, on what terms
    model: LinearModel,
    rows: RowMatrices,
    limits: Limits,
    basis: Basis,
    levels: Sequence[LevelCost],
    terms: Terms,
    *,
    near: bool,
    beside: Basis | None = None,
    like: NearPlan | None = None,
    passes: bool = True,
    first_steps: int = FIRST_STEPS,
) -> OnFace:
    """Minimise the first of some levels within limits, from a basis of the whole model.

    `near` is whether passes for an earlier level took account of this one; `beside` the basis of a
    plan much like it that is the best at this level, `like` what else is known of such a plan.
    Without `passes` some steps are all; with them `first_steps` come before, where no passes were
    done for this level.
    """
    costs = [level.cost / scale(level.cost) for level in levels]
    reduced = Reduced(rows.by_row, limits, basis, costs)
    solver = _loaded(reduced, costs[0], reduced.pushed(basis), WALKING, terms)
    ran = solver.run(iterations=first_steps if passes else _STEPS_WITHOUT_PASSES)
    steps, way = solver.iterations, "steps"
    if ran is Ran.ITERATION_LIMIT and passes:
        long = _LongWay(model, reduced, solver.basis(), levels, terms)
        ran = long.by_its_dual(_STEPS_AFTER_PASSES, weighted=False) if near else ran
        if ran is Ran.ITERATION_LIMIT:
            way = FIRST_ORDER_WAY
            ran = long.passed(like)
            if ran is Ran.UNKNOWN and beside is not None:
                other = _loaded(reduced, costs[0], reduced.pushed(beside), CONFIRMING, terms)
                ran, steps = other.run(iterations=_STEPS_FROM_BESIDE), steps + other.iterations
                if ran is Ran.OPTIMAL:
                    return OnFace(reduced.pulled(other.basis(), basis), ran, steps, way)
            if ran not in {Ran.TIME_LIMIT, Ran.CANCELLED}:
                ran = long.by_its_dual(_MOST_STEPS)
        steps += long.steps
        if ran is Ran.OPTIMAL:
            solver.start_from(*long.basis)
            ran, steps = solver.run(iterations=_STEPS_TO_END), steps + solver.iterations
    if ran is not Ran.OPTIMAL:
        return OnFace(None, ran, steps, way)
    return OnFace(reduced.pulled(solver.basis(), basis), ran, steps, way)


def _loaded(
    reduced: Reduced, cost: np.ndarray, basis: Basis, options: dict[str, object], terms: Terms
) -> Solver:
    solver = Solver(reduced.model(), terms)
    solver.options(options)
    solver.costs(reduced.costs(cost))
    solver.start_from(*basis)
    return solver


class _LongWay:
    """The first of some levels on what is left of a reduced set, where some steps do not end it."""

    def __init__(
        self,
        model: LinearModel,
        reduced: Reduced,
        basis: Basis,
        levels: Sequence[LevelCost],
        terms: Terms,
    ) -> None:
        """Reduce the set further, from a basis of it."""
        self._model = model
        self._reduced = reduced
        self._begun = basis
        self._levels = levels
        self._terms = terms
        costs = [level.cost / scale(level.cost) for level in levels]
        self._layers = Layers(reduced, basis, costs)
        self._costs = [self._layers.costs(cost) for cost in costs]
        self._at = self._layers.pushed(basis)
        self.steps = 0

    @property
    def basis(self) -> Basis:
        """The basis of the reduced set where it stands."""
        return self._layers.pulled(self._at, self._begun)

    def by_its_dual(self, most: int, *, weighted: bool = True) -> Ran:
        """Minimise the level by steps of dual simplex on the dual; return how that ended.

        Unless `weighted`, the first steps go without weights. No plan of the dual would be no end
        of the level, which this way is not the one to tell.
        """
        mirrored = Mirrored(self._layers.matrix, self._layers.limits, self._costs[0])
        basis, ran = mirrored.pushed(self._at), Ran.ITERATION_LIMIT
        ways = ((UNWEIGHTED, _STEPS_WITHOUT_WEIGHTS), (MIRRORED, most))
        for options, steps in ways[1:] if weighted else ways:
            solver = Solver(mirrored.model, self._terms)
            solver.options(options)
            solver.costs(mirrored.cost)
            solver.start_from(*basis)
            ran = solver.run(iterations=steps)
            self.steps += solver.iterations
            basis = solver.basis()
            if ran is not Ran.ITERATION_LIMIT:
                break
        if ran in {Ran.OPTIMAL, Ran.ITERATION_LIMIT}:
            self._at = mirrored.pulled(basis)
            return ran
        return ran if ran in {Ran.TIME_LIMIT, Ran.CANCELLED} else Ran.UNKNOWN

    def passed(self, like: NearPlan | None) -> Ran:
        """Go to the last basis that passes lead to, if any did; return how they ended."""
        stages = Stages.of(self._layers, self._model.column_stage, self._model.row_stage)
        passed = self._passed_as(stages, like)
        if passed.ran is Ran.UNKNOWN:
            passed = self._passed_by_first_order(stages)
        self._at = passed.basis or self._at
        self.steps += passed.steps
        return passed.ran

    def _passed_as(self, stages: Stages, like: NearPlan | None) -> Passed:
        """Return the last basis that the prices of a plan much like this one lead to, if any did.

        Where that plan was left, those prices have the right sign, so a month by itself needs few
        steps of dual simplex.
        """
        levels, layers = self._levels[:MERGED], self._layers
        if like is None or like.last is None or any(e.name not in like.duals for e in levels):
            return Passed(None, 0, Ran.UNKNOWN)
        duals = _merged([like.duals[level.name] / scale(level.cost) for level in levels])
        costs = _merged(self._costs[:MERGED])
        block_pass = BlockPass(layers, stages, costs, duals[layers.rows], self._terms)
        return _in_blocks(block_pass, layers.pushed(self._reduced.pushed(like.last)), CONFIRMING)

    def _passed_by_first_order(self, stages: Stages) -> Passed:
        """Return the last basis that first-order prices and the passes lead to, if any did."""
        if len(stages.blocks(1)) == 1:
            return Passed(None, 0, Ran.UNKNOWN)
        costs = _merged(self._costs[:MERGED])
        solver = Solver(self._layers.model(), self._terms)
        solver.costs(costs)
        ran = solver.run_first_order()
        if ran is not Ran.OPTIMAL:
            stopped = ran in {Ran.TIME_LIMIT, Ran.CANCELLED}
            return Passed(None, 0, ran if stopped else Ran.UNKNOWN)
        point = solver.point()
        unwanted = (costs == 0) & (point.values < _NOT_THERE)
        priced = costs + np.where(unwanted, _UNWANTED, 0.0)
        block_pass = BlockPass(self._layers, stages, priced, point.duals, self._terms)
        return _in_blocks(block_pass, self._at, WALKING)


def _merged(each_level: Sequence[np.ndarray]) -> np.ndarray:
    """Return what is told of each of some levels as one, each counting so much less."""
    summed: np.ndarray = np.sum([_LESS**at * each for at, each in enumerate(each_level)], axis=0)
    return summed


def _in_blocks(block_pass: BlockPass, basis: Basis, first: Mapping[str, object]) -> Passed:
    """Return the last basis of passes over ever larger blocks, the first of them done in a way."""
    found = Passed(None, 0)
    for size in _SIZES:
        options = first if found.basis is None else WALKING
        passed = block_pass.passed(found.basis or basis, size, options)
        steps = found.steps + passed.steps
        if passed.basis is None:
            return Passed(found.basis, steps, passed.ran)
        found = Passed(passed.basis, steps)
    return found
