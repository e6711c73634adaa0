"""A first basis, joined from the months.

The model is a staircase: each month is tied to the one before. So month after month is solved by
itself with what the earlier months decided, first with all levels weighted and then, from that
basis, level by level exactly. A month's basis is square in its own rows and columns, so the bases
side by side are a basis of the whole, and the plan they stand for holds every limit. What a month
cannot see, mostly moves it forces upon a later one, the whole model repairs.

A column that spans months joins the first month whose rows it meets, with its cost shared out over
the months it serves. Later months may raise it further but not lower it, since an earlier month
counts on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.solver.arithmetic import rows_of_entries
from planner.solver.face import Face, scale
from planner.solver.highs import MONTHLY, RESUMING, WALKING, Ran, Solver, Terms
from planner.solver.optimality import Point
from planner.solver.outcome import AT_LOWER, AT_UPPER, BASIC, FREE, Basis, LinearModel, NearPlan
from planner.solver.vertex import RowMatrices, Vertex

# How much more a level counts than the next in the weighted run, and how far apart the first and
# the last may be. Beyond, the solver's tolerance swallows the last; the exact run mends the rest.
_STEP = 10.0
_SPREAD = 1e10


@dataclass(frozen=True)
class JoinedBasis:
    """Per column and row 0 at lower, 1 basic, 2 at upper, 3 free; and the plan it stands for."""

    columns: np.ndarray
    rows: np.ndarray
    values: np.ndarray
    iterations: int


class _Staircase:
    """The model cut into months, and what has been decided in the months already solved."""

    def __init__(self, model: LinearModel) -> None:
        self.model = model
        self.values = np.clip(0.0, model.lower, model.upper)
        self.basic_columns = np.zeros(len(model.lower), dtype=bool)
        # A row of no month keeps its own slack in the basis.
        self.basic_rows = np.ones(len(model.row_lower), dtype=bool)
        self.entry_rows = rows_of_entries(model)
        self.row_stage = self._row_stages()
        self.spanning = model.column_stage < 0
        self.first, self.months_served = self._spans()
        self.costs = self._shared_costs()

    def _row_stages(self) -> np.ndarray:
        """Return each row's month, no earlier than the months of its columns."""
        stages = self.model.row_stage.copy()
        np.maximum.at(stages, self.entry_rows, self.model.column_stage[self.model.indices])
        return stages

    def _spans(self) -> tuple[np.ndarray, np.ndarray]:
        """Return per column the first month whose rows it meets, and in how many months it does."""
        columns, stages = self.model.indices, self.row_stage[self.entry_rows]
        chosen = self.spanning[columns] & (stages >= 0)
        pairs = np.unique(np.stack([columns[chosen], stages[chosen]]), axis=1)
        served = np.bincount(pairs[0], minlength=len(self.spanning))
        first = np.full(len(self.spanning), np.iinfo(np.int64).max)
        np.minimum.at(first, pairs[0], pairs[1])
        return first, np.maximum(served, 1)

    def _shared_costs(self) -> list[np.ndarray]:
        """Return the levels' costs of about one, those of spanning columns shared out."""
        shares = np.where(self.spanning, self.months_served, 1)
        costs = [level.cost for level in self.model.levels if level.cost.any()]
        return [cost / scale(cost) / shares for cost in costs]

    def months(self) -> Iterator[_Month]:
        """Yield the months in order, each with what the earlier ones decided."""
        model = self.model
        entry_stages = self.row_stage[self.entry_rows]
        for stage in range(int(self.row_stage.max()) + 1):
            rows = np.flatnonzero(self.row_stage == stage)
            entries = np.flatnonzero(entry_stages == stage)
            own = np.flatnonzero(model.column_stage == stage)
            met = model.indices[entries]
            spanning = np.unique(met[self.spanning[met]])
            yield self._month(stage, rows, entries, np.concatenate([own, spanning]))

    def _month(
        self, stage: int, rows: np.ndarray, entries: np.ndarray, columns: np.ndarray
    ) -> _Month:
        model = self.model
        place = np.full(len(model.lower), -1)
        place[columns] = np.arange(len(columns))
        here = place[model.indices[entries]] >= 0
        carried, entries = entries[~here], entries[here]
        decided = np.bincount(
            self.entry_rows[carried],
            weights=model.values[carried] * self.values[model.indices[carried]],
            minlength=len(model.row_lower),
        )[rows]
        counts = np.bincount(self.entry_rows[entries], minlength=len(model.row_lower))[rows]
        raised = self.first[columns] < stage
        lower = model.lower[columns]
        part = LinearModel(
            lower=np.where(raised, np.maximum(lower, self.values[columns]), lower),
            upper=model.upper[columns],
            row_lower=model.row_lower[rows] - decided,
            row_upper=model.row_upper[rows] - decided,
            starts=np.concatenate([[0], np.cumsum(counts)]),
            indices=place[model.indices[entries]],
            values=model.values[entries],
            whole=np.zeros(len(columns), dtype=bool),
            levels=(),
            column_stage=model.column_stage[columns],
            row_stage=model.row_stage[rows],
        )
        return _Month(part, rows, columns, [cost[columns] for cost in self.costs])

    def keep(self, month: _Month, point: Point, basic: tuple[np.ndarray, np.ndarray]) -> None:
        """Keep a month's plan and basis for the months after it."""
        low, high = self.model.lower[month.columns], self.model.upper[month.columns]
        self.values[month.columns] = np.clip(point.values, low, high)
        self.basic_columns[month.columns] |= basic[0]
        self.basic_rows[month.rows] = basic[1]

    def joined(self, iterations: int) -> JoinedBasis:
        """Return the months' bases side by side."""
        model, values = self.model, self.values
        left = np.bincount(
            self.entry_rows,
            weights=model.values * values[model.indices],
            minlength=len(model.row_lower),
        )
        return JoinedBasis(
            columns=_statuses(self.basic_columns, values, model.lower, model.upper),
            rows=_statuses(self.basic_rows, left, model.row_lower, model.row_upper),
            values=values,
            iterations=iterations,
        )


@dataclass(frozen=True)
class _Month:
    """One month as a model of its own, and where its rows and columns stand in the whole."""

    part: LinearModel
    rows: np.ndarray
    columns: np.ndarray
    costs: list[np.ndarray]


def has_months(model: LinearModel) -> bool:
    """Whether the model is cut into months at all."""
    return len(model.row_stage) > 0 and len(np.unique(model.row_stage[model.row_stage >= 0])) > 1


def joined_basis(
    model: LinearModel, terms: Terms, near: NearPlan | None = None
) -> JoinedBasis | Ran:
    """Return the basis joined from the months, or how the first month that failed ended.

    With a basis of the whole that is `near`, each month is begun from its part of it. So little is
    left to do that levels are weighted alone, and no more of them than it is the best at.
    """
    stairs = _Staircase(_up_to(model, near.level) if near is not None else model)
    iterations = 0
    for month in stairs.months():
        solver = Solver(month.part, terms)
        if near is None:
            ran, spent = _solve(month, solver)
        else:
            ran, spent = _solve_near(month, solver, near.basis)
        iterations += spent
        if ran is not Ran.OPTIMAL:
            return ran
        stairs.keep(month, solver.point(), solver.basic())
    return stairs.joined(iterations)


def _up_to(model: LinearModel, level: str) -> LinearModel:
    """Return a model without the levels behind one; as it is where it has no such level."""
    names = [each.name for each in model.levels]
    count = names.index(level) + 1 if level in names else len(names)
    return replace(model, levels=model.levels[:count])


def _solve_near(month: _Month, solver: Solver, basis: Basis) -> tuple[Ran, int]:
    """Solve a month, all levels weighted, from its part of a basis; return as `_solve`."""
    solver.options(RESUMING)
    solver.start_from(basis[0][month.columns], basis[1][month.rows])
    solver.costs(_weighted(month.costs, len(month.columns)))
    return solver.run(), solver.iterations


def _solve(month: _Month, solver: Solver) -> tuple[Ran, int]:
    """Solve a month: all levels weighted, then level by level; return how, and the iterations.

    Nearly every level has its optimum where the weighted run ended, and its prices say so.
    """
    solver.options(MONTHLY)
    solver.costs(_weighted(month.costs, len(month.columns)))
    ran = solver.run()
    iterations = solver.iterations
    if ran is not Ran.OPTIMAL:
        return ran, iterations
    solver.options(WALKING)
    face, rows = Face(solver), RowMatrices(month.part)
    vertex = Vertex.of(rows, solver, solver.basis())
    for cost in month.costs:
        if not cost.any():
            continue
        point = None if vertex is None else vertex.priced(cost)
        if vertex is None or point is None or vertex.wrong(point):
            solver.costs(cost)
            ran = solver.run()
            iterations += solver.iterations
            if ran is not Ran.OPTIMAL:
                break
            point, vertex = solver.point(), Vertex.of(rows, solver, solver.basis())
        face.narrow(point)
    return ran, iterations


def _weighted(costs: list[np.ndarray], columns: int) -> np.ndarray:
    """Return one cost per column: each level counts a step more than the next."""
    step = min(_STEP, _SPREAD ** (1.0 / max(len(costs) - 1, 1)))
    summed = np.zeros(columns)
    for power, cost in enumerate(reversed(costs)):
        summed += step**power * cost
    return summed


def _statuses(
    basic: np.ndarray, values: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> np.ndarray:
    """Return where each column or row stands: basic, or at the nearer of its bounds."""
    above = np.abs(upper - values) < np.abs(values - lower)
    at_bound = np.where(above, AT_UPPER, AT_LOWER)
    at_bound[np.isinf(lower) & np.isinf(upper)] = FREE
    return np.where(basic, BASIC, at_bound)
