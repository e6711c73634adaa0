"""A reduced set of optima reduced further, layer by layer, until hardly anything more can go.

Columns that rows tie together become one; that settles others, which go in turn. On the national
demo this leaves 29,000 of 49,000 rows at the last level, and a step of simplex takes half of the
time. A basis goes in exactly. It comes out as one of the same point, but a column that a layer
found fixed may sit at the other of its two bounds: some steps on what was reduced first see to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.solver.outcome import Basis, LinearModel
from planner.solver.reduced import Reduced
from planner.solver.ties import Ties

# How often columns are tied: on the national demo 12,000 rows go the first time, then 700.
_TIMES = 2


class Layers:
    """What is left of a reduced set; `rows` are the numbers of the whole model's rows."""

    def __init__(self, first: Reduced, basis: Basis, costs: Sequence[np.ndarray]) -> None:
        """Reduce a set further from a basis of it; `costs` are those of the whole model's columns.

        What no row holds goes where the first of them wants it.
        """
        self._first = top = first
        self._layers: list[Reduced | Ties] = []
        self.rows = first.rows
        costs = [first.costs(cost) for cost in costs]
        for _ in range(_TIMES):
            ties = Ties(top.matrix, top.limits, basis)
            if not ties.count:
                break
            costs, basis = [ties.costs(cost) for cost in costs], ties.pushed(basis)
            top = Reduced(ties.matrix, ties.limits, basis, costs)
            costs, basis = [top.costs(cost) for cost in costs], top.pushed(basis)
            self._layers += [ties, top]
            self.rows = self.rows[ties.rows][top.rows]
        self.matrix, self.limits = top.matrix, top.limits
        self._top = top

    def costs(self, cost: np.ndarray) -> np.ndarray:
        """Return what each column that is left costs, by what those of the whole model do."""
        cost = self._first.costs(cost)
        for each in self._layers:
            cost = each.costs(cost)
        return cost

    def stages(self, stages: np.ndarray) -> np.ndarray:
        """Return the first month of what each column that is left stands for; -1 for none."""
        stages = self._first.stages(stages)
        for each in self._layers:
            stages = each.stages(stages)
        return stages

    def pushed(self, basis: Basis) -> Basis:
        """Return a basis of the set as one of what is left."""
        return self._through(basis)[-1]

    def pulled(self, basis: Basis, before: Basis) -> Basis:
        """Return a basis of what is left as one of the set."""
        befores = self._through(before)[:-1]
        for layer, at in zip(reversed(self._layers), reversed(befores), strict=True):
            basis = layer.pulled(basis, at)
        return basis

    def _through(self, basis: Basis) -> list[Basis]:
        """Return a basis of the set as it is before each layer, and after the last."""
        found = [basis]
        for layer in self._layers:
            found.append(layer.pushed(found[-1]))
        return found

    def model(self) -> LinearModel:
        """Return what is left as a model of its own, without levels."""
        return self._top.model()
