"""What one unit more is worth, solved from where the plan was left instead of from the start.

Exact for limits of which one unit moves nothing but limits and bounds; of the others only solving
the changed case from the start can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.explain.confirming import Confirmed
from planner.explain.figures import Limit
from planner.explain.limits import Binding
from planner.explain.prices import Worth
from planner.explain.solved import Solved
from planner.explain.trials import SAME
from planner.model.algebra import Variable
from planner.model.rules.limit import LimitKind
from planner.model.rules.rule import Level
from planner.solver.highs import Terms
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel
from planner.solver.rounding import kept_whole
from planner.solver.warm_resolve import Again, Moved

# Units that are tried, the farthest first after one: on a line there, the worth holds up to there.
FURTHER = (4.0, 2.0)
# Where so many decisions in a row take too many steps, those after them nearly always do too: on
# national 25 of 27 did, a second each.
IN_VAIN = 4


@dataclass
class Resumed:
    """Solves levels of a solved plan again with limits moved; `left` is how often it may yet.

    `in_vain` is how many decisions in a row could not be turned round within the steps allowed.
    """

    solved: Solved
    left: int
    in_vain: int = 0

    def confirm(self, each: Binding) -> Confirmed | None:
        """Return what a unit more of a limit is worth; `None` where it cannot be told so."""
        level = each.worth.level
        if self.left <= len(FURTHER) or not self.exact(each.limit, level):
            return None
        one = self._change(each.limit, level, 1.0)
        if one is None:
            return None
        if abs(one) <= self._slack(level):
            return Confirmed(None, 0.0)
        for by in FURTHER:
            change = self._change(each.limit, level, by)
            if change is not None and abs(change - by * one) <= self._slack(level):
                return Confirmed(Worth(level, one), by)
        return Confirmed(Worth(level, one), 1.0)

    def affordable(self) -> bool:
        """Whether a decision may yet be turned round at every level, and is worth trying."""
        return self.in_vain < IN_VAIN and self.left >= len(self.solved.solution.levels)

    def turned(self, columns: list[Variable], value: float, at_least: bool) -> Confirmed | None:  # noqa: FBT001 - which bound
        """Return what holding columns at least or at most at a value changes, and at which level.

        Level by level, each over the optima of those before: where a level comes to what it came
        to, its prices still describe its optima. `None` where a level could not be solved.
        """
        moved = self._held(columns, value, at_least=at_least)
        for level, settled in enumerate(self.solved.solution.levels):
            self.left -= 1
            found = self._again.value(level, moved, 1.0)
            if found is None:
                self.in_vain += 1
                return None
            if abs(found - settled.value) > self._slack(level):
                self.in_vain = 0
                return Confirmed(Worth(level, found - settled.value), 1.0)
        self.in_vain = 0
        return Confirmed(None, 0.0)

    def _held(self, columns: list[Variable], value: float, *, at_least: bool) -> Moved:
        """Return by how much bounds move for columns to be held at a value."""
        lower, upper = self._model.lower, self._model.upper
        numbers = [self.solved.problem.columns.index(column) for column in columns]
        lowers = [(n, value - lower[n]) for n in numbers if at_least or lower[n] > value]
        uppers = [(n, value - upper[n]) for n in numbers if not at_least or upper[n] < value]
        return Moved(columns=tuple(uppers), lowers=tuple(lowers))

    def exact(self, limit: Limit, level: int) -> bool:
        """Whether a unit of a limit moves only limits that were solved, and bounds."""
        solved_rows = len(self.solved.problem.lower)
        choose = self.solved.problem.choose
        hanging = {*choose.extend, *choose.open, *(location for location, _ in choose.closed)}
        least = max(FURTHER) if limit.sort == LimitKind.DEMAND else 0.0
        return (
            not limit.bends
            and limit.subject not in hanging
            and not (limit.sort == LimitKind.TASK and choose.worst_province)
            and not (limit.sort == LimitKind.DEMAND and self._shared(level))
            and all(number < solved_rows for number, _ in limit.moved.rows)
            and all(row.row.limit >= least for row in limit.rows)
        )

    def _shared(self, level: int) -> bool:
        """Whether shares of people without a place move with the people, at a level or before."""
        levels = [each.content.level for each in self.solved.problem.levels]
        if level < levels.index(Level.SHARED):
            return False
        shares = self.solved.problem.choose.worst_share.values()
        return any(self.solved.value(share) > 0 for share in shares)

    def _change(self, limit: Limit, level: int, by: float) -> float | None:
        self.left -= 1
        found = self._again.value(level, limit.moved, by)
        return None if found is None else found - self.solved.solution.levels[level].value

    def _slack(self, level: int) -> float:
        return SAME * max(1.0, abs(self.solved.solution.levels[level].value))

    @cached_property
    def _again(self) -> Again:
        """The solved model, loaded once."""
        return Again(self._model, self.solved.solution, Terms())

    @cached_property
    def _model(self) -> LinearModel:
        """The solved model, with whole decisions kept as they were taken."""
        return kept_whole(linear_model(self.solved.problem), self.solved.solution.values)
