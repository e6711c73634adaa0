"""Whole numbers: a plan rounded from shares, bettered level by level, and proven.

The levels are settled with shares first, and then with what is taken in part taken whole. Level by
level, with those before it kept at what the plan came to, the model with shares then tells what no
plan can better. A level that lies above that by more than is worth it is branched on, from the plan
in hand; a choice that betters it takes its place.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from planner.core.memory import give_back
from planner.core.outcome import Stop
from planner.solver.arithmetic import activity, level_value
from planner.solver.branching import branch
from planner.solver.face import Face, scale
from planner.solver.first_whole import (
    MANY_COLUMNS,
    NEAR,
    SAME,
    apart,
    first_plan,
    kept_plan,
    optimum,
    with_grace,
)
from planner.solver.highs import BOUNDING, Ran, Solver, Terms
from planner.solver.level_prices import ByLevel, prices_at, prices_of
from planner.solver.on_face import on_face
from planner.solver.optimality import Point, is_optimum
from planner.solver.outcome import BASIC, LevelCost, LevelPrices, LinearModel
from planner.solver.price_bound import EarlierLevel, PriceBounds
from planner.solver.rounding import kept_whole, relaxed, with_level_rows
from planner.solver.together import brought_together
from planner.solver.vertex import RowMatrices, Vertex
from planner.solver.walk import STOPPED, STOPS, Run, minimise, settle, start, to_settle

# A plan with whole numbers counts as the best where no other can be better by more, at any level.
PROVEN_GAP = 0.01
# Small models are branched on until nothing is left to gain.
_FEW_COLUMNS = 2_000
# How far above its value a level is kept, relative to its size: the last digits of a sum.
_KEPT_WITHIN = 1e-9


def solve_whole(run: Run) -> tuple[Run, Stop]:
    """Return the settled plan with everything whole, its gap set where it is proven, and the stop.

    The gap is the largest of a level, relative to its value.
    """
    run.tell("whole")
    shares = apart(run, relaxed(run.model), "relaxed")
    stop = settle(shares)
    run.iterations = shares.iterations
    if shares.values is None or stop not in STOPPED | {Stop.FINISHED}:
        return shares, stop
    give_back()
    plan = first_plan(run, shares, finished=stop is Stop.FINISHED)
    if isinstance(plan, Stop):
        return run, plan
    if stop is not Stop.FINISHED:
        return plan, stop
    give_back()
    plan = brought_together(run, plan)
    give_back()
    begun = time.perf_counter()
    prices = prices_of(shares.results)
    plan, stop = _Bettering(run, shares, plan, prices).walked()
    plan.prices = prices
    run.time("proof", begun)
    return plan, stop


class _Bettering:
    """A plan bettered level by level, and within how much of the best it is at each."""

    def __init__(self, run: Run, shares: Run, plan: Run, prices: ByLevel) -> None:
        self._run = run
        self._shares = shares
        self._plan = plan
        self._levels = to_settle(run.model)
        # Bounds and values of the levels passed: what none betters, and what the plan came to then.
        self._least: list[float] = []
        self._passed: list[float] = []
        many, few = len(run.model.lower) > MANY_COLUMNS, len(run.model.lower) <= _FEW_COLUMNS
        self._near = PROVEN_GAP if many else 0.0 if few else NEAR
        self._proof: _Proof | None = None
        self._prices = prices
        self._bounds: PriceBounds | None = None

    def walked(self) -> tuple[Run, Stop]:
        """Go through the levels; return the plan, with its gap if all is proven, and the stop."""
        stop = Stop.FINISHED
        while len(self._passed) < len(self._levels):
            kept, number = [*self._passed], len(self._passed)
            level = self._levels[number]
            least = None if self._run.terms.cancelled else self._least_of(number, level)
            if least is None:
                cancelled = self._run.terms.cancelled
                return self._plan, Stop.CANCELLED if cancelled else Stop.TIME_LIMIT
            if self._above(level, least) > self._near_at(number):
                least, ran = self._branched(number, level, least)
                stop = STOPS[ran] if ran in {Ran.TIME_LIMIT, Ran.CANCELLED} else stop
            # Where an earlier level got better, this one's bound is that of a looser case.
            if self._passed == kept:
                self._pass(number, level, least)
        passed = zip(self._levels, self._least, strict=True)
        gaps = (self._above(level, least) for level, least in passed if level.proven)
        self._plan.gap = max(gaps, default=0.0)
        return self._plan, stop

    def _near_at(self, number: int) -> float:
        """Return how near to what none can better a level is not branched on.

        The last level breaks ties, and in a small model it is branched on until they are broken:
        what is nearly as good there may be another plan altogether.
        """
        last = number == len(self._levels) - 1
        return 0.0 if last and self._near < PROVEN_GAP else self._near

    def _pass(self, number: int, level: LevelCost, least: float) -> None:
        """Go on to the next level, with this one kept at what the plan comes to."""
        self._least.append(least)
        self._passed.append(self._value(level))
        if self._proof is not None:
            self._keep(self._proof, number)

    def _keep(self, proof: _Proof, number: int) -> None:
        """Keep a level that was passed at what the plan came to."""
        shares = self._shares if self._as_with_shares(number + 1) else None
        proof.keep(number, self._passed[number], self._least[number], shares)

    def _value(self, level: LevelCost) -> float:
        return self._plan.results[level.name].value

    def _above(self, level: LevelCost, least: float) -> float:
        """Return by which part of its value a level lies above a bound."""
        value = self._value(level)
        above = value - least
        if above <= SAME * max(1.0, abs(value)):
            return 0.0
        return above / abs(value) if value else np.inf

    def _least_of(self, number: int, level: LevelCost) -> float | None:
        """Return what no plan can better at a level; `None` where that took too long.

        As long as the plan is as good as with shares, the plan with shares tells.
        """
        if self._proof is None and self._as_with_shares(number):
            return self._shares.results[level.name].value
        told, prices = self._told_by_prices(number, level)
        if self._above(level, told) <= self._near:
            if prices is not None:
                self._prices[level.name] = prices
            return told
        enough = self._value(level) - self._near * abs(self._value(level))
        least = self._proved(number).least(level, self._bounds, enough)
        return None if least is None else max(told, least)

    def _told_by_prices(self, number: int, level: LevelCost) -> tuple[float, LevelPrices | None]:
        """Return what the prices of the plan with shares say that no plan can better, and which."""
        if len(self._run.model.lower) <= MANY_COLUMNS:
            return -np.inf, None
        if self._bounds is None:
            self._bounds = PriceBounds(relaxed(self._run.model))
        settled = self._shares.results
        passed = [
            EarlierLevel(each, settled[each.name], most)
            for each, most in zip(self._levels[:number], self._passed, strict=True)
        ]
        return self._bounds.least(level, settled[level.name], passed)

    def _as_with_shares(self, number: int) -> bool:
        """Whether the plan is as good as with shares at so many levels."""
        settled = self._shares.results
        return all(
            self._above(each, settled[each.name].value) <= 0.0 for each in self._levels[:number]
        )

    def _proved(self, number: int) -> _Proof:
        """Return the proof, with the levels before a number kept at what the plan came to."""
        if self._proof is None:
            self._proof = _Proof(self._run, self._shares, self._levels, self._prices)
            for before in range(number):
                self._keep(self._proof, before)
        return self._proof

    def _branched(self, number: int, level: LevelCost, least: float) -> tuple[float, Ran]:
        """Branch on a level, from the plan in hand; return its bound then, and how it ended."""
        run, unit = self._run, scale(level.cost)
        model = self._proved(number).narrowed()
        terms = _shared(run.terms, len(self._levels) - number)
        gap = max(self._near_at(number), SAME / 10)
        found = branch(model, level.cost / unit, terms, self._plan.values, gap)
        run.iterations += found.iterations
        least = max(least, found.bound * unit + level.constant)
        if found.values is not None:
            chosen, way = kept_whole(run.model, found.values), f"branched on {level.name}"
            other = kept_plan(run, chosen, way, self._plan, told=False)
            if isinstance(other, Run):
                self._compare(brought_together(run, other), number)
        return least, found.ran

    def _compare(self, other: Run, number: int) -> None:
        """Take another plan if it is better at this level, or at an earlier one.

        The choices that better a level may allow an earlier one to be better still, at the cost of
        those between. Then what has been proven holds up to that level, and the rest is gone
        through again.
        """
        for at, level in enumerate(self._levels[: number + 1]):
            value = self._value(level) if at == number else self._passed[at]
            gained = value - other.results[level.name].value
            if gained < -SAME * max(1.0, abs(value)):
                return
            if gained > SAME * max(1.0, abs(value)):
                other.progress = self._run.progress
                self._plan = other
                if at < number:
                    self._proof = None
                    del self._least[at + 1 :], self._passed[at + 1 :]
                    self._passed[at] = self._value(level)
                return


class _Proof:
    """The model with shares, walked with each level kept at what the whole plan came to."""

    def __init__(self, run: Run, shares: Run, levels: list[LevelCost], prices: ByLevel) -> None:
        self._shares = shares
        self._levels = levels
        self._prices = prices
        self._whole = run.model.whole
        self._first_row = len(run.model.row_lower)
        self._run = apart(run, relaxed(with_level_rows(run.model, levels)), "proof")
        self._run.terms = with_grace(run.terms)
        self._run.progress = None
        self._solver = Solver(self._run.model, self._run.terms)
        self._face = Face(self._solver)
        self._rows = RowMatrices(self._run.model)
        self._point: Point | None = None
        self._warm: bool | None = None

    def least(self, level: LevelCost, bounds: PriceBounds | None, enough: float) -> float | None:
        """Return what no plan can better at a level; `None` where that took too long.

        With bounds of a large model, prices near the optimum do where a few steps do not, and tell
        what is enough.
        """
        point = self._on_face(level)
        if point is not None:
            self._point = point
            return level_value(level, point.values)
        if bounds is not None:
            bound = self._by_prices(level, bounds)
            if bound is None or bound >= enough:
                return bound
        if self._warm is None:
            basis = self._shares.results[level.name].basis
            taken = basis is not None and self._solver.start_from(*basis)
            self._warm = taken or start(self._run, self._solver) is not None
        if minimise(self._run, self._solver, level, warm=self._warm) is not Ran.OPTIMAL:
            return None
        self._warm = True
        self._point = self._solver.point()
        return level_value(level, self._point.values)

    def _by_prices(self, level: LevelCost, bounds: PriceBounds) -> float | None:
        """Return a bound by the prices that interior point ends at; `None` where it was stopped.

        Any prices give a bound that holds, also those of a run that calls itself unfinished.
        """
        solver, unit = self._solver, scale(level.cost)
        solver.costs(level.cost / unit)
        solver.forget()
        solver.options(BOUNDING)
        if solver.run() in {Ran.TIME_LIMIT, Ran.CANCELLED}:
            return None
        duals = solver.point().duals
        if len(duals) != len(self._run.model.row_lower) or not np.isfinite(duals).all():
            return -np.inf
        return bounds.by_prices(self.narrowed(), solver.cost, duals) * unit + level.constant

    def _on_face(self, level: LevelCost) -> Point | None:
        """Return an optimum near that of the plan with shares, where few enough steps lead to one.

        What earlier levels may come to now only widens what the plan with shares kept to.
        """
        basis = self._shares.results[level.name].basis
        model, limits, terms = self._run.model, self._solver.limits, self._run.terms
        if basis is None:
            return None
        more = np.full(len(model.row_lower) - len(basis[1]), BASIC, dtype=basis[1].dtype)
        begin = (basis[0], np.concatenate([basis[1], more]))
        found = on_face(model, self._rows, limits, begin, [level], terms, near=True, passes=False)
        self._run.iterations += found.steps
        vertex = None if found.basis is None else Vertex.of(self._rows, self._solver, found.basis)
        if vertex is None:
            return None
        cost = level.cost / scale(level.cost)
        point = vertex.priced(cost)
        return point if is_optimum(model, limits, cost, point) else None

    def keep(self, number: int, value: float, least: float, shares: Run | None) -> None:
        """Keep a level at a value: only its optima where it is the least, else by its row.

        `shares` is the plan with shares where that is an optimum of the level too.
        """
        level = self._levels[number]
        point, self._point = self._point, None
        if point is not None:
            self._prices[level.name] = prices_at(point, level, self._levels)
        if point is None and shares is not None:
            point = self._with_rows(optimum(shares, level))
        near = SAME * max(1.0, abs(value))
        if point is not None and value - min(least, level_value(level, point.values)) <= near:
            self._face.narrow(point)
            return
        most = (value - level.constant) / scale(level.cost)
        most += _KEPT_WITHIN * max(1.0, abs(most))
        row = np.array([self._first_row + number])
        self._solver.row_bounds(row, np.array([-np.inf]), np.array([most]))

    def narrowed(self) -> LinearModel:
        """Return the model as far as it is narrowed, whole columns whole again."""
        limits = self._solver.limits
        return replace(
            self._run.model,
            lower=limits.lower.copy(),
            upper=limits.upper.copy(),
            row_lower=limits.row_lower.copy(),
            row_upper=limits.row_upper.copy(),
            whole=self._whole,
        )

    def _with_rows(self, point: Point) -> Point:
        """Return a point of the model itself as one of the model with a row per level."""
        rows = activity(self._run.model, point.values)
        more = np.zeros(len(rows) - len(point.duals))
        return replace(point, row_values=rows, duals=np.concatenate([point.duals, more]))


def _shared(terms: Terms, levels: int) -> Terms:
    """Return terms for the next of so many levels: half of what is left, the last gets all.

    Halves and not equal parts: the first levels are the ones that matter.
    """
    return terms.with_part(1.0 / min(levels, 2))
