"""What is left of a shortfall where nothing more of its level may turn up elsewhere for it.

Of several plans that are as good one may have a shortfall here and another there, in one month or
in the next. So that less of it here is no gain by itself: what is short at its level in other
places, month by month, may not become more, or counts as left of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.explain.solved import Solved
from planner.model.algebra import Key
from planner.model.build import Problem
from planner.solver.outcome import AT_LOWER, BASIC, Basis, LevelCost, LinearModel
from planner.solver.sparse import matrices as sp

CHOSEN = "chosen"

WatchedRows = frozenset[tuple[str, Key]]


@dataclass(frozen=True)
class Elsewhere:
    """What is short at a level of a solved plan beside some rows of it."""

    solved: Solved
    level: int
    rows: WatchedRows

    def _amounts(self) -> np.ndarray:
        """Return it for the plan as it is: first what spans months, then month by month."""
        problem = self.solved.problem
        short = self._others(problem) * self.solved.solution.values
        count = len(self.solved.case.months) + 1
        return np.bincount(problem.columns.stages() + 1, weights=short, minlength=count)

    def _others(self, problem: Problem) -> np.ndarray:
        others: np.ndarray = problem.levels[self.level].costs - own_cost(problem, self.rows)
        return others

    def held(self, problem: Problem, model: LinearModel) -> LinearModel:
        """Return a model of a problem with a last level: what is left of the rows' shortfall.

        Each month has a row that keeps what is short beside them to what it is in the plan, and a
        column for what is more all the same.
        """
        others, columns = self._others(problem), len(model.lower)
        short = np.flatnonzero(others)
        months, place = np.unique(model.column_stage[short], return_inverse=True)
        count, each = len(months), np.arange(len(months))
        entries = np.concatenate((others[short], np.full(count, -1.0)))
        at = (np.concatenate((place, each)), np.concatenate((short, columns + each)))
        matrix = sp.csr_matrix((entries, at), shape=(count, columns + count))
        most, nothing = self._amounts()[months + 1], np.zeros(count)
        reach = np.bincount(place, weights=others[short] * model.upper[short], minlength=count)
        left = LevelCost(CHOSEN, "", np.concatenate((own_cost(problem, self.rows), np.ones(count))))
        levels = (replace(e, cost=np.concatenate((e.cost, nothing))) for e in model.levels)
        return replace(
            model,
            lower=np.concatenate((model.lower, nothing)),
            upper=np.concatenate((model.upper, reach)),
            row_lower=np.concatenate((model.row_lower, np.full(count, -np.inf))),
            row_upper=np.concatenate((model.row_upper, most)),
            starts=np.concatenate((model.starts, model.starts[-1] + matrix.indptr[1:])),
            indices=np.concatenate((model.indices, matrix.indices)),
            values=np.concatenate((model.values, matrix.data)),
            whole=np.concatenate((model.whole, np.zeros(count, dtype=bool))),
            column_stage=np.concatenate((model.column_stage, months)),
            row_stage=np.concatenate((model.row_stage, months)),
            levels=(*levels, left),
        )


def own_cost(problem: Problem, rows: WatchedRows) -> np.ndarray:
    """Return the cost by which rows' shortfalls add up, as their level weighs them."""
    cost = np.zeros(len(problem.columns))
    for each in problem.rows:
        if each.shortfall is not None and (each.rule.name, each.row.key) in rows:
            for column, share in each.shortfall.items():
                cost[problem.columns.index(column)] += each.row.weight * float(share)
    return cost


def widened(basis: Basis, columns: int, rows: int) -> Basis:
    """Return a basis for a model with so many columns and rows behind: none of them holds."""
    at, row_at = basis
    more = np.full(columns - len(at), AT_LOWER, dtype=at.dtype)
    loose = np.full(rows - len(row_at), BASIC, dtype=row_at.dtype)
    return np.concatenate((at, more)), np.concatenate((row_at, loose))
