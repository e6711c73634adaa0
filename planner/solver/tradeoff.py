"""What a lower level could come to if an earlier one gave something up.

Every level becomes a row that holds it at its value. One of those rows is loosened and a later
level is minimised, the levels between kept at their values; what comes after it is free, as it is
when the levels are solved in their order.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.solver.arithmetic import level_value
from planner.solver.face import scale
from planner.solver.highs import Ran, Solver, Terms
from planner.solver.outcome import LinearModel, Solution
from planner.solver.rounding import with_level_rows

# How far above its value a level is kept, relative to its size: the last digits of a sum.
_KEPT_WITHIN = 1e-9
_SIMPLEX: dict[str, object] = {"solver": "simplex", "presolve": "off"}


class Tradeoffs:
    """A solved model in which a level may be loosened for a later one; loaded once."""

    def __init__(self, model: LinearModel, solution: Solution, terms: Terms) -> None:
        """Load a model without whole columns, its levels held at their values."""
        self._levels = list(model.levels)
        self._values = [each.value for each in solution.levels]
        self._first_row = len(model.row_lower)
        self._solver = Solver(with_level_rows(model, self._levels), terms)
        self._solver.options(_SIMPLEX)
        basis = next((each.basis for each in reversed(solution.levels) if each.basis), None)
        if basis is not None:
            self._solver.start_from(*basis)

    def gains(self, level: int, given: float) -> Iterator[tuple[int, float | None]]:
        """Yield for each later level how much less it could be, `None` where that is not known.

        `given` is how much more the level may be, in its unit.
        """
        for later in range(level + 1, len(self._levels)):
            yield later, self._gain(level, later, given)

    def _gain(self, level: int, later: int, given: float) -> float | None:
        cost = self._levels[later]
        if not cost.cost.any():
            return 0.0
        rows = self._first_row + np.arange(len(self._levels))
        upper = np.array(
            [
                self._upper(number, given if number == level else 0.0) if number < later else np.inf
                for number in range(len(self._levels))
            ]
        )
        self._solver.row_bounds(rows, np.full(len(rows), -np.inf), upper)
        unit = scale(cost.cost)
        self._solver.costs(cost.cost / unit)
        if self._solver.run() is not Ran.OPTIMAL:
            return None
        found = level_value(cost, self._solver.point().values)
        return max(self._values[later] - found, 0.0)

    def _upper(self, number: int, more: float) -> float:
        """Return the limit of a level's row, in its scale and without its constant."""
        cost, value = self._levels[number], self._values[number]
        if not cost.cost.any():
            return float(np.inf)
        slack = _KEPT_WITHIN * max(1.0, abs(value))
        return (value + more + slack - cost.constant) / scale(cost.cost)
